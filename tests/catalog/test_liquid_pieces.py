# SPDX-License-Identifier: Apache-2.0
"""Loops: what they may go through, and how often all of them together."""

import pytest

from optout_desktop.catalog.templates import Templates
from optout_desktop.domain.errors import TemplateError
from optout_desktop.domain.ids import TemplateId
from optout_desktop.domain.letters import LetterKind, OwnTemplate, RequestFact
from tests.golden.letters.cases import LETTERS, facts

TEMPLATES = Templates(LETTERS)


def written(body, **changes):
    own = OwnTemplate(
        id=TemplateId("t-1"),
        name="Mine",
        kind=LetterKind.REQUEST,
        right=None,
        language="en",
        subject="x",
        body=body,
    )
    return TEMPLATES.fill_own(own, facts(**changes)).body


def refusal(body, **changes):
    with pytest.raises(TemplateError) as caught:
        written(body, **changes)
    return caught.value


STREET = tuple(f"line {number}" for number in range(30))


def listed(body):
    return refusal(body, attachments=STREET)


@pytest.mark.parametrize(
    "body",
    [
        "{% for i in (1..501) %}x{% endfor %}",
        "{% for i in (1..999999) reversed %}x{% endfor %}",
        "{% for i in (1..999999) offset: 999990 limit: 1 %}x{% endfor %}",
        "{% for a in attachments %}{% for b in attachments %}x{% endfor %}{% endfor %}",
        "{% for a in attachments %}x{% endfor %}" * 17,
    ],
)
def test_all_loops_together_have_five_hundred_turns(body):
    assert "the loops take more than 500 turns" in str(listed(body))


def test_loops_within_the_limit_go_through():
    body = "{% for a in attachments %}{{ a }};{% endfor %}" * 16

    assert written(body, attachments=STREET).count(";") == 480


def test_a_loop_goes_through_lists_alone():
    assert "only a list can be gone through" in str(refusal("{% for a in company_name %}x{% endfor %}"))


def test_what_is_written_has_an_end():
    turn = "{{ fact.which_lists }}" * 8
    told = ((RequestFact.WHICH_LISTS, "x" * 2_000),)
    body = "{% for a in attachments %}" + turn + "{% endfor %}"

    assert "more than 65,536 bytes" in str(refusal(body, attachments=STREET, facts=told))
