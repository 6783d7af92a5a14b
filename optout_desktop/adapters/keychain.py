# SPDX-License-Identifier: Apache-2.0
"""The system's keyring, kept at arm's length.

Only keyrings that encrypt what they keep are used, named by their class; any other counts as none, and the
secret is never written elsewhere instead. Each call has five seconds on a thread of its own. The passphrase
always works, so every failure is one of four errors and no more.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from contextlib import closing
from typing import TYPE_CHECKING, Final, TypeVar

from optout_desktop.domain.errors import (
    KeyringChanged,
    KeyringError,
    KeyringLocked,
    KeyringMissing,
    KeyringRefused,
)
from optout_desktop.domain.secrets import Secret

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE: Final = "OptOut Desktop"
SECONDS: Final = 5.0

TRUSTED: Final = {
    "keyring.backends.SecretService.Keyring": "Secret Service",
    "keyring.backends.libsecret.Keyring": "Secret Service",
    "keyring.backends.kwallet.DBusKeyring": "KWallet",
    "keyring.backends.kwallet.DBusKeyringKWallet4": "KWallet",
    "keyring.backends.macOS.Keyring": "macOS Keychain",
    "keyring.backends.Windows.WinVaultKeyring": "Windows Credential Manager",
}
"""The keyrings that encrypt what they keep, and what people call them."""

_MOST_ITEMS = 10
_OF_LINUX = "keyring.backends.SecretService.Keyring"
_DEFAULT_COLLECTION = "/org/freedesktop/secrets/aliases/default"

T = TypeVar("T")


class Keychain:
    """One secret for each vault, in the keyring that this computer offers."""

    def __init__(
        self,
        backend: KeyringBackend | None = None,
        trusted: dict[str, str] = TRUSTED,
        seconds: float = SECONDS,
    ) -> None:
        """Use ``backend``, or what the system offers; it is looked for at the first call."""
        self._backend = backend
        self._trusted = trusted
        self._seconds = seconds
        self._is_hanging = threading.Event()

    def name(self) -> str:
        """What people call the keyring that answers here; raises KeyringMissing, KeyringRefused."""
        return self._bounded(lambda: self._name_of(self._chosen()))

    def keep(self, vault_id: str, secret: Secret) -> None:
        """Keep a vault's secret in place of an earlier one, and see that it is given back."""

        def job() -> None:
            backend = self._unlocked()
            backend.set_password(SERVICE, vault_id, secret.reveal())
            if backend.get_password(SERVICE, vault_id) != secret.reveal():
                raise KeyringRefused

        self._bounded(job)

    def fetch(self, vault_id: str, remembered: str = "") -> Secret | None:
        """A vault's secret, or None where the keyring has none.

        ``remembered`` is the name of the keyring that was used; another one raises KeyringChanged.
        """

        def job() -> Secret | None:
            backend = self._chosen()
            now = self._name_of(backend)
            if remembered and remembered != now:
                raise KeyringChanged(remembered, now)
            kept = self._unlocked().get_password(SERVICE, vault_id)
            return None if kept is None else Secret(kept)

        return self._bounded(job)

    def forget(self, vault_id: str) -> None:
        """Remove a vault's secret, and its doubles; there may be none."""

        def job() -> None:
            backend = self._unlocked()
            for _ in range(_MOST_ITEMS):
                if backend.get_password(SERVICE, vault_id) is None:
                    return
                backend.delete_password(SERVICE, vault_id)
            raise KeyringRefused

        self._bounded(job)

    def _chosen(self) -> KeyringBackend:
        """The trusted keyring that answers; a chain counts only if each of its links is trusted."""
        if self._backend is None:
            import keyring

            self._backend = keyring.get_keyring()
        links = [*getattr(self._backend, "backends", ())] or [self._backend]
        if not all(_class_of(link) in self._trusted for link in links):
            self._backend = None
            raise KeyringMissing
        first: KeyringBackend = links[0]
        return first

    def _unlocked(self) -> KeyringBackend:
        """The keyring, unless it would ask for a password of its own: that is said, not waited for."""
        backend = self._chosen()
        if _class_of(backend) == _OF_LINUX and _is_locked():
            raise KeyringLocked
        return backend

    def _name_of(self, backend: KeyringBackend) -> str:
        return self._trusted[_class_of(backend)]

    def _bounded(self, job: Callable[[], T]) -> T:
        """What the job returns or raises, within the time; a keyring that hangs is not asked again."""
        if self._is_hanging.is_set():
            raise KeyringRefused
        answers: queue.SimpleQueue[tuple[bool, T | Exception]] = queue.SimpleQueue()

        def run() -> None:
            try:
                answer: tuple[bool, T | Exception] = (True, job())
            except Exception as error:  # noqa: BLE001 - nothing is swallowed: the caller's thread raises it again
                answer = (False, error)
            # First: whoever has the answer may ask again at once.
            self._is_hanging.clear()
            answers.put(answer)

        self._is_hanging.set()
        threading.Thread(target=run, name="keyring", daemon=True).start()
        try:
            is_result, answer = answers.get(timeout=self._seconds)
        except queue.Empty:
            raise KeyringRefused from None
        if is_result:
            return answer  # type: ignore[return-value]  # the flag says so
        raise _told(answer)  # type: ignore[arg-type]


def _class_of(backend: object) -> str:
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def _is_locked() -> bool:
    """Whether the Secret Service's default collection is locked; raises KeyringMissing without a service."""
    import secretstorage

    with closing(secretstorage.dbus_init()) as bus:
        if not secretstorage.check_service_availability(bus):
            raise KeyringMissing
        try:
            return bool(secretstorage.Collection(bus, _DEFAULT_COLLECTION).is_locked())
        except secretstorage.ItemNotFoundException:
            # Nobody made a keyring yet; making one would ask for a password.
            raise KeyringLocked from None


def _told(error: Exception) -> Exception:
    """The keyring's error as one of ours; what is neither is a bug and passes unchanged."""
    from keyring import errors

    if isinstance(error, KeyringError):
        return error
    if isinstance(error, errors.KeyringLocked):
        return KeyringLocked()
    if isinstance(error, errors.NoKeyringError):
        return KeyringMissing()
    if isinstance(error, errors.KeyringError) or _is_of_the_bus(error):
        refused = KeyringRefused()
        refused.__cause__ = error
        return refused
    return error


def _is_of_the_bus(error: Exception) -> bool:
    """Whether the error comes from the way to the keyring: D-Bus, or a library that this system lacks."""
    origin = type(error).__module__.partition(".")[0]
    return origin in {"secretstorage", "jeepney"} or isinstance(error, OSError | ImportError)
