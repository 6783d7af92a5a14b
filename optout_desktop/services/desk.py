# SPDX-License-Identifier: Apache-2.0
"""The desk: everything that can be done with one open vault, and what can be done without any."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from optout_desktop.catalog.library import Library
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .annexes import AnnexService
from .assessing import Assessor
from .attachments import AttachmentService
from .backups import BackupService
from .companies import CompanyService
from .contact_proposals import ContactProposalService
from .dashboard import DashboardService
from .evidence import EvidenceService
from .exchange import ExchangeService
from .foreseeing import ForeseeingService
from .importing import ImportingService
from .laws import LawService
from .letters import LetterService
from .machine import MachinePreferences
from .mailroom import Mailroom, open_mailroom
from .own_templates import OwnTemplateService
from .people import PeopleService
from .ports import Clock, Outside
from .preferences import PreferenceService
from .registers import RegisterService
from .requests import RequestService
from .security import SecurityService
from .sending import SendingService
from .stopped_clock import StoppedClock
from .undoing import UndoService
from .ways import account_lookup
from .what_was_kept import KeptService

SAMPLE_DAY = "sample_day"

OpenVault = Vault[Stores]
"""A vault that was opened, on its way to a desk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The services over one open vault; dropped when it is locked."""

    name: str
    path: Path
    sample_day: date | None
    clock: Clock
    people: PeopleService
    companies: CompanyService
    contacts: ContactProposalService
    importing: ImportingService
    laws: LawService
    requests: RequestService
    foreseeing: ForeseeingService
    registers: RegisterService
    letters: LetterService
    own_templates: OwnTemplateService
    attachments: AttachmentService
    sending: SendingService
    kept: KeptService
    mailroom: Mailroom
    evidence: EvidenceService
    exchange: ExchangeService
    annexes: AnnexService
    dashboard: DashboardService
    backups: BackupService
    security: SecurityService
    preferences: PreferenceService
    undoing: UndoService
    vault: Vault[Stores]

    def close(self) -> None:
        """Lock: close the vault and forget its key. On the vault's thread."""
        self.vault.close()


def open_desk(vault: Vault[Stores], library: Library, outside: Outside, clock: Clock | None = None) -> Desk:
    """The services over an open vault; in the sample vault today is the day that it was made for."""
    with vault.reading() as stores:
        kept = stores.facts.get(SAMPLE_DAY)
    sample_day = date.fromisoformat(kept) if kept else None
    clock = clock or (StoppedClock(sample_day) if sample_day else outside.clock)
    undoing = UndoService()
    preferences = PreferenceService(vault, MachinePreferences(outside.preferences), undoing)
    assessor = Assessor(library.rule_book, outside.calendars, library.conventions)
    laws = LawService(library.rule_book, library.regulators, library.conventions, outside.calendars, clock)
    registers = RegisterService(vault, lambda: library.registers, assessor, clock, undoing)
    companies = CompanyService(
        vault, library.directory, clock, outside.addresses, undoing, registers.as_company
    )
    requests = RequestService(vault, assessor, laws, companies, preferences, clock, undoing)
    letters = LetterService(
        vault, assessor, laws, companies, library.templates, outside.pages, preferences, clock, undoing
    )

    def is_sample() -> bool:
        return sample_day is not None

    sending = SendingService(
        vault,
        letters,
        requests,
        outside.mail,
        outside.texts,
        outside.files,
        outside.handover,
        clock,
        undoing,
        is_sample,
        account_lookup(vault),
    )
    evidence = EvidenceService(vault, outside.files, clock, undoing)
    return Desk(
        name=vault.place.name,
        path=vault.place.path,
        sample_day=sample_day,
        clock=clock,
        people=PeopleService(vault, clock, outside.addresses, undoing),
        companies=companies,
        contacts=ContactProposalService(vault, companies, undoing),
        importing=ImportingService(vault, companies, outside.lists, clock, undoing),
        laws=laws,
        requests=requests,
        foreseeing=ForeseeingService(vault, assessor, laws, outside.calendars, clock),
        registers=registers,
        letters=letters,
        own_templates=OwnTemplateService(vault, letters, library.templates, clock, undoing),
        attachments=AttachmentService(vault, outside.files, clock, undoing),
        kept=KeptService(vault, requests),
        sending=sending,
        mailroom=open_mailroom(
            vault, outside, clock, assessor, laws, companies, requests, letters, sending, is_sample
        ),
        evidence=evidence,
        exchange=ExchangeService(
            vault, assessor, laws, library.directory, outside.exchange, outside.files, clock, undoing
        ),
        annexes=AnnexService(vault, outside.pages, outside.files, evidence, preferences, clock),
        dashboard=DashboardService(vault, preferences, clock),
        backups=BackupService(vault, assessor, clock),
        security=SecurityService(vault, outside.keychain),
        preferences=preferences,
        undoing=undoing,
        vault=vault,
    )
