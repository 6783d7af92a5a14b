# SPDX-License-Identifier: Apache-2.0
"""The facts of a letter: what its words may say of a request, and no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.rights import Right
from optout_desktop.services.letter_facts import Case, facts_of_case
from tests.builders import DAY, a_client, a_company, a_person, a_request, sent


def a_case(library, **changes) -> Case:
    plain = {
        "kind": LetterKind.REQUEST,
        "request": a_request(law=LawId("us-ca-ccpa"), right=Right.OPTOUT_SALE),
        "person": a_person(),
        "me": a_person(),
        "law": library.laws.law(LawId("us-ca-ccpa")),
        "company": a_company(country="DE"),
        "clocks": (),
        "deadline": None,
        "today": DAY,
    }
    return Case(**plain | changes)


def test_a_letter_says_what_the_law_says_and_where_the_company_is(library):
    facts = facts_of_case(a_case(library, attachments=("Proof.pdf",), regulator_name="The regulator"))

    assert facts.right_citation == a_case(library).law.offers(Right.OPTOUT_SALE).citation
    assert (facts.company_country, facts.attachments) == ("DE", ("Proof.pdf",))
    assert (facts.regulator_name, facts.answer_by_on) == ("The regulator", None)


def test_a_client_is_named_only_where_the_name_was_ticked(library):
    client, me = a_client("Lena Muster"), a_person("Jane Example")
    named = a_case(library, person=client, me=me)
    request = replace(named.request, identity=frozenset({IdentityItem.EMAIL}))
    unnamed = replace(named, request=request)

    assert (facts_of_case(named).client_name, facts_of_case(named).writer_name) == (client.name, me.name)
    assert (facts_of_case(unnamed).client_name, facts_of_case(unnamed).identity.name) == ("", "")


def test_a_first_letter_says_nothing_of_what_came_later(library):
    request = a_request((sent(date(2026, 1, 5)),), law=LawId("us-ca-ccpa"), right=Right.OPTOUT_SALE)
    facts = facts_of_case(a_case(library, request=request))

    assert facts.asked_on == date(2026, 1, 5)
    assert (facts.answered_on, facts.refused_on, facts.done_on, facts.later_citation) == (
        None,
        None,
        None,
        "",
    )


def test_a_right_that_the_law_does_not_give_is_told(library):
    request = a_request(law=LawId("us-ca-ccpa"), right=Right.SMS_STOP)

    with pytest.raises(NotFound):
        facts_of_case(a_case(library, request=request))
