# SPDX-License-Identifier: Apache-2.0
"""The directory reads strictly, forgives single lines, and finds a company by a few letters."""

import json
from datetime import date
from pathlib import Path

import pytest

from optout_desktop.catalog.companies import Directory
from optout_desktop.domain.companies import Channel, Origin, Quality
from optout_desktop.domain.errors import CatalogError

SOURCES = '[policy]\ntitle = "the company\'s policy"\n[register]\ntitle = "a register"\n'
SHIPPED = Path(__file__).parents[2] / "resources" / "companies" / "companies.jsonl"


def a_line(slug="northwind-data", name="Northwind Data LLC", **more):
    fields = {"relevant-countries": ["us"], "quality": "verified", "sources": ["policy"]}
    return {"slug": slug, "name": name, **fields, **more}


@pytest.fixture
def directory_of(tmp_path):
    def build(*lines, sources=SOURCES):
        path = tmp_path / "companies.jsonl"
        texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
        path.write_text("\n".join(texts), encoding="utf-8")
        path.with_name("sources.toml").write_text(sources, encoding="utf-8")
        return Directory(path)

    return build


@pytest.fixture(scope="module")
def shipped():
    return Directory(SHIPPED)


def names(companies):
    return [company.name for company in companies]


# ── reading ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_line_becomes_a_company_with_its_contacts_in_order_of_preference(directory_of):
    directory = directory_of(
        a_line(
            aliases=["Northwind"],
            domains=["northwind.example"],
            country="US",
            categories=["data-broker"],
            contacts=[
                {"channel": "form", "value": "https://northwind.example/stop", "source": "register"},
                {
                    "channel": "email",
                    "value": "privacy@northwind.example",
                    "source": "policy",
                    "checked-on": "2026-08-14",
                },
            ],
            web="https://northwind.example",
            flags=["data-broker"],
            **{"request-language": "en"},
        )
    )

    company = directory.get("northwind-data")

    assert company.name == "Northwind Data LLC"
    assert company.origin is Origin.SHIPPED
    assert company.quality is Quality.VERIFIED
    assert company.is_data_broker
    assert company.channels == (Channel.FORM, Channel.EMAIL)
    assert company.contact(Channel.EMAIL).source == "the company's policy"
    assert company.contact(Channel.EMAIL).checked_on == date(2026, 8, 14)
    assert company.contact(Channel.FORM).checked_on is None
    assert (company.website, company.language, company.country) == ("https://northwind.example", "en", "US")
    assert company.sources == ("the company's policy",)


def test_the_note_says_what_the_company_asks_for_and_what_its_flags_mean(directory_of):
    directory = directory_of(
        a_line(
            flags=["email-bounced-2026"],
            **{
                "required-elements": [
                    {"type": "name"},
                    {"type": "birthdate"},
                    {"type": "email", "optional": True},
                ],
                "account-deletion": {"url": "https://northwind.example/delete", "difficulty": "hard"},
            },
        )
    )

    note = directory.get("northwind-data").note

    assert "reported as bounced in August 2026" in note
    assert "It asks for: name, date of birth." in note
    assert "An account is deleted at https://northwind.example/delete (hard)." in note


@pytest.mark.parametrize(
    ("broken", "field", "problem"),
    [
        ('{"slug": "half', "line", "is not JSON"),
        ("[" * 100_000, "line", "is not JSON"),
        ("[]", "line", "is not a JSON object"),
        (a_line(colour="red"), "colour", "is not a field of a company"),
        ({"slug": "no-name", "sources": ["policy"]}, "name", "is missing"),
        ({"name": "No Slug", "sources": ["policy"]}, "slug", "is missing"),
        (a_line(slug="Not A Slug"), "slug", "small letters"),
        (a_line(slug=7), "slug", "must be a text"),
        (a_line(sources=[]), "sources", "names no list"),
        (a_line(sources=["hearsay"]), "sources", "“hearsay” is not a known word"),
        (a_line(quality="fine"), "quality", "“fine” is not a known word"),
        (a_line(aliases="Northwind"), "aliases", "must be a list"),
        (a_line(aliases=[1]), "aliases", "must be a list of texts"),
        (a_line(flags=["rude"]), "flags", "“rude” is not a known word"),
        (a_line(country=None), "country", "is missing"),
        (a_line(contacts=["privacy@northwind.example"]), "contacts", "must be a list of objects"),
        (
            a_line(contacts=[{"channel": "pigeon", "value": "x", "source": "policy"}]),
            "contacts[0].channel",
            "“pigeon” is not a known word",
        ),
        (a_line(contacts=[{"channel": "email", "source": "policy"}]), "contacts[0].value", "is missing"),
        (
            a_line(contacts=[{"channel": "email", "value": "x", "source": "rumour"}]),
            "contacts[0].source",
            "“rumour” is not a known word",
        ),
        (
            a_line(contacts=[{"channel": "email", "value": "x", "source": "policy", "checked-on": "14 Aug"}]),
            "contacts[0].checked-on",
            "“14 Aug” is not a date",
        ),
        (
            a_line(contacts=[{"channel": "email", "value": "x", "source": "policy", "fax": "1"}]),
            "contacts[0].fax",
            "is not a field of a contact",
        ),
        (a_line(**{"required-elements": [{"type": "blood"}]}), "required-elements", "“blood”"),
        (
            a_line(**{"account-deletion": {"url": "https://x.example"}}),
            "account-deletion.difficulty",
            "is missing",
        ),
    ],
)
def test_a_broken_line_is_named_with_file_line_and_field_and_the_others_still_load(
    directory_of, broken, field, problem
):
    directory = directory_of(
        a_line("adventure-works", "Adventure Works"), broken, a_line("tailspin", "Tailspin")
    )

    (error,) = directory.problems

    assert names(directory) == ["Adventure Works", "Tailspin"]
    assert (error.file, error.line, error.field) == ("companies.jsonl", 2, field)
    assert problem in error.problem


