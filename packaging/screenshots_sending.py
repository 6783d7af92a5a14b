# SPDX-License-Identifier: Apache-2.0
"""The scenes of sending by one's own mail account: the account, the letter, the outbox, the network log.

No server is spoken to: what the outbox holds is written into it by the services, as a courier would have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtWidgets import QScrollArea
from screenshots_stage import Stage, until

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import CertificateRefused, LoginRefused
from optout_desktop.domain.ids import LawId, RequestId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.messages import DeliveryStep, FiledCopy, RefusedRecipient, SendResult
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.rights import Right
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui import pages
from optout_desktop.gui.account_dialog import AccountDialog
from optout_desktop.services.accounts import AccountInput, ServerInput
from optout_desktop.services.batches import BatchWish
from optout_desktop.services.companies import CompanyInput
from optout_desktop.services.requests import NewRequest
from optout_desktop.services.sending import Way

_OK = SendResult(
    step=DeliveryStep.ACCEPTED, code=250, reply="2.0.0 queued as 4711", bytes_out=4312, bytes_in=610
)
_COMPANIES = (
    ("Northwind Data LLC", _OK),
    ("Adventure Works Cycles", _OK),
    (
        "Fabrikam Loyalty",
        SendResult(
            step=DeliveryStep.REFUSED,
            refused=(
                RefusedRecipient(address="privacy@fabrikam.example", code=550, reply="5.1.1 no such user"),
            ),
            bytes_out=380,
            bytes_in=520,
        ),
    ),
    (
        "Proseware Insurance",
        SendResult(step=DeliveryStep.UNCERTAIN, reply="the connection broke", bytes_out=4100),
    ),
    (
        "Tailspin Toys Club",
        SendResult(
            step=DeliveryStep.DEFERRED, code=451, reply="4.7.1 greylisted, try again later", bytes_out=300
        ),
    ),
)
_ANSWERS = {f"privacy@{name.split(maxsplit=1)[0].lower()}.example": result for name, result in _COMPANIES}


class _Line:
    """A server that answers each recipient as the scene says, without a network."""

    def send(
        self, _sender: str, to: tuple[str, ...], _content: bytes, before: Callable[[], None]
    ) -> SendResult:
        before()
        return _ANSWERS.get(to[0], _OK)

    def lines(self) -> tuple[tuple[int, int], ...]:
        return ((1, 1),)


class _Servers:
    @contextmanager
    def session(self, _server: object, _password: object) -> Iterator[_Line]:
        yield _Line()

    def file_copy(self, *_arguments: object) -> FiledCopy:
        return FiledCopy(folder="Sent", bytes_out=4400, bytes_in=900)

    def try_out(self, server: Any, _password: object) -> tuple[int, int]:  # noqa: ANN401  # a MailServer
        if server.host.startswith("imap"):
            raise LoginRefused(server.host)
        return 512, 803


def _office(stage: Stage) -> None:
    """An open vault with an account at made-up servers."""
    stage.at_home()
    desk, servers = stage.desk, _Servers()
    desk.mailroom.courier._servers = servers  # noqa: SLF001
    desk.mailroom.accounts._servers = servers  # noqa: SLF001
    if not stage.ask(desk.mailroom.accounts.list):
        me = stage.ask(desk.people.me)
        typed = AccountInput(
            person=me.id,
            address="jane@example.org",
            label="Private mail",
            smtp=ServerInput(host="smtp.example.org", port=465, password=Secret("made up")),
            imap=ServerInput(host="imap.example.org", port=993, password=Secret("made up")),
        )
        stage.ask(lambda: desk.mailroom.accounts.add(typed))
    stage.calm()


def _draft(stage: Stage, name: str) -> RequestId:
    desk = stage.desk

    def job() -> RequestId:
        email = f"privacy@{name.split(maxsplit=1)[0].lower()}.example"
        company = desk.companies.add(CompanyInput(name=name, email=email, country="US"))
        new = NewRequest(
            person=desk.people.me().id,
            company=company.id,
            right=Right.OPTOUT_SALE,
            law=LawId("us-ca-ccpa"),
            channel=Channel.EMAIL,
            identity=frozenset({IdentityItem.NAME, IdentityItem.EMAIL}),
        )
        return RequestId(desk.requests.start(new).id)

    found: RequestId = stage.ask(job)
    return found


def _fill_outbox(stage: Stage) -> None:
    """One message of each kind, one that waits, and a batch that is paused."""
    _office(stage)
    desk = stage.desk
    if len(stage.ask(desk.mailroom.outbox.list)) > len(_COMPANIES):
        return
    [account] = stage.ask(desk.mailroom.accounts.list)
    for name, result in _COMPANIES:
        request = _draft(stage, name)

        def job(request: RequestId = request) -> None:
            desk.mailroom.outbox.queue(request, LetterKind.REQUEST, account.id, 0)

        if result.step is DeliveryStep.UNCERTAIN:
            stage.take_dialog("was-it-sent", lambda job=job: stage.ask(job))  # type: ignore[misc]
        else:
            stage.ask(job)
        until(lambda: not stage.window.post.is_running)
        stage.calm()
    request = _draft(stage, "Wide World Importers")

    def wait() -> None:
        desk.mailroom.outbox.queue(request, LetterKind.REQUEST, account.id, 300)
        companies = [
            desk.companies.add(
                CompanyInput(name=f"Broker {n}", email=f"p@broker{n}.example", country="US")
            ).id
            for n in range(1, 13)
        ]
        wish = BatchWish(
            person=desk.people.me().id,
            right=Right.OPTOUT_SALE,
            law=LawId("us-ca-ccpa"),
            companies=tuple(companies),
        )
        batches = desk.mailroom.batches
        batch = batches.prepare(wish, account=account.id)
        batches.consent(batch.id, batches.review(batch.id).digest, wait_seconds=600)
        batches.pause(batch.id)

    stage.ask(wait)


def account_form(stage: Stage) -> None:
    """The form of an account, filled in, with a try that half worked; and the list of accounts."""
    _office(stage)
    people, window = stage.ask(stage.desk.people.all), stage.window
    dialog = AccountDialog(window.surroundings, people, None, "GNOME Keyring", window)
    dialog.open()
    dialog.address.setText("jane@example.org")
    dialog.address.editingFinished.emit()
    until(lambda: bool(dialog.smtp.host.text()))
    stage.take("account-form", dialog)
    dialog.copies.setChecked(True)
    dialog.password.passphrase.setText("made up")
    dialog.trial.button.click()
    until(lambda: not dialog.trial.is_trying)
    stage.take("account-form-tried", dialog)
    dialog.reject()
    page = stage.go(pages.SETTINGS)
    page.show_section("sending")
    stage.take("settings-sending")


def letter_by_account(stage: Stage) -> None:
    """The letter with the account chosen, the countdown, and the card of a letter that waits."""
    _office(stage)
    request = _draft(stage, "Contoso Marketing")
    window = stage.window
    window.navigator.finish_draft(request)
    pane = window.page.pane
    until(lambda: pane.loaded is not None and pane.loaded.view.request.id == request)
    pane.send.buttons[Way.SMTP].click()
    pane.findChild(QScrollArea).ensureWidgetVisible(pane.send, 0, 0)
    stage.take("letter-by-account")
    stage.ask(lambda: stage.desk.preferences.remember("smtp_confirmed", True))  # noqa: FBT003
    pane.reload()
    stage.calm()
    pane.footer.main.click()
    until(lambda: window.key == pages.REQUESTS and bool(window.toast_words))
    stage.calm()
    window.page._detail.tabs.setCurrentIndex(1)  # noqa: SLF001
    stage.take("letter-waiting")
    window.post.take_back()
    stage.calm()


def outbox(stage: Stage) -> None:
    """The outbox in every state, with the bar, and the network log."""
    _fill_outbox(stage)
    page = stage.go(pages.OUTBOX)
    stage.take("outbox")
    page.bar.show_words("")
    stage.window.post._pause(CertificateRefused("smtp.example.org", "other_host"))  # noqa: SLF001
    stage.take("outbox-paused")
    stage.window.post.go_on()
    settings = stage.go(pages.SETTINGS)
    settings.show_section("privacy")
    stage.take("network-log")


SENDING_SCENES: dict[str, Callable[[Stage], None]] = {
    "account-form": account_form,
    "letter-by-account": letter_by_account,
    "outbox": outbox,
}
