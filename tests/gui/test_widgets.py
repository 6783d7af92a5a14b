# SPDX-License-Identifier: Apache-2.0
"""The ready-made parts: what they show, say, and do."""

from datetime import UTC, date, datetime

import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.errors import InputError
from optout_desktop.gui import dialogs, wording
from optout_desktop.gui.labels import IconLabel
from optout_desktop.gui.qr_view import QUIET_MODULES
from optout_desktop.gui.theme import Appearance
from optout_desktop.gui.tokens import StatusToken
from optout_desktop.gui.widgets import (
    BusyMark,
    DateField,
    DropArea,
    ElidedLabel,
    EmptyState,
    FieldRow,
    FilterChips,
    FlowLayout,
    FormErrors,
    PageFrame,
    PassphraseField,
    PassphraseRow,
    QrView,
    SearchField,
    StatusChip,
    TaskBarItem,
    Tile,
    Timeline,
    TimelineEntry,
    Toast,
    isolated,
    shown,
    visible_controls,
)


def _name(widget):
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


# words


def test_letters_that_turn_the_reading_direction_become_visible():
    assert visible_controls("evil\u202egpj.exe") == "evil⟨U+202E⟩gpj.exe"


def test_invisible_letters_become_visible():
    assert visible_controls("a\u200bb\U000e0041\x07") == "a⟨U+200B⟩b⟨U+E0041⟩⟨U+0007⟩"


@given(st.text())
def test_no_foreign_text_can_reorder_what_stands_beside_it(text):
    turning = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
    safe = shown(text)

    assert (safe[0], safe[-1]) == ("\u2068", "\u2069")
    assert not turning & set(safe[1:-1])


def test_plain_words_stay_as_they_are():
    assert visible_controls("Müller & Söhne\n北京") == "Müller & Söhne\n北京"
    assert isolated("x") == "\u2068x\u2069"


def test_a_label_that_is_cut_offers_the_whole_on_hovering(show):
    label = show(ElidedLabel("Northwind Data and a very long name indeed"), 60, 30)
    cut = label.toolTip()
    label.resize(900, 30)

    assert cut == "Northwind Data and a very long name indeed"
    assert label.toolTip() == ""
    assert _name(label) == cut


# chips and tiles


@pytest.mark.parametrize("status", StatusToken)
def test_a_chip_is_spoken_by_its_word_and_keeps_it_whole(show, status):
    chip = show(StatusChip("Overdue by 12 days", status))

    assert _name(chip) == "Overdue by 12 days"
    assert chip.minimumSizeHint().width() > chip.fontMetrics().horizontalAdvance("Overdue by 12 days")
    assert chip.sizeHint().height() >= 24


def test_statuses_look_different_in_grey(show):
    pictures = set()
    for status in StatusToken:
        chip = StatusChip("", status)
        chip.resize(chip.sizeHint())
        grey = chip.grab().toImage().convertToFormat(chip.grab().toImage().Format.Format_Grayscale8)
        pictures.add(bytes(grey.constBits()))
        chip.deleteLater()

    assert len(pictures) == len(StatusToken)


def test_a_tile_is_a_button_that_says_its_number(show, qtbot):
    tile = show(Tile("Overdue", StatusToken.OVERDUE))
    tile.show_count(1204, "oldest 12 days")
    with qtbot.waitSignal(tile.clicked):
        QTest.keyClick(tile, Qt.Key.Key_Space)

    assert _name(tile).startswith("Overdue: 1204")
    assert QAccessible.queryAccessibleInterface(tile).role() == QAccessible.Role.Button


def test_a_filter_is_taken_off_by_pressing_it(show, qtbot):
    host = show(QWidget())
    QVBoxLayout(host)
    chips = FilterChips()
    host.layout().addWidget(chips)
    hidden = chips.isHidden()
    chips.set_filters({"ca": "California", "mail": "E-mail"})
    button = chips.findChildren(QPushButton)[1]
    with qtbot.waitSignal(chips.removed) as told:
        button.click()

    assert hidden
    assert told.args == ["mail"]
    assert _name(button) == "Remove filter E-mail"


def test_chips_wrap_where_the_line_ends(show):
    host = show(QWidget(), 200, 200)
    flow = FlowLayout(host)
    for _ in range(6):
        label = QLabel("x")
        label.setFixedSize(60, 20)
        flow.addWidget(label)
        label.show()
    host.layout().activate()

    assert flow.heightForWidth(200) == 48
    assert flow.heightForWidth(1000) == 20
    assert flow.itemAt(3).geometry().topLeft() == QPoint(0, 28)


def test_an_empty_list_says_what_to_do(show):
    done = []
    empty = show(
        EmptyState("No requests yet", "It takes two minutes.", [("New request", lambda: done.append(1))])
    )
    empty.buttons[0].click()

    assert (empty.title.text(), empty.line.text(), done) == ("No requests yet", "It takes two minutes.", [1])


