# SPDX-License-Identifier: Apache-2.0
import pytest

from optout_desktop.catalog.files import Resources
from optout_desktop.catalog.regulators import load_regulators
from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.ids import RegulatorId
from optout_desktop.domain.places import Place

GOOD = """[[regulators]]
id = "one"
name = "The first"
places = ["DE"]
verification = "source-agrees"
"""


def book_of(tmp_path, text):
    (tmp_path / "regulators").mkdir()
    (tmp_path / "regulators" / "de.toml").write_text(text, encoding="utf-8")
    return load_regulators(Resources(folder=tmp_path))


def test_an_unknown_regulator_names_the_nearest_known():
    with pytest.raises(NotFound, match="us-ftc"):
        load_regulators(Resources.found()).regulator(RegulatorId("us-ftcc"))


def test_a_resident_is_shown_the_most_local_regulator_first():
    near = [item.id for item in load_regulators(Resources.found()).at(Place("US-CA"))]

    assert near[0].startswith("us-ca-")
    assert "us-ftc" in near
    assert "us-va-ag" not in near


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (GOOD.replace('"DE"', '"Germany"'), "places"),
        (GOOD.replace("source-agrees", "sure"), "verification"),
        (GOOD.replace("The first", ""), "name"),
        (GOOD + 'fax = "1"\n', "fax"),
    ],
)
def test_an_entry_that_is_wrong_costs_itself_and_is_named(tmp_path, text, field):
    book = book_of(tmp_path, text + "\n" + GOOD.replace("one", "two"))
    [problem] = book.problems

    assert (problem.file, problem.field) == ("regulators/de.toml", field)
    assert problem.line > 0
    assert [item.id for item in book.regulators] == ["two"]


def test_the_same_id_twice_is_refused(tmp_path):
    [problem] = book_of(tmp_path, GOOD + GOOD).problems

    assert "stands here twice" in str(problem)
