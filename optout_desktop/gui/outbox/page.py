# SPDX-License-Identifier: Apache-2.0
"""The outbox: batches on top, every message below, and what can be done with the one that is chosen.

It asks anew whenever the vault has changed. Sending itself is the post office's; here one cancels, tries again, and
says what became of a message of which nobody knows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from optout_desktop.domain.ids import BatchId
from optout_desktop.domain.messages import BatchState, BatchWay, Delivery
from optout_desktop.gui import dialogs, post_words
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import IconLabel, Look, label, shown
from optout_desktop.gui.outbox.batch_card import BatchCard
from optout_desktop.gui.outbox.table import OutboxTable
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tiles import Card, EmptyState, PageFrame
from optout_desktop.services.batches import BatchProgress
from optout_desktop.services.desk import Desk
from optout_desktop.services.outbox import OutboxLine

_MOST_BATCHES = 3
_ON_THE_WAY = frozenset({BatchState.RUNNING, BatchState.PAUSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    lines: tuple[OutboxLine, ...]
    batches: tuple[BatchProgress, ...]
    paused: frozenset[BatchId]


class OutboxPage(QWidget):
    """What waits to be sent, and what became of the rest."""

    help_screen = "outbox"

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = surroundings
        self.bar = ProblemBar()
        self.bar.go_on.clicked.connect(self._go_on)
        self.bar.settings.clicked.connect(lambda: surroundings.navigator.settings_wanted.emit("sending"))
        self.cards: dict[BatchId, BatchCard] = {}
        self._batches = QVBoxLayout()
        self._batches.setSpacing(8)
        self.table = OutboxTable()
        self.detail = MessageCard()
        self.empty = EmptyState(
            self.tr("Nothing in the outbox"),
            self.tr(
                "A letter that you send by your mail account waits here for ten seconds, and stays on record."
            ),
            [(self.tr("&New request"), surroundings.navigator.start_request)],
            icon="plane",
        )
        full = QWidget()
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(self._batches)
        column.addWidget(self.table, 1)
        column.addWidget(self.detail)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(full)
        content = QWidget()
        body = QVBoxLayout(content)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(12)
        body.addWidget(self.bar)
        body.addWidget(self.stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(PageFrame(self.tr("Outbox"), content))
        self.setFocusProxy(self.table)
        self._connect()

    def refresh(self) -> None:
        """Ask what is in the outbox."""
        desk = self._around.desk
        self._around.tasks.run(self, lambda: _look(desk), self._show)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _connect(self) -> None:
        self.table.chosen.connect(self._choose)
        self.table.open_wanted.connect(self._open)
        self.table.cancel_wanted.connect(self.detail.cancel.click)
        detail = self.detail
        for button, act in (
            (detail.cancel, self._cancel),
            (detail.again, self._try_again),
            (detail.sent, lambda: self._say(is_sent=True)),
            (detail.not_sent, lambda: self._say(is_sent=False)),
            (detail.open, self._open),
        ):
            button.clicked.connect(act)
        if (post := self._around.post) is not None:
            post.changed.connect(self._show_problem)

    def _show(self, found: _Found) -> None:
        self._show_problem()
        self.stack.setCurrentIndex(1 if found.lines else 0)
        self._show_batches(found.batches)
        self.table.show_lines(found.lines, found.paused)
        self._choose(self.table.line)

    def _show_problem(self) -> None:
        post = self._around.post
        problem = post.problem if post is not None else None
        self.bar.show_words("" if problem is None else words_for(problem).text)

    def _show_batches(self, batches: tuple[BatchProgress, ...]) -> None:
        wanted = {one.batch.id: one for one in batches}
        for key in [one for one in self.cards if one not in wanted]:
            gone = self.cards.pop(key)
            self._batches.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for key, progress in wanted.items():
            if (card := self.cards.get(key)) is not None:
                card.show_progress(progress)
                continue
            card = self.cards[key] = BatchCard(progress)
            card.pause_wanted.connect(lambda key=key: self._pause(key))
            card.resume_wanted.connect(lambda key=key: self._resume(key))
            card.cancel_wanted.connect(lambda key=key: self._cancel_batch(key))
            self._batches.addWidget(card)

    def _choose(self, line: OutboxLine | None) -> None:
        state = self.table.lines.state_of(line) if line is not None else ""
        self.detail.show_line(line, state)

    def _do(self, job: Callable[[], object]) -> None:
        self._around.tasks.run(self, job, lambda _nothing: None)

    def _pause(self, batch: BatchId) -> None:
        service = self._around.desk.mailroom.batches
        self._do(lambda: service.pause(batch))

    def _resume(self, batch: BatchId) -> None:
        service = self._around.desk.mailroom.batches
        self._around.tasks.run(self, lambda: service.resume(batch), lambda _nothing: self._go_on())

    def _cancel_batch(self, batch: BatchId) -> None:
        is_sure = dialogs.confirm(
            self,
            self.tr("Cancel the rest of this batch?"),
            self.tr("What waits is not sent; its letters stay drafts. What was sent stays sent."),
            self.tr("&Cancel the rest"),
            is_destructive=True,
        )
        if is_sure:
            service = self._around.desk.mailroom.batches
            self._do(lambda: service.cancel(batch))

    def _go_on(self) -> None:
        if (post := self._around.post) is not None:
            post.go_on()

    def _cancel(self) -> None:
        post, line = self._around.post, self.table.line
        if post is not None and line is not None:
            post.take_back(line.message.id)

    def _try_again(self) -> None:
        post, line = self._around.post, self.table.line
        if post is not None and line is not None:
            post.try_again(self, line.message.id)

    def _say(self, *, is_sent: bool) -> None:
        post, line = self._around.post, self.table.line
        if post is not None and line is not None:
            post.say(line.message.id, is_sent=is_sent)

    def _open(self) -> None:
        if (line := self.table.line) is not None:
            self._around.navigator.show_request(line.message.request)


class ProblemBar(QFrame):
    """Why nothing is sent at the moment, and the two ways on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "notice")
        self.words = label("", wraps=True)
        self.settings = QPushButton(self.tr("Settings › &Sending…"))
        self.go_on = QPushButton(self.tr("&Go on sending"))
        self.go_on.setProperty("kind", "accent")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(IconLabel("warning", 20, "danger"))
        row.addWidget(self.words, 1)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.go_on)
        flow.addWidget(self.settings)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 12, 8)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(buttons)
        self.hide()

    def show_words(self, words: str) -> None:
        """Say it; nothing to say hides the bar."""
        self.words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))


