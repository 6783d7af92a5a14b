# SPDX-License-Identifier: Apache-2.0
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optout_desktop.catalog.templates import KNOWN_FACTS, Templates
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import CatalogError, TemplateError
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.people import (
    DisclosedIdentity,
    IdentityItem,
    Person,
    PersonId,
    PostalAddress,
    disclose,
)
from optout_desktop.domain.places import Place
from optout_desktop.domain.rights import Right
from tests.golden.letters.cases import JANE, LETTERS, REQUESTS, facts, reminder_of

TEMPLATES = Templates(LETTERS)
WORDS = (LETTERS / "en" / "words.toml").read_text("utf-8")


@pytest.fixture
def folder(tmp_path):
    """A folder of letters with one plan, whose block a test writes."""
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "words.toml").write_text(WORDS, "utf-8")
    (tmp_path / "en" / "subject.liquid").write_text("{{ reference }}", "utf-8")
    (tmp_path / "plans.toml").write_text(
        '[[plan]]\nrights = ["optout_sale"]\nkind = "request"\nversion = 7\nsubject = "subject"\n'
        'blocks = ["ask"]\n[[variant]]\nlaws = ["us-va-vcdpa"]\nblock = "ask"\nuse = "other"\n',
        "utf-8",
    )
    return tmp_path


def with_block(folder, text, name="ask"):
    (folder / "en" / f"{name}.liquid").write_text(text, "utf-8")
    return Templates(folder)


def error_of(folder, text, **changes):
    with pytest.raises(TemplateError) as caught:
        with_block(folder, text).fill(facts(**changes))
    return caught.value


def test_a_letter_says_which_plan_and_version_it_was_made_from(folder):
    letter = with_block(folder, "Hello {{ company_name }}").fill(facts())

    assert (letter.template, letter.template_version, letter.language) == ("optout_sale.request", 7, "en")
    assert letter.subject == "OO-7F3K-22"
    assert letter.body == "Hello Northwind Data LLC\n"


def test_a_law_can_put_a_block_in_the_place_of_another(folder):
    (folder / "en" / "other.liquid").write_text("Virginia", "utf-8")
    templates = with_block(folder, "everywhere")

    assert templates.fill(facts(law="us-va-vcdpa")).body == "Virginia\n"
    assert templates.fill(facts(law="us-tx-tdpsa")).body == "everywhere\n"


def test_an_unknown_fact_is_an_error_that_names_block_and_line(folder):
    error = error_of(folder, "Hello\n\n{{ shoe_size }}")

    assert (error.block, error.line) == ("ask", 3)
    assert "shoe_size" in str(error)


def test_an_unknown_fact_in_a_condition_is_an_error_as_well(folder):
    assert "shoe_size" in str(error_of(folder, "{% if shoe_size %}big{% endif %}"))


def test_an_empty_fact_is_an_error_where_it_is_printed_never_a_blank(folder):
    error = error_of(folder, "first\n{{ identity.phone }}")

    assert (error.block, error.line) == ("ask", 2)
    assert "identity.phone" in str(error)


def test_an_empty_fact_is_an_error_where_a_filter_wants_it(folder):
    assert "answer_by_on" in str(error_of(folder, "{{ answer_by_on | date }}", answer_by_on=None))


def test_an_empty_fact_is_false_in_a_condition(folder):
    block = "{% if answer_by_on %}by then{% elsif list_id %}list{% else %}soon{% endif %}"

    assert with_block(folder, block).fill(facts(answer_by_on=None)).body == "soon\n"


@pytest.mark.parametrize(
    "block",
    [
        "{% assign a = 1 %}",
        "{% capture a %}x{% endcapture %}",
        "{% include 'salutation' %}",
        "{% render 'salutation' %}",
        "{% case kind %}{% when 'request' %}{% endcase %}",
        "{% echo kind %}",
        "{% liquid echo kind %}",
        "{% increment a %}",
        "{% cycle 'a', 'b' %}",
        "{% tablerow a in identity.postal_address %}{% endtablerow %}",
        "{% ifchanged %}{% endifchanged %}",
        "{% break %}",
        "{% nonsense %}",
        "{% if kind %}",
        "{{ kind | append: 'x' }}",
        "{{ kind | replace: 'x', 'y' }}",
        "{{ kind | times: 3 }}",
        "{{ kind | split: '' }}",
        "{{ kind | url_decode }}",
        "{{ kind | nonsense }}",
        "{{ kind.__class__ }}",
        "{{ identity.__class__ }}",
        "{{ identity['__init__'] }}",
        "{{ word.__class__.__mro__ }}",
        "{{ self }}",
        "{{ globals }}",
        "{{",
    ],
)
def test_nothing_but_filling_is_possible(folder, block):
    error_of(folder, block)


