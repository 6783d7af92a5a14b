# SPDX-License-Identifier: Apache-2.0
"""The scenes of a request's rights, words and letters: all rights, laws to choose from, own words, a made letter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from screenshots_stage import Stage, rest, until

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.letters import LetterKind, RequestFact
from optout_desktop.domain.rights import Goal, Right
from optout_desktop.gui.company_dialog import CompanyDialog
from optout_desktop.gui.new_request.law_choice import LawDialog
from optout_desktop.services.companies import CompanyInput
from optout_desktop.services.requests import NewRequest

_MANY = CompanyInput(
    name="Many Ways Ltd",
    email="privacy@manyways.example",
    country="GB",
    further=((Channel.EMAIL, "dpo@manyways.example"), (Channel.POST, "1 High Street\nLeeds LS1 4AP")),
)


def wizard_scenes(at_first_step: Callable[[Stage], Any]) -> dict[str, Callable[[Stage], None]]:
    """The scenes; ``at_first_step`` opens the wizard of the sample vault."""

    def all_rights(stage: Stage) -> None:
        """Every right that a law gives where somebody lives."""
        what = at_first_step(stage).what
        while not what.rights.isVisible():
            what.more.click()
        rest(0.3)
        what.ensureWidgetVisible(what.rights.rows[Right.OPTOUT_PROFILING])
        stage.take("new-request-all-rights")

    def change_law(stage: Stage) -> None:
        """The laws that apply, and why the others do not."""
        wish = at_first_step(stage).what.cards[Goal.STOP_SELLING].wish
        dialog = LawDialog(wish, wish.proposed, stage.window)
        dialog.show()
        stage.take("change-law", dialog)
        dialog.close()

    return {
        "new-request-all-rights": all_rights,
        "change-law": change_law,
    }


def own_words(stage: Stage) -> None:
    """A correction that says what is wrong and what is right."""
    wizard = _draft(stage, Right.CORRECT, ((RequestFact.WRONG_DATA, "The street “Elm Street 3”."),))
    wizard.pane.own_words.fields[RequestFact.RIGHT_DATA].setPlainText("Oak Street 12, since May 2025.")
    rest(1.5)
    stage.take("new-request-own-words")


def made(stage: Stage) -> None:
    """A letter that left the app and of which nobody said that it was sent."""
    request = _started(stage, Right.OPTOUT_SALE, ())
    stage.ask(lambda: stage.desk.sending.eml(stage.desk.letters.view(request, LetterKind.REQUEST)))
    page = stage.go("requests")
    page.show_request(request)
    until(lambda: page.detail_pane.detail is not None and page.detail_pane.detail.request.id == request)
    page.detail_pane.tabs.setCurrentIndex(1)
    rest(0.4)
    next(iter(page.detail_pane.letter.bars.values())).ask(stage.ask(stage.desk.clock.today))
    rest(0.2)
    stage.take("detail-letter-made")


def further(stage: Stage) -> None:
    """A company with more than one address of a channel."""
    stage.at_home()
    company = stage.ask(lambda: stage.desk.companies.add(_MANY))
    dialog = CompanyDialog(stage.window.surroundings, company, parent=stage.window)
    dialog.show()
    stage.calm()
    dialog._scroll.ensureWidgetVisible(dialog.form.rows["website"])  # noqa: SLF001  # down at the list
    stage.take("company-form-further", dialog)
    dialog.close()


OWN_VAULT_SCENES: dict[str, Callable[[Stage], None]] = {
    "new-request-own-words": own_words,
    "detail-letter-made": made,
    "company-form-further": further,
}
"""Scenes that need a vault from which something may be sent, after those of the first run."""


def _started(stage: Stage, right: Right, facts: tuple[tuple[RequestFact, str], ...]) -> Any:  # noqa: ANN401
    """The id of a draft in a vault of one's own."""
    stage.at_home()

    def start() -> Any:  # noqa: ANN401
        desk = stage.desk
        company = next(iter(desk.companies.own()), None) or desk.companies.add(_MANY)
        me = desk.people.all()[0]
        new = NewRequest(
            person=me.id,
            company=company.id,
            right=right,
            law=desk.laws.propose(right, me.place).law.id,
            channel=Channel.EMAIL,
            to_address="privacy@manyways.example",
            facts=facts,
        )
        return desk.requests.start(new).id

    return stage.ask(start)


def _draft(stage: Stage, right: Right, facts: tuple[tuple[RequestFact, str], ...]) -> Any:  # noqa: ANN401
    """The wizard at the last step of a draft."""
    request = _started(stage, right, facts)
    stage.window._show_draft(request)  # noqa: SLF001
    until(lambda: stage.window.page.step == 3 and stage.window.page.pane.loaded is not None)
    rest(1.0)
    return stage.window.page
