# SPDX-License-Identifier: Apache-2.0
"""What a person may write in a template of their own, and what a preview shows of it."""

import pytest

from optout_desktop.catalog.templates import Templates
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import TemplateError
from optout_desktop.domain.ids import TemplateId
from optout_desktop.domain.letters import LetterKind, OwnTemplate
from tests.golden.letters.cases import LETTERS, facts

TEMPLATES = Templates(LETTERS)
SUBJECT, BODY = "About {{ reference }}", "Dear {{ company_name }},\n\nplease stop."


def own(body=BODY, subject=SUBJECT, language="en"):
    return OwnTemplate(
        id=TemplateId("t-1"),
        name="Mine",
        kind=LetterKind.REQUEST,
        right=None,
        language=language,
        subject=subject,
        body=body,
        version=4,
    )


def refusal(body, **changes):
    with pytest.raises(TemplateError) as caught:
        TEMPLATES.fill_own(own(body), facts(**changes))
    return caught.value


def preview(body, subject=SUBJECT, **changes):
    return TEMPLATES.preview_own(subject, body, facts(**changes))


def test_an_own_template_makes_a_letter_that_names_it_and_its_version():
    letter = TEMPLATES.fill_own(own(), facts())

    assert (letter.subject, letter.body) == (
        "About OO-7F3K-22",
        "Dear Northwind Data LLC,\n\nplease stop.\n",
    )
    assert (letter.template, letter.template_version, letter.language) == ("own:t-1", 4, "en")


def test_a_text_message_stays_the_keyword_alone():
    letter = TEMPLATES.fill_own(own(), facts(channel=Channel.SMS))

    assert (letter.subject, letter.body) == ("", "STOP")


def test_a_subject_is_one_line_whatever_the_facts_hold():
    letter = TEMPLATES.fill_own(own(subject="About\n{{ company_name }}"), facts(company_name="A\r\nBcc: x"))

    assert letter.subject == "About A Bcc: x"


def test_an_empty_or_unknown_fact_is_an_error_with_its_line():
    empty, unknown = refusal("one\n{{ identity.phone }}"), refusal("one\ntwo\n{{ compny_name }}")

    assert (empty.block, empty.line) == ("text", 2)
    assert (unknown.block, unknown.line) == ("text", 3)
    assert "Did you mean “company_name”?" in str(unknown)


@pytest.mark.parametrize(
    ("subject", "body"), [("", "x"), ("x", " \n"), ("{% if list_id %}x{% endif %}", "x")]
)
def test_a_letter_without_words_is_none(subject, body):
    with pytest.raises(TemplateError, match="nothing is written in it"):
        TEMPLATES.fill_own(own(body, subject), facts())


def test_a_preview_marks_what_is_missing_and_lists_all_of_it():
    shown = preview(
        "{{ company_name }}: {{ identity.phone }}\n{{ answer_by_on | date }}\n{{ shoe.size }} {{ fact.nothing }}",
        answer_by_on=None,
    )

    assert shown.letter.body == (
        "Northwind Data LLC: ⟦identity.phone⟧\n⟦answer_by_on⟧\n⟦shoe.size⟧ ⟦fact.nothing⟧\n"
    )
    assert [(error.line, error.problem.partition(".")[0]) for error in shown.problems] == [
        (1, "the fact “identity"),
        (2, "the fact “answer_by_on” is empty"),
        (3, "there is no fact called “shoe"),
        (3, "there is no fact called “fact"),
    ]


def test_a_preview_of_a_good_template_is_the_letter_itself():
    shown = preview(BODY)

    assert shown.problems == ()
    assert shown.letter.body == TEMPLATES.fill_own(own(), facts()).body


def test_what_a_condition_hides_is_not_missing():
    shown = preview("{% if identity.phone %}{{ identity.phone }}{% else %}no number{% endif %}")

    assert (shown.letter.body, shown.problems) == ("no number\n", ())


@pytest.mark.parametrize(
    "body",
    [
        *("{{ kind", "{% if kind %}", "{% render 'x' %}", "{{ kind | shout }}", "{{ company_name.size }}"),
        *("{% for a in kind %}{{ a }}{% endfor %}", "{{ kind | count: 'days' }}", "{{ a[fact.period] }}", ""),
    ],
)
def test_a_preview_never_fails_and_never_leaves_a_fault_out(body):
    shown = preview(body)

    assert shown.problems


def test_a_text_that_cannot_be_filled_is_shown_as_it_was_written():
    assert preview("Hello {% if kind %}").letter.body == "Hello {% if kind %}\n"


STREET = ("line 1", "line 2")


@pytest.mark.parametrize(
    "body",
    [
        "{{ answer_by_on.__class__ }}",
        "{{ attachments.__len__ }}",
        "{% for a in attachments %}{{ a.__class__ }}{% endfor %}",
        "{% for a in attachments %}{{ forloop.__class__ }}{% endfor %}",
        "{% for a in attachments %}{{ forloop.it }}{% endfor %}",
        "{% for a in attachments %}{{ a['__class__'] }}{% endfor %}",
        "{% if answer_by_on.year %}x{% endif %}",
    ],
)
def test_nothing_of_python_can_be_reached(body):
    assert refusal(body, attachments=STREET)
