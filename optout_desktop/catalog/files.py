# SPDX-License-Identifier: Apache-2.0
"""Files: where the app's resources lie, in the source tree, in a wheel or in a bundle, and whether they are ours.

This is the only module that knows. Everything else asks for a path inside ``resources``, for the bytes of a
file or for a parsed table. ``manifest.json`` lists the digest of every file that carries law or words in a
person's name: what is read is held against it on the way. It is no signature: it finds a file that was changed,
lost or slipped in, not somebody who rewrites the list as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from optout_desktop.domain.errors import CatalogError, HandOverError

MANIFEST = "manifest.json"
MANIFEST_FORMAT = 1
LISTED_FOLDERS = ("companies", "laws", "letters", "pages", "registers", "regulators")
"""What the manifest covers. Help, icons and styles are looks, read before the first paint: nothing waits there."""

_LONGEST_BYTES = 1_000_000
_PACKAGE = Path(__file__).resolve().parent.parent
_TOML_LINE = r"at line (\d+)"
_HEADER = r"\s*(\[\[?)\s*([\w.\-\"' ]+?)\s*\]\]?\s*(?:#.*)?$"
_KEY = r"\s*([\w.\-]+|\"[^\"]*\")\s*="

Where = tuple[str | int, ...]
"""The way to a table of a file: names, and after the name of a list the number of its entry, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The digest of every listed file by its name, or why the list itself cannot be read."""

    version: str = ""
    digests: Mapping[str, str] = field(default_factory=dict)
    problem: CatalogError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resources:
    """The folder that the app's resources lie in."""

    folder: Path
    is_listed: bool = False
    """True where only files that the manifest lists are read; a folder that somebody writes in has none yet."""

    @classmethod
    def found(cls) -> Resources:
        """The resources beside the package, else inside it (wheel, bundle). Raises CatalogError."""
        for folder in (_PACKAGE.parent / "resources", _PACKAGE / "resources"):
            if (folder / "laws").is_dir():
                return cls(folder=folder, is_listed=True)
        raise CatalogError("resources", "folder", "the app's own files are missing; install it again")

    @property
    def manifest(self) -> Manifest:
        """The list of digests, read when it is first asked for; empty where the folder has none."""
        return _manifest(self.folder / MANIFEST) if self.is_listed else Manifest()

    def path(self, *parts: str) -> Path:
        """A path inside the folder, whether or not anything lies there."""
        return self.folder.joinpath(*parts)

    def files(self, *parts: str, ending: str) -> Iterator[Path]:
        """Every file below a folder whose name ends so, in order of its path."""
        yield from sorted(path for path in self.path(*parts).rglob(f"*{ending}") if path.is_file())

    def name_of(self, path: Path) -> str:
        """How a person finds a file again: its path inside the folder, with forward slashes."""
        return path.relative_to(self.folder).as_posix()

    def missing(self, folder: str) -> tuple[CatalogError, ...]:
        """What the manifest lists below ``folder`` and does not lie there, or why there is no list to go by."""
        manifest = self.manifest
        if manifest.problem is not None:
            return (manifest.problem,)
        return tuple(
            CatalogError(name, "file", "it is missing; install the app again")
            for name in manifest.digests
            if name.startswith(f"{folder}/") and not self.path(name).is_file()
        )

    def read(self, path: Path) -> bytes:
        """The bytes of a file. Raises CatalogError where they cannot be read or are not those that were shipped."""
        name = self.name_of(path)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CatalogError(name, "file", f"it cannot be read ({error.strerror})") from error
        if self.is_listed:
            self._require_shipped(name, content)
        return content

    def toml(self, path: Path) -> TomlFile:
        """A TOML file, parsed. Raises CatalogError as ``read``, and where it is no TOML."""
        return TomlFile.parse(self.name_of(path), self.read(path))

    def verify(self, folder: str) -> None:
        """Hold a whole folder, which others read by themselves, against the list. Raises CatalogError."""
        for problem in self.missing(folder):
            raise problem
        for path in self.files(folder, ending=""):
            if not path.name.startswith("."):  # what a desktop leaves behind is read by nobody
                self.read(path)

    def _require_shipped(self, name: str, content: bytes) -> None:
        manifest = self.manifest
        if manifest.problem is not None:
            raise manifest.problem
        listed = manifest.digests.get(name)
        if listed is None:
            raise CatalogError(name, "file", f"it is not listed in {MANIFEST}, so it is not used")
        import hashlib  # the unlock page is painted without a listed file

        if hashlib.sha256(content).hexdigest() != listed:
            raise CatalogError(
                name,
                "digest",
                f"the file was changed after it was listed in {MANIFEST}, so it is not used; install the app again, "
                "or list it anew with packaging/manifest.py if the change is yours",
            )


