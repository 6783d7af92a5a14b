# SPDX-License-Identifier: Apache-2.0
"""Companies: how they can be reached."""

from __future__ import annotations

from optout_desktop.domain.companies import Channel, Contact
from tests.builders import a_company

COMPANY = a_company(
    contacts=(
        Contact(channel=Channel.FORM, value="https://northwind.example/stop"),
        Contact(channel=Channel.EMAIL, value="first@northwind.example"),
        Contact(channel=Channel.EMAIL, value="second@northwind.example"),
    )
)


def test_the_first_contact_of_a_channel_is_the_preferred_one():
    assert COMPANY.contact(Channel.EMAIL).value == "first@northwind.example"


def test_a_channel_without_a_contact_has_none():
    assert COMPANY.contact(Channel.SMS) is None


def test_each_channel_is_named_once_in_order_of_preference():
    assert COMPANY.channels == (Channel.FORM, Channel.EMAIL)
