# SPDX-License-Identifier: Apache-2.0
"""The drawer of ready-made parts: what pages are built from, gathered from the files that draw them."""

from __future__ import annotations

from optout_desktop.gui.busy import BusyMark, TaskBarItem
from optout_desktop.gui.chips import FilterChip, FilterChips, IconButton, StatusChip
from optout_desktop.gui.drop_area import DropArea
from optout_desktop.gui.fields import (
    DateField,
    FieldRow,
    FormErrors,
    PassphraseField,
    PassphraseRow,
    SearchField,
)
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import ElidedLabel, IconLabel, Look, isolated, label, shown, visible_controls
from optout_desktop.gui.qr_view import QrView
from optout_desktop.gui.tiles import Card, EmptyState, PageFrame, SectionHeader, Tile
from optout_desktop.gui.timeline import Timeline, TimelineEntry
from optout_desktop.gui.toast import Toast, ToastPlace

__all__ = [
    "BusyMark",
    "Card",
    "DateField",
    "DropArea",
    "ElidedLabel",
    "EmptyState",
    "FieldRow",
    "FilterChip",
    "FilterChips",
    "FlowLayout",
    "FormErrors",
    "IconButton",
    "IconLabel",
    "Look",
    "PageFrame",
    "PassphraseField",
    "PassphraseRow",
    "QrView",
    "SearchField",
    "SectionHeader",
    "StatusChip",
    "TaskBarItem",
    "Tile",
    "Timeline",
    "TimelineEntry",
    "Toast",
    "ToastPlace",
    "isolated",
    "label",
    "shown",
    "visible_controls",
]
