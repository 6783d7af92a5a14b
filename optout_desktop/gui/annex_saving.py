# SPDX-License-Identifier: Apache-2.0
"""Saving an explanation as a PDF: the page is made on the vault's thread, written where the person chose."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from optout_desktop.domain.explaining import Annex
from optout_desktop.gui import dialogs
from optout_desktop.gui.labels import shown
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.why_view import WhyDialog


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("annex", text)


def save_annex(surroundings: Surroundings, dialog: WhyDialog, make: Callable[[], Annex]) -> None:
    """Ask where to, write the PDF there, and say in the explanation what became of it."""
    annexes, tasks = surroundings.desk.annexes, surroundings.tasks

    def saved(path: Path) -> None:
        said = tr("{name} was saved outside the vault. It is not encrypted.")
        dialog.tell(said.format(name=shown(path.name)))

    def ask(annex: Annex) -> None:
        path = dialogs.save_file(dialog, tr("Save the explanation"), Path(annex.file_name), tr("PDF (*.pdf)"))
        if path is not None:
            tasks.run_outside(dialog, partial(annexes.save, annex, path), lambda _none: saved(path))

    tasks.run(dialog, make, ask)
