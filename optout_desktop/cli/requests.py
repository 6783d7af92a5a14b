# SPDX-License-Identifier: Apache-2.0
"""``optout request`` and ``optout due``: make requests, follow them, say what happened, see what is due."""

from __future__ import annotations

import difflib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from optout_desktop.domain.agenda import RequestFilter, Urgency
from optout_desktop.domain.companies import Channel, Company
from optout_desktop.domain.errors import InputError, NotAllowed, NotFound
from optout_desktop.domain.ids import LawId, RequestId, register_in
from optout_desktop.domain.letters import LetterKind, RequestFact, Way, facts_needed, facts_of
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.places import Place
from optout_desktop.domain.requests import EventKind, ProofGrade, RequestStatus
from optout_desktop.domain.rights import Right

from .arguments import (
    CHANNEL,
    DAY,
    EVENT,
    GRADE,
    LAW,
    NEW_FILE,
    RESIDENCE,
    RIGHT,
    STANDARD_OUTPUT,
    STATUS,
    Word,
    known_word,
    listed,
)
from .entries import EVENTS, Told, entry_named, entry_of, note_of, told_options
from .explanations import NOT_ADVICE, annex_words, clock_data, clock_named, sentences
from .laws import because
from .output import table
from .people import MANY, person_named
from .request_views import HEADERS, detail_data, detail_lines, line_of, overview_data
from .session import Session
from .tree import Command, Group, in_session

if TYPE_CHECKING:
    from optout_desktop.domain.agenda import RequestOverview
    from optout_desktop.domain.laws import Applicability
    from optout_desktop.services.desk import Desk

TOLD_BY_DEFAULT = frozenset({IdentityItem.NAME, IdentityItem.EMAIL})
ITEM = Word(IdentityItem, "identity item")

_REMINDERS = frozenset({LetterKind.REMINDER, LetterKind.EXTENSION_OBJECTION})
"""What is recorded as a reminder."""

_WAYS = {Channel.EMAIL: Way.EML, Channel.POST: Way.PDF, Channel.SMS: Way.QR, Channel.FORM: Way.FORM}


class StatedFact(click.ParamType[tuple[RequestFact, str]]):
    """What a person says of their own, as NAME=TEXT."""

    name = "fact"

    def convert(
        self,
        value: str | tuple[RequestFact, str],
        param: click.Parameter | None,  # noqa: ARG002 - click hands them
        ctx: click.Context | None,  # noqa: ARG002 - click hands them
    ) -> tuple[RequestFact, str]:
        """The fact and its text. Raises NotFound, InputError."""
        if isinstance(value, tuple):
            return value
        name, equals, text = value.partition("=")
        if not equals or not text.strip():
            raise InputError("fact", f"“{value}” says nothing. Write it as NAME=TEXT.")
        return known_word(RequestFact, "fact of a request", name), text


STATED_FACT = StatedFact()


@click.group(cls=Group)
def request() -> None:
    """Make requests and record what happened to them."""


