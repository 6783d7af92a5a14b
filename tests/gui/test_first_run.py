# SPDX-License-Identifier: Apache-2.0
"""From nothing to a vault with somebody in it: few fields, few clicks."""

import pytest
from PySide6.QtGui import QGuiApplication

from optout_desktop.domain.secrets import Secret
from optout_desktop.gui.application import Application
from optout_desktop.gui.unlock.first_run import VaultStep, YouStep
from tests.gui.house import PASSPHRASE, CheapHouse, running, wait_until


@pytest.fixture
def application(tmp_path, theme):
    with running(Application(CheapHouse(tmp_path), theme=theme, is_watching_screen=False)) as application:
        yield application


@pytest.fixture
def step(application):
    application.entrance.page.create_button.click()
    return application.entrance.page


def create(application, step):
    for row in (step.passphrase.first, step.passphrase.again):
        row.passphrase.setText(PASSPHRASE)
    step.create_button.click()
    wait_until(lambda: application.desk is not None and application.window.facts is not None)
    return application.window._frame.currentWidget()


def test_without_a_vault_the_app_begins_with_a_welcome(application):
    assert application.entrance.page.create_button.text() == "&Create my vault"


def test_two_fields_and_one_click_make_a_vault_and_ask_who_you_are(application, step):
    you = create(application, step)

    assert isinstance(step, VaultStep)
    assert isinstance(you, YouStep)
    assert application.desk.name == "Personal"


def test_three_fields_and_one_click_say_who_you_are(application, step):
    you = create(application, step)
    begun = []
    application.window.start_request = lambda goal, company: begun.append((goal, company))
    you.form.name.setText("Jane Example")
    you.form.emails.setText("jane@example.org")
    you.form.place.show_place("US-CA")
    you.go_on.click()
    wait_until(lambda: begun)
    wait_until(lambda: application.window.facts.people)
    [me] = application.window.facts.people

    assert (me.name, me.email, me.place) == ("Jane Example", "jane@example.org", "US-CA")


def test_who_you_are_can_be_skipped(application, step):
    you = create(application, step)
    you.skip.click()

    assert application.window.key == "dashboard"
    assert application.window._frame.currentIndex() == 0


def test_a_mistake_is_said_at_the_field_and_nothing_typed_is_lost(application, step):
    you = create(application, step)
    you.form.name.setText("Jane Example")
    you.form.emails.setText("jane")
    you.form.place.show_place("US-CA")
    you.go_on.click()
    wait_until(you.form.errors.isVisible)

    assert you.form.emails.text() == "jane"
    assert you.form.name.text() == "Jane Example"


def test_two_different_passphrases_are_not_taken(step):
    step.passphrase.first.passphrase.setText(PASSPHRASE)
    step.passphrase.again.passphrase.setText("something else")
    step.create_button.click()

    assert step.passphrase.again.error == "The two passphrases differ. Type the second one again."


def test_a_weak_passphrase_is_named_while_it_is_typed(step):
    step.passphrase.first.passphrase.setText("password123456")

    assert step.passphrase.strength.text().startswith("Strength: weak")


def test_both_passphrase_fields_take_what_is_pasted(step):
    QGuiApplication.clipboard().setText(PASSPHRASE)
    for row in (step.passphrase.first, step.passphrase.again):
        row.passphrase.paste()

    assert step.passphrase.take().reveal() == PASSPHRASE


def test_a_vaults_name_that_is_taken_is_asked_for_again(application, step, tmp_path):
    application._house.vaults.create("Personal", Secret(PASSPHRASE)).close()
    for row in (step.passphrase.first, step.passphrase.again):
        row.passphrase.setText(PASSPHRASE)
    step.create_button.click()
    wait_until(lambda: step.name_row.error)

    assert step.name.isVisible()


def test_filing_for_clients_turns_advocate_mode_on(application):
    application.entrance.page.clients_wanted.emit()
    create(application, application.entrance.page)
    wait_until(lambda: application.window.facts.preferences["advocate_mode"] is True)

    assert application.window.sidebar.places.count() == 5
