# SPDX-License-Identifier: Apache-2.0
"""The sample vault: made-up people and companies in every status, to look around in.

It is built by the same services that people use, on a clock that is moved from day to day; afterwards today
is always ``SAMPLE_TODAY``, so that what it shows does not change from one day to the next.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from optout_desktop.domain.companies import Channel, Company
from optout_desktop.domain.ids import LawId, RegisterId, RequestId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.people import IdentityItem, Person, PersonKind, PostalAddress
from optout_desktop.domain.places import Place
from optout_desktop.domain.requests import EventKind, RefusalReason
from optout_desktop.domain.rights import Right
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .companies import CompanyInput
from .desk import SAMPLE_DAY, Desk
from .people import PersonInput
from .registers import Registration
from .requests import Entry, NewRequest
from .stopped_clock import StoppedClock

SAMPLE_TODAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """One thing that happened ``days`` after the sending."""

    days: int
    kind: EventKind
    until: int = 0
    reason: str = ""
    note: str = ""
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """One request of the sample: who asks whom for what, how many days ago it was sent, what came then."""

    who: str
    company: str
    right: Right
    law: str
    channel: Channel = Channel.EMAIL
    ago: int | None = None
    """Days between the sending and today; None for a draft."""
    steps: tuple[_Step, ...] = ()
    note: str = ""
    place: str = ""
    """Where the person lived then; without it, where they live."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Registered:
    """One registration of the sample: who registered what, and how many days ago."""

    who: str
    register: str
    ago: int
    identifier: str


JANE, LENA, TOM = "Jane Example", "Lena Muster", "Tom Sample"
_PEOPLE = (
    (
        PersonInput(
            name=JANE,
            emails=("jane@example.org", "jane.shopping@example.org"),
            phones=("+12025550143",),
            place="US-CA",
            addresses=(
                PostalAddress(
                    lines=("12 Orchard Street",),
                    postcode="94110",
                    city="San Francisco",
                    region="CA",
                    country="US",
                ),
            ),
        ),
        PersonKind.ONESELF,
    ),
    (PersonInput(name=LENA, emails=("lena@example.org",), place="DE-BY"), PersonKind.CLIENT),
    (PersonInput(name=TOM, emails=("tom@example.org",), place="GB-ENG"), PersonKind.CLIENT),
)

_COMPANIES = (
    ("Northwind Data LLC", "US", "northwind.example", ""),
    ("Fabrikam Ads", "US", "fabrikam.example", ""),
    ("Contoso Market", "US", "contoso.example", ""),
    ("Tailspin People", "US", "tailspin.example", ""),
    ("Lucerne Deals", "US", "lucerne.example", "78901"),
    ("Adventure Works", "US", "adventure.example", ""),
    ("Woodgrove Bank News", "US", "woodgrove.example", "262966"),
    ("Litware Audience", "DE", "litware.example", ""),
    ("Proseware Verlag", "DE", "proseware.example", ""),
    ("Trey Research", "GB", "trey.example", ""),
    ("Wingtip Toys", "GB", "wingtip.example", ""),
    ("Margie's Travel", "GB", "margie.example", ""),
)

_SALE, _ADS, _MAIL = Right.OPTOUT_SALE, Right.OPTOUT_SHARING_TARGETED_ADS, Right.UNSUBSCRIBE_EMAIL
_STOP, _CALLS, _OBJECT = Right.SMS_STOP, Right.DO_NOT_CALL_INTERNAL, Right.OBJECT_DIRECT_MARKETING
_DELETE, _ACCESS = Right.DELETE, Right.ACCESS
_CCPA, _SPAM, _TCPA, _DNC = "us-ca-ccpa", "us-can-spam", "us-tcpa", "us-dnc-internal"
_GDPR, _UK = "eu-gdpr", "uk-gdpr"
_K = EventKind

