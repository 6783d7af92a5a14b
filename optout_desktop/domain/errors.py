# SPDX-License-Identifier: Apache-2.0
"""Every error that is raised on purpose.

A person can understand each of these and act on it; everything else is a bug.

    OptOutError
    ├── VaultError                   the vault as a file
    │   ├── WrongKey                 passphrase, recovery code or keyring entry does not open it
    │   ├── VaultDamaged             the file cannot be read, wholly or in part
    │   ├── VaultNotEncrypted        a plaintext database where a vault should be
    │   ├── VaultTooNew              written by a newer version
    │   ├── VaultInUse               another process holds it
    │   ├── VaultMissing             there is none at that place
    │   ├── VaultExists              there is one already
    │   ├── VaultReadOnly            the folder or the file cannot be written
    │   ├── VaultMoved               the file was replaced or removed while it was open
    │   ├── DiskFull                 no space left
    │   ├── DiskFailed               the disk reported an error while writing
    │   └── BackupUnusable           a backup that cannot be restored
    ├── KeyringError                 the system keyring
    │   ├── KeyringMissing · KeyringLocked · KeyringRefused
    │   └── KeyringChanged           another keyring answers than the one that was used
    ├── WeakPassphrase
    ├── InputError                   something typed that cannot be; names its field
    ├── NotAllowed                   an action that the state of things forbids
    ├── NotFound                     a name that nothing answers to
    ├── CatalogError                 a resource file that is wrong; names file, line, field
    ├── TemplateError                a letter template that cannot be filled
    ├── HandOverError                a file, page or program that would not take what we gave it
    ├── MailServerError              a mail server; nothing was sent
    │   ├── ServerUnreachable        no line to it, or it dropped before anything left
    │   ├── EncryptionRefused        it offers no encryption
    │   ├── CertificateRefused       its certificate is not valid; says why
    │   ├── LoginRefused             user name or password
    │   └── ServerRefused            it said no, in its own words
    └── ImportRefused                a file to read in; names the limit or the place, nothing was changed

Errors carry *facts* as attributes; the sentences that people read are in ``gui/errors.py``
and ``cli/output.py``, which both take them from ``str(error)`` unless they have better words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class OptOutError(Exception):
    """Something a person can understand and act on; ``str(error)`` is a whole English sentence."""


class VaultError(OptOutError):
    """The vault cannot do what was asked."""


class WrongKey(VaultError):
    """The passphrase, recovery code or keyring entry does not open this vault."""

    def __init__(self, wait_seconds: float = 0.0) -> None:
        super().__init__("That passphrase did not open this vault. Check Caps Lock and the keyboard layout.")
        self.wait_seconds = wait_seconds


class VaultDamaged(VaultError):
    """Part of the file cannot be read; ``detail`` is free of personal data."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(
            "This vault is damaged: part of the file cannot be read. Nothing was changed. "
            "Restore the newest good backup."
        )
        self.detail = detail


class VaultNotEncrypted(VaultError):
    """The file is a plain database: it was not written by this app, or it was tampered with."""

    def __init__(self) -> None:
        super().__init__("This file is not an encrypted vault. It was not opened and nothing was changed.")


class VaultTooNew(VaultError):
    """The vault was last written by a newer version; it is never written by this one."""

    def __init__(self, made_by: str, this_is: str) -> None:
        super().__init__(
            f"This vault was last used by OptOut {made_by}. This is {this_is}. Please update; nothing was changed."
        )
        self.made_by = made_by
        self.this_is = this_is


class VaultInUse(VaultError):
    """Another process holds the vault; ``process`` is its number, or 0 where it is not known."""

    def __init__(self, process: int = 0) -> None:
        who = f" (process {process})" if process else ""
        super().__init__(f"This vault is already open in the window{who}. Close or lock it there first.")
        self.process = process


class VaultMissing(VaultError):
    """No vault lies at that place."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no vault named “{name}” here. Choose another one, or create it.")
        self.name = name


class VaultExists(VaultError):
    """A vault lies there already and is not overwritten."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is already a vault named “{name}” here. Choose another name; nothing was changed."
        )
        self.name = name


