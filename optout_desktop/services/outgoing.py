# SPDX-License-Identifier: Apache-2.0
"""Outgoing messages: a letter and an account → the exact bytes and their place in the outbox; and back, the entry
that records that a letter was sent.

The bytes are made once, with the date and the Message-ID of then, and lie in the vault before anything leaves.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from optout_desktop.domain.accounts import MailAccount, ServerPurpose
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError, NotAllowed
from optout_desktop.domain.ids import BatchId, EventId, LetterId, OutgoingId
from optout_desktop.domain.letters import AttachedFile, KeptLetter, LetterKind, Way, clean_line
from optout_desktop.domain.messages import DeliveryEvent, DeliveryStep, OutgoingMessage
from optout_desktop.domain.people import PersonKind
from optout_desktop.domain.requests import OPEN_STATUSES, Attention, OptOutRequest, ProofGrade
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .follow_ups import DETAILS_OF, EVENT_OF
from .letters import LetterView
from .made_letters import names_of
from .ports import Clock, Mail
from .requests import Entry, RequestService
from .sending import missing_facts

LONGEST_REPLY = 500
"""Characters of a server's reply that are kept."""
UNDONE = "undone"
"""The reply of a message that became uncertain again because the person took their word back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeMessage:
    """A message that is ready to be kept: its bytes, the letter that they are, and its place in the outbox."""

    kept: KeptLetter
    content: bytes
    message: OutgoingMessage

    def keep(self, stores: Stores) -> None:
        """Put the bytes and the message into the vault, in the transaction that is open."""
        stores.letters.keep(self.kept, self.content)
        stores.outbox.add(self.message)


class MessageMaker:
    """Makes messages for the outbox, and says why one cannot be made."""

    def __init__(self, vault: Vault[Stores], mail: Mail, clock: Clock) -> None:
        self._vault = vault
        self._mail = mail
        self._clock = clock

    def make(
        self,
        view: LetterView,
        account: MailAccount,
        *,
        not_before_at: datetime | None = None,
        batch: BatchId | None = None,
    ) -> MadeMessage:
        """The message of a letter, with the date of now. Raises InputError, NotAllowed as ``require_fit``."""
        require_fit(view, account)
        now = self._clock.now()
        message_id = f"<{uuid.uuid4().hex}@{account.address.rpartition('@')[2]}>"
        content = self._bytes(view, account, message_id, now)
        kept = self._kept(view, content)
        return MadeMessage(
            kept=kept,
            content=content,
            message=OutgoingMessage(
                id=OutgoingId(uuid.uuid4().hex),
                request=view.request.id,
                kind=view.letter.kind,
                letter=kept.id,
                account=account.id,
                sender=account.address,
                recipients=(view.recipient,),
                message_id=message_id,
                not_before_at=not_before_at or now,
                batch=batch,
                events=(DeliveryEvent(step=DeliveryStep.QUEUED, at=now),),
            ),
        )

    def make_again(
        self, view: LetterView, account: MailAccount, message: OutgoingMessage
    ) -> tuple[KeptLetter, bytes]:
        """The bytes of a message that waited into another day: its letter speaks of the day on which it leaves.

        Raises NotAllowed where it would go to somebody else by now, and as ``make``.
        """
        require_fit(view, account)
        if (view.recipient,) != message.recipients:
            raise NotAllowed("The recipient was changed after this message was queued. Queue it again.")
        content = self._bytes(view, account, message.message_id, self._clock.now())
        return self._kept(view, content), content

    def _bytes(self, view: LetterView, account: MailAccount, message_id: str, at: datetime) -> bytes:
        # whoever writes for somebody else does not write under their name
        name = view.identity.name if account.person == view.person.id else ""
        return self._mail.message(
            view.letter,
            account.address,
            view.recipient,
            sender_name=name,
            message_id=message_id,
            at=at.replace(microsecond=0),
            attachments=self._files(view),
        )

    def _files(self, view: LetterView) -> tuple[AttachedFile, ...]:
        if not view.attachments:
            return ()
        with self._vault.reading() as stores:
            return tuple(stores.attachments.file(one.id) for one in view.attachments)

    def _kept(self, view: LetterView, content: bytes) -> KeptLetter:
        return KeptLetter(
            id=LetterId(uuid.uuid4().hex),
            request=view.request.id,
            letter=view.letter,
            channel=Channel.EMAIL,
            to_address=view.recipient,
            made_on=self._clock.today(),
            sha256=hashlib.sha256(content).hexdigest(),
            way=Way.SMTP,
        )


def require_fit(view: LetterView, account: MailAccount) -> None:
    """Raise InputError or NotAllowed where a letter cannot leave through an account."""
    if account.server(ServerPurpose.SMTP) is None:
        raise NotAllowed(f"{account.address} has no server to send through. Set it up in Settings › Sending.")
    is_own = account.person == view.person.id
    if not is_own and view.person.kind is not PersonKind.CLIENT:
        raise NotAllowed(f"{account.address} belongs to somebody else. Choose an account of your own.")
    if view.request.channel is not Channel.EMAIL or not view.recipient:
        raise InputError("to", "There is no e-mail address to send this to. Enter it first.")
    if not view.identity.email:
        raise InputError(
            "identity", "An e-mail shows the address that it comes from. Tick your e-mail address first."
        )
    if missing := missing_facts(view):
        raise InputError(missing[0], f"The letter asks for nothing without “{missing[0]}”. Fill it in first.")
    if view.problem:
        raise NotAllowed(f"{view.problem} Nothing was sent.")


def require_unsent(request: OptOutRequest, kind: LetterKind) -> None:
    """Raise NotAllowed where a letter was sent already, or where its sending could not be recorded now."""
    was_sent = kind is LetterKind.REQUEST and request.status in OPEN_STATUSES
    if was_sent and request.attention is not Attention.DELIVERY_FAILED:
        raise NotAllowed("This request was sent already. Send a reminder instead. Nothing was sent.")
    if request.binned_on is not None:
        raise NotAllowed("This request lies in the bin. Restore it first. Nothing was sent.")
    if not request.allows(EVENT_OF[kind]):
        raise NotAllowed(f"This letter does not fit a request that is “{request.status}”. Nothing was sent.")


def step_of(step: DeliveryStep, at: datetime, code: int = 0, reply: str = "") -> DeliveryEvent:
    """A step with a server's words as they can be kept: one line, and not endless."""
    return DeliveryEvent(step=step, at=at, code=code, reply=clean_line(reply)[:LONGEST_REPLY])


