# SPDX-License-Identifier: Apache-2.0
"""The page of laws: found by what is typed, filtered, and every rule of one told in full."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from optout_desktop.domain.damages import Currency, Damages, Per
from optout_desktop.domain.errors import CatalogError
from optout_desktop.domain.ids import LawId, RegisterId
from optout_desktop.domain.places import Place
from optout_desktop.domain.rights import Right
from optout_desktop.gui.keymap import Act
from optout_desktop.gui.laws.law_filter import FindableLaw, LawFilter, LawState, state_of
from optout_desktop.gui.laws.law_list import law_face
from optout_desktop.gui.laws.law_words import force_sentence, outside_force
from optout_desktop.gui.laws.laws_tab import LawsTab, MissingLaws
from optout_desktop.gui.laws.money_words import amount
from optout_desktop.gui.laws.page import CALCULATOR, LAWS, REGISTERS, LawsPage
from optout_desktop.gui.source_links import SourceLinks
from tests.gui.desks import TODAY, open_office
from tests.lawbooks import shipped_laws

CCPA = LawId("us-ca-ccpa")
LATER = LawId("us-la-ldpa")


@pytest.fixture
def office(tmp_path, tasks):
    open_one = open_office(tmp_path, tasks)
    yield open_one
    open_one.close()


@pytest.fixture
def page(office, show):
    shown = show(LawsPage(office.surroundings), 1100, 760)
    shown.refresh()
    return shown


@pytest.fixture
def laws(page):
    return page.show_tab(LAWS)


def ids(laws):
    return [law.id for law in laws.rows.laws()]


def words(widget):
    return "\n".join(one.text() for one in widget.findChildren(QLabel))


def choose(button, wanted):
    """Choose a line of a filter's menu."""
    menu = button.menu()
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == wanted).trigger()


def test_at_first_the_laws_of_ones_own_place_are_shown(laws):
    assert laws.bar.wanted.place == "US-CA"
    assert CCPA in ids(laws)
    assert {place for law in laws.rows.laws() for place in law.places} == {"US", "US-CA"}


def test_taking_the_chip_off_shows_every_law(laws):
    laws.bar.chips.removed.emit("place")

    assert len(ids(laws)) == len(shipped_laws().all()) == 62
    assert laws.bar.count.text() == "62 laws of 62"


@pytest.mark.parametrize(
    ("typed", "law"),
    [
        ("ccpa", "us-ca-ccpa"),
        ("1798.120", "us-ca-ccpa"),
        ("Quebec", "ca-qc-law25"),
        ("unsubscribe new zealand", "nz-uema"),
        ("General Data Protection", "eu-gdpr"),
    ],
)
def test_a_law_is_found_by_name_citation_place_or_right(laws, typed, law):
    laws.bar.clear()
    laws.bar.search.setText(typed)

    assert law in ids(laws)


def test_the_menus_narrow_the_list_and_clear_it_again(laws):
    choose(laws.bar.place, "All places")
    choose(laws.bar.right, "Do-not-call register")
    found = ids(laws)
    choose(laws.bar.right, "All rights")
    choose(laws.bar.state, "Enacted for later")
    later = {law.applies_from > TODAY for law in laws.rows.laws()}

    assert "us-dnc-registry" in found
    assert CCPA not in found
    assert later == {True}


def test_a_search_that_finds_nothing_offers_all_laws(laws):
    laws.bar.search.setText("nothing of that name")
    empty = laws.panes.listed.currentWidget()
    empty.buttons[0].click()

    assert "nothing of that name" in empty.title.text()
    assert len(ids(laws)) == 62


def test_a_row_tells_place_status_rights_and_the_mark():
    ccpa, later = shipped_laws().law(CCPA), shipped_laws().law(LATER)

    assert law_face(ccpa, TODAY).spoken == (
        "CCPA/CPRA, California, United States, In force, 7 rights, checked 22 Nov 2026"
    )
    assert law_face(later, TODAY).trailing == "Enacted for later"


def test_a_law_enacted_for_later_says_from_which_day_it_gives_deadlines():
    later = [law for law in shipped_laws().all() if law.applies_from > TODAY]

    assert len(later) >= 4
    for law in later:
        assert state_of(law, TODAY) is LawState.LATER
        assert "it gives no deadline before" in force_sentence(law, TODAY)
        assert outside_force(law, law.applies_from) == ""
        assert "gives no deadline before" in outside_force(law, law.applies_from - timedelta(days=1))


