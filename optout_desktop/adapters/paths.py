# SPDX-License-Identifier: Apache-2.0
"""Folders: where vaults lie by default, and where the settings file lies."""

from __future__ import annotations

from pathlib import Path

_FOLDER = "optout-desktop"


def vaults_folder() -> Path:
    """The folder that new vaults are made in; it is not made by asking."""
    import platformdirs  # loaded by its first use: a start that is told its folders does without

    return Path(platformdirs.user_data_dir(_FOLDER, appauthor=False)) / "vaults"


def settings_path() -> Path:
    """The file with the settings that must be known before a vault is open."""
    import platformdirs

    return Path(platformdirs.user_config_dir(_FOLDER, appauthor=False)) / "settings.json"