def test_a_page_scrolls_where_the_window_is_small(show):
    content = QWidget()
    content.setMinimumSize(300, 2000)
    page = show(PageFrame("Requests", content), 400, 300)

    assert page.height() == 300
    assert page.title.text() == "Requests"


# fields


@pytest.fixture
def form(show):
    host = QWidget()
    layout = QVBoxLayout(host)
    rows = [
        FieldRow("&Name", QLineEdit("Jane"), "name"),
        FieldRow("&E-mail", QLineEdit("jane@"), "email", "Hint"),
    ]
    errors = FormErrors(rows)
    for each in (errors, *rows):
        layout.addWidget(each)
    show(host)
    return host, errors, rows


def test_a_field_is_named_by_its_label(form):
    _, _, rows = form

    assert _name(rows[0].field) == "Name"
    assert rows[0].label.buddy() is rows[0].field


def test_mistakes_stand_at_the_field_and_in_a_summary_that_takes_the_focus(form, said, qtbot):
    _, errors, rows = form
    errors.show_errors([InputError("email", "The domain is missing.")])
    qtbot.waitUntil(errors.hasFocus)

    assert rows[1].error == "The domain is missing."
    assert rows[1].field.accessibleDescription() == "The domain is missing."
    assert rows[1].field.text() == "jane@"
    assert said == ["Please look at this field again."]
    errors.findChildren(QPushButton)[0].click()
    assert rows[1].field.hasFocus()


def test_mistakes_are_taken_back_when_there_are_none(form):
    _, errors, rows = form
    errors.show_errors([InputError("email", "The domain is missing.")])
    errors.show_errors([])

    assert rows[1].error == ""
    assert errors.isHidden()


def test_a_passphrase_can_be_pasted_and_shown(show):
    field = show(PassphraseField())
    QGuiApplication.clipboard().setText("correct horse battery staple")
    field.paste()
    hidden = field.displayText()
    field.eye.click()

    assert "correct" not in hidden
    assert field.displayText() == "correct horse battery staple"
    assert _name(field.eye) == "Hide passphrase"
    assert min(field.eye.width(), field.eye.height()) >= 24


def test_a_passphrase_that_was_taken_is_gone_from_the_field(show):
    field = show(PassphraseField())
    QTest.keyClicks(field, "staple")
    taken = field.take()
    field.undo()

    assert taken == "staple"
    assert field.text() == ""


def test_after_a_wrong_passphrase_typing_replaces_it(show):
    field = show(PassphraseField())
    field.setText("wrong")
    field.select_again()

    assert field.hasFocus()
    assert field.selectedText() == "wrong"


def test_caps_lock_is_noticed_by_capitals_without_shift(show, said):
    row = show(PassphraseRow("&Passphrase"))
    row.passphrase.setFocus()
    QTest.keyClick(row.passphrase, "A", Qt.KeyboardModifier.ShiftModifier)
    quiet = list(said)
    QTest.keyClick(row.passphrase, "A", Qt.KeyboardModifier.NoModifier)

    assert quiet == []
    assert said == ["Caps Lock seems to be on."]


def test_escape_empties_the_search_first(show):
    field = show(SearchField("Search requests"))
    wanted = []
    field.wanted.connect(wanted.append)
    QTest.keyClicks(field, "no")
    QTest.keyClick(field, Qt.Key.Key_Escape)

    assert wanted == ["n", "no", ""]
    assert _name(field) == "Search requests"


def test_a_date_field_hands_over_the_day_and_none_after_the_latest(show):
    field = show(DateField(date(2026, 11, 20), latest=date(2026, 11, 22)))
    field.setDate(field.date().addDays(30))

    assert field.day() == date(2026, 11, 22)


# toast and long work


def test_an_instant_is_said_as_day_and_time_of_the_clock_on_the_wall():
    noon = datetime(2026, 11, 22, 12, 0).astimezone()
    said = wording.instant(noon.astimezone(UTC))

    assert said == "22 Nov 2026, 12:00"
    assert wording.instant(noon.astimezone(UTC).replace(tzinfo=None)) == said


def test_the_glass_of_a_search_stands_in_the_middle_and_grows_with_the_text(show, theme):
    theme.wear(Appearance.LIGHT, 2.0)
    field = show(SearchField("Search"))
    glass = field.findChild(IconLabel)

    assert abs(glass.geometry().center().y() - field.rect().center().y()) <= 1
    assert glass.width() == 32


def test_a_toast_takes_back_once_and_is_spoken(show, said):
    toast = show(Toast())
    undone = []
    toast.say("Moved to the bin.", lambda: undone.append(1))
    toast.button.click()

    assert undone == [1]
    assert toast.isHidden()
    assert said == ["Moved to the bin. Undo is available."]


def test_a_toast_leaves_by_itself(show, qtbot):
    host = show(QWidget())
    toast = Toast(host)
    toast.say("Saved.", seconds=0.01)
    qtbot.waitUntil(toast.isHidden)

    assert toast.words == "Saved."


