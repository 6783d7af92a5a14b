# SPDX-License-Identifier: Apache-2.0
"""The settings: sections at the side, one shown; what is changed holds at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from optout_desktop.gui import theme
from optout_desktop.gui.settings.backups import BackupsSection
from optout_desktop.gui.settings.own_templates import TemplatesSection
from optout_desktop.gui.settings.plain import AdvocateSection, GeneralSection, LookSection, PrivacySection
from optout_desktop.gui.settings.rows import Binder, Section, Value
from optout_desktop.gui.settings.security import SecuritySection
from optout_desktop.gui.settings.sending import SendingSection
from optout_desktop.gui.settings.you import YouSection
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tiles import PageFrame


class SettingsPage(QWidget):
    """Every setting that works now."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = surroundings
        self._binder = Binder(surroundings, self)
        self.contents = QListWidget()
        self.contents.setAccessibleName(self.tr("Sections"))
        self.contents.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._stack = QStackedWidget()
        self.sections: dict[str, Section] = {}
        for key, words, section in (
            ("general", self.tr("General"), GeneralSection(self._binder)),
            ("look", self.tr("Look"), LookSection(self._binder)),
            ("you", self.tr("You"), YouSection(surroundings)),
            ("security", self.tr("Security"), SecuritySection(self._binder, surroundings)),
            ("sending", self.tr("Sending"), SendingSection(surroundings)),
            ("backups", self.tr("Backups"), BackupsSection(surroundings)),
            ("templates", self.tr("My templates"), TemplatesSection(surroundings)),
            ("advocate", self.tr("Advocate mode"), AdvocateSection(self._binder)),
            ("privacy", self.tr("Privacy"), PrivacySection(surroundings)),
        ):
            self._add(key, words, section)
        self.contents.currentRowChanged.connect(self._chosen)
        content = QWidget()
        columns = QHBoxLayout(content)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(16)
        columns.addWidget(self.contents)
        columns.addWidget(self._stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(PageFrame(self.tr("Settings"), content, scrolls=False))
        self.setFocusProxy(self.contents)
        self._fit()
        self.contents.setCurrentRow(0)

    @property
    def section(self) -> str:
        """The key of the section that is shown."""
        item = self.contents.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""

    def refresh(self) -> None:
        """Ask for what is kept."""
        self._around.tasks.run(self, self._around.desk.preferences.all, self._show)

    def show_section(self, key: str) -> None:
        """Show one section; an unknown key leaves the one that is shown."""
        for at in range(self.contents.count()):
            if self.contents.item(at).data(Qt.ItemDataRole.UserRole) == key:
                self.contents.setCurrentRow(at)

    def changeEvent(self, event: QEvent) -> None:
        """The side grows with the text."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_stack"):
            self._fit()

    def _fit(self) -> None:
        longest = max(
            self.contents.fontMetrics().horizontalAdvance(self.contents.item(at).text())
            for at in range(self.contents.count())
        )
        self.contents.setFixedWidth(max(longest + 48, theme.px(140)))

    def _add(self, key: str, words: str, section: Section) -> None:
        item = QListWidgetItem(words)
        item.setData(Qt.ItemDataRole.UserRole, key)
        self.contents.addItem(item)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        section.setMaximumWidth(760)
        scroll.setWidget(section)
        self._stack.addWidget(scroll)
        self.sections[key] = section

    def _show(self, values: dict[str, Value]) -> None:
        self._binder.show(values)
        for section in self.sections.values():
            section.refresh()

    def _chosen(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
