# SPDX-License-Identifier: Apache-2.0
"""The outbox page, mail accounts in the settings, and the network log: over a real vault, with servers made by hand."""

import threading

import pytest
from PySide6.QtCore import Qt

from optout_desktop.domain.accounts import PasswordHome, Security, ServerPurpose
from optout_desktop.domain.errors import CertificateRefused, LoginRefused, NotAllowed
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.messages import BatchState, Delivery, DeliveryStep, SendResult
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui.account_dialog import AccountDialog
from optout_desktop.gui.labels import without_isolates
from optout_desktop.gui.outbox.page import OutboxPage
from optout_desktop.gui.post_office import WakeableStop
from optout_desktop.gui.settings.network_log import NetworkLog, result_words
from optout_desktop.gui.settings.sending import SendingSection
from tests.gui.hand_mail import ACCEPTED, a_batch, a_letter, an_account, mail_office, sent


@pytest.fixture
def office(tmp_path, tasks):
    with mail_office(tmp_path, tasks) as office:
        yield office


@pytest.fixture
def page(office, show):
    return show(OutboxPage(office.surroundings), 960, 640)


def test_an_empty_outbox_says_what_it_is_for(page):
    page.refresh()

    assert page.stack.currentWidget() is page.empty


def test_a_row_says_company_letter_state_and_recipient(office, page):
    account = an_account(office)
    sent(office, a_letter(office), account, ACCEPTED)
    page.refresh()
    model = page.table.lines
    spoken = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)

    assert without_isolates(spoken) == (
        "Northwind Data LLC, Request, Accepted by the server (250), to privacy@northwind.example"
    )


def test_what_was_refused_can_be_tried_again_and_nothing_else(office, page):
    result = SendResult(step=DeliveryStep.REFUSED, code=550, reply="5.7.1 no thanks")
    sent(office, a_letter(office), an_account(office), result)
    page.refresh()
    shown = [
        button.text()
        for button in (page.detail.sent, page.detail.not_sent, page.detail.cancel, page.detail.again)
        if button.isVisible()
    ]

    assert "5.7.1 no thanks" in page.detail.words.text()
    assert shown == ["Try &again"]


def test_a_waiting_message_can_be_cancelled_by_key(office, page, qtbot):
    request = a_letter(office)
    office.desk.mailroom.outbox.queue(request, LetterKind.REQUEST, an_account(office).id, 600)
    page.refresh()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    page.refresh()

    assert office.desk.mailroom.outbox.of(request)[0].delivery is Delivery.CANCELLED
    assert page.detail.again.isVisible()


@pytest.mark.parametrize(
    ("button", "delivery"), [("sent", Delivery.ACCEPTED), ("not_sent", Delivery.REFUSED)]
)
def test_of_an_uncertain_message_the_person_has_the_last_word(office, page, button, delivery):
    request = a_letter(office)
    sent(office, request, an_account(office), SendResult(step=DeliveryStep.UNCERTAIN, reply="broke"))
    page.refresh()
    getattr(page.detail, button).click()

    assert office.desk.mailroom.outbox.of(request)[0].delivery is delivery


def test_enter_opens_the_request(office, page):
    request = a_letter(office)
    wanted = []
    office.surroundings.navigator.request_wanted.connect(wanted.append)
    sent(office, request, an_account(office), ACCEPTED)
    page.refresh()
    page.table.open_wanted.emit()

    assert wanted == [request]


def test_a_batch_shows_how_far_it_is_and_can_be_paused_and_gone_on_with(office, page, asked):
    batch = a_batch(office, an_account(office), 3)
    page.refresh()
    card = page.cards[batch]
    told = card.words.text()
    card.pause.click()
    page.refresh()
    paused = office.desk.mailroom.batches.progress(batch).batch.state
    states = {page.table.lines.state_of(line) for line in page.table.lines.lines}
    card.resume.click()
    running = office.desk.mailroom.batches.progress(batch).batch.state
    asked.answers.append("go")
    page.refresh()
    card.cancel.click()
    page.refresh()

    assert told.startswith("0 of 3 are through")
    assert (paused, running) == (BatchState.PAUSED, BatchState.RUNNING)
    assert states == {"Waiting, paused"}
    assert page.cards == {}
    assert {one.message.delivery for one in office.desk.mailroom.outbox.list()} == {Delivery.CANCELLED}


def test_a_problem_with_an_account_stops_everything_until_the_person_goes_on(office, page):
    office.surroundings.post._pause(CertificateRefused("smtp.example.org", "other_host"))
    page.refresh()
    told, is_shown = page.bar.words.text(), page.bar.isVisible()
    page.bar.go_on.click()

    assert is_shown
    assert told.startswith("The certificate of smtp.example.org is not valid")
    assert not page.bar.isVisible()


# ── accounts ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def dialog(office, show):
    people = (office.desk.people.me(),)
    return show(AccountDialog(office.surroundings, people, None, "GNOME Keyring"), 560, 700)


def filled(dialog, password="made up"):
    dialog.address.setText("jane@example.org")
    dialog.address.editingFinished.emit()
    dialog.password.passphrase.setText(password)
    return dialog


def test_the_address_proposes_servers_that_are_marked_as_a_guess(dialog):
    filled(dialog)

    assert dialog.smtp.host.text() == "smtp.example.org"
    assert dialog.smtp.port.value() == 465
    assert dialog.smtp.is_guess


def test_what_was_typed_is_not_overwritten_by_a_guess(dialog):
    dialog.smtp.host.setText("mail.example.net")
    dialog.smtp.host.textEdited.emit("mail.example.net")
    filled(dialog)

    assert dialog.smtp.host.text() == "mail.example.net"
    assert not dialog.smtp.is_guess


