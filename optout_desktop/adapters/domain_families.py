# SPDX-License-Identifier: Apache-2.0
"""Host names → the family that they belong to: the part that somebody registered, such as *example.co.uk*.

The list of public endings lies inside ``publicsuffixlist``; nothing is fetched.
"""

from __future__ import annotations

import ipaddress
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

LONGEST_HOST_CHARS = 253


@lru_cache(maxsize=65_536)
def family_of(host: str) -> str:
    """The registrable domain of a host name or an address on the web; empty where it has none."""
    rest = host.strip().partition("://")[2] or host.strip()
    for end in "/?#":
        rest = rest.partition(end)[0]
    rest = rest.rpartition("@")[2].lower().rstrip(".")
    name = rest if rest.startswith("[") else rest.partition(":")[0]
    if not name or len(name) > LONGEST_HOST_CHARS or _is_number(name):
        return ""
    return str(_endings().privatesuffix(name) or "")


def _is_number(host: str) -> bool:
    """Whether this is an address of the network itself, which belongs to no family."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1)
def _endings() -> PublicSuffixList:
    from publicsuffixlist import PublicSuffixList  # 50 ms to read its list

    return PublicSuffixList()
