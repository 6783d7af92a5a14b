# SPDX-License-Identifier: Apache-2.0
"""Writes `resources/manifest.json` anew: python3 packaging/manifest.py

Lists the SHA-256 digest of every file that the app reads law or letters from, sorted, one a line; the app
refuses a file that is not the one listed. `--check` writes nothing and says what is no longer true. Needs the
standard library only.
"""

import hashlib
import json
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from optout_desktop.catalog.files import (  # noqa: E402  # the project must be found first
    LISTED_FOLDERS,
    MANIFEST,
    MANIFEST_FORMAT,
)

UP_TO_DATE, OUT_OF_DATE = 0, 1


def digests(folder: Path) -> dict[str, str]:
    """The digest of every file that is listed, by its name; notes for people and hidden files are not."""
    files = (path for name in LISTED_FOLDERS for path in (folder / name).rglob("*") if path.is_file())
    named = {path.relative_to(folder).as_posix(): path for path in files}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in sorted(named.items())
        if path.name != "README.md" and not path.name.startswith(".")
    }


def manifest(folder: Path) -> str:
    """The text of the manifest; its version is the day of the last check of a law, and what is in the pack."""
    listed = digests(folder)
    laws = (tomllib.loads(path.read_text(encoding="utf-8")) for path in (folder / "laws").rglob("*.toml"))
    checked_on = max(law["verified_on"] for law in laws if "verified_on" in law)
    content = hashlib.sha256(json.dumps(listed).encode()).hexdigest()
    head = {
        "format": MANIFEST_FORMAT,
        "version": f"{checked_on}-{content[:8]}",
        "checked_on": str(checked_on),
    }
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    files = [f"    {json.dumps(name)}: {json.dumps(digest)}" for name, digest in listed.items()]
    return "\n".join(["{", *lines, '  "files": {', ",\n".join(files), "  }", "}", ""])


def differences(folder: Path) -> list[str]:
    """What the committed manifest says that is no longer so, one line a file."""
    path = folder / MANIFEST
    was = json.loads(path.read_text(encoding="utf-8"))["files"] if path.is_file() else {}
    now = digests(folder)
    return [
        f"{name}: {'not listed' if name not in was else 'missing' if name not in now else 'changed'}"
        for name in sorted(was.keys() | now.keys())
        if was.get(name) != now.get(name)
    ]


def main(arguments: list[str]) -> int:
    """Write the manifest, or with `--check` only compare."""
    folder = ROOT / "resources"
    found = differences(folder)
    for line in found:
        print(line)
    if "--check" in arguments:
        return OUT_OF_DATE if found else UP_TO_DATE
    (folder / MANIFEST).write_text(manifest(folder), encoding="utf-8", newline="\n")
    return UP_TO_DATE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
