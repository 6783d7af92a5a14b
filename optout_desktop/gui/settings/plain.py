# SPDX-License-Identifier: Apache-2.0
"""The sections that are nothing but settings and words: general, look, advocate mode, privacy."""

from __future__ import annotations

from optout_desktop.domain.preferences import PREFERENCES
from optout_desktop.gui import wording
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.settings.network_log import NetworkLog
from optout_desktop.gui.settings.rows import Binder, ChoiceRow, Section, TickRow
from optout_desktop.gui.surroundings import Surroundings

TEXT_SIZES = (100, 110, 120, 130, 150, 170, 200)
"""The sizes that are offered, in percent; each is among the choices of the preference."""


class GeneralSection(Section):
    """Deadlines, lists, paper."""

    def __init__(self, binder: Binder) -> None:
        super().__init__()
        self.entitle(self.tr("General"))
        days = [(each, wording.days(int(each))) for each in PREFERENCES["due_soon_days"].choices]
        self.due_soon = ChoiceRow(
            binder,
            "due_soon_days",
            self.tr("&Due soon means within"),
            days,
            self.tr(
                "A request whose date is that near counts as due soon, on the dashboard and in the lists."
            ),
        )
        self.paper = ChoiceRow(
            binder,
            "page_format",
            self.tr("&Paper for letters"),
            [
                ("", self.tr("As in the recipient's country")),
                ("a4-din-5008", self.tr("A4, window on the left (DIN 5008, form B)")),
                ("a4-din-5008-a", self.tr("A4, window higher up (DIN 5008, form A)")),
                ("us-letter-10", self.tr("US Letter, #10 envelope")),
            ],
        )
        self.compact = TickRow(binder, "compact_rows", self.tr("&Compact rows in lists"))
        self.single_keys = TickRow(
            binder,
            "single_keys",
            self.tr("Single &letter keys in lists"),
            self.tr("Such as / for search. Turn them off if you dictate or use a switch."),
        )
        for row in (self.due_soon, self.paper, self.compact, self.single_keys):
            self.add(row)
        self.finish()


class LookSection(Section):
    """Theme and text size."""

    def __init__(self, binder: Binder) -> None:
        super().__init__()
        self.entitle(self.tr("Look"))
        self.theme = ChoiceRow(
            binder,
            "theme",
            self.tr("&Theme"),
            [
                ("system", self.tr("As the system")),
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
                ("contrast", self.tr("High contrast")),
            ],
        )
        percent = self.tr("{number} %")
        self.text = ChoiceRow(
            binder,
            "text_size",
            self.tr("Text &size"),
            [(size, percent.format(number=size)) for size in TEXT_SIZES],
            self.tr("Also with Ctrl and +, − or 0."),
        )
        self.add(self.theme)
        self.add(self.text)
        self.finish()


class AdvocateSection(Section):
    """For those who file for others."""

    def __init__(self, binder: Binder) -> None:
        super().__init__()
        self.entitle(self.tr("Advocate mode"))
        self.switch = TickRow(
            binder,
            "advocate_mode",
            self.tr("I &file for other people"),
            self.tr("Shows Clients at the side, and whose requests you are looking at above every page."),
        )
        self.add(self.switch)
        self.say(
            self.tr(
                "Each request belongs to one person, and only that person's details can be put in its letter."
            )
        )
        self.finish()


class PrivacySection(Section):
    """What was connected to, and what is stored where."""

    def __init__(self, surroundings: Surroundings) -> None:
        super().__init__()
        self.entitle(self.tr("Privacy"))
        self.add(label(self.tr("Network log"), Look.STRONG))
        self.network = NetworkLog(surroundings)
        self.add(self.network)
        for head, words in (
            (
                self.tr("In the vault, encrypted"),
                self.tr(
                    "You and your clients, companies you added, requests, letters, replies, files, notes, your mail "
                    "accounts with their passwords, what was sent, and settings about them."
                ),
            ),
            (
                self.tr("Beside the vault, encrypted with the same key"),
                self.tr("Backups of the vault."),
            ),
            (
                self.tr("In a settings file, not encrypted"),
                self.tr(
                    "Theme, text size, when to lock, and where the last vault lies. No name, no address."
                ),
            ),
            (
                self.tr("For a short while, not encrypted"),
                self.tr(
                    "A draft or page that you open in another program. It is removed after ten minutes, "
                    "on locking, and on quitting."
                ),
            ),
        ):
            self.add(label(head, Look.STRONG, wraps=True))
            self.say(words)
        self.finish()

    def refresh(self) -> None:
        """Ask what was connected to."""
        self.network.refresh()
