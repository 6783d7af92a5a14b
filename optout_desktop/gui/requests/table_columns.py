# SPDX-License-Identifier: Apache-2.0
"""The columns of the table of requests: what each shows of a row, and how they are arranged and kept.

An ``Arrangement`` holds order, hidden columns and widths (in pixels at 100 %); it lies as JSON in the vault's
setting ``columns``. What cannot be read there is as if it had never been arranged.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale

from optout_desktop.domain.agenda import SortOrder, Urgency
from optout_desktop.gui import wording
from optout_desktop.gui.labels import shown
from optout_desktop.gui.paged_table import Column
from optout_desktop.gui.requests.faces import ListRow
from optout_desktop.gui.tokens import StatusToken
from optout_desktop.gui.wording import short_date

NARROWEST_PX, WIDEST_PX = 40, 1200
COMPANY, PERSON = "company", "person"


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("table_columns", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestColumn:
    """A column, the order that its head asks for, and its width at 100 % as long as nobody changed it."""

    column: Column
    sort: SortOrder
    width_px: int


def request_columns() -> tuple[RequestColumn, ...]:
    """Every column, in the order in which they stand at first."""
    of = _column
    return (
        of(COMPANY, tr("Company"), SortOrder.COMPANY, 180, lambda row: shown(row.overview.company_name)),
        of("right", tr("Right"), SortOrder.RIGHT, 130, lambda row: wording.right(row.overview.right)),
        of("law", tr("Law"), SortOrder.LAW, 96, lambda row: row.law),
        of(PERSON, tr("Person"), SortOrder.PERSON, 100, lambda row: shown(row.overview.person_name)),
        of("status", tr("Status"), SortOrder.STATUS, 160, lambda row: status(row)[0], sign=_sign),
        of("due", tr("Due"), SortOrder.DUE, 100, lambda row: _day(row.overview.due_on, row.today)),
        of("days_left", tr("Days left"), SortOrder.DAYS_LEFT, 90, _days_left, is_number=True),
        of("sent", tr("Sent"), SortOrder.SENT, 100, lambda row: _day(row.overview.sent_on, row.today)),
        of("last", tr("Last event"), SortOrder.LAST, 180, _last),
        of(
            "channel",
            tr("Channel"),
            SortOrder.CHANNEL,
            100,
            lambda row: wording.channel(row.overview.channel),
        ),
        of("reference", tr("Reference"), SortOrder.REFERENCE, 120, lambda row: row.overview.reference),
    )


def _column(
    key: str,
    words: str,
    sort: SortOrder,
    width_px: int,
    text: Callable[[ListRow], str],
    *,
    sign: Callable[[ListRow], StatusToken | None] | None = None,
    is_number: bool = False,
) -> RequestColumn:
    column = Column(key=key, words=words, text=text, status=sign, is_number=is_number)
    return RequestColumn(column=column, sort=sort, width_px=width_px)


def status(row: ListRow) -> tuple[str, StatusToken]:
    """The words and the sign of a request's status; the day stands in a column of its own."""
    one = row.overview
    words, sign = wording.chip(one, row.today, row.due_soon_days)
    is_waiting = one.urgency(row.today, row.due_soon_days) is Urgency.WAITING
    if is_waiting and not one.waits_for_appeal and not one.will_lapse:
        return wording.status(one.status), sign
    return words, sign


def _sign(row: ListRow) -> StatusToken:
    return status(row)[1]


def _day(day: date | None, today: date) -> str:
    return short_date(day, today) if day is not None else ""


def _days_left(row: ListRow) -> str:
    left = row.overview.days_left(row.today)
    return QLocale().toString(left) if left is not None else ""


def _last(row: ListRow) -> str:
    one = row.overview
    if one.last_on is None or one.last_kind is None:
        return ""
    day = short_date(one.last_on, row.today)
    return tr("{day} · {event}").format(day=day, event=wording.event(one.last_kind))


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """How the columns stand: keys in order, those that are hidden, widths at 100 %, and the splitter."""

    order: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    widths_px: Mapping[str, int] = field(default_factory=dict)
    splitter: tuple[int, ...] = ()

    def to_json(self) -> str:
        """As it lies in the vault."""
        return json.dumps(
            {
                "order": list(self.order),
                "hidden": sorted(self.hidden),
                "widths": dict(self.widths_px),
                "splitter": list(self.splitter),
            },
            sort_keys=True,
        )


def arrangement_from(text: str) -> Arrangement:
    """The arrangement that was kept; columns that no longer exist are left out, and Company always shows."""
    try:
        kept = json.loads(text)
    except ValueError:
        return Arrangement()
    if not isinstance(kept, dict):
        return Arrangement()
    known = {one.column.key for one in request_columns()}
    widths = kept.get("widths")
    return Arrangement(
        order=tuple(dict.fromkeys(one for one in _list(kept, "order") if one in known)),
        hidden=frozenset(one for one in _list(kept, "hidden") if one in known) - {COMPANY},
        widths_px={
            key: min(max(width, NARROWEST_PX), WIDEST_PX)
            for key, width in (widths.items() if isinstance(widths, dict) else ())
            if key in known and type(width) is int
        },
        splitter=tuple(one for one in _list(kept, "splitter") if type(one) is int and one >= 0),
    )


def _list(kept: Mapping[str, object], name: str) -> list[object]:
    found = kept.get(name)
    return found if isinstance(found, list) else []
