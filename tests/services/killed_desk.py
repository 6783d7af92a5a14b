# SPDX-License-Identifier: Apache-2.0
"""What ``killing.py`` writes through the services: requests, each sent, with a note and a file.

A change is acknowledged by a number of its own: which request it was, and which of the four steps.
"""

from __future__ import annotations

from optout_desktop.domain.agenda import RequestFilter, SortOrder
from optout_desktop.domain.letters import LetterKind
from optout_desktop.services.sending import Way
from tests.services import desks

STEPS = 4
STARTED, SENT, NOTED, FILED = range(STEPS)


def _desk(vault):
    return desks.open_desk(vault, desks.library(), desks.an_outside(desks.a_clock()))


def prepare(folder):
    desk = _desk(desks.create(folder))
    desks.add_jane(desk)
    desks.add_northwind(desk)
    desk.close()


def write(folder, acknowledge):
    desk = _desk(desks.reopen(folder))
    me, company = desk.people.me(), desk.companies.own()[0]
    number = len(desk.requests.list(RequestFilter()).rows)
    while True:
        number += 1
        draft = desk.requests.start(desks.new_request(me, company, list_id=str(number)))
        acknowledge(number * STEPS + STARTED)
        desk.sending.confirm(draft.id, LetterKind.REQUEST, desks.TODAY, Way.COPY)
        acknowledge(number * STEPS + SENT)
        desk.requests.save_note(draft.id, f"note {number}")
        acknowledge(number * STEPS + NOTED)
        desk.evidence.add_bytes(draft.id, "reply.txt", "text/plain", f"reply {number}".encode() * 500)
        acknowledge(number * STEPS + FILED)


def inspect(folder):
    desk = _desk(desks.reopen(folder))
    found, wrong = set(), []
    rows = desk.requests.page(desk.requests.list(RequestFilter(), SortOrder.CREATED).rows)
    # older requests were looked at after earlier kills
    for row in rows[:40]:
        detail = desk.requests.detail(row.id)
        number = int(detail.request.list_id)
        kinds = [event.kind.value for event in detail.request.events]
        if kinds not in ([], ["sent"]) or len(detail.letters) != len(kinds):
            wrong.append(f"request {number} has {kinds} and {len(detail.letters)} letters")
        if bool(kinds) != bool(detail.request.rules) or bool(kinds) != (row.due_on is not None):
            wrong.append(f"request {number} counts by half a sending")
        expected = f"reply {number}".encode() * 500
        halves = [file for file in detail.files if desk.evidence.content(file.id) != expected]
        wrong += [f"request {number} has half a file" for _ in halves]
        steps = (True, bool(kinds), bool(detail.note), bool(detail.files))
        if list(steps) != sorted(steps, reverse=True):
            wrong.append(f"request {number} has {steps}")
        found |= {number * STEPS + step for step, is_there in enumerate(steps) if is_there}
    with desk.vault.reading() as stores:
        total, indexed = len(stores.requests.ids()), stores.search.size()
    if len(rows) != total or indexed != total:
        wrong.append(f"{total} requests, {len(rows)} rows, {indexed} in the index")
    found |= {number for number in range(STEPS, (total + 1) * STEPS) if number // STEPS <= total - 40}
    checked = desk.backups.check(mends=False) if total % 5 == 0 else None
    if checked is not None and (checked.stale_rows or not checked.is_sound):
        wrong.append(f"{checked.stale_rows} stale rows, {checked.problems}")
    desk.close()
    return found, wrong
