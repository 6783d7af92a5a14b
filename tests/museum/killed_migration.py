# SPDX-License-Identifier: Apache-2.0
"""Kill a migrating process after each statement of its steps, and say what the vault holds then.

Run as a program, so that the processes it forks inherit neither windows nor threads:

    python -m tests.museum.killed_migration VAULT PASSPHRASE

The answer is one line of JSON: how often it was killed, and the digests and versions found after each time.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
from pathlib import Path

from optout_desktop.domain.secrets import Secret
from optout_desktop.storage.keyslots import read_key_slots
from optout_desktop.storage.migrations import Step
from optout_desktop.storage.stores import SCHEMA, Stores
from optout_desktop.storage.vault import Vault


def opened(path, key):
    return Vault.open(path, key, schema=SCHEMA, stores=Stores, made_by="1.0")


def state_of(vault):
    """One number for every row of every table that there is, and the version."""
    raw = vault._raw
    names = [row[0] for row in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1")]
    rows = {
        name: sorted(map(repr, raw.execute(f"SELECT * FROM {name}")))  # noqa: S608 - names of its own tables
        for name in names
    }
    return [hashlib.sha256(repr(rows).encode()).hexdigest(), vault.schema_version]


def killed_after(path, key, statements):
    """Migrate in another process that dies after so many statements."""
    process = os.fork()
    if process == 0:
        try:
            vault = opened(path, key)
            vault._raw.create_function("die", 0, lambda: os.kill(os.getpid(), signal.SIGKILL))
            vault.migrate(
                (Step(version=SCHEMA.version, name="half", statements=(*statements, "SELECT die()")),)
            )
        finally:
            os._exit(1)
    _, status = os.waitpid(process, 0)
    if not os.WIFSIGNALED(status):
        raise RuntimeError("the migration ended before it was killed")


def main(path, passphrase):
    path = Path(path)
    slots = read_key_slots(path)
    with opened(path, slots.open(Secret(passphrase))) as vault:
        before = state_of(vault)
    statements = [one for step in SCHEMA.steps(before[1], SCHEMA.version) for one in step.statements]
    found = []
    for count in range(len(statements) + 1):
        killed_after(path, slots.open(Secret(passphrase)), statements[:count])
        with opened(path, slots.open(Secret(passphrase))) as vault:
            found.append(state_of(vault))
            is_sound = vault.check().is_sound
    sys.stdout.write(json.dumps({"before": before, "found": found, "is_sound": is_sound}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
