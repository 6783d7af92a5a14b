# SPDX-License-Identifier: Apache-2.0
"""What servers do, well- and ill-behaved: for each the outcome, whether the text was about to leave, and whether the
server saw it. `N` rows stand for N behaviours of one server, with TLS from the first byte unless STARTTLS is named."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optout_desktop.adapters.smtp import send
from optout_desktop.domain.accounts import Security
from optout_desktop.domain.errors import (
    EncryptionRefused,
    InputError,
    LoginRefused,
    ServerRefused,
    ServerUnreachable,
)
from optout_desktop.domain.messages import DeliveryStep
from optout_desktop.domain.secrets import Secret
from tests.mail_certificates import Certificates
from tests.mail_servers import DROP, PASSWORD, SILENCE, USER, listening, mail_server, scripted_smtp

pytestmark = pytest.mark.loopback

TEXT = b"Subject: Please stop\r\n\r\n.dot\r\nThe end.\r\n"
TWO = ("privacy@example.com", "optout@example.com")
PLAIN, TLS = Security.STARTTLS, Security.TLS
ACCEPTED, DEFERRED = DeliveryStep.ACCEPTED, DeliveryStep.DEFERRED
REFUSED, UNCERTAIN = DeliveryStep.REFUSED, DeliveryStep.UNCERTAIN
LONG = b"250 " + b"x" * 20_000
BINARY = b"\x00\xff\xfe\x80\x81"


async def endless(writer):
    for _ in range(10):  # more than anybody listens to
        writer.write(b"250-more and more\r\n" * 1000)
        await writer.drain()


async def injected(writer):
    writer.write(b"220 go ahead\r\n250-mail.example.org\r\n250 AUTH PLAIN\r\n")
    await writer.drain()


async def garbage(writer):
    writer.write(b"220 go ahead\r\n")
    await writer.drain()
    writer.write(bytes(range(256)) * 4)
    await writer.drain()


@dataclass(frozen=True, kw_only=True)
class Behaviour:
    """`outcome` is a step or an error, `why` its word, code or reply; `called` counts `before_text`."""

    name: str
    script: dict
    outcome: object
    why: object = None
    called: int = 0
    seen: int = 0
    security: Security = TLS
    sender: str = USER


def row(name, script, outcome, why=None, **more):
    return Behaviour(name=name, script=script, outcome=outcome, why=why, **more)


BEFORE_THE_TEXT = [
    # greeting
    row("greets with later", {"GREETING": b"421 too busy"}, DEFERRED, 421),
    row("greets with never", {"GREETING": b"554 no mail here"}, ServerRefused, 554),
    row("hangs up instead of a greeting", {"GREETING": DROP}, ServerUnreachable, "dropped"),
    row("says nothing as a greeting", {"GREETING": SILENCE}, ServerUnreachable, "silent"),
    row("greets in binary", {"GREETING": BINARY}, ServerUnreachable, "dropped"),
    row("greets plainly and silently", {"GREETING": SILENCE}, ServerUnreachable, "silent", security=PLAIN),
    # EHLO in the open and STARTTLS
    row("offers no STARTTLS", {"EHLO": b"250 AUTH PLAIN"}, EncryptionRefused, security=PLAIN),
    row("knows no EHLO", {"EHLO": b"502 what?"}, EncryptionRefused, security=PLAIN),
    row("puts EHLO off in the open", {"EHLO": b"451 later"}, DEFERRED, 451, security=PLAIN),
    row("hangs up at the open EHLO", {"EHLO": DROP}, ServerUnreachable, "dropped", security=PLAIN),
    row("refuses STARTTLS", {"STARTTLS": b"502 no"}, EncryptionRefused, security=PLAIN),
    row("puts STARTTLS off", {"STARTTLS": b"454 later"}, EncryptionRefused, security=PLAIN),
    row("hangs up at STARTTLS", {"STARTTLS": DROP}, ServerUnreachable, "dropped", security=PLAIN),
    row("speaks on before encryption", {"STARTTLS": injected}, EncryptionRefused, security=PLAIN),
    row("answers with noise instead of TLS", {"STARTTLS": garbage}, EncryptionRefused, security=PLAIN),
    # EHLO inside
    row("puts EHLO off", {"TLS": b"451 later"}, DEFERRED, 451),
    row("refuses EHLO", {"TLS": b"550 not you"}, ServerRefused, 550),
    row("hangs up at EHLO", {"TLS": DROP}, ServerUnreachable, "dropped"),
    row("never ends its EHLO", {"TLS": endless}, ServerUnreachable, "dropped"),
    row("says one long line at EHLO", {"TLS": LONG}, ServerUnreachable, "dropped"),
    # login
    row("offers no login", {"TLS": b"250 mail.example.org"}, LoginRefused),
    row("offers no login that we know", {"TLS": b"250-x\r\n250 AUTH GSSAPI NTLM"}, LoginRefused),
    row("puts the login off", {"AUTH": b"454 later"}, DEFERRED, 454),
    row("refuses the login", {"AUTH": b"535 wrong"}, LoginRefused),
    row("wants another login", {"AUTH": b"534 too weak"}, LoginRefused),
    row("wants encryption for the login", {"AUTH": b"530 encrypt"}, LoginRefused),
    row("hangs up at the login", {"AUTH": DROP}, ServerUnreachable, "dropped"),
    row("answers the login in binary", {"AUTH": BINARY}, ServerUnreachable, "dropped"),
    row("asks for the login again", {"AUTH": b"334 "}, ServerUnreachable, "dropped"),
    # sender
    row("puts the sender off", {"MAIL": b"451 later"}, DEFERRED, 451),
    row("refuses the sender", {"MAIL": b"550 not you"}, REFUSED, 550),
    row("finds it too large", {"MAIL": b"552 too large"}, REFUSED, 552),
    row("forgot the login", {"MAIL": b"530 log in first"}, LoginRefused),
    row("hangs up at the sender", {"MAIL": DROP}, ServerUnreachable, "dropped"),
    row("leaves at the sender", {"MAIL": b"421 closing"}, DEFERRED, 421),
    row("says the text may come at the sender", {"MAIL": b"354 go on"}, ServerUnreachable, "dropped"),
    row("takes only little", {"TLS": b"250-x\r\n250-AUTH PLAIN\r\n250 SIZE 10"}, REFUSED, 552),
    row(
        "carries no such sender", {"TLS": b"250-x\r\n250 AUTH PLAIN"}, REFUSED, 553, sender="zoë@example.org"
    ),
    # recipients
    row("puts the first recipient off", {"RCPT 1": b"450 later"}, DEFERRED, 450),
    row("refuses the first recipient", {"RCPT 1": b"550 unknown"}, REFUSED, 550),
    row("hangs up at the first recipient", {"RCPT 1": DROP}, ServerUnreachable, "dropped"),
    row("puts the second recipient off", {"RCPT 2": b"450 later"}, DEFERRED, 450),
    row("refuses the second recipient", {"RCPT 2": b"550 unknown"}, REFUSED, 550),
    row("refuses both differently", {"RCPT 1": b"450 x", "RCPT 2": b"550 y"}, REFUSED, 550),
    row("hangs up at the second recipient", {"RCPT 2": DROP}, ServerUnreachable, "dropped"),
    row("leaves at the second recipient", {"RCPT 2": b"421 closing"}, DEFERRED, 421),
    row("hangs up at RSET", {"RCPT 2": b"550 unknown", "RSET": DROP}, REFUSED, 550),
    # the text is announced
    row("puts the text off", {"DATA": b"451 later"}, DEFERRED, 451),
    row("refuses the text", {"DATA": b"554 no"}, REFUSED, 554),
    row("hangs up at the announcement", {"DATA": DROP}, ServerUnreachable, "dropped"),
    row("accepts a text that it has not seen", {"DATA": b"250 thanks"}, ServerUnreachable, "dropped"),
    row("thanks before the text", {"DATA": b"354 go\r\n250 thanks"}, ServerUnreachable, "dropped"),
    row("never ends its yes", {"DATA": endless}, ServerUnreachable, "dropped"),
    row("says nothing to the announcement", {"DATA": SILENCE}, ServerUnreachable, "silent"),
]

AFTER_THE_TEXT = [
    row("accepts", {}, ACCEPTED, 250, seen=1, called=1),
    row("accepts after STARTTLS", {}, ACCEPTED, 250, seen=1, called=1, security=PLAIN),
    row("forwards a recipient", {"RCPT 1": b"251 will forward"}, ACCEPTED, 250, seen=1, called=1),
    row("hangs up in the text", {"TEXT BEGUN": DROP}, UNCERTAIN, 0, called=1),
    row("hangs up after the text", {"TEXT": DROP}, UNCERTAIN, 0, seen=1, called=1),
    row("says nothing after the text", {"TEXT": SILENCE}, UNCERTAIN, 0, seen=1, called=1),
    row("answers the text in binary", {"TEXT": BINARY}, UNCERTAIN, 0, seen=1, called=1),
    row("never ends its thanks", {"TEXT": endless}, UNCERTAIN, 0, seen=1, called=1),
    row("says one long line after the text", {"TEXT": LONG}, UNCERTAIN, 0, seen=1, called=1),
    row("puts the text off after all", {"TEXT": b"452 full"}, DEFERRED, 452, seen=1, called=1),
    row("leaves after the text", {"TEXT": b"421 closing"}, DEFERRED, 421, seen=1, called=1),
    row("refuses the text after all", {"TEXT": b"554 spam"}, REFUSED, 554, seen=1, called=1),
    row("asks for more after the text", {"TEXT": b"354 more"}, UNCERTAIN, 354, seen=1, called=1),
]


@pytest.fixture(scope="module")
def certificates():
    return Certificates()


@pytest.mark.parametrize(
    "behaviour", [*BEFORE_THE_TEXT, *AFTER_THE_TEXT], ids=lambda each: each.name.replace(" ", "-")
)
def test_a_server_that(certificates, behaviour):
    calls = []
    terms = certificates.terms(answer_seconds=0.5, verdict_seconds=0.5)
    with scripted_smtp(certificates.good(), behaviour.security, dict(behaviour.script)) as server:
        account = mail_server(server.port, security=behaviour.security)
        try:
            result = send(
                account, Secret(PASSWORD), behaviour.sender, TWO, TEXT, lambda: calls.append(1), terms=terms
            )
        except (EncryptionRefused, LoginRefused, ServerRefused, ServerUnreachable) as error:
            outcome = type(error)
            why = getattr(error, "why", None) or getattr(error, "code", None)
        else:
            outcome, why = result.step, result.code

    assert (outcome, why) == (behaviour.outcome, behaviour.why)
    assert len(calls) == behaviour.called
    assert server.texts == [TEXT] * behaviour.seen
    assert server.connections == 1
    assert b"AUTH" not in server.before_tls
    assert b"MAIL" not in server.before_tls


def test_there_are_more_than_thirty_behaviours_of_each_kind_once():
    names = [each.name for each in (*BEFORE_THE_TEXT, *AFTER_THE_TEXT)]

    assert len(set(names)) == len(names) > 60


def test_if_one_recipient_is_refused_nobody_gets_the_message_and_it_is_said_who_was_refused(certificates):
    with scripted_smtp(certificates.good(), script={"RCPT 2": b"550 5.1.1 no\x07body here"}) as server:
        result = send(
            mail_server(server.port), Secret(PASSWORD), USER, TWO, TEXT, list, terms=certificates.terms()
        )

    [refused] = result.refused
    assert (refused.address, refused.code, refused.reply) == (TWO[1], 550, "5.1.1 no body here")
    assert server.commands[-2:] == ["RSET", "QUIT"]
    assert server.texts == []


def test_a_slow_server_gets_its_time_for_a_whole_answer_and_no_more(certificates):
    async def drip(writer):
        import asyncio

        for _ in range(100):
            writer.write(b"250-wait\r\n")
            await writer.drain()
            await asyncio.sleep(0.05)

    with (
        scripted_smtp(certificates.good(), script={"MAIL": drip}) as server,
        pytest.raises(ServerUnreachable) as caught,
    ):
        send(
            mail_server(server.port),
            Secret(PASSWORD),
            USER,
            TWO,
            TEXT,
            list,
            terms=certificates.terms(answer_seconds=0.3),
        )

    assert caught.value.why == "silent"


def test_letters_beyond_ascii_are_announced_to_a_server_that_carries_them(certificates):
    text = "Grüße\r\n".encode()
    script = {"TLS": b"250-x\r\n250-AUTH PLAIN\r\n250-8BITMIME\r\n250 SMTPUTF8"}
    with scripted_smtp(certificates.good(), script=script) as server:
        result = send(
            mail_server(server.port),
            Secret(PASSWORD),
            "zoë@example.org",
            TWO,
            text,
            list,
            terms=certificates.terms(),
        )

    assert result.step is ACCEPTED
    assert "MAIL FROM:<zoë@example.org> BODY=8BITMIME SMTPUTF8" in server.commands
    assert server.texts == [text]


def test_a_text_of_eight_bits_does_not_leave_for_a_server_of_seven(certificates):
    with scripted_smtp(certificates.good(), script={"TLS": b"250-x\r\n250 AUTH PLAIN"}) as server:
        result = send(
            mail_server(server.port),
            Secret(PASSWORD),
            USER,
            TWO,
            "Grüße\r\n".encode(),
            list,
            terms=certificates.terms(),
        )

    assert (result.step, result.reply) == (REFUSED, "no 8BITMIME")
    assert server.texts == []


# ── nobody slips a command in ────────────────────────────────────────────────────────────────────────

TRICKS = [
    "\r\n",
    "\n",
    "\r",
    "\0",
    ">",
    "<",
    " ",
    "@",
    ",",
    ";",
    ":",
    '"',
    "\u2028",
    "\x85",
    "\ufeff",
    "é",
    "RCPT TO:",
]
tricky = st.lists(st.sampled_from(["a", "b.example", *TRICKS]), max_size=9).map("".join)
addresses = st.one_of(tricky, st.tuples(tricky, tricky).map("@".join), st.sampled_from(TWO))
pieces = st.sampled_from(
    [b".", b"\r\n", b"\n", b"\r", b"\r\n.\r\n", b"QUIT", b"MAIL FROM:<e@example.net>", b"x", b"\xff"]
)
contents = st.lists(pieces, max_size=12).map(b"".join)


@pytest.fixture(scope="module")
def steady(certificates):
    """One server for all the attempts."""
    script = {"TLS": b"250-x\r\n250-AUTH PLAIN\r\n250-8BITMIME\r\n250 SMTPUTF8"}
    with scripted_smtp(certificates.good(), script=script) as server:
        yield server


@given(sender=addresses, recipients=st.lists(addresses, max_size=3).map(tuple), content=contents)
def test_no_address_and_no_text_gives_the_server_more_than_was_meant(
    certificates, steady, sender, recipients, content
):
    steady.commands.clear()
    steady.texts.clear()
    try:
        send(
            mail_server(steady.port),
            Secret(PASSWORD),
            sender,
            recipients,
            content,
            list,
            terms=certificates.terms(),
        )
    except InputError:
        heard = steady.commands

        assert heard == []
    else:
        told = dict.fromkeys(recipients)
        extras = " BODY=8BITMIME" if not content.isascii() else ""
        extras += " SMTPUTF8" if not "".join((sender, *recipients)).isascii() else ""

        assert steady.texts == [content]
        assert steady.commands[2:] == [
            f"MAIL FROM:<{sender}>{extras}",
            *(f"RCPT TO:<{each}>" for each in told),
            "DATA",
            "QUIT",
        ]


def test_a_server_that_speaks_plainly_where_tls_is_due_is_refused(certificates):
    async def greet(_reader, writer):
        writer.write(b"220 plain\r\n")
        await writer.drain()

    with listening(greet) as port, pytest.raises(EncryptionRefused):
        send(mail_server(port), Secret(PASSWORD), USER, TWO, TEXT, list, terms=certificates.terms())
