# SPDX-License-Identifier: Apache-2.0
"""The ways beside e-mail: a form field by field, a call by a script, a chat, registered mail; and what goes along."""

from __future__ import annotations

import email
from email import policy

import pytest
from PySide6.QtGui import QColor, QImage

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.letters import AttachmentWhat, LetterKind, Shape
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.requests import EventKind
from optout_desktop.domain.rights import Right
from optout_desktop.gui.new_request.call_script import parts_of
from optout_desktop.gui.new_request.letter import LetterPane
from optout_desktop.gui.new_request.loading import way_words, why_not_words
from optout_desktop.gui.redaction.pictures import Box, Redaction, finished, opened
from optout_desktop.services.companies import CompanyInput
from optout_desktop.services.requests import NewRequest
from optout_desktop.services.sending import Way, WhyNot
from tests.gui.desks import TODAY, open_office

EVERYWHERE = CompanyInput(
    name="Many Ways LLC",
    email="privacy@manyways.example",
    form="https://manyways.example/optout",
    phone="+1 202 555 0143",
    chat="https://wa.me/12025550143",
    postal_address="1 Harbor Way\nSan Diego, CA 92101",
    country="US",
)


@pytest.fixture
def office(tmp_path, tasks):
    open_one = open_office(tmp_path, tasks)
    open_one.desk.companies.add(EVERYWHERE)
    yield open_one
    open_one.close()


@pytest.fixture
def desk(office):
    return office.desk


@pytest.fixture
def start(desk):
    def started(channel=Channel.EMAIL):
        company = desk.companies.named("Many Ways LLC")
        return desk.requests.start(
            NewRequest(
                person=desk.people.me().id,
                company=company.id,
                right=Right.DELETE,
                law=LawId("us-ca-ccpa"),
                channel=channel,
                to_address=company.contact(channel).value,
                identity=frozenset({IdentityItem.NAME, IdentityItem.EMAIL}),
            )
        ).id

    return started


@pytest.fixture
def pane(office, show):
    shown = LetterPane(office.surroundings)
    shown.layout().addWidget(shown.footer)
    return show(shown, 1000, 760)


def sent_entry(desk, request):
    return desk.requests.detail(request).request.last(EventKind.SENT)


def test_every_way_and_every_reason_has_words():
    assert all(way_words(way) for way in Way)
    assert all(why_not_words(why) for why in WhyNot)


# ── the form ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_short_field_gets_the_letter_cut_to_its_length(pane, office, start):
    pane.open(start(Channel.FORM), LetterKind.REQUEST, is_editable=True)
    pane.send.helper.limit.setValue(600)
    pane.send.helper.lines["Text"][1].click()
    [copied] = office.programs.copied

    assert len(copied) <= 600
    assert "1798.105" in copied
    assert pane.send.helper.lines["Text"][0].text() == f"Text ({len(copied)})"


def test_ticks_stay_for_fields_that_did_not_change(pane, start):
    pane.open(start(Channel.FORM), LetterKind.REQUEST, is_editable=True)
    helper = pane.send.helper
    for name in ("Name", "Text"):
        helper.lines[name][1].click()
    helper.limit.setValue(700)
    after_shortening = {name: line[0].isChecked() for name, line in helper.lines.items()}
    helper.limit.setValue(0)

    assert after_shortening == {"Name": True, "E-mail": False, "Subject": False, "Text": False}
    assert helper.lines["Text"][0].isChecked()


def test_a_field_that_is_too_short_for_the_letter_is_said(pane, start):
    pane.open(start(Channel.FORM), LetterKind.REQUEST, is_editable=True)
    pane.send.helper.limit.setValue(20)

    assert "20 characters are too few" in pane.send.helper.problem.text()


# ── the call ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_script_falls_into_what_to_say_to_ask_and_to_write_down(pane, desk, start):
    request = start()
    pane.open(request, LetterKind.REQUEST, is_editable=True)
    pane.send.buttons[Way.CALL].click()
    script = desk.letters.shaped(desk.letters.view(request), Shape.SCRIPT).body
    headings = [heading for heading, _text in parts_of(script)]
    shown = "\n".join(part.text() for part in pane.send.call.parts)

    assert headings == ["What to say", "What to ask", "What to write down"]
    assert all(line in shown for line in script.splitlines() if line and not line.endswith(":"))
    assert pane.send.call.number.property("plain") == "+12025550143"


def test_a_call_is_recorded_with_its_note(pane, desk, start):
    request = start()
    pane.open(request, LetterKind.REQUEST, is_editable=True)
    pane.send.buttons[Way.CALL].click()
    pane.send.call.spoke_with.setText("Ms Gray")
    pane.send.call.ticket.setText("T-77")
    pane.send.call.note.setPlainText("Promised it for Friday.")
    before = pane.footer.summary.text()
    pane.footer.main.click()
    question = pane.footer.bar.question.text(), pane.footer.bar.yes.text().replace("&", "")
    pane.footer.bar.yes.click()
    entry = sent_entry(desk, request)

    assert "+12025550143" in before
    assert question == ("Did you call?", "I called today")
    assert (entry.on, entry.channel, entry.note) == (TODAY, Channel.CALL, "Promised it for Friday.")
    assert (entry.detail("spoke_with"), entry.detail("ticket")) == ("Ms Gray", "T-77")


# ── the chat ─────────────────────────────────────────────────────────────────────────────────────────


