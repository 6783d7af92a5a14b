# SPDX-License-Identifier: Apache-2.0
"""What the app's own tables need after holes were torn into them, so that a vault opens and counts again.

An unreadable person is stood for by the name that the overviews still tell; files without all their
bytes stay out; a request whose rules are lost is counted by today's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from sqlalchemy import Connection, delete, func, select, update

from optout_desktop.domain.people import PersonKind
from optout_desktop.storage.salvage import Holes, Mending, Reader, Row
from optout_desktop.storage.tables import (
    evidence,
    overviews,
    people,
    pieces,
    requests,
    rule_snapshots,
)

FALLBACK_LANGUAGE: Final = "en"


def people_in_overviews(reader: Reader) -> Iterator[Row]:
    """A person for each id that requests name, with the name that their overview kept."""
    readable = {row["id"]: row["kind"] for row in reader.rows(people, Holes())}
    has_oneself = PersonKind.ONESELF in readable.values()
    names = {row["person"]: row["person_name"] for row in reader.rows(overviews, Holes())}
    seen: set[str] = set()
    for row in reader.rows(requests, Holes()):
        if row["person"] in readable or row["person"] in seen or row["person"] not in names:
            continue
        # Where oneself is not among the readable, whoever made the first request is; there is one at most.
        kind = PersonKind.CLIENT if seen or has_oneself else PersonKind.ONESELF
        seen.add(row["person"])
        yield {
            "id": row["person"],
            "kind": kind,
            "name": names[row["person"]],
            "place": row["residence"],
            "language": FALLBACK_LANGUAGE,
            "created_on": row["created_on"],
            "is_binned": False,
        }


def leave_out_what_is_broken(target: Connection) -> Mapping[str, int]:
    """Take files without all their bytes back, and bytes that no file names; says how many files."""
    kept = (
        select(func.coalesce(func.sum(func.length(pieces.c.bytes)), 0))
        .where(pieces.c.sha256 == evidence.c.sha256)
        .scalar_subquery()
    )
    broken = target.execute(delete(evidence).where(evidence.c.size_bytes != kept)).rowcount
    target.execute(delete(pieces).where(pieces.c.sha256.not_in(select(evidence.c.sha256))))
    known = select(rule_snapshots.c.digest)
    target.execute(update(requests).where(requests.c.rules.not_in(known)).values(rules=""))
    return {evidence.name: broken}


MENDING: Final = Mending(
    derived=frozenset({overviews.name}),
    stand_ins={people.name: people_in_overviews},
    leave_out=leave_out_what_is_broken,
)
"""For a vault of this app."""
