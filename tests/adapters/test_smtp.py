# SPDX-License-Identifier: Apache-2.0
import logging
import sys
from email.message import EmailMessage
from email.policy import SMTP as LINES
from pathlib import Path

import pytest

from optout_desktop.adapters.smtp import OUR_NAME, send, session, try_out
from optout_desktop.domain.accounts import Security
from optout_desktop.domain.errors import InputError, LoginRefused, ServerRefused, ServerUnreachable
from optout_desktop.domain.messages import DeliveryStep
from optout_desktop.domain.secrets import Secret
from tests.mail_certificates import Certificates
from tests.mail_servers import (
    DROP,
    PASSWORD,
    SILENCE,
    USER,
    free_port,
    mail_server,
    scripted_smtp,
    taking_smtp,
)

pytestmark = pytest.mark.loopback

TEXT = b"Subject: Please stop\r\n\r\n.one dot\r\n..two\r\n.\r\nThe end.\r\n"
TO = ("privacy@example.com",)
BOTH = Security.TLS, Security.STARTTLS


@pytest.fixture(scope="module")
def certificates():
    return Certificates()


class Calls:
    """Counts how often the text was about to leave."""

    def __init__(self):
        self.count = 0

    def __call__(self):
        self.count += 1


def handed_over(certificates, server, *, recipients=TO, content=TEXT, before_text=None, **patience):
    return send(
        mail_server(server.port, security=getattr(server, "security", Security.TLS)),
        Secret(PASSWORD),
        USER,
        recipients,
        content,
        before_text or Calls(),
        terms=certificates.terms(**patience),
    )


@pytest.mark.parametrize("security", BOTH)
def test_a_message_arrives_byte_for_byte(certificates, security):
    before_text = Calls()
    with scripted_smtp(certificates.good(), security) as server:
        result = handed_over(certificates, server, before_text=before_text)

    assert (result.step, result.code, result.reply) == (DeliveryStep.ACCEPTED, 250, "2.0.0 queued as 4711")
    assert server.texts == [TEXT]
    assert before_text.count == 1
    assert result.bytes_out > len(TEXT)
    assert result.bytes_in > 0


@pytest.mark.parametrize("security", BOTH)
def test_another_program_takes_the_message_after_a_login(certificates, security):
    letter = EmailMessage(policy=LINES)
    letter["Subject"] = "Please stop"
    letter.set_content("Grüße aus Köln\n", cte="quoted-printable")
    with taking_smtp(certificates.good(), security) as server:
        server.security = security
        result = handed_over(certificates, server, content=letter.as_bytes())

    assert result.step is DeliveryStep.ACCEPTED
    assert server.taken == [(USER, TO, letter.as_bytes())]


def test_the_server_learns_neither_this_machine_nor_anything_before_encryption(certificates):
    with scripted_smtp(certificates.good(), Security.STARTTLS) as server:
        handed_over(certificates, server)

    assert server.before_tls == f"ehlo {OUR_NAME}\r\nSTARTTLS\r\n".encode()
    assert server.commands == [
        f"ehlo {OUR_NAME}",
        "STARTTLS",
        f"ehlo {OUR_NAME}",
        "AUTH PLAIN",
        f"MAIL FROM:<{USER}> SIZE={len(TEXT)}",
        "RCPT TO:<privacy@example.com>",
        "DATA",
        "QUIT",
    ]


def test_a_server_that_offers_only_login_gets_that(certificates):
    script = {"TLS": b"250-mail.example.org\r\n250 AUTH LOGIN"}
    with scripted_smtp(certificates.good(), script=script) as server:
        result = handed_over(certificates, server)

    assert result.step is DeliveryStep.ACCEPTED
    assert "AUTH LOGIN" in server.commands


def test_the_password_is_in_no_error_no_log_and_no_command_line(certificates, caplog):
    echo = b"454 you said AGF\xc3\xa4 " + PASSWORD.encode()
    with (
        caplog.at_level(logging.DEBUG),
        scripted_smtp(certificates.good(), script={"AUTH": b"535 no " + PASSWORD.encode()}) as server,
        pytest.raises(LoginRefused) as caught,
    ):
        handed_over(certificates, server)
    with scripted_smtp(certificates.good(), script={"AUTH": echo}) as server:
        later = handed_over(certificates, server)

    told = [str(caught.value), repr(caught.value.__dict__), caplog.text]
    if sys.platform == "linux":
        told.append(Path("/proc/self/cmdline").read_text(encoding="utf-8"))
    assert not [text for text in told if PASSWORD in text]
    assert caught.value.__cause__ is None
    assert (later.step, later.code, later.reply) == (DeliveryStep.DEFERRED, 454, "")


def test_a_login_can_be_tried_without_a_message(certificates):
    with scripted_smtp(certificates.good()) as server:
        bytes_out, bytes_in = try_out(mail_server(server.port), Secret(PASSWORD), terms=certificates.terms())

    assert min(bytes_out, bytes_in) > 0
    assert server.commands == [f"ehlo {OUR_NAME}", "AUTH PLAIN", "QUIT"]


def test_a_later_while_trying_out_is_told_in_the_servers_words(certificates):
    with (
        scripted_smtp(certificates.good(), script={"GREETING": b"421 too busy"}) as server,
        pytest.raises(ServerRefused) as caught,
    ):
        try_out(mail_server(server.port), Secret(PASSWORD), terms=certificates.terms())

    assert (caught.value.code, caught.value.reply) == (421, "too busy")


