# SPDX-License-Identifier: Apache-2.0
import pytest
from hypothesis import given
from hypothesis import strategies as st

from optout_desktop.domain.letters import SMS_KEYWORD, clean_line, clean_text
from tests.golden.letters.cases import facts


def test_a_text_message_to_stop_says_stop():
    assert SMS_KEYWORD == "STOP"


@pytest.mark.parametrize(
    ("citation", "short_title", "basis"),
    [
        ("Cal. Civ. Code 1798.120", "CCPA", "Cal. Civ. Code 1798.120 (CCPA)"),
        ("GDPR art. 21(2)", "GDPR", "GDPR art. 21(2)"),
        ("Cal. Civ. Code 1798.120", "", "Cal. Civ. Code 1798.120"),
        ("Minn. Stat. 325M.14", "MCDPA (Minnesota)", "Minn. Stat. 325M.14, MCDPA (Minnesota)"),
    ],
)
def test_the_legal_basis_names_provision_and_law_once(citation, short_title, basis):
    written = facts(right_citation=citation, law_short_title=short_title)

    assert written.legal_basis == basis


def test_where_a_right_has_no_citation_of_its_own_its_rule_stands_in():
    assert facts(right_citation="").legal_basis == "11 CCR 7026(f)(1) (CCPA)"
    assert facts(right_citation="", rule_citation="").legal_basis == "California Consumer Privacy Act (CCPA)"


@given(st.text())
def test_a_cleaned_line_is_one_line_without_signs_that_reorder_it(text):
    cleaned = clean_line(text)

    assert len(cleaned.splitlines()) <= 1
    assert not set(cleaned) & set("\x00\r\n\t\u202e\u2066\u2028\u0085")
    assert clean_line(cleaned) == cleaned


def test_names_in_any_script_and_with_combining_signs_stay_as_they_are():
    names = ("Jose\u0301 Ångström", "שרה כהן", "محمد علي", "李小龙", "O’Neill-Müller")

    assert tuple(clean_line(name) for name in names) == names


def test_a_cleaned_text_keeps_its_lines():
    assert clean_text("\n first\u202e \r\nsecond\tline\n\n") == "first\nsecond line"
