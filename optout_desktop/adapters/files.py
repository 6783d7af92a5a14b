# SPDX-License-Identifier: Apache-2.0
"""Files that a person hands in or takes out: read piece by piece, written whole and for them alone."""

from __future__ import annotations

import errno
import mimetypes
import os
import stat
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from optout_desktop.domain.errors import DiskFull, HandOverError
from optout_desktop.domain.evidence import PIECE_BYTES, OpenedFile

UNKNOWN_TYPE = "application/octet-stream"


class LocalFiles:
    """Files on this machine."""

    def open(self, path: Path) -> OpenedFile:
        """A file's name, size and content. Raises HandOverError where it is no readable file."""
        name = unicodedata.normalize("NFC", path.name)
        try:
            facts = path.stat()
            if not stat.S_ISREG(facts.st_mode):
                raise HandOverError(f"{name} is not a file. Choose a file, or pack the folder first.")
            path.open("rb").close()
        except OSError as error:
            raise _unreadable(name) from error

        def pieces() -> Iterator[bytes]:
            # opened only now, so that nothing stays open where nobody reads
            try:
                with path.open("rb") as file:
                    while piece := file.read(PIECE_BYTES):
                        yield piece
            except OSError as error:
                raise _unreadable(name) from error

        media_type = mimetypes.guess_type(name)[0] or UNKNOWN_TYPE
        return OpenedFile(name=name, size_bytes=facts.st_size, media_type=media_type, pieces=pieces())

    def write(self, path: Path, pieces: Iterable[bytes]) -> None:
        """All or nothing, readable by the person alone. Raises HandOverError, DiskFull."""
        try:
            descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:20]}-")
            written = Path(name)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    for piece in pieces:
                        file.write(piece)
                    file.flush()
                    os.fsync(file.fileno())
                written.replace(path)
            except BaseException:
                written.unlink(missing_ok=True)
                raise
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise DiskFull from error
            raise HandOverError(
                f"{path.name} could not be written there. Choose another folder; nothing was changed."
            ) from error


def _unreadable(name: str) -> HandOverError:
    return HandOverError(f"{name} cannot be read. Check that it is still there and that you may open it.")
