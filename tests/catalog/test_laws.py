# SPDX-License-Identifier: Apache-2.0
import pytest

from optout_desktop.catalog.files import Resources
from optout_desktop.catalog.laws import load_conventions, load_laws
from optout_desktop.domain.damages import Fault
from optout_desktop.domain.errors import CatalogError, NotFound
from optout_desktop.domain.ids import LawId, RegulatorId, RuleId
from tests.lawbooks import shipped_laws

GOOD = """id = "xx-test"
title = "Test Act"
short_title = "TA"
level = "national"
places = ["DE"]
applies_from = 2020-01-01
citation = "Test Act"
regulators = ["xx-authority"]
verified_on = 2026-11-22

[sources.text]
title = "The text"
url = "https://example.org/act"
primary = true

[[rights]]
right = "optout_sale"
title = "opt-out"
citation = "s. 1"

[[rules]]
id = "xx.honour"
rights = ["optout_sale"]
step = "honour"
what = "Stop."
amount = 10
unit = "days"
starts_on = "receipt"
calendar = "EU-member-state"
valid_from = 2020-01-01
citation = "s. 2"
sources = ["text"]
verification = "primary-text"
"""
SECOND = "\n" + GOOD[GOOD.index("[[rules]]") :]
EXTENSION = """
[rules.extension]
amount = 45
unit = "days"
"""
DAMAGES = """
[[damages]]
max = 500
per = "violation"
currency = "USD"
citation = "s. 9"
"""
KNOWN = frozenset({RegulatorId("xx-authority")})


def book_of(tmp_path, **texts):
    folder = tmp_path / "laws" / "de"
    folder.mkdir(parents=True)
    for name, text in texts.items():
        (folder / f"{name.replace('_', '-')}.toml").write_text(text, encoding="utf-8")
    return load_laws(Resources(folder=tmp_path), KNOWN)


def test_a_law_file_becomes_a_law(tmp_path):
    book = book_of(tmp_path, xx_test=GOOD)
    [rule] = book.law(LawId("xx-test")).rules

    assert book.problems == ()
    assert (rule.period.amount, rule.law, rule.sources[0].is_primary) == (10, "xx-test", True)


BROKEN = [
    ("an unknown step", GOOD.replace('"honour"', '"honor"'), "step", "did you mean “honour”?"),
    ("an unknown right", GOOD.replace('["optout_sale"]', '["optout_sail"]'), "rights", "optout_sale"),
    ("an unknown unit", GOOD.replace('"days"', '"weeks"'), "unit", "unknown word “weeks”"),
    ("an unknown calendar", GOOD.replace("EU-member-state", "Mars"), "calendar", "unknown word “Mars”"),
    ("an unknown roll", GOOD + 'roll = "next-workday"\n', "roll", "did you mean “next-working-day”?"),
    ("an unknown start", GOOD.replace('"receipt"', '"reciept"'), "starts_on", "did you mean “receipt”?"),
    ("an unknown finding", GOOD + 'findings = ["late_reply"]\n', "findings", "unknown word “late_reply”"),
    ("an unknown lenient calendar", GOOD + 'lenient_calendar = "US-NV"\n', "lenient_calendar", "US-NV"),
    ("no verified mark", GOOD.replace('verification = "primary-text"\n', ""), "verification", "is missing"),
    ("no citation of the law", GOOD.replace('citation = "Test Act"\n', ""), "citation", "is missing"),
    ("a period of nothing", GOOD.replace("amount = 10", "amount = 0"), "amount", "at least 1"),
    ("a negative extension", GOOD + EXTENSION.replace("45", "-45"), "extension.amount", "at least 1"),
    ("an extension in weeks", GOOD + EXTENSION.replace("days", "weeks"), "extension.unit", "weeks"),
    ("damages of nobody knows how much", GOOD + DAMAGES.replace("max = 500\n", ""), "max", "is missing"),
    ("damages without citation", GOOD + DAMAGES.replace('citation = "s. 9"\n', ""), "citation", "is missing"),
    ("damages in an unknown currency", GOOD + DAMAGES.replace("USD", "USX"), "currency", "did you mean “USD”?"),
    ("damages that end before they begin", GOOD + DAMAGES.replace("max", "min = 600\nmax"), "max", "less than min"),
    ("a day that is none", GOOD + '\n[[history]]\non = "soon"\nwhat = "x"\n', "on", "2026-11"),
    ("an unknown field", GOOD.replace("valid_from", "valid_form"), "valid_from", "is missing"),
    ("a stray field", GOOD + "penalty = 5\n", "penalty", "unknown field"),
    ("no citation", GOOD.replace('citation = "s. 2"\n', ""), "citation", "is missing"),
    ("an empty citation", GOOD.replace('"s. 2"', '""'), "citation", "must not be empty"),
    ("a negative period", GOOD.replace("amount = 10", "amount = -10"), "amount", "at least 1"),
    ("no number", GOOD.replace("amount = 10\n", ""), "amount", "is missing"),
    ("an invented number", GOOD.replace('"days"', '"immediately"'), "amount", "none may be invented"),
    ("no source", GOOD.replace('sources = ["text"]\n', ""), "sources", "at least one source"),
    ("an unknown source", GOOD.replace('["text"]', '["hearsay"]'), "sources", "hearsay"),
    ("no calendar", GOOD.replace('calendar = "EU-member-state"\n', ""), "calendar", "is missing"),
    ("an unknown regulator", GOOD.replace("xx-auth", "yy-auth"), "regulators", "xx-authority"),
    ("a place that is none", GOOD.replace('["DE"]', '["Germany"]'), "places", "DE or US-CA"),
    ("a rule twice", GOOD + SECOND, "id", "stands here twice"),
    (
        "versions that overlap",
        GOOD + SECOND.replace("2020-01-01", "2024-01-01"),
        "valid_from",
        "overlap",
    ),
    (
        "a right that is not offered",
        GOOD.replace('rights = ["optout_sale"]', 'rights = ["access"]'),
        "rights",
        "does not offer",
    ),
    (
        "an end before the beginning",
        GOOD.replace('citation = "s. 2"', 'valid_to = 2019-01-01\ncitation = "s. 2"'),
        "valid_to",
        "before valid_from",
    ),
    ("another name than the file's", GOOD.replace("xx-test", "xx-other"), "id", "xx-test"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "field", "problem"), [case[1:] for case in BROKEN], ids=[c[0] for c in BROKEN]
)
def test_a_broken_law_is_refused_by_file_line_and_field_and_the_others_load(tmp_path, text, field, problem):
    other = GOOD.replace("xx-test", "xx-good").replace("xx.honour", "xx-good.honour")
    book = book_of(tmp_path, xx_test=text, xx_good=other)
    [found] = book.problems

    assert (found.file, found.field) == ("laws/de/xx-test.toml", field)
    assert found.line > 0
    assert problem in found.problem
    assert [law.id for law in book.all()] == ["xx-good"]


