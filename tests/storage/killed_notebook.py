# SPDX-License-Identifier: Apache-2.0
"""What ``killing.py`` writes for the tests of the vault itself: notes of three lines."""

from __future__ import annotations

import os

from tests.storage import notebook


def prepare(folder):
    notebook.create(folder).close()


def write(folder, acknowledge):
    vault = notebook.reopen(folder)
    with vault.reading() as page:
        number = max(page.numbers(), default=0)
    while True:
        number += 1
        with vault.writing() as page:
            # Now and then a page-sized line, so that the log grows and is worked in.
            page.add(number, os.urandom(2000).hex() if number % 10 == 0 else "")
        acknowledge(number)


def inspect(folder):
    with notebook.reopen(folder) as vault:
        with vault.reading() as page:
            found, torn = set(page.numbers()), page.torn()
        report = vault.check()
    return found, [*map(str, torn), *report.seals, *report.structure, *report.orphans]
