# SPDX-License-Identifier: Apache-2.0
"""What was kept: after a *done*, what the company says that it still holds, and until when.

The question and the answer are notes in the history, told apart by their details, so that neither moves a clock or
the status.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from optout_desktop.domain.agenda import RequestOverview
from optout_desktop.domain.errors import InputError, NotAllowed
from optout_desktop.domain.ids import RequestId
from optout_desktop.domain.letters import LetterKind, clean_text
from optout_desktop.domain.requests import EventKind, OptOutRequest, RequestEvent
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .requests import Entry, RequestService

KEPT = "kept"
MAX_TEXT_LENGTH = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatWasKept:
    """The question what stayed after a *done*, and its answer; None and empty where there is none yet.

    ``until`` is the day until which the company keeps it, None where it named none.
    """

    asked_on: date | None = None
    answered_on: date | None = None
    text: str = ""
    until: date | None = None

    @property
    def is_awaited(self) -> bool:
        """True where somebody asked and nobody has answered."""
        return self.asked_on is not None and self.answered_on is None


def what_was_kept(request: OptOutRequest) -> WhatWasKept | None:
    """What is known of what a company kept since it was last asked to act, or None where nobody asked or said."""
    asked: RequestEvent | None = None
    answered: RequestEvent | None = None
    for entry in request.history:
        if entry.kind is EventKind.SENT:
            asked = answered = None
        elif entry.kind is EventKind.NOTE and entry.detail("letter") == LetterKind.WHAT_WAS_KEPT:
            asked, answered = entry, None
        elif entry.kind is EventKind.NOTE and entry.detail(KEPT):
            answered = entry
    if asked is None and answered is None:
        return None
    return WhatWasKept(
        asked_on=asked.on if asked else None,
        answered_on=answered.on if answered else None,
        text=answered.detail(KEPT) if answered else "",
        until=answered.until if answered else None,
    )


class KeptService:
    """Records and tells what a company kept."""

    def __init__(self, vault: Vault[Stores], requests: RequestService) -> None:
        self._vault = vault
        self._requests = requests

    def of(self, request: RequestId) -> WhatWasKept | None:
        """What is known of what was kept. Raises NotFound."""
        with self._vault.reading() as stores:
            return what_was_kept(stores.requests.get(request))

    def record(self, request: RequestId, on: date, text: str, until: date | None) -> RequestOverview:
        """Record what the company said that it keeps, on the day of its answer, and until when.

        Raises NotAllowed before a *done*, InputError, NotFound.
        """
        with self._vault.reading() as stores:
            found = stores.requests.get(request)
        if found.last(EventKind.COMPLETED) is None:
            raise NotAllowed("The company has not done what was asked yet. Record that first.")
        told = clean_text(text)
        if not told:
            raise InputError("text", "Say what the company told you that it keeps.")
        if len(told) > MAX_TEXT_LENGTH:
            raise InputError("text", f"This has more than {MAX_TEXT_LENGTH:,} characters. Shorten it.")
        if until is not None and until < on:
            raise InputError("until", "The day until which it is kept lies before the day of the answer.")
        return self._requests.record(
            request, Entry(kind=EventKind.NOTE, on=on, until=until, details=((KEPT, told),))
        )
