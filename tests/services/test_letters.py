# SPDX-License-Identifier: Apache-2.0
"""Letters: the template until somebody edits it, with nothing in it that was not ticked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from optout_desktop.adapters.pages import Pages
from optout_desktop.catalog.files import Resources
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError, NotAllowed, NotFound
from optout_desktop.domain.ids import RequestId
from optout_desktop.domain.letters import LetterChoice, LetterKind, PageFormat, RequestFact, Tone
from optout_desktop.domain.people import IdentityItem, PersonKind
from optout_desktop.domain.rights import Right
from optout_desktop.services.people import PersonInput
from tests.services import desks

REQUEST, REMINDER = LetterKind.REQUEST, LetterKind.REMINDER
CORRECTION = ((RequestFact.WRONG_DATA, "Jnae"), (RequestFact.RIGHT_DATA, "Jane"))

SECRETS = {
    IdentityItem.NAME: "Quillonius",
    IdentityItem.EMAIL: "quixadder",
    IdentityItem.PHONE: "2025550177",
    IdentityItem.POSTAL_ADDRESS: "Wombatgasse",
    IdentityItem.CUSTOMER_NUMBER: "CUSTOMER99",
}


def test_the_view_has_all_that_stands_beside_the_letter(desk, draft):
    view = desk.letters.view(draft.id)

    assert view.recipient == "privacy@northwind.example"
    assert view.recipient_source == "you"
    assert view.recipient_checked_on == desks.TODAY
    assert "1798.120" in view.legal_basis
    assert view.answer_by_on == desks.TODAY + timedelta(days=21)
    assert view.page_format is PageFormat.US_LETTER_10
    assert draft.reference in view.letter.subject + view.letter.body
    assert view.missing == ""


def test_a_letter_without_an_address_says_what_is_missing(desk, jane, northwind):
    bare = desk.companies.correct(northwind.id, desks.CompanyInput(name="Bare"))
    draft = desk.requests.start(desks.new_request(jane, bare))

    assert desk.letters.view(draft.id).missing == "to"


def test_the_page_fits_where_the_person_lives_unless_they_chose(desk, northwind):
    lena = desk.people.add(
        PersonInput(name="Lena", emails=("lena@example.org",), place="DE-BY"), PersonKind.CLIENT
    )
    draft = desk.requests.start(desks.new_request(lena, northwind))
    german = desk.letters.view(draft.id).page_format
    desk.preferences.put("page_format", "us-letter-10")

    assert german is PageFormat.A4_DIN_5008
    assert desk.letters.view(draft.id).page_format is PageFormat.US_LETTER_10


class TestEditing:
    def test_an_edited_text_is_kept_and_marked(self, desk, draft):
        desk.letters.save(draft.id, REQUEST, " My subject ", "My words\n")
        letter = desk.letters.view(draft.id).letter

        assert (letter.subject, letter.body, letter.is_edited) == ("My subject", "My words\n", True)

    def test_it_can_be_reset_and_brought_back(self, desk, draft):
        template = desk.letters.view(draft.id).letter
        desk.letters.save(draft.id, REQUEST, "Mine", "Mine")
        reset = desk.letters.reset(draft.id, REQUEST).letter
        desk.undoing.undo()

        assert reset == template
        assert desk.letters.view(draft.id).letter.body == "Mine"

    def test_resetting_what_was_never_edited_is_no_step(self, desk, draft):
        before = desk.undoing.view()
        desk.letters.reset(draft.id, REQUEST)

        assert desk.undoing.view() == before

    @pytest.mark.parametrize(
        ("subject", "body", "field"),
        [
            ("", "x", "subject"),
            ("two\nlines", "x", "subject"),
            ("x", " \n", "body"),
            ("x", "y" * 65537, "body"),
        ],
    )
    def test_what_cannot_be_a_letter_is_told_and_changes_nothing(self, desk, draft, subject, body, field):
        before = desks.digest_of(desk.vault)

        with pytest.raises(InputError) as caught:
            desk.letters.save(draft.id, REQUEST, subject, body)

        assert caught.value.field == field
        assert desks.digest_of(desk.vault) == before

    def test_an_unknown_request_has_no_letter(self, desk):
        with pytest.raises(NotFound):
            desk.letters.save("nothing", REQUEST, "x", "y")


class TestReminders:
    def test_there_is_none_of_what_was_never_sent(self, desk, draft):
        with pytest.raises(NotAllowed, match="nothing to remind"):
            desk.letters.view(draft.id, REMINDER)

    def test_it_says_when_was_asked_and_how_late_it_is(self, desk, sent_request, clock):
        clock.move_to(sent_request.flag_after_on + timedelta(days=4))
        body = desk.letters.view(sent_request.id, REMINDER).letter.body

        assert "2 March 2026" in body
        assert sent_request.reference in body

    def test_it_is_offered_where_a_plan_has_it(self, desk, draft):
        request = desk.requests.detail(draft.id).request

        assert desk.letters.offers_reminder(request)
        assert not desk.letters.offers_reminder(replace(request, right=Right.DO_NOT_CALL_REGISTRY))


class TestPages:
    def test_sender_recipient_date_and_reference_are_on_the_page(self, desk, jane, northwind):
        draft = desk.requests.start(desks.new_request(jane, northwind, channel=Channel.POST))
        page = desk.letters.pdf(desk.letters.view(draft.id)).decode()

        for words in ("Jane Example", "Northwind Data LLC", "1 Main Street", "2 March 2026", draft.reference):
            assert words in page

    def test_the_month_is_in_the_letters_language_whatever_the_machine_speaks(self, desk, draft):
        page = desk.letters.preview(desk.letters.view(draft.id))

        assert b"2 March 2026" in page[0]


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A desk with real pages, and a person and a client made of words that occur nowhere else."""
    clock = desks.a_clock()
    pages = Pages(Resources.found().path("pages"))
    vault = desks.create(tmp_path_factory.mktemp("told") / "Told.optout")
    desk = desks.open_desk(vault, desks.library(), desks.an_outside(clock, pages=pages))
    typed = PersonInput(
        name="Jane Quillonius",
        emails=("quixadder@example.org",),
        phones=("+12025550177",),
        place="US-CA",
        addresses=(desks.an_address(lines=("7 Wombatgasse",)),),
    )
    people = (desk.people.add(typed), desk.people.add(typed, PersonKind.CLIENT))
    yield desk, people[0], desks.add_northwind(desk)
    desk.close()


