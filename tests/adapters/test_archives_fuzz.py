# SPDX-License-Identifier: Apache-2.0
"""Archives that were made to harm (SECURITY I-08): every one is refused in a sentence, or gives back what is in it.

They are written here byte by byte, since no packer writes them; what each of them lies about is its name.
"""

import io
import os
import stat
import struct
import subprocess
import sys
import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optout_desktop.adapters.archives import MOST_ENTRIES, Archive
from optout_desktop.domain.errors import ImportRefused

ROOT = Path(__file__).resolve().parents[2]
MOST_GROWTH_KIB = 64 * 1024
"""What reading any of them may add to a process."""

PLAIN = b"hello, this is a plain text\n"


@dataclass(frozen=True, kw_only=True)
class Member:
    """One entry; every field may lie, and what is None is as it should be."""

    name: bytes = b"a.txt"
    content: bytes = PLAIN
    is_deflated: bool = True
    local_name: bytes | None = None
    packed: bytes | None = None
    checksum: int | None = None
    packed_bytes: int | None = None
    size_bytes: int | None = None
    flags: int = 0
    method: int | None = None
    made_by: int = 3 << 8 | 20
    mode: int = stat.S_IFREG | 0o644
    extra: bytes = b""
    local_extra: bytes = b""
    comment: bytes = b""
    begins: int | None = None
    disk: int = 0


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, wbits=-15)
    return packer.compress(content) + packer.flush()


def body_of(one: Member) -> bytes:
    if one.packed is not None:
        return one.packed
    return deflated(one.content) if one.is_deflated else one.content


def facts_of(one: Member) -> tuple[int, int, int, int]:
    return (
        one.method if one.method is not None else 8 * one.is_deflated,
        zlib.crc32(one.content) if one.checksum is None else one.checksum,
        len(body_of(one)) if one.packed_bytes is None else one.packed_bytes,
        len(one.content) if one.size_bytes is None else one.size_bytes,
    )


def local(one: Member) -> bytes:
    name = one.name if one.local_name is None else one.local_name
    method, checksum, packed, size = facts_of(one)
    head = struct.pack(
        "<4s5H3L2H",
        *(b"PK\x03\x04", 20, one.flags, method, 0, 0, checksum, packed, size, len(name)),
        len(one.local_extra),
    )
    return head + name + one.local_extra + body_of(one)


def entry(one: Member, begins: int) -> bytes:
    method, checksum, packed, size = facts_of(one)
    lengths = (len(one.name), len(one.extra), len(one.comment), one.disk)
    head = struct.pack(
        "<4s6H3L5H2L",
        *(b"PK\x01\x02", one.made_by, 20, one.flags, method, 0, 0, checksum, packed, size, *lengths),
        *(0, one.mode << 16, begins if one.begins is None else one.begins),
    )
    return head + one.name + one.extra + one.comment


def end(count: int, size: int, begins: int, comment: bytes = b"", *, disk: int = 0, here: int = -1) -> bytes:
    here = count if here < 0 else here
    return (
        struct.pack("<4s4H2LH", b"PK\x05\x06", disk, disk, here, count, size, begins, len(comment)) + comment
    )


def zipped(*members: Member, comment: bytes = b"", before: bytes = b"", between: bytes = b"") -> bytes:
    data, table = before, b""
    for one in members:
        table += entry(one, len(data))
        data += local(one)
    data += between
    return data + table + end(len(members), len(table), len(data), comment)


def named(name: str) -> bytes:
    return zipped(Member(), Member(name=name.encode(), flags=0x800))


def with_end(**told: int) -> bytes:
    """A sound archive whose end says something else."""
    one = Member()
    data, table = local(one), entry(one, 0)
    sound = {"count": 1, "size": len(table), "begins": len(data)}
    return data + table + end(**(sound | told))


def quoted_overlap() -> bytes:
    """Better zip bomb: each entry quotes the next one's header in a stored block, so that they share a kernel."""
    kernel = Member(name=b"z", content=bytes(200_000))
    data = local(kernel)
    quoted = struct.pack("<BHH", 0, 35, 35 ^ 0xFFFF)
    first = Member(name=b"y", content=data[:35] + kernel.content, packed=quoted + data)
    whole = local(first)
    at = len(whole) - len(data)
    table = entry(first, 0) + entry(kernel, at)
    return whole + table + end(2, len(table), len(whole))


