# SPDX-License-Identifier: Apache-2.0
"""No file of the project tells on which machine it was written, or names a package registry."""

import re
from collections.abc import Iterator

import pytest

from tests.architecture.source import ROOT, tracked_files

FOLDERS = "home|root|work|Users"
REGISTRIES = (
    *("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org"),
    *("index" + "-url", "index" + "_url"),
)
OPTION = re.compile(r"--no-emit-" + "index" + "-url")
"""The option that keeps the address out of the lock file is the one permitted mention."""

TRACE = re.compile(
    rf"(?<![\w.\-/~}}\]])/(?:{FOLDERS})/[\w.]"
    r"|[A-Za-z]:\\+Users\\+\w"
    rf"|{'|'.join(map(re.escape, REGISTRIES))}"
)


def traces(text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), start=1):
        if found := TRACE.search(OPTION.sub("", line)):
            yield f"{number}: {found.group()}"


def read_text(path) -> str:
    """The file's text, or nothing for a file that is none."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def test_no_file_tells_where_it_was_written():
    found = {str(path.relative_to(ROOT)): list(traces(read_text(path))) for path in tracked_files()}

    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "parts",
    [
        ("see /", "home/anna/vault"),
        ("'/", "root/.config'"),
        ("cd /", "work/main"),
        ("(/", "Users/anna)"),
        ("C:\\", "Users\\anna"),
        ("https://", "py", "pi.org/simple"),
        ("--extra-index", "-url https://example.org"),
    ],
)
def test_a_trace_is_found(parts):
    assert list(traces("".join(parts)))


@pytest.mark.parametrize(
    "line",
    [
        "https://example.org/" + "work/of/art",
        "~/" + "work/optout",
        "tests/home/page.py",
        "uv pip compile --no-emit-index" + "-url",
        "/usr/share/fonts",
    ],
)
def test_an_innocent_line_passes(line):
    assert not list(traces(line))


def test_the_lock_file_has_a_digest_for_every_package_and_no_address():
    lock = (ROOT / "packaging" / "requirements.lock").read_text(encoding="utf-8")
    packages = re.findall(r"^[a-z][^\n]*(?:\n    --hash=[^\n]*)+", lock, re.MULTILINE)

    assert "://" not in lock
    assert len(packages) == len(re.findall(r"^[a-z]", lock, re.MULTILINE)) > 40
