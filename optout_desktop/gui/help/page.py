# SPDX-License-Identifier: Apache-2.0
"""The offline help: contents at the side, or in a drop-down where it is narrow, and one topic in the browser.

The pages are Markdown that the app ships; the browser never loads anything, from nowhere. The list of keys is
made from the one table of keys.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt, QUrl
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from optout_desktop.gui import keymap, theme
from optout_desktop.gui.chips import IconButton
from optout_desktop.gui.keymap import TABLE, Scope
from optout_desktop.gui.tiles import PageFrame
from optout_desktop.gui.voice import announce

_KEYBOARD = "{{keyboard}}"
_LINE_HEIGHT_PERCENT = 130.0
_GAP = "\u2002"
INDEX = "index"
_ROOM_FOR_BOTH_PX = 640
_LETTERS_OF_A_TOPIC = 14
_ROW_SIDE_PX, _ROW_EDGE_PX = 11, 4
"""What the style sheet gives a row at each side, with what Qt adds to it, and above and below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One page of the help."""

    id: str
    title: str
    path: Path
    screens: tuple[str, ...]


def topics_in(folder: Path) -> tuple[Topic, ...]:
    """The topics of one language, in the order of the contents."""
    table = tomllib.loads((folder / "topics.toml").read_text(encoding="utf-8"))
    return tuple(
        Topic(id=each["id"], title=each["title"], path=folder / each["file"], screens=tuple(each["screens"]))
        for each in table["topics"]
    )


class StillBrowser(QTextBrowser):
    """Shows marked-up text and loads nothing, whatever the text asks for."""

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: ANN401 - Qt's own signature
        """One empty pixel in the place of every picture."""
        empty = QImage(1, 1, QImage.Format.Format_ARGB32)
        empty.fill(Qt.GlobalColor.transparent)
        return empty

    def doSetSource(self, name: QUrl | str, type: object = None) -> None:  # noqa: A002 - Qt's own name
        """Go nowhere: the page decides what is shown."""


class TopicList(QListWidget):
    """The titles, each on as many lines as it needs."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Qt measures a row without what the style sheet puts beside its words, and would cut what just fits."""
        super().resizeEvent(event)
        room = QRect(0, 0, max(self.viewport().width() - 2 * _ROW_SIDE_PX, 1), 0)
        for at in range(self.count()):
            item = self.item(at)
            words = self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), item.text())
            height = max(words.height(), theme.px(20)) + 2 * _ROW_EDGE_PX
            item.setSizeHint(QSize(0, height))


class HelpPage(QWidget):
    """Contents, a topic, and the way back."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._topics = {topic.id: topic for topic in topics_in(folder)}
        self._trail: list[str] = []
        self.contents = TopicList()
        self.contents.setAccessibleName(self.tr("Topics"))
        self.contents.setWordWrap(True)
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for topic in self._topics.values():
            item = QListWidgetItem(topic.title)
            item.setData(Qt.ItemDataRole.UserRole, topic.id)
            self.contents.addItem(item)
        self.contents.currentItemChanged.connect(self._chosen)
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Topic"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(_LETTERS_OF_A_TOPIC)
        for topic in self._topics.values():
            self.choice.addItem(topic.title, topic.id)
        self.choice.activated.connect(lambda at: self.show_topic(str(self.choice.itemData(at))))
        self.browser = StillBrowser()
        self.browser.setOpenLinks(False)
        self.browser.setOpenExternalLinks(False)
        self.browser.setAccessibleName(self.tr("Help text"))
        self.browser.anchorClicked.connect(self._follow)
        self.back = IconButton("back", self.tr("Back to the topic before"))
        self.back.clicked.connect(self.go_back)
        content = QWidget()
        columns = QHBoxLayout(content)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        columns.addWidget(self.contents, 1)
        columns.addWidget(self.browser, 3)
        self.contents.setMinimumWidth(160)
        self.contents.setMaximumWidth(theme.px(300))
        frame = PageFrame(self.tr("Help"), content, scrolls=False)
        frame.add_action(self.choice)
        frame.add_action(self.back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)
        self.setFocusProxy(self.browser)
        self._fit()
        self.show_topic(INDEX)

    @property
    def topic(self) -> str:
        """The id of the topic that is shown."""
        return self._trail[-1] if self._trail else ""

    def refresh(self) -> None:
        """Nothing in here depends on the vault."""

    def topic_for(self, screen: str) -> str:
        """The topic for a screen, or for its own id; else the contents."""
        by_screen = next((each.id for each in self._topics.values() if screen in each.screens), "")
        return by_screen or (screen if screen in self._topics else INDEX)

    def show_topic(self, wanted: str) -> None:
        """Show the topic of a screen or of that id."""
        topic = self.topic_for(wanted)
        if topic == self.topic:
            return
        self._trail.append(topic)
        self._show(topic)

    def go_back(self) -> None:
        """Show the topic before this one."""
        if len(self._trail) > 1:
            self._trail.pop()
            self._show(self._trail[-1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Backspace goes back, as in a browser."""
        if event.key() == Qt.Key.Key_Backspace:
            self.go_back()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Contents beside the text where there is room for both."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        is_narrow = self.width() < theme.px(_ROOM_FOR_BOTH_PX)
        had_focus = self.contents.hasFocus() or self.choice.hasFocus()
        self.contents.setVisible(not is_narrow)
        self.choice.setVisible(is_narrow)
        if had_focus:
            (self.choice if is_narrow else self.contents).setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Set the text again in the size and colours of now."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.PaletteChange} and hasattr(self, "browser"):
            self.contents.setMaximumWidth(theme.px(300))
            self._fit()
            if self.topic:
                self._show(self.topic)

    def _show(self, topic_id: str) -> None:
        topic = self._topics[topic_id]
        text = topic.path.read_text(encoding="utf-8").replace(_KEYBOARD, keyboard_table())
        document = self.browser.document()
        document.setDefaultFont(self.font())
        self.browser.setMarkdown(text)
        document.setDocumentMargin(theme.px(20))
        _set_lines_apart(self.browser)
        _move_bullets(self.browser)
        _dress_tables(self.browser)
        self.browser.moveCursor(QTextCursor.MoveOperation.Start)
        self.back.setEnabled(len(self._trail) > 1)
        self.contents.blockSignals(True)
        for at in range(self.contents.count()):
            if self.contents.item(at).data(Qt.ItemDataRole.UserRole) == topic_id:
                self.contents.setCurrentRow(at)
        self.contents.blockSignals(False)
        self.choice.setCurrentIndex(self.choice.findData(topic_id))
        announce(self.browser, topic.title)

    def _chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.show_topic(str(item.data(Qt.ItemDataRole.UserRole)))

    def _follow(self, link: QUrl) -> None:
        found = next((each for each in self._topics.values() if each.path.name == link.path()), None)
        if found is not None:
            self.show_topic(found.id)


