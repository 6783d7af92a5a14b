# SPDX-License-Identifier: Apache-2.0
"""A vault as a folder: what lies in it, who may read it, and who holds it.

Every file is private from its first byte on, whatever the umask. Small files are replaced in one step.
The lock belongs to the process that holds it and ends with it, however it ends.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from optout_desktop.domain.errors import (
    DiskFailed,
    DiskFull,
    VaultError,
    VaultInUse,
    VaultMissing,
    VaultReadOnly,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

SUFFIX = ".optout"
PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700

_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_ON_WINDOWS = sys.platform == "win32"
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}
# Windows locks bytes against reading, too: the locked one lies far behind the text.
_LOCKED_BYTE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultFolder:
    """Where the parts of one vault lie."""

    path: Path

    @property
    def name(self) -> str:
        """What people call the vault: the folder's name without its ending."""
        return self.path.name.removesuffix(SUFFIX)

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.path / "vault.optout"

    @property
    def write_ahead_log(self) -> Path:
        """The database's companion while it is open, and after a crash."""
        return self.path / "vault.optout-wal"

    @property
    def key_slots(self) -> Path:
        """The wrapped keys."""
        return self.path / "keyslots.json"

    @property
    def backups(self) -> Path:
        """The automatic backups."""
        return self.path / "backups"

    @property
    def lock(self) -> Path:
        """Held while the vault is open."""
        return self.path / "lock"

    def require(self) -> None:
        """Raise VaultMissing where no vault lies, VaultError where others may write into it."""
        with disk_errors():
            if not (self.key_slots.exists() or self.database.exists()):
                raise VaultMissing(self.name)
        self.require_private()

    def require_private(self) -> None:
        """Raise VaultError where others may write into the folder."""
        with disk_errors():
            mode = self.path.stat().st_mode
        if not _ON_WINDOWS and mode & _OTHERS_MAY_WRITE:
            raise VaultError(
                f"Other people on this computer may write into the folder of the vault “{self.name}”. "
                "It was not opened. Take that permission away from them, then try again."
            )


@contextmanager
def disk_errors() -> Iterator[None]:
    """Turn what the disk reports into errors that a person can act on; others pass unchanged."""
    try:
        yield
    except OSError as error:
        known = told(error)
        if known is None:
            raise
        raise known from error


def told(error: OSError) -> VaultError | None:
    """The error in a person's terms, or None where it is none of the disk's."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return DiskFull()
        case errno.EROFS | errno.EACCES | errno.EPERM:
            return VaultReadOnly()
        case errno.EIO:
            return DiskFailed()
        case _:
            return None


def make_private_folder(path: Path) -> None:
    """Make a folder that only its owner may enter; raises FileExistsError where there is one."""
    path.mkdir(mode=PRIVATE_FOLDER)
    path.chmod(PRIVATE_FOLDER)


def make_private_file(path: Path) -> int:
    """A descriptor of a new, empty file that only its owner may read; raises FileExistsError."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), PRIVATE_FILE)
    _make_private(descriptor)
    return descriptor


def replace_file(path: Path, content: bytes) -> None:
    """Write a small file so that at every moment the old or the new one is there, whole."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    with os.fdopen(make_private_file(new), "w+b") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
        file.seek(0)
        if file.read() != content:
            raise DiskFailed
    new.replace(path)
    sync_folder(path.parent)


def sync_file(path: Path) -> None:
    """Wait until a file's content is on the disk."""
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Wait until a folder's names are on the disk; Windows keeps them itself."""
    if _ON_WINDOWS:
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class VaultLock:
    """The right to use a vault's folder, held by one process at a time."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @classmethod
    def take(cls, path: Path) -> Self:
        """The lock at ``path``; raises VaultInUse with the holder's number, VaultReadOnly."""
        with disk_errors():
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
            descriptor = os.open(path, flags, PRIVATE_FILE)
            try:
                _make_private(descriptor)
                _lock(descriptor)
                _write_holder(descriptor)
            except BlockingIOError:
                process = _holder(descriptor)
                os.close(descriptor)
                raise VaultInUse(process) from None
            except BaseException:
                os.close(descriptor)
                raise
        return cls(descriptor)

    def release(self) -> None:
        """Let others have it. The file stays: removing it would let two processes lock two files."""
        if self._descriptor >= 0:
            # So that nobody reads our number while the next holder has not yet written its own.
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = -1


if sys.platform == "win32":
    import msvcrt

    def _make_private(descriptor: int) -> None:
        """A person's own folders are private on Windows."""

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError as error:
            raise BlockingIOError from error

else:
    import fcntl

    def _make_private(descriptor: int) -> None:
        os.fchmod(descriptor, PRIVATE_FILE)

    def _lock(descriptor: int) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _NO_LOCKS:
                raise VaultError(
                    "This folder lies on a disk that cannot keep two programs apart. "
                    "The vault was not opened. Move it to a disk of this computer."
                ) from error
            raise


def _write_holder(descriptor: int) -> None:
    boot = _BOOT_ID.read_text("ascii").strip() if _BOOT_ID.exists() else "-"
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, f"{os.getpid()} {boot}\n".encode("ascii"))


def _holder(descriptor: int) -> int:
    os.lseek(descriptor, 0, os.SEEK_SET)
    number = os.read(descriptor, 100).partition(b" ")[0]
    return int(number) if number.isdigit() else 0
