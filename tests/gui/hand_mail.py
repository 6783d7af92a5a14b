# SPDX-License-Identifier: Apache-2.0
"""An office whose mail servers are made by hand, and phrases for what happens to messages there."""

from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from PySide6.QtWidgets import QWidget

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.messages import DeliveryStep, SendResult
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.rights import Right
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui.post_office import PostOffice
from optout_desktop.gui.toast import Toast
from optout_desktop.services.accounts import AccountInput, ServerInput
from optout_desktop.services.batches import BatchWish
from optout_desktop.services.companies import CompanyInput
from optout_desktop.services.requests import NewRequest
from tests.gui.desks import Office, open_office

ACCEPTED = SendResult(
    step=DeliveryStep.ACCEPTED, code=250, reply="2.0.0 queued", bytes_out=4312, bytes_in=610
)


@dataclass
class HandServers:
    """Mail servers that do what the test says."""

    results: list[SendResult] = field(default_factory=list)
    refuses: dict[str, Exception] = field(default_factory=dict)
    tried: list[str] = field(default_factory=list)
    sent: list[tuple[str, ...]] = field(default_factory=list)

    def try_out(self, server, _password):
        self.tried.append(server.host)
        if (error := self.refuses.get(server.host)) is not None:
            raise error
        return 100, 200

    @contextmanager
    def session(self, _server, _password):
        yield self

    def send(self, _sender, recipients, _content, before_text):
        before_text()
        self.sent.append(recipients)
        return self.results.pop(0)

    def lines(self):
        return ((ACCEPTED.bytes_out, ACCEPTED.bytes_in),)


class Once:
    """A stop that ends the round at the first pause."""

    def __init__(self):
        self.is_over = False

    def is_set(self):
        return self.is_over

    def set(self):
        self.is_over = True

    def wait(self, _seconds):
        self.is_over = True
        return True


@dataclass
class MailOffice(Office):
    """An office with a post office."""

    servers: HandServers = field(default_factory=HandServers)


@contextmanager
def mail_office(folder, tasks, *, is_sample=False):
    office, servers = open_office(folder, tasks, is_sample=is_sample), HandServers()
    office.desk.mailroom.courier._servers = servers
    office.desk.mailroom.accounts._servers = servers
    window = QWidget()
    post = PostOffice(office.desk, tasks, Toast(window), window)
    post._stop = Once()  # one thread does everything here: nobody could wake it
    surroundings = replace(office.surroundings, post=post)
    with_post = MailOffice(
        surroundings=surroundings,
        programs=office.programs,
        house=office.house,
        clock=office.clock,
        servers=servers,
    )
    yield with_post
    post.end()
    window.deleteLater()
    with_post.close()


def an_account(office):
    me = office.desk.people.me()
    server = ServerInput(host="smtp.example.org", port=465, password=Secret("made up"))
    return office.desk.mailroom.accounts.add(
        AccountInput(person=me.id, address="jane@example.org", smtp=server)
    )


def a_letter(office):
    company = office.desk.companies.named("Northwind Data LLC")
    return office.desk.requests.start(
        NewRequest(
            person=office.desk.people.me().id,
            company=company.id,
            right=Right.OPTOUT_SALE,
            law=LawId("us-ca-ccpa"),
            channel=Channel.EMAIL,
            identity=frozenset({IdentityItem.NAME, IdentityItem.EMAIL}),
        )
    ).id


def sent(office, request, account, result):
    """A letter that went to the server, which answered like this."""
    office.servers.results.append(result)
    office.desk.mailroom.outbox.queue(request, LetterKind.REQUEST, account.id, 0)
    clock = office.desk.clock
    office.desk.mailroom.courier.deliver_due(lambda job: job(), clock.now, Once(), patience_seconds=0)


def a_batch(office, account, count):
    """A batch of letters that wait."""
    companies = tuple(
        office.desk.companies.add(
            CompanyInput(name=f"Broker {number}", email=f"p@broker{number}.example", country="US")
        ).id
        for number in range(count)
    )
    batches = office.desk.mailroom.batches
    wish = BatchWish(
        person=office.desk.people.me().id,
        right=Right.OPTOUT_SALE,
        law=LawId("us-ca-ccpa"),
        companies=companies,
    )
    batch = batches.prepare(wish, account=account.id)
    batches.consent(batch.id, batches.review(batch.id).digest, wait_seconds=600)
    return batch.id
