# SPDX-License-Identifier: Apache-2.0
"""A register in the place of a company and of a law, and whom it is for."""

from datetime import date

import pytest

from optout_desktop.domain.agenda import NextStep, Urgency, leading_clock, overview_of
from optout_desktop.domain.clocks import WhyKind
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.explaining import explain
from optout_desktop.domain.ids import LawId, RegisterId
from optout_desktop.domain.laws import Period, Source, Step, Unit, Verification
from optout_desktop.domain.places import Place
from optout_desktop.domain.registers import (
    Effect,
    Fact,
    Force,
    Lasting,
    Nearness,
    Register,
    RegisterKind,
    RegisterStatus,
    Validity,
    Way,
    WayKind,
    in_order,
    nearness,
)
from optout_desktop.domain.requests import EventKind
from optout_desktop.domain.rights import Right
from optout_desktop.domain.running import clocks_of
from tests.lawbooks import a_request, an_event, conventions, holiday_book, shipped_laws

DAY = date(2026, 3, 2)


def a_register(name: str = "list", **changes) -> Register:
    """A list against calls that takes effect after thirty days and holds for three years."""
    plain = {
        "id": RegisterId(name),
        "title": "The list",
        "kind": RegisterKind.DO_NOT_CALL,
        "places": (Place("US"),),
        "ways": (Way(kind=WayKind.WEB, value="https://list.example/"),),
        "force": Force.STATUTORY,
        "effect": Effect(period=Period(amount=30, unit=Unit.DAYS)),
        "validity": Validity(lasting=Lasting.SPAN, period=Period(amount=3, unit=Unit.YEARS)),
        "steps": ("Open the page.",),
        "sources": (Source(title="Its page"),),
        "verification": Verification.SOURCE_AGREES,
        "checked_on": date(2026, 11, 22),
    }
    return Register(**plain | changes)


def registered(register: Register, *events, law=None):
    """A registration of that day, with its clocks."""
    history = events or (an_event(EventKind.SENT, DAY),)
    request = a_request(register.law_id, register.right, *history, place="US")
    return request, clocks_of(request, register.as_law(law).rules, holiday_book(), conventions())


def row_of(register: Register, *events):
    request, clocks = registered(register, *events)
    return overview_of(request, leading_clock(request, clocks))


def dates_of(register, law=None):
    _, clocks = registered(register, law=law)
    return {clock.step: clock.dates.due for clock in clocks if clock.dates}


