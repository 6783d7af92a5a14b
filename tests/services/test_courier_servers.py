# SPDX-License-Identifier: Apache-2.0
"""The courier with real servers on this machine: every connection is in the log, and a copy is filed once."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from optout_desktop.adapters import imap, smtp
from optout_desktop.domain.accounts import Security, ServerPurpose
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.messages import Delivery, Purpose
from optout_desktop.domain.secrets import Secret
from tests.mail_certificates import Certificates
from tests.mail_servers import (
    DOVECOT_PASSWORD,
    DROP,
    HOST,
    MARKED_SENT,
    PASSWORD,
    USER,
    dovecot,
    scripted_smtp,
    taking_smtp,
)
from tests.services import desks, mailrooms
from tests.services.mailrooms import deliver, steps

pytestmark = pytest.mark.loopback

SENT = "Gesendete Dinge"


@pytest.fixture(scope="module")
def certificates():
    return Certificates()


@pytest.fixture(scope="module")
def mailbox(certificates):
    with dovecot(certificates, folders=MARKED_SENT) as server:
        yield server


class Servers:
    """The real adapters, trusting the authority that was made for this."""

    def __init__(self, certificates) -> None:
        self.terms, self.copies = certificates.terms(), []

    @contextmanager
    def session(self, server, password):
        with smtp.session(server, password, terms=self.terms) as line:
            yield line

    def file_copy(self, server, password, content, message_id):
        filed = imap.file_copy(server, password, content, message_id, terms=self.terms)
        self.copies.append(filed)
        return filed


@pytest.fixture
def clock():
    return mailrooms.WalkingClock()


@pytest.fixture
def outside(clock, certificates):
    return desks.an_outside(clock, servers=Servers(certificates))


def smtp_at(port, **more):
    secret = Secret(PASSWORD)
    plain = {"host": HOST, "port": port, "security": Security.TLS, "user_name": USER, "password": secret}
    return mailrooms.smtp(**plain | more)


def imap_at(mailbox, password=DOVECOT_PASSWORD):
    return mailrooms.imap(
        host=HOST, port=mailbox.tls_port, security=Security.TLS, user_name=USER, password=Secret(password)
    )


def queue(desk, jane, account, count):
    companies = mailrooms.add_companies(desk, count)
    drafts = [desk.requests.start(desks.new_request(jane, one)) for one in companies]
    return [desk.mailroom.outbox.queue(one.id, LetterKind.REQUEST, account.id) for one in drafts]


def logged(desk, purpose=Purpose.SEND_MAIL):
    return [one for one in desk.mailroom.network_log.latest()[::-1] if one.purpose is purpose]


@pytest.mark.parametrize(
    ("script", "connections"),
    [
        ({}, 1),
        ({"RSET": [DROP, DROP]}, 3),
        ({"RSET": [b"421 enough"]}, 2),
        ({"TEXT": [b"250 taken", b"421 closing"]}, 3),
        ({"GREETING": [b"451 later"]}, 3),
        ({"RCPT": [b"550 nobody"]}, 1),
    ],
)
def test_the_network_log_has_one_row_for_each_connection_that_the_server_counted(
    desk, jane, certificates, clock, script, connections
):
    with scripted_smtp(certificates.good(), script=script) as server:
        account = mailrooms.add_account(desk, jane, smtp=smtp_at(server.port))
        queue(desk, jane, account, 3)
        deliver(desk, clock, patience_seconds=600)

    assert server.connections == connections
    assert len(logged(desk)) == server.connections
    assert all(one.bytes_in > 0 and one.result != "started" for one in logged(desk))


def test_what_crossed_each_line_is_in_its_row(desk, jane, certificates, clock):
    with scripted_smtp(certificates.good(), script={"RSET": [DROP]}) as server:
        account = mailrooms.add_account(desk, jane, smtp=smtp_at(server.port))
        first, *others = queue(desk, jane, account, 3)
        deliver(desk, clock)
    rows = logged(desk)
    sizes = [len(desk.sending.sent_bytes(one.letter)) for one in (first, *others)]

    assert [one.result for one in rows] == ["dropped", "250"]
    assert sizes[0] < rows[0].bytes_out < 2 * sizes[0]
    assert sum(sizes[1:]) < rows[1].bytes_out


def test_a_line_that_is_opened_anew_is_in_the_log_before_its_text_leaves(desk, jane, certificates, clock):
    seen = []
    with scripted_smtp(certificates.good(), script={"RSET": [DROP]}) as server:
        account = mailrooms.add_account(desk, jane, smtp=smtp_at(server.port))
        queue(desk, jane, account, 2)
        dispatch = desk.mailroom.courier._dispatch
        real = dispatch.hand_over

        def hand_over(message):
            seen.append((server.connections, len(logged(desk))))
            real(message)

        dispatch.hand_over = hand_over
        deliver(desk, clock)

    assert seen == [(1, 1), (2, 2)]


def test_a_copy_of_each_message_lies_once_in_the_sent_folder(
    desk, jane, outside, certificates, mailbox, clock
):
    with taking_smtp(certificates.good()) as server:
        account = mailrooms.add_account(desk, jane, smtp=smtp_at(server.port), imap=imap_at(mailbox))
        queued = queue(desk, jane, account, 2)
        deliver(desk, clock)
        deliver(desk, clock)
    contents = [desk.sending.sent_bytes(one.letter) for one in queued]

    assert [mailbox.messages(SENT).count(one) for one in contents] == [1, 1]
    assert [steps(desk, one)[-2:] for one in queued] == [["accepted", "filed"]] * 2
    assert [one.was_there for one in outside.servers.copies] == [False, False]
    assert len(logged(desk, Purpose.FILE_SENT_COPY)) == 2
    assert all(one.bytes_out > len(contents[0]) for one in logged(desk, Purpose.FILE_SENT_COPY))


def test_a_copy_that_the_server_put_there_itself_is_not_doubled(
    desk, jane, outside, certificates, mailbox, clock
):
    with taking_smtp(certificates.good()) as server:
        account = mailrooms.add_account(desk, jane, smtp=smtp_at(server.port), imap=imap_at(mailbox))
        [queued] = queue(desk, jane, account, 1)
        content = desk.sending.sent_bytes(queued.letter)
        place, secret = desk.mailroom.accounts.kept_password(account.id, ServerPurpose.IMAP)
        outside.servers.file_copy(place, secret, content, queued.message_id)
        deliver(desk, clock)

    assert mailbox.messages(SENT).count(content) == 1
    assert [one.was_there for one in outside.servers.copies] == [False, True]
    assert steps(desk, queued)[-1] == "filed"


def test_a_wrong_password_for_the_mailbox_files_nothing_and_the_sending_stands(
    desk, jane, certificates, mailbox, clock
):
    with taking_smtp(certificates.good()) as server:
        box = imap_at(mailbox, "wrong")
        account = mailrooms.add_account(desk, jane, smtp=smtp_at(server.port), imap=box)
        [queued] = queue(desk, jane, account, 1)
        deliver(desk, clock)
    [row] = logged(desk, Purpose.FILE_SENT_COPY)
    message = desk.mailroom.outbox.get(queued.id)

    assert message.delivery is Delivery.ACCEPTED
    assert (message.events[-1].step, row.result) == ("not_filed", "login")
    assert desk.sending.sent_bytes(queued.letter) not in mailbox.messages(SENT)
    assert desk.requests.detail(queued.request).request.status == "sent"
