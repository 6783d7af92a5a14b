# SPDX-License-Identifier: Apache-2.0
"""From a damaged vault to a new one with what is readable: named, watched, cancelled, counted."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from optout_desktop.domain.secrets import Secret
from optout_desktop.gui.application import Application
from optout_desktop.gui.unlock.damaged import DamagedPage
from optout_desktop.gui.unlock.page import UnlockPage
from optout_desktop.gui.unlock.salvage import SalvagePage
from optout_desktop.gui.unlock.salvage_words import missing_words, saved_words
from optout_desktop.services.salvaging import Part, Salvaged, SavedPart
from optout_desktop.storage.vault_files import VaultFolder
from tests.gui.house import PASSPHRASE, CheapHouse, running, unlocked, wait_until
from tests.storage.damaging import tear_page


@pytest.fixture
def house(tmp_path):
    house = CheapHouse(tmp_path)
    house.path = house.make_vault()
    return house


@pytest.fixture
def torn(house):
    """A page that unlocking reads, while people lie elsewhere."""
    return tear_page(VaultFolder(path=house.path).database, 2)


@pytest.fixture
def application(house, torn, theme):
    with running(Application(house, theme=theme, is_watching_screen=False)) as application:
        yield application


@pytest.fixture
def page(application):
    """The page that saves, reached from the unlock page in two clicks."""
    first = application.entrance.page
    first.row.passphrase.setText(PASSPHRASE)
    first.unlock.click()
    wait_until(lambda: isinstance(application.entrance.page, DamagedPage))
    application.entrance.page.salvage.click()
    return application.entrance.page


def save(page):
    page.go.click()
    wait_until(lambda: not page.is_saving)


def test_what_is_readable_is_saved_under_a_name_and_the_new_vault_opens(application, house, torn, page):
    page.name.setText("Second life")
    save(page)
    said = f"{page.outcome.text()}\n{page.missing.text()}"
    page.go.click()
    window = unlocked(application)

    assert "• People: 1" in said
    assert application.desk.path.name == "Second life.optout"
    assert [person.name for person in window.facts.people] == ["Jane Canary"]
    assert VaultFolder(path=house.path).database.read_bytes() == torn


def test_the_passphrase_is_not_asked_again_where_it_was_just_typed(page):
    assert not page.row.isVisible()
    assert page.name.text() == "Personal rescued"
    assert page.name.hasFocus()


def test_a_name_that_is_taken_is_said_beside_the_field_and_can_be_changed(page):
    page.name.setText("Personal")
    save(page)
    error = page.name_row.error
    page.name.setText("Another")
    save(page)

    assert "There is already a vault named “Personal” here." in error
    assert page.outcome.isVisible()


def test_escape_ends_the_work_and_no_vault_was_made(application, house, page, tmp_path):
    held = hold_the_vault_thread(application)
    page.go.click()
    was_saving, had_cancel = page.is_saving, page.progress.cancel_button.isVisible()
    QTest.keyClick(page, Qt.Key.Key_Escape)
    held.set()
    wait_until(lambda: not page.is_saving)

    assert (was_saving, had_cancel) == (True, True)
    assert page.problem.text() == "It was cancelled. No new vault was made, and nothing was changed."
    assert [path.name for path in (tmp_path / "vaults").iterdir()] == ["Personal.optout"]


def hold_the_vault_thread(application):
    """Let jobs wait until the event that is handed back is set."""
    from threading import Event

    go_on = Event()
    application._tasks.run(application.entrance, lambda: go_on.wait(30), lambda _was_set: None)
    return go_on


def test_back_leads_to_the_page_about_the_damage(application, page):
    page.back.click()

    assert isinstance(application.entrance.page, DamagedPage)


def test_without_a_passphrase_that_was_typed_it_is_asked_for(house, torn, tasks, show):
    page = show(SalvagePage(house, tasks, house.path, Secret("")), 700, 600)
    is_asked = page.row.isVisible()
    page.row.passphrase.setText("nine loud drums under the bridge")
    page.go.click()
    wrong = page.row.error
    page.row.passphrase.setText(PASSPHRASE)
    page.go.click()

    assert is_asked
    assert wrong == "This does not open the vault. Nothing was changed."
    assert page.outcome.isVisible()


def test_a_damaged_page_without_a_passphrase_does_not_claim_that_one_was_right(house, torn, tasks, show):
    page = show(DamagedPage(house, tasks, house.path, Secret("")), 700, 600)

    assert "passphrase is right" not in page.meaning.text()
    assert not page.restore.isVisible()
    assert page.salvage.isVisible()


def a_part(part, **changes):
    plain = {"saved": 0, "unreadable": 0, "left_out": 0, "stand_ins": 0, "is_exact": True}
    return SavedPart(part=part, **plain | changes)


def test_every_part_has_its_words_and_every_loss_its_sentence(tmp_path):
    parts = (
        a_part(Part.PEOPLE, unreadable=1, stand_ins=1),
        a_part(Part.REQUESTS, saved=1204, unreadable=3, is_exact=False),
        a_part(Part.ENTRIES, saved=9, left_out=2),
        a_part(Part.RULES, unreadable=1),
        *(a_part(part, saved=1) for part in Part if part not in {"people", "requests", "entries", "rules"}),
    )
    salvaged = Salvaged(path=tmp_path, parts=parts)
    saved, missing = saved_words(salvaged).splitlines(), missing_words(salvaged).splitlines()

    assert "• Requests: 1,204" in saved
    assert len(saved) == 1 + sum(bool(part.saved) for part in parts)
    assert missing == [
        "Missing:",
        "• People: 1 cannot be read",
        "• People: 1 were put back with their name alone; please complete them",
        "• Requests: at least 3 cannot be read; how many there were is not known",
        "• Entries in the history of requests: 2 were left out, because what they belong to cannot be read",
        "• Rules as they were when a request was sent: 1 cannot be read",
        "• Requests whose rules are missing are counted by today's rules",
        "A backup may still hold what is missing.",
    ]


def test_where_nothing_is_missing_that_is_said(tmp_path):
    whole = Salvaged(path=tmp_path, parts=(a_part(Part.REQUESTS, saved=4),))

    assert missing_words(whole) == "Everything could be read. Nothing is missing."


def test_the_unlock_page_is_there_again_with_the_new_vault_chosen(application, page):
    save(page)
    page.go.click()
    first = application.entrance.page

    assert isinstance(first, UnlockPage)
    assert first.path().name == "Personal rescued.optout"


def test_an_empty_vault_says_that_there_was_nothing_to_save(tmp_path):
    assert saved_words(Salvaged(path=tmp_path, parts=())) == "Nothing was found that could be saved."
