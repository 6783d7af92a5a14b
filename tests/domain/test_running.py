# SPDX-License-Identifier: Apache-2.0
from datetime import date

import pytest

from optout_desktop.domain.clocks import ClockState, ExtensionDoubt
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.requests import EventKind, ProofGrade
from optout_desktop.domain.rights import Right
from optout_desktop.domain.running import clocks_of, main_clock, missed
from tests.lawbooks import a_request, an_event, conventions, holiday_book, shipped_laws

SENT_ON = date(2026, 10, 20)


def sent(on=SENT_ON, **changes):
    return an_event(EventKind.SENT, on, **changes)


def clocks(request):
    return clocks_of(request, shipped_laws().law(request.law).rules, holiday_book(), conventions())


def clock(request, rule):
    return next(known for known in clocks(request) if known.rule.id == rule)


def california(*events, **changes):
    return a_request("us-ca-ccpa", Right.OPTOUT_SALE, *events, **changes)


def europe(*events, right=Right.OBJECT_DIRECT_MARKETING, **changes):
    return a_request("eu-gdpr", right, *events, **{"place": "DE-BY"} | changes)


def britain(*events, right=Right.ACCESS, **changes):
    return a_request("uk-gdpr", right, *events, **{"place": "GB-ENG"} | changes)


def test_an_opt_out_in_california_has_its_day_and_its_year_without_asking_again():
    request = california(sent())

    assert [known.rule.id for known in clocks(request)] == ["ccpa.optout", "ccpa.reask"]
    assert clock(request, "ccpa.optout").dates.due == date(2026, 11, 10)
    assert clock(request, "ccpa.reask").dates.due == date(2027, 10, 20)


def test_a_draft_has_clocks_that_have_not_started():
    assert {known.state(date(2026, 11, 22)) for known in clocks(california())} == {ClockState.NOT_STARTED}


def test_an_email_is_presumed_to_arrive_on_the_day_it_was_sent():
    start = clock(california(sent()), "ccpa.optout").start

    assert (start.on, start.grade) == (SENT_ON, ProofGrade.PRESUMED)


def test_a_server_that_took_the_mail_proves_the_day():
    start = clock(california(sent(grade=ProofGrade.SERVER_ACCEPTED)), "ccpa.optout").start

    assert (start.on, start.grade) == (SENT_ON, ProofGrade.SERVER_ACCEPTED)


def test_a_letter_is_presumed_to_take_a_week():
    start = clock(california(sent(), channel=Channel.POST), "ccpa.optout").start

    assert (start.on, start.grade) == (date(2026, 10, 27), ProofGrade.PRESUMED)


def test_where_two_entries_disagree_the_later_day_of_receipt_counts():
    early = an_event(EventKind.RECEIVED, date(2026, 10, 21))
    late = an_event(EventKind.RECEIVED, date(2026, 10, 23), grade=ProofGrade.REGISTERED_POST)
    start = clock(california(sent(), late, early), "ccpa.optout").start

    assert (start.on, start.grade) == (date(2026, 10, 23), ProofGrade.REGISTERED_POST)


def test_a_second_sending_starts_everything_anew():
    refused = an_event(EventKind.REFUSED, date(2026, 10, 25))
    request = europe(sent(), refused, sent(date(2026, 11, 1)))

    assert clock(request, "gdpr.answer").start.on == date(2026, 11, 1)
    assert clock(request, "gdpr.answer").met_on is None


def test_the_version_of_the_day_of_the_request_counts():
    before = a_request("us-tcpa", Right.SMS_STOP, sent(date(2025, 4, 10)), place="US")
    after = a_request("us-tcpa", Right.SMS_STOP, sent(date(2025, 4, 11)), place="US")

    assert main_clock(clocks(before)) is None
    assert main_clock(clocks(after)).dates.due == date(2025, 4, 25)


def test_the_parcel_rule_is_shown_and_never_held_against_a_sender_of_other_texts():
    request = a_request("us-tcpa", Right.SMS_STOP, sent(), place="US")
    parcel = clock(request, "tcpa.package-delivery")

    assert parcel.dates.due < main_clock(clocks(request)).dates.due
    assert "tcpa.package-delivery" not in {
        known.rule.id for known in missed(clocks(request), date(2027, 1, 1))
    }


