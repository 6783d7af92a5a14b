# SPDX-License-Identifier: Apache-2.0
"""Journey 6: a backup to a file, and a vault brought back from it."""

import shutil

from tests.gui.house import PASSPHRASE, unlocked, wait_until


def test_a_vault_that_is_gone_is_brought_back_from_a_file(application, asked, tmp_path):
    window = unlocked(application)
    window.go("settings")
    backup = tmp_path / "Personal.optoutbak"
    asked.answers.append(backup)
    window.page.sections["backups"].elsewhere.click()
    wait_until(backup.exists)
    wait_until(lambda: "was made and checked" in window.toast_words)
    path = window.surroundings.desk.path
    application.lock()
    shutil.rmtree(path)
    application.entrance.start_restore()
    restore = application.entrance.page
    asked.answers.extend([backup, "close"])
    restore.choose.click()
    restore.row.passphrase.setText(PASSPHRASE)
    restore.go.click()
    wait_until(lambda: application.entrance.page is not restore)
    window = unlocked(application)

    assert [person.name for person in window.facts.people] == ["Jane Canary"]
    assert path.is_dir()