_CASES = (
    # overdue
    _Case(who=JANE, company="Northwind Data LLC", right=_SALE, law=_CCPA, ago=40,
          steps=(_Step(days=2, kind=_K.RECEIVED, note="Automatic reply"),),
          note="Called their hotline once; they said it was being handled."),
    _Case(who=JANE, company="Fabrikam Ads", right=_MAIL, law=_SPAM, ago=24),
    _Case(who=LENA, company="Proseware Verlag", right=_OBJECT, law=_GDPR, ago=38,
          steps=(_Step(days=3, kind=_K.ACKNOWLEDGED),)),
    _Case(who=TOM, company="Wingtip Toys", right=_ACCESS, law=_UK, ago=45,
          steps=(_Step(days=40, kind=_K.REMINDER_SENT),)),
    # due soon
    _Case(who=JANE, company="Tailspin People", right=_SALE, law=_CCPA, ago=21),
    _Case(who=JANE, company="Adventure Works", right=_MAIL, law=_SPAM, ago=13),
    _Case(who=LENA, company="Litware Audience", right=_OBJECT, law=_GDPR, ago=29),
    _Case(who=TOM, company="Trey Research", right=_OBJECT, law=_UK, ago=27,
          steps=(_Step(days=1, kind=_K.ACKNOWLEDGED),)),
    _Case(who=JANE, company="Woodgrove Bank News", right=_STOP, law=_TCPA, channel=Channel.SMS, ago=12),
    # waiting
    _Case(who=JANE, company="Contoso Market", right=_DELETE, law=_CCPA, ago=10),
    _Case(who=JANE, company="Northwind Data LLC", right=_ACCESS, law=_CCPA, ago=9,
          steps=(_Step(days=4, kind=_K.ACKNOWLEDGED),)),
    _Case(who=JANE, company="Fabrikam Ads", right=_SALE, law=_CCPA, ago=5),
    _Case(who=JANE, company="Lucerne Deals", right=_STOP, law=_TCPA, channel=Channel.SMS, ago=2),
    _Case(who=JANE, company="Lucerne Deals", right=_CALLS, law=_DNC, ago=4),
    _Case(who=JANE, company="Tailspin People", right=_DELETE, law=_CCPA, ago=60,
          steps=(_Step(days=6, kind=_K.ACKNOWLEDGED),
                 _Step(days=40, kind=_K.EXTENDED, until=88, reason="Large number of requests"))),
    _Case(who=LENA, company="Litware Audience", right=_ACCESS, law=_GDPR, ago=12),
    _Case(who=LENA, company="Proseware Verlag", right=_DELETE, law=_GDPR, ago=45,
          steps=(_Step(days=20, kind=_K.EXTENDED, until=90, reason="none_given"),)),
    _Case(who=TOM, company="Margie's Travel", right=_OBJECT, law=_UK, ago=6),
    _Case(who=TOM, company="Trey Research", right=_DELETE, law=_UK, ago=3),
    _Case(who=JANE, company="Adventure Works", right=_SALE, law=_CCPA, ago=1),
    # needs you
    _Case(who=JANE, company="Contoso Market", right=_SALE, law=_CCPA, ago=8,
          steps=(_Step(days=4, kind=_K.IDENTITY_ASKED, details=(("what", "a copy of the passport"),)),)),
    _Case(who=JANE, company="Adventure Works", right=_DELETE, law=_CCPA, ago=7,
          steps=(_Step(days=0, kind=_K.BOUNCED, note="Mailbox does not exist"),)),
    _Case(who=LENA, company="Proseware Verlag", right=_ACCESS, law=_GDPR, ago=15,
          steps=(_Step(days=6, kind=_K.CLARIFICATION_ASKED),)),
    _Case(who=JANE, company="Tailspin People", right=_ACCESS, law=_CCPA, ago=20,
          steps=(_Step(days=18, kind=_K.REFUSED, reason=RefusalReason.INSUFFICIENT_VERIFICATION),)),
    _Case(who=TOM, company="Wingtip Toys", right=_DELETE, law=_UK, ago=33,
          steps=(_Step(days=30, kind=_K.REFUSED, reason=RefusalReason.NONE_GIVEN),)),
    _Case(who=JANE, company="Woodgrove Bank News", right=_ACCESS, law="us-va-vcdpa", place="US-VA", ago=70,
          steps=(_Step(days=30, kind=_K.REFUSED, reason=RefusalReason.NO_MATCH),
                 _Step(days=42, kind=_K.APPEAL_SENT)),
          note="I lived in Virginia until the summer."),
    # escalated
    _Case(who=LENA, company="Litware Audience", right=_DELETE, law=_GDPR, ago=120,
          steps=(_Step(days=40, kind=_K.REMINDER_SENT),
                 _Step(days=60, kind=_K.COMPLAINT_LODGED, details=(("to", "authority"),)))),
    _Case(who=JANE, company="Woodgrove Bank News", right=_SALE, law=_CCPA, ago=90,
          steps=(_Step(days=30, kind=_K.REMINDER_SENT),
                 _Step(days=50, kind=_K.COMPLAINT_LODGED, details=(("to", "authority"),)))),
    # completed
    _Case(who=JANE, company="Woodgrove Bank News", right=_MAIL, law=_SPAM, ago=50,
          steps=(_Step(days=6, kind=_K.COMPLETED),)),
    _Case(who=JANE, company="Lucerne Deals", right=_SALE, law=_CCPA, ago=70,
          steps=(_Step(days=2, kind=_K.ACKNOWLEDGED), _Step(days=17, kind=_K.COMPLETED))),
    _Case(who=JANE, company="Contoso Market", right=_MAIL, law=_SPAM, ago=100,
          steps=(_Step(days=30, kind=_K.COMPLETED),)),
    _Case(who=TOM, company="Margie's Travel", right=_DELETE, law=_UK, ago=80,
          steps=(_Step(days=25, kind=_K.COMPLETED),)),
    _Case(who=TOM, company="Margie's Travel", right=_ACCESS, law=_UK, ago=150,
          steps=(_Step(days=50, kind=_K.COMPLETED),)),
    _Case(who=LENA, company="Trey Research", right=_OBJECT, law=_GDPR, ago=95,
          steps=(_Step(days=9, kind=_K.COMPLETED),)),
    _Case(who=JANE, company="Fabrikam Ads", right=_DELETE, law=_CCPA, ago=140,
          steps=(_Step(days=41, kind=_K.COMPLETED),)),
    # closed
    _Case(who=JANE, company="Northwind Data LLC", right=_MAIL, law=_SPAM, ago=160,
          steps=(_Step(days=5, kind=_K.COMPLETED), _Step(days=20, kind=_K.CLOSED, reason="done"))),
    _Case(who=LENA, company="Litware Audience", right=Right.RESTRICT, law=_GDPR, ago=200,
          steps=(_Step(days=70, kind=_K.CLOSED, reason="given_up"),)),
    _Case(who=TOM, company="Trey Research", right=_ACCESS, law=_UK, ago=110,
          steps=(_Step(days=3, kind=_K.CLOSED, reason="withdrawn"),)),
    # drafts
    _Case(who=JANE, company="Tailspin People", right=_MAIL, law=_SPAM),
    _Case(who=JANE, company="Fabrikam Ads", right=_ADS, law=_CCPA),
    _Case(who=LENA, company="Margie's Travel", right=_OBJECT, law=_GDPR),
)  # fmt: skip

