# SPDX-License-Identifier: Apache-2.0
"""Sending: every way out of the app, and the one way to say that something went out.

Handing over (a draft file, a PDF, a code, a copied text) keeps the exact bytes in the vault before they leave,
and records nothing: the letter is *made, not sent*. Only ``confirm`` records the sending, and names the bytes
that were handed over, in this run of the app or an earlier one.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from optout_desktop.domain.agenda import RequestOverview
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError, NotAllowed, NotFound, OptOutError
from optout_desktop.domain.ids import EventId, LetterId, RequestId
from optout_desktop.domain.letters import (
    SMS_KEYWORD,
    KeptLetter,
    Letter,
    LetterKind,
    RequestFact,
    Way,
    facts_needed,
)
from optout_desktop.domain.requests import ProofGrade
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .follow_ups import DETAILS_OF, EVENT_OF
from .letters import LetterService, LetterView, file_name
from .ports import Clock, Files, HandoverFiles, Mail, Texts
from .requests import Entry, RequestService
from .undoing import UndoLabel, UndoService

__all__ = ["SendingService", "SmsCode", "Way", "WayOut", "WhyNot", "missing_facts"]


class WhyNot(StrEnum):
    """Why a way is closed; the words are made where it is shown."""

    SAMPLE = "sample"
    NO_EMAIL_ADDRESS = "no_email_address"
    NO_SENDER_ADDRESS = "no_sender_address"
    NO_NUMBER = "no_number"
    NO_FORM = "no_form"
    NOT_A_TEXT_MESSAGE = "not_a_text_message"
    TOO_LONG_FOR_LINK = "too_long_for_link"
    FACT_MISSING = "fact_missing"


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


_FACT_SENTENCES = {
    RequestFact.WRONG_DATA: "Say what is wrong: the letter asks to correct it.",
    RequestFact.RIGHT_DATA: "Say what is right: the letter asks for it in the place of what is wrong.",
    RequestFact.SITUATION: "Say what is particular about your situation: the law asks for these grounds.",
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
        undoing: UndoService,
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
        self._undoing = undoing
        self._is_sample = is_sample

    def ways(self, view: LetterView) -> tuple[WayOut, ...]:
        """Every way out for a letter, the fitting one first, closed ones with their reason."""
        if self._is_sample():
            return tuple(WayOut(way=way, why_not=WhyNot.SAMPLE) for way in Way)
        if missing_facts(view):
            return tuple(WayOut(way=way, why_not=WhyNot.FACT_MISSING) for way in Way)
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
        self._require_ready(view)
        identity = view.identity
        content = self._mail.draft(view.letter, identity.email, view.recipient, sender_name=identity.name)
        return self._hand_over(view, Way.EML, content)

    def pdf(self, view: LetterView) -> bytes:
        """The letter as a PDF. Raises NotAllowed in the sample vault."""
        self._require_ready(view)
        return self._hand_over(view, Way.PDF, self._letters.pdf(view))

    def text(self, view: LetterView) -> str:
        """The letter as a text to copy or to paste into a form. Raises NotAllowed in the sample vault."""
        self._require_ready(view)
        return self._hand_over(view, Way.COPY, _as_text(view.letter).encode()).decode()

    def link(self, view: LetterView, *, has_accepted_notice: bool) -> str:
        """A ``mailto:`` address. Raises NotAllowed in the sample vault, HandOverError where it is too long."""
        self._require_ready(view)
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
        with self.handing_over(view):
            content = self.eml(view) if way is Way.EML else self.pdf(view)
            return self._handover.put(file_name(view.request, way.value), content)

    def save_file(self, view: LetterView, way: Way, path: Path) -> None:
        """Write the letter where the person chose. Raises HandOverError where that cannot be written."""
        with self.handing_over(view):
            content = {Way.EML: self.eml, Way.PDF: self.pdf}.get(way, lambda one: self.text(one).encode())(
                view
            )
            self._files.write(path, [content])

    @contextmanager
    def handing_over(self, view: LetterView) -> Iterator[None]:
        """What is made within stays *made* only if it could be handed over: an OptOutError puts it aside."""
        request, kind = view.request.id, view.letter.kind
        before = {one.id for one in self.made(request, kind)}
        try:
            yield
        except OptOutError:
            made = tuple(one.id for one in self.made(request, kind) if one.id not in before)
            self._put_aside(made, is_binned=True)
            raise

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
        """Record that a person says they sent a letter, with the exact bytes that left by this way.

        Where nothing did, the letter is made now. Raises NotAllowed in the sample vault, InputError for a day
        that cannot be.
        """
        self._require_real()
        view = self._letters.view(request, kind)
        left_by = Way.COPY if way is Way.FORM else way
        newest = self._newest(view, left_by)
        if newest is not None:
            return self._record(newest, on, way, to_address, grade)
        content = _as_text(view.letter).encode()
        return self._record(self._kept(view, left_by, content, on), on, way, to_address, grade, content)

    def confirm_by_way_of(self, request: RequestId, kind: LetterKind, on: date) -> RequestOverview:
        """The same for the letter that was made last, else by the way that fits the request's own channel."""
        made = self.made(request, kind)
        if made:
            return self.confirm_made(made[-1].id, request, on)
        channel = self._letters.view(request, kind).request.channel
        way = next((way for way, fits in _CHANNEL_OF.items() if fits is channel), Way.COPY)
        return self.confirm(request, kind, on, way)

    def confirm_made(self, letter: LetterId, request: RequestId, on: date) -> RequestOverview:
        """Record that this very letter, made earlier, was sent. Raises as ``confirm``, and NotFound."""
        self._require_real()
        kept = next((one for one in self.made(request) if one.id == letter), None)
        if kept is None:
            raise NotFound("letter that was made and not sent", letter)
        way = kept.way or Way.COPY
        if way is Way.COPY and kept.channel is Channel.FORM:
            way = Way.FORM
        return self._record(kept, on, way, "", ProofGrade.STATED)

    def made(self, request: RequestId, kind: LetterKind | None = None) -> tuple[KeptLetter, ...]:
        """The letters that were handed over and of which nobody said that they were sent, the oldest first."""
        with self._vault.reading() as stores:
            found = stores.letters.made(request)
        return tuple(one for one in found if kind is None or one.letter.kind is kind)

    def discard(self, letter: LetterId, request: RequestId) -> None:
        """Say that a letter that was made was not and will not be sent. Raises NotFound."""
        kept = next((one for one in self.made(request) if one.id == letter), None)
        if kept is None:
            raise NotFound("letter that was made and not sent", letter)
        with self._vault.reading() as stores:
            name = stores.requests.get(request).company_name
        self._put_aside((letter,), is_binned=True)
        self._undoing.push(
            UndoLabel.LETTER_DISCARDED,
            name,
            undo=lambda: self._put_aside((letter,), is_binned=False),
            redo=lambda: self._put_aside((letter,), is_binned=True),
        )

    def sent_bytes(self, letter: LetterId) -> bytes:
        """The exact bytes of a letter that went out. Raises NotFound."""
        with self._vault.reading() as stores:
            return stores.letters.content(letter)

    def _record(
        self,
        kept: KeptLetter,
        on: date,
        way: Way,
        to_address: str,
        grade: ProofGrade,
        new_content: bytes | None = None,
    ) -> RequestOverview:
        """Record the sending of a letter; ``new_content`` where it does not lie in the vault yet."""
        request, kind = kept.request, kept.letter.kind
        channel = _CHANNEL_OF.get(way, kept.channel)
        to = to_address or kept.to_address
        others = tuple(one.id for one in self.made(request, kind) if one.id != kept.id)
        with self._vault.reading() as stores:
            edited = stores.letters.draft(request, kind)
        event: EventId | None = None

        def name_letter(stores: Stores) -> None:
            nonlocal event
            event = stores.requests.get(request).events[-1].id
            if new_content is not None:
                stores.letters.keep(kept, new_content)
            stores.letters.name_event(kept.id, event, channel, to)
            stores.letters.set_binned(others, is_binned=True)
            stores.letters.drop_draft(request, kind)

        drafts = {True: None, False: edited}

        def swap(stores: Stores) -> None:
            """Undone, the letter is made and not sent again, and what was edited comes back; redone, it is sent.

            Which of the two is read off the history: a change that the disk refused is then simply tried again.
            """
            is_recorded = event in stores.requests.get(request).vouched()
            if is_recorded:
                stores.letters.name_event(kept.id, event, channel, to)
            else:
                stores.letters.name_event(kept.id, None, kept.channel, kept.to_address)
            if new_content is not None:
                stores.letters.set_binned((kept.id,), is_binned=not is_recorded)
            stores.letters.set_binned(others, is_binned=is_recorded)
            drafts[not is_recorded] = stores.letters.draft(request, kind)
            stores.letters.drop_draft(request, kind)
            if (text := drafts[is_recorded]) is not None:
                stores.letters.put_draft(request, kind, *text, self._clock.now())

        return self._requests.record(
            request,
            Entry(
                kind=EVENT_OF[kind],
                on=on,
                grade=grade,
                channel=channel,
                to_address=to,
                details=DETAILS_OF.get(kind, ()),
            ),
            along=name_letter,
            along_back=swap,
        )

    def _newest(self, view: LetterView, left_by: Way) -> KeptLetter | None:
        """The letter with today's words that left last by a way or its channel, else what left last by the way."""
        made = self.made(view.request.id, view.letter.kind)[::-1]
        channel = _CHANNEL_OF.get(left_by, view.request.channel)
        alike = (
            one
            for one in made
            if one.channel is channel
            and (one.letter.subject, one.letter.body) == (view.letter.subject, view.letter.body)
        )
        same = tuple(alike)
        by_way = (one for one in (*same, *made) if one.way is left_by)
        if same and not any(one.way is left_by for one in same):
            return same[0]
        return next(by_way, None)

    def _hand_over(self, view: LetterView, way: Way, content: bytes) -> bytes:
        """Keep what is about to leave by a way; the same bytes are kept once until they are sent."""
        kept = self._kept(view, way, content, self._clock.today())
        known = {(one.way, one.sha256) for one in self.made(view.request.id, view.letter.kind)}
        if (way, kept.sha256) not in known:
            with self._vault.writing() as stores:
                stores.letters.keep(kept, content)
        return content

    @staticmethod
    def _kept(view: LetterView, way: Way, content: bytes, on: date) -> KeptLetter:
        is_by_post = _CHANNEL_OF.get(way, view.request.channel) is Channel.POST
        return KeptLetter(
            id=LetterId(uuid.uuid4().hex),
            request=view.request.id,
            letter=view.letter,
            channel=_CHANNEL_OF.get(way, view.request.channel),
            to_address=view.postal_address if is_by_post else view.recipient,
            made_on=on,
            sha256=hashlib.sha256(content).hexdigest(),
            way=way,
        )

    def _put_aside(self, letters: tuple[LetterId, ...], *, is_binned: bool) -> None:
        with self._vault.writing() as stores:
            stores.letters.set_binned(letters, is_binned=is_binned)

    def _require_ready(self, view: LetterView) -> None:
        self._require_real()
        missing = missing_facts(view)
        if missing:
            raise InputError(missing[0], _FACT_SENTENCES[missing[0]])

    def _require_real(self) -> None:
        if self._is_sample():
            raise NotAllowed(
                "This is the sample vault: its people and companies are made up, so nothing can be sent."
            )


def missing_facts(view: LetterView) -> tuple[RequestFact, ...]:
    """The facts without which a letter would ask for nothing; whoever wrote the text themselves needs none."""
    if view.letter.is_edited or view.letter.kind is not LetterKind.REQUEST:
        return ()
    told = {fact for fact, text in view.request.facts if text}
    needed = facts_needed(view.request.right, view.request.law)
    return tuple(fact for fact in RequestFact if fact in needed - told)


def _as_text(letter: Letter) -> str:
    """A letter as a text to copy, which ends with its last line; a text message has no subject."""
    return f"{letter.subject}\n\n{letter.body.rstrip()}\n" if letter.subject else letter.body