def test_a_loop_has_an_end(folder):
    error = error_of(folder, "{% for i in (1..100000000) %}x{% endfor %}")

    assert error.block == "ask"


def test_a_letter_has_an_end(folder):
    nested = "{% for i in (1..20) %}{% for j in (1..20) %}" + "x" * 1_000 + "{% endfor %}{% endfor %}"

    assert error_of(folder, nested).block == "ask"


def test_a_block_as_written_can_be_checked_before_it_is_used():
    problem = TEMPLATES.check("Hello\n{{ compny_name }}", "my-block")

    assert TEMPLATES.check("Hello {{ company_name }}, {{ word.my }} {{ identity.email }}") is None
    assert isinstance(problem, TemplateError)
    assert (problem.block, problem.line) == ("my-block", 2)


def test_a_loop_variable_is_no_unknown_fact():
    assert TEMPLATES.check("{% for line in identity.postal_address %}{{ line }}{% endfor %}") is None


def test_every_fact_that_is_known_is_handed_to_the_blocks(folder):
    block = "".join(f"{{% if {name} %}}{name}{{% endif %}}" for name in sorted(KNOWN_FACTS))

    assert with_block(folder, block).fill(facts()).body


@pytest.mark.parametrize(
    ("block", "words"),
    [
        ("{{ answer_by_on | date }}", "Thursday 17 December 2026"),
        ("{{ period }}", "15 business days"),
        ("{{ days_late | count: 'days' }}", "1 day"),
        ("{{ identity.postal_address | list }}", "12 Linden Street, Springfield and USA"),
        ("{{ identity.postal_address | join: ' / ' }}", "12 Linden Street / Springfield / USA"),
        ("{{ identity.postal_address | first }}", "12 Linden Street"),
        ("{{ identity.postal_address | size }}", "3"),
        ("{{ right_title | capitalize }}", "Opt-out of sale and sharing"),
        ("{{ company_name | upcase }}", "NORTHWIND DATA LLC"),
    ],
)
def test_a_dozen_filters_put_facts_into_words(folder, block, words):
    identity = replace(JANE, postal_address=("12 Linden Street", "Springfield", "USA"))

    assert with_block(folder, block).fill(facts(days_late=1, identity=identity)).body == f"{words}\n"


def test_a_law_without_a_number_gets_no_date():
    letter = TEMPLATES.fill(
        facts(period_amount=None, period_unit="without-delay", answer_by_on=None, no_reask_months=None)
    )

    assert "without delay" in letter.body
    assert not any(month in letter.body for month in ("December", "January"))


def test_a_text_message_is_the_keyword_alone():
    for right in (Right.SMS_STOP, Right.OBJECT_DIRECT_MARKETING):
        letter = TEMPLATES.fill(facts(right=right, channel=Channel.SMS))

        assert (letter.subject, letter.body) == ("", "STOP")


def test_a_language_without_letters_falls_back_to_english_and_says_so():
    letter = TEMPLATES.fill(facts(), "xx")

    assert letter.language == "en"
    assert letter.body.startswith("Dear Northwind Data LLC,")


def test_a_right_that_no_letter_serves_is_told():
    with pytest.raises(TemplateError, match="prescreen_optout"):
        TEMPLATES.fill(facts(right=Right.PRESCREEN_OPTOUT))

    assert not TEMPLATES.offers(Right.PRESCREEN_OPTOUT, LetterKind.REQUEST)


def test_an_agent_says_for_whom_and_signs_with_their_own_name():
    letter = TEMPLATES.fill(facts(is_for_client=True, writer_name="Ann Advocate", client_name="Jane Example"))

    assert "I act for Jane Example as authorised agent." in letter.body
    assert letter.body.endswith("Ann Advocate, for Jane Example\n")
    assert "my client’s personal information" in letter.body


def test_somebody_who_writes_for_themselves_mentions_no_agent():
    assert "agent" not in TEMPLATES.fill(facts()).body


def test_a_company_name_cannot_add_lines_or_turn_the_reading_order():
    letter = TEMPLATES.fill(facts(company_name="North\r\nBcc: wind\u202e Data", right_title="opt\r\nout"))

    assert letter.body.startswith("Dear North Bcc: wind Data,\n")
    assert "\n" not in letter.subject


