# SPDX-License-Identifier: Apache-2.0
"""What the app has loaded when the unlock page is painted for the first time: nothing that can wait."""

import json
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

CAN_WAIT = ("sqlalchemy", "sqlcipher3", "cryptography", "keyring", "liquid", "typst", "holidays")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The modules of a real start, at its first paint event."""
    vaults = tmp_path_factory.mktemp("vaults")
    (vaults / "Personal.optout").mkdir()
    scene = [sys.executable, str(ROOT / "packaging" / "bench_scenes.py"), "unlock", str(vaults)]
    done = subprocess.run(scene, capture_output=True, check=False, text=True)

    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[0])["modules"]


@pytest.mark.parametrize("package", CAN_WAIT)
def test_the_unlock_page_is_painted_before_this_is_loaded(loaded, package):
    assert [name for name in loaded if name.split(".")[0] == package] == []


@pytest.mark.parametrize(
    "module",
    [
        "PySide6.QtNetwork",
        "concurrent.futures",
        "optout_desktop.adapters.keychain",
        "optout_desktop.gui.autolock",
        "optout_desktop.gui.main_window",
        "optout_desktop.gui.system_clipboard",
    ],
)
def test_the_unlock_page_is_painted_before_this_part_is_loaded(loaded, module):
    assert module not in loaded


def test_no_module_is_read_twice_for_a_feature_of_qt_that_nobody_uses():
    program = """
import sys
from optout_desktop import app
app.hasten()
import linecache, optout_desktop.gui.theme
sys.stdout.write(str([name for name in linecache.cache if "optout_desktop" in name]))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True
    )

    assert done.stdout == "[]"


def test_the_unlock_page_was_what_was_painted(loaded):
    assert "optout_desktop.gui.unlock.page" in loaded