def own_toml(path: Path) -> TomlFile:
    """A file that somebody wrote, from anywhere. Raises CatalogError, and HandOverError where it cannot be read."""
    try:
        with path.open("rb") as file:
            content = file.read(_LONGEST_BYTES + 1)
    except OSError as error:
        raise HandOverError(f"The file {path.name} cannot be read ({error.strerror}).") from error
    if len(content) > _LONGEST_BYTES:
        raise HandOverError(
            f"The file {path.name} is too long to be a law: {_LONGEST_BYTES:,} bytes at most."
        )
    return TomlFile.parse(path.name, content)


@cache
def _manifest(path: Path) -> Manifest:
    """The manifest as it was when it was first asked for."""
    try:
        record = json.loads(path.read_bytes())
        if record["format"] != MANIFEST_FORMAT:
            raise ValueError(f"format {record['format']} is not known")
        return Manifest(version=str(record["version"]), digests=dict(record["files"]))
    except OSError as error:
        problem = f"it cannot be read ({error.strerror}), so no file can be checked; install the app again"
    except (ValueError, KeyError, TypeError) as error:
        problem = f"it is no list of digests ({error}), so no file can be checked; install the app again"
    return Manifest(problem=CatalogError(MANIFEST, "file", problem))


@dataclass(frozen=True, slots=True, kw_only=True)
class TomlFile:
    """A parsed TOML file that still knows its text, so that a wrong word is found by its line."""

    name: str
    text: str
    table: dict[str, Any]

    @classmethod
    def parse(cls, name: str, content: bytes | str) -> TomlFile:
        """The file of that name with that content. Raises CatalogError."""
        import tomllib  # the unlock page is painted without any table

        try:
            text = content if isinstance(content, str) else content.decode("utf-8")
            return cls(name=name, text=text, table=tomllib.loads(text))
        except UnicodeDecodeError as error:
            raise CatalogError(name, "file", "it cannot be read as UTF-8 text") from error
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            found = re.search(_TOML_LINE, str(error))
            problem = (
                "it cannot be read as TOML from here on" if found else "it cannot be read as TOML to its end"
            )
            raise CatalogError(name, "TOML", problem, int(found[1]) if found else 0) from error

    def line_of(self, where: Where, field_name: str = "") -> int:
        """The line of a field in the table at ``where``, else that table's own, else the next one around it.

        What is missing at the top of the file is missed in its first line.
        """
        lines = self._lines()
        if field_name and (line := lines.get((*where, field_name))):
            return line
        while where:
            if line := lines.get(where):
                return line
            where = where[:-1]
        return 1

    def _lines(self) -> dict[Where, int]:
        """The line of every table and field by the way to it; only a refusal asks, so nothing is kept."""
        lines: dict[Where, int] = {}
        entries: dict[Where, int] = {}
        here: Where = ()
        for number, line in enumerate(self.text.splitlines(), start=1):
            if header := re.match(_HEADER, line):
                names = [name.strip(" \"'") for name in header[2].split(".")]
                here = ()
                for name in names[:-1]:
                    here = _entered((*here, name), entries)
                here = (*here, names[-1])
                if header[1] == "[[":
                    entries[here] = entries.get(here, 0) + 1
                here = _entered(here, entries)
                lines.setdefault(here, number)
            elif key := re.match(_KEY, line):
                lines.setdefault((*here, *key[1].strip('"').split(".")), number)
        return lines


def _entered(where: Where, entries: Mapping[Where, int]) -> Where:
    """The latest entry where ``where`` is a list of tables."""
    return (*where, entries[where] - 1) if where in entries else where
