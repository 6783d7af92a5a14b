# SPDX-License-Identifier: Apache-2.0
"""The batch window: three steps, and nothing leaves without the consent that names every recipient."""

from __future__ import annotations

from email import policy
from email.parser import BytesParser

import pytest
from PySide6.QtCore import Qt

from optout_desktop.domain.errors import HandOverError
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.messages import BatchState, BatchWay, Delivery
from optout_desktop.gui.batch.page import BatchPage
from tests.gui import batches
from tests.gui.desks import open_office


@pytest.fixture
def office(tmp_path, tasks):
    opened = open_office(tmp_path, tasks)
    yield opened
    opened.close()


@pytest.fixture
def companies(office):
    return batches.add_companies(office.desk, 5, without_address={3, 4})


@pytest.fixture
def page(office, show):
    return show(BatchPage(office.surroundings), 1100, 760)


@pytest.fixture
def reviewed(office, page, companies):
    batches.add_account(office.desk)
    page.begin(batches.a_wish(office.desk, companies))
    page.go_on.click()
    return page


def statuses(desk, batch):
    return [desk.requests.detail(one.request).request.status.value for one in batch.items]


def choose(page, company_name):
    items = page.review.opened.review.items
    page.review.rows.choose(next(one.request for one in items if one.company_name == company_name))


def write_to(page, address):
    page.review.card.address.setText(address)
    page.review.card.address.textEdited.emit(address)
    page.review.card.use.click()


def consent(page):
    page.go_on.click()
    page.consent.looked.setChecked(True)
    page.consent.go.click()


def test_the_review_says_what_is_ready_and_what_is_not_and_why(reviewed):
    review = reviewed.review

    assert review.count.text() == "3 ready, 2 need attention and stay drafts."
    assert batches.names(review.model)[:2] == ["Company 003", "Company 004"]
    assert review.card.reasons.text() == "No e-mail address is known"
    assert reviewed.go_on.text() == "&Send 3 letters…"


def test_a_letter_of_the_review_is_shown_in_full_with_sender_and_recipient(reviewed):
    choose(reviewed, "Company 001")
    card = reviewed.review.card

    assert "privacy@c1.example" in card.head.text()
    assert "jane@example.org" in card.head.text()
    assert card.text.toPlainText().startswith("Dear Company 001")
    assert not card.reasons.isVisible()


def test_a_missing_address_is_typed_and_the_letter_is_ready(reviewed):
    choose(reviewed, "Company 003")
    write_to(reviewed, "data@c3.example")

    assert reviewed.review.count.text() == "4 ready, 1 needs attention and stays a draft."
    assert reviewed.go_on.text() == "&Send 4 letters…"


def test_what_is_no_address_is_said_beside_the_field_and_stays_there(reviewed):
    choose(reviewed, "Company 003")
    write_to(reviewed, "nobody at all")

    assert reviewed.review.card.address_row.error != ""
    assert reviewed.review.card.address.text() == "nobody at all"
    assert len(reviewed.review.opened.review.ready) == 3


def test_another_address_that_is_known_is_taken_from_a_list(office, page, companies):
    from optout_desktop.domain.companies import Channel

    batches.add_account(office.desk)
    office.desk.companies.add_found(companies[0].id, [(Channel.EMAIL, "dpo@c0.example")])
    page.begin(batches.a_wish(office.desk, companies[:1]))
    page.go_on.click()
    proposed, others = page.review.opened.review.items[0].recipient, page.review.card.others
    offered = others.itemData(1)
    others.setCurrentIndex(1)
    others.activated.emit(1)

    assert {proposed, offered} == {"privacy@c0.example", "dpo@c0.example"}
    assert page.review.opened.review.items[0].recipient == offered
    assert offered in page.review.card.head.text()


def test_what_needs_attention_is_taken_out_at_once_and_stays_a_draft(office, reviewed):
    before = reviewed.review.opened.batch
    reviewed.review.out_troubled.click()

    assert reviewed.review.count.text() == "3 ready."
    assert statuses(office.desk, before) == ["draft"] * 5
    assert office.programs.said[-1].startswith("2 letters were taken out")


