# SPDX-License-Identifier: Apache-2.0
"""Every shipped register."""

import json
import tomllib
from collections import Counter
from datetime import date
from functools import cache

import jsonschema
import pytest

from optout_desktop.catalog.files import Resources
from optout_desktop.catalog.library import Library
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.registers import Fact, Register, RegisterKind, RegisterStatus, WayKind
from optout_desktop.domain.requests import EventKind
from optout_desktop.domain.running import clocks_of
from tests.lawbooks import a_request, an_event, conventions, holiday_book

RESOURCES = Resources.found()
FILES = list(RESOURCES.files("registers", ending=".toml"))


@cache
def library() -> Library:
    return Library(RESOURCES)


def shipped() -> tuple[Register, ...]:
    return library().registers.all()


def one(name: str) -> Register:
    return next(register for register in shipped() if register.id == name)


def as_json(value):
    """A TOML table as a schema sees it: days are texts."""
    if isinstance(value, dict):
        return {name: as_json(content) for name, content in value.items()}
    if isinstance(value, list):
        return [as_json(content) for content in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_register_file_fits_its_schema(path):
    text = RESOURCES.path("schemas", "register.schema.json").read_text(encoding="utf-8")
    record = as_json(tomllib.loads(path.read_text(encoding="utf-8")))

    assert list(jsonschema.Draft202012Validator(json.loads(text)).iter_errors(record)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_register_lies_in_the_file_of_its_country(path):
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["registers"]

    assert {entry["places"][0][:2].lower() for entry in entries} == {path.stem}


def test_every_register_loads():
    assert library().registers.problems == ()
    assert len(shipped()) == 109


def test_every_register_says_where_it_was_read_what_to_do_and_how_far_that_was_checked():
    for register in shipped():
        assert register.sources, register.id
        assert register.steps, register.id
        assert all(step.endswith(".") and len(step) < 160 for step in register.steps), register.id
        assert all(source.title for source in register.sources), register.id
        assert register.verification.is_verified or not register.is_verified(Fact.WAYS), register.id


def test_two_registers_of_one_place_have_different_names():
    names = Counter((register.title, place) for register in shipped() for place in register.places)

    assert [name for name, count in names.items() if count > 1] == []


def test_what_is_over_or_only_explains_cannot_be_recorded_and_says_why():
    unusable = {register.id for register in shipped() if not register.can_be_recorded}

    assert {"fr-bloctel", "nl-belmeniet", "us-nai", "pe-gni", "us-dnc-wy"} <= unusable
    assert {"us-vt-registry", "gb-7726", "de-bnetza", "my-pdp"} <= unusable
    for register in shipped():
        assert (register.status is RegisterStatus.ACTIVE) != bool(register.status_note), register.id


def test_the_registers_that_nobody_could_check_are_known_by_name():
    assert sorted(register.id for register in shipped() if not register.verification.is_verified) == [
        "be-robinson",
        "ca-cma-dnm",
        "fr-robinson",
        "gb-babymps",
        "hu-phonebook",
        "my-pdp",
        "ph-npc",
        "us-shortcodes",
    ]


@pytest.mark.parametrize(
    ("name", "law"),
    [
        ("us-dnc", "us-dnc-registry"),
        ("us-optoutprescreen-5y", "us-fcra-prescreen"),
        ("us-ca-drop", "us-ca-delete-act"),
        ("ca-dncl", "ca-dncl"),
        ("gb-tps", "uk-pecr"),
        ("au-dncr", "au-dncr"),
        ("sg-dnc", "sg-pdpa"),
        ("in-dnd", "in-trai"),
        ("za-ncc-optout", "za-popia-cpa"),
    ],
)
def test_where_a_law_is_behind_a_register_its_rules_count(name, law):
    own = [rule for rule in library().rule_book.law(one(name).law_id).rules if rule.law == law]

    assert own


def test_every_register_that_can_be_used_counts_without_an_error():
    for register in filter(lambda register: register.can_be_recorded, shipped()):
        law = library().rule_book.law(register.law_id)
        events = (an_event(EventKind.SENT, date(2026, 11, 2)),)
        request = a_request(register.law_id, register.right, *events, place=register.country)

        clocks = clocks_of(request, law.rules, holiday_book(), conventions())
        own = [clock for clock in clocks if clock.rule.law == register.law_id]
        assert all(clock.dates is not None for clock in own), register.id


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("us-optoutprescreen-5y", [date(2026, 11, 9), date(2031, 11, 9)]),
        ("us-dnc-tx", [date(2027, 4, 4), date(2029, 11, 2)]),
        ("gb-ctps", [date(2026, 11, 29), date(2027, 11, 2)]),
        ("nl-postfilter", [date(2027, 1, 1), date(2028, 11, 2)]),
        ("us-daa-webchoices", []),
    ],
)
def test_a_registration_takes_effect_and_ends_on_the_day_that_the_facts_give(name, days):
    register = one(name)
    sent = an_event(EventKind.SENT, date(2026, 11, 2))
    request = a_request(register.law_id, register.right, sent, place=register.country, channel=Channel.FORM)
    clocks = clocks_of(request, library().rule_book.law(register.law_id).rules, holiday_book(), conventions())

    shown = [
        clock.dates.due
        for clock in clocks
        if clock.dates and register.right in clock.rule.rights and not clock.rule.only_where
    ]
    assert shown == days


def test_text_messages_say_what_to_write():
    keywords = {
        register.id: way.text
        for register in shipped()
        if register.can_be_recorded
        for way in register.ways
        if way.kind is WayKind.SMS
    }

    assert keywords == {
        "ae-dncr": "DNCR",
        "gb-tps": "TPS and your e-mail address",
        "in-dnd": "START 0",
        "sg-dnc": "DNC",
    }


def test_there_are_registers_of_every_kind():
    assert {register.kind for register in shipped()} == set(RegisterKind)
