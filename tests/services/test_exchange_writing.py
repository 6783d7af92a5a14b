# SPDX-License-Identifier: Apache-2.0
"""What an import writes, and how it is taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from optout_desktop.domain.agenda import RequestFilter
from optout_desktop.domain.errors import NotAllowed
from optout_desktop.domain.exchange import ImportChoice, ImportSource, ReadDocument, ReadRequest
from optout_desktop.domain.requests import EventKind
from optout_desktop.services.exchange_writing import ImportedRows
from tests.builders import a_request, an_event, sent
from tests.services import desks


def a_document(desk, *requests):
    return ReadDocument(
        source=ImportSource.JSON,
        file_name="f.json",
        people=desk.people.all(),
        companies=desk.companies.own(),
        requests=tuple(ReadRequest(place="requests", request=one, note="hello") for one in requests),
    )


def test_nothing_taken_in_is_no_step_to_undo(desk, jane):
    desk.exchange.take_in(a_document(desk), ImportChoice())

    assert not ImportedRows().is_any
    assert desk.undoing.view().undo is None


def test_many_requests_are_found_counted_and_searched(desk, jane, northwind, clock):
    many = [a_request((sent(),), person=jane.id, company=northwind.id) for _ in range(450)]

    told = []
    desk.exchange.take_in(
        a_document(desk, *many), ImportChoice(), lambda done, total: told.append((done, total))
    )

    assert told == [(0, 450), (200, 450), (400, 450), (450, 450)]
    assert desk.backups.check().stale_rows == 0
    assert len(desk.requests.list(RequestFilter(typed="hello")).rows) == 450


def test_one_that_came_in_from_the_bin_goes_back_there(desk, jane, northwind, clock):
    binned = a_request((sent(),), person=jane.id, company=northwind.id, binned_on=clock.today())
    desk.exchange.take_in(a_document(desk, binned), ImportChoice())
    desk.undoing.undo()
    desk.undoing.redo()

    assert desk.requests.detail(binned.id).request.binned_on == clock.today()


def test_entries_that_others_rest_on_are_not_taken_back(desk, jane, northwind, sent_request, clock):
    mine = desk.requests.detail(sent_request.id).request
    closed = an_event(EventKind.CLOSED, clock.today(), reason="done")
    theirs = replace(mine, events=(*mine.events, closed))
    desk.exchange.take_in(a_document(desk, theirs), ImportChoice())
    desk.requests.record(mine.id, desks.entry("reopened", clock.today()))
    desk.undoing.undo()
    desk.undoing.redo()
    before = desks.digest_of(desk.vault)

    step = desk.undoing._done[-2]
    with pytest.raises(NotAllowed):
        step.undo()

    assert desks.digest_of(desk.vault) == before


def test_a_later_sending_brings_its_own_rules(desk, jane, northwind, draft, clock):
    mine = desk.requests.detail(draft.id).request
    theirs = replace(mine, events=(sent(clock.today() - timedelta(days=3)),))

    desk.exchange.take_in(a_document(desk, theirs), ImportChoice())
    after = desk.requests.detail(draft.id)

    assert after.request.rules
    assert after.deadline is not None
    desk.undoing.undo()
    assert desk.requests.detail(draft.id).request.rules == ""
