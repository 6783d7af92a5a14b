# SPDX-License-Identifier: Apache-2.0
"""How a batch leaves: by which way and account, how far apart, and how many a day."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QLabel, QPushButton, QRadioButton, QSpinBox, QWidget

from optout_desktop.domain.accounts import MailAccount
from optout_desktop.domain.messages import Batch, BatchWay
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label, visible_controls
from optout_desktop.gui.tiles import Card
from optout_desktop.services.batches import LEAST_DELAY_SECONDS, MOST_A_DAY, MOST_DELAY_SECONDS

_KEEP_AFTER_MS = 300


class PaceCard(Card):
    """Way, account, pause and daily cap."""

    way_wanted = Signal(object, object)
    """A ``BatchWay``, and a ``MailAccountId`` or None."""
    pace_wanted = Signal(int, int)
    """Seconds between two messages, and the most in 24 hours."""
    account_wanted = Signal()
    """Set one up."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("How they leave"))
        self._is_showing = False
        self.smtp = QRadioButton(self.tr("Through my &mail account"))
        self.eml = QRadioButton(self.tr("As draft &files (.eml) in a folder"))
        self._ways = QButtonGroup(self)
        for button in (self.smtp, self.eml):
            self._ways.addButton(button)
        self.account = QComboBox()
        self.account.setAccessibleName(self.tr("Mail account"))
        self.no_account = label(self.tr("No mail account is set up."), Look.SMALL, wraps=True)
        self.set_up = QPushButton(self.tr("Set one &up…"))
        self.set_up.setProperty("kind", "link")
        self.delay = QSpinBox()
        self.delay.setRange(LEAST_DELAY_SECONDS, MOST_DELAY_SECONDS)
        self.delay.setAccessibleName(self.tr("Seconds between two letters"))
        self.cap = QSpinBox()
        self.cap.setRange(0, MOST_A_DAY)
        self.cap.setSpecialValueText(self.tr("no limit"))
        self.cap.setAccessibleName(self.tr("Most letters in 24 hours"))
        self.last = label("", Look.SMALL, wraps=True)
        ways = QWidget()
        flow = FlowLayout(ways)
        for widget in (self.smtp, self.account, self.no_account, self.set_up, self.eml):
            flow.addWidget(widget)
        self._numbers = QWidget()
        below = FlowLayout(self._numbers)
        for words, box in (
            (self.tr("Seconds bet&ween two letters"), self.delay),
            (self.tr("At most in &24 hours"), self.cap),
        ):
            name = QLabel(words)
            name.setBuddy(box)
            below.addWidget(name)
            below.addWidget(box)
        self.body.setContentsMargins(12, 8, 12, 8)
        self.body.setSpacing(6)
        self.body.addWidget(ways)
        self.body.addWidget(self._numbers)
        self.body.addWidget(self.last)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEEP_AFTER_MS)
        self._timer.timeout.connect(self.flush)
        self._ways.buttonClicked.connect(lambda _button: self._choose_way())
        self.account.activated.connect(lambda _at: self._choose_way())
        self.set_up.clicked.connect(self.account_wanted)
        for box in (self.delay, self.cap):
            box.valueChanged.connect(lambda _value: self._is_showing or self._timer.start())

    def show_batch(self, batch: Batch, accounts: Sequence[MailAccount]) -> None:
        """Show how a batch leaves."""
        self._is_showing = True
        self.account.clear()
        for one in accounts:
            self.account.addItem(visible_controls(one.address), one.id)
        is_smtp = batch.way is BatchWay.SMTP
        (self.smtp if is_smtp else self.eml).setChecked(True)
        self.account.setCurrentIndex(max(self.account.findData(batch.account), 0))
        self.smtp.setEnabled(bool(accounts))
        self.account.setVisible(bool(accounts))
        self.account.setEnabled(is_smtp)
        for widget in (self.no_account, self.set_up):
            widget.setVisible(not accounts)
        if not self._timer.isActive():
            self.delay.setValue(batch.delay_seconds)
            self.cap.setValue(batch.daily_cap)
        self._numbers.setVisible(is_smtp)
        self._is_showing = False

    def flush(self) -> None:
        """Tell at once what was typed."""
        self._timer.stop()
        self.pace_wanted.emit(self.delay.value(), self.cap.value())

    @property
    def is_waiting(self) -> bool:
        """Whether something was typed that nobody was told."""
        return self._timer.isActive()

    def _choose_way(self) -> None:
        way = BatchWay.SMTP if self.smtp.isChecked() else BatchWay.EML
        self.way_wanted.emit(way, self.account.currentData() if way is BatchWay.SMTP else None)
