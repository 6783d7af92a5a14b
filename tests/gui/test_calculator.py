# SPDX-License-Identifier: Apache-2.0
"""The deadline calculator: it asks what matters, answers as the terminal does, and explains every date."""

import json
from datetime import date

import pytest
from PySide6.QtCore import QDate
from PySide6.QtWidgets import QLabel

from optout_desktop.cli import run
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.laws import COMPANY_ACTS
from optout_desktop.domain.places import Place
from optout_desktop.domain.requests import EventKind
from optout_desktop.domain.rights import Right
from optout_desktop.gui import dialogs
from optout_desktop.gui.laws.calculator import CalculatorTab
from optout_desktop.gui.laws.calculator_answer import days_left
from optout_desktop.services.laws import ExtensionTaken
from tests.gui.desks import open_office
from tests.lawbooks import shipped_laws

PLACES = {
    "us-ca-ccpa": "US-CA", "us-can-spam": "US", "us-tcpa": "", "us-va-vcdpa": "US-VA", "us-dnc-registry": "US",
    "us-ca-delete-act": "US-CA", "eu-gdpr": "DE-BY", "uk-gdpr": "GB-SCT", "uk-pecr": "GB-ENG",
    "ca-casl": "CA-ON", "ca-qc-law25": "CA-QC", "au-spam": "AU-NSW", "nz-uema": "NZ", "nz-privacy": "NZ",
    "ch-dsg": "CH", "br-lgpd": "BR", "sg-pdpa": "SG", "kr-pipa": "KR", "jp-appi": "JP", "mx-lfpdppp": "MX",
}  # fmt: skip
"""A law of every family, with a place where the company acts."""
EVENTS = {
    Right.APPEAL: "appeal_sent",
    Right.COMPLAINT_TO_CONTROLLER: "complaint_lodged",
    Right.COMPLAINT_TO_REGULATOR: "complaint_lodged",
}
DAY = date(2026, 11, 9)


@pytest.fixture
def office(tmp_path, tasks):
    open_one = open_office(tmp_path, tasks)
    yield open_one
    open_one.close()


@pytest.fixture
def tab(office, show):
    shown = show(CalculatorTab(office.surroundings), 1100, 760)
    shown.refresh()
    return shown


@pytest.fixture
def terminal(office, capsys):
    """The terminal of the same house; the answer is what it prints for programs."""

    def typed(*words):
        assert run(lambda **_named: office.house, [*words, "--json"]) == 0
        return json.loads(capsys.readouterr().out)["data"]

    return typed


def ask(tab, law, right, start, place="", **facts):
    form = tab.form
    form.choose(LawId(law), Right(right))
    form.place.show_place(place)
    form.start.setDate(QDate(start.year, start.month, start.day))
    for name, day in facts.items():
        form.facts[EventKind(name)].maybe.set_day(day)
    tab.press()
    return {one.clock.rule.id: one.clock for one in tab.answer}


def dates(clocks):
    return {
        rule: clock.dates and (clock.dates.nominal, clock.dates.due, clock.dates.flag_after)
        for rule, clock in clocks.items()
    }


def words(widget):
    return "\n".join(one.text() for one in widget.findChildren(QLabel))


def explained(tab, card):
    """The text of a clock's explanation, which is closed again."""
    card.why.click()
    text = tab.dialog.text
    tab.dialog.accept()
    return text


def test_a_right_of_ones_own_law_is_chosen_at_first(tab):
    assert (tab.form.chosen_law.id, tab.form.chosen_right) == ("us-ca-ccpa", Right.OPTOUT_SALE)


def test_an_opt_out_of_california_is_counted_past_two_holidays(tab):
    found = dates(ask(tab, "us-ca-ccpa", "optout_sale", DAY, "US-CA"))

    assert found["ccpa.optout"] == (date(2026, 12, 2), date(2026, 12, 2), date(2026, 12, 3))


def test_every_clock_shows_its_dates_its_days_left_and_how_it_stands(tab):
    ask(tab, "us-ca-ccpa", "optout_sale", DAY, "US-CA")
    card = next(card for card in tab.grid.cards if card.counted.clock.rule.id == "ccpa.optout")

    assert dict(card.facts) == {
        "Due": "Wednesday, 2 December 2026",
        "Days left": "9 days",
        "Period": "15 business days",
        "Counted to (nominal)": "Wednesday, 2 December 2026",
        "Late only after": "Thursday, 3 December 2026",
    }
    assert card.chip.text() == "Running"


def test_a_span_ends_and_nobody_is_late_with_it(tab):
    ask(tab, "us-ca-ccpa", "optout_sale", DAY, "US-CA")
    card = next(card for card in tab.grid.cards if card.counted.clock.rule.id == "ccpa.reask")
    told = explained(tab, card)

    assert card.counted.clock.rule.step not in COMPANY_ACTS
    assert "Late only after" not in dict(card.facts)
    assert dict(card.facts)["Ends"] == "Tuesday, 9 November 2027"
    assert "It ends on Tuesday, 9 November 2027." in told
    assert "late" not in told


