# SPDX-License-Identifier: Apache-2.0
import pytest

from optout_desktop.cli.import_requests import problem_words
from optout_desktop.domain.exchange import PlannedLine, Problem, Verdict

THEIRS = (
    "date;slug;recipient;email;reference;type;via\n"
    "2026-03-02;;Old Mill Post;post@oldmill.example;2026-ABCDEFG;erasure;email\n"
    "2026-03-03;;Old Mill Post;post@oldmill.example;2026-HIJKLMN;custom;email\n"
)


@pytest.fixture
def theirs(tmp_path):
    file = tmp_path / "MyRequests.csv"
    file.write_text(THEIRS, encoding="utf-8")
    return file


def test_a_dry_run_says_what_would_happen_and_changes_nothing(optout, theirs):
    answer = optout("import", "requests", theirs, "--dry-run")

    assert answer.status == 0
    assert "Nothing was changed. It would be: 1 new, 1 not usable." in answer.out
    assert "a letter of one's own" in answer.out
    assert optout.data("request", "list") == []


def test_another_tools_requests_are_taken_in_once(optout, theirs):
    first = optout.data("import", "requests", theirs, "--from", "datenanfragen", "--place", "DE-BY")
    again = optout.data("import", "requests", theirs)
    [request] = optout.data("request", "list")

    assert (first["new"], first["unusable"], first["source"]) == (1, 1, "datenanfragen")
    assert (again["new"], again["known"]) == (0, 1)
    assert (request["reference"], request["law"]) == ("2026-ABCDEFG", "eu-gdpr")


@pytest.mark.parametrize("form", ["json", "csv"])
def test_what_was_exported_is_there_already(optout, sent, tmp_path, form):
    file = tmp_path / f"out.{form}"
    optout.data("export", "requests", "--format", form, "-o", file)
    data = optout.data("import", "requests", file)

    assert (data["known"], data["new"], data["is_done"]) == (1, 0, True)


@pytest.mark.parametrize("text", ["", "{", "a,b\n1,2\n", "[" * 5000])
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(optout, tmp_path, text):
    file = tmp_path / "f"
    file.write_text(text, encoding="utf-8")
    answer = optout("import", "requests", file)

    assert answer.status == 1
    assert "Nothing was changed" in answer.err
    assert optout("import", "requests", tmp_path / "none").status == 1


def test_every_problem_has_words():
    lines = [PlannedLine(place="", verdict=Verdict.UNUSABLE, problem=one, detail="x") for one in Problem]

    assert all(problem_words(line) and "{" not in problem_words(line) for line in lines)
    assert problem_words(PlannedLine(place="", verdict=Verdict.MERGED, new_entries=2)) == "2 new"
