# SPDX-License-Identifier: Apache-2.0
"""What the batch window asks of the vault, as plain values; everything here runs on the vault's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from optout_desktop.domain.accounts import MailAccount
from optout_desktop.domain.companies import Channel, Company, Contact, Origin
from optout_desktop.domain.errors import NotAllowed, NotFound, TemplateError
from optout_desktop.domain.ids import BatchId, CompanyId, LetterId, MailAccountId, RequestId
from optout_desktop.domain.letters import LetterKind, Way
from optout_desktop.domain.messages import Batch, BatchItem, BatchState, BatchWay, OutgoingMessage
from optout_desktop.services.batch_review import BatchReview, ItemReview
from optout_desktop.services.batches import BatchProgress, BatchWish
from optout_desktop.services.desk import Desk
from optout_desktop.services.letters import LetterView

MOST_FOUND = 100_000


class Kind(StrEnum):
    """Which companies are looked through."""

    ALL = "all"
    BROKERS = "brokers"
    IMPORTED = "imported"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyQuestion:
    """What is looked for among the companies; an empty ``country`` means all of them."""

    typed: str = ""
    kind: Kind = Kind.ALL
    country: str = ""
    has_email: bool = True


def matching(desk: Desk, question: CompanyQuestion) -> tuple[Company, ...]:
    """The companies that fit: best first where something was typed, else by name."""
    if question.typed.strip():
        found: Sequence[Company] = desk.companies.search(question.typed, MOST_FOUND).companies
    else:
        found = sorted(desk.companies.everybody(), key=lambda one: one.name.casefold())
    return tuple(one for one in found if _fits(one, question))


def _fits(company: Company, question: CompanyQuestion) -> bool:
    if question.has_email and not has_email(company):
        return False
    if question.country and company.country != question.country:
        return False
    match question.kind:
        case Kind.BROKERS:
            return company.is_data_broker
        case Kind.IMPORTED:
            return company.origin is Origin.IMPORTED
        case Kind.OWN:
            return company.origin is not Origin.SHIPPED
        case _:
            return True


def has_email(company: Company) -> bool:
    """Whether a letter can reach a company by e-mail."""
    return any(one.channel is Channel.EMAIL for one in company.contacts)


def countries(desk: Desk) -> tuple[str, ...]:
    """The countries that the known companies are in."""
    return tuple(sorted({one.country for one in desk.companies.everybody() if one.country}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A batch before the consent, with the accounts that it could leave by."""

    review: BatchReview
    accounts: tuple[MailAccount, ...]

    @property
    def batch(self) -> Batch:
        """The batch itself."""
        return self.review.batch


def begun(desk: Desk, wish: BatchWish, before: Batch | None) -> Opened:
    """New drafts for a wish and their review.

    Where the same window made a batch ``before``, its drafts are kept for the companies that are still wanted, and
    the others go to the bin.
    """
    batches = desk.mailroom.batches
    if before is None:
        account = _first_account(desk, wish.person)
        way = BatchWay.SMTP if account else BatchWay.EML
        return opened(desk, batches.prepare(wish, way, account).id)
    drafts = dict(zip(_companies(desk, before.items), (one.request for one in before.items), strict=True))
    new = tuple(one for one in wish.companies if one not in drafts)
    gone = [request for company, request in drafts.items() if company not in set(wish.companies)]
    if not new and not gone:
        return opened(desk, before.id)
    added: dict[CompanyId, RequestId] = {}
    if new:
        made = batches.prepare(replace(wish, companies=new), before.way, before.account)
        added = dict(zip(new, (one.request for one in made.items), strict=True))
        batches.cancel(made.id)
    found = drafts | added
    anew = batches.gather([found[one] for one in wish.companies], before.way, before.account)
    batches.set_pace(anew.id, before.delay_seconds, before.daily_cap)
    batches.cancel(before.id)
    if gone:
        desk.requests.bin(gone)
    return opened(desk, anew.id)


def gathered(desk: Desk, requests: Sequence[RequestId], kind: LetterKind) -> Opened:
    """The review of a batch of requests that are there already."""
    people = {desk.requests.detail(one).person.id for one in requests[:1]}
    account = next((found for one in people if (found := _first_account(desk, one))), None)
    way = BatchWay.SMTP if account else BatchWay.EML
    return opened(desk, desk.mailroom.batches.gather(requests, way, account, kind).id)


def going_another_way(desk: Desk, batch: Batch, way: BatchWay, account: MailAccountId | None) -> Opened:
    """The same letters by another way: a batch in the place of this one, at its pace."""
    kind = batch.items[0].kind if batch.items else LetterKind.REQUEST
    anew = desk.mailroom.batches.gather([one.request for one in batch.items], way, account, kind)
    desk.mailroom.batches.set_pace(anew.id, batch.delay_seconds, batch.daily_cap)
    desk.mailroom.batches.cancel(batch.id)
    return opened(desk, anew.id)


def opened(desk: Desk, batch: BatchId, passed: frozenset[RequestId] = frozenset()) -> Opened:
    """The review of a batch. Raises NotAllowed once it was consented to."""
    review = desk.mailroom.batches.review(batch, passed)
    return Opened(review=review, accounts=desk.mailroom.accounts.list())


