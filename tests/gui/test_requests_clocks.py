# SPDX-License-Identifier: Apache-2.0
"""Every date of a request at the window: whose it is, how it stands, why, and what an entry would move."""

import subprocess
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDialog, QPushButton, QScrollArea

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.laws import Unit
from optout_desktop.domain.milestones import MilestoneKind, Whose
from optout_desktop.domain.requests import ALLOWED, EventKind, ProofGrade, RefusalReason, RequestStatus
from optout_desktop.domain.rights import Right
from optout_desktop.gui import dialogs
from optout_desktop.gui.requests.entries import menu_words
from optout_desktop.gui.requests.page import RequestsPage
from optout_desktop.services.requests import NO_REASON_GIVEN, Entry, NewRequest
from tests.gui.desks import open_office

SENT_ON = date(2026, 10, 20)


@pytest.fixture
def office(tmp_path, tasks):
    """A desk with one person and one company, on 23 November 2026."""
    office = open_office(tmp_path, tasks)
    yield office
    office.close()


@pytest.fixture
def asked(office):
    """Make a request that was sent on 20 October 2026, with these entries after it."""

    def made(law="us-ca-ccpa", right=Right.DELETE, *entries):
        desk = office.desk
        row = desk.requests.start(
            NewRequest(
                person=desk.people.all()[0].id,
                company=desk.companies.own()[0].id,
                right=right,
                law=LawId(law),
                channel=Channel.EMAIL,
            )
        )
        for entry in (Entry(kind=EventKind.SENT, on=SENT_ON), *entries):
            desk.requests.record(row.id, entry)
        return row.id

    return made


@pytest.fixture
def open_page(office, show):
    """Show the detail of a request; whatever form or explanation is open in the end is closed."""
    pages = []

    def opened(request, width=1080):
        page = RequestsPage(office.surroundings)
        pages.append(page)
        show(page, width, 740)
        page.show_request(request)
        return page

    yield opened
    for page in pages:
        for dialog in page.findChildren(QDialog):
            dialog.close()


REFUSED = Entry(kind=EventKind.REFUSED, on=date(2026, 11, 2), reason=str(RefusalReason.OTHER))
WITHOUT_REASON = Entry(
    kind=EventKind.EXTENDED, on=date(2026, 11, 16), until=date(2027, 1, 10), reason=NO_REASON_GIVEN
)


def cards(page):
    return {card.milestone.kind: card for card in page.detail_pane.clocks.cards}


def said(card):
    return "\n".join(
        (card.title.text(), card.day.text(), card.chip.text(), *(one.text() for one in card.lines))
    )


def form_of(page, kind):
    page.doing.enter(page.detail_pane.detail, kind)
    return page.doing.dialog


def first_line(page):
    """What the timeline says of the latest entry."""
    return next(
        row.accessibleName()
        for row in page.detail_pane.timeline.timeline.rows
        if "Deadline" not in row.accessibleName()
    )


def set_day(field, day):
    field.setDate(QDate(day.year, day.month, day.day))


def foreseen(qtbot, form, wanted):
    """Wait until the form says this among what it would change."""
    qtbot.waitUntil(lambda: wanted in form.foresight.text, timeout=5_000)
    return form.foresight.text


# ── the dates side by side ───────────────────────────────────────────────────────────────────────────


def test_theirs_mine_and_what_lasts_stand_under_headings_of_their_own(asked, open_page):
    page = open_page(asked("us-va-vcdpa", Right.OPTOUT_SALE))
    sections = page.detail_pane.clocks.sections
    kinds = {whose: [card.milestone.kind for card in section.cards] for whose, section in sections.items()}

    assert MilestoneKind.ANSWER_BY in kinds[Whose.THEIRS]
    assert kinds[Whose.MINE] == [MilestoneKind.APPEAL_BY]
    assert sections[Whose.THEIRS].accessibleName() == "What they must do"
    assert sections[Whose.MINE].accessibleName() == "What you may do"
    assert sections[Whose.SPAN].isHidden()


