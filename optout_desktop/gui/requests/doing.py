# SPDX-License-Identifier: Apache-2.0
"""What a person does with requests here: each act is a job of a service, a toast with Undo, and the news.

Pages only choose; this is where the buttons, menus and keys of the list and of the detail end.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from optout_desktop.domain.agenda import NextStep, RequestOverview
from optout_desktop.domain.clocks import Clock, WhyLine
from optout_desktop.domain.companies import Contact
from optout_desktop.domain.evidence import Evidence
from optout_desktop.domain.explaining import AnnexWords
from optout_desktop.domain.ids import RequestId, register_in
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.requests import EventKind, OptOutRequest, RequestEvent
from optout_desktop.gui import wording
from optout_desktop.gui.annex_saving import save_annex
from optout_desktop.gui.labels import shown
from optout_desktop.gui.registered_dialog import RegisteredDialog
from optout_desktop.gui.requests.entries import ENTRY_OF_STEP
from optout_desktop.gui.requests.entry_dialog import EntryDialog
from optout_desktop.gui.requests.sentences import about_lines
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.why_view import WhyDialog
from optout_desktop.services.requests import Entry, NewRequest, RequestDetail


class Doing(QObject):
    """The acts on requests."""

    done = Signal()
    """Something was changed by an act of this page."""
    duplicated = Signal(object)
    """The ``RequestOverview`` of the new draft."""

    def __init__(self, surroundings: Surroundings, window: QWidget) -> None:
        super().__init__(window)
        self._surroundings = surroundings
        self._window = window
        self.dialog: EntryDialog | RegisteredDialog | WhyDialog | None = None
        """The last form or explanation that was shown."""

    def next_step(self, detail: RequestDetail) -> bool:
        """Do the request's next step; False where it is a choice that a menu must offer."""
        request = detail.request.id
        step = detail.overview.next_step(self._surroundings.desk.clock.today())
        match step:
            case NextStep.REVIEW_AND_SEND:
                self._surroundings.navigator.finish_draft(request)
            case NextStep.SEND_REMINDER:
                self._surroundings.navigator.show_letter(request, LetterKind.REMINDER)
            case NextStep.SEND_AGAIN:
                self._send_again(request)
            case NextStep.REOPEN:
                self.reopen(detail.request)
            case NextStep.RENEW:
                self.renew(detail)
            case _ if step in ENTRY_OF_STEP:
                self.enter(detail, ENTRY_OF_STEP[step])
            case _:
                return False
        return True

    def _send_again(self, request: RequestId) -> None:
        """Show the letter of a request whose message came back, to the next living address where there is one."""
        tasks, navigator = self._surroundings.tasks, self._surroundings.navigator

        def show(contact: Contact | None) -> None:
            if contact is not None:
                words = self.tr("The letter goes to {address} now.").format(address=shown(contact.value))
                self._say(words)
            navigator.show_letter(request, LetterKind.REQUEST)

        tasks.run(self, partial(self._surroundings.desk.contacts.turn_to_next, request), show)

    def enter(self, detail: RequestDetail, kind: EventKind) -> None:
        """Ask what an entry needs and record it."""
        then = partial(self._say_recorded, kind)
        self.dialog = EntryDialog.ask(self._surroundings, detail, kind, self._window, then)

    def correct(self, detail: RequestDetail, wrong: RequestEvent) -> None:
        """Ask how an entry should have been and record that."""
        self.dialog = EntryDialog.ask(
            self._surroundings, detail, wrong.kind, self._window, self._say_corrected, wrong=wrong
        )

    def take_back(self, request: RequestId, wrong: RequestEvent) -> None:
        """Record that an entry is not so."""

        def told(row: RequestOverview) -> None:
            words = self.tr("{company}: “{event}” was taken back.")
            self._say(words.format(company=shown(row.company_name), event=wording.event(wrong.kind)))

        take_back = self._surroundings.desk.requests.take_back
        self._surroundings.tasks.run(self, partial(take_back, request, wrong.id), told)

    def reopen(self, request: OptOutRequest) -> None:
        """Record today that a request is open again."""
        entry = Entry(kind=EventKind.REOPENED, on=self._surroundings.desk.clock.today())
        record = self._surroundings.desk.requests.record
        self._surroundings.tasks.run(
            self, partial(record, request.id, entry), partial(self._say_recorded, EventKind.REOPENED)
        )

    def renew(self, detail: RequestDetail) -> None:
        """Ask on which day one registered again and record that."""
        known = register_in(detail.request.law)
        if known is not None:
            register = self._surroundings.desk.registers.register(known)
            then = partial(self._say_recorded, EventKind.SENT)
            people = (detail.person,)
            self.dialog = RegisteredDialog.ask(
                self._surroundings, register, people, self._window, then, again=detail
            )

    def duplicate(self, request: OptOutRequest) -> None:
        """Keep a new draft that asks the same."""
        new = NewRequest(
            person=request.person,
            company=request.company,
            right=request.right,
            law=request.law,
            channel=request.channel,
            to_address=request.to_address,
            list_id=request.list_id,
            identity=request.identity,
            customer_number=request.customer_number,
            facts=request.facts,
            place=request.residence,
        )

        def told(row: RequestOverview) -> None:
            self._say(self.tr("A new draft to {company} was made.").format(company=shown(row.company_name)))
            self.duplicated.emit(row)

        self._surroundings.tasks.run(self, partial(self._surroundings.desk.requests.start, new), told)

    def bin(self, requests: Sequence[RequestId]) -> None:
        """Move requests to the bin."""
        one, many = (
            self.tr("1 request was moved to the bin."),
            self.tr("{count} requests were moved to the bin."),
        )
        words = one if len(requests) == 1 else many.format(count=len(requests))
        move = self._surroundings.desk.requests.bin
        self._surroundings.tasks.run(self, partial(move, tuple(requests)), lambda _none: self._say(words))

    def restore(self, requests: Sequence[RequestId]) -> None:
        """Bring requests back from the bin."""
        one, many = self.tr("1 request was restored."), self.tr("{count} requests were restored.")
        words = one if len(requests) == 1 else many.format(count=len(requests))
        move = self._surroundings.desk.requests.restore
        self._surroundings.tasks.run(self, partial(move, tuple(requests)), lambda _none: self._say(words))

    def explain(self, detail: RequestDetail, clock: Clock) -> None:
        """Show the arithmetic of a clock."""
        request = detail.request.id

        def show(lines: tuple[WhyLine, ...]) -> None:
            about = about_lines(detail)
            dialog = WhyDialog(self._surroundings, clock.step, lines, self._window, about, can_keep=True)
            self.dialog = dialog
            dialog.save_wanted.connect(lambda words: self._save_annex(dialog, request, words))
            dialog.keep_wanted.connect(lambda words: self._keep_annex(dialog, request, words))
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

        why = self._surroundings.desk.requests.why
        self._surroundings.tasks.run(self, partial(why, request, clock.rule.id), show)

    def _save_annex(self, dialog: WhyDialog, request: RequestId, words: AnnexWords) -> None:
        make = partial(self._surroundings.desk.annexes.of, request, words)
        save_annex(self._surroundings, dialog, make)

    def _keep_annex(self, dialog: WhyDialog, request: RequestId, words: AnnexWords) -> None:
        annexes = self._surroundings.desk.annexes

        def kept(item: Evidence) -> None:
            said = self.tr("{name} is now kept with this request, under Files.")
            dialog.tell(said.format(name=shown(item.name)))
            self._say(self.tr("{name} is now kept in the vault.").format(name=shown(item.name)))

        def keep() -> Evidence:
            return annexes.keep(request, annexes.of(request, words))

        self._surroundings.tasks.run(dialog, keep, kept)

    def _say_recorded(self, kind: EventKind, row: RequestOverview) -> None:
        words = self.tr("{company}: “{event}” was recorded.")
        self._say(words.format(company=shown(row.company_name), event=wording.event(kind)))

    def _say_corrected(self, row: RequestOverview) -> None:
        words = self.tr("{company}: the entry was corrected.")
        self._say(words.format(company=shown(row.company_name)))

    def _say(self, words: str) -> None:
        self._surroundings.say_undoable(words)
        self.done.emit()
        self._surroundings.tasks.announce()
