# SPDX-License-Identifier: Apache-2.0
"""Every colour of the window, once: three themes, one table each.

``theme`` turns a table into a palette and a style sheet; painted widgets read it through
``theme.tokens()``. The tests compute the contrast of every pair that meets on screen
(text at least 4.5 to 1, shapes at least 3 to 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class ThemeName(StrEnum):
    """The three looks that the window can wear."""

    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


class StatusToken(StrEnum):
    """What a chip or a row can say; colour and icon follow from it, the word is handed in."""

    DRAFT = "draft"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    EXTENDED = "extended"
    COMPLETED = "completed"
    DUE_SOON = "due-soon"
    OVERDUE = "overdue"
    VIOLATED = "violated"
    REFUSED = "refused"
    ESCALATED = "escalated"
    CLOSED = "closed"
    NEEDS_YOU = "needs-you"


STATUS_ICONS: Mapping[StatusToken, str] = MappingProxyType(
    {
        StatusToken.DRAFT: "pencil",
        StatusToken.SENT: "plane",
        StatusToken.ACKNOWLEDGED: "envelope-open",
        StatusToken.EXTENDED: "clock-plus",
        StatusToken.COMPLETED: "check",
        StatusToken.DUE_SOON: "hourglass",
        StatusToken.OVERDUE: "exclamation",
        StatusToken.VIOLATED: "flag",
        StatusToken.REFUSED: "cross",
        StatusToken.ESCALATED: "escalate",
        StatusToken.CLOSED: "archive",
        StatusToken.NEEDS_YOU: "question",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tint:
    """The colours of one status: ``text`` is also its border and its icon."""

    text: str
    fill: str
    on_surface: str
    """The colour for its icon and word where no fill lies behind them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """One theme's colours as ``#rrggbb``."""

    name: ThemeName
    window: str
    surface: str
    sidebar: str
    text: str
    text_2: str
    placeholder: str
    control_border: str
    hairline: str
    """Lines that only calm the eye; nothing depends on seeing them."""
    hover: str
    accent: str
    accent_hover: str
    on_accent: str
    link: str
    selection: str
    focus: str
    danger: str
    info: str
    statuses: Mapping[StatusToken, Tint]
    on_time: str
    late: str
    open: str
    border_px: int
    """Width of the borders of controls, chips and cards."""

    @property
    def is_dark(self) -> bool:
        """Whether light text stands on a dark window."""
        return self.name is not ThemeName.LIGHT


def _tints(rows: Mapping[StatusToken, tuple[str, str]], solid: str) -> Mapping[StatusToken, Tint]:
    return MappingProxyType(
        {
            status: Tint(text=text, fill=fill, on_surface=solid if status is StatusToken.VIOLATED else text)
            for status, (text, fill) in rows.items()
        }
    )


LIGHT = Tokens(
    name=ThemeName.LIGHT,
    window="#F6F7F9",
    surface="#FFFFFF",
    sidebar="#ECEFF3",
    text="#1B1F24",
    text_2="#4A5560",
    placeholder="#646E79",
    control_border="#767F8A",
    hairline="#DDE2E8",
    hover="#EEF2F7",
    accent="#0B5CAD",
    accent_hover="#094B8E",
    on_accent="#FFFFFF",
    link="#0B5CAD",
    selection="#CFE3F8",
    focus="#0B5CAD",
    danger="#A11B1B",
    info="#0B4F94",
    statuses=_tints(
        {
            StatusToken.DRAFT: ("#4A5560", "#E8EBEF"),
            StatusToken.CLOSED: ("#4A5560", "#E8EBEF"),
            StatusToken.SENT: ("#0B4F94", "#DDEBFA"),
            StatusToken.ACKNOWLEDGED: ("#005A64", "#D6F0F2"),
            StatusToken.EXTENDED: ("#5B3FA0", "#EAE4F8"),
            StatusToken.COMPLETED: ("#1B6B2F", "#DDF3E2"),
            StatusToken.DUE_SOON: ("#7A4B00", "#FDEFD0"),
            StatusToken.NEEDS_YOU: ("#7A4B00", "#FDEFD0"),
            StatusToken.OVERDUE: ("#A11B1B", "#FCE1E0"),
            StatusToken.VIOLATED: ("#FFFFFF", "#A11B1B"),
            StatusToken.REFUSED: ("#8A2C0D", "#FBE5DC"),
            StatusToken.ESCALATED: ("#7A1F6B", "#F7E0F2"),
        },
        solid="#A11B1B",
    ),
    on_time="#1B6B2F",
    late="#A11B1B",
    open="#0B4F94",
    border_px=1,
)

