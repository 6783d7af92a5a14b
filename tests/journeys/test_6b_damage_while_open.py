# SPDX-License-Identifier: Apache-2.0
"""Journey 6b: a page far back in the file is torn, which shows only when the list is opened; what is left is saved."""

import pytest

from optout_desktop.domain.agenda import RequestFilter, SortOrder
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import VaultDamaged
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.rights import Right
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui.application import Application
from optout_desktop.gui.requests.asking import Question, first_rows
from optout_desktop.gui.unlock.damaged import DamagedPage
from optout_desktop.gui.unlock.salvage import SalvagePage
from optout_desktop.gui.window_facts import look
from optout_desktop.services.companies import CompanyInput
from optout_desktop.services.requests import NewRequest
from optout_desktop.storage.vault_files import VaultFolder
from tests.gui.house import PASSPHRASE, CheapHouse, HandKeyring, running, unlocked, wait_until
from tests.storage.damaging import pages_of, tear_page

REQUESTS = 90
THE_LIST = Question(wanted=RequestFilter(), sort=SortOrder.URGENCY, is_grouped=True, is_reversed=False)


def filled(house, path):
    desk = opened(house, path)
    company = desk.companies.add(
        CompanyInput(name="Northwind Data", email="p@northwind.example", country="US")
    )
    new = NewRequest(
        person=desk.people.me().id,
        company=company.id,
        right=Right.OPTOUT_SALE,
        law=LawId("us-ca-ccpa"),
        channel=Channel.EMAIL,
    )
    for _ in range(REQUESTS):
        desk.requests.start(new)
    desk.close()


def opened(house, path):
    return house.open_desk(house.vaults.unlock(path, Secret(PASSPHRASE)))


def is_damaged_for(house, path, look_at):
    try:
        desk = opened(house, path)
    except VaultDamaged:
        return True
    try:
        look_at(desk)
    except VaultDamaged:
        return True
    finally:
        desk.close()
    return False


def page_that_the_list_reads_first(house, path):
    """A page of the file that neither opening the vault nor the dashboard looks at."""
    database = VaultFolder(path=path).database
    whole = database.read_bytes()
    for page in range(pages_of(database), 1, -1):
        tear_page(database, page)
        is_the_lists = is_damaged_for(
            house, path, lambda desk: first_rows(desk, THE_LIST)
        ) and not is_damaged_for(house, path, look)
        database.write_bytes(whole)
        if is_the_lists:
            return page
    raise AssertionError("the dashboard reads every page that the list reads")


@pytest.fixture
def house(tmp_path):
    return CheapHouse(tmp_path, keyring=HandKeyring())


@pytest.fixture
def torn(house):
    """The path of a vault that opens, and whose list cannot be read."""
    path = house.make_vault()
    filled(house, path)
    tear_page(VaultFolder(path=path).database, page_that_the_list_reads_first(house, path))
    return path


@pytest.fixture
def application(qapp, english, asked, torn, house):
    with running(Application(house, is_watching_screen=False)) as application:
        yield application


def test_damage_that_the_list_meets_locks_the_vault_and_what_is_readable_is_saved(application):
    window = unlocked(application)
    desk = window.surroundings.desk
    window.go("requests")
    wait_until(lambda: application.entrance is not None)
    damaged = application.entrance.page
    is_closed = not desk.vault.is_open
    damaged.salvage.click()
    page = application.entrance.page
    page.row.passphrase.setText(PASSPHRASE)
    page.go.click()
    wait_until(page.outcome.isVisible)
    page.go.click()
    wait_until(lambda: application.entrance.page is not page)
    window = unlocked(application)

    assert isinstance(damaged, DamagedPage)
    assert isinstance(page, SalvagePage)
    assert is_closed
    assert window.facts.tally.total > 0


def test_the_page_about_damage_offers_each_of_its_doors_with_the_vault_untouched(application, torn):
    window = unlocked(application)
    database = VaultFolder(path=torn).database
    before = database.read_bytes()
    window.go("requests")
    wait_until(lambda: application.entrance is not None)
    damaged = application.entrance.page
    words = [button.text() for button in damaged.findChildren(type(damaged.salvage)) if button.isVisible()]

    assert words == ["&Choose another backup…", "&Save what is readable…", "&Back"]
    assert damaged.found.text() == (
        "A backup is opened with its passphrase, which is not kept here. Choose one below."
    )
    assert database.read_bytes() == before
