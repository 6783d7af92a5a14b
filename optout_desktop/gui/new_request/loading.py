# SPDX-License-Identifier: Apache-2.0
"""A letter with everything that is shown beside it, gathered in one go on the vault's thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication

from optout_desktop.domain.accounts import MailAccount
from optout_desktop.domain.companies import Channel, Company, Contact
from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.ids import RequestId
from optout_desktop.domain.letters import Letter, LetterKind, OwnTemplate
from optout_desktop.domain.messages import Delivery, OutgoingMessage
from optout_desktop.domain.people import Person, PersonKind
from optout_desktop.gui.company_words import LETTER_CHANNELS
from optout_desktop.services.companies import CompanyService
from optout_desktop.services.desk import Desk
from optout_desktop.services.letters import LetterView
from optout_desktop.services.sending import Way, WayOut, WhyNot


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("new_request", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """A letter as the last step shows it."""

    view: LetterView
    ways: tuple[WayOut, ...]
    company: Company | None
    me: Person | None
    today: date
    is_notice_seen: bool
    is_sample: bool
    accounts: tuple[MailAccount, ...] = ()
    """The mail accounts that the letter could leave through."""
    unsettled: OutgoingMessage | None = None
    """The letter in the outbox, while it waits there, is under way, or nobody knows."""
    is_smtp_confirmed: bool = False
    own_templates: tuple[OwnTemplate, ...] = ()
    """Those that fit this letter, in whatever language."""
    beside: Letter | None = None
    """What the letter says in the person's language, None where they read the letter's own."""
    room_bytes: int = 0
    """How much can still go along."""

    @property
    def kind(self) -> LetterKind:
        """What the letter is for."""
        return self.view.letter.kind

    @property
    def is_text_message(self) -> bool:
        """Whether a phone sends it."""
        return self.view.request.channel is Channel.SMS

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """The contacts that the letter could go to instead."""
        if self.company is None or self.is_text_message:
            return ()
        return tuple(one for one in self.company.contacts if one.channel in LETTER_CHANNELS)


def load(desk: Desk, request: RequestId, kind: LetterKind) -> Loaded:
    """Everything about a letter. Raises NotFound, NotAllowed for a reminder of what was never sent."""
    view = desk.letters.view(request, kind)
    return Loaded(
        view=view,
        ways=desk.sending.ways(view),
        company=_company(desk.companies, view),
        me=desk.people.me(),
        today=desk.clock.today(),
        is_notice_seen=desk.preferences.get("mailto_notice_seen") is True,
        is_sample=desk.sample_day is not None,
        accounts=_accounts(desk, view),
        unsettled=_unsettled(desk, request, kind),
        is_smtp_confirmed=desk.preferences.get("smtp_confirmed") is True,
        own_templates=desk.own_templates.all(kind, view.request.right),
        beside=desk.letters.beside(view),
        room_bytes=desk.attachments.room_bytes(request, kind),
    )


def _accounts(desk: Desk, view: LetterView) -> tuple[MailAccount, ...]:
    """Those of the person; for a client also those of whoever writes for them."""
    me = desk.people.me() if view.person.kind is PersonKind.CLIENT else None
    fitting = {view.person.id, me.id if me is not None else view.person.id}
    return tuple(one for one in desk.mailroom.accounts.list() if one.person in fitting)


def _unsettled(desk: Desk, request: RequestId, kind: LetterKind) -> OutgoingMessage | None:
    open_ones = {Delivery.WAITING, Delivery.UNDER_WAY, Delivery.UNCERTAIN}
    found = [one for one in desk.mailroom.outbox.of(request) if one.kind is kind]
    return next((one for one in found if one.delivery in open_ones), None)


def _company(companies: CompanyService, view: LetterView) -> Company | None:
    try:
        return companies.get(view.request.company)
    except NotFound:
        return None


def way_words(way: Way) -> str:
    """A way out, as it is chosen."""
    return {
        Way.EML: tr("E-mail draft file (.eml)"),
        Way.PDF: tr("Print or PDF"),
        Way.COPY: tr("Copy text"),
        Way.QR: tr("Text message (QR)"),
        Way.MAILTO: tr("Mail program (mailto)"),
        Way.FORM: tr("Web form, step by step"),
        Way.SMTP: tr("My mail account (SMTP)"),
        Way.CHAT: tr("Chat message (WhatsApp, Telegram)"),
        Way.CALL: tr("Telephone, with a script"),
    }[way]


def why_not_words(why: WhyNot) -> str:
    """Why a way is closed, in a sentence."""
    return {
        WhyNot.SAMPLE: tr(
            "This is the sample vault: its people and companies are made up, so nothing can be sent."
        ),
        WhyNot.NO_EMAIL_ADDRESS: tr("It needs an e-mail address to go to. Choose one at “To”, or add it."),
        WhyNot.NO_SENDER_ADDRESS: tr("It needs an e-mail address of yours. Add one to your details."),
        WhyNot.NO_NUMBER: tr("It needs the number that the texts come from."),
        WhyNot.NO_FORM: tr("It needs the web address of a form. Choose one at “To”, or add it."),
        WhyNot.NOT_A_TEXT_MESSAGE: tr("This letter and a text message do not go the same way."),
        WhyNot.FACT_MISSING: tr(
            "The letter would ask for nothing: fill in what is marked as needed at “In your own words”."
        ),
        WhyNot.TOO_LONG_FOR_LINK: tr("This letter is too long for such a link: it would be cut off."),
        WhyNot.TEMPLATE_INCOMPLETE: tr(
            "Your template prints something that is not known for this request. Change it, or use the shipped one."
        ),
        WhyNot.HAS_ATTACHMENTS: tr(
            "Files go along, and a link carries none. Remove them, or choose another way."
        ),
        WhyNot.NO_ACCOUNT: tr("No mail account is set up yet. Choose this to set one up."),
        WhyNot.NO_CHAT: tr("It needs a chat address (WhatsApp, Telegram). Add it to the company."),
        WhyNot.NO_PHONE: tr("It needs the company's telephone number. Add it to the company."),
        WhyNot.NO_SCRIPT: tr("There is no script for a call about this. Write instead."),
    }[why]
