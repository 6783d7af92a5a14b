# SPDX-License-Identifier: Apache-2.0
"""Annexes: the explanation of a date as a PDF, saved outside or kept with its request as evidence.

The words are those of the face that shows them, so that the page says line for line what was on screen. A date
counted without any request has a page too, which can only be saved.
"""

from __future__ import annotations

from pathlib import Path

from optout_desktop.domain.evidence import Evidence
from optout_desktop.domain.explaining import Annex, AnnexWords
from optout_desktop.domain.ids import RequestId
from optout_desktop.domain.letters import PageFormat
from optout_desktop.domain.people import PersonKind
from optout_desktop.domain.places import Place
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .evidence import EvidenceService
from .paper import usual_format
from .ports import Clock, Files, Pages
from .preferences import PreferenceService

PDF = "application/pdf"


class AnnexService:
    """Everything that can be done with the explanation of a date on paper."""

    def __init__(
        self,
        vault: Vault[Stores],
        pages: Pages,
        files: Files,
        evidence: EvidenceService,
        preferences: PreferenceService,
        clock: Clock,
    ) -> None:
        self._vault = vault
        self._pages = pages
        self._files = files
        self._evidence = evidence
        self._preferences = preferences
        self._clock = clock

    def of(self, request: RequestId, words: AnnexWords) -> Annex:
        """The annex of a request's date, on the paper of the person's country. Raises NotFound."""
        with self._vault.reading() as stores:
            found = stores.requests.get(request)
            place = stores.people.get(found.person).place
        return self._annex(words, found.reference, place)

    def of_example(self, words: AnnexWords) -> Annex:
        """The annex of a date counted without a request, on the paper of one's own country."""
        with self._vault.reading() as stores:
            places = (one.place for one in stores.people.all() if one.kind is PersonKind.ONESELF)
            home = next(places, Place(""))
        return self._annex(words, "", home)

    def _annex(self, words: AnnexWords, reference: str, home: Place) -> Annex:
        chosen = str(self._preferences.get("page_format"))
        usual = usual_format(home)
        return Annex(
            words=words,
            reference=reference,
            made_on=self._clock.today(),
            page_format=PageFormat(chosen) if chosen else usual,
        )

    def pdf(self, annex: Annex) -> bytes:
        """The page as a tagged PDF. Needs no vault. Raises HandOverError."""
        return self._pages.annex(annex)

    def save(self, annex: Annex, path: Path) -> None:
        """Write the PDF where the person chose; it leaves the vault unencrypted. Raises HandOverError."""
        self._files.write(path, [self.pdf(annex)])

    def keep(self, request: RequestId, annex: Annex) -> Evidence:
        """Keep the PDF with its request, inside the vault. Raises NotFound, HandOverError."""
        return self._evidence.add_bytes(request, annex.file_name, PDF, self.pdf(annex))
