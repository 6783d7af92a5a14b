# SPDX-License-Identifier: Apache-2.0
"""Everything that a person does with a request: it happens wholly or not at all, and can be taken back."""

from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from optout_desktop.domain.agenda import RequestFilter, SortOrder, Urgency
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError, NotAllowed, NotFound
from optout_desktop.domain.ids import CompanyId, LawId, PersonId, RequestId, RuleId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.requests import ALLOWED, EventKind, ProofGrade, RequestStatus
from optout_desktop.domain.rights import Right
from optout_desktop.services.companies import CompanyInput
from optout_desktop.services.sending import Way
from tests.services import desks

TODAY = desks.TODAY
REQUEST = LetterKind.REQUEST


def record(desk, request, kind, on=None, **changes):
    return desk.requests.record(request.id, desks.entry(kind, on or desk.clock.today(), **changes))


def history(desk, request):
    """The entries that stand, a correction in the place of what it corrects."""
    return desk.requests.detail(request.id).request.history


class TestLooking:
    def test_a_list_can_be_the_first_thing_asked(self, desk):
        assert desk.requests.list(RequestFilter()).rows == ()

    def test_a_new_draft_is_listed_and_shown(self, desk, draft):
        listed = desk.requests.list(RequestFilter(), SortOrder.URGENCY)
        detail = desk.requests.detail(draft.id)

        assert desk.requests.page(listed.rows) == (draft,)
        assert listed.groups == ((Urgency.DRAFT, 1),)
        assert detail.overview == draft
        assert (detail.deadline, detail.letters, detail.files, detail.note) == (None, (), (), "")
        assert not detail.has_newer_law

    def test_a_sent_request_has_its_deadline_and_says_why(self, desk, sent_request):
        detail = desk.requests.detail(sent_request.id)
        why = desk.requests.why(sent_request.id, detail.deadline.rule.id)

        assert detail.deadline.dates.due == sent_request.due_on == date(2026, 3, 23)
        assert {line.kind.value for line in why} >= {"rule", "start", "due", "citation"}

    def test_an_unknown_rule_has_no_arithmetic(self, desk, sent_request):
        with pytest.raises(NotFound):
            desk.requests.why(sent_request.id, RuleId("nothing"))

    def test_a_request_is_found_by_its_reference(self, desk, draft):
        assert desk.requests.find(draft.reference.lower()) == draft.id

    @pytest.mark.parametrize("ask", ["detail", "find"])
    def test_what_is_not_there_is_not_found(self, desk, ask):
        with pytest.raises(NotFound, match="No request is called"):
            getattr(desk.requests, ask)(RequestId("nothing"))

    def test_who_asked_before_is_told(self, desk, jane, northwind, draft):
        again = desk.requests.start(desks.new_request(jane, northwind))

        asked = desk.requests.asked_before(jane.id, northwind.id, Right.OPTOUT_SALE)

        assert [row.id for row in asked] == [again.id, draft.id]
        assert desk.requests.asked_before(jane.id, northwind.id, Right.DELETE) == ()

    def test_looking_announces_no_change(self, desk, sent_request):
        told = []
        desk.vault.watch(lambda: told.append("changed"))
        desk.requests.list(RequestFilter(typed="north"))
        desk.requests.detail(sent_request.id)
        desk.requests.asked_before(sent_request.person, sent_request.company, sent_request.right)
        desk.dashboard.today()
        desk.dashboard.due(7)
        desk.letters.view(sent_request.id)
        desk.companies.search("north")
        desk.people.all()
        desk.preferences.all()
        desk.evidence.of(sent_request.id)

        assert told == []

    def test_each_change_is_announced_once(self, desk, sent_request):
        told = []
        desk.vault.watch(lambda: told.append("changed"))
        record(desk, sent_request, "note")

        assert told == ["changed"]