def full_overlap(count: int) -> bytes:
    """Many names for the one kernel."""
    kernel = Member(name=b"a", content=bytes(90_000))
    data = local(kernel)
    table = b"".join(entry(replace(kernel, name=b"a"), 0) for _ in range(count))
    return data + table + end(count, len(table), len(data))


def zip64(*, count: int = 1, hides_more: bool = False) -> bytes:
    """An end of the large kind before the usual one, which says the same or something else."""
    one = Member()
    data, table = local(one), entry(one, 0)
    told = count + hides_more
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, told, told, len(table), len(data))
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(data) + len(table), 1)
    return data + table + record + locator + end(count, len(table), len(data))


def end_in_comment() -> bytes:
    """A second, smaller archive in the comment of the first: readers differ on which is meant."""
    inner = zipped(Member(name=b"evil.txt", content=b"evil"))
    return zipped(Member(), comment=inner)


def extra64(size: int) -> bytes:
    return struct.pack("<2H2Q", 1, 16, size, size)


def spoilt(at: bytes, offset: int, value: bytes) -> bytes:
    content = bytearray(zipped(Member(), Member(name=b"b.txt")))
    place = content.find(at) + offset
    content[place : place + len(value)] = value
    return bytes(content)


LARGE = bytes(12 * 1024 * 1024)
HOSTILE = {
    # names that lead out, or nowhere
    "zip slip": named("../evil.txt"),
    "zip slip deep inside": named("data/companies/../../../evil.txt"),
    "zip slip at the end": named("data/.."),
    "zip slip with a backslash": named("..\\evil.txt"),
    "absolute": named("/etc/cron.d/evil"),
    "absolute twice": named("//host/share/evil"),
    "drive": named("C:/evil.txt"),
    "drive without a root": named("C:evil.txt"),
    "UNC": named("\\\\host\\share\\evil"),
    "backslash": named("a\\b.txt"),
    "alternate stream": named("a.txt:hidden"),
    "NUL in the name": named("a.txt\0.json"),
    "line break in the name": named("a\nb.txt"),
    "escape in the name": named("a\x1b[2Jb.txt"),
    "C1 control in the name": named("a\u009b2Jb.txt"),
    "delete in the name": named("a\x7f.txt"),
    "line turned round in the name": named("evil\u202egpj.exe"),
    "line separator in the name": named("a\u2028b.txt"),
    "empty name": named(""),
    "dot alone": named("."),
    "dots alone": named("..."),
    "trailing dot": named("a.txt."),
    "trailing space": named("a.txt "),
    "folder with a trailing dot": named("a./b.txt"),
    "reserved": named("con"),
    "reserved with an ending": named("NUL.txt"),
    "reserved in a folder": named("data/Com1.json"),
    "reserved printer": named("lpt9.json"),
    "reserved folder": named("aux/b.json"),
    "reserved with a superscript": named("com¹.txt"),
    "reserved console": named("CONOUT$"),
    "name of 151 bytes": named("x" * 151),
    "name of 65,535 bytes": named("x" * 65_535),
    "long name in other letters": named("ü" * 76),
    "folder that leads out": named("../"),
    "the same name": named("a.txt"),
    "case-fold twin": named("A.TXT"),
    "case-fold twin beyond ASCII": zipped(
        Member(name="straße".encode(), flags=0x800), Member(name=b"STRASSE", flags=0x800)
    ),
    "composed twin": zipped(
        Member(name="\u00e9.txt".encode(), flags=0x800), Member(name="e\u0301.txt".encode(), flags=0x800)
    ),
    "two names for one": zipped(Member(local_name=b"b.txt")),
    "two names of other lengths": zipped(Member(local_name=b"../../b.txt")),
    # kinds
    "symbolic link": zipped(Member(mode=stat.S_IFLNK | 0o777, content=b"/etc/passwd")),
    "device": zipped(Member(mode=stat.S_IFCHR | 0o666)),
    "block device": zipped(Member(mode=stat.S_IFBLK | 0o666)),
    "pipe": zipped(Member(mode=stat.S_IFIFO | 0o666)),
    "socket": zipped(Member(mode=stat.S_IFSOCK | 0o666)),
    "link of an unknown system": zipped(Member(mode=stat.S_IFLNK | 0o777, made_by=19 << 8 | 20)),
    "encrypted": zipped(Member(flags=0x1)),
    "strongly encrypted": zipped(Member(flags=0x41)),
    "table of contents encrypted": zipped(Member(flags=0x2001)),
    "packed by bzip2": zipped(Member(method=12)),
    "packed by LZMA": zipped(Member(method=14)),
    "packed by nothing known": zipped(Member(method=99)),
    "nested by name": zipped(Member(name=b"b.zip")),
    "nested by another name": zipped(Member(name=b"b.tar.GZ")),
    "nested by content": zipped(Member(content=zipped(Member()))),
    "nested and stored": zipped(Member(content=zipped(Member()), is_deflated=False)),
    "nested gzip": zipped(Member(content=b"\x1f\x8b\x08" + bytes(20))),
    "nested 7z": zipped(Member(content=b"7z\xbc\xaf\x27\x1c" + bytes(20))),
    # lies about size and sum
    "sum": zipped(Member(checksum=1)),
    "sum of what is stored": zipped(Member(checksum=1, is_deflated=False)),
    "smaller than it is": zipped(Member(size_bytes=1)),
    "larger than it is": zipped(Member(size_bytes=1_000)),
    "4 GB that it is not": zipped(Member(size_bytes=0xFFFF_FFFE)),
    "4 GB packed": zipped(Member(packed_bytes=0xFFFF_FFFE)),
    "nothing packed": zipped(Member(packed_bytes=0)),
    "one byte packed less": zipped(Member(packed_bytes=len(deflated(PLAIN)) - 1)),
    "one byte packed more": zipped(Member(packed_bytes=len(deflated(PLAIN)) + 1)),
    "stored with two sizes": zipped(Member(is_deflated=False, size_bytes=5)),
    "sizes of the large kind": zipped(
        Member(size_bytes=0xFFFF_FFFF, packed_bytes=0xFFFF_FFFF, extra=extra64(2**40))
    ),
    "size of the large kind": zipped(Member(size_bytes=0xFFFF_FFFF, extra=extra64(len(PLAIN)))),
    "bomb": zipped(Member(content=LARGE)),
    "bomb that says to be small": zipped(Member(content=LARGE, size_bytes=1_000)),
    "bomb that says to be just small enough": zipped(Member(content=LARGE, size_bytes=1024 * 1024)),
    "bomb in a bomb": zipped(Member(content=zipped(Member(content=LARGE)))),
    "no data at all": zipped(Member(packed=b"")),
    "data of another kind": zipped(Member(packed=b"\xff" * 60)),
    "data that never ends": zipped(Member(packed=deflated(PLAIN * 90)[:-9])),
    # overlaps
    "quoted overlap": quoted_overlap(),
    "full overlap": full_overlap(100),
    "an entry in the table": zipped(Member(begins=60)),
    "an entry behind the end": zipped(Member(begins=1_000_000)),
    "an entry at 4 GB": zipped(Member(begins=0xFFFF_FFFE)),
    "the first entry twice": zipped(Member(), Member(name=b"b.txt", begins=0)),
    # ends
    "end in the comment": end_in_comment(),
    "an end of the large kind": zip64(),
    "an end of the large kind that says more": zip64(hides_more=True),
    "more than it has": with_end(count=2),
    "fewer than it has": with_end(count=0),
    "65,535 entries": with_end(count=65_535),
    "5,001 entries": zipped(*(Member(name=b"%d" % n, content=b"") for n in range(MOST_ENTRIES + 1))),
    "table larger than it is": with_end(size=4_000_000),
    "table at 4 GB": with_end(begins=0xFFFF_FFFE),
    "table of the large kind": with_end(begins=0xFFFF_FFFF),
    "second disk": with_end(disk=1),
    "entries on two disks": with_end(here=0),
    "something before it": b"#!/bin/sh\n" + zipped(Member()),
    "something behind it": zipped(Member()) + b"\0",
    "no end": zipped(Member())[:-22],
    "half of it": zipped(Member())[:60],
    "end alone, which counts": b"PK\x03\x04" + end(3, 0, 4),
    "spoilt mark of an entry": spoilt(b"PK\x01\x02", 2, b"\x09"),
    "spoilt mark of a file": spoilt(b"PK\x03\x04", 2, b"\x09"),
    "length of a name": spoilt(b"PK\x01\x02", 28, b"\xff\xff"),
    "length of a comment": spoilt(b"PK\x01\x02", 32, b"\xff\xff"),
    "length of a file's extra": spoilt(b"PK\x03\x04", 28, b"\xff\xff"),
}
"""Archives that must be refused, by what is wrong with them."""

