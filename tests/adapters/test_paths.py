# SPDX-License-Identifier: Apache-2.0
"""Where things lie by default."""

from __future__ import annotations

from optout_desktop.adapters.paths import settings_path, vaults_folder


def test_vaults_and_settings_lie_in_the_persons_own_folders(own_folders):
    assert own_folders in vaults_folder().parents
    assert own_folders in settings_path().parents


def test_they_lie_apart_and_asking_makes_none_of_them():
    assert vaults_folder() not in settings_path().parents
    assert not vaults_folder().exists()
    assert not settings_path().parent.exists()
