# SPDX-License-Identifier: Apache-2.0
"""From a letter to the person's own templates: a new one made from it, and the list of all."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from optout_desktop.gui.new_request.loading import Loaded
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.templates.editor import TemplateEditor
from optout_desktop.gui.templates.listing import TemplatesDialog
from optout_desktop.services.own_templates import TemplateInput


class LetterTemplates(QObject):
    """Opens editor and list over a letter."""

    chosen = Signal(object)
    """The ``LetterChoice`` with the template that was just made."""
    changed = Signal()
    """Templates were changed."""

    def __init__(self, surroundings: Surroundings, window: QWidget) -> None:
        super().__init__(window)
        self._around = surroundings
        self._window = window

    def start_from(self, loaded: Loaded) -> None:
        """A new template from the words of a letter, with this request as its example."""
        view, own = loaded.view, self._around.desk.own_templates
        self._around.tasks.run(
            self._window, lambda: own.started_from(view), lambda written: self._write(loaded, written)
        )

    def manage(self) -> None:
        """The list of all templates."""
        dialog = TemplatesDialog(self._around, self._window)
        dialog.templates.changed.connect(self.changed)
        dialog.exec()
        dialog.deleteLater()

    def _write(self, loaded: Loaded, written: TemplateInput) -> None:
        view = loaded.view
        dialog = TemplateEditor(
            self._around, written, view.languages, self._window, request=view.request.id, shipped=written
        )
        kept = dialog.ask()
        dialog.deleteLater()
        if kept is not None:
            self.chosen.emit(replace(view.choice, template=kept.id))
