# SPDX-License-Identifier: Apache-2.0
"""The foot of the last step: who sends what to whom, the main button, and whether it was sent."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import OptOutError
from optout_desktop.domain.letters import Way
from optout_desktop.domain.people import PersonKind
from optout_desktop.gui import theme, wording
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.fields import DateField, restyle
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.new_request.loading import Loaded
from optout_desktop.gui.voice import announce

_SUMMARY_PX = 200
_CHANNEL_OF = {Way.PDF: Channel.POST, Way.CALL: Channel.CALL, Way.CHAT: Channel.CHAT}
"""The ways that go another way than the request's own address."""


class SentBar(QFrame):
    """*Did you send it?* with the day, which cannot lie in the future."""

    confirmed = Signal(object)
    """The ``date`` that it was sent on."""
    put_off = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._today = date.min
        self._is_call = False
        self.question = label(self.tr("Did you send it?"), Look.STRONG)
        self.on = DateField(date(2000, 1, 1))
        self.on.setAccessibleName(self.tr("Day it was sent"))
        self.on.dateChanged.connect(lambda _day: self._say_day())
        self.yes = QPushButton()
        self.yes.setProperty("kind", "accent")
        self.yes.clicked.connect(lambda: self.confirmed.emit(self.on.day()))
        self.no = QPushButton(self.tr("Not &yet"))
        self.no.clicked.connect(self.put_off)
        self.problem = label("", Look.ERROR, wraps=True)
        self.problem.hide()
        line = QWidget()
        flow = FlowLayout(line)
        for widget in (self.question, self.on, self.yes, self.no):
            flow.addWidget(widget)
        body = QVBoxLayout(self)
        body.setContentsMargins(16, 8, 16, 8)
        body.setSpacing(4)
        body.addWidget(line)
        body.addWidget(self.problem)
        self.hide()

    def ask(self, today: date, *, is_call: bool = False) -> None:
        """Ask, with today as the day; of a call, whether it took place."""
        self._today = today
        self._is_call = is_call
        self.question.setText(self.tr("Did you call?") if is_call else self.tr("Did you send it?"))
        self.on.setMaximumDate(self.on.date().fromString(today.isoformat(), Qt.DateFormat.ISODate))
        self.on.setDate(self.on.maximumDate())
        self.problem.hide()
        self._say_day()
        self.show()
        self.yes.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self.question.text())

    def show_problem(self, error: OptOutError) -> None:
        """Say what cannot be; the day stays."""
        self.problem.setText(words_for(error).text)
        self.problem.show()
        self.on.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self.problem.text(), is_urgent=True)

    def _say_day(self) -> None:
        day = self.on.day()
        if day == self._today:
            words = self.tr("I called &today") if self._is_call else self.tr("I sent it &today")
        else:
            words = self.tr("I called &on {day}") if self._is_call else self.tr("I sen&t it on {day}")
        self.yes.setText(words.format(day=wording.short_date(day, self._today)))


class SendFooter(QWidget):
    """Summary and buttons, below each other where they do not fit; ``lead`` adds before the main one."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = label("", Look.SECOND, wraps=True)
        self.bar = SentBar()
        self.bar.put_off.connect(self.put_off)
        self.already = QPushButton(self.tr("I sent it alread&y…"))
        self.already.setProperty("kind", "link")
        self.main = QPushButton()
        self.main.setProperty("kind", "accent")
        self.main.clicked.connect(self.pressed)
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons)
        self._led: list[QPushButton] = []
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(8)
        self._row.addWidget(self.summary, 1)
        self._row.addWidget(self._buttons)
        self._fill()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.bar)
        layout.addLayout(self._row)

    def lead(self, *buttons: QPushButton) -> None:
        """Put buttons before the main one."""
        self._led += buttons
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside or below, by the width."""
        super().resizeEvent(event)
        self._arrange()

    def _fill(self) -> None:
        while self._flow.takeAt(0) is not None:
            pass
        for button in (self.already, *self._led, self.main):
            self._flow.addWidget(button)
        self._arrange()

    def _arrange(self) -> None:
        """The words keep a readable width; a button is never cut for them."""
        is_wide = self.width() >= self._flow.sizeHint().width() + theme.px(_SUMMARY_PX)
        way = QBoxLayout.Direction
        self._row.setDirection(way.LeftToRight if is_wide else way.TopToBottom)

    def show_letter(self, loaded: Loaded, why_closed: str, sender: str = "", way: Way | None = None) -> None:
        """Say who sends what to whom by which way, or why nothing can be sent; ``sender`` is the account that sends."""
        self.summary.setText(why_closed or self._who_to_whom(loaded, sender, way))
        self.already.setVisible(not why_closed and not loaded.is_sample)
        self._arrange()

    def show_main(self, words: str, *, is_ready: bool, why_closed: str) -> None:
        """What the main button does now."""
        self.main.setText(words)
        self._arrange()
        self.main.setEnabled(is_ready)
        self.main.setToolTip(why_closed)
        self.main.setAccessibleDescription(why_closed or self.summary.text())

    def ask(self, today: date, *, is_call: bool = False) -> None:
        """Ask whether it was sent, or whether the call took place."""
        self._make_main(is_accent=False)
        self.bar.ask(today, is_call=is_call)

    def put_off(self) -> None:
        """Nothing was sent yet."""
        self.bar.hide()
        self._make_main(is_accent=True)

    def _make_main(self, *, is_accent: bool) -> None:
        self.main.setProperty("kind", "accent" if is_accent else "")
        restyle(self.main)

    def _who_to_whom(self, loaded: Loaded, sender: str, way: Way | None) -> str:
        view = loaded.view
        channel = _CHANNEL_OF.get(way, view.request.channel) if way else view.request.channel
        recipient = {
            Channel.CALL: view.phone_number,
            Channel.CHAT: view.chat_address,
            Channel.POST: view.request.company_name,
        }.get(channel, view.recipient)
        if not recipient or (channel is view.request.channel and not view.recipient):
            return self.tr("There is no address yet. Choose one at “To”.")
        facts = {
            "channel": wording.channel(channel),
            "to": shown(recipient.splitlines()[0]),
            "from": shown(sender or view.person.name),
            "client": shown(view.person.name),
            "me": shown(sender or (loaded.me.name if loaded.me else view.person.name)),
        }
        if loaded.is_text_message:
            return self.tr("{channel} to {to}, from the phone that scans the code").format_map(facts)
        if view.person.kind is PersonKind.CLIENT:
            return self.tr("{channel} to {to}, from {me} for the client {client}").format_map(facts)
        return self.tr("{channel} to {to}, from {from}").format_map(facts)