class TestDoing:
    def test_a_draft_takes_the_companys_address_for_its_channel(self, desk, jane, northwind):
        texted = desk.requests.start(desks.new_request(jane, northwind, channel=Channel.SMS))

        assert desk.requests.detail(texted.id).request.to_address == "78901"

    def test_a_draft_can_be_changed_until_it_is_sent(self, desk, jane, northwind, draft):
        changed = desk.requests.change_draft(
            draft.id, desks.new_request(jane, northwind, right=Right.DELETE, channel=Channel.POST)
        )
        record(desk, draft, "sent")

        assert (changed.right, changed.channel) == (Right.DELETE, Channel.POST)
        with pytest.raises(NotAllowed, match="was sent"):
            desk.requests.change_draft(draft.id, desks.new_request(jane, northwind))

    def test_a_corrected_day_of_sending_counts_anew_and_keeps_its_place(self, desk, sent_request, clock):
        clock.move_to(TODAY + timedelta(days=10))
        record(desk, sent_request, "acknowledged")
        wrong = history(desk, sent_request)[0]
        first = desk.requests.correct(
            sent_request.id, wrong.id, desks.entry("sent", TODAY - timedelta(days=1))
        )
        wrong = history(desk, sent_request)[0]
        second = desk.requests.correct(
            sent_request.id, wrong.id, desks.entry("sent", TODAY - timedelta(days=4))
        )

        assert (first.sent_on, second.sent_on) == (TODAY - timedelta(days=1), TODAY - timedelta(days=4))
        assert first.due_on > second.due_on
        assert [event.kind for event in history(desk, sent_request)] == ["sent", "acknowledged"]
        assert second.status is RequestStatus.ACKNOWLEDGED

    def test_a_later_entry_can_be_corrected_after_an_earlier_one_was(self, desk, sent_request):
        reply = record(desk, sent_request, "acknowledged")
        sending, answer = history(desk, sent_request)
        desk.requests.correct(sent_request.id, sending.id, desks.entry("sent", TODAY - timedelta(days=2)))
        fixed = desk.requests.correct(sent_request.id, answer.id, desks.entry("completed", TODAY))

        assert reply.status is RequestStatus.ACKNOWLEDGED
        assert fixed.status is RequestStatus.COMPLETED

    def test_a_sending_in_another_year_takes_the_calendars_of_that_year(self, desk, draft, clock):
        clock.move_to(date(2026, 1, 9))
        record(desk, draft, "sent")
        before = desk.requests.detail(draft.id).request.rules
        wrong = history(desk, draft)[0]
        desk.requests.correct(draft.id, wrong.id, desks.entry("sent", date(2025, 12, 30)))

        assert desk.requests.detail(draft.id).request.rules not in {"", before}

    def test_what_is_taken_back_stays_in_the_record(self, desk, sent_request):
        record(desk, sent_request, "completed")
        wrong = history(desk, sent_request)[-1]
        row = desk.requests.take_back(sent_request.id, wrong.id)
        lines = desk.requests.detail(sent_request.id).history

        assert row.status is RequestStatus.SENT
        assert [(line.event.kind, line.stands) for line in lines] == [
            ("sent", True),
            ("completed", False),
            ("taken_back", False),
        ]

    def test_the_history_is_in_order_of_recording_and_shows_both_days(self, desk, sent_request, clock):
        clock.move_to(TODAY + timedelta(days=9))
        record(desk, sent_request, "note", TODAY + timedelta(days=5))
        record(desk, sent_request, "acknowledged", TODAY + timedelta(days=1))
        events = [line.event for line in desk.requests.detail(sent_request.id).history]

        assert [event.sequence for event in events] == sorted(event.sequence for event in events)
        assert events[1].on == TODAY + timedelta(days=5)
        assert events[1].recorded_at.date() == TODAY + timedelta(days=9)

    def test_what_goes_along_is_kept_with_the_entry_or_not_at_all(self, desk, sent_request):
        before = desks.digest_of(desk.vault)

        def fail(stores):
            stores.facts.put("along", "x")
            raise NotAllowed("No.")

        with pytest.raises(NotAllowed):
            desk.requests.record(sent_request.id, desks.entry("note", TODAY), along=fail)

        assert desks.digest_of(desk.vault) == before

    def test_a_note_has_versions_and_an_unchanged_one_makes_none(self, desk, draft):
        desk.requests.save_note(draft.id, "Called them")
        before = desks.digest_of(desk.vault)
        desk.requests.save_note(draft.id, "Called them")

        assert desks.digest_of(desk.vault) == before
        assert desk.requests.detail(draft.id).note == "Called them"
        assert desk.requests.list(RequestFilter(typed="called")).rows == (draft.row,)

    def test_many_are_binned_in_one_change_and_come_back_in_one(self, desk, jane, northwind, draft):
        other = desk.requests.start(desks.new_request(jane, northwind))
        told = []
        desk.vault.watch(lambda: told.append("changed"))
        desk.requests.bin([draft.id, other.id, draft.id])

        assert desk.requests.list(RequestFilter()).rows == ()
        assert len(desk.requests.list(RequestFilter(is_binned=True)).rows) == 2

        desk.requests.restore([draft.id, other.id])

        assert len(desk.requests.list(RequestFilter()).rows) == 2
        assert told == ["changed", "changed"]

    def test_binning_nothing_leaves_nothing_to_undo(self, desk, draft):
        before = desk.undoing.view()
        desk.requests.restore([draft.id])
        desk.requests.bin([])

        assert desk.undoing.view() == before

    def test_what_a_server_accepted_is_not_in_the_undo_list(self, desk, draft):
        record(desk, draft, "sent", grade=ProofGrade.SERVER_ACCEPTED)

        assert desk.undoing.view().undo[0].value == "request_started"

    def test_undoing_a_draft_never_rewrites_what_was_sent(self, desk, jane, northwind, draft):
        desk.requests.change_draft(draft.id, desks.new_request(jane, northwind, channel=Channel.POST))
        record(desk, draft, "sent", grade=ProofGrade.SERVER_ACCEPTED)
        before = desks.digest_of(desk.vault)

        with pytest.raises(NotAllowed, match="was sent"):
            desk.undoing.undo()

        assert desks.digest_of(desk.vault) == before


