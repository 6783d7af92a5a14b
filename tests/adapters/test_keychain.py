# SPDX-License-Identifier: Apache-2.0
"""The keyring is a convenience: whatever state it is in, the answer comes soon and the passphrase works."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from keyring.backends import chainer, fail, null
from keyring.errors import InitError, NoKeyringError, PasswordDeleteError
from keyring.errors import KeyringLocked as LockedOfTheLibrary

from optout_desktop.adapters import keychain
from optout_desktop.adapters.keychain import TRUSTED, Keychain
from optout_desktop.domain.errors import (
    KeyringChanged,
    KeyringLocked,
    KeyringMissing,
    KeyringRefused,
    WrongKey,
)
from optout_desktop.domain.secrets import Secret
from tests.storage import notebook

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
VAULT = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
KEPT = Secret("ab" * 32)
NO_SERVICES = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>"""


class Shelf:
    """A keyring of our own."""

    def __init__(self):
        self.kept = {}

    def get_password(self, service, user):
        return self.kept.get((service, user))

    def set_password(self, service, user, password):
        self.kept[service, user] = password

    def delete_password(self, service, user):
        if self.kept.pop((service, user), None) is None:
            raise PasswordDeleteError("none")


class Troubled(Shelf):
    """One that fails in the way it is told to."""

    def __init__(self, error):
        super().__init__()
        self.error = error

    def get_password(self, service, user):
        raise self.error

    set_password = delete_password = lambda self, *_: self.get_password("", "")


class Hanging(Shelf):
    """One that does not answer until it is let go."""

    def __init__(self):
        super().__init__()
        self.let_go = threading.Event()

    def get_password(self, service, user):
        self.let_go.wait()
        return super().get_password(service, user)

    def set_password(self, service, user, password):
        self.let_go.wait()
        super().set_password(service, user, password)


class Forgetful(Shelf):
    """One that keeps nothing and says that it did."""

    def set_password(self, service, user, password):
        pass


OURS = {f"{kind.__module__}.{kind.__qualname__}": "Shelf" for kind in (Shelf, Troubled, Hanging, Forgetful)}


def a_chain(backend, seconds=5.0):
    return Keychain(backend, OURS, seconds)


DOORS = {
    "fetch": lambda chain: chain.fetch(VAULT),
    "keep": lambda chain: chain.keep(VAULT, KEPT),
    "forget": lambda chain: chain.forget(VAULT),
}
every_door = pytest.mark.parametrize("door", DOORS.values(), ids=DOORS.keys())


def test_what_was_kept_is_fetched_and_forgotten():
    chain = a_chain(Shelf())

    chain.keep(VAULT, KEPT)

    assert chain.fetch(VAULT) == KEPT
    chain.forget(VAULT)
    assert chain.fetch(VAULT) is None
    chain.forget(VAULT)


def test_keyrings_that_encrypt_are_trusted_and_no_other():
    assert set(TRUSTED) == {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
    }


class PlaintextKeyring(Shelf):
    """As the package of alternative keyrings calls one of its own."""


PlaintextKeyring.__module__ = "keyrings.alt.file"


class AChain(chainer.ChainerBackend):
    """A chain whose links a test chooses."""

    backends = ()


AChain.__module__, AChain.__qualname__ = "keyring.backends.chainer", "ChainerBackend"


def chained(*links):
    chain = AChain()
    chain.backends = links
    return chain


@every_door
@pytest.mark.parametrize(
    "make",
    [fail.Keyring, null.Keyring, PlaintextKeyring, lambda: chained(Shelf(), PlaintextKeyring()), chained],
    ids=["fail", "null", "keyrings.alt", "a chain with one of them", "an empty chain"],
)
def test_a_keyring_that_would_not_encrypt_counts_as_none(make, door):
    with pytest.raises(KeyringMissing):
        door(a_chain(make()))


def test_a_keyring_that_would_not_encrypt_is_given_nothing():
    plain = PlaintextKeyring()

    with pytest.raises(KeyringMissing):
        a_chain(plain).keep(VAULT, KEPT)

    assert plain.kept == {}


def test_of_a_chain_of_trusted_keyrings_the_first_is_used_by_its_own_name():
    first, second = Shelf(), Shelf()
    chain = a_chain(chained(first, second))

    chain.keep(VAULT, KEPT)

    assert chain.name() == "Shelf"
    assert len(first.kept) == 1
    assert second.kept == {}


def test_another_keyring_than_the_remembered_one_is_told_by_both_names():
    with pytest.raises(KeyringChanged) as caught:
        a_chain(Shelf()).fetch(VAULT, remembered="KWallet")

    assert (caught.value.remembered, caught.value.now) == ("KWallet", "Shelf")


