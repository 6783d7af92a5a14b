# SPDX-License-Identifier: Apache-2.0
"""Files kept with a request: their exact bytes, a limit, and a bin."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from optout_desktop.domain.errors import HandOverError, InputError, NotFound, VaultDamaged
from optout_desktop.domain.evidence import MAX_FILE_BYTES, PIECE_BYTES, OpenedFile
from tests.services import desks

PATH = Path("reply.txt")


@pytest.fixture
def item(desk, draft, outside):
    outside.files.content[PATH] = b"Dear Jane,\r\n" * 3
    return desk.evidence.add(draft.id, PATH, desks.TODAY, " Their reply ")


def test_a_file_is_kept_with_its_digest_and_comes_back(desk, draft, item):
    assert desk.evidence.of(draft.id) == (item,)
    assert (item.number, item.name, item.description) == (1, "reply.txt", "Their reply")
    assert item.sha256 == hashlib.sha256(b"Dear Jane,\r\n" * 3).hexdigest()
    assert desk.evidence.content(item.id) == b"Dear Jane,\r\n" * 3


def test_a_large_file_comes_in_pieces_and_says_how_far_it_is(desk, draft):
    content = bytes(range(256)) * (PIECE_BYTES // 128)
    steps = []
    opened = desk.evidence.add_bytes(draft.id, "big.bin", "application/octet-stream", content + b"end")
    desk.evidence._files.content[PATH] = content
    desk.evidence.add(draft.id, PATH, progress=lambda done, of: steps.append((done, of)))

    assert desk.evidence.content(opened.id) == content + b"end"
    assert steps == [(PIECE_BYTES, 2 * PIECE_BYTES), (2 * PIECE_BYTES, 2 * PIECE_BYTES)]


def test_it_can_be_written_where_the_person_chose(desk, item, outside):
    desk.evidence.save(item.id, Path("copy.txt"))

    assert outside.files.content[Path("copy.txt")] == outside.files.content[PATH]


def test_adding_and_binning_can_be_undone_and_redone(desk, draft, item):
    desk.evidence.bin(item.id)
    binned = desk.evidence.of(draft.id)
    desk.undoing.undo()
    back = desk.evidence.of(draft.id)
    desk.undoing.undo()
    gone = desk.evidence.of(draft.id)
    desk.undoing.redo()

    assert (binned, back, gone) == ((), (item,), ())
    assert desk.evidence.of(draft.id) == (item,)


@pytest.mark.parametrize("stated", [MAX_FILE_BYTES + 1, 10])
def test_more_than_250_mebibytes_are_refused_whatever_the_file_says_of_itself(desk, draft, stated):
    before = desks.digest_of(desk.vault)
    piece = bytes(PIECE_BYTES)
    pieces = (piece for _ in range(251))

    class Endless:
        def open(self, path):
            return OpenedFile(name="x", size_bytes=stated, media_type="x", pieces=pieces)

    desk.evidence._files = Endless()
    with pytest.raises(InputError, match="250 MiB"):
        desk.evidence.add(draft.id, PATH)

    assert desks.digest_of(desk.vault) == before


def test_what_cannot_be_read_or_belongs_to_nothing_changes_nothing(desk, draft):
    before = desks.digest_of(desk.vault)
    with pytest.raises(HandOverError):
        desk.evidence.add(draft.id, Path("nowhere"))
    with pytest.raises(NotFound):
        desk.evidence.add_bytes("nothing", "x", "x", b"x")
    with pytest.raises(NotFound):
        desk.evidence.bin("nothing")

    assert desks.digest_of(desk.vault) == before


def test_bytes_that_changed_inside_the_vault_are_damage_and_are_not_written(desk, item, outside):
    desk.vault._raw.execute("UPDATE pieces SET bytes = x'00'")

    with pytest.raises(VaultDamaged):
        desk.evidence.content(item.id)
    with pytest.raises(VaultDamaged):
        desk.evidence.save(item.id, Path("copy.txt"))

    assert Path("copy.txt") not in outside.files.content