class TestWhatItCountsBy:
    def test_what_the_register_says_becomes_rules_that_accuse_nobody(self):
        rules = a_register().as_law().rules

        assert dates_of(a_register()) == {
            Step.REGISTRY_EFFECTIVE: date(2026, 4, 1),
            Step.OPTOUT_DURATION: date(2029, 3, 2),
        }
        assert not any(rule.can_be_missed for rule in rules)

    def test_a_confirmed_registration_counts_from_the_confirmation(self):
        confirmed = an_event(EventKind.REGISTERED, date(2026, 3, 10))
        _, clocks = registered(a_register(), an_event(EventKind.SENT, DAY), confirmed)

        assert {clock.start.on for clock in clocks} == {date(2026, 3, 10)}

    def test_the_law_behind_it_comes_before_its_own_statement(self):
        law = shipped_laws().law(LawId("us-dnc-registry"))
        rules = a_register(validity=Validity(lasting=Lasting.INDEFINITE)).as_law(law).rules

        assert [rule.id for rule in rules] == ["dnc-registry.effective"]
        assert dates_of(a_register(), law)[Step.REGISTRY_EFFECTIVE] == date(2026, 4, 2)

    def test_the_span_of_the_law_does_not_end_what_holds_for_good(self):
        law = shipped_laws().law(LawId("us-fcra-prescreen"))
        for_good = a_register(
            kind=RegisterKind.PRESCREEN, validity=Validity(lasting=Lasting.INDEFINITE)
        ).as_law(law)

        assert Step.OPTOUT_DURATION not in {rule.step for rule in for_good.rules}

    def test_of_a_deletion_platform_pick_up_and_deletion_follow_from_the_law(self):
        law = shipped_laws().law(LawId("us-ca-delete-act"))
        drop = a_register(kind=RegisterKind.BROKER_DELETION, validity=Validity(lasting=Lasting.INDEFINITE))
        _, clocks = registered(drop, an_event(EventKind.SENT, date(2026, 9, 1)), law=law)

        assert [(clock.step, clock.dates.due) for clock in clocks] == [
            (Step.ACKNOWLEDGE, date(2026, 10, 16)),
            (Step.HONOUR, date(2026, 11, 30)),
        ]

    def test_a_part_that_nobody_read_makes_a_rule_that_is_not_verified(self):
        rules = {rule.step: rule for rule in a_register(unverified=(Fact.LASTS,)).as_law().rules}

        assert rules[Step.REGISTRY_EFFECTIVE].verification is Verification.SOURCE_AGREES
        assert rules[Step.OPTOUT_DURATION].verification is Verification.NOT_VERIFIED

    def test_what_it_says_of_itself_holds_from_no_day_that_anybody_knows(self):
        request, clocks = registered(a_register())
        explained = [explain(clock, request, holiday_book()) for clock in clocks]

        assert len(explained) == 2
        assert WhyKind.VERSION not in {line.kind for lines in explained for line in lines}
        assert all(line.on is None or line.on >= DAY for lines in explained for line in lines)

    def test_what_the_law_behind_it_says_keeps_the_day_from_which_it_holds(self):
        law = shipped_laws().law(LawId("us-dnc-registry"))
        request, clocks = registered(a_register(validity=Validity(lasting=Lasting.INDEFINITE)), law=law)

        assert WhyKind.VERSION in {line.kind for line in explain(clocks[0], request, holiday_book())}

    def test_a_register_without_numbers_has_no_clock(self):
        plain = a_register(
            effect=Effect(period=Period(unit=Unit.IMMEDIATELY)),
            validity=Validity(lasting=Lasting.UNTIL_COOKIES_CLEARED),
        )

        assert registered(plain)[1] == ()


class TestItsRow:
    def test_it_wants_to_be_renewed_thirty_days_before_it_ends(self):
        row = row_of(a_register())

        assert row.due_on == date(2029, 3, 2)
        assert row.next_step(date(2029, 1, 30)) is NextStep.RECORD_REPLY
        assert row.next_step(date(2029, 1, 31)) is NextStep.RENEW

    @pytest.mark.parametrize(
        ("day", "group"),
        [
            (date(2026, 4, 1), Urgency.DONE),
            (date(2029, 1, 30), Urgency.DONE),
            (date(2029, 1, 31), Urgency.DUE_SOON),
            (date(2029, 3, 2), Urgency.DUE_SOON),
            (date(2029, 3, 3), Urgency.NEEDS_YOU),
            (date(2040, 1, 1), Urgency.NEEDS_YOU),
        ],
    )
    @pytest.mark.parametrize("entry", [EventKind.REGISTERED, EventKind.COMPLETED])
    def test_it_is_done_until_its_last_thirty_days_and_the_persons_again_when_it_has_lapsed(
        self, day, group, entry
    ):
        row = row_of(a_register(), an_event(EventKind.SENT, DAY), an_event(entry, DAY))

        assert row.urgency(day) is group
        assert (row.next_step(day) is NextStep.RENEW) == (group is not Urgency.DONE)

    def test_whoever_is_told_earlier_of_what_is_due_is_told_earlier_of_its_end(self):
        assert row_of(a_register()).urgency(date(2029, 1, 1), 60) is Urgency.DUE_SOON

    def test_a_question_of_the_register_comes_before_its_end(self):
        asked = an_event(EventKind.IDENTITY_ASKED, DAY)

        assert row_of(a_register(), an_event(EventKind.SENT, DAY), asked).urgency(DAY) is Urgency.NEEDS_YOU

    def test_while_an_authority_looks_at_it_one_waits_for_that(self):
        complained = an_event(EventKind.COMPLAINT_LODGED, DAY)
        row = row_of(a_register(), an_event(EventKind.SENT, DAY), complained)

        assert (row.urgency(DAY), row.due_on) == (Urgency.WAITING, None)

    def test_when_it_has_lapsed_nobody_is_late(self):
        row, later = row_of(a_register()), date(2030, 1, 1)

        assert row.has_lapsed(later)
        assert not row.has_lapsed(date(2029, 3, 2))
        assert row.days_overdue(later) == 0
        assert row.days_left(later) == -305
        assert row.next_step(later) is NextStep.RENEW

    def test_what_works_lapses_all_the_same(self):
        works = an_event(EventKind.COMPLETED, date(2026, 5, 1))
        row = row_of(a_register(), an_event(EventKind.SENT, DAY), works)

        assert row.wants_renewal(date(2029, 3, 1))
        assert row.met_on is None

    def test_a_renewal_begins_a_new_span(self):
        renewed = an_event(EventKind.SENT, date(2029, 2, 1))

        assert row_of(a_register(), an_event(EventKind.SENT, DAY), renewed).due_on == date(2032, 2, 1)

    def test_a_reminder_of_ones_own_comes_first(self):
        sent = an_event(EventKind.SENT, DAY, details=(("remind_on", "2026-09-01"),))

        assert row_of(a_register(), sent).due_on == date(2026, 9, 1)

    @pytest.mark.parametrize("kind", [EventKind.CLOSED, EventKind.REFUSED])
    def test_what_is_closed_or_was_refused_does_not_lapse(self, kind):
        assert row_of(a_register(), an_event(EventKind.SENT, DAY), an_event(kind, DAY)).due_on is None

    def test_without_an_end_it_is_done_and_waits_for_nothing(self):
        row = row_of(a_register(validity=Validity(lasting=Lasting.INDEFINITE)))

        assert (row.due_on, row.urgency(date(2040, 1, 1))) == (None, Urgency.DONE)


