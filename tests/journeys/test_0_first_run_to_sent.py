# SPDX-License-Identifier: Apache-2.0
"""Journey 0: from the first start to *Sent*, as a person does it: at most five fields and eight activations.

Only the mail program that would open the draft is a stand-in.
"""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from optout_desktop.domain.agenda import RequestFilter
from optout_desktop.domain.requests import RequestStatus
from optout_desktop.domain.rights import Goal
from optout_desktop.gui.application import Application
from optout_desktop.gui.new_request.wizard import SEND, WHO
from tests.gui.house import PASSPHRASE, CheapHouse, running, wait_until

MOST_FIELDS = 5
MOST_ACTIVATIONS = 8


class MailProgram:
    """Takes the draft file, as a mail program would."""

    def __init__(self):
        self.opened = []

    def open(self, target):
        self.opened.append((target.suffix, target.read_bytes()))
        return True


class Hands:
    """Counts what a person has to do."""

    def __init__(self):
        self.fields = 0
        self.activations = 0

    def type(self, field, text):
        """Fill a field in."""
        field.setFocus()
        QTest.keyClicks(field, text)
        self.fields += 1

    def press(self, button):
        """Press a button that can be seen and pressed."""
        assert button.isVisible()
        assert button.isEnabled()
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.activations += 1


def test_from_the_first_start_to_sent_in_five_fields_and_eight_activations(qapp, english, asked, tmp_path):
    hands, mail = Hands(), MailProgram()
    with running(Application(CheapHouse(tmp_path), opener=mail, is_watching_screen=False)) as application:
        hands.press(application.entrance.page.create_button)
        step = application.entrance.page
        for row in (step.passphrase.first, step.passphrase.again):
            hands.type(row.passphrase, PASSPHRASE)
        hands.press(step.create_button)
        wait_until(lambda: application.desk is not None and application.window.facts is not None)

        you = application.window._frame.currentWidget()
        hands.type(you.form.name, "Jane Example")
        hands.type(you.form.emails, "jane@example.org")
        you.form.place.show_place("US-CA")
        hands.fields += 1
        hands.press(you.go_on)
        wait_until(lambda: application.window.key == "new_request" and application.window.page.what.cards)

        wizard = application.window.page
        hands.press(wizard.what.cards[Goal.STOP_SELLING])
        wait_until(lambda: wizard.step == WHO)
        QTest.keyClicks(wizard.who.search, "acxiom llc")
        QTest.keyClick(wizard.who.search, Qt.Key.Key_Return)
        hands.activations += 1
        wait_until(lambda: wizard.step == SEND and wizard.pane.loaded is not None)
        hands.press(wizard.pane.footer.main)
        wait_until(wizard.pane.footer.bar.isVisible)
        before = status_of_the_only_request(application)
        hands.press(wizard.pane.footer.bar.yes)
        wait_until(lambda: status_of_the_only_request(application) is RequestStatus.SENT)
        [(suffix, draft)] = mail.opened

        assert before is RequestStatus.DRAFT
        assert suffix == ".eml"
        assert b"X-Unsent: 1" in draft
        assert b"\nDate:" not in draft
        assert hands.fields <= MOST_FIELDS
        assert hands.activations <= MOST_ACTIVATIONS


def status_of_the_only_request(application):
    """Asked on the vault's thread, as pages do."""
    came = []
    desk = application.desk
    application.tasks.run(
        application.window, lambda: desk.requests.page(desk.requests.list(RequestFilter()).rows), came.append
    )
    wait_until(lambda: came)
    [row] = came[0]
    return row.status