class VaultReadOnly(VaultError):
    """The folder or the file cannot be written."""

    def __init__(self) -> None:
        super().__init__(
            "This folder cannot be written. Your last change was not saved; everything before it is safe. "
            "Give yourself permission to write there, or move the vault."
        )


class VaultMoved(VaultError):
    """The vault's file was replaced or removed while it was open."""

    def __init__(self) -> None:
        super().__init__(
            "The vault's file was moved, replaced or removed while it was open. Your last change was not saved. "
            "Put the file back, then unlock again."
        )


class DiskFull(VaultError):
    """No space is left; ``needed_megabytes`` is what must be freed."""

    def __init__(self, needed_megabytes: int = 20) -> None:
        super().__init__(
            "There is no space left on this disk. Your last change was not saved; everything before it is safe. "
            f"Free at least {needed_megabytes} MB, then choose Try again."
        )
        self.needed_megabytes = needed_megabytes


class DiskFailed(VaultError):
    """The disk reported an error while writing."""

    def __init__(self) -> None:
        super().__init__(
            "The disk reported an error. Your last change was not saved; everything before it is safe. "
            "Lock the vault, check the disk, and make a backup elsewhere."
        )


class BackupUnusable(VaultError):
    """A backup that cannot be restored; ``reason`` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"This backup cannot be restored: {reason} Your vault was not changed.")
        self.reason = reason


class KeyringError(OptOutError):
    """The system keyring cannot help; the passphrase always works."""


class KeyringMissing(KeyringError):
    """No keyring runs here, or only one that would keep the key in plain text."""

    def __init__(self) -> None:
        super().__init__("This computer offers no keyring that can keep the key safely. Type the passphrase.")


class KeyringLocked(KeyringError):
    """The keyring is there and locked."""

    def __init__(self) -> None:
        super().__init__("Your keyring is locked. Unlock it there, or type the passphrase.")


class KeyringRefused(KeyringError):
    """The keyring did not answer in time, or refused."""

    def __init__(self) -> None:
        super().__init__("Your keyring did not answer. Type the passphrase.")


class KeyringChanged(KeyringError):
    """Another keyring answers than the one in which this vault was remembered."""

    def __init__(self, remembered: str, now: str) -> None:
        super().__init__(
            f"This vault was remembered in {remembered}, now {now} answers. "
            "Type your passphrase once to remember it here."
        )
        self.remembered = remembered
        self.now = now


class WeakPassphrase(OptOutError):
    """A passphrase that is too short, too common, or too near to the person's own names."""


class InputError(OptOutError):
    """Something typed that cannot be; ``field`` names where, ``suggestion`` may hold a better value."""

    def __init__(self, field: str, sentence: str, suggestion: str = "") -> None:
        super().__init__(sentence)
        self.field = field
        self.suggestion = suggestion


class NotAllowed(OptOutError):
    """An action that the present state forbids; the sentence says which and what to do instead."""


class NotFound(OptOutError):
    """A name that nothing answers to; ``nearest`` holds known ones that resemble it."""

    def __init__(self, kind: str, name: str, nearest: tuple[str, ...] = ()) -> None:
        hint = f" Did you mean {', '.join(nearest)}?" if nearest else ""
        super().__init__(f"No {kind} is called “{name}”.{hint}")
        self.kind = kind
        self.name = name
        self.nearest = nearest


class CatalogError(OptOutError):
    """A resource file that is wrong."""

    def __init__(self, file: str, field: str, problem: str, line: int = 0) -> None:
        where = f"{file}, line {line}" if line else file
        super().__init__(f"{where}: {field}: {problem}")
        self.file = file
        self.field = field
        self.problem = problem
        self.line = line


class TemplateError(OptOutError):
    """A letter template that cannot be filled; names block, line and the fact that is missing."""

    def __init__(self, block: str, problem: str, line: int = 0) -> None:
        where = f"{block}, line {line}" if line else block
        super().__init__(f"The letter could not be written. {where}: {problem}")
        self.block = block
        self.problem = problem
        self.line = line


