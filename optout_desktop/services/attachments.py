# SPDX-License-Identifier: Apache-2.0
"""Attachments: files that go along with a letter, kept in the vault until they leave in a message.

A copy of an identity document is taken only as a picture that was drawn anew with its black bars and its mark, and
nothing but its pixels is kept.
"""

from __future__ import annotations

import hashlib
import mimetypes
import unicodedata
import uuid
from pathlib import Path

from optout_desktop.domain.errors import InputError
from optout_desktop.domain.evidence import OpenedFile
from optout_desktop.domain.ids import AttachmentId, RequestId
from optout_desktop.domain.letters import (
    MAX_ATTACHMENTS_BYTES,
    AttachedFile,
    Attachment,
    AttachmentWhat,
    LetterKind,
    clean_line,
)
from optout_desktop.domain.redaction import JPEG, PNG, bare_picture
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .ports import Clock, Files
from .undoing import UndoLabel, UndoService

LONGEST_NAME_BYTES = 150
_BEGINS = {
    PNG: b"\x89PNG\r\n\x1a\n",
    JPEG: b"\xff\xd8\xff",
    "image/gif": b"GIF8",
    "image/webp": b"RIFF",
    "application/pdf": b"%PDF-",
}
"""How the files begin that can go along, beside plain text."""
_TEXT = "text/plain"
_FOR_NAMES = str.maketrans(dict.fromkeys('/\\:*?"<>|', "-"))


class AttachmentService:
    """Everything that can be done with what goes along."""

    def __init__(self, vault: Vault[Stores], files: Files, clock: Clock, undoing: UndoService) -> None:
        self._vault = vault
        self._files = files
        self._clock = clock
        self._undoing = undoing

    def of(self, request: RequestId, kind: LetterKind) -> tuple[Attachment, ...]:
        """What goes along with a letter, in order."""
        with self._vault.reading() as stores:
            return stores.attachments.of(request, kind)

    def file(self, attachment: AttachmentId) -> AttachedFile:
        """One with its bytes. Raises NotFound, VaultDamaged."""
        with self._vault.reading() as stores:
            return stores.attachments.file(attachment)

    def room_bytes(self, request: RequestId, kind: LetterKind) -> int:
        """How many bytes can still be added to a letter."""
        return MAX_ATTACHMENTS_BYTES - sum(one.size_bytes for one in self.of(request, kind))

    def add_file(
        self,
        request: RequestId,
        kind: LetterKind,
        path: Path,
        what: AttachmentWhat = AttachmentWhat.OTHER,
    ) -> Attachment:
        """Let a file go along. Raises HandOverError where it cannot be read, else as ``add``; no more of it is read
        than there is room for.
        """
        _require_no_document(what)
        opened = self._files.open(path)
        room = self.room_bytes(request, kind)
        content = _read(opened, room)
        return self.add(request, kind, opened.name, opened.media_type, content, what)

    def add(
        self,
        request: RequestId,
        kind: LetterKind,
        name: str,
        media_type: str,
        content: bytes,
        what: AttachmentWhat = AttachmentWhat.OTHER,
    ) -> Attachment:
        """Let bytes go along with a letter; a ``REDACTED_ID`` is kept as its pixels alone.

        Raises InputError ``file`` for another kind of file, an empty one, or more than 10 MiB together; NotFound.
        """
        _require_room(name, len(content), self.room_bytes(request, kind))
        if what is AttachmentWhat.REDACTED_ID:
            content = bare_picture(content, media_type)
        _require_known(name, media_type, content)
        attachment = Attachment(
            id=AttachmentId(uuid.uuid4().hex),
            request=request,
            kind=kind,
            what=what,
            name=_file_name(name, media_type),
            media_type=media_type,
            size_bytes=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )
        with self._vault.writing() as stores:
            stores.requests.get(request)
            stores.attachments.add(attachment, content, self._clock.now())
        self._push(UndoLabel.FILE_ADDED, attachment, is_binned_after=False)
        return attachment

    def bin(self, attachment: AttachmentId) -> None:
        """Let a file not go along; its bytes stay in the vault. Raises NotFound."""
        self._move(attachment, UndoLabel.FILE_BINNED, is_binned=True)

    def restore(self, attachment: AttachmentId) -> None:
        """Let it go along again. Raises NotFound, InputError where there is no more room for it."""
        with self._vault.reading() as stores:
            found = stores.attachments.get(attachment)
        if found not in self.of(found.request, found.kind):
            _require_room(found.name, found.size_bytes, self.room_bytes(found.request, found.kind))
            self._move(attachment, UndoLabel.FILE_ADDED, is_binned=False)

    def _move(self, attachment: AttachmentId, label: UndoLabel, *, is_binned: bool) -> None:
        with self._vault.reading() as stores:
            found = stores.attachments.get(attachment)
        self._set_binned(attachment, is_binned=is_binned)
        self._push(label, found, is_binned_after=is_binned)

    def _push(self, label: UndoLabel, attachment: Attachment, *, is_binned_after: bool) -> None:
        self._undoing.push(
            label,
            attachment.name,
            undo=lambda: self._set_binned(attachment.id, is_binned=not is_binned_after),
            redo=lambda: self._set_binned(attachment.id, is_binned=is_binned_after),
        )

    def _set_binned(self, attachment: AttachmentId, *, is_binned: bool) -> None:
        with self._vault.writing() as stores:
            stores.attachments.set_binned((attachment,), is_binned=is_binned)


def _require_no_document(what: AttachmentWhat) -> None:
    if what is AttachmentWhat.REDACTED_ID:
        raise InputError(
            "file",
            "A copy of an identity document goes along only once it is blacked out. Open it there first.",
        )


def _read(opened: OpenedFile, room: int) -> bytes:
    """The bytes of a file. Raises InputError once there are more of them than there is room for."""
    _require_room(opened.name, opened.size_bytes, room)
    content = b""
    for piece in opened.pieces:
        content += piece
        _require_room(opened.name, len(content), room)
    return content


def _require_room(name: str, size_bytes: int, room: int) -> None:
    if size_bytes > room:
        limit = MAX_ATTACHMENTS_BYTES // (1024 * 1024)
        raise InputError(
            "file",
            f"With {clean_line(name)} more than {limit} MiB would go along, which many mail servers refuse. "
            "It was not added; nothing else changed.",
        )


def _require_known(name: str, media_type: str, content: bytes) -> None:
    begins = _BEGINS.get(media_type)
    is_known = content.startswith(begins) if begins else media_type == _TEXT and _is_text(content)
    if not content or not is_known:
        raise InputError(
            "file",
            f"{clean_line(name)} is no picture, PDF or plain text. Only these go along with a letter; "
            "nothing was changed.",
        )


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode()
    except UnicodeDecodeError:
        return False


def _file_name(name: str, media_type: str) -> str:
    """A name that every system can write, with the ending of its kind; never longer than 150 bytes."""
    plain = clean_line(unicodedata.normalize("NFC", name)).translate(_FOR_NAMES).strip(" .")
    kind = {JPEG: ".jpg", _TEXT: ".txt"}.get(media_type) or mimetypes.guess_extension(media_type) or ""
    stem, dot, ending = plain.rpartition(".")
    has_ending = bool(dot) and mimetypes.guess_type(f"x.{ending}")[0] == media_type
    stem, ending = (stem, f".{ending}") if has_ending else (plain, kind)
    room = LONGEST_NAME_BYTES - len(ending.encode())
    return (stem.encode()[:room].decode(errors="ignore").strip(" .") or "file") + ending
