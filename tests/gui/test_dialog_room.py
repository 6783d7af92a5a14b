# SPDX-License-Identifier: Apache-2.0
"""The size of a dialog, as far as the screen has room."""

from PySide6.QtWidgets import QDialog

from optout_desktop.gui.dialog_room import fit


def test_a_dialog_has_the_size_it_wants(show):
    dialog = show(QDialog())
    fit(dialog, 320, 240)

    assert (dialog.width(), dialog.height()) == (320, 240)


def test_a_dialog_is_never_larger_than_the_screen(show):
    dialog = show(QDialog())
    room = dialog.screen().availableGeometry()
    fit(dialog, 9_000, 9_000)

    assert dialog.width() < room.width()
    assert dialog.height() < room.height()
