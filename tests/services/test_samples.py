# SPDX-License-Identifier: Apache-2.0
"""The sample vault: something of everything, the same each time, and nothing of it leaves the machine."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from optout_desktop.domain.agenda import NextStep, RequestFilter, Urgency
from optout_desktop.domain.errors import NotAllowed
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.people import PersonKind
from optout_desktop.domain.requests import Attention, RequestStatus
from optout_desktop.services.samples import SAMPLE_TODAY, build_sample
from optout_desktop.services.sending import Way, WhyNot
from tests.services import desks


def a_sample(folder, progress=None):
    """A desk over a filled sample vault, opened as the window opens it."""
    outside = desks.an_outside(desks.a_clock())
    vault = desks.create(folder)
    build_sample(vault, lambda clock: desks.open_desk(vault, desks.library(), outside, clock), progress)
    return desks.open_desk(vault, desks.library(), outside)


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    desk = a_sample(tmp_path_factory.mktemp("sample") / "Sample.optout")
    yield desk
    desk.close()


def rows(desk):
    return desk.requests.page(desk.requests.list(RequestFilter()).rows)


def test_it_has_about_forty_requests_in_every_status(sample):
    statuses = Counter(row.status for row in rows(sample))

    assert 35 <= statuses.total() <= 45
    assert set(statuses) == set(RequestStatus)


def test_it_shows_every_urgency_and_both_reasons_to_look(sample):
    found = rows(sample)

    assert {row.urgency(SAMPLE_TODAY) for row in found} == set(Urgency)
    assert {row.attention for row in found} >= {Attention.NEEDS_ANSWER, Attention.DELIVERY_FAILED}


def test_it_has_a_registration_in_force_one_that_ends_soon_and_an_appeal_that_waits(sample):
    found = rows(sample)
    registered = {row.company: row for row in found if row.is_registration}
    ends_soon = registered["register:gb-royalmail-d2d"]
    [appealed] = [row for row in found if row.waits_for_appeal]

    assert registered["register:us-dnc"].urgency(SAMPLE_TODAY) is Urgency.DONE
    assert ends_soon.urgency(SAMPLE_TODAY) is Urgency.DUE_SOON
    assert ends_soon.next_step(SAMPLE_TODAY) is NextStep.RENEW
    assert appealed.urgency(SAMPLE_TODAY) is Urgency.WAITING


def test_it_has_oneself_and_two_clients(sample):
    assert Counter(person.kind for person in sample.people.all()) == {
        PersonKind.ONESELF: 1,
        PersonKind.CLIENT: 2,
    }


def test_its_today_is_the_day_that_it_was_made_for(sample):
    assert sample.sample_day == SAMPLE_TODAY
    assert sample.clock.today() == SAMPLE_TODAY


def test_no_way_out_is_open_and_each_says_that_this_is_the_sample(sample):
    view = sample.letters.view(rows(sample)[0].id)

    ways = sample.sending.ways(view)

    assert {way.way for way in ways} == set(Way)
    assert {way.why_not for way in ways} == {WhyNot.SAMPLE}


@pytest.mark.parametrize("door", ["eml", "pdf", "text", "code"])
def test_nothing_of_it_can_be_sent(sample, door):
    view = sample.letters.view(rows(sample)[0].id)

    with pytest.raises(NotAllowed, match="sample vault"):
        getattr(sample.sending, door)(view)


def test_nothing_of_it_can_be_marked_as_sent(sample):
    draft = next(row for row in rows(sample) if row.status is RequestStatus.DRAFT)
    before = desks.digest_of(sample.vault)

    with pytest.raises(NotAllowed, match="sample vault"):
        sample.sending.confirm(draft.id, LetterKind.REQUEST, SAMPLE_TODAY, Way.COPY)

    assert desks.digest_of(sample.vault) == before


def test_two_builds_show_the_same_but_for_random_names(sample, tmp_path):
    other = a_sample(tmp_path / "Sample.optout")

    def shown(desk):
        plain = {"id": "", "person": "", "company": "", "reference": ""}
        return [replace(row, **plain) for row in rows(desk)]

    seen, again = shown(sample), shown(other)
    agendas = sample.dashboard.today(), other.dashboard.today()
    other.close()

    assert seen == again
    assert agendas[0].tally == agendas[1].tally
    assert agendas[0].answered == agendas[1].answered


def test_it_says_how_far_it_has_come(tmp_path):
    steps = []

    desk = a_sample(tmp_path / "Sample.optout", lambda done, of: steps.append((done, of)))
    desk.close()

    assert steps == [(number, steps[-1][1]) for number in range(1, steps[-1][1] + 1)]
