# SPDX-License-Identifier: Apache-2.0
"""Files on this machine: read in pieces, written wholly or not at all."""

from __future__ import annotations

import errno
import os
import stat
import unicodedata

import pytest

from optout_desktop.adapters.files import LocalFiles
from optout_desktop.domain.errors import DiskFull, HandOverError, VaultDamaged
from optout_desktop.domain.evidence import PIECE_BYTES

FILES = LocalFiles()


@pytest.fixture
def room(tmp_path):
    """A folder with nothing else in it."""
    room = tmp_path / "room"
    room.mkdir()
    return room


def test_a_file_is_read_in_pieces_of_one_mebibyte(tmp_path):
    path = tmp_path / "reply.pdf"
    path.write_bytes(b"x" * (PIECE_BYTES + 3))
    opened = FILES.open(path)

    assert (opened.name, opened.size_bytes, opened.media_type) == (
        "reply.pdf",
        PIECE_BYTES + 3,
        "application/pdf",
    )
    assert [len(piece) for piece in opened.pieces] == [PIECE_BYTES, 3]


def test_an_empty_file_has_no_pieces_and_an_unknown_ending_a_plain_type(tmp_path):
    path = tmp_path / "empty.zzz"
    path.touch()
    opened = FILES.open(path)

    assert list(opened.pieces) == []
    assert opened.media_type == "application/octet-stream"


def test_a_name_is_kept_in_its_composed_form(tmp_path):
    path = tmp_path / unicodedata.normalize("NFD", "réponse.txt")
    path.touch()

    assert FILES.open(path).name == unicodedata.normalize("NFC", "réponse.txt")


def test_a_file_that_nobody_reads_stays_closed(tmp_path):
    path = tmp_path / "reply.txt"
    path.write_bytes(b"x")
    opened = FILES.open(path)
    path.replace(tmp_path / "moved.txt")

    assert opened.size_bytes == 1
    with pytest.raises(HandOverError):
        next(opened.pieces)


def test_a_folder_and_what_is_gone_are_told(tmp_path):
    with pytest.raises(HandOverError, match="not a file"):
        FILES.open(tmp_path)
    with pytest.raises(HandOverError, match="still there"):
        FILES.open(tmp_path / "gone.txt")


def test_a_file_that_goes_while_it_is_read_is_told(tmp_path):
    path = tmp_path / "reply.txt"
    path.write_bytes(b"x")
    opened = FILES.open(path)
    path.unlink()

    with pytest.raises(HandOverError, match="still there"):
        list(opened.pieces)


def test_what_is_written_is_whole_and_its_owners_alone(room):
    path = room / "copy.txt"
    FILES.write(path, [b"one ", b"two"])

    assert path.read_bytes() == b"one two"
    assert os.name != "posix" or stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(room.iterdir()) == [path]


def failing(error):
    yield b"half"
    raise error


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OSError(errno.ENOSPC, "full"), DiskFull),
        (OSError(errno.EIO, "broken"), HandOverError),
        (VaultDamaged("digest"), VaultDamaged),
    ],
)
def test_what_fails_half_way_leaves_the_old_file_and_nothing_beside_it(room, error, told):
    path = room / "copy.txt"
    path.write_bytes(b"old")

    with pytest.raises(told):
        FILES.write(path, failing(error))

    assert path.read_bytes() == b"old"
    assert list(room.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_told(room):
    with pytest.raises(HandOverError, match="another folder"):
        FILES.write(room / "nowhere" / "copy.txt", [b"x"])