@request.command(epilog=listed("Rights", Right))
@click.option("--right", type=RIGHT, required=True, metavar="KIND", help="What you ask, such as optout_sale.")
@click.option("--company", required=True, metavar="ID|NAME", help="Whom you ask.")
@click.option("--law", type=LAW, metavar="ID", help="Another law than the one that is proposed.")
@click.option("--person", "person_typed", metavar="ID|NAME", help="Who asks; without it, you.")
@click.option("--place", type=RESIDENCE, metavar="CODE", help="Where they live or lived, for this request.")
@click.option("--channel", type=CHANNEL, metavar="CHANNEL", help="email, sms, call, post or form.")
@click.option("--to", "to_address", default="", metavar="ADDRESS", help="Number, short code or mail address.")
@click.option("--list-id", default="", metavar="ID", help="The mailing list that is meant.")
@click.option(
    "--tell",
    type=ITEM,
    multiple=True,
    metavar="ITEM",
    help="What the letter tells; without it, name and email.",
)
@click.option("--customer-number", default="", metavar="N", help="It stands in the letter.")
@click.option(
    "--fact",
    "facts",
    type=STATED_FACT,
    multiple=True,
    metavar="NAME=TEXT",
    help="What you say of your own, such as wrong_data=… and right_data=….",
)
@in_session
def new(  # noqa: PLR0913 - one parameter an option
    session: Session,
    *,
    right: Right,
    company: str,
    law: LawId | None,
    person_typed: str | None,
    place: Place | None,
    channel: Channel | None,
    to_address: str,
    list_id: str,
    tell: tuple[IdentityItem, ...],
    customer_number: str,
    facts: tuple[tuple[RequestFact, str], ...],
) -> None:
    """Make a draft. The law is proposed from where the person lives.

    With --place it is the law of where they live or lived as far as this request goes; the draft keeps that
    place, the person's own details stay as they are.
    """
    from optout_desktop.services.requests import NewRequest  # loads the vault's engine

    with session.desk() as desk:
        person = person_named(person_typed, desk.people.all())
        asked = _company_named(desk, company)
        judged = _law_for(desk, right, place or person.place, law)
        _require_needed(right, judged.law.id, facts)
        way = channel or _channel_for(right, asked, to_address)
        started = desk.requests.start(
            NewRequest(
                person=person.id,
                company=asked.id,
                right=right,
                law=judged.law.id,
                channel=way,
                to_address=_checked_address(session, way, to_address, asked),
                list_id=list_id,
                identity=frozenset(tell) or TOLD_BY_DEFAULT,
                customer_number=customer_number,
                facts=facts,
                place=place,
            )
        )
        today = desk.clock.today()
    if not judged.applies:
        session.say(f"Note: {judged.law.short_title} {because(judged)}.")
    session.show(
        {**overview_data(started, today), "because": because(judged)},
        [
            f"Draft {started.reference} to {started.company_name} under {judged.law.id}.",
            f"{judged.law.short_title} {because(judged)}.",
            f"Write its letter with: optout letter {started.reference} --format {_format_for(way)} -o FILE",
        ],
    )


@request.command(name="list", epilog=listed("Statuses", RequestStatus))
@click.option("--status", "statuses", type=STATUS, multiple=True, metavar="S", help="Only with this status.")
@click.option("--overdue", is_flag=True, help="Only those whose last defensible day has ended.")
@click.option("--search", "typed", default="", metavar="TEXT", help="Only those that hold these words.")
@in_session
def list_requests(
    session: Session, *, statuses: tuple[RequestStatus, ...], overdue: bool, typed: str
) -> None:
    """List the requests, the most urgent first."""
    wanted = RequestFilter(
        statuses=frozenset(statuses),
        urgencies=frozenset({Urgency.OVERDUE}) if overdue else frozenset(),
        typed=typed,
    )
    with session.desk() as desk:
        found = desk.requests.page(desk.requests.list(wanted).rows)
        today, soon = desk.clock.today(), desk.preferences.due_soon_days()
    _show_all(session, found, today, soon, "No request fits.")


@request.command()
@click.argument("request_typed", metavar="REQUEST")
@in_session
def show(session: Session, *, request_typed: str) -> None:
    """Show REQUEST with its history, its clocks and why each date is what it is."""
    with session.desk() as desk:
        detail = desk.requests.detail(desk.requests.find(request_typed))
        why = {clock.rule.id: desk.requests.why(detail.request.id, clock.rule.id) for clock in detail.clocks}
        today = desk.clock.today()
    session.show(detail_data(detail, why, today), detail_lines(detail, why, today))


@request.command()
@click.argument("request_typed", metavar="REQUEST")
@click.option("--rule", "rule_typed", metavar="ID", help="Which clock; without it, the deadline.")
@click.option("--format", "form", type=click.Choice(["txt", "pdf"]), default="txt", help="txt or pdf.")
@click.option("-o", "--output", type=NEW_FILE, metavar="FILE", help="Where to write it.")
@in_session
def why(
    session: Session, *, request_typed: str, rule_typed: str | None, form: str, output: Path | None
) -> None:
    """Explain a date of REQUEST day by day; as a PDF it can be laid beside a letter or a complaint."""
    if form == "pdf" and output is None:
        raise InputError("output", "A PDF needs a file to go to: -o FILE.")
    if output == STANDARD_OUTPUT:
        if form == "pdf" or session.is_json:
            raise click.UsageError(
                "On the standard output this is text, without --json. Name a file with -o."
            )
        output = None
    with session.desk() as desk:
        detail = desk.requests.detail(desk.requests.find(request_typed))
        clock = clock_named(detail, rule_typed)
        lines = desk.requests.why(detail.request.id, clock.rule.id)
        if output is not None and form == "pdf":
            words = annex_words(detail, clock, lines, desk.clock.today())
            desk.annexes.save(desk.annexes.of(detail.request.id, words), output)
        today = desk.clock.today()
    told = [clock.rule.what, *sentences(clock.rule, lines), NOT_ADVICE]
    if output is not None and form == "txt":
        session.house.outside.files.write(output, ["\n".join((*told, "")).encode()])
    data = clock_data(clock, lines, today) | {"file": str(output) if output else None}
    session.show(data, [f"Written to {output}."] if output else told)


