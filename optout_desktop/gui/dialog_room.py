# SPDX-License-Identifier: Apache-2.0
"""The size of a dialog: as large as it wants to be, and never larger than the screen, whatever the text size."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

_AROUND_PX = 40
_FRAME_PX = 60
"""What the title bar and an edge of the desktop below take."""


def fit(dialog: QDialog, width: int, height: int) -> None:
    """Give a dialog its size in pixels, as far as the screen has room."""
    room = dialog.screen().availableGeometry()
    dialog.resize(min(width, room.width() - _AROUND_PX), min(height, room.height() - _FRAME_PX))
