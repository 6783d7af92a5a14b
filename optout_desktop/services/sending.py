# SPDX-License-Identifier: Apache-2.0
"""Sending: every way out of the app, and the one way to say that something went out.

Handing over (a draft file, a PDF, a code, a copied text) keeps the exact bytes in the vault before they leave,
and records nothing: the letter is *made, not sent*. Only ``confirm`` records the sending, and names the bytes
that were handed over, in this run of the app or an earlier one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from optout_desktop.domain.agenda import RequestOverview
from optout_desktop.domain.chat_links import LONGEST_TEXT_CHARACTERS, chat_link
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError, NotAllowed
from optout_desktop.domain.ids import EventId, LetterId, PersonId, RequestId
from optout_desktop.domain.letters import (
    SMS_KEYWORD,
    AttachedFile,
    KeptLetter,
    Letter,
    LetterKind,
    RequestFact,
    Shape,
    Way,
)
from optout_desktop.domain.requests import EventKind, ProofGrade
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .follow_ups import DETAILS_OF, EVENT_OF
from .letters import LetterService, LetterView, file_name
from .made_letters import MadeLetters, kept_letter, names_of
from .ports import Clock, Files, HandoverFiles, Mail, Texts
from .requests import Entry, RequestService
from .undoing import UndoService
from .ways import CHANNEL_OF, WayOut, WhyNot, missing_facts, ways_out

__all__ = [
    "SPOKE_WITH",
    "TICKET",
    "TRACKING",
    "SendingService",
    "SmsCode",
    "Way",
    "WayOut",
    "WhyNot",
    "missing_facts",
]

TRACKING, SPOKE_WITH, TICKET = "tracking", "spoke_with", "ticket"
"""The details of an entry by which a sending can be shown: a registered letter's number, and the note of a call."""

Details = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proof:
    """What stands beside a sending: how well its day is proven, a note, and what it can be shown by."""

    grade: ProofGrade
    note: str = ""
    details: Details = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SmsCode:
    """A text message to be sent by the phone: number, keyword, and the code's dark squares."""

    number: str
    keyword: str
    payload: str
    modules: tuple[tuple[bool, ...], ...]


_FACT_SENTENCES = {
    RequestFact.WRONG_DATA: "Say what is wrong: the letter asks to correct it.",
    RequestFact.RIGHT_DATA: "Say what is right: the letter asks for it in the place of what is wrong.",
    RequestFact.SITUATION: "Say what is particular about your situation: the law asks for these grounds.",
}
_WAY_OF_SHAPE = {Shape.FULL: Way.COPY, Shape.SHORT: Way.COPY, Shape.SCRIPT: Way.CALL}
_LEFT_BY = {Way.FORM: Way.COPY}
"""A form is filled in by copying."""


def _nobody(_person: PersonId) -> bool:
    return False


