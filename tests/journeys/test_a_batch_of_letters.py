# SPDX-License-Identifier: Apache-2.0
"""Journey: one right asked of a dozen companies, through a real server over TLS, with every stop on the way."""

import re

import pytest

from optout_desktop.domain.messages import BatchState, Delivery
from optout_desktop.domain.requests import RequestStatus
from optout_desktop.domain.rights import Goal
from optout_desktop.gui import pages
from optout_desktop.gui.application import Application
from optout_desktop.gui.keymap import Act
from tests.gui import batches
from tests.gui.house import running, unlocked, wait_until
from tests.gui.mail_house import MailHouse, add_account, ask, rest
from tests.journeys.heartbeat import LONGEST_BLOCK_SECONDS, Heartbeat
from tests.mail_certificates import Certificates
from tests.mail_servers import DROP, scripted_smtp

pytestmark = pytest.mark.loopback

COUNT = 12


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


def recipients(server):
    """To whom messages came, in their order."""
    found = [re.search(rb"^To: (\S+)", text, re.MULTILINE) for text in server.texts]
    return [one.group(1).decode() for one in found]


def reviewed(application, server):
    """From the menu over the wizard's wish and a dozen ticks to the review."""
    window = application.window
    add_account(application, server.port)
    ask(application, lambda: batches.add_companies(application.desk, COUNT, without_address={3, 4}))
    window.menus.actions[Act.SEVERAL].trigger()
    wizard = window.page
    wait_until(lambda: Goal.STOP_SELLING in wizard.what.cards)
    wizard.what.cards[Goal.STOP_SELLING].click()
    wait_until(lambda: window.key == pages.BATCH)
    step = window.page.companies
    step.has_email.setChecked(False)
    step.search.setText("Company 0")
    wait_until(lambda: len(step.found.ids) == COUNT)
    step.tick_found.click()
    window.page.go_on.click()
    wait_until(lambda: window.page.review.is_settled)
    return window.page


def highlighted(page, company):
    """The card of one letter of the review."""
    review = page.review
    item = next(one for one in review.opened.review.items if one.company_name == company)
    review.rows.choose(item.request)
    wait_until(lambda: review.card.look is not None and review.card.look.item.company_name == company)
    return review.card


def mended(page):
    """One address typed, the other letter taken out."""
    card = highlighted(page, "Company 003")
    card.address.setText("data@c3.example")
    card.address.returnPressed.emit()
    wait_until(lambda: page.review.is_settled)
    highlighted(page, "Company 004").out.click()
    wait_until(lambda: page.review.is_settled)


def consented(page):
    page.go_on.click()
    page.consent.looked.setChecked(True)
    page.consent.go.click()
    wait_until(lambda: page.progress.standing is not None)
    return page.progress


def walk_until(application, house, is_so):
    """Let time pass until something holds, a pause of the batch at a time."""
    post = application.window.post
    for _ in range(COUNT * 3):
        if is_so():
            return
        house.clock.walk(seconds=21)
        post.look()
        rest(0.15)
    wait_until(is_so)


def progress_of(application, batch):
    return ask(application, lambda: application.desk.mailroom.batches.progress(batch))


def locked_and_unlocked(application):
    application.window.lock_wanted.emit()
    wait_until(lambda: application.desk is None)
    return unlocked(application)


def test_a_batch_is_mended_consented_paused_locked_resumed_and_cancelled_and_nobody_hears_twice(
    application, house, server
):
    unlocked(application)
    page = reviewed(application, server)
    at_first = page.review.count.text()
    mended(page)
    after_mending, batch = page.review.count.text(), page.review.opened.batch.id
    shown = consented(page)
    walk_until(application, house, lambda: len(server.texts) >= 4)
    shown.pause.click()
    wait_until(lambda: shown.standing.progress.batch.state is BatchState.PAUSED)
    wait_until(lambda: progress_of(application, batch).counts.get(Delivery.UNDER_WAY, 0) == 0)
    sent_at_pause = len(server.texts)
    house.clock.walk(minutes=10)
    application.window.post.look()
    rest(0.3)
    sent_while_paused = len(server.texts)
    window = locked_and_unlocked(application)
    window.menus.actions[Act.BATCHES].trigger()
    page = window.page
    wait_until(lambda: len(page.list.model.ids) == 1)
    page.list.open.click()
    wait_until(lambda: page.progress.standing is not None)
    paused = page.progress.state.text()
    page.progress.resume.click()
    walk_until(application, house, lambda: len(server.texts) >= sent_at_pause + 3)
    page.progress.stop.click()
    wait_until(lambda: page.progress.standing.progress.batch.state is BatchState.CANCELLED)
    wait_until(lambda: progress_of(application, batch).counts.get(Delivery.UNDER_WAY, 0) == 0)
    sent_at_cancel = len(server.texts)
    house.clock.walk(hours=1)
    window.post.look()
    rest(0.3)
    progress = progress_of(application, batch)
    lines = ask(application, application.desk.mailroom.outbox.list)
    queued = {one.message.recipients[0] for one in lines}

    assert at_first == "10 ready, 2 need attention and stay drafts."
    assert after_mending == "11 ready."
    assert sent_while_paused == sent_at_pause >= 4
    assert paused == "Paused: nothing leaves until you resume"
    assert len(server.texts) == sent_at_cancel >= sent_at_pause + 3
    assert len(set(recipients(server))) == len(server.texts)
    assert set(recipients(server)) <= queued
    assert queued == {"data@c3.example"} | {
        f"privacy@c{number}.example" for number in range(COUNT) if number not in {3, 4}
    }
    assert progress.counts == {
        Delivery.ACCEPTED: sent_at_cancel,
        Delivery.CANCELLED: COUNT - 1 - sent_at_cancel,
    }


def test_each_letter_has_its_own_result_in_the_server_s_words(application, house, server):
    server.script["RCPT 1"] = [b"250 ok", b"550 5.1.1 nobody here of that name", b"250 ok"]
    server.script["TEXT"] = [b"250 taken", DROP]
    unlocked(application)
    page = reviewed(application, server)
    page.review.out_troubled.click()
    wait_until(lambda: page.review.is_settled and page.review.count.text() == "10 ready.")
    shown = consented(page)
    walk_until(application, house, lambda: shown.standing.progress.batch.state is BatchState.DONE)
    results = {one.company_name: one for one in shown.standing.progress.items}
    refused = next(one for one in results.values() if one.delivery is Delivery.REFUSED)
    shown.rows.choose(refused.request)
    said, can_retry = shown.said.text(), shown.again.isVisible()
    unknown = next(one for one in results.values() if one.delivery is Delivery.UNCERTAIN)
    shown.rows.choose(unknown.request)
    can_ask = shown.ask.isVisible()
    statuses = [
        ask(application, lambda one=one: application.desk.requests.detail(one.request)).request.status
        for one in (refused, unknown)
    ]

    assert "550" in said or "nobody here of that name" in said
    assert (can_retry, can_ask) == (True, True)
    assert statuses == [RequestStatus.DRAFT, RequestStatus.DRAFT]
    assert shown.count.text() == "8 sent, 1 refused, and 1 not known"
