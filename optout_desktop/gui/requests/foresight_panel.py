# SPDX-License-Identifier: Apache-2.0
"""What an entry would change, said while its form is filled in and before anything is recorded.

Every change of the form asks the service after a short rest; an answer to an older question is dropped.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from optout_desktop.domain.errors import OptOutError
from optout_desktop.domain.ids import EventId, RequestId
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.requests.milestone_words import foresight_lines
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.services.foreseeing import Foresight
from optout_desktop.services.requests import Entry

_REST_MS = 150


class ForesightPanel(QFrame):
    """Dates before and after the entry, one a line."""

    def __init__(
        self,
        surroundings: Surroundings,
        request: RequestId,
        wrong: EventId | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._surroundings = surroundings
        self._request = request
        self._wrong = wrong
        self._entry: Entry | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._ask)
        self._title = label(self.tr("What this changes"), Look.STRONG)
        self._words = label("", wraps=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.setSpacing(4)
        layout.addWidget(self._title)
        layout.addWidget(self._words)
        self.wait()

    @property
    def text(self) -> str:
        """What is said now."""
        return self._words.text()

    def wait(self) -> None:
        """The form cannot be judged yet."""
        self._entry = None
        self._rest.stop()
        self._say(self.tr("Shown here once the fields above are filled in."))

    def foresee(self, entry: Entry) -> None:
        """Say soon what this entry would change."""
        if entry != self._entry:
            if self._entry is None:
                self._say(self.tr("Counting…"))
            self._entry = entry
            self._rest.start()

    def _ask(self) -> None:
        entry = self._entry
        if entry is None:
            return

        def show(found: Foresight) -> None:
            if entry == self._entry:
                self._say("\n".join(foresight_lines(found)))

        def failed(error: OptOutError) -> None:
            if entry == self._entry:
                self._say(str(error))

        preview = self._surroundings.desk.foreseeing.preview
        self._surroundings.tasks.run(self, partial(preview, self._request, entry, self._wrong), show, failed)

    def _say(self, words: str) -> None:
        self._words.setText(words)
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(words)
