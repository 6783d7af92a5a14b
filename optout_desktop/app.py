# SPDX-License-Identifier: Apache-2.0
"""The hall: builds the rooms and joins them; the window and the terminal both come through here.

Locked, there are a ``VaultService`` and the machine's settings. Unlocked, ``open_desk`` builds the services
over the vault, and locking drops them with the window.
"""

from __future__ import annotations

import builtins
import gc
import sys
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from optout_desktop.adapters.clock import SystemClock
from optout_desktop.adapters.paths import settings_path, vaults_folder
from optout_desktop.adapters.preference_file import JsonPreferenceFile
from optout_desktop.adapters.process_guard import guard_process
from optout_desktop.catalog.files import Resources

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from datetime import datetime

    from optout_desktop.adapters.handover_files import HandoverFiles
    from optout_desktop.adapters.keychain import Keychain
    from optout_desktop.adapters.pages import Pages
    from optout_desktop.catalog.library import Library
    from optout_desktop.domain.accounts import MailServer
    from optout_desktop.domain.company_lists import CompanyList, ListSource
    from optout_desktop.domain.explaining import Annex
    from optout_desktop.domain.letters import AttachedFile, Letter, PageAddress
    from optout_desktop.domain.messages import FiledCopy, SendResult
    from optout_desktop.domain.policy_text import FoundContact
    from optout_desktop.domain.secrets import Secret
    from optout_desktop.services.desk import Desk
    from optout_desktop.services.laws import LawService
    from optout_desktop.services.machine import MachinePreferences
    from optout_desktop.services.ports import Clock, MailSession, Outside
    from optout_desktop.services.unkept_letters import UnkeptLetters
    from optout_desktop.services.vaults import VaultService
    from optout_desktop.storage.stores import Stores
    from optout_desktop.storage.vault import Vault


class House:
    """Every room of one running app, each built when it is first needed: the unlock page needs few of them."""

    def __init__(
        self,
        *,
        vaults: Path | None = None,
        settings: Path | None = None,
        clock: Clock | None = None,
        resources: Resources | None = None,
        handover: Path | None = None,
    ) -> None:
        self._vaults_folder = vaults or vaults_folder()
        self._settings_path = settings or settings_path()
        self.clock: Clock = clock or SystemClock()
        self.resources = resources or Resources.found()
        self._handover_folder = handover

    @cached_property
    def keychain(self) -> Keychain:
        """The system's keyring; looked for when it is first asked."""
        from optout_desktop.adapters.keychain import Keychain

        return Keychain()

    @cached_property
    def machine(self) -> MachinePreferences:
        """The settings that hold before a vault is open."""
        from optout_desktop.services.machine import MachinePreferences

        return MachinePreferences(JsonPreferenceFile(self._settings_path))

    @cached_property
    def vaults(self) -> VaultService:
        """Finds, creates, opens and restores vaults."""
        from optout_desktop.services.vaults import VaultService

        return VaultService(self._vaults_folder, self.machine, self.keychain, self.clock)

    def glance(self) -> tuple[Path, ...]:
        """The folders of the vaults that are known, the last one first; loads nothing heavy."""
        from optout_desktop.services.machine import known_paths

        return known_paths(self._vaults_folder, self.machine)

    def warm_up(self) -> None:
        """Load what unlocking needs, while the person types: on the vault's thread, after the first paint."""
        from optout_desktop.services import desk  # noqa: F401 - loaded for later

        _ = self.vaults, self.library.laws, self.library.conventions, self.outside
        self.handover.clear_stale()  # what a run that was killed left behind

    @cached_property
    def library(self) -> Library:
        """Everything that the app ships knowing."""
        from optout_desktop.catalog.library import Library

        return Library(self.resources)

    @cached_property
    def laws(self) -> LawService:
        """What can be asked of the laws without a vault."""
        from optout_desktop.services.laws import LawService

        shelves = self.library
        return LawService(
            shelves.rule_book, shelves.regulators, shelves.conventions, self.outside.calendars, self.clock
        )

    @cached_property
    def unkept_letters(self) -> UnkeptLetters:
        """Letters that are written without a vault."""
        from optout_desktop.services.unkept_letters import UnkeptLetters

        shelves = self.library
        return UnkeptLetters(self.laws, shelves.templates, shelves.directory, self.clock)

    @cached_property
    def handover(self) -> HandoverFiles:
        """Short-lived private files; cleared on lock and on quit."""
        from optout_desktop.adapters.handover_files import HandoverFiles

        return HandoverFiles(self._handover_folder)

    @cached_property
    def outside(self) -> Outside:
        """Every port filled with its adapter."""
        from optout_desktop.adapters.exchange_files import ExchangeFiles
        from optout_desktop.adapters.files import LocalFiles
        from optout_desktop.adapters.holiday_calendars import HolidayCalendars
        from optout_desktop.services.ports import Outside

        return Outside(
            clock=self.clock,
            calendars=HolidayCalendars(),
            keychain=self.keychain,
            pages=_Pages(self.resources),
            mail=_Mail(),
            servers=_MailServers(),
            texts=_Texts(),
            addresses=_Addresses(),
            files=LocalFiles(),
            exchange=ExchangeFiles(),
            lists=_CompanyLists(),
            handover=self.handover,
            preferences=JsonPreferenceFile(self._settings_path),
        )

    def open_desk(self, vault: Vault[Stores], clock: Clock | None = None) -> Desk:
        """The services over an open vault. On the vault's thread."""
        from optout_desktop.services.desk import open_desk

        return open_desk(vault, self.library, self.outside, clock)

    def open_sample(self, progress: Callable[[int, int], None] | None = None) -> Vault[Stores]:
        """A fresh sample vault, filled and open. On the vault's thread."""
        from optout_desktop.services.samples import build_sample

        vault = self.vaults.create_sample()
        build_sample(vault, lambda clock: self.open_desk(vault, clock), progress)
        return vault


