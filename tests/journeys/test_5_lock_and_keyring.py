# SPDX-License-Identifier: Apache-2.0
"""Journey 5: remembered by the keyring, locked, and opened by it again."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from optout_desktop.domain.errors import KeyringRefused
from tests.gui.house import unlocked, wait_until

ROOT = Path(__file__).resolve().parents[2]


def remember(application):
    window = unlocked(application)
    window.go("settings")
    box = window.page.sections["security"].keyring
    wait_until(box.isEnabled)
    box.click()
    wait_until(lambda: application._house.keychain.kept)
    application.lock()
    page = application.entrance.page
    wait_until(page.use_keyring.isVisible)
    return page


def test_a_remembered_vault_opens_without_its_passphrase(application):
    page = remember(application)
    page.use_keyring.click()
    wait_until(lambda: application.desk is not None)

    assert application.window.windowTitle() == "OptOut Desktop"


def test_a_keyring_that_refuses_leaves_the_passphrase(application):
    page = remember(application)
    application._house.keychain.error = KeyringRefused()
    page.use_keyring.click()
    wait_until(lambda: page.keyring_line.text() == "Your keyring did not answer. Type the passphrase.")
    unlocked(application)

    assert application.desk is not None


@pytest.mark.serial
def test_a_real_secret_service_opens_the_vault_again_and_again(tmp_path):
    bus = shutil.which("dbus-run-session")
    assert bus, "dbus-run-session is needed: python3 packaging/dev.py test installs it"
    folders = {
        name: str(tmp_path / name.lower())
        for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
    }
    for folder in folders.values():
        Path(folder).mkdir(mode=0o700, exist_ok=True)
    finished = subprocess.run(
        [bus, "--", sys.executable, "-m", "tests.journeys.keyring_window", str(tmp_path)],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
            "LC_ALL": "C.UTF-8",
            **folders,
        },
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert finished.returncode == 0, finished.stderr[-3000:]
    assert json.loads(finished.stdout.splitlines()[-1]) == {
        "remembered in": "Secret Service",
        "opened": 2,
        "locked": 2,
    }
