# SPDX-License-Identifier: Apache-2.0
"""A letter for somebody in a file: no vault is opened, nothing is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import click

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError, NotAllowed
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.letters import LetterKind, RequestFact, Shape, Tone
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.rights import Right

from .arguments import STANDARD_OUTPUT, known_word
from .output import facts, print_bytes
from .person_files import read_person
from .session import Session

if TYPE_CHECKING:  # loads the template catalogue
    from optout_desktop.services.ports import Outside
    from optout_desktop.services.unkept_letters import UnkeptLetter


class Format(StrEnum):
    """What a letter is written as."""

    TXT = "txt"
    EML = "eml"
    PDF = "pdf"
    SMS = "sms"
    FORM = "form"


_CHANNEL_OF = {
    Format.EML: Channel.EMAIL,
    Format.PDF: Channel.POST,
    Format.SMS: Channel.SMS,
    Format.FORM: Channel.FORM,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the options of such a letter say."""

    law: LawId | None
    right: Right | None
    company: str | None
    person_file: Path | None
    language: str
    tone: Tone
    kind: LetterKind
    ticked: str | None
    told: tuple[tuple[RequestFact, str], ...]
    asked_on: date | None
    to_address: str
    reference: str
    limit: int | None


class LetterFact(click.ParamType[tuple[RequestFact, str]]):
    """What only the person can say, as NAME=TEXT."""

    name = "fact"

    def convert(
        self,
        value: str | tuple[RequestFact, str],
        param: click.Parameter | None,  # noqa: ARG002 - click hands them
        ctx: click.Context | None,  # noqa: ARG002
    ) -> tuple[RequestFact, str]:
        """The fact and its words. Raises NotFound, InputError."""
        if isinstance(value, tuple):
            return value
        name, equals, words = value.partition("=")
        if not equals or not words.strip():
            raise InputError("fact", f"“{value}” says nothing. Write it as NAME=TEXT.")
        return known_word(RequestFact, "fact", name), words.strip()


def ticked_items(typed: str | None) -> frozenset[IdentityItem] | None:
    """The items of a list such as *name,email*, or None where there is none. Raises NotFound."""
    if typed is None:
        return None
    return frozenset(known_word(IdentityItem, "item", one) for one in typed.split(",") if one.strip())


def write_loose(session: Session, wanted: Wanted, form: Format, output: Path) -> None:
    """Write the letter and say what it is."""
    if wanted.right is None or wanted.company is None or wanted.person_file is None:
        raise click.UsageError("Give a REQUEST, or --right, --company and --person-file.")
    from optout_desktop.services.unkept_letters import LetterOrder  # loads the template catalogue

    outside = session.house.outside
    order = LetterOrder(
        law=wanted.law,
        right=wanted.right,
        company=wanted.company,
        person=read_person(wanted.person_file, outside.files, outside.addresses, session.today),
        kind=wanted.kind,
        channel=_CHANNEL_OF.get(form),
        to_address=wanted.to_address,
        language=wanted.language,
        tone=wanted.tone,
        shape=Shape.SHORT if form is Format.FORM else Shape.FULL,
        limit=wanted.limit,
        ticked=ticked_items(wanted.ticked),
        facts=wanted.told,
        asked_on=wanted.asked_on,
        reference=wanted.reference,
    )
    written = session.house.unkept_letters.write(order)
    content = _WRITERS[form](outside, written)
    if output == STANDARD_OUTPUT:
        print_bytes(content)
        return
    outside.files.write(output, [content])
    data = _data(written, form, output, content)
    session.show(
        data,
        facts(
            [
                ("Written", output),
                ("To", written.recipient),
                ("Reference", written.facts.reference),
                ("Answer by", written.facts.answer_by_on),
            ]
        ),
    )
    session.say("No vault knows of this letter: keep the reference yourself.")


def _data(written: UnkeptLetter, form: Format, output: Path, content: bytes) -> dict[str, object]:
    told = written.facts
    return {
        "reference": told.reference,
        "law": told.law,
        "right": told.right,
        "kind": told.kind,
        "company": written.company.id,
        "company_name": told.company_name,
        "language": written.letter.language,
        "tone": told.tone,
        "told": told.identity.items(),
        "answer_by": told.answer_by_on,
        "template": written.letter.template,
        "template_version": written.letter.template_version,
        "format": form,
        "file": output,
        "size_bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "channel": told.channel,
        "to_address": written.recipient,
    }


def _text(_: Outside, written: UnkeptLetter) -> bytes:
    letter = written.letter
    return f"{letter.subject}\n\n{letter.body}".encode() if letter.subject else letter.body.encode()


def _draft(outside: Outside, written: UnkeptLetter) -> bytes:
    if not written.recipient:
        raise NotAllowed("No e-mail address of this company is known. Give one with --to ADDRESS.")
    identity = written.facts.identity
    if not identity.email:
        raise NotAllowed("This letter tells no e-mail address to send it from. Add email to --tick.")
    return outside.mail.draft(written.letter, identity.email, written.recipient, sender_name=identity.name)


def _message(outside: Outside, written: UnkeptLetter) -> bytes:
    if not written.recipient:
        raise NotAllowed(
            "No number of this company is known. Give the one the texts come from with --to NUMBER."
        )
    keyword = written.letter.body
    code = outside.texts.payload(written.recipient, "SMSTO", keyword)
    return ("\n".join(facts([("To", written.recipient), ("Text", keyword), ("Code", code)])) + "\n").encode()


def _page(outside: Outside, written: UnkeptLetter) -> bytes:
    return outside.pages.letter(written.letter, written.page)


_WRITERS: dict[Format, Callable[[Outside, UnkeptLetter], bytes]] = {
    Format.TXT: _text,
    Format.FORM: lambda _, written: written.letter.body.encode(),
    Format.EML: _draft,
    Format.PDF: _page,
    Format.SMS: _message,
}
