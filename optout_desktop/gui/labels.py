# SPDX-License-Identifier: Apache-2.0
"""Words on screen: small, shortened, and safe against letters that turn the reading direction.

What people or companies typed is shown through ``shown``: control characters become visible, and the whole
is wrapped so that it cannot reorder what stands beside it.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from optout_desktop.gui import theme

_FIRST_STRONG_ISOLATE = "\u2068"
_POP_ISOLATE = "\u2069"
_TURNING = frozenset((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C))
_UNSEEN = frozenset(
    (*range(0x200B, 0x200E), *range(0x2060, 0x2065), 0xFEFF, 0x00AD, *range(0xE0000, 0xE0080))
)
_LAST_C0 = 0x20
_DELETE = 0x7F


def visible_controls(text: str) -> str:
    """The text with every character that turns, hides or controls spelt out, as in ``⟨U+202E⟩``."""
    return "".join(f"⟨U+{ord(each):04X}⟩" if _is_hidden(each) else each for each in text)


def isolated(text: str) -> str:
    """The text wrapped so that its direction stays its own (Unicode UAX 9, FSI and PDI)."""
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}"


def without_isolates(text: str) -> str:
    """The text as it goes on paper, where a line stands alone and its direction needs no guard."""
    return text.replace(_FIRST_STRONG_ISOLATE, "").replace(_POP_ISOLATE, "")


def shown(text: str) -> str:
    """Foreign text made safe to stand inside a sentence."""
    return isolated(visible_controls(text))


def _is_hidden(character: str) -> bool:
    code = ord(character)
    if code in _TURNING or code in _UNSEEN:
        return True
    return (code < _LAST_C0 or code == _DELETE) and character not in "\n\t"


class Look(StrEnum):
    """How a label looks; the style sheet knows what each means."""

    PLAIN = ""
    PAGE = "page"
    TITLE = "title"
    STRONG = "strong"
    SECOND = "second"
    SMALL = "small"
    SECTION = "section"
    COUNT = "count"
    ERROR = "error"


def label(text: str, look: Look = Look.PLAIN, *, wraps: bool = False) -> QLabel:
    """A plain-text label; HTML in it is shown, not obeyed."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("look", str(look))
    made.setWordWrap(wraps)
    return made


class ElidedLabel(QLabel):
    """One line that ends in … where it does not fit; the whole text is spoken, and shown on hovering."""

    def __init__(self, text: str = "", look: Look = Look.PLAIN, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("look", str(look))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(text)
        self.setAccessibleName(text)
        self._offer_whole()

    def minimumSizeHint(self) -> QSize:
        """Room for three letters."""
        return QSize(self.fontMetrics().horizontalAdvance("MMM"), super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """Room for the whole text."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 2, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text on hovering only where it is cut."""
        super().resizeEvent(event)
        self._offer_whole()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, int(flags), text)

    def _offer_whole(self) -> None:
        is_cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width() > 0
        self.setToolTip(self.text() if is_cut else "")


class IconLabel(QWidget):
    """An icon in the theme's colours; silent unless it is given a name to speak."""

    def __init__(self, name: str, size_px: int = 20, colour: str = "text_2", spoken: str = "") -> None:
        super().__init__()
        self._name = name
        self._size_px = size_px
        self._colour = colour
        self.setAccessibleName(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The icon's size, grown with the text."""
        side = theme.px(self._size_px)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon."""
        side = theme.px(self._size_px)
        picture = theme.pixmap(self._name, self.colour(), side, self)
        QPainter(self).drawPixmap(0, (self.height() - side) // 2, picture)

    def colour(self) -> str:
        """The colour for now; ``colour`` at the making names a field of the theme's table."""
        return str(getattr(theme.tokens(), self._colour))
