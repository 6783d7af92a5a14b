# SPDX-License-Identifier: Apache-2.0
"""Settings hold at once, and the ways into the vault can be changed."""

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication

from optout_desktop.domain.secrets import Secret
from optout_desktop.gui.application import Application
from optout_desktop.gui.confirm_dialog import ConfirmDialog
from optout_desktop.gui.recovery_sheet import RecoveryDialog, write_pdf
from optout_desktop.gui.settings.passphrase_dialogs import PassphraseDialog
from tests.gui.house import PASSPHRASE, TODAY, CheapHouse, HandKeyring, running, unlocked, wait_until

CODE = Secret("ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2-34567")


@pytest.fixture
def keyring():
    return HandKeyring()


@pytest.fixture
def house(tmp_path, keyring):
    house = CheapHouse(tmp_path, keyring=keyring)
    house.path = house.make_vault()
    return house


@pytest.fixture
def window(house, theme):
    with running(Application(house, theme=theme, is_watching_screen=False)) as application:
        window = unlocked(application)
        window.go("settings")
        wait_until(window.page.sections["you"].form.name.text)
        yield window


@pytest.fixture
def page(window):
    return window.page


def test_a_choice_is_kept_at_once_and_can_be_undone(window, page):
    box = page.sections["security"].lock.box
    box.setCurrentIndex(box.findData(15))
    box.activated.emit(box.currentIndex())
    wait_until(lambda: window.facts.preferences["lock_minutes"] == 15)
    window.undo()
    wait_until(lambda: window.facts.preferences["lock_minutes"] == 5)
    wait_until(lambda: box.currentData() == 5)

    assert window.status_line.lock.text() == "Locks after 5 idle minutes"


def test_every_choice_shown_is_one_that_the_setting_takes(page):
    sections = page.sections
    rows = (sections["look"].theme, sections["look"].text, sections["security"].lock)

    assert all(row.box.currentIndex() >= 0 for row in rows)


def test_ones_own_details_are_changed(window, page):
    you = page.sections["you"]
    you.form.phones.setPlainText("+1 202 555 0143")
    you.save.click()
    wait_until(lambda: window.facts.people and window.facts.people[0].phones)

    assert window.facts.people[0].phones == ("+12025550143",)


def test_a_wrong_address_is_said_at_its_field_and_kept(page):
    form = page.sections["you"].form
    form.emails.setPlainText("jane@nowhere")
    page.sections["you"].save.click()
    wait_until(lambda: not form.errors.isHidden())

    assert form.emails.toPlainText() == "jane@nowhere"
    assert form.emails.property("invalid") == "true"


def test_the_keyring_remembers_and_forgets_the_vault(page, keyring):
    security = page.sections["security"]
    wait_until(security.keyring.isEnabled)
    security.keyring.click()
    wait_until(lambda: keyring.kept)
    wait_until(lambda: security.keyring_words.text().startswith("Remembered in GNOME Keyring"))
    security.keyring.click()
    wait_until(lambda: not keyring.kept)

    assert not security.keyring.isChecked()


def test_the_vault_is_looked_through(page):
    security = page.sections["security"]
    security.check.click()
    wait_until(lambda: security.outcome.text().startswith("The vault is sound"))

    assert security.check.isEnabled()


def test_a_backup_is_made_now_and_listed(page, window):
    backups = page.sections["backups"]
    backups.now.click()
    wait_until(lambda: backups.table.rowCount() == 1)

    assert "was made and checked" in window.toast_words


def test_the_passphrase_is_changed(house, window):
    desk, tasks = window.surroundings.desk, window.surroundings.tasks
    dialog = PassphraseDialog(desk.security, tasks, window)
    dialog.old.passphrase.setText(PASSPHRASE)
    dialog.new.first.passphrase.setText("seven quiet lamps by a river")
    dialog.new.again.passphrase.setText("seven quiet lamps by a river")
    dialog.go.click()
    wait_until(lambda: dialog.result() == 1)
    desk.security.confirm(Secret("seven quiet lamps by a river"))

    assert dialog.result() == 1


def test_a_wrong_old_passphrase_is_said_beside_it(window):
    dialog = ConfirmDialog(window.surroundings.desk.security, window.surroundings.tasks, window)
    dialog.row.passphrase.setText("something else")
    dialog.go.click()
    wait_until(lambda: dialog.row.error)

    assert dialog.result() == 0


@pytest.mark.parametrize("is_letter", [True, False])
def test_the_recovery_code_prints_on_one_page(tmp_path, qapp, is_letter):
    path = tmp_path / "code.pdf"
    write_pdf(path, CODE, "Personal", TODAY, is_letter=is_letter)
    reader = PdfReader(path)
    text = "".join(reader.pages[0].extract_text().split())

    assert len(reader.pages) == 1
    assert all(group in text for group in CODE.reveal().split("-"))


def test_the_recovery_code_is_done_with_only_when_it_is_on_paper(show):
    dialog = show(RecoveryDialog(CODE, "Personal", TODAY))
    before = dialog.done_button.isEnabled()
    dialog.kept.click()

    assert not before
    assert dialog.done_button.isEnabled()
    assert CODE.reveal() not in QApplication.clipboard().text()
