# SPDX-License-Identifier: Apache-2.0
"""The scenes of a batch: its companies, its review, the consent, and what came of it."""

from __future__ import annotations

from collections.abc import Callable

from screenshots_stage import Stage, rest, until

from optout_desktop.domain.ids import LawId
from optout_desktop.domain.messages import BatchWay
from optout_desktop.domain.rights import Right
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui import pages
from optout_desktop.gui.batch.page import BatchPage
from optout_desktop.services.accounts import AccountInput, ServerInput
from optout_desktop.services.batches import BatchWish
from optout_desktop.services.companies import CompanyInput

_NAMES = (
    "Northwind Data LLC",
    "Fabrikam Ads",
    "Tailspin People",
    "Adventure Works",
    "Lucerne Deals",
    "Woodgrove Bank",
    "Litware Audience",
    "Contoso Market",
    "Proseware Profiles",
    "Wingtip Toys",
    "Coho Vineyard",
    "Alpine Ski House",
)
_SERVER = ServerInput(host="smtp.example.org", port=465, password=Secret("never sent anywhere"))


def _made_up(stage: Stage) -> BatchWish:
    """Somebody with an account, and a dozen companies, two of which cannot be written to."""
    stage.at_home()
    desk = stage.desk

    def job() -> BatchWish:
        me = desk.people.me()
        known = {one.name: one for one in desk.companies.own()}
        if not desk.mailroom.accounts.list():
            desk.mailroom.accounts.add(AccountInput(person=me.id, address="jane@example.org", smtp=_SERVER))
        for number, name in enumerate(_NAMES):
            if name not in known:
                address = "" if number in {2, 7} else f"privacy@{name.split()[0].lower()}.example"
                site = f"https://{name.split()[0].lower()}.example/privacy"
                known[name] = desk.companies.add(
                    CompanyInput(name=name, email=address, form=site, country="US")
                )
        companies = tuple(known[name].id for name in _NAMES)
        return BatchWish(person=me.id, right=Right.OPTOUT_SALE, law=LawId("us-ca-ccpa"), companies=companies)

    wish: BatchWish = stage.ask(job)
    return wish


def batch(stage: Stage) -> None:
    """All the way, without a server: drafts."""
    wish = _made_up(stage)
    page: BatchPage = stage.go(pages.BATCH)
    page.show_list()
    stage.take("batch-none")
    page.begin(wish)
    until(lambda: len(page.companies.companies()) == len(_NAMES))
    until(lambda: page.go_on.isEnabled() and len(page.companies.found.ids) > 0)
    stage.take("batch-companies")
    page.go_on.click()
    until(lambda: page.review.is_settled)
    stage.calm(0.4)
    stage.take("batch-review")
    page.review.rows.choose(page.review.model.ids[-1])
    stage.calm(0.4)
    stage.take("batch-review-ready")
    page.go_on.click()
    until(lambda: page.consent is not None and page.consent.isVisible())
    rest(0.2)
    assert page.consent is not None  # noqa: S101
    stage.take("batch-consent", page.consent)
    page.consent.reject()
    page.review.pace.eml.click()
    until(lambda: page.review.is_settled and page.review.opened.batch.way is BatchWay.EML)  # type: ignore[union-attr]
    opened = page.review.opened
    assert opened is not None  # noqa: S101
    desk, folder = stage.desk, stage.folder / "drafts"
    folder.mkdir(exist_ok=True)

    def write() -> None:
        desk.mailroom.batches.consent(opened.batch.id, opened.review.digest)
        desk.mailroom.batches.write_drafts(opened.batch.id, folder)

    stage.ask(write)
    page.open_batch(opened.batch.id)
    until(lambda: page.progress.standing is not None)
    stage.calm(0.4)
    stage.take("batch-drafts")
    page.show_list()
    stage.calm(0.4)
    stage.take("batch-list")


BATCH_SCENES: dict[str, Callable[[Stage], None]] = {"batch": batch}
