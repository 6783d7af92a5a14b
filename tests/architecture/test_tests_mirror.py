# SPDX-License-Identifier: Apache-2.0
"""The tests lie where the code lies: `storage/vault.py` is tested by `tests/storage/test_vault.py`.

The window is tested by page and by journey instead, and the hall by every journey.
A module in which nothing runs (names for keys, tables, protocols) has nothing to test.
"""

import ast

from tests.architecture.source import ROOT, Module, modules, sample

MIRRORED = ("domain", "catalog", "storage", "adapters", "services", "cli")


def runs(module: Module) -> bool:
    """Whether any function in it does more than to exist: `...`, `pass` and a docstring do nothing."""
    functions = (
        node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    return any(not is_silent(statement) for function in functions for statement in function.body)


def is_silent(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    return isinstance(statement, ast.Pass)


def wanted_test(module: Module) -> str | None:
    """Where this module's test should lie, or None if it needs none."""
    *folders, name = module.path.removesuffix(".py").split("/")
    if name == "__init__":
        if not runs(module):
            return None
        name = folders[-1]
    if not folders or folders[0] not in MIRRORED or "migrations" in folders or not runs(module):
        return None
    return "/".join(("tests", *folders, f"test_{name.removeprefix('_')}.py"))


def test_every_module_is_tested_where_one_looks_for_it():
    wanted = filter(None, map(wanted_test, modules()))

    assert [path for path in wanted if not (ROOT / path).is_file()] == []


def test_a_module_that_does_something_wants_a_test():
    text = "def due(day):\n    return day"

    assert wanted_test(sample(text, "domain/clocks.py")) == "tests/domain/test_clocks.py"
    assert wanted_test(sample(text, "cli/__init__.py")) == "tests/cli/test_cli.py"


def test_pages_the_hall_and_modules_in_which_nothing_runs_want_none():
    text = "def due(day):\n    return day"
    protocol = "class Clock(Protocol):\n    def today(self) -> date:\n        'The day.'\n        ..."

    assert wanted_test(sample(text, "gui/theme.py")) is None
    assert wanted_test(sample(text, "app.py")) is None
    assert wanted_test(sample(protocol, "services/ports.py")) is None
    assert wanted_test(sample("RequestId = NewType('RequestId', str)", "domain/ids.py")) is None