def test_what_runs_stands_before_what_has_not_started(asked, open_page):
    page = open_page(asked("us-va-vcdpa", Right.OPTOUT_SALE))
    chips = [card.chip.text() for card in page.detail_pane.clocks.sections[Whose.THEIRS].cards]

    assert chips == sorted(chips, key=lambda words: words == "Not started")


def test_every_duty_begins_with_they_and_every_chance_with_you(asked, open_page):
    page = open_page(asked("us-va-vcdpa", Right.OPTOUT_SALE, REFUSED))
    found = cards(page)

    assert found[MilestoneKind.ANSWER_BY].title.text().startswith("They")
    assert found[MilestoneKind.APPEAL_BY].title.text().startswith("You may")


def test_an_extension_has_two_lines_of_its_own(asked, open_page):
    found = cards(open_page(asked()))

    assert "4 Dec 2026" in said(found[MilestoneKind.EXTENSION_NOTICE_BY])
    assert "With its reasons." in said(found[MilestoneKind.EXTENSION_NOTICE_BY])
    assert "at most 19 Jan 2027" in said(found[MilestoneKind.EXTENDED_UNTIL])


def test_a_doubtful_extension_shows_both_days_in_the_clocks_and_in_the_head(asked, open_page):
    page = open_page(asked("us-ca-ccpa", Right.DELETE, WITHOUT_REASON))
    card = cards(page)[MilestoneKind.EXTENDED_UNTIL]
    header = page.detail_pane.header

    assert card.chip.text() == "May not be valid"
    assert card.day.text() == "10 Jan 2027, or 4 Dec 2026 if the extension does not hold"
    assert header.due.text() == "Due 10 Jan 2027, or 4 Dec 2026 if the extension does not hold"
    assert "no reason for the extension" in header.doubts.text()
    assert "may not be valid" in header.status.text()


def test_where_a_day_is_uncertain_the_later_one_is_said_too(asked, open_page, office):
    page = open_page(asked("us-ca-ccpa", Right.DELETE, WITHOUT_REASON))

    assert "Due 4 Dec 2026; flagged only after 19 Jan 2027." in said(cards(page)[MilestoneKind.ANSWER_BY])


def test_a_refusal_says_in_the_head_and_in_the_clocks_that_an_appeal_is_open(asked, open_page):
    page = open_page(asked("us-va-vcdpa", Right.OPTOUT_SALE, REFUSED))
    card = cards(page)[MilestoneKind.APPEAL_BY]

    assert "You can appeal to the company" in page.detail_pane.header.status.text()
    assert card.chip.text() == "Open to you"
    assert "names no number of days" in said(card)
    assert card.why is None


def test_every_card_speaks_its_day_and_its_state(asked, open_page):
    page = open_page(asked("us-tcpa", Right.SMS_STOP))

    for card in page.detail_pane.clocks.cards:
        assert card.day.text() in card.accessibleName()
        assert card.chip.text() in card.accessibleName()
    assert "within 5 minutes" in said(cards(page)[MilestoneKind.CONFIRMATION_TEXT])


def test_cards_stand_beside_each_other_where_there_is_room(asked, open_page):
    page = open_page(asked(), 1500)
    page.detail_pane.tabs.setCurrentIndex(3)
    section = page.detail_pane.clocks.sections[Whose.THEIRS]
    section.resize(900, section.height())

    assert len({card.x() for card in section.cards[:3]}) > 1


# ── a newer version of the law ───────────────────────────────────────────────────────────────────────


def test_a_newer_law_is_told_in_the_head_and_in_the_clocks_and_moves_nothing(asked, open_page, office):
    request = asked()
    before = office.desk.requests.detail(request)
    laws = office.desk.requests._assessor._laws
    office.desk.requests._assessor._laws = Longer(laws)
    try:
        page = open_page(request)
        told = [page.detail_pane.header.newer_law, page.detail_pane.clocks.newer_law]

        assert all(not one.isHidden() for one in told)
        assert all(
            "A newer version of this law is known. It moves no date here" in one.text() for one in told
        )
        assert page.detail_pane.detail.deadline.dates == before.deadline.dates
        assert "4 Dec 2026" in said(cards(page)[MilestoneKind.ANSWER_BY])
    finally:
        office.desk.requests._assessor._laws = laws


