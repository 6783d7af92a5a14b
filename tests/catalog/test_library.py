# SPDX-License-Identifier: Apache-2.0
"""The library opens every shelf, and each only when it is asked for."""

import shutil

import pytest

from optout_desktop.catalog.files import Resources
from optout_desktop.catalog.laws import PATIENT
from optout_desktop.catalog.library import Library
from optout_desktop.domain.errors import CatalogError
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


@pytest.fixture
def copied(tmp_path):
    """A copy of what is shipped, with its list of digests, to be changed."""
    shipped = Resources.found()
    for name in ("laws", "regulators"):
        shutil.copytree(shipped.path(name), tmp_path / name)
    shutil.copy(shipped.path("manifest.json"), tmp_path)
    return Resources(folder=tmp_path, is_listed=True)


def add_a_line(path):
    path.write_bytes(path.read_bytes() + b"# and a word\n")


def test_a_changed_file_of_regulators_is_named_and_costs_no_law(copied):
    add_a_line(copied.path("regulators", "us.toml"))
    library = Library(copied)
    [problem] = library.laws.problems

    assert (problem.file, problem.field) == ("regulators/us.toml", "digest")
    assert len(library.laws.laws) == 62


def test_where_the_conventions_are_refused_days_get_later_and_never_earlier(copied):
    add_a_line(copied.path("laws", "conventions.toml"))
    library = Library(copied)

    assert [problem.file for problem in library.laws.problems] == ["laws/conventions.toml"]
    assert library.conventions is PATIENT
    assert PATIENT.post_transit_days > Library(Resources.found()).conventions.post_transit_days


def test_a_law_file_of_ones_own_is_checked_beside_the_shipped_ones(tmp_path):
    library = Library(Resources.found())
    shipped = library.resources.path("laws", "us-ca", "us-ca-ccpa.toml")
    own = tmp_path / "us-xx-own.toml"
    own.write_text(shipped.read_text(encoding="utf-8").replace("us-ca-ccpa", "us-xx-own"), encoding="utf-8")

    assert library.check_law(shipped).id == "us-ca-ccpa"
    with pytest.raises(
        CatalogError, match=r"us-xx-own.toml, line \d+: id: rule ccpa.optout stands in us-ca-ccpa"
    ):
        library.check_law(own)
