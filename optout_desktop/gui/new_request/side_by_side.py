# SPDX-License-Identifier: Apache-2.0
"""Side by side: the letter as it goes, and the same in the language of the person, which scroll as one.

Where the window is narrow they stand below each other.
"""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QPlainTextEdit, QScrollBar, QVBoxLayout, QWidget

from optout_desktop.domain.letters import Letter
from optout_desktop.gui import theme
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.language_words import letter_language

_FROM_PX = 520


class LetterSide(QWidget):
    """One of the two, with its language above it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label("", Look.STRONG, wraps=True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addWidget(self.text, 1)

    def show_letter(self, title: str, letter: Letter) -> None:
        """Show subject and text under a heading."""
        self.title.setText(title)
        self.text.setAccessibleName(title)
        self.text.setPlainText(f"{letter.subject}\n\n{letter.body}")


class SideBySide(QWidget):
    """The two of them; ``note`` says where the second one is no translation of the first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sent = LetterSide()
        self.own = LetterSide()
        self.note: QLabel = label("", Look.SMALL, wraps=True)
        self._is_following = False
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(12)
        self._row.addWidget(self.sent, 1)
        self._row.addWidget(self.own, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.note)
        layout.addLayout(self._row, 1)
        for one, other in ((self.sent, self.own), (self.own, self.sent)):
            bar, led = one.text.verticalScrollBar(), other.text.verticalScrollBar()
            bar.valueChanged.connect(lambda _value, bar=bar, led=led: self._follow(bar, led))

    @property
    def is_narrow(self) -> bool:
        """Whether the two stand below each other."""
        return self._row.direction() is QBoxLayout.Direction.TopToBottom

    def show_letters(self, letter: Letter, beside: Letter, *, is_translation: bool) -> None:
        """Show both; ``is_translation`` is False where the first one's words are the person's own."""
        sent, own = letter_language(letter.language), letter_language(beside.language)
        self.sent.show_letter(self.tr("{language}: this is sent").format(language=sent), letter)
        self.own.show_letter(self.tr("{language}: for you to read").format(language=own), beside)
        self.note.setText(
            ""
            if is_translation
            else self.tr(
                "The words that are sent are your own. The other side shows what the shipped letter says."
            )
        )
        self.note.setVisible(not is_translation)
        self.sent.text.verticalScrollBar().setValue(0)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside or below, by the width."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_wide = self.width() >= theme.px(_FROM_PX)
        way = QBoxLayout.Direction
        self._row.setDirection(way.LeftToRight if is_wide else way.TopToBottom)

    def _follow(self, leading: QScrollBar, led: QScrollBar) -> None:
        """Both are as far down as each other, however long they are."""
        if self._is_following or leading.maximum() == 0:
            return
        self._is_following = True
        led.setValue(round(leading.value() / leading.maximum() * led.maximum()))
        self._is_following = False
