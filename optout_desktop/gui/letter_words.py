# SPDX-License-Identifier: Apache-2.0
"""What each kind of letter is called: in a menu, over its window, in the record, and once it was recorded."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from optout_desktop.domain.letters import COUNTER_KINDS, LetterKind


def tr(text: str) -> str:
    """The sentence in the person's language."""
    return QCoreApplication.translate("letter_words", text)


def to_write(kind: LetterKind) -> str:
    """A letter to write, in a menu or on a button."""
    return {
        LetterKind.REQUEST: tr("Write the letter…"),
        LetterKind.REMINDER: tr("Write a reminder…"),
        LetterKind.APPEAL: tr("Write an appeal…"),
        LetterKind.COMPLAINT: tr("Complain to the company…"),
        LetterKind.EXTENSION_OBJECTION: tr("Object to the extension…"),
        LetterKind.SECOND_REMINDER: tr("Write a last reminder…"),
        LetterKind.WHAT_WAS_KEPT: tr("Ask what was kept…"),
        LetterKind.COUNTER_IDENTITY: tr("Answer: they want an ID…"),
        LetterKind.COUNTER_FORM: tr("Answer: they want their form used…"),
        LetterKind.COUNTER_WRONG_ENTITY: tr("Answer: they say it is not them…"),
        LetterKind.COUNTER_EXEMPT: tr("Answer: they say the law does not bind them…"),
        LetterKind.COUNTER_NO_DATA: tr("Answer: they say they have no data…"),
        LetterKind.COUNTER_PARTIAL: tr("Answer: they did only a part…"),
        LetterKind.COUNTER_FEE: tr("Answer: they want money…"),
        LetterKind.COUNTER_LANGUAGE: tr("Answer: they wrote in another language…"),
        LetterKind.COUNTER_NO_REASON: tr("Answer: they gave no reason…"),
    }[kind]


def title(kind: LetterKind) -> str:
    """The window in which a letter is sent, before its company is known."""
    return {
        LetterKind.REQUEST: tr("Send the letter"),
        LetterKind.REMINDER: tr("Send a reminder"),
        LetterKind.APPEAL: tr("Send an appeal"),
        LetterKind.COMPLAINT: tr("Send a complaint to the company"),
        LetterKind.EXTENSION_OBJECTION: tr("Object to the extension"),
        LetterKind.SECOND_REMINDER: tr("Send a last reminder"),
        LetterKind.WHAT_WAS_KEPT: tr("Ask what was kept"),
    }.get(kind, tr("Answer the company"))


def title_to(kind: LetterKind) -> str:
    """The same with a place for ``{company}``."""
    return {
        LetterKind.REQUEST: tr("Send to {company}"),
        LetterKind.REMINDER: tr("Remind {company}"),
        LetterKind.APPEAL: tr("Appeal to {company}"),
        LetterKind.COMPLAINT: tr("Complain to {company}"),
        LetterKind.EXTENSION_OBJECTION: tr("Object to the extension of {company}"),
        LetterKind.SECOND_REMINDER: tr("Remind {company} a last time"),
        LetterKind.WHAT_WAS_KEPT: tr("Ask {company} what was kept"),
    }.get(kind, tr("Answer {company}"))


def of_day(kind: LetterKind) -> str:
    """A letter that was sent, with a place for ``{day}``."""
    return {
        LetterKind.REQUEST: tr("Letter of {day}"),
        LetterKind.REMINDER: tr("Reminder of {day}"),
        LetterKind.APPEAL: tr("Appeal of {day}"),
        LetterKind.COMPLAINT: tr("Complaint to the company of {day}"),
        LetterKind.EXTENSION_OBJECTION: tr("Objection to the extension of {day}"),
        LetterKind.SECOND_REMINDER: tr("Last reminder of {day}"),
        LetterKind.WHAT_WAS_KEPT: tr("Question what was kept, of {day}"),
    }.get(kind, tr("Answer of {day}"))


def made_on(kind: LetterKind) -> str:
    """A letter that left the app and of which nobody said that it was sent, with a place for ``{day}``."""
    return {
        LetterKind.REQUEST: tr("Made on {day}, not yet recorded as sent"),
        LetterKind.REMINDER: tr("Reminder made on {day}, not yet recorded as sent"),
        LetterKind.APPEAL: tr("Appeal made on {day}, not yet recorded as sent"),
        LetterKind.COMPLAINT: tr("Complaint made on {day}, not yet recorded as sent"),
        LetterKind.EXTENSION_OBJECTION: tr("Objection made on {day}, not yet recorded as sent"),
        LetterKind.SECOND_REMINDER: tr("Last reminder made on {day}, not yet recorded as sent"),
        LetterKind.WHAT_WAS_KEPT: tr("Question made on {day}, not yet recorded as sent"),
    }.get(kind, tr("Answer made on {day}, not yet recorded as sent"))


def recorded(kind: LetterKind) -> str:
    """What is said once a letter that sets no new day was recorded as sent; empty for those that do."""
    if kind in COUNTER_KINDS:
        return tr("Your answer was recorded.")
    return {
        LetterKind.REMINDER: tr("The reminder was recorded."),
        LetterKind.SECOND_REMINDER: tr("The last reminder was recorded."),
        LetterKind.EXTENSION_OBJECTION: tr("The objection was recorded."),
        LetterKind.COMPLAINT: tr("The complaint was recorded."),
        LetterKind.WHAT_WAS_KEPT: tr("The question was recorded."),
    }.get(kind, "")