DARK = Tokens(
    name=ThemeName.DARK,
    window="#15181C",
    surface="#1D2126",
    sidebar="#191C21",
    text="#E8EBEF",
    text_2="#B3BCC7",
    placeholder="#98A3AF",
    control_border="#7F8A97",
    hairline="#333A43",
    hover="#272D34",
    accent="#6CB2F7",
    accent_hover="#8CC4FA",
    on_accent="#0B1B2B",
    link="#7DBBF9",
    selection="#1F456B",
    focus="#8CC4FA",
    danger="#FFA8A2",
    info="#9CCBFB",
    statuses=_tints(
        {
            StatusToken.DRAFT: ("#C3CBD5", "#2C323A"),
            StatusToken.CLOSED: ("#C3CBD5", "#2C323A"),
            StatusToken.SENT: ("#9CCBFB", "#17314D"),
            StatusToken.ACKNOWLEDGED: ("#7FD9E1", "#0F3438"),
            StatusToken.EXTENDED: ("#CDBBFA", "#2F2550"),
            StatusToken.COMPLETED: ("#8FDBA0", "#14361E"),
            StatusToken.DUE_SOON: ("#F6C66B", "#3C2B08"),
            StatusToken.NEEDS_YOU: ("#F6C66B", "#3C2B08"),
            StatusToken.OVERDUE: ("#FFA8A2", "#4A1716"),
            StatusToken.VIOLATED: ("#1D0504", "#FF8A82"),
            StatusToken.REFUSED: ("#FFB694", "#45200F"),
            StatusToken.ESCALATED: ("#F3A9E4", "#43163A"),
        },
        solid="#FFA8A2",
    ),
    on_time="#8FDBA0",
    late="#FFA8A2",
    open="#9CCBFB",
    border_px=1,
)

_BLACK = "#000000"

HIGH_CONTRAST = Tokens(
    name=ThemeName.HIGH_CONTRAST,
    window=_BLACK,
    surface=_BLACK,
    sidebar=_BLACK,
    text="#FFFFFF",
    text_2="#FFFFFF",
    placeholder="#E0E0E0",
    control_border="#FFFFFF",
    hairline="#FFFFFF",
    hover="#2A2A2A",
    accent="#FFD400",
    accent_hover="#FFE566",
    on_accent=_BLACK,
    link="#FFD400",
    selection="#3A3A3A",
    focus="#FFD400",
    danger="#FF9C9C",
    info="#7FDBFF",
    statuses=_tints(
        {
            StatusToken.DRAFT: ("#FFFFFF", _BLACK),
            StatusToken.CLOSED: ("#FFFFFF", _BLACK),
            StatusToken.SENT: ("#7FDBFF", _BLACK),
            StatusToken.ACKNOWLEDGED: ("#7FDBFF", _BLACK),
            StatusToken.EXTENDED: ("#FFFFFF", _BLACK),
            StatusToken.COMPLETED: ("#9CFF9C", _BLACK),
            StatusToken.DUE_SOON: ("#FFD400", _BLACK),
            StatusToken.NEEDS_YOU: ("#FFD400", _BLACK),
            StatusToken.OVERDUE: ("#FF9C9C", _BLACK),
            StatusToken.VIOLATED: (_BLACK, "#FF9C9C"),
            StatusToken.REFUSED: ("#FF9C9C", _BLACK),
            StatusToken.ESCALATED: ("#FFFFFF", _BLACK),
        },
        solid="#FF9C9C",
    ),
    on_time="#9CFF9C",
    late="#FF9C9C",
    open="#7FDBFF",
    border_px=2,
)

THEMES: Mapping[ThemeName, Tokens] = MappingProxyType(
    {each.name: each for each in (LIGHT, DARK, HIGH_CONTRAST)}
)


def _luminance(colour: str) -> float:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