def test_a_fact_that_looks_like_a_template_stays_text():
    letter = TEMPLATES.fill(facts(company_name="{{ identity.phone }} {% if x %}"))

    assert letter.body.startswith("Dear {{ identity.phone }} {% if x %},")


def test_a_reminder_tells_first_letter_due_day_days_late_and_the_next_step():
    body = TEMPLATES.fill(
        replace(reminder_of(facts()), regulator_name="the California Privacy Protection Agency")
    ).body

    assert "On Wednesday 25 November 2026 I asked you" in body
    assert "(reference OO-7F3K-22)" in body
    assert "due by Thursday 17 December 2026" in body
    assert "8 days late" in body
    assert "without further delay" in body
    assert "a complaint to the California Privacy Protection Agency" in body


def test_a_reminder_names_a_new_day_only_where_the_law_gives_one():
    reminder = replace(reminder_of(facts()), was_due_on=None, answer_by_on=date(2027, 2, 1))

    assert "by Monday 1 February 2027" in TEMPLATES.fill(reminder).body


def test_a_plan_with_an_unknown_word_names_file_and_field(folder):
    for broken, field in (
        (
            '[[plan]]\nrights = ["fly"]\nkind = "request"\nversion = 1\nsubject = "s"\nblocks = []',
            "plan.rights",
        ),
        ('[[plan]]\nrights = []\nkind = "song"\nversion = 1\nsubject = "s"\nblocks = []', "plan.kind"),
        ('[[plan]]\nrights = []\nkind = "request"\nversion = 1\nsubject = "s"\nblocks = []\nx = 1', "plan.x"),
        ("plan = [", "file"),
    ):
        (folder / "plans.toml").write_text(
            f"{broken}\n" + ("" if field == "file" else "[[variant]]\n"), "utf-8"
        )
        with pytest.raises(CatalogError) as caught:
            Templates(folder).offers(Right.ACCESS, LetterKind.REQUEST)

        assert (caught.value.file, caught.value.field) == ("plans.toml", field)


def test_a_missing_block_is_told_by_name(folder):
    with pytest.raises(TemplateError, match="ask"):
        Templates(folder).fill(facts())


def test_reading_letters_in_does_not_load_liquid():
    code = "import sys, optout_desktop.catalog.templates; sys.exit('liquid' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


CANARIES = {
    IdentityItem.NAME: "Canary-Name",
    IdentityItem.EMAIL: "canary@mail.example",
    IdentityItem.PHONE: "+12025550188",
    IdentityItem.POSTAL_ADDRESS: "Canary Street 5",
    IdentityItem.CUSTOMER_NUMBER: "CN-CANARY-7",
}
PERSON = Person(
    id=PersonId("p"),
    name=CANARIES[IdentityItem.NAME],
    emails=(CANARIES[IdentityItem.EMAIL],),
    phones=(CANARIES[IdentityItem.PHONE],),
    addresses=(PostalAddress(lines=(CANARIES[IdentityItem.POSTAL_ADDRESS],), city="Canary-City"),),
    place=Place("US-CA"),
    created_on=date(2026, 11, 25),
)


@settings(max_examples=400)
@given(
    request=st.sampled_from(sorted(REQUESTS)),
    right=st.sampled_from([right for right in Right if TEMPLATES.offers(right, LetterKind.REQUEST)]),
    kind=st.sampled_from(LetterKind),
    ticked=st.frozensets(st.sampled_from(IdentityItem)),
    is_for_client=st.booleans(),
)
def test_only_ticked_identity_items_stand_in_a_letter(request, right, kind, ticked, is_for_client):
    written = REQUESTS[request] if kind is LetterKind.REQUEST else reminder_of(REQUESTS[request])
    identity = disclose(PERSON, ticked, CANARIES[IdentityItem.CUSTOMER_NUMBER])
    letter = TEMPLATES.fill(
        replace(
            written,
            right=right,
            identity=identity,
            is_for_client=is_for_client,
            client_name=PERSON.name,
            writer_name="Ann Advocate" if is_for_client else PERSON.name,
        )
    )
    words = letter.subject + letter.body

    assert {item for item, canary in CANARIES.items() if canary in words} == ticked
    assert ("Canary-City" in words) == (IdentityItem.POSTAL_ADDRESS in ticked)


def test_a_letter_without_any_ticked_item_still_reads_as_one():
    letter = TEMPLATES.fill(facts(identity=DisclosedIdentity()))

    assert letter.body.endswith("Yours faithfully,\n")
    assert "identify my record" not in letter.body