def test_a_chat_shows_its_whole_address_before_it_opens(pane, office, desk, start):
    request = start()
    pane.open(request, LetterKind.REQUEST, is_editable=True)
    pane.send.buttons[Way.CHAT].click()
    said = pane.send.chat.where.text()
    pane.footer.main.click()
    [link] = office.programs.opened

    assert "wa.me/12025550143" in said
    assert link.startswith("https://wa.me/12025550143?text=")
    assert desk.requests.detail(request).request.sent_on is None
    assert pane.footer.bar.isVisible()


def test_a_company_without_chat_is_not_offered_one(pane, office, desk):
    company = desk.companies.named("Northwind Data LLC")
    request = desk.requests.start(
        NewRequest(
            person=desk.people.me().id,
            company=company.id,
            right=Right.DELETE,
            law=LawId("us-ca-ccpa"),
            channel=Channel.EMAIL,
            identity=frozenset({IdentityItem.NAME, IdentityItem.EMAIL}),
        )
    ).id
    pane.open(request, LetterKind.REQUEST, is_editable=True)

    assert pane.send.buttons[Way.CHAT].isHidden()
    assert not pane.send.buttons[Way.CALL].isEnabled()
    assert pane.send.buttons[Way.CALL].toolTip() == why_not_words(WhyNot.NO_PHONE)


# ── registered mail ──────────────────────────────────────────────────────────────────────────────────


def test_registered_mail_is_recorded_with_its_number(pane, desk, start):
    request = start(Channel.POST)
    pane.open(request, LetterKind.REQUEST, is_editable=True)
    pane.send.buttons[Way.PDF].click()
    without = pane.send.registered.row.isVisible()
    pane.send.registered.tick.setChecked(True)
    pane.send.registered.number.setText(" RR123456789US ")
    pane.footer.main.click()
    pane.footer.bar.yes.click()

    assert not without
    assert sent_entry(desk, request).detail("tracking") == "RR123456789US"


def test_a_letter_that_is_not_registered_keeps_no_number(pane, desk, start):
    request = start(Channel.POST)
    pane.open(request, LetterKind.REQUEST, is_editable=True)
    pane.send.buttons[Way.PDF].click()
    pane.send.registered.tick.setChecked(True)
    pane.send.registered.number.setText("RR123456789US")
    pane.send.registered.tick.setChecked(False)
    pane.footer.main.click()
    pane.footer.bar.yes.click()

    assert sent_entry(desk, request).detail("tracking") == ""


# ── what goes along ──────────────────────────────────────────────────────────────────────────────────


def test_a_file_goes_along_in_the_mail_and_is_taken_out_by_one_press(
    pane, office, desk, start, asked, tmp_path
):
    path = tmp_path / "bill.txt"
    path.write_text("Customer 77")
    pane.open(start(), LetterKind.REQUEST, is_editable=True)
    asked.answers.append(path)
    pane.attachments.add_file.click()
    pane.footer.main.click()
    sent = email.message_from_bytes(office.programs.opened[0].read_bytes(), policy=policy.default)
    pane.attachments.removers["bill.txt"].click()

    assert [part.get_filename() for part in sent.iter_attachments()] == ["bill.txt"]
    assert pane.loaded.view.attachments == ()
    assert office.programs.said[-1].endswith("no longer goes along.")


def test_ways_that_carry_no_files_say_so(pane, desk, start):
    request = start()
    desk.attachments.add(request, LetterKind.REQUEST, "a.txt", "text/plain", b"a")
    pane.open(request, LetterKind.REQUEST, is_editable=True)

    assert not pane.send.buttons[Way.CHAT].isEnabled()
    assert not pane.send.buttons[Way.MAILTO].isEnabled()
    assert why_not_words(WhyNot.HAS_ATTACHMENTS) in pane.send.reason.text()


def test_what_cannot_go_along_is_told_and_nothing_changes(pane, start, asked, tmp_path):
    path = tmp_path / "program.exe"
    path.write_bytes(b"MZ\x00")
    pane.open(start(), LetterKind.REQUEST, is_editable=True)
    asked.answers.append(path)
    pane.attachments.add_file.click()

    assert "no picture, PDF or plain text" in pane.attachments.problem.text()
    assert pane.loaded.view.attachments == ()


def test_an_identity_copy_goes_along_only_as_the_blackened_picture(pane, desk, start, tmp_path):
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    image.save(str(tmp_path / "card.png"))
    request = start()
    pane.open(request, LetterKind.REQUEST, is_editable=True)
    done = Redaction(boxes=(Box(left=20, top=20, width=100, height=60),))
    picture = finished(opened(tmp_path / "card.png"), done, "", "OO-1")
    pane.attachments.keep_copy(pane.loaded, picture)
    [kept] = pane.loaded.view.attachments

    assert kept.what is AttachmentWhat.REDACTED_ID
    assert "card.png" not in kept.name
    assert list(pane.attachments.removers) == [kept.name]


# ── the least ────────────────────────────────────────────────────────────────────────────────────────


def test_more_than_the_least_asks_for_one_more_click(pane, start):
    pane.open(start(), LetterKind.REQUEST, is_editable=True)
    ticks = pane.facts.ticks
    number = ticks.boxes[IdentityItem.CUSTOMER_NUMBER]
    before = number.isVisible(), ticks.more.isVisible(), ticks.boxes[IdentityItem.NAME].isVisible()
    ticks.more.click()

    assert before == (False, True, True)
    assert number.isVisible()
    assert ticks.why.isVisible()
    assert not ticks.more.isVisible()
