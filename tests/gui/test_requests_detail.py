# SPDX-License-Identifier: Apache-2.0
"""The detail of a request: what it says, what can be recorded, and how a mistake is taken back."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QDate, QMimeData, Qt, QUrl
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton

from optout_desktop.app import House
from optout_desktop.domain.agenda import RequestFilter
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.requests import CloseReason, EventKind, RefusalReason, RequestStatus
from optout_desktop.domain.rights import Right
from optout_desktop.gui.requests.page import RequestsPage
from optout_desktop.gui.surroundings import Navigator, Surroundings
from optout_desktop.services.companies import CompanyInput
from optout_desktop.services.people import PersonInput
from optout_desktop.services.requests import NO_REASON_GIVEN, Entry, NewRequest
from optout_desktop.services.stopped_clock import StoppedClock

TODAY = date(2026, 11, 22)
SENT_ON = date(2026, 10, 13)


@pytest.fixture
def clock():
    return StoppedClock(TODAY)


@pytest.fixture
def desk(tmp_path, clock):
    """A vault with one person, one company and one request under the CCPA, sent on 13 October 2026."""
    house = House(
        vaults=tmp_path / "vaults", settings=tmp_path / "settings.json", handover=tmp_path / "h", clock=clock
    )
    vault = house.vaults.create_sample()
    desk = house.open_desk(vault, clock)
    desk.people.add(PersonInput(name="Jane Example", emails=("jane@example.org",), place="US-CA"))
    desk.companies.add(CompanyInput(name="Northwind Data", email="privacy@northwind.example", country="US"))
    yield desk
    desk.close()


@pytest.fixture
def start(desk):
    """Make a request, and send it unless a draft is wanted."""

    def started(*, is_sent=True, right=Right.OPTOUT_SALE, sent_on=SENT_ON):
        row = desk.requests.start(
            NewRequest(
                person=desk.people.all()[0].id,
                company=desk.companies.own()[0].id,
                right=right,
                law=LawId("us-ca-ccpa"),
                channel=Channel.EMAIL,
            )
        )
        if is_sent:
            desk.sending.confirm_by_way_of(row.id, LetterKind.REQUEST, sent_on)
        return row.id

    return started


@pytest.fixture
def world(desk, tasks):
    """What the page is given, and what came out of it."""
    heard = SimpleNamespace(said=[], copied=[], opened=[], letters=[], drafts=[], errors=[])
    navigator = Navigator()
    navigator.letter_wanted.connect(lambda request, kind: heard.letters.append((request, kind)))
    navigator.draft_wanted.connect(heard.drafts.append)
    heard.surroundings = Surroundings(
        desk=desk,
        tasks=tasks,
        errors=SimpleNamespace(show=lambda error, parent=None: heard.errors.append(error)),
        navigator=navigator,
        opener=SimpleNamespace(open=heard.opened.append),
        clipboard=SimpleNamespace(put=heard.copied.append, clear_if_ours=lambda: None),
        say=heard.said.append,
        say_undoable=heard.said.append,
    )
    return heard


@pytest.fixture
def open_page(world, show):
    def opened(request):
        page = RequestsPage(world.surroundings)
        show(page, 1080, 740)
        page.show_request(request)
        return page

    return opened


def form_of(page, kind):
    page.doing.enter(page.detail_pane.detail, kind)
    return page.doing.dialog


def set_day(field, day):
    field.setDate(QDate(day.year, day.month, day.day))


def status(page):
    return page.detail_pane.detail.request.status


def test_an_overdue_request_says_by_how_much_which_rule_and_what_next_without_accusing(start, open_page):
    page = open_page(start())
    header = page.detail_pane.header
    said = f"{header.notice.late.text()} {header.notice.rule.text()} {header.notice.advice.text()}"

    assert not header.notice.isHidden()
    assert "Overdue by" in said
    assert "may break" in said
    assert "possible breach until you record it" in said
    assert "remind" in said
    assert header.main.text() == "Send reminder"


def test_the_main_button_of_an_overdue_request_opens_the_reminder(start, open_page, world):
    request = start()
    open_page(request).detail_pane.header.press_main()

    assert world.letters == [(request, LetterKind.REMINDER)]


def test_the_main_button_of_a_draft_opens_the_draft(start, open_page, world):
    request = start(is_sent=False)
    page = open_page(request)
    page.detail_pane.header.press_main()

    assert page.detail_pane.header.status.text() == "Not sent yet."
    assert world.drafts == [request]


@pytest.mark.parametrize(
    ("kind", "after"),
    [
        (EventKind.ACKNOWLEDGED, RequestStatus.ACKNOWLEDGED),
        (EventKind.COMPLETED, RequestStatus.COMPLETED),
        (EventKind.PARTLY_COMPLETED, RequestStatus.SENT),
        (EventKind.IDENTITY_ASKED, RequestStatus.SENT),
        (EventKind.CLARIFICATION_ASKED, RequestStatus.SENT),
        (EventKind.FEE_ASKED, RequestStatus.SENT),
        (EventKind.FORM_DEMANDED, RequestStatus.SENT),
        (EventKind.BOUNCED, RequestStatus.SENT),
        (EventKind.RECEIVED, RequestStatus.SENT),
        (EventKind.COMPLAINT_LODGED, RequestStatus.ESCALATED),
    ],
)
def test_a_reply_that_needs_only_a_day_is_recorded_by_its_form(kind, after, start, open_page, world):
    page = open_page(start())
    form = form_of(page, kind)
    form.what.setText("a copy of the passport")
    form.save.click()

    assert status(page) is after
    assert page.detail_pane.detail.request.history[-1].kind is kind
    assert any("was recorded" in words for words in world.said)


def test_an_extension_needs_a_date_and_a_reason_or_no_reason_given(start, open_page, qtbot):
    page = open_page(start())
    form = form_of(page, EventKind.EXTENDED)
    qtbot.waitUntil(form.isActiveWindow)
    set_day(form.day, date(2026, 10, 30))
    form.save.click()

    assert set(form.rows) >= {"until", "reason"}
    assert form.rows["until"].error
    assert form.rows["reason"].error
    assert form.errors.hasFocus()
    assert status(page) is RequestStatus.SENT

    set_day(form.until, date(2026, 12, 10))
    form.no_reason.setChecked(True)
    form.save.click()

    [notice] = [one for one in page.detail_pane.detail.request.history if one.kind is EventKind.EXTENDED]
    assert notice.reason == NO_REASON_GIVEN
    assert notice.until == date(2026, 12, 10)
    assert (
        "may not be valid" in page.detail_pane.header.status.text()
        or page.detail_pane.header.notice.isVisible()
    )


def test_a_refusal_needs_one_of_the_grounds(start, open_page):
    page = open_page(start())
    form = form_of(page, EventKind.REFUSED)
    form.note.setPlainText("They wrote on 20 November.")
    form.save.click()

    assert form.rows["reason"].error
    assert form.note.toPlainText() == "They wrote on 20 November."

    form.ground.setCurrentIndex(form.ground.findData(str(RefusalReason.NO_MATCH)))
    form.save.click()

    assert status(page) is RequestStatus.REFUSED
    assert "No data found about you" in page.detail_pane.header.status.text()


def test_a_day_in_the_future_or_before_the_sending_is_refused_beside_its_field(start, open_page):
    page = open_page(start())
    form = form_of(page, EventKind.ACKNOWLEDGED)
    set_day(form.day, TODAY + timedelta(days=1))
    form.save.click()
    future = form.rows["on"].error
    set_day(form.day, SENT_ON - timedelta(days=1))
    form.save.click()

    assert "in the future" in future
    assert "before the day you sent" in form.rows["on"].error
    assert form.day.day() == SENT_ON - timedelta(days=1)
    form.reject()


def test_closing_asks_why_and_a_closed_request_can_be_reopened(start, open_page):
    page = open_page(start())
    form = form_of(page, EventKind.CLOSED)
    form.save.click()
    missing = form.rows["reason"].error
    form.ground.setCurrentIndex(form.ground.findData(str(CloseReason.GIVEN_UP)))
    form.save.click()
    closed = status(page)
    page.detail_pane.header.press_main()

    assert missing
    assert closed is RequestStatus.CLOSED
    assert status(page) is RequestStatus.SENT


def test_a_wrong_entry_is_corrected_by_a_later_one_and_stays_struck_through(start, open_page):
    page = open_page(start())
    form = form_of(page, EventKind.COMPLETED)
    form.save.click()
    wrong = page.detail_pane.detail.request.history[-1]
    page.detail_pane.timeline.correct_wanted.emit(wrong)
    form = page.doing.dialog
    set_day(form.day, date(2026, 11, 1))
    form.save.click()
    rows = page.detail_pane.timeline.timeline.rows
    struck = [row for row in rows if row.property("struck") == "true"]

    assert page.detail_pane.detail.request.history[-1].on == date(2026, 11, 1)
    assert len(struck) == 1
    assert "No longer stands" in struck[0].accessibleName()


def test_an_entry_can_be_taken_back_and_that_can_be_undone(start, open_page, desk, tasks):
    page = open_page(start())
    form_of(page, EventKind.ACKNOWLEDGED).save.click()
    page.detail_pane.timeline.take_back_wanted.emit(page.detail_pane.detail.request.history[-1])
    after = status(page)
    desk.undoing.undo()
    tasks.announce()

    assert after is RequestStatus.SENT
    assert status(page) is RequestStatus.ACKNOWLEDGED


def test_the_ways_to_change_an_entry_come_up_at_its_button(start, open_page, qtbot):
    page = open_page(start())
    timeline = page.detail_pane.timeline
    button = timeline.timeline.rows[-2].findChild(QPushButton)
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    QTest.keyClick(button, Qt.Key.Key_Space)
    [menu] = [each for each in timeline.findChildren(QMenu) if each.isVisible()]
    across = menu.pos().x()
    menu.close()

    assert across == button.mapToGlobal(button.rect().bottomLeft()).x() > QCursor.pos().x()


def test_the_timeline_is_in_order_of_sequence_and_shows_both_days(start, open_page, clock):
    page = open_page(start())
    form = form_of(page, EventKind.ACKNOWLEDGED)
    set_day(form.day, date(2026, 10, 20))
    form.save.click()
    deadline, first = (row.entry for row in page.detail_pane.timeline.timeline.rows[:2])

    assert first.sentence == "Acknowledged"
    assert first.day == "20 Oct 2026"
    assert "Recorded 22 Nov 2026, " in first.second
    assert "Deadline passed" in deadline.sentence


def test_why_this_date_names_day_0_rule_version_and_each_day_left_out(start, open_page, world):
    page = open_page(start())
    page.detail_pane.header.why.click()
    text = page.doing.dialog.text

    assert "Tuesday, 13 October 2026 is day 0" in text
    assert "15 business days" in text
    assert "Rule: ccpa.optout." in text
    assert "Version in force since" in text
    assert "17 Oct 2026, 18 Oct 2026" in text
    assert "not legal advice" in text
    page.doing.dialog.accept()


def test_why_this_date_tells_a_holiday_by_its_name(start, open_page):
    page = open_page(start(sent_on=date(2026, 10, 28)))
    page.detail_pane.header.why.click()

    assert "Wednesday, 11 November 2026 does not count: Veterans Day" in page.doing.dialog.text
    page.doing.dialog.accept()


def test_the_source_of_a_rule_is_opened_only_after_its_host_was_shown(start, open_page, world, asked):
    page = open_page(start())
    page.detail_pane.header.why.click()
    dialog = page.doing.dialog
    link = next(one.link for one in dialog.sentences if one.link)
    asked.answers.extend([None, "go"])
    button = next(one for one in dialog.findChildren(QPushButton) if "source" in one.text())
    button.click()
    before = list(world.opened)
    button.click()

    assert before == []
    assert world.opened == [link]
    assert link.split("/")[2] in asked.asked[0].title
    dialog.accept()


def test_files_are_added_by_dropping_and_by_the_button_alike(start, open_page, tmp_path, asked):
    page = open_page(start())
    files = page.detail_pane.files
    paths = tuple(tmp_path / name for name in ("mail.eml", "shot.png"))
    for path in paths:
        path.write_bytes(path.name.encode())
    files.drop.files_given.emit(paths)
    asked.answers.append((paths[0],))
    files.drop.button.click()
    names = [row.item.name for row in files.rows]

    assert names == ["mail.eml", "shot.png", "mail.eml"]
    assert all(row.item.sha256[:12] in row.about.text() for row in files.rows)
    assert page.detail_pane.tabs.tabText(2) == "Files (3)"


def test_a_web_address_that_is_dropped_adds_nothing(start, open_page):
    page = open_page(start())
    data = QMimeData()
    data.setUrls([QUrl("https://company.example/proof.png")])
    event = SimpleNamespace(mimeData=lambda: data, setDropAction=lambda _action: None, accept=lambda: None)
    page.detail_pane.files.drop.dropEvent(event)

    assert page.detail_pane.files.rows == []
    assert "Only files from this computer" in page.detail_pane.files.drop.words


def test_a_file_goes_to_the_bin_and_a_copy_of_it_outside(start, open_page, tmp_path, asked):
    page = open_page(start())
    source, copy = tmp_path / "letter.txt", tmp_path / "copy.txt"
    source.write_bytes(b"We refuse.")
    page.detail_pane.files.add((source,))
    asked.answers.append(copy)
    page.detail_pane.files.rows[0].save.click()
    page.detail_pane.files.rows[0].to_bin.click()

    assert copy.read_bytes() == b"We refuse."
    assert page.detail_pane.files.rows == []
    assert page.detail_pane.files.empty.title.text() == "No evidence yet"


def test_notes_save_themselves_and_can_be_undone(start, open_page, desk, tasks, qtbot):
    request = start()
    page = open_page(request)
    page.detail_pane.tabs.setCurrentIndex(4)
    page.detail_pane.notes.edit.setPlainText("Called on Monday.")
    qtbot.waitUntil(lambda: desk.requests.detail(request).note == "Called on Monday.", timeout=5000)
    desk.undoing.undo()
    tasks.announce()

    assert page.detail_pane.notes.edit.toPlainText() == ""


def test_notes_are_kept_when_the_page_is_left(start, open_page, desk):
    request = start()
    page = open_page(request)
    page.detail_pane.tabs.setCurrentIndex(4)
    page.detail_pane.notes.edit.setPlainText("Half a thought")
    page.detail_pane.tabs.setCurrentIndex(0)

    assert desk.requests.detail(request).note == "Half a thought"


def test_a_duplicate_is_a_draft_that_asks_the_same(start, open_page, desk):
    page = open_page(start())
    page.detail_pane.duplicate()

    assert status(page) is RequestStatus.DRAFT
    assert page.detail_pane.detail.request.right is Right.OPTOUT_SALE
    assert len(desk.requests.list(RequestFilter()).rows) == 2


def test_every_control_of_the_detail_has_a_name_of_its_own(start, open_page):
    page = open_page(start())
    form_of(page, EventKind.ACKNOWLEDGED).save.click()
    buttons = [one for one in page.findChildren(QPushButton) if one.isVisible()]
    names = [one.accessibleName() or one.text().replace("&", "") for one in buttons]

    assert all(names)
    assert len(names) == len(set(names))


def test_a_failed_delivery_asks_to_send_again(start, open_page, world, desk):
    request = start()
    desk.requests.record(request, Entry(kind=EventKind.BOUNCED, on=date(2026, 10, 14)))
    page = open_page(request)
    page.detail_pane.header.press_main()

    assert "did not arrive" in page.detail_pane.header.status.text()
    assert world.letters == [(request, LetterKind.REQUEST)]


def test_esc_in_the_detail_leads_back_to_the_same_row_where_room_is_short(start, open_page, qtbot):
    request = start()
    page = open_page(request)
    page.resize(900, 560)
    page.show_request(request)
    was_hidden = page.list_pane.isHidden()
    qtbot.keyClick(page.detail_pane.tabs, Qt.Key.Key_Escape)

    assert was_hidden
    assert not page.list_pane.isHidden()
    assert page.detail_pane.isHidden()
    assert page.list_pane.list.hasFocus()
