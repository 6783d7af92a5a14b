# SPDX-License-Identifier: Apache-2.0
"""Keeping what goes along with a letter, byte for byte."""

from __future__ import annotations

import hashlib

import pytest

from optout_desktop.domain.errors import NotFound, VaultDamaged
from optout_desktop.domain.ids import AttachmentId
from optout_desktop.domain.letters import AttachedFile, Attachment, AttachmentWhat, LetterKind
from tests.builders import DAY, a_request, an_id, an_instant

CONTENT = b"\x00exactly\r\n\xff"
REQUEST = LetterKind.REQUEST


@pytest.fixture
def request_(stores):
    made = a_request()
    stores.requests.add(made)
    return made


def an_attachment(request, **changes) -> Attachment:
    plain = {
        "id": AttachmentId(an_id()),
        "request": request.id,
        "kind": REQUEST,
        "what": AttachmentWhat.OTHER,
        "name": "Beleg ü.pdf",
        "media_type": "application/pdf",
        "size_bytes": len(CONTENT),
        "sha256": hashlib.sha256(CONTENT).hexdigest(),
    }
    return Attachment(**plain | changes)


def test_a_file_comes_back_byte_for_byte(stores, request_):
    kept = an_attachment(request_)
    stores.attachments.add(kept, CONTENT, an_instant())

    assert stores.attachments.of(request_.id, REQUEST) == (kept,)
    assert stores.attachments.get(kept.id) == kept
    assert stores.attachments.file(kept.id) == AttachedFile(
        name=kept.name, media_type=kept.media_type, content=CONTENT
    )


def test_each_letter_has_its_own_in_the_order_in_which_they_were_added(stores, request_):
    days = (DAY, DAY.replace(year=DAY.year + 1))
    first, second = (an_attachment(request_, id=AttachmentId(f"{9 - n}" * 32)) for n in range(2))
    other = an_attachment(request_, kind=LetterKind.REMINDER)
    for kept, day in ((first, days[0]), (second, days[1]), (other, days[0])):
        stores.attachments.add(kept, CONTENT, an_instant(day))

    assert stores.attachments.of(request_.id, REQUEST) == (first, second)


def test_a_binned_one_goes_along_no_more_and_can_come_back(stores, request_):
    kept = an_attachment(request_)
    stores.attachments.add(kept, CONTENT, an_instant())
    stores.attachments.set_binned((kept.id,), is_binned=True)
    gone = stores.attachments.of(request_.id, REQUEST)
    stores.attachments.set_binned((kept.id,), is_binned=False)

    assert gone == ()
    assert stores.attachments.of(request_.id, REQUEST) == (kept,)


def test_what_no_longer_has_its_digest_never_leaves(stores, request_):
    kept = an_attachment(request_, sha256="0" * 64)
    stores.attachments.add(kept, CONTENT, an_instant())

    with pytest.raises(VaultDamaged):
        stores.attachments.file(kept.id)


def test_an_unknown_one_is_told(stores):
    with pytest.raises(NotFound):
        stores.attachments.file(AttachmentId("nothing"))
