# SPDX-License-Identifier: Apache-2.0
"""One rule of a law: what must happen, how it is counted, where it is written, and its earlier versions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.laws import Rule, Source
from optout_desktop.gui import wording
from optout_desktop.gui.clock_words import verification
from optout_desktop.gui.labels import IconLabel, Look, label
from optout_desktop.gui.laws import law_words
from optout_desktop.gui.source_links import SourceLinks
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tiles import Card


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("laws", text)


def version_on(versions: Sequence[Rule], today: date) -> Rule:
    """The version that a person wants to see: today's, else the next one, else the last."""
    ordered = sorted(versions, key=lambda rule: rule.valid_from)
    valid = next((rule for rule in ordered if rule.is_valid_on(today)), None)
    return valid or next((rule for rule in ordered if rule.valid_from > today), ordered[-1])


class RuleCard(Card):
    """One rule in all its versions, that of today in full."""

    def __init__(self, surroundings: Surroundings, versions: Sequence[Rule], today: date) -> None:
        super().__init__()
        self.versions = tuple(sorted(versions, key=lambda rule: rule.valid_from))
        self.rule = version_on(versions, today)
        rule = self.rule
        step = law_words.rule_step(rule.step)
        self.setAccessibleName(tr("Rule: {step}").format(step=step))
        self._add_head(step, rule)
        self.body.addWidget(label(rule.what, wraps=True))
        for name, value in _facts(rule):
            self.body.addLayout(fact_column(name, value))
        for words in law_words.binding(rule):
            self.body.addWidget(label(words, Look.SECOND, wraps=True))
        self.body.addLayout(mark_row(verification(rule.verification), is_good=rule.verification.is_verified))
        if rule.doubt:
            self.body.addLayout(mark_row(tr("Uncertain: {doubt}").format(doubt=rule.doubt), is_good=False))
        if rule.note:
            self.body.addWidget(label(rule.note, Look.SECOND, wraps=True))
        self._add_sources(surroundings, rule)
        self._add_history(rule, step)

    def _add_head(self, step: str, rule: Rule) -> None:
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(label(step, Look.STRONG, wraps=True))
        rights = ", ".join(wording.right(right) for right in rule.rights)
        head.addWidget(label(tr("For: {rights}").format(rights=rights), Look.SMALL, wraps=True))
        self.body.addLayout(head)

    def _add_sources(self, surroundings: Surroundings, rule: Rule) -> None:
        """The best source with its link; the links of all stand at the end of the law."""
        ordered = sorted(rule.sources, key=lambda source: (not source.url, not source.is_primary))
        if ordered:
            self.body.addWidget(SourceLine(surroundings, ordered[0]))
        if len(ordered) > 1:
            others = "; ".join(source.title for source in ordered[1:])
            self.body.addWidget(label(tr("Also: {sources}").format(sources=others), Look.SMALL, wraps=True))

    def _add_history(self, rule: Rule, step: str) -> None:
        count = len(self.versions)
        words = tr("History: 1 version") if count == 1 else tr("History: {count} versions")
        self.history = QPushButton(words.format(count=count))
        self.history.setProperty("kind", "link")
        self.history.setCheckable(True)
        self.history.setAccessibleName(
            tr("{history} of the rule {step}").format(history=self.history.text(), step=step)
        )
        self.past = QWidget()
        lines = QVBoxLayout(self.past)
        lines.setContentsMargins(12, 0, 0, 0)
        lines.setSpacing(4)
        for version in reversed(self.versions):
            said = law_words.version(version)
            if version is rule:
                said = tr("{version} (the one above)").format(version=said)
            lines.addWidget(label(said, wraps=True))
            lines.addWidget(label(version.citation, Look.SMALL, wraps=True))
        lines.addWidget(label(tr("Rule id: {id}").format(id=rule.id), Look.SMALL, wraps=True))
        self.past.hide()
        self.history.toggled.connect(self.past.setVisible)
        self.body.addWidget(self.history, alignment=Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self.past)


class SourceLine(QWidget):
    """Where something was read: title, kind, and the link where there is one."""

    def __init__(self, surroundings: Surroundings, source: Source) -> None:
        super().__init__()
        kind = tr("Text of the law") if source.is_primary else tr("About the law")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        words = tr("{kind}: {title}").format(kind=kind, title=source.title)
        column.addWidget(label(words, Look.SMALL, wraps=True))
        if source.url:
            column.addWidget(SourceLinks(surroundings, source.url, source.title))


def fact_column(name: str, value: str, look: Look = Look.PLAIN) -> QVBoxLayout:
    """A small heading with what stands under it."""
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(label(name, Look.SECTION))
    words = label(value, look, wraps=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    column.addWidget(words)
    return column


def mark_row(words: str, *, is_good: bool, icon: str = "") -> QHBoxLayout:
    """A sentence behind a sign: checked, or to be looked at."""
    row = QHBoxLayout()
    row.setSpacing(8)
    sign = IconLabel(icon or ("check-circle" if is_good else "question"), 16)
    row.addWidget(sign, alignment=Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(words, wraps=True), 1)
    return row


def fact(name: str, value: str, look: Look = Look.PLAIN) -> QWidget:
    """A fact as a widget of its own, which can be hidden; a layout alone is cheaper."""
    return _widget(fact_column(name, value, look))


def mark(words: str, *, is_good: bool, icon: str = "") -> QWidget:
    """A marked sentence as a widget of its own."""
    return _widget(mark_row(words, is_good=is_good, icon=icon))


def _widget(layout: QBoxLayout) -> QWidget:
    made = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    made.setLayout(layout)
    return made


def _facts(rule: Rule) -> tuple[tuple[str, str], ...]:
    counting = " ".join(
        (law_words.day_zero(rule), law_words.reckoning(rule), law_words.roll(rule), law_words.calendar(rule))
        if rule.period.has_number
        else ()
    )
    facts = (
        (tr("Period"), law_words.rule_period(rule)),
        (tr("The clock starts with"), law_words.rule_start(rule)),
        (tr("How it is counted"), counting),
        (tr("Extension"), law_words.extension(rule.extension)),
        (tr("Valid"), law_words.validity(rule)),
        (tr("Written in"), rule.citation),
        (tr("What breaks it"), " ".join(rule.breaches)),
    )
    return tuple((name, value) for name, value in facts if value)
