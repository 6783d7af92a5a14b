# SPDX-License-Identifier: Apache-2.0
"""After the letter: the post's day of delivery, what a company kept, and how the history tells of both."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QDate

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.requests import EventKind, ProofGrade
from optout_desktop.domain.rights import Right
from optout_desktop.gui.labels import visible_controls, without_isolates
from optout_desktop.gui.requests.page import RequestsPage
from optout_desktop.gui.requests.timeline_tab import sentence
from optout_desktop.services.requests import Entry, NewRequest
from optout_desktop.services.sending import Way
from tests.gui.desks import TODAY, open_office

SENT_ON = TODAY - timedelta(days=20)
DONE_ON = TODAY - timedelta(days=8)


@pytest.fixture
def office(tmp_path, tasks):
    open_one = open_office(tmp_path, tasks)
    yield open_one
    open_one.close()


@pytest.fixture
def desk(office):
    return office.desk


@pytest.fixture
def request_of(desk):
    def started(channel=Channel.POST):
        company = desk.companies.named("Northwind Data LLC")
        return desk.requests.start(
            NewRequest(
                person=desk.people.me().id,
                company=company.id,
                right=Right.DELETE,
                law=LawId("us-ca-ccpa"),
                channel=channel,
                to_address=company.contact(channel).value,
                identity=frozenset({IdentityItem.NAME, IdentityItem.EMAIL}),
            )
        ).id

    return started


@pytest.fixture
def posted(request_of, desk):
    request = request_of()
    details = (("tracking", "RR123456789US"),)
    desk.sending.confirm(request, LetterKind.REQUEST, SENT_ON, Way.PDF, details=details)
    return request


@pytest.fixture
def done(request_of, desk):
    request = request_of(Channel.EMAIL)
    desk.sending.confirm(request, LetterKind.REQUEST, SENT_ON, Way.EML)
    desk.requests.record(request, Entry(kind=EventKind.COMPLETED, on=DONE_ON))
    return request


@pytest.fixture
def open_page(office, show):
    def opened(request):
        page = RequestsPage(office.surroundings)
        show(page, 1080, 740)
        page.show_request(request)
        return page.detail_pane

    return opened


def told(desk, request):
    """The history in sentences, without the marks of direction."""
    detail = desk.requests.detail(request)
    return [without_isolates(sentence(line.event, detail)) for line in detail.history]


def test_the_day_of_delivery_is_recorded_with_the_number_of_the_letter(posted, open_page, desk):
    pane = open_page(posted)
    number = pane.letter.delivery.findChildren(type(pane.letter.delivery.record))
    pane.letter.delivery.record.click()
    dialog = pane.letter.dialog
    dialog.day.setDate(QDate(2026, 11, 6))
    prefilled = dialog.number.text()
    dialog.main.click()
    entry = desk.requests.detail(posted).request.last(EventKind.RECEIVED)
    pane.refresh()

    assert number
    assert prefilled == "RR123456789US"
    assert (entry.on, entry.grade) == (date(2026, 11, 6), ProofGrade.REGISTERED_POST)
    assert pane.letter.delivery is None


def test_a_day_of_delivery_before_the_sending_is_refused_at_its_field(posted, open_page, desk):
    pane = open_page(posted)
    pane.letter.delivery.record.click()
    dialog = pane.letter.dialog
    dialog.day.setDate(QDate(2026, 10, 1))
    dialog.main.click()

    assert dialog.errors.isVisible()
    assert desk.requests.detail(posted).request.last(EventKind.RECEIVED) is None
    dialog.reject()


def test_a_mail_asks_for_no_delivery(done, open_page):
    assert open_page(done).letter.delivery is None


def test_after_a_done_one_is_offered_to_ask_what_was_kept(done, open_page, office):
    wanted = []
    office.surroundings.navigator.letter_wanted.connect(lambda one, kind: wanted.append((one, kind)))
    pane = open_page(done)
    pane.letter.kept.ask.click()

    assert wanted == [(done, LetterKind.WHAT_WAS_KEPT)]


def test_the_answer_is_kept_with_its_day_and_the_card_says_until_when(done, open_page, desk):
    desk.sending.confirm(done, LetterKind.WHAT_WAS_KEPT, DONE_ON, Way.COPY)
    pane = open_page(done)
    asked = [line.text() for line in pane.letter.kept.lines]
    pane.letter.kept.answer.click()
    dialog = pane.letter.dialog
    dialog.text.setPlainText("Invoices, for the tax office")
    dialog.has_end.setChecked(True)
    dialog.until.setDate(QDate(2036, 12, 31))
    dialog.main.click()
    pane.refresh()
    lines = [without_isolates(line.text()) for line in pane.letter.kept.lines]

    assert asked == ["You asked on 15 Nov 2026.", "No answer is recorded yet."]
    assert lines == [
        "You asked on 15 Nov 2026.",
        "On 23 Nov 2026 they said that they keep: Invoices, for the tax office",
        "They keep it until 31 Dec 2036.",
    ]


def test_an_empty_answer_is_refused_and_nothing_that_was_typed_is_lost(done, open_page, desk):
    pane = open_page(done)
    pane.letter.kept.answer.click()
    dialog = pane.letter.dialog
    dialog.main.click()

    assert dialog.errors.isVisible()
    assert desk.kept.of(done) is None
    dialog.reject()


def test_a_day_that_has_passed_is_said(done, open_page, desk):
    desk.kept.record(done, DONE_ON, "Copies", DONE_ON)

    assert "should be gone" in open_page(done).letter.kept.lines[-1].text()


def test_the_history_tells_of_the_question_the_answer_and_the_post(done, posted, desk):
    desk.sending.confirm(done, LetterKind.WHAT_WAS_KEPT, DONE_ON, Way.EML)
    desk.kept.record(done, TODAY, "Copies", date(2027, 1, 31))
    desk.sending.confirm_delivery(posted, SENT_ON + timedelta(days=2))

    assert told(desk, done)[-2:] == [
        "You asked by e-mail what was kept",
        "They keep until 31 Jan 2027: Copies",
    ]
    assert told(desk, posted)[0].startswith("Sent by registered mail, number RR123456789US, to ")
    assert told(desk, posted)[1].endswith("the post proves it by number RR123456789US")


def test_the_history_tells_of_a_call_with_whom_and_under_which_number(request_of, desk):
    request = request_of(Channel.EMAIL)
    name = "Ms \u202eGray"
    details = (("spoke_with", name), ("ticket", "T-7"))
    desk.sending.confirm(request, LetterKind.REQUEST, SENT_ON, Way.CALL, details=details)
    [line] = told(desk, request)

    assert line == f"You asked by telephone; you spoke with {visible_controls(name)}; ticket T-7"
