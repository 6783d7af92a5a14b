# SPDX-License-Identifier: Apache-2.0
"""Four numbers that say a rectangle, for those who do not draw with a mouse."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLabel, QSpinBox, QWidget

from optout_desktop.gui.redaction.pictures import SMALLEST_SIDE_PX, Box


class BoxFields(QWidget):
    """Left, top, width and height in pixels of the picture."""

    def __init__(self, width: int, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.left_px, self.top_px, self.width_px, self.height_px = (QSpinBox() for _ in range(4))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        for at, (words, spin, least, most) in enumerate(
            (
                (self.tr("&Left"), self.left_px, 0, width - SMALLEST_SIDE_PX),
                (self.tr("&Top"), self.top_px, 0, height - SMALLEST_SIDE_PX),
                (self.tr("&Width"), self.width_px, SMALLEST_SIDE_PX, width),
                (self.tr("&Height"), self.height_px, SMALLEST_SIDE_PX, height),
            )
        ):
            spin.setRange(least, max(least, most))
            spin.setSingleStep(10)
            spin.setAccessibleName(words.replace("&", ""))
            spin.setAccessibleDescription(self.tr("In pixels of the picture"))
            name = QLabel(words)
            name.setBuddy(spin)
            row, column = divmod(at, 2)
            grid.addWidget(name, 2 * row, column)
            grid.addWidget(spin, 2 * row + 1, column)
        self.width_px.setValue(width // 3)
        self.height_px.setValue(height // 8)

    def typed(self) -> Box:
        """The rectangle as it stands there."""
        return Box(
            left=self.left_px.value(),
            top=self.top_px.value(),
            width=self.width_px.value(),
            height=self.height_px.value(),
        )

    def show_box(self, box: Box) -> None:
        """Put a rectangle into the fields."""
        self.left_px.setValue(box.left)
        self.top_px.setValue(box.top)
        self.width_px.setValue(box.width)
        self.height_px.setValue(box.height)
