# SPDX-License-Identifier: Apache-2.0
"""The look of the window: one table of colours becomes a palette, a style sheet and tinted icons.

``Theme`` belongs to the application as its palette does: ``app.py`` makes one, hands in the resources
folder and calls ``wear``. Painted widgets ask ``tokens()`` and ``icon()`` while painting, so that a live
switch needs nothing from them but a repaint, which Qt sends them anyway.
"""

from __future__ import annotations

from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from optout_desktop.gui import singletons
from optout_desktop.gui.icons import Icons
from optout_desktop.gui.tokens import LIGHT, THEMES, ThemeName, Tokens

_SMALLEST_BODY_PT = 10.0  # so that small text, 0.9 of it, stays at 9 pt
_COLOUR_FIELDS = tuple(field.name for field in fields(Tokens) if field.type == "str")
_FACTORS = (1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
_STYLE = "fusion"
_IS_DRESSED = "isDressed"


class Appearance(StrEnum):
    """What the person chose; ``SYSTEM`` follows the desktop where it says what it wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


class Theme(QObject):
    """The look that the application wears now."""

    changed = Signal()

    def __init__(self, resources: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        singletons.keep_alive()
        self._styles = resources / "styles"
        self._sheet = Template((self._styles / "app.qss").read_text(encoding="utf-8"))
        self.icons = Icons(resources / "icons")
        self.tokens: Tokens = LIGHT
        self.text_factor = 1.0
        self.is_motion_wanted = True
        """False once the person asked for less motion in this app."""
        self._appearance = Appearance.SYSTEM
        self._system_font: QFont | None = None
        self._worn: tuple[ThemeName, float] | None = None

    def wear(self, appearance: Appearance, text_factor: float = 1.0) -> None:
        """Put the look on and keep following the system from here on; ``text_factor`` is 1.0 to 2.0."""
        app = _application()
        if self._system_font is None:
            self._system_font = QFont(app.font())
            if not app.property(_IS_DRESSED):
                app.setStyle(_STYLE)
            app.styleHints().colorSchemeChanged.connect(self._follow_system)
            _Worn.theme = self
        self._appearance = appearance
        self.text_factor = min(max(text_factor, _FACTORS[0]), _FACTORS[-1])
        self._apply(app)

    @property
    def appearance(self) -> Appearance:
        """What the person chose."""
        return self._appearance

    @property
    def body_pt(self) -> float:
        """The size of plain text in points."""
        system_pt = self._system_font.pointSizeF() if self._system_font else 0.0
        return max(system_pt, _SMALLEST_BODY_PT) * self.text_factor

    @property
    def motion_ms(self) -> int:
        """How long a movement may last: 120, or 0 where the person or the system asks for none."""
        return 120 if self.is_motion_wanted and not _is_system_still() else 0

    def px(self, at_100_percent: int) -> int:
        """A length that grows with the text."""
        return round(at_100_percent * self.text_factor)

    def larger(self) -> None:
        """Text one step larger, up to 200 %."""
        self.wear(self._appearance, next((f for f in _FACTORS if f > self.text_factor + 0.01), _FACTORS[-1]))

    def smaller(self) -> None:
        """Text one step smaller, down to 100 %."""
        self.wear(
            self._appearance,
            next((f for f in reversed(_FACTORS) if f < self.text_factor - 0.01), _FACTORS[0]),
        )

    def normal_size(self) -> None:
        """Text at 100 %."""
        self.wear(self._appearance, 1.0)

    def _follow_system(self) -> None:
        if self._appearance is Appearance.SYSTEM:
            self._apply(_application())

    def _apply(self, app: QApplication) -> None:
        name = _resolve(self._appearance)
        if self._worn == (name, self.text_factor):
            return
        self._worn = (name, self.text_factor)
        self.tokens = THEMES[name]
        font = QFont(self._system_font or app.font())
        font.setPointSizeF(self.body_pt)
        app.setFont(font)
        app.setPalette(palette_of(self.tokens))
        app.setStyleSheet(self._sheet.substitute(self._values()))
        self.changed.emit()

    def _values(self) -> dict[str, str]:
        """Everything that the style sheet's placeholders stand for."""
        tokens = self.tokens
        colours = {name: value for name in _COLOUR_FIELDS if isinstance(value := getattr(tokens, name), str)}
        border = tokens.border_px
        high = tokens.name is ThemeName.HIGH_CONTRAST
        lengths = {
            "border_px": str(border),
            "body_pt": f"{self.body_pt:.1f}pt",
            "small_pt": f"{self.body_pt * 0.9:.1f}pt",
            "title_pt": f"{self.body_pt * 1.25:.1f}pt",
            "page_pt": f"{self.body_pt * 1.5:.1f}pt",
            "count_pt": f"{self.body_pt * 1.9:.1f}pt",
            # a height in the sheet leaves out border and padding, together 6 px above and 6 px below
            "inner_height": f"{self.px(32) - 12}px",
            "chip_height": f"{self.px(28) - 8}px",
            "nav_height": f"{self.px(36) - 4}px",
            "tab_height": f"{self.px(36) - 21}px",
            "line_height": f"{self.px(20)}px",
            "pad": f"{6 - border}px",
            "pad_side": f"{12 - border}px",
            "pad_field": f"{8 - border}px",
            "chip_radius": f"{self.px(28) // 2}px",
            "icon": f"{self.px(16)}px",
            "tile_height": f"{self.px(84)}px",
            "words_width": f"{self.px(300)}px",
            "drop": f"{self.px(24)}px",
            "box": f"{self.px(16)}px",
            "round_box": f"{(self.px(16) + 2 * border) // 2}px",
            "dot": f"{self.px(16) + 2 * border - 2 * self.px(5)}px",
            "dot_ring": f"{self.px(5)}px",
        }
        others = {
            "card_border": tokens.control_border if high else tokens.hairline,
            "toast": tokens.surface if tokens.is_dark else tokens.text,
            "on_toast": tokens.text if tokens.is_dark else tokens.surface,
            "toast_edge": tokens.control_border if tokens.is_dark else tokens.text,
            "toast_focus": tokens.focus if tokens.is_dark else tokens.selection,
        }
        # a style sheet cannot tint a picture: the signs inside controls are drawn once a theme
        signs = {
            sign.replace("-", "_"): (self._styles / f"{sign}-{tokens.name}.svg").as_posix()
            for sign in ("tick", "tick-off", "dash", "down", "down-on-accent", "up")
        }
        return colours | lengths | others | signs


def dressed_application(arguments: list[str]) -> QApplication:
    """The application of this process in its style from the first; to change into it later costs 10 ms."""
    app = QApplication([*arguments[:1], "-style", _STYLE])
    app.setProperty(_IS_DRESSED, True)
    return app


class _Worn:
    """The one look of this process, as there is one QApplication."""

    theme: Theme | None = None


def current() -> Theme | None:
    """The theme that the application wears; None before ``wear``."""
    theme = _Worn.theme
    return theme if theme is not None and isValid(theme) else None


def tokens() -> Tokens:
    """The colours to paint with now."""
    theme = current()
    return theme.tokens if theme else LIGHT


def px(at_100_percent: int) -> int:
    """A length that grows with the text size."""
    theme = current()
    return theme.px(at_100_percent) if theme else at_100_percent


def motion_ms() -> int:
    """How long a movement may last now; 0 means: none."""
    theme = current()
    return theme.motion_ms if theme else 0


def icon(name: str, colour: str | None = None) -> QIcon:
    """An icon tinted for now; the text's colour unless another is given."""
    theme = current()
    if theme is None:
        return QIcon()
    return theme.icons.icon(name, colour or theme.tokens.text, theme.tokens.placeholder)


def pixmap(name: str, colour: str, size_px: int, widget: QWidget | None = None) -> QPixmap:
    """An icon as a picture, at the pixel ratio of the widget that will show it."""
    theme = current()
    ratio = widget.devicePixelRatioF() if widget else 1.0
    return theme.icons.pixmap(name, colour, size_px, ratio) if theme else QPixmap()


def palette_of(table: Tokens) -> QPalette:
    """The palette that a table of colours amounts to."""
    role = QPalette.ColorRole
    palette = QPalette()
    plain = {
        role.Window: table.window,
        role.WindowText: table.text,
        role.Base: table.surface,
        role.AlternateBase: table.sidebar,
        role.Text: table.text,
        role.Button: table.surface,
        role.ButtonText: table.text,
        role.BrightText: table.danger,
        role.ToolTipBase: table.surface,
        role.ToolTipText: table.text,
        role.PlaceholderText: table.placeholder,
        role.Highlight: table.selection,
        role.HighlightedText: table.text,
        role.Link: table.link,
        role.LinkVisited: table.link,
        role.Accent: table.accent,
        role.Light: table.hover,
        role.Midlight: table.hairline,
        role.Mid: table.control_border,
        role.Dark: table.control_border,
        role.Shadow: table.control_border,
    }
    for which, colour in plain.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(table.placeholder))
    return palette


def _resolve(appearance: Appearance) -> ThemeName:
    if appearance is not Appearance.SYSTEM:
        return ThemeName(appearance.value)
    if _is_high_contrast_wanted():
        return ThemeName.HIGH_CONTRAST
    is_dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
    return ThemeName.DARK if is_dark else ThemeName.LIGHT


def _is_high_contrast_wanted() -> bool:
    # PySide6 6.12 drops what `accessibility` returns together with what `styleHints` returned: keep that
    style = QGuiApplication.styleHints()
    hints = style.accessibility()
    return isValid(hints) and hints.contrastPreference() is Qt.ContrastPreference.HighContrast


def _is_system_still() -> bool:
    style = QGuiApplication.styleHints()
    hints = style.accessibility()
    return isValid(hints) and hints.motionPreference() is Qt.MotionPreference.ReducedMotion


def _application() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("the theme needs a QApplication")
    return app
