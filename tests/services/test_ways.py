# SPDX-License-Identifier: Apache-2.0
"""By which ways a letter can leave: by e-mail, an account, a chat, a call; and what each one keeps."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from optout_desktop.domain.chat_links import LONGEST_TEXT_CHARACTERS
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError
from optout_desktop.domain.letters import LetterKind, Shape
from optout_desktop.domain.people import PersonKind
from optout_desktop.domain.requests import EventKind, ProofGrade
from optout_desktop.domain.rights import Right
from optout_desktop.services.people import PersonInput
from optout_desktop.services.sending import SPOKE_WITH, TICKET, TRACKING, Way, WhyNot
from optout_desktop.services.ways import account_lookup, ways_out
from tests.services import desks, mailrooms

REQUEST, TODAY = LetterKind.REQUEST, desks.TODAY
CHAT = "https://wa.me/12025550100"


def shut(desk, request) -> dict[Way, WhyNot | None]:
    return {one.way: one.why_not for one in desk.sending.ways(desk.letters.view(request))}


@pytest.fixture
def chatty(desk):
    """A company that can be reached by chat and by telephone."""
    return desk.companies.add(
        desks.CompanyInput(
            name="Chatty Inc.",
            email="privacy@chatty.example",
            phone="+1 202 555 0100",
            chat=CHAT,
            country="US",
        )
    )


class TestAccounts:
    def test_the_own_account_is_open_only_where_one_was_set_up(self, desk, draft, jane):
        view, mail = desk.letters.view(draft.id), desks.Mail()
        asked = []

        def has_account(person):
            asked.append(person)
            return True

        with_one = {one.way: one.why_not for one in ways_out(view, desk.letters, mail, has_account)}
        without = {one.way: one.why_not for one in ways_out(view, desk.letters, mail, lambda _: False)}

        assert asked == [jane.id]
        assert (with_one[Way.SMTP], without[Way.SMTP]) == (None, WhyNot.NO_ACCOUNT)

    def test_a_client_is_written_for_through_the_account_of_whoever_writes(self, desk, jane):
        lena = desk.people.add(
            PersonInput(name="Lena", emails=("lena@example.org",), place="DE-BY"), PersonKind.CLIENT
        )
        has_account = account_lookup(desk.vault)
        before = has_account(jane.id), has_account(lena.id)
        mailrooms.add_account(desk, jane)

        assert before == (False, False)
        assert (has_account(jane.id), has_account(lena.id)) == (True, True)

    def test_without_an_address_no_account_helps(self, desk, jane, northwind):
        draft = desk.requests.start(desks.new_request(jane, northwind, channel=Channel.POST))
        view = desk.letters.view(draft.id)
        found = {one.way: one.why_not for one in ways_out(view, desk.letters, desks.Mail(), lambda _: True)}

        assert found[Way.SMTP] is WhyNot.NO_EMAIL_ADDRESS

    def test_what_a_server_took_is_recorded_as_proven_and_cannot_be_undone(self, desk, draft):
        desk.sending.eml(desk.letters.view(draft.id))
        [kept] = desk.sending.made(draft.id)
        before = desk.undoing.view()
        desk.sending.confirm_made(
            kept.id, draft.id, TODAY, grade=ProofGrade.SERVER_ACCEPTED, note="250 2.0.0 queued"
        )
        [event] = desk.requests.detail(draft.id).request.history

        assert (event.grade, event.note) == (ProofGrade.SERVER_ACCEPTED, "250 2.0.0 queued")
        assert event.channel is Channel.EMAIL
        assert desk.undoing.view() == before


class TestChats:
    def test_one_opens_where_the_company_has_one_with_the_short_letter_in_it(self, desk, jane, chatty):
        draft = desk.requests.start(desks.new_request(jane, chatty))
        link = desk.sending.chat(desk.letters.view(draft.id))
        [made] = desk.sending.made(draft.id)
        desk.sending.confirm(draft.id, REQUEST, TODAY, Way.CHAT)
        detail = desk.requests.detail(draft.id)

        assert shut(desk, draft.id)[Way.CHAT] is None
        assert link.startswith("https://wa.me/12025550100?text=")
        assert unquote(link.partition("=")[2]).encode() == desk.sending.sent_bytes(made.id)
        assert len(desk.sending.sent_bytes(made.id).decode()) <= LONGEST_TEXT_CHARACTERS
        assert [one.id for one in detail.letters] == [made.id]
        assert (detail.request.history[-1].channel, detail.letters[0].to_address) == (Channel.CHAT, CHAT)

    def test_there_is_none_without_a_contact(self, desk, draft):
        assert shut(desk, draft.id)[Way.CHAT] is WhyNot.NO_CHAT
        with pytest.raises(InputError):
            desk.sending.chat(desk.letters.view(draft.id))

        assert desk.sending.made(draft.id) == ()

    def test_the_persons_own_words_are_not_cut(self, desk, jane, chatty):
        draft = desk.requests.start(desks.new_request(jane, chatty))
        desk.letters.save(draft.id, REQUEST, "Long", "x" * (LONGEST_TEXT_CHARACTERS + 1))

        assert shut(desk, draft.id)[Way.CHAT] is WhyNot.TOO_LONG_FOR_LINK


class TestCalls:
    def test_a_call_keeps_its_script_and_who_said_what(self, desk, draft):
        script = desk.sending.text(desk.letters.view(draft.id), Shape.SCRIPT)
        details = ((SPOKE_WITH, " Ms. Reyes "), (TICKET, "T-17"), (TRACKING, " "))
        desk.sending.confirm(draft.id, REQUEST, TODAY, Way.CALL, note="Polite.", details=details)
        detail = desk.requests.detail(draft.id)
        [event], [letter] = detail.request.history, detail.letters

        assert shut(desk, draft.id)[Way.CALL] is None
        assert desk.sending.sent_bytes(letter.id).decode() == script
        assert (letter.channel, letter.to_address) == (Channel.CALL, "+12025550100")
        assert (event.channel, event.note) == (Channel.CALL, "Polite.")
        assert event.details == ((SPOKE_WITH, "Ms. Reyes"), (TICKET, "T-17"))

    def test_a_call_that_was_made_without_a_look_at_the_script_keeps_it_all_the_same(self, desk, draft):
        view = desk.letters.view(draft.id)
        desk.sending.confirm(draft.id, REQUEST, TODAY, Way.CALL)
        [letter] = desk.requests.detail(draft.id).letters
        script = desk.letters.shaped(view, Shape.SCRIPT)

        assert letter.letter == script
        assert desk.sending.sent_bytes(letter.id).decode() == script.body

    def test_there_is_none_without_a_number_or_instead_of_a_text_message(self, desk, jane, northwind):
        silent = desk.companies.add(desks.CompanyInput(name="Silent", email="a@silent.example"))
        by_mail = desk.requests.start(desks.new_request(jane, silent))
        by_text = desk.requests.start(
            desks.new_request(jane, northwind, right=Right.SMS_STOP, law="us-tcpa", channel=Channel.SMS)
        )

        assert shut(desk, by_mail.id)[Way.CALL] is WhyNot.NO_PHONE
        assert shut(desk, by_text.id)[Way.CALL] is WhyNot.NOT_A_TEXT_MESSAGE


class TestForms:
    def test_the_short_text_that_was_pasted_last_is_what_is_recorded(self, desk, jane, northwind):
        draft = desk.requests.start(desks.new_request(jane, northwind, channel=Channel.FORM))
        view = desk.letters.view(draft.id)
        whole = desk.sending.text(view)
        short = desk.sending.text(view, Shape.SHORT, 600)
        desk.sending.confirm(draft.id, REQUEST, TODAY, Way.FORM)
        [kept] = desk.requests.detail(draft.id).letters

        assert len(short) <= 600 < len(whole)
        assert desk.sending.sent_bytes(kept.id).decode() == short

    def test_the_persons_own_words_are_theirs_to_shorten(self, desk, jane, northwind):
        draft = desk.requests.start(desks.new_request(jane, northwind, channel=Channel.FORM))
        desk.letters.save(draft.id, REQUEST, "Mine", "My own words. " * 100)

        assert desk.sending.text(desk.letters.view(draft.id), Shape.SHORT, 600) == "My own words. " * 100


class TestRegisteredPost:
    def test_its_number_is_kept_and_its_delivery_proves_the_receipt(self, desk, jane, northwind, clock):
        draft = desk.requests.start(desks.new_request(jane, northwind, channel=Channel.POST))
        page = desk.sending.pdf(desk.letters.view(draft.id), is_registered=True)
        desk.sending.confirm(
            draft.id,
            REQUEST,
            TODAY,
            Way.PDF,
            grade=ProofGrade.REGISTERED_POST,
            details=((TRACKING, "RR 123 US"),),
        )
        delivered = desks.date(2026, 3, 9)
        clock.move_to(delivered)
        desk.sending.confirm_delivery(draft.id, delivered)
        sent, received = desk.requests.detail(draft.id).request.history

        assert page.startswith(b"Registered")
        assert (sent.grade, sent.detail(TRACKING)) == (ProofGrade.REGISTERED_POST, "RR 123 US")
        assert (received.kind, received.on) == (EventKind.RECEIVED, delivered)
        assert (received.grade, received.detail(TRACKING)) == (ProofGrade.REGISTERED_POST, "RR 123 US")
