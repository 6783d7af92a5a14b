# SPDX-License-Identifier: Apache-2.0
"""The scenes: one function a screen, in the order in which they are least work for the stage.

Each brings the window to where a person would see the screen, by the same signals and pages, and takes its
picture under its own name.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from screenshots_clocks import clock_scenes
from screenshots_companies import COMPANY_SCENES
from screenshots_exchange import EXCHANGE_SCENES
from screenshots_laws import LAW_SCENES
from screenshots_own_vault import SENDABLE_SCENES
from screenshots_registers import REGISTER_SCENES
from screenshots_stage import PASSPHRASE, TODAY, Stage, rest, until
from screenshots_wizard import wizard_scenes

from optout_desktop.domain.agenda import RequestFilter, Urgency
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.requests import EventKind
from optout_desktop.domain.rights import Goal, Right
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui.keymap import ShortcutSheet
from optout_desktop.gui.recovery_sheet import RecoveryDialog
from optout_desktop.gui.requests.entry_dialog import EntryDialog
from optout_desktop.services.companies import CompanyInput

Scene = Callable[[Stage], None]
_LUCERNE = CompanyInput(
    name="Lucerne Deals",
    email="privacy@lucerne.example",
    website="https://www.lucerne.example",
    sms_number="78901",
    country="US",
    domains=("lucerne.example",),
)
_RECOVERY_CODE = "WXYZ-2345-6789-ABCD-EFGH-JKLM-NPQR-STUV"


# ── before a vault is open ───────────────────────────────────────────────────────────────────────────


def welcome(stage: Stage) -> None:
    """The very first window."""
    stage.at_entrance(has_vault=False)
    stage.take("welcome")


def first_run_vault(stage: Stage) -> None:
    """Step 1 of 3: the vault."""
    _entrance(stage, has_vault=False).start_vault()
    page = _entrance(stage, has_vault=False).page
    page.passphrase.first.passphrase.setText(PASSPHRASE)
    page.passphrase.again.passphrase.setText(PASSPHRASE)
    page.unfold.setChecked(True)
    stage.take("first-run-1-vault")
    _entrance(stage, has_vault=False).back()


def restore(stage: Stage) -> None:
    """Bringing a backup back."""
    _entrance(stage, has_vault=False).start_restore()
    stage.take("restore")
    _entrance(stage, has_vault=False).back()


def first_run_you(stage: Stage) -> None:
    """Step 2 of 3: you, in the open window."""
    stage.in_own_vault()
    form = stage.window._frame.currentWidget().form  # noqa: SLF001  # the step stands in the frame
    form.name.setText("Jane Example")
    form.emails.setText("jane@example.org")
    stage.take("first-run-2-you")


def first_run_what(stage: Stage) -> None:
    """Step 3 of 3: the first request."""
    stage.at_home()
    stage.window.start_request(None, None)
    stage.take("first-run-3-request")


def dashboard_empty(stage: Stage) -> None:
    """The first day."""
    stage.at_home()
    stage.go("dashboard")
    stage.take("dashboard-empty")


def requests_empty(stage: Stage) -> None:
    """No request yet."""
    stage.at_home()
    stage.go("requests")
    stage.take("requests-empty")


def send_letter(stage: Stage) -> None:
    """The letter of a first request, with its ways out."""
    wizard = _first_request(stage, Goal.STOP_SELLING)
    wizard.pane.send.ways.buttons()[0].click()
    stage.take("send-letter")


def stop_text(stage: Stage) -> None:
    """STOP as a code for the phone."""
    _first_request(stage, Goal.STOP_TEXTS)
    stage.take("stop-text")


def unlock(stage: Stage) -> None:
    """The unlock page."""
    stage.at_entrance(has_vault=True)
    stage.take("unlock")


def unlock_refused(stage: Stage) -> None:
    """A passphrase that does not open the vault."""
    page = _entrance(stage, has_vault=True).page
    page.row.passphrase.setText("something else")
    page.unlock.click()
    until(page.unlock.isEnabled)
    rest(0.5)
    stage.take("unlock-refused")


def recovery(stage: Stage) -> None:
    """Unlocking with the recovery code."""
    entrance = _entrance(stage, has_vault=True)
    entrance.start_recovery(_own_vault(stage))
    stage.take("recovery-enter")
    entrance.back()


def damaged(stage: Stage) -> None:
    """A damaged vault with a good backup."""
    entrance = _entrance(stage, has_vault=True)
    broken = stage.folder / "broken" / "Personal.optout"
    shutil.copytree(_own_vault(stage), broken)
    database = broken / "vault.optout"
    database.write_bytes(database.read_bytes()[:-100])
    entrance.show_damaged(broken, Secret(PASSPHRASE))
    until(entrance.page.restore.isEnabled)
    stage.take("damaged")
    entrance.page.salvage.click()
    stage.take("salvage")
    entrance.page.go.click()
    until(entrance.page.outcome.isVisible)
    stage.take("salvage-done")
    entrance.back()


# ── the sample vault ─────────────────────────────────────────────────────────────────────────────────


def dashboard(stage: Stage) -> None:
    """Today."""
    stage.in_sample()
    stage.go("dashboard")
    stage.take("dashboard")


def requests_list(stage: Stage) -> None:
    """The list, with the first request beside it."""
    stage.in_sample()
    stage.go("requests").show_filter(RequestFilter())
    rest(0.6)
    stage.take("requests")


def requests_table(stage: Stage) -> None:
    """The same requests as a table."""
    stage.in_sample()
    table = stage.go("requests").list_pane.bar.table
    table.setChecked(True)
    rest(0.8)
    stage.take("requests-table")
    table.setChecked(False)


def requests_found(stage: Stage) -> None:
    """What a search finds."""
    stage.in_sample()
    stage.go("requests").show_filter(RequestFilter(typed="north"))
    rest(0.6)
    stage.take("requests-search")


def requests_nothing(stage: Stage) -> None:
    """A search that finds nothing, with the nearest name."""
    stage.in_sample()
    stage.go("requests").show_filter(RequestFilter(typed="nortwind"))
    rest(0.6)
    stage.take("requests-nothing-found")


def requests_ticked(stage: Stage) -> None:
    """Several requests ticked."""
    stage.in_sample()
    page = stage.go("requests")
    page.show_filter(RequestFilter(urgencies=frozenset({Urgency.WAITING})))
    rest(0.6)
    page.list_pane.model.set_ticked(page.list_pane.model.ids[:3])
    stage.take("requests-ticked")
    page.list_pane.model.set_ticked(())


def _detail(name: str, company: str, right: Right, tab: int) -> Scene:
    def scene(stage: Stage) -> None:
        page = _shown(stage, company, right)
        page.detail_pane.tabs.setCurrentIndex(tab)
        rest(0.4)
        stage.take(name)
        page.detail_pane.tabs.setCurrentIndex(0)

    scene.__doc__ = f"A request's detail: {name}."
    return scene


def _entry(name: str, kind: EventKind) -> Scene:
    def scene(stage: Stage) -> None:
        page = _shown(stage, "Northwind Data LLC", Right.OPTOUT_SALE)
        page.doing.enter(page.detail_pane.detail, kind)
        stage.take(name, stage.dialog(EntryDialog))
        stage.leave_dialogs()

    scene.__doc__ = f"Recording: {kind}."
    return scene


def reminder(stage: Stage) -> None:
    """The reminder letter of an overdue request."""
    page = _shown(stage, "Northwind Data LLC", Right.OPTOUT_SALE)
    request = page.detail_pane.detail.request.id
    show = stage.window.navigator.show_letter
    stage.take_dialog("reminder-letter", lambda: show(request, LetterKind.REMINDER), seconds=2.0)


def companies(stage: Stage) -> None:
    """The directory, with one company open."""
    stage.in_sample()
    page = stage.go("companies")
    page.search.setText("a")
    rest(0.6)
    first = stage.ask(lambda: stage.desk.companies.search("Northwind"))
    page.search.setText("northwind")
    rest(0.5)
    page.show_company(_companies_of(first)[0].id)
    rest(0.3)
    stage.take("companies")


def company_form(stage: Stage) -> None:
    """Adding a company."""
    stage.in_sample()
    page = stage.go("companies")
    stage.take_dialog("company-form", page.add_company)


def clients(stage: Stage) -> None:
    """An advocate's clients."""
    stage.in_sample()
    stage.go("clients")
    rest(0.3)
    stage.take("clients")


