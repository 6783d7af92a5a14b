# SPDX-License-Identifier: Apache-2.0
"""Own templates: letters that a person writes for themselves in Liquid, checked before they are kept.

A letter that is made from one says which, and which version. A version is never given twice: undoing a change
makes another one.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date

from optout_desktop.catalog.templates import FactGroup, OwnPreview, Templates
from optout_desktop.domain.errors import InputError, NotFound, TemplateError
from optout_desktop.domain.ids import RequestId, TemplateId
from optout_desktop.domain.letters import LetterFacts, LetterKind, OwnTemplate, clean_line
from optout_desktop.domain.rights import Right
from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .letters import LetterService, LetterView
from .ports import Clock
from .undoing import UndoLabel, UndoService

MAX_TEMPLATE_BYTES = 64 * 1024
MAX_PLACES = 200
"""Of ``{{ … }}`` and ``{% … %}`` in one template."""
MAX_NAME_CHARACTERS = 100
LEAST_CHARACTERS = 3
"""Of a fact that is found again in a text: a shorter one could stand there by chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateInput:
    """What a person wrote; ``right`` is None where it is to serve every right."""

    name: str
    kind: LetterKind
    right: Right | None
    language: str
    subject: str
    body: str


class OwnTemplateService:
    """Everything that can be done with a person's own templates."""

    def __init__(
        self,
        vault: Vault[Stores],
        letters: LetterService,
        templates: Templates,
        clock: Clock,
        undoing: UndoService,
    ) -> None:
        self._vault = vault
        self._letters = letters
        self._templates = templates
        self._clock = clock
        self._undoing = undoing

    def all(
        self, kind: LetterKind | None = None, right: Right | None = None, language: str = ""
    ) -> tuple[OwnTemplate, ...]:
        """The templates outside the bin, by name; with ``kind``, ``right`` and ``language``, those that fit."""
        with self._vault.reading() as stores:
            found = stores.own_templates.all()
        return tuple(
            one
            for one in found
            if kind in {None, one.kind}
            and (right is None or one.right in {None, right})
            and language in {"", one.language}
        )

    def facts_offered(self, language: str) -> tuple[tuple[FactGroup, tuple[str, ...]], ...]:
        """The names that a template may use, by what they are about."""
        return self._templates.facts_offered(language)

    def check(self, written: TemplateInput) -> tuple[TemplateError, ...]:
        """What is wrong with the two texts, each with its line; to be asked while somebody types."""
        texts = (("subject", written.subject), ("text", written.body))
        found = (self._templates.check(text, name, written.language) for name, text in texts)
        return tuple(error for error in found if error is not None)

    def preview(self, written: TemplateInput, request: RequestId) -> OwnPreview:
        """What a template makes of a request as it stands, and what is missing or wrong."""
        facts = self._letters.view(request, written.kind).facts
        return self._templates.preview_own(written.subject, written.body, facts, written.language)

    def started_from(self, view: LetterView) -> TemplateInput:
        """The letter of a view as a template to start from: what it says of this request becomes names of facts."""
        return TemplateInput(
            name="",
            kind=view.letter.kind,
            right=view.request.right,
            language=view.language,
            subject=self._with_names(view.letter.subject, view),
            body=self._with_names(view.letter.body, view),
        )

    def save(self, written: TemplateInput, template: TemplateId | None = None) -> OwnTemplate:
        """Keep a new template, or a new version of one.

        Raises InputError for what is missing or too long, TemplateError with the line of a mistake, NotFound.
        """
        self._require_sound(written)
        with self._vault.reading() as stores:
            before = stores.own_templates.find(template) if template else None
        if template is not None and before is None:
            raise NotFound("template", template)
        after = OwnTemplate(
            id=template or TemplateId(uuid.uuid4().hex),
            name=clean_line(written.name),
            kind=written.kind,
            right=written.right,
            language=written.language,
            subject=written.subject.strip(),
            body=written.body,
        )
        if before is not None and after == replace(before, version=1):
            return before
        kept = self._put(after)
        if before is None:
            self._push_bin(UndoLabel.TEMPLATE_SAVED, kept, is_binned_after=False)
        else:
            earlier = before
            self._undoing.push(
                UndoLabel.TEMPLATE_SAVED,
                kept.name,
                undo=lambda: self._put_again(earlier),
                redo=lambda: self._put_again(after),
            )
        return kept

    def bin(self, template: TemplateId) -> None:
        """Move a template to the bin; letters that would be made from it are made from the shipped one."""
        with self._vault.reading() as stores:
            found = stores.own_templates.find(template)
        if found is None:
            raise NotFound("template", template)
        self._set_binned(template, is_binned=True)
        self._push_bin(UndoLabel.TEMPLATE_BINNED, found, is_binned_after=True)

    def restore(self, template: TemplateId) -> None:
        """Bring a template back from the bin."""
        self._set_binned(template, is_binned=False)
        with self._vault.reading() as stores:
            found = stores.own_templates.find(template)
        if found is None:
            raise NotFound("template", template)
        self._push_bin(UndoLabel.TEMPLATE_SAVED, found, is_binned_after=False)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────

    def _require_sound(self, written: TemplateInput) -> None:
        if not clean_line(written.name):
            raise InputError("name", "A template needs a name by which you find it again.")
        if len(written.name) > MAX_NAME_CHARACTERS:
            raise InputError("name", f"A name has {MAX_NAME_CHARACTERS} characters at most. Shorten it.")
        if written.language not in self._templates.languages:
            known = ", ".join(self._templates.languages)
            raise InputError("language", f"Letters are written in {known}, not in “{written.language}”.")
        if not written.subject.strip() or len(written.subject.strip().splitlines()) > 1:
            raise InputError("subject", "A template needs a subject of one line.")
        if not written.body.strip():
            raise InputError(
                "body", "The template is empty. Write something, or start from the shipped letter."
            )
        if len((written.subject + written.body).encode()) > MAX_TEMPLATE_BYTES:
            raise InputError("body", "This template is longer than 64 KiB. Shorten it.")
        if (written.subject + written.body).count("{") > 2 * MAX_PLACES:
            raise InputError(
                "body", f"This template has more than {MAX_PLACES} facts and conditions. Shorten it."
            )
        for error in self.check(written):
            raise error

    def _put(self, template: OwnTemplate) -> OwnTemplate:
        """Keep a template under the version after the present one."""
        with self._vault.writing() as stores:
            now = stores.own_templates.find(template.id)
            kept = replace(template, version=now.version + 1 if now else 1)
            stores.own_templates.put(kept, self._clock.now())
        return kept

    def _put_again(self, template: OwnTemplate) -> None:
        self._put(template)

    def _set_binned(self, template: TemplateId, *, is_binned: bool) -> None:
        with self._vault.writing() as stores:
            stores.own_templates.set_binned(template, is_binned=is_binned)

    def _push_bin(self, label: UndoLabel, template: OwnTemplate, *, is_binned_after: bool) -> None:
        self._undoing.push(
            label,
            template.name,
            undo=lambda: self._set_binned(template.id, is_binned=not is_binned_after),
            redo=lambda: self._set_binned(template.id, is_binned=is_binned_after),
        )

    def _with_names(self, text: str, view: LetterView) -> str:
        """A filled text with the names of facts in the place of what they say, the longest first."""
        said = sorted(self._said(view.facts, view.language), key=lambda pair: -len(pair[0]))
        pieces = [text]
        for value, name in said:
            parted = (piece.split(value) if at % 2 == 0 else [piece] for at, piece in enumerate(pieces))
            pieces = _rejoined(list(parted), f"{{{{ {name} }}}}")
        return "".join(pieces)

    def _said(self, facts: LetterFacts, language: str) -> list[tuple[str, str]]:
        """Each text in a letter that is a fact of this request, with the fact's name."""
        identity = facts.identity
        plain = {
            "reference": facts.reference,
            "company_name": facts.company_name,
            "list_id": facts.list_id,
            "client_name": facts.client_name,
            "writer_name": facts.writer_name,
            "identity.name": "" if facts.client_name else identity.name,
            "identity.email": identity.email,
            "identity.phone": identity.phone,
            "identity.customer_number": identity.customer_number,
            "identity.postal_address | join: ', '": ", ".join(identity.postal_address),
            **{f"fact.{fact}": text for fact, text in facts.facts},
        }
        days: dict[str, date | None] = {
            "answer_by_on": facts.answer_by_on,
            "was_due_on": facts.was_due_on,
            "asked_on": facts.asked_on,
            "refused_on": facts.refused_on,
            "answered_on": facts.answered_on,
            "done_on": facts.done_on,
        }
        found = {
            **{
                self._templates.date_text(day, language): f"{name} | date"
                for name, day in days.items()
                if day
            },
            **{text: name for name, text in plain.items()},
        }
        return [(text, name) for text, name in found.items() if len(text) >= LEAST_CHARACTERS]


def _rejoined(parted: list[list[str]], name: str) -> list[str]:
    """Pieces that alternate between words (even places) and names (odd places), with one name more."""
    found: list[str] = []
    for at, piece in enumerate(parted):
        if at % 2:
            found += piece
            continue
        for number, words in enumerate(piece):
            found += [name, words] if number else [words]
    return found
