# SPDX-License-Identifier: Apache-2.0
"""Step 2, Review: every letter of a batch with what keeps it from leaving, and how the others leave.

The vault is asked again after each change; nothing leaves from here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.errors import OptOutError
from optout_desktop.domain.ids import BatchId, MailAccountId, RequestId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.messages import BatchWay
from optout_desktop.gui import theme
from optout_desktop.gui.batch import batch_words
from optout_desktop.gui.batch.letter_card import LetterCard
from optout_desktop.gui.batch.looking import (
    LetterLook,
    Opened,
    ReviewLine,
    going_another_way,
    lines,
    looked_at,
    opened,
)
from optout_desktop.gui.batch.pace_card import PaceCard
from optout_desktop.gui.busy import BusyMark
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label, shown, visible_controls
from optout_desktop.gui.new_request.panes import TwoColumns, scrolled
from optout_desktop.gui.paged_table import GroupHeader, PagedModel, RowFace
from optout_desktop.gui.row_views import RowList
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.voice import announce
from optout_desktop.services.batch_review import ItemReview
from optout_desktop.services.outbox import UNDO_SECONDS

_SIDE_BY_SIDE_FROM_PX = 760
_LOWEST_ROWS_PX = 176


class ReviewStep(QWidget):
    """What is ready, and what is not."""

    changed = Signal()
    """Another number of letters is ready, or all of it is being looked at again."""
    letter_wanted = Signal(object, object)
    """A ``RequestId`` and a ``LetterKind``: open it where it can be changed."""
    emptied = Signal()
    """Nothing is left in the batch."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = surroundings
        self._items: dict[str, ItemReview] = {}
        self._passed: frozenset[RequestId] = frozenset()
        self._generation = 0
        self._is_asking = self._is_refreshing = False
        self.opened: Opened | None = None
        self.count = label("", Look.STRONG, wraps=True)
        self.busy = BusyMark()
        self.model = PagedModel(self._fetch, _face, loading_words=self.tr("Loading…"), parent=self)
        self.rows = RowList(self.model, self.tr("Letters of this batch, Space ticks"))
        self.out = QPushButton()
        self.out_troubled = QPushButton(self.tr("Take out all that need attention"))
        self.card = LetterCard()
        self.pace = PaceCard()
        self._build()
        self._connect()

    # ── what the page asks ───────────────────────────────────────────────────────────────────────────

    def show_batch(self, found: Opened, passed: frozenset[RequestId] | None = None) -> None:
        """Show a review; what was passed over before is forgotten where it is another batch."""
        before = self.opened
        if passed is not None:
            self._passed = passed
        is_other = before is None or before.batch.id != found.batch.id
        self.opened = found
        chosen = self.rows.chosen_id()
        troubled = [one for one in found.review.items if not one.is_ready]
        ready = list(found.review.ready)
        self._items = {str(one.request): one for one in (*troubled, *ready)}
        headers = []
        if troubled:
            words = self.tr("NEED ATTENTION ({count})").format(count=batch_words.number(len(troubled)))
            headers.append(GroupHeader(words=words, first_row=0))
        if ready:
            words = self.tr("READY ({count})").format(count=batch_words.number(len(ready)))
            headers.append(GroupHeader(words=words, first_row=len(troubled)))
        self.model.show_ids(list(self._items), headers)
        words = batch_words.ready_count(len(ready), len(troubled))
        if words != self.count.text():
            self.count.setText(words)
            announce(self.rows, words)
        self.pace.show_batch(found.batch, found.accounts)
        self._say_last()
        self.out_troubled.setVisible(bool(troubled) and bool(ready))
        self._say_ticks()
        if is_other or chosen not in self._items:
            chosen = next(iter(self._items), None)
        if chosen is not None:
            self.rows.choose(chosen)
        self._look_at(chosen)
        self.changed.emit()

    def refresh(self) -> None:
        """Look at every letter again: something may have changed elsewhere."""
        if self.opened is None or self._is_asking or self._is_refreshing:
            return
        self._is_refreshing = True
        generation, desk, batch = self._generation, self._around.desk, self.opened.batch.id

        def then(found: Opened) -> None:
            self._is_refreshing = False
            if generation == self._generation:
                self.show_batch(found)

        def failed(error: OptOutError) -> None:
            self._is_refreshing = False
            if generation == self._generation:
                self._around.errors.show(error, self)

        self._around.tasks.run(self, partial(opened, desk, batch, self._passed), then, failed)

    def forget(self) -> None:
        """Know nothing more of what was shown."""
        self._generation += 1
        self._is_asking = False
        self.opened, self._items, self._passed = None, {}, frozenset()
        self.busy.end()
        self.model.show_ids(())
        self.card.show_letter(None)
        self.count.setText("")

    @property
    def passed(self) -> frozenset[RequestId]:
        """Letters that are to be sent all the same."""
        return self._passed

    @property
    def is_settled(self) -> bool:
        """Whether what is shown is what the vault says."""
        return self.opened is not None and not self._is_asking and not self.pace.is_waiting

    # ── making ───────────────────────────────────────────────────────────────────────────────────────

    def _build(self) -> None:
        left = QWidget()
        body = QVBoxLayout(left)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        body.addWidget(self.count)
        body.addWidget(self.busy)
        body.addWidget(self.rows, 1)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.out)
        flow.addWidget(self.out_troubled)
        body.addWidget(buttons)
        self.rows.setMinimumHeight(theme.px(_LOWEST_ROWS_PX))
        inner = QWidget()
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(0, 0, 4, 0)
        whole.setSpacing(10)
        whole.addWidget(TwoColumns(left, self.card, _SIDE_BY_SIDE_FROM_PX, (1, 1)), 1)
        whole.addWidget(self.pace)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(inner))

    def _connect(self) -> None:
        self.rows.chosen.connect(self._look_at)
        self.model.ticks_changed.connect(self._say_ticks)
        self.out.clicked.connect(self._take_ticked_out)
        self.out_troubled.clicked.connect(self._take_troubled_out)
        self.card.address_wanted.connect(self._change_address)
        self.card.out_wanted.connect(lambda: self._take_out(self._highlighted()))
        self.card.letter_wanted.connect(self._open_letter)
        self.card.pass_wanted.connect(self._pass)
        self.pace.way_wanted.connect(self._go_another_way)
        self.pace.pace_wanted.connect(self._set_pace)
        self.pace.account_wanted.connect(lambda: self._around.navigator.settings_wanted.emit("sending"))

    # ── showing ──────────────────────────────────────────────────────────────────────────────────────

    def _fetch(self, ids: Sequence[str], then: Callable[[Sequence[ReviewLine | None]], None]) -> None:
        desk, items = self._around.desk, [self._items[one] for one in ids if one in self._items]
        self._around.tasks.run(self, lambda: lines(desk, items), then)

    def _look_at(self, chosen: str | None) -> None:
        item = self._items.get(chosen or "")
        if item is None or self.opened is None:
            self.card.show_letter(None)
            return
        desk, batch = self._around.desk, self.opened.batch
        sender = next((one.address for one in self.opened.accounts if one.id == batch.account), "")

        def show(look: LetterLook) -> None:
            if self.rows.chosen_id() == str(look.item.request):
                self.card.show_letter(look)

        self._around.tasks.run(self, lambda: looked_at(desk, item, sender), show)

    def _highlighted(self) -> tuple[RequestId, ...]:
        chosen = self.rows.chosen_id()
        return (RequestId(chosen),) if chosen is not None else ()

    def _say_ticks(self) -> None:
        count = self.model.ticked_count
        words = self.tr("Take &out 1 ticked") if count == 1 else self.tr("Take &out {count} ticked")
        self.out.setText(words.format(count=batch_words.number(count)))
        self.out.setVisible(count > 0)

    def _say_last(self) -> None:
        if self.opened is None:
            return
        batch, ready = self.opened.batch, len(self.opened.review.ready)
        words = ""
        if batch.way is BatchWay.SMTP and ready:
            words = batch_words.last_leaves(ready, batch, self._around.desk.clock.now(), UNDO_SECONDS)
        elif batch.way is BatchWay.EML:
            words = self.tr("You send each draft in your mail program, then say here that you did.")
        self.pace.last.setText(words)

    # ── changing ─────────────────────────────────────────────────────────────────────────────────────

    def _do(
        self,
        job: Callable[[], Opened],
        failed: Callable[[OptOutError], None] | None = None,
    ) -> None:
        """Change the batch and look at it again, on the vault's thread."""
        self._is_asking = True
        self._generation += 1
        generation = self._generation
        self.busy.begin(self.tr("Looking at every letter…"))
        self.changed.emit()

        def rest() -> bool:
            if generation != self._generation:
                return False
            self._is_asking = False
            self.busy.end()
            return True

        def then(found: Opened) -> None:
            if rest():
                self.show_batch(found)

        def broke(error: OptOutError) -> None:
            if rest():
                self.changed.emit()
                (failed or (lambda one: self._around.errors.show(one, self)))(error)

        self._around.tasks.run(self, job, then, broke)

    def _change_address(self, typed: str) -> None:
        found, chosen, desk, passed = self.opened, self._highlighted(), self._around.desk, self._passed
        if found is None or not chosen:
            return
        batch = found.batch.id

        def job() -> Opened:
            desk.mailroom.batches.change_address(batch, chosen[0], typed)
            return opened(desk, batch, passed)

        self._do(job, self.card.show_problem)

    def _take_ticked_out(self) -> None:
        self._take_out(tuple(RequestId(one) for one in self.model.ticked))

    def _take_troubled_out(self) -> None:
        if self.opened is not None:
            self._take_out(tuple(one.request for one in self.opened.review.items if not one.is_ready))

    def _take_out(self, requests: tuple[RequestId, ...]) -> None:
        found, desk, passed = self.opened, self._around.desk, self._passed
        if found is None or not requests:
            return
        batch: BatchId = found.batch.id
        if len(requests) >= len(found.batch.items):
            self._empty(batch)
            return

        def job() -> Opened:
            desk.mailroom.batches.take_out(batch, requests)
            return opened(desk, batch, passed)

        count = len(requests)
        words = (
            self.tr("Taken out of the batch. Its draft stays.")
            if count == 1
            else self.tr("{count} letters were taken out of the batch. Their drafts stay.")
        )
        self._around.say(words.format(count=batch_words.number(count)))
        self._do(job)

    def _empty(self, batch: BatchId) -> None:
        desk = self._around.desk
        self._around.tasks.run(
            self, lambda: desk.mailroom.batches.cancel(batch), lambda _none: self._emptied()
        )

    def _emptied(self) -> None:
        self.forget()
        self._around.say(self.tr("Nothing is left in this batch. The drafts stay among your requests."))
        self.emptied.emit()

    def _pass(self, is_wanted: bool) -> None:  # noqa: FBT001 - a slot
        chosen = frozenset(self._highlighted())
        self._passed = self._passed | chosen if is_wanted else self._passed - chosen
        if self.opened is not None:
            self._do(partial(opened, self._around.desk, self.opened.batch.id, self._passed))

    def _open_letter(self) -> None:
        item = self._items.get(self.rows.chosen_id() or "")
        if item is not None:
            self.letter_wanted.emit(item.request, LetterKind(item.kind))

    def _go_another_way(self, way: BatchWay, account: MailAccountId | None) -> None:
        if self.opened is None or (way, account) == (self.opened.batch.way, self.opened.batch.account):
            return
        desk, batch, passed = self._around.desk, self.opened.batch, self._passed

        def job() -> Opened:
            anew = going_another_way(desk, batch, way, account)
            return opened(desk, anew.batch.id, passed)

        self._do(job)

    def _set_pace(self, delay_seconds: int, daily_cap: int) -> None:
        if self.opened is None:
            return
        batch, desk, passed = self.opened.batch, self._around.desk, self._passed
        if (batch.delay_seconds, batch.daily_cap) == (delay_seconds, daily_cap):
            self.changed.emit()
            return

        def job() -> Opened:
            desk.mailroom.batches.set_pace(batch.id, delay_seconds, daily_cap)
            return opened(desk, batch.id, passed)

        self._do(job)


def _face(line: ReviewLine) -> RowFace:
    item = line.item
    to = visible_controls(item.recipient) or batch_words.tr("no address")
    basis = batch_words.basis(line.law, line.answer_by_on)
    words = batch_words.tr("{why} · {to}") if item.troubles else batch_words.tr("{to} · {basis}")
    second = words.format(why=batch_words.why(item), to=to, basis=basis)
    state, name = batch_words.state(item), shown(item.company_name)
    spoken = batch_words.tr("{name}, {state}, {second}").format(name=name, state=state, second=second)
    return RowFace(
        title=name, second=second, trailing=state, status=batch_words.state_token(item), spoken=spoken
    )
