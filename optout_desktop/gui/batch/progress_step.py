# SPDX-License-Identifier: Apache-2.0
"""After the consent: what became of each letter, and Pause, Resume and Cancel.

Messages leave by the post office of the window, whether this is on screen or not; what is shown is read from the
vault after each change. Drafts are written by small jobs, one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate, QTimer
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.errors import OptOutError
from optout_desktop.domain.ids import BatchId, RequestId
from optout_desktop.domain.messages import BatchItem, BatchState, BatchWay, Delivery, OutgoingMessage
from optout_desktop.gui import dialogs, theme
from optout_desktop.gui.batch import batch_words
from optout_desktop.gui.batch.looking import (
    WRITTEN_AT_ONCE,
    Standing,
    confirm_some,
    open_message,
    standing,
    write_some,
)
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.fields import DateField
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.new_request.panes import scrolled
from optout_desktop.gui.paged_table import PagedModel, RowFace
from optout_desktop.gui.row_views import RowList
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tasks import CancelToken
from optout_desktop.gui.voice import announce
from optout_desktop.services.batches import BatchProgress, ItemResult

_LOOK_AGAIN_MS = 250
_LOWEST_ROWS_PX = 176
_GOING = frozenset({BatchState.RUNNING, BatchState.PAUSED})


class ProgressStep(QWidget):
    """One result a letter."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = surroundings
        self._batch: BatchId | None = None
        self._items: dict[str, ItemResult] = {}
        self._token: CancelToken | None = None
        self._is_asking = self._looks_again = False
        self.standing: Standing | None = None
        self.folder: Path | None = None
        self.state = label("", Look.TITLE, wraps=True)
        self.count = label("", Look.STRONG, wraps=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Letters that are through"))
        self.problem = label("", Look.ERROR, wraps=True)
        self.model = PagedModel(self._fetch, self._face, parent=self)
        self.rows = RowList(self.model, self.tr("Results, one a letter"), has_ticks=False)
        self.said = label("", Look.SECOND, wraps=True)
        self.pause = QPushButton(self.tr("&Pause"))
        self.resume = QPushButton(self.tr("R&esume"))
        self.stop = QPushButton(self.tr("&Cancel the rest"))
        self.write = QPushButton(self.tr("&Write the drafts…"))
        self.show_folder = QPushButton(self.tr("Open the &folder"))
        self.ask = QPushButton(self.tr("Did it arri&ve?"))
        self.again = QPushButton(self.tr("Send a&gain"))
        self.show_request = QPushButton(self.tr("Show the re&quest"))
        self.sent_on = DateField(self._today(), self._today())
        self.sent_on.setAccessibleName(self.tr("The day on which you sent them"))
        self.sent_one = QPushButton(self.tr("I sent this &one"))
        self.sent_all = QPushButton()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOOK_AGAIN_MS)
        self._timer.timeout.connect(self._look)
        self._build()
        self._connect()

    # ── what the page asks ───────────────────────────────────────────────────────────────────────────

    def show_batch(self, batch: BatchId) -> None:
        """Show how far a batch has come, and go on showing it."""
        if batch != self._batch:
            self.forget()
            self._batch = batch
            today = self._today()
            self.sent_on.setMaximumDate(QDate(today.year, today.month, today.day))
            self.sent_on.setDate(self.sent_on.maximumDate())
        self._look()

    def refresh(self) -> None:
        """Something has changed: look again soon."""
        if self._batch is not None and not self._timer.isActive():
            self._timer.start()

    def forget(self) -> None:
        """Know nothing more of what was shown; what is on its way goes on."""
        self.cancel_writing()
        self._batch = self.standing = self.folder = None
        self._items = {}
        self._is_asking = self._looks_again = False
        self._timer.stop()
        self.model.show_ids(())

    def begin_drafts(self) -> None:
        """Ask for a folder, and write the drafts into it."""
        folder = dialogs.choose_folder(self, self.tr("A folder for the drafts"), self.folder)
        if folder is not None:
            self.folder = folder
            self._token = CancelToken()
            self._write()

    @property
    def is_writing(self) -> bool:
        """Whether drafts are being written."""
        return self._token is not None

    def cancel_writing(self) -> None:
        """Write nothing more; what was written stays."""
        if self._token is not None:
            self._token.cancel()
            self._token = None

    # ── making ───────────────────────────────────────────────────────────────────────────────────────

    def _build(self) -> None:
        inner = QWidget()
        body = QVBoxLayout(inner)
        body.setContentsMargins(0, 0, 4, 0)
        body.setSpacing(8)
        for part in (self.state, self.count, self.bar, self.problem):
            body.addWidget(part)
        body.addWidget(_flowing(self.pause, self.resume, self.write, self.show_folder, self.stop))
        body.addWidget(self.rows, 1)
        body.addWidget(self.said)
        body.addWidget(_flowing(self.ask, self.again, self.sent_one, self.show_request))
        self._confirming = _flowing(
            label(self.tr("Did you send them?"), Look.STRONG), self.sent_on, self.sent_all
        )
        body.addWidget(self._confirming)
        self.rows.setMinimumHeight(theme.px(_LOWEST_ROWS_PX))
        self.problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(inner))

    def _connect(self) -> None:
        post = self._around.post
        if post is not None:
            post.changed.connect(self.refresh)
        self.rows.chosen.connect(lambda _row: self._say_one())
        self.rows.opened.connect(lambda row: self._around.navigator.show_request(RequestId(row)))
        self.pause.clicked.connect(self._pause)
        self.resume.clicked.connect(self._resume)
        self.stop.clicked.connect(self._cancel)
        self.write.clicked.connect(self.begin_drafts)
        self.show_folder.clicked.connect(self._open_folder)
        self.ask.clicked.connect(lambda: self._with_message(self._ask))
        self.again.clicked.connect(lambda: self._with_message(self._try_again))
        self.show_request.clicked.connect(self._show_request)
        self.sent_one.clicked.connect(self._confirm_one)
        self.sent_all.clicked.connect(self._confirm_all)

    # ── showing ──────────────────────────────────────────────────────────────────────────────────────

    def _look(self) -> None:
        batch, desk = self._batch, self._around.desk
        if batch is None:
            return
        if self._is_asking:
            self._looks_again = True
            return
        self._is_asking = True

        def then(found: Standing) -> None:
            self._is_asking = False
            if found.progress.batch.id == self._batch:
                self._show(found)
            if self._looks_again:
                self._looks_again = False
                self.refresh()

        def failed(error: OptOutError) -> None:
            self._is_asking = False
            self._around.errors.show(error, self)

        self._around.tasks.run(self, partial(standing, desk, batch), then, failed)

    def _show(self, found: Standing) -> None:
        before, self.standing = self.standing, found
        progress = found.progress
        self._items = {str(one.request): one for one in progress.items}
        if list(self._items) == list(self.model.ids):
            self.model.refresh_rows()
        else:
            self.model.show_ids(list(self._items))
        if self.rows.chosen_id() is None and self._items:
            self.rows.choose(next(iter(self._items)))
        words = batch_words.counts(progress)
        if words != self.count.text():
            self.count.setText(words)
            announce(self.rows, words)
        self.bar.setRange(0, max(len(progress.items), 1))
        self.bar.setValue(progress.done)
        state = self._state_words(found)
        if before is not None and state != self.state.text():
            announce(self.state, state)
        self.state.setText(state)
        self._say_problem()
        self._allow(found)
        self._say_one()

    def _state_words(self, found: Standing) -> str:
        progress = found.progress
        match progress.batch.state:
            case BatchState.RUNNING if progress.batch.way is BatchWay.EML:
                return self.tr("Choose a folder for the drafts")
            case BatchState.RUNNING:
                return self.tr("Being sent, {pace}").format(pace=batch_words.pace(progress.batch))
            case BatchState.PAUSED if progress.batch.way is BatchWay.EML:
                return self.tr("Being written") if self.is_writing else self.tr("Not all drafts are written")
            case BatchState.PAUSED:
                return self.tr("Paused: nothing leaves until you resume")
            case BatchState.CANCELLED:
                return batch_words.kept(progress)
            case BatchState.DONE if found.to_confirm:
                return self.tr("The drafts are written. Say it here when you have sent them.")
            case BatchState.DONE if progress.batch.way is BatchWay.EML:
                return self.tr("You have sent every draft")
            case _:
                return self.tr("Every letter is through")

    def _say_problem(self) -> None:
        post = self._around.post
        error = post.problem if post is not None else None
        is_going = self.standing is not None and self.standing.progress.batch.state in _GOING
        if error is not None and is_going:
            words = self.tr("{problem} What is left waits; Resume tries it again.")
            self.problem.setText(words.format(problem=words_for(error).text))
            self.problem.show()
        elif not self.problem.property("writing"):
            self.problem.hide()

    def _allow(self, found: Standing) -> None:
        batch = found.progress.batch
        is_smtp, is_going = batch.way is BatchWay.SMTP, batch.state in _GOING
        has_problem = self._around.post is not None and self._around.post.problem is not None
        self.pause.setVisible(is_smtp and batch.state is BatchState.RUNNING and not has_problem)
        is_waiting = batch.state is BatchState.PAUSED or (batch.state is BatchState.RUNNING and has_problem)
        self.resume.setVisible(is_smtp and is_waiting)
        self.write.setVisible(not is_smtp and is_going and not self.is_writing)
        self.show_folder.setVisible(not is_smtp and self.folder is not None and not self.is_writing)
        self.stop.setVisible(is_going)
        left = len(found.to_confirm)
        self._confirming.setVisible(left > 0 and not self.is_writing)
        words = self.tr("&I sent it") if left == 1 else self.tr("&I sent all {count}")
        self.sent_all.setText(words.format(count=batch_words.number(left)))

    def _say_one(self) -> None:
        item = self._items.get(self.rows.chosen_id() or "")
        is_eml = self.standing is not None and self.standing.progress.batch.way is BatchWay.EML
        words = "" if item is None or is_eml else batch_words.said(item)
        if item is not None and words:
            name = shown(item.company_name)
            words = self.tr("{company}: {words}").format(company=name, words=words)
        self.said.setText(words)
        self.said.setVisible(bool(words))
        has_post = self._around.post is not None
        self.ask.setVisible(has_post and item is not None and item.delivery is Delivery.UNCERTAIN)
        self.again.setVisible(has_post and item is not None and item.delivery is Delivery.REFUSED)
        self.show_request.setVisible(item is not None)
        to_confirm = self.standing.to_confirm if self.standing is not None else ()
        is_open = item is not None and any(one.request == item.request for one in to_confirm)
        self.sent_one.setVisible(is_open and len(to_confirm) > 1)

    def _fetch(self, ids: Sequence[str], then: Callable[[Sequence[ItemResult | None]], None]) -> None:
        then([self._items.get(one) for one in ids])

    def _face(self, item: ItemResult) -> RowFace:
        found = self.standing
        way = found.progress.batch.way if found is not None else BatchWay.SMTP
        result, token = batch_words.result(item, way), batch_words.result_token(item, way)
        if found is not None and item.request in found.sent:
            result = self.tr("You sent it")
        said = batch_words.said(item) if way is BatchWay.SMTP else ""
        second = self.tr("{reference} · {words}").format(reference=item.reference, words=said)
        name = shown(item.company_name)
        spoken = self.tr("{name}, {result}, {second}").format(
            name=name, result=result, second=second if said else item.reference
        )
        return RowFace(
            title=name,
            second=second if said else item.reference,
            trailing=result,
            status=token,
            spoken=spoken,
        )

    # ── going on ─────────────────────────────────────────────────────────────────────────────────────

    def _pause(self) -> None:
        self._change(self._around.desk.mailroom.batches.pause)

    def _resume(self) -> None:
        batches = self._around.desk.mailroom.batches
        is_paused = self.standing is not None and self.standing.progress.batch.state is BatchState.PAUSED
        if is_paused:
            self._change(batches.resume, wakes=True)
        else:
            self._wake()

    def _change(self, act: Callable[[BatchId], object], *, wakes: bool = False) -> None:
        batch = self._batch
        if batch is None:
            return

        def then(_none: object) -> None:
            if wakes:
                self._wake()
            self._look()

        self._around.tasks.run(self, partial(act, batch), then, self._look_again_after)

    def _look_again_after(self, error: OptOutError) -> None:
        self._around.errors.show(error, self)
        self._look()

    def _wake(self) -> None:
        if self._around.post is not None:
            self._around.post.go_on()
        self._look()

    def _cancel(self) -> None:
        batch, desk = self._batch, self._around.desk
        if batch is None:
            return
        self.cancel_writing()

        def then(progress: BatchProgress) -> None:
            words = batch_words.kept(progress)
            self._around.say(words)
            self._look()

        run = self._around.tasks.run
        run(self, lambda: desk.mailroom.batches.cancel(batch), then, self._look_again_after)

    # ── drafts ───────────────────────────────────────────────────────────────────────────────────────

    def _write(self) -> None:
        batch, folder, token, desk = self._batch, self.folder, self._token, self._around.desk
        if batch is None or folder is None or token is None:
            return
        self.problem.setProperty("writing", False)
        self._allow_now()

        def wrote(progress: BatchProgress) -> None:
            if self._token is not token:
                return
            if progress.batch.state is BatchState.PAUSED and not token.is_cancelled:
                self._look()
                self._write()
                return
            self._token = None
            self._look()
            if progress.batch.state is BatchState.DONE:
                words = self.tr("{count} drafts are in the folder. They are made, not sent.")
                self._around.say(words.format(count=batch_words.number(progress.done)))

        def failed(error: OptOutError) -> None:
            self._token = None
            self.problem.setText(words_for(error).text)
            self.problem.setProperty("writing", True)
            self.problem.show()
            announce(self.problem, self.problem.text(), is_urgent=True)
            self._look()

        run = self._around.tasks.run
        run(self, lambda: write_some(desk, batch, folder, lambda: token.is_cancelled), wrote, failed)

    def _allow_now(self) -> None:
        if self.standing is not None:
            self._allow(self.standing)

    def _open_folder(self) -> None:
        if self.folder is not None:
            self._around.opener.open(self.folder)

    def _confirm_one(self) -> None:
        item = self._items.get(self.rows.chosen_id() or "")
        if item is not None:
            self._confirm((BatchItem(request=item.request, kind=item.kind),))

    def _confirm_all(self) -> None:
        items = self.standing.to_confirm if self.standing is not None else ()
        if not items:
            return
        count = batch_words.letters(len(items))
        is_sure = dialogs.confirm(
            self,
            self.tr("Did you send {letters} in your mail program?").format(letters=count),
            self.tr("Each is recorded as sent on the day that stands here. Say it only of those that left."),
            self.tr("I &sent them"),
        )
        if is_sure:
            self._confirm(items)

    def _confirm(self, items: Sequence[BatchItem]) -> None:
        desk, on, now, rest = (
            self._around.desk,
            self.sent_on.day(),
            items[:WRITTEN_AT_ONCE],
            items[WRITTEN_AT_ONCE:],
        )

        def then(_none: None) -> None:
            if rest:
                self._confirm(rest)
            self._look()

        self._around.tasks.run(self, lambda: confirm_some(desk, now, on), then, self._look_again_after)

    # ── one letter ───────────────────────────────────────────────────────────────────────────────────

    def _show_request(self) -> None:
        chosen = self.rows.chosen_id()
        if chosen is not None:
            self._around.navigator.show_request(RequestId(chosen))

    def _with_message(self, act: Callable[[OutgoingMessage], None]) -> None:
        item, desk = self._items.get(self.rows.chosen_id() or ""), self._around.desk
        if item is None:
            return

        def then(found: OutgoingMessage | None) -> None:
            if found is not None:
                act(found)
            self.refresh()

        self._around.tasks.run(self, lambda: open_message(desk, item.request, item.kind), then)

    def _ask(self, message: OutgoingMessage) -> None:
        if self._around.post is not None:
            self._around.post.ask(message)

    def _try_again(self, message: OutgoingMessage) -> None:
        if self._around.post is not None:
            self._around.post.try_again(self, message.id)

    def _today(self) -> date:
        return self._around.desk.clock.today()


def _flowing(*widgets: QWidget) -> QWidget:
    host = QWidget()
    flow = FlowLayout(host)
    for widget in widgets:
        flow.addWidget(widget)
    return host
