# SPDX-License-Identifier: Apache-2.0
"""The list of digests is made from the files, and is the one that is shipped."""

import json
import runpy
import subprocess
import sys

from optout_desktop.catalog.files import Resources
from tests.architecture.source import ROOT

SCRIPT = ROOT / "packaging" / "manifest.py"


def test_the_manifest_is_current():
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--check"], capture_output=True, check=False, text=True
    )

    assert (done.stdout, done.returncode) == ("", 0), "write it anew: python3 packaging/dev.py manifest"


def test_it_is_written_one_file_a_line_in_order():
    text = Resources.found().path("manifest.json").read_text(encoding="utf-8")
    files = json.loads(text)["files"]

    assert list(files) == sorted(files)
    assert all(
        f'    "{name}": "{digest}"' in text.splitlines() or f'    "{name}": "{digest}",' in text
        for name, digest in files.items()
    )
    assert {name.split("/")[0] for name in files} == {
        "companies",
        "laws",
        "letters",
        "pages",
        "registers",
        "regulators",
    }


def test_another_file_is_another_version(tmp_path):
    made = runpy.run_path(str(SCRIPT))["manifest"]
    (tmp_path / "laws").mkdir()
    law = tmp_path / "laws" / "xx.toml"
    law.write_bytes(b"verified_on = 2026-11-22\n")
    first = made(tmp_path)
    law.write_bytes(b"verified_on = 2026-11-23\n")
    second = made(tmp_path)

    assert first == made_again(made, tmp_path, law, b"verified_on = 2026-11-22\n")
    assert json.loads(first)["version"].startswith("2026-11-22-")
    assert json.loads(second)["version"].startswith("2026-11-23-")


def made_again(made, folder, law, content):
    law.write_bytes(content)
    return made(folder)