def test_an_objection_is_answered_within_a_month_though_it_must_be_honoured_at_once():
    request = europe(sent())

    assert main_clock(clocks(request)).rule.id == "gdpr.answer"
    assert clock(request, "gdpr.object-dm").state(date(2026, 11, 22)) is ClockState.NO_DATE


def test_completion_meets_the_clock_and_reopening_takes_that_back():
    done = an_event(EventKind.COMPLETED, date(2026, 11, 3))
    reopened = an_event(EventKind.REOPENED, date(2026, 11, 8))

    assert clock(california(sent(), done), "ccpa.optout").met_on == date(2026, 11, 3)
    assert clock(california(sent(), done, reopened), "ccpa.optout").met_on is None


def test_a_refusal_answers_a_request_and_does_not_honour_it():
    refused = an_event(EventKind.REFUSED, date(2026, 10, 25))

    assert clock(europe(sent(), refused), "gdpr.answer").met_on == date(2026, 10, 25)
    assert clock(california(sent(), refused), "ccpa.optout").met_on is None


def test_the_duty_to_give_reasons_exists_once_a_company_has_refused():
    refused = an_event(EventKind.REFUSED, date(2026, 10, 25))
    silent = europe(sent(), right=Right.DELETE)
    with_refusal = europe(sent(), refused, right=Right.DELETE)

    assert "gdpr.refuse" not in {known.rule.id for known in clocks(silent)}
    assert clock(with_refusal, "gdpr.refuse").met_on == date(2026, 10, 25)


def extended(on=date(2026, 11, 10), **changes):
    return an_event(EventKind.EXTENDED, on, **{"reason": "many requests"} | changes)


def test_an_extension_in_time_with_a_reason_moves_the_date():
    found = clock(europe(sent(), extended()), "gdpr.answer")

    assert found.dates.nominal == date(2027, 1, 20)
    assert found.unextended.due == date(2026, 11, 20)
    assert found.extension_doubt == ""


@pytest.mark.parametrize(
    ("notice", "doubt"),
    [
        (extended(date(2026, 11, 23)), ExtensionDoubt.LATE_NOTICE),
        (extended(reason=""), ExtensionDoubt.NO_REASON),
        (extended(reason="none_given"), ExtensionDoubt.NO_REASON),
        (extended(until=date(2027, 6, 1)), ExtensionDoubt.BEYOND_MAXIMUM),
    ],
    ids=["late", "without a reason", "reason said to be none", "too long"],
)
def test_a_doubtful_extension_keeps_both_dates_and_accuses_nobody_before_the_later(notice, doubt):
    found = clock(europe(sent(), notice), "gdpr.answer")

    assert found.extension_doubt == doubt
    assert (found.unextended.due, found.dates.due) == (date(2026, 11, 20), date(2027, 1, 20))
    assert found.state(date(2027, 1, 20)) is ClockState.RUNNING


def test_a_company_is_held_to_an_earlier_day_that_it_named_and_accused_by_the_laws_own():
    found = clock(europe(sent(), extended(until=date(2026, 12, 10))), "gdpr.answer")

    assert (found.dates.due, found.dates.flag_after) == (date(2026, 12, 10), date(2027, 1, 20))


def test_a_law_without_an_extension_gives_none():
    found = clock(california(sent(), extended()), "ccpa.optout")

    assert found.extension_doubt == ExtensionDoubt.NO_EXTENSION_IN_LAW
    assert found.dates.due == date(2026, 11, 10)


def test_in_britain_the_clock_waits_for_the_identity_that_was_asked_for():
    asked = an_event(EventKind.IDENTITY_ASKED, date(2026, 10, 22))
    given = an_event(EventKind.IDENTITY_GIVEN, date(2026, 10, 26))

    assert clock(britain(sent(), asked), "uk.answer").start is None
    assert clock(britain(sent(), asked, given), "uk.answer").start.on == date(2026, 10, 26)