def test_without_a_newer_law_nothing_is_said_of_one(asked, open_page):
    page = open_page(asked())

    assert page.detail_pane.header.newer_law.isHidden()
    assert page.detail_pane.clocks.newer_law.isHidden()


class Longer:
    """Tomorrow's laws: ten days more for everything."""

    def __init__(self, laws):
        self._laws = laws

    def law(self, law):
        known = self._laws.law(law)
        return replace(known, rules=tuple(map(self._longer, known.rules)))

    def _longer(self, rule):
        if rule.period.unit is not Unit.DAYS:
            return rule
        return replace(rule, period=replace(rule.period, amount=rule.period.amount + 10))


# ── why, on paper ────────────────────────────────────────────────────────────────────────────────────


def explained(page, kind):
    cards(page)[kind].why.click()
    return page.doing.dialog


def test_every_line_of_the_explanation_is_on_the_page_that_is_kept(asked, open_page, office):
    request = asked("us-ca-ccpa", Right.DELETE, WITHOUT_REASON)
    dialog = explained(open_page(request), MilestoneKind.EXTENDED_UNTIL)
    dialog.keep.click()
    [kept] = office.desk.evidence.of(request)
    content = office.desk.evidence.content(kept.id)
    shell = ["pdftotext", "-raw", "-", "-"]
    words = subprocess.run(shell, input=content, capture_output=True, check=True).stdout.decode()
    plain = " ".join(words.split())

    assert kept.name.endswith(".pdf")
    assert "now kept with this request" in dialog.told.text()
    for line in dialog.words().lines:
        assert " ".join(line.text.split()) in plain
    assert "Request of Jane Example to Northwind Data LLC" in plain
    assert "This is information, not legal advice." in plain


def test_the_page_can_be_saved_outside_the_vault_and_that_is_said(asked, open_page, tmp_path, asked_files):
    target = tmp_path / "why.pdf"
    asked_files(target)
    dialog = explained(open_page(asked()), MilestoneKind.ANSWER_BY)
    dialog.save.click()

    assert target.read_bytes().startswith(b"%PDF-")
    assert "not encrypted" in dialog.told.text()


def test_the_explanation_can_be_left_unsaved(asked, open_page, tmp_path, asked_files):
    asked_files(None)
    dialog = explained(open_page(asked()), MilestoneKind.ANSWER_BY)
    dialog.save.click()

    assert dialog.told.text() == ""
    assert list(tmp_path.glob("*.pdf")) == []


@pytest.fixture
def asked_files():
    """Answer the next question for a file."""
    with dialogs.script() as playing:
        yield playing.answers.append


# ── what an entry would move ─────────────────────────────────────────────────────────────────────────


def test_the_form_says_which_day_moves_before_anything_is_recorded(asked, open_page, qtbot):
    page = open_page(asked())
    form = form_of(page, EventKind.RECEIVED)
    set_day(form.day, date(2026, 10, 23))
    form.proof.setCurrentIndex(form.proof.findData(str(ProofGrade.DELIVERY_RECEIPT)))
    text = foreseen(qtbot, form, "4 Dec 2026 → 7 Dec 2026")

    assert "Moves: they must answer by 4 Dec 2026 → 7 Dec 2026." in text
    assert page.detail_pane.detail.request.last(EventKind.RECEIVED) is None


def test_an_extension_without_a_reason_is_said_to_be_doubtful_while_it_is_entered(asked, open_page, qtbot):
    form = form_of(open_page(asked()), EventKind.EXTENDED)
    set_day(form.day, date(2026, 11, 16))
    waiting = form.foresight.text
    set_day(form.until, date(2027, 1, 10))
    form.no_reason.setChecked(True)
    text = foreseen(qtbot, form, "may not be valid")

    assert waiting == "Shown here once the fields above are filled in."
    assert "The notice came in time: it had to come by 4 Dec 2026." in text
    assert "Moves: the company must act by 4 Dec 2026 → 10 Jan 2027." in text
    assert "The company gave no reason" in text
    assert "nobody is called late before the later one" in text


