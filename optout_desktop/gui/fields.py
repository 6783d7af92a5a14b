# SPDX-License-Identifier: Apache-2.0
"""Fields to type into, each with its label, and the mistakes in them said beside them.

An error never empties a field. ``FormErrors`` sums up all mistakes of a form, takes the focus and leads to
each field by a link.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDateEdit,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from optout_desktop.domain.errors import InputError
from optout_desktop.gui import theme
from optout_desktop.gui.chips import IconButton
from optout_desktop.gui.labels import IconLabel, Look, label
from optout_desktop.gui.voice import announce

_LINK_EDGE_PX = 5  # what the style sheet gives a link as border and padding
_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)


def restyle(widget: QWidget) -> None:
    """Have the style sheet look at a widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class FieldRow(QWidget):
    """Label above, field, and below it a hint or what is wrong with the value."""

    def __init__(
        self,
        words: str,
        field: QWidget,
        name: str,
        hint: str = "",
        *,
        is_required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.name = name
        """The name of the field as ``InputError.field`` gives it."""
        self.field = field
        self.label = QLabel(words)
        self.label.setBuddy(field)
        self._spoken = words.replace("&", "")
        self._hint = label(hint, Look.SMALL, wraps=True)
        self._error = label("", Look.ERROR, wraps=True)
        self._error.hide()
        self._is_required = is_required
        field.setAccessibleName(self._spoken)
        field.setAccessibleDescription(hint or (self.tr("Required") if is_required else ""))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.label)
        layout.addWidget(field)
        layout.addWidget(self._error)
        layout.addWidget(self._hint)
        # only here: what is shown before it has a parent comes up as a window of its own
        self._hint.setVisible(bool(hint))

    @property
    def error(self) -> str:
        """What is wrong with the value; empty if nothing."""
        return self._error.text()

    @property
    def words(self) -> str:
        """The field's label without the mark of its access key."""
        return self._spoken

    def show_error(self, sentence: str) -> None:
        """Say what is wrong below the field, in the field's description, and by its border."""
        self._error.setText(sentence)
        self._error.setVisible(bool(sentence))
        self._hint.setVisible(bool(self._hint.text()) and not sentence)
        self.field.setAccessibleDescription(sentence or self._hint.text())
        self.field.setProperty("invalid", "true" if sentence else "false")
        restyle(self.field)

    def say_hint(self, hint: str) -> None:
        """Another hint below the field, where nothing is wrong."""
        self._hint.setText(hint)
        if not self.error:
            self._hint.setVisible(bool(hint))
            self.field.setAccessibleDescription(hint)

    def clear_error(self) -> None:
        """Nothing is wrong any more."""
        if self.error:
            self.show_error("")


