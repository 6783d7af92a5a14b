# SPDX-License-Identifier: Apache-2.0
"""What goes along with a letter: files, and a copy of an identity document once it is blacked out.

Nothing goes along by itself. Each file is kept in the vault at once and can be taken out again.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.errors import OptOutError
from optout_desktop.domain.letters import MAX_ATTACHMENTS_BYTES, Attachment, AttachmentWhat
from optout_desktop.gui import dialogs
from optout_desktop.gui.chips import IconButton
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import ElidedLabel, Look, label, shown, visible_controls
from optout_desktop.gui.new_request.loading import Loaded
from optout_desktop.gui.redaction import dialog as redaction
from optout_desktop.gui.redaction.pictures import RedactedPicture
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.voice import announce

FILE_FILTER = "PDF, PNG, JPEG, GIF, WebP, TXT (*.pdf *.png *.jpg *.jpeg *.gif *.webp *.txt)"


class AttachmentsCard(QFrame):
    """The files of one letter with what is left of the room; two lines while there are none."""

    changed = Signal()
    """What goes along is another now."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._around = surroundings
        self._loaded: Loaded | None = None
        self.removers: dict[str, IconButton] = {}
        self._rows: list[QWidget] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self.room = label("", Look.SMALL, wraps=True)
        self.add_file = QPushButton(self.tr("Add a file…"))
        self.add_file.clicked.connect(self._add_file)
        self.add_copy = QPushButton(self.tr("Add an identity copy…"))
        self.add_copy.clicked.connect(self._add_copy)
        buttons = QWidget()
        flow = FlowLayout(buttons, 12)
        for button in (self.add_file, self.add_copy):
            button.setProperty("kind", "link")
            flow.addWidget(button)
        self.problem = label("", Look.ERROR, wraps=True)
        self.problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(4)
        layout.addWidget(label(self.tr("Goes along"), Look.SECTION))
        layout.addLayout(self._list)
        layout.addWidget(self.room)
        layout.addWidget(buttons)
        layout.addWidget(self.problem)

    def show_letter(self, loaded: Loaded) -> None:
        """Show what goes along; with a text message nothing can."""
        if self._loaded is None or self._loaded.view.request.id != loaded.view.request.id:
            self.problem.hide()
        self._loaded = loaded
        self.setVisible(not loaded.is_text_message)
        for row in self._rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows, self.removers = [], {}
        attachments = loaded.view.attachments
        for one in attachments:
            self._add_row(one)
        size = self.locale().formattedDataSize
        limit = size(MAX_ATTACHMENTS_BYTES, 0)
        self.room.setText(
            self.tr("Room for {size} more, of {limit}.").format(size=size(loaded.room_bytes), limit=limit)
            if attachments
            else self.tr("Nothing. Pictures, PDF and plain text can, {limit} together.").format(limit=limit)
        )

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _add_row(self, one: Attachment) -> None:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        size = self.locale().formattedDataSize(one.size_bytes)
        words = self.tr("{name} · {size}").format(name=visible_controls(one.name), size=size)
        if one.what is AttachmentWhat.REDACTED_ID:
            words = self.tr("{name} · {size} · blacked out").format(
                name=visible_controls(one.name), size=size
            )
        line.addWidget(ElidedLabel(words), 1)
        remove = IconButton("cross", self.tr("Take out {name}").format(name=visible_controls(one.name)))
        remove.clicked.connect(partial(self._remove, one))
        line.addWidget(remove, alignment=Qt.AlignmentFlag.AlignTrailing)
        self.removers[one.name] = remove
        self._rows.append(row)
        self._list.addWidget(row)
        row.show()

    def _add_file(self) -> None:
        loaded, attachments = self._loaded, self._around.desk.attachments
        path = dialogs.open_file(self, self.tr("Which file goes along?"), FILE_FILTER)
        if loaded is None or path is None:
            return
        request, kind = loaded.view.request.id, loaded.kind
        self._around.tasks.run(
            self, lambda: attachments.add_file(request, kind, path), self._added, self._failed
        )

    def _add_copy(self) -> None:
        """Ask for the picture, have it blacked out, and only then keep it."""
        loaded = self._loaded
        title = self.tr("Which picture of the document?")
        path = dialogs.open_file(self, title, redaction.PICTURE_FILTER)
        if loaded is None or path is None:
            return
        view = loaded.view
        picture = redaction.ask(self, path, view.request.reference, view.language)
        if picture is not None:
            self.keep_copy(loaded, picture)

    def keep_copy(self, loaded: Loaded, picture: RedactedPicture) -> None:
        """Let a finished copy go along."""
        attachments, request, kind = self._around.desk.attachments, loaded.view.request.id, loaded.kind

        def add() -> Attachment:
            what = AttachmentWhat.REDACTED_ID
            return attachments.add(request, kind, picture.name, picture.media_type, picture.content, what)

        self._around.tasks.run(self, add, self._added, self._failed)

    def _added(self, one: Attachment) -> None:
        self.problem.hide()
        self._around.say_undoable(self.tr("{name} goes along.").format(name=shown(one.name)))
        self.changed.emit()

    def _remove(self, one: Attachment) -> None:
        attachments = self._around.desk.attachments

        def removed(_none: None) -> None:
            self.problem.hide()
            self.add_file.setFocus(Qt.FocusReason.OtherFocusReason)
            self._around.say_undoable(self.tr("{name} no longer goes along.").format(name=shown(one.name)))
            self.changed.emit()

        self._around.tasks.run(self, lambda: attachments.bin(one.id), removed, self._failed)

    def _failed(self, error: OptOutError) -> None:
        self.problem.setText(words_for(error).text)
        self.problem.show()
        announce(self, self.problem.text(), is_urgent=True)
