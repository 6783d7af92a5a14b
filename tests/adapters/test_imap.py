# SPDX-License-Identifier: Apache-2.0
import asyncio
import logging

import pytest

from optout_desktop.adapters.imap import file_copy, mailbox, try_out
from optout_desktop.domain.accounts import Security, ServerPurpose
from optout_desktop.domain.errors import (
    EncryptionRefused,
    InputError,
    LoginRefused,
    MailServerError,
    ServerRefused,
    ServerUnreachable,
)
from optout_desktop.domain.secrets import Secret
from tests.mail_certificates import Certificates
from tests.mail_servers import DOVECOT_PASSWORD, MARKED_SENT, PLAIN_SENT, dovecot, listening, mail_server

pytestmark = pytest.mark.loopback

ID = "<4711@example.org>"
COPY = (
    f"Date: Mon, 02 Mar 2026 10:20:30 +0000\r\nMessage-ID: {ID}\r\nSubject: Stop\r\n\r\n.Grüße\r\n".encode()
)
SECRET = Secret(DOVECOT_PASSWORD)


@pytest.fixture(scope="module")
def certificates():
    return Certificates()


@pytest.fixture(scope="module")
def marked(certificates):
    """A server whose folder for sent mail has a name of its own and is marked."""
    with dovecot(certificates, folders=MARKED_SENT) as server:
        yield server


@pytest.fixture(scope="module")
def prefixed(certificates):
    """A server that keeps every folder under the inbox, and marks none."""
    with dovecot(certificates, folders=PLAIN_SENT, prefix="INBOX.", mechanisms="login") as server:
        yield server


def filed(certificates, server, message_id=ID, content=COPY):
    return file_copy(server, SECRET, content, message_id, terms=certificates.terms())


@pytest.mark.parametrize("security", Security)
def test_a_copy_is_filed_in_the_marked_folder_once(certificates, marked, security):
    message_id = f"<{security.value}@example.org>"
    copy = COPY.replace(ID.encode(), message_id.encode())
    first = filed(certificates, marked.server(security), message_id, copy)
    second = filed(certificates, marked.server(security), message_id, copy)

    assert first.folder == second.folder == "Gesendete Dinge"
    assert (first.was_there, second.was_there) == (False, True)
    assert marked.messages("Gesendete Dinge").count(copy) == 1
    assert first.bytes_out > len(copy)
    assert 0 < second.bytes_out < first.bytes_out


def test_a_copy_is_seen_and_has_the_messages_date(certificates, marked):
    copy = COPY.replace(b"4711", b"4712")
    folder = filed(certificates, marked.server(), "<4712@example.org>", copy).folder
    with mailbox(marked.server(), SECRET, certificates.terms()) as box:
        box.normalise_times = False
        box.select_folder(folder, readonly=True)
        [number] = box.search(["HEADER", "Message-ID", "<4712@example.org>"])
        [facts] = box.fetch([number], ["FLAGS", "INTERNALDATE"]).values()

    assert b"\\Seen" in facts[b"FLAGS"]
    assert facts[b"INTERNALDATE"].isoformat() == "2026-03-02T10:20:30+00:00"


def test_a_folder_is_found_by_its_usual_name_under_the_servers_prefix(certificates, prefixed):
    result = filed(certificates, prefixed.server())

    assert result.folder == "INBOX.Sent"
    assert prefixed.messages("Sent") == [COPY]


@pytest.mark.parametrize("name", ["Gesendet für später", "A & B", "送信済み"])
def test_a_folder_of_the_persons_choice_is_made_once_whatever_its_letters(certificates, prefixed, name):
    copies = [COPY.replace(b"4711", b"1"), COPY.replace(b"4711", b"2")]
    folders = [
        filed(certificates, prefixed.server(sent_folder=name), f"<{number}@example.org>", copy).folder
        for number, copy in enumerate(copies, start=1)
    ]

    assert folders == [f"INBOX.{name}"] * 2


def test_where_there_is_no_such_folder_nothing_is_made(certificates):
    with dovecot(certificates, folders="") as server:
        with pytest.raises(ServerRefused) as caught:
            filed(certificates, server.server())
        with mailbox(server.server(), SECRET, certificates.terms()) as box:
            names = [name for _, _, name in box.list_folders()]

    assert caught.value.bytes_out > 0
    assert names == ["INBOX"]


@pytest.mark.parametrize("security", Security)
def test_a_login_can_be_tried(certificates, marked, security):
    bytes_out, bytes_in = try_out(marked.server(security), SECRET, terms=certificates.terms())

    assert min(bytes_out, bytes_in) > 0


def test_a_wrong_password_is_refused_and_told_to_nobody(certificates, marked, caplog):
    with caplog.at_level(logging.DEBUG), pytest.raises(LoginRefused) as caught:
        try_out(marked.server(), Secret("Kühe-auf-der-Weide"), terms=certificates.terms())

    assert "Kühe" not in caplog.text + str(caught.value) + repr(caught.value.__dict__)
    assert caught.value.__cause__ is None


def test_a_right_password_stands_in_no_log(certificates, marked, caplog):
    with caplog.at_level(logging.DEBUG):
        try_out(marked.server(), SECRET, terms=certificates.terms())

    assert DOVECOT_PASSWORD not in caplog.text


@pytest.mark.parametrize(
    ("message_id", "content", "field"),
    [("<a@b>\r\nA1 LOGOUT", COPY, "message_id"), ("", COPY, "message_id"), (ID, b"bare\n", "content")],
)
def test_what_could_be_a_command_is_not_filed(certificates, marked, message_id, content, field):
    with pytest.raises(InputError) as caught:
        filed(certificates, marked.server(), message_id, content)

    assert caught.value.field == field


