# SPDX-License-Identifier: Apache-2.0
import pytest


def test_the_directory_is_searched_without_a_vault(bare):
    found = bare.type("company", "search", "acxiom", "--json").data

    assert found[0]["name"].startswith("Acxiom")
    assert {"channel", "value", "source", "checked_on"} == set(found[0]["contacts"][0])


def test_a_search_ends_after_as_many_as_were_asked_for(bare):
    assert len(bare.type("company", "search", "data", "--limit", "3", "--json").data) == 3


def test_where_nothing_fits_that_is_said(bare):
    answer = bare.type("company", "search", "zzzzqqqq")

    assert (answer.status, answer.out) == (0, "No company fits.\n")


def test_with_a_vault_ones_own_companies_are_found_too(optout):
    own = optout.data("company", "search", "northwind", "--vault", "Personal")

    assert [(one["name"], one["origin"]) for one in own] == [("Northwind Data LLC", "added")]


def test_a_company_keeps_its_domains_and_numbers(optout):
    added = optout.data(
        *("company", "add", "--name", "Fabrikam", "--domain", "fabrikam.example", "--country", "US"),
        *("--domain", "fabrikam.example.net", "--number", "262966", "--number", "+1 202 555 0123"),
    )

    assert added["domains"] == ["fabrikam.example", "fabrikam.example.net"]
    assert {one["channel"]: one["value"] for one in added["contacts"]} == {
        "sms": "262966",
        "call": "+12025550123",
    }


def test_a_single_number_takes_calls_unless_it_is_a_short_code(optout):
    short = optout.data("company", "add", "--name", "Short", "--number", "262966", "--country", "US")
    long = optout.data("company", "add", "--name", "Long", "--number", "+12025550123")

    assert [one["channel"] for one in short["contacts"]] == ["sms"]
    assert sorted(one["channel"] for one in long["contacts"]) == ["call", "sms"]


def test_a_third_number_has_no_place(optout):
    answer = optout("company", "add", "--name", "X", "--number", "1", "--number", "2", "--number", "3")

    assert answer.status == 2


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--name", " "), "A company needs a name."),
        (("--name", "X", "--email", "privacy"), "“privacy”"),
        (("--name", "X", "--form", "a b"), "“a b” is not a web address."),
        (("--name", "x" * 301), "This name is longer than 300 characters."),
    ],
)
def test_what_is_wrong_with_a_company_is_said_and_nothing_is_kept(optout, options, sentence):
    answer = optout("company", "add", *options)

    assert (answer.status, answer.out) == (1, "")
    assert sentence in answer.err


@pytest.mark.parametrize("typed", ["..", "x y", "http://northwind.example", "northwind", ""])
def test_what_is_no_domain_is_refused(optout, typed):
    answer = optout("company", "add", "--name", "Acme", "--domain", typed)

    assert (answer.status, answer.out) == (1, "")
    assert answer.err == f"“{typed}” is not a domain. It should look like company.example.\n"


def test_the_country_of_a_company_is_a_country(optout):
    added = optout.data("company", "add", "--name", "Acme", "--country", "us", "--domain", "BÜCHER.example.")
    answer = optout("company", "add", "--name", "Acme", "--country", "Germany")

    assert (added["country"], added["domains"]) == ("US", ["bücher.example"])
    assert (answer.status, answer.err[:32]) == (1, "No country is called “Germany”. ")


def test_a_company_says_where_in_its_country_it_is_and_how_it_wants_letters(optout):
    added = optout.data(
        *("company", "add", "--name", "Helvetia", "--country", "CH", "--region", "CH-ZH", "--language", "de"),
        *("--chat", "https://wa.me/41441112233"),
    )
    answer = optout("company", "add", "--name", "X", "--country", "DE", "--region", "CH-ZH")

    assert (added["country"], added["region"], added["language"]) == ("CH", "CH-ZH", "de")
    assert [one["channel"] for one in added["contacts"]] == ["chat"]
    assert (answer.status, answer.err) == (1, "CH-ZH is not in DE. Choose a region of that country.\n")
