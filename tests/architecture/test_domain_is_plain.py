# SPDX-License-Identifier: Apache-2.0
"""The domain needs nothing but the plain parts of the standard library: no files, no clock, no chance."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import Module, broken, imported, modules, sample

PLAIN = {
    *("__future__", "abc", "bisect", "calendar", "collections", "dataclasses", "datetime", "decimal", "enum"),
    *(
        "fractions",
        "functools",
        "hashlib",
        "heapq",
        "hmac",
        "ipaddress",
        "itertools",
        "json",
        "math",
        "operator",
        "re",
    ),
    *("statistics", "string", "textwrap", "types", "typing", "unicodedata", "urllib.parse"),
}
OURS = "optout_desktop.domain"


def is_plain(name: str) -> bool:
    return any(name == plain or name.startswith(f"{plain}.") for plain in (*PLAIN, OURS))


def foreign_imports(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """Imports of anything else, and the calls by which plain Python touches the machine."""
    for node, name in imported(module):
        if not name.startswith(".") and not is_plain(name):
            yield node, f"imports {name}"
    for call in module.calls():
        if isinstance(call.func, ast.Name) and call.func.id in {"open", "input", "print"}:
            yield call, f"calls {call.func.id}"


def test_the_domain_is_plain_python():
    assert broken(foreign_imports, *modules("domain")) == []


@pytest.mark.parametrize(
    "line",
    [
        "import random",
        "from uuid import uuid4",
        "import urllib.request",
        "from sqlalchemy import text",
        "from optout_desktop.storage import vault",
        "def today():\n    import time",
        "print('here')",
        "open('file')",
    ],
)
def test_anything_else_is_found(line):
    assert broken(foreign_imports, sample(line, "domain/sample.py"))


@pytest.mark.parametrize(
    "line",
    [
        "from collections.abc import Iterable",
        "from urllib.parse import quote",
        "from optout_desktop.domain.ids import LawId",
        "from optout_desktop.domain import laws",
    ],
)
def test_plain_imports_pass(line):
    assert not broken(foreign_imports, sample(line, "domain/sample.py"))
