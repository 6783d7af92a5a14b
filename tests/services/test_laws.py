# SPDX-License-Identifier: Apache-2.0
"""Laws: which one protects a person, and what it would count."""

from __future__ import annotations

from datetime import date

import pytest

from optout_desktop.domain.clocks import ExtensionDoubt
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError, NotFound
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.places import Place
from optout_desktop.domain.requests import EventKind
from optout_desktop.domain.rights import Goal, Right
from optout_desktop.services.laws import ExtensionTaken, addressee_place_of

CCPA = LawId("us-ca-ccpa")


@pytest.mark.parametrize(
    ("goal", "place", "law"),
    [
        (Goal.STOP_EMAIL, "US-CA", "us-can-spam"),
        (Goal.STOP_SELLING, "US-CA", "us-ca-ccpa"),
        (Goal.STOP_TEXTS, "US-TX", "us-tcpa"),
        (Goal.OBJECT_MARKETING, "DE-BY", "eu-gdpr"),
        (Goal.OBJECT_MARKETING, "GB-ENG", "uk-gdpr"),
    ],
)
def test_the_law_on_top_follows_from_the_wish_and_the_place(desk, goal, place, law):
    judged = desk.laws.proposals(goal, Place(place))

    assert judged[0].law.id == law
    assert judged[0].applies
    applies = [item.applies for item in judged]
    assert applies == sorted(applies, reverse=True)


def test_one_law_is_proposed_for_a_right(desk):
    assert desk.laws.propose(Right.OPTOUT_SALE, Place("US-CA")).law.id == CCPA


def test_a_right_that_no_law_gives_there_is_told(desk):
    with pytest.raises(NotFound, match="where you live"):
        desk.laws.propose(Right.OPTOUT_SALE, Place("AQ"), Channel.EMAIL)


def test_an_unknown_law_has_the_nearest_names(desk):
    with pytest.raises(NotFound) as caught:
        desk.laws.law(LawId("us-ca-cpa"))

    assert "us-ca-ccpa" in caught.value.nearest


def test_shipped_laws_have_no_problems_and_their_regulators_are_known(desk):
    law = desk.laws.law(CCPA)

    assert desk.laws.problems() == ()
    assert desk.laws.regulator(law.regulators[0]).name


def test_a_period_can_be_counted_without_any_request(desk):
    counted = desk.laws.counted(CCPA, Right.OPTOUT_SALE, date(2026, 3, 2), place="US")
    due = {item.clock.rule.step.value: item.clock.dates.due for item in counted if item.clock.dates}

    assert due["honour"] == date(2026, 3, 23)
    assert all(item.why for item in counted if item.clock.dates)


@pytest.mark.parametrize(
    ("country", "count"),
    [("CH", 26), ("AT", 9), ("DE", 16), ("ES", 19), ("PT", 2), ("FI", 1), ("GB", 4), ("CA", 13), ("AU", 8)],
)
def test_regions_are_those_whose_days_a_law_counts_by(desk, country, count):
    places = [place for place, _ in desk.laws.regions(country)]

    assert len(places) == count
    assert all(place.startswith(f"{country}-") for place in places)


@pytest.mark.parametrize("country", ["US", "IT", "NZ", "IN", "BR", "JP", "ZZ"])
def test_a_country_whose_laws_have_one_calendar_for_all_has_no_regions_to_choose(desk, country):
    assert desk.laws.regions(country) == ()


def test_a_known_region_narrows_the_last_day(desk):
    def flag(place):
        counted = desk.laws.counted(LawId("ch-dsg"), Right.ACCESS, date(2026, 11, 8), place=place)
        return next(one.clock.dates.flag_after for one in counted if one.clock.dates)

    assert flag("CH-GE") < flag("CH")


def test_an_extension_counts_further(desk):
    plain = desk.laws.counted(CCPA, Right.DELETE, date(2026, 3, 2), place="US")
    longer = desk.laws.counted(CCPA, Right.DELETE, date(2026, 3, 2), place="US", is_extended=True)

    def last(counted):
        return max(item.clock.dates.due for item in counted if item.clock.dates)

    assert last(longer) > last(plain)


