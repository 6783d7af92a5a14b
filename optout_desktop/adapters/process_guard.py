# SPDX-License-Identifier: Apache-2.0
"""Keeps other programs of the same person out of this process, as far as the system allows.

Called first thing at start, before any key or name is in memory.
"""

from __future__ import annotations

import ctypes
import os
import sys
from dataclasses import dataclass

_PR_GET_DUMPABLE, _PR_SET_DUMPABLE = 3, 4
_OWNER_ONLY = 0o077
_FAIL_CRITICAL_ERRORS, _NO_FAULT_BOX = 0x0001, 0x0002


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarded:
    """What the system granted."""

    has_private_files: bool
    """New files are readable by their owner alone."""
    leaves_no_core: bool
    """A crash leaves no copy of the memory on the disk."""
    refuses_debuggers: bool
    """Other programs of the same person cannot read the memory."""


def guard_process(*, allow_core: bool = False) -> Guarded:
    """Make new files private; unless ``allow_core`` (for developers), forbid core dumps and debuggers."""
    os.umask(_OWNER_ONLY)
    has_private_files = sys.platform != "win32"
    if allow_core:
        return Guarded(has_private_files=has_private_files, leaves_no_core=False, refuses_debuggers=False)
    return Guarded(
        has_private_files=has_private_files,
        leaves_no_core=_forbid_core(),
        refuses_debuggers=_forbid_debuggers(),
    )


if sys.platform == "win32":

    def _forbid_core() -> bool:
        """Windows keeps a dump where its error box is shown; the program is left out of that."""
        ctypes.windll.kernel32.SetErrorMode(_FAIL_CRITICAL_ERRORS | _NO_FAULT_BOX)
        return True

else:
    import resource

    def _forbid_core() -> bool:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        return resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)


def _forbid_debuggers() -> bool:
    """Linux alone has a switch that also survives a debugger of the same person."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    return bool(libc.prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0) == 0)
