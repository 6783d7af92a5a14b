# SPDX-License-Identifier: Apache-2.0
"""ZIP archives that a person hands in, read without trusting what they say of themselves.

The table of contents is read here rather than by ``zipfile``, so that names, sizes and places are judged before
anything is inflated; an entry is inflated into memory and counted while it grows. Nothing is ever unpacked to disk.
Source: APPNOTE.TXT 6.3.10, sections 4.3 and 4.4. Raises ``ImportRefused`` with the entry.
"""

from __future__ import annotations

import stat
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from optout_desktop.domain.errors import ImportRefused

LARGEST_PACKED_BYTES = 200 * 1024 * 1024
LARGEST_TOTAL_BYTES = 1024 * 1024 * 1024
MOST_ENTRIES = 5_000
MOST_RATIO = 100
RATIO_FROM_BYTES = 1024 * 1024
LONGEST_NAME_BYTES = 150

_END = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_END_MARK, _ENTRY_MARK, _LOCAL_MARK = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_ZIP64_16, _ZIP64_32 = 0xFFFF, 0xFFFFFFFF
_ENCRYPTED, _UTF8 = 0x1, 0x800
_STORED, _DEFLATED = 0, 8
_PIECE_BYTES = 64 * 1024
_RESERVED = frozenset(
    (
        "con",
        "prn",
        "aux",
        "nul",
        "conin$",
        "conout$",
        *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789¹²³"),
    )
)
_PACKED = (".zip", ".gz", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".zst", ".jar", ".tar", ".cab", ".lz4")
_PACKED_MARKS = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!", b"\x28\xb5\x2f\xfd")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file of an archive, as its table of contents says."""

    name: str
    method: int
    checksum: int
    packed_bytes: int
    size_bytes: int
    header_at: int
    """Where its own header lies in the archive."""
    begins: int
    """Where its data lies, behind that header."""