def test_every_law_shows_every_right_every_rule_and_every_source(laws):
    missing = []
    for law in shipped_laws().all():
        laws.show_law(law.id)
        told = words(laws.detail)
        cards = laws.detail.rules
        must = [*(one.title for one in law.rights), *(one.title for one in law.sources), *law.doubts]
        must += [text for card in cards for text in (card.rule.what, card.rule.citation, card.rule.doubt)]
        missing += [(law.id, text) for text in (*must, "not legal advice") if text not in told]
        shown = {rule.id for card in cards for rule in card.versions}
        missing += [(law.id, rule.id) for rule in law.rules if rule.id not in shown]

    assert missing == []


def test_a_law_tells_what_a_breach_can_cost_and_for_what(laws):
    laws.show_law(LawId("us-tcpa"))
    told = words(laws.detail)

    assert "What a breach can cost" in told
    assert "USD 500 for each breach." in told


@pytest.mark.parametrize(
    ("least", "most", "said"),
    [
        (25, 25, "SGD 25 for each message"),
        (25, 1500, "SGD 25 to SGD 1,500 for each message"),
        (1000, None, "at least SGD 1,000 for each message"),
        (None, 350000, "up to SGD 350,000 for each message"),
    ],
)
def test_an_amount_is_told_as_the_law_leaves_it(least, most, said):
    damages = Damages(min=least, max=most, per=Per.MESSAGE, currency=Currency.SGD, citation="s. 14")

    assert amount(damages) == said


def test_the_history_of_a_rule_lists_its_versions_by_their_days(laws):
    laws.show_law(LawId("us-md-modpa"))
    card = next(card for card in laws.detail.rules if card.rule.id == "md.respond")
    was_hidden = card.past.isHidden()
    card.history.click()

    assert was_hidden
    assert card.history.text() == "History: 2 versions"
    assert "1 Oct 2025 to 31 Mar 2026: 45 days" in words(card.past)
    assert "Since 1 Apr 2026: 45 days (the one above)" in words(card.past)


def test_a_right_leads_to_a_new_request_under_this_law(laws, office):
    asked = []
    office.surroundings.navigator.new_request_wanted.connect(
        lambda wanted, company, law: asked.append((wanted, company, law))
    )
    laws.show_law(CCPA)
    name = "New request… Do not sell or share"
    door = next(one for one in laws.detail.findChildren(QPushButton) if one.accessibleName() == name)
    door.click()

    assert asked == [(Right.OPTOUT_SALE, None, CCPA)]


def test_a_law_that_is_not_in_force_offers_no_request(laws):
    laws.show_law(LATER)
    doors = [one.accessibleName() for one in laws.detail.findChildren(QPushButton)]

    assert not any(one.startswith("New request") for one in doors)
    assert not laws.detail.calculate.isEnabled()


def test_a_register_leads_to_the_calculator_with_its_own_rules_and_they_are_counted(page):
    registers = page.show_tab(REGISTERS)
    registers.show_register(RegisterId("us-dnc-tx"))
    registers.detail.calculate.click()
    calculator = page.show_tab(CALCULATOR)
    chosen = calculator.form.chosen_law.id
    calculator.press()

    assert page.tab == CALCULATOR
    assert chosen == "register:us-dnc-tx"
    assert calculator.answer
    assert "registered on" in calculator.head.text()


def test_a_register_stays_offered_while_another_law_is_looked_at(page):
    registers = page.show_tab(REGISTERS)
    registers.show_register(RegisterId("us-dnc-tx"))
    registers.detail.calculate.click()
    calculator = page.show_tab(CALCULATOR)
    calculator.choose(CCPA, Right.DELETE)
    between = calculator.form.chosen_law.id
    page.show_tab(REGISTERS)
    registers.show_register(RegisterId("us-dnc-tx"))
    registers.detail.calculate.click()

    assert between == CCPA
    assert calculator.form.chosen_law.id == "register:us-dnc-tx"


def test_a_right_leads_to_the_calculator_with_itself_chosen(page, laws):
    laws.show_law(CCPA)
    name = "Calculate its deadlines Delete my data"
    next(one for one in laws.detail.findChildren(QPushButton) if one.accessibleName() == name).click()
    calculator = page.show_tab(CALCULATOR)

    assert page.tab == CALCULATOR
    assert (calculator.form.chosen_law.id, calculator.form.chosen_right) == (CCPA, Right.DELETE)


