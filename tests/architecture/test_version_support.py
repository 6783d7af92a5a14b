# SPDX-License-Identifier: Apache-2.0
"""Python 3.11 is the oldest that runs the app: metadata, linter, types and lock say so, the code keeps to it.

`dev.py check` also lets mypy judge the code as 3.12 and 3.13.
"""

import ast
import re
import subprocess
import sys
import tomllib

import pytest

from tests.architecture.source import PACKAGE, ROOT

OLDEST = (3, 11)


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def parses(text: str) -> bool:
    try:
        ast.parse(text, feature_version=OLDEST)
    except SyntaxError:
        return False
    return True


def test_every_tool_is_told_the_same_oldest_python(project):
    assert project["project"]["requires-python"] == ">=3.11"
    assert project["tool"]["ruff"]["target-version"] == "py311"
    assert project["tool"]["mypy"]["python_version"] == "3.11"


def test_the_code_is_written_in_the_oldest_python():
    paths = [*PACKAGE.rglob("*.py"), *(ROOT / "packaging").rglob("*.py")]

    assert [path.name for path in paths if not parses(path.read_text(encoding="utf-8"))] == []


def test_newer_syntax_is_found():
    assert parses("match day:\n    case 1: pass")
    assert not parses("def first[T](items: list[T]) -> T: ...")


def test_the_lock_file_holds_every_dependency_as_the_project_names_it(project):
    named = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["dev"]]
    lock = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([a-z0-9-]+==[^ ;]+)", lock, re.MULTILINE))

    assert [each for each in named if each.partition(";")[0].strip() not in locked] == []


def test_every_dependency_says_why_it_is_there():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    named = re.findall(r"^    \"[a-z0-9-]+==.*$", text, re.MULTILINE)
    explained = re.findall(r"^    # .+\n    \"[a-z0-9-]+==.*$", text, re.MULTILINE)

    assert len(named) == len(explained) > 20


def test_the_commands_explain_themselves_without_an_environment():
    command = [sys.executable, str(ROOT / "packaging" / "dev.py"), "--help"]
    result = subprocess.run(command, capture_output=True, check=True, text=True)

    for name in ("run", "test", "check", "bench", "screenshots", "lock"):
        assert re.search(rf"^{name} ", result.stdout, re.MULTILINE)
