# SPDX-License-Identifier: Apache-2.0
"""A window that is open for a day must not use up `None`."""

from PySide6.QtWidgets import QApplication, QWidget


def test_a_hundred_thousand_empty_answers_of_qt_leave_the_app_alive(qapp, theme):
    for _ in range(100_000):
        answer = QApplication.activePopupWidget()
    widget = QWidget()
    for _ in range(20_000):
        widget.setEnabled(True)

    assert answer is None
    assert widget.isEnabled()
