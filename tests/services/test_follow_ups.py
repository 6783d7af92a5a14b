# SPDX-License-Identifier: Apache-2.0
"""Letters that follow a request: when they fit, what they say, and what is recorded when they were sent."""

from __future__ import annotations

from datetime import date

import pytest

from optout_desktop.domain.agenda import NextStep, Urgency
from optout_desktop.domain.errors import NotAllowed
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.requests import EventKind
from optout_desktop.domain.rights import Right
from optout_desktop.services.follow_ups import DETAILS_OF, EVENT_OF
from optout_desktop.services.sending import Way
from tests.services import desks

TODAY = desks.TODAY
LATER = date(2026, 3, 20)


@pytest.fixture
def asked(desk, jane, northwind, clock):
    """Ask under a law, say when it was sent, and go on to a later day."""

    def ask(law, place, *entries, right=Right.ACCESS):
        draft = desk.requests.start(desks.new_request(jane, northwind, law=law, right=right, place=place))
        desk.sending.confirm(draft.id, LetterKind.REQUEST, TODAY, Way.COPY)
        clock.move_to(LATER)
        for entry in entries:
            desk.requests.record(draft.id, entry)
        return draft.id

    return ask


def refused():
    return desks.entry("refused", date(2026, 3, 12))


def body(desk, request, kind):
    return desk.letters.view(request, kind).letter.body


def test_a_refusal_can_be_appealed_where_the_law_gives_an_appeal(desk, asked):
    virginia = asked("us-va-vcdpa", "US-VA", refused())
    gdpr = asked("eu-gdpr", "DE-BY", refused())

    assert desk.letters.follow_ups(virginia)[0] is LetterKind.APPEAL
    assert LetterKind.APPEAL not in desk.letters.follow_ups(gdpr)
    with pytest.raises(NotAllowed, match="An appeal follows a refusal"):
        desk.letters.view(gdpr, LetterKind.APPEAL)


def test_an_appeal_says_what_was_declined_and_by_when_it_must_be_answered(desk, asked):
    request = asked("us-va-vcdpa", "US-VA", refused())
    view = desk.letters.view(request, LetterKind.APPEAL)

    assert "On Thursday 12 March 2026 you declined this request" in view.letter.body
    assert "that no matching record was found" in view.letter.body
    assert "(Va. Code 59.1-577(C))" in view.letter.body
    assert view.answer_by_on == date(2026, 5, 19)
    assert "by Tuesday 19 May 2026 (60 days: Va. Code 59.1-577(C))" in view.letter.body


def test_an_appeal_that_was_sent_waits_for_its_answer_by_the_day_of_the_law(desk, asked):
    request = asked("us-va-vcdpa", "US-VA", refused())
    left = desk.sending.text(desk.letters.view(request, LetterKind.APPEAL))
    row = desk.sending.confirm(request, LetterKind.APPEAL, LATER, Way.COPY)
    detail = desk.requests.detail(request)
    [_, letter] = detail.letters

    assert (detail.request.history[-1].kind, row.due_on) == (EventKind.APPEAL_SENT, date(2026, 5, 19))
    assert (row.urgency(LATER), row.next_step(LATER)) == (Urgency.WAITING, NextStep.RECORD_REPLY)
    assert detail.deadline.rule.id == "va.appeal"
    assert desk.sending.sent_bytes(letter.id).decode() == left


def test_the_company_must_answer_a_complaint_where_the_law_says_so(desk, jane, northwind, clock):
    clock.move_to(date(2026, 7, 1))
    draft = desk.requests.start(
        desks.new_request(jane, northwind, law="uk-gdpr", right=Right.ACCESS, place="GB")
    )
    early = desk.letters.follow_ups(draft.id)
    desk.sending.confirm(draft.id, LetterKind.REQUEST, date(2026, 7, 1), Way.COPY)
    clock.move_to(date(2026, 8, 20))
    view = desk.letters.view(draft.id, LetterKind.COMPLAINT)
    desk.sending.confirm(draft.id, LetterKind.COMPLAINT, date(2026, 8, 20), Way.COPY)
    entry = desk.requests.detail(draft.id).request.history[-1]

    assert early == ()
    assert "An answer was due by" in view.letter.body
    assert "(30 days: DPA 2018 s. 164A(3))" in view.letter.body
    assert (entry.kind, entry.detail("to")) == (EventKind.COMPLAINT_LODGED, "company")


