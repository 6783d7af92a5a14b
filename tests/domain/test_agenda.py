# SPDX-License-Identifier: Apache-2.0
"""The agenda: what a row says today, and in which order things want to be done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optout_desktop.domain.agenda import (
    Answered,
    Bucket,
    NextStep,
    Tally,
    Urgency,
    bucket_of,
    do_next,
    leading_clock,
    overview_of,
)
from optout_desktop.domain.clocks import Clock, Start
from optout_desktop.domain.counting import Dates
from optout_desktop.domain.laws import StartEvent, Step
from optout_desktop.domain.requests import Attention, EventKind, ProofGrade, RequestStatus
from optout_desktop.domain.rights import Right
from tests.builders import DAY, a_request, an_event, an_overview, sent
from tests.lawbooks import a_rule

K, S = EventKind, RequestStatus
TODAY = date(2026, 6, 15)
days = st.integers(-40, 40).map(lambda number: TODAY + timedelta(days=number))


def a_clock(due: date, flag_after: date | None = None, met_on: date | None = None, **rule) -> Clock:
    return Clock(
        rule=a_rule(**rule),
        start=Start(event=StartEvent.SENDING, on=DAY, grade=ProofGrade.STATED),
        dates=Dates(nominal=due, due=due, flag_after=flag_after or due),
        met_on=met_on,
    )


def due_in(number: int, grace: int = 0, **changes):
    due = TODAY + timedelta(days=number)
    return an_overview(due_on=due, flag_after_on=due + timedelta(days=grace), **changes)


class TestUrgency:
    def test_on_the_last_day_itself_nobody_is_late(self):
        assert due_in(0).urgency(TODAY) is Urgency.DUE_SOON
        assert due_in(-1).urgency(TODAY) is Urgency.OVERDUE

    def test_overdue_begins_only_when_the_last_defensible_day_has_ended(self):
        assert due_in(-3, grace=3).urgency(TODAY) is Urgency.DUE_SOON
        assert due_in(-4, grace=3).urgency(TODAY) is Urgency.OVERDUE

    def test_due_soon_begins_so_many_days_before(self):
        assert due_in(7).urgency(TODAY) is Urgency.DUE_SOON
        assert due_in(8).urgency(TODAY) is Urgency.WAITING
        assert due_in(8).urgency(TODAY, 8) is Urgency.DUE_SOON

    def test_without_a_date_one_waits(self):
        assert an_overview().urgency(TODAY) is Urgency.WAITING

    @pytest.mark.parametrize("bucket", [Bucket.NEEDS_YOU, Bucket.DONE, Bucket.DRAFT])
    def test_what_does_not_wait_for_the_company_is_never_late(self, bucket):
        row = due_in(-100, bucket=bucket)

        assert row.urgency(TODAY).value == bucket.value
        assert row.days_overdue(TODAY) == 0

    @given(days, days)
    def test_days_overdue_are_positive_exactly_when_overdue(self, due, flag):
        row = an_overview(due_on=min(due, flag), flag_after_on=max(due, flag))

        assert (row.days_overdue(TODAY) > 0) == (row.urgency(TODAY) is Urgency.OVERDUE)

    def test_days_left_count_down_and_go_below_nothing(self):
        assert due_in(3).days_left(TODAY) == 3
        assert due_in(-2).days_left(TODAY) == -2

    def test_nothing_is_left_where_nothing_is_owed_or_dated(self):
        assert due_in(3, status=S.COMPLETED, bucket=Bucket.DONE).days_left(TODAY) is None
        assert an_overview().days_left(TODAY) is None


class TestBuckets:
    @pytest.mark.parametrize(
        ("kinds", "bucket"),
        [
            ((), Bucket.DRAFT),
            ((K.SENT,), Bucket.OPEN),
            ((K.SENT, K.ACKNOWLEDGED), Bucket.OPEN),
            ((K.SENT, K.EXTENDED), Bucket.OPEN),
            ((K.SENT, K.COMPLAINT_LODGED), Bucket.OPEN),
            ((K.SENT, K.REFUSED), Bucket.NEEDS_YOU),
            ((K.SENT, K.REFUSED, K.APPEAL_SENT), Bucket.OPEN),
            ((K.SENT, K.REFUSED, K.APPEAL_SENT, K.NOTE), Bucket.OPEN),
            ((K.SENT, K.REFUSED, K.APPEAL_SENT, K.BOUNCED), Bucket.NEEDS_YOU),
            ((K.SENT, K.REFUSED, K.APPEAL_SENT, K.APPEAL_ANSWERED), Bucket.NEEDS_YOU),
            ((K.SENT, K.REFUSED, K.APPEAL_SENT, K.REFUSED), Bucket.NEEDS_YOU),
            ((K.SENT, K.APPEAL_SENT, K.REFUSED), Bucket.NEEDS_YOU),
            ((K.SENT, K.REFUSED, K.APPEAL_SENT, K.COMPLETED), Bucket.DONE),
            ((K.SENT, K.BOUNCED), Bucket.NEEDS_YOU),
            ((K.SENT, K.IDENTITY_ASKED), Bucket.NEEDS_YOU),
            ((K.SENT, K.COMPLETED), Bucket.DONE),
            ((K.SENT, K.CLOSED), Bucket.DONE),
            ((K.CLOSED,), Bucket.DONE),
        ],
    )
    def test_a_request_is_in_one_part_of_the_agenda(self, kinds, bucket):
        assert bucket_of(a_request(tuple(an_event(kind) for kind in kinds))) is bucket


class TestNextStep:
    @pytest.mark.parametrize(
        ("changes", "step"),
        [
            ({"status": S.DRAFT, "bucket": Bucket.DRAFT}, NextStep.REVIEW_AND_SEND),
            ({"status": S.SENT}, NextStep.RECORD_REPLY),
            ({"status": S.ACKNOWLEDGED}, NextStep.RECORD_REPLY),
            ({"status": S.EXTENDED}, NextStep.RECORD_REPLY),
            ({"status": S.COMPLETED, "bucket": Bucket.DONE}, NextStep.CLOSE),
            ({"status": S.CLOSED, "bucket": Bucket.DONE}, NextStep.REOPEN),
            ({"status": S.REFUSED, "bucket": Bucket.NEEDS_YOU}, NextStep.RESPOND),
            ({"status": S.ESCALATED}, NextStep.RECORD_AUTHORITY_ANSWER),
            ({"attention": Attention.DELIVERY_FAILED, "bucket": Bucket.NEEDS_YOU}, NextStep.SEND_AGAIN),
            ({"attention": Attention.NEEDS_ANSWER, "bucket": Bucket.NEEDS_YOU}, NextStep.ANSWER),
        ],
    )
    def test_each_row_has_one(self, changes, step):
        assert an_overview(**changes).next_step(TODAY) is step

    @pytest.mark.parametrize(
        ("row", "step"),
        [
            (due_in(-1, law="register:drop"), NextStep.RECORD_REPLY),
            (
                an_overview(
                    law="register:list", attention=Attention.DELIVERY_FAILED, bucket=Bucket.NEEDS_YOU
                ),
                NextStep.RENEW,
            ),
        ],
    )
    def test_a_register_takes_no_letter_so_none_is_the_next_step(self, row, step):
        assert row.next_step(TODAY) is step

    def test_what_is_overdue_wants_a_reminder(self):
        assert due_in(-1).next_step(TODAY) is NextStep.SEND_REMINDER


class TestRows:
    def test_a_draft_has_no_dates(self):
        row = overview_of(a_request(), None)

        assert (row.status, row.due_on, row.flag_after_on, row.rule) == (S.DRAFT, None, None, "")

    def test_a_sent_request_has_the_dates_of_its_clock(self):
        due = DAY + timedelta(days=10)
        row = overview_of(
            a_request((sent(),)), a_clock(due, due + timedelta(days=2)), person_name="Jane", row=7
        )

        assert (row.due_on, row.flag_after_on) == (due, due + timedelta(days=2))
        assert (row.sent_on, row.row, row.person_name, row.rule) == (DAY, 7, "Jane", "test.honour")
        assert (row.last_kind, row.last_on) == (K.SENT, DAY)

    def test_after_a_complaint_the_company_is_no_longer_counted_late(self):
        request = a_request((sent(), an_event(K.COMPLAINT_LODGED)))
        row = overview_of(request, a_clock(DAY + timedelta(days=10)))

        assert row.urgency(date(2030, 1, 1)) is Urgency.WAITING

    def test_an_authority_has_a_clock_of_its_own(self):
        request = a_request((sent(), an_event(K.COMPLAINT_LODGED)))
        clock = a_clock(DAY + timedelta(days=90), rights=(Right.COMPLAINT_TO_REGULATOR,))

        assert overview_of(request, clock).due_on == DAY + timedelta(days=90)

    def test_who_has_done_what_has_a_date_is_not_late_with_what_has_none(self):
        request = a_request((sent(), an_event(K.ACKNOWLEDGED)))
        row = overview_of(request, a_clock(DAY + timedelta(days=10), met_on=DAY))

        assert row.urgency(date(2030, 1, 1)) is Urgency.WAITING
        assert row.met_on == DAY

    def test_a_completed_request_keeps_the_dates_that_it_was_measured_by(self):
        request = a_request((sent(), an_event(K.COMPLETED)))
        row = overview_of(request, a_clock(DAY + timedelta(days=10), met_on=DAY))

        assert row.due_on == DAY + timedelta(days=10)

    def test_a_doubtful_rule_shows(self):
        assert overview_of(a_request((sent(),)), a_clock(DAY, doubt="unclear")).has_doubt

    def test_the_bin_shows(self):
        assert overview_of(a_request(binned_on=DAY), None).is_binned


class TestDoNext:
    def test_overdue_comes_first_by_days_then_what_needs_you_then_what_is_due_by_date(self):
        rows = [
            due_in(5),
            due_in(2),
            due_in(1, bucket=Bucket.NEEDS_YOU, status=S.REFUSED),
            due_in(-2),
            due_in(-20),
            an_overview(bucket=Bucket.DRAFT, status=S.DRAFT),
            due_in(30),
            an_overview(bucket=Bucket.DONE, status=S.CLOSED),
        ]

        assert do_next(rows, TODAY) == (rows[4], rows[3], rows[2], rows[1], rows[0])

    @given(st.lists(st.builds(due_in, st.integers(-30, 30), st.integers(0, 5)), max_size=12), st.randoms())
    def test_the_order_does_not_depend_on_the_order_of_asking(self, rows, chance):
        shuffled = list(rows)
        chance.shuffle(shuffled)
        ordered = do_next(rows, TODAY)

        assert ordered == do_next(shuffled, TODAY)
        assert all(row.urgency(TODAY) is not Urgency.WAITING for row in ordered)


def test_the_total_counts_every_group():
    assert Tally(overdue=1, needs_you=2, due_soon=3, waiting=4, drafts=5, done=6).total == 21


def test_answers_are_counted_out_of_all_whose_day_has_come():
    assert Answered(on_time=3, late=1, open=2).of == 6


class TestAppeals:
    REFUSED = a_request(tuple(an_event(kind) for kind in (K.SENT, K.REFUSED)))
    APPEALED = REFUSED.with_event(an_event(K.APPEAL_SENT, sequence=3))

    @staticmethod
    def clocks():
        honour = a_clock(TODAY - timedelta(days=9), step=Step.HONOUR, id="honour")
        appeal = a_clock(TODAY + timedelta(days=30), step=Step.APPEAL_ANSWER, id="appeal")
        return honour, appeal

    def test_after_an_appeal_the_day_of_its_answer_counts_and_no_longer_that_of_the_request(self):
        honour, appeal = self.clocks()

        assert leading_clock(self.REFUSED, (honour, appeal)) is honour
        assert leading_clock(self.APPEALED, (honour, appeal)) is appeal
        assert leading_clock(self.APPEALED, (honour,)) is None

    def test_an_appeal_waits_and_is_overdue_once_its_day_has_passed(self):
        row = overview_of(self.APPEALED, self.clocks()[1])
        due_on = TODAY + timedelta(days=30)

        assert (row.urgency(TODAY), row.due_on, row.days_left(TODAY)) == (Urgency.WAITING, due_on, 30)
        assert row.urgency(due_on) is Urgency.DUE_SOON
        assert row.urgency(due_on + timedelta(days=1)) is Urgency.OVERDUE
        assert row.next_step(due_on) is NextStep.RECORD_REPLY
        assert row.next_step(due_on + timedelta(days=1)) is NextStep.RESPOND

    def test_without_a_day_in_the_law_an_appeal_waits(self):
        assert overview_of(self.APPEALED, None).urgency(TODAY) is Urgency.WAITING

    def test_an_answer_that_does_not_help_needs_you_again(self):
        answered = self.APPEALED.with_event(an_event(K.APPEAL_ANSWERED, sequence=4))

        assert overview_of(answered, None).urgency(TODAY) is Urgency.NEEDS_YOU
