# SPDX-License-Identifier: Apache-2.0
"""``python -m optout_desktop``: the window; with arguments that name a command, the terminal."""

from __future__ import annotations

import sys

from optout_desktop.app import main as window
from optout_desktop.app import terminal


def main() -> int:
    """Open the face that the arguments ask for."""
    if len(sys.argv) > 1 and not sys.argv[1].startswith("--allow-core"):
        return terminal()
    return window()


if __name__ == "__main__":
    sys.exit(main())