# ── servers that misbehave ───────────────────────────────────────────────────────────────────────────


class Scripted:
    """Answers each command by its name; what it heard, without tags, stands in `heard`."""

    USUAL = {"CAPABILITY": b"* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN\r\n", "LOGOUT": b"* BYE\r\n"}  # noqa: RUF012

    def __init__(self, script, greeting=b"* OK ready\r\n"):
        self.script, self.greeting, self.heard = script, greeting, []

    async def serve(self, reader, writer):
        writer.write(self.greeting)
        try:
            while line := await reader.readline():
                tag, _, words = line.rstrip().partition(b" ")
                self.heard.append(words)
                name = words.split()[0].decode().upper() if words else ""
                answer = self.script.get(name, self.USUAL.get(name, b"") + b"%s OK done\r\n")
                writer.write(answer.replace(b"%s", tag))
                await writer.drain()
                if name == "AUTHENTICATE" and answer.startswith(b"+"):
                    await reader.readline()
                    writer.write(tag + b" OK in\r\n")
        except (ConnectionError, asyncio.IncompleteReadError):
            return


OPEN = [
    (
        "offers no STARTTLS",
        {"CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n%s OK x\r\n"},
        b"* OK hi\r\n",
        EncryptionRefused,
    ),
    ("refuses STARTTLS", {"STARTTLS": b"%s NO no\r\n"}, b"* OK hi\r\n", EncryptionRefused),
    ("does not know STARTTLS", {"STARTTLS": b"%s BAD what\r\n"}, b"* OK hi\r\n", EncryptionRefused),
    ("says that nobody need log in", {}, b"* PREAUTH welcome\r\n", EncryptionRefused),
    (
        "speaks on before encryption",
        {"STARTTLS": b"%s OK go\r\n* OK x\r\n"},
        b"* OK hi\r\n",
        EncryptionRefused,
    ),
    (
        "answers with noise",
        {"STARTTLS": b"%s OK go\r\n\x00\xff\x01\x02\x03noise\r\n"},
        b"* OK hi\r\n",
        EncryptionRefused,
    ),
    ("is closed", {}, b"* BYE later\r\n", (ServerRefused, ServerUnreachable)),
    ("speaks another language", {}, b"220 smtp here\r\n", ServerUnreachable),
]


@pytest.mark.parametrize(("name", "script", "greeting", "expected"), OPEN, ids=[each[0] for each in OPEN])
def test_nothing_is_said_in_the_open_to_a_server_that(certificates, name, script, greeting, expected):
    server = Scripted(script, greeting)
    with listening(server.serve) as port:
        account = mail_server(port, security=Security.STARTTLS, purpose=ServerPurpose.IMAP)
        with pytest.raises(expected):
            try_out(account, SECRET, terms=certificates.terms())

    assert {words.split()[0].upper() for words in server.heard if words.isascii()} <= {
        b"CAPABILITY",
        b"STARTTLS",
    }


INSIDE = [
    ("has no room", {"APPEND": b"%s NO [OVERQUOTA] full\r\n"}, ServerRefused),
    ("is not there for logins", {"AUTHENTICATE": b"%s NO [UNAVAILABLE] later\r\n"}, ServerRefused),
    ("allows no login", {"CAPABILITY": b"* CAPABILITY IMAP4rev1 LOGINDISABLED\r\n%s OK x\r\n"}, LoginRefused),
    ("leaves in between", {"LIST": b"* BYE closing\r\n"}, ServerUnreachable),
    ("answers with noise", {"LIST": b"\xff\xfe\x00\r\n"}, ServerUnreachable),
    (
        "lists folders that cannot be read",
        {"LIST": b'* LIST (\\Sent "/" Sent\r\n%s OK x\r\n'},
        MailServerError,
    ),
    ("promises more than anybody waits for", {"LIST": b"* LIST {99999999999}\r\n"}, ServerUnreachable),
]


@pytest.mark.parametrize(("name", "script", "expected"), INSIDE, ids=[each[0] for each in INSIDE])
def test_no_copy_is_filed_at_a_server_that(certificates, name, script, expected):
    usual = {
        "AUTHENTICATE": b"+ \r\n",
        "LIST": b'* LIST (\\Sent) "/" Sent\r\n%s OK x\r\n',
        "UID": b"* SEARCH\r\n%s OK x\r\n",
    }
    server = Scripted({**usual, **script})
    with listening(server.serve, certificates.good()) as port:
        account = mail_server(port, purpose=ServerPurpose.IMAP)
        with pytest.raises(expected) as caught:
            file_copy(account, SECRET, COPY, ID, terms=certificates.terms())

    assert caught.value.bytes_in > 0
    assert DOVECOT_PASSWORD not in str(caught.value)


def test_a_server_of_the_oldest_kind_gets_user_and_password_as_they_are_if_they_are_plain(certificates):
    oldest = {"CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n%s OK x\r\n"}
    server = Scripted(oldest)
    with listening(server.serve, certificates.good()) as port:
        account = mail_server(port, purpose=ServerPurpose.IMAP)
        try_out(account, Secret('a "quoted" \\ word'), terms=certificates.terms())
        with pytest.raises(InputError):
            try_out(account, SECRET, terms=certificates.terms())
        with pytest.raises(InputError):
            try_out(account, Secret("a\r\nb LOGOUT"), terms=certificates.terms())

    assert [words for words in server.heard if words.startswith(b"LOGIN")] == [
        b'LOGIN robin@example.org "a \\"quoted\\" \\\\ word"'
    ]
