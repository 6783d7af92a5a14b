# SPDX-License-Identifier: Apache-2.0
"""Every shipped law and regulator, and every worked deadline."""

import csv
import json
import tomllib
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from optout_desktop.catalog.files import Resources
from optout_desktop.catalog.laws import load_laws
from optout_desktop.catalog.regulators import load_regulators
from optout_desktop.domain.counting import dates, in_force
from optout_desktop.domain.damages import Currency, Fault, Per
from optout_desktop.domain.findings import FindingKind
from optout_desktop.domain.ids import LawId, RuleId
from optout_desktop.domain.laws import COMPANY_ACTS, LawStatus, Step, Verification
from optout_desktop.domain.places import Place
from optout_desktop.domain.rights import RIGHTS_OF_GOAL, Goal
from tests.lawbooks import holiday_book, shipped_laws

RESOURCES = Resources.found()
LAW_FILES = [path for path in RESOURCES.files("laws", ending=".toml") if path.name != "conventions.toml"]
REGULATOR_FILES = list(RESOURCES.files("regulators", ending=".toml"))
CASES = Path(__file__).parent.parent / "golden" / "deadlines.csv"


def schema(kind):
    return json.loads(RESOURCES.path("schemas", f"{kind}.schema.json").read_text(encoding="utf-8"))