def test_an_extension_can_be_objected_to_only_where_it_is_doubtful(desk, asked):
    silent = asked("eu-gdpr", "DE-BY", desks.entry("extended", date(2026, 3, 12)))
    fair = asked(
        "eu-gdpr",
        "DE-BY",
        desks.entry("extended", date(2026, 3, 12), reason="many requests", until=date(2026, 5, 30)),
        right=Right.DELETE,
    )

    assert LetterKind.EXTENSION_OBJECTION in desk.letters.follow_ups(silent)
    assert "the notice gives no reason" in body(desk, silent, LetterKind.EXTENSION_OBJECTION)
    assert "the answer is due by" in body(desk, silent, LetterKind.EXTENSION_OBJECTION)
    assert LetterKind.EXTENSION_OBJECTION not in desk.letters.follow_ups(fair)


def test_nothing_follows_what_was_never_sent(desk, jane, northwind):
    draft = desk.requests.start(desks.new_request(jane, northwind))

    assert desk.letters.follow_ups(draft.id) == ()
    for kind in LetterKind:
        if kind is not LetterKind.REQUEST:
            with pytest.raises(NotAllowed, match="nothing to remind"):
                desk.letters.view(draft.id, kind)


def test_every_kind_of_letter_has_its_entry():
    assert set(EVENT_OF) == set(LetterKind)
    assert set(DETAILS_OF) < set(LetterKind)


