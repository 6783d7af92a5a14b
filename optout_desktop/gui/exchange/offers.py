# SPDX-License-Identifier: Apache-2.0
"""What the File menu offers for exports and imports of requests; the dialogs are loaded when one is wanted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QWidget

from optout_desktop.domain.exchange import ExportForm
from optout_desktop.gui import pages
from optout_desktop.gui.keymap import Act
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.window_facts import WindowFacts


class Window(Protocol):
    """What is asked of the main window, which is a widget as well."""

    surroundings: Surroundings
    facts: WindowFacts | None

    @property
    def key(self) -> str:
        """The page that is shown, by its name."""
        ...

    @property
    def page(self) -> QWidget:
        """The page that is shown."""
        ...


_FORMS = {
    Act.EXPORT_DEADLINES: ExportForm.ICS,
    Act.EXPORT_TABLE: ExportForm.CSV,
    Act.EXPORT_DOCUMENT: ExportForm.JSON,
}


def exchange_acts(window: Window) -> dict[Act, Callable[[], object]]:
    """The actions of the window about files of requests."""
    exports = {act: partial(_export, window, form) for act, form in _FORMS.items()}
    imports = {
        Act.IMPORT_REQUESTS: partial(_import, window),
        Act.IMPORT_COMPANIES: partial(_companies, window),
    }
    return {**imports, **exports}


def _export(window: Window, form: ExportForm) -> None:
    from optout_desktop.gui.exchange.export_dialog import ExportDialog

    pane = getattr(window.page, "list_pane", None) if window.key == pages.REQUESTS else None
    people = window.facts.people if window.facts else ()
    listed = pane.bar.wanted if pane else None
    ExportDialog(window.surroundings, form, people, listed, window.page.window()).open()


def _companies(window: Window) -> None:
    window.go(pages.COMPANIES).import_companies()  # type: ignore[attr-defined]  # the page of that key


def _import(window: Window) -> None:
    from optout_desktop.gui.exchange.import_dialog import import_requests

    people = window.facts.people if window.facts else ()
    import_requests(window.surroundings, people, window.page.window())
