# SPDX-License-Identifier: Apache-2.0
"""Failures around an open vault: the app's own files, other programs, places that cannot be written.

Each failure is a generator as in ``test_injected_failures``: it breaks something, does what a person does and yields
the words that are on the screen; the vault is looked at before and after.
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.rights import Goal
from optout_desktop.gui.laws.laws_tab import LawsTab
from optout_desktop.gui.new_request.letter import LetterPane
from optout_desktop.gui.new_request.wizard import NewRequestWizard
from optout_desktop.gui.settings.backups import BackupsSection
from optout_desktop.services.sending import Way
from tests.gui.failing import Office, ToldTasks, is_said_well, read_only, told_by
from tests.gui.house import CheapHouse, HandKeyring


@pytest.fixture
def told_tasks():
    made = ToldTasks()
    yield made
    made.close()


@pytest.fixture
def house(tmp_path):
    return CheapHouse(tmp_path, keyring=HandKeyring())


def what_the_laws_page_misses(office):
    tab = office.shown(LawsTab(office.surroundings))
    tab.refresh()
    return tab.missing.words


def law_that_was_changed(office, asked):
    office.change_shipped("laws/us-ca/us-ca-ccpa.toml", lambda content: content.replace(b"= 15", b"= 5"))
    yield
    yield what_the_laws_page_misses(office)


def regulators_that_are_no_table(office, asked):
    office.change_shipped("regulators/us.toml", lambda content: content + b"\n[[[", is_listed=False)
    yield
    yield what_the_laws_page_misses(office)


def companies_that_were_changed(office, asked):
    office.change_shipped("companies/companies.jsonl", lambda content: content + b"\n{}")
    asked.answers.append("close")
    yield
    wizard = office.shown(NewRequestWizard(office.surroundings))
    wizard.begin()
    wizard.what.cards[Goal.STOP_SELLING].click()
    wizard.who.search.setFocus()
    QTest.keyClicks(wizard.who.search, "google")
    QTest.keyClick(wizard.who.search, Qt.Key.Key_Return)
    yield told_by(asked)


def letter_pane(office, draft):
    pane = LetterPane(office.surroundings)
    pane.layout().addWidget(pane.footer)
    office.shown(pane)
    pane.open(draft, LetterKind.REQUEST, is_editable=True)
    return pane


def block_with_an_unknown_fact(office, asked):
    draft = office.draft()
    office.change_shipped(
        "letters/en/closing.liquid", lambda content: content + b"{{ moon.phase }}", is_listed=False
    )
    asked.answers.append("close")
    yield
    letter_pane(office, draft)
    yield told_by(asked)


def block_that_was_changed(office, asked):
    draft = office.draft()
    office.change_shipped("letters/en/closing.liquid", lambda content: content + b"And a cheque.")
    asked.answers.append("close")
    yield
    letter_pane(office, draft)
    yield told_by(asked)


def no_mail_program(office, asked):
    draft = office.draft()
    office.programs.takes = False
    yield
    pane = letter_pane(office, draft)
    pane.footer.main.click()
    yield pane.send.problem.text()


def no_program_for_pages(office, asked):
    draft = office.draft()
    office.programs.takes = False
    yield
    pane = letter_pane(office, draft)
    pane.send.buttons[Way.PDF].click()
    pane.send.press()
    yield pane.send.problem.text()


def letter_that_cannot_be_written_there(office, asked):
    draft = office.draft()
    asked.answers.append(office.path.with_name("no such folder") / "letter.pdf")
    yield
    pane = letter_pane(office, draft)
    pane.send.buttons[Way.PDF].click()
    pane.send.save_as()
    yield pane.send.problem.text()


def back_up_elsewhere(office):
    section = office.shown(BackupsSection(office.surroundings))
    section.elsewhere.click()


def backup_into_a_read_only_folder(office, asked):
    folder = office.path.with_name("read-only")
    folder.mkdir()
    asked.answers.extend([folder / "Personal.optoutbak", "close"])
    yield
    with read_only(folder):
        back_up_elsewhere(office)
    yield told_by(asked)


AROUND = {
    law_that_was_changed: ("One file of this app cannot be used.", "us-ca-ccpa.toml"),
    regulators_that_are_no_table: ("One file of this app cannot be used.", "regulators/us.toml"),
    companies_that_were_changed: ("A file of this app cannot be used.", "companies.jsonl"),
    block_with_an_unknown_fact: ("The letter could not be written.", "closing", "moon.phase"),
    block_that_was_changed: ("closing.liquid", "install the app again"),
    no_mail_program: ("No program on this computer opens such files.", "Save it, or copy the text."),
    no_program_for_pages: ("No program on this computer opens such files.",),
    letter_that_cannot_be_written_there: ("letter.pdf could not be written there.", "Choose another folder"),
    backup_into_a_read_only_folder: ("This folder cannot be written",),
}
# what was made is kept before anything else is tried; the list of letters says that it did not leave
KEEPS_THE_LETTER = {no_mail_program, no_program_for_pages, letter_that_cannot_be_written_there}
ON_A_DISK_OF_ITS_OWN = {backup_into_a_read_only_folder}


@pytest.mark.parametrize(
    "failure",
    [pytest.param(each, marks=pytest.mark.serial if each in ON_A_DISK_OF_ITS_OWN else ()) for each in AROUND],
    ids=lambda each: each.__name__,
)
def test_around_the_vault_a_failure_is_told_and_nothing_is_changed(
    failure, house, told_tasks, show, asked, english
):
    office = Office(house, told_tasks, show)
    steps = failure(office, asked)
    next(steps)
    but = ("letters",) if failure in KEEPS_THE_LETTER else ()
    before = office.digest(but)
    words = next(steps)
    after = office.digest(but)
    list(steps)
    office.close()

    assert [part for part in AROUND[failure] if part not in words] == [], words
    is_said_well(words)
    assert after == before
