# SPDX-License-Identifier: Apache-2.0
from datetime import date

import pytest

from optout_desktop.cli.request_views import clock_words, overview_data, standing
from optout_desktop.domain.agenda import Bucket, RequestOverview
from optout_desktop.domain.clocks import Clock, Start
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.counting import Dates
from optout_desktop.domain.ids import CompanyId, LawId, PersonId, RequestId
from optout_desktop.domain.requests import Attention, ProofGrade, RequestStatus
from optout_desktop.domain.rights import Right
from tests.lawbooks import a_rule

DUE = date(2026, 3, 23)
DATES = Dates(nominal=DUE, due=DUE, flag_after=date(2026, 3, 24))
START = Start(event="receipt", on=date(2026, 3, 2), grade=ProofGrade.STATED)


def a_row(**changes):
    plain = {
        "id": RequestId("0" * 32),
        "person": PersonId("1" * 32),
        "company": CompanyId("2" * 32),
        "company_name": "Northwind Data LLC",
        "right": Right.OPTOUT_SALE,
        "law": LawId("us-ca-ccpa"),
        "channel": Channel.EMAIL,
        "reference": "OO-7F3K-22AB",
        "status": RequestStatus.SENT,
        "bucket": Bucket.OPEN,
        "created_on": date(2026, 3, 2),
        "sent_on": date(2026, 3, 2),
        "due_on": DUE,
        "flag_after_on": date(2026, 3, 24),
    }
    return RequestOverview(**plain | changes)


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 3, 3), "20 days left"),
        (date(2026, 3, 22), "1 day left"),
        (date(2026, 3, 23), "due today"),
        (date(2026, 3, 24), "the due day has passed, nobody is late yet"),
        (date(2026, 3, 25), "overdue by 1 day"),
        (date(2026, 3, 27), "overdue by 3 days"),
    ],
)
def test_how_a_request_stands_depends_on_the_day(today, words):
    assert standing(a_row(), today) == words


def test_what_waits_for_you_and_what_has_no_day_is_said():
    asked = a_row(bucket=Bucket.NEEDS_YOU, attention=Attention.NEEDS_ANSWER)

    assert standing(asked, DUE) == "needs answer"
    assert standing(a_row(due_on=None, flag_after_on=None), DUE) == "waiting"
    assert standing(a_row(bucket=Bucket.DRAFT, status=RequestStatus.DRAFT), DUE) == "draft"


def test_a_row_for_programs_has_its_days_and_the_next_step():
    data = overview_data(a_row(), date(2026, 3, 26))

    assert (data["due"], data["overdue_after"], data["days_overdue"]) == (DUE, date(2026, 3, 24), 2)
    assert (data["urgency"], data["next_step"]) == ("overdue", "send_reminder")


@pytest.mark.parametrize(
    ("clock", "today", "words"),
    [
        (Clock(rule=a_rule()), DUE, "This clock has not started."),
        (Clock(rule=a_rule(), start=START), DUE, "The law gives no number of days."),
        (
            Clock(rule=a_rule(), start=START, is_beyond_calendars=True),
            DUE,
            "The days lie outside the years that the calendars cover.",
        ),
        (Clock(rule=a_rule(), start=START, dates=DATES), DUE, "Runs until Mon 2026-03-23."),
        (
            Clock(rule=a_rule(), start=START, dates=DATES),
            date(2026, 3, 24),
            "The due day has ended; nobody is accused before Tue 2026-03-24 has ended.",
        ),
        (
            Clock(rule=a_rule(), start=START, dates=DATES),
            date(2026, 3, 25),
            "Missed: Tue 2026-03-24 has ended.",
        ),
        (
            Clock(rule=a_rule(), start=START, dates=DATES, met_on=DUE),
            date(2026, 4, 1),
            "Met on Mon 2026-03-23.",
        ),
        (
            Clock(rule=a_rule(), start=START, dates=DATES, met_on=date(2026, 3, 26)),
            date(2026, 4, 1),
            "Met on Thu 2026-03-26, after the last defensible day, Tue 2026-03-24.",
        ),
    ],
)
def test_how_a_clock_stands_is_a_sentence(clock, today, words):
    assert clock_words(clock, today) == words
