# SPDX-License-Identifier: Apache-2.0
"""The wizard: What, Who, About you, Preview and send. From the second step on a draft lies in the vault.

What is chosen is held here as plain values; ``_save`` turns them into a ``NewRequest`` that starts or changes
the draft. Going back loses nothing, and leaving keeps the draft.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from optout_desktop.domain.agenda import Bucket, RequestOverview
from optout_desktop.domain.companies import Channel, Company, Contact
from optout_desktop.domain.ids import RequestId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.people import IdentityItem, Person
from optout_desktop.domain.rights import Goal, Right
from optout_desktop.gui.company_dialog import CompanyDialog
from optout_desktop.gui.company_words import LETTER_CHANNELS
from optout_desktop.gui.labels import isolated
from optout_desktop.gui.new_request.about_you import IdentityTicks, preset
from optout_desktop.gui.new_request.drafts import KeptDraft, kept_draft
from optout_desktop.gui.new_request.frame import WizardFrame
from optout_desktop.gui.new_request.law_choice import LawDialog
from optout_desktop.gui.new_request.loading import Loaded
from optout_desktop.gui.new_request.wish import (
    Opening,
    Prospect,
    Wish,
    basis_words,
    opening,
    wanted_words,
    wish_of,
)
from optout_desktop.gui.person_form import PersonDialog
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.voice import announce
from optout_desktop.services.requests import NewRequest

WHAT, WHO, ABOUT_YOU, SEND = range(4)


class NewRequestWizard(WizardFrame):
    """A page that makes one request; ``finished`` carries its id once it was sent or saved, else None."""

    finished = Signal(object)

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(surroundings, parent)
        self._around = surroundings
        self._goal: Goal | None = None
        self._opening: Opening | None = None
        self._wish: Wish | None = None
        self._law: Prospect | None = None
        self._company: Company | None = None
        self._contact: Contact | None = None
        self._identity: frozenset[IdentityItem] | None = None
        self._customer_number = ""
        self._list_id = ""
        self._request: RequestId | None = None
        self._saved: NewRequest | None = None
        self._step = WHAT
        self._furthest = WHAT
        self._connect()
        self._show_step(WHAT)

    # ── what the window calls ────────────────────────────────────────────────────────────────────────

    def begin(self, goal: Goal | None = None, company: Company | None = None) -> None:
        """Start a new request; what is known already is not asked again."""
        self._forget()
        self._goal, self._company = goal, company
        desk = self._around.desk
        self._around.tasks.run(self, lambda: opening(desk), self._show_opening)

    def open_draft(self, request: RequestId) -> None:
        """Go on with a draft, at its last step."""
        self._forget()
        desk = self._around.desk
        self._around.tasks.run(self, lambda: kept_draft(desk, request), self._show_draft)

    @property
    def step(self) -> int:
        """The step that is shown: 0 What, 1 Who, 2 About you, 3 Preview and send."""
        return self._step

    def press_main(self) -> None:
        """Do what the main button of the step does."""
        if self._step == SEND:
            self.pane.press_main()
        elif self.go_on.isEnabled():
            self.go_on.click()

    def save_draft(self) -> None:
        """Keep what there is, and leave."""
        self._keep_typed()
        if self._request is None and self._company is None:
            self.finished.emit(None)
            return
        self._save(self._leave_saved)

    def leave(self) -> None:
        """Leave; from the second step on a draft stays."""
        self.who.rest()
        if self._request is None:
            self.finished.emit(None)
        else:
            self.save_draft()

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page, or locking, loses nothing that was typed into the letter."""
        self._keep_typed()
        super().hideEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter presses the main button of the step."""
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.press_main()
            return
        super().keyPressEvent(event)

    def _connect(self) -> None:
        for button in (self.save, self.send_save):
            button.clicked.connect(self.save_draft)
        for button in (self.back, self.send_back):
            button.clicked.connect(self._go_back)
        self.close_button.clicked.connect(self.leave)
        self.go_on.clicked.connect(self._continue)
        self.trail.wanted.connect(self._go_to)
        self.bar.law_wanted.connect(self._choose_law)
        self.what.chosen.connect(self._wish_chosen)
        self.what.person_chosen.connect(self._person_chosen)
        self.who.chosen.connect(self._company_chosen)
        self.texts.chosen.connect(self._company_chosen)
        self.before.go_on_wanted.connect(self._after_company)
        self.about.changed.connect(lambda: self._ticked(self.about.ticks))
        self.about.detail_wanted.connect(self._add_detail)
        self.pane.facts.ticks.changed.connect(lambda: self._ticked(self.pane.facts.ticks))
        self.pane.facts.ticks.detail_wanted.connect(self._add_detail)
        self.pane.facts.contact_chosen.connect(self._contact_chosen)
        self.pane.facts.contact_wanted.connect(self._add_contact)
        self.pane.loaded_anew.connect(self._letter_loaded)
        self.pane.sent.connect(self._sent)

    # ── step 1 ───────────────────────────────────────────────────────────────────────────────────────

    def _show_opening(self, found: Opening) -> None:
        self._opening = found
        goal = self._goal
        self.what.show_opening(found, self._wish.wanted if self._wish else goal)
        self._show_step(WHAT)
        if goal is not None and goal in found.wishes and found.wishes[goal].proposed is not None:
            self._goal = None
            self._wish_chosen(found.wishes[goal])
        else:
            self.what.focus_first()

    def _person_chosen(self, person: Person) -> None:
        desk = self._around.desk
        self._wish = self._law = self._identity = None
        self._around.tasks.run(self, lambda: opening(desk, person), self._show_opening)

    def _wish_chosen(self, wish: Wish) -> None:
        if wish.proposed is None:
            LawDialog(wish, None, self).ask()
            self.what.show_opening_again(self._wish.wanted if self._wish else None)
            return
        if self._wish != wish or self._law is None:
            self._wish, self._law = wish, wish.proposed
            self._law_changed()
        if self._company is not None and self._has_contact(self._company):
            self._company_chosen(self._company)
        else:
            self._show_step(WHO)

    def _choose_law(self) -> None:
        if self._wish is None:
            return
        chosen = LawDialog(self._wish, self._law, self).ask()
        if chosen is None or chosen == self._law:
            return
        self._law = chosen
        self._law_changed()
        if self._step > WHO and self._company is not None and not self._has_contact(self._company):
            self._show_step(WHO)
        elif self._step == SEND:
            self._save(self._open_letter)
        else:
            self._show_step(self._step)

    def _law_changed(self) -> None:
        """Another right may go another way and tell something else."""
        self._identity = None
        channel = self._contact.channel if self._contact else None
        if channel is not None and (channel is Channel.SMS) != self._is_text:
            self._contact = None

    # ── step 2 ───────────────────────────────────────────────────────────────────────────────────────

    @property
    def _is_text(self) -> bool:
        return self._law is not None and self._law.item.right is Right.SMS_STOP

    def _has_contact(self, company: Company) -> bool:
        wanted = (Channel.SMS,) if self._is_text else LETTER_CHANNELS
        return any(channel in company.channels for channel in wanted)

    def _contact_of(self, company: Company) -> Contact | None:
        if self._is_text:
            return company.contact(Channel.SMS)
        found = (company.contact(channel) for channel in LETTER_CHANNELS)
        return next((contact for contact in found if contact is not None), None)

    def _company_chosen(self, company: Company) -> None:
        if self._company is None or self._company.id != company.id or self._contact is None:
            self._contact = self._contact_of(company)
        self._company = company
        wish, law, mine = self._wish, self._law, self._request
        if wish is None or law is None:
            return
        requests = self._around.desk.requests

        def open_ones() -> tuple[RequestOverview, ...]:
            asked = requests.asked_before(wish.person.id, company.id, law.item.right)
            return tuple(
                one for one in asked if one.id != mine and not one.is_binned and one.bucket is not Bucket.DONE
            )

        self._around.tasks.run(self, open_ones, self._warn_or_go_on)

    def _warn_or_go_on(self, asked: tuple[RequestOverview, ...]) -> None:
        if asked:
            self._show_step(WHO)
            self.before.warn(asked[0])
        else:
            self._after_company()

    def _after_company(self) -> None:
        self.before.hide()
        is_short = self._is_text or (self._opening is not None and self._opening.is_first_run)
        self._save(self._open_letter if is_short else lambda: self._show_step(ABOUT_YOU))

    # ── step 3 ───────────────────────────────────────────────────────────────────────────────────────

    def _ticked(self, ticks: IdentityTicks) -> None:
        self._identity, self._customer_number = ticks.ticked(), ticks.customer_number()
        if self._step == SEND:
            self._save(self._letter_changed)

    def _add_detail(self) -> None:
        wish, people = self._wish, self._around.desk.people
        if wish is None:
            return
        person = wish.person
        dialog = PersonDialog(
            self.tr("Your details"),
            lambda typed: people.change(person.id, typed),
            self._around.tasks,
            person,
            self,
        )
        after = dialog.ask()
        if after is not None:
            self._person_changed(after)

    def _person_changed(self, person: Person) -> None:
        desk, wish = self._around.desk, self._wish
        if wish is None:
            return
        wanted, law = wish.wanted, self._law

        def judge() -> Wish:
            return wish_of(desk.laws, wanted, person, desk.clock.today())

        def judged(anew: Wish) -> None:
            same = anew.prospect(law.item.law.id, law.item.right) if law else None
            self._wish, self._law = anew, same if same and same.item.applies else anew.proposed
            if self._step == SEND:
                self._save(self._letter_changed)
            else:
                self._show_step(self._step)

        self._around.tasks.run(self, judge, judged)

    def _show_ticks(self) -> None:
        if self._wish is not None and self._contact is not None:
            self.about.ticks.show_person(
                self._wish.person, self._contact.channel, self._ticks(), self._customer_number
            )

    def _ticks(self) -> frozenset[IdentityItem]:
        if self._identity is not None:
            return self._identity
        if self._wish is None or self._law is None or self._contact is None:
            return frozenset()
        return preset(self._wish.person, self._contact.channel, self._law.item.right)

    # ── step 4 ───────────────────────────────────────────────────────────────────────────────────────

    def _open_letter(self) -> None:
        if self._request is not None:
            self._show_step(SEND)
            self.pane.open(self._request, LetterKind.REQUEST, is_editable=True)

    def _letter_changed(self) -> None:
        """What a person wrote into the text would go on saying what was unticked: back to the template."""
        loaded, letters = self.pane.loaded, self._around.desk.letters
        if loaded is None or not loaded.view.letter.is_edited:
            self.pane.reload()
            return
        request = loaded.view.request.id

        def say() -> None:
            self._around.say_undoable(
                self.tr("The text is the template's again, because what it says has changed.")
            )
            self.pane.reload()

        self._around.tasks.run(self, lambda: letters.reset(request, LetterKind.REQUEST), lambda _view: say())

    def _contact_chosen(self, contact: Contact) -> None:
        self._contact = contact
        self._save(self._letter_changed)

    def _add_contact(self) -> None:
        if self._company is None:
            return
        after = CompanyDialog(self._around, self._company, parent=self).ask()
        if after is not None:
            before, self._company = self._company, after
            new = [
                one for one in after.contacts if one not in before.contacts if one.channel in LETTER_CHANNELS
            ]
            self._contact = new[0] if new else self._contact_of(after)
            self._save(self._letter_changed)

    def _letter_loaded(self, loaded: Loaded) -> None:
        if self._wish is None or self._law is None:
            return
        company = isolated(loaded.view.request.company_name)
        title = self.tr("{wanted}: {company}").format(wanted=wanted_words(self._wish.wanted), company=company)
        self.bar.say(title, basis_words(self._wish, self._law))

    def _sent(self, overview: RequestOverview) -> None:
        self._saved = None
        request = overview.id
        self._forget()
        self.finished.emit(request)

    # ── the draft ────────────────────────────────────────────────────────────────────────────────────

    def _new(self) -> NewRequest | None:
        if self._wish is None or self._law is None or self._company is None:
            return None
        contact = self._contact or self._contact_of(self._company)
        if contact is None:
            return None
        return NewRequest(
            person=self._wish.person.id,
            company=self._company.id,
            right=self._law.item.right,
            law=self._law.item.law.id,
            channel=contact.channel,
            to_address=contact.value,
            list_id=self._list_id,
            identity=self._ticks(),
            customer_number=self._customer_number,
        )

    def _save(self, then: Callable[[], None]) -> None:
        new, requests, request = self._new(), self._around.desk.requests, self._request
        if new is None or new == self._saved:
            then()
            return

        def keep() -> RequestOverview:
            return requests.start(new) if request is None else requests.change_draft(request, new)

        def kept(overview: RequestOverview) -> None:
            self._request, self._saved = overview.id, new
            then()

        self._around.tasks.run(self, keep, kept)

    def _leave_saved(self) -> None:
        request = self._request
        self._forget()
        if request is not None:
            self._around.say(self.tr("Saved as a draft."))
        self.finished.emit(request)

    def _show_draft(self, found: KeptDraft) -> None:
        request = found.request
        self._opening, self._wish, self._company = found.opening, found.wish, found.company
        self._request, self._contact = request.id, found.contact
        self._law = found.wish.prospect(request.law, request.right) or found.wish.proposed
        self._identity, self._customer_number = request.identity, request.customer_number
        self._list_id = request.list_id
        self._saved = self._new()
        self.what.show_opening(found.opening, found.wish.wanted)
        self.who.search.setText(found.company.name)
        self._furthest = SEND
        self._open_letter()

    # ── moving ───────────────────────────────────────────────────────────────────────────────────────

    def _keep_typed(self) -> None:
        if self._step == SEND:
            self.pane.preview.keep_edits()

    def _go_back(self) -> None:
        self._keep_typed()
        if self.before.isVisible():
            self.before.hide()
        skips = self._step == SEND and self._is_text
        self._show_step(max(self._step - (2 if skips else 1), WHAT))

    def _go_to(self, step: int) -> None:
        self._keep_typed()
        if step == SEND:
            self._save(self._open_letter)
        elif step == ABOUT_YOU and self._is_text:
            self._show_step(self._step)
        else:
            self._show_step(step)

    def _continue(self) -> None:
        match self._step:
            case 0 if self._wish is not None:
                self._wish_chosen(self._wish)
            case 1 if self._is_text:
                self.texts.go_on()
            case 1 if self._company is not None:
                self._company_chosen(self._company)
            case 2:
                self._save(self._open_letter)
            case _:
                pass

    def _show_step(self, step: int) -> None:
        self._step = step
        self._furthest = max(self._furthest, step)
        pages = {WHAT: self.what, WHO: self.texts if self._is_text else self.who, ABOUT_YOU: self.about}
        self.stack.setCurrentWidget(pages.get(step, self.pane))
        self.before.hide()
        is_send = step == SEND
        self.buttons.setVisible(not is_send)
        self.pane.footer.setVisible(is_send)
        self.back.setVisible(step > WHAT)
        self.save.setVisible(step > WHO or self._request is not None)
        self.go_on.setVisible(step != WHAT or self._wish is not None)
        self.go_on.setEnabled(step != WHO or self._is_text or self._company is not None)
        self.trail.show_step(step, self._furthest)
        if self._wish is not None and self._law is not None:
            self.bar.say(wanted_words(self._wish.wanted), basis_words(self._wish, self._law))
        else:
            self.bar.say("", "")
        self._begin_step(step)

    def _begin_step(self, step: int) -> None:
        if step == WHO and self._is_text and self._wish is not None:
            self.texts.begin(self._wish.person.place, self._company)
        elif step == WHO:
            self.who.begin()
        elif step == ABOUT_YOU:
            self._show_ticks()
            self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)
        elif step == WHAT:
            self.what.focus_first()
        if self.isVisible():
            names = (self.tr("What"), self.tr("Who"), self.tr("About you"), self.tr("Preview and send"))
            announce(self, names[step])

    def _forget(self) -> None:
        self._goal = self._opening = self._wish = self._law = self._company = self._contact = None
        self._identity = self._request = self._saved = None
        self._customer_number = self._list_id = ""
        self.who.search.clear()
        self.texts.forget()
        self.about.ticks.forget()
        self.pane.facts.ticks.forget()
        self.pane.forget()
        self._furthest = WHAT
        self._show_step(WHAT)