def test_a_law_that_says_from_when_names_the_last_tolerated_day(tab):
    clocks = ask(tab, "nz-uema", "unsubscribe_email", DAY, "NZ")
    card = next(card for card in tab.grid.cards if card.counted.clock.rule.id == "nz.unsub")
    told = explained(tab, card)

    assert dates(clocks)["nz.unsub"][:2] == (date(2026, 11, 16), date(2026, 11, 15))
    assert dict(card.facts)["Last tolerated day"] == "Sunday, 15 November 2026"
    assert "The last tolerated day is Sunday, 15 November 2026; it must hold from the next day on." in told


@pytest.mark.parametrize("law", PLACES)
def test_the_window_and_the_terminal_give_the_same_days_for_every_right(tab, terminal, law):
    place = PLACES[law]
    for offered in shipped_laws().law(LawId(law)).rights:
        asked = ["deadline", "--law", law, "--right", offered.right, "--from", DAY.isoformat()]
        asked += ["--place", place] if place else []
        asked += ["--event", EVENTS[offered.right]] if offered.right in EVENTS else []
        told = {
            clock["rule_id"]: clock["due"]
            and tuple(date.fromisoformat(clock[name]) for name in ("nominal", "due", "overdue_after"))
            for clock in terminal(*asked)["clocks"]
        }

        assert dates(ask(tab, law, offered.right, DAY, place)) == told


def test_facts_move_the_clocks_as_in_the_terminal(tab, terminal):
    clocks = ask(
        tab,
        "uk-gdpr",
        "access",
        date(2026, 9, 8),
        "GB-ENG",
        identity_asked=date(2026, 9, 9),
        identity_given=date(2026, 9, 15),
    )
    facts = ("--fact", "identity_asked=2026-09-09", "--fact", "identity_given=2026-09-15")
    asked = ("deadline", "--law", "uk-gdpr", "--right", "access", "--place", "GB-ENG", "--from", "2026-09-08")
    told = {clock["rule_id"]: clock["due"] for clock in terminal(*asked, *facts)["clocks"]}

    assert clocks["uk.answer"].dates.due == date(2026, 10, 15)
    assert told["uk.answer"] == "2026-10-15"


def test_an_extension_without_a_reason_shows_both_dates_and_the_doubt(tab):
    row = tab.form.facts[EventKind.EXTENDED]
    row.reason.setChecked(False)
    clocks = ask(tab, "us-ca-ccpa", "delete", DAY, "US-CA", extended=date(2026, 12, 1))
    card = next(card for card in tab.grid.cards if card.counted.clock.rule.id == "ccpa.respond")

    assert row.extension() == ExtensionTaken(on=date(2026, 12, 1), has_reason=False)
    assert clocks["ccpa.respond"].dates.due > clocks["ccpa.respond"].unextended.due
    assert dict(card.facts)["Without the extension"] == "Thursday, 24 December 2026"
    assert "gave no reason" in words(card)


def test_only_those_facts_are_asked_that_a_rule_of_the_right_reads(tab):
    tab.form.choose(LawId("us-ca-ccpa"), Right.OPTOUT_SALE)
    opt_out = [kind for kind, row in tab.form.facts.items() if not row.isHidden()]
    tab.form.choose(LawId("us-va-vcdpa"), Right.DELETE)
    delete = [kind for kind, row in tab.form.facts.items() if not row.isHidden()]

    assert opt_out == [EventKind.RECEIVED]
    assert EventKind.APPEAL_SENT in delete
    assert EventKind.EXTENDED in delete


def test_an_appeal_starts_the_clock_of_its_answer(tab):
    clocks = ask(tab, "us-va-vcdpa", "delete", DAY, "US-VA", appeal_sent=date(2026, 11, 22))

    assert clocks["va.appeal"].dates.due == date(2027, 1, 21)


def test_a_period_without_a_number_gets_words_and_no_date(tab):
    clocks = ask(tab, "uk-pecr", "do_not_call_internal", DAY, "GB-ENG")
    card = next(one for one in tab.grid.cards if one.counted.clock.rule.id == "pecr.direct-objection")

    assert clocks["pecr.direct-objection"].dates is None
    assert card.facts == ()
    assert "The law says: immediately. It gives no day." in words(card)
    assert card.why.text() == "Why no date?"


