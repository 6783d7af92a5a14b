# SPDX-License-Identifier: Apache-2.0
"""One letter of the review: what keeps it from leaving, what can be done about it, and the letter itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from optout_desktop.domain.errors import OptOutError
from optout_desktop.gui import company_words, theme
from optout_desktop.gui.batch import batch_words
from optout_desktop.gui.batch.looking import LetterLook
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.fields import FieldRow
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label, shown, visible_controls
from optout_desktop.gui.voice import announce
from optout_desktop.services.batch_review import PASSABLE, Trouble

_LOWEST_TEXT_PX = 88
_NEEDS_ADDRESS = frozenset({Trouble.NO_ADDRESS, Trouble.DEAD_ADDRESS, Trouble.BAD_ADDRESS})


class LetterCard(QWidget):
    """The highlighted letter."""

    address_wanted = Signal(str)
    """Write to this address instead."""
    out_wanted = Signal()
    """Take it out."""
    letter_wanted = Signal()
    """Open it where its text and facts can be changed."""
    pass_wanted = Signal(bool)
    """Send it all the same, or not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look: LetterLook | None = None
        self.title = label("", Look.TITLE, wraps=True)
        self.reasons = label("", Look.ERROR, wraps=True)
        self.advice = label("", Look.SECOND, wraps=True)
        self.others = QComboBox()
        self.others_row = FieldRow(self.tr("Another address of &theirs"), self.others, "others")
        self.address = QLineEdit()
        self.address.setPlaceholderText(self.tr("privacy@company.example"))
        self.address_row = FieldRow(self.tr("Write to another addr&ess"), self.address, "to")
        self.use = QPushButton(self.tr("&Use this address"))
        self.open = QPushButton(self.tr("Open the &letter"))
        self.out = QPushButton(self.tr("Take &out"))
        self.all_the_same = QPushButton(self.tr("Send it all the &same"))
        self.all_the_same.setCheckable(True)
        self.head = label("", Look.SECOND, wraps=True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Text of the letter"))
        self.text.setMinimumHeight(theme.px(_LOWEST_TEXT_PX))
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.use, self.all_the_same, self.open, self.out):
            button.setAutoDefault(False)
            flow.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (self.title, self.reasons, self.advice, self.others_row, self.address_row, buttons):
            layout.addWidget(part)
        layout.addWidget(self.head)
        layout.addWidget(self.text, 1)
        self.use.clicked.connect(self._use)
        self.address.returnPressed.connect(self._use)
        self.address.textEdited.connect(lambda _typed: self._allow())
        self.others.activated.connect(self._take_other)
        self.open.clicked.connect(self.letter_wanted)
        self.out.clicked.connect(self.out_wanted)
        self.all_the_same.clicked.connect(self.pass_wanted)
        self.show_letter(None)

    def show_letter(self, look: LetterLook | None) -> None:
        """Show a letter; nothing where none is highlighted."""
        before, self.look = self.look, look
        self.setVisible(look is not None)
        if look is None:
            return
        item = look.item
        if before is None or before.item.request != item.request:
            self.address.clear()
        self.address_row.clear_error()
        self.title.setText(shown(item.company_name))
        self._say_reasons(look)
        self.others.clear()
        self.others.addItem(self.tr("Choose one…"), "")
        for contact in look.others:
            source = company_words.contact_source(contact)
            words = self.tr("{address}, {source}").format(
                address=visible_controls(contact.value), source=source
            )
            self.others.addItem(words, contact.value)
        self.others_row.setVisible(bool(look.others))
        can_pass = bool(item.troubles) and PASSABLE.issuperset(item.troubles)
        self.all_the_same.setVisible(can_pass)
        self.all_the_same.setChecked(item.is_passed)
        needs_address = bool(_NEEDS_ADDRESS & set(item.troubles))
        self.address_row.setVisible(Trouble.NOT_NOW not in item.troubles)
        self.use.setVisible(Trouble.NOT_NOW not in item.troubles)
        self.use.setProperty("kind", "accent" if needs_address else "")
        self._say_letter(look)
        self._allow()

    def show_problem(self, error: OptOutError) -> None:
        """Say at the field why the address cannot be; what was typed stays."""
        words = words_for(error).text
        self.address_row.show_error(words)
        self.address.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.address, words, is_urgent=True)

    def _say_reasons(self, look: LetterLook) -> None:
        item = look.item
        self.reasons.setVisible(not item.is_ready)
        self.advice.setVisible(bool(item.troubles))
        self.reasons.setText("\n".join(batch_words.trouble(each) for each in item.troubles))
        advice = list(dict.fromkeys(batch_words.advice(each) for each in item.troubles))
        if item.detail:
            detail = visible_controls(item.detail)
            is_reference = item.troubles == (Trouble.ALREADY_ASKED,)
            words = self.tr("The earlier request is {detail}.") if is_reference else "{detail}"
            advice.insert(0, words.format(detail=detail))
        self.advice.setText("\n".join(advice))

    def _say_letter(self, look: LetterLook) -> None:
        item = look.item
        self.text.setVisible(bool(look.body))
        self.head.setVisible(bool(look.body))
        to = shown(item.recipient) if item.recipient else self.tr("nobody yet")
        sender = shown(look.sender) if look.sender else self.tr("no address yet")
        self.head.setText(
            self.tr("From {sender}\nTo {to}\nSubject: {subject}").format(
                sender=sender, to=to, subject=shown(item.subject)
            )
        )
        if self.text.toPlainText() != look.body:
            self.text.setPlainText(visible_controls(look.body))

    def _allow(self) -> None:
        self.use.setEnabled(bool(self.address.text().strip()))

    def _use(self) -> None:
        typed = self.address.text().strip()
        if typed:
            self.address_row.clear_error()
            self.address_wanted.emit(typed)

    def _take_other(self, _at: int) -> None:
        chosen = str(self.others.currentData() or "")
        if chosen:
            self.address.setText(chosen)
            self._use()
