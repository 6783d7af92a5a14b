# SPDX-License-Identifier: Apache-2.0
"""The wizard: What, Who, About you, Preview and send. From the second step on a draft lies in the vault.

What is chosen is held in ``Chosen`` as plain values; ``_save`` turns them into a ``NewRequest`` that starts or
changes the draft. Going back loses nothing, and leaving keeps the draft.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from optout_desktop.domain.agenda import Bucket, RequestOverview
from optout_desktop.domain.companies import Company, Contact
from optout_desktop.domain.ids import LawId, RequestId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.messages import OutgoingMessage
from optout_desktop.domain.people import Person
from optout_desktop.gui.company_dialog import CompanyDialog
from optout_desktop.gui.company_words import LETTER_CHANNELS
from optout_desktop.gui.labels import isolated
from optout_desktop.gui.new_request.about_you import IdentityTicks
from optout_desktop.gui.new_request.chosen import Chosen
from optout_desktop.gui.new_request.drafts import KeptDraft, kept_draft
from optout_desktop.gui.new_request.frame import WizardFrame
from optout_desktop.gui.new_request.law_choice import LawDialog
from optout_desktop.gui.new_request.loading import Loaded
from optout_desktop.gui.new_request.wish import (
    Opening,
    Prospect,
    Wanted,
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
        self._wanted: Wanted | None = None
        self._wanted_law: LawId | None = None
        self._opening: Opening | None = None
        self._chosen = Chosen()
        self._request: RequestId | None = None
        self._saved: NewRequest | None = None
        self._step = WHAT
        self._furthest = WHAT
        self._connect()
        self._show_step(WHAT)

    # ── what the window calls ────────────────────────────────────────────────────────────────────────

    def begin(
        self, wanted: Wanted | None = None, company: Company | None = None, law: LawId | None = None
    ) -> None:
        """Start a new request; what is known already is not asked again."""
        self._forget()
        self._wanted, self._wanted_law, self._chosen.company = wanted, law, company
        desk = self._around.desk
        self._around.tasks.run(self, lambda: opening(desk), self._show_opening)

    def lead_to_batch(self) -> None:
        """After the wish go on in the batch window, with many companies."""
        self._chosen.is_for_several = True

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
        if self._request is None and self._chosen.company is None:
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
        self.what.law_chosen.connect(self._law_chosen)
        self.what.registers_wanted.connect(self._around.navigator.show_registers)
        self.what.person_chosen.connect(self._person_chosen)
        self.who.chosen.connect(self._company_chosen)
        self.who.choice_changed.connect(self._allow_going_on)
        self.who.several_wanted.connect(self._ask_several)
        self.texts.chosen.connect(self._company_chosen)
        self.before.go_on_wanted.connect(self._after_company)
        self.about.changed.connect(lambda: self._ticked(self.about.ticks))
        self.about.detail_wanted.connect(self._add_detail)
        self.pane.facts.ticks.changed.connect(lambda: self._ticked(self.pane.facts.ticks))
        self.pane.facts.ticks.detail_wanted.connect(self._add_detail)
        self.pane.facts.contact_chosen.connect(self._contact_chosen)
        self.pane.facts.contact_wanted.connect(self._add_contact)
        self.pane.own_words.changed.connect(self._words_typed)
        self.pane.loaded_anew.connect(self._letter_loaded)
        self.pane.sent.connect(self._sent)
        self.pane.queued.connect(self._queued)

    # ── step 1 ───────────────────────────────────────────────────────────────────────────────────────

    def _show_opening(self, found: Opening) -> None:
        self._opening = found
        wish = found.wishes.get(self._wanted) if self._wanted is not None else None
        law, self._wanted, self._wanted_law = self._wanted_law, None, None
        marked = self._chosen.wish or wish
        self.what.show_opening(found, marked.wanted if marked else None)
        self._show_step(WHAT)
        asked = wish.under(law) if wish is not None else None
        if wish is not None and asked is not None:
            self._law_chosen(wish, asked)
        elif wish is not None and law is not None:
            self._wish_refused(wish)
        else:
            self.what.focus_first()

    def _person_chosen(self, person: Person) -> None:
        desk = self._around.desk
        self._chosen.wish = self._chosen.law = self._chosen.identity = self._chosen.place = None
        self._around.tasks.run(self, lambda: opening(desk, person), self._show_opening)

    def _wish_chosen(self, wish: Wish) -> None:
        chosen = self._chosen
        if wish.proposed is None:
            self._wish_refused(wish)
        elif chosen.wish != wish or chosen.law is None:
            self._law_chosen(wish, wish.proposed)
        else:
            self._after_wish()

    def _wish_refused(self, wish: Wish) -> None:
        """Say of each law why it does not apply; one that does may be taken there."""
        law = LawDialog(wish, None, self).ask()
        if law is not None:
            self._law_chosen(wish, law)
        else:
            self.what.show_opening_again(self._chosen.wish.wanted if self._chosen.wish else None)

    def _law_chosen(self, wish: Wish, law: Prospect) -> None:
        self._chosen.wish, self._chosen.law = wish, law
        self._chosen.law_changed()
        self._after_wish()

    def _after_wish(self) -> None:
        company = self._chosen.company
        if self._chosen.is_for_several and not self._chosen.is_text:
            self._ask_several()
        elif company is not None and self._chosen.reaches(company):
            self._company_chosen(company)
        else:
            self._show_step(WHO)

    def _ask_several(self) -> None:
        """Hand over what was chosen; the draft to one company, if there is one already, stays."""
        if (wish := self._chosen.batch_wish()) is not None:
            self._forget()
            self._around.navigator.start_batch(wish)

    def _choose_law(self) -> None:
        chosen = self._chosen
        if chosen.wish is None:
            return
        law = LawDialog(chosen.wish, chosen.law, self).ask()
        if law is None or law == chosen.law:
            return
        chosen.law = law
        chosen.law_changed()
        if self._step > WHO and chosen.company is not None and not chosen.reaches(chosen.company):
            self._show_step(WHO)
        elif self._step == SEND:
            self._save(self._open_letter)
        else:
            self._show_step(self._step)

    # ── step 2 ───────────────────────────────────────────────────────────────────────────────────────

    def _company_chosen(self, company: Company) -> None:
        chosen = self._chosen
        if chosen.company is None or chosen.company.id != company.id or chosen.contact is None:
            chosen.contact = chosen.contact_of(company)
        chosen.company = company
        wish, law, mine = chosen.wish, chosen.law, self._request
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
        is_short = self._chosen.is_text or (self._opening is not None and self._opening.is_first_run)
        self._save(self._open_letter if is_short else lambda: self._show_step(ABOUT_YOU))

    # ── step 3 ───────────────────────────────────────────────────────────────────────────────────────

    def _ticked(self, ticks: IdentityTicks) -> None:
        self._chosen.identity, self._chosen.customer_number = ticks.ticked(), ticks.customer_number()
        if self._step == SEND:
            self._save(self._letter_changed)

    def _add_detail(self) -> None:
        wish, people = self._chosen.wish, self._around.desk.people
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
        desk, wish = self._around.desk, self._chosen.wish
        if wish is None:
            return
        wanted, law, place = wish.wanted, self._chosen.law, self._chosen.place

        def judge() -> Wish:
            return wish_of(desk.laws, wanted, person, desk.clock.today(), place)

        def judged(anew: Wish) -> None:
            same = anew.prospect(law.item.law.id, law.item.right) if law else None
            self._chosen.wish = anew
            self._chosen.law = same if same and same.item.applies else anew.proposed
            if self._step == SEND:
                self._save(self._letter_changed)
            else:
                self._show_step(self._step)

        self._around.tasks.run(self, judge, judged)

    def _show_ticks(self) -> None:
        chosen = self._chosen
        if chosen.wish is not None and chosen.contact is not None:
            self.about.ticks.show_person(
                chosen.wish.person,
                chosen.contact.channel,
                chosen.ticks(),
                chosen.customer_number,
                least=chosen.least(),
            )

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

    def _words_typed(self) -> None:
        self._chosen.facts.update(dict.fromkeys(self.pane.own_words.fields, ""))
        self._chosen.facts.update(self.pane.own_words.facts())
        self._save(self.pane.reload)

    def _contact_chosen(self, contact: Contact) -> None:
        self._chosen.contact = contact
        self._save(self._letter_changed)

    def _add_contact(self) -> None:
        if self._chosen.company is None:
            return
        after = CompanyDialog(self._around, self._chosen.company, parent=self).ask()
        if after is not None:
            before, self._chosen.company = self._chosen.company, after
            new = [
                one for one in after.contacts if one not in before.contacts if one.channel in LETTER_CHANNELS
            ]
            self._chosen.contact = new[0] if new else self._chosen.contact_of(after)
            self._save(self._letter_changed)

    def _letter_loaded(self, loaded: Loaded) -> None:
        wish, law = self._chosen.wish, self._chosen.law
        if wish is None or law is None:
            return
        company = isolated(loaded.view.request.company_name)
        title = self.tr("{wanted}: {company}").format(wanted=wanted_words(wish.wanted), company=company)
        self.bar.say(title, basis_words(wish, law))

    def _sent(self, overview: RequestOverview) -> None:
        self._leave_for(overview.id)

    def _queued(self, message: OutgoingMessage) -> None:
        self._leave_for(message.request)

    def _leave_for(self, request: RequestId) -> None:
        self._saved = None
        self._forget()
        self.finished.emit(request)

    # ── the draft ────────────────────────────────────────────────────────────────────────────────────

    def _save(self, then: Callable[[], None]) -> None:
        new, requests, request = self._chosen.new_request(), self._around.desk.requests, self._request
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
        self._opening, self._chosen = found.opening, Chosen.of(found)
        self._request = found.request.id
        self._saved = self._chosen.new_request()
        self.what.show_opening(found.opening, found.wish.wanted)
        self.who.search.setText(found.company.name)
        self.who.rest()  # nobody looks at that step now
        self._furthest = SEND
        self._open_letter()

    # ── moving ───────────────────────────────────────────────────────────────────────────────────────

    def _keep_typed(self) -> None:
        if self._step == SEND:
            self.pane.preview.keep_edits()
            self.pane.own_words.flush()

    def _go_back(self) -> None:
        self._keep_typed()
        if self.before.isVisible():
            self.before.hide()
        skips = self._step == SEND and self._chosen.is_text
        self._show_step(max(self._step - (2 if skips else 1), WHAT))

    def _go_to(self, step: int) -> None:
        self._keep_typed()
        if step == SEND:
            self._save(self._open_letter)
        elif step == ABOUT_YOU and self._chosen.is_text:
            self._show_step(self._step)
        else:
            self._show_step(step)

    def _continue(self) -> None:
        match self._step:
            case 0 if self._chosen.wish is not None:
                self._wish_chosen(self._chosen.wish)
            case 1 if self._chosen.is_text:
                self.texts.go_on()
            case 1 if self.who.has_choice:
                self.who.choose()
            case 1 if self._chosen.company is not None:
                self._company_chosen(self._chosen.company)
            case 2:
                self._save(self._open_letter)
            case _:
                pass

    def _show_step(self, step: int) -> None:
        self._step = step
        self._furthest = max(self._furthest, step)
        chosen = self._chosen
        pages = {WHAT: self.what, WHO: self.texts if chosen.is_text else self.who, ABOUT_YOU: self.about}
        self.stack.setCurrentWidget(pages.get(step, self.pane))
        self.before.hide()
        is_send = step == SEND
        self.buttons.setVisible(not is_send)
        self.pane.footer.setVisible(is_send)
        self.back.setVisible(step > WHAT)
        self.save.setVisible(step > WHO or self._request is not None)
        self.go_on.setVisible(step != WHAT or chosen.wish is not None)
        self._allow_going_on()
        self.trail.show_step(step, self._furthest)
        if chosen.wish is not None and chosen.law is not None:
            self.bar.say(wanted_words(chosen.wish.wanted), basis_words(chosen.wish, chosen.law))
        else:
            self.bar.say("", "")
        self._begin_step(step)

    def _allow_going_on(self) -> None:
        """In step 2 once a company is highlighted, or was chosen before."""
        has_company = self._chosen.is_text or self._chosen.company is not None or self.who.has_choice
        self.go_on.setEnabled(self._step != WHO or has_company)

    def _begin_step(self, step: int) -> None:
        if step == WHO and self._chosen.is_text and self._chosen.wish is not None:
            self.texts.begin(self._chosen.wish.place, self._chosen.company)
        elif step == WHO:
            self.who.begin(self._chosen.company.id if self._chosen.company is not None else None)
        elif step == ABOUT_YOU:
            self._show_ticks()
            self.go_on.setFocus(Qt.FocusReason.OtherFocusReason)
        elif step == WHAT:
            self.what.focus_first()
        if self.isVisible():
            names = (self.tr("What"), self.tr("Who"), self.tr("About you"), self.tr("Preview and send"))
            announce(self, names[step])

    def _forget(self) -> None:
        self._wanted = self._wanted_law = self._opening = self._request = self._saved = None
        self._chosen = Chosen()
        self.forget_steps()
        self._furthest = WHAT
        self._show_step(WHAT)
