# SPDX-License-Identifier: Apache-2.0
"""The walls between the rooms, as pyproject.toml draws them, held by import-linter.

The linter runs on a copy of the package, where a room that is not built yet stands empty:
so the walls hold from the first file on, and a sample that breaks one can be planted.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, ROOT

ROOMS = ("domain", "catalog", "storage", "adapters", "services", "gui", "cli")
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"


@pytest.fixture
def copy(tmp_path):
    """A copy of the package in which every room exists."""
    package = tmp_path / PACKAGE.name
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for room in ROOMS:
        (package / room).mkdir(exist_ok=True)
        (package / room / "__init__.py").touch()
    (package / "app.py").touch()
    return tmp_path


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONUTF8": "1", "COLUMNS": "200"}
    command = [sys.executable, "-c", LINT, "--no-cache"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def plant(folder: Path, module: str, line: str) -> None:
    path = folder / PACKAGE.name / module
    path.parent.mkdir(exist_ok=True)
    (path.parent / "__init__.py").touch()
    path.write_text(f"{line}\n", encoding="utf-8")


def test_every_wall_between_the_rooms_stands(copy):
    result = lint(copy)

    assert result.returncode == 0, result.stdout + result.stderr
    assert " 0 broken" in result.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("domain/sample.py", "import optout_desktop.storage", "Rooms: imports only go down"),
        ("storage/sample.py", "import optout_desktop.adapters", "Rooms: imports only go down"),
        ("utils/sample.py", "", "Rooms: imports only go down"),
        ("gui/sample.py", "import optout_desktop.storage", "The two faces talk to services, never past them"),
        (
            "services/sample.py",
            "import optout_desktop.adapters",
            "Services know the outside world only through ports",
        ),
        ("gui/laws/sample.py", "import optout_desktop.gui.companies", "Pages do not know each other"),
        ("domain/sample.py", "import os", "The domain is plain Python"),
        ("services/sample.py", "import PySide6.QtCore", "Qt stays in the GUI"),
        ("services/sample.py", "import sqlalchemy", "Only storage opens the vault"),
        ("services/sample.py", "import socket", "Only adapters touch the network and the keychain"),
    ],
)
def test_a_hole_in_a_wall_is_found(copy, module, line, contract):
    plant(copy, "gui/companies/page.py", "")
    plant(copy, module, line)

    result = lint(copy)

    assert result.returncode == 1, result.stdout + result.stderr
    assert f"{contract} BROKEN" in result.stdout


def test_two_modules_that_need_each_other_are_found(copy):
    plant(copy, "services/one.py", "import optout_desktop.services.other")
    plant(copy, "services/other.py", "import optout_desktop.services.one")

    result = lint(copy)

    assert result.returncode == 1
    assert "No cycles anywhere BROKEN" in result.stdout
