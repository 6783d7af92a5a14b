# SPDX-License-Identifier: Apache-2.0
"""What is said about a register, wherever one is shown: the list, its detail, a registration's steps."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from optout_desktop.domain.laws import Period, Unit
from optout_desktop.domain.places import EU_PLACE, Place
from optout_desktop.domain.registers import (
    Ask,
    Fact,
    Force,
    Lasting,
    Nearness,
    Register,
    RegisterKind,
    RegisterStatus,
    Stops,
    Way,
    WayKind,
)
from optout_desktop.gui.clock_words import period
from optout_desktop.gui.places import country_name, place_name
from optout_desktop.gui.wording import long_date


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("registers", text)


def kinds(value: RegisterKind) -> str:
    """A kind of register, as the heading of its group."""
    return {
        RegisterKind.DO_NOT_CALL: tr("Against calls and texts"),
        RegisterKind.MAIL_PREFERENCE: tr("Against advertising mail"),
        RegisterKind.EMAIL_PREFERENCE: tr("Against advertising e-mail"),
        RegisterKind.PRESCREEN: tr("Against prescreened credit offers"),
        RegisterKind.DATA_SALE: tr("Against the sale of your data"),
        RegisterKind.BROKER_DELETION: tr("Deletion by data brokers"),
        RegisterKind.ADVERTISING_CHOICE: tr("Advertising choices"),
        RegisterKind.BROWSER_SIGNAL: tr("Signal of your browser"),
        RegisterKind.LOOKUP: tr("To look up"),
        RegisterKind.SPAM_REPORT: tr("To report spam to"),
        RegisterKind.COMPLAINT: tr("To complain to"),
        RegisterKind.DIRECT_NOTICE: tr("No register: ask the company"),
    }[value]


def status(value: RegisterStatus) -> str:
    """Whether a register can be used, in a word or two."""
    return {
        RegisterStatus.ACTIVE: tr("In use"),
        RegisterStatus.ENDED: tr("Ended"),
        RegisterStatus.SUPERSEDED: tr("Superseded"),
        RegisterStatus.NO_SIGN_UP: tr("No sign-up"),
    }[value]


def stops(value: Stops) -> str:
    """What a register is about."""
    return {
        Stops.CALLS: tr("calls"),
        Stops.ROBOCALLS: tr("automated calls"),
        Stops.TEXTS: tr("text messages"),
        Stops.FAX: tr("faxes"),
        Stops.MESSAGING_APPS: tr("messages in apps"),
        Stops.EMAIL: tr("e-mail"),
        Stops.ADDRESSED_MAIL: tr("addressed mail"),
        Stops.UNADDRESSED_MAIL: tr("mail without an address"),
        Stops.CREDIT_OFFERS: tr("prescreened credit offers"),
        Stops.DATA_BROKERS: tr("data brokers"),
        Stops.DATA_SALE: tr("the sale of data"),
        Stops.ONLINE_ADS: tr("advertising online"),
        Stops.MOBILE_ADS: tr("advertising in apps"),
    }[value]


def ask(value: Ask) -> str:
    """What a register asks for."""
    return {
        Ask.PHONE_NUMBER: tr("phone number"),
        Ask.EMAIL: tr("e-mail address"),
        Ask.NAME: tr("name"),
        Ask.ADDRESS: tr("postal address"),
        Ask.POSTCODE: tr("postcode"),
        Ask.COUNTY: tr("county"),
        Ask.DATE_OF_BIRTH: tr("date of birth"),
        Ask.SOCIAL_SECURITY_NUMBER: tr("social security number"),
        Ask.NATIONAL_ID: tr("national identity number"),
        Ask.IDENTITY_CARD: tr("number of the identity card"),
        Ask.ONLINE_IDENTITY: tr("online identity"),
        Ask.PROOF_OF_RESIDENCE: tr("proof of residence"),
        Ask.SIGNATURE: tr("signature"),
        Ask.CALL_OR_CODE: tr("a call or code to check the number"),
        Ask.CONFIRMATION_BY_EMAIL: tr("confirmation by e-mail"),
        Ask.UNWANTED_MAIL: tr("the unwanted mail itself"),
        Ask.DETAILS_OF_THE_CALL: tr("details of the call or message"),
    }[value]


def force(value: Force) -> str:
    """What stands behind a register."""
    return {
        Force.STATUTORY: tr("A law: who ignores the register breaks it."),
        Force.INDUSTRY_CODE: tr("A code of the industry; it is no law."),
        Force.VOLUNTARY: tr("Companies take part of their own will; no law makes them."),
        Force.NONE: tr("Nothing; it is a service."),
        Force.NOT_STATED: tr("Not known."),
    }[value]


def way(value: Way) -> str:
    """What a way is called, as a button's neighbour says it."""
    name = {
        WayKind.WEB: tr("Web page"),
        WayKind.PHONE: tr("Telephone"),
        WayKind.SMS: tr("Text message"),
        WayKind.EMAIL: tr("E-mail"),
        WayKind.POST: tr("Post"),
    }[value.kind]
    if value.text:
        return tr("{way}: send “{text}” to {number}").format(way=name, text=value.text, number=value.value)
    return tr("{way}: {value}").format(way=name, value=value.value)


