# SPDX-License-Identifier: Apache-2.0
from datetime import date

import pytest

from optout_desktop.catalog.files import Resources
from optout_desktop.catalog.library import Library
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError, NotAllowed, NotFound
from optout_desktop.domain.ids import LawId, PersonId
from optout_desktop.domain.letters import LetterKind, PageFormat, Shape, Tone
from optout_desktop.domain.people import IdentityItem, Person, PostalAddress
from optout_desktop.domain.places import Place
from optout_desktop.domain.rights import Right
from optout_desktop.services.laws import LawService
from optout_desktop.services.stopped_clock import StoppedClock
from optout_desktop.services.unkept_letters import LetterOrder, UnkeptLetters
from tests.lawbooks import holiday_book

TODAY = date(2026, 11, 25)
LIBRARY = Library(Resources.found())
CLOCK = StoppedClock(TODAY)
LETTERS = UnkeptLetters(
    LawService(LIBRARY.rule_book, LIBRARY.regulators, LIBRARY.conventions, holiday_book(), CLOCK),
    LIBRARY.templates,
    LIBRARY.directory,
    CLOCK,
)
JANE = Person(
    id=PersonId("p"),
    name="Jane Example",
    emails=("jane@example.org",),
    addresses=(PostalAddress(lines=("12 Linden Street",), city="Springfield", country="US"),),
    place=Place("US-CA"),
    created_on=TODAY,
)


def order(**changes):
    wanted = {"law": LawId("us-ca-ccpa"), "right": Right.OPTOUT_SALE, "company": "google", "person": JANE}
    return LetterOrder(**{**wanted, "reference": "OO-TEST-0001", **changes})


def test_a_letter_tells_the_day_that_is_counted_from_today_and_cites_its_law():
    written = LETTERS.write(order())

    assert written.facts.answer_by_on == date(2026, 12, 17)
    assert written.facts.legal_basis in written.letter.body
    assert written.page.page_format is PageFormat.US_LETTER_10


def test_a_company_is_found_by_its_id_or_by_its_name_however_it_is_typed():
    found = {
        LETTERS.write(order(company=typed)).company.id for typed in ("google", "Google LLC", " GOOGLE llc")
    }

    assert found == {"google"}


def test_an_unknown_company_is_answered_with_near_ones():
    with pytest.raises(NotFound) as caught:
        LETTERS.write(order(company="gogle"))

    assert "google" in caught.value.nearest


def test_by_default_it_tells_what_such_a_company_needs_and_the_person_has():
    by_mail = LETTERS.write(order(channel=Channel.EMAIL)).facts.identity
    by_post = LETTERS.write(order(channel=Channel.POST)).facts.identity

    assert by_mail.items() >= {IdentityItem.NAME, IdentityItem.EMAIL}
    assert IdentityItem.POSTAL_ADDRESS in by_post.items()
    assert IdentityItem.PHONE not in by_mail.items() | by_post.items()


def test_tone_and_shape_reach_the_letter():
    written = LETTERS.write(order(tone=Tone.FIRM, shape=Shape.SHORT, limit=900))

    assert (written.facts.tone, written.letter.template) == (Tone.FIRM, "optout_sale.request.short")
    assert len(written.letter.body) <= 900


def test_each_letter_has_a_reference_of_its_own():
    first, second = (LETTERS.write(order(reference="")).facts.reference for _ in range(2))

    assert first != second
    assert first.startswith("OO-")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"language": "tlh"}, InputError),
        ({"ticked": frozenset({IdentityItem.PHONE})}, InputError),
        ({"right": Right.CORRECT, "law": LawId("eu-gdpr")}, InputError),
        ({"kind": LetterKind.REMINDER}, InputError),
        ({"kind": LetterKind.REMINDER, "asked_on": date(2026, 11, 26)}, InputError),
        ({"law": LawId("us-can-spam")}, InputError),
        ({"law": LawId("no-law")}, NotFound),
        ({"right": Right.DO_NOT_CALL_REGISTRY}, NotAllowed),
    ],
)
def test_what_does_not_fit_is_refused(changes, error):
    with pytest.raises(error):
        LETTERS.write(order(**changes))
