# SPDX-License-Identifier: Apache-2.0
"""Sending: every way out of the app, and the one way to say that something went out.

Handing over (a draft file, a PDF, a code, a copied text) changes nothing in the record. Only ``confirm`` does:
it keeps the exact bytes that were handed over and records the sending, in one transaction.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from optout_desktop.domain.agenda import RequestOverview
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError, NotAllowed
from optout_desktop.domain.ids import LetterId, RequestId
from optout_desktop.domain.letters import SMS_KEYWORD, KeptLetter, Letter, LetterKind
from optout_desktop.domain.requests import EventKind, ProofGrade
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .letters import LetterService, LetterView, file_name
from .ports import Clock, Files, HandoverFiles, Mail, Texts
from .requests import Entry, RequestService


class Way(StrEnum):
    """A way out of the app."""

    EML = "eml"
    PDF = "pdf"
    COPY = "copy"
    QR = "qr"
    MAILTO = "mailto"
    FORM = "form"


class WhyNot(StrEnum):
    """Why a way is closed; the words are made where it is shown."""

    SAMPLE = "sample"
    NO_EMAIL_ADDRESS = "no_email_address"
    NO_SENDER_ADDRESS = "no_sender_address"
    NO_NUMBER = "no_number"
    NO_FORM = "no_form"
    NOT_A_TEXT_MESSAGE = "not_a_text_message"
    TOO_LONG_FOR_LINK = "too_long_for_link"


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """A way and, where it is closed, the reason."""

    way: Way
    why_not: WhyNot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SmsCode:
    """A text message to be sent by the phone: number, keyword, and the code's dark squares."""

    number: str
    keyword: str
    payload: str
    modules: tuple[tuple[bool, ...], ...]


_CHANNEL_OF = {
    Way.EML: Channel.EMAIL,
    Way.MAILTO: Channel.EMAIL,
    Way.PDF: Channel.POST,
    Way.QR: Channel.SMS,
    Way.FORM: Channel.FORM,
}