class _Pages:
    """Pages by typst, which is loaded when the first page is made."""

    def __init__(self, resources: Resources) -> None:
        self._resources = resources

    def letter(
        self,
        letter: Letter,
        address: PageAddress,
        *,
        annexes: tuple[str, ...] = (),
        is_registered: bool = False,
    ) -> bytes:
        return self._engine.letter(letter, address, annexes=annexes, is_registered=is_registered)

    def preview(
        self,
        letter: Letter,
        address: PageAddress,
        *,
        annexes: tuple[str, ...] = (),
        is_registered: bool = False,
    ) -> tuple[bytes, ...]:
        return self._engine.preview(letter, address, annexes=annexes, is_registered=is_registered)

    def annex(self, annex: Annex) -> bytes:
        return self._engine.annex(annex)

    @cached_property
    def _engine(self) -> Pages:
        from optout_desktop.adapters.pages import Pages

        self._resources.verify("pages")
        return Pages(self._resources.path("pages"))


class _Mail:
    """E-mail drafts and mail links."""

    def draft(
        self,
        letter: Letter,
        sender: str,
        recipient: str,
        *,
        sender_name: str = "",
        attachments: tuple[AttachedFile, ...] = (),
    ) -> bytes:
        from optout_desktop.adapters.eml_drafts import draft

        return draft(letter, sender, recipient, sender_name=sender_name, attachments=attachments)

    def message(
        self,
        letter: Letter,
        sender: str,
        recipient: str,
        *,
        sender_name: str,
        message_id: str,
        at: datetime,
        attachments: tuple[AttachedFile, ...] = (),
    ) -> bytes:
        from optout_desktop.adapters.eml_drafts import message

        return message(
            letter,
            sender,
            recipient,
            sender_name=sender_name,
            message_id=message_id,
            at=at,
            attachments=attachments,
        )

    def link(self, letter: Letter, recipient: str, *, has_accepted_notice: bool) -> str:
        from optout_desktop.adapters.mailto import mailto_url

        return mailto_url(letter, recipient, has_accepted_notice=has_accepted_notice)

    def why_no_link(self, letter: Letter, recipient: str) -> str:
        from optout_desktop.adapters.mailto import why_not

        return why_not(letter, recipient)


