# SPDX-License-Identifier: Apache-2.0
"""Deadlines → an iCalendar file (RFC 5545), piece by piece: whole days, three reminders each.

Every text is stripped of control characters before it is written, so that no name can begin a line of its own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from optout_desktop.domain.exchange import CalendarEntry
from optout_desktop.domain.letters import clean_line

REMIND_DAYS_BEFORE = (7, 1, 0)
PRODUCT = "-//OptOut Desktop//Deadlines//EN"
_END = b"END:VCALENDAR\r\n"


def calendar_file(entries: Iterable[CalendarEntry], stamped_at: datetime) -> Iterator[bytes]:
    """The file's pieces: one event an entry. ``stamped_at`` is an instant in UTC without a zone."""
    frame = Calendar()
    frame.add("prodid", PRODUCT)
    frame.add("version", "2.0")
    frame.add("calscale", "GREGORIAN")
    yield frame.to_ical().removesuffix(_END)
    stamp = stamped_at.replace(microsecond=0, tzinfo=UTC)
    for entry in entries:
        yield _event(entry, stamp).to_ical()
    yield _END


def _event(entry: CalendarEntry, stamp: datetime) -> Event:
    title = _one_line(entry.title)
    event = Event()
    event.add("uid", _one_line(entry.uid))
    event.add("dtstamp", stamp)
    event.add("dtstart", entry.on)
    event.add("dtend", entry.on + timedelta(days=1))
    event.add("sequence", entry.sequence)
    event.add("summary", title)
    if text := "\n".join(filter(None, map(_one_line, entry.text.splitlines()))):
        event.add("description", text)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    # RFC 5545, 3.8.1.3: a shared calendar shows that there is something, and not what
    event.add("class", "PRIVATE")
    if not entry.is_cancelled:
        for days in REMIND_DAYS_BEFORE:
            event.add_component(_alarm(title, days))
    return event


def _alarm(title: str, days: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(days=-days))
    return alarm


def _one_line(text: str) -> str:
    """``text`` without what could end a line or steer whoever shows it."""
    return "".join(char for char in clean_line(text) if unicodedata.category(char) not in {"Zl", "Zp"})
