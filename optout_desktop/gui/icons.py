# SPDX-License-Identifier: Apache-2.0
"""Line icons drawn for this app, tinted to the text they stand beside.

Each SVG is drawn with ``currentColor``; a colour is put in, the picture is rendered at the size and
pixel ratio that is asked for, and kept. Arrows and other directed signs are mirrored in right-to-left
languages.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_DIRECTED = frozenset(
    {"back", "forward", "chevron-right", "undo", "redo", "plane", "external", "list", "help"}
)


class Icons:
    """The icons of one folder, by name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._drawings: dict[str, bytes] = {}
        self._pixmaps: dict[tuple[str, str, int, float, bool], QPixmap] = {}
        self._icons: dict[tuple[str, str, str], QIcon] = {}

    def names(self) -> tuple[str, ...]:
        """The names of all icons, sorted."""
        return tuple(sorted(each.stem for each in self._folder.glob("*.svg")))

    def pixmap(self, name: str, colour: str, size_px: int = 20, ratio: float = 1.0) -> QPixmap:
        """One icon in one colour; ``size_px`` is in device-independent pixels.

        Raises FileNotFoundError for a name that no file in the folder has.
        """
        mirrored = self._is_mirrored(name)
        key = (name, colour, size_px, ratio, mirrored)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._render(name, colour, size_px, ratio, mirrored=mirrored)
        return self._pixmaps[key]

    def icon(self, name: str, colour: str, disabled_colour: str) -> QIcon:
        """One icon for buttons and menus, crisp at every size and pixel ratio."""
        key = (name, colour, disabled_colour)
        if key not in self._icons:
            self._drawing(name)
            self._icons[key] = QIcon(_Engine(self, name, colour, disabled_colour))
        return self._icons[key]

    @staticmethod
    def _is_mirrored(name: str) -> bool:
        return name in _DIRECTED and QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _drawing(self, name: str) -> bytes:
        if name not in self._drawings:
            self._drawings[name] = (self._folder / f"{name}.svg").read_bytes()
        return self._drawings[name]

    def _render(self, name: str, colour: str, size_px: int, ratio: float, *, mirrored: bool) -> QPixmap:
        renderer = QSvgRenderer(QByteArray(self._drawing(name).replace(b"currentColor", colour.encode())))
        side = round(size_px * ratio)
        pixmap = QPixmap(QSize(side, side))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        if mirrored:
            painter.translate(side, 0)
            painter.scale(-1, 1)
        renderer.render(painter, QRectF(0, 0, side, side))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap


class _Engine(QIconEngine):
    """Has Qt ask for a picture when it needs one: a window holds many icons, and shows each at one size."""

    def __init__(self, icons: Icons, name: str, colour: str, disabled_colour: str) -> None:
        super().__init__()
        self._icons = icons
        self._name = name
        self._colours = colour, disabled_colour

    def clone(self) -> QIconEngine:
        """Another one of the same icon."""
        return _Engine(self._icons, self._name, *self._colours)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The picture at a pixel ratio of one."""
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float) -> QPixmap:
        """The picture; ``size`` is in device-independent pixels."""
        colour = self._colours[mode is QIcon.Mode.Disabled]
        return self._icons.pixmap(self._name, colour, min(size.width(), size.height()), scale)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw it in the middle of ``rect``."""
        picture = self.scaledPixmap(rect.size(), mode, state, painter.device().devicePixelRatio())
        place = QRect(0, 0, min(rect.width(), rect.height()), min(rect.width(), rect.height()))
        place.moveCenter(rect.center())
        painter.drawPixmap(place, picture)
