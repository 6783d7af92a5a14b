# SPDX-License-Identifier: Apache-2.0
"""What the list asks of the vault: row numbers in order, the rows of a page, what can be filtered by.

Everything here runs on the vault's thread, as the job of a task.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from optout_desktop.domain.agenda import RequestFilter, RequestList, RequestOverview, SortOrder, Urgency
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.messages import BatchState
from optout_desktop.domain.people import PersonKind
from optout_desktop.domain.rights import Right
from optout_desktop.gui import wording
from optout_desktop.gui.paged_table import PAGE_ROWS
from optout_desktop.gui.requests.faces import ListRow
from optout_desktop.gui.requests.filters import Choices
from optout_desktop.services.desk import Desk

GLANCE = PAGE_ROWS
"""Row numbers that a first look at a long list brings."""
_SCREENFUL = 48
"""Rows that come along with their numbers, so that they are painted without another question."""
_LOOKED_AT_FOR_NEAREST = 2048
_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is to be shown."""

    wanted: RequestFilter
    sort: SortOrder
    is_grouped: bool
    is_reversed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Row numbers in order with their groups; ``count`` is None while only a glance is there."""

    rows: tuple[int, ...]
    groups: tuple[tuple[Urgency, int], ...]
    count: int | None
    page: tuple[ListRow | None, ...] = ()
    """The first rows themselves."""
    nearest: str = ""
    """A word like the one that found nothing."""
    next_due: RequestOverview | None = None
    """Where nothing is there: the request that will be due next."""
    is_vault_empty: bool = False


def first_rows(desk: Desk, question: Question) -> Answer:
    """The beginning of the list, or all of it where it is short."""
    if _is_sorted_in_groups(question):
        return _in_groups(desk, question, GLANCE)
    found = _listed(desk, question, question.wanted, GLANCE)
    groups = found.groups if question.is_grouped else ()
    if len(found.rows) < GLANCE:
        return _whole(desk, question, found.rows, groups)
    # the sizes of the groups are counted over the whole list
    count = sum(size for _, size in found.groups) or None
    return Answer(rows=found.rows, groups=groups, count=count, page=_screenful(desk, found.rows))


def all_rows(desk: Desk, question: Question) -> Answer:
    """The whole list."""
    if _is_sorted_in_groups(question):
        return _in_groups(desk, question, None)
    found = _listed(desk, question, question.wanted, None)
    return _whole(desk, question, found.rows, found.groups if question.is_grouped else ())


def _is_sorted_in_groups(question: Question) -> bool:
    return question.is_grouped and question.sort is not SortOrder.URGENCY


def _listed(desk: Desk, question: Question, wanted: RequestFilter, limit: int | None) -> RequestList:
    ranking = _ranking(desk, question.sort) if question.sort.is_by_words else ()
    return desk.requests.list(wanted, question.sort, limit, is_reversed=question.is_reversed, ranking=ranking)


def _ranking(desk: Desk, sort: SortOrder) -> tuple[str, ...]:
    """The values of a column in the alphabetical order of what they are called here."""
    names: dict[SortOrder, Callable[[str], str]] = {
        SortOrder.RIGHT: lambda value: wording.right(Right(value)),
        SortOrder.CHANNEL: lambda value: wording.channel(Channel(value)),
        SortOrder.LAW: lambda value: _law_title(desk, LawId(value)),
    }
    called = names[sort]
    return tuple(sorted(desk.requests.values(sort.value), key=lambda value: called(value).casefold()))


def _in_groups(desk: Desk, question: Question, limit: int | None) -> Answer:
    """Group after group of urgency, each in the order that was asked for."""
    sizes = desk.requests.list(question.wanted, SortOrder.URGENCY, 1).groups
    rows: list[int] = []
    for urgency, _ in sizes:
        left = None if limit is None else limit - len(rows)
        if left == 0:
            break
        wanted = replace(question.wanted, urgencies=frozenset({urgency}))
        rows += _listed(desk, question, wanted, left).rows
    count = sum(size for _, size in sizes)
    if len(rows) == count:
        return _whole(desk, question, tuple(rows), sizes)
    return Answer(rows=tuple(rows), groups=sizes, count=count, page=_screenful(desk, rows))


def _screenful(desk: Desk, rows: Sequence[int]) -> tuple[ListRow | None, ...]:
    return tuple(list_rows(desk, rows[:_SCREENFUL]))


def _whole(
    desk: Desk, question: Question, rows: tuple[int, ...], groups: tuple[tuple[Urgency, int], ...]
) -> Answer:
    if rows:
        return Answer(rows=rows, groups=groups, count=len(rows), page=_screenful(desk, rows))
    coming = RequestFilter(urgencies=frozenset({Urgency.DUE_SOON, Urgency.WAITING}))
    ahead = desk.requests.page(desk.requests.list(coming, SortOrder.DUE, 1).rows)
    return Answer(
        rows=(),
        groups=(),
        count=0,
        nearest=_nearest(desk, question.wanted.typed),
        next_due=next((one for one in ahead if one.due_on is not None), None),
        is_vault_empty=not desk.requests.list(RequestFilter(), SortOrder.CREATED, 1).rows,
    )


def _nearest(desk: Desk, typed: str) -> str:
    typed = typed.strip()
    if not typed:
        return ""
    names = {one.company_name for one in _newest(desk)}
    words = {word.strip(".,()").casefold(): word.strip(".,()") for name in names for word in name.split()}
    words |= {name.casefold(): name for name in names}
    close = difflib.get_close_matches(typed.casefold(), words, n=1, cutoff=0.72)
    if close:
        return words[close[0]]
    hits = desk.companies.search(typed, limit=1)
    return next(iter(hits.nearest), "")


def list_rows(desk: Desk, numbers: Sequence[int]) -> list[ListRow | None]:
    """The rows of these numbers with everything that their words need; None for one that is gone."""
    today, soon = desk.clock.today(), desk.preferences.due_soon_days()
    clients = {one.id for one in desk.people.all() if one.kind is PersonKind.CLIENT}
    found = {one.row: one for one in desk.requests.page(numbers)}
    return [
        ListRow(
            overview=found[number],
            law=_law_title(desk, found[number].law),
            today=today,
            due_soon_days=soon,
            is_for_client=found[number].person in clients,
        )
        if number in found
        else None
        for number in numbers
    ]


def overviews(desk: Desk, numbers: Sequence[int]) -> tuple[RequestOverview, ...]:
    """The overview rows of any number of rows."""
    found: list[RequestOverview] = []
    for start in range(0, len(numbers), _AT_ONCE):
        found += desk.requests.page(numbers[start : start + _AT_ONCE])
    return tuple(found)


def choices(desk: Desk, wanted: RequestFilter) -> Choices:
    """What requests can be filtered by; the company's name only where the list is about one."""
    laws = {LawId(one): _law_title(desk, LawId(one)) for one in desk.requests.values("law")}
    named: tuple[RequestOverview, ...] = ()
    if wanted.company is not None:
        one_of_it = RequestFilter(company=wanted.company, is_binned=wanted.is_binned)
        named = desk.requests.page(desk.requests.list(one_of_it, SortOrder.CREATED, 1).rows)
    return Choices(
        laws=dict(sorted(laws.items(), key=lambda pair: pair[1].casefold())),
        rights=tuple(sorted(Right(one) for one in desk.requests.values("right"))),
        people={one.id: one.name for one in desk.people.all()},
        companies={one.company: one.company_name for one in named},
    )


def _law_title(desk: Desk, law: LawId) -> str:
    try:
        return desk.laws.law(law).short_title
    except NotFound:  # a law pack may drop a law; the requests under it stay
        return law


def _newest(desk: Desk) -> tuple[RequestOverview, ...]:
    numbers = desk.requests.list(RequestFilter(), SortOrder.CREATED, _LOOKED_AT_FOR_NEAREST).rows
    return desk.requests.page(numbers)


def unfinished_batches(desk: Desk) -> int:
    """How many batches wait for the person, or are on their way."""
    going = {BatchState.REVIEW, BatchState.RUNNING, BatchState.PAUSED}
    return sum(one.state in going and bool(one.items) for one in desk.mailroom.batches.list())