class Archive:
    """A ZIP archive in memory. Raises ImportRefused where any of its entries is not to be trusted."""

    def __init__(self, content: bytes, name: str) -> None:
        self.name = name
        self._content = content
        self._inflated_bytes = 0
        if len(content) > LARGEST_PACKED_BYTES:
            raise self._refused(
                f"{name} has more than {LARGEST_PACKED_BYTES // 1024 // 1024} MB (the limit)."
            )
        self._entries = {entry.name: entry for entry in self._listed()}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its files, in order of the table of contents."""
        return tuple(self._entries)

    def size_bytes(self, name: str) -> int:
        """How large the table of contents says that a file is."""
        return self._entries[name].size_bytes

    def read(self, name: str, most_bytes: int = LARGEST_TOTAL_BYTES) -> bytes:
        """A file's content. Raises ImportRefused where it grows over ``most_bytes`` or is not what was said."""
        entry = self._entries[name]
        packed = memoryview(self._content)[entry.begins : entry.begins + entry.packed_bytes]
        content = (
            bytes(packed) if entry.method == _STORED else b"".join(self._inflated(entry, packed, most_bytes))
        )
        if len(content) > most_bytes:
            raise self._refused(f"{name} is larger than it may be.", name)
        if len(content) != entry.size_bytes or zlib.crc32(content) != entry.checksum:
            raise self._refused(
                f"{name} is not what the archive says that it is: it is damaged or was forged.", name
            )
        if content.startswith(_PACKED_MARKS):
            raise self._refused(f"{name} is an archive inside the archive.", name)
        return content

    # ── inflating ────────────────────────────────────────────────────────────────────────────────────

    def _inflated(self, entry: Entry, packed: memoryview, most_bytes: int) -> Iterator[bytes]:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        size, at, waiting = 0, 0, b""
        while not inflater.eof:
            if not waiting:
                waiting = bytes(packed[at : at + _PIECE_BYTES])
                at += len(waiting)
            try:
                piece = inflater.decompress(waiting, _PIECE_BYTES)
            except zlib.error as error:
                raise self._refused(f"{entry.name} is damaged.", entry.name) from error
            if not piece and not inflater.eof and not inflater.unconsumed_tail and at >= len(packed):
                raise self._refused(f"{entry.name} ends too early.", entry.name)
            waiting = inflater.unconsumed_tail
            size += len(piece)
            self._count(entry, len(piece), size, most_bytes)
            yield piece

    def _count(self, entry: Entry, more: int, size: int, most_bytes: int) -> None:
        self._inflated_bytes += more
        if self._inflated_bytes > LARGEST_TOTAL_BYTES:
            raise self._refused(
                f"{self.name} expands to more than 1 GB (limit 1 GB). It was not opened. "
                "Unpack it yourself and add the files you need.",
                entry.name,
            )
        if size > RATIO_FROM_BYTES and size > MOST_RATIO * entry.packed_bytes:
            raise self._refused(f"{entry.name} expands to more than {MOST_RATIO} times its size.", entry.name)
        if size > min(entry.size_bytes, most_bytes):
            raise self._refused(f"{entry.name} is larger than it may be.", entry.name)

    # ── the table of contents ────────────────────────────────────────────────────────────────────────

    def _listed(self) -> list[Entry]:
        count, at, size = self._end()
        if count > MOST_ENTRIES:
            raise self._refused(f"{self.name} holds more than {MOST_ENTRIES:,} files (the limit).")
        entries: list[Entry] = []
        seen: set[str] = set()
        until = at + size
        for _ in range(count):
            if at + _ENTRY.size > until or self._content[at : at + 4] != _ENTRY_MARK:
                raise self._damaged()
            entry, length = self._entry(at)
            at += length
            if entry is None:
                continue
            if (folded := _folded(entry.name)) in seen:
                raise self._refused(f"{entry.name} is there twice.", entry.name)
            seen.add(folded)
            entries.append(entry)
        if at != until:
            raise self._damaged()
        self._require_apart(entries, until - size)
        return entries

    def _end(self) -> tuple[int, int, int]:
        """The number of entries, and where their table lies: by the last end mark whose comment ends the file."""
        content = self._content
        at = content.rfind(_END_MARK, max(0, len(content) - _END.size - _ZIP64_16))
        if at < 0 or at + _END.size > len(content):
            raise self._refused(f"{self.name} is not a ZIP archive, or it is not complete.")
        _, disk, first_disk, here, count, size, begins, comment = _END.unpack_from(content, at)
        if at + _END.size + comment != len(content):
            raise self._damaged()
        if count == _ZIP64_16 or _ZIP64_32 in {size, begins}:
            raise self._refused(
                f"{self.name} is of a kind for archives that are larger than may be opened here."
            )
        if disk or first_disk or here != count or begins + size != at:
            raise self._damaged()
        return int(count), int(begins), int(size)

    def _entry(self, at: int) -> tuple[Entry | None, int]:
        """The entry at a place, None for a folder, and its length in the table."""
        told = _ENTRY.unpack_from(self._content, at)
        flags, method = int(told[3]), int(told[4])
        checksum, packed, size = int(told[7]), int(told[8]), int(told[9])
        name_length, outer, begins = int(told[10]), int(told[15]), int(told[16])
        length = _ENTRY.size + name_length + int(told[11]) + int(told[12])
        raw = self._content[at + _ENTRY.size : at + _ENTRY.size + name_length]
        name = self._name(raw, is_utf8=bool(flags & _UTF8))
        if flags & _ENCRYPTED:
            raise self._refused(f"{name} is encrypted. Unpack the archive yourself.", name)
        if stat.S_IFMT(outer >> 16) not in {0, stat.S_IFREG, stat.S_IFDIR}:
            raise self._refused(f"{name} is a link or a device, not a file.", name)
        if name.endswith("/"):
            return None, length
        if name.casefold().endswith(_PACKED):
            raise self._refused(f"{name} is an archive inside the archive.", name)
        if method not in {_STORED, _DEFLATED}:
            raise self._refused(f"{name} is packed in a way that is not known here.", name)
        if method == _STORED and packed != size:
            raise self._damaged()
        data = self._data(begins, raw, name)
        entry = Entry(
            name=name,
            method=method,
            checksum=checksum,
            packed_bytes=packed,
            size_bytes=size,
            header_at=begins,
            begins=data,
        )
        if size > RATIO_FROM_BYTES and size > MOST_RATIO * packed:
            raise self._refused(f"{name} expands to more than {MOST_RATIO} times its size.", name)
        return entry, length

    def _data(self, begins: int, raw_name: bytes, name: str) -> int:
        """Where an entry's data lies, behind the header that says its name a second time."""
        if begins + _LOCAL.size > len(self._content) or self._content[begins : begins + 4] != _LOCAL_MARK:
            raise self._damaged()
        name_length, extra = (int(length) for length in _LOCAL.unpack_from(self._content, begins)[-2:])
        at = begins + _LOCAL.size
        if self._content[at : at + name_length] != raw_name:
            raise self._refused(f"{name} has two names.", name)
        return at + name_length + extra

    def _require_apart(self, entries: list[Entry], table_at: int) -> None:
        end = 0
        for entry in sorted(entries, key=lambda each: each.header_at):
            if entry.header_at < end:
                raise self._refused(f"{entry.name} lies over another file.", entry.name)
            end = entry.begins + entry.packed_bytes
        if end > table_at:
            raise self._damaged()

    def _name(self, raw: bytes, *, is_utf8: bool) -> str:
        try:
            name = raw.decode("utf-8" if is_utf8 or not raw.isascii() else "ascii")
        except UnicodeDecodeError:
            name = raw.decode("cp437")  # the encoding of names that do not say theirs
        if why := why_unsafe(name, len(raw)):
            raise self._refused(f"The archive has an entry whose name {why}.", name)
        return name

    def _damaged(self) -> ImportRefused:
        return self._refused(f"{self.name} is damaged: its table of contents is not right.")

    def _refused(self, sentence: str, place: str = "") -> ImportRefused:
        ending = "" if "was not opened" in sentence else " It was not opened, and nothing was changed."
        return ImportRefused(f"{sentence}{ending}", "archive", place)


def why_unsafe(name: str, size_bytes: int) -> str:
    """Why a name inside an archive is not to be used on any system; empty where it is."""
    parts = PurePosixPath(name).parts
    checks = (
        (not name or not parts, "is empty"),
        (size_bytes > LONGEST_NAME_BYTES, f"is longer than {LONGEST_NAME_BYTES} bytes"),
        (name.startswith("/") or name[1:2] == ":", "begins at the root of a disk"),
        ("\\" in name or ":" in name, "has a backslash or a colon"),
        (".." in parts, "leads out of the folder"),
        (not name.isprintable(), "has characters that cannot be seen"),
        (any(part.endswith((".", " ")) for part in parts), "ends in a dot or a space"),
        (any(part.split(".")[0].casefold() in _RESERVED for part in parts), "is reserved on Windows"),
    )
    return next((why for is_so, why in checks if is_so), "")


def _folded(name: str) -> str:
    """A name as systems compare it that know neither capitals nor two ways to write a letter with a mark."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
