# SPDX-License-Identifier: Apache-2.0
"""One register: what to do there step by step, what it asks for, what it stops, when and for how long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import urlsplit

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from optout_desktop.domain.agenda import RequestOverview
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.registers import (
    Fact,
    Lasting,
    Register,
    RegisterKind,
    RegisterStatus,
    Way,
    WayKind,
)
from optout_desktop.gui import dialogs, register_words, wording
from optout_desktop.gui.chips import StatusChip
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.laws.rule_card import fact, mark
from optout_desktop.gui.source_links import SourceLinks
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tiles import Card, SectionHeader
from optout_desktop.gui.voice import announce
from optout_desktop.services.registers import ListedRegister


class RegisterDetail(QScrollArea):
    """Shows one register; tells what the person did there."""

    done_wanted = Signal()
    """The person says that they registered."""
    law_wanted = Signal(object)
    """A ``LawId``: show the law behind the register."""
    calculator_wanted = Signal(object, object)
    """The ``LawId`` that stands for the register, and its ``Right``: count its dates."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._around = surroundings
        self.listed: ListedRegister | None = None
        self.steps: tuple[StepLine, ...] = ()
        self.ways: tuple[WayLine, ...] = ()
        self.doors: tuple[QPushButton, ...] = ()
        self.done = QPushButton()
        self.calculate = QPushButton()

    def show_register(
        self, listed: ListedRegister, mine: Sequence[RequestOverview], today: date, *, has_dates: bool
    ) -> None:
        """Show another register, with the person's registrations there; ``has_dates`` offers the calculator."""
        self.listed = listed
        register = listed.register
        inner = QFrame()
        inner.setProperty("surface", "window")
        body = QVBoxLayout(inner)
        body.setContentsMargins(8, 0, 8, 16)
        body.setSpacing(8)
        self._add_head(body, listed, has_dates=has_dates)
        self._add_mine(body, mine, today)
        self._add_steps(body, register)
        self._add_ways(body, register)
        self._add_facts(body, register)
        self._add_grounds(body, register)
        body.addStretch()
        old = self.takeWidget()
        self.setWidget(inner)
        if old is not None:
            old.deleteLater()

    # ── sections ─────────────────────────────────────────────────────────────────────────────────────

    def _add_head(self, body: QVBoxLayout, listed: ListedRegister, *, has_dates: bool) -> None:
        register = listed.register
        body.addWidget(label(register.title, Look.TITLE, wraps=True))
        about = register_words.all_places(register)
        if register.operator:
            about = self.tr("{operator} · {places}").format(operator=register.operator, places=about)
        body.addWidget(label(about, Look.SECOND, wraps=True))
        body.addWidget(mark(register_words.nearness(listed.near), is_good=listed.near.applies))
        if register.status is not RegisterStatus.ACTIVE:
            body.addWidget(self._notice(register))
        elif not register.verification.is_verified:
            body.addWidget(mark(register_words.checked(register), is_good=False))
        self.done = QPushButton(register_words.done_words(register.kind))
        self.done.setProperty("kind", "accent")
        self.done.clicked.connect(self.done_wanted)
        actions = QWidget()
        row = FlowLayout(actions)
        row.addWidget(self.done)
        self.done.setVisible(register.can_be_recorded)
        self.calculate = QPushButton(self.tr("&Calculate its dates…"))
        self.calculate.clicked.connect(lambda: self.calculator_wanted.emit(register.law_id, register.right))
        row.addWidget(self.calculate)
        self.calculate.setVisible(register.can_be_recorded and has_dates)
        body.addWidget(actions)

    def _notice(self, register: Register) -> QWidget:
        notice = QFrame()
        notice.setProperty("kind", "notice")
        column = QVBoxLayout(notice)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        title = self.tr("This register cannot be used")
        column.addWidget(label(title, Look.STRONG, wraps=True))
        column.addWidget(label(register.status_note, wraps=True))
        notice.setAccessibleName(title)
        notice.setAccessibleDescription(register.status_note)
        return notice

    def _add_mine(self, body: QVBoxLayout, mine: Sequence[RequestOverview], today: date) -> None:
        doors: list[QPushButton] = []
        if mine:
            body.addWidget(SectionHeader(self.tr("What you did here")))
        for row in mine:
            card = Card()
            words, sign = wording.chip(row, today, 0)
            line = QHBoxLayout()
            day = wording.long_date(row.sent_on) if row.sent_on else ""
            told = self.tr("Recorded for {day}, {person}").format(day=day, person=shown(row.person_name))
            line.addWidget(label(told, wraps=True), 1)
            line.addWidget(StatusChip(words, sign), alignment=Qt.AlignmentFlag.AlignTop)
            card.body.addLayout(line)
            door = QPushButton(self.tr("Show the registration"))
            door.setProperty("kind", "link")
            door.setAccessibleName(self.tr("Show the registration of {day}").format(day=day))
            door.clicked.connect(lambda _on=False, row=row: self._around.navigator.show_request(row.id))
            card.body.addWidget(door, alignment=Qt.AlignmentFlag.AlignLeading)
            body.addWidget(card)
            doors.append(door)
        self.doors = tuple(doors)

    def _add_steps(self, body: QVBoxLayout, register: Register) -> None:
        if register.status is not RegisterStatus.ACTIVE:
            self.steps = ()
            body.addWidget(SectionHeader(self.tr("What to do instead")))
            for step in register.steps:
                body.addWidget(label(step, wraps=True))
            return
        body.addWidget(SectionHeader(self.tr("Step by step")))
        self.steps = tuple(StepLine(step) for step in register.steps)
        for line in self.steps:
            body.addWidget(line)
        if register.kind is RegisterKind.BROWSER_SIGNAL:
            once = self.tr("Record it once for each browser and device.")
            body.addWidget(label(once, Look.SECOND, wraps=True))

    def _add_ways(self, body: QVBoxLayout, register: Register) -> None:
        body.addWidget(SectionHeader(self.tr("How it is reached")))
        self.ways = tuple(WayLine(self._around, way, register.title) for way in register.ways)
        for line in self.ways:
            body.addWidget(line)
        self._mark(body, register, Fact.WAYS)

    def _add_facts(self, body: QVBoxLayout, register: Register) -> None:
        body.addWidget(SectionHeader(self.tr("Good to know")))
        asks = ", ".join(map(register_words.ask, register.asks_for))
        self._fact(
            body,
            register,
            self.tr("It is about"),
            _list(map(register_words.stops, register.stops)),
            Fact.STOPS,
        )
        self._fact(
            body, register, self.tr("It asks for"), _sentences(asks, register.asks_note), Fact.ASKS_FOR
        )
        self._fact(body, register, self.tr("It covers"), _list(register.covers), Fact.COVERS)
        self._fact(body, register, self.tr("It does not stop"), _list(register.does_not_cover), Fact.COVERS)
        effect = _sentences(register_words.takes_effect(register), register.effect.note)
        if register.can_be_recorded or register.effect.note:
            self._fact(body, register, self.tr("Takes effect"), effect, Fact.EFFECT)
        holds = _sentences(register_words.holds(register), register.validity.note, register.renewal)
        if register.can_be_recorded:
            self._fact(body, register, self.tr("Holds"), holds, Fact.LASTS)
        if register.validity.lasting is Lasting.UNTIL_COOKIES_CLEARED and register.can_be_recorded:
            lost = self.tr("It is lost when you clear cookies. Look again from time to time.")
            body.addWidget(mark(lost, is_good=False))
        self._fact(body, register, self.tr("Costs"), register_words.fee(register), Fact.FEE)
        behind = _sentences(register_words.force(register.force), register.force_note)
        self._fact(body, register, self.tr("What stands behind it"), behind, Fact.FORCE)
        self._fact(body, register, self.tr("Written in"), register.citation, Fact.LAW)
        if register.law is not None:
            body.addWidget(self._law_door(register.law), alignment=Qt.AlignmentFlag.AlignLeading)
        if register.note:
            body.addWidget(fact(self.tr("Note"), register.note))

    def _law_door(self, law: LawId) -> QPushButton:
        self.law_door = QPushButton(self.tr("Show the law behind it"))
        self.law_door.setProperty("kind", "link")
        self.law_door.clicked.connect(lambda: self.law_wanted.emit(law))
        return self.law_door

    def _add_grounds(self, body: QVBoxLayout, register: Register) -> None:
        body.addWidget(SectionHeader(self.tr("How far this was checked")))
        is_good = register.verification.is_verified and not register.unverified
        body.addWidget(mark(register_words.checked(register), is_good=is_good))
        for source in register.sources:
            body.addWidget(label(source.title, Look.SMALL, wraps=True))
            if source.url:
                body.addWidget(SourceLinks(self._around, source.url, source.title))

    def _fact(self, body: QVBoxLayout, register: Register, name: str, value: str, part: Fact) -> None:
        if value:
            body.addWidget(fact(name, value[:1].upper() + value[1:]))
            self._mark(body, register, part)

    def _mark(self, body: QVBoxLayout, register: Register, part: Fact) -> None:
        if register.verification.is_verified and not register.is_verified(part):
            body.addWidget(mark(self.tr("Not verified."), is_good=False))


