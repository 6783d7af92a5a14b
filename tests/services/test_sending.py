# SPDX-License-Identifier: Apache-2.0
"""Sending: nothing that leaves the app says that it was sent, and what was sent is kept byte for byte."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from email import message_from_bytes
from pathlib import Path

import pytest

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError, NotAllowed, NotFound
from optout_desktop.domain.letters import LetterKind, RequestFact
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.requests import EventKind, RequestStatus
from optout_desktop.domain.rights import Right
from optout_desktop.services.sending import Way, WhyNot, missing_facts
from tests.services import desks

REQUEST, REMINDER = LetterKind.REQUEST, LetterKind.REMINDER
TODAY = desks.TODAY


@pytest.fixture
def view(desk, draft):
    return desk.letters.view(draft.id)


def shut(desk, view):
    return {way.way: way.why_not for way in desk.sending.ways(view)}


class TestWays:
    def test_the_fitting_way_comes_first_and_closed_ones_last_with_a_reason(self, desk, view):
        ways = desk.sending.ways(view)

        assert ways[0].way is Way.EML
        assert [way.why_not is not None for way in ways] == sorted(way.why_not is not None for way in ways)
        assert shut(desk, view)[Way.QR] is WhyNot.NOT_A_TEXT_MESSAGE
        assert shut(desk, view)[Way.FORM] is WhyNot.NO_FORM

    def test_a_text_message_has_its_code(self, desk, jane, northwind):
        new = desks.new_request(jane, northwind, channel=Channel.SMS, right=Right.SMS_STOP, law="us-tcpa")
        draft = desk.requests.start(new)
        closed = shut(desk, desk.letters.view(draft.id))

        assert closed[Way.QR] is None
        assert closed[Way.PDF] is WhyNot.NOT_A_TEXT_MESSAGE

    def test_an_address_that_was_not_ticked_is_not_sent_from(self, desk, jane, northwind):
        draft = desk.requests.start(
            desks.new_request(jane, northwind, identity=frozenset({IdentityItem.NAME}))
        )

        assert shut(desk, desk.letters.view(draft.id))[Way.EML] is WhyNot.NO_SENDER_ADDRESS

    def test_without_an_address_the_mail_ways_are_closed(self, desk, jane, northwind):
        draft = desk.requests.start(desks.new_request(jane, northwind, channel=Channel.FORM))
        closed = shut(desk, desk.letters.view(draft.id))

        assert closed[Way.EML] is closed[Way.MAILTO] is WhyNot.NO_EMAIL_ADDRESS
        assert closed[Way.FORM] is None

    def test_a_long_letter_is_not_offered_as_a_link(self, desk, draft):
        desk.letters.save(draft.id, REQUEST, "Long", "ü" * 2000)

        assert shut(desk, desk.letters.view(draft.id))[Way.MAILTO] is WhyNot.TOO_LONG_FOR_LINK


def every_way_out(desk, view):
    yield lambda: desk.sending.eml(view)
    yield lambda: desk.sending.pdf(view)
    yield lambda: desk.sending.text(view)
    yield lambda: desk.sending.open_file(view, Way.EML)
    yield lambda: desk.sending.open_file(view, Way.PDF)
    for way in (Way.EML, Way.PDF, Way.COPY):
        yield lambda way=way: desk.sending.save_file(view, way, Path("out"))


def all_but_letters(desk):
    return {name: rows for name, rows in desks.rows_of(desk.vault).items() if name != "letters"}


def test_copying_opening_and_saving_never_say_sent(desk, view):
    before = all_but_letters(desk)
    for go in every_way_out(desk, view):
        go()
    detail = desk.requests.detail(view.request.id)

    assert all_but_letters(desk) == before
    assert (detail.request.status, detail.letters) == (RequestStatus.DRAFT, ())
    assert sorted(kept.way for kept in detail.made) == [Way.COPY, Way.EML, Way.PDF]


def test_a_short_letter_becomes_a_link_and_still_says_nothing_of_sending(desk, draft):
    desk.letters.save(draft.id, REQUEST, "Stop", "Please stop.")
    before = all_but_letters(desk)
    link = desk.sending.link(desk.letters.view(draft.id), has_accepted_notice=True)

    assert link.startswith(("mailto:privacy%40northwind.example", "mailto:privacy@northwind.example"))
    assert all_but_letters(desk) == before


def test_the_draft_mail_is_from_whom_to_whom_and_unsent(desk, view):
    mail = message_from_bytes(desk.sending.eml(view))

    assert mail["X-Unsent"] == "1"
    assert mail["Date"] is None
    assert (mail["From"], mail["To"]) == ('"Jane Example" <jane@example.org>', "privacy@northwind.example")


def test_the_code_holds_number_and_keyword(desk, jane, northwind):
    new = desks.new_request(jane, northwind, channel=Channel.SMS, right=Right.SMS_STOP, law="us-tcpa")
    draft = desk.requests.start(new)
    code = desk.sending.code(desk.letters.view(draft.id))

    assert (code.number, code.keyword, code.payload) == ("78901", "STOP", "SMSTO:78901:STOP")
    assert len(code.modules) == len(code.modules[0]) > 20


def test_a_code_needs_a_number(desk, jane, northwind):
    bare = desk.companies.correct(northwind.id, desks.CompanyInput(name="Bare"))
    new = desks.new_request(jane, bare, channel=Channel.SMS, right=Right.SMS_STOP, law="us-tcpa")
    draft = desk.requests.start(new)

    with pytest.raises(InputError, match="number or short code"):
        desk.sending.code(desk.letters.view(draft.id))


class TestConfirming:
    @pytest.mark.parametrize(("way", "channel"), [(Way.EML, "email"), (Way.PDF, "post"), (Way.COPY, "email")])
    def test_the_exact_bytes_of_that_way_are_kept_with_their_digest(self, desk, view, way, channel):
        handed = {
            Way.EML: desk.sending.eml(view),
            Way.PDF: desk.sending.pdf(view),
            Way.COPY: desk.sending.text(view).encode(),
        }
        row = desk.sending.confirm(view.request.id, REQUEST, TODAY, way)
        [kept] = desk.requests.detail(row.id).letters

        assert row.status is RequestStatus.SENT
        assert desk.sending.sent_bytes(kept.id) == handed[way]
        assert kept.sha256 == hashlib.sha256(handed[way]).hexdigest()
        assert (kept.channel, kept.letter) == (channel, view.letter)

    def test_what_was_pasted_into_a_form_is_what_was_copied(self, desk, jane, northwind):
        draft = desk.requests.start(desks.new_request(jane, northwind, channel=Channel.FORM))
        text = desk.sending.text(desk.letters.view(draft.id))
        desk.sending.confirm(draft.id, REQUEST, TODAY, Way.FORM)
        [kept] = desk.requests.detail(draft.id).letters

        assert desk.sending.sent_bytes(kept.id).decode() == text

    def test_a_text_that_was_changed_after_it_left_is_kept_as_it_left(self, desk, view):
        left = desk.sending.eml(view)
        desk.letters.save(view.request.id, REQUEST, "Later", "Later words")
        desk.sending.confirm(view.request.id, REQUEST, TODAY, Way.EML)
        [kept] = desk.requests.detail(view.request.id).letters

        assert kept.letter == view.letter
        assert desk.sending.sent_bytes(kept.id) == left

    def test_undoing_brings_the_edited_text_back_and_redoing_the_letter(self, desk, draft):
        desk.letters.save(draft.id, REQUEST, "Mine", "My own words")
        desk.sending.confirm(draft.id, REQUEST, TODAY, Way.COPY)
        desk.undoing.undo()
        undone = desk.requests.detail(draft.id).letters, desk.letters.view(draft.id).letter.body
        desk.undoing.redo()
        [kept] = desk.requests.detail(draft.id).letters

        assert undone == ((), "My own words")
        assert kept.letter.body == "My own words"
        assert not desk.letters.view(draft.id).letter.is_edited

    def test_a_correction_of_the_day_keeps_the_letter(self, desk, draft):
        desk.sending.confirm(draft.id, REQUEST, TODAY, Way.COPY)
        [event] = desk.requests.detail(draft.id).request.history
        on = desks.date(2026, 2, 27)
        desk.requests.correct(draft.id, event.id, desks.entry("sent", on, to_address=event.to_address))

        assert len(desk.requests.detail(draft.id).letters) == 1

    def test_a_reminder_is_kept_beside_the_request(self, desk, draft):
        desk.sending.confirm(draft.id, REQUEST, TODAY, Way.COPY)
        desk.sending.confirm_by_way_of(draft.id, REMINDER, TODAY)
        detail = desk.requests.detail(draft.id)

        assert [kept.letter.kind for kept in detail.letters] == [REQUEST, REMINDER]
        assert detail.request.history[-1].kind is EventKind.REMINDER_SENT

    @pytest.mark.parametrize(("kind", "days", "error"), [(REMINDER, 0, NotAllowed), (REQUEST, 1, InputError)])
    def test_what_cannot_have_been_sent_is_told_and_keeps_nothing(self, desk, draft, kind, days, error):
        before = desks.digest_of(desk.vault)
        on = desks.date.fromordinal(TODAY.toordinal() + days)

        with pytest.raises(error):
            desk.sending.confirm(draft.id, kind, on, Way.COPY)

        assert desks.digest_of(desk.vault) == before


class TestMadeAndNotSent:
    @pytest.mark.parametrize(
        "go",
        [
            lambda desk, view: (Way.EML, desk.sending.eml(view)),
            lambda desk, view: (Way.PDF, desk.sending.pdf(view)),
            lambda desk, view: (Way.COPY, desk.sending.text(view).encode()),
        ],
    )
    def test_what_is_kept_is_what_was_handed_over(self, desk, view, go):
        way, left = go(desk, view)
        [kept] = desk.sending.made(view.request.id)

        assert (kept.way, kept.made_on, kept.letter) == (way, TODAY, view.letter)
        assert kept.sha256 == hashlib.sha256(left).hexdigest()
        assert desk.sending.sent_bytes(kept.id) == left

    def test_the_same_bytes_are_kept_once(self, desk, view):
        for _ in range(3):
            desk.sending.eml(view)

        assert len(desk.sending.made(view.request.id)) == 1

    def test_a_code_that_is_shown_again_changes_nothing(self, desk, jane, northwind):
        new = desks.new_request(jane, northwind, channel=Channel.SMS, right=Right.SMS_STOP, law="us-tcpa")
        draft = desk.requests.start(new)
        desk.sending.code(desk.letters.view(draft.id))
        told = []
        desk.vault.watch(lambda: told.append(1))
        desk.sending.code(desk.letters.view(draft.id), "sms")

        assert told == []
        assert [kept.way for kept in desk.sending.made(draft.id)] == [Way.QR]

    def test_a_later_run_records_the_bytes_that_left_in_an_earlier_one(self, folder):
        desk = desks.a_desk(folder)
        jane, northwind = desks.add_jane(desk), desks.add_northwind(desk)
        draft = desk.requests.start(desks.new_request(jane, northwind))
        left = desk.sending.eml(desk.letters.view(draft.id))
        desk.close()
        clock = desks.a_clock(desks.date(2026, 3, 5))
        later = desks.open_desk(desks.reopen(folder), desks.library(), desks.an_outside(clock))
        later.sending.confirm_by_way_of(draft.id, REQUEST, desks.date(2026, 3, 4))
        detail = later.requests.detail(draft.id)
        content = later.sending.sent_bytes(detail.letters[0].id)
        later.close()

        assert [kept.made_on for kept in detail.letters] == [TODAY]
        assert (content, detail.made) == (left, ())

    def test_a_reminder_of_an_earlier_run_keeps_the_day_that_it_was_written_on(self, desk, draft, clock):
        desk.sending.confirm(draft.id, REQUEST, TODAY, Way.COPY)
        clock.move_to(desks.date(2026, 4, 20))
        left = desk.sending.eml(desk.letters.view(draft.id, REMINDER))
        clock.move_to(desks.date(2026, 4, 25))
        desk.sending.confirm(draft.id, REMINDER, desks.date(2026, 4, 21), Way.EML)
        kept = desk.requests.detail(draft.id).letters[-1]

        assert desk.sending.sent_bytes(kept.id) == left
        assert kept.made_on == desks.date(2026, 4, 20)

    def test_whoever_says_sent_without_a_way_means_the_letter_of_the_same_words(self, desk, view):
        left = desk.sending.text(view).encode()
        desk.sending.confirm(view.request.id, REQUEST, TODAY, Way.EML)
        [kept] = desk.requests.detail(view.request.id).letters

        assert desk.sending.sent_bytes(kept.id) == left

    def test_one_of_several_is_sent_and_the_others_are_put_aside_until_that_is_undone(self, desk, view):
        desk.sending.eml(view)
        desk.sending.pdf(view)
        mail, page = desk.sending.made(view.request.id)
        desk.sending.confirm_made(page.id, view.request.id, TODAY)
        sent = desk.requests.detail(view.request.id)
        desk.undoing.undo()
        undone = desk.requests.detail(view.request.id)
        desk.undoing.redo()
        redone = desk.requests.detail(view.request.id)

        assert [kept.id for kept in sent.letters] == [kept.id for kept in redone.letters] == [page.id]
        assert (sent.made, redone.made, undone.letters) == ((), (), ())
        assert {kept.id for kept in undone.made} == {mail.id, page.id}
        assert sent.request.history[-1].channel is Channel.POST

    def test_sent_undone_and_sent_again_is_one_letter(self, desk, view):
        left = desk.sending.eml(view)
        for _ in range(2):
            desk.sending.confirm(view.request.id, REQUEST, TODAY, Way.EML)
            desk.undoing.undo()
        desk.sending.confirm(view.request.id, REQUEST, TODAY, Way.EML)
        [kept] = desk.requests.detail(view.request.id).letters

        assert desk.sending.sent_bytes(kept.id) == left

    def test_a_letter_that_was_discarded_comes_back_by_undo(self, desk, view):
        desk.sending.eml(view)
        [kept] = desk.sending.made(view.request.id)
        desk.sending.discard(kept.id, view.request.id)
        gone = desk.sending.made(view.request.id)
        desk.undoing.undo()

        assert gone == ()
        assert desk.sending.made(view.request.id) == (kept,)

    def test_a_letter_that_nobody_made_can_neither_be_sent_nor_discarded(self, desk, view):
        for go in (
            lambda: desk.sending.confirm_made("nothing", view.request.id, TODAY),
            lambda: desk.sending.discard("nothing", view.request.id),
        ):
            with pytest.raises(NotFound, match="made and not sent"):
                go()


class TestNeededFacts:
    @pytest.fixture
    def asked(self, desk, jane, northwind):
        new = desks.new_request(jane, northwind, right=Right.CORRECT)
        return new, desk.requests.start(new)

    def test_a_correction_that_does_not_say_what_is_wrong_and_right_goes_nowhere(self, desk, asked):
        _, draft = asked
        view = desk.letters.view(draft.id)

        assert set(shut(desk, view).values()) == {WhyNot.FACT_MISSING}
        assert missing_facts(view) == (RequestFact.WRONG_DATA, RequestFact.RIGHT_DATA)
        with pytest.raises(InputError, match="what is wrong"):
            desk.sending.eml(view)

    def test_it_goes_out_once_both_are_said_and_says_them(self, desk, asked):
        new, draft = asked
        told = ((RequestFact.RIGHT_DATA, "I live in Springfield."), (RequestFact.WRONG_DATA, "Shelbyville"))
        desk.requests.change_draft(draft.id, replace(new, facts=told))
        text = desk.sending.text(desk.letters.view(draft.id))

        assert "What is wrong: Shelbyville\nWhat is right: I live in Springfield." in text

    def test_whoever_wrote_the_text_themselves_is_asked_for_nothing(self, desk, asked):
        _, draft = asked
        desk.letters.save(draft.id, REQUEST, "Correct", "My street is not Elm Street but Oak Street.")

        assert missing_facts(desk.letters.view(draft.id)) == ()
        assert "Oak Street" in desk.sending.text(desk.letters.view(draft.id))
