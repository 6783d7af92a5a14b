# SPDX-License-Identifier: Apache-2.0
"""How the window opens batches: from the menu, and where a page asks the ``Navigator`` for one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QWidget

from optout_desktop.domain.companies import Company
from optout_desktop.domain.ids import BatchId, LawId, RequestId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.rights import Goal, Right
from optout_desktop.gui import pages
from optout_desktop.gui.keymap import Act
from optout_desktop.gui.surroundings import Navigator
from optout_desktop.services.batches import BatchWish


class Window(Protocol):
    """What is asked of the main window."""

    navigator: Navigator

    @property
    def key(self) -> str:
        """The page that is shown, by its name."""
        ...

    @property
    def page(self) -> QWidget:
        """The page that is shown."""
        ...

    def go(self, key: str) -> QWidget:
        """Show a page."""
        ...

    def start_request(
        self, wanted: Goal | Right | None, company: Company | None, law: LawId | None = None
    ) -> None:
        """The wizard."""
        ...


def batch_acts(window: Window) -> dict[Act, Callable[[], object]]:
    """What the menu does, with the wishes of pages fulfilled from now on."""

    def begin(wish: BatchWish) -> None:
        window.go(pages.BATCH).begin(wish)  # type: ignore[attr-defined]  # the page of that key

    def send_together(requests: tuple[RequestId, ...], kind: LetterKind) -> None:
        window.go(pages.BATCH).begin_with(requests, kind)  # type: ignore[attr-defined]

    def show(batch: BatchId | None = None) -> None:
        page = window.go(pages.BATCH)
        if batch is None:
            page.show_list()  # type: ignore[attr-defined]
        else:
            page.open_batch(batch)  # type: ignore[attr-defined]

    def several() -> None:
        window.start_request(None, None)
        if window.key == pages.NEW_REQUEST:
            window.page.lead_to_batch()  # type: ignore[attr-defined]

    navigator = window.navigator
    navigator.several_wanted.connect(several)
    navigator.batch_wanted.connect(begin)
    navigator.batch_of_wanted.connect(send_together)
    navigator.batches_wanted.connect(show)
    return {Act.SEVERAL: several, Act.BATCHES: show}
