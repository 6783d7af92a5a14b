# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from pathlib import Path

import pytest

from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.explaining import AnnexLine, AnnexWords
from optout_desktop.domain.letters import PageFormat

WORDS = AnnexWords(
    rule="ccpa.optout",
    title="Why this date?",
    heading="The company must do what you asked",
    about=("Request of Jane Example to Northwind Data LLC",),
    lines=(AnnexLine(text="Monday is day 0."), AnnexLine(text="Due on Monday.", is_result=True)),
    made_text="Counted today.",
    notice="This is information, not legal advice.",
)


def test_an_annex_names_the_request_and_is_on_the_paper_of_the_persons_country(desk, sent_request, clock):
    annex = desk.annexes.of(sent_request.id, WORDS)

    assert (annex.reference, annex.made_on) == (sent_request.reference, clock.today())
    assert annex.page_format is PageFormat.US_LETTER_10
    assert annex.file_name == f"why-{sent_request.reference}-ccpa.optout.pdf"


def test_the_paper_that_was_chosen_in_the_settings_counts_more(desk, sent_request):
    desk.preferences.put("page_format", str(PageFormat.A4_DIN_5008))

    assert desk.annexes.of(sent_request.id, WORDS).page_format is PageFormat.A4_DIN_5008


def test_a_kept_annex_is_a_file_of_the_request_by_its_exact_bytes(desk, sent_request):
    annex = desk.annexes.of(sent_request.id, WORDS)
    kept = desk.annexes.keep(sent_request.id, annex)

    assert desk.requests.detail(sent_request.id).files == (kept,)
    assert (kept.name, kept.media_type) == (annex.file_name, "application/pdf")
    assert desk.evidence.content(kept.id) == desk.annexes.pdf(annex)


def test_a_kept_annex_can_be_undone(desk, sent_request):
    kept = desk.annexes.keep(sent_request.id, desk.annexes.of(sent_request.id, WORDS))
    desk.undoing.undo()

    assert kept.id not in {item.id for item in desk.evidence.of(sent_request.id)}


def test_a_saved_annex_lies_where_the_person_chose(desk, sent_request, outside):
    annex = desk.annexes.of(sent_request.id, WORDS)
    desk.annexes.save(annex, Path("why.pdf"))

    assert outside.files.content[Path("why.pdf")] == desk.annexes.pdf(annex)


def test_an_annex_belongs_to_a_request(desk):
    with pytest.raises(NotFound):
        desk.annexes.of("0" * 32, WORDS)


def test_a_date_counted_without_any_request_has_a_page_without_a_reference(desk, outside, clock):
    annex = desk.annexes.of_example(WORDS)
    desk.annexes.save(annex, Path("why.pdf"))

    assert (annex.reference, annex.made_on) == ("", clock.today())
    assert annex.file_name == "why-ccpa.optout.pdf"
    assert outside.files.content[Path("why.pdf")] == desk.annexes.pdf(annex)


def test_without_a_person_the_page_is_on_the_paper_of_most_countries(desk):
    annex = desk.annexes.of_example(WORDS)

    assert desk.people.me() is None
    assert annex.page_format is PageFormat.A4_DIN_5008


def test_the_name_of_a_file_about_a_register_holds_no_colon(desk):
    annex = desk.annexes.of_example(replace(WORDS, rule="register:us-dnc.effect"))

    assert annex.file_name == "why-register-us-dnc.effect.pdf"
