# SPDX-License-Identifier: Apache-2.0
"""One law: whom it protects, what one can ask under it, how each period is counted, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from optout_desktop.domain.ids import RegulatorId
from optout_desktop.domain.laws import Law, RightOffered, Rule
from optout_desktop.domain.regulators import Regulator
from optout_desktop.domain.rights import LATER_RIGHTS, REGISTER_RIGHTS
from optout_desktop.gui import wording
from optout_desktop.gui.clock_words import not_advice
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.laws import law_words, money_words
from optout_desktop.gui.laws.law_filter import LawState, state_of
from optout_desktop.gui.laws.law_list import STATE_ICONS
from optout_desktop.gui.laws.rule_card import RuleCard, SourceLine, fact_column, mark_row
from optout_desktop.gui.source_links import SourceLinks
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tiles import Card, SectionHeader


class LawDetail(QScrollArea):
    """Shows one law; tells what the person wants to do with it."""

    request_wanted = Signal(object)
    """A ``Right``: write a request."""
    calculator_wanted = Signal(object, object)
    """A ``LawId``, and a ``Right`` of the law or None: count a deadline."""
    register_wanted = Signal()

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._around = surroundings
        self.law: Law | None = None
        self.rules: tuple[RuleCard, ...] = ()
        self.has_registers = False
        """Whether there is a place for registers to lead to."""

    def show_law(self, law: Law, regulators: Mapping[RegulatorId, Regulator], today: date) -> None:
        """Show another law."""
        self.law = law
        inner = QFrame()
        inner.setProperty("surface", "window")
        body = QVBoxLayout(inner)
        body.setContentsMargins(8, 0, 8, 16)
        body.setSpacing(8)
        self._add_head(body, law, today)
        self._add_whom(body, law)
        self._add_rights(body, law, today)
        self._add_rules(body, law, today)
        self._add_around(body, law)
        self._add_money(body, law)
        self._add_regulators(body, law, regulators)
        self._add_grounds(body, law)
        body.addStretch()
        self.setWidget(inner)  # which deletes the law before; taking it out first would style it once more
        self.verticalScrollBar().setValue(0)

    # ── sections ─────────────────────────────────────────────────────────────────────────────────────

    def _add_head(self, body: QVBoxLayout, law: Law, today: date) -> None:
        state = state_of(law, today)
        body.addWidget(label(law.short_title, Look.TITLE, wraps=True))
        body.addWidget(label(law.title, Look.SECOND, wraps=True))
        body.addLayout(mark_row(law_words.force_sentence(law, today), is_good=True, icon=STATE_ICONS[state]))
        is_checked = not law_words.unverified(law)
        body.addLayout(mark_row(law_words.verified_sentence(law), is_good=is_checked))
        body.addWidget(label(not_advice(), Look.SMALL, wraps=True))
        actions = QWidget()
        row = FlowLayout(actions)
        self.calculate = QPushButton(self.tr("&Calculate a deadline"))
        self.calculate.setEnabled(state is LawState.IN_FORCE or state is LawState.ENDED)
        self.calculate.clicked.connect(lambda: self.calculator_wanted.emit(law.id, None))
        row.addWidget(self.calculate)
        body.addWidget(actions)
        body.addLayout(fact_column(self.tr("Citation"), law.citation))
        link = next((source for source in law.sources if source.url and source.is_primary), None)
        if link is not None:
            body.addWidget(SourceLinks(self._around, link.url, law.citation))

    def _add_whom(self, body: QVBoxLayout, law: Law) -> None:
        body.addWidget(SectionHeader(self.tr("Whom it protects and binds")))
        facts = (
            (self.tr("Place"), law_words.law_places(law)),
            (self.tr("Kind of law"), law_words.level(law.level)),
            (self.tr("Who is protected"), law.protects),
            (self.tr("Who is bound"), law.binds),
        )
        self._add_facts(body, facts)
        if law.has_thresholds:
            doubt = self.tr(
                "It binds only companies above a size. The app cannot know whether a company is that large; "
                "the company may answer that it is not."
            )
            body.addLayout(mark_row(doubt, is_good=False))
        if law.channels:
            ways = ", ".join(wording.channel(channel) for channel in law.channels)
            body.addLayout(fact_column(self.tr("Only about these kinds of message"), ways))

    def _add_rights(self, body: QVBoxLayout, law: Law, today: date) -> None:
        body.addWidget(SectionHeader(self.tr("What you can ask")))
        is_in_force = state_of(law, today) is LawState.IN_FORCE
        for offered in law.rights:
            body.addWidget(self._right(offered, law, is_in_force=is_in_force))

    def _right(self, offered: RightOffered, law: Law, *, is_in_force: bool) -> QWidget:
        card = Card()
        name = wording.right(offered.right)
        card.setAccessibleName(name)
        card.body.addWidget(label(name, Look.STRONG, wraps=True))
        term = self.tr("The law calls it: {term}").format(term=offered.title)
        card.body.addWidget(label(term, wraps=True))
        card.body.addWidget(label(offered.citation, Look.SMALL, wraps=True))
        if not is_in_force:
            return card
        doors = QWidget()
        row = FlowLayout(doors)
        if offered.right in REGISTER_RIGHTS:
            if self.has_registers:
                row.addWidget(self._door(self.tr("See the registers"), name, self.register_wanted.emit))
        elif offered.right not in LATER_RIGHTS:
            wish = lambda: self.request_wanted.emit(offered.right)  # noqa: E731
            row.addWidget(self._door(self.tr("New request…"), name, wish))
        count = lambda: self.calculator_wanted.emit(law.id, offered.right)  # noqa: E731
        row.addWidget(self._door(self.tr("Calculate its deadlines"), name, count))
        card.body.addWidget(doors)
        return card

    def _door(self, words: str, name: str, act: Callable[[], object]) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("kind", "link")
        button.setAccessibleName(self.tr("{door} {right}").format(door=words, right=name))
        button.clicked.connect(lambda _on=False: act())
        return button

    def _add_rules(self, body: QVBoxLayout, law: Law, today: date) -> None:
        body.addWidget(SectionHeader(self.tr("Periods and how they are counted")))
        self.rules = tuple(RuleCard(self._around, versions, today) for versions in by_id(law.rules))
        for card in self.rules:
            body.addWidget(card)

    def _add_around(self, body: QVBoxLayout, law: Law) -> None:
        body.addWidget(SectionHeader(self.tr("Around a request")))
        appeal = law.appeal
        within = (
            self.tr("Yes, inside the company.")
            if appeal.is_available
            else self.tr("None inside the company.")
        )
        facts = (
            (self.tr("Appeal against a refusal"), within),
            (self.tr("Time to appeal"), appeal.window),
            (self.tr("After a denied appeal"), appeal.after_denial),
            (self.tr("Appeal written in"), appeal.citation),
            (self.tr("Proof of identity"), law.identity_rule),
            (self.tr("Somebody else asking for you"), law.agent_rule),
            (self.tr("Fee"), law.fee_rule),
            (self.tr("Going to court yourself"), law.private_action),
        )
        self._add_facts(body, facts)

    def _add_money(self, body: QVBoxLayout, law: Law) -> None:
        if not law.damages and not law.fines:
            return
        body.addWidget(SectionHeader(self.tr("What a breach can cost")))
        for one in law.damages:
            body.addLayout(fact_column(self.tr("To the person who sues"), money_words.sentence(one)))
        for one in law.fines:
            body.addLayout(fact_column(self.tr("As a fine, to the authority"), money_words.sentence(one)))

    def _add_regulators(
        self, body: QVBoxLayout, law: Law, regulators: Mapping[RegulatorId, Regulator]
    ) -> None:
        known = [regulators[one] for one in law.regulators if one in regulators]
        if not known:
            return
        body.addWidget(SectionHeader(self.tr("Who watches over it")))
        for one in known:
            body.addLayout(fact_column(one.name, one.scope))
            link = one.complaint_url or one.website
            if link:
                body.addWidget(SourceLinks(self._around, link, one.name))

    def _add_grounds(self, body: QVBoxLayout, law: Law) -> None:
        if law.history:
            body.addWidget(SectionHeader(self.tr("How the law changed")))
            for change in law.history:
                body.addWidget(label(law_words.amendment(change), wraps=True))
        if law.doubts:
            body.addWidget(SectionHeader(self.tr("What is uncertain")))
            for doubt in law.doubts:
                body.addLayout(mark_row(doubt, is_good=False))
        if law.sources:
            body.addWidget(SectionHeader(self.tr("Sources")))
            for source in law.sources:
                body.addWidget(SourceLine(self._around, source))

    def _add_facts(self, body: QVBoxLayout, facts: Sequence[tuple[str, str]]) -> None:
        for name, value in facts:
            if value:
                body.addLayout(fact_column(name, value))


def by_id(rules: Sequence[Rule]) -> tuple[tuple[Rule, ...], ...]:
    """The versions of each rule together, rules in the order of the file."""
    grouped: dict[str, list[Rule]] = {}
    for rule in rules:
        grouped.setdefault(rule.id, []).append(rule)
    return tuple(tuple(versions) for versions in grouped.values())