def _settings(section: str) -> Scene:
    def scene(stage: Stage) -> None:
        stage.in_sample()
        stage.go("settings").show_section(section)
        rest(0.2)
        stage.take(f"settings-{section}")

    scene.__doc__ = f"Settings: {section}."
    return scene


def _help(topic: str) -> Scene:
    def scene(stage: Stage) -> None:
        stage.in_sample()
        stage.go("help").show_topic(topic)
        stage.take("help" if topic == "index" else f"help-{topic}")

    scene.__doc__ = f"Help: {topic}."
    return scene


def shortcuts(stage: Stage) -> None:
    """Every key on one sheet."""
    stage.in_sample()
    sheet = ShortcutSheet(stage.window)
    sheet.show()
    stage.take("shortcuts", sheet)
    sheet.close()


def about(stage: Stage) -> None:
    """About the app."""
    from optout_desktop.gui.about import AboutDialog

    stage.in_sample()
    dialog = AboutDialog(stage.window)
    dialog.show()
    stage.take("about", dialog)
    dialog.close()


def recovery_code(stage: Stage) -> None:
    """A recovery code, shown once."""
    stage.in_sample()
    dialog = RecoveryDialog(Secret(_RECOVERY_CODE), "Personal", TODAY, stage.window)
    dialog.show()
    stage.take("recovery-code", dialog)
    stage.leave_dialogs()