@every_door
@pytest.mark.parametrize(
    ("error", "told"),
    [
        (LockedOfTheLibrary("locked"), KeyringLocked),
        (NoKeyringError("none"), KeyringMissing),
        (InitError("dismissed"), KeyringRefused),
        (ConnectionRefusedError("bus"), KeyringRefused),
        (ImportError("a library"), KeyringRefused),
    ],
)
def test_every_failure_of_a_keyring_is_one_of_ours(error, told, door):
    with pytest.raises(told):
        door(a_chain(Troubled(error)))


def test_a_mistake_of_ours_is_not_hidden_as_a_failure_of_the_keyring():
    with pytest.raises(ZeroDivisionError):
        a_chain(Troubled(ZeroDivisionError())).fetch(VAULT)


def test_a_keyring_that_keeps_nothing_is_found_out():
    with pytest.raises(KeyringRefused):
        a_chain(Forgetful()).keep(VAULT, KEPT)


@every_door
def test_a_keyring_that_hangs_is_given_up_and_not_asked_again(door):
    backend = Hanging()
    chain = a_chain(backend, seconds=0.05)
    with pytest.raises(KeyringRefused):
        door(chain)
    slow = Keychain(backend, OURS, 3600)
    slow._is_hanging = chain._is_hanging

    with pytest.raises(KeyringRefused):
        door(slow)

    backend.let_go.set()


def test_a_call_has_five_seconds():
    assert keychain.SECONDS == 5.0
    assert Keychain()._seconds == 5.0


def test_a_wrong_key_in_the_keyring_opens_nothing_and_the_passphrase_still_does():
    from optout_desktop.storage.keyslots import KeySlots

    passphrase = Secret("granite lantern otter forty")
    slots, key = KeySlots.create(passphrase, notebook.QUICK)
    slots, _ = slots.with_keyring(key, "Shelf")
    chain = a_chain(Shelf())
    chain.keep(slots.vault, Secret("99" * 32))

    with pytest.raises(WrongKey):
        slots.open_with_keyring(chain.fetch(slots.vault))

    assert slots.open(passphrase) == key


@pytest.mark.serial
class TestARealSecretService:
    """GNOME's keyring on a message bus of its own, in folders of its own."""

    @pytest.fixture
    def scene(self, tmp_path):
        def play(name, *bus):
            folders = {
                variable: str(tmp_path / variable.lower())
                for variable in (
                    "HOME",
                    "XDG_RUNTIME_DIR",
                    "XDG_DATA_HOME",
                    "XDG_CONFIG_HOME",
                    "XDG_CACHE_HOME",
                )
            }
            for folder in folders.values():
                Path(folder).mkdir(mode=0o700, exist_ok=True)
            finished = subprocess.run(
                [*bus, sys.executable, HERE / "keyring_scenes.py", name],
                capture_output=True,
                text=True,
                check=False,
                timeout=60,
                env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", **folders},
            )

            assert finished.returncode == 0, finished.stderr[-3000:]
            self.assert_no_plain_text(tmp_path)
            return json.loads(finished.stdout.splitlines()[-1])

        return play

    def assert_no_plain_text(self, folder):
        files = [path for path in folder.rglob("*") if path.is_file()]

        assert [path for path in files if b"abababab" in path.read_bytes()] == []

    OWN_BUS = ("dbus-run-session", "--")

    def test_working(self, scene):
        assert scene("working", *self.OWN_BUS) == {
            "name": "Secret Service",
            "before": None,
            "keep": None,
            "fetch": "ab" * 32,
            "another process": "ab" * 32,
            "another vault": None,
            "keep again": None,
            "fetch again": "cd" * 32,
            "forget": None,
            "after": None,
            "forget again": None,
        }

    def test_locked(self, scene):
        assert scene("locked", *self.OWN_BUS) == ["KeyringLocked"] * 3

    def test_never_made(self, scene):
        assert scene("never_made", *self.OWN_BUS) == ["KeyringLocked"] * 3

    def test_item_deleted(self, scene):
        assert scene("item_deleted", *self.OWN_BUS) is None

    def test_wrong_key(self, scene):
        assert scene("wrong_key", *self.OWN_BUS) == "99" * 32

    def test_two_items(self, scene):
        assert scene("two_items", *self.OWN_BUS) == {
            "items": 2,
            "is_one_of_them": True,
            "forget": None,
            "after": None,
        }

    def test_no_daemon(self, scene, tmp_path):
        config = tmp_path / "bus.conf"
        config.write_text(NO_SERVICES)

        assert scene("nothing", "dbus-run-session", f"--config-file={config}", "--") == ["KeyringMissing"] * 3

    def test_no_bus(self, scene):
        assert scene("nothing") == ["KeyringMissing"] * 3

    def test_the_daemon_ends_while_we_run(self, scene):
        outcomes = scene("daemon_ends", *self.OWN_BUS)

        assert set(outcomes) <= {"KeyringLocked", "KeyringMissing", "KeyringRefused"}
