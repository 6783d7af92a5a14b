# SPDX-License-Identifier: Apache-2.0
"""What the languages of letters are called, each in its own words."""

from __future__ import annotations

from PySide6.QtCore import QLocale

_OWN_WORDS = {
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "it": "Italiano",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
}


def letter_language(code: str) -> str:
    """A language without the country that the system would add to it; its code where nobody knows it."""
    return _OWN_WORDS.get(code) or QLocale(code).nativeLanguageName().capitalize() or code
