# SPDX-License-Identifier: Apache-2.0
"""The only door to message boxes and file dialogs.

Every question has verbs on its buttons, and the harmless one is the default and what Esc means. File
dialogs are Qt's own, remember nothing and read no folder's icon; what Qt would write about them goes to
a private folder (``redirect_qsettings``). Tests answer through ``script``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSettings, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

_CONTEXT = "dialogs"


class Kind(Enum):
    """What was asked, as a script sees it."""

    TELL = auto()
    CHOOSE = auto()
    OPEN_FILES = auto()
    SAVE_FILE = auto()
    CHOOSE_FOLDER = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One button: its word says what will happen."""

    key: str
    words: str
    is_destructive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person would have seen."""

    kind: Kind
    title: str
    text: str = ""
    verbs: tuple[Verb, ...] = ()


Answer = str | Path | tuple[Path, ...] | None


@dataclass(slots=True, eq=False)
class Script:
    """The answers that a test gives, and the questions that came."""

    answers: deque[Answer]
    asked: list[Asked] = field(default_factory=list)

    def answer(self, question: Asked) -> Answer:
        """The next answer; raises AssertionError for a question that nobody expected."""
        self.asked.append(question)
        if not self.answers:
            raise AssertionError(f"nobody expected to be asked: {question.title}: {question.text}")
        return self.answers.popleft()


class _Playing:
    scripts: list[Script] = []  # noqa: RUF012 - the one stack of scripts of this process


@contextmanager
def script(answers: Iterable[Answer] = ()) -> Iterator[Script]:
    """Answer the questions that come up inside: a verb's key, paths, or None for leaving."""
    playing = Script(answers=deque(answers))
    _Playing.scripts.append(playing)
    try:
        yield playing
    finally:
        _Playing.scripts.remove(playing)


def tell(parent: QWidget | None, title: str, text: str) -> None:
    """Say something that must be read before going on."""
    close = Verb(key="close", words=QCoreApplication.translate(_CONTEXT, "Close"))
    _choose(Asked(kind=Kind.TELL, title=title, text=text, verbs=(close,)), parent, safe="close")


def choose(
    parent: QWidget | None, title: str, text: str, verbs: Sequence[Verb], safe: str | None = None
) -> str | None:
    """The key of the chosen verb; None if the person left. ``safe`` names the verb that Enter means.

    Without ``safe`` a Cancel button is added, which Enter and Esc mean.
    """
    return _choose(Asked(kind=Kind.CHOOSE, title=title, text=text, verbs=tuple(verbs)), parent, safe)


def confirm(
    parent: QWidget | None, title: str, text: str, verb: str, *, is_destructive: bool = False
) -> bool:
    """Whether the person pressed the verb rather than Cancel, which is the default."""
    verbs = (Verb(key="go", words=verb, is_destructive=is_destructive),)
    return choose(parent, title, text, verbs) == "go"


def open_files(
    parent: QWidget | None, title: str, filters: str = "", *, several: bool = True
) -> tuple[Path, ...]:
    """The files that were chosen; none if the person left. ``filters`` as Qt writes: ``Mail (*.eml)``."""
    question = Asked(kind=Kind.OPEN_FILES, title=title)
    if _Playing.scripts:
        return _paths(_Playing.scripts[-1].answer(question))
    dialog = _file_dialog(parent, title, filters)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles if several else QFileDialog.FileMode.ExistingFile)
    return _chosen(dialog)


def open_file(parent: QWidget | None, title: str, filters: str = "") -> Path | None:
    """The one file that was chosen; None if the person left."""
    return next(iter(open_files(parent, title, filters, several=False)), None)


