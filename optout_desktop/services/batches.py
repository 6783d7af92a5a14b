# SPDX-License-Identifier: Apache-2.0
"""Batches: one right asked of many companies, from the drafts to the result of each letter.

``prepare`` → ``review`` (ready, or needs attention and why) → ``consent`` for exactly the recipients that were shown →
the outbox, or drafts in a folder. A batch goes on where it stopped, and is done by itself.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError, NotAllowed
from optout_desktop.domain.ids import BatchId, CompanyId, LawId, MailAccountId, PersonId, RequestId
from optout_desktop.domain.letters import LetterKind, RequestFact, Way
from optout_desktop.domain.messages import Batch, BatchItem, BatchState, BatchWay, Delivery
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.places import Place
from optout_desktop.domain.requests import OptOutRequest
from optout_desktop.domain.rights import Right
from optout_desktop.storage.overview import search_entry
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .asking import NewRequest, asking, require_fitting_facts
from .assessing import Assessor
from .batch_review import BatchReview, BatchReviewer
from .companies import CompanyService
from .laws import LawService
from .letters import LetterService, LetterView
from .outbox import UNDO_SECONDS, cancel
from .outgoing import MessageMaker
from .ports import Addresses, Clock
from .requests import RequestService, free_reference
from .sending import SendingService

LEAST_DELAY_SECONDS, MOST_DELAY_SECONDS = 0, 3600
MOST_A_DAY = 10_000
MOST_ITEMS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchWish:
    """One right to many companies; ``to_address`` of each is the company's own for mail."""

    person: PersonId
    right: Right
    law: LawId
    companies: tuple[CompanyId, ...]
    identity: frozenset[IdentityItem] = frozenset({IdentityItem.NAME, IdentityItem.EMAIL})
    facts: tuple[tuple[RequestFact, str], ...] = ()
    place: Place | None = None
    list_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """What became of one letter; ``delivery`` is None where it was only made, or not queued yet."""

    request: RequestId
    kind: LetterKind
    company_name: str
    reference: str
    delivery: Delivery | None = None
    code: int = 0
    reply: str = ""
    is_made: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchProgress:
    """How far a batch has come."""

    batch: Batch
    items: tuple[ItemResult, ...]

    @property
    def counts(self) -> dict[Delivery, int]:
        """How many letters stand where."""
        return dict(Counter(one.delivery for one in self.items if one.delivery is not None))

    @property
    def done(self) -> int:
        """How many letters are through, whatever came of them."""
        open_ones = {Delivery.WAITING, Delivery.UNDER_WAY}
        return sum(
            one.is_made if self.batch.way is BatchWay.EML else one.delivery not in {None, *open_ones}
            for one in self.items
        )


