# SPDX-License-Identifier: Apache-2.0
"""Clients: added, changed, each with their requests."""

import pytest
from PySide6.QtWidgets import QPushButton

from optout_desktop.domain.people import PersonKind
from optout_desktop.gui.application import Application
from optout_desktop.gui.person_form import PersonDialog
from optout_desktop.services.people import PersonInput
from tests.gui.house import CheapHouse, running, unlocked, wait_until


@pytest.fixture
def window(tmp_path, theme):
    house = CheapHouse(tmp_path)
    house.make_vault()
    with running(Application(house, theme=theme, is_watching_screen=False)) as application:
        window = unlocked(application)
        window.go("clients")
        wait_until(lambda: window.page.cards)
        yield window


def test_oneself_stands_first_and_no_clients_are_said_to_be_none(window):
    texts = [button.text() for button in window.page.findChildren(QPushButton)]

    assert len(window.page.cards) == 1
    assert texts.count("Add &client…") == 1


def test_a_client_is_added_with_the_form(window):
    desk, tasks = window.surroundings.desk, window.surroundings.tasks
    keep = lambda typed: desk.people.add(typed, PersonKind.CLIENT)
    dialog = PersonDialog("New client", keep, tasks, parent=window)
    dialog.form.name.setText("Lena Muster")
    dialog.form.emails.setPlainText("lena@example.org")
    dialog.form.place.show_place("DE-BY")
    dialog.save.click()
    wait_until(lambda: dialog.result() == 1)
    wait_until(lambda: len(window.page.cards) == 2)

    assert [person.name for person in window.facts.people] == ["Jane Canary", "Lena Muster"]


def test_a_client_without_a_name_is_not_taken(window):
    desk, tasks = window.surroundings.desk, window.surroundings.tasks
    keep = lambda typed: desk.people.add(typed, PersonKind.CLIENT)
    dialog = PersonDialog("New client", keep, tasks, parent=window)
    dialog.save.click()
    wait_until(lambda: not dialog.form.errors.isHidden())

    assert dialog.result() == 0


def test_requests_of_one_client_are_asked_for(window):
    desk, tasks = window.surroundings.desk, window.surroundings.tasks
    typed = PersonInput(name="Tom Sample", emails=("tom@example.org",), place="GB-ENG")
    added = []
    tasks.run(window, lambda: desk.people.add(typed, PersonKind.CLIENT), added.append)
    wait_until(lambda: len(window.page.cards) == 2)
    wanted = []
    window.navigator.requests_wanted.disconnect()
    window.navigator.requests_wanted.connect(wanted.append)
    window.page.cards[1].findChildren(QPushButton)[0].click()

    assert [each.person for each in wanted] == [added[0].id]