class SendingService:
    """Takes a letter out of the app and records that it was sent."""

    def __init__(  # noqa: PLR0913, PLR0917 - one collaborator a way out
        self,
        vault: Vault[Stores],
        letters: LetterService,
        requests: RequestService,
        mail: Mail,
        texts: Texts,
        files: Files,
        handover: HandoverFiles,
        clock: Clock,
        is_sample: Callable[[], bool],
    ) -> None:
        self._vault = vault
        self._letters = letters
        self._requests = requests
        self._mail = mail
        self._texts = texts
        self._files = files
        self._handover = handover
        self._clock = clock
        self._is_sample = is_sample
        self._handed_over: dict[tuple[RequestId, LetterKind], dict[Way, tuple[Letter, bytes]]] = {}

    def ways(self, view: LetterView) -> tuple[WayOut, ...]:
        """Every way out for a letter, the fitting one first, closed ones with their reason."""
        if self._is_sample():
            return tuple(WayOut(way=way, why_not=WhyNot.SAMPLE) for way in Way)
        is_text = view.request.channel is Channel.SMS
        no_address = (
            None if view.request.channel is Channel.EMAIL and view.recipient else WhyNot.NO_EMAIL_ADDRESS
        )
        no_sender = None if view.identity.email else WhyNot.NO_SENDER_ADDRESS
        is_too_long = no_address is None and bool(self._mail.why_no_link(view.letter, view.recipient))
        found = {
            Way.EML: no_address or no_sender,
            Way.MAILTO: no_address or (WhyNot.TOO_LONG_FOR_LINK if is_too_long else None),
            Way.PDF: WhyNot.NOT_A_TEXT_MESSAGE if is_text else None,
            Way.COPY: None,
            Way.FORM: None if view.request.channel is Channel.FORM and view.recipient else WhyNot.NO_FORM,
            Way.QR: (None if view.recipient else WhyNot.NO_NUMBER) if is_text else WhyNot.NOT_A_TEXT_MESSAGE,
        }
        ways = [WayOut(way=way, why_not=why) for way, why in found.items()]
        return tuple(
            sorted(
                ways,
                key=lambda one: (
                    one.why_not is not None,
                    _CHANNEL_OF.get(one.way) is not view.request.channel,
                ),
            )
        )

    def eml(self, view: LetterView) -> bytes:
        """The letter as an unsent e-mail. Raises NotAllowed in the sample vault, InputError for a bad address."""
        self._require_real()
        identity = view.identity
        content = self._mail.draft(view.letter, identity.email, view.recipient, sender_name=identity.name)
        return self._hand_over(view, Way.EML, content)

    def pdf(self, view: LetterView) -> bytes:
        """The letter as a PDF. Raises NotAllowed in the sample vault."""
        self._require_real()
        return self._hand_over(view, Way.PDF, self._letters.pdf(view))

    def text(self, view: LetterView) -> str:
        """The letter as a text to copy or to paste into a form. Raises NotAllowed in the sample vault."""
        self._require_real()
        return self._hand_over(view, Way.COPY, _as_text(view.letter).encode()).decode()

    def link(self, view: LetterView, *, has_accepted_notice: bool) -> str:
        """A ``mailto:`` address. Raises NotAllowed in the sample vault, HandOverError where it is too long."""
        self._require_real()
        link = self._mail.link(view.letter, view.recipient, has_accepted_notice=has_accepted_notice)
        self._hand_over(view, Way.MAILTO, _as_text(view.letter).encode())
        return link

    def code(self, view: LetterView, form: str = "SMSTO") -> SmsCode:
        """The code that a phone scans; ``form`` is ``SMSTO`` or ``sms``. Raises NotAllowed in the sample vault."""
        self._require_real()
        if not view.recipient:
            raise InputError("to", "Enter the number or short code that the texts come from.")
        payload = self._texts.payload(view.recipient, form, SMS_KEYWORD)
        self._hand_over(view, Way.QR, SMS_KEYWORD.encode())
        return SmsCode(
            number=view.recipient, keyword=SMS_KEYWORD, payload=payload, modules=self._texts.modules(payload)
        )

    def open_file(self, view: LetterView, way: Way) -> Path:
        """A short-lived private file (``eml`` or ``pdf``) for another program to open."""
        content = self.eml(view) if way is Way.EML else self.pdf(view)
        return self._handover.put(file_name(view.request, way.value), content)

    def save_file(self, view: LetterView, way: Way, path: Path) -> None:
        """Write the letter where the person chose. Raises HandOverError where that cannot be written."""
        content = {Way.EML: self.eml, Way.PDF: self.pdf}.get(way, lambda one: self.text(one).encode())(view)
        self._files.write(path, [content])

    def confirm(
        self,
        request: RequestId,
        kind: LetterKind,
        on: date,
        way: Way,
        *,
        to_address: str = "",
        grade: ProofGrade = ProofGrade.STATED,
    ) -> RequestOverview:
        """Record that a person says they sent a letter, and keep its exact bytes.

        Raises NotAllowed in the sample vault, InputError for a day that cannot be.
        """
        self._require_real()
        view = self._letters.view(request, kind)
        channel = _CHANNEL_OF.get(way, view.request.channel)
        is_by_post = channel is Channel.POST
        to_address = to_address or (view.postal_address if is_by_post else view.recipient)
        letter, content = self._handed_over.get((request, kind), {}).get(
            Way.COPY if way is Way.FORM else way, (view.letter, _as_text(view.letter).encode())
        )
        kept = KeptLetter(
            id=LetterId(uuid.uuid4().hex),
            request=request,
            letter=letter,
            channel=channel,
            to_address=to_address,
            made_on=on,
            sha256=hashlib.sha256(content).hexdigest(),
        )
        with self._vault.reading() as stores:
            edited = stores.letters.draft(request, kind)

        def keep_letter(stores: Stores) -> None:
            event = stores.requests.get(request).events[-1]
            stores.letters.keep(kept, content, event.id)
            stores.letters.drop_draft(request, kind)

        def swap_draft(stores: Stores) -> None:
            nonlocal edited
            now = stores.letters.draft(request, kind)
            stores.letters.drop_draft(request, kind)
            if edited is not None:
                stores.letters.put_draft(request, kind, *edited, self._clock.now())
            edited = now

        overview = self._requests.record(
            request,
            Entry(
                kind=EventKind.SENT if kind is LetterKind.REQUEST else EventKind.REMINDER_SENT,
                on=on,
                grade=grade,
                channel=channel,
                to_address=to_address,
            ),
            along=keep_letter,
            along_back=swap_draft,
        )
        self._handed_over.pop((request, kind), None)
        return overview

    def confirm_by_way_of(self, request: RequestId, kind: LetterKind, on: date) -> RequestOverview:
        """The same by the way that fits the request's own channel."""
        channel = self._letters.view(request, kind).request.channel
        way = next((way for way, fits in _CHANNEL_OF.items() if fits is channel), Way.COPY)
        return self.confirm(request, kind, on, way)

    def sent_bytes(self, letter: LetterId) -> bytes:
        """The exact bytes of a letter that went out. Raises NotFound."""
        with self._vault.reading() as stores:
            return stores.letters.content(letter)

    def _hand_over(self, view: LetterView, way: Way, content: bytes) -> bytes:
        """Remember what left by which way, until the person says that it was sent."""
        self._handed_over.setdefault((view.request.id, view.letter.kind), {})[way] = (view.letter, content)
        return content

    def _require_real(self) -> None:
        if self._is_sample():
            raise NotAllowed(
                "This is the sample vault: its people and companies are made up, so nothing can be sent."
            )


def _as_text(letter: Letter) -> str:
    """A letter as a text to copy; a text message has no subject."""
    return f"{letter.subject}\n\n{letter.body}" if letter.subject else letter.body
