# SPDX-License-Identifier: Apache-2.0
"""Stopping texts: a code that the phone scans, with the number and the word to copy."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from optout_desktop.domain.letters import SMS_KEYWORD
from optout_desktop.gui import theme, wording
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.new_request.loading import Loaded
from optout_desktop.gui.new_request.panes import TwoColumns
from optout_desktop.gui.qr_view import QrView
from optout_desktop.services.sending import SmsCode

FORMS = ("SMSTO", "sms")


class SmsPanel(QFrame):
    """The code to scan; black on white in every theme."""

    form_chosen = Signal(str)
    copy_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.code = QrView()
        self.number = label("", Look.TITLE)
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.number.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.keyword = label(SMS_KEYWORD, Look.TITLE)
        self.copy_number = self._copy(self.tr("Copy n&umber"), lambda: str(self.number.property("plain")))
        self.copy_keyword = self._copy(
            self.tr("Copy {keyword}").format(keyword=SMS_KEYWORD), lambda: SMS_KEYWORD
        )
        self.forms = QButtonGroup(self)
        forms = QWidget()
        forms_row = FlowLayout(forms)
        forms_row.addWidget(label(self.tr("If the phone does not know the code:"), Look.SMALL))
        for at, words in enumerate((self.tr("usual form (SMSTO)"), self.tr("other form (sms:)"))):
            button = QRadioButton(words)
            button.setChecked(at == 0)
            self.forms.addButton(button, at)
            forms_row.addWidget(button)
        self.forms.idClicked.connect(lambda at: self.form_chosen.emit(FORMS[at]))
        self.after = label("", Look.SECOND, wraps=True)
        beside = QWidget()
        body = QVBoxLayout(beside)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        scan = self.tr("Scan with the phone that gets the texts, then press Send on the phone.")
        body.addWidget(label(scan, Look.STRONG, wraps=True))
        body.addLayout(self._line(self.tr("To"), self.number, self.copy_number))
        body.addLayout(self._line(self.tr("Message"), self.keyword, self.copy_keyword))
        body.addWidget(forms)
        body.addWidget(self.after)
        body.addStretch()
        head = QWidget()  # keeps the code at the top, however high the words beside it grow
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.code)
        column.addStretch()
        self._columns = TwoColumns(head, beside, 480, (0, 1))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(self._columns)

    @property
    def form(self) -> str:
        """The form of the code that is chosen."""
        return FORMS[max(self.forms.checkedId(), 0)]

    def show_code(self, loaded: Loaded, code: SmsCode) -> None:
        """Show the code for a number."""
        self.number.setText(shown(code.number))
        self.number.setProperty("plain", code.number)
        spoken = self.tr("Code for a text message to {number} that says {keyword}").format(
            number=code.number, keyword=code.keyword
        )
        self.code.show_code(code.modules, spoken)
        self.code.show()
        day = loaded.view.answer_by_on
        usual = self.tr("Any confirmation text is normal.")
        if day is not None:
            usual = self.tr(
                "Any confirmation text is normal. More marketing after {day} may have broken the law."
            ).format(day=wording.long_date(day))
        self.after.setText(usual)

    def show_without_code(self, loaded: Loaded, why: str) -> None:
        """Show number and word only, with the reason why there is no code."""
        self.number.setText(shown(loaded.view.recipient) if loaded.view.recipient else self.tr("unknown"))
        self.number.setProperty("plain", loaded.view.recipient)
        self.code.hide()
        self.after.setText(why)

    def _line(self, name: str, value: QWidget, copy: QPushButton) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        head = label(name, Look.SECOND)
        head.setMinimumWidth(theme.px(64))
        row.addWidget(head)
        row.addWidget(value)
        row.addWidget(copy)
        row.addStretch()
        return row

    def _copy(self, words: str, text: Callable[[], str]) -> QPushButton:
        button = QPushButton(words)
        button.clicked.connect(lambda: self.copy_wanted.emit(text()))
        return button
