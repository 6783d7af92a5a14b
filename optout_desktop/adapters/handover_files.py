# SPDX-License-Identifier: Apache-2.0
"""Private files for handing over: a draft or a page → a file that another program may read for a while.

Each running app has one folder of its own in the system's run-time place (in memory where there is one), for
its owner's eyes only. Files go after ten minutes, on lock and on quit; what a crash left, at the next start.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from optout_desktop.domain.errors import HandOverError

LIFETIME_SECONDS = 600.0

_PREFIX = "optout-"
_LOCK_NAME = ".in-use"
_BINARY = getattr(os, "O_BINARY", 0)
_PLAIN_NAME_CHARS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    path: Path
    until: float


class HandoverFiles:
    """The folder of this process below ``base``; it is made with the first file.

    ``monotonic`` counts seconds and never runs back.
    """

    def __init__(self, base: Path | None = None, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._base = base or runtime_folder()
        self._monotonic = monotonic
        self._folder = self._base / f"{_PREFIX}{os.getpid()}"
        self._lock: IO[bytes] | None = None
        self._kept: list[_Kept] = []

    def put(self, name: str, content: bytes) -> Path:
        """The path of a new file that only its owner can read.

        ``name`` should hold no personal data, such as ``OO-7F3K-22.eml``; other signs than letters, digits,
        dot and dash become dashes. Raises ``HandOverError`` where no file can be made.
        """
        self.remove_expired()
        try:
            self._open_folder()
            path = self._free_path(_plain(name))
            # created anew or not at all: a file or link that somebody put there is never written through
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
            self._kept.append(_Kept(path=path, until=self._monotonic() + LIFETIME_SECONDS))
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
        except OSError as error:
            raise HandOverError(
                "The file could not be handed over: the folder for temporary files cannot be written. "
                "Copy the text, or save the file to a place of your choice."
            ) from error
        return path

    def remove_expired(self) -> float | None:
        """Remove what is older than ten minutes; seconds until the next file's turn, None if none is left."""
        now = self._monotonic()
        for kept in [kept for kept in self._kept if kept.until <= now]:
            self._forget(kept)
        return min((kept.until - now for kept in self._kept), default=None)

    def clear(self) -> None:
        """Remove every file and the folder itself: on lock, on quit."""
        for kept in list(self._kept):
            self._forget(kept)
        if self._lock is not None:
            self._lock.close()
            self._lock = None
            shutil.rmtree(self._folder, ignore_errors=True)

    def clear_stale(self) -> int:
        """Remove the folders that earlier runs left behind, and say how many: at the start."""
        removed = 0
        for folder in self._base.glob(f"{_PREFIX}*"):
            number = folder.name.removeprefix(_PREFIX)
            is_ours = folder == self._folder and self._lock is not None
            if number.isdigit() and not is_ours and _is_own_folder(folder) and not _is_in_use(folder):
                shutil.rmtree(folder, ignore_errors=True)
                removed += not folder.exists()
        return removed

    def _open_folder(self) -> None:
        if self._lock is not None and self._folder.is_dir():
            return
        if self._folder.is_symlink() or self._folder.exists():
            # a number that was used before: what lies there is stale, or was put there by somebody else
            if not _is_own_folder(self._folder):
                raise PermissionError(self._folder)
            shutil.rmtree(self._folder)
        self._base.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder.mkdir(mode=0o700)
        if os.name == "posix":
            self._folder.chmod(0o700)
        self._lock = _take_lock(self._folder)

    def _free_path(self, name: str) -> Path:
        path = self._folder / name
        count = 1
        while path.exists() or path.is_symlink():
            count += 1
            path = self._folder / f"{Path(name).stem}-{count}{Path(name).suffix}"
        return path

    def _forget(self, kept: _Kept) -> None:
        try:
            kept.path.unlink(missing_ok=True)
        except PermissionError:
            # Windows does not remove what a program still holds open: its turn comes again
            return
        self._kept.remove(kept)


def runtime_folder() -> Path:
    """Where this system keeps what lives as long as a login: in memory on Linux."""
    if sys.platform == "linux":
        in_memory = "/dev/shm"  # noqa: S108 - open to all, but the folder that is made in it is private
        for place in (os.environ.get("XDG_RUNTIME_DIR", ""), f"/run/user/{os.getuid()}", in_memory):
            if place and os.access(place, os.W_OK) and Path(place).is_dir():
                return Path(place)
    # macOS and Windows give each person a temporary folder of their own
    return Path(tempfile.gettempdir())


def _plain(name: str) -> str:
    plain = "".join(char if char in _PLAIN_NAME_CHARS else "-" for char in name)[-100:].lstrip(".-")
    return plain or "letter"


def _is_own_folder(folder: Path) -> bool:
    """True for a real folder that belongs to this person; a link is never followed."""
    try:
        state = folder.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(state.st_mode):
        return False
    return sys.platform == "win32" or state.st_uid == os.getuid()


if sys.platform == "win32":

    def _take_lock(folder: Path) -> IO[bytes]:
        """An open file cannot be removed on Windows: being open is the lock."""
        return (folder / _LOCK_NAME).open("wb")

    def _is_in_use(folder: Path) -> bool:
        try:
            (folder / _LOCK_NAME).unlink(missing_ok=True)
        except PermissionError:
            return True
        return False

else:
    import fcntl

    def _take_lock(folder: Path) -> IO[bytes]:
        """A lock that the system lets go when the process ends, however it ends."""
        file = (folder / _LOCK_NAME).open("wb")
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return file

    def _is_in_use(folder: Path) -> bool:
        try:
            with (folder / _LOCK_NAME).open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False
