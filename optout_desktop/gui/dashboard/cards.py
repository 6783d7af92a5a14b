# SPDX-License-Identifier: Apache-2.0
"""Cards of the dashboard: the first day's list, the recovery code, the next dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from optout_desktop.domain.agenda import RequestOverview
from optout_desktop.domain.ids import LawId
from optout_desktop.gui import theme, wording
from optout_desktop.gui.labels import ElidedLabel, IconLabel, Look, label, shown
from optout_desktop.gui.tiles import Card


class _Step(QWidget):
    """One thing of the first day: done or not, words, button."""

    wanted = Signal()

    def __init__(self, words: str, line: str, button: str) -> None:
        super().__init__()
        self._words = words
        self.mark = IconLabel("chevron-right", 22, "text_2")
        self.done = IconLabel("check-circle", 22, "on_time")
        self.button = QPushButton(button)
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self.wanted)
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(label(words, Look.STRONG, wraps=True))
        texts.addWidget(label(line, Look.SMALL, wraps=True))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 6, 0, 6)
        layout.setSpacing(12)
        layout.addWidget(self.mark)
        layout.addWidget(self.done)
        layout.addLayout(texts, 1)
        layout.addWidget(self.button)
        self.show_done(is_done=False)

    def show_done(self, *, is_done: bool) -> None:
        """Tick it off, or not."""
        self.mark.setVisible(not is_done)
        self.done.setVisible(is_done)
        self.button.setVisible(not is_done)
        state = self.tr("{step}: done") if is_done else self.tr("{step}: to do")
        self.setAccessibleName(state.format(step=self._words))


class Checklist(Card):
    """Three things for the first day."""

    details_wanted = Signal()
    first_wanted = Signal()
    code_wanted = Signal()
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(self.tr("First steps"))
        head = QHBoxLayout()
        head.addWidget(label(self.tr("First steps"), Look.TITLE))
        head.addStretch()
        self.dismiss = QPushButton(self.tr("Do not show &again"))
        self.dismiss.setProperty("kind", "link")
        self.dismiss.clicked.connect(self.dismissed)
        head.addWidget(self.dismiss)
        self.body.addLayout(head)
        self.details = _Step(
            self.tr("Say who you are"),
            self.tr("Companies need your name and e-mail address to find you."),
            self.tr("Add my details"),
        )
        self.first = _Step(
            self.tr("Send a first request"),
            self.tr("Ask a company to stop selling your data. It takes about two minutes."),
            self.tr("Write it"),
        )
        self.first.button.setProperty("kind", "accent")
        self.code = _Step(
            self.tr("Print a recovery code"),
            self.tr("It opens the vault if you forget the passphrase. Nobody else can."),
            self.tr("Make the code"),
        )
        self.details.wanted.connect(self.details_wanted)
        self.first.wanted.connect(self.first_wanted)
        self.code.wanted.connect(self.code_wanted)
        for step in (self.details, self.first, self.code):
            self.body.addWidget(step)

    def show_done(self, *, has_person: bool, has_sent: bool, has_code: bool) -> None:
        """Tick off what is done."""
        self.details.show_done(is_done=has_person)
        self.first.show_done(is_done=has_sent)
        self.code.show_done(is_done=has_code)


class RecoveryCard(Card):
    """Offers a recovery code."""

    wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(self.tr("Print a recovery code"))
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(label(self.tr("Print a recovery code"), Look.STRONG))
        line = self.tr("If you forget the passphrase, only a recovery code opens this vault.")
        texts.addWidget(label(line, Look.SMALL, wraps=True))
        self.make = QPushButton(self.tr("Make the code"))
        self.make.clicked.connect(self.wanted)
        self.later = QPushButton(self.tr("Later"))
        self.later.setProperty("kind", "quiet")
        self.later.clicked.connect(self.left)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(IconLabel("key", 22))
        row.addLayout(texts, 1)
        row.addWidget(self.later)
        row.addWidget(self.make)
        self.body.addLayout(row)


class DatesCard(Card):
    """The next dates by which companies must answer."""

    request_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        title = self.tr("Next dates")
        self.setAccessibleName(title)
        self.body.addWidget(label(title, Look.STRONG))
        self._grid_box = QVBoxLayout()
        self.body.addLayout(self._grid_box)
        self._none = label(self.tr("No deadline within 45 days."), Look.SECOND)
        self.body.addWidget(self._none)
        self.body.addStretch()
        self.links: list[QPushButton] = []

    def show_rows(self, rows: Sequence[RequestOverview], today: date, laws: Mapping[LawId, str]) -> None:
        """Show these requests by their day."""
        while (item := self._grid_box.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.links = []
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(2, 1)
        ordered = sorted(rows, key=lambda row: row.due_on or date.max)
        for at, row in enumerate(ordered):
            day = wording.short_date(row.due_on, today) if row.due_on else ""
            grid.addWidget(label(day, Look.SECOND), at, 0)
            name = shown(row.company_name)
            link = QPushButton(name.replace("&", "&&"))
            link.setProperty("kind", "link")
            link.setProperty("at", "start")
            link.setAccessibleName(self.tr("{company}, due {day}").format(company=name, day=day))
            link.clicked.connect(lambda _on=False, wanted=row.id: self.request_wanted.emit(wanted))
            link.setMaximumWidth(theme.px(220))
            grid.addWidget(link, at, 1)
            what = self.tr("{right} · {law}").format(
                right=wording.right(row.right), law=laws.get(row.law, str(row.law))
            )
            grid.addWidget(ElidedLabel(what, Look.SMALL), at, 2)
            self.links.append(link)
        self._grid_box.addWidget(box)
        self._none.setVisible(not rows)
