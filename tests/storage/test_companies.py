# SPDX-License-Identifier: Apache-2.0
"""Keeping companies: a person's own, and corrections."""

from __future__ import annotations

from optout_desktop.domain.companies import Channel, Contact, Origin, Quality
from tests.builders import DAY, a_company, an_instant

FULL = {
    "origin": Origin.CORRECTED,
    "aliases": ("NWD", "Northwind"),
    "domains": ("northwind.example",),
    "categories": ("ads",),
    "website": "https://northwind.example",
    "language": "en",
    "quality": Quality.VERIFIED,
    "sources": ("https://register.example",),
    "is_data_broker": True,
    "note": "two\nlines",
    "contacts": (
        Contact(channel=Channel.EMAIL, value="a@northwind.example", source="you", checked_on=DAY),
        Contact(channel=Channel.POST, value="1 Main Street\nSpringfield"),
    ),
}


def test_a_company_comes_back_as_given(stores):
    company = a_company("Größe & Söhne", **FULL)
    stores.companies.put(company, an_instant())

    assert stores.companies.find(company.id) == company


def test_a_later_one_replaces_an_earlier_one_of_the_same_id(stores):
    company = a_company()
    stores.companies.put(company, an_instant())
    stores.companies.put(a_company("Other", id=company.id), an_instant())

    assert [one.name for one in stores.companies.all()] == ["Other"]


def test_they_come_by_name(stores):
    for name in ("Zeta", "Alpha"):
        stores.companies.put(a_company(name), an_instant())

    assert [one.name for one in stores.companies.all()] == ["Alpha", "Zeta"]


def test_a_removed_one_is_gone(stores):
    company = a_company()
    stores.companies.put(company, an_instant())
    stores.companies.remove(company.id)

    assert stores.companies.find(company.id) is None
