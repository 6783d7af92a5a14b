# SPDX-License-Identifier: Apache-2.0
"""The dialog that redacts a copy: by mouse and by keyboard, step by step undone, and nothing before something hides."""

import io

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QSpinBox

from optout_desktop.gui import theme as looks
from optout_desktop.gui.redaction.dialog import RedactionDialog, ask
from optout_desktop.gui.redaction.pictures import Box
from optout_desktop.gui.theme import Appearance
from tests.gui.test_redacted_pictures import plain, saved

BOX = Box(left=40, top=30, width=120, height=60)


@pytest.fixture
def image():
    picture = QImage(400, 260, QImage.Format.Format_RGB32)
    picture.fill("#ddeeff")
    return picture


@pytest.fixture
def dialog(show, image):
    made = show(RedactionDialog(image, "OO-7F3K-22", "de"), 1000, 700)
    made.canvas.set_zoom(1.0)
    return made


def drag(canvas, start, end):
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(*start))
    QTest.mouseMove(canvas, QPoint(*end))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(*end))


def type_numbers(dialog, box):
    for spin, number in zip(
        dialog.fields.findChildren(QSpinBox), (box.left, box.top, box.width, box.height), strict=True
    ):
        spin.setFocus()
        spin.selectAll()
        QTest.keyClicks(spin, str(number))


def test_a_copy_is_not_offered_before_something_is_hidden(dialog):
    assert not dialog.finish.isEnabled()
    assert "Black out or crop something first" in dialog.why.text()
    assert dialog.finish.accessibleDescription() == dialog.why.text()


def test_a_drag_with_the_mouse_is_a_black_box(dialog):
    drag(dialog.canvas, (40, 30), (159, 89))

    assert dialog.redaction.boxes == (BOX,)
    assert dialog.finish.isEnabled()
    assert dialog.list.item(0).text() == "1: 120 × 60 at 40, 30"


def test_a_drag_counts_in_pixels_of_the_picture_at_every_zoom(dialog):
    dialog.canvas.set_zoom(2.0)
    drag(dialog.canvas, (80, 60), (319, 179))

    assert dialog.redaction.boxes == (BOX,)


def test_a_drag_from_right_to_left_and_over_the_edge_is_a_box_too(dialog):
    drag(dialog.canvas, (60, 50), (-30, -30))
    [box] = dialog.redaction.boxes

    assert (box.left, box.top) == (0, 0)
    assert box.width in {60, 61}


def test_a_mere_click_hides_nothing(dialog):
    QTest.mouseClick(dialog.canvas, Qt.MouseButton.LeftButton, pos=QPoint(50, 50))

    assert not dialog.redaction.hides_something


def test_the_keyboard_alone_blacks_out_crops_and_finishes(dialog):
    type_numbers(dialog, BOX)
    QTest.keyClick(dialog.add, Qt.Key.Key_Space)
    dialog.crops.setFocus()
    QTest.keyClick(dialog.crops, Qt.Key.Key_Space)
    type_numbers(dialog, Box(left=20, top=10, width=300, height=200))
    QTest.keyClick(dialog.add, Qt.Key.Key_Space)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    copy = dialog.result_picture
    picture = Image.open(io.BytesIO(copy.content)).convert("L")

    assert (copy.width, copy.height) == picture.size == (300, 200)
    assert picture.getpixel((25, 25)) < 120
    assert dialog.redaction.boxes == (BOX,)


def test_every_step_is_undone_by_one_key(dialog):
    drag(dialog.canvas, (40, 30), (159, 89))
    dialog.crops.setChecked(True)
    drag(dialog.canvas, (10, 10), (300, 200))
    dialog.setFocus()
    QTest.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert dialog.redaction.crop is None
    assert dialog.redaction.boxes == (BOX,)

    QTest.keyClick(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert not dialog.redaction.hides_something
    assert not dialog.undo.isEnabled()


def test_a_box_is_removed_by_delete_and_comes_back_by_undo(dialog):
    dialog.apply(BOX)
    dialog.apply(Box(left=200, top=100, width=50, height=50))
    dialog.list.setCurrentRow(0)
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Delete)

    assert [box.left for box in dialog.redaction.boxes] == [200]

    dialog.undo.click()

    assert [box.left for box in dialog.redaction.boxes] == [40, 200]


def test_choosing_a_box_puts_its_numbers_into_the_fields(dialog):
    dialog.apply(BOX)
    dialog.apply(Box(left=200, top=100, width=50, height=50))
    dialog.list.setCurrentRow(0)

    assert dialog.fields.typed() == BOX
    assert dialog.canvas.marked == 0


