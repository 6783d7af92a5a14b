# SPDX-License-Identifier: Apache-2.0
"""The parts of the wizard and their places; what they do is joined in ``wizard``."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.new_request.about_you import AboutYouStep
from optout_desktop.gui.new_request.asked_before import AskedBefore
from optout_desktop.gui.new_request.letter import LetterPane
from optout_desktop.gui.new_request.texts import TextsStep
from optout_desktop.gui.new_request.trail import Trail, WishBar
from optout_desktop.gui.new_request.what import WhatStep
from optout_desktop.gui.new_request.who import WhoStep
from optout_desktop.gui.surroundings import Surroundings


class WizardFrame(QWidget):
    """Title and trail, the wish, the step, and the buttons at the foot."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label(self.tr("New request"), Look.PAGE)
        names = (self.tr("What"), self.tr("Who"), self.tr("About you"), self.tr("Preview and send"))
        self.trail = Trail(names)
        self.bar = WishBar()
        self.what = WhatStep()
        self.who = WhoStep(surroundings)
        self.texts = TextsStep(surroundings)
        self.before = AskedBefore(surroundings)
        self.about = AboutYouStep()
        self.pane = LetterPane(surroundings)
        self.stack = QStackedWidget()
        for page in (self.what, self.who, self.texts, self.about, self.pane):
            self.stack.addWidget(page)
        self.close_button = QPushButton(self.tr("C&lose"))
        self.save = QPushButton(self.tr("Save &draft"))
        self.back = QPushButton(self.tr("&Back"))
        self.go_on = QPushButton(self.tr("&Continue"))
        self.go_on.setProperty("kind", "accent")
        self.buttons = QWidget()
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.close_button)
        row.addStretch()
        for button in (self.save, self.back, self.go_on):
            row.addWidget(button)
        self.send_save = QPushButton(self.tr("Save &draft"))
        self.send_back = QPushButton(self.tr("&Back"))
        self.pane.footer.lead(self.send_save, self.send_back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addWidget(self.trail, 1)
        layout.addLayout(head)
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self.before)
        layout.addWidget(self.pane.footer)
        layout.addWidget(self.buttons)

    def forget_steps(self) -> None:
        """No step knows anything of an earlier request."""
        self.who.search.clear()
        self.who.rest()
        self.texts.forget()
        self.about.ticks.forget()
        self.pane.facts.ticks.forget()
        self.pane.forget()
