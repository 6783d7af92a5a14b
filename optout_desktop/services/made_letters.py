# SPDX-License-Identifier: Apache-2.0
"""Made letters: what was handed over, byte for byte, and of which nobody has said that it was sent.

The bytes are kept before they leave. A letter stays *made* until an entry names it, or until the person says that
it will not be sent; then it lies in the bin.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import NotFound, OptOutError
from optout_desktop.domain.ids import LetterId, RequestId
from optout_desktop.domain.letters import Attachment, KeptLetter, Letter, LetterKind, Way
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .letters import LetterView
from .ports import Clock
from .undoing import UndoLabel, UndoService
from .ways import CHANNEL_OF

WENT_ALONG = "attachment"
"""The detail of an entry that names a file; an entry has one for each."""


class MadeLetters:
    """The letters that left the app and are not recorded as sent."""

    def __init__(self, vault: Vault[Stores], clock: Clock, undoing: UndoService) -> None:
        self._vault = vault
        self._clock = clock
        self._undoing = undoing

    def made(self, request: RequestId, kind: LetterKind | None = None) -> tuple[KeptLetter, ...]:
        """The letters that were handed over and of which nobody said that they were sent, the oldest first.

        What the outbox has is not among them: there it waits, is under way, or nobody knows.
        """
        with self._vault.reading() as stores:
            found = stores.letters.handed_out(request)
        return tuple(one for one in found if kind is None or one.letter.kind is kind)

    def discard(self, letter: LetterId, request: RequestId) -> None:
        """Say that a letter that was made was not and will not be sent. Raises NotFound."""
        self._require_made(letter, request)
        with self._vault.reading() as stores:
            name = stores.requests.get(request).company_name
        self._put_aside((letter,), is_binned=True)
        self._undoing.push(
            UndoLabel.LETTER_DISCARDED,
            name,
            undo=lambda: self._put_aside((letter,), is_binned=False),
            redo=lambda: self._put_aside((letter,), is_binned=True),
        )

    def sent_bytes(self, letter: LetterId) -> bytes:
        """The exact bytes of a letter that was handed over. Raises NotFound."""
        with self._vault.reading() as stores:
            return stores.letters.content(letter)

    @contextmanager
    def handing_over(self, view: LetterView) -> Iterator[None]:
        """What is made within stays *made* only if it could be handed over: an OptOutError puts it aside."""
        request, kind = view.request.id, view.letter.kind
        before = {one.id for one in self.made(request, kind)}
        try:
            yield
        except OptOutError:
            made = tuple(one.id for one in self.made(request, kind) if one.id not in before)
            self._put_aside(made, is_binned=True)
            raise

    def _require_made(self, letter: LetterId, request: RequestId) -> KeptLetter:
        kept = next((one for one in self.made(request) if one.id == letter), None)
        if kept is None:
            raise NotFound("letter that was made and not sent", letter)
        return kept

    def _hand_over(
        self, view: LetterView, way: Way, content: bytes, letter: Letter | None = None
    ) -> KeptLetter:
        """Keep what is about to leave by a way; the same bytes are kept once until they are sent.

        ``letter`` are its words where they are not those of the view.
        """
        kept = kept_letter(view, way, content, self._clock.today(), letter)
        for one in self.made(view.request.id, view.letter.kind):
            if (one.way, one.sha256) == (way, kept.sha256):
                return one
        with self._vault.writing() as stores:
            stores.letters.keep(kept, content)
        return kept

    def _newest(self, view: LetterView, left_by: Way, *, in_todays_words: bool) -> KeptLetter | None:
        """The letter that left last by a way, or with today's words by its channel, which then goes first."""
        made = self.made(view.request.id, view.letter.kind)[::-1]
        channel = CHANNEL_OF.get(left_by, view.request.channel)
        words = (view.letter.subject, view.letter.body)
        same = tuple(
            one
            for one in made
            if in_todays_words and one.channel is channel and (one.letter.subject, one.letter.body) == words
        )
        by_way = (one for one in (*same, *made) if one.way is left_by)
        if same and not any(one.way is left_by for one in same):
            return same[0]
        return next(by_way, None)

    def _put_aside(self, letters: tuple[LetterId, ...], *, is_binned: bool) -> None:
        with self._vault.writing() as stores:
            stores.letters.set_binned(letters, is_binned=is_binned)


def names_of(files: Iterable[Attachment]) -> tuple[tuple[str, str], ...]:
    """What went along with a letter, for its entry: each file's name and the digest of its bytes."""
    return tuple((WENT_ALONG, f"{one.name} sha256:{one.sha256}") for one in files)


def kept_letter(
    view: LetterView, way: Way, content: bytes, on: date, letter: Letter | None = None
) -> KeptLetter:
    """The entry of a letter that leaves by a way, with its bytes' digest and whereto it goes."""
    channel = CHANNEL_OF.get(way, view.request.channel)
    to = {
        Channel.POST: view.postal_address,
        Channel.CALL: view.phone_number,
        Channel.CHAT: view.chat_address,
    }
    return KeptLetter(
        id=LetterId(uuid.uuid4().hex),
        request=view.request.id,
        letter=letter or view.letter,
        channel=channel,
        to_address=to.get(channel, view.recipient),
        made_on=on,
        sha256=hashlib.sha256(content).hexdigest(),
        way=way,
    )
