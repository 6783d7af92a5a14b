# SPDX-License-Identifier: Apache-2.0
"""What is said about a registration where any request is shown: its sentence, its end, its steps.

A registration is the person's own: it takes effect, it lapses, and nobody is late with it.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from optout_desktop.domain.agenda import RequestOverview
from optout_desktop.domain.ids import register_in
from optout_desktop.domain.laws import Step
from optout_desktop.domain.requests import EventKind, RequestEvent
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tiles import Card
from optout_desktop.gui.wording import long_date
from optout_desktop.services.registers import IDENTIFIER
from optout_desktop.services.requests import RequestDetail

_EFFECTS = frozenset({Step.REGISTRY_EFFECTIVE, Step.EFFECTIVE})


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("registers", text)


def registration_sentence(detail: RequestDetail, today: date) -> str:
    """When one registered and with what, when that takes effect, and when it ends."""
    sent = detail.request.last(EventKind.SENT)
    if sent is None:
        return tr("Not registered yet.")
    what, day = sent.detail(IDENTIFIER), long_date(sent.on)
    told = [tr("You registered on {day}.").format(day=day)]
    if what:
        told = [tr("You registered {what} on {day}.").format(what=shown(what), day=day)]
    confirmed = detail.request.last(EventKind.REGISTERED)
    if confirmed is not None and confirmed.on >= sent.on:
        told.append(tr("The register confirmed it on {day}.").format(day=long_date(confirmed.on)))
    effect = next((one.dates.due for one in detail.clocks if one.step in _EFFECTS and one.dates), None)
    if effect is not None:
        words = (
            tr("It takes effect by {day}.")
            if today <= effect
            else tr("It should have been in effect since {day}.")
        )
        told.append(words.format(day=long_date(effect)))
    if end := _end(detail, today):
        told.append(end)
    return " ".join(told)


def _end(detail: RequestDetail, today: date) -> str:
    row = detail.overview
    if not row.will_lapse or row.due_on is None:
        return ""
    day = long_date(row.due_on)
    if not row.rule:
        return tr("You wanted to look again on {day}.").format(day=day)
    if today > row.due_on:
        return tr("It lapsed on {day}: register again.").format(day=day)
    return tr("It holds until {day}; then register again.").format(day=day)


def holds_until(detail: RequestDetail) -> str:
    """The last day of a registration, as the line under the status says it."""
    row = detail.overview
    if row.due_on is None:
        return ""
    words = tr("Holds until {day}") if row.rule else tr("Look again on {day}")
    return words.format(day=long_date(row.due_on))


def steps_card(surroundings: Surroundings, detail: RequestDetail) -> Card | None:
    """What stands in the place of a letter: there is none, but steps; None for a request to a company."""
    known = register_in(detail.request.law)
    if known is None:
        return None
    register = surroundings.desk.registers.register(known)
    card = Card(tr("A register gets no letter"))
    card.body.addWidget(label(tr("This is how one registers there:"), Look.SECOND, wraps=True))
    for number, step in enumerate(register.steps, start=1):
        line = tr("{number}. {step}").format(number=number, step=step)
        card.body.addWidget(label(line, wraps=True))
    return card


def entry_sentence(event: RequestEvent, detail: RequestDetail) -> str:
    """What a registration's own entry says in the timeline."""
    what, address = event.detail(IDENTIFIER), event.to_address or detail.request.to_address
    where = shown(" ".join(address.split()))
    if what and address:
        return tr("Registered {what} at {where}").format(what=shown(what), where=where)
    return tr("Registered at {where}").format(where=where) if address else tr("Registered")


def end_words(row: RequestOverview) -> str:
    """What happens on the last day of a registration, as the timeline says it."""
    return tr("Ends: register again") if row.rule else tr("Look again")