class BatchService:
    """Everything that can be done with a batch."""

    def __init__(  # noqa: PLR0913, PLR0917 - a batch is where requests, letters and sending meet
        self,
        vault: Vault[Stores],
        assessor: Assessor,
        laws: LawService,
        companies: CompanyService,
        requests: RequestService,
        letters: LetterService,
        sending: SendingService,
        reviewer: BatchReviewer,
        maker: MessageMaker,
        addresses: Addresses,
        clock: Clock,
        is_sample: Callable[[], bool],
    ) -> None:
        self._vault = vault
        self._assessor = assessor
        self._laws = laws
        self._companies = companies
        self._requests = requests
        self._letters = letters
        self._sending = sending
        self._reviewer = reviewer
        self._maker = maker
        self._addresses = addresses
        self._clock = clock
        self._is_sample = is_sample

    # ── looking ──────────────────────────────────────────────────────────────────────────────────────

    def list(self) -> tuple[Batch, ...]:
        """Every batch, the newest first."""
        with self._vault.reading() as stores:
            return stores.batches.all()

    def progress(self, batch: BatchId) -> BatchProgress:
        """How far a batch has come, letter by letter. Raises NotFound."""
        with self._vault.reading() as stores:
            found = stores.batches.get(batch)
            messages = {(one.request, one.kind): one for one in stores.outbox.of_batch(batch)}
            requests = {one.id: one for one in stores.requests.many(each.request for each in found.items)}
            made = {each.request for each in found.items if _is_made(stores, found, each)}
        items = []
        for each in found.items:
            message, request = messages.get((each.request, each.kind)), requests[each.request]
            last = message.events[-1] if message else None
            items.append(
                ItemResult(
                    request=each.request,
                    kind=each.kind,
                    company_name=request.company_name,
                    reference=request.reference,
                    delivery=message.delivery if message else None,
                    code=last.code if last else 0,
                    reply=last.reply if last else "",
                    is_made=each.request in made,
                )
            )
        return BatchProgress(batch=found, items=tuple(items))

    def review(self, batch: BatchId, passed: frozenset[RequestId] = frozenset()) -> BatchReview:
        """Each letter of a batch: ready, or why it needs attention. ``passed`` are to be sent all the same.

        Raises NotFound, NotAllowed once the batch was consented to.
        """
        return self._reviewer.review(self._in_review(batch), passed)

    def look(
        self,
        requests: Sequence[RequestId],
        way: BatchWay,
        account: MailAccountId | None = None,
        kind: LetterKind = LetterKind.REQUEST,
        passed: frozenset[RequestId] = frozenset(),
    ) -> BatchReview:
        """The review of a batch that these requests would make; nothing is kept. Raises NotFound."""
        items = tuple(BatchItem(request=one, kind=kind) for one in dict.fromkeys(requests))
        imagined = Batch(
            id=BatchId(""),
            way=way,
            state=BatchState.REVIEW,
            created_at=self._clock.now(),
            items=items,
            account=account,
        )
        return self._reviewer.review(imagined, passed)

    # ── preparing ────────────────────────────────────────────────────────────────────────────────────

    def prepare(
        self,
        wish: BatchWish,
        way: BatchWay = BatchWay.SMTP,
        account: MailAccountId | None = None,
    ) -> Batch:
        """New drafts to many companies and their batch, all in one transaction.

        Raises NotFound, InputError where the law has no such right, NotAllowed for too many.
        """
        law = self._laws.law(wish.law)
        if law.offers(wish.right) is None:
            raise InputError("right", f"{law.short_title} has no right called {wish.right}.")
        asked = [self._companies.get(one) for one in dict.fromkeys(wish.companies)]
        today = self._clock.today()
        with self._vault.reading() as stores:
            person = stores.people.get(wish.person)
        drafts: list[OptOutRequest] = []
        with self._vault.writing() as stores:
            taken: set[str] = set()
            for company in asked:
                new = NewRequest(
                    person=wish.person,
                    company=company.id,
                    right=wish.right,
                    law=wish.law,
                    channel=Channel.EMAIL,
                    list_id=wish.list_id,
                    identity=wish.identity,
                    facts=wish.facts,
                    place=wish.place,
                )
                require_fitting_facts(new)
                drafts.append(
                    OptOutRequest(
                        id=RequestId(uuid.uuid4().hex),
                        reference=_free_reference(stores, taken),
                        created_on=today,
                        **asking(new, person, company),
                    )
                )
            stores.requests.add_all(drafts)
            rows = self._assessor.derived(stores, drafts)
            stores.overviews.add_all(rows)
            stores.search.add_all([search_entry(row, "") for row in rows])
            return self._new(stores, [BatchItem(request=one.id) for one in drafts], way, account)

    def gather(
        self,
        requests: Sequence[RequestId],
        way: BatchWay = BatchWay.SMTP,
        account: MailAccountId | None = None,
        kind: LetterKind = LetterKind.REQUEST,
    ) -> Batch:
        """A batch of requests that are there already. Raises NotFound, NotAllowed for too many."""
        items = [BatchItem(request=one, kind=kind) for one in dict.fromkeys(requests)]
        with self._vault.writing() as stores:
            for item in items:
                stores.requests.row_of(item.request)
            return self._new(stores, items, way, account)

    def take_out(self, batch: BatchId, requests: Sequence[RequestId]) -> Batch:
        """Leave letters out; their drafts stay. Raises NotAllowed once the batch was consented to."""
        found, gone = self._in_review(batch), set(requests)
        left = tuple(one for one in found.items if one.request not in gone)
        with self._vault.writing() as stores:
            stores.batches.put_items(batch, left)
        return replace(found, items=left)

    def change_address(self, batch: BatchId, request: RequestId, address: str) -> None:
        """Write to another address of a company. Raises InputError, NotAllowed for what was sent already."""
        self._in_review(batch)
        with self._vault.reading() as stores:
            found = stores.requests.get(request)
        self._requests.change_draft(
            request,
            NewRequest(
                person=found.person,
                company=found.company,
                right=found.right,
                law=found.law,
                channel=Channel.EMAIL,
                to_address=self._addresses.email(address, "to"),
                list_id=found.list_id,
                identity=found.identity,
                customer_number=found.customer_number,
                facts=found.facts,
                place=found.residence,
            ),
        )

    def set_pace(self, batch: BatchId, delay_seconds: int, daily_cap: int) -> None:
        """How many seconds lie between two messages, and how many leave within 24 hours (0: no cap)."""
        if not LEAST_DELAY_SECONDS <= delay_seconds <= MOST_DELAY_SECONDS:
            raise InputError("delay", f"A pause has from 0 to {MOST_DELAY_SECONDS} seconds.")
        if not 0 <= daily_cap <= MOST_A_DAY:
            raise InputError("cap", f"A daily cap is a number from 0 to {MOST_A_DAY}.")
        with self._vault.writing() as stores:
            stores.batches.get(batch)
            stores.batches.set_pace(batch, delay_seconds, daily_cap)

    # ── sending ──────────────────────────────────────────────────────────────────────────────────────

    def consent(
        self,
        batch: BatchId,
        digest: str,
        passed: frozenset[RequestId] = frozenset(),
        wait_seconds: int = UNDO_SECONDS,
    ) -> Batch:
        """Let exactly the recipients whose list was shown have their letters; what is not ready is left out.

        By mail account every message is made and queued in one transaction. Raises NotAllowed where the list is
        another by now, where nothing is ready, and in the sample vault.
        """
        if self._is_sample():
            raise NotAllowed(
                "This is the sample vault: its people and companies are made up, so nothing can be sent."
            )
        views: dict[RequestId, LetterView] = {}
        seen = self._reviewer.review(
            self._in_review(batch), passed, lambda view: views.update({view.request.id: view})
        )
        if seen.digest != digest:
            raise NotAllowed("The recipients are others than those that were shown. Look at them again.")
        if not seen.ready:
            raise NotAllowed("No letter of this batch is ready. Nothing was sent.")
        made = []
        if seen.batch.way is BatchWay.SMTP and seen.batch.account is not None:
            with self._vault.reading() as stores:
                account = stores.accounts.get(seen.batch.account)
            at = self._clock.now() + timedelta(seconds=wait_seconds)
            pause = timedelta(seconds=seen.batch.delay_seconds)
            for number, one in enumerate(seen.ready):
                view = views[one.request]
                made.append(self._maker.make(view, account, not_before_at=at + number * pause, batch=batch))
        with self._vault.writing() as stores:
            stores.batches.put_items(
                batch, [BatchItem(request=one.request, kind=one.kind) for one in seen.ready]
            )
            stores.batches.consent(batch, self._clock.now())
            for message in made:
                stores.letters.keep(message.kept, message.content)
            stores.outbox.add(*(message.message for message in made))
            return stores.batches.get(batch)

    def write_drafts(
        self,
        batch: BatchId,
        folder: Path,
        is_cancelled: Callable[[], bool] = lambda: False,
        told: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> BatchProgress:
        """Write the letters of a consented batch as ``.eml`` drafts; those that were written stay, none is *sent*.

        Called again it goes on with those that are missing. Raises HandOverError where the folder takes no file.
        """
        with self._vault.reading() as stores:
            found = stores.batches.get(batch)
            left = [one for one in found.items if not _is_made(stores, found, one)]
        if found.way is not BatchWay.EML or found.state not in {BatchState.RUNNING, BatchState.PAUSED}:
            raise NotAllowed("This batch writes no drafts now. Nothing was written.")
        for number, one in enumerate(left, start=1):
            if is_cancelled():
                self._set_state(batch, BatchState.PAUSED)
                return self.progress(batch)
            view = self._letters.view(one.request, one.kind)
            name = f"{view.request.reference}.eml"
            self._sending.save_file(view, Way.EML, folder / name)
            told(number, len(left))
        self._set_state(batch, BatchState.DONE)
        return self.progress(batch)

    def pause(self, batch: BatchId) -> None:
        """Let nothing more leave until ``resume``. Raises NotAllowed where nothing runs."""
        self._move(batch, {BatchState.RUNNING}, BatchState.PAUSED)

    def resume(self, batch: BatchId) -> None:
        """Go on. Raises NotAllowed where nothing was paused."""
        self._move(batch, {BatchState.PAUSED}, BatchState.RUNNING)

    def cancel(self, batch: BatchId) -> BatchProgress:
        """Let nothing more leave: what waits is cancelled, what was sent stays sent. Raises NotAllowed."""
        running = {BatchState.REVIEW, BatchState.RUNNING, BatchState.PAUSED}
        self._move(batch, running, BatchState.CANCELLED)
        return self.progress(batch)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _new(
        self,
        stores: Stores,
        items: Sequence[BatchItem],
        way: BatchWay,
        account: MailAccountId | None,
    ) -> Batch:
        if not items:
            raise NotAllowed("Choose at least one company.")
        if len(items) > MOST_ITEMS:
            raise NotAllowed(f"A batch has at most {MOST_ITEMS} letters. Make several.")
        if account is not None:
            stores.accounts.get(account)
        batch = Batch(
            id=BatchId(uuid.uuid4().hex),
            way=way,
            state=BatchState.REVIEW,
            created_at=self._clock.now(),
            items=tuple(items),
            account=account,
        )
        stores.batches.add(batch)
        return batch

    def _in_review(self, batch: BatchId) -> Batch:
        with self._vault.reading() as stores:
            found = stores.batches.get(batch)
        if found.state is not BatchState.REVIEW:
            raise NotAllowed("This batch was begun already. Nothing was changed.")
        return found

    def _set_state(self, batch: BatchId, state: BatchState) -> None:
        with self._vault.writing() as stores:
            stores.batches.set_state(batch, state)

    def _move(self, batch: BatchId, before: set[BatchState], after: BatchState) -> None:
        with self._vault.writing() as stores:
            found = stores.batches.get(batch)
            if found.state not in before:
                raise NotAllowed(f"This batch is “{found.state}”. Nothing was changed.")
            stores.batches.set_state(batch, after)
            if after is BatchState.CANCELLED:
                for one in stores.outbox.of_batch(batch):
                    if one.delivery is Delivery.WAITING:
                        cancel(stores, one, self._clock)


def _is_made(stores: Stores, batch: Batch, item: BatchItem) -> bool:
    """True where a letter of a batch of drafts was written already."""
    if batch.way is not BatchWay.EML or batch.consented_at is None:
        return False
    made = (*stores.letters.made(item.request), *stores.letters.of(item.request))
    return any(one.way is Way.EML and one.letter.kind is item.kind for one in made)


def _free_reference(stores: Stores, taken: set[str]) -> str:
    while (found := free_reference(stores)) in taken:
        continue
    taken.add(found)
    return found
