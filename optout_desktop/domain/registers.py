# SPDX-License-Identifier: Apache-2.0
"""Registers: lists and signals by which a person opts out once for many companies.

A registration is a request like any other: the register stands in the place of the company
(``as_company``) and of the law (``as_law``), so that history, clocks, explanations and undo are the same.
What the law behind a register says about periods is taken from there; where no law says anything, the
register's own statement becomes a rule that is a guide and can never be held against anybody.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from .companies import Channel, Company, Contact, Origin
from .ids import REGISTER_PREFIX, CompanyId, LawId, RegisterId, RuleId
from .laws import (
    Law,
    LawLevel,
    Period,
    Reckoning,
    RightOffered,
    Rule,
    Source,
    StartEvent,
    Step,
    Verification,
)
from .places import EU_PLACE, Place, country_of, reaches, region_of
from .rights import Right
from .running import concerns

OLDEST = date(1990, 1, 1)
"""From here on a register's own statement counts where nobody knows since when it holds."""


class RegisterKind(StrEnum):
    """What an entry is, in the order of the list."""

    DO_NOT_CALL = "do_not_call"
    MAIL_PREFERENCE = "mail_preference"
    EMAIL_PREFERENCE = "email_preference"
    PRESCREEN = "prescreen"
    DATA_SALE = "data_sale"
    BROKER_DELETION = "broker_deletion"
    ADVERTISING_CHOICE = "advertising_choice"
    BROWSER_SIGNAL = "browser_signal"
    # nothing to register in
    LOOKUP = "lookup"
    SPAM_REPORT = "spam_report"
    COMPLAINT = "complaint"
    DIRECT_NOTICE = "direct_notice"


RIGHT_OF_KIND: dict[RegisterKind, Right] = {
    RegisterKind.DO_NOT_CALL: Right.DO_NOT_CALL_REGISTRY,
    RegisterKind.MAIL_PREFERENCE: Right.MAIL_PREFERENCE_REGISTER,
    RegisterKind.EMAIL_PREFERENCE: Right.MAIL_PREFERENCE_REGISTER,
    RegisterKind.PRESCREEN: Right.PRESCREEN_OPTOUT,
    RegisterKind.DATA_SALE: Right.OPTOUT_SALE,
    RegisterKind.BROKER_DELETION: Right.BROKER_DELETION_PLATFORM,
    RegisterKind.ADVERTISING_CHOICE: Right.ADVERTISING_CHOICE,
    RegisterKind.BROWSER_SIGNAL: Right.BROWSER_SIGNAL,
}
"""The right that a registration makes use of; a kind that is not here has nothing to register in."""


class RegisterStatus(StrEnum):
    """Whether a register can be used."""

    ACTIVE = "active"
    ENDED = "ended"
    SUPERSEDED = "superseded"
    NO_SIGN_UP = "no_sign_up"
    """The law knows it, but nobody can enter a number there."""


class Stops(StrEnum):
    """What a register is about."""

    CALLS = "calls"
    ROBOCALLS = "robocalls"
    TEXTS = "texts"
    FAX = "fax"
    MESSAGING_APPS = "messaging_apps"
    EMAIL = "email"
    ADDRESSED_MAIL = "addressed_mail"
    UNADDRESSED_MAIL = "unaddressed_mail"
    CREDIT_OFFERS = "credit_offers"
    DATA_BROKERS = "data_brokers"
    DATA_SALE = "data_sale"
    ONLINE_ADS = "online_ads"
    MOBILE_ADS = "mobile_ads"


class Ask(StrEnum):
    """What a register asks for."""

    PHONE_NUMBER = "phone_number"
    EMAIL = "email"
    NAME = "name"
    ADDRESS = "address"
    POSTCODE = "postcode"
    COUNTY = "county"
    DATE_OF_BIRTH = "date_of_birth"
    SOCIAL_SECURITY_NUMBER = "social_security_number"
    NATIONAL_ID = "national_id"
    IDENTITY_CARD = "identity_card"
    ONLINE_IDENTITY = "online_identity"
    PROOF_OF_RESIDENCE = "proof_of_residence"
    SIGNATURE = "signature"
    CALL_OR_CODE = "call_or_code"
    CONFIRMATION_BY_EMAIL = "confirmation_by_email"
    UNWANTED_MAIL = "unwanted_mail"
    DETAILS_OF_THE_CALL = "details_of_the_call"


class Force(StrEnum):
    """What stands behind a register."""

    STATUTORY = "statutory"
    INDUSTRY_CODE = "industry_code"
    VOLUNTARY = "voluntary"
    NONE = "none"
    NOT_STATED = "not_stated"


class Lasting(StrEnum):
    """How long a registration holds."""

    SPAN = "span"
    INDEFINITE = "indefinite"
    UNTIL_COOKIES_CLEARED = "until_cookies_cleared"
    PER_DEVICE = "per_device"
    WHILE_SENT = "while_sent"
    NOT_STATED = "not_stated"