def test_the_whole_picture_comes_back(dialog):
    dialog.crops.setChecked(True)
    dialog.apply(BOX)
    dialog.whole.click()

    assert dialog.redaction.crop is None
    assert not dialog.finish.isEnabled()


def test_the_preview_is_the_copy_that_will_be_sent(dialog):
    dialog.apply(BOX)
    dialog.preview.setChecked(True)
    dialog.canvas.set_zoom(1.0)
    shown = dialog.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    dialog.finish.click()
    sent = QImage.fromData(dialog.result_picture.content).convertToFormat(QImage.Format.Format_RGB32)

    assert shown.size() == sent.size()
    assert shown == sent


def test_a_preview_is_looked_at_and_not_drawn_on(dialog):
    dialog.apply(BOX)
    dialog.preview.setChecked(True)
    drag(dialog.canvas, (200, 100), (300, 200))

    assert dialog.redaction.boxes == (BOX,)


def test_the_wheel_with_ctrl_and_the_buttons_zoom(dialog):
    dialog.larger.click()
    wheel = QWheelEvent(
        QPointF(50, 50),
        QPointF(dialog.canvas.mapToGlobal(QPoint(50, 50))),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(dialog.canvas, wheel)

    assert dialog.canvas.zoom == pytest.approx(1.25**2)
    assert dialog.canvas.width() == int(400 * 1.25**2)

    dialog.fit_all.click()

    assert dialog.canvas.zoom == pytest.approx(1.0)


def test_a_screen_reader_is_told_what_was_done(dialog, said):
    dialog.apply(BOX)
    dialog.crops.setChecked(True)
    dialog.apply(Box(left=0, top=0, width=300, height=200))
    unnamed = [
        each
        for each in dialog.findChildren(QAbstractButton)
        if each.isVisible() and not (each.text() or each.accessibleName())
    ]

    assert said == ["Blacked out.", "Cropped."]
    assert "Cropped to 300 × 200 pixels." in dialog.canvas.accessibleDescription()
    assert all(spin.accessibleName() for spin in dialog.fields.findChildren(QSpinBox))
    assert unnamed == []


def test_no_two_letters_of_the_keyboard_lead_to_the_same_place(dialog):
    words = [each.text() for each in dialog.findChildren(QAbstractButton)]
    words += ["&Left", "&Top", "&Width", "&Height"]
    letters = [text[text.index("&") + 1].lower() for text in words if "&" in text]

    assert len(letters) == len(set(letters))


@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_the_copy_is_the_same_in_every_theme(show, theme, image, appearance):
    theme.wear(Appearance.LIGHT)
    first = show(RedactionDialog(image, "OO-7F3K-22", "en"))
    first.apply(BOX)
    first.finish.click()
    looks.current().wear(appearance, 2.0)
    second = show(RedactionDialog(image, "OO-7F3K-22", "en"))
    second.apply(BOX)
    second.finish.click()

    assert first.result_picture == second.result_picture


# ── asking ───────────────────────────────────────────────────────────────────────────────────────────


def act_on_dialog(act):
    """Do something with the dialog as soon as it is there."""
    timer = QTimer()
    timer.setInterval(5)

    def look():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, RedactionDialog):
            timer.stop()
            act(dialog)

    timer.timeout.connect(look)
    timer.start()
    return timer


def test_asking_gives_the_finished_copy(tmp_path):
    path = saved(tmp_path / "id.png", plain(), "PNG")

    def redact(dialog):
        dialog.apply(BOX)
        dialog.finish.click()

    timer = act_on_dialog(redact)
    copy = ask(None, path, "OO-7F3K-22", "pl")

    assert not timer.isActive()
    assert (copy.name, copy.media_type) == ("OO-7F3K-22-document.png", "image/png")
    assert Image.open(io.BytesIO(copy.content)).size == (400, 260)


def test_leaving_gives_nothing(tmp_path):
    timer = act_on_dialog(lambda dialog: dialog.reject())

    assert ask(None, saved(tmp_path / "id.png", plain(), "PNG"), "OO-7F3K-22", "en") is None
    assert not timer.isActive()


def test_a_file_that_is_no_picture_is_said_and_nothing_opens(tmp_path, asked):
    path = tmp_path / "id.png"
    path.write_bytes(b"no picture")
    asked.answers.append("close")

    assert ask(None, path, "OO-7F3K-22", "en") is None
    assert "PNG, JPEG or WebP" in asked.asked[0].text