IMPOSSIBLE = {
    "sent in the future": ("draft", "sent", {"on": TODAY + timedelta(days=1)}, InputError, "in the future"),
    "a reply before sending": (
        "sent",
        "completed",
        {"on": TODAY - timedelta(days=1)},
        InputError,
        "before the",
    ),
    "a reply to a draft": ("draft", "acknowledged", {}, NotAllowed, "cannot be recorded"),
    "taking back by recording": ("sent", "taken_back", {}, NotAllowed, "cannot be recorded"),
    "reopening what is open": ("sent", "reopened", {}, NotAllowed, "cannot be recorded"),
    "an extension without a date": ("sent", "extended", {"until": None}, InputError, "new date"),
    "an extension to the past": ("sent", "extended", {"until": TODAY}, InputError, "must lie after"),
    "an extension without a reason": ("sent", "extended", {"reason": " "}, InputError, "No reason given"),
    "a refusal without a ground": ("sent", "refused", {"reason": ""}, InputError, "ground"),
    "a refusal with a ground of its own": ("sent", "refused", {"reason": "because"}, InputError, "ground"),
    "closing without a reason": ("sent", "closed", {"reason": ""}, InputError, "why you close"),
}


@pytest.mark.parametrize("case", IMPOSSIBLE.values(), ids=IMPOSSIBLE.keys())
def test_what_cannot_be_is_told_and_changes_nothing(desk, draft, request, case):
    state, kind, changes, error, sentence = case
    if state == "sent":
        request.getfixturevalue("sent_request")
    before, steps = desks.digest_of(desk.vault), desk.undoing.view()

    with pytest.raises(error, match=sentence):
        desk.requests.record(draft.id, replace(desks.entry(kind, TODAY), **changes))

    assert desks.digest_of(desk.vault) == before
    assert desk.undoing.view() == steps


def test_without_an_address_nothing_can_have_been_sent(desk, jane):
    silent = desk.companies.add(CompanyInput(name="Silent Ltd"))
    draft = desk.requests.start(desks.new_request(jane, silent))
    before = desks.digest_of(desk.vault)

    with pytest.raises(InputError, match="no address"):
        record(desk, draft, "sent")

    assert desks.digest_of(desk.vault) == before


UNKNOWN = {
    "law": ({"law": LawId("us-ca-cpa")}, NotFound, "us-ca-ccpa"),
    "right": ({"right": Right.SMS_STOP}, InputError, "no right called sms_stop"),
    "company": ({"company": CompanyId("nobody-at-all")}, NotFound, "No company is called"),
    "person": ({"person": PersonId("nobody")}, NotFound, "No person is called"),
}


@pytest.mark.parametrize("act", ["start", "change_draft"])
@pytest.mark.parametrize("case", UNKNOWN.values(), ids=UNKNOWN.keys())
def test_what_is_unknown_is_told_and_changes_nothing(desk, jane, northwind, draft, act, case):
    changes, error, sentence = case
    new = desks.new_request(jane, northwind, **changes)
    before = desks.digest_of(desk.vault)
    arguments = (new,) if act == "start" else (draft.id, new)

    with pytest.raises(error, match=sentence):
        getattr(desk.requests, act)(*arguments)

    assert desks.digest_of(desk.vault) == before


