# SPDX-License-Identifier: Apache-2.0
"""The templates that a person wrote for letters of their own."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from optout_desktop.gui.settings.rows import Section
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.templates.listing import TemplateList


class TemplatesSection(Section):
    """The list of own templates."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entitle(self.tr("My templates"))
        self.say(self.tr("Letters of your own. At a letter, the box “Template” offers those that fit it."))
        self.templates = TemplateList(surroundings)
        self.rows.addWidget(self.templates, 1)
        self.finish()

    def refresh(self) -> None:
        """Ask for the templates."""
        self.templates.refresh()
