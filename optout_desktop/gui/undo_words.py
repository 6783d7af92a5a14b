# SPDX-License-Identifier: Apache-2.0
"""What Edit › Undo and Redo say for each kind of step."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from optout_desktop.gui.labels import shown
from optout_desktop.services.undoing import UndoLabel


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("undo_words", text)


def step_words(label: UndoLabel, subject: str) -> str:
    """A step in a few words, such as *entry for Northwind*; a setting's name is never shown."""
    words = {
        UndoLabel.ENTRY_RECORDED: tr("entry for {subject}"),
        UndoLabel.ENTRY_CORRECTED: tr("correction for {subject}"),
        UndoLabel.ENTRY_TAKEN_BACK: tr("taking back an entry for {subject}"),
        UndoLabel.REQUEST_STARTED: tr("new request to {subject}"),
        UndoLabel.REGISTRATION_RECORDED: tr("registration at {subject}"),
        UndoLabel.REQUEST_CHANGED: tr("change of the request to {subject}"),
        UndoLabel.REQUEST_BINNED: tr("moving {subject} to the bin"),
        UndoLabel.REQUEST_RESTORED: tr("restoring {subject}"),
        UndoLabel.NOTE_CHANGED: tr("note for {subject}"),
        UndoLabel.FILE_ADDED: tr("adding {subject}"),
        UndoLabel.FILE_BINNED: tr("moving {subject} to the bin"),
        UndoLabel.LETTER_EDITED: tr("edit of the letter to {subject}"),
        UndoLabel.LETTER_DISCARDED: tr("discarding the letter to {subject}"),
        UndoLabel.LETTER_CHOSEN: tr("how the letter to {subject} is written"),
        UndoLabel.TEMPLATE_SAVED: tr("change of the template {subject}"),
        UndoLabel.TEMPLATE_BINNED: tr("moving the template {subject} to the bin"),
        UndoLabel.PERSON_CHANGED: tr("change of {subject}"),
        UndoLabel.COMPANY_ADDED: tr("adding {subject}"),
        UndoLabel.COMPANY_CHANGED: tr("change of {subject}"),
        UndoLabel.COMPANIES_IMPORTED: tr("importing the companies of {subject}"),
        UndoLabel.IMPORT_UNDONE: tr("undoing the import of {subject}"),
        UndoLabel.SETTING_CHANGED: tr("change of a setting"),
        UndoLabel.REQUESTS_IMPORTED: tr("importing the requests of {subject}"),
    }[label]
    return words.format(subject=shown(subject))


def undo_words(step: tuple[UndoLabel, str] | None) -> str:
    """What Edit › Undo says."""
    if step is None:
        return tr("&Undo")
    return tr("&Undo {step}").format(step=step_words(*step).replace("&", "&&"))


def redo_words(step: tuple[UndoLabel, str] | None) -> str:
    """What Edit › Redo says."""
    if step is None:
        return tr("&Redo")
    return tr("&Redo {step}").format(step=step_words(*step).replace("&", "&&"))
