# SPDX-License-Identifier: Apache-2.0
"""A batch on its way: how far it has come, and Pause, Go on and Cancel."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from optout_desktop.domain.messages import BatchState, Delivery
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.tiles import Card
from optout_desktop.gui.wording import instant
from optout_desktop.services.batches import BatchProgress


class BatchCard(Card):
    """One batch."""

    pause_wanted = Signal()
    resume_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, progress: BatchProgress, parent: QWidget | None = None) -> None:
        batch = progress.batch
        super().__init__("", parent)
        title = self.tr("Batch of {count} letters, {time}").format(
            count=len(batch.items), time=instant(batch.consented_at or batch.created_at)
        )
        self.setAccessibleName(title)
        self.body.addWidget(label(title, Look.STRONG, wraps=True))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.words = label("", Look.SECOND, wraps=True)
        self.pause = QPushButton(self.tr("Pause"))
        self.resume = QPushButton(self.tr("Go on"))
        self.cancel = QPushButton(self.tr("Cancel the rest…"))
        for button, wanted in (
            (self.pause, self.pause_wanted),
            (self.resume, self.resume_wanted),
            (self.cancel, self.cancel_wanted),
        ):
            button.clicked.connect(wanted)
            button.setAccessibleName(
                self.tr("{action}: {batch}").format(action=button.text().rstrip("…"), batch=title)
            )
        self.bar.setAccessibleName(title)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.pause, self.resume, self.cancel):
            flow.addWidget(button)
        for widget in (self.bar, self.words, buttons):
            self.body.addWidget(widget)
        self.show_progress(progress)

    def show_progress(self, progress: BatchProgress) -> None:
        """Show how far it has come."""
        state, total = progress.batch.state, len(progress.items)
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(progress.done)
        self.words.setText(self._told(progress))
        self.bar.setAccessibleDescription(self.words.text())
        self.pause.setVisible(state is BatchState.RUNNING)
        self.resume.setVisible(state is BatchState.PAUSED)
        self.cancel.setVisible(state in {BatchState.RUNNING, BatchState.PAUSED})

    def _told(self, progress: BatchProgress) -> str:
        counts, batch = progress.counts, progress.batch
        parts = [
            self.tr("{done} of {total} are through").format(done=progress.done, total=len(progress.items)),
        ]
        for delivery, words in (
            (Delivery.REFUSED, self.tr("{count} refused")),
            (Delivery.UNCERTAIN, self.tr("{count} wait for your word")),
            (Delivery.CANCELLED, self.tr("{count} cancelled")),
        ):
            if counts.get(delivery):
                parts.append(words.format(count=counts[delivery]))
        if batch.state is BatchState.PAUSED:
            parts.append(self.tr("paused"))
        elif batch.state is BatchState.RUNNING and batch.delay_seconds:
            parts.append(self.tr("one each {seconds} s").format(seconds=batch.delay_seconds))
        return " · ".join(parts)
