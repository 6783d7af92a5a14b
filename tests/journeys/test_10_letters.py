# SPDX-License-Identifier: Apache-2.0
"""Journey 10: letters in another language, by telephone and by registered mail, from an own template, with a copy.

The real window over a real vault; only the program that would open files is a stand-in.
"""

import email
from datetime import timedelta
from email import policy

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.requests import EventKind, ProofGrade, RequestStatus
from optout_desktop.domain.rights import Right
from optout_desktop.gui import pages
from optout_desktop.gui.application import Application
from optout_desktop.gui.new_request.preview import BESIDE
from optout_desktop.gui.redaction.dialog import RedactionDialog
from optout_desktop.gui.redaction.pictures import Box
from optout_desktop.gui.templates.editor import TemplateEditor
from optout_desktop.services.companies import CompanyInput
from optout_desktop.services.requests import NewRequest
from optout_desktop.services.sending import Way
from tests.gui.house import TODAY, CheapHouse, HandKeyring, running, unlocked, wait_until

LINDENHOF = CompanyInput(
    name="Lindenhof Versand GmbH",
    email="datenschutz@lindenhof.example",
    phone="+49 30 123456",
    postal_address="Lindenstraße 4\n10969 Berlin",
    country="DE",
)
GREETING = "Sehr geehrte Damen und Herren"


class Programs:
    """Opens nothing, and remembers what it was given, byte for byte: the file is gone soon."""

    def __init__(self):
        self.mails = []

    def open(self, target):
        if str(target).endswith(".eml"):
            self.mails.append(email.message_from_bytes(target.read_bytes(), policy=policy.default))
        return True


@pytest.fixture
def programs():
    return Programs()


@pytest.fixture
def window(qapp, english, asked, tmp_path, programs):
    house = CheapHouse(tmp_path, keyring=HandKeyring())
    house.make_vault()
    with running(Application(house, is_watching_screen=False, opener=programs)) as application:
        yield unlocked(application)


@pytest.fixture
def do(window):
    """A job on the vault's thread, and what came of it."""

    def done(job):
        came = []
        window.surroundings.tasks.run(window, job, came.append)
        wait_until(lambda: bool(came))
        return came[0]

    return done


@pytest.fixture
def open_letter(window, do):
    """The last step of the wizard with a letter to a company in Germany."""

    def opened(channel=Channel.EMAIL):
        desk = window.surroundings.desk

        def start():
            found = [one for one in desk.companies.own() if one.name == LINDENHOF.name]
            company = found[0] if found else desk.companies.add(LINDENHOF)
            new = NewRequest(
                person=desk.people.me().id,
                company=company.id,
                right=Right.DELETE,
                law=LawId("us-ca-ccpa"),
                channel=channel,
                to_address=company.contact(channel).value,
                identity=frozenset({IdentityItem.NAME, IdentityItem.EMAIL}),
            )
            return desk.requests.start(new).id

        request = do(start)
        window.surroundings.navigator.finish_draft(request)
        wait_until(lambda: getattr(window.page, "pane", None) is not None)
        pane = window.page.pane
        wait_until(lambda: pane.loaded is not None and pane.loaded.view.request.id == request)
        return request, pane

    return opened


def detail_of(do, window, request):
    return do(lambda: window.surroundings.desk.requests.detail(request))


def confirm(pane):
    wait_until(pane.footer.bar.isVisible)
    pane.footer.bar.yes.click()


def in_next_dialog(kind, act):
    """Act in the next dialog of a kind once it is open."""

    def look():
        found = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
        if found:
            act(found[0])
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(0, look)


def test_a_german_letter_is_read_side_by_side_and_sent_as_it_was_read(window, open_letter, programs, do):
    request, pane = open_letter()
    pane.preview.tabs.button(BESIDE).click()
    sides = [side.text.toPlainText() for side in (pane.preview.beside.sent, pane.preview.beside.own)]
    pane.footer.main.click()
    confirm(pane)
    wait_until(lambda: detail_of(do, window, request).request.status is RequestStatus.SENT)
    [mail] = programs.mails
    [kept] = detail_of(do, window, request).letters

    assert GREETING in sides[0]
    assert "Please delete" in sides[1]
    assert sides[0].startswith(mail["Subject"])
    assert mail.get_content().split() == sides[0].removeprefix(mail["Subject"]).split()
    assert kept.letter.language == "de"


