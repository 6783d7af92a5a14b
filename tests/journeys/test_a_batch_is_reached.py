# SPDX-License-Identifier: Apache-2.0
"""Journey: the ways into the batch window, and that every control of it has a name."""

from optout_desktop.domain.agenda import RequestFilter
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.rights import Goal
from optout_desktop.gui import pages
from optout_desktop.gui.keymap import Act
from tests.gui import batches
from tests.gui.house import unlocked, wait_until
from tests.gui.mail_house import ask
from tests.journeys.test_accessible_names import nameless


def the_link_in_who(application):
    """Up to the step that asks for the company, and the link there."""
    window = application.window
    window.start_request(None, None)
    wizard = window.page
    wait_until(lambda: Goal.STOP_SELLING in wizard.what.cards)
    wizard.what.cards[Goal.STOP_SELLING].click()
    wait_until(lambda: wizard.step == 1)
    wizard.who.several.click()
    wait_until(lambda: window.key == pages.BATCH)
    return window.page


def reviewed(page):
    """The first company found is ticked, and its letter looked at."""
    wait_until(lambda: page.companies.found.ids and page.about.text())
    page.companies.found.toggle(0)
    page.go_on.click()
    wait_until(lambda: page.is_shown(page.review) and page.review.is_settled)


def test_the_wizard_hands_over_what_was_chosen(application):
    unlocked(application)
    page = the_link_in_who(application)
    reviewed(page)
    [item] = page.review.opened.batch.items
    request = ask(application, lambda: application.desk.requests.detail(item.request)).request

    assert page.about.text().startswith("Do not sell or share")
    assert (request.right, request.law) == ("optout_sale", "us-ca-ccpa")


def test_ticked_drafts_of_the_list_are_sent_together_and_the_list_leads_back(application):
    window = unlocked(application)
    page = the_link_in_who(application)
    reviewed(page)
    window.navigator.show_requests(RequestFilter())
    requests = window.page
    wait_until(lambda: len(requests.list_pane.model.ids) == 1)
    wait_until(lambda: requests.list_pane.batches.text() == "1 batch is not finished")
    requests.list_pane.model.tick_all()
    requests.list_pane.bulk.send.click()
    wait_until(lambda: window.key == pages.BATCH and page.review.is_settled)
    kinds = {one.kind for one in page.review.opened.batch.items}
    window.navigator.show_requests(RequestFilter())
    requests.list_pane.batches.click()
    wait_until(lambda: page.is_shown(page.list) and len(page.list.model.ids) == 2)

    assert kinds == {LetterKind.REQUEST}


def test_every_control_of_the_batch_window_has_a_name(application):
    window = unlocked(application)
    window.menus.actions[Act.BATCHES].trigger()
    wait_until(lambda: window.key == pages.BATCH)
    without = {"list": nameless(window)}
    ask(application, lambda: batches.add_account(application.desk))
    page = the_link_in_who(application)
    without["companies"] = nameless(window)
    reviewed(page)
    wait_until(lambda: page.review.card.look is not None)
    without["review"] = nameless(window)
    page.go_on.click()
    without["consent"] = nameless(page.consent)
    page.consent.looked.setChecked(True)
    page.consent.go.click()
    wait_until(lambda: page.progress.standing is not None)
    without["progress"] = nameless(window)
    page.progress.stop.click()
    wait_until(lambda: not page.progress.stop.isVisible())

    assert without == {key: [] for key in without}
