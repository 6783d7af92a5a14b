# SPDX-License-Identifier: Apache-2.0
"""Journey 9: every clock of a request, from the proof of its arrival to the answer to an appeal.

The real window over a real vault on its own thread. Each entry says what it moves before it is recorded; each
date explains itself; one explanation is kept as a page among the files of the request.
"""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QDate

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.milestones import MilestoneKind
from optout_desktop.domain.requests import EventKind, ProofGrade, RefusalReason, RequestStatus
from optout_desktop.domain.rights import Right
from optout_desktop.gui.why_view import WhyDialog
from optout_desktop.services.companies import CompanyInput
from optout_desktop.services.requests import Entry, NewRequest
from tests.gui.house import unlocked, wait_until

SENT_ON = date(2026, 10, 20)
CLOCKS = 3


@pytest.fixture
def window(application):
    return unlocked(application)


def do(window, job):
    """A job on the vault's thread, and what came of it."""
    came = []
    window.surroundings.tasks.run(window, lambda: job(window.surroundings.desk), came.append)
    wait_until(lambda: bool(came))
    return came[0]


def ask(window, law, right):
    """A request of that right that was sent on 20 October, on screen with its clocks."""

    def job(desk):
        companies = desk.companies.own() or [
            desk.companies.add(CompanyInput(name="Northwind Data", email="privacy@northwind.example"))
        ]
        row = desk.requests.start(
            NewRequest(
                person=desk.people.all()[0].id,
                company=companies[0].id,
                right=right,
                law=LawId(law),
                channel=Channel.EMAIL,
            )
        )
        return desk.requests.record(row.id, Entry(kind=EventKind.SENT, on=SENT_ON)).id

    request = do(window, job)
    window.navigator.show_request(request)
    wait_until(lambda: shown(window) is not None and shown(window).request.id == request)
    window.page.detail_pane.tabs.setCurrentIndex(CLOCKS)
    return request


def shown(window):
    """What the detail shows, or None."""
    pane = getattr(window.page, "detail_pane", None)
    return pane.detail if pane else None


def cards(window):
    return {card.milestone.kind: card for card in window.page.detail_pane.clocks.cards}


def record(window, kind, foreseen, **fields):
    """Choose an entry from a menu, fill its form, read what it will move, save it and see the page follow."""
    page = window.page
    header = page.detail_pane.header
    menus = [button.menu() for button in (header.main, header.reply, header.more) if button.menu()]
    act = next(act for menu in menus for act in menu.actions() if act.objectName() == str(kind))
    act.trigger()
    form = page.doing.dialog
    for name, value in fields.items():
        field = getattr(form, name)
        if isinstance(value, date):
            field.setDate(QDate(value.year, value.month, value.day))
        elif value is True:
            field.setChecked(True)
        else:
            field.setCurrentIndex(field.findData(str(value)))
    wait_until(lambda: foreseen in form.foresight.text)
    before = len(shown(window).request.events)
    form.save.click()
    wait_until(lambda: len(shown(window).request.events) > before)


def explain(window, kind):
    """Open *Why this date?* of a card."""
    page = window.page
    page.doing.dialog = None
    cards(window)[kind].why.click()
    wait_until(lambda: isinstance(page.doing.dialog, WhyDialog) and page.doing.dialog.isVisible())
    return page.doing.dialog


def test_a_proven_arrival_and_an_extension_without_a_reason_show_both_days_and_their_why(window):
    ask(window, "us-ca-ccpa", Right.DELETE)

    assert cards(window)[MilestoneKind.ANSWER_BY].day.text() == "4 Dec 2026"

    record(
        window,
        EventKind.RECEIVED,
        "they must answer by 4 Dec 2026 → 7 Dec 2026",
        day=date(2026, 10, 23),
        proof=ProofGrade.DELIVERY_RECEIPT,
    )
    why = explain(window, MilestoneKind.ANSWER_BY)

    assert "Friday, 23 October 2026 (a delivery receipt proves it)" in why.text
    assert "Due on Monday, 7 December 2026, until the end of the day." in why.text

    why.close()
    record(
        window,
        EventKind.EXTENDED,
        "may not be valid",
        day=date(2026, 11, 16),
        until=date(2027, 1, 15),
        no_reason=True,
    )
    extended = cards(window)[MilestoneKind.EXTENDED_UNTIL]
    header = window.page.detail_pane.header

    assert extended.chip.text() == "May not be valid"
    assert extended.day.text() == header.due.text().removeprefix("Due ")
    assert {"15 Jan 2027", "7 Dec 2026"} <= {
        day for day in ("15 Jan 2027", "7 Dec 2026") if day in extended.day.text()
    }
    assert shown(window).request.status is RequestStatus.EXTENDED

    for kind, card in cards(window).items():
        if card.why is not None:
            dialog = explain(window, kind)
            assert "Where it is written" in dialog.text
            dialog.close()


def test_a_refusal_opens_an_appeal_whose_answer_has_its_day_and_the_page_about_it_is_kept(window):
    request = ask(window, "us-va-vcdpa", Right.OPTOUT_SALE)
    record(
        window,
        EventKind.REFUSED,
        "you may appeal",
        day=date(2026, 11, 2),
        ground=RefusalReason.CLAIM_NOT_COVERED,
        appeal_named="no",
    )

    assert cards(window)[MilestoneKind.APPEAL_BY].chip.text() == "Open to you"
    assert "You can appeal to the company" in window.page.detail_pane.header.status.text()

    record(window, EventKind.APPEAL_SENT, "they must answer your appeal by 8 Jan 2027", day=date(2026, 11, 9))

    assert cards(window)[MilestoneKind.APPEAL_BY].chip.text() == "Met on 9 Nov 2026"
    assert cards(window)[MilestoneKind.APPEAL_ANSWER_BY].day.text() == "8 Jan 2027"

    why = explain(window, MilestoneKind.APPEAL_ANSWER_BY)
    why.keep.click()
    wait_until(lambda: bool(why.told.text()) and len(shown(window).files) == 1)
    [kept] = shown(window).files
    content = do(window, lambda desk: desk.evidence.content(kept.id))
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())

    assert kept.request == request
    assert "Due on Friday, 8 January 2027, until the end of the day." in text
    assert "Page 1 of 1" in text

    why.close()
