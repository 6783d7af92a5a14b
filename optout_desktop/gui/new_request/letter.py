# SPDX-License-Identifier: Apache-2.0
"""A letter to look at and to send: preview, facts, ways out, and the question whether it was sent.

One ``Loaded`` value fills all parts; every change goes through a service and loads it anew. The pages of the
preview are drawn outside the vault's thread. Only *I sent it* records anything.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from optout_desktop.domain.agenda import RequestOverview
from optout_desktop.domain.errors import OptOutError
from optout_desktop.domain.ids import RequestId
from optout_desktop.domain.letters import LetterChoice, LetterKind
from optout_desktop.gui import letter_words, wording
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.new_request.attachments_card import AttachmentsCard
from optout_desktop.gui.new_request.choosing import LetterChoosing
from optout_desktop.gui.new_request.facts import LetterFactsCard
from optout_desktop.gui.new_request.footer import SendFooter
from optout_desktop.gui.new_request.language_bar import LanguageBar
from optout_desktop.gui.new_request.letter_templates import LetterTemplates
from optout_desktop.gui.new_request.loading import Loaded, load
from optout_desktop.gui.new_request.own_words import OwnWords
from optout_desktop.gui.new_request.panes import TwoColumns, scrolled
from optout_desktop.gui.new_request.preview import LetterPreview
from optout_desktop.gui.new_request.send import SendPanel
from optout_desktop.gui.new_request.sms import SmsPanel
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.services.sending import SmsCode, Way


class LetterPane(QWidget):
    """One letter; its ``footer`` is put where the page has its buttons."""

    loaded_anew = Signal(object)
    """A ``Loaded``: what is shown has changed."""
    sent = Signal(object)
    """The ``RequestOverview`` after the sending was recorded."""
    queued = Signal(object)
    """The ``OutgoingMessage``: the letter waits in the outbox now."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = surroundings
        self._request: RequestId | None = None
        self._kind = LetterKind.REQUEST
        self._is_editable = False
        self._is_new = True
        self._way: Way | None = None
        self._turn = 0
        self.loaded: Loaded | None = None
        self.language = LanguageBar()
        self.choosing = LetterChoosing(surroundings, self)
        self.templates = LetterTemplates(surroundings, self)
        self.own_words = OwnWords()
        self.preview = LetterPreview()
        self.sms = SmsPanel()
        self.sms.hide()
        self.facts = LetterFactsCard()
        self.attachments = AttachmentsCard(surroundings)
        self.send = SendPanel(surroundings)
        self.footer = SendFooter()
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.own_words)
        column.addWidget(self.preview, 1)
        column.addWidget(self.sms)
        column.addWidget(self.send)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(12)
        beside.addWidget(self.facts)
        beside.addWidget(self.attachments)
        beside.addStretch(1)
        content = QWidget()
        body = QVBoxLayout(content)
        body.setContentsMargins(0, 0, 8, 8)
        body.setSpacing(12)
        body.addWidget(self.language)
        body.addWidget(TwoColumns(left, right, 700, (3, 2)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(content))
        self._connect()

    def open(self, request: RequestId, kind: LetterKind, *, is_editable: bool) -> None:
        """Show a letter from the beginning."""
        self._is_new = self._request != request or self._kind is not kind
        self._request, self._kind, self._is_editable = request, kind, is_editable
        if self._is_new:
            self._way = None
            self.footer.put_off()
        self.reload()

    def reload(self) -> None:
        """Load what is shown anew."""
        request, kind, desk = self._request, self._kind, self._around.desk
        if request is not None:
            self._around.tasks.run(self, lambda: load(desk, request, kind), self._show)

    def press_main(self) -> None:
        """Do what the main button of the moment does."""
        if self.footer.bar.isVisible():
            self.footer.bar.yes.click()
        elif self.footer.main.isEnabled():
            self.footer.main.click()

    def forget(self) -> None:
        """Show the next letter from the beginning, even if it is the same one."""
        self._request = None

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _connect(self) -> None:
        self.preview.save_wanted.connect(self._save_text)
        self.preview.reset_wanted.connect(self._reset_text)
        self.preview.pages_wanted.connect(self._draw_pages)
        self.language.choice_wanted.connect(self._choose)
        self.language.template_wanted.connect(self._new_template)
        self.language.manage_wanted.connect(self.templates.manage)
        self.choosing.chosen.connect(self._written_anew)
        self.choosing.refused.connect(self.language.show_again)
        self.templates.chosen.connect(self._choose)
        self.templates.changed.connect(self.reload)
        self.attachments.changed.connect(self.reload)
        self.send.registered.changed.connect(self._redraw_pages)
        self.sms.form_chosen.connect(lambda _form: self._make_code())
        self.sms.copy_wanted.connect(self._copy)
        self.send.way_changed.connect(self._show_main)
        self.send.by_account.queued.connect(self.queued)
        self.send.by_account.set_up.connect(self.reload)
        self._around.tasks.vault_changed.connect(self._look_again)
        self.send.handed_over.connect(self._ask)
        self.footer.pressed.connect(self._press)
        self.footer.already.clicked.connect(lambda: self._ask(self._way_elsewhere()))
        self.footer.bar.confirmed.connect(self._confirm)

    def _show(self, loaded: Loaded) -> None:
        if loaded.view.request.id != self._request:
            return
        self._turn += 1
        is_new, self._is_new = self._is_new or self._has_other_channel(loaded), False
        self.loaded = loaded
        is_text = loaded.is_text_message
        self.preview.setVisible(not is_text)
        self.sms.setVisible(is_text)
        self.language.show_letter(loaded)
        self.attachments.show_letter(loaded)
        self.own_words.show_letter(loaded, is_editable=self._is_editable)
        self.facts.show_letter(loaded, is_editable=self._is_editable)
        self.send.show_letter(loaded)
        self._show_main()
        if is_text:
            self._make_code()
        else:
            self.preview.show_letter(loaded, is_new=is_new and not self.preview.has_edits)
        if is_new and self.footer.main.isEnabled():
            self.footer.main.setFocus(Qt.FocusReason.OtherFocusReason)
        self.loaded_anew.emit(loaded)

    def _has_other_channel(self, loaded: Loaded) -> bool:
        before = self.loaded
        return before is not None and before.view.request.channel is not loaded.view.request.channel

    def _look_again(self) -> None:
        """A letter in the outbox moves on by itself."""
        if self.isVisible() and self.loaded is not None and self.loaded.unsettled is not None:
            self.reload()

    def _way_elsewhere(self) -> Way:
        """By which way the person sent it already; the account's sendings record themselves."""
        way = self.send.way or Way.COPY
        return Way.EML if way is Way.SMTP else way

    def _show_main(self) -> None:
        account = self.send.by_account.account if self.send.way is Way.SMTP else None
        if self.loaded is not None:
            sender = account.address if account is not None else ""
            self.footer.show_letter(self.loaded, self.send.why_closed, sender, self.send.way)
        self.footer.show_main(
            self.send.main_words, is_ready=self.send.is_ready, why_closed=self.send.why_closed
        )

    def _press(self) -> None:
        if self.preview.has_edits:
            self.preview.keep_edits()
        elif self.own_words.has_changes:
            self.own_words.flush()  # the letter is written anew before it leaves
        else:
            self.send.press()

    def _make_code(self) -> None:
        loaded, sending, form = self.loaded, self._around.desk.sending, self.sms.form
        if loaded is None:
            return

        def shown(code: SmsCode) -> None:
            self.sms.show_code(loaded, code)

        def failed(error: OptOutError) -> None:
            self.sms.show_without_code(loaded, words_for(error).text)

        self._around.tasks.run(self, lambda: sending.code(loaded.view, form), shown, failed)

    def _draw_pages(self) -> None:
        loaded, letters, turn = self.loaded, self._around.desk.letters, self._turn
        if loaded is None:
            return

        def shown(pages: tuple[bytes, ...]) -> None:
            if turn == self._turn:
                self.preview.show_pages(pages)

        is_registered = self.send.way is Way.PDF and self.send.registered.is_registered
        self._around.tasks.run_outside(
            self, lambda: letters.preview(loaded.view, is_registered=is_registered), shown
        )

    def _redraw_pages(self) -> None:
        self._turn += 1
        self.preview.draw_again()

    def _choose(self, choice: LetterChoice) -> None:
        if self.loaded is not None:
            self.choosing.choose(self.loaded, choice, self.preview.typed())

    def _written_anew(self) -> None:
        self.preview.leave_edit()
        self.reload()

    def _new_template(self) -> None:
        if self.loaded is not None:
            self.templates.start_from(self.loaded)

    def _save_text(self, subject: str, body: str) -> None:
        loaded, letters = self.loaded, self._around.desk.letters
        if loaded is None:
            return
        request, kind = loaded.view.request.id, loaded.kind
        self._around.tasks.run(
            self,
            lambda: letters.save(request, kind, subject, body),
            lambda _view: self._text_saved(),
            self.preview.show_problem,
        )

    def _text_saved(self) -> None:
        self.preview.close_edit()
        self._around.say_undoable(self.tr("The text was saved."))
        self.reload()

    def _reset_text(self) -> None:
        loaded, letters = self.loaded, self._around.desk.letters
        if loaded is not None:
            request, kind = loaded.view.request.id, loaded.kind
            self._around.tasks.run(
                self, lambda: letters.reset(request, kind), lambda _view: self._text_reset(loaded)
            )

    def _text_reset(self, before: Loaded) -> None:
        self.preview.show_letter(before, is_new=True)
        self._is_new = True
        if before.view.letter.is_edited:
            self._around.say_undoable(self.tr("The text is the template's again."))
        self.reload()

    def _copy(self, text: str) -> None:
        self._around.clipboard.put(text)
        self._around.say(self.tr("Copied."))

    def _ask(self, way: Way) -> None:
        self._way = way
        if self.loaded is not None:
            self.footer.ask(self.loaded.today, is_call=way is Way.CALL)

    def _confirm(self, on: date) -> None:
        loaded, sending, way = self.loaded, self._around.desk.sending, self._way or Way.COPY
        if loaded is None:
            return
        request, kind = loaded.view.request.id, loaded.kind
        proof = self.send.proof(way)
        self._around.tasks.run(
            self,
            lambda: sending.confirm(request, kind, on, way, note=proof.note, details=proof.details),
            self._confirmed,
            self.footer.bar.show_problem,
        )

    def _confirmed(self, overview: RequestOverview) -> None:
        self.footer.put_off()
        words = self.tr("Recorded. This law names no day for the answer.")
        if told := letter_words.recorded(self._kind):
            words = told
        elif overview.due_on is not None:
            words = self.tr("Recorded. Answer due {day}.").format(day=wording.long_date(overview.due_on))
        self._around.say_undoable(words)
        self.sent.emit(overview)
