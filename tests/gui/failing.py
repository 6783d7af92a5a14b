# SPDX-License-Identifier: Apache-2.0
"""Stages on which failures are injected: the pages before unlocking, and those of an open vault.

Both stand on a real vault and say by one number what it holds, so that a test sees whether anything changed.
"""

import hashlib
import os
import re
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QLabel

from optout_desktop.catalog.files import Resources
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.requests import EventKind
from optout_desktop.domain.rights import Right
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui.errors import Errors
from optout_desktop.gui.requests.page import RequestsPage
from optout_desktop.gui.surroundings import Navigator, Surroundings
from optout_desktop.gui.unlock.damaged import DamagedPage
from optout_desktop.gui.unlock.page import UnlockPage
from optout_desktop.services.companies import CompanyInput
from optout_desktop.services.requests import Entry, NewRequest
from optout_desktop.storage.vault_files import VaultFolder
from tests.gui.conftest import ImmediateTasks
from tests.gui.desks import Programs
from tests.gui.house import PASSPHRASE, TODAY

SENT_ON = TODAY - timedelta(days=20)
NO_WORDS_FOR_PEOPLE = re.compile(r"traceback|exception|errno|sqlite|null|none\b|0x[0-9a-f]{4}", re.IGNORECASE)
NO_BLAME = re.compile(r"\b(illegal|fatal|invalid|oops|you failed|your mistake)\b", re.IGNORECASE)


class ToldTasks(ImmediateTasks):
    """Errors that no page takes are told in the real dialog, as in the app."""

    def __init__(self):
        super().__init__()
        self.told = Errors()

    def run(self, owner, job, then, failed=None):
        super().run(owner, job, then, failed or self.told.show)

    run_outside = run


class Door:
    """The pages before unlocking, over a real vault with one person in it."""

    def __init__(self, house, tasks, show):
        self.house, self.tasks, self._show = house, tasks, show
        self.path = house.make_vault()
        self.place = VaultFolder(path=self.path)

    def digest(self):
        files = sorted(file for file in self.path.rglob("*") if file.is_file() and file.name != "lock")
        content = [(file.relative_to(self.path).as_posix(), file.read_bytes()) for file in files]
        return hashlib.sha256(repr(content).encode()).hexdigest()

    def shown(self, page):
        return self._show(page, 900, 700)

    def unlock(self, passphrase=PASSPHRASE):
        """Try it; the answer is what the page says, or the page about damage that it leads to."""
        page = self.shown(UnlockPage(self.house, self.tasks, (self.path,)))
        led = []
        page.damaged.connect(lambda path, key: led.append(DamagedPage(self.house, self.tasks, path, key)))
        page.row.passphrase.setText(passphrase)
        page.unlock.click()
        return words_on(self.shown(led[0])) if led else page.row.error

    def ask_keyring(self):
        page = self.shown(UnlockPage(self.house, self.tasks, (self.path,)))
        page.look_at_keyring()
        page.use_keyring.click()
        return page.keyring_line.text()

    def remember_in_keyring(self):
        with self.desk() as desk:
            desk.security.remember()

    @contextmanager
    def desk(self):
        desk = self.house.open_desk(self.house.vaults.unlock(self.path, Secret(PASSPHRASE)))
        try:
            yield desk
        finally:
            desk.close()

    def backup(self):
        with self.desk() as desk:
            return desk.backups.back_up().path


class Office:
    """An open vault with a request that was sent, and what its pages need around them."""

    def __init__(self, house, tasks, show):
        self.house, self.tasks, self._show = house, tasks, show
        self.path = house.make_vault()
        self.desk = self._open()
        company = self.desk.companies.add(
            CompanyInput(name="Northwind Data", email="privacy@northwind.example", country="US")
        )
        self.request = self.desk.requests.start(
            NewRequest(
                person=self.desk.people.me().id,
                company=company.id,
                right=Right.OPTOUT_SALE,
                law=LawId("us-ca-ccpa"),
                channel=Channel.EMAIL,
            )
        ).id
        self.desk.requests.record(self.request, Entry(kind=EventKind.SENT, on=SENT_ON))
        self.programs = Programs()
        self.surroundings = Surroundings(
            desk=self.desk,
            tasks=tasks,
            errors=tasks.told,
            navigator=Navigator(),
            opener=self.programs,
            clipboard=self.programs,
            say=lambda _words: None,
            say_undoable=lambda _words: None,
        )

    def _open(self):
        return self.house.open_desk(self.house.vaults.unlock(self.path, Secret(PASSPHRASE)))

    def change_shipped(self, name, change, *, is_listed=True):
        """Start again with one of the app's own files changed, and looked after by the list of digests or not."""
        shipped, folder = self.house.resources.folder, self.path.with_name("resources")
        shutil.copytree(shipped, folder, copy_function=os.symlink)
        content = (shipped / name).read_bytes()
        (folder / name).unlink()
        (folder / name).write_bytes(change(content))
        self.desk.close()
        self.house.resources = Resources(folder=folder, is_listed=is_listed)
        for shelf in ("library", "laws", "outside"):
            self.house.__dict__.pop(shelf, None)
        self.desk = self._open()
        self.surroundings = replace(self.surroundings, desk=self.desk)

    def draft(self):
        """Another request to the same company, not sent yet."""
        sent = self.desk.requests.detail(self.request).request
        return self.desk.requests.start(
            NewRequest(
                person=sent.person,
                company=sent.company,
                right=Right.DELETE,
                law=sent.law,
                channel=Channel.EMAIL,
            )
        ).id

    def digest(self, but=()):
        """Everything that the vault holds, save some tables; one that gave up is opened again for it."""
        if not self.desk.vault.is_open:
            self.desk = self._open()
        with self.desk.vault.reading() as stores:
            connection = stores.facts._connection
            tables = self.desk.vault.schema.metadata.sorted_tables
            held = [table for table in tables if table.name not in but]
            rows = [(table.name, connection.execute(table.select()).all()) for table in held]
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    def close(self):
        self.house.handover.clear()
        self.desk.close()

    def shown(self, widget):
        return self._show(widget, 1080, 740)

    def requests_page(self):
        page = self.shown(RequestsPage(self.surroundings))
        page.show_request(self.request)
        return page

    def record(self, kind, day):
        """Fill in the form for an entry and save it; the answer is what stands beside the day."""
        page = self.requests_page()
        page.doing.enter(page.detail_pane.detail, kind)
        form = page.doing.dialog
        form.day.setMaximumDate(QDate(2099, 12, 31))  # a person types past the calendar's end
        form.day.setDate(QDate(day.year, day.month, day.day))
        form._save.click()
        words = form.rows["on"].error
        form.reject()
        return words


def is_said_well(words):
    """A person can read it, and nobody is blamed."""
    assert words
    assert not NO_WORDS_FOR_PEOPLE.search(words)
    assert not NO_BLAME.search(words)


def words_on(widget):
    """Every visible label of a page."""
    return " ".join(each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget))


def told_by(asked):
    """What the dialog said, title and text."""
    return f"{asked.asked[-1].title}. {asked.asked[-1].text}"


@contextmanager
def largest_file(size_bytes):
    """No file of this process may grow beyond that: the system itself refuses the next byte."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def read_only(folder):
    """Nobody may write into the folder; root, whom no mode stops, gets a read-only disk in its place."""
    is_root = os.name == "posix" and os.geteuid() == 0
    if is_root:
        subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(folder)], check=True)
    else:
        folder.chmod(0o500)
    try:
        yield
    finally:
        if is_root:
            subprocess.run(["umount", str(folder)], check=True)
        else:
            folder.chmod(0o700)
