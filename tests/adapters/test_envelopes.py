# SPDX-License-Identifier: Apache-2.0
import pytest

from optout_desktop.adapters.envelopes import checked_content, cleaned, envelope
from optout_desktop.domain.errors import InputError

ME, YOU = "robin@example.org", "privacy@example.com"


def test_leading_dots_are_doubled_and_the_end_is_added():
    sealed = envelope(ME, (YOU,), b".a\r\nb.\r\n..\r\n")

    assert sealed.as_data == b"..a\r\nb.\r\n...\r\n.\r\n"
    assert not sealed.is_8bit


def test_nobody_gets_a_message_twice():
    assert envelope(ME, (YOU, YOU), b"x\r\n").recipients == (YOU,)


def test_only_letters_beyond_ascii_need_more_of_the_server():
    assert not envelope(ME, (YOU,), b"x\r\n").needs_utf8
    assert envelope(ME, ("zoë@example.com",), b"x\r\n").needs_utf8
    assert envelope(ME, (YOU,), "ë\r\n".encode()).is_8bit


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a",
        "a@",
        "@b",
        "a@b@c",
        "a b@c",
        "<a@b>",
        "a@b>",
        "a@b\r\n",
        "a@b\u2028",
        "a\u200b@b",
        '"a"@b',
        "a" * 251 + "@b.c",
    ],
)
def test_no_address_passes_that_could_be_more_than_one(address):
    with pytest.raises(InputError):
        envelope(ME, (address,), b"x\r\n")


def test_a_line_of_998_bytes_passes_and_one_of_999_does_not():
    assert checked_content(b"x" * 998 + b"\r\n")

    with pytest.raises(InputError):
        checked_content(b"x" * 999 + b"\r\n")


def test_a_servers_words_become_one_short_line():
    assert cleaned(b"5.1.1 no\r\n\x1b[31m such\xff\x00user\t") == "5.1.1 no [31m such\ufffd user"
    assert len(cleaned(b"x" * 10_000)) == 500