def test_a_day_beyond_the_maximum_is_told_while_it_is_entered(asked, open_page, qtbot):
    form = form_of(open_page(asked()), EventKind.EXTENDED)
    set_day(form.day, date(2026, 11, 16))
    set_day(form.until, date(2027, 6, 1))
    form.reason.setText("Many requests")
    text = foreseen(qtbot, form, "may not be valid")

    assert "named a later day than the law allows" in text
    assert "4 Dec 2026 → 19 Jan 2027" in text


def test_an_extension_that_the_law_does_not_know_leaves_the_day_where_it_is(asked, open_page, qtbot):
    form = form_of(open_page(asked(right=Right.OPTOUT_SALE)), EventKind.EXTENDED)
    set_day(form.day, date(2026, 11, 3))
    set_day(form.until, date(2026, 12, 24))
    form.reason.setText("Many requests")
    text = foreseen(qtbot, form, "may not be valid")

    assert "Stays: the company must act by 10 Nov 2026." in text
    assert "This law knows no extension." in text


def test_a_refusal_says_that_it_opens_the_appeal(asked, open_page, qtbot):
    form = form_of(open_page(asked("us-va-vcdpa", Right.OPTOUT_SALE)), EventKind.REFUSED)
    form.ground.setCurrentIndex(form.ground.findData(str(RefusalReason.OTHER)))
    text = foreseen(qtbot, form, "appeal")

    assert "Starts: you may appeal until (the law names no number of days)." in text
    assert "Met on 23 Nov 2026: they must answer by 4 Dec 2026." in text


def test_an_appeal_starts_the_day_of_its_answer(asked, open_page, qtbot):
    form = form_of(open_page(asked("us-va-vcdpa", Right.OPTOUT_SALE, REFUSED)), EventKind.APPEAL_SENT)
    set_day(form.day, date(2026, 11, 9))
    text = foreseen(qtbot, form, "appeal")

    assert "Starts: they must answer your appeal by 8 Jan 2027." in text


def test_an_entry_about_no_date_says_that_it_moves_none(asked, open_page, qtbot):
    form = form_of(open_page(asked()), EventKind.ASKED_AGAIN)

    assert foreseen(qtbot, form, "no date") == "This changes no date."


def test_a_day_that_cannot_be_is_said_beside_its_field_at_once(asked, open_page):
    form = form_of(open_page(asked()), EventKind.EXTENDED)
    set_day(form.day, date(2026, 11, 30))
    future = form.rows["on"].error
    set_day(form.day, date(2026, 10, 19))
    early = form.rows["on"].error
    set_day(form.day, date(2026, 11, 16))
    healed = form.rows["on"].error
    set_day(form.until, date(2026, 11, 10))

    assert "in the future" in future
    assert "before the day you sent it" in early
    assert healed == ""
    assert "must lie after the day of the notice" in form.rows["until"].error
    assert form.rows["reason"].error == ""


def test_a_demanded_form_says_whether_it_needs_an_account(asked, open_page):
    page = open_page(asked())
    form = form_of(page, EventKind.FORM_DEMANDED)
    form.login.setCurrentIndex(form.login.findData("yes"))
    form.save.click()

    assert page.detail_pane.detail.request.last(EventKind.FORM_DEMANDED).detail("login") == "yes"
    assert "It needs an account." in first_line(page)


def test_a_refusal_says_whether_the_appeal_was_named(asked, open_page):
    page = open_page(asked("us-va-vcdpa", Right.OPTOUT_SALE))
    form = form_of(page, EventKind.REFUSED)
    form.ground.setCurrentIndex(form.ground.findData(str(RefusalReason.OTHER)))
    form.appeal_named.setCurrentIndex(form.appeal_named.findData("no"))
    form.save.click()

    assert page.detail_pane.detail.request.last(EventKind.REFUSED).detail("appeal_named") == "no"
    assert "They did not say how to appeal." in first_line(page)