def line_of(text, words):
    return next(at for at, line in enumerate(text.splitlines(), start=1) if words in line)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD.replace("amount = 10", "amount = -10"), "amount = -10"),
        (GOOD.replace('"honour"', '"honor"'), "step ="),
        (GOOD.replace('citation = "s. 2"\n', ""), "[[rules]]"),
        (GOOD.replace("xx-auth", "yy-auth"), "regulators ="),
        (GOOD + SECOND.replace("2020-01-01", "2024-01-01"), "valid_from = 2024"),
        (GOOD + EXTENSION.replace("45", "-45"), "amount = -45"),
        (GOOD + EXTENSION.replace("amount = 45\n", ""), "[rules.extension]"),
        (GOOD.replace("https", "ftp"), "url ="),
        (GOOD.replace('id = "xx-test"', 'id = "xx-other"'), "id ="),
    ],
)
def test_the_line_is_that_of_the_fault(tmp_path, text, words):
    [found] = book_of(tmp_path, xx_test=text).problems

    assert found.line == line_of(text, words)


def test_the_same_law_in_two_folders_is_taken_once(tmp_path):
    book_of(tmp_path, xx_test=GOOD)
    (tmp_path / "laws" / "fr").mkdir()
    (tmp_path / "laws" / "fr" / "xx-test.toml").write_text(GOOD, encoding="utf-8")
    book = load_laws(Resources(folder=tmp_path), KNOWN)

    assert [law.id for law in book.laws] == ["xx-test"]
    assert [problem.problem for problem in book.problems] == ["xx-test stands in another folder already"]


def test_amounts_of_money_are_read(tmp_path):
    [law] = book_of(tmp_path, xx_test=GOOD + DAMAGES).laws
    [amount] = law.damages

    assert (amount.min, amount.max, amount.per, amount.currency) == (None, 500, "violation", "USD")
    assert (amount.fault, amount.is_verified) == (Fault.ANY, False)


def test_a_law_is_not_lost_because_the_list_of_regulators_is(tmp_path):
    book_of(tmp_path, xx_test=GOOD)
    book = load_laws(Resources(folder=tmp_path), frozenset(), knows_every_regulator=False)

    assert book.problems == ()
    assert [law.regulators for law in book.laws] == [()]


def test_two_versions_that_follow_each_other_are_welcome(tmp_path):
    first = GOOD.replace('citation = "s. 2"', 'valid_to = 2023-12-31\ncitation = "s. 2"')  # fmt: skip
    book = book_of(tmp_path, xx_test=first + SECOND.replace("2020-01-01", "2024-01-01"))

    assert book.problems == ()
    assert len(book.rules(RuleId("xx.honour"))) == 2


def test_a_rule_of_one_law_cannot_stand_in_another(tmp_path):
    book = book_of(tmp_path, xx_a=GOOD.replace("xx-test", "xx-a"), xx_b=GOOD.replace("xx-test", "xx-b"))
    [problem] = book.problems

    assert "xx.honour stands in xx-a already" in str(problem)


@pytest.mark.parametrize(
    ("ask", "nearest"),
    [
        (lambda book: book.law(LawId("us-ca-cpa")), "us-ca-ccpa"),
        (lambda book: book.law(LawId("zzz")), "za-popia-cpa"),
        (lambda book: book.rules(RuleId("ccpa.opt-out")), "ccpa.optout"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest_known(ask, nearest):
    with pytest.raises(NotFound) as raised:
        ask(shipped_laws())

    assert nearest in raised.value.nearest


def test_the_apps_own_conventions_are_no_law():
    assert load_conventions(Resources.found()).post_transit_days == 7


def test_a_convention_that_is_missing_is_named(tmp_path):
    (tmp_path / "laws").mkdir()
    (tmp_path / "laws" / "conventions.toml").write_text("# nothing\n", encoding="utf-8")

    with pytest.raises(CatalogError, match="post_transit_days"):
        load_conventions(Resources(folder=tmp_path))
