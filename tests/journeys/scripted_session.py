# SPDX-License-Identifier: Apache-2.0
"""One whole session with personal words in it, in a process of its own, for those who watch from outside.

    python scripted_session.py ENDING

Creates a vault, writes a request with letter, note and file, opens the window, unlocks, looks at every page,
searches, hands a draft over, locks, and quits. ENDING is ``quit``, ``crash`` (SIGSEGV while unlocked),
``mishap`` (an error that nobody caught) or ``connect`` (opens a socket, so that a watcher can be seen to work).
Prints one JSON object: what could still be read in the window after locking.
"""

import json
import os
import resource
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from optout_desktop.adapters.process_guard import guard_process
from optout_desktop.app import House
from optout_desktop.domain.agenda import RequestFilter
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.people import IdentityItem, PostalAddress
from optout_desktop.domain.rights import Right
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui import dialogs, singletons
from optout_desktop.gui.application import Application
from optout_desktop.gui.fields import PassphraseField
from optout_desktop.services.companies import CompanyInput
from optout_desktop.services.people import PersonInput
from optout_desktop.services.requests import NewRequest
from optout_desktop.services.sending import Way

CANARIES = {
    "name": "Wilhelmina Zaphodsdottir",
    "email": "zaphodsdottir.canary@example.org",
    "phone": "+12025550177",
    "street": "77 Quibblequartz Lane",
    "city": "Xylotrope Falls",
    "passphrase": "plinth gorgonzola vexing thirteen",
    "company": "Brumblewick Analytics",
    "company_email": "rights@brumblewick.example",
    "customer_number": "CUST-8841-QQZ",
    "note": "they called my aunt Theodosia",
    "letter": "my own words about marmalade",
    "file_name": "evidence-of-klaxons.txt",
    "file": "the recording says flibbertigibbet",
    "search": "brumblew",
}
WAIT_SECONDS = 30.0


def until(condition, what):
    """Let the window live until something is so."""
    ends = time.monotonic() + WAIT_SECONDS
    while not condition():
        if time.monotonic() > ends:
            raise TimeoutError(what)
        QApplication.processEvents()
        # a running event loop deletes what asked for it; without one it has to be told
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def write_requests(house):
    """Fill a new vault with words that must never be seen outside it."""
    words = CANARIES
    vault = house.vaults.create("Personal", Secret(words["passphrase"]))
    desk = house.open_desk(vault)
    address = PostalAddress(
        lines=(words["street"],), postcode="99999", city=words["city"], region="CA", country="US"
    )
    person = desk.people.add(
        PersonInput(
            name=words["name"],
            emails=(words["email"],),
            phones=(words["phone"],),
            place="US-CA",
            addresses=(address,),
        )
    )
    company = desk.companies.add(
        CompanyInput(name=words["company"], email=words["company_email"], country="US")
    )
    draft = desk.requests.start(
        NewRequest(
            person=person.id,
            company=company.id,
            right=Right.OPTOUT_SALE,
            law=LawId("us-ca-ccpa"),
            channel=Channel.EMAIL,
            identity=frozenset(IdentityItem),
            customer_number=words["customer_number"],
        )
    )
    view = desk.letters.view(draft.id)
    desk.letters.save(
        draft.id, view.letter.kind, view.letter.subject, f"{view.letter.body}\n{words['letter']}\n"
    )
    desk.requests.save_note(draft.id, words["note"])
    desk.evidence.add_bytes(draft.id, words["file_name"], "text/plain", words["file"].encode())
    view = desk.letters.view(draft.id)
    desk.letters.preview(view)
    desk.sending.open_file(view, Way.EML)
    desk.sending.open_file(view, Way.PDF)
    desk.sending.confirm(draft.id, view.letter.kind, house.clock.today(), Way.EML)
    desk.backups.back_up()
    house.handover.clear()
    vault.close()
    return draft.id


def unlock(application):
    """Type the passphrase and press the button."""
    page = application.entrance.page
    field = page.findChild(PassphraseField)
    field.setText(CANARIES["passphrase"])
    next(
        button for button in page.findChildren(QPushButton) if button.text().replace("&", "") == "Unlock"
    ).click()
    until(lambda: application.desk is not None, "unlocking")


def look_around(application, request):
    """Open every page, and search."""
    window = application.window
    for place in ("dashboard", "companies", "settings", "requests"):
        window.go(place)
        settle()
    window.page.show_filter(RequestFilter(typed=CANARIES["search"]))
    settle()
    window.page.show_request(request)
    until(lambda: CANARIES["company"] in everything_said(), "the detail")
    application.clipboard.put(CANARIES["letter"])


def settle():
    """A moment for what was asked to arrive."""
    ends = time.monotonic() + 0.3
    until(lambda: time.monotonic() > ends, "a moment")


def everything_said():
    """Every text that a widget or a screen reader could tell."""
    told = [QGuiApplication.clipboard().text(), QGuiApplication.applicationDisplayName()]
    for widget in QApplication.allWidgets():
        told += texts_of(widget)
    return "\n".join(told)


def texts_of(widget: QWidget):
    """What one widget says."""
    told = [widget.windowTitle(), widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
    if isinstance(widget, QLabel | QLineEdit | QPushButton):
        told.append(widget.text())
    node = QAccessible.queryAccessibleInterface(widget)
    if node is not None:
        told += [
            node.text(role)
            for role in (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)
        ]
    return told


def end_as(ending):
    """Leave the world in the way that was asked for, while unlocked."""
    if ending == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if ending == "connect":
        with socket.socket() as one:
            one.connect_ex(("127.0.0.1", 9))
    if ending == "mishap":

        def mishap():
            raise ValueError(CANARIES["note"])

        with dialogs.script():
            QTimer.singleShot(0, mishap)
            QTimer.singleShot(
                400, lambda: QApplication.activeModalWidget() and QApplication.activeModalWidget().reject()
            )
            settle()
            settle()


def main():
    """The session."""
    ending = sys.argv[1]
    os.umask(0)
    guard_process()
    singletons.keep_alive()
    app = QApplication([])
    dialogs.redirect_qsettings(Path(tempfile.mkdtemp(dir=os.environ["XDG_RUNTIME_DIR"])))
    house = House()
    request = write_requests(house)
    application = Application(house, is_watching_screen=False)
    application.errors.install_excepthook()
    application.start()
    unlock(application)
    look_around(application, request)
    end_as(ending)
    application.lock()
    until(lambda: application.entrance is not None, "locking")
    settle()
    told = everything_said()
    application.end()
    limits = resource.getrlimit(resource.RLIMIT_CORE)
    readable = [name for name, word in CANARIES.items() if word in told]
    sys.stdout.write(json.dumps({"told": readable, "core": list(limits)}) + "\n")
    app.quit()
    # what is left of Qt at the end of an interpreter is nobody's business here
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