def test_a_second_line_with_the_same_id_is_left_out_and_named(directory_of):
    directory = directory_of(a_line(name="First"), a_line(name="Second"))

    assert names(directory) == ["First"]
    assert directory.problems[0].line == 2


def test_a_line_that_is_not_utf_8_costs_only_itself(directory_of, tmp_path):
    directory = directory_of(a_line())
    path = tmp_path / "companies.jsonl"
    path.write_bytes(path.read_bytes() + b'\n{"slug": "\xff"}\n')

    assert len(directory) == 1
    assert directory.problems[0].field == "line"


def test_a_missing_file_is_named(tmp_path):
    directory = Directory(tmp_path / "companies.jsonl")

    with pytest.raises(CatalogError) as caught:
        directory.search("northwind")

    assert caught.value.file == "sources.toml"


def test_a_list_without_a_title_is_named(directory_of):
    directory = directory_of(a_line(), sources='[policy]\nlicence = "CC0-1.0"\n')

    with pytest.raises(CatalogError) as caught:
        len(directory)

    assert caught.value.field == "policy.title"


def test_a_table_of_lists_that_is_not_toml_is_named(directory_of):
    directory = directory_of(a_line(), sources="[policy")

    with pytest.raises(CatalogError, match=r"sources\.toml: file: is not TOML"):
        len(directory)


# ── finding ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def directory(directory_of):
    return directory_of(
        a_line("northwind-data", "Northwind Data LLC", aliases=["Sky Lists"], domains=["northwind.example"]),
        a_line("northwind-travel", "Northwind Travel", domains=["northwindtravel.example"]),
        a_line("data-northwind", "Data Northwind"),
        a_line("fabrikam", "Fabrikam Ads", aliases=["Fabrikam Northwind Holding"]),
        a_line("cafe", "Café Łódź Straße"),
        a_line("subnorthwinder", "Subnorthwinder"),
    )


def test_the_beginning_of_a_name_comes_before_the_beginning_of_a_word_and_that_before_the_inside(directory):
    found = [company.id for company in directory.search("northw")]

    assert found == ["northwind-travel", "northwind-data", "data-northwind", "fabrikam", "subnorthwinder"]


def test_several_words_must_all_occur_in_any_order(directory):
    found = [company.id for company in directory.search("data north")]

    assert found == ["data-northwind", "northwind-data"]


@pytest.mark.parametrize("typed", ["cafe lodz strasse", "CAFÉ ŁÓDŹ STRASSE", "Cafe\u0301", "straße"])
def test_accents_and_capitals_do_not_matter(directory, typed):
    found = directory.search(typed)

    assert [company.id for company in found] == ["cafe"]


def test_other_names_and_domains_find_a_company(directory):
    assert names(directory.search("sky li")) == ["Northwind Data LLC"]
    assert names(directory.search("northwindtravel.exam")) == ["Northwind Travel"]


def test_a_limit_is_kept(directory):
    assert len(directory.search("northwind", limit=2)) == 2


@pytest.mark.parametrize("typed", ["", "   ", "…", "-–-"])
def test_no_words_find_nothing(directory, typed):
    assert directory.search(typed) == ()
    assert directory.nearest(typed) == ()


@pytest.mark.parametrize("typed", ["nortwind travel", "northwnid travel", "norhtwind trvel"])
def test_a_slip_of_the_finger_is_forgiven_and_offered_as_did_you_mean(directory, typed):
    assert directory.matches(typed) == ()
    assert directory.search(typed)[0].id == "northwind-travel"
    assert directory.nearest(typed)[0] == "Northwind Travel"


@pytest.mark.parametrize("typed", ["sou", "contoso", "x" * 5000, "northwind contoso", "\u202e\x00"])
def test_what_resembles_nothing_finds_nothing(directory, typed):
    assert directory.search(typed) == ()
    assert directory.nearest(typed) == ()


def test_an_id_that_is_not_there_is_none(directory):
    assert directory.get("contoso") is None


def test_a_host_below_a_domain_belongs_to_its_owner(directory):
    assert [company.id for company in directory.by_domain("News.Mail.northwind.example.")] == [
        "northwind-data"
    ]
    assert directory.by_domain("example") == ()
    assert directory.by_domain("notnorthwind.example") == ()
    assert directory.by_domain("") == ()


# ── the shipped directory ───────────────────────────────────────────────────────────────────────────


def test_the_shipped_directory_reads_without_a_problem(shipped):
    assert shipped.problems == ()
    assert len(shipped) > 2_000


def test_every_shipped_company_is_found_by_its_own_name(shipped):
    sample = list(shipped)[::40]

    assert [company for company in sample if company not in shipped.search(company.name, limit=50)] == []


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("acxi", "Acxiom LLC"),
        ("whitep", "Whitepages, Inc"),
        ("axciom", "Acxiom LLC"),
        ("wihtepages", "Whitepages, Inc"),
    ],
)
def test_well_known_companies_are_found_by_a_few_letters_or_with_a_slip(shipped, typed, name):
    assert name in names(shipped.search(typed))
