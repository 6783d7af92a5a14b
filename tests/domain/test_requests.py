# SPDX-License-Identifier: Apache-2.0
"""A request is its entries: which stand, where it stands, what waits, what may come next."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optout_desktop.domain.requests import (
    ALLOWED,
    OPEN_STATUSES,
    Attention,
    EventKind,
    RequestStatus,
    effective,
)
from tests.builders import DAY, a_request, an_event, corrected, sent, taken_back

K, S = EventKind, RequestStatus
LATER = DAY + timedelta(days=3)


def numbered(*events):
    return tuple(replace(event, sequence=number) for number, event in enumerate(events, start=1))


def standing(*events):
    return [event.id for event in effective(numbered(*events))]


class TestWhatStands:
    def test_entries_stand_in_the_order_in_which_they_were_made(self):
        first, second = sent(), an_event(K.ACKNOWLEDGED)

        assert standing(first, second) == [first.id, second.id]

    def test_a_replacement_takes_the_place_of_what_it_corrects(self):
        wrong, reply = sent(), an_event(K.ACKNOWLEDGED, LATER)
        right = corrected(wrong, on=DAY + timedelta(days=1))

        assert standing(wrong, reply, right) == [right.id, reply.id]

    def test_a_replacement_of_a_replacement_keeps_the_first_place(self):
        wrong, reply = sent(), an_event(K.ACKNOWLEDGED, LATER)
        better = corrected(wrong)
        best = corrected(better)

        assert standing(wrong, reply, better, best) == [best.id, reply.id]

    def test_what_was_taken_back_does_not_stand(self):
        event = sent()

        assert standing(event, taken_back(event)) == []

    def test_taking_back_a_correction_brings_the_first_entry_back(self):
        wrong = sent()
        right = corrected(wrong)

        assert standing(wrong, right, taken_back(right)) == [wrong.id]

    @given(st.integers(0, 9))
    def test_undoing_and_redoing_for_ever_alternates(self, times):
        event = sent()
        chain = [event]
        for _ in range(times):
            chain.append(taken_back(chain[-1]))

        assert standing(*chain) == ([event.id] if times % 2 == 0 else [])

    def test_taking_back_the_second_correction_brings_the_first_one_back(self):
        wrong = sent()
        better = corrected(wrong)
        best = corrected(better)

        assert standing(wrong, better, best, taken_back(best)) == [better.id]

    @given(st.data())
    def test_never_do_two_links_of_one_chain_of_corrections_stand(self, data):
        entries, root = [], {}
        for _ in range(data.draw(st.integers(1, 10))):
            stands = effective(numbered(*entries))
            makers = [corrected, taken_back] if stands else []
            make = data.draw(st.sampled_from([None, *makers]))
            target = data.draw(st.sampled_from(stands)) if make else None
            entries.append(make(target) if make else an_event(K.NOTE))
            root[entries[-1].id] = root[target.id] if target else entries[-1].id

        found = effective(numbered(*entries))
        roots = [root[event.id] for event in found]

        assert all(event.kind is not K.TAKEN_BACK for event in found)
        assert len(set(roots)) == len(roots)
        assert roots == [event.id for event in entries if event.id in roots]

    def test_a_letter_is_vouched_for_by_the_correction_of_its_entry(self):
        wrong = sent()
        right = corrected(wrong)

        assert a_request((wrong, right)).vouched() == {wrong.id, right.id}
        assert a_request((wrong, right, taken_back(right))).vouched() == {wrong.id}
        assert a_request((wrong, taken_back(wrong))).vouched() == frozenset()


def told(*kinds):
    return a_request(tuple(an_event(kind, DAY) for kind in kinds))


class TestStatus:
    @pytest.mark.parametrize(
        ("kinds", "status"),
        [
            ((), S.DRAFT),
            ((K.SENT,), S.SENT),
            ((K.SENT, K.RECEIVED, K.NOTE), S.SENT),
            ((K.SENT, K.ACKNOWLEDGED), S.ACKNOWLEDGED),
            ((K.SENT, K.EXTENDED), S.EXTENDED),
            ((K.SENT, K.PARTLY_COMPLETED), S.SENT),
            ((K.SENT, K.COMPLETED), S.COMPLETED),
            ((K.SENT, K.REFUSED), S.REFUSED),
            ((K.SENT, K.COMPLAINT_LODGED), S.ESCALATED),
            ((K.SENT, K.CLOSED), S.CLOSED),
            ((K.CLOSED, K.REOPENED), S.DRAFT),
            ((K.SENT, K.ACKNOWLEDGED, K.CLOSED, K.REOPENED), S.ACKNOWLEDGED),
            ((K.SENT, K.COMPLETED, K.REOPENED), S.SENT),
            ((K.SENT, K.COMPLAINT_LODGED, K.CLOSED, K.REOPENED), S.ESCALATED),
            ((K.SENT, K.REFUSED, K.SENT), S.SENT),
        ],
    )
    def test_it_is_read_off_the_history(self, kinds, status):
        assert told(*kinds).status is status

    def test_the_day_of_sending_is_that_of_the_last_sending(self):
        assert a_request((sent(DAY), an_event(K.REFUSED), sent(LATER))).sent_on == LATER

    def test_a_draft_has_no_day_of_sending(self):
        assert a_request().sent_on is None

    def test_first_and_last_find_standing_entries_only(self):
        first, wrong = an_event(K.NOTE, note="a"), an_event(K.NOTE, note="b")
        request = a_request((first, wrong, taken_back(wrong)))

        assert request.first(K.NOTE).note == "a"
        assert request.last(K.NOTE).note == "a"
        assert request.last(K.SENT) is None

    def test_a_detail_that_was_not_noted_is_empty(self):
        event = an_event(K.FEE_ASKED, details=(("amount", "20 USD"),))

        assert event.detail("amount") == "20 USD"
        assert event.detail("what") == ""


class TestAttention:
    @pytest.mark.parametrize(
        ("kinds", "attention"),
        [
            ((K.SENT,), None),
            ((K.SENT, K.BOUNCED), Attention.DELIVERY_FAILED),
            ((K.SENT, K.BOUNCED, K.SENT), None),
            ((K.SENT, K.ACKNOWLEDGED, K.BOUNCED, K.REMINDER_SENT), None),
            ((K.SENT, K.IDENTITY_ASKED), Attention.NEEDS_ANSWER),
            ((K.SENT, K.IDENTITY_ASKED, K.IDENTITY_GIVEN), None),
            ((K.SENT, K.CLARIFICATION_ASKED, K.CLARIFICATION_RECEIVED), None),
            ((K.SENT, K.FEE_ASKED, K.FEE_PAID), None),
            ((K.SENT, K.FORM_DEMANDED), Attention.NEEDS_ANSWER),
            ((K.SENT, K.IDENTITY_ASKED, K.REFUSED), None),
            ((K.SENT, K.IDENTITY_ASKED, K.COMPLETED, K.REOPENED), None),
            ((K.SENT, K.BOUNCED, K.IDENTITY_ASKED), Attention.DELIVERY_FAILED),
            ((K.SENT, K.IDENTITY_ASKED, K.CLOSED), None),
        ],
    )
    def test_it_says_what_waits_for_the_person(self, kinds, attention):
        assert told(*kinds).attention is attention

    @pytest.mark.parametrize(
        ("asked", "letter", "attention"),
        [
            ((K.IDENTITY_ASKED,), "counter_identity", None),
            ((K.FEE_ASKED,), "counter_fee", None),
            ((K.FORM_DEMANDED,), "counter_form", None),
            ((K.IDENTITY_ASKED,), "counter_fee", Attention.NEEDS_ANSWER),
            ((K.IDENTITY_ASKED, K.FEE_ASKED), "counter_fee", Attention.NEEDS_ANSWER),
            ((K.CLARIFICATION_ASKED,), "counter_identity", Attention.NEEDS_ANSWER),
            ((K.IDENTITY_ASKED,), "second_reminder", Attention.NEEDS_ANSWER),
        ],
    )
    def test_a_counter_letter_answers_its_own_question_and_no_other(self, asked, letter, attention):
        sent = an_event(K.REMINDER_SENT, DAY, details=(("letter", letter),))
        events = (*(an_event(kind, DAY) for kind in (K.SENT, *asked)), sent)

        assert a_request(events).attention is attention

    def test_what_is_asked_again_after_a_counter_letter_waits_again(self):
        countered = an_event(K.REMINDER_SENT, DAY, details=(("letter", "counter_form"),))
        before = (an_event(K.SENT, DAY), an_event(K.FORM_DEMANDED, DAY), countered)

        assert a_request(before).attention is None
        assert a_request((*before, an_event(K.FORM_DEMANDED, DAY))).attention is Attention.NEEDS_ANSWER


class TestWhatMayCome:
    @pytest.mark.parametrize("status", list(S))
    def test_every_status_can_be_left(self, status):
        assert ALLOWED[status]

    def test_nothing_is_ever_taken_back_by_recording_it(self):
        assert not any(K.TAKEN_BACK in kinds for kinds in ALLOWED.values())

    @pytest.mark.parametrize("status", sorted(OPEN_STATUSES))
    def test_an_open_request_can_be_answered_in_every_way(self, status):
        assert {K.COMPLETED, K.REFUSED, K.EXTENDED, K.CLOSED} <= ALLOWED[status]

    def test_what_came_back_can_be_sent_again_whatever_came_before(self):
        request = told(K.SENT, K.ACKNOWLEDGED, K.BOUNCED)

        assert request.allows(K.SENT)
        assert not told(K.SENT, K.ACKNOWLEDGED).allows(K.SENT)

    @pytest.mark.parametrize("reply", [K.ACKNOWLEDGED, K.EXTENDED])
    def test_who_registered_may_do_so_again_whatever_the_register_replied(self, reply):
        registered = replace(told(K.SENT, reply), law="register:list")

        assert registered.allows(K.SENT)
        assert not replace(told(K.SENT, K.CLOSED), law="register:list").allows(K.SENT)

    def test_a_history_holds_when_each_entry_follows_from_those_before(self):
        assert told(K.SENT, K.ACKNOWLEDGED, K.COMPLETED, K.CLOSED, K.REOPENED).first_impossible() is None

    def test_a_reply_without_its_sending_is_found(self):
        sending, reply = sent(), an_event(K.ACKNOWLEDGED)

        assert a_request((sending, reply, taken_back(sending))).first_impossible().id == reply.id

    def test_a_reply_before_its_sending_is_found(self):
        sending, reply = sent(), an_event(K.ACKNOWLEDGED, LATER)
        moved = corrected(sending, on=LATER + timedelta(days=1))

        assert a_request((sending, reply, moved)).first_impossible().id == reply.id

    def test_before_an_entry_the_request_stood_as_its_history_says(self):
        sending, reply = sent(), an_event(K.ACKNOWLEDGED, LATER)
        moved = corrected(sending)
        request = a_request((sending, reply, moved))
        [standing_sending, standing_reply] = request.history

        assert request.before(standing_sending).status is S.DRAFT
        assert request.before(standing_reply).status is S.SENT

    def test_one_more_entry_is_the_last_one(self):
        event = an_event(K.NOTE)

        assert a_request((sent(),)).with_event(event).events[-1] == event
