# SPDX-License-Identifier: Apache-2.0
"""What one request shows in the list: two lines, its day at the end, its sign, and what is spoken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication

from optout_desktop.domain.agenda import RequestOverview, Urgency
from optout_desktop.gui import wording
from optout_desktop.gui.labels import shown
from optout_desktop.gui.paged_table import RowFace
from optout_desktop.gui.wording import long_date, short_date


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("faces", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """A row of the list with what its words depend on."""

    overview: RequestOverview
    law: str
    today: date
    due_soon_days: int
    is_for_client: bool


def face(row: ListRow) -> RowFace:
    """The face of a row."""
    one = row.overview
    company = shown(one.company_name)
    right, channel = wording.right(one.right), wording.channel(one.channel)
    words, sign = wording.chip(one, row.today, row.due_soon_days)
    if row.is_for_client:
        second = tr("{right} · {law} · {channel} · {person}").format(
            right=right, law=row.law, channel=channel, person=shown(one.person_name)
        )
    else:
        second = tr("{right} · {law} · {channel}").format(right=right, law=row.law, channel=channel)
    if one.due_on is not None and not one.will_lapse:
        spoken = tr("{company}, {status}, due {due}, {right}, {law}").format(
            company=company, status=words, due=long_date(one.due_on), right=right, law=row.law
        )
    else:
        spoken = tr("{company}, {status}, {right}, {law}").format(
            company=company, status=words, right=right, law=row.law
        )
    return RowFace(title=company, second=second, trailing=_trailing(row, words), status=sign, spoken=spoken)


def _trailing(row: ListRow, words: str) -> str:
    one = row.overview
    match one.urgency(row.today, row.due_soon_days):
        case Urgency.WAITING if one.due_on is not None and not one.will_lapse:
            return tr("due {day}").format(day=short_date(one.due_on, row.today))
        case Urgency.DONE if one.last_on is not None and not one.will_lapse:
            return tr("{status} {day}").format(status=words, day=short_date(one.last_on, row.today))
        case _:
            return words
