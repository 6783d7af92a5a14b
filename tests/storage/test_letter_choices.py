# SPDX-License-Identifier: Apache-2.0
"""Keeping how a letter is to be written."""

from __future__ import annotations

from optout_desktop.domain.ids import TemplateId
from optout_desktop.domain.letters import LetterChoice, LetterKind, Tone
from tests.builders import a_request

REQUEST, REMINDER = LetterKind.REQUEST, LetterKind.REMINDER
FIRM = LetterChoice(language="de", tone=Tone.FIRM, template=TemplateId("9" * 32))


def test_each_letter_of_a_request_has_its_own_choice_and_the_last_one_stands(stores):
    request = a_request()
    stores.requests.add(request)
    stores.letter_choices.put(request.id, REQUEST, LetterChoice(language="fr"))
    stores.letter_choices.put(request.id, REQUEST, FIRM)

    assert stores.letter_choices.find(request.id, REQUEST) == FIRM
    assert stores.letter_choices.find(request.id, REMINDER) is None


def test_a_choice_can_be_left_to_the_app_again(stores):
    request = a_request()
    stores.requests.add(request)
    stores.letter_choices.put(request.id, REQUEST, FIRM)
    stores.letter_choices.put(request.id, REMINDER, FIRM)
    stores.letter_choices.put(request.id, REQUEST, None)

    assert stores.letter_choices.find(request.id, REQUEST) is None
    assert stores.letter_choices.find(request.id, REMINDER) == FIRM
