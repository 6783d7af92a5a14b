# SPDX-License-Identifier: Apache-2.0
"""Where in the wizard one is, and what it is about so far."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label


class Trail(QWidget):
    """The names of the steps; those behind can be gone back to."""

    wanted = Signal(int)

    def __init__(self, names: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = names
        self._buttons: list[QToolButton] = []
        layout = FlowLayout(self, 4)
        for at, name in enumerate(names):
            button = QToolButton()
            button.setText(self.tr("{number} {name}").format(number=at + 1, name=name))
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, at=at: self.wanted.emit(at))
            layout.addWidget(button)
            self._buttons.append(button)
        self.show_step(0, 0)

    def show_step(self, now: int, furthest: int) -> None:
        """Mark the present step; steps up to ``furthest`` can be gone to."""
        for at, button in enumerate(self._buttons):
            button.setChecked(at == now)
            button.setEnabled(at <= furthest)
            words = self.tr("Step {number} of {count}: {name}").format(
                number=at + 1, count=len(self._names), name=self._names[at]
            )
            here = self.tr("{step}, this step").format(step=words)
            button.setAccessibleName(here if at == now else words)


class WishBar(QWidget):
    """What is asked, for whom and under which law, with the way to another law."""

    law_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label("", Look.STRONG, wraps=True)
        self.basis = label("", Look.SECOND, wraps=True)
        self.change = QPushButton(self.tr("Change &law…"))
        self.change.setProperty("kind", "link")
        self.change.clicked.connect(self.law_wanted)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self.title)
        texts.addWidget(self.basis)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(texts, 1)
        layout.addWidget(self.change)

    def say(self, title: str, basis: str) -> None:
        """Show what was chosen; without a basis there is no law to change."""
        self.title.setText(title)
        self.basis.setText(basis)
        self.setVisible(bool(basis))
