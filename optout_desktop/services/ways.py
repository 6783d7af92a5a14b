# SPDX-License-Identifier: Apache-2.0
"""Ways out: by which ways a letter can leave now, and why the others are closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from optout_desktop.domain.accounts import ServerPurpose
from optout_desktop.domain.chat_links import LONGEST_TEXT_CHARACTERS, is_chat_contact
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import TemplateError
from optout_desktop.domain.ids import PersonId
from optout_desktop.domain.letters import LetterKind, RequestFact, Shape, Way, facts_needed
from optout_desktop.domain.people import PersonKind
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .letters import LetterService, LetterView
from .ports import Mail


class WhyNot(StrEnum):
    """Why a way is closed; the words are made where it is shown."""

    SAMPLE = "sample"
    NO_EMAIL_ADDRESS = "no_email_address"
    NO_SENDER_ADDRESS = "no_sender_address"
    NO_NUMBER = "no_number"
    NO_FORM = "no_form"
    NOT_A_TEXT_MESSAGE = "not_a_text_message"
    TOO_LONG_FOR_LINK = "too_long_for_link"
    FACT_MISSING = "fact_missing"
    TEMPLATE_INCOMPLETE = "template_incomplete"
    """The person's own template prints something that is not known for this request."""
    HAS_ATTACHMENTS = "has_attachments"
    """Files go along, and a link carries none."""
    NO_ACCOUNT = "no_account"
    NO_CHAT = "no_chat"
    NO_PHONE = "no_phone"
    NO_SCRIPT = "no_script"
    """There is no script for a call about this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """A way and, where it is closed, the reason."""

    way: Way
    why_not: WhyNot | None = None


CHANNEL_OF = {
    Way.EML: Channel.EMAIL,
    Way.SMTP: Channel.EMAIL,
    Way.MAILTO: Channel.EMAIL,
    Way.PDF: Channel.POST,
    Way.QR: Channel.SMS,
    Way.FORM: Channel.FORM,
    Way.CHAT: Channel.CHAT,
    Way.CALL: Channel.CALL,
}
"""The channel that a way serves; a copied text serves any."""


def closed_for_all(view: LetterView) -> WhyNot | None:
    """Why a letter can leave by no way at all, or None."""
    if view.problem:
        return WhyNot.TEMPLATE_INCOMPLETE
    return WhyNot.FACT_MISSING if missing_facts(view) else None


def ways_out(
    view: LetterView, letters: LetterService, mail: Mail, has_account: Callable[[PersonId], bool]
) -> tuple[WayOut, ...]:
    """Every way out for a letter, the fitting one first, closed ones with their reason."""
    if (why := closed_for_all(view)) is not None:
        return tuple(WayOut(way=way, why_not=why) for way in Way)
    is_text = view.request.channel is Channel.SMS
    not_by_mail = None
    if view.request.channel is not Channel.EMAIL or not view.recipient:
        not_by_mail = WhyNot.NO_EMAIL_ADDRESS
    elif not view.identity.email:
        not_by_mail = WhyNot.NO_SENDER_ADDRESS
    no_account = None if not_by_mail or has_account(view.person.id) else WhyNot.NO_ACCOUNT
    found = {
        Way.EML: not_by_mail,
        Way.SMTP: not_by_mail or no_account,
        Way.MAILTO: _no_link(view, mail),
        Way.PDF: WhyNot.NOT_A_TEXT_MESSAGE if is_text else None,
        Way.COPY: None,
        Way.FORM: None if view.request.channel is Channel.FORM and view.recipient else WhyNot.NO_FORM,
        Way.QR: (None if view.recipient else WhyNot.NO_NUMBER) if is_text else WhyNot.NOT_A_TEXT_MESSAGE,
        Way.CHAT: WhyNot.NOT_A_TEXT_MESSAGE if is_text else _no_chat(view, letters),
        Way.CALL: WhyNot.NOT_A_TEXT_MESSAGE if is_text else _no_call(view, letters),
    }
    ways = [WayOut(way=way, why_not=why) for way, why in found.items()]
    return tuple(
        sorted(
            ways,
            key=lambda one: (one.why_not is not None, CHANNEL_OF.get(one.way) is not view.request.channel),
        )
    )


def account_lookup(vault: Vault[Stores]) -> Callable[[PersonId], bool]:
    """Whether a letter for a person can leave through a mail account: their own, or that of whoever writes for them."""

    def has_account(person: PersonId) -> bool:
        with vault.reading() as stores:
            writers = {one.id for one in stores.people.all() if one.kind is PersonKind.ONESELF}
            accounts = [account for one in {person, *writers} for account in stores.accounts.of(one)]
        return any(account.server(ServerPurpose.SMTP) for account in accounts)

    return has_account


def missing_facts(view: LetterView) -> tuple[RequestFact, ...]:
    """The facts without which a letter would ask for nothing; whoever wrote the text themselves needs none."""
    if view.letter.is_edited or view.letter.kind is not LetterKind.REQUEST:
        return ()
    told = {fact for fact, text in view.request.facts if text}
    needed = facts_needed(view.request.right, view.request.law)
    return tuple(fact for fact in RequestFact if fact in needed - told)


def _no_link(view: LetterView, mail: Mail) -> WhyNot | None:
    if view.request.channel is not Channel.EMAIL or not view.recipient:
        return WhyNot.NO_EMAIL_ADDRESS
    if view.attachments:
        return WhyNot.HAS_ATTACHMENTS
    return WhyNot.TOO_LONG_FOR_LINK if mail.why_no_link(view.letter, view.recipient) else None


def _no_chat(view: LetterView, letters: LetterService) -> WhyNot | None:
    if not is_chat_contact(view.chat_address):
        return WhyNot.NO_CHAT
    if view.attachments:
        return WhyNot.HAS_ATTACHMENTS
    try:
        short = letters.shaped(view, Shape.SHORT, LONGEST_TEXT_CHARACTERS)
    except TemplateError:
        return WhyNot.TOO_LONG_FOR_LINK
    return WhyNot.TOO_LONG_FOR_LINK if len(short.body) > LONGEST_TEXT_CHARACTERS else None


def _no_call(view: LetterView, letters: LetterService) -> WhyNot | None:
    if not view.phone_number:
        return WhyNot.NO_PHONE
    try:
        letters.shaped(view, Shape.SCRIPT)
    except TemplateError:
        return WhyNot.NO_SCRIPT
    return None
