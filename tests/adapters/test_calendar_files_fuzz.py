# SPDX-License-Identifier: Apache-2.0
"""Calendars with titles that nobody would give (SECURITY I-03): two readers see the lines that were meant, no other."""

import icalendar
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from optout_desktop.adapters.calendar_files import calendar_file
from optout_desktop.domain.exchange import CalendarEntry
from tests.adapters.strict_calendar import events_of
from tests.adapters.test_calendar_files import AT, ON

NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from("\r\n\0\u0085\u2028\u2029\x0b\x0c\t;,:\\\"=?^'n\x1b\u202e\ud800\udfff\ufeff"),
        st.characters(),
    ),
    max_size=40,
)
FIELDS = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "STATUS", "TRANSP", "CLASS"}


@settings(max_examples=2_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(title=NASTY, text=NASTY, uid=NASTY, is_cancelled=st.booleans())
@example(
    title="x\r\nATTENDEE:mailto:eve@example.org",
    text="\\n\r\nEND:VEVENT\r\nBEGIN:VEVENT",
    uid="a\nBEGIN:VALARM",
    is_cancelled=False,
)
@example(title="x\\", text="\\\\n\\;", uid='";X=1:', is_cancelled=True)
def test_no_text_adds_a_line_a_field_an_alarm_or_an_event(title, text, uid, is_cancelled):
    entries = [
        CalendarEntry(uid=uid, on=ON, title=title, text=text, sequence=2, is_cancelled=is_cancelled),
        CalendarEntry(uid="last", on=ON, title="The last one", sequence=0),
    ]
    content = b"".join(calendar_file(entries, AT))
    [event, last] = events_of(content)
    [known, _] = icalendar.Calendar.from_ical(content).walk("VEVENT")

    assert set(event.values) - {"DESCRIPTION"} == FIELDS
    assert [alarm.name for alarm in event.inner] == ["VALARM"] * (0 if is_cancelled else 3)
    assert all(set(alarm.values) == {"ACTION", "DESCRIPTION", "TRIGGER"} for alarm in event.inner)
    assert last.text("SUMMARY") == "The last one"
    assert str(known["SUMMARY"]) == event.text("SUMMARY")
    assert "\n" not in event.text("SUMMARY") + event.text("UID")
