# SPDX-License-Identifier: Apache-2.0
"""Which requests the list shows: smart lists, filters as chips, and filters kept under a name.

A ``RequestFilter`` is turned into chips (key to words), a chip's key takes its part off again, and the whole
is kept as JSON in the vault's setting ``saved_filters``; the entry without a name is the filter last used.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from PySide6.QtCore import QCoreApplication

from optout_desktop.domain.agenda import RequestFilter, SortOrder, Urgency
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.ids import CompanyId, LawId, PersonId
from optout_desktop.domain.requests import RequestStatus
from optout_desktop.domain.rights import Right
from optout_desktop.gui import wording
from optout_desktop.gui.labels import shown

Word = TypeVar("Word", bound=StrEnum)


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("filters", text)


class SmartList(StrEnum):
    """The lists that are always there."""

    ALL = "all"
    OVERDUE = "overdue"
    NEEDS_YOU = "needs_you"
    DUE_SOON = "due_soon"
    WAITING = "waiting"
    DRAFTS = "draft"
    DONE = "done"
    BIN = "bin"


def smart_words(smart: SmartList) -> str:
    """What a smart list is called."""
    if smart is SmartList.ALL:
        return tr("All requests")
    return tr("Bin") if smart is SmartList.BIN else wording.urgency(Urgency(smart.value))


def smart_of(wanted: RequestFilter) -> SmartList | None:
    """The smart list that a filter is about; None where it mixes several groups."""
    if wanted.is_binned:
        return SmartList.BIN
    if not wanted.urgencies:
        return SmartList.ALL
    return SmartList(next(iter(wanted.urgencies)).value) if len(wanted.urgencies) == 1 else None


def with_smart(wanted: RequestFilter, smart: SmartList) -> RequestFilter:
    """The same filter in another smart list."""
    is_plain = smart in {SmartList.ALL, SmartList.BIN}
    urgencies = frozenset[Urgency]() if is_plain else frozenset({Urgency(smart.value)})
    return replace(wanted, urgencies=urgencies, is_binned=smart is SmartList.BIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What can be filtered by here: the laws, rights, people and companies that stand in the list."""

    laws: Mapping[LawId, str] = field(default_factory=dict)
    rights: tuple[Right, ...] = ()
    people: Mapping[PersonId, str] = field(default_factory=dict)
    companies: Mapping[CompanyId, str] = field(default_factory=dict)


def chips(wanted: RequestFilter, choices: Choices) -> dict[str, str]:
    """Every part of a filter that is on, as key to words; smart list and search have their own place."""
    found: dict[str, str] = {}
    if len(wanted.urgencies) > 1:
        found |= {f"urgency:{one}": wording.urgency(one) for one in Urgency if one in wanted.urgencies}
    found |= {f"status:{one}": wording.status(one) for one in RequestStatus if one in wanted.statuses}
    for law in sorted(wanted.laws):
        found[f"law:{law}"] = choices.laws.get(law, law)
    found |= {f"right:{one}": wording.right(one) for one in Right if one in wanted.rights}
    found |= {f"channel:{one}": wording.channel(one) for one in Channel if one in wanted.channels}
    if wanted.person is not None:
        found["person:"] = shown(choices.people.get(wanted.person, tr("One person")))
    if wanted.company is not None:
        found["company:"] = shown(choices.companies.get(wanted.company, tr("One company")))
    return found


def without(wanted: RequestFilter, key: str) -> RequestFilter:
    """The filter with one chip taken off."""
    part, _, value = key.partition(":")
    match part:
        case "urgency":
            return replace(wanted, urgencies=wanted.urgencies - {Urgency(value)})
        case "status":
            return replace(wanted, statuses=wanted.statuses - {RequestStatus(value)})
        case "law":
            return replace(wanted, laws=wanted.laws - {LawId(value)})
        case "right":
            return replace(wanted, rights=wanted.rights - {Right(value)})
        case "channel":
            return replace(wanted, channels=wanted.channels - {Channel(value)})
        case "person":
            return replace(wanted, person=None)
        case _:
            return replace(wanted, company=None)


def is_plain(wanted: RequestFilter) -> bool:
    """Whether nothing is filtered but the smart list."""
    return wanted == with_smart(RequestFilter(), smart_of(wanted) or SmartList.ALL)


# ── kept ─────────────────────────────────────────────────────────────────────────────────────────────


def to_json(saved: Mapping[str, RequestFilter]) -> str:
    """Filters by name as they lie in the vault; what is typed in the search field is not kept."""
    return json.dumps([{"name": name, "filter": _plain(wanted)} for name, wanted in saved.items()])


def from_json(text: str) -> dict[str, RequestFilter]:
    """The filters by name; what cannot be read, or names what no longer exists, is left out."""
    try:
        rows = json.loads(text)
    except ValueError:
        return {}
    found: dict[str, RequestFilter] = {}
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and isinstance(row.get("name"), str) and isinstance(row.get("filter"), dict):
            found[row["name"]] = _filter(row["filter"])
    return found


def _plain(wanted: RequestFilter) -> dict[str, object]:
    return {
        "urgencies": sorted(wanted.urgencies),
        "statuses": sorted(wanted.statuses),
        "laws": sorted(wanted.laws),
        "rights": sorted(wanted.rights),
        "channels": sorted(wanted.channels),
        "person": wanted.person,
        "company": wanted.company,
        "is_binned": wanted.is_binned,
    }


def _filter(row: Mapping[str, object]) -> RequestFilter:
    person, company = row.get("person"), row.get("company")
    return RequestFilter(
        urgencies=_known(Urgency, row.get("urgencies")),
        statuses=_known(RequestStatus, row.get("statuses")),
        laws=frozenset(LawId(one) for one in _texts(row.get("laws"))),
        rights=_known(Right, row.get("rights")),
        channels=_known(Channel, row.get("channels")),
        person=PersonId(person) if isinstance(person, str) else None,
        company=CompanyId(company) if isinstance(company, str) else None,
        is_binned=row.get("is_binned") is True,
    )


def _known(kind: type[Word], values: object) -> frozenset[Word]:
    names = {str(one) for one in kind}
    return frozenset(kind(one) for one in _texts(values) if one in names)


def _texts(values: object) -> list[str]:
    return [one for one in values if isinstance(one, str)] if isinstance(values, list) else []


def sort_words(sort: SortOrder) -> str:
    """What an order is called."""
    return {
        SortOrder.URGENCY: tr("Most urgent first"),
        SortOrder.COMPANY: tr("Company"),
        SortOrder.DUE: tr("Due date"),
        SortOrder.SENT: tr("Sent last first"),
        SortOrder.CREATED: tr("Newest first"),
        SortOrder.RIGHT: tr("Right"),
        SortOrder.LAW: tr("Law"),
        SortOrder.PERSON: tr("Person"),
        SortOrder.STATUS: tr("Status"),
        SortOrder.DAYS_LEFT: tr("Days left"),
        SortOrder.LAST: tr("Last event first"),
        SortOrder.CHANNEL: tr("Channel"),
        SortOrder.REFERENCE: tr("Reference"),
    }[sort]
