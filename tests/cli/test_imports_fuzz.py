# SPDX-License-Identifier: Apache-2.0
"""Files that nobody should be asked to import: each is refused in a sentence, the vault says what it said before.

The files are larger than their limits, so a process of its own reads them, and is asked for its memory afterwards.
"""

import codecs
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.adapters.test_archives_fuzz import HOSTILE

ROOT = Path(__file__).resolve().parents[2]
ROWS = 1_000_000
MOST_MEMORY_MIB = 700
"""What one process may take at most while it reads all of them, the app itself included."""

HEAD = "id,company,right,law,created_on\n"
TWICE = "0" * 31 + "1"


def made(folder, kind):
    """The files of a kind, by the words that the refusal must hold."""
    companies = {
        "million.csv": ("more than 200,000 rows", "name,email\n" + "A,a@acme.example\n" * ROWS),
        "large.csv": ("more than 50 MB", "name,email\n" + "x" * (50 * 1024 * 1024)),
        "utf-32.csv": ("not a text in an encoding", "name,email\nA,a@acme.example\n".encode("utf-32")),
        "claim.zip": ("100 times", HOSTILE["4 GB that it is not"]),
        "bomb.zip": ("100 times", HOSTILE["bomb"]),
        "slip.zip": ("leads out of the folder", HOSTILE["zip slip"]),
        "braces.json": ("more than 1,000,000 lists", "[" + "{}," * ROWS + "{}]"),
    }
    requests = {
        "million.csv": ("more than 200,000 rows", HEAD + ",A,access,eu-gdpr,2026-01-02\n" * ROWS),
        "utf-16.csv": ("not a text in an encoding", codecs.BOM_UTF16_LE + b"\0\xd8\0"),
        "deep.json": ("nested deeper than 32", "[" * 100_000 + "]" * 100_000),
        "objects.json": ("nested deeper than 32", '{"a":' * 100_000 + "1" + "}" * 100_000),
        "open.json": ("deeper than 32", '{"a":[' * 50_000),
        "large.json": ("more than 20 MB", '{"a": "' + "x" * (20 * 1024 * 1024) + '"}'),
        "twice.json": ("names the same thing twice", '{"schema": 1, "schema": 2}'),
        "number.json": ("too large", '{"schema": 1e999}'),
    }
    chosen = {"companies": companies, "requests": requests}[kind]
    for name, (_, content) in chosen.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return {name: words for name, (words, _) in chosen.items()}


READER = """
import json, sys
from tests.cli.conftest import CheapHouse
from optout_desktop.cli import run
from pathlib import Path
home, kind, *names = sys.argv[1:]
home = Path(home)
def house(**named): return CheapHouse(vaults=home / "vaults", settings=home / "settings.json", **named)
def type_(*words): return run(house, [*words, "--passphrase-file", str(home / "passphrase")])
ends = [type_("import", kind, str(home / name)) for name in names]
# not getrusage: what it tells of a child begins with what its parent had
[peak] = [int(line.split()[1]) // 1024 for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(json.dumps({"ends": ends, "peak_mib": peak}))
"""


@pytest.mark.parametrize("kind", ["companies", "requests"])
def test_what_is_too_large_too_deep_or_a_lie_is_refused_and_nothing_is_changed(optout, kind):
    wanted = made(optout.home, kind)
    before = optout.data("company", "search", "a", "--vault", "Personal"), optout.data("request", "list")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", READER, str(optout.home), kind, *wanted],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    sentences = done.stderr.splitlines()
    after = optout.data("company", "search", "a", "--vault", "Personal"), optout.data("request", "list")

    assert told["ends"] == [1] * len(wanted)
    assert [words for words, said in zip(wanted.values(), sentences, strict=True) if words not in said] == []
    assert told["peak_mib"] < MOST_MEMORY_MIB
    assert after == before


def test_formulas_are_words_and_the_same_id_twice_is_taken_once(optout):
    row = f"{TWICE},'=HYPERLINK(1),access,eu-gdpr,2026-01-02\n"
    (optout.home / "twice.csv").write_text(HEAD + row + row.replace("HYPERLINK", "OTHER"), encoding="utf-8")
    done = optout.data(
        "import", "requests", optout.home / "twice.csv", "--place", "DE", "--person", "Jane Doe"
    )
    listed = optout.data("request", "list")

    assert (done["new"], done["unusable"]) == (1, 1)
    assert [one["company_name"] for one in listed] == ["=HYPERLINK(1)"]


def test_of_a_thousand_rows_with_one_address_each_name_is_kept_once(optout):
    rows = "".join(f"Acme {number % 10},privacy@acme.example\n" for number in range(1_000))
    (optout.home / "twice.csv").write_text("name,email\n" + rows, encoding="utf-8")
    optout.data("import", "companies", optout.home / "twice.csv")
    again = optout.data("import", "companies", optout.home / "twice.csv")

    assert again["new"] == 0