def nearness(value: Nearness) -> str:
    """Why a register is for the person, or is not."""
    return {
        Nearness.OF_THE_REGION: tr("For people who live in your state or region."),
        Nearness.OF_THE_COUNTRY: tr("For everybody who lives in your country."),
        Nearness.OF_THE_UNION: tr("For everybody in the European Economic Area."),
        Nearness.OF_A_PART: tr("Only for a part of your country. Whether you live there is not known here."),
        Nearness.ELSEWHERE: tr("For people who live elsewhere."),
    }[value]


def place(value: Place) -> str:
    """A place that a register is kept for."""
    if value == EU_PLACE:
        return tr("European Union and EEA")
    further = {
        "AE": tr("United Arab Emirates"),
        "AR": tr("Argentina"),
        "BR-SP": tr("São Paulo, Brazil"),
        "CL": tr("Chile"),
        "CO": tr("Colombia"),
        "HK": tr("Hong Kong"),
        "IL": tr("Israel"),
        "MY": tr("Malaysia"),
        "PE": tr("Peru"),
        "PH": tr("Philippines"),
        "RS": tr("Serbia"),
        "TR": tr("Türkiye"),
    }
    return further.get(value) or place_name(value)


def places(register: Register) -> str:
    """Where a register is kept; many regions of one country in short."""
    if len(register.places) > 3 and register.country:
        return tr("{count} regions of {country}").format(
            count=len(register.places), country=country_name(register.country)
        )
    return "; ".join(place(one) for one in register.places)


def all_places(register: Register) -> str:
    """Where a register is kept, every place by name."""
    return "; ".join(place(one) for one in register.places)


def takes_effect(register: Register) -> str:
    """When a registration takes effect."""
    span = register.effect.period
    if span is None:
        return tr("Not stated.")
    if span.unit is Unit.IMMEDIATELY:
        return tr("At once.")
    return tr("After {period} at the latest.").format(period=period(span))


def holds(register: Register) -> str:
    """How long a registration holds."""
    span = register.validity.period
    if span is not None:
        return tr("For {period}; then register again.").format(period=period(span))
    return {
        Lasting.INDEFINITE: tr("Until you take it back."),
        Lasting.UNTIL_COOKIES_CLEARED: tr("Until the cookies of that browser are cleared."),
        Lasting.PER_DEVICE: tr("On that device alone."),
        Lasting.WHILE_SENT: tr("As long as the browser sends it."),
    }.get(register.validity.lasting, tr("Not stated."))


def in_short(register: Register) -> str:
    """When it takes effect and how long it holds, in the line of a list."""
    return tr("effect: {effect} · holds: {holds}").format(
        effect=_short_effect(register.effect.period), holds=_short_holds(register)
    )


def _short_effect(span: Period | None) -> str:
    if span is None:
        return tr("not stated")
    return tr("at once") if span.unit is Unit.IMMEDIATELY else period(span)


def _short_holds(register: Register) -> str:
    span = register.validity.period
    if span is not None:
        return period(span)
    return {
        Lasting.INDEFINITE: tr("no end"),
        Lasting.UNTIL_COOKIES_CLEARED: tr("until cookies are cleared"),
        Lasting.PER_DEVICE: tr("per device"),
        Lasting.WHILE_SENT: tr("while it is sent"),
    }.get(register.validity.lasting, tr("not stated"))


def fee(register: Register) -> str:
    """What it costs."""
    if register.fee:
        return register.fee
    return tr("Free.") if register.is_free else tr("Not stated.")


def checked(register: Register) -> str:
    """When an entry was checked, and what nobody has read."""
    day = long_date(register.checked_on)
    if not register.verification.is_verified:
        return tr("Not verified: nobody has found a page that confirms this entry.")
    if not register.unverified:
        return tr("Checked on {day}: a page was read that says so.").format(day=day)
    parts = ", ".join(fact(one) for one in register.unverified)
    return tr("Checked on {day}. Not read on any page: {parts}.").format(day=day, parts=parts)


def fact(value: Fact) -> str:
    """A part of an entry."""
    return {
        Fact.TITLE: tr("its name"),
        Fact.OPERATOR: tr("who runs it"),
        Fact.WAYS: tr("how it is reached"),
        Fact.STOPS: tr("what it is about"),
        Fact.ASKS_FOR: tr("what it asks for"),
        Fact.COVERS: tr("what it covers"),
        Fact.FORCE: tr("what stands behind it"),
        Fact.STATUS: tr("whether it is in use"),
        Fact.FEE: tr("the fee"),
        Fact.EFFECT: tr("when it takes effect"),
        Fact.LASTS: tr("how long it holds"),
        Fact.LAW: tr("the law"),
    }[value]


def done_words(kind: RegisterKind) -> str:
    """The button by which a person says that they did it."""
    if kind is RegisterKind.BROWSER_SIGNAL:
        return tr("&I switched it on…")
    if kind in {RegisterKind.ADVERTISING_CHOICE, RegisterKind.DATA_SALE, RegisterKind.PRESCREEN}:
        return tr("&I opted out…")
    return tr("&I registered…")


def what_words(register: Register) -> str:
    """What was registered, as a field asks for it."""
    if register.kind in {RegisterKind.ADVERTISING_CHOICE, RegisterKind.BROWSER_SIGNAL}:
        token = {Ask.EMAIL, Ask.PHONE_NUMBER} & set(register.asks_for)
        return tr("&Which address or number?") if token else tr("&Which browser and device?")
    if Stops.CALLS in register.stops or Ask.PHONE_NUMBER in register.asks_for:
        return tr("&Which number?")
    return tr("&Which address?")
