# SPDX-License-Identifier: Apache-2.0
"""What tests of the window stand on: the real look, tasks done at once, and no unexpected question."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from optout_desktop.domain.errors import OptOutError
from optout_desktop.gui import dialogs
from optout_desktop.gui.tasks import Tasks
from optout_desktop.gui.theme import Appearance, Theme
from optout_desktop.gui.voice import voice

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


class ImmediateTasks(Tasks):
    """Tasks that are done before `run` returns, so that a page's test reads from top to bottom."""

    def __init__(self):
        self.errors: list[OptOutError] = []
        self.bugs: list[BaseException] = []
        super().__init__(lambda error, _parent: self.errors.append(error), self.bugs.append)

    def run(self, owner, job: Callable[[], Any], then, failed=None):
        try:
            result = job()
        except OptOutError as error:
            if failed is not None:
                failed(error)
            else:
                self.errors.append(error)
            return
        then(result)

    run_outside = run

    def in_vault(self, job):
        return job()

    def progress(self, owner, show):
        return show

    def announce(self):
        self.vault_changed.emit()


@pytest.fixture(scope="session")
def _worn(qapp):
    return Theme(RESOURCES, qapp)


@pytest.fixture(autouse=True)
def theme(_worn, english):
    """The real look, light, at 100 %."""
    _worn.wear(Appearance.LIGHT, 1.0)
    return _worn


@pytest.fixture
def tasks():
    """Tasks that are done at once; errors and bugs that nobody took are kept in lists."""
    immediate = ImmediateTasks()
    yield immediate
    immediate.close()


@pytest.fixture(autouse=True)
def asked():
    """The questions that came up; one that the test did not announce fails it."""
    with dialogs.script() as playing:
        yield playing


@pytest.fixture
def said():
    """What was spoken to a screen reader, in order."""
    words: list[str] = []
    connection = voice().said.connect(words.append)
    yield words
    QObject.disconnect(connection)


@pytest.fixture
def show(qtbot):
    """Show a widget, wait until it is on screen, and close it after the test."""

    def shown(widget: QWidget, width: int = 800, height: int = 600) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        qtbot.waitExposed(widget)
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    return shown
