# SPDX-License-Identifier: Apache-2.0
"""Requests leave one vault and arrive in another; nothing but the file passes between the two."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from optout_desktop.domain.agenda import RequestFilter
from optout_desktop.domain.exchange import (
    CalendarText,
    ExportChoice,
    ExportForm,
    ImportChoice,
    ImportSource,
    Problem,
    Verdict,
)
from optout_desktop.domain.letters import LetterKind, Way
from optout_desktop.domain.requests import EventKind, RequestStatus
from optout_desktop.domain.rights import Right
from optout_desktop.services.samples import build_sample
from tests.adapters.strict_calendar import events_of
from tests.services import desks

FILE = Path("export")
HERE = ImportChoice()


class Stop(Exception):
    """Somebody pressed Cancel."""


def describe(deadline) -> CalendarText:
    return CalendarText(title="OptOut deadline", text=f"{deadline.due} {deadline.on}")


def export(desk, outside, form=ExportForm.JSON, **changes) -> bytes:
    desk.exchange.save(ExportChoice(form=form, **changes), FILE, describe)
    return outside.files.content[FILE]


@pytest.fixture
def full(desk, draft, sent_request, clock, jane, northwind):
    """A vault with a request that was extended and noted, one that was refused, and a draft."""
    today = clock.today()
    second = desk.requests.start(desks.new_request(jane, northwind, right=Right.ACCESS))
    desk.requests.start(desks.new_request(jane, northwind, right=Right.DELETE))
    desk.requests.record(second.id, desks.entry("sent", today))
    desk.requests.record(second.id, desks.entry("refused", today, note="=HYPERLINK(1)"))
    desk.requests.save_note(second.id, "They called.\nTwice.")
    return desk


@pytest.fixture
def other(tmp_path, outside, library):
    """The services over an empty vault on another machine, which can read the same file."""
    with desks.create(tmp_path / "Other.optout") as vault:
        yield desks.open_desk(vault, library, outside)


def take(desk, choice=HERE, source=None):
    return desk.exchange.take_in(desk.exchange.read(FILE, source), choice)


def seen(desk):
    """All that a vault says of its requests, without the numbers that it gives itself."""
    return [
        (
            replace(row, row=0),
            replace(request, events=tuple(replace(e, sequence=0) for e in request.events)),
            *more,
        )
        for row, request, *more in desks.everything(desk)
    ]


# ── from one machine to another ──────────────────────────────────────────────────────────────────────


def test_a_document_brings_every_request_with_its_dates_to_another_machine(full, other, outside):
    export(full, outside)

    done = take(other)

    assert done.new == 3
    assert seen(other) == seen(full)
    assert other.people.all() == full.people.all()
    assert other.companies.own() == full.companies.own()
    assert other.backups.check().stale_rows == 0
    for request in [row.id for row, *_ in desks.everything(full)]:
        assert other.requests.detail(request).clocks == full.requests.detail(request).clocks


def test_importing_twice_changes_nothing(full, other, outside):
    export(full, outside)
    take(other)
    before = desks.digest_of(other.vault)

    again = take(other)

    assert again.preview.count(Verdict.KNOWN) == 3
    assert (again.new, again.merged) == (0, 0)
    assert desks.digest_of(other.vault) == before


def test_a_preview_changes_nothing(full, other, outside):
    export(full, outside)
    before = desks.digest_of(other.vault)

    preview = other.exchange.preview(other.exchange.read(FILE), HERE)

    assert (preview.count(Verdict.NEW), preview.new_people, preview.new_companies) == (
        3,
        ("Jane Example",),
        1,
    )
    assert desks.digest_of(other.vault) == before


def test_letters_go_along_only_where_their_texts_do(full, other, outside, sent_request):
    view = full.letters.view(sent_request.id, LetterKind.REMINDER)
    full.sending.save_file(view, Way.EML, Path("letter.eml"))
    made = full.sending.made(sent_request.id)
    without = json.loads(export(full, outside))
    kept = [one for request in without["requests"] for one in request.get("letters", [])]

    assert [one["sha256"] for one in kept] == [one.sha256 for one in made]
    assert "subject" not in kept[0]
    assert "bytes" not in kept[0]

    export(full, outside, has_texts=True)
    take(other)

    assert other.sending.made(sent_request.id) == made


def test_entries_of_both_machines_are_put_together(full, other, outside, sent_request, clock):
    export(full, outside)
    take(other)
    full.requests.record(sent_request.id, desks.entry("acknowledged", clock.today()))
    other.requests.record(sent_request.id, desks.entry("note", clock.today(), note="here only"))
    export(full, outside)

    done = take(other)
    kinds = [event.kind for event in other.requests.detail(sent_request.id).request.events]

    assert (done.new, done.merged) == (0, 1)
    assert kinds == [EventKind.SENT, EventKind.NOTE, EventKind.ACKNOWLEDGED]
    assert other.backups.check().stale_rows == 0


def test_what_says_something_else_is_listed_and_stays_as_it_is(full, other, outside, sent_request):
    document = json.loads(export(full, outside))
    take(other)
    before = desks.digest_of(other.vault)
    for request in document["requests"]:
        request["entries"] = [entry | {"note": "changed"} for entry in request.get("entries", [])]
    outside.files.content[FILE] = json.dumps(document).encode()

    done = take(other)

    assert [line.problem for line in done.preview.lines if line.verdict is Verdict.CONFLICT] == [
        Problem.ENTRY_DIFFERS,
        Problem.ENTRY_DIFFERS,
    ]
    assert desks.digest_of(other.vault) == before


def test_an_import_is_undone_and_done_again(full, other, outside, sent_request, clock):
    export(full, outside)
    take(other)
    after_first = seen(other)
    full.requests.record(sent_request.id, desks.entry("acknowledged", clock.today()))
    export(full, outside)
    take(other)

    other.undoing.undo()

    assert [request.history for _, request, *_ in seen(other)] == [
        request.history for _, request, *_ in after_first
    ]

    other.undoing.undo()

    assert other.requests.list(RequestFilter()).rows == ()
    assert other.people.all() == ()
    assert other.companies.own() == ()

    other.undoing.redo()
    other.undoing.redo()

    assert len(other.requests.list(RequestFilter()).rows) == 3
    assert other.requests.detail(sent_request.id).request.status == "acknowledged"
    assert other.backups.check().stale_rows == 0


def test_cancelling_an_import_leaves_the_vault_as_it_was(full, other, outside):
    export(full, outside)
    before = desks.digest_of(other.vault)

    def told(done, total):
        if done == total:
            raise Stop

    with pytest.raises(Stop):
        other.exchange.take_in(other.exchange.read(FILE), HERE, told)

    assert desks.digest_of(other.vault) == before


def test_cancelling_an_export_stops_it(full):
    def told(_done, _total):
        raise Stop

    with pytest.raises(Stop):
        full.exchange.save(ExportChoice(form=ExportForm.CSV), FILE, None, told)

    assert len(full.requests.list(RequestFilter()).rows) == 3


def test_a_table_brings_what_a_row_can_hold(full, other, outside, sent_request):
    content = export(full, outside, ExportForm.CSV)

    done = take(other)
    notes = [note for _, _, note, *_ in desks.everything(other)]

    assert b"\"'=HYPERLINK" not in content
    assert done.new == 3
    assert other.requests.detail(sent_request.id).request.sent_on == sent_request.sent_on
    assert "They called.\nTwice." in notes
    assert take(other).preview.count(Verdict.KNOWN) == 3


def test_the_same_data_give_the_same_bytes(full, outside):
    for form in ExportForm:
        first = export(full, outside, form)

        assert export(full, outside, form) == first


def test_only_the_wanted_requests_go_out(full, outside, jane):
    nobody = export(full, outside, ExportForm.JSON, wanted=RequestFilter(typed="nothingofthekind"))
    sent = export(
        full,
        outside,
        ExportForm.JSON,
        wanted=RequestFilter(statuses=frozenset({RequestStatus.SENT}), person=jane.id),
    )

    assert json.loads(nobody)["requests"] == []
    assert json.loads(nobody)["people"] == []
    assert [one["status"] for one in json.loads(sent)["requests"]] == ["sent"]
    assert full.exchange.count() == 3


# ── calendars ────────────────────────────────────────────────────────────────────────────────────────


def test_a_calendar_names_no_company(full, outside):
    content = export(full, outside, ExportForm.ICS)

    assert b"Northwind" not in content
    assert {event.text("SUMMARY") for event in events_of(content)} == {"OptOut deadline"}


def test_names_stay_the_same_and_the_sequence_grows_when_a_date_moves(desk, outside, jane, northwind, clock):
    asked = desk.requests.start(desks.new_request(jane, northwind, right=Right.ACCESS))
    desk.requests.record(asked.id, desks.entry("sent", clock.today()))
    before = {event.text("UID"): event for event in events_of(export(desk, outside, ExportForm.ICS))}
    desk.requests.record(
        asked.id, desks.entry("extended", clock.today(), until=clock.today() + timedelta(days=80))
    )
    after = {event.text("UID"): event for event in events_of(export(desk, outside, ExportForm.ICS))}
    moved = [uid for uid in before if before[uid].values["DTSTART"] != after[uid].values["DTSTART"]]

    assert set(before) <= set(after)
    assert moved
    assert all(int(after[uid].text("SEQUENCE")) > int(before[uid].text("SEQUENCE")) for uid in moved)


def test_what_ended_since_an_earlier_calendar_is_cancelled_and_stays_so(full, outside, sent_request, clock):
    before = {event.text("UID") for event in events_of(export(full, outside, ExportForm.ICS))}
    full.requests.record(sent_request.id, desks.entry("completed", clock.today()))
    first = export(full, outside, ExportForm.ICS)
    cancelled = {e.text("UID") for e in events_of(first) if e.text("STATUS") == "CANCELLED"}

    assert cancelled == {uid for uid in before if uid.startswith(sent_request.id)}
    assert export(full, outside, ExportForm.ICS) == first


def test_the_first_calendar_cancels_nothing(full, outside, sent_request, clock):
    full.requests.record(sent_request.id, desks.entry("completed", clock.today()))

    content = export(full, outside, ExportForm.ICS)

    assert {event.text("STATUS") for event in events_of(content)} <= {"CONFIRMED"}


def test_a_sending_that_was_taken_back_is_cancelled(full, outside, sent_request):
    export(full, outside, ExportForm.ICS)
    sending = full.requests.detail(sent_request.id).request.events[0]
    full.requests.take_back(sent_request.id, sending.id)
    cancelled = [
        e for e in events_of(export(full, outside, ExportForm.ICS)) if e.text("STATUS") == "CANCELLED"
    ]

    assert {e.text("UID").startswith(sent_request.id) for e in cancelled} == {True}


def test_another_tools_list_is_asked_for_person_and_place(desk, jane, outside):
    outside.files.content[FILE] = (
        b"date;slug;recipient;email;reference;type;via\n"
        b"2026-01-05;;Old Mill Post, Mill Lane 1;post@oldmill.example;2026-ABCDEFG;erasure;email\n"
    )
    document = desk.exchange.read(FILE)
    done = desk.exchange.take_in(document, ImportChoice(person=jane.id, place="DE-BY"))
    [(row, request, *_)] = desks.everything(desk)

    assert document.source is ImportSource.DATENANFRAGEN
    assert document.asks_for_person
    assert done.new == 1
    assert (request.person, request.residence, request.reference) == (jane.id, "DE-BY", "2026-ABCDEFG")
    assert row.due_on is not None
    assert desk.backups.check().stale_rows == 0


def test_the_sample_vault_comes_over_whole(tmp_path, outside, library):
    with desks.create(tmp_path / "Sample.optout") as vault, desks.create(tmp_path / "New.optout") as empty:
        build_sample(vault, lambda clock: desks.open_desk(vault, library, outside, clock))
        sample, new = (desks.open_desk(one, library, outside) for one in (vault, empty))
        export(sample, outside, has_texts=True)
        done = take(new)
        ids = [row.id for row, *_ in desks.everything(sample)]
        clocks = [[desk.requests.detail(id_).clocks for id_ in ids] for desk in (sample, new)]
        milestones = [[desk.foreseeing.milestones(id_) for id_ in ids] for desk in (sample, new)]

        assert done.new == len(ids)
        # rows, requests, notes and letters; kept files stay where they are
        assert [one[:4] for one in seen(new)] == [one[:4] for one in seen(sample)]
        assert clocks[0] == clocks[1]
        assert milestones[0] == milestones[1]
        assert new.backups.check().stale_rows == 0


@pytest.mark.parametrize("form", ExportForm)
def test_between_two_bundles_of_an_export_others_use_the_vault(full, form):
    counted = []

    def turns(job):
        answer = job()
        counted.append(full.exchange.count())
        return answer

    full.exchange.save(ExportChoice(form=form), FILE, describe, turns=turns)

    assert len(counted) > 1
    assert set(counted) == {3}


def test_between_two_bundles_of_a_preview_others_use_the_vault(full):
    full.exchange.save(ExportChoice(form=ExportForm.JSON), FILE, describe)
    counted = []

    def turns(job):
        answer = job()
        counted.append(full.exchange.count())
        return answer

    preview = full.exchange.preview(full.exchange.read(FILE), HERE, turns=turns)

    assert preview.count(Verdict.KNOWN) == 3
    assert counted == [3, 3]
