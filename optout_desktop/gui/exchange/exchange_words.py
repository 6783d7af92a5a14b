# SPDX-License-Identifier: Apache-2.0
"""The words of exports and imports: what a calendar says, and what becomes of each request of a file."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from optout_desktop.domain.exchange import (
    CalendarDeadline,
    CalendarText,
    Describe,
    ImportPreview,
    PlannedLine,
    Problem,
    Verdict,
)
from optout_desktop.gui import wording


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("exchange_words", text)


def describing(*, has_names: bool) -> Describe:
    """Words for a calendar: without names a title that tells nobody anything."""

    def describe(deadline: CalendarDeadline) -> CalendarText:
        title = tr("OptOut deadline")
        if has_names:
            title = tr("OptOut deadline: {company} ({right})").format(
                company=deadline.company_name, right=wording.right(deadline.right)
            )
        reference = tr("Reference {reference}.").format(reference=deadline.reference)
        return CalendarText(title=title, text="\n".join((reference, _meaning(deadline))))

    return describe


def _meaning(deadline: CalendarDeadline) -> str:
    due, last = wording.long_date(deadline.due), wording.long_date(deadline.on)
    if deadline.is_mine:
        return tr("You can act until the end of {day}.").format(day=last)
    if deadline.is_registration:
        return tr("The registration lasts until {day}. Renew it before.").format(day=last)
    if deadline.is_uncertain:
        return tr(
            "The date is uncertain: it is {due} by one reading and {last} by another. Nobody is late before "
            "the later one has ended."
        ).format(due=due, last=last)
    return tr("Nobody is late before the end of {day}.").format(day=last)


def verdict_words(verdict: Verdict) -> str:
    """What becomes of one request of a file."""
    return {
        Verdict.NEW: tr("New"),
        Verdict.KNOWN: tr("Already there"),
        Verdict.MERGED: tr("Gets entries"),
        Verdict.CONFLICT: tr("Differs, left as it is"),
        Verdict.UNUSABLE: tr("Not usable"),
    }[verdict]


def why_words(line: PlannedLine) -> str:
    """Why a request is left out, or how many entries it gets; else an empty text."""
    if line.problem is not None:
        return _problem(line.problem).format(detail=line.detail)
    if line.new_entries:
        return tr("New entries: {count}").format(count=line.new_entries)
    return ""


def _problem(problem: Problem) -> str:
    return {
        Problem.UNKNOWN_WORD: tr("It has a word that this version does not know: {detail}."),
        Problem.MISSING: tr("It says nothing for “{detail}”."),
        Problem.NOT_A_DAY: tr("This is not a day that can be counted from: {detail}."),
        Problem.NOT_A_PLACE: tr("This is not a place: {detail}."),
        Problem.NOT_AN_ID: tr("This is not an id: {detail}."),
        Problem.TOO_LONG: tr("“{detail}” is too long."),
        Problem.WRONG_SHAPE: tr("“{detail}” has the wrong shape."),
        Problem.FREE_LETTER: tr("It is a letter of your own, under no right that is known here."),
        Problem.NOTHING_ASKED: tr("No message in it asks for anything."),
        Problem.TWICE: tr("The same stands in the file before: {detail}."),
        Problem.UNKNOWN_LAW: tr("This version knows no law “{detail}”. Update, then import again."),
        Problem.UNKNOWN_REGISTER: tr("This version knows no register “{detail}”. Update, then import again."),
        Problem.NO_SUCH_RIGHT: tr("This law does not give this right: {detail}."),
        Problem.UNKNOWN_PERSON: tr("The file does not say who the person is."),
        Problem.UNKNOWN_COMPANY: tr("The file does not say who the company is."),
        Problem.RULES_DAMAGED: tr("The rules that came with it were changed."),
        Problem.REFERENCE_TAKEN: tr("Another request has the reference {detail}."),
        Problem.ENTRY_ELSEWHERE: tr("An entry of it belongs to another request."),
        Problem.IMPOSSIBLE_HISTORY: tr("This entry cannot follow those before it: {detail}."),
        Problem.REQUEST_DIFFERS: tr("It is there and says something else: {detail}."),
        Problem.ENTRY_DIFFERS: tr("An entry is there and says something else: {detail}."),
    }[problem]


def summary_words(preview: ImportPreview) -> str:
    """What would happen, in lines: requests by what becomes of them, people, companies, letters."""
    lines = [
        tr("{verdict}: {count}").format(verdict=verdict_words(verdict), count=preview.count(verdict))
        for verdict in Verdict
        if preview.count(verdict)
    ]
    summary = " · ".join(lines) or tr("There is no request in this file.")
    told = [summary]
    if preview.new_people:
        names = ", ".join(preview.new_people[:5])
        told.append(tr("People who are added: {names}").format(names=names))
    if preview.new_companies:
        told.append(tr("Companies that are added: {count}").format(count=preview.new_companies))
    if preview.letters_left_out:
        told.append(
            tr("Letters without their text, which are left out: {count}").format(
                count=preview.letters_left_out
            )
        )
    if preview.encoding == "cp1252":
        told.append(tr("The file was read as Windows-1252. Look whether the names are right."))
    return "\n".join(told)
