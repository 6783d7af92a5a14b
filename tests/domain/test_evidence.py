# SPDX-License-Identifier: Apache-2.0
"""Evidence: the limits that the help names."""

from __future__ import annotations

from optout_desktop.domain.evidence import MAX_FILE_BYTES, PIECE_BYTES


def test_a_file_may_have_250_mebibytes_in_whole_pieces_of_one():
    assert MAX_FILE_BYTES == 250 * PIECE_BYTES
    assert PIECE_BYTES == 1024 * 1024
