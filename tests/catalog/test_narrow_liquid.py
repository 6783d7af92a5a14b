# SPDX-License-Identifier: Apache-2.0
"""What is refused before Liquid sees it."""

import pytest

from optout_desktop.catalog.narrow_liquid import did_you_mean, measure


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("x" * 65_537, "65,536 are allowed"),
        ("{{ kind }}" * 201, "no more than 200 tags"),
        ("{% if kind %}" * 4 + "{% endif %}" * 4, "no more than 3 tags"),
        ("{% if kind %}" * 5_000, "no more than 3 tags"),
        ("{{ kind" + " | upcase" * 50 + " }}", "no more than 300 characters"),
        ("{% if ((((((kind)))))) %}{% endif %}", "no more than 4 brackets"),
        ("{{ a[a[a[a[a[a]]]]] }}", "brackets"),
        ("{% for i in (1..10000000) %}x{% endfor %}", "more than six digits"),
        ("{% for i in (1..1e9) %}x{% endfor %}", "more than six digits"),
        ("{{" * 30_000, "is not closed"),
        ("{%" * 30_000, "is not closed"),
        ("{% %}", "a tag has no name"),
        ("{% raw %}{{ kind }}{% endraw %}", "there is no tag called “raw”"),
        ("{% # a note %}", "there is no tag called “#”"),
    ],
)
def test_what_would_take_for_ever_never_reaches_the_engine(body, words):
    assert words in str(measure(body, "text"))


def test_a_text_within_the_limits_goes_on_to_the_engine():
    nested = "{% if a %}{% unless b %}{% for c in d %}{{ c }}{% endfor %}{% endunless %}{% endif %}"

    assert measure("x" * 65_536, "text") is None
    assert measure("{{ kind }}" * 200, "text") is None
    assert measure(nested + "{{ 'more than 1234567 in quotes' }}", "text") is None


def test_the_line_of_a_fault_is_told():
    error = measure("one\ntwo {% if kind %}\n{% sing %}{% endif %}", "block")

    assert error is not None
    assert (error.block, error.line) == ("block", 3)


def test_the_nearest_known_name_is_offered_and_nothing_where_none_is_near():
    assert did_you_mean("compny", ["company", "kind"]) == " Did you mean “company”?"
    assert did_you_mean("zzz", ["company", "kind"]) == ""
