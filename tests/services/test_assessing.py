# SPDX-License-Identifier: Apache-2.0
"""Assessing: a draft follows the newest law, a sent request the one that it was sent under."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest

from optout_desktop.domain.calendars import NonWorkingDay
from optout_desktop.domain.laws import Unit
from optout_desktop.domain.running import main_clock
from optout_desktop.services.assessing import Assessor
from tests.builders import sent
from tests.lawbooks import conventions, holiday_book, shipped_laws
from tests.services import desks


class LongerLaws:
    """Tomorrow's law files: every period that is counted in days has ninety more."""

    def law(self, law):
        known = shipped_laws().law(law)
        return dataclasses.replace(known, rules=tuple(map(longer, known.rules)))


def longer(rule):
    if rule.period.unit not in {Unit.DAYS, Unit.BUSINESS_DAYS}:
        return rule
    period = dataclasses.replace(rule.period, amount=rule.period.amount + 90)
    return dataclasses.replace(rule, period=period)


class MoreHolidays:
    """Tomorrow's calendars: every day of March is a holiday."""

    def calendar(self, calendar):
        known = holiday_book().calendar(calendar)
        march = tuple(
            NonWorkingDay(on=date(2026, 3, 1) + timedelta(days=number), name="Rest") for number in range(31)
        )
        return dataclasses.replace(known, holidays=march)

    def regions(self, country):
        return holiday_book().regions(country)


@pytest.fixture(params=["laws", "calendars"])
def tomorrow(request):
    """An assessor of a later release."""
    laws = LongerLaws() if request.param == "laws" else shipped_laws()
    calendars = MoreHolidays() if request.param == "calendars" else holiday_book()
    return Assessor(laws, calendars, conventions())


@pytest.fixture
def today():
    return Assessor(shipped_laws(), holiday_book(), conventions())


def row_by(assessor, desk, request):
    with desk.vault.reading() as stores:
        [row] = assessor.derived(stores, [stores.requests.get(request.id)])
    return row


def test_a_later_release_cannot_move_the_deadline_of_a_sent_request(desk, sent_request, tomorrow):
    assert row_by(tomorrow, desk, sent_request) == sent_request


def test_a_draft_follows_the_newest_release(desk, draft, tomorrow, today):
    request = desk.requests.detail(draft.id).request
    sending = sent(desks.TODAY)
    dues = [main_clock(one.clocks(request.with_event(sending), None)).dates.due for one in (today, tomorrow)]

    assert dues[0] < dues[1]


def test_it_is_said_that_a_newer_version_is_known(desk, sent_request, today):
    newer = Assessor(LongerLaws(), holiday_book(), conventions())
    with desk.vault.reading() as stores:
        request = stores.requests.get(sent_request.id)
        kept = today.kept(stores, request)

    assert newer.is_newer_version_known(kept, request)
    assert not today.is_newer_version_known(kept, request)


def test_undoing_after_a_newer_release_brings_the_old_rules_back(desk, sent_request, clock):
    desk.requests.record(sent_request.id, desks.entry("note", desks.TODAY))
    before = desk.requests.detail(sent_request.id).request
    desk.requests._assessor._laws = LongerLaws()
    wrong = before.history[0]
    moved = desk.requests.correct(sent_request.id, wrong.id, desks.entry("sent", date(2026, 2, 27)))
    desk.undoing.undo()
    after = desk.requests.detail(sent_request.id)

    assert moved.due_on > sent_request.due_on
    assert after.request.rules == before.rules
    assert after.overview.due_on == sent_request.due_on


def test_rebuilding_makes_the_same_rows_and_index_from_the_events(desk, sent_request, today):
    desk.requests.save_note(sent_request.id, "hotline")
    before = desks.digest_of(desk.vault)
    with desk.vault.writing() as stores:
        count = today.rebuild(stores, stores.requests.many(stores.requests.ids()))
    with desk.vault.reading() as stores:
        found = stores.search.rows("hotline", 9)

    assert count == 1
    assert desks.digest_of(desk.vault) == before
    assert found == [sent_request.row]


def test_a_draft_has_no_snapshot(desk, draft, today):
    with desk.vault.reading() as stores:
        assert today.kept(stores, stores.requests.get(draft.id)) is None


def test_the_arithmetic_of_a_sent_request_is_that_of_its_snapshot(desk, sent_request, tomorrow):
    with desk.vault.reading() as stores:
        request = stores.requests.get(sent_request.id)
        kept = tomorrow.kept(stores, request)
    clocks = {clock.rule.id: clock for clock in tomorrow.clocks(request, kept)}
    lines = tomorrow.why(clocks[sent_request.rule], request, kept)

    assert any(line.on == sent_request.due_on for line in lines)