class WrappedLink(QPushButton):
    """A link of one sentence, on as many lines as it needs."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words.replace("&", "&&"), parent)
        self._words = words
        self.setProperty("kind", "link")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        """A few letters: it breaks where it must."""
        return QSize(self.fontMetrics().horizontalAdvance("M" * 8), self.fontMetrics().height())

    def heightForWidth(self, width: int) -> int:
        """The height of all lines."""
        room = QRect(0, 0, max(width - 2 * _LINK_EDGE_PX, 1), 0)
        return self.fontMetrics().boundingRect(room, _WRAPPED, self._words).height() + 2 * _LINK_EDGE_PX

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frame as the style has it, the words in lines."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        font = self.font()
        font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(QColor(theme.tokens().link))
        edge = _LINK_EDGE_PX
        painter.drawText(self.rect().adjusted(edge, edge, -edge, -edge), _WRAPPED, self._words)


class FormErrors(QFrame):
    """All mistakes of a form in one place, above it; hidden while there are none."""

    def __init__(self, rows: Sequence[FieldRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "notice")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._rows = {row.name: row for row in rows}
        self._title = label("", Look.STRONG, wraps=True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(16, 12, 16, 12)
        self._layout.setSpacing(4)
        self._layout.addWidget(self._title)
        self._links: list[QPushButton] = []
        self.hide()

    def show_errors(self, errors: Sequence[InputError]) -> None:
        """Show each error at its field and all of them here, and take the focus; none hides the notice."""
        self.clear()
        if not errors:
            return
        one, more = self.tr("Please look at this field again."), self.tr("Please look at these fields again.")
        self._title.setText(one if len(errors) == 1 else more)
        for error in errors:
            self._add(error)
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(" ".join(str(error) for error in errors))
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self._title.text(), is_urgent=True)

    def clear(self) -> None:
        """Take all errors back."""
        for row in self._rows.values():
            row.clear_error()
        for link in self._links:
            self._layout.removeWidget(link)
            link.deleteLater()
        self._links = []
        self.hide()

    def _add(self, error: InputError) -> None:
        row = self._rows.get(error.field)
        sentence = str(error)
        if row is None:
            words = sentence
        else:
            words = self.tr("{field}: {sentence}").format(field=row.words, sentence=sentence)
            row.show_error(sentence)
        link = WrappedLink(words)
        if row is not None:
            link.clicked.connect(lambda: row.field.setFocus(Qt.FocusReason.OtherFocusReason))
        self._layout.addWidget(link)
        self._links.append(link)


class PassphraseField(QLineEdit):
    """A passphrase: hidden, may be pasted, can be shown, says when Caps Lock seems to be on."""

    caps_lock_seen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        hints = Qt.InputMethodHint
        self.setInputMethodHints(
            hints.ImhSensitiveData
            | hints.ImhNoPredictiveText
            | hints.ImhNoAutoUppercase
            | hints.ImhHiddenText
        )
        self._eye = IconButton("eye", self.tr("Show passphrase"), self)
        self._eye.setCheckable(True)
        self._eye.setCursor(Qt.CursorShape.ArrowCursor)
        self._eye.toggled.connect(self._show_or_hide)
        self._is_caps_lock = False

    @property
    def eye(self) -> IconButton:
        """The button that shows and hides the letters."""
        return self._eye

    def take(self) -> str:
        """The passphrase, taken out: the field is empty afterwards."""
        typed = self.text()
        self.forget()
        return typed

    def forget(self) -> None:
        """Empty the field and its undo list.

        Qt and Python keep no promise that memory is overwritten; what can be done is to write over the
        visible copy and to drop the list of undone texts, both of which ``setText`` does.
        """
        self.setText("\u2022" * len(self.text()))
        self.setText("")
        self._eye.setChecked(False)

    def select_again(self) -> None:
        """After a wrong passphrase: keep it, selected, with the focus, so that typing replaces it."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button at the end of the field."""
        super().resizeEvent(event)
        side = max(24, self.height() - 8)
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self._eye.setFixedSize(QSize(side, side))
        self._eye.move(4 if is_mirrored else self.width() - side - 4, (self.height() - side) // 2)
        self.setTextMargins(side if is_mirrored else 0, 0, 0 if is_mirrored else side, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Notice Caps Lock: Qt does not tell, but a capital without Shift gives it away."""
        letter = event.text()
        if letter.isalpha() and letter.lower() != letter.upper():
            has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._say_caps_lock(is_on=letter.isupper() != has_shift)
        elif event.key() == Qt.Key.Key_CapsLock:
            self._say_caps_lock(is_on=False)
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The hint is for this field only."""
        super().focusOutEvent(event)
        self._say_caps_lock(is_on=False)

    def _say_caps_lock(self, *, is_on: bool) -> None:
        if is_on != self._is_caps_lock:
            self._is_caps_lock = is_on
            self.caps_lock_seen.emit(is_on)
            if is_on:
                announce(self, self.tr("Caps Lock seems to be on."))

    def _show_or_hide(self, is_shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        mode = QLineEdit.EchoMode
        self.setEchoMode(mode.Normal if is_shown else mode.Password)
        self._eye.show_as(
            "eye-off" if is_shown else "eye",
            self.tr("Hide passphrase") if is_shown else self.tr("Show passphrase"),
        )


class PassphraseRow(FieldRow):
    """A passphrase with its label, and the Caps Lock hint below it."""

    def __init__(
        self, words: str, name: str = "passphrase", hint: str = "", parent: QWidget | None = None
    ) -> None:
        self.passphrase = PassphraseField()
        super().__init__(words, self.passphrase, name, hint, is_required=True, parent=parent)
        self._caps = label(self.tr("Caps Lock seems to be on."), Look.SMALL)
        self._caps.hide()
        self.passphrase.caps_lock_seen.connect(self._caps.setVisible)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self._caps)


class SearchField(QLineEdit):
    """Search as you type: tells what is wanted after a short rest; Esc empties it."""

    wanted = Signal(str)

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(theme.px(200))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._glass = IconLabel("search", 16)
        self._glass.setParent(self)
        self._glass.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textChanged.connect(self.wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties a field that holds something, and is handed on by an empty one."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the glass at the start, in the middle of the height: Qt's own place for it ignores the sheet."""
        super().resizeEvent(event)
        side, edge = self._glass.sizeHint().width(), theme.px(8)
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self._glass.resize(side, side)
        self._glass.move(self.width() - side - edge if is_mirrored else edge, (self.height() - side) // 2)
        room = side + edge
        self.setTextMargins(0 if is_mirrored else room, 0, room if is_mirrored else 0, 0)


class DateField(QDateEdit):
    """A day, typed or picked from a calendar; written as everywhere else, such as *10 Nov 2026*."""

    def __init__(self, day: date, latest: date | None = None, parent: QWidget | None = None) -> None:
        super().__init__(QDate(day.year, day.month, day.day), parent)
        self.setCalendarPopup(True)
        self.setDisplayFormat("d MMM yyyy")
        if latest is not None:
            self.setMaximumDate(QDate(latest.year, latest.month, latest.day))
        self.lineEdit().setTextMargins(5, 0, 0, 0)  # style sheets cannot reach the text inside

    def day(self) -> date:
        """The day that is set."""
        chosen = self.date()
        return date(chosen.year(), chosen.month(), chosen.day())
