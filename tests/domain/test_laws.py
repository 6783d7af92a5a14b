# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from datetime import date

import pytest

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.findings import FindingKind
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.laws import (
    Law,
    LawLevel,
    Period,
    Reason,
    RightOffered,
    Step,
    Unit,
    judge,
    rank,
)
from optout_desktop.domain.places import Place
from optout_desktop.domain.rights import Right
from tests.lawbooks import a_rule

ON = date(2026, 11, 22)
RIGHTS = (Right.UNSUBSCRIBE_EMAIL, Right.OBJECT_DIRECT_MARKETING)


def a_law(**changes):
    plain = {
        "id": LawId("test"),
        "title": "Test Act",
        "short_title": "TA",
        "level": LawLevel.NATIONAL,
        "places": (Place("DE"),),
        "applies_from": date(2020, 1, 1),
        "citation": "Test Act",
        "rights": (RightOffered(right=Right.UNSUBSCRIBE_EMAIL, title="opt-out"),),
        "rules": (a_rule(rights=(Right.UNSUBSCRIBE_EMAIL,)),),
        "verified_on": ON,
    }
    return Law(**plain | changes)


def judged(law, *, place="DE", channel=None, on=ON, rights=RIGHTS):
    return judge(law, rights=rights, place=Place(place), channel=channel, on=on)


@pytest.mark.parametrize(
    ("law", "place", "on", "reason"),
    [
        (a_law(), "FR", ON, Reason.LIVES_ELSEWHERE),
        (a_law(rights=(RightOffered(right=Right.ACCESS, title="access"),)), "DE", ON, Reason.NO_SUCH_RIGHT),
        (a_law(channels=(Channel.SMS,)), "DE", ON, Reason.OTHER_CHANNEL),
        (a_law(), "DE", date(2019, 12, 31), Reason.NOT_YET_IN_FORCE),
        (a_law(applies_to=date(2026, 1, 1)), "DE", ON, Reason.NO_LONGER_IN_FORCE),
    ],
)
def test_a_law_that_does_not_apply_says_why(law, place, on, reason):
    found = judged(law, place=place, on=on)

    assert not found.applies
    assert found.reasons == (reason,)


def test_a_law_that_applies_says_why_and_hides_no_doubt():
    found = judged(a_law(channels=(Channel.EMAIL,), has_thresholds=True))

    assert found.applies
    assert found.reasons == (
        Reason.PROTECTS_RESIDENCE,
        Reason.ABOUT_THIS_CHANNEL,
        Reason.THRESHOLDS_UNKNOWN,
    )


def test_a_right_about_e_mail_stays_about_e_mail_when_it_is_used_by_letter():
    found = judged(a_law(channels=(Channel.EMAIL,)), channel=Channel.POST)

    assert Reason.ABOUT_THIS_CHANNEL in found.reasons


def test_a_law_that_names_a_day_comes_before_one_that_names_none():
    wordless = a_rule(rights=(Right.UNSUBSCRIBE_EMAIL,), period=Period(unit=Unit.NONE_STATED))
    of_channel = a_law(id=LawId("channel"), channels=(Channel.EMAIL,), rules=(wordless,))
    general = a_law(
        id=LawId("general"),
        rights=(RightOffered(right=Right.OBJECT_DIRECT_MARKETING, title="objection"),),
        rules=(a_rule(rights=(Right.OBJECT_DIRECT_MARKETING,)),),
    )
    first, second = rank([judged(of_channel), judged(general)], RIGHTS, Place("DE"))

    assert (first.law.id, second.law.id) == ("general", "channel")


def test_of_two_laws_that_name_a_day_the_one_about_the_medium_comes_first():
    of_channel = a_law(id=LawId("z-channel"), channels=(Channel.EMAIL,))
    first, _ = rank([judged(a_law()), judged(of_channel)], RIGHTS, Place("DE"))

    assert first.law.id == "z-channel"


def test_the_law_of_the_residence_comes_before_the_federal_one():
    federal = a_law(id=LawId("a-federal"), places=(Place("US"),), level=LawLevel.FEDERAL)
    state = a_law(id=LawId("state"), places=(Place("US-CA"),), level=LawLevel.STATE)
    both = [judged(federal, place="US-CA"), judged(state, place="US-CA")]

    assert [item.law.id for item in rank(both, RIGHTS, Place("US-CA"))] == ["state", "a-federal"]


def test_a_rule_is_valid_on_its_first_and_on_its_last_day():
    rule = a_rule(valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31))

    assert rule.is_valid_on(date(2026, 1, 1))
    assert rule.is_valid_on(date(2026, 12, 31))
    assert not rule.is_valid_on(date(2027, 1, 1))


def test_only_what_a_company_must_do_by_a_number_of_days_can_be_missed():
    assert a_rule().can_be_missed
    assert not replace(a_rule(), is_soft=True).can_be_missed
    assert not replace(a_rule(), only_where="something").can_be_missed
    assert not replace(a_rule(), step=Step.NO_REASK).can_be_missed
    assert not replace(a_rule(), period=Period(unit=Unit.IMMEDIATELY)).can_be_missed


def test_other_words_are_no_other_count():
    rule = a_rule()

    assert rule.counts_like(
        replace(rule, note="Read again.", findings=(FindingKind.NO_ANSWER,), citation="s. 2")
    )
    assert not rule.counts_like(replace(rule, period=Period(amount=11, unit=Unit.DAYS)))


def test_a_rule_that_was_kept_before_findings_were_named_has_those_of_its_step():
    assert a_rule(step=Step.ACKNOWLEDGE).possible_findings == (FindingKind.LATE_ACKNOWLEDGEMENT,)
    assert a_rule(step=Step.COMPLAIN_WINDOW).possible_findings == ()
    assert a_rule(findings=(FindingKind.FEE_ASKED,)).possible_findings == (FindingKind.FEE_ASKED,)
