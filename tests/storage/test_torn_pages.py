# SPDX-License-Identifier: Apache-2.0
"""A torn page is noticed by whoever reads it: the cipher alone hands over the end of a long value as zeros."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlcipher3 import dbapi2

from optout_desktop.domain.errors import VaultDamaged
from optout_desktop.storage.cipher import connect_for_reading
from optout_desktop.storage.vault_files import VaultFolder
from tests.storage import notebook
from tests.storage.damaging import pages_of, tear_page

LONG = "x" * 20_000


@pytest.fixture
def long_lines(folder):
    """A closed vault whose lines go over several pages each."""
    with notebook.create(folder) as vault, vault.writing() as book:
        book.add(1, LONG)
    return VaultFolder(path=folder).database


def all_texts(vault):
    with vault.reading() as book:
        return list(book.connection.scalars(select(notebook.lines.c.text)))


def text_of(book, line):
    return book.connection.scalars(select(notebook.lines.c.text).where(notebook.lines.c.id == line)).one()


def read(vault, line):
    with vault.reading() as book:
        return text_of(book, line)


def read_as_number(vault, line):
    with vault.reading() as book:
        return int(text_of(book, line))


def copy_to_a_new_note(vault, line):
    with vault.writing() as book:
        book.add(2, text_of(book, line))


def pages_that_the_cipher_passes_as_zeros(database):
    """Pages whose damage the driver itself does not report when the lines are read one by one."""
    whole, found = database.read_bytes(), []
    for page in range(2, pages_of(database) + 1):
        tear_page(database, page)
        for line in range(1, notebook.LINES + 1):
            try:
                raw = connect_for_reading(database, notebook.a_key())
                text = raw.execute("SELECT text FROM lines WHERE id = ?", (line,)).fetchone()[0]
                raw.close()
            except (VaultDamaged, dbapi2.Error):
                continue
            if "\0" in text:
                found.append((page, line))
        database.write_bytes(whole)
    return found


def test_the_last_page_of_a_long_value_is_where_the_cipher_says_nothing(long_lines):
    assert len(pages_that_the_cipher_passes_as_zeros(long_lines)) == notebook.LINES


def test_reading_it_in_a_vault_says_that_it_is_damaged(folder, long_lines):
    whole = long_lines.read_bytes()
    for page, line in pages_that_the_cipher_passes_as_zeros(long_lines):
        tear_page(long_lines, page)
        with notebook.reopen(folder) as vault, pytest.raises(VaultDamaged):
            read(vault, line)
        long_lines.write_bytes(whole)


def test_writing_after_having_read_it_keeps_nothing(folder, long_lines):
    whole = long_lines.read_bytes()
    page, line = pages_that_the_cipher_passes_as_zeros(long_lines)[0]
    tear_page(long_lines, page)
    with notebook.reopen(folder) as vault, pytest.raises(VaultDamaged):
        copy_to_a_new_note(vault, line)
    mended = bytearray(long_lines.read_bytes())
    mended[(page - 1) * 4096 : page * 4096] = whole[(page - 1) * 4096 : page * 4096]
    long_lines.write_bytes(mended)

    with notebook.reopen(folder) as vault, vault.reading() as book:
        assert book.numbers() == [1]


def test_a_mishap_over_a_torn_value_is_told_as_damage(folder, long_lines):
    page, line = pages_that_the_cipher_passes_as_zeros(long_lines)[0]
    tear_page(long_lines, page)
    with notebook.reopen(folder) as vault, pytest.raises(VaultDamaged):
        read_as_number(vault, line)


def test_whatever_page_is_torn_what_is_read_is_what_was_written(folder, long_lines):
    whole, told = long_lines.read_bytes(), 0
    for page in range(2, pages_of(long_lines) + 1):
        tear_page(long_lines, page)
        try:
            with notebook.reopen(folder) as vault:
                found = all_texts(vault)
        except VaultDamaged:
            told += 1
            found = [LONG] * notebook.LINES
        long_lines.write_bytes(whole)

        assert found == [LONG] * notebook.LINES

    assert told > notebook.LINES * (len(LONG) // 4096)