def test_in_britain_the_days_of_a_clarification_do_not_count_for_access():
    asked = an_event(EventKind.CLARIFICATION_ASKED, date(2026, 10, 22))
    answered = an_event(EventKind.CLARIFICATION_RECEIVED, date(2026, 10, 26))
    access = clock(britain(sent(), asked, answered), "uk.answer")
    deletion = clock(britain(sent(), asked, answered, right=Right.DELETE), "uk.answer")

    assert (access.paused_days, access.dates.nominal) == (5, date(2026, 11, 25))
    assert (deletion.paused_days, deletion.dates.nominal) == (0, date(2026, 11, 20))


def test_an_appeal_starts_its_own_clock_and_becomes_what_matters():
    refused = an_event(EventKind.REFUSED, date(2026, 10, 30))
    appeal = an_event(EventKind.APPEAL_SENT, date(2026, 11, 3))
    request = a_request("us-va-vcdpa", Right.OPTOUT_SALE, sent(), refused, appeal, place="US-VA")

    assert main_clock(clocks(request)).rule.id == "va.appeal"
    assert main_clock(clocks(request)).dates.nominal == date(2027, 1, 2)


def test_a_complaint_starts_the_regulators_clock():
    lodged = an_event(EventKind.COMPLAINT_LODGED, date(2026, 11, 22))

    assert clock(europe(sent(), lodged), "gdpr.sa-info").dates.due == date(2027, 2, 22)
    assert clock(europe(sent()), "gdpr.sa-info").start is None


def test_a_complaint_to_a_british_company_must_be_acknowledged_and_one_to_the_regulator_need_not():
    to_company = an_event(EventKind.COMPLAINT_LODGED, date(2026, 11, 26), details=(("to", "company"),))
    to_regulator = an_event(EventKind.COMPLAINT_LODGED, date(2026, 11, 26))

    assert clock(britain(sent(), to_company), "uk.complaint-ack").dates.due == date(2026, 12, 29)
    assert clock(britain(sent(), to_regulator), "uk.complaint-ack").start is None


def test_a_deletion_that_follows_a_pick_up_is_counted_on_its_worst_day():
    request = a_request("us-ca-delete-act", Right.BROKER_DELETION_PLATFORM, sent(date(2026, 8, 15)))
    deletion = clock(request, "delete-act.delete.45")

    assert (deletion.start.on, deletion.start.grade) == (date(2026, 9, 29), ProofGrade.PRESUMED)
    assert deletion.dates.due == date(2026, 11, 13)


def test_a_request_before_the_platform_was_answered_counts_from_the_laws_own_day():
    request = a_request("us-ca-delete-act", Right.BROKER_DELETION_PLATFORM, sent(date(2026, 3, 1)))
    pick_up = clock(request, "delete-act.pickup.45")

    assert (pick_up.start.on, pick_up.start.is_floored) == (date(2026, 8, 1), True)


def test_a_deletion_follows_the_pick_up_of_a_request_that_came_before_the_laws_own_day():
    request = a_request("us-ca-delete-act", Right.BROKER_DELETION_PLATFORM, sent(date(2026, 3, 1)))
    deletion = clock(request, "delete-act.delete.45")

    assert deletion.start.on == date(2026, 9, 15)
    assert deletion.dates.due == date(2026, 10, 30)


def test_a_request_keeps_its_period_when_the_broker_fetches_it_under_the_next_version():
    request = a_request("us-ca-delete-act", Right.BROKER_DELETION_PLATFORM, sent(date(2026, 12, 20)))
    deletions = [known for known in clocks(request) if known.rule.id.startswith("delete-act.delete")]

    assert [(known.rule.id, known.dates.due) for known in deletions] == [
        ("delete-act.delete.45", date(2027, 3, 20))
    ]


def test_nothing_is_missed_on_the_last_day_and_everything_on_the_next():
    request = california(sent())

    assert missed(clocks(request), date(2026, 11, 10)) == ()
    assert [known.rule.id for known in missed(clocks(request), date(2026, 11, 12))] == ["ccpa.optout"]


@pytest.mark.parametrize("law", [law.id for law in shipped_laws().laws])
def test_every_right_of_every_law_has_clocks(law):
    for offered in shipped_laws().law(LawId(law)).rights:
        request = a_request(law, offered.right, sent(date(2028, 8, 1)), place="")

        assert isinstance(clocks(request), tuple)
