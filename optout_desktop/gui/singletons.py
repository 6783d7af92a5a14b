# SPDX-License-Identifier: Apache-2.0
"""Keeps ``None``, ``True`` and ``False`` alive under Qt on Python 3.11.

PySide6 6.12 is built for Pythons in which these never die (3.12 and later, PEP 683): it hands them out
without counting. On 3.11 each such call takes one from their count, and after a few thousand the interpreter
stops: "Fatal Python error: none_dealloc". Counting them far up once is what 3.12 does by itself.
"""

from __future__ import annotations

import ctypes
import sys

_NEVER_USED_UP = 1 << 40
_COUNTED_UNTIL = (3, 12)


class _Done:
    is_done = False


def keep_alive() -> None:
    """Make the counts of the singletons so high that a window cannot use them up; once is enough."""
    if _Done.is_done or sys.version_info >= _COUNTED_UNTIL or sys.implementation.name != "cpython":
        return
    _Done.is_done = True
    for each in (None, True, False, NotImplemented, Ellipsis):
        ctypes.c_ssize_t.from_address(id(each)).value += _NEVER_USED_UP
