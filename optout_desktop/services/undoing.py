# SPDX-License-Identifier: Apache-2.0
"""Undo and redo: one list per unlocked vault, of steps that each know how to take themselves back.

A step never erases: taking back an entry is an entry of its own, a moved thing is moved back. The list is
dropped when the vault is locked. What has left the machine is not in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

MAX_STEPS = 100


class UndoLabel(StrEnum):
    """What a step did; the words are made where it is shown."""

    ENTRY_RECORDED = "entry_recorded"
    ENTRY_CORRECTED = "entry_corrected"
    ENTRY_TAKEN_BACK = "entry_taken_back"
    REQUEST_STARTED = "request_started"
    REGISTRATION_RECORDED = "registration_recorded"
    REQUEST_CHANGED = "request_changed"
    REQUEST_BINNED = "request_binned"
    REQUEST_RESTORED = "request_restored"
    NOTE_CHANGED = "note_changed"
    FILE_ADDED = "file_added"
    FILE_BINNED = "file_binned"
    LETTER_EDITED = "letter_edited"
    LETTER_DISCARDED = "letter_discarded"
    LETTER_CHOSEN = "letter_chosen"
    TEMPLATE_SAVED = "template_saved"
    TEMPLATE_BINNED = "template_binned"
    PERSON_CHANGED = "person_changed"
    COMPANY_ADDED = "company_added"
    COMPANY_CHANGED = "company_changed"
    COMPANIES_IMPORTED = "companies_imported"
    IMPORT_UNDONE = "import_undone"
    SETTING_CHANGED = "setting_changed"
    REQUESTS_IMPORTED = "requests_imported"


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoStep:
    """One step that can be taken back; ``subject`` is what it was about, such as a company's name."""

    label: UndoLabel
    subject: str
    undo: Callable[[], None]
    redo: Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoView:
    """What Edit › Undo and Redo say; None where there is nothing."""

    undo: tuple[UndoLabel, str] | None
    redo: tuple[UndoLabel, str] | None


class UndoService:
    """The undo list of one unlocked vault."""

    def __init__(self) -> None:
        self._done: list[UndoStep] = []
        self._undone: list[UndoStep] = []

    def push(
        self, label: UndoLabel, subject: str, *, undo: Callable[[], None], redo: Callable[[], None]
    ) -> None:
        """Add a step that has just been done; what was undone before can no longer be redone."""
        self._done = [*self._done, UndoStep(label=label, subject=subject, undo=undo, redo=redo)][-MAX_STEPS:]
        self._undone = []

    def undo(self) -> UndoView:
        """Take the last step back, where there is one."""
        if self._done:
            step = self._done[-1]
            step.undo()
            self._undone.append(self._done.pop())
        return self.view()

    def redo(self) -> UndoView:
        """Do the last undone step again, where there is one."""
        if self._undone:
            step = self._undone[-1]
            step.redo()
            self._done.append(self._undone.pop())
        return self.view()

    def view(self) -> UndoView:
        """What can be undone and redone."""
        return UndoView(
            undo=(self._done[-1].label, self._done[-1].subject) if self._done else None,
            redo=(self._undone[-1].label, self._undone[-1].subject) if self._undone else None,
        )
