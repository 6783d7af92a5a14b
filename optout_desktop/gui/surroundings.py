# SPDX-License-Identifier: Apache-2.0
"""What a page is given: the services, the background, and ways to ask the window for something.

Pages do not know each other. A page that wants another one shown asks the ``Navigator``; the main window
listens. The system (opening a file, the clipboard) is reached through small objects that tests replace.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication

from optout_desktop.domain.agenda import RequestFilter
from optout_desktop.domain.companies import Company
from optout_desktop.domain.ids import BatchId, LawId, RequestId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.rights import Goal, Right
from optout_desktop.gui.errors import Errors
from optout_desktop.gui.post_office import PostOffice
from optout_desktop.gui.tasks import Tasks
from optout_desktop.services.batches import BatchWish
from optout_desktop.services.desk import Desk


class Navigator(QObject):
    """Wishes of pages that the main window fulfils."""

    dashboard_wanted = Signal()
    requests_wanted = Signal(object)
    """A ``RequestFilter``: show the list with it."""
    request_wanted = Signal(object)
    """A ``RequestId``: show its detail."""
    new_request_wanted = Signal(object, object, object)
    """A ``Goal``, a ``Right`` or None, a ``Company`` or None, a ``LawId`` or None: open the wizard."""
    registers_wanted = Signal()
    draft_wanted = Signal(object)
    """A ``RequestId`` of a draft: open the wizard at its last step."""
    letter_wanted = Signal(object, object)
    """A ``RequestId`` and a ``LetterKind``: open the letter to look at and send (a reminder, or again)."""
    settings_wanted = Signal(str)
    """The name of a section, or an empty text."""
    outbox_wanted = Signal()
    several_wanted = Signal()
    """Open the wizard, to ask many companies the same."""
    batch_wanted = Signal(object)
    """A ``BatchWish`` without companies, or with those that are known already: open the batch window."""
    batch_of_wanted = Signal(object, object)
    """A tuple of ``RequestId`` and a ``LetterKind``: send their letters as one batch."""
    batches_wanted = Signal(object)
    """A ``BatchId``: go on with it; None: show all batches."""
    help_wanted = Signal(str)
    """The id of a help topic, or of a screen."""
    lock_wanted = Signal()

    def show_requests(self, wanted: RequestFilter) -> None:
        """Ask for the list."""
        self.requests_wanted.emit(wanted)

    def show_request(self, request: RequestId) -> None:
        """Ask for one request."""
        self.request_wanted.emit(request)

    def start_request(
        self, wanted: Goal | Right | None = None, company: Company | None = None, law: LawId | None = None
    ) -> None:
        """Ask for the wizard; ``law`` is the one to ask under where it applies."""
        self.new_request_wanted.emit(wanted, company, law)

    def show_registers(self) -> None:
        """Ask for the registers of the page of laws."""
        self.registers_wanted.emit()

    def finish_draft(self, request: RequestId) -> None:
        """Ask for the wizard at a draft."""
        self.draft_wanted.emit(request)

    def show_letter(self, request: RequestId, kind: LetterKind) -> None:
        """Ask for a letter."""
        self.letter_wanted.emit(request, kind)

    def start_several(self) -> None:
        """Ask for the wizard, to ask many companies the same."""
        self.several_wanted.emit()

    def start_batch(self, wish: BatchWish) -> None:
        """Ask for the batch window with what was chosen in the wizard."""
        self.batch_wanted.emit(wish)

    def send_together(self, requests: tuple[RequestId, ...], kind: LetterKind) -> None:
        """Ask for the batch window with the letters of these requests."""
        self.batch_of_wanted.emit(requests, kind)

    def show_batches(self, batch: BatchId | None = None) -> None:
        """Ask for one batch, or for all of them."""
        self.batches_wanted.emit(batch)


class Opener(Protocol):
    """Hands a file or an address to the program that the system has for it."""

    def open(self, target: Path | str) -> bool:
        """Whether the system took it."""
        ...


class DesktopOpener:
    """The system's own way to open things."""

    def open(self, target: Path | str) -> bool:
        """Whether the system took it."""
        url = QUrl.fromLocalFile(str(target)) if isinstance(target, Path) else QUrl(target)
        return QDesktopServices.openUrl(url)


class Clipboard(Protocol):
    """Where copied text goes; personal text is cleared after a while and on lock."""

    def put(self, text: str) -> None:
        """Copy a text that may be personal."""
        ...

    def clear_if_ours(self) -> None:
        """Clear what was copied, unless somebody else copied something since."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Everything that a page works with. ``say`` shows a toast; with an ``undo`` it offers to take it back."""

    desk: Desk
    tasks: Tasks
    errors: Errors
    navigator: Navigator
    opener: Opener
    clipboard: Clipboard
    say: Callable[[str], None]
    say_undoable: Callable[[str], None]
    """Says what was done and offers Undo, which takes back the last step of the undo list."""
    post: PostOffice | None = None
    """Sends through the person's own mail accounts; a page that stands alone has none."""


def platform_clipboard_text() -> str:
    """What the clipboard holds now, as text."""
    return QGuiApplication.clipboard().text()