class MessageCard(Card):
    """The chosen message: what the server said last, and what can be done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("The chosen message"))
        self.title = label("", Look.STRONG, wraps=True)
        self.words = label("", Look.SECOND, wraps=True)
        self.cancel = QPushButton(self.tr("Cancel sen&ding"))
        self.again = QPushButton(self.tr("Try &again"))
        self.sent = QPushButton(self.tr("It &was sent"))
        self.not_sent = QPushButton(self.tr("It was no&t sent"))
        self.open = QPushButton(self.tr("Open the re&quest"))
        self._buttons = QWidget()
        flow = FlowLayout(self._buttons)
        for button in (self.sent, self.not_sent, self.cancel, self.again, self.open):
            flow.addWidget(button)
        for widget in (self.title, self.words, self._buttons):
            self.body.addWidget(widget)
        self.hide()

    def show_line(self, line: OutboxLine | None, state: str) -> None:
        """Show a message; None hides the card."""
        self.setVisible(line is not None)
        if line is None:
            return
        message, delivery = line.message, line.message.delivery
        self.title.setText(
            self.tr("{company} · {reference} · {state}").format(
                company=shown(line.company_name), reference=line.reference, state=state
            )
        )
        words = post_words.last_words(message)
        if delivery is Delivery.UNCERTAIN:
            words = self.tr(
                "The connection broke after the message was handed over. It may or may not have arrived. Look into the "
                "Sent folder of {sender}. It is not sent again by itself."
            ).format(sender=shown(message.sender))
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.cancel.setVisible(delivery is Delivery.WAITING)
        self.again.setVisible(delivery in {Delivery.REFUSED, Delivery.CANCELLED})
        for button in (self.sent, self.not_sent):
            button.setVisible(delivery is Delivery.UNCERTAIN)


def _look(desk: Desk) -> _Found:
    """On the vault's thread."""
    mailroom = desk.mailroom
    going = [one for one in mailroom.batches.list() if one.state in _ON_THE_WAY and one.way is BatchWay.SMTP]
    return _Found(
        # what needs the person's word stands on top
        lines=tuple(
            sorted(mailroom.outbox.list(), key=lambda one: one.message.delivery is not Delivery.UNCERTAIN)
        ),
        batches=tuple(mailroom.batches.progress(one.id) for one in going[:_MOST_BATCHES]),
        paused=frozenset(one.id for one in going if one.state is BatchState.PAUSED),
    )
