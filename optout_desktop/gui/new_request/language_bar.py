# SPDX-License-Identifier: Apache-2.0
"""One line above a letter: its language, its tone, and the template that it is made from.

What is chosen is told as a ``LetterChoice``; nothing changes here before the letter was loaded anew.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from optout_desktop.domain.ids import TemplateId
from optout_desktop.domain.letters import LetterChoice, Tone
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, visible_controls
from optout_desktop.gui.language_words import letter_language
from optout_desktop.gui.new_request.loading import Loaded

_NEW, _MANAGE = "new", "manage"
_SHORTEST_CHARACTERS = 8


class LanguageBar(QWidget):
    """Three boxes; with an own template, which has its own words, language and tone are not asked for."""

    choice_wanted = Signal(object)
    """A ``LetterChoice`` that differs from the present one."""
    template_wanted = Signal()
    """A new template shall be made from this letter."""
    manage_wanted = Signal()
    """The list of own templates shall be shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loaded: Loaded | None = None
        self.language = _box()
        self.tone = _box()
        self.template = _box()
        self.tone.addItem(self.tr("Plain"), Tone.PLAIN)
        self.tone.addItem(self.tr("Firm"), Tone.FIRM)
        flow = FlowLayout(self, 12)
        flow.addWidget(_named(self.tr("&Language"), self.language))
        flow.addWidget(_named(self.tr("To&ne"), self.tone))
        flow.addWidget(_named(self.tr("Tem&plate"), self.template))
        self.language.activated.connect(lambda _at: self._tell_language())
        self.tone.activated.connect(lambda _at: self._tell_tone())
        self.template.activated.connect(lambda _at: self._tell_template())

    def show_letter(self, loaded: Loaded) -> None:
        """Show how a letter is written; a text message has nothing to choose."""
        self._loaded = loaded
        self.setVisible(not loaded.is_text_message)
        view = loaded.view
        is_own = view.choice.template is not None
        self.language.clear()
        first = view.proposed_language
        for code in sorted(view.languages, key=lambda one: (one != first, letter_language(one).casefold())):
            name = letter_language(code)
            words = self.tr("{language} (proposed)").format(language=name) if code == first else name
            self.language.addItem(words, code)
        self.language.setCurrentIndex(self.language.findData(view.language))
        self.tone.setCurrentIndex(self.tone.findData(view.tone))
        fixed = self.tr("Your own template has its own words.") if is_own else ""
        for box in (self.language, self.tone):
            box.setEnabled(not is_own)
            box.setToolTip(fixed)
            box.setAccessibleDescription(fixed)
        self._offer_templates(loaded)

    def show_again(self) -> None:
        """What was chosen was not taken: show what holds."""
        if self._loaded is not None:
            self.show_letter(self._loaded)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _offer_templates(self, loaded: Loaded) -> None:
        self.template.clear()
        self.template.addItem(self.tr("Shipped"), None)
        for one in loaded.own_templates:
            words = self.tr("{name} ({language})").format(
                name=visible_controls(one.name), language=letter_language(one.language)
            )
            self.template.addItem(words, one.id)
        self.template.insertSeparator(self.template.count())
        self.template.addItem(self.tr("New from this letter…"), _NEW)
        self.template.addItem(self.tr("Manage my templates…"), _MANAGE)
        at = max(self.template.findData(loaded.view.choice.template), 0)
        self.template.setCurrentIndex(at)

    def _tell_language(self) -> None:
        if self._loaded is None:
            return
        code = str(self.language.currentData())
        view = self._loaded.view
        if code != view.language:
            wanted = "" if code == view.proposed_language else code
            self._tell(replace(view.choice, language=wanted))

    def _tell_tone(self) -> None:
        if self._loaded is not None:
            self._tell(replace(self._loaded.view.choice, tone=Tone(self.tone.currentData())))

    def _tell_template(self) -> None:
        chosen = self.template.currentData()
        if self._loaded is None:
            return
        if chosen in {_NEW, _MANAGE}:
            self.show_again()
            (self.template_wanted if chosen == _NEW else self.manage_wanted).emit()
            return
        template = TemplateId(chosen) if chosen else None
        self._tell(replace(self._loaded.view.choice, template=template))

    def _tell(self, choice: LetterChoice) -> None:
        if self._loaded is not None and choice != self._loaded.view.choice:
            self.choice_wanted.emit(choice)


def _box() -> QComboBox:
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    box.setMinimumContentsLength(_SHORTEST_CHARACTERS)
    return box


def _named(words: str, box: QComboBox) -> QWidget:
    """A box with its name before it, which breaks to the next line as one."""
    name = QLabel(words)
    name.setProperty("look", str(Look.SECOND))
    name.setBuddy(box)
    box.setAccessibleName(words.replace("&", ""))
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(name)
    row.addWidget(box)
    return both