def text_of_pdf(content: bytes) -> str:
    from io import BytesIO

    from pypdf import PdfReader

    return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


@settings(max_examples=25)
@given(
    ticked=st.frozensets(st.sampled_from(list(IdentityItem)), min_size=1),
    right=st.sampled_from([Right.OPTOUT_SALE, Right.DELETE, Right.ACCESS]),
    kind=st.sampled_from([REQUEST, REMINDER]),
)
def test_only_ticked_items_occur_in_any_text_mail_or_page(told, ticked, right, kind):
    desk, jane, northwind = told
    new = desks.new_request(
        jane, northwind, identity=ticked, right=right, channel=Channel.EMAIL, customer_number="CUSTOMER99"
    )
    draft = desk.requests.start(new)
    if kind is REMINDER:
        desk.requests.record(draft.id, desks.entry("sent", desks.TODAY))
    view = desk.letters.view(draft.id, kind)
    texts = [desk.sending.text(view), text_of_pdf(desk.sending.pdf(view)).replace("\n", "")]
    if IdentityItem.EMAIL in ticked:
        texts.append(desk.sending.eml(view).decode())
    spread = "\n".join(texts).replace(" ", "").replace("-", "")

    assert {item for item, word in SECRETS.items() if word in spread} <= ticked


def test_a_client_who_is_not_named_is_not_named(told):
    desk, _, northwind = told
    client = next(person for person in desk.people.all() if person.kind is PersonKind.CLIENT)
    desk.people.change(
        client.id, PersonInput(name="Tom Zebraphil", emails=("tom@example.org",), place="US-CA")
    )
    draft = desk.requests.start(
        desks.new_request(client, northwind, identity=frozenset({IdentityItem.EMAIL}))
    )
    body = desk.letters.view(draft.id).letter.body

    assert "Zebraphil" not in body
    assert "tom@example.org" in body


def test_many_letters_are_the_same_as_each_alone(desk, jane, northwind, draft):
    edited = desk.requests.start(desks.new_request(jane, northwind, right=Right.DELETE))
    chosen = desk.requests.start(desks.new_request(jane, northwind, right=Right.ACCESS))
    with_file = desk.requests.start(desks.new_request(jane, northwind, right=Right.CORRECT, facts=CORRECTION))
    desk.letters.save(edited.id, REQUEST, "Mine", "My own words.")
    desk.letters.choose(chosen.id, REQUEST, LetterChoice(tone=Tone.FIRM))
    desk.attachments.add(with_file.id, REQUEST, "Proof.pdf", "application/pdf", b"%PDF-1.7 x")
    which = tuple((one.id, REQUEST) for one in (draft, edited, chosen, with_file))
    view = desk.letters.views(which)

    assert [view(*one) for one in which] == [desk.letters.view(*one) for one in which]


def test_one_of_many_letters_that_cannot_be_written_keeps_no_other_from_it(desk, draft):
    which = ((draft.id, REMINDER), (draft.id, REQUEST))
    view = desk.letters.views(which)

    with pytest.raises(NotAllowed):
        view(draft.id, REMINDER)

    assert view(draft.id, REQUEST).letter.body
    with pytest.raises(NotFound):
        view(RequestId("none"), REQUEST)
