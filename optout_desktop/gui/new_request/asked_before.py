# SPDX-License-Identifier: Apache-2.0
"""Says that the same was asked of the same company before, and lets the person decide."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.agenda import RequestOverview
from optout_desktop.domain.ids import RequestId
from optout_desktop.gui import wording
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.voice import announce


class AskedBefore(QFrame):
    """A warning with the way to the earlier request, and the way on."""

    go_on_wanted = Signal()

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._around = surroundings
        self._request: RequestId | None = None
        self.words = label("", wraps=True)
        self.show_it = QPushButton(self.tr("Show &that request"))
        self.show_it.clicked.connect(self._show_request)
        self.go_on = QPushButton(self.tr("Ask &once more"))
        self.go_on.clicked.connect(self.go_on_wanted)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        flow.addWidget(self.show_it)
        flow.addWidget(self.go_on)
        body = QVBoxLayout(self)
        body.setContentsMargins(16, 12, 16, 12)
        body.addWidget(label(self.tr("You already asked them"), Look.STRONG))
        body.addWidget(self.words)
        body.addWidget(buttons)
        self.hide()

    def warn(self, earlier: RequestOverview) -> None:
        """Say which request is still open."""
        self._request = earlier.id
        facts = {
            "company": shown(earlier.company_name),
            "right": wording.right(earlier.right),
            "status": wording.status(earlier.status),
            "day": wording.long_date(earlier.sent_on or earlier.created_on),
            "reference": shown(earlier.reference),
        }
        if earlier.sent_on is None:
            words = self.tr("There is a draft to {company} of {day}: {right}, {reference}.")
        else:
            words = self.tr("A request to {company} is open since {day}: {right}, {status}, {reference}.")
        self.words.setText(words.format_map(facts))
        self.show()
        self.show_it.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self.words.text(), is_urgent=True)

    def _show_request(self) -> None:
        if self._request is not None:
            self._around.navigator.show_request(self._request)