def test_a_source_is_opened_only_after_a_yes_and_copied_without(laws, office, asked):
    laws.show_law(CCPA)
    links = laws.detail.findChildren(SourceLinks)[0]
    asked.answers.extend([None, "go"])
    links.open.click()
    before = list(office.programs.opened)
    links.open.click()
    links.copy.click()

    assert before == []
    assert office.programs.opened == office.programs.copied
    assert office.programs.opened[0].startswith("https://")


def test_files_that_cannot_be_used_are_said_with_line_and_field(show):
    notice = show(MissingLaws())
    notice.show_problems((CatalogError("us-xx.toml", "amount", "must not be negative", 12),))

    assert notice.words == (
        "One file of this app cannot be used. The others work. us-xx.toml, line 12, amount: must not be negative"
    )


def test_several_problems_of_one_file_are_one_file_that_cannot_be_used(show):
    notice = show(MissingLaws())
    wrong = [CatalogError("conventions.toml", "weekend", "must be days", line) for line in (3, 9)]
    notice.show_problems(tuple(wrong))

    assert notice.words.startswith("One file of this app cannot be used. The others work. conventions.toml")


def test_many_problems_are_told_in_a_few_lines(show):
    notice = show(MissingLaws())
    notice.show_problems(tuple(CatalogError(f"us-{at}.toml", "file", "was changed") for at in range(9)))

    assert notice.words.startswith(
        "9 files of this app cannot be used. The others work. us-0.toml, file: was changed"
    )
    assert notice.words.endswith("… and 4 more")


def test_nothing_is_said_while_every_law_could_be_loaded(laws):
    assert laws.missing.isHidden()


def test_one_pane_at_a_time_where_two_do_not_fit(office, show):
    tab = show(LawsTab(office.surroundings), 700, 600)
    tab.refresh()
    list_first = tab.panes.list_pane.isVisible(), tab.panes.detail_pane.isVisible()
    QTest.keyClick(tab.rows, Qt.Key.Key_Return)
    detail_then = tab.panes.list_pane.isVisible(), tab.panes.detail_pane.isVisible()
    tab.panes.back.setFocus()
    QTest.keyClick(tab.panes.back, Qt.Key.Key_Escape)

    assert (list_first, detail_then) == ((True, False), (False, True))
    assert tab.panes.list_pane.isVisible()


def test_in_the_search_field_arrows_move_and_enter_opens(laws):
    laws.bar.want(LawFilter(typed="ccpa"))
    laws.bar.search.setFocus()
    QTest.keyClick(laws.bar.search, Qt.Key.Key_Down)
    QTest.keyClick(laws.bar.search, Qt.Key.Key_Return)

    assert laws.detail.law == laws.rows.laws()[laws.rows.currentRow()]


def test_arrows_move_the_list_also_where_the_pane_could_scroll(laws, show):
    show(laws, 560, 220)
    laws.bar.clear()
    laws.bar.search.setFocus()
    rows = []
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(laws.bar.search, key)
        rows.append(laws.rows.currentRow())

    assert [row - rows[2] for row in rows] == [0, 1, 0]
    assert laws.panes.list_pane.verticalScrollBar().value() == 0


def test_the_search_key_goes_to_the_laws_from_every_tab(page):
    page.show_tab(CALCULATOR)
    page.acts[Act.SEARCH].trigger()

    assert page.tab == LAWS
    assert page.show_tab(LAWS).bar.search.hasFocus()


def test_each_tab_has_a_help_page_of_its_own(page):
    page.show_tab(CALCULATOR)
    calculator = page.help_screen
    page.show_tab(LAWS)

    assert (calculator, page.help_screen) == ("calculator", "laws")


def test_a_union_law_is_found_for_a_member_state_and_for_the_union():
    gdpr = FindableLaw.of(shipped_laws().law(LawId("eu-gdpr")))
    day = date(2026, 11, 22)

    assert gdpr.answers(LawFilter(place=Place("DE-BY")), day)
    assert gdpr.answers(LawFilter(place=Place("EU")), day)
    assert not gdpr.answers(LawFilter(place=Place("US-CA")), day)
