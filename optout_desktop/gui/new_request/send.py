# SPDX-License-Identifier: Apache-2.0
"""The ways out for a letter: which one, and what is to be pressed for it. Nothing here says that it was sent.

Files and codes are made by ``services/sending`` on the vault's thread; opening and copying happen here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QPushButton, QRadioButton, QVBoxLayout, QWidget

from optout_desktop.domain.errors import OptOutError
from optout_desktop.domain.letters import Shape
from optout_desktop.gui import dialogs
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.new_request.by_account import ByAccount, WaitingLine
from optout_desktop.gui.new_request.call_script import CallPanel
from optout_desktop.gui.new_request.chat import ChatPanel
from optout_desktop.gui.new_request.form_helper import FormHelper
from optout_desktop.gui.new_request.loading import Loaded, way_words, why_not_words
from optout_desktop.gui.new_request.registered_post import RegisteredPost
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.services.letters import file_name
from optout_desktop.services.sending import Way, WhyNot

T = TypeVar("T")
_ORDER = (Way.EML, Way.SMTP, Way.PDF, Way.FORM, Way.CALL, Way.CHAT, Way.QR, Way.COPY, Way.MAILTO)
_FILES = frozenset({Way.EML, Way.PDF})
_OPENS = (None, WhyNot.NO_ACCOUNT)
"""A way that is open, or leads to where it is opened."""
_OWN_COPY = frozenset({Way.COPY, Way.QR, Way.FORM, Way.CALL, Way.CHAT})
_UNSEEN = frozenset({WhyNot.NOT_A_TEXT_MESSAGE, WhyNot.NO_CHAT, WhyNot.NO_SCRIPT})
"""What no person would look for: such a way is not shown at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What stands beside a sending when it is recorded."""

    note: str = ""
    details: tuple[tuple[str, str], ...] = ()


class SendPanel(QFrame):
    """*Send by*: open ways to choose from, closed ones with their reason, and the chosen one's helper."""

    way_changed = Signal()
    handed_over = Signal(object)
    """The ``Way`` by which the letter has just left the app; it may or may not be sent now."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._around = surroundings
        self._loaded: Loaded | None = None
        self.ways = QButtonGroup(self)
        self.buttons: dict[Way, QRadioButton] = {}
        choice = QWidget()
        flow = FlowLayout(choice, 12)
        for at, way in enumerate(_ORDER):
            button = QRadioButton(way_words(way))
            self.ways.addButton(button, at)
            self.buttons[way] = button
            flow.addWidget(button)
        self.ways.idClicked.connect(lambda _at: self._changed())
        self.waiting = WaitingLine(surroundings)
        self.by_account = ByAccount(surroundings)
        self.by_account.changed.connect(self.way_changed)
        self.by_account.failed.connect(self._failed)
        self.reason = label("", Look.SMALL, wraps=True)
        self.notice = label(
            self.tr(
                "Other users of this computer could see the text while the mail program opens. "
                "A draft file (.eml) is safer."
            ),
            Look.SECOND,
            wraps=True,
        )
        self.accept_notice = QCheckBox(self.tr("I have read this; open it all the same"))
        self.accept_notice.toggled.connect(lambda _on: self.way_changed.emit())
        letters = surroundings.desk.letters
        self.helper = FormHelper(letters)
        self.helper.copy_wanted.connect(self._copy_field)
        self.helper.text_wanted.connect(self._copy_short)
        self.registered = RegisteredPost()
        self.call = CallPanel(letters)
        self.call.copy_wanted.connect(self._copy_only)
        self.call.script_wanted.connect(self._copy_script)
        self.chat = ChatPanel(letters)
        self.chat.copy_wanted.connect(self._copy_chat)
        self.save = QPushButton(self.tr("Save &as…"))
        self.save.clicked.connect(self.save_as)
        self.copy = QPushButton(self.tr("Cop&y text"))
        self.copy.clicked.connect(self.copy_text)
        self.more = QWidget()
        more = FlowLayout(self.more)
        more.addWidget(self.save)
        more.addWidget(self.copy)
        self.problem = label("", Look.ERROR, wraps=True)
        self.problem.hide()
        body = QVBoxLayout(self)
        body.setContentsMargins(16, 12, 16, 12)
        body.setSpacing(6)
        body.addWidget(label(self.tr("Send by"), Look.STRONG))
        for widget in (
            self.waiting, choice, self.by_account, self.reason, self.notice, self.accept_notice,
            self.registered, self.helper, self.call, self.chat, self.more, self.problem
        ):  # fmt: skip
            body.addWidget(widget)

    @property
    def way(self) -> Way | None:
        """The chosen way; None where all are closed."""
        at = self.ways.checkedId()
        return _ORDER[at] if at >= 0 and self.buttons[_ORDER[at]].isEnabled() else None

    @property
    def why_closed(self) -> str:
        """Why nothing can be sent at all; empty where something can."""
        loaded = self._loaded
        if loaded is None or any(one.why_not is None for one in loaded.ways):
            return ""
        first = loaded.ways[0].why_not
        return why_not_words(first) if first is not None else ""

    @property
    def main_words(self) -> str:
        """What the main button does."""
        if self.way is Way.SMTP:
            return self.by_account.main_words
        words = {
            Way.EML: self.tr("&Open draft in mail program"),
            Way.MAILTO: self.tr("&Open mail program"),
            Way.PDF: self.tr("&Open PDF to print"),
            Way.FORM: self.tr("&Open the page"),
            Way.QR: self.tr("I scanned and sent &it…"),
            Way.CALL: self.tr("I &called…"),
            Way.CHAT: self.tr("&Open the chat"),
        }
        return words.get(self.way or Way.COPY, self.tr("&Copy text"))

    @property
    def is_ready(self) -> bool:
        """Whether the main button may be pressed."""
        if self.way is Way.SMTP:
            return self.by_account.is_ready
        return self.way is not None and (self.way is not Way.MAILTO or self.accept_notice.isChecked())

    def proof(self, way: Way) -> Proof:
        """What a sending by a way is recorded with: a registered letter's number, or the note of a call."""
        if way is Way.CALL:
            return Proof(note=self.call.note_text(), details=self.call.details())
        return Proof(details=self.registered.details() if way is Way.PDF else ())

    def show_letter(self, loaded: Loaded) -> None:
        """Offer the ways of a letter; the chosen one stays chosen while it is open."""
        is_same = self._loaded is not None and (
            self._loaded.view.request.id == loaded.view.request.id
            and self._loaded.view.request.channel is loaded.view.request.channel
        )
        kept = self.way if is_same else None
        self._loaded = loaded
        why_not = {one.way: one.why_not for one in loaded.ways}
        for way, button in self.buttons.items():
            why = why_not.get(way)
            button.setEnabled(why in _OPENS)
            reason = why_not_words(why) if why is not None else ""
            button.setToolTip(reason)
            button.setAccessibleDescription(reason)
            is_other_kind = why in _UNSEEN or (loaded.is_text_message and why is not None)
            button.setVisible(not is_other_kind or why is WhyNot.SAMPLE)
        first = next((one.way for one in loaded.ways if one.why_not is None), None)
        chosen = kept if kept is not None and why_not.get(kept) in _OPENS else first
        self.ways.setExclusive(False)
        for way, button in self.buttons.items():
            button.setChecked(way is chosen)
        self.ways.setExclusive(True)
        if not is_same:
            self.accept_notice.setChecked(loaded.is_notice_seen)
            self.registered.forget()
        self.buttons[Way.SMTP].setText(
            way_words(Way.SMTP) if loaded.accounts else self.tr("My mail account (SMTP)…")
        )
        self.waiting.show_message(loaded.unsettled)
        self._say_reasons(loaded)
        for panel in (self.helper, self.call, self.chat, self.by_account):
            panel.show_letter(loaded)
        self._changed()

    def press(self) -> None:
        """Do what the main button says."""
        match self.way:
            case Way.EML | Way.PDF as way:
                self._open_file(way)
            case Way.SMTP:
                self.by_account.press()
            case Way.MAILTO:
                self._open_link()
            case Way.FORM if self._loaded is not None:
                self._open(self._loaded.view.recipient, Way.FORM)
            case Way.COPY:
                self.copy_text()
            case Way.QR | Way.CALL as way:
                self.handed_over.emit(way)
            case Way.CHAT:
                self._chat(lambda link: self._open(link, Way.CHAT))
            case _:
                pass

    def save_as(self) -> None:
        """Write the file of the chosen way where the person wants it."""
        loaded, way = self._loaded, self.way
        if loaded is None or way not in _FILES:
            return
        proposed = Path(file_name(loaded.view.request, way.value))
        filters = self.tr("E-mail draft (*.eml)") if way is Way.EML else self.tr("PDF (*.pdf)")
        path = dialogs.save_file(self, self.tr("Save the letter"), proposed, filters)
        if path is not None:
            sending = self._around.desk.sending
            is_registered = self.registered.is_registered
            self._run(
                lambda: sending.save_file(loaded.view, way, path, is_registered=is_registered),
                lambda _none: self._left(way),
            )

    def copy_text(self) -> None:
        """Copy subject and text."""
        loaded = self._loaded
        if loaded is None:
            return
        sending, way = self._around.desk.sending, self.way or Way.COPY
        self._run(lambda: sending.text(loaded.view), lambda text: self._copied(text, way))

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _changed(self) -> None:
        way = self.way
        self.notice.setVisible(way is Way.MAILTO)
        self.accept_notice.setVisible(way is Way.MAILTO)
        self.registered.setVisible(way is Way.PDF)
        self.helper.setVisible(way is Way.FORM)
        self.by_account.setVisible(way is Way.SMTP)
        self.call.setVisible(way is Way.CALL)
        self.chat.setVisible(way is Way.CHAT)
        self.save.setVisible(way in _FILES)
        self.copy.setVisible(way is not None and way not in _OWN_COPY)
        self.more.setVisible(way in _FILES or way is Way.MAILTO)
        self.problem.hide()
        self.way_changed.emit()

    def _say_reasons(self, loaded: Loaded) -> None:
        """The reasons that matter, said in the open; the others stand in the tooltips too.

        Why nothing at all can be sent, the foot of the page says, which is always in sight.
        """
        if self.why_closed:
            self.reason.clear()
        else:
            told = (WhyNot.TOO_LONG_FOR_LINK, WhyNot.NO_SENDER_ADDRESS, WhyNot.HAS_ATTACHMENTS)
            closed = [
                self.tr("{way}: {reason}").format(way=way_words(one.way), reason=why_not_words(one.why_not))
                for one in loaded.ways
                if one.why_not in told
            ]
            self.reason.setText("\n".join(closed))
        self.reason.setVisible(bool(self.reason.text()))

    def _open_file(self, way: Way) -> None:
        loaded, sending = self._loaded, self._around.desk.sending
        if loaded is not None:
            is_registered = self.registered.is_registered
            self._run(
                lambda: sending.open_file(loaded.view, way, is_registered=is_registered),
                lambda path: self._open(path, way),
            )

    def _open_link(self) -> None:
        loaded, desk = self._loaded, self._around.desk
        if loaded is None or not self.accept_notice.isChecked():
            return

        def link() -> str:
            desk.preferences.remember("mailto_notice_seen", True)
            return desk.sending.link(loaded.view, has_accepted_notice=True)

        self._run(link, lambda address: self._open(address, Way.MAILTO))

    def _open(self, target: Path | str, way: Way) -> None:
        if self._around.opener.open(target):
            self._left(way)
        else:
            self._complain(self._no_program(way))

    def _no_program(self, way: Way) -> str:
        if way in _FILES:
            return self.tr("No program on this computer opens such files. Save it, or copy the text.")
        if way is Way.MAILTO:
            return self.tr("No mail program answered. Save the e-mail draft, or copy the text.")
        return self.tr("No browser answered. Copy the address from the line above and open it yourself.")

    def _copied(self, text: str, way: Way) -> None:
        self._around.clipboard.put(text)
        self._around.say(self.tr("The text was copied. It is not sent yet."))
        self._left(way)

    def _copy_field(self, value: str) -> None:
        self._around.clipboard.put(value)
        self._around.say(self.tr("Copied."))
        self._left(Way.FORM)

    def _copy_only(self, value: str) -> None:
        self._around.clipboard.put(value)
        self._around.say(self.tr("Copied."))

    def _copy_shaped(self, shape: Shape, limit: int | None, way: Way) -> None:
        loaded, sending = self._loaded, self._around.desk.sending
        if loaded is not None:
            self._run(lambda: sending.text(loaded.view, shape, limit), lambda text: self._copied(text, way))

    def _copy_short(self, limit: int) -> None:
        self._copy_shaped(Shape.SHORT, limit, Way.FORM)

    def _copy_script(self) -> None:
        loaded, sending = self._loaded, self._around.desk.sending
        if loaded is not None:
            self._run(lambda: sending.text(loaded.view, Shape.SCRIPT), self._copy_only)

    def _copy_chat(self) -> None:
        self._chat(lambda link: self._copied(link, Way.CHAT))

    def _chat(self, then: Callable[[str], None]) -> None:
        loaded, sending = self._loaded, self._around.desk.sending
        if loaded is not None:
            self._run(lambda: sending.chat(loaded.view), then)

    def _left(self, way: Way) -> None:
        self.problem.hide()
        self.handed_over.emit(way)

    def _run(self, job: Callable[[], T], then: Callable[[T], None]) -> None:
        self._around.tasks.run(self, job, then, self._failed)

    def _failed(self, error: OptOutError) -> None:
        self._complain(words_for(error).text)

    def _complain(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.show()