class _MailServers:
    """A person's own mail servers, spoken to by ``smtplib`` and ``IMAPClient``."""

    def send(
        self,
        server: MailServer,
        password: Secret,
        sender: str,
        recipients: tuple[str, ...],
        content: bytes,
        before_text: Callable[[], None],
    ) -> SendResult:
        from optout_desktop.adapters.smtp import send

        return send(server, password, sender, recipients, content, before_text)

    def session(self, server: MailServer, password: Secret) -> AbstractContextManager[MailSession]:
        from optout_desktop.adapters.smtp import session

        return session(server, password)

    def file_copy(self, server: MailServer, password: Secret, content: bytes, message_id: str) -> FiledCopy:
        from optout_desktop.adapters.imap import file_copy

        return file_copy(server, password, content, message_id)

    def try_out(self, server: MailServer, password: Secret) -> tuple[int, int]:
        from optout_desktop.adapters.imap import try_out as try_imap
        from optout_desktop.adapters.smtp import try_out as try_smtp
        from optout_desktop.domain.accounts import ServerPurpose

        return (try_smtp if server.purpose is ServerPurpose.SMTP else try_imap)(server, password)


class _Texts:
    """Codes for text messages."""

    def payload(self, number: str, form: str, keyword: str) -> str:
        from optout_desktop.adapters.qr import QrForm, sms_payload

        return sms_payload(number, QrForm(form), keyword)

    def modules(self, payload: str) -> tuple[tuple[bool, ...], ...]:
        from optout_desktop.adapters.qr import qr_modules

        return qr_modules(payload)


class _CompanyLists:
    """Lists of companies, and what a privacy policy says."""

    def read(self, path: Path, source: ListSource | None, told: Callable[[int, int], None]) -> CompanyList:
        from optout_desktop.adapters.directory_files import read_companies

        return read_companies(path, source, told)

    def family(self, host: str) -> str:
        from optout_desktop.adapters.domain_families import family_of

        return family_of(host)

    def in_policy(self, text: str, country: str) -> tuple[FoundContact, ...]:
        from optout_desktop.adapters.policy_text import find_contacts

        return find_contacts(text, country)


class _Addresses:
    """What people type, checked."""

    def email(self, text: str, field: str, known_domains: Iterable[str] = ()) -> str:
        from optout_desktop.adapters.addresses import check_email

        return check_email(text, field, known_domains=known_domains)

    def phone(self, text: str, country: str, field: str) -> str:
        from optout_desktop.adapters.addresses import check_phone

        return check_phone(text, country, field)


def terminal() -> int:
    """Do the command that the arguments name; the answer is the exit status."""
    guard_process(allow_core=False)
    from optout_desktop.cli import run

    return run(House, sys.argv[1:])


def main() -> int:
    """Open the window; the answer is the exit status."""
    guard_process(allow_core="--allow-core" in sys.argv)
    hasten()
    from optout_desktop.gui.application import run

    return run(House(), [argument for argument in sys.argv if argument != "--allow-core"])


def hasten() -> None:
    """Have the first paint sooner; the window puts the first of the two right again when it has painted.

    The collector rests: nothing that is made so early is garbage. And Qt's reader of modules is taken out: PySide6
    reads, and keeps, the source of every module that is imported after it, in case that somebody says ``from
    __feature__ import``. Nobody does here, and each start would read the whole app.
    """
    gc.disable()
    import PySide6.QtCore  # noqa: F401 - puts the reader in

    if (plain := getattr(builtins, "__orig_import__", None)) is not None:
        builtins.__import__ = plain
