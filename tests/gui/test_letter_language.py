# SPDX-License-Identifier: Apache-2.0
"""How a letter is written: its language, tone and template; own words are never lost over it."""

from __future__ import annotations

import pytest

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.letters import LetterKind, Tone
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.rights import Right
from optout_desktop.gui.new_request.letter import LetterPane
from optout_desktop.gui.new_request.preview import BESIDE, EDIT, TEXT
from optout_desktop.services.companies import CompanyInput
from optout_desktop.services.requests import NewRequest
from tests.gui.desks import open_office

GREETING = "Sehr geehrte Damen und Herren"


@pytest.fixture
def office(tmp_path, tasks):
    open_one = open_office(tmp_path, tasks)
    open_one.desk.companies.add(
        CompanyInput(name="Lindenhof Versand GmbH", email="datenschutz@lindenhof.example", country="DE")
    )
    yield open_one
    open_one.close()


@pytest.fixture
def draft(office):
    desk = office.desk
    return desk.requests.start(
        NewRequest(
            person=desk.people.me().id,
            company=desk.companies.named("Lindenhof Versand GmbH").id,
            right=Right.DELETE,
            law=LawId("us-ca-ccpa"),
            channel=Channel.EMAIL,
            identity=frozenset({IdentityItem.NAME, IdentityItem.EMAIL}),
        )
    ).id


@pytest.fixture
def pane(office, show, draft):
    shown = LetterPane(office.surroundings)
    shown.layout().addWidget(shown.footer)
    show(shown, 1000, 760)
    shown.open(draft, LetterKind.REQUEST, is_editable=True)
    return shown


def pick(box, data):
    """Choose an entry as a person does."""
    at = box.findData(data)
    box.setCurrentIndex(at)
    box.activated.emit(at)


def text_of(pane):
    return pane.preview.text.toPlainText()


def test_the_language_of_the_company_is_proposed_and_comes_first(pane):
    box = pane.language.language

    assert box.itemText(0) == "Deutsch (proposed)"
    assert box.currentIndex() == 0
    assert GREETING in text_of(pane)
    assert {box.itemData(at) for at in range(box.count())} == set(pane.loaded.view.languages)


def test_another_language_is_one_choice_and_kept(pane, office, draft):
    pick(pane.language.language, "en")

    assert GREETING not in text_of(pane)
    assert office.desk.letters.view(draft).language == "en"


def test_the_firm_tone_says_it_in_other_words(pane):
    plain = text_of(pane)
    pick(pane.language.tone, Tone.FIRM)

    assert pane.loaded.view.tone is Tone.FIRM
    assert text_of(pane) != plain


def test_both_languages_stand_side_by_side_where_the_person_reads_another(pane):
    pane.preview.tabs.button(BESIDE).click()
    beside = pane.preview.beside

    assert GREETING in beside.sent.text.toPlainText()
    assert "Please delete" in beside.own.text.toPlainText()
    assert (beside.sent.title.text(), beside.own.title.text()) == (
        "Deutsch: this is sent",
        "English: for you to read",
    )
    assert beside.note.isHidden()


def test_both_sides_scroll_as_one_and_stand_below_each_other_in_a_narrow_window(pane, qtbot):
    pane.preview.tabs.button(BESIDE).click()
    beside = pane.preview.beside
    left, right = (side.text.verticalScrollBar() for side in (beside.sent, beside.own))
    qtbot.waitUntil(lambda: left.maximum() > 0 and right.maximum() > 0)
    left.setValue(left.maximum())
    wide = beside.is_narrow
    at_end = right.value() == right.maximum()
    pane.resize(460, 760)
    qtbot.waitUntil(lambda: beside.is_narrow)

    assert at_end
    assert not wide


def test_a_letter_in_the_persons_own_language_has_no_second_side(pane):
    pane.preview.tabs.button(BESIDE).click()
    pick(pane.language.language, "en")

    assert pane.preview.tabs.button(BESIDE).isHidden()
    assert pane.preview.tabs.checkedId() == TEXT


def test_beside_own_words_stands_what_the_shipped_letter_says_and_that_it_does(pane):
    pane.preview.save_wanted.emit("Betreff", "Meine eigenen Worte.")
    pane.preview.tabs.button(BESIDE).click()
    beside = pane.preview.beside

    assert "Meine eigenen Worte." in beside.sent.text.toPlainText()
    assert "Please delete" in beside.own.text.toPlainText()
    assert beside.note.isVisible()
    assert "own" in beside.note.text()


def test_own_words_stay_where_the_person_keeps_them(pane, asked, office, draft):
    pane.preview.save_wanted.emit("Subject", "My own words.")
    asked.answers.append("keep")
    pick(pane.language.language, "en")

    assert [verb.words for verb in asked.asked[0].verbs] == ["Keep my text", "Use the template in English"]
    assert text_of(pane) == "My own words."
    assert pane.language.language.currentData() == "de"
    assert office.desk.letters.view(draft).letter.is_edited


def test_own_words_that_gave_way_come_back_by_undo(pane, asked, office, draft):
    pane.preview.save_wanted.emit("Subject", "My own words.")
    asked.answers.append("replace")
    pick(pane.language.language, "en")
    replaced = text_of(pane)
    office.desk.undoing.undo()
    pane.reload()

    assert "Please delete" in replaced
    assert text_of(pane) == "My own words."


def test_what_was_typed_and_not_saved_comes_back_by_undo_too(pane, asked, office):
    pane.preview.tabs.button(EDIT).click()
    pane.preview.edit_body.setPlainText("Just typed.")
    asked.answers.append("replace")
    pick(pane.language.language, "en")
    replaced = text_of(pane)
    office.desk.undoing.undo()
    pane.reload()

    assert "Please delete" in replaced
    assert not pane.preview.is_editing
    assert text_of(pane) == "Just typed."


def test_a_text_message_has_neither_language_nor_tone(office, pane):
    desk = office.desk
    company = desk.companies.add(CompanyInput(name="Brand", sms_number="78901", country="US"))
    text = desk.requests.start(
        NewRequest(
            person=desk.people.me().id,
            company=company.id,
            right=Right.SMS_STOP,
            law=LawId("us-tcpa"),
            channel=Channel.SMS,
        )
    )
    pane.open(text.id, LetterKind.REQUEST, is_editable=True)

    assert pane.language.isHidden()
    assert pane.attachments.isHidden()
