# SPDX-License-Identifier: Apache-2.0
"""One request with everything about it: its head, and below it timeline, letter, files, clocks and notes.

``show_request`` asks for everything in one job on the vault's thread; while a newer wish waits, older answers
are dropped.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from optout_desktop.domain.clocks import Clock
from optout_desktop.domain.companies import Contact
from optout_desktop.domain.errors import NotFound, OptOutError
from optout_desktop.domain.ids import RequestId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.messages import OutgoingMessage
from optout_desktop.domain.milestones import Milestone
from optout_desktop.domain.requests import EventKind, RequestEvent
from optout_desktop.gui import theme
from optout_desktop.gui.requests.clocks_tab import ClocksTab
from optout_desktop.gui.requests.doing import Doing
from optout_desktop.gui.requests.files_tab import FilesTab
from optout_desktop.gui.requests.header import DetailHeader
from optout_desktop.gui.requests.letter_tab import LetterTab
from optout_desktop.gui.requests.notes_tab import NotesTab
from optout_desktop.gui.requests.timeline_tab import TimelineTab
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.tiles import EmptyState
from optout_desktop.services.letters import LetterView
from optout_desktop.services.requests import RequestDetail

_LEAST_SEEN_PX = 240
_CORRECTABLE = frozenset(EventKind) - {EventKind.TAKEN_BACK, EventKind.REOPENED}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Loaded:
    """What one look into the vault brought."""

    detail: RequestDetail
    draft: LetterView | None
    due_soon_days: int
    milestones: tuple[Milestone, ...]
    messages: tuple[OutgoingMessage, ...]
    next_contact: Contact | None
    """Where it can be sent again, if a message came back."""


class DetailPane(QWidget):
    """The detail of one request, or the invitation to choose one."""

    back_wanted = Signal()
    shown_request = Signal(object)
    """The ``RequestId`` whose detail is on screen now."""

    def __init__(self, surroundings: Surroundings, doing: Doing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._surroundings = surroundings
        self._doing = doing
        self._wanted: RequestId | None = None
        self._is_asking = False
        self._asks_again = False
        self.detail: RequestDetail | None = None
        self.header = DetailHeader()
        self.timeline = TimelineTab()
        self.letter = LetterTab(surroundings)
        self.files = FilesTab(surroundings)
        self.clocks = ClocksTab()
        self.notes = NotesTab(surroundings)
        self.back = QPushButton(self.tr("&Back to the list"))
        self.back.setProperty("kind", "link")
        self.back.clicked.connect(self.back_wanted)
        self.back.hide()
        self.tabs = QTabBar()
        self._pages: tuple[QWidget, ...] = (
            self.timeline,
            self.letter,
            self.files,
            self.clocks,
            self.notes,
        )
        self._lay_out()
        self._connect()

    # ── making ───────────────────────────────────────────────────────────────────────────────────────

    def _lay_out(self) -> None:
        self.tabs.setAccessibleName(self.tr("Parts of this request"))
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        names = (
            self.tr("Timeline"),
            self.tr("Letter"),
            self.tr("Files"),
            self.tr("Clocks"),
            self.tr("Notes"),
        )
        for name in names:
            self.tabs.addTab(name)
        line = QFrame()
        line.setProperty("kind", "line")
        sheet = QWidget()
        sheet.setProperty("surface", "window")
        content = QVBoxLayout(sheet)
        content.setContentsMargins(16, 4, 16, 12)
        content.setSpacing(0)
        back_row = QHBoxLayout()
        back_row.addWidget(self.back)
        back_row.addStretch()
        content.addLayout(back_row)
        content.addWidget(self.header)
        content.addSpacing(12)
        content.addWidget(self.tabs)
        content.addWidget(line)
        for page in self._pages:
            content.addWidget(page)
        content.addStretch()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(sheet)
        self._empty = EmptyState(
            self.tr("No request chosen"),
            self.tr("Choose a request in the list to see all about it."),
            icon="list",
        )
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._scroll)
        self._show_tab(0)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._show_tab)
        self.header.step_wanted.connect(self.press_main)
        self.header.entry_wanted.connect(self._enter)
        self.header.letter_wanted.connect(self._write)
        self.header.why_wanted.connect(self._explain_deadline)
        self.clocks.why_wanted.connect(self._explain)
        self.timeline.correct_wanted.connect(self._correct)
        self.timeline.take_back_wanted.connect(self._take_back)
        self.letter.edit_wanted.connect(self.edit)

    # ── showing ──────────────────────────────────────────────────────────────────────────────────────

    @property
    def request(self) -> RequestId | None:
        """The request that is wanted on screen."""
        return self._wanted

    def show_request(self, request: RequestId) -> None:
        """Show everything about this request as soon as it is read."""
        if request != self._wanted:
            self.notes.save()
        self._wanted = request
        self.refresh()

    def refresh(self) -> None:
        """Read the request that is shown again."""
        if self._wanted is None:
            return
        if self._is_asking:
            self._asks_again = True
            return
        self._is_asking = True
        wanted, desk = self._wanted, self._surroundings.desk

        def job() -> _Loaded:
            detail = desk.requests.detail(wanted)
            is_draft = detail.request.sent_on is None
            is_letter = is_draft and not detail.overview.is_registration
            draft = desk.letters.view(wanted, LetterKind.REQUEST) if is_letter else None
            return _Loaded(
                detail=detail,
                draft=draft,
                due_soon_days=desk.preferences.due_soon_days(),
                milestones=desk.foreseeing.milestones(wanted),
                messages=desk.mailroom.outbox.of(wanted),
                next_contact=desk.contacts.after_bounce(wanted),
            )

        self._surroundings.tasks.run(self, job, self._show, self._failed)

    def clear(self) -> None:
        """Show no request."""
        self.notes.save()
        self._wanted = None
        self.detail = None
        self._stack.setCurrentWidget(self._empty)

    def show_tab_of_files(self) -> None:
        """Bring the files to the front."""
        self.tabs.setCurrentIndex(self._pages.index(self.files))

    def _show(self, loaded: _Loaded) -> None:
        self._is_asking = False
        if self._asks_again or loaded.detail.request.id != self._wanted:
            self._asks_again = False
            self.refresh()
            return
        detail, today = loaded.detail, self._surroundings.desk.clock.today()
        is_new = self.detail is None or self.detail.request.id != detail.request.id
        self.detail = detail
        again = loaded.next_contact.value.partition("\n")[0] if loaded.next_contact else ""
        self.header.show_detail(detail, today, loaded.due_soon_days, again)
        self.header.give_more(self._more(detail))
        self.timeline.show_detail(detail, today)
        self.letter.show_detail(detail, loaded.draft, today, loaded.messages)
        self.files.show_files(detail.request.id, detail.files)
        self.clocks.show_milestones(loaded.milestones, today, has_newer_law=detail.has_newer_law)
        self.notes.show_note(detail.request.id, detail.note)
        count = len(self.files.rows)
        files = self.tr("Files ({count})").format(count=count) if count else self.tr("Files")
        self.tabs.setTabText(self._pages.index(self.files), files)
        if is_new:
            self._scroll.verticalScrollBar().setValue(0)
        self._stack.setCurrentWidget(self._scroll)
        self.shown_request.emit(detail.request.id)

    def _failed(self, error: OptOutError) -> None:
        self._is_asking = False
        self._asks_again = False
        if isinstance(error, NotFound):
            self.clear()
        else:
            self._surroundings.errors.show(error, self)

    def _show_tab(self, wanted: int) -> None:
        for at, page in enumerate(self._pages):
            page.setVisible(at == wanted)
        if self.detail is not None:
            QTimer.singleShot(0, self, self._bring_up)

    def _bring_up(self) -> None:
        """Where the head leaves little room below it, let the part that was chosen come up."""
        bar, room = self._scroll.verticalScrollBar(), self._scroll.viewport().height()
        if self.tabs.geometry().bottom() + theme.px(_LEAST_SEEN_PX) > bar.value() + room:
            bar.setValue(self.tabs.y() - theme.px(8))

    # ── doing ────────────────────────────────────────────────────────────────────────────────────────

    def press_main(self) -> None:
        """Do the request's next step, or offer its choices."""
        if self.detail is None or self.detail.overview.is_binned:
            return
        if not self._doing.next_step(self.detail):
            self.header.main.showMenu()

    def edit(self) -> None:
        """Open a draft where it can be changed; correct the last entry of a request that was sent."""
        if self.detail is None:
            return
        if self.detail.request.sent_on is None:
            self._surroundings.navigator.finish_draft(self.detail.request.id)
            return
        last = next((one for one in reversed(self.detail.request.history) if one.kind in _CORRECTABLE), None)
        if last is not None:
            self._doing.correct(self.detail, last)

    def remind(self) -> None:
        """Open the reminder letter."""
        if self.detail is not None and self.detail.request.sent_on is not None:
            self._surroundings.navigator.show_letter(self.detail.request.id, LetterKind.REMINDER)

    def _write(self, kind: LetterKind) -> None:
        if self.detail is not None:
            self._surroundings.navigator.show_letter(self.detail.request.id, kind)

    def add_file(self) -> None:
        """Ask for a file to keep."""
        if self.detail is not None:
            self.show_tab_of_files()
            self.files.drop.button.click()

    def duplicate(self) -> None:
        """Make a draft that asks the same again."""
        if self.detail is not None:
            self._doing.duplicate(self.detail.request)

    def _more(self, detail: RequestDetail) -> QMenu:
        menu, request = QMenu(self), detail.request
        for kind, words in (
            (EventKind.COMPLAINT_LODGED, self.tr("Record a &complaint…")),
            (EventKind.APPEAL_SENT, self.tr("Record an &appeal…")),
            (EventKind.REMINDER_SENT, self.tr("Record a &reminder sent otherwise…")),
            (EventKind.NOTE, self.tr("Add a &note to the timeline…")),
        ):
            if request.allows(kind) and request.sent_on is not None:
                act = menu.addAction(words)
                act.setObjectName(str(kind))
                act.triggered.connect(lambda _checked=False, kind=kind: self._enter(kind))
        menu.addSeparator()
        is_letter = request.sent_on is not None and not detail.overview.is_registration
        if is_letter and request.allows(EventKind.REMINDER_SENT):
            menu.addAction(self.tr("&Write a reminder…")).triggered.connect(self.remind)
        menu.addAction(self.tr("&Duplicate as draft")).triggered.connect(self.duplicate)
        edit = (
            self.tr("C&hange the draft…") if request.sent_on is None else self.tr("Correct the &last entry…")
        )
        menu.addAction(edit).triggered.connect(self.edit)
        menu.addSeparator()
        if request.allows(EventKind.CLOSED):
            menu.addAction(self.tr("Cl&ose…")).triggered.connect(lambda: self._enter(EventKind.CLOSED))
        if request.allows(EventKind.REOPENED):
            reopen = menu.addAction(self.tr("R&eopen"))
            reopen.triggered.connect(lambda: self._doing.reopen(request))
        if detail.overview.is_binned:
            menu.addAction(self.tr("Re&store")).triggered.connect(lambda: self._doing.restore((request.id,)))
        else:
            menu.addAction(self.tr("To the b&in")).triggered.connect(lambda: self._doing.bin((request.id,)))
        return menu

    def _enter(self, kind: EventKind) -> None:
        if self.detail is not None:
            self._doing.enter(self.detail, kind)

    def _correct(self, event: RequestEvent) -> None:
        if self.detail is not None:
            self._doing.correct(self.detail, event)

    def _take_back(self, event: RequestEvent) -> None:
        if self.detail is not None:
            self._doing.take_back(self.detail.request.id, event)

    def _explain_deadline(self) -> None:
        if self.detail is not None and self.detail.deadline is not None:
            self._explain(self.detail.deadline)

    def _explain(self, clock: Clock) -> None:
        if self.detail is not None:
            self._doing.explain(self.detail, clock)
