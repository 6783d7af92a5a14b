# SPDX-License-Identifier: Apache-2.0
"""Calendars are read back by a strict parser of our own, which takes nothing that RFC 5545 does not write."""

from datetime import date, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from optout_desktop.adapters.calendar_files import calendar_file
from optout_desktop.domain.exchange import CalendarEntry
from tests.adapters.strict_calendar import events_of, parsed

AT = datetime(2026, 3, 2, 12, 30, 15, 250)
ON = date(2026, 4, 16)


def an_entry(**changes) -> CalendarEntry:
    plain = {"uid": "a-b@optout-desktop", "on": ON, "title": "OptOut deadline", "sequence": 2}
    return CalendarEntry(**plain | changes)


def written(*entries) -> bytes:
    return b"".join(calendar_file(entries, AT))


def test_an_entry_is_a_whole_day_with_three_reminders():
    [event] = events_of(written(an_entry(text="Reference OO-1.\nTwo dates.")))

    assert event.values["DTSTART"] == ("20260416", {"VALUE": "DATE"})
    assert event.values["DTEND"][0] == "20260417"
    assert event.text("SUMMARY") == "OptOut deadline"
    assert event.text("DESCRIPTION") == "Reference OO-1.\nTwo dates."
    assert event.text("UID") == "a-b@optout-desktop"
    assert event.text("SEQUENCE") == "2"
    assert event.text("DTSTAMP") == "20260302T123015Z"
    assert event.text("STATUS") == "CONFIRMED"
    assert [alarm.text("TRIGGER") for alarm in event.inner] == ["-P7D", "-P1D", "P0D"]
    assert {alarm.text("ACTION") for alarm in event.inner} == {"DISPLAY"}


def test_what_has_ended_is_cancelled_and_reminds_of_nothing():
    [event] = events_of(written(an_entry(is_cancelled=True)))

    assert event.text("STATUS") == "CANCELLED"
    assert event.inner == []


def test_the_same_deadlines_give_the_same_bytes():
    entries = (an_entry(), an_entry(uid="c"))

    assert written(*entries) == written(*entries)


def test_a_calendar_without_deadlines_is_a_calendar():
    [calendar] = parsed(written())

    assert calendar.name == "VCALENDAR"
    assert calendar.inner == []


def test_lines_are_folded_at_75_octets_and_never_inside_a_letter():
    content = written(an_entry(title="Größe " * 60, text="日本語の会社 " * 60))

    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    for line in content.split(b"\r\n"):
        line.decode("utf-8")


NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from('\r\n\0\u0085\u2028\u2029\x0b\x0c\t;,:\\"=?'),
        st.characters(),
    ),
    max_size=120,
)


@given(title=NASTY, text=NASTY, uid=NASTY)
@example(title="x\r\nATTENDEE:mailto:eve@example.org", text="\\n\r\nEND:VEVENT", uid="a\r\nBEGIN:VALARM")
@example(title="=?utf-8?q?x=0d=0aATTENDEE?=", text="a\u2028ATTENDEE:x", uid="\ud800")
def test_no_text_can_write_a_line_of_its_own(title, text, uid):
    [event] = events_of(written(an_entry(title=title, text=text, uid=uid)))
    allowed = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "STATUS", "TRANSP", "CLASS"}

    assert set(event.values) - {"DESCRIPTION"} == allowed
    assert len(event.inner) == 3
    assert "\n" not in event.text("SUMMARY")
