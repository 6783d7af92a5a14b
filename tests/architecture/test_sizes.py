# SPDX-License-Identifier: Apache-2.0
"""Nothing grows into the thing in the middle: files stay under 500 lines, classes under 15 public methods."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import PACKAGE, ROOT, Module, broken, modules, sample

MOST_LINES = 500
MOST_METHODS = 15


def crowded_classes(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """Classes with too many public methods; a setter is its property's, and camelCase is Qt's."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef):
            methods = {
                each.name for each in node.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
            }
            ours = {name for name in methods if not name.startswith("_") and name == name.lower()}
            if len(ours) > MOST_METHODS:
                yield node, f"{node.name} has {len(ours)} public methods"


def too_long(*paths: Path) -> list[str]:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    return [f"{path.name}: {length} lines" for path, length in lengths.items() if length > MOST_LINES]


def test_no_file_of_the_product_is_too_long_to_read():
    assert too_long(*PACKAGE.rglob("*.py"), *(ROOT / "packaging").rglob("*.py")) == []


def test_no_class_knows_everything():
    assert broken(crowded_classes, *modules("services", "gui")) == []


def test_a_file_of_501_lines_is_found(tmp_path):
    short, long = tmp_path / "short.py", tmp_path / "long.py"
    short.write_text("pass\n" * 500, encoding="utf-8")
    long.write_text("pass\n" * 501, encoding="utf-8")

    assert too_long(short, long) == ["long.py: 501 lines"]


def test_a_class_with_16_public_methods_is_found():
    fifteen = "".join(f"    def do_{number}(self): ...\n" for number in range(15))
    quiet = "    def _own(self): ...\n    def paintEvent(self, event): ...\n"

    assert not broken(crowded_classes, sample(f"class Service:\n{fifteen}{quiet}"))
    assert broken(crowded_classes, sample(f"class Service:\n{fifteen}{quiet}    def do_more(self): ...\n"))
