# SPDX-License-Identifier: Apache-2.0
"""A letter by post: its registered number, and the day on which the post says that it was delivered."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from optout_desktop.domain.agenda import RequestOverview
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError, OptOutError
from optout_desktop.domain.requests import EventKind, OptOutRequest
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.fields import DateField, FieldRow, FormErrors
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.scroll_dialog import ScrollDialog
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tiles import Card
from optout_desktop.services.requests import RequestDetail
from optout_desktop.services.sending import TRACKING

LONGEST_NUMBER = 40


def number_of(request: OptOutRequest) -> str:
    """The number of the registered letter; empty where none was told."""
    sent = request.last(EventKind.SENT)
    return sent.detail(TRACKING) if sent is not None else ""


def awaits_delivery(detail: RequestDetail) -> bool:
    """True where a letter went by post and nobody recorded yet when it arrived."""
    request = detail.request
    sent, received = request.last(EventKind.SENT), request.last(EventKind.RECEIVED)
    is_posted = sent is not None and (sent.channel or request.channel) is Channel.POST
    is_open = received is None or (sent is not None and received.on < sent.on)
    is_over = request.last(EventKind.COMPLETED, EventKind.CLOSED) is not None
    return is_posted and is_open and not is_over and request.allows(EventKind.RECEIVED)


class DeliveryCard(Card):
    """The number, and the button for the day."""

    delivery_wanted = Signal()

    def __init__(self, detail: RequestDetail, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        title = self.tr("Delivery by post")
        self.setAccessibleName(title)
        number = number_of(detail.request)
        words = self.tr("If it went by registered mail, the day of delivery can be proven. Record it here.")
        if number:
            words = self.tr(
                "Registered letter {number}. Look the number up at the post, and record the day of delivery."
            ).format(number=shown(number))
        self.body.addWidget(label(title, Look.STRONG))
        self.body.addWidget(label(words, wraps=True))
        buttons = QWidget()
        self.record = QPushButton(self.tr("It was delivered on…"))
        self.record.clicked.connect(self.delivery_wanted)
        FlowLayout(buttons).addWidget(self.record)
        self.body.addWidget(buttons)


class DeliveryDialog(ScrollDialog):
    """Records the day of delivery with the number of the registered letter."""

    recorded = Signal(object)
    """The request's ``RequestOverview``."""

    def __init__(
        self, surroundings: Surroundings, detail: RequestDetail, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._around = surroundings
        self._request = detail.request.id
        today = surroundings.desk.clock.today()
        self.day = DateField(today, latest=today)
        self.number = QLineEdit(number_of(detail.request))
        self.number.setMaxLength(LONGEST_NUMBER)
        rows = (
            FieldRow(self.tr("&Delivered on"), self.day, "on"),
            FieldRow(
                self.tr("&Number of the registered letter"),
                self.number,
                TRACKING,
                self.tr("As it stands on the slip of the post office."),
            ),
        )
        self.errors = FormErrors(rows)
        for widget in (self.errors, *rows):
            self.body.addWidget(widget)
        words = self.tr(
            "Keep the slip, and the receipt if you have one; you can add a picture of them under Files."
        )
        self.body.addWidget(label(words, Look.SECOND, wraps=True))
        self.main.clicked.connect(self._try)
        self.finish(self.tr("The letter was delivered"), self.tr("&Save"), 460, 340)
        self.day.setFocus()

    def _try(self) -> None:
        sending, request = self._around.desk.sending, self._request
        on, number = self.day.day(), self.number.text()
        self.errors.clear()
        self._around.tasks.run(
            self, lambda: sending.confirm_delivery(request, on, number), self._recorded, self._show_problem
        )

    def _recorded(self, overview: RequestOverview) -> None:
        self.recorded.emit(overview)
        self.accept()

    def _show_problem(self, error: OptOutError) -> None:
        told = error if isinstance(error, InputError) else InputError("", words_for(error).text)
        self.errors.show_errors([told])


def ask_delivery(
    surroundings: Surroundings,
    detail: RequestDetail,
    parent: QWidget,
    then: Callable[[RequestOverview], None],
) -> DeliveryDialog:
    """Show the form; ``then`` is given the request's row once the day is recorded."""
    dialog = DeliveryDialog(surroundings, detail, parent)
    dialog.recorded.connect(then)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
