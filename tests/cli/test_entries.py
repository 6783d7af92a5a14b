# SPDX-License-Identifier: Apache-2.0
from datetime import date

import pytest

from optout_desktop.cli.entries import _DETAIL_OF, Told, entry_of
from optout_desktop.domain.errors import InputError, NotFound
from optout_desktop.domain.requests import CloseReason, EventKind, ProofGrade, RefusalReason

ON = date(2026, 3, 9)
NOTHING = dict.fromkeys(["until", "reason", "note", *_DETAIL_OF])


def entry(event, **typed):
    return entry_of(event, ON, Told.of(NOTHING | typed), ProofGrade.STATED)


def test_an_extension_has_a_new_date_and_a_reason():
    told = entry(EventKind.EXTENDED, until="2026-04-30", reason="many requests")

    assert (told.until, told.reason) == (date(2026, 4, 30), "many requests")


@pytest.mark.parametrize("reason", list(RefusalReason))
def test_every_ground_of_a_refusal_can_be_recorded(reason):
    assert entry(EventKind.REFUSED, reason=reason.value).reason == reason


@pytest.mark.parametrize("reason", list(CloseReason))
def test_every_reason_for_closing_can_be_recorded(reason):
    assert entry(EventKind.CLOSED, reason=reason.value).reason == reason


def test_the_details_of_a_kind_are_kept_by_name():
    assert entry(EventKind.IDENTITY_ASKED, what="a passport").details == (("what", "a passport"),)
    assert entry(EventKind.FEE_ASKED, amount="10 EUR").details == (("amount", "10 EUR"),)
    assert entry(EventKind.FORM_DEMANDED, login="yes").details == (("login", "yes"),)
    assert entry(EventKind.REFUSED, reason="other", appeal_named="no").details == (("appeal_named", "no"),)
    assert entry(EventKind.COMPLAINT_LODGED, to="company").details == (("to", "company"),)


@pytest.mark.parametrize(
    ("event", "typed", "sentence"),
    [
        (EventKind.EXTENDED, {"reason": "x"}, "needs --until"),
        (EventKind.EXTENDED, {"until": "2026-04-30"}, "needs --reason"),
        (EventKind.EXTENDED, {"until": "soon", "reason": "x"}, "“soon” is not a day"),
        (EventKind.REFUSED, {}, "needs --reason with one of: suspected_fraud, "),
        (EventKind.CLOSED, {}, "needs --reason with one of: done, "),
        (EventKind.COMPLETED, {"until": "2026-04-30"}, "has none"),
        (EventKind.COMPLETED, {"what": "x"}, "--what belongs to “identity_asked”, not to “completed”"),
        (EventKind.SENT, {"appeal_named": "yes"}, "--appeal-named belongs to “refused”"),
        (EventKind.TAKEN_BACK, {}, "optout request take-back"),
    ],
)
def test_what_does_not_belong_to_an_event_is_refused(event, typed, sentence):
    with pytest.raises(InputError, match=sentence):
        entry(event, **typed)


def test_an_unknown_ground_is_answered_with_the_nearest():
    with pytest.raises(NotFound, match="Did you mean no_match"):
        entry(EventKind.REFUSED, reason="no_mach")


def test_every_other_event_needs_its_day_alone():
    needy = {EventKind.EXTENDED, EventKind.REFUSED, EventKind.CLOSED, EventKind.TAKEN_BACK}
    for event in set(EventKind) - needy:
        assert entry(event).kind is event


@pytest.mark.parametrize("event", [EventKind.SENT, EventKind.REMINDER_SENT, EventKind.APPEAL_SENT])
def test_what_one_sends_oneself_needs_no_reason(event):
    with pytest.raises(InputError, match=r"has no reason\. Say it with --note"):
        entry(event, reason="other")
