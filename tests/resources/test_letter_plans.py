# SPDX-License-Identifier: Apache-2.0
"""The plans of the letters fit their schema, and the schema refuses what does not."""

import copy
import json
import tomllib
from pathlib import Path

import jsonschema
import pytest

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
SCHEMA = json.loads((RESOURCES / "schemas" / "letter-plans.schema.json").read_text("utf-8"))
PLANS = tomllib.loads((RESOURCES / "letters" / "plans.toml").read_text("utf-8"))


def test_the_plans_fit_their_schema():
    jsonschema.validate(PLANS, SCHEMA)

    assert len(PLANS["plan"]) > 1


@pytest.mark.parametrize("field", ["rights", "kind", "version", "subject", "blocks"])
def test_a_plan_without_one_of_its_fields_is_refused(field):
    broken = copy.deepcopy(PLANS)
    del broken["plan"][0][field]

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, SCHEMA)


@pytest.mark.parametrize("field", ["rights", "version", "subject", "blocks"])
def test_a_call_script_without_one_of_its_fields_is_refused(field):
    broken = copy.deepcopy(PLANS)
    del broken["script"][0][field]

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, SCHEMA)


def test_a_form_must_know_what_it_goes_without():
    broken = copy.deepcopy(PLANS)
    broken["short"]["drop"] = []

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, SCHEMA)


def test_an_unknown_word_in_a_plan_is_refused():
    broken = copy.deepcopy(PLANS)
    broken["plan"][0]["tone"] = "firm"

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, SCHEMA)
