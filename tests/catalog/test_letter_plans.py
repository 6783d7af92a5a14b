# SPDX-License-Identifier: Apache-2.0
import shutil

import pytest

from optout_desktop.catalog.templates import Templates
from optout_desktop.domain.errors import CatalogError, TemplateError
from optout_desktop.domain.letters import LetterKind, Shape
from optout_desktop.domain.rights import Right
from tests.golden.letters.cases import LETTERS, facts

PLANS = """
[short]
drop = ["closing", "ask-plain", "greeting"]

[[plan]]
rights = ["delete", "access"]
kind = "request"
version = 3
subject = "subject"
blocks = ["greeting", "ask", "closing"]

[[plan]]
rights = ["delete", "access"]
kind = "reminder"
version = 1
subject = "subject"
blocks = ["greeting", "remind-us", "closing"]

[[plan]]
rights = ["access"]
kind = "counter_fee"
version = 1
subject = "subject"
blocks = ["greeting"]

[[follow_up]]
kind = "counter_fee"
version = 2
subject = "subject"
blocks = ["asked", "closing"]

[[follow_up]]
kind = "what_was_kept"
rights = ["delete"]
version = 1
subject = "subject"
blocks = ["asked"]

[[script]]
rights = ["delete"]
version = 5
subject = "subject"
blocks = ["ask"]

[[variant]]
laws = ["us-va-vcdpa"]
block = "ask"
use = "ask-plain"
"""
BLOCKS = {
    "subject": "{{ reference }}",
    "greeting": "Dear {{ company_name }},",
    "ask": "Please erase what you hold.",
    "ask-plain": "Please.",
    "remind-us": "I asked before.",
    "closing": "Yours",
}


@pytest.fixture
def folder(tmp_path):
    """A small folder of letters; a test may write other plans."""
    (tmp_path / "en").mkdir()
    shutil.copy(LETTERS / "en" / "words.toml", tmp_path / "en" / "words.toml")
    for name, text in BLOCKS.items():
        (tmp_path / "en" / f"{name}.liquid").write_text(text, "utf-8")
    (tmp_path / "plans.toml").write_text(PLANS, "utf-8")
    return tmp_path


def short(folder, limit, **changes):
    return Templates(folder).fill(facts(right="delete", shape=Shape.SHORT, **changes), "en", limit)


def test_a_follow_up_says_what_the_reminder_of_the_right_says_was_asked(folder):
    plan = Templates(folder).plan(Right.DELETE, LetterKind.COUNTER_FEE)

    assert (plan.blocks, plan.version, plan.name) == (("remind-us", "closing"), 2, "delete.counter_fee")


def test_a_plan_of_its_own_goes_before_a_follow_up(folder):
    assert Templates(folder).plan(Right.ACCESS, LetterKind.COUNTER_FEE).blocks == ("greeting",)


def test_a_follow_up_may_be_for_some_rights_alone(folder):
    templates = Templates(folder)

    assert templates.offers(Right.DELETE, LetterKind.WHAT_WAS_KEPT)
    assert not templates.offers(Right.ACCESS, LetterKind.WHAT_WAS_KEPT)


def test_a_form_gets_the_whole_letter_where_it_fits(folder):
    letter = short(folder, 1000)

    assert letter.body == "Dear Northwind Data LLC,\n\nPlease erase what you hold.\n\nYours\n"
    assert (letter.template, letter.template_version) == ("delete.request.short", 3)


def test_blocks_are_left_out_in_their_order_until_the_text_fits(folder):
    whole = len(short(folder, 1000).body)

    assert short(folder, whole).body.endswith("Yours\n")
    assert short(folder, whole - 1).body == "Dear Northwind Data LLC,\n\nPlease erase what you hold.\n"
    assert short(folder, 40).body == "Please erase what you hold.\n"


def test_a_block_that_a_law_put_in_may_be_left_out_by_its_own_name(folder):
    assert short(folder, 28, law="us-va-vcdpa").body == "Dear Northwind Data LLC,\n"


def test_what_can_never_fit_is_told_with_both_numbers(folder):
    with pytest.raises(TemplateError) as caught:
        short(folder, 12)

    assert caught.value.block == "delete.request.short"
    assert "has 28 characters, and the form takes 12." in str(caught.value)


def test_a_call_has_a_script_of_its_own_where_one_is_written(folder):
    templates = Templates(folder)
    script = templates.fill(facts(right="delete", shape=Shape.SCRIPT))

    assert (script.body, script.template, script.template_version) == (
        "Please erase what you hold.\n",
        "delete.request.script",
        5,
    )
    assert not templates.offers(Right.ACCESS, LetterKind.REQUEST, Shape.SCRIPT)
    with pytest.raises(TemplateError, match="there is no call script for “access”"):
        templates.fill(facts(right="access", shape=Shape.SCRIPT))


PLAN = 'rights = ["delete"]\nkind = "request"\nversion = 1\nsubject = "subject"\nblocks = ["ask"]\n'
FOLLOW_UP = '[[follow_up]]\nkind = "appeal"\nversion = 1\nsubject = "subject"\nblocks = ["asked"]\n'
VARIANT = '[[variant]]\nlaws = ["x"]\nblock = "ask"\nuse = "ask-plain"\n'


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (f"[[plan]]\n{PLAN}", "variant"),
        (VARIANT, "plan"),
        (f"[plan]\n{PLAN}{VARIANT}", "plan"),
        (f"[[plan]]\n{PLAN.replace('1', '0')}{VARIANT}", "plan.version"),
        (f"[[plan]]\n{PLAN.replace('1', 'true')}{VARIANT}", "plan.version"),
        (f"[[plan]]\n{PLAN.replace('[' + chr(34) + 'ask' + chr(34) + ']', '[1]')}{VARIANT}", "plan.blocks"),
        (f"[[plan]]\n{PLAN.replace('subject = ', 'object = ')}{VARIANT}", "plan.object"),
        (f"[[plan]]\n{PLAN}{VARIANT}[short]\n", "short.drop"),
        (f'[[plan]]\n{PLAN}{VARIANT}[short]\ndrop = "ask"\n', "short.drop"),
        (f"[[plan]]\n{PLAN}{VARIANT}[[script]]\n{PLAN.replace('request', 'song')}", "script.kind"),
        (f'[[plan]]\n{PLAN}[[variant]]\nlaws = ["x"]\nblock = "ask"\n', "variant.use"),
        (
            f"[[plan]]\n{PLAN.replace('request', 'reminder')}{VARIANT}{FOLLOW_UP}",
            "plan.blocks",
        ),
    ],
)
def test_plans_that_are_wrong_name_their_field(folder, text, field):
    (folder / "plans.toml").write_text(text, "utf-8")
    with pytest.raises(CatalogError) as caught:
        Templates(folder).offers(Right.DELETE, LetterKind.REQUEST)

    assert (caught.value.file, caught.value.field) == ("plans.toml", field)
