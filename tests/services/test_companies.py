# SPDX-License-Identifier: Apache-2.0
"""Companies: the shipped directory, a person's own, and corrections over it."""

from __future__ import annotations

import json

import pytest

from optout_desktop.catalog.companies import Directory
from optout_desktop.domain.companies import Channel, Origin
from optout_desktop.domain.errors import InputError, NotFound
from optout_desktop.services.companies import CompanyInput
from tests.services import desks


@pytest.fixture
def shipped(desk, library):
    """A company of the directory that can be written to by e-mail."""
    return next(one for one in library.directory.matches("a", 200) if one.contact(Channel.EMAIL))


class NewerLibrary:
    """What a later version of the app ships: one company has another name and other contacts."""

    def __init__(self, library, company):
        self._library = library
        path = library.directory._path
        line = {"slug": company.id, "name": "Changed by the update", "relevant-countries": ["all"]}
        line |= {"contacts": [], "quality": "verified", "sources": ["datenanfragen"], "categories": []}
        read = {path: json.dumps(line).encode()}
        self.directory = Directory(path, lambda one: read.get(one) or one.read_bytes())

    def __getattr__(self, name):
        return getattr(self._library, name)


@pytest.mark.parametrize("typed", ["größe", "GRÖSSE", "grosse caf", "groesse.ex"])
def test_an_own_company_is_found_by_name_or_domain_in_any_case_and_without_accents(desk, typed):
    company = desk.companies.add(CompanyInput(name="Größe Café", domains=("groesse.example",)))

    assert company in desk.companies.search(typed).companies


def test_an_own_company_has_every_way_to_reach_it(northwind):
    assert northwind.origin is Origin.ADDED
    assert set(northwind.channels) == set(Channel) - {Channel.CHAT}
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


class TestPlaceAndLanguage:
    def test_a_company_says_its_region_its_language_and_its_chat(self, desk):
        typed = CompanyInput(
            name="N", country="CH", region="ch-zh", language="DE", chat="https://wa.me/41441112233"
        )
        company = desk.companies.add(typed)

        assert (company.country, company.region, company.language) == ("CH", "CH-ZH", "de")
        assert company.contact(Channel.CHAT).value == "https://wa.me/41441112233"

    def test_a_region_alone_says_the_country(self, desk):
        assert desk.companies.add(CompanyInput(name="N", region="CH-ZH")).country == "CH"

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"country": "DE", "region": "CH-ZH"}, "region"),
            ({"region": "CH"}, "region"),
            ({"region": "somewhere"}, "region"),
            ({"language": "German"}, "language"),
            ({"chat": "hello"}, "chat"),
        ],
    )
    def test_a_place_a_language_or_a_chat_that_cannot_be_is_told_at_its_field(self, desk, typed, field):
        with pytest.raises(InputError) as caught:
            desk.companies.add(CompanyInput(name="N", **typed))

        assert caught.value.field == field

    def test_a_region_that_was_not_typed_stays_while_the_country_does(self, desk):
        company = desk.companies.add(CompanyInput(name="N", country="CH", region="CH-ZH", language="de"))
        same = desk.companies.correct(company.id, CompanyInput(name="M", country="CH"))
        other = desk.companies.correct(company.id, CompanyInput(name="M", country="AT"))

        assert (same.region, same.language) == ("CH-ZH", "de")
        assert (other.region, other.language) == ("", "de")


class TestPrivacyPolicy:
    FOUND = ((Channel.EMAIL, "dpo@northwind.example"), (Channel.FORM, "https://northwind.example/stop"))

    def test_addresses_of_a_policy_come_after_the_known_ones_with_their_source(self, desk, northwind, clock):
        after = desk.companies.add_found(northwind.id, self.FOUND)

        assert after.contacts[:-1] == northwind.contacts
        assert (after.contacts[-1].value, after.contacts[-1].source, after.contacts[-1].checked_on) == (
            "dpo@northwind.example",
            "privacy_policy",
            clock.today(),
        )

    def test_adding_them_can_be_undone(self, desk, northwind, shipped):
        for company in (northwind, shipped):
            desk.companies.add_found(company.id, self.FOUND[:1])
            desk.undoing.undo()

        assert (desk.companies.get(northwind.id), desk.companies.get(shipped.id)) == (northwind, shipped)

    def test_what_is_known_is_not_added_again(self, desk, northwind):
        assert desk.companies.add_found(northwind.id, self.FOUND[1:]) == northwind


def test_an_empty_search_shows_ones_own_by_name(desk):
    for name in ("Zeta", "Alpha"):
        desk.companies.add(CompanyInput(name=name))

    assert [one.name for one in desk.companies.search(" ").companies] == ["Alpha", "Zeta"]
    assert desk.companies.own_count() == 2


def test_everybody_is_the_directory_with_ones_own_over_it(desk, shipped, northwind):
    fixed = desk.companies.correct(shipped.id, CompanyInput(name="Other"))
    everybody = list(desk.companies.everybody())

    assert len(everybody) == desk.companies.count() + 1
    assert {fixed, northwind} <= set(everybody)
    assert shipped not in everybody


def test_ones_own_edits_survive_a_newer_directory(desk, vault, outside, shipped):
    fixed = desk.companies.correct(shipped.id, CompanyInput(name=shipped.name, email="mine@company.example"))
    newer = NewerLibrary(desks.library(), shipped)
    updated = desks.open_desk(vault, newer, outside)

    assert newer.directory.get(shipped.id).name == "Changed by the update"
    assert updated.companies.get(shipped.id) == fixed
    assert updated.companies.forget_correction(shipped.id).name == "Changed by the update"
