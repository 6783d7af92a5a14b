# SPDX-License-Identifier: Apache-2.0
"""Letters that were made and not yet sent: they never pass for something else, and never get lost."""

from datetime import date, timedelta

import pytest

from optout_desktop.domain.errors import DiskFull
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.rights import Right
from optout_desktop.services.companies import CompanyInput
from optout_desktop.services.sending import Way
from tests.services import desks

R = LetterKind.REQUEST
TODAY = desks.TODAY


def test_a_letter_made_for_one_company_is_never_recorded_as_sent_to_another(desk, draft, jane):
    view = desk.letters.view(draft.id)
    desk.sending.eml(view)
    other = desk.companies.add(CompanyInput(name="Other Ltd", email="privacy@other.example", country="US"))
    desk.requests.change_draft(draft.id, desks.new_request(jane, other, right=Right.DELETE))
    made = desk.sending.made(draft.id)
    desk.sending.confirm(draft.id, R, TODAY, Way.EML)
    [sent] = desk.requests.detail(draft.id).letters

    assert made == ()
    assert view.recipient.encode() not in desk.sending.sent_bytes(sent.id)
    assert sent.to_address == "privacy@other.example"


def test_undoing_a_changed_draft_brings_back_what_was_made_for_it(desk, draft, jane):
    desk.sending.eml(desk.letters.view(draft.id))
    before = desk.sending.made(draft.id)
    other = desk.companies.add(CompanyInput(name="Other Ltd", email="privacy@other.example", country="US"))
    desk.requests.change_draft(draft.id, desks.new_request(jane, other))
    desk.undoing.undo()

    assert desk.sending.made(draft.id) == before
    assert len(before) == 1


def test_undoing_a_sending_gives_the_letter_its_own_address_back(desk, draft):
    desk.sending.text(desk.letters.view(draft.id))
    before = desk.sending.made(draft.id)
    desk.sending.confirm(draft.id, R, TODAY, Way.COPY, to_address="someone@else.example")
    desk.undoing.undo()

    assert desk.sending.made(draft.id) == before


def test_a_sending_that_is_taken_back_leaves_a_letter_that_was_made(desk, draft):
    desk.sending.eml(desk.letters.view(draft.id))
    [made] = desk.sending.made(draft.id)
    desk.sending.confirm(draft.id, R, TODAY, Way.EML)
    sent = desk.requests.detail(draft.id).history[-1].event
    desk.requests.take_back(draft.id, sent.id)
    taken_back = desk.requests.detail(draft.id)
    desk.undoing.undo()
    again = desk.requests.detail(draft.id)

    assert ([one.id for one in taken_back.made], taken_back.letters) == ([made.id], ())
    assert ([one.id for one in again.letters], again.made) == ([made.id], ())


def test_what_was_edited_after_a_draft_file_was_made_is_what_is_recorded(desk, jane, northwind):
    draft = desk.requests.start(desks.new_request(jane, northwind))
    view = desk.letters.view(draft.id)
    desk.sending.eml(view)
    desk.letters.save(draft.id, R, view.letter.subject, view.letter.body + "\nPlease also this.")
    desk.sending.text(desk.letters.view(draft.id))
    desk.sending.confirm(draft.id, R, TODAY, Way.EML)
    [sent] = desk.requests.detail(draft.id).letters

    assert "Please also this." in sent.letter.body


def test_a_letter_that_could_not_be_saved_does_not_count_as_made(desk, draft):
    view = desk.letters.view(draft.id)

    def save_on_a_full_disk():
        with desk.sending.handing_over(view):
            desk.sending.eml(view)
            raise DiskFull

    with pytest.raises(DiskFull):
        save_on_a_full_disk()

    assert desk.sending.made(draft.id) == ()


def test_no_complaint_is_offered_about_what_was_done(desk, jane, northwind, clock):
    sent_on = date(2026, 10, 1)
    clock.move_to(sent_on)
    asked = desks.new_request(jane, northwind, law="uk-gdpr", right=Right.OBJECT_DIRECT_MARKETING)
    request = desk.requests.start(asked)
    desk.requests.record(request.id, desks.entry("sent", sent_on))
    while_open = desk.letters.follow_ups(request.id)
    clock.move_to(sent_on + timedelta(days=5))
    desk.requests.record(request.id, desks.entry("completed", sent_on))

    assert LetterKind.COMPLAINT in while_open
    assert LetterKind.COMPLAINT not in desk.letters.follow_ups(request.id)
