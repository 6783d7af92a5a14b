# SPDX-License-Identifier: Apache-2.0
from datetime import date, timedelta

import pytest

from optout_desktop.domain.clocks import ExtensionDoubt
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.milestones import MilestoneKind, MilestoneState
from optout_desktop.domain.requests import EventKind, ProofGrade, RequestStatus
from optout_desktop.domain.rights import Right
from optout_desktop.services.requests import NO_REASON_GIVEN, Entry, NewRequest
from tests.services import desks


@pytest.fixture
def virginian(desk, jane, northwind, clock):
    """A request under the law of Virginia, sent today."""
    row = desk.requests.start(
        NewRequest(
            person=jane.id,
            company=northwind.id,
            right=Right.OPTOUT_SALE,
            law=LawId("us-va-vcdpa"),
            channel=Channel.EMAIL,
        )
    )
    return desk.requests.record(row.id, desks.entry("sent", clock.today()))


def moved(foresight):
    return {move.after.kind: move for move in foresight.moves}


def test_every_date_of_a_request_is_told_with_the_longest_extension(desk, virginian):
    found = {one.kind: one for one in desk.foreseeing.milestones(virginian.id)}

    assert found[MilestoneKind.ANSWER_BY].dates.due == date(2026, 4, 16)
    assert found[MilestoneKind.EXTENDED_UNTIL].at_most.due == date(2026, 6, 1)
    assert found[MilestoneKind.APPEAL_BY].state(desks.TODAY) is MilestoneState.NOT_STARTED


def test_a_draft_has_milestones_too(desk, draft):
    states = {one.state(desks.TODAY) for one in desk.foreseeing.milestones(draft.id)}

    assert states == {MilestoneState.NOT_STARTED}


def test_an_entry_that_is_tried_is_not_written(desk, virginian):
    before = desk.requests.detail(virginian.id)
    desk.foreseeing.preview(virginian.id, Entry(kind=EventKind.COMPLETED, on=desks.TODAY))

    assert desk.requests.detail(virginian.id) == before


def test_a_proven_day_of_arrival_moves_the_deadline(desk, virginian, clock):
    clock.move_to(desks.TODAY + timedelta(days=5))
    entry = Entry(
        kind=EventKind.RECEIVED,
        on=desks.TODAY + timedelta(days=4),
        grade=ProofGrade.DELIVERY_RECEIPT,
    )
    answer = moved(desk.foreseeing.preview(virginian.id, entry))[MilestoneKind.ANSWER_BY]

    assert answer.before.dates.due == date(2026, 4, 16)
    assert answer.after.dates.due == date(2026, 4, 20)


def test_what_is_foreseen_is_what_comes_true(desk, virginian, clock):
    clock.move_to(desks.TODAY + timedelta(days=20))
    entry = Entry(
        kind=EventKind.EXTENDED,
        on=clock.today(),
        until=desks.TODAY + timedelta(days=300),
        reason=NO_REASON_GIVEN,
    )
    foreseen = moved(desk.foreseeing.preview(virginian.id, entry))[MilestoneKind.EXTENDED_UNTIL].after
    desk.requests.record(virginian.id, entry)
    found = {one.kind: one for one in desk.foreseeing.milestones(virginian.id)}

    assert foreseen.doubt is ExtensionDoubt.NO_REASON
    assert found[MilestoneKind.EXTENDED_UNTIL] == foreseen


def test_a_refusal_opens_the_appeal_and_says_the_new_status(desk, virginian):
    entry = Entry(kind=EventKind.REFUSED, on=desks.TODAY, reason="other")
    foresight = desk.foreseeing.preview(virginian.id, entry)
    appeal = moved(foresight)[MilestoneKind.APPEAL_BY]

    assert (foresight.before, foresight.after) == (RequestStatus.SENT, RequestStatus.REFUSED)
    assert not appeal.before.is_started
    assert appeal.after.state(desks.TODAY) is MilestoneState.NO_DATE


def test_a_correction_is_tried_in_the_place_of_what_was_wrong(desk, virginian, clock):
    clock.move_to(desks.TODAY + timedelta(days=10))
    [sent] = desk.requests.detail(virginian.id).request.history
    entry = Entry(kind=EventKind.SENT, on=desks.TODAY + timedelta(days=7))
    answer = moved(desk.foreseeing.preview(virginian.id, entry, sent.id))[MilestoneKind.ANSWER_BY]

    assert answer.after.dates.due - answer.before.dates.due == timedelta(days=7)


def test_what_the_status_forbids_moves_nothing(desk, virginian):
    foresight = desk.foreseeing.preview(virginian.id, Entry(kind=EventKind.REOPENED, on=desks.TODAY))

    assert not foresight.is_possible
    assert foresight.moves == ()


def test_an_unknown_request_has_no_dates(desk):
    with pytest.raises(NotFound):
        desk.foreseeing.milestones("0" * 32)
