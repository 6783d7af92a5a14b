# SPDX-License-Identifier: Apache-2.0
"""Registering somewhere, and what a registration is from then on."""

from datetime import date, timedelta

import pytest

from optout_desktop.domain.agenda import NextStep, RequestFilter, Urgency
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError, NotAllowed, NotFound
from optout_desktop.domain.ids import CompanyId, LawId, PersonId, RegisterId
from optout_desktop.domain.laws import Step
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.places import Place
from optout_desktop.domain.registers import Nearness, RegisterKind
from optout_desktop.domain.requests import EventKind, RequestStatus
from optout_desktop.domain.rights import Right
from optout_desktop.services.registers import IDENTIFIER, Registration
from optout_desktop.services.undoing import UndoLabel
from tests.services import desks
from tests.services.desks import TODAY


def done(jane, register="us-dnc-tx", on=TODAY, **changes):
    return Registration(person=jane.id, register=RegisterId(register), on=on, **changes)


@pytest.fixture
def texas(desk, jane):
    """Jane's entry on a list that holds for three years, made today."""
    return desk.registers.record(done(jane, identifier="+12025550143"))


def tables_of(vault):
    """What the vault says of requests, and of nothing else."""
    return {name: rows for name, rows in desks.rows_of(vault).items() if name in {"requests", "events"}}


class TestTheList:
    def test_those_for_ones_place_come_first_with_the_reason(self, desk):
        found = desk.registers.listed(Place("US-CA"))

        assert {one.near for one in found[:5]} <= {Nearness.OF_THE_REGION, Nearness.OF_THE_COUNTRY}
        assert found[-1].near is Nearness.ELSEWHERE
        assert len(found) == 109

    def test_one_kind_alone_can_be_listed(self, desk):
        found = desk.registers.listed(Place("DE"), RegisterKind.ADVERTISING_CHOICE)

        assert found[0].register.id == "eu-yoc"
        assert {one.register.kind for one in found} == {RegisterKind.ADVERTISING_CHOICE}

    @pytest.mark.parametrize("typed", ["nao me", "TELECOM operators", "br-naomeperturbe"])
    def test_a_search_looks_at_title_operator_and_id_whatever_the_accents(self, desk, typed):
        typed = typed.replace("TELECOM operators", "Anatel")

        assert "br-naomeperturbe" in {
            one.register.id for one in desk.registers.listed(Place("US"), typed=typed)
        }

    def test_an_unknown_register_is_not_found(self, desk, jane):
        with pytest.raises(NotFound, match="us-dnc"):
            desk.registers.record(done(jane, "us-dnk"))


