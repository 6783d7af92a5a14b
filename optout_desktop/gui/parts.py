# SPDX-License-Identifier: Apache-2.0
"""What the app stands on, as its software bill of materials: every part with version and licence.

Read from what is installed here: from the direct dependencies onwards, each part names those that it needs.
"""

from __future__ import annotations

import platform
import re
from dataclasses import dataclass
from importlib import metadata
from typing import Final

from PySide6.QtCore import qVersion

from optout_desktop.services.machine import vault_engine

ROOTS: Final = (
    "pyside6-essentials",
    "pyside6-pdf",
    "sqlalchemy",
    "sqlcipher3",
    "cryptography",
    "keyring",
    "platformdirs",
    "python-liquid",
    "segno",
    "holidays",
    "typst",
    "click",
    "email-validator",
    "phonenumberslite",
    "publicsuffixlist",
    "imapclient",
    "icalendar",
    "jeepney",
)
"""The direct dependencies: a bundle does not carry our own list of them."""

_LICENCES: Final = {
    # Their metadata name no SPDX expression, or more than what we use them under.
    "backports-tarfile": "MIT",
    "babel": "BSD-3-Clause",
    "email-validator": "Unlicense",
    "imapclient": "BSD-3-Clause",
    "jaraco-classes": "MIT",
    "pyside6-essentials": "LGPL-3.0-only",
    "pyside6-pdf": "LGPL-3.0-only",
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause",
    "pytz": "MIT",
    "segno": "BSD-3-Clause",
    "shiboken6": "LGPL-3.0-only",
    "six": "MIT",
    "sqlcipher3": "Zlib",
    "tzdata": "Apache-2.0",
}
_NAME: Final = re.compile(r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)")
_ONLY_IF_ASKED: Final = re.compile(r"\bextra\s*==")
_LICENCE_FILES: Final = ("LICENSE", "LICENCE", "COPYING", "NOTICE")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOfUs:
    """One part, its version here, and the licence that we use it under (SPDX), or an empty text."""

    name: str
    version: str
    licence: str


def engines() -> tuple[PartOfUs, ...]:
    """What lies inside the parts and counts most: language, window, encryption, database."""
    cipher, database = vault_engine()
    return (
        PartOfUs(name="Python", version=platform.python_version(), licence="PSF-2.0"),
        PartOfUs(name="Qt", version=qVersion(), licence="LGPL-3.0-only"),
        PartOfUs(name="SQLCipher", version=cipher, licence="BSD-3-Clause"),
        PartOfUs(name="SQLite", version=database, licence="blessing"),
    )


def distributions() -> tuple[PartOfUs, ...]:
    """Every package that the app needs and that is installed here, by name."""
    found: dict[str, PartOfUs] = {}
    wanted = list(ROOTS)
    while wanted:
        name = normalised(wanted.pop())
        if name in found:
            continue
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # another system's, or another Python's
        found[name] = PartOfUs(name=name, version=distribution.version, licence=_licence(name, distribution))
        wanted += [needed for line in distribution.requires or () if (needed := _needed(line))]
    return tuple(found[name] for name in sorted(found))


def licence_text(name: str) -> str:
    """The full licence texts that a part brings along, or an empty text."""
    try:
        files = metadata.files(name) or []
    except metadata.PackageNotFoundError:
        return ""
    wanted = [
        each for each in files if each.name.upper().startswith(_LICENCE_FILES) and ".py" not in each.suffixes
    ]
    return "\n\n".join(each.read_text(encoding="utf-8") for each in wanted if each.locate())


def normalised(name: str) -> str:
    """A name as package indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def as_table(parts: tuple[PartOfUs, ...]) -> str:
    """The parts as lines with tabs, to be pasted into a table."""
    return "\n".join(f"{part.name}\t{part.version}\t{part.licence}" for part in parts)


def _needed(requirement: str) -> str:
    named = _NAME.match(requirement)
    return named[1] if named and not _ONLY_IF_ASKED.search(requirement) else ""


def _licence(name: str, distribution: metadata.Distribution) -> str:
    told = distribution.metadata.get_all("License-Expression") or [""]
    return _LICENCES.get(name, str(told[0]))
