# SPDX-License-Identifier: Apache-2.0
"""About lists every part that the app stands on, with the version and licence of what is installed here."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from sqlcipher3 import dbapi2

from optout_desktop.gui.about import AboutDialog
from optout_desktop.gui.parts import ROOTS, distributions, normalised

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def about(show):
    return show(AboutDialog())


def direct_dependencies():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {normalised(re.match(r"[\w.-]+", line)[0]) for line in project["dependencies"]}


def locked():
    lines = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ")[0].split("==") for line in lines if "==" in line and not line.startswith(" "))


def test_the_list_begins_at_every_direct_dependency():
    assert set(ROOTS) == direct_dependencies()


def test_every_part_is_in_the_lock_with_the_version_that_is_installed():
    lock = locked()
    parts = distributions()

    assert len(parts) > len(ROOTS)
    assert {part.name: part.version for part in parts} == {part.name: lock[part.name] for part in parts}


def test_what_a_part_needs_is_listed_too():
    names = {part.name for part in distributions()}

    assert {"shiboken6", "cffi", "idna", "dnspython", "python-dateutil", "six", "typing-extensions"} <= names
    assert not names & {"pytest", "mypy", "ruff", "hypothesis"}


def test_every_part_names_its_licence_as_spdx():
    spdx = re.compile(r"[A-Za-z0-9.-]+( OR [A-Za-z0-9.-]+)*")

    assert [part for part in distributions() if not spdx.fullmatch(part.licence)] == []


def test_a_licence_never_differs_from_what_the_part_says_itself():
    for part in distributions():
        told = metadata.distribution(part.name).metadata.get_all("License-Expression")

        assert told in (None, [part.licence])


def test_the_table_shows_versions_of_python_qt_sqlcipher_and_sqlite_first(about):
    first = [about.table.item(row, 0).text() for row in range(4)]
    versions = [about.table.item(row, 1).text() for row in range(4)]

    assert first == ["Python", "Qt", "SQLCipher", "SQLite"]
    assert versions[1] == qVersion()
    assert versions[2].startswith("4.")
    assert versions[3] == dbapi2.sqlite_version


def test_the_whole_list_can_be_copied(about):
    about.copy.click()
    lines = QGuiApplication.clipboard().text().splitlines()

    assert len(lines) == about.table.rowCount()
    assert f"click\t{metadata.version('click')}\tBSD-3-Clause" in lines


def test_licence_texts_are_shown_of_all_parts_that_bring_them(about):
    shown = about.texts.toPlainText()

    assert "\nsqlcipher3\n" in shown
    assert "\ncryptography\n" in shown
    assert "\ndnspython\n" in shown