def as_json(value):
    """A TOML table as a schema sees it: days are texts."""
    if isinstance(value, dict):
        return {name: as_json(content) for name, content in value.items()}
    if isinstance(value, list):
        return [as_json(content) for content in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("path", LAW_FILES, ids=lambda path: path.stem)
def test_a_law_file_fits_its_schema(path):
    record = as_json(tomllib.loads(path.read_text(encoding="utf-8")))

    assert list(jsonschema.Draft202012Validator(schema("law")).iter_errors(record)) == []


@pytest.mark.parametrize("path", REGULATOR_FILES, ids=lambda path: path.stem)
def test_a_regulator_file_fits_its_schema(path):
    record = as_json(tomllib.loads(path.read_text(encoding="utf-8")))

    assert list(jsonschema.Draft202012Validator(schema("regulator")).iter_errors(record)) == []


def test_every_law_and_every_regulator_loads():
    regulators = load_regulators(RESOURCES)
    laws = load_laws(RESOURCES, regulators.ids)

    assert (regulators.problems, laws.problems) == ((), ())
    assert len(laws.laws) == len(LAW_FILES) == 62


def test_every_rule_tells_where_it_is_written_who_says_so_and_how_far_that_was_checked():
    for path in LAW_FILES:
        for rule in tomllib.loads(path.read_text(encoding="utf-8"))["rules"]:
            assert rule["citation"].strip(), rule["id"]
            assert rule["sources"], rule["id"]
            assert Verification(rule["verification"]), rule["id"]


def test_every_rule_that_was_read_in_a_text_names_a_page():
    silent = [
        rule.id
        for law in shipped_laws().laws
        for rule in law.rules
        if rule.verification is Verification.PRIMARY_TEXT and not any(source.url for source in rule.sources)
    ]

    assert silent == []


def test_the_rules_that_nobody_could_check_are_known_by_name():
    unchecked = {
        rule.id for law in shipped_laws().laws for rule in law.rules if not rule.verification.is_verified
    }

    assert unchecked == {
        "de.revoke", "nh.revoke", "qc.deindex", "aup.dm", "nzp.transfer", "sgd.withdraw", "sgd.access",
        "trai.dnd",
    }  # fmt: skip


def test_every_duty_of_a_company_says_what_breaks_it():
    mute = [
        rule.id
        for law in shipped_laws().laws
        for rule in law.rules
        if rule.step in COMPANY_ACTS and rule.period.has_number and not rule.breaches
    ]

    assert mute == []


_NOBODY_BREAKS = {Step.COMPLAIN_WINDOW, Step.ESCALATE, Step.WAITING_PERIOD}
"""Spans of the person's own, and one that nobody outside can see broken."""


def test_every_rule_names_what_a_company_can_be_found_to_have_done():
    unnamed = [
        rule.id
        for law in shipped_laws().laws
        for rule in law.rules
        if bool(rule.findings) == (rule.step in _NOBODY_BREAKS)
    ]

    assert unnamed == []


def test_where_no_day_is_set_nobody_is_late():
    for law in shipped_laws().laws:
        for rule in law.rules:
            assert rule.period.has_number or FindingKind.LATE_ANSWER not in rule.findings, rule.id


def test_what_a_rule_can_be_extended_by_can_be_extended_wrongly():
    for law in shipped_laws().laws:
        for rule in law.rules:
            is_extendable = rule.extension is not None and rule.step is not Step.HONOUR
            assert not is_extendable or FindingKind.INVALID_EXTENSION in rule.possible_findings, rule.id


def test_money_is_named_with_its_citation_and_the_texting_law_has_the_amounts_of_the_statute():
    amounts = [one for law in shipped_laws().laws for one in (*law.damages, *law.fines)]
    texting = shipped_laws().law(LawId("us-tcpa")).damages

    assert len(amounts) >= 20
    assert all(one.citation for one in amounts)
    assert [(one.min, one.max, one.per, one.currency, one.fault) for one in texting] == [
        (500, 500, Per.VIOLATION, Currency.USD, Fault.ANY),
        (None, 1500, Per.VIOLATION, Currency.USD, Fault.WILFUL),
    ]


def test_every_right_can_stand_in_a_letter():
    for law in shipped_laws().laws:
        for offered in law.rights:
            assert offered.title.strip(".") == offered.title, (law.id, offered.right)
            assert offered.citation, (law.id, offered.right)


def test_every_lenient_calendar_exists():
    named = {rule.lenient_calendar for law in shipped_laws().laws for rule in law.rules} - {""}

    assert named == {"US-CA-lenient"}
    assert holiday_book().calendar(*named).title == "California"


def worked_cases():
    with CASES.open(encoding="utf-8", newline="") as file:
        return [pytest.param(row, id=row["case"]) for row in csv.DictReader(file)]


def three_dates(case):
    """What the case says, or None where no deadline may be computed."""
    days = (case["nominal"], case["due"], case["flag_after"])
    return tuple(map(date.fromisoformat, days)) if case["due"] else None


def counted(case):
    """The last stage of a chain, each stage starting on the last day of the one before."""
    start = asked_on = date.fromisoformat(case["start"])
    found = None
    for name in case["rule"].split("+"):
        versions = in_force(shipped_laws().rules(RuleId(name)), asked_on)
        if not versions:
            return None
        [version] = versions
        found = dates(version, start, case["place"], holiday_book(), extended=bool(case["extended"]))
        start = found.due if found else start
    return (found.nominal, found.due, found.flag_after) if found else None


@pytest.mark.parametrize("case", worked_cases())
def test_a_worked_deadline_is_counted_the_same(case):
    assert counted(case) == three_dates(case)


PROPOSED = [
    (Goal.STOP_EMAIL, "US-TX", "us-can-spam"),
    (Goal.STOP_EMAIL, "DE-BY", "eu-gdpr"),
    (Goal.STOP_EMAIL, "NO", "eu-gdpr"),
    (Goal.STOP_EMAIL, "GB-SCT", "uk-gdpr"),
    (Goal.STOP_EMAIL, "CA-ON", "ca-casl"),
    (Goal.STOP_EMAIL, "AU-VIC", "au-spam"),
    (Goal.STOP_EMAIL, "NZ", "nz-uema"),
    (Goal.STOP_TEXTS, "US-CA", "us-tcpa"),
    (Goal.STOP_TEXTS, "US-FL", "us-fl-ftsa"),
    (Goal.STOP_CALLS, "US-OH", "us-dnc-internal"),
    (Goal.STOP_SELLING, "US-CA", "us-ca-ccpa"),
    (Goal.STOP_SELLING, "US-NV", "us-nv-603a"),
    (Goal.OBJECT_MARKETING, "FR", "eu-gdpr"),
]


@pytest.mark.parametrize(("goal", "place", "law"), PROPOSED)
def test_the_law_that_fits_best_is_proposed_first(goal, place, law):
    first, *_ = shipped_laws().judged(RIGHTS_OF_GOAL[goal], Place(place), None, date(2026, 11, 22))

    assert (first.law.id, first.applies) == (law, True)


def test_the_federal_law_on_texts_stands_beside_floridas():
    first, second, *_ = shipped_laws().judged(
        RIGHTS_OF_GOAL[Goal.STOP_TEXTS], Place("US-FL"), None, date(2026, 11, 22)
    )

    assert (first.law.id, second.law.id, second.applies) == ("us-fl-ftsa", "us-tcpa", True)


def test_no_law_about_selling_is_proposed_where_there_is_none():
    judged = shipped_laws().judged(
        RIGHTS_OF_GOAL[Goal.STOP_SELLING], Place("US-OH"), None, date(2026, 11, 22)
    )

    assert not any(item.applies for item in judged)


def test_a_law_that_is_only_enacted_is_shown_and_not_proposed():
    oklahoma = shipped_laws().law(LawId("us-ok-okcdpa"))
    first, *_ = shipped_laws().judged(
        RIGHTS_OF_GOAL[Goal.STOP_SELLING], Place("US-OK"), None, date(2026, 12, 31)
    )
    from_new_year, *_ = shipped_laws().judged(
        RIGHTS_OF_GOAL[Goal.STOP_SELLING], Place("US-OK"), None, date(2027, 1, 1)
    )

    assert oklahoma.status is LawStatus.ENACTED_FUTURE
    assert not first.applies
    assert (from_new_year.law.id, from_new_year.applies) == ("us-ok-okcdpa", True)