class Acceptance:
    """Records that a message was accepted: its step, the request's entry and the letter's, all or nothing."""

    def __init__(self, vault: Vault[Stores], requests: RequestService, clock: Clock) -> None:
        self._vault = vault
        self._requests = requests
        self._clock = clock

    def record(
        self,
        message: OutgoingMessage,
        accepted: DeliveryEvent,
        *,
        on: date,
        grade: ProofGrade,
        along: Callable[[Stores], None] = lambda _: None,
    ) -> None:
        """Write all of it in one transaction, with what ``along`` writes. Raises as ``RequestService.record``.

        A person's own word can be taken back by undo: then the message is uncertain again.
        """
        recipient = ", ".join(message.recipients)
        with self._vault.reading() as stores:
            files = stores.attachments.of(message.request, message.kind)
        attached = tuple(one.id for one in files)
        entry: EventId | None = None

        def name_letter(stores: Stores) -> None:
            nonlocal entry
            entry = stores.letters.newest_entry(message.request)
            stores.outbox.append(message.id, accepted)
            stores.letters.name_event(message.letter, entry, Channel.EMAIL, recipient)
            stores.letters.bin_made(message.request, message.kind)
            stores.letters.drop_draft(message.request, message.kind)
            if attached:
                stores.attachments.set_binned(attached, is_binned=True)
            along(stores)

        def swap(stores: Stores) -> None:
            is_recorded = entry in stores.requests.get(message.request).vouched()
            at = self._clock.now()
            back = DeliveryEvent(step=DeliveryStep.UNCERTAIN, at=at, reply=UNDONE)
            stores.outbox.append(message.id, replace(accepted, at=at) if is_recorded else back)
            stores.letters.name_event(
                message.letter, entry if is_recorded else None, Channel.EMAIL, recipient
            )
            stores.attachments.set_binned(attached, is_binned=is_recorded)

        said = {"code": str(accepted.code) if accepted.code else "", "reply": accepted.reply}
        details = tuple((name, text) for name, text in said.items() if text)
        self._requests.record(
            message.request,
            Entry(
                kind=EVENT_OF[message.kind],
                on=on,
                grade=grade,
                channel=Channel.EMAIL,
                to_address=recipient,
                details=(
                    *DETAILS_OF.get(message.kind, ()),
                    *details,
                    ("message_id", message.message_id),
                    *names_of(files),
                ),
            ),
            along=name_letter,
            along_back=swap,
        )
