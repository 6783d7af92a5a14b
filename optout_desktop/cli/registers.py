# SPDX-License-Identifier: Apache-2.0
"""``optout register``: the registers for a place, and what a person did there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from optout_desktop.domain.ids import RegisterId
from optout_desktop.domain.laws import Period
from optout_desktop.domain.places import Place
from optout_desktop.domain.registers import (
    Fact,
    Lasting,
    Nearness,
    Register,
    RegisterKind,
    RegisterStatus,
)

from .arguments import DAY, RESIDENCE, Word
from .output import table, words
from .people import person_named
from .request_views import overview_data
from .session import Session
from .tree import Group, in_session

if TYPE_CHECKING:
    from optout_desktop.services.registers import ListedRegister

KIND = Word(RegisterKind, "kind of register")

_BECAUSE = {
    Nearness.OF_THE_REGION: "is kept for the region",
    Nearness.OF_THE_COUNTRY: "is kept for the country",
    Nearness.OF_THE_UNION: "is for all of the European Economic Area",
    Nearness.OF_A_PART: "is for a part of the country; whether for you is not known",
    Nearness.ELSEWHERE: "is for people elsewhere",
}


@click.group(cls=Group)
def register() -> None:
    """Opt out in registers: do-not-call, mail preference, prescreen, advertising choice."""


@register.command(name="list")
@click.option("--place", type=RESIDENCE, metavar="CODE", help="Only those for this place; without it, yours.")
@click.option("--kind", type=KIND, metavar="KIND", help="Only this kind, such as do_not_call.")
@click.option("--all", "all_places", is_flag=True, help="Those of all places too.")
@in_session
def list_registers(
    session: Session, *, place: Place | None, kind: RegisterKind | None, all_places: bool
) -> None:
    """List the registers for a place: what they ask for, when they take effect, how long they hold."""
    with session.desk() as desk:
        for problem in desk.registers.problems():
            session.say(f"This file cannot be used: {problem}")
        where = place or person_named(None, desk.people.all()).place
        listed = desk.registers.listed(where, kind)
        # the newest ones come first, and the last word counts
        done = {row.law: row.sent_on for row in reversed(desk.registers.of_person(None))}
    found = [one for one in listed if all_places or one.near.applies]
    session.show(
        [
            {
                **register_data(one.register),
                **_near_data(one),
                "last_sent_on": done.get(one.register.law_id),
            }
            for one in found
        ],
        table(
            ("register", "title", "kind", "effect", "lasts", "checked", "standing"),
            [_line(one, done.get(one.register.law_id)) for one in found],
            "There is no register for this place.",
        ),
    )


@register.command()
@click.argument("register_id", metavar="ID")
@click.option("--on", "on", type=DAY, required=True, metavar="DATE", help="The day you registered.")
@click.option("--person", "person_typed", metavar="ID|NAME", help="Who registered; without it, you.")
@click.option(
    "--identifier", default="", metavar="TEXT", help="The number, address or browser that you registered."
)
@click.option("--confirmed", is_flag=True, help="The register confirmed it.")
@click.option("--remind-on", type=DAY, metavar="DATE", help="A day on which you want to look again.")
@in_session
def record(
    session: Session,
    *,
    register_id: str,
    on: date,
    person_typed: str | None,
    identifier: str,
    confirmed: bool,
    remind_on: date | None,
) -> None:
    """Record that you registered at ID. From then on it is a request like any other."""
    from optout_desktop.services.registers import Registration  # loads the vault's engine

    with session.desk() as desk:
        done = Registration(
            person=person_named(person_typed, desk.people.all()).id,
            register=RegisterId(register_id.strip().lower()),
            on=on,
            identifier=identifier,
            is_confirmed=confirmed,
            remind_on=remind_on,
        )
        row = desk.registers.record(done)
        today = desk.clock.today()
        clocks = desk.requests.detail(row.id).clocks
    ends = [
        f"{clock.rule.what.rstrip('.')}: {clock.dates.due.isoformat()}"
        for clock in clocks
        if clock.dates is not None
    ]
    session.show(
        {
            **overview_data(row, today),
            "clocks": [
                {
                    "rule_id": clock.rule.id,
                    "step": clock.step,
                    "due": clock.dates.due if clock.dates else None,
                }
                for clock in clocks
            ],
        },
        [f"Recorded: {row.company_name} ({row.reference})", *ends],
    )


def register_data(one: Register) -> dict[str, object]:
    """A register as programs read it."""
    return {
        "id": one.id,
        "title": one.title,
        "kind": one.kind,
        "places": one.places,
        "operator": one.operator,
        "ways": [
            {"kind": way.kind, "value": way.value, "text": way.text, "note": way.note} for way in one.ways
        ],
        "stops": one.stops,
        "asks_for": one.asks_for,
        "asks_note": one.asks_note,
        "covers": one.covers,
        "does_not_cover": one.does_not_cover,
        "force": one.force,
        "status": one.status,
        "status_note": one.status_note,
        "can_be_recorded": one.can_be_recorded,
        "is_free": one.is_free,
        "fee": one.fee,
        "effect": {**_period_data(one.effect.period), "note": one.effect.note},
        "lasts": {
            "lasting": one.validity.lasting,
            **_period_data(one.validity.period),
            "note": one.validity.note,
        },
        "renewal": one.renewal,
        "law": one.law,
        "citation": one.citation,
        "steps": one.steps,
        "note": one.note,
        "sources": [{"title": source.title, "url": source.url} for source in one.sources],
        "verification": one.verification,
        "unverified": one.unverified,
        "checked_on": one.checked_on,
    }


def _period_data(period: Period | None) -> dict[str, object]:
    return {"amount": period.amount if period else None, "unit": period.unit if period else None}


def _near_data(one: ListedRegister) -> dict[str, object]:
    return {"applies": one.near.applies, "near": one.near, "because": _BECAUSE[one.near]}


def _line(one: ListedRegister, last: date | None) -> Sequence[object]:
    register = one.register
    return (
        register.id,
        register.title,
        words(register.kind),
        _period(register.effect.period),
        _lasts(register),
        _checked(register),
        _standing(one, last),
    )


def _period(period: Period | None) -> str:
    if period is None:
        return "not stated"
    return words(period.unit) if period.amount is None else f"{period.amount} {words(period.unit)}"


def _lasts(register: Register) -> str:
    lasting = register.validity.lasting
    return _period(register.validity.period) if lasting is Lasting.SPAN else words(lasting)


def _checked(register: Register) -> str:
    if not register.verification.is_verified:
        return "not verified"
    unread = [fact for fact in (Fact.EFFECT, Fact.LASTS) if not register.is_verified(fact)]
    return f"not {', '.join(map(words, unread))}" if unread else "yes"


def _standing(one: ListedRegister, last: date | None) -> str:
    if one.register.status is not RegisterStatus.ACTIVE:
        return words(one.register.status)
    if not one.register.can_be_recorded:
        return "explains"
    return f"registered on {last.isoformat()}" if last else _BECAUSE[one.near]
