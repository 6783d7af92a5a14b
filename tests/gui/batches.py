# SPDX-License-Identifier: Apache-2.0
"""A batch page over a real vault, for tests of it: a dozen companies, an account, and a wish."""

from __future__ import annotations

from optout_desktop.domain.ids import LawId
from optout_desktop.domain.rights import Right
from optout_desktop.domain.secrets import Secret
from optout_desktop.services.accounts import AccountInput, ServerInput
from optout_desktop.services.batches import BatchWish
from optout_desktop.services.companies import CompanyInput


def add_companies(desk, count, *, without_address=(), country="US"):
    """Companies with an e-mail address each, but for those numbers."""
    return [
        desk.companies.add(
            CompanyInput(
                name=f"Company {number:03}",
                email="" if number in without_address else f"privacy@c{number}.example",
                form=f"https://c{number}.example/privacy",
                country=country,
            )
        )
        for number in range(count)
    ]


def add_account(desk, address="jane@example.org"):
    """An account whose server does not exist."""
    server = ServerInput(host="smtp.example.org", port=465, password=Secret("seventeen quiet herons"))
    return desk.mailroom.accounts.add(AccountInput(person=desk.people.me().id, address=address, smtp=server))


def a_wish(desk, companies=()):
    """Do not sell or share, in California."""
    return BatchWish(
        person=desk.people.me().id,
        right=Right.OPTOUT_SALE,
        law=LawId("us-ca-ccpa"),
        companies=tuple(one.id for one in companies),
    )


def names(model):
    """What the rows of a list are called."""
    rows = (model.row_value(row) for row in range(model.rowCount()))
    return [getattr(one, "name", None) or one.item.company_name for one in rows if one is not None]
