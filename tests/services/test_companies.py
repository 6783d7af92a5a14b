# SPDX-License-Identifier: Apache-2.0
"""Companies: the shipped directory, a person's own, and corrections over it."""

from __future__ import annotations

import pytest

from optout_desktop.domain.companies import Channel, Origin
from optout_desktop.domain.errors import InputError, NotFound
from optout_desktop.services.companies import CompanyInput
from tests.services import desks


@pytest.fixture
def shipped(desk, library):
    """A company of the directory that can be written to by e-mail."""
    return next(one for one in library.directory.matches("a", 200) if one.contact(Channel.EMAIL))


@pytest.mark.parametrize("typed", ["größe", "GRÖSSE", "grosse caf", "groesse.ex"])
def test_an_own_company_is_found_by_name_or_domain_in_any_case_and_without_accents(desk, typed):
    company = desk.companies.add(CompanyInput(name="Größe Café", domains=("groesse.example",)))

    assert company in desk.companies.search(typed).companies


def test_an_own_company_has_every_way_to_reach_it(northwind):
    assert northwind.origin is Origin.ADDED
    assert set(northwind.channels) == set(Channel)
    assert northwind.contact(Channel.CALL).value == "+12025550100"
    assert northwind.contact(Channel.FORM).value == "https://northwind.example/stop"


def test_adding_can_be_undone_and_redone(desk, northwind):
    desk.undoing.undo()
    gone = desk.companies.own()
    desk.undoing.redo()

    assert gone == ()
    assert desk.companies.own() == (northwind,)


def test_a_correction_lies_over_the_shipped_record_and_leaves_what_was_not_typed(desk, shipped):
    fixed = desk.companies.correct(shipped.id, CompanyInput(name=shipped.name, email="new@company.example"))

    assert desk.companies.get(shipped.id) == fixed
    assert fixed.origin is Origin.CORRECTED
    assert fixed.contact(Channel.EMAIL).value == "new@company.example"
    assert (fixed.categories, fixed.language, fixed.sources) == (
        shipped.categories,
        shipped.language,
        shipped.sources,
    )
    assert [one.id for one in desk.companies.search(shipped.name).companies].count(shipped.id) == 1


def test_an_unchanged_contact_keeps_its_source(desk, shipped):
    email = shipped.contact(Channel.EMAIL)
    fixed = desk.companies.correct(shipped.id, CompanyInput(name="Other", email=email.value))

    assert fixed.contact(Channel.EMAIL) == email


def test_a_correction_can_be_undone_redone_and_forgotten(desk, shipped):
    fixed = desk.companies.correct(shipped.id, CompanyInput(name="Other"))
    desk.undoing.undo()
    undone = desk.companies.get(shipped.id)
    desk.undoing.redo()
    redone = desk.companies.get(shipped.id)
    forgotten = desk.companies.forget_correction(shipped.id)
    desk.undoing.undo()

    assert (undone, redone, forgotten) == (shipped, fixed, shipped)
    assert desk.companies.get(shipped.id) == fixed


def test_forgetting_what_was_never_corrected_changes_nothing(desk, shipped):
    before = desks.digest_of(desk.vault)

    assert desk.companies.forget_correction(shipped.id) == shipped
    assert desks.digest_of(desk.vault) == before
    assert desk.undoing.view().undo is None


def test_an_own_company_has_no_shipped_record(desk, northwind):
    with pytest.raises(NotFound, match="No company of the directory"):
        desk.companies.forget_correction(northwind.id)


def test_a_company_is_named_by_its_id_or_its_exact_name(desk, northwind):
    assert desk.companies.named(northwind.id) == desk.companies.named("NORTHWIND data llc") == northwind


def test_an_unknown_name_has_the_nearest_ones(desk, library):
    known = next(one for one in library.directory.matches("a", 200) if len(one.name) > 10)

    with pytest.raises(NotFound) as caught:
        desk.companies.named(f"{known.name}x")

    assert caught.value.nearest


def test_the_directory_is_counted(desk, library):
    assert desk.companies.count() == len(library.directory) > 1000


BAD = {
    "no name": ({"name": ""}, "company", "needs a name"),
    "a name of 301 characters": ({"name": "x" * 301}, "company", "longer than 300"),
    "an address without a domain": ({"email": "privacy@"}, "email", "after the @"),
    "an address without an ending": ({"email": "privacy@acme"}, "email", "privacy@acme.com"),
    "a phone that is none": ({"phone": "call us"}, "phone", "not a telephone number"),
    "a number that is none": ({"sms_number": "STOP"}, "sms_number", "not a telephone number"),
    "a site that is none": ({"website": "our site"}, "website", "not a web address"),
    "a form that is none": ({"form": "javascript://x.y"}, "form", "not a web address"),
    "a country that is none": ({"country": "Narnia"}, "country", "not a country"),
}


@pytest.mark.parametrize(("changes", "field", "sentence"), BAD.values(), ids=BAD.keys())
def test_what_cannot_be_is_told_and_changes_nothing(desk, changes, field, sentence):
    before = desks.digest_of(desk.vault)

    with pytest.raises(InputError, match=sentence) as caught:
        desk.companies.add(CompanyInput(**{"name": "Acme"} | changes))

    assert caught.value.field == field
    assert desks.digest_of(desk.vault) == before


@pytest.mark.parametrize("name", ["x" * 300, "חברה בע״מ", "Cafe\u0301", "“Quotes” & <b>"])
def test_any_name_of_300_characters_is_kept_as_it_is(desk, name):
    company = desk.companies.add(CompanyInput(name=name))

    assert desk.companies.get(company.id).name == name


class TestFurtherAddresses:
    MORE = ((Channel.EMAIL, "dpo@northwind.example"), (Channel.CALL, "+1 202 555 0199"))

    def test_every_address_of_a_channel_is_kept_after_the_first(self, desk):
        company = desk.companies.add(
            CompanyInput(name="N", country="US", email="privacy@northwind.example", further=self.MORE)
        )
        again = desk.companies.get(company.id)

        assert [(one.channel, one.value) for one in again.contacts] == [
            (Channel.EMAIL, "privacy@northwind.example"),
            (Channel.EMAIL, "dpo@northwind.example"),
            (Channel.CALL, "+12025550199"),
        ]

    def test_an_address_that_is_given_twice_is_kept_once(self, desk):
        typed = CompanyInput(name="N", email="a@n.example", further=((Channel.EMAIL, " a@n.example "),))

        assert len(desk.companies.add(typed).contacts) == 1

    def test_a_further_address_that_cannot_be_is_told_at_its_field(self, desk):
        with pytest.raises(InputError) as caught:
            desk.companies.add(CompanyInput(name="N", further=((Channel.FORM, "nowhere"),)))

        assert caught.value.field == "further"
