# SPDX-License-Identifier: Apache-2.0
"""Deadlines → an iCalendar file (RFC 5545), piece by piece: whole days, three reminders each.

Every text is stripped of control characters before it is written, so that no name can begin a line of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from icalendar import Alarm, Calendar, Event, vInt, vText
from icalendar.parser import Contentline

from optout_desktop.domain.exchange import CalendarEntry
from optout_desktop.domain.letters import clean_line

REMIND_DAYS_BEFORE = (7, 1, 0)
PRODUCT = "-//OptOut Desktop//Deadlines//EN"
_END = b"END:VCALENDAR\r\n"
_BEGIN_ALARM = b"BEGIN:VALARM"
_OF_EACH = frozenset({"UID", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "DESCRIPTION"})
"""The lines that differ from event to event."""
_TITLES_AT_ONCE = 512
_FOLDED_FROM = 75
"""Octets of a line that is folded."""

Frame = tuple[tuple[str, bytes], ...]
"""An event line by line: the name of what stands there for each entry, or an empty text and the line itself."""


def calendar_file(entries: Iterable[CalendarEntry], stamped_at: datetime) -> Iterator[bytes]:
    """The file's pieces: one event an entry. ``stamped_at`` is an instant in UTC without a zone."""
    whole = Calendar()
    whole.add("prodid", PRODUCT)
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    yield whole.to_ical().removesuffix(_END)
    stamp = stamped_at.replace(microsecond=0, tzinfo=UTC)
    frames = {is_cancelled: _frame(stamp, is_cancelled=is_cancelled) for is_cancelled in (False, True)}
    for entry in entries:
        yield _event(entry, frames[entry.is_cancelled])
    yield _END


def _event(entry: CalendarEntry, frame: Frame) -> bytes:
    """An entry's event: only the lines that are its own are written anew, which is seven times as fast."""
    title = _one_line(entry.title)
    text = "\n".join(filter(None, map(_one_line, entry.text.splitlines())))
    own = {
        "": b"",
        "UID": _line("UID", vText(_one_line(entry.uid))),
        "DTSTART": _day("DTSTART", entry.on),
        "DTEND": _day("DTEND", entry.on + timedelta(days=1)),
        "SEQUENCE": _number(entry.sequence),
        "SUMMARY": _words("SUMMARY", title),
        "DESCRIPTION": _line("DESCRIPTION", vText(text)) if text else b"",
        "REMINDER": _words("DESCRIPTION", title),
    }
    return b"".join([own[name] or line for name, line in frame])


def _line(name: str, value: vText | vInt) -> bytes:
    """A line of a property without parameters, folded where it is long."""
    line = name.encode("ascii") + b":" + value.to_ical()
    if len(line) >= _FOLDED_FROM:
        line = Contentline(line).to_ical()  # type: ignore[no-untyped-call]  # icalendar's own has no types
    return line + b"\r\n"


_words = lru_cache(maxsize=_TITLES_AT_ONCE)(lambda name, text: _line(name, vText(text)))


@lru_cache(maxsize=_TITLES_AT_ONCE)
def _day(name: str, on: date) -> bytes:
    event = Event()
    event.add(name, on)
    _, line, _ = event.to_ical().splitlines(keepends=True)
    return bytes(line)


@lru_cache(maxsize=_TITLES_AT_ONCE)
def _number(sequence: int) -> bytes:
    return _line("SEQUENCE", vInt(sequence))


def _frame(stamp: datetime, *, is_cancelled: bool) -> Frame:
    """What all events have in common, with room for what they have not."""
    event = Event()
    event.add("uid", "-")
    event.add("dtstamp", stamp)
    event.add("dtstart", stamp.date())
    event.add("dtend", stamp.date())
    event.add("sequence", 0)
    event.add("summary", "-")
    event.add("description", "-")
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    # RFC 5545, 3.8.1.3: a shared calendar shows that there is something, and not what
    event.add("class", "PRIVATE")
    if not is_cancelled:
        for days in REMIND_DAYS_BEFORE:
            event.add_component(_alarm("-", days))
    lines: list[tuple[str, bytes]] = []
    is_alarm = False
    for line in event.to_ical().splitlines(keepends=True):
        is_alarm = is_alarm or line.startswith(_BEGIN_ALARM)
        name = re.split(rb"[:;]", line, maxsplit=1)[0].decode("ascii")
        if is_alarm and name == "DESCRIPTION":
            lines.append(("REMINDER", b""))
        elif name in _OF_EACH:
            lines.append((name, b""))
        else:
            lines.append(("", line))
    return tuple(lines)


def _alarm(title: str, days: int) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", timedelta(days=-days))
    return alarm


def _one_line(text: str) -> str:
    """``text`` without what could end a line or steer whoever shows it."""
    line = " ".join(text.split())
    if line.isprintable():
        return line
    return "".join(char for char in clean_line(line) if unicodedata.category(char) not in {"Zl", "Zp"})
