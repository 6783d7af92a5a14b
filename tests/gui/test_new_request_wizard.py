# SPDX-License-Identifier: Apache-2.0
"""The wizard: from a wish to a draft, with nothing lost on the way."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit

from optout_desktop.domain.agenda import RequestFilter
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.people import IdentityItem, PersonKind
from optout_desktop.domain.requests import RequestStatus
from optout_desktop.domain.rights import Goal, Right
from optout_desktop.gui.new_request.law_choice import LawDialog
from optout_desktop.gui.new_request.preview import EDIT
from optout_desktop.gui.new_request.wish import USUAL, opening, wanted_line
from optout_desktop.gui.new_request.wizard import ABOUT_YOU, SEND, WHAT, WHO, NewRequestWizard
from optout_desktop.services.people import PersonInput
from optout_desktop.services.sending import Way
from tests.gui.desks import TODAY, open_office


@pytest.fixture
def office(tmp_path, tasks):
    open_one = open_office(tmp_path, tasks)
    yield open_one
    open_one.close()


@pytest.fixture
def wizard(office, show):
    shown = show(NewRequestWizard(office.surroundings), 1100, 760)
    shown.begin(None, None)
    return shown


def find(wizard, qtbot, typed):
    """Type a name and press Enter, as a person does."""
    wizard.who.search.setFocus()
    QTest.keyClicks(wizard.who.search, typed)
    QTest.keyClick(wizard.who.search, Qt.Key.Key_Return)


def drafts(office):
    numbers = office.desk.requests.list(RequestFilter()).rows
    return office.desk.requests.page(numbers)


def test_three_presses_and_a_name_lead_to_a_sent_request(wizard, office, qtbot):
    wizard.what.cards[Goal.STOP_SELLING].click()
    find(wizard, qtbot, "northw")
    wizard.pane.footer.main.click()
    with qtbot.waitSignal(wizard.finished) as told:
        wizard.pane.footer.bar.yes.click()
    [row] = drafts(office)

    assert told.args == [row.id]
    assert row.status is RequestStatus.SENT
    assert row.sent_on == TODAY
    assert office.programs.said[-1].startswith("Recorded. Answer due ")


def test_the_first_run_shows_three_cards_and_something_else(wizard):
    few = list(wizard.what.cards)
    wizard.what.more.click()
    usual = set(wizard.what.cards)
    wizard.what.more.click()
    shows_all = wizard.what.rights.isVisible()

    assert few == [Goal.STOP_SELLING, Goal.STOP_EMAIL, Goal.STOP_TEXTS]
    assert usual == set(USUAL)
    assert set(wizard.what.cards) == set(USUAL)
    assert shows_all


def test_a_card_names_its_law_and_its_period(wizard):
    card = wizard.what.cards[Goal.STOP_SELLING]

    assert "CCPA/CPRA, answer due in 15 business days" in card.accessibleDescription()


def test_the_sentence_of_the_law_says_where_until_when_and_what(wizard):
    wizard.what.cards[Goal.STOP_SELLING].click()

    assert wizard.bar.basis.text() == (
        "Based on where you live (California, United States): CCPA/CPRA, answer due in 15 business days "
        "(15 Dec 2026 if sent today)."
    )


def test_every_wish_that_a_law_serves_has_a_letter(office):
    wishes = opening(office.desk).wishes
    served = {wanted: wish.proposed for wanted, wish in wishes.items() if wish.proposed}

    assert len(served) > 8
    assert all(office.desk.laws.law(each.item.law.id).offers(each.item.right) for each in served.values())


def test_the_other_laws_say_why_they_do_not_apply(office, show):
    wish = opening(office.desk).wishes[Goal.STOP_SELLING]
    dialog = show(LawDialog(wish, wish.proposed))

    assert [prospect.item.law.short_title for _button, prospect in dialog.choices] == ["CCPA/CPRA"]
    assert any(words.startswith("GDPR ") and "elsewhere" in words for words in dialog.against)
    assert len(dialog.against) + len(dialog.choices) == len(wish.prospects)


def test_one_law_is_chosen_at_a_time(office, show):
    me = replace(office.desk.people.me(), place="CA-QC")
    wish = opening(office.desk, me, "CA-QC").wishes[Right.ACCESS]
    dialog = show(LawDialog(wish, wish.proposed))
    dialog.choices[1][0].click()

    assert len(dialog.choices) > 1
    assert [button.isChecked() for button, _ in dialog.choices].count(True) == 1


def test_going_back_loses_nothing(wizard, office, qtbot):
    wizard.what.cards[Goal.STOP_SELLING].click()
    find(wizard, qtbot, "northw")
    wizard.pane.preview.tabs.button(2).click()
    wizard.pane.preview.edit_body.setPlainText("My own words.")
    for _ in range(3):
        wizard._go_back()
    step = wizard.step
    for to in (WHO, ABOUT_YOU, SEND):
        wizard._go_to(to)

    assert step == WHAT
    assert wizard.who.search.text() == "northw"
    assert wizard.pane.preview.text.toPlainText() == "My own words."
    assert len(drafts(office)) == 1


def test_leaving_keeps_a_draft_that_can_be_gone_on_with(wizard, office, qtbot):
    wizard.what.cards[Goal.STOP_SELLING].click()
    find(wizard, qtbot, "northw")
    with qtbot.waitSignal(wizard.finished) as told:
        wizard.close_button.click() if wizard.close_button.isVisible() else wizard.save_draft()
    wizard.open_draft(told.args[0])

    assert drafts(office)[0].status is RequestStatus.DRAFT
    assert wizard.step == SEND
    assert wizard.pane.loaded.view.recipient == "privacy@northwind.example"


def test_leaving_before_a_company_was_chosen_keeps_nothing(wizard, office, qtbot):
    wizard.what.cards[Goal.STOP_SELLING].click()
    with qtbot.waitSignal(wizard.finished) as told:
        wizard.leave()

    assert told.args == [None]
    assert drafts(office) == ()


def test_an_open_request_to_the_same_company_is_warned_of(wizard, office, qtbot):
    wizard.what.cards[Goal.STOP_SELLING].click()
    find(wizard, qtbot, "northw")
    wizard.pane.footer.main.click()
    wizard.pane.footer.bar.yes.click()
    wizard.begin(None, None)
    wizard.what.cards[Goal.STOP_SELLING].click()
    find(wizard, qtbot, "northw")
    is_warned, words = wizard.before.isVisible(), wizard.before.words.text()
    with qtbot.waitSignal(office.surroundings.navigator.request_wanted) as told:
        wizard.before.show_it.click()
    wizard.before.go_on.click()

    assert is_warned
    assert "Northwind Data LLC" in words
    assert told.args == [drafts(office)[0].id]
    assert wizard.step == ABOUT_YOU


def test_a_company_that_nobody_knows_is_added_on_the_way(wizard, office, qtbot):
    wizard.what.cards[Goal.STOP_SELLING].click()
    find(wizard, qtbot, "Zzyzx Unheard Of Brand")
    is_open = wizard.who.is_form_open
    wizard.who.form.email.setText("privacy@zzyzx")
    wizard.who.keep.click()
    problem = wizard.who.form.rows["email"].error
    wizard.who.form.email.setText("privacy@zzyzx.example")
    wizard.who.keep.click()

    assert is_open
    assert problem
    assert wizard.step == SEND
    assert wizard.pane.loaded.view.recipient == "privacy@zzyzx.example"


def test_a_field_that_cannot_be_is_said_summed_up_and_kept(wizard, qtbot):
    wizard.what.cards[Goal.STOP_TEXTS].click()
    wizard.texts.number.setText("not a number")
    wizard.texts.go_on()

    assert wizard.texts.rows[0].error
    assert wizard.texts.errors.isVisible()
    assert wizard.texts.errors.hasFocus()
    assert wizard.texts.number.text() == "not a number"


def test_texts_are_stopped_with_a_number_and_a_name(wizard, office):
    wizard.what.cards[Goal.STOP_TEXTS].click()
    wizard.texts.number.setText("78901")
    wizard.texts.brand.setText("Northwind")
    wizard.texts.go_on()

    assert wizard.step == SEND
    assert drafts(office)[0].channel is Channel.SMS
    assert wizard.pane.send.way is Way.QR


@pytest.mark.parametrize("item", [IdentityItem.PHONE, IdentityItem.POSTAL_ADDRESS])
def test_only_ticked_items_stand_in_the_letter(item, wizard, office, qtbot):
    me = office.desk.people.me()
    office.desk.people.change(
        me.id, PersonInput(name=me.name, emails=me.emails, place=me.place, phones=("+12025550143",))
    )
    wizard.begin(None, None)
    wizard.what.cards[Goal.STOP_SELLING].click()
    find(wizard, qtbot, "northw")
    before = wizard.pane.preview.text.toPlainText()
    wizard.pane.facts.ticks.boxes[IdentityItem.PHONE].click()
    with_phone = wizard.pane.preview.text.toPlainText()
    wizard.pane.facts.ticks.boxes[IdentityItem.PHONE].click()

    assert "202" not in before.replace("2026", "")
    assert "202" in with_phone.replace("2026", "")
    assert wizard.pane.preview.text.toPlainText() == before
    assert wizard.pane.facts.ticks.boxes[item].isHidden() is (item is IdentityItem.POSTAL_ADDRESS)


def test_what_was_unticked_leaves_an_edited_text_too(wizard, office, qtbot):
    wizard.what.cards[Goal.STOP_SELLING].click()
    find(wizard, qtbot, "northw")
    wizard.pane.preview.save_wanted.emit("Subject", "I am Jane Example of Orchard Street.")
    wizard.pane.facts.ticks.boxes[IdentityItem.NAME].click()

    assert "Orchard" not in wizard.pane.preview.text.toPlainText()
    assert "Jane Example" not in wizard.pane.preview.text.toPlainText()


def test_going_to_another_page_loses_nothing_that_was_typed_into_the_letter(wizard, office, qtbot):
    wizard.what.cards[Goal.STOP_SELLING].click()
    find(wizard, qtbot, "northw")
    preview = wizard.pane.preview
    preview.tabs.button(EDIT).click()
    preview.edit_body.setPlainText("In my own words: please stop.")
    wizard.hide()
    [draft] = drafts(office)

    assert office.desk.letters.view(draft.id).letter.body == "In my own words: please stop."


def test_the_address_can_be_another_contact_of_the_company(wizard, office, qtbot):
    wizard.what.cards[Goal.STOP_SELLING].click()
    find(wizard, qtbot, "northw")
    post = next(at for at, one in enumerate(wizard.pane.facts._contacts) if one.channel is Channel.POST)
    wizard.pane.facts.to.setCurrentIndex(post)
    wizard.pane.facts.to.activated.emit(post)

    assert drafts(office)[0].channel is Channel.POST
    assert wizard.pane.send.way is Way.PDF
    assert wizard.pane.preview.pages.page_count == 1


def test_ctrl_enter_presses_the_main_button(wizard, office, qtbot):
    wizard.what.cards[Goal.STOP_SELLING].click()
    find(wizard, qtbot, "northw")
    QTest.keyClick(wizard, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    [opened] = office.programs.opened
    QTest.keyClick(wizard, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert opened.suffix == ".eml"
    assert drafts(office)[0].status is RequestStatus.SENT


def test_every_control_of_every_step_has_a_name(wizard, qtbot):
    nameless = []
    for step in (WHAT, WHO, ABOUT_YOU, SEND):
        if step == WHO:
            wizard.what.cards[Goal.STOP_SELLING].click()
        if step == ABOUT_YOU:
            find(wizard, qtbot, "northw")
            wizard._go_to(ABOUT_YOU)
        if step == SEND:
            wizard.press_main()
        for kind in (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit):
            nameless += [
                (step, type(each).__name__, each.objectName())
                for each in wizard.findChildren(kind)
                if each.isVisible() and each.focusPolicy() is not Qt.FocusPolicy.NoFocus
                and not QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name)
            ]  # fmt: skip

    assert nameless == []


def test_a_client_is_named_beside_the_send_button(tmp_path, tasks, show):
    office = open_office(tmp_path / "sample", tasks, is_sample=True)
    wizard = show(NewRequestWizard(office.surroundings), 1100, 760)
    wizard.begin(None, None)
    lena = next(one for one in office.desk.people.all() if one.name == "Lena Muster")
    wizard.what.person_chosen.emit(lena)
    wizard.what.cards[Goal.OBJECT_MARKETING].click()
    wizard._company_chosen(office.desk.companies.named("Contoso Market"))
    if wizard.before.isVisible():
        wizard.before.go_on.click()
    wizard._go_to(SEND)
    values = wizard.pane.facts.values

    assert "Lena Muster" in values["client"].text()
    assert wizard.pane.loaded.kind is LetterKind.REQUEST
    assert wizard.pane.loaded.view.request.right is Right.OBJECT_DIRECT_MARKETING
    office.close()


def test_continue_takes_the_company_that_is_highlighted(wizard, office, qtbot):
    wizard.what.cards[Goal.STOP_SELLING].click()
    QTest.keyClicks(wizard.who.search, "northw")
    qtbot.waitUntil(lambda: wizard.who.has_choice)
    wizard.go_on.click()
    qtbot.waitUntil(lambda: wizard.step == SEND)
    [row] = drafts(office)

    assert row.company_name.startswith("Northwind")


def test_going_back_to_who_highlights_the_company_that_was_chosen(wizard, qtbot):
    wizard.what.cards[Goal.STOP_SELLING].click()
    find(wizard, qtbot, "northw")
    chosen = wizard.who.rows.chosen().id
    wizard.trail.wanted.emit(WHO)

    assert wizard.who.rows.chosen().id == chosen
    assert wizard.go_on.isEnabled()


def test_where_the_law_knows_no_sale_the_card_promises_none(office):
    lena = office.desk.people.add(
        PersonInput(name="Lena", emails=("l@example.org",), place="DE-BY"), PersonKind.CLIENT
    )
    wish = opening(office.desk, lena).wishes[Goal.STOP_SELLING]

    assert "not sell" in wanted_line(Goal.STOP_SELLING)
    assert wanted_line(Goal.STOP_SELLING, wish.proposed) == (
        "They may keep your account, but not use or pass on your data for marketing."
    )