_REGISTERED = (
    _Registered(who=JANE, register="us-dnc", ago=100, identifier="+12025550143"),
    _Registered(who=TOM, register="gb-royalmail-d2d", ago=712, identifier="Tom Sample, 5 Mill Lane, Leeds"),
)
"""The second holds for two years and ends within a month."""

_FILES = (
    ("Northwind Data LLC", "auto-reply.txt", b"Thank you for your message. We have received your request.\n"),
    ("Northwind Data LLC", "call-note.txt", b"Called on 12 November: told that it is being handled.\n"),
)


def build_sample(
    vault: Vault[Stores],
    open_desk: Callable[[StoppedClock], Desk],
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Fill an empty vault with the sample. ``open_desk`` gives the services on a clock of ours."""
    clock = StoppedClock(SAMPLE_TODAY - timedelta(days=220))
    desk = open_desk(clock)
    people = {typed.name: desk.people.add(typed, kind) for typed, kind in _PEOPLE}
    companies = {
        name: _company(desk, name, country, domain, number) for name, country, domain, number in _COMPANIES
    }
    desk.preferences.remember("advocate_mode", True)  # noqa: FBT003 - the value of a setting
    everything: tuple[_Registered | _Case, ...] = (*_REGISTERED, *_CASES)
    order = sorted(everything, key=lambda one: one.ago or 0, reverse=True)
    for done, one in enumerate(order, start=1):
        if isinstance(one, _Registered):
            _register(desk, clock, one, people[one.who])
        else:
            _play(desk, clock, one, people[one.who], companies[one.company])
        if progress is not None:
            progress(done, len(order))
    with vault.writing() as stores:
        stores.facts.put(SAMPLE_DAY, SAMPLE_TODAY.isoformat())


_BOUNCING = "Adventure Works"
"""Mail to its first address comes back, so that it needs a second one."""


def _company(desk: Desk, name: str, country: str, domain: str, number: str) -> Company:
    return desk.companies.add(
        CompanyInput(
            name=name,
            email=f"privacy@{domain}",
            website=f"https://www.{domain}",
            sms_number=number,
            country=country,
            domains=(domain,),
            further=((Channel.EMAIL, f"privacy-office@{domain}"),) if name == _BOUNCING else (),
        )
    )


def _register(desk: Desk, clock: StoppedClock, done: _Registered, person: Person) -> None:
    on = SAMPLE_TODAY - timedelta(days=done.ago)
    clock.move_to(max(clock.today(), on))
    desk.registers.record(
        Registration(
            person=person.id,
            register=RegisterId(done.register),
            on=on,
            identifier=done.identifier,
            is_confirmed=True,
        )
    )


def _play(desk: Desk, clock: StoppedClock, case: _Case, person: Person, company: Company) -> None:
    sent_on = SAMPLE_TODAY - timedelta(days=case.ago or 0)
    clock.move_to(sent_on)
    draft = desk.requests.start(
        NewRequest(
            person=person.id,
            company=company.id,
            right=case.right,
            law=LawId(case.law),
            place=Place(case.place) if case.place else None,
            channel=case.channel,
            identity=frozenset({IdentityItem.NAME, IdentityItem.EMAIL}),
        )
    )
    if case.note:
        desk.requests.save_note(draft.id, case.note)
    if case.ago is None:
        return
    desk.sending.confirm_by_way_of(draft.id, LetterKind.REQUEST, sent_on)
    for step in case.steps:
        on = sent_on + timedelta(days=step.days)
        clock.move_to(on)
        _record(desk, draft.id, step, on, sent_on)
    for name, file_name, content in _FILES:
        if name == company.name and case.note:
            desk.evidence.add_bytes(draft.id, file_name, "text/plain", content)


_LETTER_OF = {EventKind.REMINDER_SENT: LetterKind.REMINDER, EventKind.APPEAL_SENT: LetterKind.APPEAL}


def _record(desk: Desk, request: RequestId, step: _Step, on: date, sent_on: date) -> None:
    if (letter := _LETTER_OF.get(step.kind)) is not None:
        desk.sending.confirm_by_way_of(request, letter, on)
        return
    until = sent_on + timedelta(days=step.until) if step.until else None
    desk.requests.record(
        request,
        Entry(kind=step.kind, on=on, until=until, reason=step.reason, note=step.note, details=step.details),
    )
