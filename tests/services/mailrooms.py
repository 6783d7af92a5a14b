# SPDX-License-Identifier: Apache-2.0
"""Mailrooms for tests: a desk whose mail servers are made up, an account, and a clock that moves while one waits."""

from __future__ import annotations

from datetime import datetime, timedelta

from optout_desktop.domain.accounts import PasswordHome, Security
from optout_desktop.domain.messages import DeliveryStep, SendResult
from optout_desktop.domain.secrets import Secret
from optout_desktop.services.accounts import AccountInput, ServerInput
from tests.services import desks

NOON = datetime(2026, 3, 2, 12)
PASSWORD = "seventeen quiet herons"


class WalkingClock:
    """A clock that stands until somebody waits on it; each instant is a microsecond after the one before."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def today(self):
        return self.at.date()

    def now(self):
        self.at += timedelta(microseconds=1)
        return self.at

    def walk(self, **time):
        self.at += timedelta(**time)


class Stop:
    """Waiting moves the clock; ``after`` so many waits somebody cancels."""

    def __init__(self, clock: WalkingClock, after: int = 10_000) -> None:
        self.clock, self.left, self.waited = clock, after, []

    def is_set(self):
        return self.left <= 0

    def wait(self, timeout):
        self.waited.append(timeout)
        self.left -= 1
        if not self.is_set():
            self.clock.walk(seconds=timeout)
        return self.is_set()


def at_once(job):
    """The vault's thread is this one."""
    return job()


def smtp(**changes) -> ServerInput:
    plain = {"host": "smtp.example.org", "port": 465, "password": Secret(PASSWORD)}
    return ServerInput(**plain | changes)


def imap(**changes) -> ServerInput:
    plain = {
        "host": "imap.example.org",
        "port": 143,
        "security": Security.STARTTLS,
        "password": Secret(PASSWORD),
    }
    return ServerInput(**plain | changes)


def typed(person, **changes) -> AccountInput:
    plain = {"person": person.id, "address": "jane@example.org", "smtp": smtp()}
    return AccountInput(**plain | changes)


def add_account(desk, person, **changes):
    return desk.mailroom.accounts.add(typed(person, **changes))


def deliver(desk, clock, stop=None, **more):
    """One round of the courier."""
    return desk.mailroom.courier.deliver_due(at_once, clock.now, stop or Stop(clock), **more)


def says(step: DeliveryStep, code: int = 0, reply: str = "") -> SendResult:
    return SendResult(step=step, code=code, reply=reply)


def steps(desk, message) -> list[str]:
    """What happened to a message, as words."""
    return [event.step.value for event in desk.mailroom.outbox.get(message.id).events]


def add_companies(desk, count):
    return [
        desk.companies.add(
            desks.CompanyInput(name=f"Company {number:03}", email=f"privacy@c{number}.example", country="US")
        )
        for number in range(count)
    ]


__all__ = ["PasswordHome", "Secret"]