@pytest.mark.parametrize(
    ("law", "right", "start", "sentence"),
    [
        ("us-ca-ccpa", "delete", date(2019, 6, 1), "CCPA/CPRA gives no deadline before 1 Jan 2020."),
        ("us-la-ldpa", "delete", DAY, "LDPA gives no deadline before 1 Jan 2027."),
        (
            "us-ca-ccpa",
            "delete",
            date(9999, 1, 1),
            "Days are counted from 1990 to 2060. Choose a day between them.",
        ),
    ],
)
def test_a_day_outside_a_law_or_the_calendars_is_a_sentence_and_no_date(tab, law, right, start, sentence):
    clocks = ask(tab, law, right, start)

    assert clocks == {}
    assert tab.form.rows["from"].error == sentence
    assert tab.sentence.text() == sentence
    assert tab.form.errors.isVisible()
    assert not tab.copy.isEnabled()


def test_a_fact_before_the_sending_is_said_at_its_field(tab):
    ask(tab, "us-ca-ccpa", "delete", DAY, received=date(2026, 11, 1))

    assert (
        tab.form.facts[EventKind.RECEIVED].error
        == "This lies before the day on which it was sent, 9 Nov 2026."
    )
    assert tab.answer == ()


def test_an_answer_without_its_question_is_said_at_its_field(tab):
    ask(tab, "uk-gdpr", "access", DAY, identity_given=date(2026, 11, 12))

    assert tab.form.facts[EventKind.IDENTITY_GIVEN].error == "Say also on which day the company asked for it."


def test_a_new_last_day_before_the_notice_is_said_at_the_extension(tab):
    row = tab.form.facts[EventKind.EXTENDED]
    row.until.set_day(date(2026, 11, 20))
    ask(tab, "us-ca-ccpa", "delete", DAY, extended=date(2026, 12, 1))

    assert row.error == "The new last day lies before the notice. Choose a later one."


def test_once_counted_the_answer_follows_every_change(tab, qtbot):
    ask(tab, "us-ca-ccpa", "optout_sale", DAY, "US-CA")
    tab.form.start.setDate(QDate(2026, 11, 10))
    qtbot.waitUntil(lambda: "10 Nov 2026" in tab.head.text())

    assert tab.answer[0].clock.start.on == date(2026, 11, 10)


def test_everything_is_copied_with_every_step(tab, office):
    ask(tab, "us-ca-ccpa", "optout_sale", DAY, "US-CA")
    tab.copy.click()
    [text] = office.programs.copied

    assert text.startswith("Do not sell or share under CCPA/CPRA, sent on 9 Nov 2026\n")
    assert "Rule: ccpa.optout." in text
    assert "Veterans Day" in text
    assert text.endswith("This is information, not legal advice.")


def test_an_unknown_place_is_an_answer_and_a_country_without_its_region_too(tab):
    place = tab.form.place
    place.show_place("DE-BY")
    region = place.place()
    place.show_place("DE")
    country = place.place()
    place.show_place("")

    assert (region, country, place.place()) == ("DE-BY", "DE", "")


@pytest.mark.parametrize(("days", "said"), [(-2, "ended 2 days ago"), (0, "ends today"), (1, "1 day")])
def test_days_left_are_said_in_words(days, said):
    assert days_left(days) == said


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("CH-ZH", "Zürich, Switzerland"),
        ("FR-6AE", "Alsace, France"),
        ("PT-20", "Região Autónoma dos Açores, Portugal"),
        ("IT", "Italy"),
        ("", "Not known"),
    ],
)
def test_the_regions_of_every_country_can_be_chosen(tab, place, words):
    tab.form.place.show_place(place)

    assert (tab.form.place.place(), tab.form.place.name()) == (place, words)


@pytest.mark.parametrize("country", ["IT", "US", "JP", ""])
def test_no_region_is_asked_where_none_has_days_of_its_own(tab, country):
    tab.form.place.show_place(country)

    assert not tab.form.place.region.isVisible()


def test_regions_that_come_late_leave_what_was_chosen(tab):
    place = tab.form.place
    place.show_place("DE-BY")
    place.know({"DE": ((Place("DE-BY"), "Bayern"), (Place("DE-SN"), "Sachsen"))})

    assert place.place() == "DE-BY"


def test_the_explanation_is_saved_as_a_page_that_says_what_was_counted(tab, tmp_path):
    target = tmp_path / "why.pdf"
    ask(tab, "eu-gdpr", "access", DAY, "FR-6AE")
    tab.grid.cards[0].why.click()
    with dialogs.script() as playing:
        playing.answers.append(target)
        tab.dialog.save.click()
    about, told = tab.dialog.words().about, tab.dialog.told.text()
    tab.dialog.reject()

    assert target.read_bytes().startswith(b"%PDF-")
    assert "was saved outside the vault. It is not encrypted." in told
    assert about[0].endswith("sent on 9 Nov 2026")
    assert about[1] == "Where it must be done: Alsace, France."


def test_what_was_counted_without_a_request_cannot_be_kept_with_one(tab):
    ask(tab, "us-ca-ccpa", "optout_sale", DAY)
    tab.grid.cards[0].why.click()
    offered = tab.dialog.save.isVisible(), tab.dialog.keep.isVisible()
    tab.dialog.reject()

    assert offered == (True, False)