# ── what can be recorded, from which menu ────────────────────────────────────────────────────────────

_NOT_FROM_A_MENU = {EventKind.SENT, EventKind.REGISTERED}
"""A sending is confirmed where letters are sent; only a register confirms a registration."""
STATUSES = {
    RequestStatus.SENT: (),
    RequestStatus.ACKNOWLEDGED: (Entry(kind=EventKind.ACKNOWLEDGED, on=SENT_ON),),
    RequestStatus.EXTENDED: (WITHOUT_REASON,),
    RequestStatus.COMPLETED: (Entry(kind=EventKind.COMPLETED, on=SENT_ON),),
    RequestStatus.REFUSED: (REFUSED,),
    RequestStatus.ESCALATED: (Entry(kind=EventKind.COMPLAINT_LODGED, on=SENT_ON),),
    RequestStatus.CLOSED: (Entry(kind=EventKind.CLOSED, on=SENT_ON, reason="done"),),
}


def offered(page):
    """The words of everything that the three buttons of the detail offer."""
    header = page.detail_pane.header
    words = [button.text() for button in (header.main,)]
    for button in (header.main, header.reply, header.more):
        if button.menu() is not None and not button.isHidden():
            words += [act.objectName() or act.text() for act in button.menu().actions() if act.isEnabled()]
    return words


@pytest.mark.parametrize("status", STATUSES)
def test_all_that_a_status_allows_can_be_reached_and_nothing_else(status, asked, open_page):
    page = open_page(asked("us-va-vcdpa", Right.OPTOUT_SALE, *STATUSES[status]))
    words = offered(page)
    kinds = {kind for kind in EventKind if str(kind) in words}
    by_name = {
        EventKind.CLOSED: any(one.replace("&", "") in {"Close", "Close…"} for one in words),
        EventKind.REOPENED: any(one.replace("&", "") == "Reopen" for one in words),
    }
    reached = kinds | {kind for kind, is_there in by_name.items() if is_there}

    assert ALLOWED[status] - _NOT_FROM_A_MENU - reached <= ({EventKind.NOTE} & {*ALLOWED[status]})
    assert reached <= ALLOWED[status]


def test_a_registration_is_confirmed_where_a_register_was_asked(asked, open_page):
    page = open_page(asked("us-dnc-registry", Right.DO_NOT_CALL_REGISTRY))

    assert str(EventKind.REGISTERED) in offered(page)


def test_the_menu_of_replies_opens_and_is_walked_by_keys_alone(asked, open_page, qtbot):
    page = open_page(asked())
    menu = page.detail_pane.header.main.menu()
    menu.popup(page.mapToGlobal(page.rect().center()))
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    first = menu.activeAction().objectName()
    qtbot.keyClick(menu, Qt.Key.Key_Return)

    assert first in {str(EventKind.ACKNOWLEDGED), str(EventKind.EXTENDED)}
    assert page.doing.dialog.windowTitle() == menu_words(EventKind(first)).rstrip("…")


def test_every_button_of_the_clocks_has_a_name_of_its_own(asked, open_page):
    page = open_page(asked("us-va-vcdpa", Right.OPTOUT_SALE, REFUSED))
    buttons = [card.findChildren(QPushButton) for card in page.detail_pane.clocks.cards]
    names = [button.accessibleName() for few in buttons for button in few]

    assert names
    assert len(names) == len(set(names))


def test_where_the_head_leaves_little_room_the_chosen_part_comes_up(asked, office, show, qtbot):
    page = RequestsPage(office.surroundings)
    show(page, 904, 420)
    page.show_request(asked("us-ca-ccpa", Right.DELETE, WITHOUT_REASON))
    pane = page.detail_pane
    pane.tabs.setCurrentIndex(3)
    bar = pane.findChildren(QScrollArea)[0].verticalScrollBar()

    qtbot.waitUntil(lambda: bar.value() > 0, timeout=5_000)

    assert pane.tabs.mapTo(pane, pane.tabs.rect().topLeft()).y() < 100
