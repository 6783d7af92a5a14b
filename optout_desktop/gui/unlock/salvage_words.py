# SPDX-License-Identifier: Apache-2.0
"""What was saved of a damaged vault and what was not, in sentences with counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

if TYPE_CHECKING:
    from optout_desktop.services.salvaging import Salvaged, SavedPart


def saved_words(salvaged: Salvaged) -> str:
    """The parts of which something was saved, one line each; or that there was nothing."""
    saved = [part for part in salvaged.parts if part.saved]
    if not saved:
        return tr("Nothing was found that could be saved.")
    words = tr("• {part}: {count}")
    lines = [words.format(part=part_words(part), count=_number(part.saved)) for part in saved]
    return "\n".join((tr("Saved:"), *lines))


def missing_words(salvaged: Salvaged) -> str:
    """The parts of which something is missing, and why; or that nothing is."""
    if salvaged.is_whole:
        return tr("Everything could be read. Nothing is missing.")
    lines = [tr("Missing:")]
    for part in salvaged.parts:
        lines += [tr("• {sentence}").format(sentence=sentence) for sentence in _missing(part)]
    lines.append(tr("A backup may still hold what is missing."))
    return "\n".join(lines)


def part_words(part: SavedPart) -> str:
    """What one part is called."""
    words = {
        "people": tr("People"),
        "contacts": tr("Addresses and numbers of people"),
        "companies": tr("Companies that you added or corrected"),
        "requests": tr("Requests"),
        "entries": tr("Entries in the history of requests"),
        "letters": tr("Letters"),
        "files": tr("Files kept as evidence"),
        "notes": tr("Versions of notes"),
        "rules": tr("Rules as they were when a request was sent"),
        "settings": tr("Settings"),
        "other": tr("Other records"),
    }
    return words[part.part.value]


def _missing(part: SavedPart) -> list[str]:
    lines = []
    name = part_words(part)
    if part.unreadable:
        sentence = (
            tr("{part}: {count} cannot be read")
            if part.is_exact
            else tr("{part}: at least {count} cannot be read; how many there were is not known")
        )
        lines.append(sentence.format(part=name, count=_number(part.unreadable)))
    if part.left_out:
        sentence = tr("{part}: {count} were left out, because what they belong to cannot be read")
        lines.append(sentence.format(part=name, count=_number(part.left_out)))
    if part.stand_ins:
        sentence = tr("{part}: {count} were put back with their name alone; please complete them")
        lines.append(sentence.format(part=name, count=_number(part.stand_ins)))
    if lines and part.part.value == "rules":
        lines.append(tr("Requests whose rules are missing are counted by today's rules"))
    return lines


def _number(count: int) -> str:
    return QLocale().toString(count)


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("salvage", text)