class TestWhatOthersRestOn:
    def test_a_sending_with_a_reply_cannot_be_taken_back(self, desk, sent_request):
        record(desk, sent_request, "acknowledged")
        sending = history(desk, sent_request)[0]
        before = desks.digest_of(desk.vault)

        with pytest.raises(NotAllowed, match="rests on this one"):
            desk.requests.take_back(sent_request.id, sending.id)

        assert desks.digest_of(desk.vault) == before

    def test_a_sending_cannot_be_moved_behind_its_reply(self, desk, sent_request, clock):
        clock.move_to(TODAY + timedelta(days=9))
        record(desk, sent_request, "acknowledged", TODAY + timedelta(days=3))
        sending = history(desk, sent_request)[0]
        before = desks.digest_of(desk.vault)

        with pytest.raises(NotAllowed, match="acknowledged"):
            desk.requests.correct(sent_request.id, sending.id, desks.entry("sent", TODAY + timedelta(days=4)))

        assert desks.digest_of(desk.vault) == before

    def test_what_no_longer_stands_cannot_be_corrected(self, desk, sent_request):
        record(desk, sent_request, "note")
        wrong = history(desk, sent_request)[-1]
        desk.requests.take_back(sent_request.id, wrong.id)

        with pytest.raises(NotFound, match="No entry of this request"):
            desk.requests.correct(sent_request.id, wrong.id, desks.entry("note", TODAY))


def test_nobody_is_late_before_the_last_defensible_day_has_ended(desk, sent_request, clock):
    clock.move_to(sent_request.flag_after_on)
    on_the_day = desk.dashboard.today().tally.overdue
    clock.move_to(sent_request.flag_after_on + timedelta(days=1))
    after = desk.dashboard.today().tally.overdue

    assert (on_the_day, after) == (0, 1)


@pytest.mark.parametrize("kind", ["identity_asked", "bounced", "refused", "complaint_lodged", "completed"])
def test_who_waits_for_the_person_or_an_authority_is_never_counted_late(desk, sent_request, clock, kind):
    record(desk, sent_request, kind)
    clock.move_to(date(2030, 1, 1))

    assert desk.dashboard.today().tally.overdue == 0


# ── undo: every step restores what was there ────────────────────────────────────────────────────────


def acts(desk, jane, northwind, chance):
    """Things that a person may do now, as jobs that may be refused."""
    rows = desk.requests.page(desk.requests.list(RequestFilter()).rows)
    yield lambda: desk.requests.start(desks.new_request(jane, northwind))
    yield lambda: desk.preferences.put("due_soon_days", chance.randint(3, 14))
    if not rows:
        return
    row = chance.choice(rows)
    detail = desk.requests.detail(row.id)
    standing = [line.event for line in detail.history if line.stands]
    day = desk.clock.today() - timedelta(days=chance.randint(0, 3))
    allowed = sorted(ALLOWED[row.status])
    yield lambda: desk.requests.record(row.id, desks.entry(chance.choice(allowed), day))
    yield lambda: desk.requests.record(row.id, desks.entry("note", day))
    yield lambda: desk.requests.save_note(row.id, f"note {chance.randint(0, 9)}")
    yield lambda: desk.requests.bin([row.id])
    yield lambda: desk.requests.change_draft(
        row.id, desks.new_request(jane, northwind, channel=chance.choice([Channel.POST, Channel.EMAIL]))
    )
    yield lambda: desk.letters.save(row.id, REQUEST, "My subject", f"My words {chance.randint(0, 9)}")
    yield lambda: desk.letters.reset(row.id, REQUEST)
    yield lambda: desk.sending.confirm(row.id, REQUEST, day, Way.COPY)
    yield lambda: desk.sending.confirm(row.id, LetterKind.REMINDER, day, Way.COPY)
    yield lambda: desk.evidence.add_bytes(row.id, "reply.txt", "text/plain", b"bytes")
    for item in detail.files:
        yield lambda item=item: desk.evidence.bin(item.id)
    for event in standing:
        yield lambda event=event: desk.requests.take_back(row.id, event.id)
        yield lambda event=event: desk.requests.correct(row.id, event.id, desks.entry(event.kind, day))


def test_undo_restores_what_was_there_and_redo_what_was_done_in_100_random_sequences(tmp_path):
    refused, done = 0, 0
    for seed in range(100):
        chance = random.Random(seed)  # noqa: S311  # repeatable on purpose
        desk = desks.a_desk(tmp_path / f"{seed}.optout")
        jane, northwind = desks.add_jane(desk), desks.add_northwind(desk)
        desk.requests.start(desks.new_request(jane, northwind))
        seen = [(desks.everything(desk), desk.preferences.all())]
        steps = 0
        for _ in range(6):
            before = desk.undoing.view(), len(desk.undoing._done)
            try:
                chance.choice(list(acts(desk, jane, northwind, chance)))()
            except (NotAllowed, InputError, NotFound):
                refused += 1
                assert (desk.undoing.view(), len(desk.undoing._done)) == before
            if len(desk.undoing._done) > before[1]:
                steps += 1
                seen.append((desks.everything(desk), desk.preferences.all()))
        done += steps
        undone = []
        for _ in range(steps):
            desk.undoing.undo()
            undone.append((without_the_bin(desk), desk.preferences.all()))
        redone = []
        for _ in range(steps):
            desk.undoing.redo()
            redone.append((without_the_bin(desk), desk.preferences.all()))
        with desk.vault.reading() as stores:
            requests = stores.requests.many(stores.requests.ids())
            cached = stores.overviews.page(range(1, 100))
            derived = desk.requests._assessor.derived(stores, requests)
        desk.close()

        assert undone == [(visible(rows), values) for rows, values in reversed(seen[:-1])], seed
        assert redone == [(visible(rows), values) for rows, values in seen[1:]], seed
        assert derived == cached, seed
    assert refused > 30
    assert done > 200


