# SPDX-License-Identifier: Apache-2.0
"""Words about lists of companies: which list, how a company in it stands, why a row was not taken."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from optout_desktop.domain.company_lists import (
    Difference,
    LeftOutReason,
    Likeness,
    ListChoice,
    ListPreview,
    ListSource,
)
from optout_desktop.gui import wording
from optout_desktop.gui.labels import shown


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("import_companies", text)


def source(value: ListSource) -> str:
    """The name of a kind of list."""
    return {
        ListSource.DATENANFRAGEN: tr("Datenanfragen.de company list"),
        ListSource.JDM: tr("JustDeleteMe sites"),
        ListSource.CPPA: tr("California data broker registry"),
        ListSource.TEXAS: tr("Texas data broker registry"),
        ListSource.OREGON: tr("Oregon data broker registry"),
        ListSource.CSV: tr("Table of your own"),
    }[value]


def likeness(value: Likeness) -> str:
    """How a company of a list stands to what is known."""
    return {
        Likeness.NEW: tr("new"),
        Likeness.SAME: tr("the same"),
        Likeness.DIFFERS: tr("differs"),
    }[value]


def choice(value: ListChoice) -> str:
    """What to do where a list and what is known differ."""
    return {
        ListChoice.KEEP_MINE: tr("Keep what is known"),
        ListChoice.TAKE_THEIRS: tr("Take the list's"),
        ListChoice.ADD_FURTHER: tr("Add the list's as further contacts"),
    }[value]


def reason(value: LeftOutReason) -> str:
    """Why a row, or a value of it, was not taken."""
    return {
        LeftOutReason.NO_NAME: tr("no name"),
        LeftOutReason.NAME_TOO_LONG: tr("the name is too long"),
        LeftOutReason.NO_CONTACT: tr("no contact"),
        LeftOutReason.BAD_EMAIL: tr("not an e-mail address"),
        LeftOutReason.BAD_LINK: tr("not a web address"),
        LeftOutReason.BAD_PHONE: tr("not a telephone number"),
        LeftOutReason.BAD_DOMAIN: tr("not a domain"),
        LeftOutReason.BAD_COUNTRY: tr("not a country or region"),
        LeftOutReason.BAD_DAY: tr("not a day"),
        LeftOutReason.BAD_RECORD: tr("not a record of a company"),
        LeftOutReason.TWICE: tr("stands in the list twice"),
    }[value]


def summary(preview: ListPreview) -> str:
    """The counts of a preview in one line."""
    return tr("{new} new · {differs} differ · {same} the same · {unusable} not usable").format(
        new=preview.count(Likeness.NEW),
        differs=preview.count(Likeness.DIFFERS),
        same=preview.count(Likeness.SAME),
        unusable=preview.unusable,
    )


def difference(value: Difference) -> str:
    """Both values of a channel, the known one first."""
    mine = " | ".join(shown(one.replace("\n", ", ")) for one in value.mine) or tr("none")
    theirs = " | ".join(shown(one.replace("\n", ", ")) for one in value.theirs)
    return tr("{channel}. Known: {mine}. In the list: {theirs}").format(
        channel=wording.channel(value.channel), mine=mine, theirs=theirs
    )
