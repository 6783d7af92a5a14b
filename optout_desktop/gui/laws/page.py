# SPDX-License-Identifier: Apache-2.0
"""Place 7, Laws: what each law says, the registers, and deadlines counted without any request, as tabs.

Each tab is made when it is first shown. A law leads to the calculator with itself chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QAction, QFont, QFontMetrics
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from optout_desktop.domain.ids import LawId
from optout_desktop.domain.rights import Right
from optout_desktop.gui import keymap
from optout_desktop.gui.keymap import Act
from optout_desktop.gui.laws.calculator import CalculatorTab
from optout_desktop.gui.laws.laws_tab import LawsTab
from optout_desktop.gui.laws.registers_tab import RegistersTab
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tiles import PageFrame

LAWS = "laws"
REGISTERS = "registers"
CALCULATOR = "calculator"


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("laws", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One tab: its key, its name, and what makes it."""

    key: str
    title: str
    make: Callable[[Surroundings], QWidget]


def tabs() -> tuple[Tab, ...]:
    """The tabs, in order."""
    return (
        Tab(key=LAWS, title=tr("Laws"), make=LawsTab),
        Tab(key=REGISTERS, title=tr("Registers"), make=RegistersTab),
        Tab(key=CALCULATOR, title=tr("Deadline calculator"), make=CalculatorTab),
    )


class _TabBar(QTabBar):
    """Has room for every tab being the bold one, so that choosing another moves nothing."""

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        plain, wide = QFontMetrics(self.font()), QFontMetrics(bold)
        names = [self.tabText(at) for at in range(self.count())]
        more = sum(wide.horizontalAdvance(name) - plain.horizontalAdvance(name) for name in names)
        return QSize(hint.width() + more, hint.height())


class LawsPage(QWidget):
    """Laws, registers and the deadline calculator."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = surroundings
        self._tabs = tabs()
        self._made: dict[str, QWidget] = {}
        self.bar = _TabBar()
        self.bar.setAccessibleName(self.tr("Parts of this page"))
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        self.bar.setUsesScrollButtons(True)
        self.bar.setElideMode(Qt.TextElideMode.ElideNone)
        self._stack = QStackedWidget()
        for tab in self._tabs:
            self.bar.addTab(tab.title)
            self._stack.addWidget(QWidget())
        frame = PageFrame(self.tr("Laws"), self._stack, scrolls=False)
        frame.add_action(self.bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)
        self.acts: Mapping[Act, QAction] = self._make_acts()
        self.bar.currentChanged.connect(lambda at: self._show(self._tabs[at].key))

    @property
    def tab(self) -> str:
        """The key of the tab that is shown."""
        return self._tabs[self.bar.currentIndex()].key

    @property
    def help_screen(self) -> str:
        """The screen whose help F1 opens."""
        return self.tab

    def refresh(self) -> None:
        """Ask the services again for what is shown."""
        self._show(self.tab)

    def show_tab(self, key: str) -> QWidget:
        """Show a tab, and give it."""
        self.bar.setCurrentIndex(self._index(key))
        return self._of(key)

    def show_law(self, law: LawId) -> None:
        """Show one law."""
        tab = self.show_tab(LAWS)
        if isinstance(tab, LawsTab):
            tab.show_law(law)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _make_acts(self) -> dict[Act, QAction]:
        done: dict[Act, Callable[[], object]] = {Act.SEARCH: self._search, Act.PRIMARY: self._press}
        acts = keymap.actions_for(done, self)
        for act, made in acts.items():
            made.triggered.connect(lambda _on=False, act=act: done[act]())
            self.addAction(made)
        return acts

    def _index(self, key: str) -> int:
        return next(at for at, tab in enumerate(self._tabs) if tab.key == key)

    def _show(self, key: str) -> None:
        tab = self._of(key)
        self._stack.setCurrentWidget(tab)
        if refresh := getattr(tab, "refresh", None):
            refresh()

    def _of(self, key: str) -> QWidget:
        if key not in self._made:
            at = self._index(key)
            made = self._tabs[at].make(self._around)
            self._made[key] = made
            if isinstance(made, LawsTab):
                self._connect(made)
            elif isinstance(made, RegistersTab):
                made.law_wanted.connect(self.show_law)
                made.calculator_wanted.connect(self._calculate)
            old = self._stack.widget(at)
            self._stack.insertWidget(at, made)
            if old is not None:
                self._stack.removeWidget(old)
                old.deleteLater()
        return self._made[key]

    def _connect(self, laws: LawsTab) -> None:
        laws.calculator_wanted.connect(self._calculate)
        laws.detail.has_registers = any(tab.key == REGISTERS for tab in self._tabs)
        laws.register_wanted.connect(lambda: self.show_tab(REGISTERS))

    def _calculate(self, law: LawId, right: Right | None) -> None:
        tab = self.show_tab(CALCULATOR)
        if isinstance(tab, CalculatorTab):
            tab.choose(law, right)

    def _search(self) -> None:
        search = getattr(self.show_tab(self.tab), "search", None)
        laws = search if isinstance(search, QWidget) else getattr(self.show_tab(LAWS), "search", None)
        if isinstance(laws, QWidget):
            laws.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _press(self) -> None:
        if press := getattr(self._of(self.tab), "press", None):
            press()
