# SPDX-License-Identifier: Apache-2.0
"""Journey: a letter leaves through the person's own mail account, by a real server on this machine over TLS."""

import asyncio
import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QPushButton

from optout_desktop.domain.messages import Delivery
from optout_desktop.domain.requests import RequestStatus
from optout_desktop.gui import pages
from optout_desktop.gui.account_dialog import AccountDialog
from optout_desktop.gui.application import Application
from optout_desktop.gui.keymap import Act
from optout_desktop.services.sending import Way
from tests.gui.house import running, unlocked, wait_until
from tests.gui.mail_house import RECIPIENT, SENDER, MailHouse, a_draft, add_account, ask, when_asked
from tests.journeys.heartbeat import LONGEST_BLOCK_SECONDS, Heartbeat
from tests.mail_certificates import HOST, Certificates
from tests.mail_servers import DROP, PASSWORD, scripted_smtp

pytestmark = pytest.mark.loopback


@pytest.fixture(scope="module")
def certificates():
    return Certificates()


@pytest.fixture
def house(tmp_path, certificates):
    house = MailHouse(tmp_path, certificates)
    house.make_vault()
    return house


@pytest.fixture
def application(qapp, english, asked, house):
    with running(Application(house, is_watching_screen=False)) as application:
        heart = Heartbeat()
        yield application
        heart.stop()

        assert heart.longest_seconds < LONGEST_BLOCK_SECONDS


@pytest.fixture
def server(certificates):
    with scripted_smtp(certificates.good()) as server:
        yield server


def letter_of(application, request):
    """The letter of a draft, as the wizard shows it at its last step."""
    application.window.navigator.finish_draft(request)
    wizard = application.window.page
    wait_until(lambda: wizard.pane.loaded is not None and wizard.pane.loaded.view.request.id == request)
    return wizard.pane


def send(application, request, asked=None):
    """Press *Send it* for a draft; where the app has not asked before, it does now."""
    pane = letter_of(application, request)
    if asked is not None:
        asked.answers.append("go")
    pane.send.buttons[Way.SMTP].click()
    pane.footer.main.click()
    wait_until(lambda: application.window.toast_words.startswith("Sending to"))
    return pane


def held(answer, is_reached):
    """A server's answer that comes when the test lets it."""

    async def hold(writer):
        is_reached.set()
        await asyncio.get_running_loop().run_in_executor(None, answer.wait)
        writer.write(b"250 2.0.0 queued\r\n")
        await writer.drain()

    return hold


def everything_in(window):
    """Every word that can be read in a window."""
    texts = [
        widget.text()
        for kind in (QLabel, QPushButton)
        for widget in window.findChildren(kind)
        if widget.isVisible()
    ]
    return "\n".join(texts)


def message_of(application, request):
    [message] = ask(application, lambda: application.desk.mailroom.outbox.of(request))
    return message


def status_of(application, request):
    return ask(application, lambda: application.desk.requests.detail(request)).request.status


def delivered(application, request):
    return message_of(application, request).delivery


def test_from_an_account_that_is_set_up_here_to_the_server_s_acceptance(application, house, server, asked):
    window = unlocked(application)
    request = a_draft(application)
    pane = letter_of(application, request)
    pane.send.buttons[Way.SMTP].click()
    before = pane.footer.main.text()

    def fill(dialog):
        dialog.address.setText(SENDER)
        dialog.smtp.host.setText(HOST)
        dialog.smtp.port.setValue(server.port)
        dialog.password.passphrase.setText(PASSWORD)
        dialog.main.click()

    with when_asked(AccountDialog, fill):
        pane.footer.main.click()
    wait_until(lambda: pane.send.by_account.account is not None)
    asked.answers.append("go")
    beside = pane.footer.summary.text()
    pane.footer.main.click()
    wait_until(lambda: window.toast_words.startswith("Sending to"))
    undo_words = window.menus.actions[Act.UNDO].text()
    connections_while_counting = server.connections
    status_while_counting = status_of(application, request)
    house.clock.walk(seconds=11)
    wait_until(lambda: window.toast_words.startswith("Sent. The server accepted it (250). Answer due"))
    [text] = server.texts
    log = ask(application, application.desk.mailroom.network_log.latest)

    assert before == "Set up a mail a&ccount…"
    assert RECIPIENT in beside
    assert SENDER in beside
    assert RECIPIENT in asked.asked[-1].text
    assert SENDER in asked.asked[-1].text
    assert undo_words.startswith("&Undo sending to")
    assert (connections_while_counting, status_while_counting) == (0, RequestStatus.DRAFT)
    assert status_of(application, request) is RequestStatus.SENT
    assert f"To: {RECIPIENT}".encode() in text
    assert [(one.host, one.port, one.result) for one in log] == [(HOST, server.port, "250")]


def test_within_ten_seconds_undo_sends_nothing_and_no_server_sees_a_connection(
    application, house, server, asked
):
    window = unlocked(application)
    add_account(application, server.port)
    request = a_draft(application)
    send(application, request, asked)
    house.clock.walk(seconds=9)
    window.menus.actions[Act.UNDO].trigger()
    wait_until(lambda: window.toast_words == "Taken back. Nothing was sent.")
    house.clock.walk(seconds=60)
    window.post.look()
    wait_until(lambda: not window.post.is_running)

    assert server.connections == 0
    assert delivered(application, request) is Delivery.CANCELLED
    assert status_of(application, request) is RequestStatus.DRAFT


