# SPDX-License-Identifier: Apache-2.0
"""“Add from their privacy policy”: a pasted text, the addresses found in it, and a tick for each to add.

Nothing is fetched: the person copies the policy from their browser. The text is read beside the vault's thread.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import OptOutError
from optout_desktop.domain.policy_text import FoundContact, Purpose
from optout_desktop.gui import company_words, theme, wording
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.scroll_dialog import ScrollDialog
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.voice import announce

_LONGEST_LINE_CHARS = 1_000
_LONGEST_PASTED_CHARS = 1024 * 1024 + 1
"""One more than is read: what is longer is told to be too long."""


class PastedText(QPlainTextEdit):
    """Takes plain text; very long lines are broken, which Qt would take minutes to lay out."""

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert what is pasted or dropped, as plain text."""
        lines = source.text()[:_LONGEST_PASTED_CHARS].splitlines()
        pieces = (
            line[at : at + _LONGEST_LINE_CHARS]
            for line in lines
            for at in range(0, max(len(line), 1), _LONGEST_LINE_CHARS)
        )
        self.textCursor().insertText("\n".join(pieces))


class PolicyDialog(ScrollDialog):
    """Asks for the text of a policy; ``ask`` answers with the addresses that were ticked."""

    help_topic = "companies"

    def __init__(
        self, surroundings: Surroundings, company_name: str, country: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._around = surroundings
        self.help_wanted.connect(surroundings.navigator.help_wanted)
        self._country = country
        self._found: tuple[FoundContact, ...] = ()
        self.ticks: list[QCheckBox] = []
        title = self.tr("Add from their privacy policy")
        self.text = PastedText()
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("Text of the privacy policy"))
        self.text.setPlaceholderText(self.tr("Paste the text here"))
        self.text.setMinimumHeight(theme.px(150))
        self.search = QPushButton(self.tr("&Find addresses"))
        self.search.setAutoDefault(False)
        self.search.clicked.connect(self.look)
        self.told = label("", Look.STRONG, wraps=True)
        self.told.hide()
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        meaning = self.tr(
            "Open the privacy policy in your browser, copy the part about your rights or about contact, and paste "
            "it. Addresses and links in it are found on this computer; nothing is opened."
        )
        self.body.addWidget(label(title, Look.TITLE))
        if company_name.strip():
            self.body.addWidget(label(shown(company_name), Look.STRONG, wraps=True))
        self.body.addWidget(label(meaning, Look.SECOND, wraps=True))
        self.body.addWidget(self.text)
        self.body.addWidget(self.search, alignment=Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self.told)
        self.body.addLayout(self._list)
        self.main.clicked.connect(self.accept)
        self.finish(title, self.tr("&Add"), 620, 640)
        self._say_chosen()

    def ask(self) -> tuple[tuple[Channel, str], ...]:
        """What is to be added; nothing if the dialog was left."""
        return self.chosen() if self.exec() == self.DialogCode.Accepted else ()

    def chosen(self) -> tuple[tuple[Channel, str], ...]:
        """The addresses that are ticked."""
        return tuple(
            (one.channel, one.value)
            for one, tick in zip(self._found, self.ticks, strict=True)
            if tick.isChecked()
        )

    def look(self) -> None:
        """Look for addresses in what was pasted."""
        text, country, desk = self.text.toPlainText(), self._country, self._around.desk
        self.search.setEnabled(False)
        self._around.tasks.run_outside(
            self, lambda: desk.importing.in_policy(text, country), self._show, self._fail
        )

    def _show(self, found: tuple[FoundContact, ...]) -> None:
        self.search.setEnabled(True)
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._found, self.ticks = found, []
        for one in found:
            self._list.addWidget(self._card(one))
        none = self.tr("No address was found. Paste the part that says how to reach them.")
        several = self.tr("{count} found. Tick those to add.").format(count=len(found))
        self.told.setText(several if found else none)
        self.told.show()
        announce(self, self.told.text())
        self._say_chosen()
        if self.ticks:
            self.ticks[0].setFocus()

    def _card(self, one: FoundContact) -> QFrame:
        card = QFrame()
        card.setProperty("kind", "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(2)
        words = self.tr("{channel}, {purpose}").format(
            channel=wording.channel(one.channel), purpose=company_words.purpose(one.purpose)
        )
        tick = QCheckBox(words)
        tick.setAccessibleName(self.tr("{what}: {address}").format(what=words, address=one.value))
        tick.setAccessibleDescription(shown(one.sentence))
        tick.setChecked(one.purpose is not Purpose.GENERAL and one.channel is not Channel.CALL)
        tick.toggled.connect(self._say_chosen)
        self.ticks.append(tick)
        value: QLabel = label(shown(one.value), wraps=True)
        column.addWidget(tick)
        column.addWidget(value)
        column.addWidget(label(shown(one.sentence), Look.SMALL, wraps=True))
        return card

    def _say_chosen(self) -> None:
        count = len(self.chosen())
        self.main.setText(self.tr("&Add {count}").format(count=count) if count else self.tr("&Add"))
        self.main.setEnabled(count > 0)

    def _fail(self, error: OptOutError) -> None:
        self.search.setEnabled(True)
        self.told.setText(words_for(error).text)
        self.told.show()
        announce(self, self.told.text(), is_urgent=True)
