# SPDX-License-Identifier: Apache-2.0
"""The batch window: Companies, Review, Consent, and what came of it; before them the batches that there are.

A wish comes from the wizard, or requests from their list. Leaving keeps a batch as it is: in review until somebody
consents, and on its way afterwards, whether this page is on screen or not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from optout_desktop.domain.errors import OptOutError
from optout_desktop.domain.ids import BatchId, RequestId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.messages import Batch, BatchState, BatchWay
from optout_desktop.gui import wording
from optout_desktop.gui.batch import batch_words
from optout_desktop.gui.batch.batch_list import BatchList
from optout_desktop.gui.batch.companies_step import CompaniesStep
from optout_desktop.gui.batch.consent_dialog import ConsentDialog
from optout_desktop.gui.batch.looking import Opened, begun, gathered, opened
from optout_desktop.gui.batch.progress_step import ProgressStep
from optout_desktop.gui.batch.review_step import ReviewStep
from optout_desktop.gui.busy import BusyMark
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.new_request.trail import Trail
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.voice import announce
from optout_desktop.services.batches import MOST_ITEMS, BatchProgress, BatchWish
from optout_desktop.services.outbox import UNDO_SECONDS

COMPANIES, REVIEW, SENDING = range(3)
T = TypeVar("T")


class BatchPage(QWidget):
    """One right to many companies."""

    help_screen = "batches"

    def __init__(
        self, surroundings: Surroundings, parent: QWidget | None = None, wait_seconds: int = UNDO_SECONDS
    ) -> None:
        super().__init__(parent)
        self._around = surroundings
        self._wait_seconds = wait_seconds
        self._wish: BatchWish | None = None
        self._batch: Batch | None = None
        self._is_busy = False
        self.consent: ConsentDialog | None = None
        self.title = label(self.tr("Ask several companies"), Look.PAGE)
        self.trail = Trail((self.tr("Companies"), self.tr("Review"), self.tr("Send")))
        self.about = label("", Look.SECOND, wraps=True)
        self.list = BatchList(surroundings)
        self.companies = CompaniesStep(surroundings)
        self.review = ReviewStep(surroundings)
        self.progress = ProgressStep(surroundings)
        self.stack = QStackedWidget()
        for page in (self.list, self.companies, self.review, self.progress):
            self.stack.addWidget(page)
        self.problem = label("", Look.ERROR, wraps=True)
        self.problem.hide()
        self.busy = BusyMark()
        self.close_button = QPushButton(self.tr("C&lose"))
        self.back = QPushButton(self.tr("&Back"))
        self.go_on = QPushButton(self.tr("&Continue"))
        self.go_on.setProperty("kind", "accent")
        self._build()
        self._connect()
        self._show(self.list)

    # ── what the window calls ────────────────────────────────────────────────────────────────────────

    def begin(self, wish: BatchWish) -> None:
        """Ask many companies what was chosen in the wizard."""
        self._forget()
        self._wish = wish
        desk, chosen = self._around.desk, wish.companies
        self._show(self.companies)
        self.companies.begin()
        if chosen:
            self._run(lambda: tuple(desk.companies.get(one) for one in chosen), self.companies.begin)
        self._run(partial(_wish_words, self._around, wish), self.about.setText)

    def begin_with(self, requests: Sequence[RequestId], kind: LetterKind) -> None:
        """Send letters of requests that are there already."""
        self._forget()
        desk = self._around.desk
        self._show(self.review)
        self._run(lambda: gathered(desk, tuple(requests), kind), self._reviewing)

    def open_batch(self, batch: BatchId) -> None:
        """Go on with a batch, in review or on its way."""
        self._forget()
        self._run(partial(_found, self._around, batch), self._show_found)

    def show_list(self) -> None:
        """Every batch."""
        self._forget()
        self._show(self.list)
        self.list.refresh()

    def refresh(self) -> None:
        """Look again at what is shown."""
        if self.is_shown(self.list):
            self.list.refresh()
        elif self.is_shown(self.review):
            self.review.refresh()
        elif self.is_shown(self.progress):
            self.progress.refresh()

    def is_shown(self, step: QWidget) -> bool:
        """Whether this is the step on screen."""
        return self.stack.currentWidget() is step

    def press_main(self) -> None:
        """Do what the main button does."""
        if self.go_on.isVisible() and self.go_on.isEnabled():
            self.go_on.click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter presses the main button."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.press_main()
            return
        super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """A pace that was typed is kept, whatever takes this page's place."""
        if self.review.pace.is_waiting:
            self.review.pace.flush()
        super().hideEvent(event)

    # ── making ───────────────────────────────────────────────────────────────────────────────────────

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addWidget(self.trail, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.close_button)
        row.addStretch()
        row.addWidget(self.busy)
        row.addWidget(self.back)
        row.addWidget(self.go_on)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.about)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.problem)
        layout.addLayout(row)
        self.setAccessibleName(self.title.text())

    def _connect(self) -> None:
        self._around.tasks.vault_changed.connect(self._vault_changed)
        self.list.opened.connect(self.open_batch)
        self.list.new_wanted.connect(self._around.navigator.start_several)
        self.companies.changed.connect(self._allow)
        self.review.changed.connect(self._allow)
        self.review.emptied.connect(self.show_list)
        self.review.letter_wanted.connect(self._open_letter)
        self.trail.wanted.connect(self._go_to)
        self.close_button.clicked.connect(self.leave)
        self.back.clicked.connect(self._go_back)
        self.go_on.clicked.connect(self._continue)

    # ── moving ───────────────────────────────────────────────────────────────────────────────────────

    def _show(self, step: QWidget) -> None:
        self.stack.setCurrentWidget(step)
        self._say_problem("")
        at = self._steps().get(step)
        self.trail.setVisible(at is not None and self._wish is not None)
        if at is not None:
            self.trail.show_step(at, at)
        if step is self.list:
            self.about.setText("")
        self.about.setVisible(step is not self.list)
        self.close_button.setVisible(step is not self.list)
        self.title.setText(self.tr("Batches") if step is self.list else self.tr("Ask several companies"))
        self.back.setVisible(step is self.review and self._wish is not None)
        self.go_on.setVisible(step in {self.companies, self.review})
        self._allow()
        if self.isVisible() and at is not None:
            announce(self, (self.tr("Companies"), self.tr("Review"), self.tr("Send"))[at])

    def _allow(self) -> None:
        count = len(self.companies.companies())
        if self.is_shown(self.companies):
            words = self.tr("&Continue with {count}").format(count=batch_words.number(count))
            self.go_on.setText(words if count else self.tr("&Continue"))
            self.go_on.setEnabled(0 < count <= MOST_ITEMS and not self._is_busy)
        elif self.is_shown(self.review):
            self._allow_consent()

    def _allow_consent(self) -> None:
        found = self.review.opened
        ready = len(found.review.ready) if found is not None else 0
        is_eml = found is not None and found.batch.way is BatchWay.EML
        if is_eml:
            words = self.tr("Write 1 draft…") if ready == 1 else self.tr("&Write {count} drafts…")
        else:
            words = self.tr("&Send 1 letter…") if ready == 1 else self.tr("&Send {count} letters…")
        self.go_on.setText(words.format(count=batch_words.number(ready)))
        is_sample = self._around.desk.sample_day is not None
        self.go_on.setEnabled(ready > 0 and self.review.is_settled and not self._is_busy and not is_sample)
        if is_sample:
            words = self.tr(
                "This is the sample vault: its people and companies are made up, so nothing is sent."
            )
            self._say_problem(words)

    def _go_to(self, step: int) -> None:
        if step == COMPANIES and self._wish is not None and self.is_shown(self.review):
            self._go_back()
        else:
            self.trail.show_step(*(2 * (self._at(),)))

    def _at(self) -> int:
        return next((at for step, at in self._steps().items() if self.is_shown(step)), SENDING)

    def _steps(self) -> dict[QWidget, int]:
        return {self.companies: COMPANIES, self.review: REVIEW, self.progress: SENDING}

    def _go_back(self) -> None:
        if self._is_busy or not self.review.is_settled or self.review.opened is None:
            return
        self._batch = self.review.opened.batch
        self._show(self.companies)
        self.companies.show_step()

    def _continue(self) -> None:
        if self._is_busy:
            return
        if self.is_shown(self.companies):
            self._prepare()
        elif self.is_shown(self.review):
            self._ask_consent()

    def leave(self) -> None:
        """Back to the list of batches; what was begun is kept."""
        is_kept = self.is_shown(self.review) and self.review.opened is not None
        self.show_list()
        if is_kept:
            self._around.say(self.tr("The batch is kept as it is. Request › Batches goes on with it."))

    def _forget(self) -> None:
        self._wish = self._batch = None
        self.about.setText("")
        self.companies.forget()
        self.review.forget()
        self.progress.forget()

    def _vault_changed(self) -> None:
        if self.isVisible() and self.is_shown(self.progress):
            self.progress.refresh()

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────

    def _prepare(self) -> None:
        wish, desk, before = self._wish, self._around.desk, self._batch
        if wish is None:
            return
        wanted = replace(wish, companies=self.companies.companies())
        self._run(lambda: begun(desk, wanted, before), self._reviewing, self.tr("Making the drafts…"))

    def _reviewing(self, found: Opened) -> None:
        self._batch = found.batch
        self._show(self.review)
        self.review.show_batch(found)
        self.review.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.about.text():
            self.about.setText(batch_words.batch_name(found.batch))

    def _show_found(self, found: Opened | BatchProgress) -> None:
        if isinstance(found, Opened):
            self._reviewing(found)
            return
        self.about.setText(batch_words.batch_name(found.batch))
        self._show(self.progress)
        self.progress.show_batch(found.batch.id)

    def _open_letter(self, request: RequestId, kind: LetterKind) -> None:
        if kind is LetterKind.REQUEST:
            self._around.say(self.tr("The batch waits: Alt+Left comes back to it."))
            self._around.navigator.finish_draft(request)
        else:
            self._around.navigator.show_letter(request, kind)

    # ── the consent ──────────────────────────────────────────────────────────────────────────────────

    def _ask_consent(self) -> None:
        found = self.review.opened
        if found is None or not self.review.is_settled:
            return
        ready = found.review.ready
        count = len(ready)
        if found.batch.way is BatchWay.EML:
            verb = self.tr("&Write 1 draft") if count == 1 else self.tr("&Write {count} drafts")
        else:
            verb = self.tr("&Send 1 letter") if count == 1 else self.tr("&Send {count} letters")
        words = verb.format(count=batch_words.number(count))
        self.consent = ConsentDialog(ready, words, self._facts(found), self)
        self.consent.accepted.connect(partial(self._consented, found))
        self.consent.finished.connect(self.consent.deleteLater)
        self.consent.open()

    def _facts(self, found: Opened) -> list[str]:
        batch, count = found.batch, len(found.review.ready)
        if batch.way is BatchWay.EML:
            return [
                self.tr(
                    "{letters} are written as drafts into a folder that you choose. Nothing is sent."
                ).format(letters=batch_words.letters(count)),
                self.tr(
                    "You send each in your mail program. The files can be read by whoever can read the folder."
                ),
            ]
        account = next((one.address for one in found.accounts if one.id == batch.account), "")
        return [
            self.tr("{letters} from {account}, {pace}.").format(
                letters=batch_words.letters(count), account=shown(account), pace=batch_words.pace(batch)
            ),
            batch_words.last_leaves(count, batch, self._around.desk.clock.now(), self._wait_seconds),
            self.tr("The first leaves after {seconds} seconds. What was sent cannot be taken back.").format(
                seconds=self._wait_seconds
            ),
        ]

    def _consented(self, found: Opened) -> None:
        desk, passed, wait = self._around.desk, self.review.passed, self._wait_seconds
        batch, digest = found.batch, found.review.digest

        def then(begun_batch: Batch) -> None:
            self.review.forget()
            self._wish = None
            self._show(self.progress)
            self.progress.show_batch(begun_batch.id)
            if begun_batch.way is BatchWay.EML:
                self.progress.begin_drafts()
            elif self._around.post is not None:
                self._around.post.go_on()

        words = self.tr("Making the letters…")
        self._run(lambda: desk.mailroom.batches.consent(batch.id, digest, passed, wait), then, words)

    # ── working ──────────────────────────────────────────────────────────────────────────────────────

    def _run(self, job: Callable[[], T], then: Callable[[T], object], words: str = "") -> None:
        """Do a job on the vault's thread; what goes wrong is said at the foot of the page."""
        self._is_busy = True
        self.busy.begin(words or self.tr("Looking…"))
        self._say_problem("")
        self._allow()

        def done(result: T) -> None:
            self._rest()
            then(result)
            self._allow()

        def failed(error: OptOutError) -> None:
            self._rest()
            self._allow()
            self._say_problem(words_for(error).text)
            self.review.refresh()

        self._around.tasks.run(self, job, done, failed)

    def _rest(self) -> None:
        self._is_busy = False
        self.busy.end()

    def _say_problem(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        if words:
            announce(self.problem, words, is_urgent=True)


def _wish_words(around: Surroundings, wish: BatchWish) -> str:
    """What is asked, under which law and for whom. On the vault's thread."""
    desk = around.desk
    law, person = desk.laws.law(wish.law).short_title, desk.people.get(wish.person)
    return batch_words.tr("{right} · {law} · for {name}").format(
        right=wording.right(wish.right), law=law, name=shown(person.name)
    )


def _found(around: Surroundings, batch: BatchId) -> Opened | BatchProgress:
    """A batch, in review or later. On the vault's thread."""
    progress = around.desk.mailroom.batches.progress(batch)
    if progress.batch.state is BatchState.REVIEW:
        return opened(around.desk, batch)
    return progress