class Fact(StrEnum):
    """A part of an entry that can lack verification though the rest has it."""

    TITLE = "title"
    OPERATOR = "operator"
    WAYS = "ways"
    STOPS = "stops"
    ASKS_FOR = "asks_for"
    COVERS = "covers"
    FORCE = "force"
    STATUS = "status"
    FEE = "fee"
    EFFECT = "effect"
    LASTS = "lasts"
    LAW = "law"


_CHANNEL_OF_WAY = {
    "web": Channel.FORM,
    "phone": Channel.CALL,
    "sms": Channel.SMS,
    "email": Channel.EMAIL,
    "post": Channel.POST,
}


class WayKind(StrEnum):
    """How a register is reached."""

    WEB = "web"
    PHONE = "phone"
    SMS = "sms"
    EMAIL = "email"
    POST = "post"

    @property
    def channel(self) -> Channel:
        """The channel that a registration made this way is kept with."""
        return _CHANNEL_OF_WAY[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to reach a register; ``text`` is what a text message must say, ``note`` for whom or when."""

    kind: WayKind
    value: str
    text: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """When a registration takes effect at the latest; ``period`` is None where nobody says."""

    period: Period | None = None
    reckoning: Reckoning = Reckoning.BY
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """How long a registration holds; ``period`` is there for a span alone."""

    lasting: Lasting = Lasting.NOT_STATED
    period: Period | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """One register, or an entry that explains why there is none; empty fields are unknown.

    ``unverified`` names the parts that nobody has read on a page; of an entry that is not verified at all
    none was.
    """

    id: RegisterId
    title: str
    kind: RegisterKind
    places: tuple[Place, ...]
    operator: str = ""
    ways: tuple[Way, ...]
    stops: tuple[Stops, ...] = ()
    asks_for: tuple[Ask, ...] = ()
    asks_note: str = ""
    covers: tuple[str, ...] = ()
    does_not_cover: tuple[str, ...] = ()
    force: Force = Force.NOT_STATED
    force_note: str = ""
    status: RegisterStatus = RegisterStatus.ACTIVE
    status_note: str = ""
    ended_on: date | None = None
    fee: str = ""
    is_free: bool = False
    effect: Effect = Effect()
    validity: Validity = Validity()
    renewal: str = ""
    law: LawId | None = None
    citation: str = ""
    steps: tuple[str, ...]
    note: str = ""
    sources: tuple[Source, ...]
    verification: Verification
    unverified: tuple[Fact, ...] = ()
    checked_on: date

    @property
    def right(self) -> Right | None:
        """The right that a registration makes use of, or None where there is nothing to register in."""
        return RIGHT_OF_KIND.get(self.kind)

    @property
    def can_be_recorded(self) -> bool:
        """True where a person can register today."""
        return self.right is not None and self.status is RegisterStatus.ACTIVE

    @property
    def company_id(self) -> CompanyId:
        """The register in the place of a company."""
        return CompanyId(f"{REGISTER_PREFIX}{self.id}")

    @property
    def law_id(self) -> LawId:
        """The register in the place of a law."""
        return LawId(f"{REGISTER_PREFIX}{self.id}")

    @property
    def country(self) -> str:
        """The country it is kept in, or an empty string where it stands in several."""
        countries = {country_of(place) for place in self.places}
        return "" if len(countries) > 1 or EU_PLACE in countries else countries.pop()

    def is_verified(self, fact: Fact) -> bool:
        """True where somebody has read this part on a page."""
        return self.verification.is_verified and fact not in self.unverified

    def way(self, kind: WayKind) -> Way | None:
        """The first way of a kind, or None."""
        return next((way for way in self.ways if way.kind is kind), None)

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The channels that a registration can be made by, preferred first, each once."""
        return tuple(dict.fromkeys(way.kind.channel for way in self.ways))

    def as_company(self) -> Company:
        """The register as a request knows whom it was made to."""
        return Company(
            id=self.company_id,
            name=self.title,
            origin=Origin.SHIPPED,
            country=self.country,
            contacts=tuple(
                Contact(channel=way.kind.channel, value=way.value, checked_on=self.checked_on)
                for way in self.ways
            ),
            website=next((way.value for way in self.ways if way.kind is WayKind.WEB), ""),
            sources=tuple(source.title for source in self.sources),
            note=self.note,
        )

    def as_law(self, linked: Law | None = None) -> Law:
        """The register as a request knows what it counts by.

        The rules of ``linked``, the law behind it, about the same right come first; the register's own
        statements fill what that law leaves open.
        """
        behind = self._rules_behind(linked)
        return Law(
            id=self.law_id,
            title=self.title,
            short_title=self.title,
            level=_level(self.places[0]),
            places=self.places,
            applies_from=linked.applies_from if linked else OLDEST,
            applies_to=self.ended_on,
            citation=self.citation or (linked.citation if linked else self.title),
            rights=self._rights(linked),
            rules=(*behind, *self._own_rules(behind)),
            protects=linked.protects if linked else "",
            binds=linked.binds if linked else "",
            private_action=linked.private_action if linked else "",
            fee_rule=self.fee,
            regulators=linked.regulators if linked else (),
            doubts=linked.doubts if linked else (),
            sources=self.sources,
            verified_on=self.checked_on,
        )

    def _rights(self, linked: Law | None) -> tuple[RightOffered, ...]:
        if self.right is None:
            return ()
        known = linked.offers(self.right) if linked else None
        return (known or RightOffered(right=self.right, title=self.title, citation=self.citation),)

    def _rules_behind(self, linked: Law | None) -> tuple[Rule, ...]:
        if linked is None or self.right is None:
            return ()
        found = tuple(rule for rule in linked.rules if concerns(rule, self.right))
        if self.validity.lasting in {Lasting.SPAN, Lasting.NOT_STATED}:
            return found
        # the law's own span is about another way of registering, such as without a signed form
        return tuple(rule for rule in found if rule.step is not Step.OPTOUT_DURATION)

    def _own_rules(self, behind: tuple[Rule, ...]) -> tuple[Rule, ...]:
        steps = {rule.step for rule in behind if self.right in rule.rights}
        found: list[Rule] = []
        effect, validity = self.effect, self.validity
        if effect.period is not None and effect.period.has_number and not steps & _TAKES_EFFECT:
            found.append(
                replace(
                    self._rule(
                        Step.REGISTRY_EFFECTIVE,
                        "effect",
                        "The entry takes effect at the latest.",
                        effect.period,
                        Fact.EFFECT,
                        effect.note,
                    ),
                    reckoning=effect.reckoning,
                )
            )
        if validity.period is not None and Step.OPTOUT_DURATION not in steps:
            what = "The entry holds for this long and must then be renewed."
            found.append(
                self._rule(Step.OPTOUT_DURATION, "lasts", what, validity.period, Fact.LASTS, validity.note)
            )
        return tuple(found)

    def _rule(self, step: Step, name: str, what: str, period: Period, fact: Fact, note: str) -> Rule:
        is_read = self.is_verified(fact)
        return Rule(
            id=RuleId(f"{REGISTER_PREFIX}{self.id}.{name}"),
            law=self.law_id,
            rights=(self.right,) if self.right else (),
            step=step,
            what=what,
            period=period,
            starts_on=StartEvent.REGISTRATION,
            valid_from=OLDEST,
            is_soft=self.force is not Force.STATUTORY,
            citation=self.citation or self.title,
            sources=self.sources,
            verification=self.verification if is_read else Verification.NOT_VERIFIED,
            note=note,
        )


_TAKES_EFFECT = frozenset({Step.REGISTRY_EFFECTIVE, Step.EFFECTIVE, Step.HONOUR})


def _level(place: Place) -> LawLevel:
    if place == EU_PLACE:
        return LawLevel.UNION
    if region_of(place):
        return LawLevel.STATE
    return LawLevel.FEDERAL if place == "US" else LawLevel.NATIONAL


class Nearness(StrEnum):
    """Why a register is for somebody at a place, or is not; the nearest first."""

    OF_THE_REGION = "of_the_region"
    OF_THE_COUNTRY = "of_the_country"
    OF_THE_UNION = "of_the_union"
    OF_A_PART = "of_a_part"
    """It stands in a part of the country, and nobody knows whether the person lives there."""
    ELSEWHERE = "elsewhere"

    @property
    def applies(self) -> bool:
        """False where the register is for people elsewhere, or may be."""
        return self not in {Nearness.OF_A_PART, Nearness.ELSEWHERE}


_NEAREST_FIRST = list(Nearness)
_KINDS = list(RegisterKind)


def nearness(register: Register, place: Place) -> Nearness:
    """Why a register is for somebody at ``place``, or is not."""
    reaching = [own for own in register.places if reaches(own, place)]
    if not reaching:
        inside = not region_of(place) and any(country_of(own) == place for own in register.places)
        return Nearness.OF_A_PART if inside else Nearness.ELSEWHERE
    if any(region_of(own) for own in reaching):
        return Nearness.OF_THE_REGION
    return Nearness.OF_THE_COUNTRY if country_of(place) in reaching else Nearness.OF_THE_UNION


def in_order(registers: tuple[Register, ...], place: Place) -> tuple[Register, ...]:
    """Those for ``place`` first, of these the ones that can be used, by kind, the most local ones before."""

    def order(register: Register) -> tuple[bool, bool, int, int, str]:
        near = nearness(register, place)
        return (
            not near.applies,
            not register.can_be_recorded and register.status is not RegisterStatus.ACTIVE,
            _KINDS.index(register.kind),
            _NEAREST_FIRST.index(near),
            register.title.casefold(),
        )

    return tuple(sorted(registers, key=order))
