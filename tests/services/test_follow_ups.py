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

    assert desk.letters.follow_ups(virginia) == (LetterKind.APPEAL,)
    assert desk.letters.follow_ups(gdpr) == ()
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

    assert desk.letters.follow_ups(silent) == (LetterKind.EXTENSION_OBJECTION,)
    assert "the notice gives no reason" in body(desk, silent, LetterKind.EXTENSION_OBJECTION)
    assert "the answer is due by" in body(desk, silent, LetterKind.EXTENSION_OBJECTION)
    assert desk.letters.follow_ups(fair) == ()


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
