# SPDX-License-Identifier: Apache-2.0
"""Choosing how a letter is written: a changed choice is kept at once, and own words are never lost over it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from optout_desktop.domain.errors import OptOutError
from optout_desktop.domain.letters import LetterChoice
from optout_desktop.gui import dialogs
from optout_desktop.gui.errors import words_for
from optout_desktop.gui.language_words import letter_language
from optout_desktop.gui.new_request.loading import Loaded
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.services.letters import LetterView

Typed = tuple[str, str]
"""Subject and text that somebody typed and did not save."""


class LetterChoosing(QObject):
    """Keeps a ``LetterChoice``; asks first where it would replace words of the person's own."""

    chosen = Signal()
    """Another choice holds now."""
    refused = Signal()
    """Nothing was changed."""

    def __init__(self, surroundings: Surroundings, window: QWidget) -> None:
        super().__init__(window)
        self._around = surroundings
        self._window = window

    def choose(self, loaded: Loaded, choice: LetterChoice, typed: Typed | None) -> None:
        """Keep ``choice``; ``typed`` is kept first, so that undoing brings it back."""
        view, kind = loaded.view, loaded.kind
        is_own = view.letter.is_edited or typed is not None
        if is_own and not self._may_replace(loaded, choice):
            self.refused.emit()
            return
        letters = self._around.desk.letters
        request = view.request.id

        def keep() -> LetterView:
            if typed is not None:
                letters.save(request, kind, *typed)
            return letters.choose(request, kind, choice, drops_edited=is_own)

        def kept(_view: LetterView) -> None:
            self._around.say_undoable(
                self.tr("The template's words stand here now. Undo brings yours back.")
                if is_own
                else self.tr("The letter was written anew.")
            )
            self.chosen.emit()

        self._around.tasks.run(self._window, keep, kept, self._failed)

    def _may_replace(self, loaded: Loaded, choice: LetterChoice) -> bool:
        language = choice.language or loaded.view.proposed_language
        own = next((one for one in loaded.own_templates if one.id == choice.template), None)
        if own is not None:
            language = own.language
        words = self.tr("Use the template in {language}").format(language=letter_language(language))
        answer = dialogs.choose(
            self._window,
            self.tr("You wrote the text of this letter yourself"),
            self.tr("Another language, tone or template replaces your words. Undo brings them back."),
            (
                dialogs.Verb(key="keep", words=self.tr("Keep my text")),
                dialogs.Verb(key="replace", words=words),
            ),
            safe="keep",
        )
        return answer == "replace"

    def _failed(self, error: OptOutError) -> None:
        told = words_for(error)
        dialogs.tell(self._window, told.title, told.text)
        self.refused.emit()