def test_a_refusal_is_told_in_the_server_s_words_and_the_letter_stays_a_draft(
    application, house, server, asked
):
    window = unlocked(application)
    server.script["RCPT 1"] = b"550 5.1.1 no such user here"
    add_account(application, server.port)
    request = a_draft(application)
    send(application, request, asked)
    house.clock.walk(seconds=11)
    wait_until(lambda: window.toast_words.startswith("Not sent to"))
    page = window.go(pages.OUTBOX)
    wait_until(lambda: page.table.line is not None)

    assert "no such user here" in window.toast_words
    assert "no such user here" in page.detail.words.text()
    assert page.detail.again.isVisible()
    assert status_of(application, request) is RequestStatus.DRAFT


def test_a_line_that_breaks_after_the_text_asks_and_never_sends_again(application, house, server, asked):
    window = unlocked(application)
    server.script["TEXT"] = DROP
    add_account(application, server.port)
    request = a_draft(application)
    send(application, request, asked)
    asked.answers.append("later")
    house.clock.walk(seconds=11)
    wait_until(lambda: asked.asked[-1].title.startswith("The connection broke after"))
    house.clock.walk(hours=5)
    window.post.look()
    wait_until(lambda: not window.post.is_running)
    sent_meanwhile = len(server.texts)
    page = window.go(pages.OUTBOX)
    wait_until(page.detail.sent.isVisible)
    wait_until(lambda: window.facts.post.asking == 1)
    page.detail.sent.click()
    wait_until(lambda: status_of(application, request) is RequestStatus.SENT)

    assert sent_meanwhile == 1
    assert delivered(application, request) is Delivery.ACCEPTED


@pytest.mark.parametrize(
    ("answer", "status", "became"),
    [
        ("sent", RequestStatus.SENT, Delivery.ACCEPTED),
        ("not_sent", RequestStatus.DRAFT, Delivery.REFUSED),
    ],
)
def test_what_the_person_says_of_an_uncertain_letter_is_recorded(
    application, house, server, asked, answer, status, became
):
    window = unlocked(application)
    server.script["TEXT"] = DROP
    add_account(application, server.port)
    request = a_draft(application)
    send(application, request, asked)
    asked.answers.append(answer)
    house.clock.walk(seconds=11)
    wait_until(lambda: delivered(application, request) is became)
    wait_until(lambda: not window.post.is_running)

    assert status_of(application, request) is status
    assert len(server.texts) == 1


def test_a_login_that_is_refused_holds_the_outbox_and_is_said_once(application, house, server, asked):
    window = unlocked(application)
    server.script["AUTH"] = b"535 5.7.8 bad credentials"
    add_account(application, server.port)
    request = a_draft(application)
    send(application, request, asked)
    house.clock.walk(seconds=11)
    wait_until(lambda: window.post.problem is not None)
    connections = server.connections
    house.clock.walk(hours=1)
    window.post.look()
    wait_until(lambda: not window.post.is_running)

    assert "did not let you in" in window.toast_words
    assert server.connections == connections
    assert server.texts == []
    assert status_of(application, request) is RequestStatus.DRAFT


def test_what_waits_at_locking_goes_on_after_unlocking(application, house, server, asked):
    unlocked(application)
    add_account(application, server.port)
    request = a_draft(application)
    send(application, request, asked)
    application.lock()
    house.clock.walk(minutes=3)
    connections_while_locked = server.connections
    unlocked(application)
    wait_until(lambda: len(server.texts) == 1)
    wait_until(lambda: delivered(application, request) is Delivery.ACCEPTED)

    assert connections_while_locked == 0


def test_locking_lets_the_message_under_way_come_to_its_end(application, house, server, asked):
    answer, is_reached = threading.Event(), threading.Event()

    server.script["TEXT"] = held(answer, is_reached)
    unlocked(application)
    add_account(application, server.port)
    request = a_draft(application)
    send(application, request, asked)
    house.clock.walk(seconds=11)
    wait_until(is_reached.is_set)
    seen = []
    QTimer.singleShot(0, lambda: (seen.append(everything_in(application_window)), answer.set()))
    application_window = application.window
    application.lock()
    unlocked(application)

    assert delivered(application, request) is Delivery.ACCEPTED
    assert "It is finished first." in seen[0]
    assert RECIPIENT not in seen[0]


def test_what_the_server_does_not_answer_in_time_is_uncertain_after_unlocking(
    application, house, server, asked
):
    answer, is_reached = threading.Event(), threading.Event()
    server.script["TEXT"] = held(answer, is_reached)
    window = unlocked(application)
    add_account(application, server.port)
    request = a_draft(application)
    send(application, request, asked)
    house.clock.walk(seconds=11)
    wait_until(is_reached.is_set)
    window.post.end(0)
    application.lock()
    answer.set()
    after = unlocked(application)
    wait_until(lambda: after.toast_words.startswith("The app ended while a letter was being sent."))

    assert delivered(application, request) is Delivery.UNCERTAIN
    assert len(server.texts) == 1
