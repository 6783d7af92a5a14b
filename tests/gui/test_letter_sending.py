# SPDX-License-Identifier: Apache-2.0
"""The letter before it goes: what is shown is what goes, and only a person says that it went."""

import email
from datetime import date, timedelta
from email import policy

import pytest
import zxingcpp
from PIL import Image

from optout_desktop.domain.agenda import RequestFilter
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.requests import EventKind, RequestStatus
from optout_desktop.domain.rights import Right
from optout_desktop.gui.new_request.letter import LetterPane
from optout_desktop.gui.new_request.letter_dialog import LetterDialog
from optout_desktop.gui.new_request.loading import why_not_words
from optout_desktop.services.companies import CompanyInput
from optout_desktop.services.requests import NewRequest
from optout_desktop.services.sending import Way, WhyNot
from tests.gui.desks import TODAY, open_office


@pytest.fixture
def office(tmp_path, tasks):
    open_one = open_office(tmp_path, tasks)
    yield open_one
    open_one.close()


def a_draft(office, channel=Channel.EMAIL, right=Right.OPTOUT_SALE, law="us-ca-ccpa", company=None):
    company = company or office.desk.companies.named("Northwind Data LLC")
    return office.desk.requests.start(
        NewRequest(
            person=office.desk.people.me().id,
            company=company.id,
            right=right,
            law=LawId(law),
            channel=channel,
            identity=frozenset({IdentityItem.NAME, IdentityItem.EMAIL}),
        )
    ).id


def a_text(office, number):
    company = office.desk.companies.add(CompanyInput(name="Brand", sms_number=number, country="US"))
    return a_draft(office, Channel.SMS, Right.SMS_STOP, "us-tcpa", company)


@pytest.fixture
def pane(office, show):
    shown = LetterPane(office.surroundings)
    shown.layout().addWidget(shown.footer)
    return show(shown, 1000, 760)


def status(office, request):
    return office.desk.requests.detail(request).request.status


def test_the_text_that_is_shown_is_the_text_of_the_draft_file(office, pane):
    pane.open(a_draft(office), LetterKind.REQUEST, is_editable=True)
    pane.footer.main.click()
    [path] = office.programs.opened
    sent = email.message_from_bytes(path.read_bytes(), policy=policy.default)

    assert sent.get_content().splitlines() == pane.preview.text.toPlainText().splitlines()
    assert sent["Subject"] == pane.preview.subject.text()
    assert sent["X-Unsent"] == "1"
    assert sent["Date"] is None


def test_a_subject_in_other_letters_comes_back_whole(office, pane):
    request = a_draft(office)
    pane.open(request, LetterKind.REQUEST, is_editable=True)
    pane.preview.save_wanted.emit("Widerspruch gegen Werbung – größtmöglich ✓", "Text")
    pane.footer.main.click()
    sent = email.message_from_bytes(office.programs.opened[0].read_bytes(), policy=policy.default)

    assert sent["Subject"] == "Widerspruch gegen Werbung – größtmöglich ✓"


def test_opening_saving_and_copying_never_say_that_it_was_sent(office, pane, asked, tmp_path):
    request = a_draft(office)
    pane.open(request, LetterKind.REQUEST, is_editable=True)
    asked.answers.append(tmp_path / "letter.eml")
    pane.send.press()
    pane.send.save_as()
    pane.send.copy_text()
    pane.send.buttons[Way.PDF].click()
    pane.send.press()

    assert (tmp_path / "letter.eml").exists()
    assert len(office.programs.opened) == 2
    assert pane.preview.text.toPlainText() in office.programs.copied[0]
    assert pane.footer.bar.isVisible()
    assert status(office, request) is RequestStatus.DRAFT


def test_only_the_answer_i_sent_it_records_the_sending(office, pane, qtbot):
    request = a_draft(office)
    pane.open(request, LetterKind.REQUEST, is_editable=True)
    pane.footer.already.click()
    pane.footer.bar.no.click()
    after_no = status(office, request)
    pane.footer.already.click()
    pane.footer.bar.on.setDate(pane.footer.bar.on.date().addDays(-2))
    with qtbot.waitSignal(pane.sent):
        pane.footer.bar.yes.click()

    assert after_no is RequestStatus.DRAFT
    assert office.desk.requests.detail(request).request.sent_on == TODAY - timedelta(days=2)


def test_the_day_cannot_lie_in_the_future(office, pane):
    pane.open(a_draft(office), LetterKind.REQUEST, is_editable=True)
    pane.footer.already.click()
    pane.footer.bar.on.setDate(pane.footer.bar.on.date().addDays(5))

    assert pane.footer.bar.on.day() == TODAY


def test_who_sends_what_to_whom_stands_beside_the_button(office, pane):
    pane.open(a_draft(office), LetterKind.REQUEST, is_editable=True)
    words = pane.footer.summary.text()

    assert "E-mail" in words
    assert "privacy@northwind.example" in words
    assert "Jane Example" in words


def test_a_letter_that_is_too_long_for_a_link_says_so(office, pane):
    request = a_draft(office)
    pane.open(request, LetterKind.REQUEST, is_editable=True)
    pane.preview.save_wanted.emit("Subject", "word " * 500)

    assert not pane.send.buttons[Way.MAILTO].isEnabled()
    assert why_not_words(WhyNot.TOO_LONG_FOR_LINK) in pane.send.reason.text()