def test_another_start_and_other_facts_are_counted_from(desk):
    counted = desk.laws.counted(
        LawId("eu-gdpr"),
        Right.ACCESS,
        date(2026, 3, 2),
        place="DE",
        event=EventKind.RECEIVED,
        facts=((EventKind.ACKNOWLEDGED, date(2026, 3, 9)),),
    )

    assert any(item.clock.dates for item in counted)


@pytest.mark.parametrize(
    ("right", "start", "field"),
    [(Right.SMS_STOP, date(2026, 3, 2), "right"), (Right.OPTOUT_SALE, date(1999, 1, 1), "from")],
)
def test_what_cannot_be_counted_is_told(desk, right, start, field):
    with pytest.raises(InputError) as caught:
        desk.laws.counted(CCPA, right, start)

    assert caught.value.field == field


def test_an_extension_that_was_announced_counts_with_its_day_and_its_doubt(desk):
    def respond(extension):
        counted = desk.laws.counted(CCPA, Right.DELETE, date(2026, 3, 2), place="US", extension=extension)
        return next(item.clock for item in counted if item.clock.rule.id == "ccpa.respond")

    sound = respond(ExtensionTaken(on=date(2026, 3, 20), until=date(2026, 5, 1)))
    without_reason = respond(ExtensionTaken(on=date(2026, 3, 20), has_reason=False))
    late = respond(ExtensionTaken(on=date(2026, 6, 1)))

    assert (sound.dates.due, sound.extension_doubt) == (date(2026, 5, 1), "")
    assert without_reason.extension_doubt == ExtensionDoubt.NO_REASON
    assert late.extension_doubt == ExtensionDoubt.LATE_NOTICE


def test_facts_count_in_the_order_of_their_days_however_they_are_told(desk):
    facts = ((EventKind.IDENTITY_GIVEN, date(2026, 9, 15)), (EventKind.IDENTITY_ASKED, date(2026, 9, 9)))

    def due(told):
        counted = desk.laws.counted(
            LawId("uk-gdpr"), Right.ACCESS, date(2026, 9, 8), place="GB-ENG", facts=told
        )
        return [item.clock.dates and item.clock.dates.due for item in counted]

    assert due(facts) == due(facts[::-1])
    assert date(2026, 10, 15) in due(facts)


@pytest.mark.parametrize(
    ("law", "right", "read"),
    [
        ("us-ca-ccpa", Right.OPTOUT_SALE, {EventKind.RECEIVED}),
        ("us-ca-ccpa", Right.DELETE, {EventKind.RECEIVED, EventKind.EXTENDED}),
        (
            "us-va-vcdpa",
            Right.DELETE,
            {EventKind.RECEIVED, EventKind.EXTENDED, EventKind.APPEAL_SENT},
        ),
    ],
)
def test_only_what_a_rule_reads_is_asked_for(desk, law, right, read):
    assert set(desk.laws.facts_read(LawId(law), right)) >= read
    assert EventKind.FEE_PAID not in desk.laws.facts_read(LawId(law), right)


def test_a_question_stops_the_clock_only_where_the_law_says_so(desk):
    asked = EventKind.CLARIFICATION_ASKED

    assert asked in desk.laws.facts_read(LawId("uk-gdpr"), Right.ACCESS)
    assert asked not in desk.laws.facts_read(CCPA, Right.ACCESS)


def test_a_day_beyond_every_calendar_is_a_sentence(desk):
    with pytest.raises(InputError, match="Days are counted from 1990 to 2060"):
        desk.laws.counted(CCPA, Right.DELETE, date(9999, 1, 1))


def test_every_law_is_listed_once_in_order_of_its_id(desk):
    ids = [law.id for law in desk.laws.all()]

    assert ids == sorted(set(ids))
    assert CCPA in ids


def test_a_company_must_act_in_its_country_or_nobody_knows_where():
    assert addressee_place_of("US") == "US"
    assert addressee_place_of("") == ""
