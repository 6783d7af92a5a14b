# SPDX-License-Identifier: Apache-2.0
"""The pages of the window, each loaded and made when it is first shown.

The window is the only one that knows them all; they do not know each other.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from optout_desktop.gui.surroundings import Surroundings

DASHBOARD = "dashboard"
REQUESTS = "requests"
COMPANIES = "companies"
LAWS = "laws"
CLIENTS = "clients"
SETTINGS = "settings"
HELP = "help"
NEW_REQUEST = "new_request"


def make_page(key: str, surroundings: Surroundings, help_folder: Path) -> QWidget:
    """The page of that key."""
    match key:
        case "dashboard":
            from optout_desktop.gui.dashboard.page import DashboardPage

            return DashboardPage(surroundings)
        case "requests":
            from optout_desktop.gui.requests.page import RequestsPage

            return RequestsPage(surroundings)
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