HARMLESS = {
    "a comment": zipped(Member(), comment=b"a comment"),
    "a hole between data and table": zipped(Member(), between=bytes(40)),
    "something before it that the table knows": zipped(Member(), before=b"#!/bin/sh\n"),
    "a file with the rights of root": zipped(Member(mode=stat.S_IFREG | 0o6777)),
    "other extra fields": zipped(Member(extra=b"\x99\x99\4\0abcd", local_extra=b"\x98\x98\2\0ab")),
    "an entry with a comment": zipped(Member(comment=b"../evil")),
    "another name in an extra field": zipped(
        Member(extra=struct.pack("<2HBL", 0x7075, 12, 1, zlib.crc32(b"a.txt")) + b"../evil")
    ),
}
"""Odd archives with nothing to fear in them."""


def read_all(content: bytes) -> dict[str, bytes]:
    archive = Archive(content, "list.zip")
    return {name: archive.read(name, 8 * 1024 * 1024) for name in archive.names}


def test_there_are_enough_of_them():
    assert len(HOSTILE) >= 80


@pytest.mark.parametrize("lie", HOSTILE)
def test_an_archive_that_lies_is_refused_in_a_sentence(lie):
    with pytest.raises(ImportRefused) as caught:
        read_all(HOSTILE[lie])
    sentence = str(caught.value)

    assert caught.value.why == "archive"
    assert sentence.endswith(("nothing was changed.", "add the files you need."))
    assert sentence.isprintable()


