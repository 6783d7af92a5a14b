# SPDX-License-Identifier: Apache-2.0
"""The pages of the window, each loaded and made when it is first shown.

The window is the only one that knows them all; they do not know each other.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from optout_desktop.gui.keymap import PLACES, Act, keys_shown
from optout_desktop.gui.sidebar import PlaceItem
from optout_desktop.gui.surroundings import Surroundings

DASHBOARD = "dashboard"
REQUESTS = "requests"
OUTBOX = "outbox"
COMPANIES = "companies"
LAWS = "laws"
CLIENTS = "clients"
SETTINGS = "settings"
HELP = "help"
NEW_REQUEST = "new_request"
BATCH = "batch"


def tr(text: str) -> str:
    """The words in the person's language."""
    return QCoreApplication.translate("pages", text)


def places(*, is_advocate: bool, has_outbox: bool) -> tuple[dict[int, str], tuple[PlaceItem, ...]]:
    """The places that work, in order, and those that a number leads to.

    A place keeps its number while others do not work yet, so that no key changes its meaning later.
    """
    found = [(1, DASHBOARD, tr("Dashboard"), "dashboard"), (2, REQUESTS, tr("Requests"), "list")]
    if has_outbox:
        found.append((0, OUTBOX, tr("Outbox"), "plane"))
    found += [(6, COMPANIES, tr("Companies"), "building"), (7, LAWS, tr("Laws"), "scales")]
    if is_advocate:
        found.append((9, CLIENTS, tr("Clients"), "people"))
    items = tuple(
        PlaceItem(
            key=key,
            words=words,
            icon=icon,
            shortcut=keys_shown(PLACES[number - 1] if number else Act.OUTBOX)[0],
        )
        for number, key, words, icon in found
    )
    return {number: key for number, key, _, _ in found if number}, items


def other_places() -> tuple[PlaceItem, ...]:
    """Settings and help."""
    return (
        PlaceItem(key=SETTINGS, words=tr("Settings"), icon="settings", shortcut=keys_shown(Act.SETTINGS)[0]),
        PlaceItem(key=HELP, words=tr("Help"), icon="help", shortcut=keys_shown(Act.HELP)[0]),
    )


def make_page(key: str, surroundings: Surroundings, help_folder: Path) -> QWidget:  # noqa: C901, PLR0911 - one line a page
    """The page of that key."""
    match key:
        case "dashboard":
            from optout_desktop.gui.dashboard.page import DashboardPage

            return DashboardPage(surroundings)
        case "requests":
            from optout_desktop.gui.requests.page import RequestsPage

            return RequestsPage(surroundings)
        case "outbox":
            from optout_desktop.gui.outbox.page import OutboxPage

            return OutboxPage(surroundings)
        case "batch":
            from optout_desktop.gui.batch.page import BatchPage

            return BatchPage(surroundings)
        case "companies":
            from optout_desktop.gui.companies.page import CompaniesPage

            return CompaniesPage(surroundings)
        case "laws":
            from optout_desktop.gui.laws.page import LawsPage

            return LawsPage(surroundings)
        case "clients":
            from optout_desktop.gui.clients.page import ClientsPage

            return ClientsPage(surroundings)
        case "settings":
            from optout_desktop.gui.settings.page import SettingsPage

            return SettingsPage(surroundings)
        case "new_request":
            from optout_desktop.gui.new_request.wizard import NewRequestWizard

            return NewRequestWizard(surroundings)
        case "help":
            from optout_desktop.gui.help.page import HelpPage

            return HelpPage(help_folder)
        case _:
            raise ValueError(key)


def help_over_dialog(folder: Path, screen: str) -> bool:
    """Show the help over the dialog that is up; False where there is none."""
    from optout_desktop.gui.help.page import help_over_dialog

    return help_over_dialog(folder, screen)
