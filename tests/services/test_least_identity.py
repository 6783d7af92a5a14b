# SPDX-License-Identifier: Apache-2.0
"""The least that a company must be told, by channel, by right and by what the directory knows of it."""

from __future__ import annotations

import pytest

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.ids import CompanyId
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.rights import Right
from optout_desktop.services.least_identity import least_identity
from tests.builders import a_company

N, E, P, A = (
    IdentityItem.NAME,
    IdentityItem.EMAIL,
    IdentityItem.PHONE,
    IdentityItem.POSTAL_ADDRESS,
)


@pytest.mark.parametrize(
    ("right", "channel", "expected"),
    [
        (Right.UNSUBSCRIBE_EMAIL, Channel.EMAIL, {E}),
        (Right.UNSUBSCRIBE_EMAIL, Channel.FORM, {E}),
        (Right.UNSUBSCRIBE_EMAIL, Channel.POST, {N, A, E}),
        (Right.SMS_STOP, Channel.SMS, {P}),
        (Right.OBJECT_DIRECT_MARKETING, Channel.SMS, {P}),
        (Right.SMS_STOP, Channel.EMAIL, {E, P}),
        (Right.DO_NOT_CALL_INTERNAL, Channel.CALL, {N, P}),
        (Right.DO_NOT_CALL_INTERNAL, Channel.EMAIL, {E, P}),
        (Right.ACCESS, Channel.EMAIL, {N, E}),
        (Right.DELETE, Channel.FORM, {N, E}),
        (Right.DELETE, Channel.POST, {N, A}),
        (Right.OPTOUT_SALE, Channel.EMAIL, {N, E}),
        (Right.OPTOUT_SALE, Channel.CHAT, {N, E}),
    ],
)
def test_it_hangs_on_the_right_and_the_channel(right, channel, expected):
    assert least_identity(a_company(), right, channel) == expected
    assert least_identity(None, right, channel) == expected


def test_what_the_directory_says_that_a_company_asks_for_is_part_of_it(library):
    asks = [one for one in library.directory if "It asks for: name, postal address." in one.note]

    assert asks
    for company in asks:
        assert least_identity(company, Right.ACCESS, Channel.EMAIL) == {N, E, A}
        assert least_identity(company, Right.UNSUBSCRIBE_EMAIL, Channel.EMAIL) == {E}


def test_an_identity_document_is_never_part_of_it():
    company = a_company(
        id=CompanyId("x"), note="It asks for: name, a copy of an identity document. It is slow."
    )

    assert least_identity(company, Right.ACCESS, Channel.EMAIL) == {N, E}