class TestCounterLetters:
    @pytest.mark.parametrize(
        ("entries", "fitting"),
        [
            (("identity_asked",), {LetterKind.COUNTER_IDENTITY}),
            (("form_demanded",), {LetterKind.COUNTER_FORM}),
            (("fee_asked",), {LetterKind.COUNTER_FEE}),
            (("partly_completed",), {LetterKind.COUNTER_PARTIAL}),
            (("identity_asked", "identity_given"), set()),
            (("fee_asked", "fee_paid"), set()),
            (("identity_asked", "fee_asked"), {LetterKind.COUNTER_IDENTITY, LetterKind.COUNTER_FEE}),
            (("refused:no_match",), {LetterKind.COUNTER_NO_DATA}),
            (("refused:claim_not_covered",), {LetterKind.COUNTER_EXEMPT}),
            (("refused:outside_jurisdiction",), {LetterKind.COUNTER_EXEMPT}),
            (("refused:other",), {LetterKind.COUNTER_WRONG_ENTITY, LetterKind.COUNTER_EXEMPT}),
            (("refused:none_given",), {LetterKind.COUNTER_NO_REASON}),
            (("refused:no_match", "complaint_lodged", "refused:none_given"), {LetterKind.COUNTER_NO_REASON}),
            (("refused:no_match", "completed"), {LetterKind.WHAT_WAS_KEPT}),
            (("identity_asked", "completed"), {LetterKind.WHAT_WAS_KEPT}),
            (("completed", "closed"), set()),
        ],
    )
    def test_each_answers_what_the_company_said_and_nothing_that_is_settled(
        self, desk, asked, entries, fitting
    ):
        day = date(2026, 3, 12)
        made = (one.partition(":")[::2] for one in entries)
        request = asked(
            "eu-gdpr",
            "DE-BY",
            *(desks.entry(kind, day, **({"reason": reason} if reason else {})) for kind, reason in made),
        )
        found = [one for one in desk.letters.follow_ups(request) if one is not LetterKind.COUNTER_LANGUAGE]

        assert set(found) == fitting

    def test_any_answer_may_be_in_another_language_and_that_is_offered_last(self, desk, asked):
        silent = asked("eu-gdpr", "DE-BY")
        request = asked("eu-gdpr", "DE-BY", desks.entry("acknowledged", date(2026, 3, 12)))
        refusal = asked("eu-gdpr", "DE-BY", refused())

        assert LetterKind.COUNTER_LANGUAGE not in desk.letters.follow_ups(silent)
        assert desk.letters.follow_ups(request) == (LetterKind.COUNTER_LANGUAGE,)
        assert desk.letters.follow_ups(refusal)[-1] is LetterKind.COUNTER_LANGUAGE

    def test_it_names_the_day_what_was_demanded_and_the_fee_as_it_was_written(self, desk, asked):
        passport = desks.entry("identity_asked", date(2026, 3, 12), details=(("what", "a passport"),))
        fee = desks.entry("fee_asked", date(2026, 3, 13), details=(("amount", "EUR 15"),))
        request = asked("eu-gdpr", "DE-BY", passport, fee)
        identity = desk.letters.view(request, LetterKind.COUNTER_IDENTITY)
        price = desk.letters.view(request, LetterKind.COUNTER_FEE)

        assert (identity.facts.answered_on, identity.facts.demanded) == (date(2026, 3, 12), "a passport")
        assert (price.facts.answered_on, price.facts.fee) == (date(2026, 3, 13), "EUR 15")
        assert "12 March 2026" in identity.letter.body
        assert "EUR 15" in price.letter.body

    def test_one_that_was_sent_is_not_offered_again_until_the_company_asks_again(self, desk, asked):
        request = asked("eu-gdpr", "DE-BY", desks.entry("identity_asked", date(2026, 3, 12)))
        before = desk.requests.detail(request)
        desk.sending.confirm(request, LetterKind.COUNTER_IDENTITY, LATER, Way.COPY)
        after = desk.requests.detail(request)
        sent = desk.letters.follow_ups(request)
        desk.requests.record(request, desks.entry("identity_asked", LATER))

        assert after.request.history[-1].details == (("letter", "counter_identity"),)
        assert (after.overview.status, after.clocks) == (before.overview.status, before.clocks)
        assert LetterKind.COUNTER_IDENTITY not in sent
        assert LetterKind.COUNTER_IDENTITY in desk.letters.follow_ups(request)

    def test_it_never_asks_for_an_answer_by_a_day_that_has_passed(self, desk, asked, clock):
        request = asked("eu-gdpr", "DE-BY", desks.entry("identity_asked", date(2026, 3, 12)))
        in_time = desk.letters.view(request, LetterKind.COUNTER_IDENTITY).facts.answer_by_on
        clock.move_to(date(2026, 6, 1))

        assert in_time is not None
        assert desk.letters.view(request, LetterKind.COUNTER_IDENTITY).facts.answer_by_on is None

    def test_what_does_not_fit_says_why_and_changes_nothing(self, desk, asked):
        request = asked("eu-gdpr", "DE-BY")
        before = desks.digest_of(desk.vault)

        with pytest.raises(NotAllowed, match="has not said, or that was answered"):
            desk.letters.view(request, LetterKind.COUNTER_FORM)
        with pytest.raises(NotAllowed, match="follows a reminder"):
            desk.letters.view(request, LetterKind.SECOND_REMINDER)

        assert desks.digest_of(desk.vault) == before


class TestSecondReminders:
    def test_one_follows_a_plain_reminder_once_the_day_has_passed_and_only_once(self, desk, asked, clock):
        request = asked("eu-gdpr", "DE-BY")
        clock.move_to(date(2026, 5, 4))
        before = desk.letters.follow_ups(request)
        desk.sending.confirm(request, LetterKind.REMINDER, date(2026, 5, 4), Way.COPY)
        clock.move_to(date(2026, 5, 20))
        view = desk.letters.view(request, LetterKind.SECOND_REMINDER)
        desk.sending.confirm(request, LetterKind.SECOND_REMINDER, date(2026, 5, 20), Way.COPY)

        assert LetterKind.SECOND_REMINDER not in before
        assert view.facts.days_late > 0
        assert view.facts.answer_by_on is None
        assert (view.answer_by_on, view.flag_after_on) == (None, None)
        assert LetterKind.SECOND_REMINDER not in desk.letters.follow_ups(request)

    def test_a_counter_letter_is_no_reminder(self, desk, asked, clock):
        request = asked("eu-gdpr", "DE-BY", desks.entry("form_demanded", date(2026, 3, 12)))
        desk.sending.confirm(request, LetterKind.COUNTER_FORM, LATER, Way.COPY)
        clock.move_to(date(2026, 5, 20))

        assert LetterKind.SECOND_REMINDER not in desk.letters.follow_ups(request)
