# SPDX-License-Identifier: Apache-2.0
"""The files kept with one request: dropped or chosen, listed with number, size, day and digest.

A file is read on the vault's thread and lies inside the vault from then on; what is saved outside is a copy.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.evidence import Evidence
from optout_desktop.domain.ids import RequestId
from optout_desktop.gui import dialogs, wording
from optout_desktop.gui.drop_area import DropArea
from optout_desktop.gui.labels import IconLabel, Look, label, shown
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tiles import EmptyState

_DIGITS_SHOWN = 12
Act = Callable[[Evidence], None]


class FilesTab(QWidget):
    """The files of one request."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._request: RequestId | None = None
        self.drop = DropArea(
            self.tr("Drop screenshots, mails or letters here. They are kept inside the vault."),
            self.tr("Add &file…"),
        )
        self.drop.files_given.connect(self.add)
        self.empty = EmptyState(
            self.tr("No evidence yet"),
            self.tr("Drop screenshots, mails or letters here."),
            ((self.tr("Add a file…"), self.drop.button.click),),
            icon="file-plus",
        )
        self.rows: list[FileRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 16, 0, 8)
        layout.setSpacing(8)
        layout.addWidget(self.drop)
        layout.addLayout(self._list)
        layout.addWidget(self.empty)
        layout.addStretch()

    def show_files(self, request: RequestId, files: Sequence[Evidence]) -> None:
        """Show the files of this request; those in the bin are left out."""
        self._request = request
        for row in self.rows:
            self._list.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [FileRow(item, self._save, self._bin) for item in files if not item.is_binned]
        for row in self.rows:
            self._list.addWidget(row)
        self.empty.setVisible(not self.rows)

    def add(self, paths: Sequence[Path]) -> None:
        """Keep these files with the request that is shown, one job a file."""
        if self._request is None:
            return
        request, evidence = self._request, self._surroundings.desk.evidence
        for path in paths:
            self._surroundings.tasks.run(self, partial(evidence.add, request, path), self._say_added)

    def _say_added(self, item: Evidence) -> None:
        words = self.tr("{name} is now kept in the vault.")
        self._surroundings.say_undoable(words.format(name=shown(item.name)))
        self._surroundings.tasks.announce()

    def _save(self, item: Evidence) -> None:
        path = dialogs.save_file(
            self, self.tr("Save a copy outside the vault"), Path(Path(item.name).name or "copy")
        )
        if path is not None:
            evidence = self._surroundings.desk.evidence
            self._surroundings.tasks.run(
                self, partial(evidence.save, item.id, path), lambda _none: self._say_saved(path)
            )

    def _say_saved(self, path: Path) -> None:
        words = self.tr("{name} was saved outside the vault. It is not encrypted.")
        self._surroundings.say(words.format(name=shown(path.name)))

    def _bin(self, item: Evidence) -> None:
        def told(_none: None) -> None:
            words = self.tr("{name} was moved to the bin.").format(name=shown(item.name))
            self._surroundings.say_undoable(words)
            self._surroundings.tasks.announce()

        self._surroundings.tasks.run(self, partial(self._surroundings.desk.evidence.bin, item.id), told)


class FileRow(QFrame):
    """One file: what it is, and what can be done with it."""

    def __init__(self, item: Evidence, save: Act, bin_it: Act) -> None:
        super().__init__()
        self.item = item
        name = shown(item.name)
        self.name = label(
            self.tr("{number}  {name}").format(number=f"E-{item.number}", name=name), Look.STRONG, wraps=True
        )
        self.about = label(
            self.tr("{size} · added {time} · SHA-256 {digest}…").format(
                size=QLocale().formattedDataSize(item.size_bytes),
                time=wording.instant(item.added_at),
                digest=item.sha256[:_DIGITS_SHOWN],
            ),
            Look.SMALL,
            wraps=True,
        )
        self.about.setToolTip(item.sha256)
        self.setAccessibleName(
            self.tr("{name}. {about}").format(name=self.name.text(), about=self.about.text())
        )
        self.save = QPushButton(self.tr("Save a copy…"))
        self.save.setAccessibleName(self.tr("Save a copy of {name}").format(name=name))
        self.to_bin = QPushButton(self.tr("To the bin"))
        self.to_bin.setAccessibleName(self.tr("Move {name} to the bin").format(name=name))
        for button, act in ((self.save, save), (self.to_bin, bin_it)):
            button.setProperty("kind", "link")
            button.clicked.connect(lambda _checked=False, act=act: act(item))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.name)
        words.addWidget(self.about)
        buttons = QHBoxLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self.save)
        buttons.addWidget(self.to_bin)
        buttons.addStretch()
        words.addLayout(buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 10, 0, 10)
        layout.setSpacing(12)
        icon = IconLabel("file", 20)
        layout.addWidget(icon)
        layout.addLayout(words, 1)