def test_a_short_letter_goes_by_link_after_the_notice_only(office, pane):
    request = a_draft(office)
    pane.open(request, LetterKind.REQUEST, is_editable=True)
    pane.preview.save_wanted.emit("Subject", "Please stop.")
    pane.send.buttons[Way.MAILTO].click()
    before = pane.footer.main.isEnabled(), pane.send.notice.isVisible()
    pane.send.accept_notice.click()
    pane.footer.main.click()

    assert before == (False, True)
    assert office.programs.opened[0].startswith("mailto:privacy@northwind.example?")


def test_in_the_sample_vault_every_way_is_closed_with_the_reason(tmp_path, tasks, show):
    office = open_office(tmp_path / "sample", tasks, is_sample=True)
    pane = LetterPane(office.surroundings)
    pane.layout().addWidget(pane.footer)
    show(pane, 1000, 760)
    numbers = office.desk.requests.list(RequestFilter(statuses=frozenset({RequestStatus.DRAFT}))).rows
    [draft, *_] = office.desk.requests.page(numbers)
    pane.open(draft.id, LetterKind.REQUEST, is_editable=True)

    assert not any(button.isEnabled() for button in pane.send.buttons.values())
    assert not pane.footer.main.isEnabled()
    assert not pane.footer.already.isVisible()
    assert "sample vault" in pane.footer.summary.text()
    assert not pane.send.reason.isVisible()
    office.close()


@pytest.mark.parametrize(("number", "payload"), [("78901", "78901"), ("(202) 555-0123", "+12025550123")])
def test_the_code_on_screen_says_number_and_stop(office, pane, number, payload, tmp_path):
    pane.open(a_text(office, number), LetterKind.REQUEST, is_editable=True)
    pane.sms.code.grab().save(str(tmp_path / "code.png"))
    [read] = zxingcpp.read_barcodes(Image.open(tmp_path / "code.png"))

    assert read.text == f"SMSTO:{payload}:STOP"
    assert pane.sms.code.width() >= 200
    assert payload in pane.sms.code.accessibleName()


def test_scanning_does_not_say_that_it_was_sent(office, pane):
    request = a_text(office, "78901")
    pane.open(request, LetterKind.REQUEST, is_editable=True)
    pane.sms.copy_number.click()
    pane.sms.copy_keyword.click()
    pane.footer.main.click()
    before = status(office, request)
    pane.footer.bar.yes.click()

    assert office.programs.copied == ["78901", "STOP"]
    assert before is RequestStatus.DRAFT
    assert status(office, request) is RequestStatus.SENT


def test_a_web_form_is_filled_in_field_by_field(office, pane):
    request = a_draft(office, Channel.FORM)
    pane.open(request, LetterKind.REQUEST, is_editable=True)
    pane.footer.main.click()
    for box, copy in pane.send.helper.lines.values():
        copy.click()
        assert box.isChecked()

    assert office.programs.opened == ["https://northwind.example/optout"]
    assert office.programs.copied[:2] == ["Jane Example", "jane@example.org"]
    assert office.programs.copied[-1] == pane.preview.text.toPlainText()
    assert status(office, request) is RequestStatus.DRAFT


def test_a_program_that_does_not_answer_is_said_and_nothing_is_asked(office, pane):
    office.programs.takes = False
    pane.open(a_draft(office), LetterKind.REQUEST, is_editable=True)
    pane.footer.main.click()

    assert "Save it, or copy the text" in pane.send.problem.text()
    assert not pane.footer.bar.isVisible()


def test_an_empty_text_is_refused_and_kept_in_the_field(office, pane):
    pane.open(a_draft(office), LetterKind.REQUEST, is_editable=True)
    pane.preview.tabs.button(2).click()
    pane.preview.edit_body.setPlainText(" ")
    pane.preview.save.click()

    assert pane.preview.is_editing
    assert pane.preview.errors.isVisible()
    assert pane.preview.edit_body.toPlainText() == " "


def test_the_template_comes_back(office, pane):
    pane.open(a_draft(office), LetterKind.REQUEST, is_editable=True)
    before = pane.preview.text.toPlainText()
    pane.preview.save_wanted.emit("Subject", "Mine.")
    edited = pane.preview.text.toPlainText()
    pane.preview.tabs.button(2).click()
    pane.preview.reset.click()

    assert edited == "Mine."
    assert pane.preview.text.toPlainText() == before


def test_a_reminder_is_recorded_as_a_reminder(office, show, qtbot):
    request = a_draft(office)
    office.desk.sending.confirm(request, LetterKind.REQUEST, TODAY, Way.EML)
    office.clock.move_to(date(2027, 1, 20))
    dialog = show(LetterDialog(office.surroundings, request, LetterKind.REMINDER), 940, 680)
    dialog.pane.footer.main.click()
    with qtbot.waitSignal(dialog.accepted):
        dialog.pane.footer.bar.yes.click()
    events = office.desk.requests.detail(request).request.history

    assert events[-1].kind is EventKind.REMINDER_SENT
    assert not dialog.pane.facts.ticks.isVisible()
