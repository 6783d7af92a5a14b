# SPDX-License-Identifier: Apache-2.0
from datetime import date

import pytest

from optout_desktop.domain.clocks import ExtensionDoubt
from optout_desktop.domain.ids import RuleId
from optout_desktop.domain.laws import Appeal, LawId, Step
from optout_desktop.domain.milestones import MilestoneKind, MilestoneState, Whose, milestones_of, moves
from optout_desktop.domain.requests import EventKind, RefusalReason
from optout_desktop.domain.rights import Right
from optout_desktop.domain.running import clocks_of
from tests.lawbooks import a_request, a_rule, an_event, conventions, holiday_book, shipped_laws

SENT_ON = date(2026, 10, 20)


def sent(on=SENT_ON):
    return an_event(EventKind.SENT, on)


def found(request):
    law = shipped_laws().law(request.law)
    clocks = clocks_of(request, law.rules, holiday_book(), conventions())
    return milestones_of(request, clocks, law.appeal)


def one(request, kind):
    [milestone] = [known for known in found(request) if known.kind is kind]
    return milestone


def california(*events, right=Right.DELETE):
    return a_request("us-ca-ccpa", right, *events)


def virginia(*events):
    return a_request("us-va-vcdpa", Right.OPTOUT_SALE, *events)


def extended(on, until=None, reason="many requests"):
    return an_event(EventKind.EXTENDED, on, until=until, reason=reason)


def refused(on=date(2026, 11, 2)):
    return an_event(EventKind.REFUSED, on, reason=RefusalReason.OTHER)


def test_a_deletion_in_california_has_its_dates_in_the_order_in_which_people_meet_them():
    assert [(known.kind, known.whose) for known in found(california(sent()))] == [
        (MilestoneKind.ACKNOWLEDGE_BY, Whose.THEIRS),
        (MilestoneKind.ANSWER_BY, Whose.THEIRS),
        (MilestoneKind.EXTENSION_NOTICE_BY, Whose.THEIRS),
        (MilestoneKind.EXTENDED_UNTIL, Whose.THEIRS),
    ]


@pytest.mark.parametrize(
    ("law", "right", "kind", "whose"),
    [
        ("us-ca-ccpa", Right.OPTOUT_SALE, MilestoneKind.NO_ASKING_UNTIL, Whose.SPAN),
        ("us-can-spam", Right.UNSUBSCRIBE_EMAIL, MilestoneKind.MECHANISM_UNTIL, Whose.SPAN),
        ("us-tcpa", Right.SMS_STOP, MilestoneKind.CONFIRMATION_TEXT, Whose.SPAN),
        ("us-dnc-internal", Right.DO_NOT_CALL_INTERNAL, MilestoneKind.LASTS_UNTIL, Whose.SPAN),
        ("us-fcra-prescreen", Right.PRESCREEN_OPTOUT, MilestoneKind.TAKES_EFFECT_BY, Whose.SPAN),
        ("us-va-vcdpa", Right.OPTOUT_SALE, MilestoneKind.APPEAL_BY, Whose.MINE),
        ("us-va-vcdpa", Right.OPTOUT_SALE, MilestoneKind.APPEAL_ANSWER_BY, Whose.THEIRS),
        ("mx-lfpdppp", Right.ACCESS, MilestoneKind.COMPLAIN_BY, Whose.MINE),
        ("eu-gdpr", Right.ACCESS, MilestoneKind.AUTHORITY_INFORMS_BY, Whose.THEIRS),
        ("uk-gdpr", Right.ACCESS, MilestoneKind.COMPLAINT_CONFIRMED_BY, Whose.THEIRS),
    ],
)
def test_every_kind_of_date_is_told_apart_and_says_whose_it_is(law, right, kind, whose):
    request = a_request(law, right, sent())
    kinds = {known.kind: known.whose for known in found(request)}

    assert kinds[kind] is whose


@pytest.mark.parametrize("law", [law.id for law in shipped_laws().laws])
def test_every_right_of_every_law_has_milestones_and_each_only_once(law):
    known = shipped_laws().law(LawId(law))
    for offered in known.rights:
        keys = [one.key for one in found(a_request(law, offered.right, sent()))]

        assert len(keys) == len(set(keys)), offered.right


def test_an_extension_that_nobody_announced_is_not_taken_once_the_day_has_passed():
    request = california(sent())
    due = one(request, MilestoneKind.ANSWER_BY).dates.due
    notice, until = (
        one(request, kind) for kind in (MilestoneKind.EXTENSION_NOTICE_BY, MilestoneKind.EXTENDED_UNTIL)
    )

    assert notice.dates.due == due
    assert (notice.state(due), until.state(due)) == (MilestoneState.RUNNING, MilestoneState.NOT_STARTED)
    assert {known.state(date(2027, 6, 1)) for known in (notice, until)} == {MilestoneState.NOT_TAKEN}


def test_an_extension_in_time_with_its_reason_takes_the_place_of_the_first_day():
    notice_on = date(2026, 11, 16)
    request = california(sent(), extended(notice_on))
    first, notice, until = (
        one(request, kind)
        for kind in (
            MilestoneKind.ANSWER_BY,
            MilestoneKind.EXTENSION_NOTICE_BY,
            MilestoneKind.EXTENDED_UNTIL,
        )
    )
    today = date(2026, 11, 22)

    assert (first.state(today), first.dates.due) == (MilestoneState.EXTENDED, date(2026, 12, 4))
    assert (notice.state(today), notice.met_on) == (MilestoneState.MET, notice_on)
    assert (until.state(today), until.doubt) == (MilestoneState.RUNNING, None)
    assert until.dates.due > first.dates.due
    assert until.state(date(2027, 6, 1)) is MilestoneState.MISSED