class StepLine(QWidget):
    """One step with a box to tick while doing it; the ticks are not kept."""

    def __init__(self, step: str) -> None:
        super().__init__()
        self.box = QCheckBox()
        self.box.setAccessibleName(step)
        words = label(step, wraps=True)
        words.setBuddy(self.box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.box, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)


class WayLine(QWidget):
    """One way to reach a register, with what can be done with it here: open a page, copy the rest."""

    def __init__(self, surroundings: Surroundings, way: Way, register: str) -> None:
        super().__init__()
        self.way = way
        self._around = surroundings
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        words = label(register_words.way(way), wraps=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(words)
        if way.note:
            column.addWidget(label(way.note, Look.SMALL, wraps=True))
        self.open = self._button(self.tr("Open the page…"), register)
        self.open.clicked.connect(self._open)
        self.copy = self._button(self._copy_words(), register)
        self.copy.clicked.connect(lambda: self._copy(way.value))
        self.copy_text = self._button(self.tr("Copy text"), register)
        self.copy_text.clicked.connect(lambda: self._copy(way.text))
        buttons = QWidget()
        row = FlowLayout(buttons)
        for button in (self.open, self.copy, self.copy_text):
            row.addWidget(button)
        self.open.setVisible(way.kind is WayKind.WEB)
        self.copy_text.setVisible(bool(way.text))
        column.addWidget(buttons)

    def _button(self, words: str, register: str) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("kind", "link")
        button.setAccessibleName(
            self.tr("{act} {register}, {value}").format(act=words, register=register, value=self.way.value)
        )
        return button

    def _copy_words(self) -> str:
        return {
            WayKind.WEB: self.tr("Copy link"),
            WayKind.PHONE: self.tr("Copy number"),
            WayKind.SMS: self.tr("Copy number"),
            WayKind.EMAIL: self.tr("Copy address"),
            WayKind.POST: self.tr("Copy address"),
        }[self.way.kind]

    def _copy(self, text: str) -> None:
        self._around.clipboard.put(text)
        announce(self, self.tr("Copied."))

    def _open(self) -> None:
        is_wanted = dialogs.confirm(
            self,
            self.tr("Open {host} in your browser?").format(host=urlsplit(self.way.value).hostname),
            self.tr("The site will see your network address. This app itself connects to nothing."),
            self.tr("Open the page"),
        )
        if is_wanted:
            self._around.opener.open(self.way.value)


def _list(parts: Iterable[str]) -> str:
    return ", ".join(parts)


def _sentences(*parts: str) -> str:
    """Parts that are whole sentences, one after the other; a list of words gets its full stop."""
    ended = (part if part.endswith((".", "!", "?")) else f"{part}." for part in parts if part)
    return " ".join(ended)
