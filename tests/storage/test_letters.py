# SPDX-License-Identifier: Apache-2.0
"""Keeping letters: edited texts until they go out, then the exact bytes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.letters import LetterKind, Way
from tests.builders import DAY, a_kept_letter, a_letter, a_request, an_instant

REQUEST = LetterKind.REQUEST


@pytest.fixture
def request_(stores):
    made = a_request()
    stores.requests.add(made)
    return made


def test_a_letter_and_its_bytes_come_back_as_given(stores, request_):
    kept = a_kept_letter(request_, letter=a_letter("Bitte ü", is_edited=True, template_version=3))
    stores.letters.keep(kept, b"\x00\r\nexactly\xff", "e1")

    assert stores.letters.of(request_.id) == (kept,)
    assert stores.letters.content(kept.id) == b"\x00\r\nexactly\xff"


def test_letters_of_one_day_come_in_the_order_in_which_they_were_made(stores, request_):
    made = [a_kept_letter(request_, made_on=DAY, id=f"{9 - number}" * 32) for number in range(5)]
    for kept in made:
        stores.letters.keep(kept, b"", "e1")

    assert stores.letters.of(request_.id) == tuple(made)


def test_a_letter_whose_entry_was_taken_back_is_kept_but_not_shown(stores, request_):
    first, second = a_kept_letter(request_), a_kept_letter(request_)
    stores.letters.keep(first, b"", "e1")
    stores.letters.keep(second, b"", "e2")

    assert stores.letters.of(request_.id, frozenset({"e2"})) == (second,)
    assert stores.letters.content(first.id) == b""


def test_a_letter_without_an_entry_is_made_and_not_sent_until_one_names_it(stores, request_):
    kept = a_kept_letter(request_, way=Way.EML)
    stores.letters.keep(kept, b"left")
    before = stores.letters.made(request_.id), stores.letters.of(request_.id)
    stores.letters.name_event(kept.id, "e1", Channel.POST, "1 Main Street")
    [sent] = stores.letters.of(request_.id)

    assert before == ((kept,), ())
    assert sent == replace(kept, channel=Channel.POST, to_address="1 Main Street")
    assert stores.letters.made(request_.id) == ()
    assert stores.letters.content(kept.id) == b"left"


def test_a_letter_that_was_put_aside_comes_back_as_it_was(stores, request_):
    kept = a_kept_letter(request_)
    stores.letters.keep(kept, b"left")
    stores.letters.set_binned((kept.id,), is_binned=True)
    aside = stores.letters.made(request_.id)
    stores.letters.set_binned((kept.id,), is_binned=False)

    assert aside == ()
    assert stores.letters.made(request_.id) == (kept,)


def test_an_unknown_letter_has_no_bytes(stores):
    with pytest.raises(NotFound, match="No letter is called"):
        stores.letters.content("nothing")


def test_an_edited_text_replaces_the_earlier_one_of_its_kind(stores, request_):
    stores.letters.put_draft(request_.id, REQUEST, "One", "one", an_instant())
    stores.letters.put_draft(request_.id, REQUEST, "Two", "two", an_instant())
    stores.letters.put_draft(request_.id, LetterKind.REMINDER, "Three", "three", an_instant())

    assert stores.letters.draft(request_.id, REQUEST) == ("Two", "two")
    assert stores.letters.draft(request_.id, LetterKind.REMINDER) == ("Three", "three")


def test_a_dropped_text_is_gone(stores, request_):
    stores.letters.put_draft(request_.id, REQUEST, "One", "one", an_instant())
    stores.letters.drop_draft(request_.id, REQUEST)

    assert stores.letters.draft(request_.id, REQUEST) is None
