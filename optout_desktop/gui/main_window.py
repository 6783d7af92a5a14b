# SPDX-License-Identifier: Apache-2.0
"""The window of an open vault: header, places, pages, toast, status line, menus.

Pages ask for each other through the ``Navigator``, which ends here. Locking destroys the whole window.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from optout_desktop import APP_NAME
from optout_desktop.domain.agenda import RequestFilter
from optout_desktop.domain.companies import Company
from optout_desktop.domain.ids import LawId, PersonId, RequestId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.people import Person
from optout_desktop.domain.rights import Goal, Right
from optout_desktop.gui import pages, theme, wording
from optout_desktop.gui.batch_entry import batch_acts
from optout_desktop.gui.daily_backup import AFTER_MS, DailyBackup
from optout_desktop.gui.errors import Errors
from optout_desktop.gui.exchange.offers import exchange_acts
from optout_desktop.gui.header import Header, SampleBanner
from optout_desktop.gui.keymap import PLACES, Act
from optout_desktop.gui.menus import Menus
from optout_desktop.gui.post_office import PostOffice
from optout_desktop.gui.sidebar import Sidebar
from optout_desktop.gui.status_line import StatusLine
from optout_desktop.gui.surroundings import Clipboard, Navigator, Opener, Surroundings
from optout_desktop.gui.tasks import Tasks
from optout_desktop.gui.toast import ToastPlace
from optout_desktop.gui.window_facts import WindowFacts, look
from optout_desktop.services.backups import BackupView
from optout_desktop.services.desk import Desk
from optout_desktop.services.undoing import UndoView

NARROW_BELOW_PX = 1040
_LARGE_TEXT = 1.75


class MainWindow(QMainWindow):
    """Everything that is seen of an open vault."""

    lock_wanted = Signal()
    quit_wanted = Signal()
    own_vault_wanted = Signal()
    restore_wanted = Signal()
    preferences_read = Signal(object)
    """Every setting by name, whenever they were read."""
    was_minimised = Signal()

    def __init__(  # noqa: PLR0913 - what a window stands on
        self,
        desk: Desk,
        tasks: Tasks,
        errors: Errors,
        opener: Opener,
        clipboard: Clipboard,
        help_folder: Path,
        *,
        backup_after_ms: int = AFTER_MS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(APP_NAME)
        self._desk = desk
        self._tasks = tasks
        self._errors = errors
        self._help_folder = help_folder
        self._pages: dict[str, QWidget] = {}
        self._key = ""
        self._back: list[str] = []
        self._forward: list[str] = []
        self._person: PersonId | None = None
        self._people: tuple[Person, ...] = ()
        self._is_advocate = self._has_outbox = False
        self._after_you: Callable[[], None] | None = None
        self.facts: WindowFacts | None = None
        self.navigator = Navigator(self)
        self._toasts = ToastPlace()
        self.post = PostOffice(desk, tasks, self._toasts.toast, self)
        self.surroundings = Surroundings(
            desk=desk,
            tasks=tasks,
            errors=errors,
            navigator=self.navigator,
            opener=opener,
            clipboard=clipboard,
            say=self.say,
            say_undoable=self.say_undoable,
            post=self.post,
        )
        self.header = Header(desk.name)
        self.sidebar = Sidebar()
        self.stack = QStackedWidget()
        self.stack.setProperty("surface", "window")
        self.status_line = StatusLine()
        self.setStatusBar(self.status_line)
        self.banner: SampleBanner | None = None
        self._frame = QStackedWidget()
        self._frame.addWidget(self._shell())
        self.setCentralWidget(self._frame)
        self.menus = Menus(self, self._acts() | exchange_acts(self) | batch_acts(self))
        self._daily = DailyBackup(desk, tasks, errors, backup_after_ms, self)
        self._daily.made.connect(self._look)
        self._connect()
        self.setMinimumSize(960, 600)
        self.resize(1280, 800)
        self._offer_places()
        self._fit()

    # ── what others ask ──────────────────────────────────────────────────────────────────────────────

    def begin(self) -> None:
        """Show the dashboard and read the frame's facts."""
        self.go(pages.DASHBOARD)
        self._look()
        self.post.open()

    def begin_first_run(self, *, is_for_clients: bool = False) -> None:
        """Steps 2 and 3 of the first run."""
        if is_for_clients:
            job = lambda: self._desk.preferences.remember("advocate_mode", True)  # noqa: E731
            self._tasks.run(self, job, lambda _nothing: self._look())
        self.go(pages.DASHBOARD)
        self._look()
        self.ask_who_you_are(lambda: self.start_request(None, None))

    @property
    def key(self) -> str:
        """The key of the page that is shown."""
        return self._key

    @property
    def page(self) -> QWidget:
        """The page that is shown."""
        return self._pages[self._key]

    def go(self, key: str) -> QWidget:
        """Show a page; it asks the services again."""
        if key != self._key:
            if self._key:
                self._back.append(self._key)
            self._forward = []
            self._show_page(key)
        else:
            self._refresh_page()
        return self._pages[key]

    def say(self, words: str) -> None:
        """Say that something was done."""
        self._toasts.toast.say(words)

    def say_undoable(self, words: str) -> None:
        """Say that something was done that can be taken back."""
        self._toasts.toast.say(words, undo=self._undo_step)

    @property
    def toast_words(self) -> str:
        """What the toast says now; empty while there is none."""
        return "" if self._toasts.toast.isHidden() else self._toasts.toast.words

    def undo(self) -> None:
        """Take back the message that still counts down, else the last step."""
        if not self.post.take_back():
            self._undo_step()

    def redo(self) -> None:
        """Do the last undone step again."""
        self._tasks.run(self, self._desk.undoing.redo, self._undone)

    def start_request(
        self, wanted: Goal | Right | None, company: Company | None, law: LawId | None = None
    ) -> None:
        """The wizard; who has not said yet who they are, is asked first."""
        if not self._people and self.facts is not None:
            self.ask_who_you_are(lambda: self.start_request(wanted, company, law))
            return
        wizard = self.go(pages.NEW_REQUEST)
        wizard.begin(wanted, company, law)  # type: ignore[attr-defined]  # the page of that key

    def show_registers(self) -> None:
        """The registers of the page of laws."""
        self.go(pages.LAWS).show_tab("registers")  # type: ignore[attr-defined]  # the page of that key

    def ask_who_you_are(self, then: Callable[[], None]) -> None:
        """Step 2 of the first run, over the whole window."""
        from optout_desktop.gui.unlock.first_run import YouStep

        step = YouStep(self._desk, self._tasks)
        step.finished.connect(self._you_are_known)
        self._after_you = then
        self._frame.addWidget(step)
        self._frame.setCurrentWidget(step)
        self.menuBar().hide()
        step.setFocus()

    # ── Qt ───────────────────────────────────────────────────────────────────────────────────────────

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the window quits."""
        event.ignore()
        self.quit_wanted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window keeps the icons of the places alone."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Larger text does as well; being minimised is told."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "sidebar"):
            self._fit()
        elif event.type() is QEvent.Type.WindowStateChange and self.isMinimized():
            self.was_minimised.emit()
        elif event.type() is QEvent.Type.PaletteChange and hasattr(self, "menus"):
            self.menus.tint_again()

    # ── making ───────────────────────────────────────────────────────────────────────────────────────

    def _shell(self) -> QWidget:
        shell = QWidget()
        shell.setProperty("surface", "window")
        column = QVBoxLayout(shell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self._desk.sample_day is not None:
            self.banner = SampleBanner(wording.long_date(self._desk.sample_day))
            self.banner.own_wanted.connect(self.own_vault_wanted)
            column.addWidget(self.banner)
        column.addWidget(self.header)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.sidebar)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.stack, 1)
        right.addWidget(self._toasts)
        middle.addLayout(right, 1)
        column.addLayout(middle, 1)
        return shell

    def _acts(self) -> dict[Act, Callable[[], object]]:
        return {
            Act.NEW_REQUEST: lambda: self.start_request(None, None),
            Act.NEW_COMPANY: self._new_company,
            Act.BACK_UP: self._back_up_now,
            Act.RESTORE: self.restore_wanted.emit,
            Act.LOCK: self.lock_wanted.emit,
            Act.CLOSE_WINDOW: self.close,
            Act.QUIT: self.quit_wanted.emit,
            Act.UNDO: self.undo,
            Act.REDO: self.redo,
            Act.SEARCH: self._focus_search,
            Act.BACK: self.go_back,
            Act.FORWARD: self.go_forward,
            Act.NEXT_PANE: lambda: self._next_pane(1),
            Act.PREVIOUS_PANE: lambda: self._next_pane(-1),
            Act.LARGER_TEXT: lambda: self._step_text(1),
            Act.SMALLER_TEXT: lambda: self._step_text(-1),
            Act.NORMAL_TEXT: lambda: self._step_text(0),
            Act.SWITCH_CLIENT: self.header.who.showMenu,
            Act.SETTINGS: lambda: self.go(pages.SETTINGS),
            Act.OUTBOX: lambda: self.go(pages.OUTBOX),
            Act.HELP: lambda: self._help(""),
            Act.SHORTCUTS: self._shortcuts,
            Act.ABOUT: self._about,
            **{act: partial(self._go_to_place, number) for number, act in enumerate(PLACES, start=1)},
        }

    def _connect(self) -> None:
        navigator = self.navigator
        navigator.dashboard_wanted.connect(lambda: self.go(pages.DASHBOARD))
        navigator.requests_wanted.connect(self._show_requests)
        navigator.request_wanted.connect(self._show_request)
        navigator.new_request_wanted.connect(self.start_request)
        navigator.registers_wanted.connect(self.show_registers)
        navigator.draft_wanted.connect(self._show_draft)
        navigator.letter_wanted.connect(self._show_letter)
        navigator.settings_wanted.connect(self._show_settings)
        navigator.outbox_wanted.connect(lambda: self.go(pages.OUTBOX))
        self.post.outbox_wanted.connect(navigator.outbox_wanted)
        self.post.changed.connect(self._show_post)
        navigator.help_wanted.connect(self._help)
        navigator.lock_wanted.connect(self.lock_wanted)
        self.header.search_wanted.connect(self._search)
        self.header.new_wanted.connect(lambda: self.start_request(None, None))
        self.header.lock_wanted.connect(self.lock_wanted)
        self.header.person_wanted.connect(self._choose_person)
        self.sidebar.gone_to.connect(self.go)
        self._tasks.vault_changed.connect(self._vault_changed)

    def _offer_places(self) -> None:
        self._places, places = pages.places(is_advocate=self._is_advocate, has_outbox=self._has_outbox)
        self.sidebar.show_places(places, pages.other_places())
        self.sidebar.choose(self._key)

    # ── going about ──────────────────────────────────────────────────────────────────────────────────

    def go_back(self) -> None:
        """The page before this one."""
        if self._back:
            self._forward.append(self._key)
            self._show_page(self._back.pop())

    def go_forward(self) -> None:
        """The page that was left by going back."""
        if self._forward:
            self._back.append(self._key)
            self._show_page(self._forward.pop())

    def _show_page(self, key: str) -> None:
        if key not in self._pages:
            page = pages.make_page(key, self.surroundings, self._help_folder)
            self._pages[key] = page
            self.stack.addWidget(page)
            if key == pages.NEW_REQUEST:
                page.finished.connect(self._request_written)  # type: ignore[attr-defined]
            elif key == pages.SETTINGS:
                page.sections["backups"].restore_wanted.connect(self.restore_wanted)  # type: ignore[attr-defined]
        self._key = key
        self.stack.setCurrentWidget(self._pages[key])
        self.sidebar.choose(key)
        self.header.new.setVisible(key != pages.NEW_REQUEST)
        self.menus.show_for(self._pages[key])
        self._refresh_page()
        self._pages[key].setFocus()

    def _refresh_page(self) -> None:
        if refresh := getattr(self.page, "refresh", None):
            refresh()

    def _go_to_place(self, number: int) -> None:
        if (key := self._places.get(number)) is not None:
            self.go(key)

    def _next_pane(self, step: int) -> None:
        panes = [self.sidebar.places, self.header.search, self.page]
        focus = self.focusWidget()
        at = next(
            (n for n, pane in enumerate(panes) if focus and (pane is focus or pane.isAncestorOf(focus))), 0
        )
        target = panes[(at + step) % len(panes)]
        target.setFocus()
        if target is self.page and not self.page.isAncestorOf(self.focusWidget() or self):
            self.page.focusNextChild()

    def _fit(self) -> None:
        current = theme.current()
        is_large = current is not None and current.text_factor >= _LARGE_TEXT
        is_narrow = self.width() < NARROW_BELOW_PX or is_large
        if is_narrow is not self.sidebar.is_narrow:
            self.sidebar.set_narrow(is_narrow=is_narrow)

    # ── wishes of pages ──────────────────────────────────────────────────────────────────────────────

    def _show_requests(self, wanted: RequestFilter) -> None:
        self.go(pages.REQUESTS).show_filter(wanted)  # type: ignore[attr-defined]

    def _show_request(self, request: RequestId) -> None:
        self.go(pages.REQUESTS).show_request(request)  # type: ignore[attr-defined]

    def _show_draft(self, request: RequestId) -> None:
        self.go(pages.NEW_REQUEST).open_draft(request)  # type: ignore[attr-defined]

    def _show_settings(self, section: str) -> None:
        self.go(pages.SETTINGS).show_section(section)  # type: ignore[attr-defined]

    def _show_letter(self, request: RequestId, kind: LetterKind) -> None:
        from optout_desktop.gui.new_request.letter_dialog import LetterDialog

        LetterDialog(self.surroundings, request, kind, self).ask()

    def _request_written(self, request: RequestId | None) -> None:
        if request is None:
            self.go(pages.DASHBOARD)
        else:
            self._show_request(request)

    def _search(self, typed: str) -> None:
        if typed.strip() or self._key == pages.REQUESTS:
            self._show_requests(RequestFilter(typed=typed, person=self._person))
            self.header.search.setFocus()

    def _focus_search(self) -> None:
        self.header.search.setFocus()
        self.header.search.selectAll()

    def _new_company(self) -> None:
        self.go(pages.COMPANIES).add_company()  # type: ignore[attr-defined]

    def _choose_person(self, person: PersonId | None) -> None:
        self._person = person
        self.header.show_people(self._people if self._is_advocate else (), person)
        if self._key == pages.REQUESTS:
            self._show_requests(RequestFilter(person=person))
        self._pages[pages.DASHBOARD].show_person(person)  # type: ignore[attr-defined]

    def _help(self, wanted: str) -> None:
        screen = wanted or getattr(self.page, "help_screen", "") or self._key
        if self._key == pages.SETTINGS and not wanted and self.page.section == "backups":  # type: ignore[attr-defined]
            screen = "backups"
        if not pages.help_over_dialog(self._help_folder, screen):
            self.go(pages.HELP).show_topic(screen)  # type: ignore[attr-defined]

    def _shortcuts(self) -> None:
        from optout_desktop.gui.keymap import ShortcutSheet

        ShortcutSheet(self).exec()

    def _about(self) -> None:
        from optout_desktop.gui.about import AboutDialog

        AboutDialog(self).exec()

    def _you_are_known(self, person: Person | None) -> None:
        step, then = self._frame.currentWidget(), self._after_you
        self._frame.setCurrentIndex(0)
        if step is not None:
            self._frame.removeWidget(step)
            step.deleteLater()
        self.menuBar().show()
        self._after_you = None
        if person is not None:
            self._people = (person,)
            if then is not None:
                then()

    # ── the frame's facts ────────────────────────────────────────────────────────────────────────────

    def _vault_changed(self) -> None:
        self._look()
        self._refresh_page()
        self._daily.changed()

    def _look(self) -> None:
        self._tasks.run(self, lambda: look(self._desk), self._show_facts)

    def _show_facts(self, facts: WindowFacts) -> None:
        self.facts = facts
        self._people = facts.people
        is_advocate = bool(facts.preferences["advocate_mode"])
        if (is_advocate, facts.post.is_used) != (self._is_advocate, self._has_outbox):
            self._is_advocate, self._has_outbox = is_advocate, facts.post.is_used
            self._offer_places()
        self.header.show_people(facts.people if is_advocate else (), self._person)
        self.menus.offer(Act.SWITCH_CLIENT, is_offered=is_advocate)
        self.menus.offer(Act.OUTBOX, is_offered=self._has_outbox)
        self.sidebar.show_count(pages.OUTBOX, facts.post.asking)
        tally = facts.tally
        self.sidebar.show_count(pages.REQUESTS, tally.total - tally.done)
        self.status_line.show_lock(int(facts.preferences["lock_minutes"]))
        self.status_line.show_backup(
            facts.last_backup_at, facts.now, is_sample=self._desk.sample_day is not None
        )
        self._show_post()
        if facts.post.has_messages:
            self.post.look()
        self.preferences_read.emit(facts.preferences)

    def _show_post(self) -> None:
        if self.facts is not None:
            self.menus.show_undo(self.facts.undo, self.post.undo_words)
        self.status_line.show_network(is_sending=self.post.is_connected)

    def _undo_step(self) -> None:
        self._tasks.run(self, self._desk.undoing.undo, self._undone)

    def _undone(self, view: UndoView) -> None:
        self.menus.show_undo(view)
        self._tasks.announce()

    def _step_text(self, step: int) -> None:
        from optout_desktop.gui.settings.plain import TEXT_SIZES

        now = int(self.facts.preferences["text_size"]) if self.facts else 100
        larger = [size for size in TEXT_SIZES if size > now]
        smaller = [size for size in TEXT_SIZES if size < now]
        size = 100 if not step else (larger or [now])[0] if step > 0 else (smaller or [now])[-1]
        job = lambda: self._desk.preferences.remember("text_size", size)  # noqa: E731
        self._tasks.run(self, job, lambda _nothing: self._tasks.announce())

    # ── backups ──────────────────────────────────────────────────────────────────────────────────────

    def _back_up_now(self) -> None:
        def done(made: BackupView) -> None:
            words = self.tr("The backup was made and checked: {count} requests.")
            self.say(words.format(count=made.requests))
            self._look()

        self._tasks.run(self, self._desk.backups.back_up, done)
