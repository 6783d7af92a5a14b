# SPDX-License-Identifier: Apache-2.0
"""The product's source as the architecture tests read it: files, trees, imports, calls.

A rule is a function from one parsed module to the lines that break it. Each is shown the whole
product, and a sample that breaks it, so that a rule that has stopped biting is noticed.
"""

import ast
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "optout_desktop"


@dataclass(frozen=True, kw_only=True)
class Module:
    """One parsed module; `path` is relative to the package, with forward slashes."""

    path: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """The folder under the package, or nothing for the hall."""
        return self.path.split("/")[0] if "/" in self.path else ""

    def calls(self) -> Iterator[ast.Call]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))

    @cached_property
    def origins(self) -> dict[str, str]:
        """What each imported name stands for."""
        origins = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                origins.update({alias.asname: alias.name for alias in node.names if alias.asname})
            elif isinstance(node, ast.ImportFrom) and not node.level:
                origins.update(
                    {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
                )
        return origins


Rule = Callable[[Module], Iterator[tuple[ast.AST, str]]]


def sample(text: str, path: str = "services/sample.py") -> Module:
    return Module(path=path, tree=ast.parse(text))


def modules(*rooms: str) -> list[Module]:
    """Every module of the product, or of these rooms."""
    return [module for module in _all_modules() if not rooms or module.room in rooms]


@cache
def _all_modules() -> tuple[Module, ...]:
    return tuple(
        Module(
            path=path.relative_to(PACKAGE).as_posix(),
            tree=ast.parse(path.read_text(encoding="utf-8"), filename=str(path)),
        )
        for path in sorted(PACKAGE.rglob("*.py"))
    )


def broken(rule: Rule, *judged: Module) -> list[str]:
    """The places where the rule is broken, each as `path:line: what`."""
    return [
        f"{module.path}:{getattr(node, 'lineno', 1)}: {what}"
        for module in judged
        for node, what in rule(module)
    ]


def imported(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """Every imported name in full: `from a.b import c` gives `a.b.c`. Relative ones begin with a dot."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = "." * node.level + (node.module or "")
            yield from ((node, f"{origin}.{alias.name}") for alias in node.names)


def dotted(node: ast.expr) -> str:
    """`a.b.c` for such an expression; what is neither a name nor an attribute shows as `?`."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else "?"


def resolved(module: Module, node: ast.expr) -> str:
    """Like `dotted`, with the first name replaced by what it was imported as."""
    first, dot, rest = dotted(node).partition(".")
    return f"{module.origins.get(first, first)}{dot}{rest}"


def tracked_files() -> list[Path]:
    """The project's files, also those not yet committed; whatever lies there where git is not at work."""
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    try:
        names = subprocess.run(command, capture_output=True, check=True, text=True).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        return [path for path in _walk(ROOT) if path.is_file()]
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def _walk(folder: Path) -> Iterator[Path]:
    left_out = {".git", ".venv", "__pycache__", "build", "dist"}
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name not in left_out and not path.name.endswith(("_cache", ".egg-info")):
            yield from _walk(path)
        elif path.is_file():
            yield path
