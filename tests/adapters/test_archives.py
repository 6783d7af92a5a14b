# SPDX-License-Identifier: Apache-2.0
"""ZIP archives from strangers: what is read from them, and the ways in which they lie."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib

import pytest

from optout_desktop.adapters import archives
from optout_desktop.adapters.archives import Archive
from optout_desktop.domain.errors import ImportRefused


def packed(entries, method=zipfile.ZIP_DEFLATED, comment=b"") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as made:
        for name, content in entries:
            made.writestr(name, content)
        made.comment = comment
    return target.getvalue()


def refused(content: bytes, *, name="a.txt") -> ImportRefused:
    with pytest.raises(ImportRefused) as caught:
        Archive(content, "list.zip").read(name)
    assert caught.value.why == "archive"
    return caught.value


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_files_come_back_and_folders_are_no_files(method):
    content = packed([("data/", b""), ("data/companies/a.json", b"{}"), ("data/b.txt", b"x" * 9_000)], method)
    archive = Archive(content, "list.zip")

    assert archive.names == ("data/companies/a.json", "data/b.txt")
    assert archive.read("data/b.txt") == b"x" * 9_000
    assert archive.size_bytes("data/companies/a.json") == 2


def test_a_comment_and_streamed_entries_do_no_harm():
    target = io.BytesIO()
    target.seekable = lambda: False
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.txt", b"hello")
        made.comment = b"a comment"

    assert Archive(target.getvalue(), "list.zip").read("a.txt") == b"hello"


@pytest.mark.parametrize(
    "name",
    [
        "../evil.txt",
        "a/../../evil.txt",
        "/abs.txt",
        "C:/win.txt",
        "C:evil.txt",
        "a\\b.txt",
        "a\nb.txt",
        "con.json",
        "data/LPT1",
        "a./b.txt",
        "a /b.txt",
        "trailing.",
        "x" * 151,
    ],
)
def test_a_name_that_leads_astray_has_the_whole_archive_refused(name):
    assert "name" in str(refused(packed([("a.txt", b"1"), (name, b"2")])))


def test_names_that_differ_only_in_capitals_are_refused():
    assert "twice" in str(refused(packed([("a.txt", b"1"), ("A.TXT", b"2")])))


@pytest.mark.parametrize("inner", [("b.zip", b"x"), ("b.tar.gz", b"x")])
def test_an_archive_in_an_archive_is_refused_by_its_name(inner):
    assert "inside the archive" in str(refused(packed([("a.txt", b"1"), inner])))


def test_an_archive_in_an_archive_is_refused_by_its_content():
    assert "inside the archive" in str(refused(packed([("a.txt", packed([("b", b"c")]))])))


def test_a_link_is_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("a.txt", b"1")
        link = zipfile.ZipInfo("b")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")

    assert "link" in str(refused(target.getvalue()))


def test_a_bomb_is_refused_before_it_is_inflated():
    assert "100 times" in str(refused(packed([("a.txt", bytes(30 * 1024 * 1024))])))


def test_a_bomb_that_lies_about_its_size_is_stopped_while_it_grows():
    content = bytearray(packed([("a.txt", bytes(3 * 1024 * 1024))]))
    at = content.rfind(b"PK\x01\x02")
    struct.pack_into("<L", content, at + 24, 1_000)

    assert "larger than it may be" in str(refused(bytes(content)))


def test_all_that_is_inflated_is_counted_together(monkeypatch):
    monkeypatch.setattr(archives, "LARGEST_TOTAL_BYTES", 150_000)
    archive = Archive(packed([("a", bytes(90_000)), ("b", bytes(90_000))]), "list.zip")
    archive.read("a", 1 << 20)

    with pytest.raises(ImportRefused, match="expands to more than 1 GB"):
        archive.read("b", 1 << 20)


def test_a_file_may_not_be_larger_than_its_reader_allows():
    with pytest.raises(ImportRefused, match="larger than it may be"):
        Archive(packed([("a.txt", b"x" * 100)]), "list.zip").read("a.txt", 99)


def test_a_forged_content_is_noticed():
    content = packed([("a.txt", b"hello")], zipfile.ZIP_STORED).replace(b"hello", b"hullo")

    assert "forged" in str(refused(content))


def test_too_many_entries_are_refused(monkeypatch):
    monkeypatch.setattr(archives, "MOST_ENTRIES", 3)

    assert "more than 3 files" in str(refused(packed([(f"{n}.txt", b"") for n in range(4)])))


def overlapping() -> bytes:
    """Two entries whose data is the same."""
    raw = zlib.compressobj(wbits=-15)
    data = raw.compress(b"a" * 100) + raw.flush()
    local = struct.pack(
        "<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, zlib.crc32(b"a" * 100), len(data), 100, 1, 0
    )
    body = local + b"a" + data

    def entry(name: bytes) -> bytes:
        head = struct.pack(
            "<4s6H3L5H2L",
            *(b"PK\x01\x02", 20, 20, 0, 8, 0, 0, zlib.crc32(b"a" * 100), len(data), 100),
            *(1, 0, 0, 0, 0, 0, 0),
        )
        return head + name

    table = entry(b"a") * 2
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 2, 2, len(table), len(body), 0)
    return body + table + end


def test_entries_that_overlap_are_refused():
    refused(overlapping(), name="a")


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda content: content[:-5],
        lambda content: content[: len(content) // 2],
        lambda content: content + b"more",
        lambda content: content.replace(b"PK\x01\x02", b"PK\x01\x09"),
        lambda content: b"PK\x03\x04" + bytes(100),
        lambda content: content.replace(b"a.txt", b"b.txt", 1),
    ],
)
def test_a_damaged_archive_is_refused(spoilt):
    refused(spoilt(packed([("a.txt", b"hello")])))


def test_an_encrypted_entry_is_refused():
    content = bytearray(packed([("a.txt", b"hello")]))
    at = content.rfind(b"PK\x01\x02")
    struct.pack_into("<H", content, at + 8, 1)

    assert "encrypted" in str(refused(bytes(content)))


def test_an_end_hidden_in_a_comment_changes_nothing():
    real = packed([("a.txt", b"hello")])
    lie = packed([("evil.txt", b"evil")])
    at = real.rfind(b"PK\x05\x06")
    content = bytearray(real + lie[lie.rfind(b"PK\x05\x06") :])
    struct.pack_into("<H", content, at + 20, 22)

    refused(bytes(content))