def test_a_call_is_made_by_its_script_and_recorded(window, open_letter, do):
    request, pane = open_letter()
    pane.send.buttons[Way.CALL].click()
    script = "\n".join(part.text() for part in pane.send.call.parts)
    pane.send.call.spoke_with.setText("Frau Grau")
    pane.send.call.ticket.setText("T-77")
    pane.footer.main.click()
    confirm(pane)
    wait_until(lambda: detail_of(do, window, request).request.status is RequestStatus.SENT)
    entry = detail_of(do, window, request).request.last(EventKind.SENT)

    assert "Guten Tag" in script
    assert (entry.channel, entry.on, entry.detail("spoke_with"), entry.detail("ticket")) == (
        Channel.CALL,
        TODAY,
        "Frau Grau",
        "T-77",
    )


def test_registered_mail_is_sent_delivered_and_proven(window, open_letter, do):
    request, pane = open_letter(Channel.POST)
    pane.send.buttons[Way.PDF].click()
    pane.send.registered.tick.setChecked(True)
    pane.send.registered.number.setText("RR123456789DE")
    pane.footer.main.click()
    wait_until(pane.footer.bar.isVisible)
    pane.footer.bar.on.setDate(pane.footer.bar.on.date().addDays(-4))
    confirm(pane)
    wait_until(lambda: detail_of(do, window, request).request.status is RequestStatus.SENT)
    page = window.go(pages.REQUESTS)
    page.show_request(request)
    shown = page.detail_pane
    wait_until(lambda: shown.detail is not None and shown.detail.request.id == request)
    shown.letter.delivery.record.click()
    dialog = shown.letter.dialog
    dialog.day.setDate(dialog.day.date().addDays(-1))
    dialog.main.click()
    wait_until(lambda: detail_of(do, window, request).request.last(EventKind.RECEIVED) is not None)
    received = detail_of(do, window, request).request.last(EventKind.RECEIVED)

    assert received.on == TODAY - timedelta(days=1)
    assert received.grade is ProofGrade.REGISTERED_POST
    assert received.detail("tracking") == "RR123456789DE"


def test_an_own_template_is_made_from_a_letter_and_used_for_it(window, open_letter, programs, do):
    request, pane = open_letter()

    def write(editor):
        editor.name.setText("Kurz")
        editor.body.setPlainText("Löschen Sie alles, {{ company_name }}. {{ reference }}")
        editor.save()

    in_next_dialog(TemplateEditor, write)
    box = pane.language.template
    at = box.findText("New from this letter…")
    box.setCurrentIndex(at)
    box.activated.emit(at)
    wait_until(lambda: pane.loaded.view.choice.template is not None)
    pane.footer.main.click()
    confirm(pane)
    wait_until(lambda: detail_of(do, window, request).request.status is RequestStatus.SENT)
    [mail] = programs.mails
    [kept] = detail_of(do, window, request).letters

    assert mail.get_content().startswith("Löschen Sie alles, Lindenhof Versand GmbH. OO-")
    assert kept.letter.template.startswith("own:")
    assert (kept.letter.kind, kept.letter.language) == (LetterKind.REQUEST, "de")


def test_an_identity_copy_is_blacked_out_and_goes_along(window, open_letter, programs, asked, tmp_path):
    image = QImage(600, 400, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    image.setText("Comment", "secret place")
    image.save(str(tmp_path / "jane-passport.png"))
    _request, pane = open_letter()

    def blacken(dialog):
        dialog.apply(Box(left=20, top=20, width=300, height=200))
        dialog.finish.click()

    in_next_dialog(RedactionDialog, blacken)
    asked.answers.append(tmp_path / "jane-passport.png")
    pane.attachments.add_copy.click()
    wait_until(lambda: len(pane.loaded.view.attachments) == 1)
    pane.footer.main.click()
    wait_until(lambda: bool(programs.mails))
    [part] = list(programs.mails[0].iter_attachments())
    content = part.get_content()
    copy = QImage.fromData(content)

    assert "passport" not in part.get_filename()
    assert b"secret place" not in content
    assert copy.pixelColor(150, 100) == QColor("black")
    assert pane.loaded.view.attachments[0].name == part.get_filename()
