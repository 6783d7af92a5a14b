# SPDX-License-Identifier: Apache-2.0
import pytest

from optout_desktop.catalog.files import Resources
from optout_desktop.catalog.library import Library
from optout_desktop.catalog.registers import RegisterBook, RuleBook, load_registers
from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.ids import LawId, RegisterId
from optout_desktop.domain.registers import Lasting
from tests.lawbooks import shipped_laws

HEAD = "checked_on = 2026-11-22\n\n"
ONE = """[[registers]]
id = "one"
title = "The first"
kind = "do_not_call"
places = ["US"]
force = "statutory"
steps = ["Open the page."]
verification = "source-agrees"

[[registers.ways]]
kind = "web"
value = "https://one.example/"

[registers.effect]
amount = 31
unit = "days"

[registers.lasts]
lasting = "span"
amount = 5
unit = "years"

[[registers.sources]]
title = "Its page"

"""
TWO = ONE.replace('"one"', '"two"')


def book_of(tmp_path, text, **files):
    folder = tmp_path / "registers"
    folder.mkdir()
    for name, content in {"us": text, **files}.items():
        (folder / f"{name}.toml").write_text(content, encoding="utf-8")
    return load_registers(Resources(folder=tmp_path), frozenset({LawId("us-dnc-registry")}))


def test_an_entry_is_read_with_its_parts(tmp_path):
    [register] = book_of(tmp_path, HEAD + ONE).registers

    assert (register.effect.period.amount, register.validity.lasting) == (31, Lasting.SPAN)
    assert register.ways[0].value == "https://one.example/"
    assert register.checked_on.year == 2026


def test_an_unknown_register_names_the_nearest_known():
    with pytest.raises(NotFound, match="us-dnc"):
        Library(Resources.found()).registers.register(RegisterId("us-dnk"))


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('"US"', '"America"', "places"),
        ("do_not_call", "do_not_phone", "kind"),
        ("The first", "", "title"),
        ('"statutory"', '"law"', "force"),
        ('steps = ["Open the page."]', "steps = []", "steps"),
        ('verification = "source-agrees"', 'verification = "sure"', "verification"),
        ('force = "statutory"', 'force = "statutory"\nfax = "1"', "fax"),
        ('force = "statutory"', 'force = "statutory"\nlaw = "us-dnc-registri"', "law"),
        ('force = "statutory"', 'force = "statutory"\nstatus = "ended"', "status_note"),
        ('force = "statutory"', 'force = "statutory"\nunverified = ["colour"]', "unverified"),
        ("https://one.example/", "one.example", "value"),
        ('title = "Its page"', 'url = "https://one.example/"', "title"),
        ('amount = 31\nunit = "days"', 'amount = 31\nunit = "business-days"', "effect.unit"),
        ('amount = 31\nunit = "days"', 'amount = 31\nunit = "immediately"', "effect.amount"),
        ('amount = 31\nunit = "days"', 'unit = "days"', "effect.amount"),
        ('lasting = "span"', 'lasting = "indefinite"', "lasts.amount"),
        ('lasting = "span"', 'lasting = "for ever"', "lasts.lasting"),
    ],
)
def test_an_entry_that_is_wrong_costs_itself_and_is_named(tmp_path, old, new, field):
    book = book_of(tmp_path, HEAD + ONE.replace(old, new) + TWO)
    [problem] = book.problems

    assert (problem.file, problem.field) == ("registers/us.toml", field)
    assert [register.id for register in book.registers] == ["two"]


def test_a_file_that_cannot_be_read_costs_itself(tmp_path):
    book = book_of(tmp_path, HEAD + ONE, de="checked_on = yesterday")

    assert [problem.file for problem in book.problems] == ["registers/de.toml"]
    assert [register.id for register in book.registers] == ["one"]


def test_the_same_id_twice_is_refused(tmp_path):
    [problem] = book_of(tmp_path, HEAD + ONE + ONE).problems

    assert "stands here twice" in str(problem)


@pytest.mark.parametrize("part", ["ways", "sources"])
def test_without_a_way_or_a_source_an_entry_is_refused(tmp_path, part):
    begin = ONE.index(f"[[registers.{part}]]")
    end = ONE.find("\n\n", begin) + 2
    [problem] = book_of(tmp_path, HEAD + ONE[:begin] + ONE[end:]).problems

    assert problem.field == part


def test_the_rule_book_answers_for_laws_and_for_registers():
    book = Library(Resources.found()).rule_book

    assert book.law(LawId("us-ca-ccpa")).id == "us-ca-ccpa"
    assert [rule.id for rule in book.law(LawId("register:us-dnc")).rules] == ["dnc-registry.effective"]
    assert book.all() == shipped_laws().all()


def test_the_registers_are_not_read_before_one_is_asked_for():
    asked = []

    def registers():
        asked.append(True)
        return RegisterBook(registers=())

    book = RuleBook(laws=shipped_laws().laws, registers=registers)
    book.law(LawId("us-ca-ccpa"))

    assert asked == []
    with pytest.raises(NotFound, match="register"):
        book.law(LawId("register:us-dnc"))
    assert asked == [True]
