# SPDX-License-Identifier: Apache-2.0
from datetime import timedelta

import pytest

from optout_desktop.domain.exchange import (
    CopiedLetter,
    ImportPreview,
    ImportSource,
    PlannedLine,
    Verdict,
    calendar_deadlines,
    drp_exercise,
    drp_status,
    uid_of,
)
from optout_desktop.domain.ids import RequestId, RuleId
from optout_desktop.domain.requests import EventKind
from optout_desktop.domain.rights import Right
from optout_desktop.domain.running import clocks_of
from tests.builders import DAY, a_kept_letter, a_request, an_event, sent
from tests.lawbooks import holiday_book
from tests.services.desks import library

LATER = DAY + timedelta(days=10)


def counted(request):
    law = library().rule_book.law(request.law)
    return clocks_of(request, law.rules, holiday_book(), library().conventions)


@pytest.mark.parametrize(
    ("kind", "more", "words"),
    [
        (EventKind.ACKNOWLEDGED, {}, ("in_progress", "")),
        (EventKind.COMPLETED, {}, ("fulfilled", "")),
        (EventKind.IDENTITY_ASKED, {}, ("in_progress", "need_user_verification")),
        (EventKind.REFUSED, {"reason": "insufficient_verification"}, ("denied", "insuf_verification")),
        (EventKind.REFUSED, {"reason": "none_given"}, ("denied", "other")),
        (EventKind.REFUSED, {"reason": "no_match"}, ("denied", "no_match")),
        (EventKind.COMPLAINT_LODGED, {}, ("open", "")),
        (EventKind.CLOSED, {"reason": "withdrawn"}, ("revoked", "")),
        (EventKind.CLOSED, {"reason": "done"}, ("fulfilled", "")),
    ],
)
def test_a_status_is_said_in_the_words_of_the_data_rights_protocol(kind, more, words):
    request = a_request((sent(), an_event(kind, LATER, **more)))

    assert drp_status(request) == words


def test_a_draft_has_no_word_of_the_protocol_and_a_complaint_keeps_the_refusal():
    refused = an_event(EventKind.REFUSED, LATER, reason="no_match")
    complained = an_event(EventKind.COMPLAINT_LODGED, LATER)

    assert drp_status(a_request()) == ("", "")
    assert drp_status(a_request((sent(), refused, complained))) == ("denied", "no_match")
    assert (drp_exercise(Right.DELETE), drp_exercise(Right.RESTRICT)) == ("deletion", "")


def test_a_clock_keeps_its_name_in_every_calendar():
    assert uid_of(RequestId("a1"), RuleId("r")) == "a1-r@optout-desktop"


def test_a_deadline_stands_on_the_last_day_on_which_nobody_can_be_accused():
    request = a_request((sent(),))
    clocks = {clock.rule.id: clock for clock in counted(request)}

    found = calendar_deadlines(request, tuple(clocks.values()))

    assert found
    for deadline in found:
        dates = clocks[deadline.rule].dates
        assert dates is not None
        assert (deadline.due, deadline.on) == (dates.due, max(dates.due, dates.flag_after))
        assert deadline.is_uncertain is (dates.due != deadline.on)


@pytest.mark.parametrize("over", [EventKind.COMPLETED, EventKind.CLOSED])
def test_what_is_over_has_no_deadline(over):
    request = a_request((sent(), an_event(over, LATER, reason="done")))

    assert calendar_deadlines(request, counted(request)) == ()


def test_a_draft_and_a_request_in_the_bin_have_no_deadline():
    binned = a_request((sent(),), binned_on=LATER)

    assert calendar_deadlines(binned, counted(binned)) == ()
    assert calendar_deadlines(a_request(), ()) == ()


def test_a_letter_without_its_bytes_is_not_whole():
    kept = a_kept_letter(a_request())

    assert not CopiedLetter(kept=kept).is_whole
    assert not CopiedLetter(kept=kept, content=b"other words").is_whole


def test_a_preview_counts_what_changes():
    lines = tuple(
        PlannedLine(place="", verdict=verdict)
        for verdict in (Verdict.NEW, Verdict.NEW, Verdict.MERGED, Verdict.KNOWN, Verdict.UNUSABLE)
    )
    preview = ImportPreview(source=ImportSource.JSON, file_name="f", encoding="utf-8", lines=lines)

    assert (preview.count(Verdict.NEW), preview.changes) == (2, 3)
