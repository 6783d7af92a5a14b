# SPDX-License-Identifier: Apache-2.0
import socket

import pytest

from optout_desktop.adapters.lines import Line, Terms, dial
from optout_desktop.domain.errors import EncryptionRefused, ServerUnreachable
from tests.mail_certificates import Certificates
from tests.mail_servers import HOST, free_port, listening

pytestmark = pytest.mark.loopback

TERMS = Terms(connect_seconds=2.0, answer_seconds=0.3)


@pytest.fixture
def pair():
    """A line and the other end of it."""
    ours, theirs = socket.socketpair()
    line = Line(ours, HOST, TERMS, most_answer_bytes=1000)
    yield line, theirs
    line.close()
    theirs.close()


def test_what_crosses_is_counted(pair):
    line, theirs = pair
    line.sendall(b"12345")
    theirs.sendall(b"one\r\ntwo\r\n")

    assert (line.readline(), line.readline()) == (b"one\r\n", b"two\r\n")
    assert (line.bytes_out, line.bytes_in) == (5, 10)
    assert theirs.recv(9) == b"12345"


def test_a_line_of_text_is_cut_at_the_most_that_is_wanted(pair):
    line, theirs = pair
    theirs.sendall(b"abcdef\r\n")

    assert line.readline(4) == b"abcd"
    assert line.read(2) == b"ef"
    assert line.readline() == b"\r\n"


def test_an_answer_without_end_is_none(pair):
    line, theirs = pair
    theirs.sendall(b"x" * 1001)

    with pytest.raises(ServerUnreachable) as caught:
        line.readline()

    assert caught.value.why == "dropped"
    assert caught.value.bytes_in == 1001


def test_more_than_is_allowed_is_not_even_waited_for(pair):
    line, _ = pair

    with pytest.raises(ServerUnreachable):
        line.read(1001)


def test_a_silent_end_is_given_up(pair):
    line, _ = pair

    with pytest.raises(ServerUnreachable) as caught:
        line.readline()

    assert caught.value.why == "silent"


def test_a_hung_up_end_is_noticed(pair):
    line, theirs = pair
    theirs.close()

    with pytest.raises(ServerUnreachable) as caught:
        line.readline()

    assert caught.value.why == "dropped"


def test_words_before_encryption_end_the_conversation(pair):
    line, theirs = pair
    theirs.sendall(b"220 go ahead\r\n250 AUTH\r\n")
    line.readline()

    assert line.has_unread
    with pytest.raises(EncryptionRefused):
        line.encrypt()
    assert line.bytes_out == 0


def test_a_large_text_crosses_encrypted_whole():
    certificates, heard = Certificates(), []

    async def take(reader, writer):
        heard.append(await reader.readexactly(1_000_000))
        writer.write(b"thanks\r\n")
        await writer.drain()
        await reader.read()

    with listening(take, certificates.good()) as port:
        line = dial(HOST, port, certificates.terms(), most_answer_bytes=1000)
        line.encrypt()
        line.sendall(b"x" * 1_000_000)
        thanks = line.readline()
        line.close()

    assert thanks == b"thanks\r\n"
    assert heard == [b"x" * 1_000_000]
    assert line.bytes_out > 1_000_000


@pytest.mark.parametrize(
    ("trouble", "why"),
    [
        (socket.gaierror("no such name"), "name"),
        (UnicodeError("no name at all"), "name"),
        (ConnectionResetError(104, "reset"), "dropped"),
        (OSError(101, "no network"), "silent"),
        (TimeoutError(), "silent"),
    ],
)
def test_a_line_that_does_not_come_about_says_why(monkeypatch, trouble, why):
    def fails(*_arguments):
        raise trouble

    monkeypatch.setattr(socket, "getaddrinfo", fails)

    with pytest.raises(ServerUnreachable) as caught:
        dial(HOST, free_port(), TERMS, most_answer_bytes=1)
    assert caught.value.why == why
