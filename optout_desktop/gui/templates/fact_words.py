# SPDX-License-Identifier: Apache-2.0
"""The facts that a template can name: their groups and names in words, and how each is written in Liquid."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

_LISTS = frozenset({"identity.postal_address", "attachments"})


def tr(text: str) -> str:
    """The words in the person's language."""
    return QCoreApplication.translate("fact_words", text)


def as_liquid(name: str) -> str:
    """A fact as it is written in a template; a day and a list say how they are put into words."""
    if name.endswith(("_on", "_until")):
        return f"{{{{ {name} | date }}}}"
    if name in _LISTS:
        return f"{{{{ {name} | join: ', ' }}}}"
    return f"{{{{ {name} }}}}"


def group_words(group: str) -> str:
    """What a group of facts is about."""
    return {
        "request": tr("The request"),
        "law": tr("The law"),
        "days": tr("Days"),
        "company": tr("The company"),
        "answer": tr("What the company answered"),
        "identity": tr("You"),
        "own": tr("In your own words"),
        "letter": tr("How the letter is written"),
        "words": tr("Words that differ for a client"),
    }.get(group, group)


def fact_words(name: str) -> str:
    """A fact in words; its own name where there are none."""
    return _names().get(name) or name.partition(".")[2].replace("_", " ") or name.replace("_", " ")


def problem_place(block: str, line: int) -> str:
    """Where a mistake stands."""
    place = tr("Subject") if block == "subject" else tr("Text")
    return tr("{place}, line {line}").format(place=place, line=line) if line else place


def _names() -> dict[str, str]:
    return {
        "reference": tr("Reference"),
        "right_title": tr("What is asked for"),
        "legal_basis": tr("Provision with the law's short title"),
        "right_citation": tr("Provision of the right"),
        "rule_citation": tr("Provision of the deadline"),
        "period": tr("Time for the answer"),
        "law_title": tr("Title of the law"),
        "law_short_title": tr("Short title of the law"),
        "regulator_name": tr("Authority"),
        "answer_by_on": tr("Day by which they must answer"),
        "written_on": tr("Day of this letter"),
        "asked_on": tr("Day of the request"),
        "was_due_on": tr("Day on which the answer was due"),
        "days_late": tr("Days of delay"),
        "company_name": tr("Name of the company"),
        "company_country": tr("Country of the company"),
        "answered_on": tr("Day of their answer"),
        "demanded": tr("What they asked for"),
        "fee": tr("Fee that they named"),
        "done_on": tr("Day on which they said it was done"),
        "refused_on": tr("Day of the refusal"),
        "refusal_ground": tr("Ground of the refusal"),
        "identity.name": tr("Name"),
        "identity.email": tr("E-mail address"),
        "identity.phone": tr("Telephone number"),
        "identity.postal_address": tr("Postal address"),
        "identity.customer_number": tr("Customer number"),
        "attachments": tr("Names of what goes along"),
    }
