# SPDX-License-Identifier: Apache-2.0
"""What happens to a vault on a small, a full, a read-only disk.

Run as root in a mount namespace of its own, which takes the disks along when it ends:

    unshare -m python mounting.py SCENE FOLDER
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from optout_desktop.domain.errors import VaultError
from optout_desktop.storage.backups import back_up
from tests.storage import notebook


def mount(*arguments):
    subprocess.run(["mount", *map(str, arguments)], check=True)


def small_disk(folder, size):
    disk = folder / "disk"
    disk.mkdir()
    mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", disk)
    return disk


def error_of(job):
    try:
        job()
    except VaultError as error:
        return type(error).__name__
    return ""


def full(folder):
    place = small_disk(folder, "2m") / "Personal.optout"
    room = place.parent / "room"
    room.write_bytes(b"x" * 1_000_000)
    vault = notebook.create(place)
    number, answer = 0, {}
    while not answer:
        try:
            with vault.writing() as page:
                page.add(number + 1, "x" * 1500)
            number += 1
        except VaultError as error:
            answer = {"error": type(error).__name__, "sentence": str(error), "acknowledged": number}
    with vault.reading() as page:
        answer["readable_when_full"] = len(page.numbers())
    room.unlink()
    with vault.writing() as page:
        page.add(number + 1)
    with vault.reading() as page:
        answer["kept_after_room"] = len(page.numbers())
    vault.close()
    with notebook.reopen(place) as vault:
        with vault.reading() as page:
            answer["after_reopening"] = len(page.numbers())
        answer["is_sound"] = vault.check().is_sound
    return answer


def full_making(folder):
    disk = small_disk(folder, "3m")
    place = disk / "Personal.optout"
    notebook.written(place, 0)
    vault = notebook.reopen(place)
    for number in range(40):
        with vault.writing() as page:
            page.add(number, "x" * 2000)
    (disk / "filling").write_bytes(b"")
    with (disk / "filling").open("ab", buffering=0) as filling:
        try:
            while filling.write(b"x" * 4096):
                pass
        except OSError:
            pass
    answer = {
        "creating": error_of(lambda: notebook.create(disk / "Other.optout")),
        "left": [path.name for path in disk.iterdir() if "Other" in path.name],
        "backing_up": error_of(
            lambda: back_up(vault, when=datetime(2026, 11, 22, tzinfo=UTC), made_by="1.0")
        ),
        "backups": [path.name for path in (place / "backups").iterdir()],
    }
    with vault.reading() as page:
        answer["notes"] = len(page.numbers())
    return answer


def read_only(folder):
    disk = small_disk(folder, "4m")
    place = notebook.written(disk / "Personal.optout", 3)
    before = (place / "vault.optout").read_bytes()
    mount("-o", "remount,ro", disk)
    return {
        "opening": error_of(lambda: notebook.reopen(place)),
        "creating": error_of(lambda: notebook.create(disk / "Other.optout")),
        "is_same": (place / "vault.optout").read_bytes() == before,
    }


def failing(folder):
    """A limit on the size of files makes every longer write an input or output error."""
    place = folder / "Personal.optout"
    vault = notebook.create(place)
    with vault.writing() as page:
        page.add(1)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, resource.RLIM_INFINITY))

    def write():
        with vault.writing() as page:
            page.add(2, "x" * 100_000)

    def look():
        with vault.reading() as page:
            page.numbers()

    answer = {"error": error_of(write), "again": error_of(look), "is_open": vault.is_open}
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    vault.close()
    with notebook.reopen(place) as again, again.reading() as page:
        answer["notes"] = page.numbers()
    return answer


def no_permission(folder):
    """As a person who does not own the folder: root may write anywhere."""
    place = notebook.written(folder / "Personal.optout", 1)
    for path in (place, *place.rglob("*")):
        path.chmod(0o755)
    above = folder
    while above != above.parent:
        above.chmod(above.stat().st_mode | 0o055)
        above = above.parent
    os.setgid(65534)
    os.setuid(65534)
    return {
        "opening": error_of(lambda: notebook.reopen(place)),
        "creating": error_of(lambda: notebook.create(folder / "Other.optout")),
    }


if __name__ == "__main__":
    scenes = {scene.__name__: scene for scene in (full, full_making, read_only, failing, no_permission)}
    sys.stdout.write(json.dumps(scenes[sys.argv[1]](Path(sys.argv[2]))) + "\n")
