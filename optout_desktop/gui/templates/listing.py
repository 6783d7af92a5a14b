# SPDX-License-Identifier: Apache-2.0
"""The list of own templates, with what can be done with one; in a window of its own and in the settings."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from optout_desktop.domain.ids import RequestId
from optout_desktop.domain.letters import LETTER_LANGUAGES, OwnTemplate
from optout_desktop.gui import letter_words, theme, wording
from optout_desktop.gui.dialog_room import fit
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label, shown, visible_controls
from optout_desktop.gui.language_words import letter_language
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.templates.editor import TemplateEditor
from optout_desktop.services.own_templates import TemplateInput


def input_of(template: OwnTemplate) -> TemplateInput:
    """A kept template as it is typed."""
    return TemplateInput(
        name=template.name,
        kind=template.kind,
        right=template.right,
        language=template.language,
        subject=template.subject,
        body=template.body,
    )


class TemplateList(QWidget):
    """Every own template; ``request`` is the one that a letter was opened for."""

    changed = Signal()
    """A template was kept, or went to the bin."""

    def __init__(
        self, surroundings: Surroundings, parent: QWidget | None = None, request: RequestId | None = None
    ) -> None:
        super().__init__(parent)
        self._around = surroundings
        self._request = request
        self._templates: tuple[OwnTemplate, ...] = ()
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("My templates"))
        self.list.setMinimumHeight(theme.px(120))
        self.list.itemActivated.connect(lambda _item: self.edit())
        self.list.currentRowChanged.connect(lambda _at: self._allow())
        self.empty = label(
            self.tr("You have none yet. Open a letter and choose “New from this letter…” at “Template”."),
            Look.SECOND,
            wraps=True,
        )
        self.change = self._button(self.tr("Chan&ge…"), self.edit)
        self.copy = self._button(self.tr("D&uplicate"), self.duplicate)
        self.bin = self._button(self.tr("To the b&in"), self.move_to_bin)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.change, self.copy, self.bin):
            flow.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.empty)
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)
        self._show(())

    def refresh(self) -> None:
        """Ask for the templates."""
        self._around.tasks.run(self, self._around.desk.own_templates.all, self._show)

    def chosen(self) -> OwnTemplate | None:
        """The template that is marked."""
        at = self.list.currentRow()
        return self._templates[at] if 0 <= at < len(self._templates) else None

    def edit(self) -> None:
        """Open the marked one."""
        found = self.chosen()
        if found is None:
            return
        dialog = TemplateEditor(
            self._around, input_of(found), LETTER_LANGUAGES, self, template=found.id, request=self._request
        )
        if dialog.ask() is not None:
            self._done()
        dialog.deleteLater()

    def duplicate(self) -> None:
        """Keep the marked one once more under another name."""
        found = self.chosen()
        if found is None:
            return
        name = self.tr("{name} (copy)").format(name=found.name)
        own, written = self._around.desk.own_templates, replace(input_of(found), name=name)

        def kept(template: OwnTemplate) -> None:
            self._around.say_undoable(self.tr("“{name}” is kept.").format(name=shown(template.name)))
            self._done()

        self._around.tasks.run(self, lambda: own.save(written), kept)

    def move_to_bin(self) -> None:
        """Put the marked one aside; undo brings it back."""
        found, own = self.chosen(), self._around.desk.own_templates
        if found is None:
            return

        def binned(_none: None) -> None:
            words = self.tr("“{name}” was moved to the bin.")
            self._around.say_undoable(words.format(name=shown(found.name)))
            self._done()

        self._around.tasks.run(self, lambda: own.bin(found.id), binned)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _button(self, words: str, act: object) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    def _done(self) -> None:
        self.refresh()
        self.changed.emit()

    def _show(self, templates: tuple[OwnTemplate, ...]) -> None:
        at = self.list.currentRow()
        self._templates = templates
        self.list.clear()
        for one in templates:
            right = wording.right(one.right) if one.right else self.tr("Every request")
            item = QListWidgetItem(
                self.tr("{name}\n{letter} · {right} · {language}").format(
                    name=visible_controls(one.name),
                    letter=letter_words.title(one.kind),
                    right=right,
                    language=letter_language(one.language),
                )
            )
            item.setData(Qt.ItemDataRole.UserRole, str(one.id))
            self.list.addItem(item)
        if templates:
            self.list.setCurrentRow(min(max(at, 0), len(templates) - 1))
        self.list.setVisible(bool(templates))
        self.empty.setVisible(not templates)
        self._allow()

    def _allow(self) -> None:
        for button in (self.change, self.copy, self.bin):
            button.setEnabled(self.chosen() is not None)
            button.setVisible(bool(self._templates))


class TemplatesDialog(QDialog):
    """The list in a window."""

    def __init__(
        self, surroundings: Surroundings, parent: QWidget | None = None, request: RequestId | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "window")
        self.setWindowTitle(self.tr("My templates"))
        self.templates = TemplateList(surroundings, self, request)
        close = QPushButton(self.tr("Close"))
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(label(self.tr("My templates"), Look.TITLE))
        layout.addWidget(self.templates, 1)
        layout.addLayout(row)
        fit(self, theme.px(560), theme.px(460))
        self.templates.refresh()
