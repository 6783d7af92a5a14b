# SPDX-License-Identifier: Apache-2.0
"""Sending: nothing that leaves the app says that it was sent, and what was sent is kept byte for byte."""

from __future__ import annotations

import hashlib
from email import message_from_bytes
from pathlib import Path

import pytest

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError, NotAllowed
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.requests import EventKind, RequestStatus
from optout_desktop.domain.rights import Right
from optout_desktop.services.sending import Way, WhyNot
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


def test_copying_opening_and_saving_never_say_sent(desk, view):
    before = desks.digest_of(desk.vault)
    for go in every_way_out(desk, view):
        go()

    assert desks.digest_of(desk.vault) == before


def test_a_short_letter_becomes_a_link_and_still_says_nothing_of_sending(desk, draft):
    desk.letters.save(draft.id, REQUEST, "Stop", "Please stop.")
    before = desks.digest_of(desk.vault)
    link = desk.sending.link(desk.letters.view(draft.id), has_accepted_notice=True)

    assert link.startswith(("mailto:privacy%40northwind.example", "mailto:privacy@northwind.example"))
    assert desks.digest_of(desk.vault) == before


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
