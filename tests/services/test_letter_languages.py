# SPDX-License-Identifier: Apache-2.0
"""The language of a letter: what is said of the company, then what is spoken where it sits."""

from __future__ import annotations

import pytest

from optout_desktop.domain.letters import LETTER_LANGUAGES
from optout_desktop.services.letter_languages import proposed_language, reply_language
from tests.builders import a_company

KNOWN = LETTER_LANGUAGES


@pytest.mark.parametrize(
    ("language", "country", "region", "expected"),
    [
        ("it", "DE", "", "it"),
        ("de-AT", "US", "", "de"),
        ("sv", "DE", "", "de"),
        ("", "DE", "", "de"),
        ("", "AT", "", "de"),
        ("", "LI", "", "de"),
        ("", "CH", "", "de"),
        ("", "CH", "CH-ZH", "de"),
        ("", "CH", "CH-GE", "fr"),
        ("", "CH", "CH-TI", "it"),
        ("", "BE", "", "nl"),
        ("", "BE", "BE-WAL", "fr"),
        ("", "CA", "", "en"),
        ("", "CA", "CA-QC", "fr"),
        ("", "CA", "QC", "fr"),
        ("", "FR", "", "fr"),
        ("", "MX", "", "es"),
        ("", "BR", "", "pt"),
        ("", "PL", "", "pl"),
        ("", "SE", "", "en"),
        ("", "", "", "en"),
    ],
)
def test_it_follows_the_company_then_its_place(language, country, region, expected):
    company = a_company(language=language, country=country, region=region)

    assert proposed_language(company, KNOWN) == expected


def test_it_is_english_where_there_are_no_letters_in_that_language_or_no_company():
    assert proposed_language(a_company(country="DE"), ("en", "fr")) == "en"
    assert proposed_language(None, KNOWN) == "en"


@pytest.mark.parametrize(
    ("person", "letter", "expected"),
    [("de", "en", "de"), ("de-CH", "en", "de"), ("en", "en", ""), ("sv", "en", ""), ("en", "de", "en")],
)
def test_an_answer_is_wished_for_in_the_persons_language_where_it_is_another(person, letter, expected):
    assert reply_language(person, letter, KNOWN) == expected
