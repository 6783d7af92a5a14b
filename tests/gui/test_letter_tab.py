# SPDX-License-Identifier: Apache-2.0
"""The letters of one request: what was made and not sent waits for a word, and what may follow is offered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QPushButton

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.requests import EventKind, RefusalReason, RequestStatus
from optout_desktop.domain.rights import Right
from optout_desktop.gui.requests.page import RequestsPage
from optout_desktop.services.requests import Entry, NewRequest
from tests.gui.desks import TODAY, open_office

SENT_ON = TODAY - timedelta(days=3)


@pytest.fixture
def office(tmp_path, tasks):
    open_one = open_office(tmp_path, tasks)
    yield open_one
    open_one.close()


@pytest.fixture
def desk(office):
    return office.desk


@pytest.fixture
def start(desk):
    def started(law="us-ca-ccpa", right=Right.OPTOUT_SALE):
        me, company = desk.people.all()[0], desk.companies.own()[0]
        new = NewRequest(person=me.id, company=company.id, right=right, law=LawId(law), channel=Channel.EMAIL)
        return desk.requests.start(new).id

    return started


@pytest.fixture
def open_page(office, show):
    def opened(request):
        page = RequestsPage(office.surroundings)
        show(page, 1080, 740)
        page.show_request(request)
        return page

    return opened


def buttons_of(page, beginning):
    found = page.detail_pane.letter.findChildren(QPushButton)
    here = page.detail_pane.letter
    return [one for one in found if one.accessibleName().startswith(beginning) and one.isVisibleTo(here)]


@pytest.fixture
def made(start, desk):
    """A draft whose mail file was handed over, in a run of the app that did not hear more of it."""
    request = start()
    left = desk.sending.eml(desk.letters.view(request))
    return request, left


def test_a_letter_that_was_made_waits_for_a_word_and_is_recorded_byte_for_byte(made, open_page, desk, tasks):
    request, left = made
    page = open_page(request)
    [sent] = buttons_of(page, "I sent it: Made on")
    sent.click()
    [bar] = page.detail_pane.letter.bars.values()
    bar.on.setDate(QDate(SENT_ON.year, SENT_ON.month, SENT_ON.day))
    bar.yes.click()
    tasks.announce()
    detail = desk.requests.detail(request)

    assert (detail.request.status, detail.request.sent_on) == (RequestStatus.SENT, SENT_ON)
    assert desk.sending.sent_bytes(detail.letters[0].id) == left
    assert buttons_of(page, "I sent it") == []


def test_a_letter_that_was_made_can_be_discarded_and_that_be_undone(made, open_page, desk, office, tasks):
    request, _ = made
    page = open_page(request)
    buttons_of(page, "Discard")[0].click()
    tasks.announce()
    gone = desk.sending.made(request), buttons_of(page, "Discard")
    desk.undoing.undo()
    tasks.announce()

    assert gone == ((), [])
    assert len(buttons_of(page, "Discard")) == 1
    assert office.programs.said == ["The letter was put aside as not sent."]


def test_a_refusal_under_a_law_with_an_appeal_offers_its_letter(desk, start, open_page, office, qtbot):
    request = start("us-va-vcdpa", Right.ACCESS)
    desk.sending.confirm_by_way_of(request, LetterKind.REQUEST, SENT_ON)
    desk.requests.record(
        request, Entry(kind=EventKind.REFUSED, on=SENT_ON + timedelta(days=2), reason=RefusalReason.OTHER)
    )
    page = open_page(request)
    here = page.detail_pane.letter
    found = here.findChildren(QPushButton)
    [button] = [one for one in found if one.text() == "Write an appeal…" and one.isVisibleTo(here)]
    with qtbot.waitSignal(office.surroundings.navigator.letter_wanted) as told:
        button.click()

    assert told.args == [request, LetterKind.APPEAL]


def test_a_copy_of_a_made_mail_file_is_the_file_itself(made, open_page, asked, tmp_path):
    request, left = made
    page = open_page(request)
    asked.answers.append(tmp_path / "copy.eml")
    buttons_of(page, "Save a copy")[0].click()

    assert (tmp_path / "copy.eml").read_bytes() == left


def test_a_draft_that_is_copied_is_kept_as_made(start, open_page, desk, office):
    request = start()
    page = open_page(request)
    buttons_of(page, "Copy text: Draft")[0].click()
    [kept] = desk.sending.made(request)

    assert desk.sending.sent_bytes(kept.id).decode() == office.programs.copied[0]