@request.command(epilog=EVENTS)
@click.argument("request_typed", metavar="REQUEST")
@click.argument("event", type=EVENT)
@click.option("--on", type=DAY, required=True, metavar="DATE", help="The day that it happened.")
@click.option(
    "--proof", type=GRADE, default=ProofGrade.STATED, metavar="GRADE", help="How well that is proven."
)
@told_options
@in_session
def record(
    session: Session,
    /,
    *,
    request_typed: str,
    event: EventKind,
    on: date,
    proof: ProofGrade,
    **typed: str | None,
) -> None:
    """Record what happened to REQUEST (its reference, or the beginning of its id)."""
    told = Told.of(typed)
    entry = entry_of(event, on, told, proof)
    with session.desk() as desk:
        found = desk.requests.find(request_typed)
        letter = _letter_of(desk, found, event, told)
        if letter is None:
            after = desk.requests.record(found, entry)
        else:  # the letter is kept with its entry, and a note stands beside it
            after = desk.sending.confirm(found, letter, on, _way_of(desk, found, letter), grade=proof)
            if told.note:
                after = desk.requests.record(found, note_of(on, told.note))
        today = desk.clock.today()
    _show_change(session, after, today)


@request.command(epilog=EVENTS)
@click.argument("request_typed", metavar="REQUEST")
@click.argument("wrong", metavar="ENTRY")
@click.argument("event", type=EVENT)
@click.option("--on", type=DAY, required=True, metavar="DATE", help="The day that it happened.")
@click.option(
    "--proof", type=GRADE, default=ProofGrade.STATED, metavar="GRADE", help="How well that is proven."
)
@told_options
@in_session
def correct(
    session: Session,
    /,
    *,
    request_typed: str,
    wrong: str,
    event: EventKind,
    on: date,
    proof: ProofGrade,
    **typed: str | None,
) -> None:
    """Put a later entry in the place of a wrong ENTRY (the beginning of its id); both stay in the record."""
    entry = entry_of(event, on, Told.of(typed), proof)
    with session.desk() as desk:
        found = desk.requests.find(request_typed)
        after = desk.requests.correct(found, entry_named(desk.requests.detail(found), wrong), entry)
        today = desk.clock.today()
    _show_change(session, after, today)


@request.command(name="take-back")
@click.argument("request_typed", metavar="REQUEST")
@click.argument("wrong", metavar="ENTRY")
@in_session
def take_back(session: Session, *, request_typed: str, wrong: str) -> None:
    """Say that ENTRY (the beginning of its id) is not so; it stays in the record, struck through."""
    with session.desk() as desk:
        found = desk.requests.find(request_typed)
        after = desk.requests.take_back(found, entry_named(desk.requests.detail(found), wrong))
        today = desk.clock.today()
    _show_change(session, after, today)


@click.command(cls=Command)
@click.option(
    "--within",
    type=click.IntRange(0, 3660),
    metavar="DAYS",
    help="How many days ahead; without it, what the settings say: 7 at first.",
)
@in_session
def due(session: Session, *, within: int | None) -> None:
    """Say which requests are overdue or due soon."""
    with session.desk() as desk:
        days = desk.preferences.due_soon_days() if within is None else within
        found = desk.dashboard.due(days)
        today = desk.clock.today()
    _show_all(session, found, today, days, f"Nothing is overdue or due within {days} days.")


def _show_all(
    session: Session, found: tuple[RequestOverview, ...], today: date, soon_days: int, nothing: str
) -> None:
    session.show(
        [overview_data(one, today, soon_days) for one in found],
        table(HEADERS, [line_of(one, today) for one in found], nothing),
    )


def _show_change(session: Session, after: RequestOverview, today: date) -> None:
    due_on = f", due on {after.due_on.isoformat()}" if after.due_on else ""
    session.show(
        overview_data(after, today),
        [f"{after.reference} to {after.company_name} is now “{after.status}”{due_on}."],
    )