def test_there_is_no_unencrypted_way_and_the_port_follows_the_encryption(dialog):
    box = dialog.smtp.security
    box.setCurrentIndex(1)
    box.activated.emit(1)

    assert [box.itemData(at) for at in range(box.count())] == list(Security)
    assert dialog.smtp.port.value() == 587


def test_a_mistake_is_said_at_its_field_and_nothing_is_lost(dialog):
    filled(dialog)
    dialog.smtp.host.setText("http://mail")
    dialog.main.click()

    assert "is not the name of a server" in dialog.smtp.host_row.error
    assert dialog.password.passphrase.text() == "made up"


def test_an_account_is_kept_with_its_copy_server_and_the_label(office, dialog):
    filled(dialog)
    dialog.copies.setChecked(True)
    dialog.label_field.setText("Private")
    dialog.main.click()
    [kept] = office.desk.mailroom.accounts.list()

    assert kept.label == "Private"
    assert kept.server(ServerPurpose.IMAP).host == "imap.example.org"
    assert office.desk.mailroom.accounts.password(kept.id, ServerPurpose.IMAP) == Secret("made up")


def test_trying_it_says_a_sentence_for_each_server_and_sends_nothing(office, dialog):
    filled(dialog)
    dialog.copies.setChecked(True)
    office.servers.refuses["imap.example.org"] = LoginRefused("imap.example.org")
    dialog.trial.button.click()
    lines = dialog.trial.result.text().splitlines()

    assert lines[0] == "\u2068smtp.example.org\u2069 let you in. Nothing was sent."
    assert lines[1].startswith("imap.example.org did not accept the user name or password")
    assert office.servers.sent == []
    assert [one.result for one in office.desk.mailroom.network_log.latest()] == ["login", "ok"]


def test_a_kept_password_is_never_tried_at_another_server(office, show):
    account = an_account(office)
    dialog = show(AccountDialog(office.surroundings, (office.desk.people.me(),), account), 560, 700)
    dialog.smtp.host.setText("mail.attacker.example")
    dialog.trial.button.click()

    assert "Type the password for mail.attacker.example first" in dialog.trial.result.text()
    assert office.servers.tried == []


def test_the_password_is_hidden_until_it_is_shown(dialog):
    eye = dialog.password.passphrase.eye
    before = eye.accessibleName()
    eye.setChecked(True)

    assert (before, eye.accessibleName()) == ("Show password", "Hide password")


def test_an_account_with_waiting_messages_is_not_removed(office, show, asked):
    account = an_account(office)
    office.desk.mailroom.outbox.queue(a_letter(office), LetterKind.REQUEST, account.id, 600)
    section = show(SendingSection(office.surroundings), 760, 500)
    section.refresh()
    asked.answers += ["go", "close"]
    section.cards[account.address].remove.click()

    assert "still waiting in the outbox" in asked.asked[-1].text
    assert office.desk.mailroom.accounts.list() == (account,)


def test_an_account_is_removed_after_a_question(office, show, asked):
    account = an_account(office)
    section = show(SendingSection(office.surroundings), 760, 500)
    section.refresh()
    asked.answers.append("go")
    section.cards[account.address].remove.click()
    section.refresh()

    assert section.cards == {}
    assert section.none.isVisible()


def test_the_home_of_the_password_can_be_the_keyring(office, dialog):
    filled(dialog)
    dialog.home.setCurrentIndex(1)

    assert dialog.typed().smtp.password_home is PasswordHome.KEYRING


# ── the network log ──────────────────────────────────────────────────────────────────────────────────


def test_the_log_says_that_nothing_was_connected(office, show):
    log = show(NetworkLog(office.surroundings), 700, 400)
    log.refresh()

    assert log.count.text() == "Nothing was sent today, and nothing before."
    assert log.line.text() == "OptOut only connects when you ask it to."
    assert not log.table.isVisible()


def test_the_log_lists_why_whereto_how_much_and_how_it_ended(office, show):
    sent(office, a_letter(office), an_account(office), ACCEPTED)
    log = show(NetworkLog(office.surroundings), 900, 400)
    log.refresh()
    row = [log.table.item(0, column).text() for column in range(1, 5)]

    assert row == [
        "Sending a letter",
        "\u2068smtp.example.org\u2069:465",
        "4.21 KiB / 610 bytes",
        "Answered 250",
    ]


@pytest.mark.parametrize("result", ["ok", "started", "login", "certificate", "no_password", "silent", "name"])
def test_every_end_of_a_connection_has_words(result):
    assert result not in result_words(result)


# ── waking and stopping ──────────────────────────────────────────────────────────────────────────────


def test_a_nudge_wakes_the_courier_and_does_not_stop_it():
    stop, came = WakeableStop(), []
    waiting = threading.Thread(target=lambda: came.append(stop.wait(60)))
    waiting.start()
    stop.nudge()
    waiting.join(30)

    assert came == [False]
    assert not stop.is_set()


def test_a_stop_is_told_to_whoever_waits():
    stop = WakeableStop()
    stop.set()

    assert stop.wait(60)


def test_the_sample_vault_sets_up_no_account(tmp_path, tasks, show):
    with mail_office(tmp_path, tasks, is_sample=True) as office:
        section = show(SendingSection(office.surroundings), 760, 500)
        section.refresh()

        assert not section.new.isEnabled()
        with pytest.raises(NotAllowed):
            office.surroundings.desk.mailroom.accounts.try_server(None, Secret("x"), lambda job: job())
