# SPDX-License-Identifier: Apache-2.0
"""The scenes of how companies come in: a list before it is imported, a pasted policy, an address that is dead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from screenshots_stage import Stage, rest, until

from optout_desktop.domain.agenda import RequestFilter
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.requests import Attention
from optout_desktop.gui.companies.import_dialog import ImportCompaniesDialog
from optout_desktop.gui.company_dialog import CompanyDialog
from optout_desktop.gui.policy_dialog import PolicyDialog
from optout_desktop.services.companies import CompanyInput

_LIST = """name;domains;email;form;phone;address;country;language
Northwind Data LLC;northwind.example;optout@northwind.example;https://northwind.example/stop;;;US;en
Fabrikam GmbH;fabrikam.example;datenschutz@fabrikam.example;;+49 30 123456;;DE;de
Contoso Lists;contoso.example;privacy@contoso.example;https://contoso.example/opt-out;+1 202 555 0123;;US;en
Nowhere Ltd;nowhere.example;not an address;;;;GB;en
"""
_POLICY = """Your privacy rights. You may opt out of the sale of your personal information at
https://www.northwind.example/do-not-sell or by writing to privacy (at) northwind (dot) example. To exercise your
right to deletion, call +1 202 555 0188. Press: press@northwind.example."""


def import_companies(stage: Stage) -> None:
    """A table of one's own before it is imported."""
    page = _page(stage)
    path = stage.folder / "my-companies.csv"
    path.write_text(_LIST, encoding="utf-8")
    page.import_companies()
    dialog = stage.dialog(ImportCompaniesDialog)
    stage.take("import-companies-start", dialog)
    dialog.read(path)
    until(lambda: dialog.preview is not None)
    rest(0.3)
    stage.take("import-companies", dialog)
    dialog.reject()


def policy(stage: Stage) -> None:
    """Addresses found in a pasted privacy policy."""
    page = _page(stage)
    dialog = PolicyDialog(page._around, "Northwind Data LLC", "US", page)  # noqa: SLF001  # as the page opens it
    dialog.text.setPlainText(_POLICY)
    dialog.show()
    dialog.look()
    until(lambda: bool(dialog.ticks))
    rest(0.3)
    stage.take("privacy-policy", dialog)
    dialog.reject()


def dead_contact(stage: Stage) -> None:
    """A company from whose address a message came back."""
    page = _page(stage)
    desk = stage.desk

    def dead_one() -> Any:  # noqa: ANN401  # an id
        return next(
            one.id
            for one in desk.companies.everybody()
            if any(proposal.dead_since_on for proposal in desk.contacts.of(one.id, Channel.EMAIL))
        )

    page.show_company(stage.ask(dead_one))
    rest(0.4)
    stage.take("dead-contact")


def send_again(stage: Stage) -> None:
    """A request whose message came back: the next address is on its button."""
    stage.in_sample()
    page, desk = stage.go("requests"), stage.desk

    def came_back() -> Any:  # noqa: ANN401  # an id
        rows = desk.requests.page(desk.requests.list(RequestFilter()).rows)
        return next(one.id for one in rows if one.attention is Attention.DELIVERY_FAILED)

    page.show_request(stage.ask(came_back))
    rest(0.6)
    stage.take("send-again")


def company_form(stage: Stage) -> None:
    """Everything that can be said of a company."""
    page = _page(stage)
    dialog = CompanyDialog(page._around, parent=page)  # noqa: SLF001  # as the page opens it
    dialog.form.fill(CompanyInput(name="Lucerne Deals", country="CH", region="CH-ZH", language="de"))
    dialog.show()
    rest(0.8)
    dialog._scroll.verticalScrollBar().setValue(10_000)  # noqa: SLF001  # the new fields are below
    rest(0.2)
    stage.take("company-form-place", dialog)
    dialog.reject()


def _page(stage: Stage) -> Any:  # noqa: ANN401  # the page of companies
    stage.in_sample()
    return stage.go("companies")


COMPANY_SCENES: dict[str, Callable[[Stage], None]] = {
    "import-companies": import_companies,
    "privacy-policy": policy,
    "dead-contact": dead_contact,
    "send-again": send_again,
    "company-form-place": company_form,
}
