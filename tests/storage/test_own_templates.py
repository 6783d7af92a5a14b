# SPDX-License-Identifier: Apache-2.0
"""Keeping own templates."""

from __future__ import annotations

from dataclasses import replace

from optout_desktop.domain.ids import TemplateId
from optout_desktop.domain.letters import LetterKind, OwnTemplate
from optout_desktop.domain.rights import Right
from tests.builders import an_id, an_instant


def a_template(name: str = "Mine", **changes) -> OwnTemplate:
    plain = {
        "id": TemplateId(an_id()),
        "name": name,
        "kind": LetterKind.REQUEST,
        "right": Right.ACCESS,
        "language": "en",
        "subject": "{{ reference }}",
        "body": "Grüße,\n{{ identity.name }}",
    }
    return OwnTemplate(**plain | changes)


def test_a_template_comes_back_as_given_and_the_last_version_stands(stores):
    first = a_template(right=None)
    second = replace(first, body="Other words", version=2)
    stores.own_templates.put(first, an_instant())
    stores.own_templates.put(second, an_instant())

    assert stores.own_templates.find(first.id) == second
    assert stores.own_templates.all() == (second,)


def test_they_are_listed_by_name_and_the_bin_is_not(stores):
    late, early, binned = a_template("b"), a_template("A"), a_template("c")
    for one in (late, early, binned):
        stores.own_templates.put(one, an_instant())
    stores.own_templates.set_binned(binned.id, is_binned=True)

    assert stores.own_templates.all() == (early, late)
    assert stores.own_templates.find(binned.id) is None

    stores.own_templates.set_binned(binned.id, is_binned=False)

    assert stores.own_templates.find(binned.id) == binned
