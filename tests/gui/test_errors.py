# SPDX-License-Identifier: Apache-2.0
"""Mishaps in words, and bugs without personal data."""

import re
import sys
import threading
from datetime import date, datetime

import pytest
from PySide6.QtCore import QTimer, qInstallMessageHandler, qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from optout_desktop.domain import errors as known
from optout_desktop.gui import dialogs
from optout_desktop.gui.errors import BugDialog, Errors, describe, words_for

CANARY = "CANARY jane@example.org"
SAMPLES = [
    known.WrongKey(),
    known.VaultDamaged("page 212"),
    known.VaultNotEncrypted(),
    known.VaultTooNew("3.2", "3.0"),
    known.VaultInUse(4211),
    known.VaultInUse(),
    known.VaultMissing("Personal"),
    known.VaultExists("Personal"),
    known.VaultReadOnly(),
    known.VaultMoved(),
    known.DiskFull(),
    known.DiskFailed(),
    known.BackupUnusable("It is empty."),
    known.KeyringMissing(),
    known.KeyringLocked(),
    known.KeyringRefused(),
    known.KeyringChanged("KWallet", "GNOME Keyring"),
    known.WeakPassphrase("This passphrase is too common. Take four words."),
    known.InputError("email", "privacy@northwind is missing a domain.", "privacy@northwind.example"),
    known.NotAllowed("This request was sent already. Record a reply."),
    known.NotFound("company", "Nortwind", ("Northwind",)),
    known.CatalogError("ccpa.toml", "amount", "is not a number", 12),
    known.TemplateError("greeting", "no name"),
    known.HandOverError("No mail program took the draft. Save it as a file."),
    *(known.ServerUnreachable("mail.example.org", why) for why in ("name", "refused", "silent", "dropped")),
    known.EncryptionRefused("mail.example.org"),
    known.CertificateRefused("mail.example.org", "expired", date(2026, 11, 2)),
    *(known.CertificateRefused("mail.example.org", why) for why in ("self_signed", "weak", "other")),
    known.LoginRefused("mail.example.org"),
    known.ServerRefused("mail.example.org", 554, "no thank you"),
    known.ImportRefused("This file is larger than 50 MB. Nothing was changed.", "too_large"),
]


@pytest.mark.parametrize("error", SAMPLES, ids=lambda error: type(error).__name__)
def test_every_known_error_has_a_title_and_whole_sentences_without_blame(error):
    words = words_for(error)

    assert words.title
    assert words.text[-1] in ".?" or isinstance(error, known.CatalogError | known.TemplateError)
    assert not re.search(
        r"\b(illegal|fatal|invalid input|oops|wrong)\b", f"{words.title} {words.text}", re.IGNORECASE
    )
    assert "Traceback" not in words.text


def test_figures_of_the_error_stand_in_its_words():
    assert "50 MB" in words_for(known.DiskFull(50)).text
    assert "4211" in words_for(known.VaultInUse(4211)).text
    assert "Did you mean a@b.example?" in words_for(known.InputError("email", "No.", "a@b.example")).text


def test_a_known_error_is_told_once(qapp):
    with dialogs.script([None]) as playing:
        Errors().show(known.DiskFull())

    assert [each.title for each in playing.asked] == ["The disk is full"]


def _fail_with(secret):
    local = secret
    try:
        raise ValueError(local)
    except ValueError as error:
        raise RuntimeError(secret) from error


@pytest.fixture
def bug():
    with pytest.raises(RuntimeError) as caught:
        _fail_with(CANARY)
    return caught.value


def test_a_description_names_places_and_kinds_and_nothing_personal(bug):
    details = describe(bug)

    assert "CANARY" not in details
    assert "jane" not in details
    assert "builtins.RuntimeError" in details
    assert "builtins.ValueError" in details
    assert re.search(r"test_errors\.py:\d+ _fail_with", details)
    assert "/" not in details


def test_the_bug_dialog_says_until_when_data_is_safe_and_copies_on_demand(bug, show):
    dialog = show(BugDialog(describe(bug), datetime(2026, 11, 22, 14, 2, 11), None, can_restart=True))
    copy = next(each for each in dialog.findChildren(QPushButton) if each.text() == "&Copy details")
    copy.click()

    assert any("14:02:11" in label.text() for label in dialog.findChildren(QLabel))
    assert QGuiApplication.clipboard().text() == describe(bug)


def test_details_are_folded_until_asked_for(bug, show):
    dialog = show(BugDialog(describe(bug), None, None, can_restart=False))
    folded = dialog._text.isVisible()
    dialog._unfold.click()

    assert not folded
    assert dialog._text.isVisible()


def _answer_bug_dialog(result, seen):
    def look():
        found = [
            each
            for each in QApplication.topLevelWidgets()
            if isinstance(each, BugDialog) and each.isVisible()
        ]
        if found:
            seen.append(found[0]._details)
            found[0].done(result)
        else:
            QTimer.singleShot(5, look)

    QTimer.singleShot(0, look)


def test_restarting_is_left_to_the_app(bug):
    restarted, seen = [], []
    _answer_bug_dialog(BugDialog.RESTART, seen)
    Errors(restart=lambda: restarted.append(1)).show_bug(bug)

    assert restarted == [1]
    assert len(seen) == 1


def test_what_nobody_caught_is_shown_from_every_thread(bug, qtbot, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    errors, seen = Errors(), []
    errors.install_excepthook()
    _answer_bug_dialog(0, seen)
    thread = threading.Thread(target=_fail_with, args=(CANARY,))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(seen) == 1)
    _answer_bug_dialog(0, seen)
    sys.excepthook(type(bug), bug, bug.__traceback__)
    qtbot.waitUntil(lambda: len(seen) == 2)

    assert all("CANARY" not in details for details in seen)


def test_messages_of_qt_are_noted_without_their_text(qapp):
    noted = []
    errors = Errors(note_qt=lambda kind, place: noted.append((kind, place)))
    before = qInstallMessageHandler(None)
    errors.install_qt_handler()
    qWarning(CANARY)
    qInstallMessageHandler(before)

    assert len(noted) == 1
    assert noted[0][0] == "QtWarningMsg"
    assert "CANARY" not in noted[0][1]


def test_an_error_that_ends_the_session_is_told_by_no_dialog():
    over = []
    with dialogs.script() as asked:
        Errors(take_over=lambda error: not over.append(error)).show(known.VaultDamaged("page 212"))

    assert [str(error) for error in over] == [str(known.VaultDamaged("page 212"))]
    assert list(asked.asked) == []
