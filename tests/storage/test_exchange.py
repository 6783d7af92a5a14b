# SPDX-License-Identifier: Apache-2.0
from optout_desktop.domain.ids import LetterId, RequestId
from tests.builders import a_kept_letter, a_person, a_request, an_id, sent
from tests.services import desks


def test_letters_come_with_their_bytes_or_without_and_names_that_are_taken_are_known(tmp_path):
    person = a_person()
    asked, quiet = a_request((sent(),), person=person.id), a_request(person=person.id)
    kept = a_kept_letter(asked)
    with desks.create(tmp_path / "Personal.optout") as vault, vault.writing() as stores:
        stores.people.put(person)
        stores.requests.add_all([asked, quiet])
        stores.letters.keep(kept, b"letter", asked.events[0].id)
        whole = stores.exchange.letters([asked.id, quiet.id], has_content=True)
        bare = stores.exchange.letters([asked.id, quiet.id], has_content=False)
        ids = stores.exchange.letter_ids([kept.id, LetterId(an_id())])
        references = stores.exchange.by_reference([asked.reference, "none"])
        owners = stores.exchange.requests_of_entries([asked.events[0].id, an_id()])

    assert [one.content for one in whole[asked.id]] == [b"letter"]
    assert [one.event for one in whole[asked.id]] == [asked.events[0].id]
    assert [(one.content, one.kept.letter.body) for one in bare[asked.id]] == [(None, "")]
    assert RequestId(quiet.id) not in whole
    assert ids == {kept.id}
    assert references == {asked.reference: asked.id}
    assert owners == {asked.events[0].id: asked.id}