def test_a_toast_stands_still_while_it_has_the_focus(show):
    host = show(QWidget())
    toast = Toast(host)
    toast.move(300, 300)  # away from the pointer
    toast.say("Moved to the bin.", lambda: None)
    running = toast.is_paused
    toast.button.setFocus()
    held = toast.is_paused
    host.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    host.setFocus()

    assert (running, held, toast.is_paused) == (False, True, False)


def test_long_work_shows_count_and_time_and_can_be_stopped(show, qtbot):
    now = [0.0]
    item = show(TaskBarItem("Importing mail", lambda: now[0]))
    item.show_progress(1204, 9880)
    early = item.words
    now[0] = 60.0
    item.show_progress(4940, 9880)
    late = item.words
    with qtbot.waitSignal(item.cancelled):
        item.cancel_button.click()

    assert "left" not in early
    assert late.endswith("about 1 min left")
    assert item.words == "Importing mail: stopping…"
    assert _name(item.cancel_button) == "Cancel Importing mail"


def test_short_work_shows_no_mark(show, qtbot):
    host = show(QWidget())
    mark = BusyMark(host)
    mark.begin("Opening…")
    mark.end()
    again = BusyMark(host)
    again.begin("Opening…")
    qtbot.waitUntil(again.isVisible)

    assert mark.isHidden()


# timeline, files, code


def test_the_timeline_speaks_each_row(show):
    opened = []
    timeline = show(Timeline())
    timeline.show_entries(
        [
            TimelineEntry(day="22 Nov", sentence="Deadline passed.", status=StatusToken.OVERDUE),
            TimelineEntry(
                day="20 Oct", sentence="Sent.", second="by e-mail", action=("Open", lambda: opened.append(1))
            ),
        ]
    )
    timeline.rows[1].findChild(QPushButton).click()

    assert [row.accessibleName() for row in timeline.rows] == [
        "22 Nov: Deadline passed.",
        "20 Oct: Sent. by e-mail",
    ]
    assert opened == [1]


def _drop(area, urls):
    data = QMimeData()
    data.setUrls(urls)
    area.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def test_files_are_taken_and_web_addresses_refused(show, tmp_path, said):
    area = show(DropArea("Drop files here.", "&Add file…"))
    given_files = []
    area.files_given.connect(given_files.append)
    file = tmp_path / "mail.eml"
    file.write_text("Subject: hello")
    _drop(area, [QUrl.fromLocalFile(str(file)), QUrl("https://tracker.example/x.png")])
    _drop(area, [QUrl("https://tracker.example/x.png")])

    assert given_files == [(file,)]
    assert area.words.startswith("Only files from this computer")
    assert len(said) == 2


def test_the_button_does_what_dropping_does(show, tmp_path):
    area = show(DropArea("Drop files here.", "&Add file…"))
    given_files = []
    area.files_given.connect(given_files.append)
    with dialogs.script([(tmp_path / "a", tmp_path / "b")]) as playing:
        area.button.click()

    assert given_files == [(tmp_path / "a", tmp_path / "b")]
    assert playing.asked[0].title == "Add file"


def test_a_code_on_screen_can_be_scanned_in_every_theme(show, theme, tmp_path):
    matrix = [[bool(module) for module in row] for row in segno.make("SMSTO:78901:STOP", micro=False).matrix]
    view = show(QrView())
    view.show_code(matrix, "Text STOP to 78901")
    side = view.sizeHint().width()
    view.picture().save(str(tmp_path / "code.png"))
    from PIL import Image

    assert zxingcpp.read_barcodes(Image.open(tmp_path / "code.png"))[0].text == "SMSTO:78901:STOP"
    assert side >= 200
    assert side == view.module_px * (len(matrix) + 2 * QUIET_MODULES)
    assert _name(view) == "Text STOP to 78901"


def test_a_long_mistake_is_told_on_as_many_lines_as_it_needs(form):
    host, errors, _ = form
    host.resize(240, 400)
    errors.show_errors([InputError("email", "The part behind the @ has no domain such as example.org.")])
    QApplication.processEvents()
    [link] = errors.findChildren(QPushButton)

    assert link.width() <= errors.width()
    assert link.height() >= link.heightForWidth(link.width()) > 2 * link.fontMetrics().height()


def test_words_beside_a_button_stand_level_with_it(show):
    host = QWidget()
    flow = FlowLayout(host)
    words, button = QLabel("Did you send it?"), QPushButton("Yes")
    for each in (words, button):
        flow.addWidget(each)
    host.resize(600, 80)
    show(host)

    assert abs(words.geometry().center().y() - button.geometry().center().y()) <= 1


class Windows(QObject):
    """Everything that came up as a window of its own."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def eventFilter(self, watched, event):  # noqa: N802 - Qt's own name
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(watched)
        return False


def test_a_hint_never_comes_up_as_a_window_of_its_own(qapp):
    windows = Windows()
    qapp.installEventFilter(windows)
    row = FieldRow("&Name", QLineEdit(), "name", "As it stands in your passport.")
    qapp.removeEventFilter(windows)

    assert windows.seen == []
    assert not row.isVisible()
