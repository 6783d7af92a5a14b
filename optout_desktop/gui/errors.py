# SPDX-License-Identifier: Apache-2.0
"""The one door for mishaps: what happened, what it means, what to do.

An ``OptOutError`` becomes a sentence a person can act on. Anything else is a bug: it is stopped, described
without personal data (file names, lines, functions and types of exceptions; never their texts, never values)
and shown once, with a button that copies the description. Nothing is sent anywhere.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from types import TracebackType

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.errors import (
    BackupUnusable,
    CatalogError,
    DiskFailed,
    DiskFull,
    HandOverError,
    ImportRefused,
    InputError,
    KeyringChanged,
    KeyringError,
    KeyringLocked,
    KeyringMissing,
    MailServerError,
    NotAllowed,
    NotFound,
    OptOutError,
    TemplateError,
    VaultDamaged,
    VaultError,
    VaultExists,
    VaultInUse,
    VaultMissing,
    VaultMoved,
    VaultNotEncrypted,
    VaultReadOnly,
    VaultTooNew,
    WeakPassphrase,
    WrongKey,
)
from optout_desktop.gui import mail_server_words


def tr(text: str) -> str:
    """The sentence in the person's language."""
    return QCoreApplication.translate("errors", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A mishap in words: ``title`` says what happened, ``text`` what it means and what to do."""

    title: str
    text: str


def words_for(error: OptOutError) -> Message:
    """The words for an error; its own sentence where there are no better ones."""
    return Message(title=_title(error), text=_text(error))


def _title(error: OptOutError) -> str:
    if isinstance(error, MailServerError):
        return mail_server_words.title(error)
    titles: tuple[tuple[type[OptOutError], str], ...] = (
        (WrongKey, tr("The vault stayed locked")),
        (VaultDamaged, tr("This vault is damaged")),
        (VaultNotEncrypted, tr("This file is not a vault")),
        (VaultTooNew, tr("This vault belongs to a newer version")),
        (VaultInUse, tr("This vault is already open")),
        (VaultMissing, tr("There is no such vault")),
        (VaultExists, tr("There is already a vault of that name")),
        (VaultReadOnly, tr("This folder cannot be written")),
        (VaultMoved, tr("The vault's file is gone")),
        (DiskFull, tr("The disk is full")),
        (DiskFailed, tr("The disk reported an error")),
        (BackupUnusable, tr("This backup cannot be restored")),
        (VaultError, tr("The vault could not do this")),
        (KeyringError, tr("The keyring could not help")),
        (WeakPassphrase, tr("Please choose a stronger passphrase")),
        (InputError, tr("Please check what you typed")),
        (NotAllowed, tr("This is not possible now")),
        (NotFound, tr("Nothing was found")),
        (CatalogError, tr("A file of this app cannot be used")),
        (TemplateError, tr("The letter could not be written")),
        (HandOverError, tr("This could not be handed over")),
        (ImportRefused, tr("This file was not read in")),
    )
    return next((title for kind, title in titles if isinstance(error, kind)), tr("This did not work"))


def _text(error: OptOutError) -> str:  # noqa: C901, PLR0911 - one line a kind of error
    match error:
        case WrongKey():
            return tr("That passphrase did not open this vault. Check Caps Lock and the keyboard layout.")
        case DiskFull():
            return tr(
                "There is no space left on this disk. Your last change was not saved; "
                "everything before it is safe. Free at least {megabytes} MB, then choose Try again."
            ).format(megabytes=error.needed_megabytes)
        case VaultInUse(process=0):
            return tr("This vault is already open in another window. Close or lock it there first.")
        case VaultInUse():
            return tr("This vault is already open (process {process}). Close or lock it there first.").format(
                process=error.process
            )
        case VaultTooNew():
            return tr(
                "This vault was last used by OptOut {made_by}. This is {this_is}. "
                "Please update; nothing was changed."
            ).format(made_by=error.made_by, this_is=error.this_is)
        case KeyringLocked():
            return tr("Your keyring is locked. Unlock it there, or type the passphrase.")
        case KeyringMissing():
            return tr("This computer offers no keyring that can keep the key safely. Type the passphrase.")
        case KeyringChanged():
            return tr(
                "This vault was remembered in {remembered}, now {now} answers. "
                "Type your passphrase once to remember it here."
            ).format(remembered=error.remembered, now=error.now)
        case MailServerError():
            return mail_server_words.text(error)
        case InputError(suggestion=suggestion) if suggestion:
            return tr("{sentence} Did you mean {suggestion}?").format(
                sentence=str(error), suggestion=suggestion
            )
        case _:
            return str(error)


def describe(error: BaseException) -> str:
    """What a developer needs to find a bug, free of everything a person typed or keeps."""
    import platform  # only a bug asks

    lines = [f"Python {platform.python_version()} · Qt {qVersion()} · {platform.system()}"]
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
        lines.extend(_frames(cause.__traceback__))
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)


def _frames(trace: TracebackType | None) -> list[str]:
    frames: list[str] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"  {PurePath(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return frames


class BugDialog(QDialog):
    """Something unexpected was stopped: details folded, copyable, and two ways on."""

    RESTART = 2

    def __init__(
        self, details: str, saved_at: datetime | None, parent: QWidget | None, *, can_restart: bool
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Something went wrong"))
        self._details = details
        headline = QLabel(self.tr("Something went wrong and was stopped."))
        headline.setProperty("look", "title")
        saved = self.tr("Nothing that was saved is lost.")
        if saved_at is not None:
            saved = self.tr("Your data is saved up to {time}.").format(time=saved_at.strftime("%H:%M:%S"))
        meaning = QLabel(saved)
        meaning.setWordWrap(True)
        self._unfold = QPushButton(self.tr("Show &details"))
        self._unfold.setProperty("kind", "link")
        self._unfold.setCheckable(True)
        self._text = QPlainTextEdit(details)
        self._text.setReadOnly(True)
        self._text.setAccessibleName(self.tr("Technical details"))
        self._text.hide()
        self._unfold.toggled.connect(self._text.setVisible)
        copy = QPushButton(self.tr("&Copy details"))
        copy.clicked.connect(self._copy)
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addStretch()
        if can_restart:
            restart = QPushButton(self.tr("&Restart"))
            restart.clicked.connect(lambda: self.done(self.RESTART))
            buttons.addWidget(restart)
        go_on = QPushButton(self.tr("C&ontinue"))
        go_on.setProperty("kind", "accent")
        go_on.setDefault(True)
        go_on.clicked.connect(self.accept)
        buttons.addWidget(go_on)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        for widget in (headline, meaning):
            layout.addWidget(widget)
        layout.addWidget(self._unfold, alignment=Qt.AlignmentFlag.AlignLeading)
        layout.addWidget(self._text)
        layout.addLayout(buttons)
        self.setMinimumWidth(480)
        go_on.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


class Errors(QObject):
    """Shows each mishap once, on the GUI thread, wherever it came from."""

    _caught = Signal(object)

    def __init__(
        self,
        saved_at: Callable[[], datetime | None] | None = None,
        restart: Callable[[], None] | None = None,
        note_qt: Callable[[str, str], None] | None = None,
        parent: QObject | None = None,
        *,
        take_over: Callable[[OptOutError], bool] = lambda _error: False,
    ) -> None:
        """``take_over`` is asked about each error first; where it says True, no dialog is shown."""
        super().__init__(parent)
        self._take_over = take_over
        self._saved_at = saved_at
        self._restart = restart
        self._note_qt = note_qt
        self._is_showing = False
        self._caught.connect(self._show_caught, Qt.ConnectionType.QueuedConnection)

    def show(self, error: BaseException, parent: QWidget | None = None) -> None:
        """Tell the person; to be called on the GUI thread."""
        if isinstance(error, OptOutError):
            if self._take_over(error):
                return
            from optout_desktop.gui import dialogs  # most starts have nothing to tell

            words = words_for(error)
            dialogs.tell(parent, words.title, words.text)
        else:
            self.show_bug(error, parent)

    def show_bug(self, error: BaseException, parent: QWidget | None = None) -> None:
        """Show something unexpected; while one is on screen, a second one is left out."""
        if self._is_showing:
            return
        self._is_showing = True
        saved_at = self._saved_at() if self._saved_at else None
        dialog = BugDialog(describe(error), saved_at, parent, can_restart=self._restart is not None)
        answer = dialog.exec()
        dialog.deleteLater()
        self._is_showing = False
        if answer == BugDialog.RESTART and self._restart is not None:
            self._restart()

    def install_excepthook(self) -> None:
        """From here on, whatever nobody caught, in whichever thread, is shown instead of printed."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook

    def install_qt_handler(self) -> None:
        """From here on Qt's own messages are noted by kind and place only: texts may hold file names."""
        qInstallMessageHandler(self._qt_message)

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QCoreApplication.quit()
            return
        self._caught.emit(error.with_traceback(trace))

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._caught.emit(args.exc_value)

    @Slot(object)
    def _show_caught(self, error: BaseException) -> None:
        self.show(error)

    def _qt_message(self, kind: QtMsgType, context: QMessageLogContext, _text: str) -> None:
        if self._note_qt is not None:
            place = PurePath(context.file).name if context.file else ""
            self._note_qt(kind.name, f"{context.category} {place}:{context.line}")