class HandOverError(OptOutError):
    """A file, page or program that would not take what it was given."""


class MailServerError(OptOutError):
    """A mail server could not be used; nothing was sent. ``bytes_out`` and ``bytes_in`` crossed the line."""

    def __init__(self, sentence: str, host: str, *, bytes_out: int = 0, bytes_in: int = 0) -> None:
        super().__init__(sentence)
        self.host = host
        self.bytes_out = bytes_out
        self.bytes_in = bytes_in


class ServerUnreachable(MailServerError):
    """There is no line to the server, or it fell silent or hung up before anything left; ``why`` is one word.

    The words are ``name`` (no such host), ``refused``, ``silent``, ``dropped``.
    """

    def __init__(self, host: str, why: str, *, bytes_out: int = 0, bytes_in: int = 0) -> None:
        sentence = f"{host} could not be used: {_UNREACHABLE.get(why, why)}. Nothing was sent."
        super().__init__(sentence, host, bytes_out=bytes_out, bytes_in=bytes_in)
        self.why = why


class EncryptionRefused(MailServerError):
    """The server offers no encryption, or broke its rules; neither password nor text left."""

    def __init__(self, host: str, *, bytes_out: int = 0, bytes_in: int = 0) -> None:
        sentence = f"{host} offers no encrypted connection. To protect your mail nothing was sent."
        super().__init__(sentence, host, bytes_out=bytes_out, bytes_in=bytes_in)


_CERTIFICATE = {
    "expired": "expired",
    "not_yet": "not valid yet",
    "self_signed": "signed by itself",
    "other_host": "made out for another server",
    "untrusted": "signed by somebody unknown",
    "weak": "too weak",
}
_UNREACHABLE = {
    "name": "there is no server of that name",
    "refused": "it takes no connection at that port",
    "silent": "it does not answer",
    "dropped": "it hung up",
}


class CertificateRefused(MailServerError):
    """The server's certificate is not valid; ``why`` is ``expired``, ``not_yet``, ``self_signed``, ``other_host``,
    ``untrusted``, ``weak`` or ``other``, ``expired_on`` the day where it is known.
    """

    def __init__(
        self, host: str, why: str, expired_on: date | None = None, *, bytes_out: int = 0, bytes_in: int = 0
    ) -> None:
        told = _CERTIFICATE.get(why, "it could not be checked")
        if expired_on is not None:
            told = f"{told} on {expired_on.isoformat()}"
        sentence = f"The certificate of {host} is not valid ({told}). To protect your mail nothing was sent."
        super().__init__(sentence, host, bytes_out=bytes_out, bytes_in=bytes_in)
        self.why = why
        self.expired_on = expired_on


class LoginRefused(MailServerError):
    """The server did not accept user name or password."""

    def __init__(self, host: str, *, bytes_out: int = 0, bytes_in: int = 0) -> None:
        sentence = f"{host} did not accept the user name or password. Nothing was sent."
        super().__init__(sentence, host, bytes_out=bytes_out, bytes_in=bytes_in)


class ServerRefused(MailServerError):
    """The server said no to what was asked; ``code`` and ``reply`` are its words."""

    def __init__(self, host: str, code: int, reply: str, *, bytes_out: int = 0, bytes_in: int = 0) -> None:
        sentence = f"{host} refused: {code} {reply}. Nothing was sent."
        super().__init__(sentence, host, bytes_out=bytes_out, bytes_in=bytes_in)
        self.code = code
        self.reply = reply


class ImportRefused(OptOutError):
    """A file that cannot be read in; ``place`` is the line or entry where there is one.

    Nothing was changed; ``why`` is a word, such as ``too_large``, ``encoding``, ``columns``, ``archive``, ``not_json``.
    """

    def __init__(self, sentence: str, why: str, place: str = "") -> None:
        super().__init__(sentence)
        self.why = why
        self.place = place
