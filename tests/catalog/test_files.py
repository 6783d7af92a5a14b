# SPDX-License-Identifier: Apache-2.0
import pytest

from optout_desktop.catalog.files import Resources, TomlFile
from optout_desktop.domain.errors import CatalogError

TEXT = """id = "x"

[sources.one]
title = "One"

[[rules]]
id = "first"
unit = "days"

[rules.extension]
unit = "months"

[[rules]]
id = "second"
unit = "weeks"
"""


def test_the_resources_are_found_beside_the_package():
    resources = Resources.found()

    assert resources.path("laws").is_dir()
    assert "laws/us-ca/us-ca-ccpa.toml" in {
        resources.name_of(path) for path in resources.files("laws", ending=".toml")
    }


@pytest.mark.parametrize(
    ("kind", "number", "field", "line"),
    [
        ("", 0, "id", 1),
        ("rules", 0, "", 6),
        ("rules", 0, "unit", 8),
        ("rules", 1, "unit", 15),
        ("rules", 1, "amount", 13),
        ("rules", 7, "unit", 0),
        ("", 0, "title", 0),
    ],
)
def test_a_field_is_found_by_its_line(kind, number, field, line):
    assert TomlFile.parse("x.toml", TEXT).line_of(kind, number, field) == line


def test_a_file_that_is_no_toml_names_itself_and_its_line(tmp_path):
    (tmp_path / "broken.toml").write_text('id = "x"\nname = = 1\n', encoding="utf-8")

    with pytest.raises(CatalogError, match=r"broken\.toml.*line 2"):
        Resources(folder=tmp_path).toml(tmp_path / "broken.toml")


def test_a_file_that_is_no_text_names_itself(tmp_path):
    (tmp_path / "broken.toml").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(CatalogError, match=r"broken\.toml"):
        Resources(folder=tmp_path).toml(tmp_path / "broken.toml")
