# SPDX-License-Identifier: Apache-2.0
"""`optout request why`: one date explained, as text for eyes, as JSON for programs, as a page for others."""

import pytest

from optout_desktop.cli.explanations import NOT_ADVICE


def test_the_deadline_is_explained_day_by_day(optout, sent):
    answer = optout("request", "why", sent)

    assert answer.status == 0
    assert "Rule ccpa.optout." in answer.out
    assert "Calendar: United States (federal)." in answer.out
    assert "Days 1 to 4: Tue 2026-03-03 to Fri 2026-03-06." in answer.out
    assert "Sat 2026-03-07 does not count: Saturday (United States (federal))." in answer.out
    assert "The last lawful day is Mon 2026-03-23." in answer.out
    assert answer.out.rstrip().endswith(NOT_ADVICE)


def test_another_clock_is_named_by_its_rule(optout, sent):
    data = optout.data("request", "why", sent, "--rule", "ccpa.reask")

    assert (data["rule_id"], data["file"]) == ("ccpa.reask", None)
    assert any("12 months" in line for line in data["why"])


def test_a_page_holds_every_line_of_the_text(optout, sent, tmp_path):
    from pypdf import PdfReader

    target = tmp_path / "why.pdf"
    lines = optout.data("request", "why", sent)["why"]
    answer = optout("request", "why", sent, "--format", "pdf", "-o", str(target))
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(target).pages).split())

    assert answer.out == f"Written to {target}.\n"
    assert all(" ".join(line.split("(http")[0].split()) in text for line in lines)
    assert sent in text


def test_a_text_can_be_written_to_a_file(optout, sent, tmp_path):
    target = tmp_path / "why.txt"
    optout("request", "why", sent, "-o", str(target))

    assert target.read_text(encoding="utf-8").endswith(f"{NOT_ADVICE}\n")


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (
            ("--rule", "ccpa.optin"),
            "No rule of this request is called “ccpa.optin”. Did you mean ccpa.optout",
        ),
        (("--format", "pdf"), "A PDF needs a file to go to: -o FILE."),
    ],
)
def test_what_cannot_be_explained_is_told(optout, sent, argv, sentence):
    answer = optout("request", "why", sent, *argv)

    assert answer.status != 0
    assert sentence in answer.err


def test_a_draft_has_no_deadline_to_explain(optout, draft):
    answer = optout("request", "why", draft)

    assert answer.status != 0
    assert "ccpa.optout" in answer.err


def test_a_dash_is_the_standard_output(optout, sent, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    plain = optout("request", "why", sent)
    dash = optout("request", "why", sent, "-o", "-")
    page = optout("request", "why", sent, "--format", "pdf", "-o", "-")

    assert dash == plain
    assert page.status == 2
    assert list(tmp_path.glob("-")) == []


def test_a_request_without_a_deadline_names_its_clocks(optout, draft):
    answer = optout("request", "why", draft)

    assert answer.status == 1
    assert answer.err.startswith(
        "This request has no deadline. Ask for another clock with --rule: ccpa.optout, "
    )
