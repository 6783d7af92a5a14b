# SPDX-License-Identifier: Apache-2.0
"""``python -m optout_desktop``: the window; with arguments that name a command, the terminal."""

from __future__ import annotations

import sys


def main() -> int:
    """Open the face that the arguments ask for."""
    if len(sys.argv) > 1 and not sys.argv[1].startswith("--allow-core"):
        from optout_desktop.cli import main as terminal  # noqa: PLC0415

        return terminal()
    from optout_desktop.app import main as window  # noqa: PLC0415

    return window()


if __name__ == "__main__":
    sys.exit(main())
