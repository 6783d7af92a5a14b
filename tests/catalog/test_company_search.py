# SPDX-License-Identifier: Apache-2.0
"""Finding companies by a few letters."""

from __future__ import annotations

from optout_desktop.catalog.company_search import CompanyIndex, words_of
from tests.builders import a_company


def index_of(*names) -> CompanyIndex:
    return CompanyIndex(a_company(name, id=name) for name in names)


def names(found) -> list[str]:
    return [one.name for one in found]


def test_the_whole_name_comes_before_a_beginning_and_that_before_an_inside():
    index = index_of("Big Data", "Database Inc", "Data", "Metadata")

    assert names(index.matches("data")) == ["Data", "Database Inc", "Big Data", "Metadata"]


def test_every_word_must_occur_in_any_order():
    index = index_of("Northwind Data LLC", "Northwind Travel", "Data North")

    assert names(index.matches("data north")) == ["Data North", "Northwind Data LLC"]


def test_aliases_and_domains_are_searched_too():
    index = CompanyIndex([a_company("Acme", aliases=("Kraken",), domains=("octopus.example",))])

    assert names(index.matches("krak")) == names(index.matches("octopus.ex")) == ["Acme"]


def test_no_text_finds_nothing_and_a_limit_holds():
    index = index_of("A1", "A2", "A3")

    assert index.matches(" .,") == ()
    assert len(index.matches("a", 2)) == 2


def test_what_is_put_in_is_found_and_what_is_taken_out_is_not():
    index = index_of("Alpha")
    index.matches("alpha")
    index.put(a_company("Beta", id="Alpha"))
    replaced = (names(index.matches("alpha")), names(index.matches("beta")))
    index.remove("Alpha")

    assert replaced == ([], ["Beta"])
    assert (index.matches("beta"), len(index), "Alpha" in index) == ((), 0, False)


def test_a_slip_of_the_finger_finds_the_nearest():
    index = index_of("Acxiom LLC", "Axiom Data")

    assert names(index.near_misses("acxion")) == ["Acxiom LLC"]
    assert index.near_misses("zzzzzz") == ()


def test_a_company_is_got_by_its_id_and_all_can_be_walked():
    index = index_of("Alpha", "Beta")

    assert index.get("Beta").name == "Beta"
    assert index.get("Gamma") is None
    assert names(index) == ["Alpha", "Beta"]


def test_words_are_folded():
    assert words_of("Größe & Söhne, CAFÉ") == ("grosse", "sohne", "cafe")