def save_file(parent: QWidget | None, title: str, proposed: Path, filters: str = "") -> Path | None:
    """Where to write; None if the person left. An existing file is asked about by the dialog."""
    question = Asked(kind=Kind.SAVE_FILE, title=title, text=proposed.name)
    if _Playing.scripts:
        return next(iter(_paths(_Playing.scripts[-1].answer(question))), None)
    dialog = _file_dialog(parent, title, filters)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    if proposed.is_absolute():
        dialog.setDirectory(str(proposed.parent))
    dialog.selectFile(proposed.name)
    if proposed.suffix:
        dialog.setDefaultSuffix(proposed.suffix.lstrip("."))
    return next(iter(_chosen(dialog)), None)


def choose_folder(parent: QWidget | None, title: str, start: Path | None = None) -> Path | None:
    """The folder that was chosen; None if the person left."""
    if _Playing.scripts:
        return next(
            iter(_paths(_Playing.scripts[-1].answer(Asked(kind=Kind.CHOOSE_FOLDER, title=title)))), None
        )
    dialog = _file_dialog(parent, title, "")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    if start is not None:
        dialog.setDirectory(str(start))
    return next(iter(_chosen(dialog)), None)


def redirect_qsettings(private_folder: Path) -> None:
    """Send everything that Qt itself would remember (folders, sizes of dialogs) to a private folder.

    To be called before the first dialog; the folder should live in memory and is removed at the end by
    whoever made it. Without it Qt's file dialog writes folder names into a plain file in the home folder.
    """
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
            QSettings.setPath(form, scope, str(private_folder))


def _choose(question: Asked, parent: QWidget | None, safe: str | None) -> str | None:
    if _Playing.scripts:
        answer = _Playing.scripts[-1].answer(question)
        known = {verb.key for verb in question.verbs}
        if answer is not None and answer not in known and question.kind is not Kind.TELL:
            raise AssertionError(f"{answer!r} is not among the answers {sorted(known)} to: {question.title}")
        return answer if isinstance(answer, str) else None
    box, keys = message_box(question, parent, safe)
    box.exec()
    return keys.get(box.clickedButton().text()) if box.clickedButton() else None


def message_box(
    question: Asked, parent: QWidget | None, safe: str | None
) -> tuple[QMessageBox, dict[str, str | None]]:
    """The box for a question, not yet shown, and the key of each button by its text."""
    box = QMessageBox(parent)
    box.setWindowTitle(question.title)
    box.setTextFormat(Qt.TextFormat.PlainText)  # what people typed may be quoted here
    box.setText(question.title)
    box.setInformativeText(question.text)
    keys: dict[str, str | None] = {}
    for verb in question.verbs:
        role = (
            QMessageBox.ButtonRole.DestructiveRole
            if verb.is_destructive
            else QMessageBox.ButtonRole.AcceptRole
        )
        button = box.addButton(verb.words, role)
        button.setProperty("kind", "danger" if verb.is_destructive else "")
        keys[button.text()] = verb.key
        if verb.key == safe:
            box.setDefaultButton(button)
            box.setEscapeButton(button)
    if safe is None:
        cancel = box.addButton(
            QCoreApplication.translate(_CONTEXT, "Cancel"), QMessageBox.ButtonRole.RejectRole
        )
        keys[cancel.text()] = None
        box.setDefaultButton(cancel)
        box.setEscapeButton(cancel)
    return box, keys


def _file_dialog(parent: QWidget | None, title: str, filters: str) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    # the system's own dialog keeps a list of recently used files that outlives the vault's lock
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setOption(QFileDialog.Option.DontUseCustomDirectoryIcons)
    dialog.setHistory([])
    if filters:
        dialog.setNameFilter(filters)
    return dialog


def _chosen(dialog: QFileDialog) -> tuple[Path, ...]:
    is_chosen = dialog.exec() == QFileDialog.DialogCode.Accepted
    files = tuple(Path(each) for each in dialog.selectedFiles()) if is_chosen else ()
    dialog.deleteLater()
    return files


def _paths(answer: Answer) -> tuple[Path, ...]:
    if answer is None:
        return ()
    if isinstance(answer, tuple):
        return answer
    return (Path(answer),)
