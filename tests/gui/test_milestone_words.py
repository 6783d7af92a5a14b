# SPDX-License-Identifier: Apache-2.0
"""The words of every date and of what an entry moves, from real laws and real calendars, without a vault."""

from datetime import date

import pytest

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.laws import Step
from optout_desktop.domain.milestones import MilestoneKind, MilestoneState, Whose, milestones_of, moves
from optout_desktop.domain.requests import EventKind, ProofGrade
from optout_desktop.domain.rights import Right
from optout_desktop.domain.running import clocks_of
from optout_desktop.gui.requests.milestone_words import (
    day_words,
    foresight_lines,
    heading,
    sentences,
    spoken,
    state_words,
    title,
)
from optout_desktop.services.foreseeing import Foresight
from tests.lawbooks import a_request, an_event, conventions, holiday_book, shipped_laws

SENT = an_event(EventKind.SENT, date(2026, 10, 20))
TODAY = date(2026, 11, 22)


def found(request):
    law = shipped_laws().law(request.law)
    return milestones_of(request, clocks_of(request, law.rules, holiday_book(), conventions()), law.appeal)


def one(kind, *asked, **changes):
    return next(known for known in found(a_request(*asked, **changes)) if known.kind is kind)


def told(law, right, before, entry, place="GB-ENG"):
    """What the form says that an entry would change."""
    first = a_request(law, right, SENT, *before, place=place)
    then = a_request(law, right, SENT, *before, entry, place=place)
    foresight = Foresight(
        today=TODAY,
        is_possible=True,
        before=first.status,
        after=then.status,
        moves=moves(found(first), found(then)),
    )
    return foresight_lines(foresight)


def event(kind, day, month=11, **changes):
    return an_event(kind, date(2026, month, day), **changes)


def test_there_are_words_for_every_kind_of_date_every_side_and_every_state():
    assert len({title(kind) for kind in MilestoneKind}) == len(MilestoneKind)
    assert len({heading(whose) for whose in Whose}) == len(Whose)
    assert {kind.value for kind in MilestoneState} >= {"running", "met", "missed", "not_started", "no_date"}


@pytest.mark.parametrize("law", [law.id for law in shipped_laws().laws])
def test_every_date_of_every_right_of_every_law_can_be_spoken(law, english):
    for offered in shipped_laws().law(law).rights:
        for events in ((), (SENT,)):
            for known in found(a_request(law, offered.right, *events)):
                words = spoken(known, TODAY)

                assert "{" not in words, known
                assert state_words(known, TODAY)[0] in words
                assert all(sentence.strip() for sentence in sentences(known, TODAY))


def test_what_has_not_started_says_what_starts_it(english):
    appeal = one(MilestoneKind.APPEAL_ANSWER_BY, "us-va-vcdpa", Right.OPTOUT_SALE, SENT)

    assert day_words(appeal) == "not yet"
    assert sentences(appeal, TODAY)[0] == "Starts when the company receives your appeal."


def test_a_law_without_a_number_gives_no_day(english):
    objection = one(MilestoneKind.ACT_BY, "eu-gdpr", Right.OBJECT_DIRECT_MARKETING, SENT, place="DE-BY")

    assert day_words(objection) == "no day in the law"
    assert state_words(objection, TODAY)[0] == "No date by law"


def test_an_effect_is_told_by_the_day_from_which_it_holds(english):
    stop = next(
        known
        for known in found(a_request("nz-uema", Right.UNSUBSCRIBE_EMAIL, SENT, place="NZ"))
        if known.clock.step is Step.HONOUR
    )

    assert day_words(stop) == "28 Oct 2026"


def test_a_question_under_british_law_says_that_the_clock_stands_still(english):
    lines = told("uk-gdpr", Right.ACCESS, (), event(EventKind.CLARIFICATION_ASKED, 2))

    assert "Stands still until you answer: they must answer by 20 Nov 2026." in lines


def test_the_answer_to_a_question_moves_the_day_by_both_days_and_all_between(english):
    asked = event(EventKind.CLARIFICATION_ASKED, 2)
    lines = told("uk-gdpr", Right.ACCESS, (asked,), event(EventKind.CLARIFICATION_RECEIVED, 5))
    request = a_request(
        *("uk-gdpr", Right.ACCESS, SENT, asked, event(EventKind.CLARIFICATION_RECEIVED, 5)), place="GB-ENG"
    )
    answer = next(known for known in found(request) if known.kind is MilestoneKind.ANSWER_BY)

    assert "Moves: they must answer by 20 Nov 2026 → 24 Nov 2026." in lines
    assert sentences(answer, TODAY)[0] == "1 month from 20 Oct 2026, and 4 days that waited for your answer."


