# SPDX-License-Identifier: Apache-2.0
"""How a letter is written: in the company's language unless somebody chose another, and never at the cost of a text."""

from __future__ import annotations

import shutil

import pytest

from optout_desktop.catalog.files import Resources
from optout_desktop.catalog.library import Library
from optout_desktop.catalog.templates import Templates
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError, NotAllowed
from optout_desktop.domain.letters import LetterChoice, LetterKind, Tone
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.rights import Right
from optout_desktop.services.people import PersonInput
from tests.services import desks

REQUEST, REMINDER = LetterKind.REQUEST, LetterKind.REMINDER
GERMAN, ENGLISH = LetterChoice(language="de"), LetterChoice(language="en")
IN_GERMAN = "Auf Deutsch."


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    """The shipped letters, and the same once more as German ones that are told by their last words."""
    resources = Resources.found()
    folder = tmp_path_factory.mktemp("letters")
    shutil.copy(resources.path("letters", "plans.toml"), folder)
    for language in ("en", "de"):
        shutil.copytree(resources.path("letters", "en"), folder / language)
    closing = folder / "de" / "closing.liquid"
    closing.write_text(f"{closing.read_text('utf-8')}\n{IN_GERMAN}\n", "utf-8")
    found = Library(resources)
    found.templates = Templates(folder)
    return found


@pytest.fixture
def lindt(desk):
    """A company in Switzerland's German-speaking part."""
    return desk.companies.add(
        desks.CompanyInput(
            name="Lindenhof AG", email="datenschutz@lindenhof.example", country="CH", region="CH-ZH"
        )
    )


@pytest.fixture
def abroad(desk, jane, lindt):
    """A draft of an English-speaking person to that company."""
    return desk.requests.start(
        desks.new_request(jane, lindt, law="eu-gdpr", right=Right.ACCESS, place="DE-BY")
    )


class TestLanguages:
    def test_it_is_the_companys_and_the_same_letter_stands_beside_it_in_the_persons(self, desk, abroad):
        view = desk.letters.view(abroad.id)

        assert (view.language, view.proposed_language, view.languages) == ("de", "de", ("de", "en"))
        assert IN_GERMAN in view.letter.body
        assert view.companion.language == "en"
        assert IN_GERMAN not in view.companion.body
        assert view.facts.reply_language == "en"

    def test_there_is_nothing_beside_a_letter_that_the_person_reads_anyway(self, desk, draft):
        view = desk.letters.view(draft.id)

        assert (view.language, view.companion, view.facts.reply_language) == ("en", None, "")

    def test_the_person_may_choose_another_and_undo_it(self, desk, abroad):
        chosen = desk.letters.choose(abroad.id, REQUEST, ENGLISH)
        desk.undoing.undo()
        undone = desk.letters.view(abroad.id)
        desk.undoing.redo()

        assert (chosen.language, chosen.companion, chosen.choice) == ("en", None, ENGLISH)
        assert (undone.language, undone.choice) == ("de", LetterChoice())
        assert desk.letters.view(abroad.id) == chosen

    def test_each_letter_of_a_request_has_a_choice_of_its_own(self, desk, abroad, clock):
        desk.letters.choose(abroad.id, REQUEST, ENGLISH)
        desk.requests.record(abroad.id, desks.entry("sent", clock.today()))

        assert desk.letters.view(abroad.id, REMINDER).language == "de"

    def test_the_sent_letter_keeps_its_language(self, desk, abroad):
        desk.sending.text(desk.letters.view(abroad.id))
        desk.sending.confirm_by_way_of(abroad.id, REQUEST, desks.TODAY)
        [sent] = desk.requests.detail(abroad.id).letters

        assert sent.letter.language == "de"

    def test_a_language_without_letters_cannot_be_chosen(self, desk, abroad):
        before = desks.digest_of(desk.vault)

        with pytest.raises(InputError) as caught:
            desk.letters.choose(abroad.id, REQUEST, LetterChoice(language="pl"))

        assert caught.value.field == "language"
        assert desks.digest_of(desk.vault) == before

    def test_choosing_what_is_chosen_is_no_step(self, desk, abroad):
        before = desk.undoing.view()
        desk.letters.choose(abroad.id, REQUEST, LetterChoice())

        assert desk.undoing.view() == before

    def test_the_tone_is_kept_and_told_to_the_letter(self, desk, draft):
        view = desk.letters.choose(draft.id, REQUEST, LetterChoice(tone=Tone.FIRM))

        assert (view.tone, view.facts.tone) == (Tone.FIRM, Tone.FIRM)