class TestWhatItIs:
    def test_it_stands_in_the_place_of_a_company_with_its_ways_as_contacts(self):
        register = a_register(
            ways=(
                Way(kind=WayKind.SMS, value="78772", text="DNC"),
                Way(kind=WayKind.WEB, value="https://list.example/"),
            )
        )
        company = register.as_company()

        assert (company.id, company.name, company.country) == ("register:list", "The list", "US")
        assert company.channels == (Channel.SMS, Channel.FORM)
        assert company.website == "https://list.example/"

    def test_its_right_is_the_one_of_its_kind(self):
        offered = a_register(kind=RegisterKind.ADVERTISING_CHOICE).as_law().rights

        assert [one.right for one in offered] == [Right.ADVERTISING_CHOICE]

    @pytest.mark.parametrize(
        "changes",
        [
            {"kind": RegisterKind.LOOKUP},
            {"kind": RegisterKind.SPAM_REPORT},
            {"status": RegisterStatus.ENDED},
            {"status": RegisterStatus.SUPERSEDED},
            {"status": RegisterStatus.NO_SIGN_UP},
        ],
    )
    def test_where_nobody_can_register_nothing_can_be_recorded(self, changes):
        assert not a_register(**changes).can_be_recorded

    def test_of_an_entry_that_is_not_verified_no_part_is(self):
        assert not a_register(verification=Verification.NOT_VERIFIED).is_verified(Fact.FEE)


class TestWhomItIsFor:
    @pytest.mark.parametrize(
        ("places", "place", "near"),
        [
            (("US",), "US-TX", Nearness.OF_THE_COUNTRY),
            (("US-TX",), "US-TX", Nearness.OF_THE_REGION),
            (("US-TX",), "US-CA", Nearness.ELSEWHERE),
            (("GB-ENG", "GB-WLS"), "GB", Nearness.OF_A_PART),
            (("EU",), "DE-BY", Nearness.OF_THE_UNION),
            (("CH", "LI"), "LI", Nearness.OF_THE_COUNTRY),
        ],
    )
    def test_it_is_for_people_where_it_is_kept(self, places, place, near):
        assert nearness(a_register(places=tuple(map(Place, places))), Place(place)) is near

    def test_the_usable_ones_of_ones_own_place_come_first(self):
        elsewhere = a_register("elsewhere", places=(Place("DE"),))
        ended = a_register("ended", status=RegisterStatus.ENDED)
        state = a_register("state", places=(Place("US-TX"),))
        national = a_register("national")
        found = in_order((elsewhere, ended, national, state), Place("US-TX"))

        assert [register.id for register in found] == ["state", "national", "ended", "elsewhere"]
