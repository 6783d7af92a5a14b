# SPDX-License-Identifier: Apache-2.0
import hashlib
import json

import pytest

from optout_desktop.catalog.files import Resources, TomlFile, own_toml
from optout_desktop.catalog.laws import load_laws
from optout_desktop.domain.errors import CatalogError, HandOverError
from optout_desktop.domain.ids import RegulatorId
from tests.catalog.test_laws import GOOD

TEXT = """id = "x"

[sources.one]
title = "One"

[[rules]]
id = "first"
unit = "days"
names = [
    "title = nothing",
]

[rules.extension]
unit = "months"

[[rules]]
id = "second"
unit = "weeks"
extension = { unit = "years" }

[[rules.ways]]
kind = "web"

[[rules.ways]]
kind = "post"
"""
KNOWN = frozenset({RegulatorId("xx-authority")})


def test_the_resources_are_found_beside_the_package():
    resources = Resources.found()

    assert resources.path("laws").is_dir()
    assert "laws/us-ca/us-ca-ccpa.toml" in {
        resources.name_of(path) for path in resources.files("laws", ending=".toml")
    }


@pytest.mark.parametrize(
    ("where", "field", "line"),
    [
        ((), "id", 1),
        (("sources", "one"), "title", 4),
        (("rules", 0), "", 6),
        (("rules", 0), "unit", 8),
        (("rules", 0, "extension"), "unit", 14),
        (("rules", 0, "extension"), "amount", 13),
        (("rules", 1), "unit", 18),
        (("rules", 1, "extension"), "unit", 19),
        (("rules", 1), "amount", 16),
        (("rules", 1, "ways", 1), "kind", 25),
        (("rules", 1, "ways", 1), "value", 24),
        ((), "title", 1),
    ],
)
def test_a_field_is_found_by_its_line_and_a_missing_one_by_its_table(where, field, line):
    assert TomlFile.parse("x.toml", TEXT).line_of(where, field) == line


def test_a_file_that_is_no_toml_names_itself_and_its_line(tmp_path):
    (tmp_path / "broken.toml").write_text('id = "x"\nname = = 1\n', encoding="utf-8")

    with pytest.raises(CatalogError, match=r"broken\.toml.*line 2"):
        Resources(folder=tmp_path).toml(tmp_path / "broken.toml")


def test_a_file_that_is_no_text_names_itself(tmp_path):
    (tmp_path / "broken.toml").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(CatalogError, match=r"broken\.toml"):
        Resources(folder=tmp_path).toml(tmp_path / "broken.toml")


# ── the list of digests ──────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def listed(tmp_path):
    """Two laws and the list of their digests."""
    folder = tmp_path / "laws" / "de"
    folder.mkdir(parents=True)
    for name in ("xx-one", "xx-two"):
        text = GOOD.replace("xx-test", name).replace("xx.honour", f"{name}.honour")
        (folder / f"{name}.toml").write_bytes(text.encode())
    (tmp_path / "laws" / "conventions.toml").write_bytes(b"post_transit_days = 7\n")
    files = {
        path.relative_to(tmp_path).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((tmp_path / "laws").rglob("*.toml"))
    }
    write_list(tmp_path, {"format": 1, "version": "2026-11-22-0", "files": files})
    return Resources(folder=tmp_path, is_listed=True)


def write_list(folder, record):
    (folder / "manifest.json").write_text(json.dumps(record), encoding="utf-8")


def problems_of(resources):
    book = load_laws(resources, KNOWN)
    return [law.id for law in book.laws], [(problem.file, problem.field) for problem in book.problems]


def test_what_the_list_names_is_read(listed):
    assert problems_of(listed) == (["xx-one", "xx-two"], [])
    assert listed.manifest.version == "2026-11-22-0"


def test_a_changed_law_is_refused_by_its_name_and_the_others_work(listed):
    path = listed.path("laws", "de", "xx-one.toml")
    path.write_bytes(path.read_bytes().replace(b"amount = 10", b"amount = 11"))

    assert problems_of(listed) == (["xx-two"], [("laws/de/xx-one.toml", "digest")])


def test_a_lost_law_is_named(listed):
    listed.path("laws", "de", "xx-one.toml").unlink()

    assert problems_of(listed) == (["xx-two"], [("laws/de/xx-one.toml", "file")])


def test_a_law_that_was_slipped_in_is_refused(listed):
    text = GOOD.replace("xx-test", "xx-three").replace("xx.honour", "xx-three.honour")
    listed.path("laws", "de", "xx-three.toml").write_bytes(text.encode())

    assert problems_of(listed) == (["xx-one", "xx-two"], [("laws/de/xx-three.toml", "file")])


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b'{"format": 2, "version": "x", "files": {}}', b'{"format": 1, "version": "x"}', None],
)
def test_without_a_list_nothing_is_taken_on_trust_and_that_is_said_once(listed, content):
    path = listed.path("manifest.json")
    path.unlink() if content is None else path.write_bytes(content)

    assert problems_of(listed) == ([], [("manifest.json", "file")])


def test_a_folder_that_somebody_writes_in_needs_no_list(listed):
    listed.path("manifest.json").unlink()

    assert problems_of(Resources(folder=listed.folder)) == (["xx-one", "xx-two"], [])


def test_the_list_is_not_read_before_a_file_is(listed):
    listed.path("manifest.json").write_bytes(b"nothing of the kind")
    resources = Resources(folder=listed.folder, is_listed=True)

    assert len(list(resources.files("laws", ending=".toml"))) == 3


# ── files from anywhere ──────────────────────────────────────────────────────────────────────────────


def test_a_file_of_ones_own_is_read_from_anywhere(tmp_path):
    (tmp_path / "own.toml").write_bytes(b'id = "x"\r\n')

    assert own_toml(tmp_path / "own.toml").table == {"id": "x"}


def test_a_file_of_ones_own_that_cannot_be_read_or_is_too_long_says_so(tmp_path):
    (tmp_path / "long.toml").write_bytes(b"#" * 1_000_001)

    with pytest.raises(HandOverError, match=r"none\.toml cannot be read"):
        own_toml(tmp_path / "none.toml")
    with pytest.raises(HandOverError, match=r"long\.toml is too long"):
        own_toml(tmp_path / "long.toml")
