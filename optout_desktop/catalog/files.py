# SPDX-License-Identifier: Apache-2.0
"""Files: where the app's resources lie, in the source tree, in a wheel or in a bundle.

This is the only module that knows. Everything else asks for a path inside ``resources`` or for a parsed
table.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from optout_desktop.domain.errors import CatalogError

_LINE = re.compile(r"at line (\d+)")
_PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """The folder that the app's resources lie in."""

    folder: Path

    @classmethod
    def found(cls) -> Resources:
        """The resources beside the package, else inside it (wheel, bundle). Raises CatalogError."""
        for folder in (_PACKAGE.parent / "resources", _PACKAGE / "resources"):
            if (folder / "laws").is_dir():
                return cls(folder=folder)
        raise CatalogError("resources", "folder", "the app's own files are missing; install it again")

    def path(self, *parts: str) -> Path:
        """A path inside the folder, whether or not anything lies there."""
        return self.folder.joinpath(*parts)

    def files(self, *parts: str, ending: str) -> Iterator[Path]:
        """Every file below a folder whose name ends so, in order of its path."""
        yield from sorted(path for path in self.path(*parts).rglob(f"*{ending}") if path.is_file())

    def name_of(self, path: Path) -> str:
        """How a person finds a file again: its path inside the folder, with forward slashes."""
        return path.relative_to(self.folder).as_posix()

    def toml(self, path: Path) -> TomlFile:
        """A TOML file, parsed. Raises CatalogError where it cannot be read."""
        name = self.name_of(path)
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CatalogError(name, "file", "it cannot be read as UTF-8 text") from error
        return TomlFile.parse(name, text)


@dataclass(frozen=True, slots=True, kw_only=True)
class TomlFile:
    """A parsed TOML file that still knows its text, so that a wrong word is found by its line."""

    name: str
    text: str
    table: dict[str, Any]

    @classmethod
    def parse(cls, name: str, text: str) -> TomlFile:
        """The file of that name with that text. Raises CatalogError."""
        try:
            return cls(name=name, text=text, table=tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            found = _LINE.search(str(error))
            raise CatalogError(name, "TOML", str(error), int(found[1]) if found else 0) from error

    def line_of(self, kind: str, number: int, field: str = "") -> int:
        """The line of ``field`` in entry ``number`` (from 0) of ``[[kind]]``, else of the entry; 0 where
        unknown.

        An empty ``kind`` means the top of the file, before its first table.
        """
        lines = self.text.splitlines()
        starts = [at for at, line in enumerate(lines) if line.strip() == f"[[{kind}]]"]
        if kind and number >= len(starts):
            return 0
        first = starts[number] if kind else 0
        for at, line in enumerate(lines[first:], start=first):
            if (at > first and line.startswith("[[")) or (not kind and line.startswith("[")):
                break
            if field and line.split("=", 1)[0].strip() == field:
                return at + 1
        return first + 1 if kind else 0