def test_elsewhere_a_question_moves_nothing(english):
    lines = told("us-va-vcdpa", Right.DELETE, (), event(EventKind.CLARIFICATION_ASKED, 2), "US-VA")

    assert lines == ("This changes no date.",)


def test_an_identity_that_is_asked_for_stops_the_british_clock_until_it_is_given(english):
    asked = event(EventKind.IDENTITY_ASKED, 2)
    stops = told("uk-gdpr", Right.ACCESS, (), asked)
    starts = told("uk-gdpr", Right.ACCESS, (asked,), event(EventKind.IDENTITY_GIVEN, 6))

    assert "No longer runs: they must answer by." in stops
    assert "Starts: they must answer by 7 Dec 2026." in starts


def test_a_complaint_starts_the_day_on_which_the_authority_must_inform(english):
    lines = told("eu-gdpr", Right.ACCESS, (), event(EventKind.COMPLAINT_LODGED, 20), "DE-BY")

    assert lines == ("Starts: the authority must inform you by 20 Feb 2027.",)


def test_a_pick_up_that_is_proven_brings_the_deletion_forward(english):
    lines = told(
        *("us-ca-delete-act", Right.BROKER_DELETION_PLATFORM, (), event(EventKind.ACKNOWLEDGED, 2), "US-CA")
    )

    assert lines == (
        "Met on 2 Nov 2026: they must confirm receipt by 4 Dec 2026.",
        "Moves: they must do what you asked by 18 Jan 2027 → 17 Dec 2026.",
    )


def test_the_day_after_which_a_person_may_go_further_opens_when_it_has_passed(english):
    further = one(MilestoneKind.GO_FURTHER_AFTER, "jp-appi", Right.DELETE, SENT, place="JP")

    assert state_words(further, date(2026, 11, 3))[0] == "Not yet"
    assert state_words(further, date(2026, 11, 4))[0] == "Open to you"


def test_an_opt_out_that_must_have_taken_effect_should_hold(english):
    effect = one(MilestoneKind.TAKES_EFFECT_BY, "us-fcra-prescreen", Right.PRESCREEN_OPTOUT, SENT)

    assert state_words(effect, TODAY)[0] == "Should hold now"


def test_a_rule_that_binds_only_under_a_fact_says_so(english):
    only = next(
        known for known in found(a_request("us-tcpa", Right.SMS_STOP, SENT)) if known.clock.rule.only_where
    )

    assert any("which the app cannot know" in sentence for sentence in sentences(only, TODAY))


def test_what_an_opt_out_covers_is_told_in_words(english):
    scope = one(MilestoneKind.SCOPE, "us-tcpa", Right.SMS_STOP, SENT)

    assert day_words(scope) == scope.clock.rule.what


def test_what_came_before_a_complaint_does_not_confirm_it(english):
    asked = event(EventKind.EXTENDED, 2, until=date(2027, 1, 20), reason="many requests")
    lodged = event(EventKind.COMPLAINT_LODGED, 5, details=(("to", "company"),))
    before = told("uk-gdpr", Right.ACCESS, (), asked)
    confirmed = one(
        *(MilestoneKind.COMPLAINT_CONFIRMED_BY, "uk-gdpr", Right.ACCESS, SENT, asked, lodged),
        event(EventKind.ACKNOWLEDGED, 9),
        place="GB-ENG",
    )

    assert not any("complaint" in line for line in before)
    assert confirmed.met_on == date(2026, 11, 9)


def test_a_receipt_by_post_moves_every_day_that_counts_from_it(english):
    first = a_request("us-va-vcdpa", Right.DELETE, SENT, place="US-VA", channel=Channel.POST)
    then = a_request(
        *("us-va-vcdpa", Right.DELETE, SENT),
        event(EventKind.RECEIVED, 23, 10, grade=ProofGrade.REGISTERED_POST),
        place="US-VA",
        channel=Channel.POST,
    )
    moved = {move.after.kind for move in moves(found(first), found(then))}

    assert {MilestoneKind.ANSWER_BY, MilestoneKind.EXTENSION_NOTICE_BY} <= moved


def test_what_cannot_be_recorded_is_said(english):
    request = a_request("us-va-vcdpa", Right.DELETE, SENT)
    foresight = Foresight(today=TODAY, is_possible=False, before=request.status, after=request.status)

    assert foresight_lines(foresight) == ("This cannot be recorded as the request stands now.",)


def test_a_refusal_meets_the_duty_to_answer_and_nothing_is_called_late(english):
    lines = told("us-va-vcdpa", Right.DELETE, (), event(EventKind.REFUSED, 2, reason="other"), place="US-VA")

    assert "Met on 2 Nov 2026: they must answer by 4 Dec 2026." in lines
    assert not any("late" in line for line in lines)