# ── a new request ────────────────────────────────────────────────────────────────────────────────────


def new_what(stage: Stage) -> None:
    """Step 1: what."""
    _wizard(stage)
    stage.take("new-request-1-what")


def new_who(stage: Stage) -> None:
    """Step 2: who."""
    wizard = _wizard(stage)
    wizard.what.cards[Goal.STOP_SELLING].click()
    until(lambda: wizard.step == 1)
    wizard.who.search.setText("da")
    rest(0.8)
    stage.take("new-request-2-who")


def new_about(stage: Stage) -> None:
    """Step 3: about you."""
    _at_about_you(stage)
    stage.take("new-request-3-about-you")


def new_preview(stage: Stage) -> None:
    """Step 4: the letter, and why the sample vault sends nothing."""
    wizard = _at_about_you(stage)
    wizard.go_on.click()
    _letter_shown(wizard)
    stage.take("new-request-4-letter")


def asked_before(stage: Stage) -> None:
    """The same was asked before."""
    wizard = _with_company(stage, Goal.STOP_SELLING, "Northwind Data LLC")
    until(wizard.before.isVisible)
    stage.take("new-request-asked-before")


# ── helps ────────────────────────────────────────────────────────────────────────────────────────────


def _entrance(stage: Stage, *, has_vault: bool) -> Any:  # noqa: ANN401  # its pages differ
    kind = "unlock" if has_vault else "welcome"
    if stage._kind != kind:  # noqa: SLF001  # a page that was opened stays open
        stage.at_entrance(has_vault=has_vault)
    return stage.app.entrance


def _own_vault(stage: Stage) -> Path:
    return stage.folder / "own" / "Personal.optout"


def _shown(stage: Stage, company: str, right: Right) -> Any:  # noqa: ANN401  # the page of requests
    """The page of requests with one request in detail."""
    stage.in_sample()
    request = stage.request(company, right)
    page = stage.go("requests")
    page.show_filter(RequestFilter())
    page.show_request(request)
    until(lambda: page.detail_pane.detail is not None and page.detail_pane.detail.request.id == request)
    rest(0.3)
    return page


def _first_request(stage: Stage, goal: Goal) -> Any:  # noqa: ANN401  # the wizard
    """The wizard of a vault of one's own at its last step."""
    stage.at_home()
    company = stage.ask(lambda: next(iter(stage.desk.companies.own()), None))
    if company is None:
        company = stage.ask(lambda: stage.desk.companies.add(_LUCERNE))
    stage.window.start_request(goal, company)
    wizard = stage.window.page
    until(lambda: wizard.before.isVisible() or wizard.step >= 2)
    if wizard.before.isVisible():
        wizard.before.go_on.click()
    until(lambda: wizard.step >= 2)
    if wizard.step == 2:
        wizard.go_on.click()
    _letter_shown(wizard)
    return wizard


