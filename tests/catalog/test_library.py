# SPDX-License-Identifier: Apache-2.0
"""The library opens every shelf, and each only when it is asked for."""

from optout_desktop.catalog.files import Resources
from optout_desktop.catalog.library import Library
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.rights import Right


def test_the_shelves_hold_laws_regulators_letters_and_companies():
    library = Library(Resources.found())

    assert library.laws.problems == ()
    assert {law.id for law in library.laws.all()} >= {"us-ca-ccpa", "us-can-spam", "eu-gdpr"}
    assert {regulator for law in library.laws.all() for regulator in law.regulators} <= library.regulators.ids
    assert library.templates.offers(Right.OPTOUT_SALE, LetterKind.REMINDER)
    assert len(library.directory) > 2000
    assert library.conventions.post_transit_days > 0


def test_a_shelf_is_read_once_and_only_when_it_is_asked_for():
    library = Library(Resources.found())

    assert "laws" not in vars(library)
    assert library.laws is library.laws
    assert "directory" not in vars(library)