def test_ticked_letters_are_taken_out_together(reviewed, qtbot):
    review = reviewed.review
    review.model.set_ticked(review.model.ids[-2:])
    review.out.click()

    assert len(review.opened.batch.items) == 3


def test_an_earlier_request_is_a_reason_until_it_is_sent_all_the_same(office, page, companies):
    desk = office.desk
    batches.add_account(desk)
    page.begin(batches.a_wish(desk, companies[:1]))
    page.go_on.click()
    request = page.review.opened.batch.items[0].request
    desk.sending.confirm_by_way_of(request, LetterKind.REQUEST, desk.clock.today())
    page.begin(batches.a_wish(desk, companies[:1]))
    page.go_on.click()
    before = page.review.count.text()
    page.review.card.all_the_same.click()

    assert before == "0 ready, 1 needs attention and stays a draft."
    assert page.review.count.text() == "1 ready."
    assert page.go_on.isEnabled()


def test_the_consent_lists_every_recipient_and_needs_a_tick(reviewed):
    reviewed.go_on.click()
    dialog = reviewed.consent
    model = dialog.list.model()
    lines = [model.data(model.index(row, 0)) for row in range(model.rowCount())]
    is_safe = dialog.leave.isDefault() and not dialog.go.isEnabled()
    facts = dialog.facts.text()
    dialog.looked.setChecked(True)
    can_go = dialog.go.isEnabled()
    dialog.reject()

    assert [f"privacy@c{number}.example" in lines[number] for number in range(3)] == [True] * 3
    assert len(lines) == 3
    assert is_safe
    assert can_go
    assert "jane@example.org" in facts
    assert "20 seconds apart, at most 100 in 24 hours" in facts
    assert "The last one leaves" in facts


def test_enter_in_the_consent_sends_nothing(office, reviewed, qtbot):
    reviewed.go_on.click()
    reviewed.consent.looked.setChecked(True)
    qtbot.keyClick(reviewed.consent.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not reviewed.consent.isVisible())

    assert office.desk.mailroom.outbox.list() == ()
    assert reviewed.review.opened.batch.state is BatchState.REVIEW


def test_after_the_consent_each_letter_waits_and_the_others_stay_drafts(office, reviewed):
    before = reviewed.review.opened.batch
    consent(reviewed)
    shown = reviewed.progress

    assert reviewed.is_shown(shown)
    assert shown.count.text() == "3 waiting"
    assert len(office.desk.mailroom.outbox.list()) == 3
    assert statuses(office.desk, before) == ["draft"] * 5


def test_a_batch_is_paused_resumed_and_cancelled(office, reviewed):
    consent(reviewed)
    shown = reviewed.progress
    shown.pause.click()
    paused = (shown.state.text(), shown.pause.isVisible(), shown.resume.isVisible())
    shown.resume.click()
    running = shown.state.text()
    shown.stop.click()

    assert paused == ("Paused: nothing leaves until you resume", False, True)
    assert running.startswith("Being sent")
    assert shown.state.text() == (
        "Cancelled. 0 of 3 letters were sent and stay sent; 3 were taken back and stay drafts."
    )
    assert {one.message.delivery for one in office.desk.mailroom.outbox.list()} == {Delivery.CANCELLED}
    assert office.programs.said[-1] == shown.state.text()


def test_a_batch_in_review_is_kept_and_opened_again(reviewed):
    before = reviewed.review.opened.batch.id
    reviewed.leave()
    listed = [reviewed.list.model.row_value(0).batch.id]
    reviewed.list.open.click()

    assert listed == [before]
    assert reviewed.is_shown(reviewed.review)
    assert reviewed.review.opened.batch.id == before
    assert not reviewed.back.isVisible()


def test_going_back_keeps_the_drafts_of_those_who_are_still_ticked(office, reviewed, companies):
    before = {one.company_name: one.request for one in reviewed.review.opened.review.items}
    reviewed.back.click()
    reviewed.companies._remove(str(companies[0].id))
    reviewed.go_on.click()
    after = {one.company_name: one.request for one in reviewed.review.opened.review.items}

    assert "Company 000" not in after
    assert after.items() <= before.items()
    assert office.desk.requests.detail(before["Company 000"]).overview.is_binned


