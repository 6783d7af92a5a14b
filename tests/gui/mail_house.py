# SPDX-License-Identifier: Apache-2.0
"""A house whose mail servers are on this machine: the real adapters, a trusted authority, a clock that is walked."""

import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from optout_desktop.adapters import imap, smtp
from optout_desktop.domain.accounts import ServerPurpose
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.rights import Right
from optout_desktop.domain.secrets import Secret
from optout_desktop.services.accounts import AccountInput, ServerInput
from optout_desktop.services.companies import CompanyInput
from optout_desktop.services.requests import NewRequest
from tests.gui.house import TODAY, CheapHouse, HandKeyring, wait_until
from tests.mail_certificates import HOST
from tests.mail_servers import PASSWORD

RECIPIENT = "privacy@northwind.example"
SENDER = "jane@example.org"


class WalkedClock:
    """Noon until somebody walks on; each instant is a microsecond after the one before."""

    def __init__(self):
        self._at = datetime.combine(TODAY, datetime.min.time()) + timedelta(hours=12)

    def today(self):
        return self._at.date()

    def now(self):
        self._at += timedelta(microseconds=1)
        return self._at

    def walk(self, **how_long):
        self._at += timedelta(**how_long)


class TrustingServers:
    """The app's own way to mail servers, with the authority of the test as the only one."""

    def __init__(self, terms):
        self._terms = terms

    def send(self, server, password, sender, recipients, content, before_text):
        return smtp.send(server, password, sender, recipients, content, before_text, terms=self._terms)

    def session(self, server, password):
        return smtp.session(server, password, terms=self._terms)

    def file_copy(self, server, password, content, message_id):
        return imap.file_copy(server, password, content, message_id, terms=self._terms)

    def try_out(self, server, password):
        way = smtp if server.purpose is ServerPurpose.SMTP else imap
        return way.try_out(server, password, terms=self._terms)


class MailHouse(CheapHouse):
    """A house that may speak to the servers of a test."""

    def __init__(self, folder, certificates, *, clock=None):
        super().__init__(folder, keyring=HandKeyring(), clock=clock or WalkedClock())
        self._terms = certificates.terms()

    @cached_property
    def outside(self):
        return replace(CheapHouse.outside.func(self), servers=TrustingServers(self._terms))


def ask(application, job):
    """The answer of a job on the vault's thread, as pages ask."""
    came, failed = [], []
    application.tasks.run(application.window, job, came.append, failed.append)
    wait_until(lambda: came or failed)
    if failed:
        raise failed[0]
    return came[0]


def add_account(application, port, address=SENDER):
    """An account at a server of the test."""
    desk = application.desk

    def job():
        return desk.mailroom.accounts.add(
            AccountInput(
                person=desk.people.me().id,
                address=address,
                smtp=ServerInput(host=HOST, port=port, password=Secret(PASSWORD)),
            )
        )

    return ask(application, job)


def a_draft(application, name="Northwind Data LLC", email=RECIPIENT):
    """A letter to a company that is not sent yet."""
    desk = application.desk

    def job():
        company = desk.companies.add(CompanyInput(name=name, email=email, country="US"))
        return desk.requests.start(
            NewRequest(
                person=desk.people.me().id,
                company=company.id,
                right=Right.OPTOUT_SALE,
                law=LawId("us-ca-ccpa"),
                channel=Channel.EMAIL,
                identity=frozenset({IdentityItem.NAME, IdentityItem.EMAIL}),
            )
        ).id

    return ask(application, job)


@contextmanager
def when_asked(kind, act):
    """Do something with the dialog of a kind once it is up, while the window waits for it."""
    done = []

    def look():
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, kind) and widget.isVisible():
                timer.stop()
                act(widget)
                done.append(widget)
                return

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(10)
    yield
    wait_until(lambda: done)


def rest(seconds=0.3):
    """Let the window work for a while in which nothing may happen."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    ends_at = time.monotonic() + seconds
    while time.monotonic() < ends_at:
        loop.exec()
        break
