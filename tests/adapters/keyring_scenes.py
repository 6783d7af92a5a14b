# SPDX-License-Identifier: Apache-2.0
"""What the keychain does with a real Secret Service, on a message bus of its own.

dbus-run-session -- python keyring_scenes.py SCENE
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import closing, contextmanager

import secretstorage

from optout_desktop.adapters.keychain import SERVICE, Keychain
from optout_desktop.domain.errors import KeyringError
from optout_desktop.domain.secrets import Secret

VAULT = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
KEPT = "ab" * 32


@contextmanager
def daemon(password):
    """GNOME's keyring, unlocked by a password, or as it starts without one."""
    unlocking = ["--unlock"] if password else []
    command = ["gnome-keyring-daemon", "--foreground", "--components=secrets", *unlocking]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        process.stdin.write(password.encode())
        process.stdin.close()
        deadline = time.monotonic() + 20
        while owner_of_the_service() != process.pid:
            if time.monotonic() > deadline or process.poll() is not None:
                raise RuntimeError("the keyring did not start")
        try:
            yield
        finally:
            process.terminate()


def owner_of_the_service():
    """The process that answers as the Secret Service, or 0; asking starts none."""
    question = ["org.freedesktop.DBus.GetConnectionUnixProcessID", "string:org.freedesktop.secrets"]
    bus = ["--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"]
    answer = subprocess.run(
        ["dbus-send", "--session", "--print-reply=literal", *bus, *question],
        check=False,
        capture_output=True,
        text=True,
        timeout=20,
    )
    return int(answer.stdout.split()[-1]) if answer.returncode == 0 else 0


def outcome(job):
    try:
        answer = job()
    except KeyringError as error:
        return type(error).__name__
    return answer.reveal() if isinstance(answer, Secret) else answer


def all_doors(chain):
    """Unlocking, enabling, disabling, in that order."""
    return [
        outcome(lambda: chain.fetch(VAULT)),
        outcome(lambda: chain.keep(VAULT, Secret(KEPT))),
        outcome(lambda: chain.forget(VAULT)),
    ]


@contextmanager
def collection():
    with closing(secretstorage.dbus_init()) as bus:
        yield secretstorage.get_default_collection(bus)


def working():
    with daemon("keyring password"):
        chain = Keychain()
        return {
            "name": chain.name(),
            "before": outcome(lambda: chain.fetch(VAULT)),
            "keep": outcome(lambda: chain.keep(VAULT, Secret(KEPT))),
            "fetch": outcome(lambda: chain.fetch(VAULT, chain.name())),
            "another process": outcome(lambda: Keychain().fetch(VAULT)),
            "another vault": outcome(lambda: chain.fetch("00" * 16)),
            "keep again": outcome(lambda: chain.keep(VAULT, Secret("cd" * 32))),
            "fetch again": outcome(lambda: chain.fetch(VAULT)),
            "forget": outcome(lambda: chain.forget(VAULT)),
            "after": outcome(lambda: chain.fetch(VAULT)),
            "forget again": outcome(lambda: chain.forget(VAULT)),
        }


def locked():
    with daemon("keyring password"):
        Keychain().keep(VAULT, Secret(KEPT))
        with collection() as found:
            found.lock()
        return all_doors(Keychain())


def never_made():
    with daemon(""):
        return all_doors(Keychain())


def item_deleted():
    with daemon("keyring password"):
        Keychain().keep(VAULT, Secret(KEPT))
        with collection() as found:
            for item in found.search_items({"username": VAULT}):
                item.delete()
        return outcome(lambda: Keychain().fetch(VAULT))


def wrong_key():
    with daemon("keyring password"):
        Keychain().keep(VAULT, Secret(KEPT))
        with collection() as found:
            for item in found.search_items({"username": VAULT}):
                item.set_secret(b"99" * 32)
        return outcome(lambda: Keychain().fetch(VAULT))


def two_items():
    with daemon("keyring password"):
        with collection() as found:
            for kept in (b"11" * 32, b"22" * 32):
                attributes = {"service": SERVICE, "username": VAULT, "application": "Python keyring library"}
                found.create_item("double", attributes, kept, replace=False)
            count = len(list(found.search_items({"username": VAULT})))
        chain = Keychain()
        return {
            "items": count,
            "is_one_of_them": outcome(lambda: chain.fetch(VAULT)) in {"11" * 32, "22" * 32},
            "forget": outcome(lambda: chain.forget(VAULT)),
            "after": outcome(lambda: chain.fetch(VAULT)),
        }


def nothing():
    """Whatever the system has, or has not."""
    return all_doors(Keychain())


def daemon_ends():
    chain = Keychain()
    with daemon("keyring password"):
        chain.keep(VAULT, Secret(KEPT))
    return all_doors(chain)


if __name__ == "__main__":
    scenes = [working, locked, never_made, item_deleted, wrong_key, two_items, nothing, daemon_ends]
    answer = {scene.__name__: scene for scene in scenes}[sys.argv[1]]()
    sys.stdout.write(json.dumps(answer) + "\n")
