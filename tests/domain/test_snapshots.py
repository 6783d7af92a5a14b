# SPDX-License-Identifier: Apache-2.0
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from optout_desktop.domain.counting import dates
from optout_desktop.domain.errors import InputError
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.snapshots import snapshot, snapshot_from_text, snapshot_to_text
from tests.architecture.source import ROOT
from tests.lawbooks import holiday_book, shipped_laws

LAWS = shipped_laws().laws
PLACES = ("", "US-CA", "DE", "DE-BY", "GB", "CA-ON", "AU", "CH-ZH", "NZ", "BR", "SG", "KR", "MX", "JP")


@given(some.sampled_from(LAWS), some.sampled_from(PLACES), some.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_a_snapshot_comes_back_from_its_text_as_it_was(law, place, day):
    kept = snapshot(law.rules, place, day, holiday_book())

    assert snapshot_from_text(snapshot_to_text(kept)) == kept


@given(some.sampled_from(LAWS), some.sampled_from(PLACES), some.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_the_kept_days_give_the_dates_of_the_day_of_sending(law, place, day):
    kept = snapshot(law.rules, place, day, holiday_book())
    now = [dates(rule, day, place, holiday_book()) for rule in law.rules]

    assert [dates(rule, day, place, kept.book) for rule in kept.rules] == now


def test_requests_of_a_year_share_one_snapshot():
    rules = shipped_laws().law(LawId("au-spam")).rules
    digests = {
        snapshot(rules, "AU", day, holiday_book()).digest
        for day in (date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    }

    assert len(digests) == 2


@pytest.mark.parametrize("room", sorted((ROOT / "tests" / "museum").glob("v*")), ids=lambda room: room.name)
def test_what_was_kept_in_earlier_days_is_read_and_stays_word_for_word(room):
    """Rules once named what breaks them in prose alone."""
    rows = json.loads((room / "rows.json").read_text(encoding="utf-8"))["rule_snapshots"]

    assert rows
    for digest, text, *_ in rows:
        kept = snapshot_from_text(text)
        assert (kept.digest, snapshot_to_text(kept)) == (digest, text)
        assert all(rule.possible_findings for rule in kept.rules)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"format":1', '"format":2'),
        ('"step":"honour"', '"step":"honor"'),
        ('"citation"', '"quotation"'),
        ('"valid_from":"', '"valid_from":"x'),
        ("{", ""),
    ],
)
def test_a_text_that_is_no_snapshot_is_refused(old, new):
    rules = next(law for law in LAWS if law.id == "us-can-spam").rules
    text = snapshot_to_text(snapshot(rules, "US", date(2026, 1, 1), holiday_book()))

    with pytest.raises(InputError):
        snapshot_from_text(text.replace(old, new, 1))