class HelpWindow(QDialog):
    """The help in a window of its own: while no vault is open, or over a dialog that keeps what was typed."""

    def __init__(self, folder: Path, screen: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Help"))
        self.page = HelpPage(folder)
        self.page.show_topic(screen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        self.resize(theme.px(860), 620)


def help_over_dialog(folder: Path, screen: str) -> bool:
    """Show the help over the dialog that is up; False where there is none."""
    dialog = QApplication.activeModalWidget()
    if dialog is None:
        return False
    window = HelpWindow(folder, screen, dialog)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.open()
    return True


def keyboard_table() -> str:
    """Every key of the app as a table, from the same source as the keys themselves."""
    lines = []
    names = {
        Scope.WINDOW: tr("Everywhere"),
        Scope.LIST: tr("In lists"),
        Scope.WIZARD: tr("While writing a request"),
    }
    for scope, name in names.items():
        keys = [key for key in TABLE if key.scope is scope and key.keys]
        if keys:
            head = tr("Keys")
            lines += ["", f"| {name} | {head} |", "|---|---|"]
            lines += [
                f"| {keymap.plain_words_of(key.act).rstrip('…')} | {' · '.join(keymap.keys_shown(key.act))} |"
                for key in keys
            ]
    return "\n".join(lines)


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("help", text)


def _set_lines_apart(browser: QTextBrowser) -> None:
    cursor = QTextCursor(browser.document())
    cursor.select(QTextCursor.SelectionType.Document)
    spaced = QTextBlockFormat()
    spaced.setLineHeight(_LINE_HEIGHT_PERCENT, int(QTextBlockFormat.LineHeightTypes.ProportionalHeight.value))
    cursor.mergeBlockFormat(spaced)


def _move_bullets(browser: QTextBrowser) -> None:
    # Qt draws a bullet right before its line and offers no gap: the line starts earlier, with a space
    gap = QFontMetrics(browser.font()).horizontalAdvance(_GAP)
    block = browser.document().begin()
    while block.isValid():
        if block.textList() is not None:
            cursor = QTextCursor(block)
            cursor.insertText(_GAP, QTextCharFormat())
            hanging = QTextBlockFormat()
            hanging.setTextIndent(-gap)
            cursor.mergeBlockFormat(hanging)
        block = block.next()


def _dress_tables(browser: QTextBrowser) -> None:
    for frame in browser.document().rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            form = frame.format()
            form.setCellPadding(theme.px(6))
            form.setCellSpacing(0)
            form.setBorder(1)
            form.setBorderCollapse(True)
            form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            form.setBorderBrush(QBrush(QColor(theme.tokens().hairline)))
            form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
            frame.setFormat(form)
