# SPDX-License-Identifier: Apache-2.0
"""Tells a screen reader what happened somewhere else than where the focus is.

Toasts, saves, errors and counts of results pass here; ``Voice.said`` lets others hear the same words.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Voice(QObject):
    """The one voice of the process."""

    said = Signal(str)


class _Only:
    voice: Voice | None = None


def voice() -> Voice:
    """The voice that all announcements pass through."""
    if _Only.voice is None:
        _Only.voice = Voice()
    return _Only.voice


def announce(source: QObject, words: str, *, is_urgent: bool = False) -> None:
    """Have the words spoken; urgent ones interrupt what is being read."""
    from PySide6.QtGui import (
        QAccessible,
        QAccessibleAnnouncementEvent,
    )  # nothing is said before the first paint

    event = QAccessibleAnnouncementEvent(source, words)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if is_urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)
    voice().said.emit(words)
