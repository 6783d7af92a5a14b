# SPDX-License-Identifier: Apache-2.0
"""In a made-up language every sentence of the window is marked; what is not marked is not translatable.

The pseudo-language wraps each text in ⟦ ⟧. On every page whatever is left outside the marks must be somebody's
data: a name, an address, a reference, a date.
"""

import re
import time
from dataclasses import fields, is_dataclass
from enum import Enum

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QMenu, QTabBar

from optout_desktop.app import House
from optout_desktop.domain.places import Place
from optout_desktop.gui.application import Application
from optout_desktop.gui.keymap import Menu
from optout_desktop.gui.laws.page import CALCULATOR, LAWS, REGISTERS

WAIT_SECONDS = 30
MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[^\W\d_]{3,}")
NAMES = frozenset({"OptOut", "Desktop", "optout", "Qt", "SQLCipher", "Python", "PySide", "SQLite"})
"""What is called the same in every language."""


class PseudoLanguage(QTranslator):
    """Marks every text that goes through ``tr``."""

    def translate(self, _context, text, _disambiguation=None, _n=-1):
        """The text in its marks; an access key keeps its ampersand."""
        return f"⟦{text}⟧"

    def isEmpty(self):  # noqa: N802 - Qt's name
        """It has a word for everything."""
        return False


def until(condition):
    """Let the window live until something is so."""
    ends = time.monotonic() + WAIT_SECONDS
    while not condition():
        assert time.monotonic() < ends
        QApplication.processEvents()


def settle():
    """A moment for what was asked to arrive."""
    ends = time.monotonic() + 0.4
    until(lambda: time.monotonic() > ends)


@pytest.fixture
def pseudo(qapp):
    """The pseudo-language, for as long as the test runs."""
    translator = PseudoLanguage()
    qapp.installTranslator(translator)
    yield translator
    qapp.removeTranslator(translator)


@pytest.fixture
def application(qapp, pseudo, tmp_path):
    """The real window on the sample vault, in the pseudo-language."""
    house = House(vaults=tmp_path / "vaults", settings=tmp_path / "settings.json", handover=tmp_path)
    application = Application(house, is_watching_screen=False)
    application.start()
    settle()
    yield application
    application.end()
    settle()


def data_words(application):
    """Every word of the sample's people, companies, letters and laws, and what the machine's calendar says."""
    found = []
    application.tasks.run(application.window, lambda: words_of(application.desk), found.append)
    until(lambda: found)
    return found[0]


def words_of(desk):
    """The same, on the vault's thread."""
    told = [str(desk.path), desk.name]
    for person in desk.people.all():
        told += [person.name, *person.emails, *person.phones, person.place]
        told += [part for address in person.addresses for part in (*address.as_lines(), address.region)]
    for company in desk.companies.own():
        told += [
            company.name,
            company.website,
            *company.domains,
            *(contact.value for contact in company.contacts),
        ]
    rows = desk.requests.list(_everything()).rows
    for row in desk.requests.page(rows):
        detail = desk.requests.detail(row.id)
        told += [row.reference, detail.note, detail.law.title, detail.law.short_title, detail.law.citation]
        told += [line.event.note + " " + line.event.reason for line in detail.history]
        told += [value for line in detail.history for _, value in line.event.details]
        told += [file.name + " " + file.sha256 for file in detail.files]
        told += [
            letter.letter.subject + " " + letter.letter.body + " " + letter.sha256
            for letter in detail.letters
        ]
        told += [
            f"{clock.rule.what} {clock.rule.citation} {clock.rule.doubt} {clock.rule.id}"
            for clock in detail.clocks
        ]
    for law in ("us-ca-ccpa", "us-can-spam", "us-tcpa", "us-dnc-internal"):
        told.append(desk.laws.law(law).short_title)
    told.append("January February March April May June July August September October November December")
    told.append(
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Jan Feb Mar Apr Jun Jul Aug Sep Oct Nov Dec"
    )
    return {word.casefold() for text in told for word in WORD.findall(text)}


