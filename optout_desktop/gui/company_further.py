# SPDX-License-Identifier: Apache-2.0
"""Further addresses of a company, beside the first of each channel: seen, removed, added."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.companies import Channel, Contact
from optout_desktop.gui import theme, wording
from optout_desktop.gui.company_words import contact_line
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import ElidedLabel

_ADDABLE = (Channel.EMAIL, Channel.FORM, Channel.POST, Channel.CALL, Channel.SMS, Channel.CHAT)


class FurtherContacts(QWidget):
    """One line an address with a button to remove it, and below them one to add another."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._contacts: tuple[tuple[Channel, str], ...] = ()
        self.removers: list[QPushButton] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self.channel = QComboBox()
        self.channel.setAccessibleName(self.tr("Kind of address"))
        for channel in _ADDABLE:
            self.channel.addItem(wording.channel(channel), channel)
        self.value = QLineEdit()
        self.value.setAccessibleName(self.tr("Further address"))
        self.value.setPlaceholderText(self.tr("One more address of this kind"))
        self.value.setMinimumWidth(theme.px(210))
        self.value.returnPressed.connect(self.add_typed)
        self.add = QPushButton(self.tr("A&dd"))
        self.add.setAccessibleName(self.tr("Add this address"))
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self.add_typed)
        row = QWidget()
        flow = FlowLayout(row)
        for widget in (self.channel, self.value, self.add):
            flow.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._lines)
        layout.addWidget(row)
        self.setFocusProxy(self.value)

    def show_contacts(self, contacts: tuple[tuple[Channel, str], ...]) -> None:
        """Show these instead of those before."""
        self._contacts = contacts
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.removers = []
        for at, (channel, value) in enumerate(contacts):
            self._lines.addWidget(self._line(at, channel, value))

    def contacts(self) -> tuple[tuple[Channel, str], ...]:
        """What is listed, and what was typed without pressing Add."""
        typed = self._typed()
        return (*self._contacts, typed) if typed is not None else self._contacts

    def add_typed(self) -> None:
        """Put what was typed into the list."""
        typed = self._typed()
        if typed is None:
            return
        self.value.clear()
        self.show_contacts((*self._contacts, typed))
        self.value.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _typed(self) -> tuple[Channel, str] | None:
        value = self.value.text().strip()
        return (Channel(self.channel.currentData()), value) if value else None

    def _line(self, at: int, channel: Channel, value: str) -> QWidget:
        words = contact_line(Contact(channel=channel, value=value.replace("\n", ", ")))
        remove = QPushButton(self.tr("Remove"))
        remove.setProperty("kind", "link")
        remove.setAutoDefault(False)
        remove.setAccessibleName(self.tr("Remove {address}").format(address=words))
        remove.clicked.connect(partial(self._remove, at))
        self.removers.append(remove)
        host = QWidget()
        line = QHBoxLayout(host)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(ElidedLabel(words), 1)
        line.addWidget(remove)
        return host

    def _remove(self, at: int) -> None:
        self.show_contacts(self._contacts[:at] + self._contacts[at + 1 :])
        self.value.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