class TestRecording:
    def test_it_is_a_request_with_the_register_in_the_place_of_company_and_law(self, desk, texas):
        detail = desk.requests.detail(texas.id)

        assert (texas.company, texas.company_name) == ("register:us-dnc-tx", "Texas No Call List")
        assert (texas.status, texas.right) == (RequestStatus.SENT, Right.DO_NOT_CALL_REGISTRY)
        assert detail.law.short_title == "Texas No Call List"
        assert detail.request.identity >= {IdentityItem.PHONE, IdentityItem.NAME}
        assert detail.request.last(EventKind.SENT).detail(IDENTIFIER) == "+12025550143"

    def test_its_clocks_are_counted_kept_and_explained(self, desk, texas):
        detail = desk.requests.detail(texas.id)
        days = {clock.step: clock.dates.due for clock in detail.clocks}
        why = desk.requests.why(texas.id, detail.deadline.rule.id)

        assert days == {
            Step.REGISTRY_EFFECTIVE: TODAY + timedelta(days=153),
            Step.OPTOUT_DURATION: date(2029, 3, 2),
        }
        assert detail.request.rules
        assert not detail.has_newer_law
        assert date(2029, 3, 2) in {line.on for line in why}

    def test_a_confirmation_is_an_entry_of_its_own(self, desk, jane):
        made = desk.registers.record(done(jane, is_confirmed=True))
        kinds = [event.kind for event in desk.requests.detail(made.id).request.history]

        assert kinds == [EventKind.SENT, EventKind.REGISTERED]

    def test_the_way_that_was_used_is_kept(self, desk, jane):
        tps = desk.registers.register(RegisterId("gb-tps"))
        by_text = next(way for way in tps.ways if way.text)
        made = desk.registers.record(done(jane, "gb-tps", way=by_text))

        assert made.channel is Channel.SMS
        assert desk.requests.detail(made.id).request.to_address == "85095"

    def test_a_reminder_of_ones_own_is_the_day_of_what_has_none(self, desk, jane):
        made = desk.registers.record(done(jane, "us-daa-webchoices", remind_on=TODAY + timedelta(days=90)))

        assert (made.due_on, made.will_lapse, made.rule) == (TODAY + timedelta(days=90), True, "")

    def test_on_the_deletion_platform_the_brokers_have_their_days(self, desk, jane):
        made = desk.registers.record(done(jane, "us-ca-drop"))
        detail = desk.requests.detail(made.id)

        assert detail.deadline.rule.id.startswith("delete-act.")
        assert made.flag_after_on is not None
        assert not made.will_lapse

    @pytest.mark.parametrize("register", ["fr-bloctel", "us-vt-registry", "gb-7726", "us-dnc-wy"])
    def test_where_nobody_can_register_nothing_is_recorded(self, desk, jane, vault, register):
        before = tables_of(vault)
        with pytest.raises(NotAllowed, match="Nothing was recorded"):
            desk.registers.record(done(jane, register))

        assert tables_of(vault) == before

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"on": TODAY + timedelta(days=1)}, "on"),
            ({"remind_on": TODAY}, "remind_on"),
            ({"identifier": "9" * 201}, "identifier"),
        ],
    )
    def test_a_day_or_a_text_that_cannot_be_is_refused(self, desk, jane, vault, changes, field):
        before = tables_of(vault)
        with pytest.raises(InputError) as refused:
            desk.registers.record(done(jane, **changes))

        assert refused.value.field == field
        assert tables_of(vault) == before

    def test_for_nobody_nothing_is_kept(self, desk, vault):
        before = tables_of(vault)
        with pytest.raises(NotFound):
            desk.registers.record(
                Registration(person=PersonId("0" * 32), register=RegisterId("us-dnc"), on=TODAY)
            )

        assert tables_of(vault) == before

    def test_undo_moves_it_to_the_bin_and_redo_brings_it_back(self, desk, texas):
        desk.undoing.undo()
        assert desk.registers.of_person(None) == ()

        desk.undoing.redo()
        assert [one.id for one in desk.registers.of_person(None)] == [texas.id]


class TestAfterwards:
    def test_it_is_found_filtered_and_searched_like_any_request(self, desk, texas):
        by_law = desk.requests.list(RequestFilter(laws=frozenset({LawId("register:us-dnc-tx")})))
        by_word = desk.requests.list(RequestFilter(typed="texas"))

        assert by_law.rows == by_word.rows == (texas.row,)

    def test_its_company_can_be_looked_at(self, desk):
        company = desk.companies.get(CompanyId("register:us-dnc-tx"))

        assert company.name == "Texas No Call List"
        assert Channel.CALL in company.channels

    def test_registrations_of_a_person_are_told_by_register(self, desk, jane, texas):
        desk.registers.record(done(jane, "us-dnc"))

        assert [one.id for one in desk.registers.of_person(jane.id, RegisterId("us-dnc-tx"))] == [texas.id]
        assert len(desk.registers.of_person(jane.id)) == 2

    def test_the_list_and_the_domain_agree_on_its_group_before_and_after_it_lapses(self, desk, texas, clock):
        for days in (0, 1090, 1097, 2000):
            clock.move_to(TODAY + timedelta(days=days))
            [(group, count)] = desk.requests.list(RequestFilter()).groups

            row = desk.requests.page((texas.row,))[0]
            assert (group, count) == (row.urgency(clock.today()), 1)
            assert group is not Urgency.OVERDUE

    def test_it_never_counts_among_the_answers_on_time(self, desk, jane, clock):
        desk.registers.record(done(jane, "gb-royalmail-d2d", on=TODAY - timedelta(days=800)))
        desk.registers.record(done(jane, "gb-ctps"))
        desk.requests.record(desk.registers.of_person(None)[0].id, desks.entry("completed", TODAY))
        clock.move_to(TODAY + timedelta(days=364))

        assert desk.dashboard.today().answered.of == 0

    def test_in_force_it_waits_for_nothing_and_near_its_end_the_tile_names_a_day_to_come(
        self, desk, texas, clock
    ):
        in_force = desk.dashboard.today().tally
        clock.move_to(date(2029, 2, 20))
        ending = desk.dashboard.today().tally
        clock.move_to(date(2029, 3, 3))
        lapsed = desk.dashboard.today().tally

        assert (in_force.waiting, in_force.due_soon, in_force.done) == (0, 0, 1)
        assert (ending.due_soon, ending.next_due_on) == (1, date(2029, 3, 2))
        assert (lapsed.needs_you, lapsed.due_soon, lapsed.next_due_on) == (1, 0, None)

    def test_what_is_due_within_some_days_tells_what_ends_in_them_and_what_has_lapsed(
        self, desk, texas, clock
    ):
        clock.move_to(date(2029, 2, 20))
        early, near = desk.dashboard.due(7), desk.dashboard.due(10)
        ahead = desk.dashboard.next_dates(7, 5), desk.dashboard.next_dates(10, 5)
        clock.move_to(date(2029, 5, 1))
        later = desk.dashboard.due(0)

        assert [len(found) for found in (early, near, *ahead, later)] == [0, 1, 0, 1, 1]

    def test_undo_names_it_a_registration(self, desk, texas):
        assert desk.undoing.view().undo == (UndoLabel.REGISTRATION_RECORDED, "Texas No Call List")

    def test_what_has_lapsed_stands_among_what_to_do_next(self, desk, texas, clock):
        clock.move_to(date(2029, 3, 5))
        [row] = desk.dashboard.today().do_next

        assert (row.id, row.next_step(clock.today()), row.days_left(clock.today())) == (
            texas.id,
            NextStep.RENEW,
            -3,
        )

    def test_the_cache_says_what_the_entries_say(self, desk, texas):
        desk.requests.record(texas.id, desks.entry("completed", TODAY))

        assert desk.registers.of_person(None)[0].due_on == date(2029, 3, 2)
        assert desks.everything(desk)