def law_sayings(application):
    """Every text of the files of laws, regulators and registers: they say what a law says, in its own words."""
    found = []

    def job():
        desk = application.desk
        laws = desk.laws.all()
        regulators = {name: desk.laws.regulator(name) for law in laws for name in law.regulators}
        return (*laws, *desk.registers.listed(Place("US")), *regulators.values())

    application.tasks.run(application.window, job, found.append)
    until(lambda: found)
    return sorted(
        {text.strip().rstrip(".") for one in found[0] for text in texts_in(one)}, key=len, reverse=True
    )


def texts_in(value):
    """Every text in a record, however deep; a member of a vocabulary is none."""
    if isinstance(value, str):
        if not isinstance(value, Enum):
            yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from texts_in(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_in(getattr(value, field.name))


def _everything():
    from optout_desktop.domain.agenda import RequestFilter

    return RequestFilter()


def shown_texts(window):
    """What can be read on a window: texts, tips, placeholders, menus."""
    for widget in window.findChildren(QLabel):
        if widget.isVisible():
            yield widget, widget.text()
    for widget in window.findChildren(QAbstractButton):
        if widget.isVisible():
            yield widget, widget.text()
            yield widget, widget.toolTip()
            yield widget, widget.accessibleName()
    for widget in window.findChildren(QLineEdit):
        if widget.isVisible():
            yield widget, widget.placeholderText()
    for widget in window.findChildren(QTabBar):
        if widget.isVisible():
            yield from ((widget, widget.tabText(number)) for number in range(widget.count()))
    for menu in window.findChildren(QMenu):
        yield menu, menu.title()
        yield from ((menu, action.text()) for action in menu.actions())


def unmarked(window, data, sayings=()):
    """The texts that hold a word outside the marks that is nobody's data, and are no saying of a law."""
    found = []
    for widget, text in shown_texts(window):
        plain = re.sub(r"<[^>]*>", " ", text)
        left = plain
        while MARKED.search(left):  # a marked text may stand inside another
            left = MARKED.sub(" ", left)
        if left.strip() in sayings:
            continue
        for saying in sayings:
            if " " in saying:  # a word alone could stand in any sentence
                left = left.casefold().replace(saying.casefold(), " ")
        words = [word for word in WORD.findall(left) if word not in NAMES and word.casefold() not in data]
        if words:
            found.append((type(widget).__name__, text))
    return found


def test_every_sentence_before_unlocking_can_be_translated(application):
    assert unmarked(application.window, set()) == []


@pytest.mark.parametrize("place", ["dashboard", "requests", "companies", "clients", "settings"])
def test_every_sentence_of_a_page_can_be_translated(application, place):
    application.entrance.start_sample()
    until(lambda: application.desk is not None)
    data = data_words(application)
    application.window.go(place)
    settle()
    settle()

    assert unmarked(application.window, data) == []


@pytest.mark.parametrize("tab", [LAWS, REGISTERS, CALCULATOR])
def test_every_sentence_of_a_tab_of_the_laws_can_be_translated(application, tab):
    application.entrance.start_sample()
    until(lambda: application.desk is not None)
    sayings = law_sayings(application)
    data = data_words(application) | {saying.casefold() for saying in sayings if WORD.fullmatch(saying)}
    shown = application.window.go("laws").show_tab(tab)
    settle()
    if tab == CALCULATOR:
        shown.press()
        until(lambda: bool(shown.answer))
    settle()

    assert unmarked(application.window, data, sayings) == []


def test_every_sentence_of_the_wizard_can_be_translated(application):
    application.entrance.start_sample()
    until(lambda: application.desk is not None)
    data = data_words(application)
    application.window.start_request(None, None)
    settle()

    assert unmarked(application.window, data) == []


def test_a_sentence_that_is_not_translatable_is_found(application):
    label = QLabel("Nobody wrapped this", application.window)
    label.show()

    assert ("QLabel", "Nobody wrapped this") in unmarked(application.window, set())


def test_the_menus_have_words(application):
    assert [menu.value for menu in Menu if not menu.value] == []