class SendingService(MadeLetters):
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
        has_account: Callable[[PersonId], bool] = _nobody,
    ) -> None:
        super().__init__(vault, clock, undoing)
        self._letters = letters
        self._requests = requests
        self._mail = mail
        self._texts = texts
        self._files = files
        self._handover = handover
        self._is_sample = is_sample
        self._has_account = has_account

    def ways(self, view: LetterView) -> tuple[WayOut, ...]:
        """Every way out for a letter, the fitting one first, closed ones with their reason."""
        if self._is_sample():
            return tuple(WayOut(way=way, why_not=WhyNot.SAMPLE) for way in Way)
        return ways_out(view, self._letters, self._mail, self._has_account)

    # ── handing over ─────────────────────────────────────────────────────────────────────────────────

    def eml(self, view: LetterView) -> bytes:
        """The letter as an unsent e-mail with the files that go along.

        Raises NotAllowed in the sample vault, InputError for a bad address.
        """
        self._require_ready(view)
        identity = view.identity
        content = self._mail.draft(
            view.letter,
            identity.email,
            view.recipient,
            sender_name=identity.name,
            attachments=self._attached(view),
        )
        self._hand_over(view, Way.EML, content)
        return content

    def pdf(self, view: LetterView, *, is_registered: bool = False) -> bytes:
        """The letter as a PDF. Raises NotAllowed in the sample vault."""
        self._require_ready(view)
        content = self._letters.pdf(view, is_registered=is_registered)
        self._hand_over(view, Way.PDF, content)
        return content

    def text(self, view: LetterView, shape: Shape = Shape.FULL, limit: int | None = None) -> str:
        """The letter as a text to copy: whole, for a form's field of ``limit`` characters, or as a call's script.

        Raises NotAllowed in the sample vault, TemplateError where it cannot be that short.
        """
        self._require_ready(view)
        letter = self._letters.shaped(view, shape, limit)
        text = _as_text(letter) if shape is Shape.FULL else letter.body
        self._hand_over(view, _WAY_OF_SHAPE[shape], text.encode(), letter)
        return text

    def link(self, view: LetterView, *, has_accepted_notice: bool) -> str:
        """A ``mailto:`` address. Raises NotAllowed in the sample vault, HandOverError where it is too long."""
        self._require_ready(view)
        link = self._mail.link(view.letter, view.recipient, has_accepted_notice=has_accepted_notice)
        self._hand_over(view, Way.MAILTO, _as_text(view.letter).encode())
        return link

    def chat(self, view: LetterView) -> str:
        """The link that opens a chat with the short letter in it, to be sent there by the person.

        Raises NotAllowed in the sample vault, InputError for a contact that is no known chat or a text that is
        too long.
        """
        self._require_ready(view)
        letter = self._letters.shaped(view, Shape.SHORT, LONGEST_TEXT_CHARACTERS)
        link = chat_link(view.chat_address, letter.body.rstrip())
        self._hand_over(view, Way.CHAT, letter.body.rstrip().encode(), letter)
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

    def open_file(self, view: LetterView, way: Way, *, is_registered: bool = False) -> Path:
        """A short-lived private file (``eml`` or ``pdf``) for another program to open."""
        with self.handing_over(view):
            content = self.eml(view) if way is Way.EML else self.pdf(view, is_registered=is_registered)
            return self._handover.put(file_name(view.request, way.value), content)

    def save_file(self, view: LetterView, way: Way, path: Path, *, is_registered: bool = False) -> None:
        """Write the letter where the person chose. Raises HandOverError where that cannot be written."""
        with self.handing_over(view):
            match way:
                case Way.EML:
                    content = self.eml(view)
                case Way.PDF:
                    content = self.pdf(view, is_registered=is_registered)
                case _:
                    content = self.text(view).encode()
            self._files.write(path, [content])

    # ── saying that it was sent ──────────────────────────────────────────────────────────────────────

    def confirm(  # noqa: PLR0913 - one sending
        self,
        request: RequestId,
        kind: LetterKind,
        on: date,
        way: Way,
        *,
        to_address: str = "",
        grade: ProofGrade = ProofGrade.STATED,
        note: str = "",
        details: Details = (),
    ) -> RequestOverview:
        """Record that a person says they sent a letter, with the exact bytes that left by this way.

        ``details`` are kept with the entry: ``tracking`` for a registered letter, ``spoke_with`` and ``ticket`` for a
        call. Where nothing did, the letter is made now. Raises NotAllowed in the sample vault, InputError for a day
        that cannot be.
        """
        self._require_real()
        proof = _Proof(grade=grade, note=note, details=details)
        view = self._letters.view(request, kind)
        left_by = _LEFT_BY.get(way, way)
        # a field, a chat and a call take other words than the whole letter
        in_todays_words = way not in {Way.FORM, Way.CHAT, Way.CALL}
        newest = self._newest(view, left_by, in_todays_words=in_todays_words)
        if newest is not None:
            return self._record(newest, on, way, to_address, proof)
        letter = self._worded(view, way)
        content = _as_text(letter).encode() if letter is view.letter else letter.body.encode()
        kept = kept_letter(view, left_by, content, on, letter)
        return self._record(kept, on, way, to_address, proof, content)

    def confirm_by_way_of(self, request: RequestId, kind: LetterKind, on: date) -> RequestOverview:
        """The same for the letter that was made last, else by the way that fits the request's own channel."""
        made = self.made(request, kind)
        if made:
            return self.confirm_made(made[-1].id, request, on)
        channel = self._letters.view(request, kind).request.channel
        fitting = (way for way, fits in CHANNEL_OF.items() if fits is channel and way is not Way.SMTP)
        return self.confirm(request, kind, on, next(fitting, Way.COPY))

    def confirm_made(
        self,
        letter: LetterId,
        request: RequestId,
        on: date,
        *,
        grade: ProofGrade = ProofGrade.STATED,
        note: str = "",
        details: Details = (),
    ) -> RequestOverview:
        """Record that this very letter, made earlier, was sent. Raises as ``confirm``, and NotFound."""
        self._require_real()
        kept = self._require_made(letter, request)
        way = kept.way or Way.COPY
        if way is Way.COPY and kept.channel is Channel.FORM:
            way = Way.FORM
        return self._record(kept, on, way, "", _Proof(grade=grade, note=note, details=details))

    def confirm_delivery(self, request: RequestId, on: date, tracking: str = "") -> RequestOverview:
        """Record the day on which the post delivered a registered letter; its number is that of the sending.

        Raises as ``RequestService.record``.
        """
        with self._vault.reading() as stores:
            sent = stores.requests.get(request).last(EventKind.SENT)
        number = tracking.strip() or (sent.detail(TRACKING) if sent else "")
        details = ((TRACKING, number),) if number else ()
        entry = Entry(kind=EventKind.RECEIVED, on=on, grade=ProofGrade.REGISTERED_POST, details=details)
        return self._requests.record(request, entry)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _record(
        self,
        kept: KeptLetter,
        on: date,
        way: Way,
        to_address: str,
        proof: _Proof,
        new_content: bytes | None = None,
    ) -> RequestOverview:
        """Record the sending of a letter; ``new_content`` where it does not lie in the vault yet."""
        request, kind = kept.request, kept.letter.kind
        channel = CHANNEL_OF.get(way, kept.channel)
        to = to_address or kept.to_address
        with self._vault.reading() as stores:
            edited = stores.letters.draft(request, kind)
            files = stores.attachments.of(request, kind)
            made = [one for one in stores.letters.made(request) if one.letter.kind is kind]
        others = tuple(one.id for one in made if one.id != kept.id)
        attached = tuple(one.id for one in files)
        event: EventId | None = None

        def name_letter(stores: Stores) -> None:
            nonlocal event
            event = stores.requests.get(request).events[-1].id
            if new_content is not None:
                stores.letters.keep(kept, new_content)
            stores.letters.name_event(kept.id, event, channel, to)
            stores.letters.set_binned(others, is_binned=True)
            stores.letters.drop_draft(request, kind)
            stores.attachments.set_binned(attached, is_binned=True)

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
            stores.attachments.set_binned(attached, is_binned=is_recorded)
            drafts[not is_recorded] = stores.letters.draft(request, kind)
            stores.letters.drop_draft(request, kind)
            if (text := drafts[is_recorded]) is not None:
                stores.letters.put_draft(request, kind, *text, self._clock.now())

        return self._requests.record(
            request,
            Entry(
                kind=EVENT_OF[kind],
                on=on,
                note=proof.note,
                grade=proof.grade,
                channel=channel,
                to_address=to,
                details=(*DETAILS_OF.get(kind, ()), *_told(proof.details), *names_of(files)),
            ),
            along=name_letter,
            along_back=swap,
        )

    def _worded(self, view: LetterView, way: Way) -> Letter:
        """The words that leave by a way where nothing was handed over."""
        if way is Way.CALL:
            return self._letters.shaped(view, Shape.SCRIPT)
        if way is Way.CHAT:
            return self._letters.shaped(view, Shape.SHORT, LONGEST_TEXT_CHARACTERS)
        return view.letter

    def _attached(self, view: LetterView) -> tuple[AttachedFile, ...]:
        with self._vault.reading() as stores:
            return tuple(stores.attachments.file(one.id) for one in view.attachments)

    def _require_ready(self, view: LetterView) -> None:
        self._require_real()
        if view.problem:
            raise InputError("template", f"Your template does not fit this request. {view.problem}")
        missing = missing_facts(view)
        if missing:
            raise InputError(missing[0], _FACT_SENTENCES[missing[0]])

    def _require_real(self) -> None:
        if self._is_sample():
            raise NotAllowed(
                "This is the sample vault: its people and companies are made up, so nothing can be sent."
            )


def _as_text(letter: Letter) -> str:
    """A letter as a text to copy, which ends with its last line; a text message has no subject."""
    return f"{letter.subject}\n\n{letter.body.rstrip()}\n" if letter.subject else letter.body


def _told(details: Details) -> Details:
    """The details that say something, trimmed."""
    return tuple((name, text.strip()) for name, text in details if text.strip())