class TestRenewing:
    def test_a_renewal_starts_the_span_anew(self, desk, texas, clock):
        clock.move_to(date(2029, 2, 10))
        renewed = desk.registers.renew(texas.id, date(2029, 2, 9))

        assert renewed.due_on == date(2032, 2, 9)
        assert (
            desk.requests.detail(texas.id).request.last(EventKind.SENT).detail(IDENTIFIER) == "+12025550143"
        )

    @pytest.mark.parametrize("reply", ["acknowledged", "extended"])
    def test_what_the_register_replied_to_can_be_renewed_and_that_can_be_undone(
        self, desk, texas, clock, reply
    ):
        desk.requests.record(texas.id, desks.entry(reply, TODAY))
        clock.move_to(date(2029, 2, 10))
        renewed = desk.registers.renew(texas.id, clock.today(), is_confirmed=True)
        desk.undoing.undo()
        before = desk.requests.detail(texas.id).overview

        assert (renewed.status, renewed.due_on) == (RequestStatus.SENT, date(2032, 2, 10))
        assert (before.status, before.due_on) == (RequestStatus(reply), date(2029, 3, 2))

    def test_what_works_can_be_renewed_too(self, desk, texas, clock):
        desk.requests.record(texas.id, desks.entry("completed", TODAY))
        clock.move_to(date(2029, 2, 10))
        renewed = desk.registers.renew(texas.id, clock.today(), is_confirmed=True)

        assert (renewed.status, renewed.due_on) == (RequestStatus.SENT, date(2032, 2, 10))

    def test_undo_takes_a_renewal_back_and_redo_makes_it_again(self, desk, texas, clock):
        desk.requests.record(texas.id, desks.entry("completed", TODAY))
        clock.move_to(date(2029, 2, 10))
        desk.registers.renew(texas.id, clock.today())
        desk.undoing.undo()
        before = desk.requests.detail(texas.id).overview
        desk.undoing.redo()
        after = desk.requests.detail(texas.id).overview

        assert (before.status, before.due_on) == (RequestStatus.COMPLETED, date(2029, 3, 2))
        assert (after.status, after.due_on) == (RequestStatus.SENT, date(2032, 2, 10))

    def test_a_renewal_before_the_registration_is_refused(self, desk, texas):
        with pytest.raises(InputError, match="before the day you registered"):
            desk.registers.renew(texas.id, TODAY - timedelta(days=1))

    def test_what_is_closed_must_be_reopened_first(self, desk, texas):
        desk.requests.record(texas.id, desks.entry("closed", TODAY, reason="done"))

        with pytest.raises(NotAllowed, match="closed"):
            desk.registers.renew(texas.id, TODAY)

    def test_a_request_to_a_company_is_no_registration(self, desk, sent_request):
        with pytest.raises(NotAllowed, match="no registration"):
            desk.registers.renew(sent_request.id, TODAY)
