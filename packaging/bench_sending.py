# SPDX-License-Identifier: Apache-2.0
"""How fast a batch is prepared and sent: drafts to many companies, then each through a server on this machine.

The baselines are the letters' texts alone, `EmailMessage` on the same text, and `smtplib` with one connection,
encrypted alike, and the same messages.
"""

from __future__ import annotations

import smtplib
import ssl
import warnings
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from importlib import import_module
from typing import Any

from bench_measuring import Bench, Row, Subject, seconds_of

from optout_desktop.adapters import smtp
from optout_desktop.domain.accounts import MailServer, Security
from optout_desktop.domain.ids import BatchId, LawId
from optout_desktop.domain.letters import Letter
from optout_desktop.domain.rights import Right
from optout_desktop.domain.secrets import Secret
from optout_desktop.services.batches import BatchWish

MOST_PREPARING_SECONDS = 5.0
MOST_CONSENTING_SECONDS = 10.0
MOST_SENDING_SECONDS = 30.0


def sending(bench: Bench) -> Iterator[Row]:
    """A batch of drafts, then its mail. Baselines: the texts alone; `EmailMessage`; bare `smtplib`, encrypted."""
    # what the tests stand on: an authority, a server, a vault without key derivation
    mail, desks, mailrooms = (
        import_module(f"tests.{name}") for name in ("mail_servers", "services.desks", "services.mailrooms")
    )
    count = bench.sizes.letters
    certificates = mail.Certificates()
    with warnings.catch_warnings(), mail.taking_smtp(certificates.good(), Security.STARTTLS) as server:
        warnings.simplefilter("ignore")
        clock = mailrooms.WalkingClock()
        outside = desks.an_outside(clock, servers=_Servers(certificates))
        folder = bench.workshop.folder / f"Sending {count}.optout"
        with desks.create(folder) as vault:
            desk = desks.open_desk(vault, desks.library(), outside)
            place = {
                "host": "localhost",
                "port": server.port,
                "security": Security.STARTTLS,
                "user_name": mail.USER,
                "password": Secret(mail.PASSWORD),
            }
            jane = desks.add_jane(desk)
            account = mailrooms.add_account(desk, jane, smtp=mailrooms.smtp(**place))
            wish = BatchWish(
                person=jane.id,
                right=Right.OPTOUT_SALE,
                law=LawId("us-ca-ccpa"),
                companies=tuple(one.id for one in mailrooms.add_companies(desk, count)),
            )
            prepared: list[Any] = []

            def prepare() -> None:
                batch = desk.mailroom.batches.prepare(wish, account=account.id)
                desk.mailroom.batches.set_pace(batch.id, 0, 0)
                prepared.append(desk.mailroom.batches.review(batch.id))

            ours = seconds_of(prepare)
            [seen] = prepared
            first = desk.letters.view(seen.items[0].request)
            facts = first.facts
            texts = seconds_of(lambda: [desks.library().templates.fill(facts) for _ in range(count)])
            yield Row(
                subject=f"{count:,} drafts prepared and reviewed",
                ours=ours,
                baseline_name="their texts alone",
                baseline=texts,
                most=MOST_PREPARING_SECONDS,
            )
            consented = seconds_of(
                lambda: desk.mailroom.batches.consent(seen.batch.id, seen.digest, wait_seconds=0)
            )
            packed = seconds_of(lambda: [_packed(first.letter, first.recipient) for _ in range(count)])
            yield Row(
                subject=f"their consent: {count:,} messages made and queued",
                ours=consented,
                baseline_name="EmailMessage on the same text, nothing kept",
                baseline=packed,
                most=MOST_CONSENTING_SECONDS,
            )
            ours = seconds_of(lambda: mailrooms.deliver(desk, clock))
            contents = _contents(desk, seen.batch.id)
            bare = seconds_of(
                lambda: _bare(certificates.trust, server.port, (mail.USER, mail.PASSWORD), contents)
            )
            if len(server.taken) != 2 * count:
                raise RuntimeError(f"the server took {len(server.taken)} messages, not {2 * count}")
            yield Row(
                subject=f"{count:,} messages through a server on loopback",
                ours=ours,
                baseline_name="smtplib, one connection, nothing kept",
                baseline=bare,
                most=MOST_SENDING_SECONDS,
            )


class _Servers:
    """The real adapter, trusting the authority that was made for this."""

    def __init__(self, certificates: Any) -> None:  # noqa: ANN401  # the tests' own
        self._terms = certificates.terms()

    @contextmanager
    def _opened(self, server: MailServer, password: Secret) -> Iterator[smtp.Session]:
        with smtp.session(server, password, terms=self._terms) as line:
            yield line

    def session(self, server: MailServer, password: Secret) -> AbstractContextManager[smtp.Session]:
        """A line for several messages."""
        return self._opened(server, password)


def _contents(desk: Any, batch: BatchId) -> list[tuple[str, tuple[str, ...], bytes]]:  # noqa: ANN401  # the tests' own
    with desk.vault.reading() as stores:
        messages = stores.outbox.of_batch(batch)
        return [(one.sender, one.recipients, stores.letters.content(one.letter)) for one in messages]


def _packed(letter: Letter, recipient: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = "jane@example.org", recipient
    message["Subject"] = letter.subject
    message.set_content(letter.body)
    return message.as_bytes()


def _bare(
    trust: Callable[[], ssl.SSLContext],
    port: int,
    login: tuple[str, str],
    contents: list[tuple[str, tuple[str, ...], bytes]],
) -> None:
    token = b64encode("\0".join(("", *login)).encode()).decode()
    with smtplib.SMTP("localhost", port) as line:
        line.starttls(context=trust())
        line.ehlo()
        line.docmd("AUTH", f"PLAIN {token}")  # smtplib's own login takes ASCII alone
        for sender, recipients, content in contents:
            line.sendmail(sender, recipients, content)


SUBJECTS: dict[str, Subject] = {"sending": sending}