def _letter_shown(wizard: Any) -> None:  # noqa: ANN401
    until(lambda: wizard.step == 3 and wizard.pane.loaded is not None)
    rest(2.0)  # typst sets the page meanwhile


def _wizard(stage: Stage) -> Any:  # noqa: ANN401  # the wizard
    stage.in_sample()
    stage.window.start_request(None, None)
    wizard = stage.window.page
    until(lambda: bool(wizard.what.cards))
    stage.calm()
    return wizard


def _with_company(stage: Stage, goal: Goal, company: str) -> Any:  # noqa: ANN401  # the wizard
    wizard = _wizard(stage)
    wizard.what.cards[goal].click()
    until(lambda: wizard.step == 1)
    found = _companies_of(stage.ask(lambda: stage.desk.companies.search(company)))
    wizard.who.chosen.emit(found[0])
    stage.calm()
    return wizard


def _at_about_you(stage: Stage) -> Any:  # noqa: ANN401  # the wizard
    """The wizard at its third step; a draft of an earlier scene may have to be passed."""
    wizard = _with_company(stage, Goal.STOP_SELLING, "Lucerne Deals")
    until(lambda: wizard.before.isVisible() or wizard.step == 2)
    if wizard.before.isVisible():
        wizard.before.go_on.click()
    until(lambda: wizard.step == 2)
    return wizard


def _companies_of(hits: Any) -> Any:  # noqa: ANN401  # hits have been a tuple and a record of one
    return getattr(hits, "companies", hits)


SCENES: dict[str, Scene] = {
    "welcome": welcome,
    "first-run-1-vault": first_run_vault,
    "restore": restore,
    "first-run-2-you": first_run_you,
    "first-run-3-request": first_run_what,
    "dashboard-empty": dashboard_empty,
    "requests-empty": requests_empty,
    "send-letter": send_letter,
    "stop-text": stop_text,
    **SENDABLE_SCENES,
    "unlock": unlock,
    "unlock-refused": unlock_refused,
    "recovery-enter": recovery,
    "damaged": damaged,
    "dashboard": dashboard,
    "requests": requests_list,
    "requests-search": requests_found,
    "requests-nothing-found": requests_nothing,
    "requests-ticked": requests_ticked,
    "requests-table": requests_table,
    "detail-overdue": _detail("detail-overdue", "Northwind Data LLC", Right.OPTOUT_SALE, 0),
    "detail-extended": _detail("detail-extended", "Tailspin People", Right.DELETE, 0),
    "detail-refused": _detail("detail-refused", "Tailspin People", Right.ACCESS, 0),
    "detail-letter": _detail("detail-letter", "Northwind Data LLC", Right.OPTOUT_SALE, 1),
    "detail-files": _detail("detail-files", "Northwind Data LLC", Right.OPTOUT_SALE, 2),
    "detail-notes": _detail("detail-notes", "Northwind Data LLC", Right.OPTOUT_SALE, 4),
    "reply-extension": _entry("reply-extension", EventKind.EXTENDED),
    "reply-refusal": _entry("reply-refusal", EventKind.REFUSED),
    "reply-completed": _entry("reply-completed", EventKind.COMPLETED),
    "reminder-letter": reminder,
    "companies": companies,
    "company-form": company_form,
    **LAW_SCENES,
    **REGISTER_SCENES,
    **COMPANY_SCENES,
    **EXCHANGE_SCENES,
    **clock_scenes(_shown),
    "clients": clients,
    **{
        f"settings-{section}": _settings(section)
        for section in ("general", "look", "you", "security", "backups", "templates", "advocate", "privacy")
    },
    "help": _help("index"),
    "help-dashboard": _help("dashboard"),
    "shortcuts": shortcuts,
    "about": about,
    "recovery-code": recovery_code,
    "new-request-1-what": new_what,
    **wizard_scenes(_wizard),
    "new-request-2-who": new_who,
    "new-request-3-about-you": new_about,
    "new-request-4-letter": new_preview,
    "new-request-asked-before": asked_before,
}
