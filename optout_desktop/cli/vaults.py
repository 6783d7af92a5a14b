# SPDX-License-Identifier: Apache-2.0
"""``optout vault``: make a vault, look through it, save it, bring it back, change its passphrase."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from optout_desktop.domain.errors import HandOverError, InputError
from optout_desktop.services.machine import SUFFIX

from .arguments import NEW_FILE, STANDARD_OUTPUT
from .output import facts
from .session import Session, secret
from .tree import Group, in_session


@contextmanager
def _told_of(path: Path) -> Iterator[None]:
    """What the disk says of a place that was typed, in a sentence. Raises HandOverError."""
    try:
        yield
    except OSError as error:
        raise HandOverError(f"“{path}” cannot be used: {error.strerror}. Nothing was changed.") from error


@click.group(cls=Group)
def vault() -> None:
    """Make, check, save and restore a vault."""


@vault.command()
@click.argument("name", required=False, metavar="NAME|DIR")
@in_session
def create(session: Session, *, name: str | None) -> None:
    """Make a new vault: a NAME in the usual place, or a DIR anywhere."""
    if (name is None) == (session.vault is None):
        raise click.UsageError("Give the new vault a name or a folder, once.")
    wanted = session.vault if name is None else name
    if wanted is None or not Path(wanted).name:
        raise InputError(
            "vault", f"“{wanted}” names no vault. Give the new one a name, or a folder of its own."
        )
    vaults = session.house.vaults
    place = Path(wanted).expanduser().absolute()
    is_named_by_folder = place.suffix == SUFFIX or Path(wanted).name != wanted or name is None
    folder = place.parent if is_named_by_folder else vaults.folder
    passphrase = session.passphrase("A passphrase for the new vault: ", twice=True)
    with (
        _told_of(folder),
        vaults.create(place.name if is_named_by_folder else wanted, passphrase, folder=folder) as made,
    ):
        path = made.place.path
    session.show({"path": path, "name": path.stem}, [f"The vault {path.stem} was made: {path}"])


@vault.command()
@in_session
def check(session: Session) -> int:
    """Look at every page of the vault, and set right what can be worked out again."""
    with session.desk() as desk:
        found = desk.backups.check()
        path = desk.path
    data = {
        "path": path,
        "is_sound": found.is_sound,
        "problems": found.problems,
        "requests": found.requests,
        "stale_rows": found.stale_rows,
    }
    session.show(
        data,
        facts(
            [
                ("Vault", path),
                ("Sound", found.is_sound),
                ("Requests", found.requests),
                ("Rows made anew", found.stale_rows),
                *(("Problem", problem) for problem in found.problems),
            ]
        ),
    )
    if not found.is_sound:
        session.say("This vault is damaged. Restore the newest good backup; nothing was changed.")
        return 1
    return 0


@vault.command()
@click.option("-o", "--output", type=NEW_FILE, metavar="FILE", help="Where the backup goes.")
@in_session
def backup(session: Session, *, output: Path | None) -> None:
    """Write a backup and read it back; without -o it lies beside the vault."""
    if output == STANDARD_OUTPUT:
        raise click.UsageError("A backup is read back when it is written: it needs a file, not a stream.")
    with session.desk() as desk, _told_of(output or desk.path):
        made = desk.backups.back_up(output)
    session.show(
        {
            "path": made.path,
            "made_at": made.made_at,
            "size_bytes": made.size_bytes,
            "requests": made.requests,
        },
        [f"Backed up and read back, {made.requests} requests: {made.path}"],
    )


@vault.command()
@click.argument("backup_file", type=click.Path(path_type=Path), metavar="BACKUP")
@click.option("--with-recovery-code", is_flag=True, help="The secret is the recovery code.")
@in_session
def restore(session: Session, *, backup_file: Path, with_recovery_code: bool) -> None:
    """Put a BACKUP in the place of its vault, or of the one that --vault names; the old file is kept."""
    path = backup_file.expanduser().absolute()
    into = None if session.vault is None else Path(session.vault).expanduser().absolute()
    if into is not None and not into.name:
        raise InputError("vault", f"“{session.vault}” names no vault. Name the folder to restore into.")
    if into is not None and into.suffix != SUFFIX:
        into = into.with_name(f"{into.name}{SUFFIX}")
    question = "Recovery code: " if with_recovery_code else "Passphrase of the backup: "
    key = session.passphrase(question)
    with _told_of(path):
        done = session.house.vaults.restore(path, key, is_recovery_code=with_recovery_code, into=into)
    session.show(
        {"path": done.path, "requests": done.requests, "kept": done.kept},
        facts([("Restored", done.path), ("Requests", done.requests), ("The old file", done.kept)]),
    )


@vault.command()
@click.argument("name", metavar="NAME")
@in_session
def salvage(session: Session, *, name: str) -> None:
    """Save what is readable of a damaged vault into a new one called NAME beside it; nothing else changes."""
    from optout_desktop.services.salvaging import save_readable

    damaged, house = session.vault_path(), session.house
    key = session.passphrase(f"Passphrase of {damaged.stem}: ")
    saved = save_readable(house.vaults, house.open_desk, damaged, key, name)
    parts = [
        {
            "part": part.part,
            "saved": part.saved,
            "unreadable": part.unreadable,
            "left_out": part.left_out,
            "stand_ins": part.stand_ins,
            "is_exact": part.is_exact,
        }
        for part in saved.parts
    ]
    lines = [
        f"{part.part}: {part.saved} saved"
        + ("" if part.is_whole else f", {part.unreadable} unreadable, {part.left_out} left out")
        for part in saved.parts
    ]
    session.show({"path": saved.path, "is_whole": saved.is_whole, "parts": parts}, [f"{saved.path}", *lines])


@vault.command()
@click.option(
    "--new-passphrase-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Read the new passphrase from this file, which only you may be able to read.",
)
@in_session
def passwd(session: Session, *, new_passphrase_file: Path | None) -> None:
    """Change the passphrase; keyring and recovery code go on working."""
    old = session.passphrase("The passphrase until now: ")
    with session.desk(old) as desk:
        new = secret(new_passphrase_file, "The new passphrase: ", twice=True)
        own_names = tuple(text for person in desk.people.all() for text in (person.name, *person.emails))
        desk.security.change_passphrase(old, new, own_names)
        path = desk.path
    session.show({"path": path}, [f"The passphrase of {path.stem} was changed."])
