# SPDX-License-Identifier: Apache-2.0
"""``optout outbox``: what waits to be sent, its delivery, and the word of the person where nobody knows."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from types import FrameType
from typing import TYPE_CHECKING

import click

from optout_desktop.domain.messages import DeliveryStep, OutgoingMessage

from .arguments import DAY
from .output import table, words
from .session import Session
from .tree import Group, in_session

if TYPE_CHECKING:
    from optout_desktop.services.courier import DeliveryReport
    from optout_desktop.services.desk import Desk
    from optout_desktop.services.outbox import OutboxLine

HOUR_SECONDS = 3600.0
USUAL_SECONDS = 30.0
"""The pauses of a batch are waited for, retries are not."""


@click.group(cls=Group)
def outbox() -> None:
    """See and deliver what waits to be sent through your own mail account."""


@outbox.command(name="list")
@in_session
def list_messages(session: Session) -> None:
    """List the messages, the newest first."""
    with session.desk() as desk:
        found = desk.mailroom.outbox.list()
    session.show(
        [message_data(one) for one in found],
        table(
            ("id", "reference", "to", "letter", "state", "said"),
            [
                (
                    one.message.id[:8],
                    one.reference,
                    one.message.recipients,
                    words(one.message.kind),
                    words(one.message.delivery),
                    one.last.reply,
                )
                for one in found
            ],
            "The outbox is empty.",
        ),
    )


@outbox.command()
@click.option("--wait", is_flag=True, help="Stay until everything that is due within an hour has left.")
@in_session
def deliver(session: Session, *, wait: bool) -> int:
    """Send what is due. Ctrl-C stops after the message that is under way."""
    with session.desk() as desk:
        say_recovered(session, desk)
        report = delivered(session, desk, HOUR_SECONDS if wait else USUAL_SECONDS)
    return show_report(session, report)


@outbox.command(name="said-sent")
@click.argument("message")
@click.option("--on", type=DAY, metavar="DATE", help="The day; without it, the one on which it left.")
@in_session
def said_sent(session: Session, *, message: str, on: date | None) -> None:
    """Say that an uncertain MESSAGE arrived (the beginning of its id)."""
    with session.desk() as desk:
        after = desk.mailroom.outbox.say_sent(desk.mailroom.outbox.named(message), on)
    _show_one(session, after)


@outbox.command(name="said-not-sent")
@click.argument("message")
@in_session
def said_not_sent(session: Session, *, message: str) -> None:
    """Say that an uncertain MESSAGE did not arrive (the beginning of its id); it may be sent again."""
    with session.desk() as desk:
        after = desk.mailroom.outbox.say_not_sent(desk.mailroom.outbox.named(message))
    _show_one(session, after)


def delivered(session: Session, desk: Desk, patience_seconds: float) -> DeliveryReport:
    """One round of the courier, which Ctrl-C ends after the message that is under way."""

    def told(message: OutgoingMessage, step: DeliveryStep) -> None:
        session.say(f"{', '.join(message.recipients)}: {words(step)}")

    with _interruptible() as stop:
        return desk.mailroom.courier.deliver_due(
            lambda job: job(), desk.clock.now, stop, told, patience_seconds=patience_seconds
        )


def say_recovered(session: Session, desk: Desk) -> None:
    """Say what an earlier run left under way."""
    for one in desk.mailroom.recovered.uncertain:
        session.say(
            f"Nobody knows whether the mail to {', '.join(one.recipients)} arrived. Look into your Sent folder, then "
            f"say “optout outbox said-sent {one.id[:8]}” or “said-not-sent”."
        )


def show_report(session: Session, report: DeliveryReport) -> int:
    """Show what a round came to; the exit status is 1 where something was refused or is uncertain."""
    data = {
        "accepted": report.accepted,
        "refused": report.refused,
        "deferred": report.deferred,
        "uncertain": report.uncertain,
        "next_at": report.next_at,
    }
    told = ", ".join(f"{count} {words(name)}" for name, count in list(data.items())[:4] if count)
    lines = [told or "Nothing was due."]
    if report.next_at is not None:
        lines.append(f"More is due at {report.next_at:%Y-%m-%d %H:%M} UTC: optout outbox deliver")
    session.show(data, lines)
    if report.error is not None:
        session.say(str(report.error))
    return 1 if report.error or report.refused or report.uncertain else 0


def message_data(line: OutboxLine) -> dict[str, object]:
    """A message as programs read it."""
    one = line.message
    return {
        "id": one.id,
        "request": one.request,
        "reference": line.reference,
        "company_name": line.company_name,
        "kind": one.kind,
        "from": one.sender,
        "to": one.recipients,
        "message_id": one.message_id,
        "state": one.delivery,
        "not_before_at": one.not_before_at,
        "attempts": one.attempts,
        "code": line.last.code,
        "reply": line.last.reply,
    }


def _show_one(session: Session, after: OutgoingMessage) -> None:
    data = {"id": after.id, "request": after.request, "state": after.delivery}
    session.show(data, [f"The mail to {', '.join(after.recipients)} counts as {words(after.delivery)}."])


@contextmanager
def _interruptible() -> Iterator[threading.Event]:
    """An event that Ctrl-C sets, in the place of an end in the middle of a message."""
    stop = threading.Event()

    def note(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = signal.signal(signal.SIGINT, note)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
