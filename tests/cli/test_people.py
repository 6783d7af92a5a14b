# SPDX-License-Identifier: Apache-2.0
from datetime import date

import pytest

from optout_desktop.cli.people import person_named
from optout_desktop.domain.errors import InputError, NotAllowed, NotFound
from optout_desktop.domain.ids import PersonId
from optout_desktop.domain.people import Person
from optout_desktop.domain.places import Place


def somebody(number: int, name: str) -> Person:
    return Person(id=PersonId(f"{number}" * 32), name=name, place=Place("US-CA"), created_on=date(2026, 3, 2))


KNOWN = (somebody(1, "Jane Doe"), somebody(2, "Ben Okri"))


def test_whoever_lives_in_the_vault_is_listed(optout):
    optout.data(
        *("person", "add", "--client", "--name", "Ben Okri", "--place", "GB-SCT"),
        *("--email", "ben@example.org", "--email", "b@example.org", "--phone", "0131 496 0000"),
        *("--street", "1 High Street", "--postcode", "EH1 1AA", "--city", "Edinburgh"),
    )
    jane, ben = optout.data("person", "list")

    assert (jane["kind"], jane["place"]) == ("oneself", "US-CA")
    assert (ben["kind"], ben["emails"], ben["phones"]) == (
        "client",
        ["ben@example.org", "b@example.org"],
        ["+441314960000"],
    )
    assert ben["addresses"][0]["city"] == "Edinburgh"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--email", "ben", "--place", "US-CA"), "“ben”"),
        (("--email", "ben@example.org", "--place", "Texas"), "No place is called “Texas”."),
        (("--email", "ben@example.org", "--place", "US-CA", "--phone", "12"), "“12”"),
    ],
)
def test_who_cannot_be_reached_or_placed_is_not_added(optout, options, sentence):
    answer = optout("person", "add", "--client", "--name", "Ben", *options)

    assert (answer.status, answer.out) == (1, "")
    assert sentence in answer.err
    assert len(optout.data("person", "list")) == 1


def test_there_is_one_self_in_a_vault(optout):
    answer = optout("person", "add", "--name", "Me", "--email", "me@example.org", "--place", "DE")

    assert answer.status == 1
    assert answer.err.startswith("You are in this vault already.")


def test_somebody_is_named_by_name_or_by_the_beginning_of_their_id():
    assert person_named("ben okri", KNOWN).name == "Ben Okri"
    assert person_named("2222", KNOWN).name == "Ben Okri"
    assert person_named(None, KNOWN).name == "Jane Doe"


@pytest.mark.parametrize("typed", ["Ben", "", "3"])
def test_nobody_is_guessed(typed):
    with pytest.raises(NotFound, match=r"Did you mean .*Ben Okri"):
        person_named(typed, KNOWN)


def test_an_empty_vault_says_how_to_add_oneself():
    with pytest.raises(NotAllowed, match="optout person add --name NAME"):
        person_named(None, ())


def test_a_name_that_two_people_have_is_answered_with_their_ids():
    ids = f"{'1' * 32}, {'3' * 32}"

    with pytest.raises(InputError, match=f"may be several people. Name one by its id: {ids}"):
        person_named("jane doe", (*KNOWN, somebody(3, "Jane Doe")))


def test_nobody_lives_in_a_union_of_countries(optout):
    answer = optout("person", "add", "--client", "--name", "Ben", "--place", "EU")

    assert (answer.status, answer.err) == (1, "“EU” is a union. Name the country in it, such as DE.\n")


def test_people_are_a_table_for_eyes(optout):
    lines = optout("person", "list").out.splitlines()

    assert lines[0].split() == ["ID", "NAME", "KIND", "PLACE", "E-MAIL"]
    assert "Jane Doe" in lines[1]
