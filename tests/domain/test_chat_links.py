# SPDX-License-Identifier: Apache-2.0
"""Links that open a chat: two hosts, a number or a name, and the text whole."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optout_desktop.domain.chat_links import LONGEST_TEXT_CHARACTERS, chat_link, is_chat_contact
from optout_desktop.domain.errors import InputError


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("https://wa.me/12025550143", "https://wa.me/12025550143?text=Stop%20it"),
        ("wa.me/12025550143", "https://wa.me/12025550143?text=Stop%20it"),
        ("https://WA.me/12025550143/?text=Hello", "https://wa.me/12025550143?text=Stop%20it"),
        ("+1 (202) 555-0143", "https://wa.me/12025550143?text=Stop%20it"),
        ("https://t.me/northwind_bot", "https://t.me/northwind_bot?text=Stop%20it"),
    ],
)
def test_a_contact_and_a_text_make_the_link(contact, link):
    assert is_chat_contact(contact)
    assert chat_link(contact, "Stop it") == link


@pytest.mark.parametrize(
    "contact",
    [
        "",
        "northwind",
        "2025550143",
        "+1",
        "http://wa.me/12025550143",
        "https://wa.me/northwind",
        "https://wa.me/0123456789",
        "https://wa.me.evil.example/12025550143",
        "https://evil.example/wa.me/12025550143",
        "https://wa.me@evil.example/12025550143",
        "https://user@wa.me/12025550143",
        "https://wa.me:8443/12025550143",
        "https://wa.me/12025550143/../../x",
        "https://wa.me/12025550143#x",
        "https://t.me/+invitation",
        "https://t.me/ab",
        "https://t.me/joinchat/northwind",
        "https://[",
        "javascript:alert(1)//t.me/northwind",
        "tg://resolve?domain=northwind",
    ],
)
def test_anything_else_is_refused(contact):
    assert not is_chat_contact(contact)
    with pytest.raises(InputError) as caught:
        chat_link(contact, "Stop")

    assert caught.value.field == "to"


def test_a_text_that_would_be_cut_off_is_refused():
    assert chat_link("+12025550143", "x" * LONGEST_TEXT_CHARACTERS)
    with pytest.raises(InputError) as caught:
        chat_link("+12025550143", "x" * (LONGEST_TEXT_CHARACTERS + 1))

    assert caught.value.field == "text"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_the_text_arrives_whole_and_nothing_else_with_it(text):
    link = urlsplit(chat_link("+12025550143", text))

    assert (link.scheme, link.netloc, link.path, link.fragment) == ("https", "wa.me", "/12025550143", "")
    assert parse_qs(link.query, keep_blank_values=True, strict_parsing=True) == {"text": [text]}
