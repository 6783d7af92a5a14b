# SPDX-License-Identifier: Apache-2.0
"""Evidence: files kept with a request, inside the vault, by their exact bytes."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path

from optout_desktop.domain.errors import InputError
from optout_desktop.domain.evidence import MAX_FILE_BYTES, PIECE_BYTES, Evidence, OpenedFile
from optout_desktop.domain.ids import EvidenceId, RequestId
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .ports import Clock, Files
from .undoing import UndoLabel, UndoService


class EvidenceService:
    """Everything that can be done with kept files."""

    def __init__(self, vault: Vault[Stores], files: Files, clock: Clock, undoing: UndoService) -> None:
        self._vault = vault
        self._files = files
        self._clock = clock
        self._undoing = undoing

    def add(
        self,
        request: RequestId,
        path: Path,
        about_on: date | None = None,
        description: str = "",
        progress: Callable[[int, int], None] | None = None,
    ) -> Evidence:
        """Keep a file. Raises HandOverError where it cannot be read, InputError above 250 MiB."""
        return self._keep(request, self._files.open(path), about_on, description, progress)

    def add_bytes(self, request: RequestId, name: str, media_type: str, content: bytes) -> Evidence:
        """Keep something from the clipboard."""
        pieces = (content[start : start + PIECE_BYTES] for start in range(0, len(content), PIECE_BYTES))
        opened = OpenedFile(name=name, size_bytes=len(content), media_type=media_type, pieces=pieces)
        return self._keep(request, opened, None, "", None)

    def of(self, request: RequestId) -> tuple[Evidence, ...]:
        """The files of a request by number."""
        with self._vault.reading() as stores:
            return stores.evidence.of(request)

    def content(self, item: EvidenceId) -> bytes:
        """A file's exact bytes. Raises VaultDamaged where they no longer have their digest."""
        with self._vault.reading() as stores:
            return b"".join(stores.evidence.content(stores.evidence.get(item)))

    def save(self, item: EvidenceId, path: Path) -> None:
        """Write a copy where the person chose; it leaves the vault unencrypted. Raises HandOverError."""
        with self._vault.reading() as stores:
            self._files.write(path, stores.evidence.content(stores.evidence.get(item)))

    def bin(self, item: EvidenceId) -> None:
        """Move a file to the bin; its bytes stay in the vault."""
        with self._vault.reading() as stores:
            name = stores.evidence.get(item).name
        self._set_binned(item, is_binned=True)
        self._undoing.push(
            UndoLabel.FILE_BINNED,
            name,
            undo=lambda: self._set_binned(item, is_binned=False),
            redo=lambda: self._set_binned(item, is_binned=True),
        )

    def _set_binned(self, item: EvidenceId, *, is_binned: bool) -> None:
        with self._vault.writing() as stores:
            stores.evidence.set_binned(item, is_binned=is_binned)

    def _keep(
        self,
        request: RequestId,
        opened: OpenedFile,
        about_on: date | None,
        description: str,
        progress: Callable[[int, int], None] | None,
    ) -> Evidence:
        pieces, digest = _read(opened, progress)
        with self._vault.writing() as stores:
            item = Evidence(
                id=EvidenceId(uuid.uuid4().hex),
                request=stores.requests.get(request).id,
                number=stores.evidence.next_number(request),
                name=opened.name,
                size_bytes=sum(map(len, pieces)),
                sha256=digest,
                media_type=opened.media_type,
                added_at=self._clock.now(),
                about_on=about_on,
                description=description.strip(),
            )
            stores.evidence.add(item, pieces)
        self._undoing.push(
            UndoLabel.FILE_ADDED,
            item.name,
            undo=lambda: self._set_binned(item.id, is_binned=True),
            redo=lambda: self._set_binned(item.id, is_binned=False),
        )
        return item


def _read(opened: OpenedFile, progress: Callable[[int, int], None] | None) -> tuple[list[bytes], str]:
    """A file's pieces and their SHA-256. Raises InputError once it is longer than any may be."""
    digest = hashlib.sha256()
    pieces: list[bytes] = []
    done = 0
    _require_small(opened, opened.size_bytes)
    for piece in opened.pieces:
        done += len(piece)
        _require_small(opened, done)
        digest.update(piece)
        pieces.append(piece)
        if progress is not None:
            progress(done, opened.size_bytes)
    return pieces, digest.hexdigest()


def _require_small(opened: OpenedFile, size_bytes: int) -> None:
    if size_bytes > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // (1024 * 1024)
        raise InputError(
            "file", f"{opened.name} is larger than {limit} MiB. It was not added; nothing else changed."
        )