def test_if_the_last_step_before_the_text_fails_nothing_leaves(certificates):
    def fails():
        raise LookupError("the vault is shut")

    with scripted_smtp(certificates.good()) as server, pytest.raises(LookupError):
        handed_over(certificates, server, before_text=fails)

    assert server.texts == []
    assert server.commands[-1] == "DATA"


@pytest.mark.parametrize("at_goodbye", [b"421 no", DROP, b"\xff\xfe"])
def test_a_quarrel_at_the_goodbye_does_not_unsend_a_message(certificates, at_goodbye):
    with scripted_smtp(certificates.good(), script={"QUIT": at_goodbye}) as server:
        result = handed_over(certificates, server)

    assert result.step is DeliveryStep.ACCEPTED


# ── several messages ─────────────────────────────────────────────────────────────────────────────────


def sent_in_a_row(certificates, server, count, before_text=None):
    with session(mail_server(server.port), Secret(PASSWORD), terms=certificates.terms()) as line:
        results = [line.send(USER, TO, TEXT, before_text or Calls()) for _ in range(count)]
    return results, line.lines()


def test_several_messages_share_a_line(certificates):
    with scripted_smtp(certificates.good()) as server:
        results, lines = sent_in_a_row(certificates, server, 3)

    assert [result.step for result in results] == [DeliveryStep.ACCEPTED] * 3
    assert server.texts == [TEXT] * 3
    assert server.connections == len(lines) == 1
    assert server.commands.count("RSET") == 2
    assert sum(result.bytes_out for result in results) < lines[0][0]


@pytest.mark.parametrize(
    "script",
    [
        {"RSET": [DROP]},
        {"RSET": [b"421 you were long"]},
        {"MAIL": [b"250 ok", b"421 enough for one line"]},
        {"MAIL": [b"250 ok", DROP]},
        {"RSET": [b"nonsense"]},
    ],
)
def test_a_line_that_was_closed_between_two_messages_is_opened_anew(certificates, script):
    before_text = Calls()
    with scripted_smtp(certificates.good(), script=script) as server:
        results, lines = sent_in_a_row(certificates, server, 2, before_text)

    assert [result.step for result in results] == [DeliveryStep.ACCEPTED] * 2
    assert server.texts == [TEXT] * 2
    assert before_text.count == 2
    assert server.connections == len(lines) == 2


def test_a_message_that_is_uncertain_is_not_repeated_and_the_next_one_leaves(certificates):
    with scripted_smtp(certificates.good(), script={"TEXT": [DROP]}) as server:
        results, _ = sent_in_a_row(certificates, server, 2)

    assert [result.step for result in results] == [DeliveryStep.UNCERTAIN, DeliveryStep.ACCEPTED]
    assert server.texts == [TEXT] * 2


def test_after_an_error_the_next_message_finds_a_new_line(certificates):
    with (
        scripted_smtp(certificates.good(), script={"RCPT 1": [DROP]}) as server,
        session(mail_server(server.port), Secret(PASSWORD), terms=certificates.terms()) as line,
    ):
        with pytest.raises(ServerUnreachable) as caught:
            line.send(USER, TO, TEXT, Calls())
        result = line.send(USER, TO, TEXT, Calls())

    assert caught.value.bytes_out == line.lines()[0][0]
    assert result.step is DeliveryStep.ACCEPTED


# ── what never leaves ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("sender", "recipients", "content", "field"),
    [
        (f"{USER}>\r\nRCPT TO:<eve@example.net", TO, TEXT, "sender"),
        (USER, (), TEXT, "recipient"),
        (USER, ("a@example.com> SIZE=1", *TO), TEXT, "recipient"),
        (USER, TO, b"no line end", "content"),
        (USER, TO, b"bare\nend\r\n", "content"),
        (USER, TO, b"bare\rend\r\n", "content"),
        (USER, TO, b"x" * 999 + b"\r\n", "content"),
        (USER, TO, b"nul\x00\r\n", "content"),
    ],
)
def test_what_mail_cannot_carry_is_refused_before_any_line_is_opened(
    certificates, sender, recipients, content, field
):
    server = mail_server(free_port())  # nothing listens there: a try would be `ServerUnreachable`

    with pytest.raises(InputError) as caught:
        send(server, Secret(PASSWORD), sender, recipients, content, Calls(), terms=certificates.terms())

    assert caught.value.field == field


def test_a_password_that_no_login_can_carry_is_refused_before_any_line_is_opened(certificates):
    server = mail_server(free_port())

    with pytest.raises(InputError):
        send(server, Secret("a\0b"), USER, TO, TEXT, Calls(), terms=certificates.terms())


@pytest.mark.parametrize(("host", "why"), [("localhost", "refused"), ("", "name")])
def test_a_server_that_is_not_there_is_unreachable(certificates, host, why):
    server = mail_server(free_port(), host=host)

    with pytest.raises(ServerUnreachable) as caught:
        send(server, Secret(PASSWORD), USER, TO, TEXT, Calls(), terms=certificates.terms())

    assert caught.value.why == why


def test_a_silent_server_is_given_up_in_time(certificates):
    with (
        scripted_smtp(certificates.good(), script={"MAIL": SILENCE}) as server,
        pytest.raises(ServerUnreachable) as caught,
    ):
        handed_over(certificates, server, answer_seconds=0.2)

    assert caught.value.why == "silent"