@pytest.mark.parametrize(
    ("notice", "doubt"),
    [
        (extended(date(2027, 1, 5)), ExtensionDoubt.LATE_NOTICE),
        (extended(date(2026, 11, 16), reason=""), ExtensionDoubt.NO_REASON),
        (extended(date(2026, 11, 16), date(2027, 8, 1)), ExtensionDoubt.BEYOND_MAXIMUM),
    ],
)
def test_a_doubtful_extension_is_possibly_invalid_and_both_days_are_kept(notice, doubt):
    request = california(sent(), notice)
    until = one(request, MilestoneKind.EXTENDED_UNTIL)
    first = one(request, MilestoneKind.ANSWER_BY)

    assert until.doubt is doubt
    assert until.state(date(2027, 1, 6)) is MilestoneState.POSSIBLY_INVALID
    assert until.instead.due == first.dates.due < until.dates.due
    assert first.state(date(2026, 12, 1)) is MilestoneState.RUNNING
    assert first.state(date(2027, 1, 6)) is MilestoneState.GRACE
    assert first.state(date(2027, 6, 1)) is MilestoneState.MISSED


def test_only_a_late_notice_makes_the_notice_itself_doubtful():
    late = one(california(sent(), extended(date(2027, 1, 5))), MilestoneKind.EXTENSION_NOTICE_BY)
    silent = one(
        california(sent(), extended(date(2026, 11, 16), reason="")), MilestoneKind.EXTENSION_NOTICE_BY
    )

    assert late.state(date(2027, 1, 6)) is MilestoneState.POSSIBLY_INVALID
    assert silent.state(date(2027, 1, 6)) is MilestoneState.MET


def test_an_extension_that_the_law_does_not_know_keeps_the_day_that_the_company_named():
    request = california(sent(), extended(date(2026, 11, 3), date(2026, 12, 24)), right=Right.OPTOUT_SALE)
    until = one(request, MilestoneKind.EXTENDED_UNTIL)

    assert until.doubt is ExtensionDoubt.NO_EXTENSION_IN_LAW
    assert until.named_on == date(2026, 12, 24)
    assert until.dates == until.instead
    assert MilestoneKind.EXTENSION_NOTICE_BY not in {known.kind for known in found(request)}


def test_an_appeal_opens_with_the_refusal_and_has_no_day_where_the_law_names_none():
    before = one(virginia(sent()), MilestoneKind.APPEAL_BY)
    after = one(virginia(sent(), refused()), MilestoneKind.APPEAL_BY)
    appealed = one(
        virginia(sent(), refused(), an_event(EventKind.APPEAL_SENT, date(2026, 11, 9))),
        MilestoneKind.APPEAL_BY,
    )
    today = date(2026, 11, 22)

    assert before.state(today) is MilestoneState.NOT_STARTED
    assert (after.state(today), after.dates) == (MilestoneState.NO_DATE, None)
    assert "names no number of days" in after.window
    assert (appealed.state(today), appealed.met_on) == (MilestoneState.MET, date(2026, 11, 9))


def test_a_second_sending_closes_the_appeal_again():
    request = virginia(sent(), refused(), sent(date(2026, 11, 10)))

    assert one(request, MilestoneKind.APPEAL_BY).state(date(2026, 11, 22)) is MilestoneState.NOT_STARTED


def test_where_a_law_has_a_number_for_the_appeal_that_number_is_shown():
    rule = a_rule(
        id=RuleId("test.appeal"),
        rights=(Right.APPEAL,),
        step=Step.COMPLAIN_WINDOW,
        starts_on="decision_communicated",
    )
    request = a_request("us-va-vcdpa", Right.OPTOUT_SALE, sent(), refused())
    clocks = clocks_of(request, (rule,), holiday_book(), conventions())
    [appeal] = milestones_of(request, clocks, Appeal(is_available=True, window="ten days"))

    assert (appeal.kind, appeal.whose) == (MilestoneKind.APPEAL_BY, Whose.MINE)
    assert appeal.dates.due == date(2026, 11, 12)


def test_a_question_that_is_not_answered_stops_the_clock_of_a_british_access_request():
    asked = an_event(EventKind.CLARIFICATION_ASKED, date(2026, 11, 2))
    request = a_request("uk-gdpr", Right.ACCESS, sent(), asked, place="GB-ENG")
    answer = one(request, MilestoneKind.ANSWER_BY)

    assert answer.state(date(2027, 3, 1)) is MilestoneState.PAUSED
    assert answer.clock.paused_since == date(2026, 11, 2)


def test_an_entry_moves_what_a_person_would_see_differently():
    request = california(sent())
    after = california(sent(), extended(date(2026, 11, 16), reason=""))
    moved = {move.after.kind: move for move in moves(found(request), found(after))}

    assert set(moved) == {
        MilestoneKind.ACKNOWLEDGE_BY,
        MilestoneKind.EXTENSION_NOTICE_BY,
        MilestoneKind.EXTENDED_UNTIL,
    }
    assert moved[MilestoneKind.EXTENDED_UNTIL].before.dates is None
    assert moved[MilestoneKind.EXTENDED_UNTIL].after.doubt is ExtensionDoubt.NO_REASON


def test_an_entry_that_says_nothing_about_dates_moves_none():
    request = california(sent())
    after = california(sent(), an_event(EventKind.ASKED_AGAIN, date(2026, 11, 16)))

    assert moves(found(request), found(after)) == ()