def _first_account(desk: Desk, person: str) -> MailAccountId | None:
    mine = [one for one in desk.mailroom.accounts.list() if one.person == person]
    return mine[0].id if mine else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """One letter of the review with its law; ``answer_by_on`` is None where the law names no day."""

    item: ItemReview
    law: str
    answer_by_on: date | None


def lines(desk: Desk, items: Sequence[ItemReview]) -> list[ReviewLine]:
    """The rows of some letters, with what each letter says of its law."""
    found = []
    for item, view in zip(items, _views(desk, items), strict=True):
        request = view.request if view is not None else desk.requests.detail(item.request).request
        law = desk.laws.law(request.law).short_title
        found.append(ReviewLine(item=item, law=law, answer_by_on=view.answer_by_on if view else None))
    return found


def _views(desk: Desk, items: Sequence[BatchItem | ItemReview]) -> list[LetterView | None]:
    """Letters as they would be written, the vault being read once; None for one that cannot be."""
    read = desk.letters.views([(one.request, one.kind) for one in items])

    def view(item: BatchItem | ItemReview) -> LetterView | None:
        try:
            return read(item.request, item.kind)
        except (NotAllowed, NotFound, TemplateError):
            return None

    return [view(one) for one in items]


def _companies(desk: Desk, items: Sequence[BatchItem]) -> list[CompanyId]:
    """Whom each letter goes to."""
    return [
        (view.request if view is not None else desk.requests.detail(one.request).request).company
        for one, view in zip(items, _views(desk, items), strict=True)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLook:
    """One letter in full, and the other addresses of its company."""

    item: ItemReview
    sender: str
    body: str
    others: tuple[Contact, ...]


def looked_at(desk: Desk, item: ItemReview, sender: str) -> LetterLook:
    """One letter of the review; an empty body where it cannot be written."""
    [view] = _views(desk, (item,))
    request = view.request if view is not None else desk.requests.detail(item.request).request
    body = view.letter.body if view is not None else ""
    sender = sender or (view.identity.email if view is not None else "")
    try:
        known = desk.contacts.of(request.company, Channel.EMAIL, request.right)
    except NotFound:
        known = ()
    others = tuple(
        one.contact for one in known if one.dead_since_on is None and one.contact.value != item.recipient
    )
    return LetterLook(item=item, sender=sender, body=body, others=others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batches:
    """Every batch that is worth showing, the newest first, and how far each has come."""

    batches: tuple[BatchProgress, ...]


MOST_BATCHES = 30


def kept_batches(desk: Desk) -> Batches:
    """The batches; one that was given up before anybody consented to it is none."""
    found = [
        one
        for one in desk.mailroom.batches.list()
        if one.items and (one.consented_at is not None or one.state is BatchState.REVIEW)
    ]
    return Batches(batches=tuple(desk.mailroom.batches.progress(one.id) for one in found[:MOST_BATCHES]))


# ── after the consent ────────────────────────────────────────────────────────────────────────────────

WRITTEN_AT_ONCE = 20
"""Drafts written, or recorded, in one job of the vault's thread."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a batch has come; ``sent`` are the drafts of which the person said that they sent them."""

    progress: BatchProgress
    sent: frozenset[RequestId] = frozenset()

    @property
    def to_confirm(self) -> tuple[BatchItem, ...]:
        """Drafts that were written and of which nobody said that they were sent."""
        if self.progress.batch.way is not BatchWay.EML:
            return ()
        return tuple(
            BatchItem(request=one.request, kind=one.kind)
            for one in self.progress.items
            if one.is_made and one.request not in self.sent
        )


def standing(desk: Desk, batch: BatchId) -> Standing:
    """How far a batch has come, letter by letter. Raises NotFound."""
    progress = desk.mailroom.batches.progress(batch)
    if progress.batch.way is not BatchWay.EML:
        return Standing(progress=progress)
    return Standing(
        progress=progress,
        sent=frozenset(
            one.request for one in progress.items if one.is_made and not _drafts(desk, one.request, one.kind)
        ),
    )


def _drafts(desk: Desk, request: RequestId, kind: LetterKind) -> list[LetterId]:
    return [one.id for one in desk.sending.made(request, kind) if one.way is Way.EML]


def write_some(desk: Desk, batch: BatchId, folder: Path, is_cancelled: Callable[[], bool]) -> BatchProgress:
    """Write the next drafts; the batch is *done* once all are there. Raises HandOverError, NotAllowed."""
    written = 0

    def told(_done: int, _total: int) -> None:
        nonlocal written
        written += 1

    return desk.mailroom.batches.write_drafts(
        batch, folder, lambda: written >= WRITTEN_AT_ONCE or is_cancelled(), told
    )


def confirm_some(desk: Desk, items: Sequence[BatchItem], on: date) -> None:
    """Record that the person says they sent these drafts on a day. Raises InputError for a day to come."""
    for one in items:
        drafts = _drafts(desk, one.request, one.kind)
        if drafts:
            desk.sending.confirm_made(drafts[-1], one.request, on)


def open_message(desk: Desk, request: RequestId, kind: LetterKind) -> OutgoingMessage | None:
    """The message of a letter that was sent last, or None."""
    found = [one for one in desk.mailroom.outbox.of(request) if one.kind is kind]
    return found[-1] if found else None