class TestEditedTexts:
    def test_an_edited_text_stays_in_its_language_whatever_becomes_of_the_company(self, desk, abroad, lindt):
        desk.letters.save(abroad.id, REQUEST, "Auskunft", "Meine Worte")
        desk.companies.correct(
            lindt.id, desks.CompanyInput(name="Lindenhof Inc.", email="a@lindenhof.example", country="US")
        )
        view = desk.letters.view(abroad.id)

        assert (view.letter.body, view.language, view.proposed_language) == ("Meine Worte", "de", "en")
        assert view.companion is None

    def test_beside_it_stands_what_the_shipped_letter_says_in_the_persons_language(self, desk, abroad):
        shipped = desk.letters.view(abroad.id).companion
        desk.letters.save(abroad.id, REQUEST, "Auskunft", "Meine Worte")

        assert desk.letters.beside(desk.letters.view(abroad.id)) == shipped

    def test_another_choice_asks_first_and_loses_nothing(self, desk, abroad):
        desk.letters.save(abroad.id, REQUEST, "Auskunft", "Meine Worte")
        before = desks.digest_of(desk.vault)

        with pytest.raises(NotAllowed, match="replaces your words"):
            desk.letters.choose(abroad.id, REQUEST, ENGLISH)

        assert desks.digest_of(desk.vault) == before

        replaced = desk.letters.choose(abroad.id, REQUEST, ENGLISH, drops_edited=True)
        desk.undoing.undo()
        undone = desk.letters.view(abroad.id)

        assert (replaced.letter.is_edited, replaced.language) == (False, "en")
        assert (undone.letter.body, undone.language) == ("Meine Worte", "de")

    def test_undoing_the_first_edit_leaves_the_language_to_the_app_again(self, desk, abroad):
        desk.letters.save(abroad.id, REQUEST, "Auskunft", "Meine Worte")
        desk.undoing.undo()

        assert desk.letters.view(abroad.id).choice == LetterChoice()


class TestLeastIdentity:
    def test_what_goes_beyond_the_least_is_told(self, desk, jane, northwind):
        ticked = frozenset(IdentityItem)
        draft = desk.requests.start(
            desks.new_request(jane, northwind, identity=ticked, customer_number="K-17")
        )
        view = desk.letters.view(draft.id)

        assert view.least == {IdentityItem.NAME, IdentityItem.EMAIL}
        assert view.beyond_least == ticked - view.least

    def test_what_is_ticked_and_not_known_does_not_go_beyond_it(self, desk, northwind):
        bare = desk.people.add(PersonInput(name="Bo", emails=("bo@example.org",), place="US-CA"))
        draft = desk.requests.start(desks.new_request(bare, northwind, identity=frozenset(IdentityItem)))

        assert desk.letters.view(draft.id).beyond_least == frozenset()

    def test_a_name_is_more_than_an_unsubscription_needs(self, desk, jane, northwind):
        draft = desk.requests.start(
            desks.new_request(jane, northwind, law="us-can-spam", right=Right.UNSUBSCRIBE_EMAIL)
        )

        assert desk.letters.view(draft.id).beyond_least == {IdentityItem.NAME}


def test_a_text_message_speaks_no_language_of_its_own(desk, jane, northwind):
    draft = desk.requests.start(
        desks.new_request(jane, northwind, law="us-tcpa", right=Right.SMS_STOP, channel=Channel.SMS)
    )
    view = desk.letters.choose(draft.id, REQUEST, GERMAN)

    assert (view.letter.body, view.companion) == ("STOP", None)
