# SPDX-License-Identifier: Apache-2.0
"""The settings file: a few words about the window, nothing about the person."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

LARGEST_BYTES = 64 * 1024


class JsonPreferenceFile:
    """Settings as one JSON object, replaced whole; a file that cannot be read counts as empty."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> dict[str, object]:
        """What the file holds; empty where there is none or it cannot be read."""
        try:
            with self._path.open("rb") as file:
                content = json.loads(file.read(LARGEST_BYTES))
        except (OSError, ValueError, RecursionError):
            return {}
        return content if isinstance(content, dict) else {}

    def save(self, values: dict[str, bool | int | str]) -> None:
        """Write all of them; where the folder cannot be written the settings hold until the app is closed."""
        # ASCII, because the path of the last vault may hold what is no character at all
        text = json.dumps(values, indent=1, sort_keys=True)
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=self._path.parent, prefix=".settings-")
            written = Path(name)
            try:
                with os.fdopen(descriptor, "w", encoding="ascii") as file:
                    file.write(text)
                written.replace(self._path)
            finally:
                written.unlink(missing_ok=True)
        except OSError:
            # A setting that cannot be kept is no reason to stop anybody's work.
            return
