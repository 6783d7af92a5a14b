# SPDX-License-Identifier: Apache-2.0
"""Private files, whole files, one holder."""

from __future__ import annotations

import errno
import os
import stat

import pytest

from optout_desktop.domain.errors import DiskFailed, DiskFull, VaultInUse, VaultReadOnly
from optout_desktop.storage.vault_files import (
    VaultFolder,
    VaultLock,
    disk_errors,
    make_private_file,
    replace_file,
)


def test_a_vault_is_called_as_its_folder_without_the_ending(tmp_path):
    assert VaultFolder(path=tmp_path / "Personal.optout").name == "Personal"
    assert VaultFolder(path=tmp_path / "Old stuff").name == "Old stuff"


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o777])
def test_a_private_file_is_private_under_any_umask(tmp_path, umask):
    before = os.umask(umask)
    try:
        os.close(make_private_file(tmp_path / "file"))
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600


def test_a_private_file_is_never_made_over_another(tmp_path):
    (tmp_path / "file").write_text("mine")

    with pytest.raises(FileExistsError):
        make_private_file(tmp_path / "file")


def test_replacing_a_file_gets_over_the_remains_of_an_earlier_try(tmp_path):
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "file.new").write_bytes(b"half of what was m")

    replace_file(tmp_path / "file", b"new")

    assert (tmp_path / "file").read_bytes() == b"new"
    assert [path.name for path in tmp_path.glob("file*")] == ["file"]


def test_replacing_a_file_does_not_follow_a_link_that_somebody_laid(tmp_path):
    (tmp_path / "other").write_bytes(b"somebody's")
    (tmp_path / "file.new").symlink_to(tmp_path / "other")

    replace_file(tmp_path / "file", b"new")

    assert (tmp_path / "other").read_bytes() == b"somebody's"


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, DiskFull),
        (errno.EDQUOT, DiskFull),
        (errno.EROFS, VaultReadOnly),
        (errno.EACCES, VaultReadOnly),
        (errno.EIO, DiskFailed),
    ],
)
def test_what_the_disk_reports_is_said_in_a_persons_terms(number, kind):
    with pytest.raises(kind), disk_errors():
        raise OSError(number, os.strerror(number))


def test_what_the_disk_does_not_report_passes_unchanged():
    with pytest.raises(FileNotFoundError), disk_errors():
        raise OSError(errno.ENOENT, "gone")


def test_a_lock_is_held_by_one_and_names_its_process(tmp_path):
    lock = VaultLock.take(tmp_path / "lock")

    with pytest.raises(VaultInUse) as caught:
        VaultLock.take(tmp_path / "lock")

    assert caught.value.process == os.getpid()
    lock.release()


def test_a_released_lock_can_be_taken_again(tmp_path):
    first = VaultLock.take(tmp_path / "lock")
    first.release()
    first.release()

    second = VaultLock.take(tmp_path / "lock")

    with pytest.raises(VaultInUse):
        VaultLock.take(tmp_path / "lock")
    second.release()


def test_a_lock_says_nothing_but_a_process_and_a_start_of_the_machine(tmp_path):
    lock = VaultLock.take(tmp_path / "lock")

    process, boot = (tmp_path / "lock").read_text().split()

    assert process == str(os.getpid())
    assert len(boot) in {1, 36}
    lock.release()


def test_garbage_in_a_lock_that_nobody_holds_is_written_over(tmp_path):
    (tmp_path / "lock").write_bytes(b"\xff" * 500)

    lock = VaultLock.take(tmp_path / "lock")

    assert (tmp_path / "lock").read_text().startswith(f"{os.getpid()} ")
    lock.release()


def test_a_released_lock_names_nobody(tmp_path):
    VaultLock.take(tmp_path / "lock").release()

    assert (tmp_path / "lock").read_bytes() == b""