def visible(rows):
    return [row for row in rows if not row[0].is_binned]


def without_the_bin(desk):
    """A request whose start was undone lies in the bin."""
    return visible(desks.everything(desk))


# ── every status only by allowed transitions ────────────────────────────────────────────────────────


class Histories(RuleBasedStateMachine):
    """A person records whatever they like; a model says what must be refused."""

    @initialize()
    def begin(self):
        self.room = tempfile.TemporaryDirectory()
        self.desk = desks.a_desk(Path(self.room.name) / "Personal.optout")
        jane, northwind = desks.add_jane(self.desk), desks.add_northwind(self.desk)
        self.id = self.desk.requests.start(desks.new_request(jane, northwind)).id
        self.reached = {RequestStatus.DRAFT}

    def teardown(self):
        self.desk.close()
        self.room.cleanup()

    def now(self):
        return self.desk.requests.detail(self.id)

    @rule(kind=st.sampled_from([kind for kind in EventKind if kind is not EventKind.TAKEN_BACK]))
    def record(self, kind):
        request = self.now().request
        may = request.allows(kind)
        try:
            after = self.desk.requests.record(self.id, desks.entry(kind, self.desk.clock.today()))
            assert may
            self.reached.add(after.status)
        except NotAllowed:
            assert not may
            assert self.now().request == request

    @rule(days=st.integers(1, 30))
    def wait(self, days):
        self.desk.clock.move_to(self.desk.clock.today() + timedelta(days=days))

    @precondition(lambda self: self.now().request.history)
    @rule(data=st.data(), kind=st.sampled_from([EventKind.SENT, EventKind.COMPLETED, EventKind.CLOSED]))
    def correct(self, data, kind):
        wrong = data.draw(st.sampled_from(self.now().request.history))
        try:
            self.desk.requests.correct(self.id, wrong.id, desks.entry(kind, wrong.on))
        except (NotAllowed, InputError):
            return

    @precondition(lambda self: self.now().request.history)
    @rule(data=st.data())
    def take_back(self, data):
        wrong = data.draw(st.sampled_from(self.now().request.history))
        try:
            self.desk.requests.take_back(self.id, wrong.id)
        except NotAllowed:
            return

    @rule()
    def undo(self):
        if len(self.desk.undoing._done) > 2:
            self.desk.undoing.undo()

    @rule()
    def redo(self):
        self.desk.undoing.redo()

    @invariant()
    def every_entry_follows_from_those_before(self):
        detail = self.now()

        assert detail.request.first_impossible() is None
        assert (detail.overview.status is RequestStatus.DRAFT) == (
            detail.request.status is RequestStatus.DRAFT
        )
        assert (detail.request.rules != "") == (detail.request.sent_on is not None)

    @invariant()
    def the_row_says_what_the_events_say(self):
        with self.desk.vault.reading() as stores:
            [request] = stores.requests.many([self.id])
            [derived] = self.desk.requests._assessor.derived(stores, [request])
            cached = stores.overviews.get(self.id)

        assert derived == cached


Histories.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


class TestEveryStatusIsReachedByAllowedStepsOnly(Histories.TestCase):
    pass


@pytest.mark.parametrize(
    ("kinds", "status"),
    [
        ((), "draft"),
        (("sent",), "sent"),
        (("sent", "acknowledged"), "acknowledged"),
        (("sent", "extended", "extended"), "extended"),
        (("sent", "completed"), "completed"),
        (("sent", "refused"), "refused"),
        (("sent", "complaint_lodged"), "escalated"),
        (("sent", "refused", "complaint_lodged", "completed", "closed"), "closed"),
        (("sent", "acknowledged", "bounced", "sent"), "sent"),
    ],
)
def test_each_status_can_be_reached(desk, draft, kinds, status):
    for kind in kinds:
        record(desk, draft, kind)

    assert desk.requests.detail(draft.id).overview.status == status
