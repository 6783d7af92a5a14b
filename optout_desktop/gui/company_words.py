# SPDX-License-Identifier: Apache-2.0
"""Words about companies: how they can be reached, where that is from, and how far it was checked."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale

from optout_desktop.domain.companies import Channel, Company, Contact, Origin, Quality
from optout_desktop.domain.policy_text import Purpose
from optout_desktop.gui import wording
from optout_desktop.gui.labels import shown
from optout_desktop.services.companies import OWN_SOURCE, POLICY_SOURCE


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("companies", text)


def quality(value: Quality) -> str:
    """How far a record of the directory was checked."""
    return {
        Quality.TESTED: tr("tested with a real request"),
        Quality.VERIFIED: tr("checked by people"),
        Quality.IMPORTED: tr("taken from a public list"),
        Quality.SCRAPED: tr("read by a program, not checked"),
        Quality.UNKNOWN: tr("not checked"),
    }[value]


def contact_source(contact: Contact) -> str:
    """Where a contact is from and when it was checked, such as *from … · checked 14 Aug 2026*."""
    checked = tr("not dated")
    if contact.checked_on is not None:
        checked = tr("checked {day}").format(day=wording.long_date(contact.checked_on))
    if contact.source == OWN_SOURCE:
        day = wording.long_date(contact.checked_on) if contact.checked_on else tr("not dated")
        return tr("entered by you, {day}").format(day=day)
    if contact.source == POLICY_SOURCE:
        day = wording.long_date(contact.checked_on) if contact.checked_on else tr("not dated")
        return tr("from their privacy policy, pasted by you on {day}").format(day=day)
    if not contact.source:
        return tr("source unknown, {checked}").format(checked=checked)
    return tr("from {source}, {checked}").format(source=shown(contact.source), checked=checked)


def dead_since(day: date) -> str:
    """Why a contact is struck through."""
    return tr("A message came back on {day}. This address is not proposed any more.").format(
        day=wording.long_date(day)
    )


def purpose(value: Purpose) -> str:
    """What an address in a privacy policy seems to be for."""
    return {
        Purpose.OPT_OUT: tr("for opting out"),
        Purpose.RIGHTS: tr("for requests about your data"),
        Purpose.DELETION: tr("for deletion"),
        Purpose.UNSUBSCRIBE: tr("for unsubscribing"),
        Purpose.PRIVACY_OFFICE: tr("the privacy office"),
        Purpose.GENERAL: tr("purpose not clear"),
    }[value]


def channels(company: Company) -> str:
    """The ways to reach a company in one line."""
    names = [wording.channel(channel) for channel in company.channels]
    return QLocale().createSeparatedList(names) if names else tr("no contact known")


def row_line(company: Company) -> str:
    """The second line of a company in a list: domain, channels, where that is from."""
    contact = company.contacts[0] if company.contacts else None
    parts = [shown(company.domains[0])] if company.domains else []
    parts.append(channels(company))
    if contact is not None:
        parts.append(contact_source(contact))
    return " · ".join(parts)


def row_end(company: Company) -> str:
    """The word at the end of a row: whose it is, or what kind of company."""
    if company.origin is Origin.ADDED:
        return tr("added by you")
    if company.origin is Origin.CORRECTED:
        return tr("corrected by you")
    if company.origin is Origin.IMPORTED:
        return tr("data broker, imported by you") if company.is_data_broker else tr("imported by you")
    return tr("data broker") if company.is_data_broker else quality(company.quality)


def spoken(company: Company) -> str:
    """A company of a list in one sentence."""
    return tr("{name}, {line}, {end}").format(name=company.name, line=row_line(company), end=row_end(company))


def correction(company: Company, contacts: tuple[Contact, ...]) -> str:
    """A report of a correction, to be copied and sent by the person to whoever keeps the directory."""
    lines = [
        tr("Correction to the company directory"),
        "",
        tr("Company: {name} ({id})").format(name=company.name, id=company.id),
    ]
    lines += [
        tr("{channel}: {value}").format(
            channel=wording.channel(one.channel), value=one.value.replace("\n", ", ")
        )
        for one in contacts
    ]
    lines += ["", tr("Where I read it: "), tr("On which day: ")]
    return "\n".join(lines)


def contact_line(contact: Contact) -> str:
    """A channel with its address in one line, as a choice shows it."""
    value = shown(contact.value.splitlines()[0] if contact.value else "")
    return tr("{channel} · {address}").format(channel=wording.channel(contact.channel), address=value)


LETTER_CHANNELS = (Channel.EMAIL, Channel.FORM, Channel.POST)
"""The channels that a letter can travel by."""