def _company_named(desk: Desk, typed: str) -> Company:
    """The company of an id or a name.

    Raises NotFound with the nearest, one's own among them, and InputError where several have the name.
    """
    try:
        return desk.companies.named(typed)
    except NotFound as error:
        found = desk.companies.search(typed, 50).companies
        if same := [one.id for one in found if one.name.casefold() == typed.strip().casefold()]:
            ids = ", ".join(same[:MANY])
            raise InputError(
                "company", f"Several companies are called “{typed}”. Name one by its id: {ids}."
            ) from error
        own = tuple(one.name for one in desk.companies.own())
        alike = difflib.get_close_matches(typed, own, n=3)
        raise NotFound("company", typed, (*alike, *error.nearest)[:3]) from error


def _letter_of(desk: Desk, request: RequestId, event: EventKind, told: Told) -> LetterKind | None:
    """The letter that an entry says was sent: made now where need be, an appeal or complaint only if written here."""
    if event is EventKind.SENT:
        return LetterKind.REQUEST
    if event is EventKind.REMINDER_SENT:
        made = [one.letter.kind for one in desk.sending.made(request) if one.letter.kind in _REMINDERS]
        return made[-1] if made else LetterKind.REMINDER
    kind = LetterKind.APPEAL if event is EventKind.APPEAL_SENT else None
    if event is EventKind.COMPLAINT_LODGED and ("to", "company") in told.details:
        kind = LetterKind.COMPLAINT
    return kind if kind is not None and desk.sending.made(request, kind) else None


def _way_of(desk: Desk, request: RequestId, letter: LetterKind) -> Way:
    """The way by which the letter was written last, else the one of the request's own channel."""
    usual = _WAYS.get(desk.letters.view(request, letter).request.channel, Way.COPY)
    made = desk.sending.made(request, letter)
    written_by = made[-1].way or Way.COPY if made else usual
    return (
        usual if (written_by, usual) == (Way.COPY, Way.FORM) else written_by
    )  # a form is filled in by copying


def _law_for(desk: Desk, right: Right, place: Place, law: LawId | None) -> Applicability:
    """The law that was named, judged, or the one to propose. Raises NotFound, NotAllowed where there is none."""
    if law is None:
        try:
            return desk.laws.propose(right, place)
        except NotFound as error:
            raise NotAllowed(
                f"No law in force gives the right “{right}” to somebody in {place}. "
                f"“optout laws --right {right} --place {place}” says of each law why."
            ) from error
    known = desk.laws.law(law)
    if (register := register_in(law)) is not None:
        raise InputError("law", f"This is a register. Use “optout register record {register} --on DATE”.")
    return next(one for one in desk.laws.judged((right,), place) if one.law.id == known.id)


def _require_needed(right: Right, law: LawId, facts: tuple[tuple[RequestFact, str], ...]) -> None:
    """Raise InputError where the letter would ask for nothing: here a draft cannot be filled in later."""
    told = {fact for fact, _ in facts}
    missing = [fact for fact in facts_of(right) if fact in facts_needed(right, law) - told]
    if missing:
        options = " ".join(f"--fact {fact}=TEXT" for fact in missing)
        raise InputError("fact", f"A request for “{right}” under {law} needs {options}.")


def _channel_for(right: Right, company: Company, to_address: str) -> Channel:
    """The channel of the right or of the address, else the first that a letter can go by."""
    if right is Right.SMS_STOP:
        return Channel.SMS
    if "@" in to_address:
        return Channel.EMAIL
    by_letter = [one for one in company.channels if one in {Channel.EMAIL, Channel.FORM, Channel.POST}]
    return by_letter[0] if by_letter else Channel.EMAIL


def _format_for(channel: Channel) -> str:
    """The form of a letter that fits a channel."""
    return {Channel.EMAIL: "eml", Channel.SMS: "sms", Channel.POST: "pdf", Channel.FORM: "form"}.get(
        channel, "txt"
    )


def _checked_address(session: Session, channel: Channel, typed: str, company: Company) -> str:
    """The other side's address in its plain form. Raises InputError."""
    check = session.house.outside.addresses
    if typed and channel is Channel.EMAIL:
        return check.email(typed, "to")
    if typed and channel in {Channel.SMS, Channel.CALL}:
        return check.phone(typed, company.country, "to")
    return typed
