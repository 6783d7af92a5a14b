# SPDX-License-Identifier: Apache-2.0
"""Questions, and the files that people choose."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from optout_desktop.gui import dialogs
from optout_desktop.gui.dialogs import Asked, Kind, Verb

SEND = Verb(key="send", words="&Send")
DELETE = Verb(key="delete", words="&Delete for ever", is_destructive=True)


def test_a_script_answers_in_order_and_keeps_what_was_asked():
    with dialogs.script(["send", None, Path("/a.eml")]) as playing:
        answers = (
            dialogs.choose(None, "Send it?", "To Northwind.", [SEND]),
            dialogs.choose(None, "Send it?", "", [SEND]),
            dialogs.open_file(None, "Add file"),
        )

    assert answers == ("send", None, Path("/a.eml"))
    assert [each.kind for each in playing.asked] == [Kind.CHOOSE, Kind.CHOOSE, Kind.OPEN_FILES]
    assert playing.asked[0].text == "To Northwind."


def test_a_question_that_nobody_expected_fails_the_test():
    with pytest.raises(AssertionError, match="nobody expected"):
        dialogs.tell(None, "The disk is full", "Free some space.")


def test_an_answer_that_is_not_offered_fails_the_test():
    with dialogs.script(["delete"]), pytest.raises(AssertionError, match="not among"):
        dialogs.choose(None, "Send it?", "", [SEND])


def test_confirming_is_pressing_the_verb():
    with dialogs.script(["go", None]):
        answers = [dialogs.confirm(None, "Empty the bin?", "", "&Empty") for _ in range(2)]

    assert answers == [True, False]


def test_enter_and_escape_mean_the_harmless_answer(qtbot):
    question = Asked(kind=Kind.CHOOSE, title="Delete this client?", verbs=(DELETE,))
    box, keys = dialogs.message_box(question, None, None)
    qtbot.addWidget(box)

    assert keys[box.defaultButton().text()] is None
    assert box.escapeButton() is box.defaultButton()


def test_buttons_are_verbs_and_what_people_typed_is_no_markup(qtbot):
    question = Asked(kind=Kind.CHOOSE, title="<b>Northwind</b>", verbs=(SEND,))
    box, _ = dialogs.message_box(question, None, None)
    qtbot.addWidget(box)

    assert {button.text() for button in box.buttons()} == {"&Send", "Cancel"}
    assert box.textFormat().name == "PlainText"


@pytest.fixture
def unscripted(asked):
    """The real dialogs, as people see them."""
    dialogs._Playing.scripts.remove(asked)
    yield
    dialogs._Playing.scripts.append(asked)


def _when_open(kind, act):
    def look():
        found = [
            each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()
        ]
        if found:
            act(found[0])
        else:
            QTimer.singleShot(5, look)

    QTimer.singleShot(0, look)


def test_a_real_box_gives_the_key_of_the_pressed_button(qapp, unscripted):
    def press(box):
        next(button for button in box.buttons() if button.text() == "&Send").click()

    _when_open(QMessageBox, press)

    assert dialogs.choose(None, "Send it?", "", [SEND]) == "send"


def test_leaving_a_real_box_is_no_answer(qapp, unscripted):
    _when_open(QMessageBox, lambda box: box.reject())

    assert dialogs.choose(None, "Send it?", "", [SEND]) is None


def test_qt_remembers_nothing_of_the_folders_that_were_looked_at(qapp, unscripted, tmp_path, own_folders):
    private = tmp_path / "private"
    private.mkdir()
    canary = tmp_path / "CANARY-Jane-Doe"
    canary.mkdir()
    (canary / "letter.pdf").write_bytes(b"%PDF")
    dialogs.redirect_qsettings(private)
    _when_open(QFileDialog, lambda dialog: dialog.accept())
    chosen = dialogs.save_file(None, "Save", canary / "new.pdf")
    QSettings("QtProject", "x").sync()
    leaks = [path for path in own_folders.rglob("*") if path.is_file() and b"CANARY" in path.read_bytes()]

    assert chosen == canary / "new.pdf"
    assert leaks == []


def test_file_dialogs_are_ours_and_look_at_no_folder_icons(qapp, unscripted):
    seen = {}

    def look(dialog):
        seen.update({option.name: dialog.testOption(option) for option in QFileDialog.Option})
        dialog.reject()

    _when_open(QFileDialog, look)

    assert dialogs.open_files(None, "Add files") == ()
    assert seen["DontUseNativeDialog"]
    assert seen["DontUseCustomDirectoryIcons"]