@pytest.mark.parametrize("oddity", HARMLESS)
def test_an_odd_archive_gives_back_what_is_in_it(oddity):
    assert read_all(HARMLESS[oddity]) == {"a.txt": PLAIN}


def test_reading_all_of_them_writes_nothing_and_takes_little_memory(tmp_path):
    """A process of its own, in an empty folder: its peak is its own."""
    code = (
        "from tests.adapters import test_archives_fuzz as these\n"
        # not getrusage: what it tells of a child begins with what its parent had
        "def peak(): return [int(l.split()[1]) for l in open('/proc/self/status') if l.startswith('VmHWM')][0]\n"
        "before = peak()\n"
        "for content in these.HOSTILE.values():\n"
        "    try: these.read_all(content)\n"
        "    except these.ImportRefused: pass\n"
        "print(peak() - before)\n"
    )
    empty = tmp_path / "empty"
    empty.mkdir()
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": str(empty),
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=empty, env=environment, capture_output=True, text=True, check=True
    )

    assert int(done.stdout) < MOST_GROWTH_KIB
    assert list(empty.rglob("*")) == []


SOUND = zipped(
    Member(), Member(name=b"data/b.json", content=b'{"a": 1}'), Member(name=b"c", is_deflated=False)
)


@settings(max_examples=1_000, deadline=None)
@given(
    changes=st.lists(
        st.tuples(st.integers(0, len(SOUND) - 1), st.sampled_from([0, 1, 2, 0x7F, 0x80, 0xFE, 0xFF])),
        min_size=1,
        max_size=4,
    ),
    cut=st.one_of(st.just(len(SOUND)), st.integers(0, len(SOUND))),
)
def test_whichever_bytes_are_changed_it_is_read_or_refused_and_what_is_read_has_its_sum(changes, cut):
    content = bytearray(SOUND)
    for place, value in changes:
        content[place] = value
    try:
        found = read_all(bytes(content[:cut]))
    except ImportRefused:
        return

    assert set(found.values()) <= {PLAIN, b'{"a": 1}', b""}


def test_the_writer_of_these_writes_archives():
    with zipfile.ZipFile(io.BytesIO(SOUND)) as known:
        assert known.testzip() is None
        assert known.namelist() == ["a.txt", "data/b.json", "c"]
