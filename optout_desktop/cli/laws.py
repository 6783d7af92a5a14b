# SPDX-License-Identifier: Apache-2.0
"""``optout laws``: the laws, and for a place which protect somebody there and why the others do not.

``optout laws check`` reads a law file that somebody wrote, as strictly as the app reads its own.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, cast

import click

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.damages import Damages
from optout_desktop.domain.laws import Applicability, Law, Reason
from optout_desktop.domain.places import Place
from optout_desktop.domain.rights import Right

from .arguments import CHANNEL, RESIDENCE, RIGHT
from .output import table
from .session import Session
from .tree import Command, Group, in_session

_NOWHERE = Place("ZZ")

_REASONS = {
    Reason.PROTECTS_RESIDENCE: "protects people who live there",
    Reason.PROTECTS_EVERYBODY_THERE: "protects everybody in the country",
    Reason.ABOUT_THIS_CHANNEL: "is about this channel",
    Reason.THRESHOLDS_UNKNOWN: "binds companies above a size, which is not known of the company",
    Reason.LIVES_ELSEWHERE: "protects people who live elsewhere",
    Reason.NO_SUCH_RIGHT: "has no such right",
    Reason.OTHER_CHANNEL: "is about another channel",
    Reason.NOT_YET_IN_FORCE: "is not in force yet",
    Reason.NO_LONGER_IN_FORCE: "is no longer in force",
}


class LawReader(Protocol):
    """Reads a law file from anywhere."""

    def check_law(self, path: Path) -> Law:
        """The law in it. Raises CatalogError with the place of the fault, HandOverError."""
        ...


@click.group(cls=Group, invoke_without_command=True, subcommand_metavar="[check FILE]")
@click.option("--right", type=RIGHT, metavar="KIND", help="Only laws with this right, such as delete.")
@click.option("--place", type=RESIDENCE, metavar="CODE", help="Where the person lives, such as US-CA.")
@click.option("--channel", type=CHANNEL, metavar="CHANNEL", help="The channel of the unwanted messages.")
@click.pass_context
def laws(
    context: click.Context, *, right: Right | None, place: Place | None, channel: Channel | None
) -> None:
    """List the laws; for a place, which apply and why."""
    if context.invoked_subcommand is not None:
        if right or place or channel:
            raise click.UsageError(
                "A law file is checked by itself: leave --right, --place and --channel out."
            )
        return
    session = context.ensure_object(Session)
    session.warn_of_missing_laws()
    judged = session.house.laws.judged((right,) if right else tuple(Right), place or _NOWHERE, channel)
    if place is None:
        found = sorted(
            (one.law for one in judged if right is None or one.law.offers(right)), key=lambda law: law.id
        )
        rows = [(law.id, law.short_title, law.places, law.applies_from) for law in found]
        session.show(
            {"laws": [law_data(law) for law in found]},
            table(("law", "title", "places", "in force from"), rows, "No law has this right."),
        )
        return
    data = [{**law_data(one.law), **judgement_data(one)} for one in judged]
    session.show(
        {
            "right": right,
            "place": place,
            "on": session.today,
            "proposed": next((one.law.id for one in judged if one.applies and right), None),
            "applicable": [one for one in data if one["applies"]],
            "not_applicable": [one for one in data if not one["applies"]],
        },
        table(
            ("applies", "law", "title", "because"),
            [(one.applies, one.law.id, one.law.short_title, because(one)) for one in judged],
            "There are no laws.",
        ),
    )


@laws.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@in_session
def check(session: Session, *, file: Path) -> None:
    """Read a law file; say where it is wrong."""
    law = cast("LawReader", session.house.library).check_law(file)
    session.show(
        {"file": file.name, "law": law.id, "rights": len(law.rights), "rules": len(law.rules)},
        [f"{file.name} can be used: {law.title}. Rights: {len(law.rights)}, rules: {len(law.rules)}."],
    )


def because(judged: Applicability) -> str:
    """Why a law is offered or not, in words."""
    return "; ".join(_REASONS[reason] for reason in judged.reasons)


def judgement_data(judged: Applicability) -> dict[str, object]:
    """Why a law is offered or not, as programs read it."""
    return {
        "applies": judged.applies,
        "right": judged.right,
        "is_dated": judged.is_dated,
        "reasons": judged.reasons,
        "because": because(judged),
    }


def law_data(law: Law) -> dict[str, object]:
    """A law as programs read it."""
    return {
        "id": law.id,
        "title": law.title,
        "short_title": law.short_title,
        "level": law.level,
        "places": law.places,
        "status": law.status,
        "applies_from": law.applies_from,
        "applies_to": law.applies_to,
        "citation": law.citation,
        "rights": [one.right for one in law.rights],
        "has_thresholds": law.has_thresholds,
        "damages": [money_data(one) for one in law.damages],
        "fines": [money_data(one) for one in law.fines],
        "verified_on": law.verified_on,
    }


def money_data(amount: Damages) -> dict[str, object]:
    """What a statute sets for a breach, as programs read it."""
    return {
        "min": amount.min,
        "max": amount.max,
        "per": amount.per,
        "currency": amount.currency,
        "fault": amount.fault,
        "citation": amount.citation,
        "verified": amount.is_verified,
        "note": amount.note,
    }
