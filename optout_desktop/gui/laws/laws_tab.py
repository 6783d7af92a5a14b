# SPDX-License-Identifier: Apache-2.0
"""Every law: search and filter, the list, and one law in full; one pane where two do not fit.

The laws come once from ``services/laws``; after that the list follows every letter without asking anybody.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from optout_desktop.domain.errors import CatalogError
from optout_desktop.domain.ids import LawId, RegulatorId
from optout_desktop.domain.laws import Law
from optout_desktop.domain.places import Place
from optout_desktop.domain.regulators import Regulator
from optout_desktop.domain.rights import Right
from optout_desktop.gui.labels import Look, isolated, label
from optout_desktop.gui.laws.law_detail import LawDetail
from optout_desktop.gui.laws.law_filter import FindableLaw, LawFilter
from optout_desktop.gui.laws.law_filter_bar import LawFilterBar
from optout_desktop.gui.laws.law_list import LawList
from optout_desktop.gui.laws.law_words import problem_sentence
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tiles import EmptyState
from optout_desktop.gui.two_panes import TwoPanes
from optout_desktop.gui.voice import announce
from optout_desktop.services.desk import Desk

_MOST_LINES = 5
"""How many problems are told one by one; who has more installs the app again."""
_REST_MS = 60
"""How long the highlight rests before its law is shown: a held arrow key lays out no law on its way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    laws: tuple[Law, ...]
    problems: tuple[CatalogError, ...]
    regulators: Mapping[RegulatorId, Regulator]
    home: Place | None
    today: date


class LawsTab(QWidget):
    """The laws."""

    calculator_wanted = Signal(object, object)
    """A ``LawId``, and a ``Right`` of the law or None."""
    register_wanted = Signal()

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = surroundings
        self._known: _Known | None = None
        self._findable: tuple[FindableLaw, ...] = ()
        self._wanted: LawId | None = None
        self.missing = MissingLaws()
        self.bar = LawFilterBar()
        self.rows = LawList()
        self.detail = LawDetail(surroundings)
        self.panes = TwoPanes(
            self.rows,
            self.detail,
            EmptyState(
                self.tr("No law chosen"),
                self.tr("Choose one to see what it gives you and how its periods are counted."),
                icon="scales",
            ),
        )
        self.panes.add_above(self.bar)
        self.panes.search_with(self.bar.search, self.rows)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.missing)
        layout.addWidget(self.panes, 1)
        self.bar.changed.connect(self._find)
        self.panes.list_wanted.connect(self._forget_wanted)
        self._rest.timeout.connect(self._look)
        self.rows.looked_at.connect(lambda _law: self._rest.start())
        self.rows.opened.connect(lambda law: self.show_law(law.id))
        self.detail.request_wanted.connect(self._start_request)
        self.detail.calculator_wanted.connect(self.calculator_wanted)
        self.detail.register_wanted.connect(self.register_wanted)

    @property
    def search(self) -> QWidget:
        """Where Ctrl+F goes."""
        return self.bar.search

    def refresh(self) -> None:
        """Ask again for the laws; which law is shown, and the filter, stay."""
        desk = self._around.desk
        self._around.tasks.run(self, lambda: _known(desk), self._show_known)

    def show_law(self, law: LawId) -> None:
        """Show one law, whatever is searched for."""
        self._wanted = law
        known = self._known
        found = next((one for one in known.laws if one.id == law), None) if known else None
        if known is not None and found is not None:
            if self.detail.law is not found:
                self.detail.show_law(found, known.regulators, known.today)
            self.panes.fill_detail()
        self.panes.show_detail()

    # ── Qt ───────────────────────────────────────────────────────────────────────────────────────────

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody sees is not laid out."""
        self._rest.stop()
        super().hideEvent(event)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _show_known(self, known: _Known) -> None:
        is_first = self._known is None
        self._known = known
        self._findable = tuple(
            FindableLaw.of(law) for law in sorted(known.laws, key=lambda law: law.short_title.casefold())
        )
        self.missing.show_problems(known.problems)
        self.bar.know(known.laws, known.home)
        if is_first and known.home is not None and self.bar.wanted.is_plain:
            self.bar.want(LawFilter(place=known.home))
        else:
            self._find()
        if self._wanted is not None:
            self.show_law(self._wanted)

    def _find(self) -> None:
        known = self._known
        if known is None:
            return
        found = [one.law for one in self._findable if one.answers(self.bar.wanted, known.today)]
        told = self.tr("1 law of {all}") if len(found) == 1 else self.tr("{count} laws of {all}")
        told = told.format(count=len(found), all=len(known.laws))
        self.bar.count.setText(told)
        if found:
            chosen = self.detail.law.id if self.detail.law is not None else None
            self.rows.show_laws(found, known.today, self._wanted or chosen)
            self.panes.show_rows()
        else:
            self.rows.clear()
            self.panes.show_nothing(self._nothing())
        if self.bar.wanted.typed:
            announce(self, told)

    def _nothing(self) -> QWidget:
        typed = self.bar.wanted.typed.strip()
        title = (
            self.tr("Nothing found for “{typed}”").format(typed=isolated(typed))
            if typed
            else self.tr("No law answers to this filter")
        )
        line = self.tr("Other places and rights have laws of their own.")
        return EmptyState(title, line, [(self.tr("Show all laws"), self.bar.clear)], icon="search")

    def _look(self) -> None:
        known, law = self._known, self.rows.chosen()
        if law is None or known is None or not self.panes.has_both:
            return
        self._forget_wanted()
        if self.detail.law is not law:
            self.detail.show_law(law, known.regulators, known.today)
        self.panes.fill_detail()

    def _start_request(self, right: Right) -> None:
        law = self.detail.law
        self._around.navigator.start_request(right, law=law.id if law else None)

    def _forget_wanted(self) -> None:
        self._wanted = None
        self.panes.rest_on_list()


class MissingLaws(QFrame):
    """Says which law files could not be read; hidden while all could."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "notice")
        self._title = label("", Look.STRONG, wraps=True)
        self._lines = label("", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._lines)
        self.hide()

    @property
    def words(self) -> str:
        """Everything that it says."""
        return self.tr("{title} {lines}").format(title=self._title.text(), lines=self._lines.text())

    def show_problems(self, problems: tuple[CatalogError, ...]) -> None:
        """Name each file that is wrong, with line and field."""
        files = len({problem.file for problem in problems})
        title = (
            self.tr("One file of this app cannot be used. The others work.")
            if files == 1
            else self.tr("{count} files of this app cannot be used. The others work.").format(count=files)
        )
        self._title.setText(title)
        lines = list(dict.fromkeys(problem_sentence(problem) for problem in problems))
        if (more := len(lines) - _MOST_LINES) > 0:
            lines[_MOST_LINES:] = [self.tr("… and {count} more").format(count=more)]
        self._lines.setText("\n".join(lines))
        self.setAccessibleName(title)
        self.setVisible(bool(problems))


def _known(desk: Desk) -> _Known:
    laws = desk.laws.all()
    watching = {one for law in laws for one in law.regulators}
    me = desk.people.me()
    return _Known(
        laws=laws,
        problems=desk.laws.problems(),
        regulators={one: desk.laws.regulator(one) for one in watching},
        home=me.place if me is not None else None,
        today=desk.clock.today(),
    )
