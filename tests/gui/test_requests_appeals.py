# SPDX-License-Identifier: Apache-2.0
"""After a refusal or a doubtful extension: the letters in the menus, the wait for an appeal, and its end."""

from datetime import date, timedelta

import pytest

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.places import Place
from optout_desktop.domain.requests import EventKind, RefusalReason
from optout_desktop.domain.rights import Right
from optout_desktop.gui.requests.page import RequestsPage
from optout_desktop.services.asking import NewRequest
from optout_desktop.services.requests import NO_REASON_GIVEN, Entry
from tests.gui.desks import TODAY, open_office

VIRGINIA, CALIFORNIA, UNITED_KINGDOM, UNION = "us-va-vcdpa", "us-ca-ccpa", "uk-gdpr", "eu-gdpr"
PLACES = {VIRGINIA: "US-VA", CALIFORNIA: "US-CA", UNITED_KINGDOM: "GB-ENG", UNION: "DE-BY"}
SENT_ON = TODAY - timedelta(days=20)


@pytest.fixture
def office(tmp_path, tasks):
    open_one = open_office(tmp_path, tasks)
    yield open_one
    open_one.close()


@pytest.fixture
def ask(office):
    """Ask for access under a law, and say what came of it."""

    def asked(law, *entries):
        desk = office.desk
        row = desk.requests.start(
            NewRequest(
                person=desk.people.me().id,
                company=desk.companies.own()[0].id,
                right=Right.ACCESS,
                law=LawId(law),
                channel=Channel.EMAIL,
                place=Place(PLACES[law]),
            )
        )
        desk.sending.confirm_by_way_of(row.id, LetterKind.REQUEST, SENT_ON)
        for entry in entries:
            desk.requests.record(row.id, entry)
        return row.id

    return asked


@pytest.fixture
def header(office, show):
    """The head of a request as the page shows it today."""

    def opened(request):
        page = show(RequestsPage(office.surroundings), 1200, 800)
        page.show_request(request)
        return page.detail_pane.header

    return opened


def refused():
    return Entry(kind=EventKind.REFUSED, on=TODAY, reason=RefusalReason.NO_MATCH)


def acts(button):
    return {act.objectName(): act for act in button.menu().actions() if act.objectName()}


@pytest.mark.parametrize(
    ("law", "letters"),
    [
        (VIRGINIA, {"letter-appeal"}),
        (CALIFORNIA, set()),
        (UNITED_KINGDOM, {"letter-complaint"}),
        (UNION, set()),
    ],
)
def test_a_refusal_offers_the_letters_that_its_law_gives(ask, header, law, letters):
    head = header(ask(law, refused()))

    assert head.main.text() == "Respond"
    counters = {"letter-counter_no_data", "letter-counter_language"}
    assert {name for name in acts(head.main) if name.startswith("letter-")} == letters | counters


def test_a_letter_of_the_menu_opens_that_letter(office, ask, header):
    heard = []
    office.surroundings.navigator.letter_wanted.connect(lambda request, kind: heard.append((request, kind)))
    request = ask(VIRGINIA, refused())
    acts(header(request).main)["letter-appeal"].trigger()

    assert heard == [(request, LetterKind.APPEAL)]


def test_a_doubtful_extension_can_be_objected_to_from_the_menu_of_replies(ask, header):
    until = SENT_ON + timedelta(days=80)
    doubtful = Entry(kind=EventKind.EXTENDED, on=TODAY, until=until, reason=NO_REASON_GIVEN)
    head = header(ask(UNION, doubtful))

    assert "letter-extension_objection" in acts(head.main)


def test_an_appeal_says_until_when_its_answer_is_waited_for(ask, header):
    appealed = Entry(kind=EventKind.APPEAL_SENT, on=TODAY)
    head = header(ask(VIRGINIA, refused(), appealed))
    offered = acts(head.main)

    assert head.status.text().endswith(
        "You appealed on 23 Nov 2026 and wait for the answer until 22 Jan 2027."
    )
    assert head.main.text() == "Record a reply"
    assert next(iter(offered)) == "appeal_answered"
    assert "letter-appeal" not in offered


def test_an_appeal_whose_day_has_passed_is_overdue_and_leads_to_the_authority(office, ask, header):
    request = ask(VIRGINIA, refused(), Entry(kind=EventKind.APPEAL_SENT, on=TODAY))
    office.clock.move_to(date(2027, 2, 20))
    head = header(request)

    assert head.status.text().endswith("and the answer was due by 22 Jan 2027.")
    assert not head.notice.isHidden()
    assert head.notice.advice.text() == "Next step: complain to the authority that watches over this law."
    assert head.main.text() == "Respond"
    assert next(iter(acts(head.main))) == "complaint_lodged"


def test_an_answered_appeal_says_so_and_can_be_responded_to(ask, header):
    answers = (Entry(kind=EventKind.APPEAL_SENT, on=TODAY), Entry(kind=EventKind.APPEAL_ANSWERED, on=TODAY))
    head = header(ask(VIRGINIA, refused(), *answers))

    assert head.status.text().endswith("Your appeal was answered on 23 Nov 2026.")
    assert head.main.text() == "Respond"
