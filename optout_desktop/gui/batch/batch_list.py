# SPDX-License-Identifier: Apache-2.0
"""The batches that there are, the newest first, and how far each has come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from optout_desktop.domain.ids import BatchId
from optout_desktop.domain.messages import BatchState
from optout_desktop.gui.batch import batch_words
from optout_desktop.gui.batch.looking import Batches, kept_batches
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.paged_table import PagedModel, RowFace
from optout_desktop.gui.row_views import RowList
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tiles import EmptyState
from optout_desktop.services.batches import BatchProgress


class BatchList(QWidget):
    """Choose a batch to go on with, or begin one."""

    opened = Signal(object)
    """A ``BatchId``."""
    new_wanted = Signal()

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = surroundings
        self._batches: dict[str, BatchProgress] = {}
        self.model = PagedModel(self._fetch, _face, parent=self)
        self.rows = RowList(self.model, self.tr("Batches"), has_ticks=False)
        self.open = QPushButton(self.tr("&Open"))
        self.new = QPushButton(self.tr("Ask several companies at &once…"))
        self.new.setProperty("kind", "accent")
        self.empty = EmptyState(
            self.tr("No batches yet"),
            self.tr(
                "Ask many companies the same in one go: choose them, look at every letter, consent once."
            ),
            [(self.tr("Ask several companies at &once…"), self.new_wanted.emit)],
            icon="people",
        )
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.open)
        flow.addWidget(self.new)
        full = QWidget()
        body = QVBoxLayout(full)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(self.rows, 1)
        body.addWidget(buttons)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(full)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)
        self.rows.opened.connect(lambda row: self.opened.emit(BatchId(row)))
        self.open.clicked.connect(self._open)
        self.new.clicked.connect(self.new_wanted)

    def refresh(self) -> None:
        """Ask for them again."""
        self._around.tasks.run(self, partial(kept_batches, self._around.desk), self._show)

    def _show(self, found: Batches) -> None:
        self._batches = {str(one.batch.id): one for one in found.batches}
        ids = list(self._batches)
        if ids == list(self.model.ids):
            self.model.refresh_rows()
        else:
            self.model.show_ids(ids)
        self.stack.setCurrentIndex(1 if ids else 0)
        if ids and self.rows.chosen_id() is None:
            self.rows.choose(ids[0])

    def _open(self) -> None:
        chosen = self.rows.chosen_id()
        if chosen is not None:
            self.opened.emit(BatchId(chosen))

    def _fetch(self, ids: Sequence[str], then: Callable[[Sequence[BatchProgress | None]], None]) -> None:
        then([self._batches.get(one) for one in ids])


def _face(progress: BatchProgress) -> RowFace:
    batch = progress.batch
    state = batch_words.batch_state(batch.state)
    name = batch_words.batch_name(batch)
    far = (
        batch_words.tr("look at every letter, then consent")
        if batch.state is BatchState.REVIEW
        else batch_words.counts(progress)
    )
    second = batch_words.tr("{companies} · {far}").format(companies=batch_words.companies(progress), far=far)
    spoken = batch_words.tr("{name}, {state}, {second}").format(name=name, state=state, second=second)
    return RowFace(
        title=name,
        second=second,
        trailing=state,
        status=batch_words.batch_token(batch.state),
        spoken=spoken,
    )
