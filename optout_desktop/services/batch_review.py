# SPDX-License-Identifier: Apache-2.0
"""The review of a batch: each letter is ready, or needs attention and says why; nothing is changed by looking."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from optout_desktop.domain.accounts import MailAccount, ServerPurpose
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError, NotAllowed, NotFound, TemplateError
from optout_desktop.domain.ids import RequestId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.messages import Batch, BatchWay
from optout_desktop.domain.requests import OptOutRequest, RequestStatus
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .letters import LetterService, LetterView
from .outgoing import require_unsent
from .ports import Addresses
from .sending import missing_facts


class Trouble(StrEnum):
    """Why a letter of a batch needs attention; the words are made where it is shown."""

    NO_ADDRESS = "no_address"
    DEAD_ADDRESS = "dead_address"
    BAD_ADDRESS = "bad_address"
    NO_SENDER_ADDRESS = "no_sender_address"
    MISSING_FACT = "missing_fact"
    TEMPLATE_ERROR = "template_error"
    NOT_NOW = "not_now"
    """It was sent already, is in the outbox, or does not fit the request as it stands."""
    ALREADY_ASKED = "already_asked"
    """An open request of the same person asks the same company for the same."""
    EDITED = "edited"
    """The person changed the text of this letter."""


PASSABLE = frozenset({Trouble.ALREADY_ASKED, Trouble.EDITED})
"""A person may send a letter all the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemReview:
    """One letter of a batch as the review table shows it; ``detail`` is a sentence about its first trouble."""

    request: RequestId
    kind: LetterKind
    company_name: str
    reference: str
    recipient: str
    subject: str
    troubles: tuple[Trouble, ...] = ()
    detail: str = ""
    is_passed: bool = False
    """The person wants it sent in spite of what could be passed over."""

    @property
    def is_ready(self) -> bool:
        """Whether it leaves with the batch."""
        return not self.troubles or (self.is_passed and PASSABLE.issuperset(self.troubles))


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchReview:
    """A batch before the consent; ``digest`` stands for exactly the recipients that are ready, in their order."""

    batch: Batch
    items: tuple[ItemReview, ...]
    digest: str

    @property
    def ready(self) -> tuple[ItemReview, ...]:
        """What leaves with the batch."""
        return tuple(one for one in self.items if one.is_ready)


class BatchReviewer:
    """Looks at every letter of a batch before anybody consents to it."""

    def __init__(self, vault: Vault[Stores], letters: LetterService, addresses: Addresses) -> None:
        self._vault = vault
        self._letters = letters
        self._addresses = addresses

    def review(
        self,
        batch: Batch,
        passed: frozenset[RequestId],
        seen: Callable[[LetterView], None] = lambda _: None,
    ) -> BatchReview:
        """Each letter of a batch; ``passed`` are to be sent in spite of what can be passed over.

        ``seen`` is given every letter that could be written, so that nobody need write it again.
        """
        with self._vault.reading() as stores:
            requests = {one.id: one for one in stores.requests.many(each.request for each in batch.items)}
            account = stores.accounts.get(batch.account) if batch.account else None
            pairs = [(each.request, each.kind) for each in batch.items]
            unsettled = stores.outbox.unsettled(pairs)
            dead = stores.batches.dead((one.company, one.to_address) for one in requests.values())
            drafts = (one.id for one in requests.values() if one.status is RequestStatus.DRAFT)
            asked = stores.batches.open_alike(drafts)
        view_of = self._letters.views(pairs)
        items = tuple(
            replace(
                self._judged(
                    view_of,
                    requests[each.request],
                    each.kind,
                    account,
                    batch.way,
                    is_dead=(requests[each.request].company, requests[each.request].to_address) in dead,
                    is_unsettled=(each.request, each.kind) in unsettled,
                    open_before=asked.get(each.request, ""),
                    seen=seen,
                ),
                is_passed=each.request in passed,
            )
            for each in batch.items
        )
        return BatchReview(batch=batch, items=items, digest=digest_of(batch, items))

    def _judged(  # noqa: PLR0913 - one parameter a fact
        self,
        view_of: Callable[[RequestId, LetterKind], LetterView],
        request: OptOutRequest,
        kind: LetterKind,
        account: MailAccount | None,
        way: BatchWay,
        *,
        is_dead: bool,
        is_unsettled: bool,
        open_before: str,
        seen: Callable[[LetterView], None],
    ) -> ItemReview:
        item = ItemReview(
            request=request.id,
            kind=kind,
            company_name=request.company_name,
            reference=request.reference,
            recipient=request.to_address,
            subject="",
        )
        try:
            view = view_of(request.id, kind)
            require_unsent(request, kind)
        except TemplateError as error:
            return replace(item, troubles=(Trouble.TEMPLATE_ERROR,), detail=str(error))
        except (NotAllowed, NotFound) as error:
            return replace(item, troubles=(Trouble.NOT_NOW,), detail=str(error))
        seen(view)
        item = replace(item, recipient=view.recipient, subject=view.letter.subject)
        troubles = self._troubles(view, account, way)
        if is_unsettled:
            troubles.append(Trouble.NOT_NOW)
        if is_dead:
            troubles.append(Trouble.DEAD_ADDRESS)
        if open_before:
            troubles.append(Trouble.ALREADY_ASKED)
        return replace(item, troubles=tuple(troubles), detail=view.problem or open_before)

    def _troubles(self, view: LetterView, account: MailAccount | None, way: BatchWay) -> list[Trouble]:
        has_server = account is not None and account.server(ServerPurpose.SMTP) is not None
        can_send = has_server if way is BatchWay.SMTP else bool(view.identity.email)
        has_address = view.request.channel is Channel.EMAIL and bool(view.recipient)
        found = {
            Trouble.NO_ADDRESS: not has_address,
            Trouble.BAD_ADDRESS: has_address and not self._is_address(view.recipient),
            Trouble.NO_SENDER_ADDRESS: not can_send,
            Trouble.MISSING_FACT: bool(missing_facts(view)),
            Trouble.TEMPLATE_ERROR: bool(view.problem),
            Trouble.EDITED: view.letter.is_edited,
        }
        return [trouble for trouble, is_so in found.items() if is_so]

    def _is_address(self, text: str) -> bool:
        try:
            self._addresses.email(text, "to")
        except InputError:
            return False
        return True


def digest_of(batch: Batch, items: tuple[ItemReview, ...]) -> str:
    """A number for exactly these recipients, the letters that they get, and the account that sends them."""
    lines = [batch.id, batch.way, batch.account or ""]
    lines += [f"{one.request} {one.kind} {one.recipient}" for one in items if one.is_ready]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