def test_the_pace_is_kept_and_changes_when_the_last_one_leaves(office, reviewed, qtbot):
    pace = reviewed.review.pace
    pace.delay.setValue(120)
    pace.cap.setValue(0)
    pace.flush()
    batch = office.desk.mailroom.batches.progress(reviewed.review.opened.batch.id).batch

    assert (batch.delay_seconds, batch.daily_cap) == (120, 0)
    assert "The last one leaves" in pace.last.text()


def test_without_an_account_only_drafts_are_offered(office, page, companies):
    wanted = []
    office.surroundings.navigator.settings_wanted.connect(wanted.append)
    page.begin(batches.a_wish(office.desk, companies))
    page.go_on.click()
    pace = page.review.pace
    pace.set_up.click()

    assert not pace.smtp.isEnabled()
    assert pace.eml.isChecked()
    assert pace.no_account.isVisible()
    assert page.go_on.text() == "&Write 3 drafts…"
    assert wanted == ["sending"]


def test_choosing_drafts_makes_no_second_batch(reviewed):
    reviewed.review.pace.eml.click()
    reviewed.leave()

    assert len(reviewed.list.model.ids) == 1


def test_drafts_are_written_and_none_counts_as_sent_until_the_person_says_so(
    office, reviewed, asked, tmp_path
):
    desk, folder = office.desk, tmp_path / "drafts"
    folder.mkdir()
    reviewed.review.pace.eml.click()
    batch = reviewed.review.opened.batch
    asked.answers.append((folder,))
    consent(reviewed)
    shown = reviewed.progress
    files = sorted(folder.glob("*.eml"))
    to = {BytesParser(policy=policy.default).parsebytes(one.read_bytes())["To"] for one in files}
    before = statuses(desk, batch)
    shown.sent_one.click()
    one_sent, at_first = statuses(desk, batch), shown.state.text()
    asked.answers.append("go")
    shown.sent_all.click()

    assert to == {f"privacy@c{number}.example" for number in range(3)}
    assert before == ["draft"] * 5
    assert one_sent.count("sent") == 1
    assert statuses(desk, batch).count("sent") == 3
    assert not shown.sent_all.isVisible()
    assert at_first == "The drafts are written. Say it here when you have sent them."
    assert shown.state.text() == "You have sent every draft"


def test_a_folder_that_takes_no_file_is_said_and_the_writing_goes_on_in_another(
    office, reviewed, asked, tmp_path
):
    reviewed.review.pace.eml.click()
    asked.answers.append((tmp_path / "missing" / "folder",))
    consent(reviewed)
    shown = reviewed.progress
    words, can_write = shown.problem.text(), shown.write.isVisible()
    asked.answers.append((tmp_path,))
    shown.write.click()

    assert words != ""
    assert can_write
    assert len(list(tmp_path.glob("*.eml"))) == 3
    assert not shown.problem.isVisible()
    assert HandOverError.__name__ not in words


def test_requests_that_are_there_already_are_sent_together(office, reviewed):
    requests = tuple(one.request for one in reviewed.review.opened.batch.items[:2])
    reviewed.begin_with(requests, LetterKind.REQUEST)

    assert [one.request for one in reviewed.review.opened.batch.items] == list(requests)
    assert reviewed.review.opened.batch.way is BatchWay.SMTP


def test_the_sample_vault_sends_nothing_and_says_why(tmp_path, tasks, show):
    office = open_office(tmp_path / "sample", tasks, is_sample=True)
    page = show(BatchPage(office.surroundings), 1100, 760)
    known = office.desk.companies.search("a", 3).companies
    page.begin(batches.a_wish(office.desk, known))
    page.go_on.click()
    words, can_go = page.problem.text(), page.go_on.isEnabled()
    office.close()

    assert words.startswith("This is the sample vault")
    assert not can_go


def test_help_on_this_page_is_the_page_about_batches(page):
    from optout_desktop.gui.help.page import HelpPage
    from tests.gui.conftest import RESOURCES

    help_page = HelpPage(RESOURCES / "help" / "en")
    help_page.show_topic(page.help_screen)
    words = help_page.browser.toPlainText()
    help_page.deleteLater()

    assert words.startswith("Asking many companies at once")
