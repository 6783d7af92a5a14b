# SPDX-License-Identifier: Apache-2.0
import shutil
from datetime import date

import pytest

from optout_desktop.catalog.templates import KNOWN_FACTS, FactGroup, Templates
from optout_desktop.domain.errors import CatalogError, TemplateError
from optout_desktop.domain.letters import RequestFact
from tests.golden.letters.cases import LETTERS, facts

ENGLISH = (LETTERS / "en" / "words.toml").read_text("utf-8")
FRENCH_HEAD = """
date = "{weekday} {day} {month} {year}"
first_day = "1er"
weekdays = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
months = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre",
    "novembre", "décembre"]
"""
CITATIONS = """
[rights]
access = "accès aux données"
[laws]
us-ca-ccpa = "loi californienne"
[citations]
article = "article {article} du {law}"
paragraph = "article {article}, paragraphe {paragraph}, du {law}"
letter = "article {article}, paragraphe {paragraph}, point {letter}), du {law}"
[citations.laws]
"GDPR" = "RGPD"
"UK GDPR" = "RGPD britannique"
"Directive 2002/58/EC" = "directive 2002/58/CE"
"""


@pytest.fixture
def folder(tmp_path):
    """English, and a second language whose words a test changes."""
    shutil.copytree(LETTERS / "en", tmp_path / "en")
    shutil.copy(LETTERS / "plans.toml", tmp_path / "plans.toml")
    (tmp_path / "fr").mkdir()
    return tmp_path


def french(folder, text=None):
    body = ENGLISH[ENGLISH.index("and = ") :]
    (folder / "fr" / "words.toml").write_text(text or f"{FRENCH_HEAD}{body}{CITATIONS}", "utf-8")
    (folder / "plans.toml").write_text(
        '[[plan]]\nrights = ["access"]\nkind = "request"\nversion = 1\nsubject = "s"\nblocks = ["b"]\n'
        '[[variant]]\nlaws = ["x"]\nblock = "b"\nuse = "s"\n',
        "utf-8",
    )
    (folder / "fr" / "s.liquid").write_text("{{ right_title }}", "utf-8")
    return Templates(folder)


def said(folder, block, text=None, **changes):
    templates = french(folder, text)
    (folder / "fr" / "b.liquid").write_text(block, "utf-8")
    return templates.fill(facts(right="access", **changes), "fr")


def test_a_day_is_said_as_the_language_says_it(folder):
    templates = french(folder)

    assert templates.date_text(date(2027, 2, 1), "fr") == "lundi 1er février 2027"
    assert templates.date_text(date(2027, 2, 2), "fr") == "mardi 2 février 2027"
    assert templates.date_text(date(2027, 2, 1), "en") == "Monday 1 February 2027"


def test_a_date_may_do_without_a_weekday(folder):
    text = f"{FRENCH_HEAD}{ENGLISH[ENGLISH.index('and = ') :]}".replace("{weekday} ", "")

    assert french(folder, text).date_text(date(2027, 2, 2), "fr") == "2 février 2027"


def test_the_provision_and_the_right_are_said_in_the_language(folder):
    gdpr = {
        "law": "eu-gdpr",
        "law_short_title": "GDPR",
        "right_citation": "GDPR art. 15(1)",
        "rule_citation": "GDPR art. 12(3)",
        "later_citation": "GDPR art. 77",
    }
    letter = said(folder, "{{ legal_basis }} · {{ rule_citation }} · {{ later_citation }}", **gdpr)

    assert letter.subject == "accès aux données"
    assert letter.language == "fr"
    assert letter.body == (
        "article 15, paragraphe 1, du RGPD · article 12, paragraphe 3, du RGPD · article 77 du RGPD\n"
    )


def test_another_law_keeps_its_citation_and_may_have_a_name(folder):
    assert said(folder, "{{ legal_basis }}").body == "Cal. Civ. Code 1798.120 (loi californienne)\n"


def test_three_forms_of_a_unit_are_one_few_and_many(folder):
    text = f"{FRENCH_HEAD}{ENGLISH[ENGLISH.index('and = ') :]}".replace(
        'days = ["day", "days"]', 'days = ["dzień", "dni robocze", "dni"]', 1
    )
    counts = [1, 2, 5, 12, 14, 21, 22, 25]
    words = [said(folder, "{{ days_late | count: 'days' }}", text, days_late=n).body.strip() for n in counts]

    assert [word.partition(" ")[2] for word in words] == [
        *("dzień", "dni robocze", "dni", "dni"),
        *("dni", "dni", "dni robocze", "dni"),
    ]


def test_the_language_of_an_answer_is_named_where_it_is_another(folder):
    block = "{% if reply_language %}in {{ reply_language }}{% else %}no wish{% endif %}"

    assert said(folder, block, reply_language="de").body == "in German\n"
    assert said(folder, block, reply_language="fr").body == "no wish\n"
    assert said(folder, block, reply_language="Basque").body == "in Basque\n"


def test_a_language_may_have_words_of_its_own_for_oneself_and_a_client(folder):
    text = f"{FRENCH_HEAD}{ENGLISH[ENGLISH.index('and = ') :]}"
    text = text.replace("[self]", '[self]\nmienne = "ma"').replace("[client]", '[client]\nmienne = "sa"')
    mine = said(folder, "{{ word.mienne }}", text)
    theirs = said(folder, "{{ word.mienne }}", text, is_for_client=True)

    assert (mine.body, theirs.body) == ("ma\n", "sa\n")
    assert Templates(folder).check("{{ word.mienne }}", "b", "fr") is None
    assert "word.mienne" in str(Templates(folder).check("{{ word.mienne }}", "b", "en"))


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('and = "and"\n', "", "and"),
        ("[units]\ndays", "[units]\nwochen", "units.days"),
        ('no_match = "that no matching record was found"\n', "", "refusals.no_match"),
        ('opt_out = "I opt out"\n', "", "self.opt_out"),
        ("[self]", '[self]\nmienne = "ma"', "client.mienne"),
        ("[client]", '[client]\nmienne = "sa"', "self.mienne"),
        ('de = "German"\n', "", "languages.de"),
        ('and = "and"', "and = 7", "and"),
        ('days = ["day", "days"]', 'days = ["day"]', "units.days"),
        ('days = ["day", "days"]', 'days = "day"', "units.days"),
        ('[self]\nI = "I"', "[self]\nI = 1", "self.I"),
        ("[citations]", "[citation]", "file.citation"),
        ('"UK GDPR" = "RGPD britannique"\n', "", "citations.laws.UK GDPR"),
    ],
)
def test_words_that_are_missing_or_wrong_name_file_and_field(folder, old, new, field):
    text = f"{FRENCH_HEAD}{ENGLISH[ENGLISH.index('and = ') :]}{CITATIONS}"
    with pytest.raises(CatalogError) as caught:
        said(folder, "x", text.replace(old, new, 1))

    assert text != text.replace(old, new, 1)
    assert (caught.value.file, caught.value.field) == ("fr/words.toml", field)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("{weekday} {day}", "{weekday} {hour}", "date"),
        ("{weekday} {day}", "{weekday {day}", "date"),
        ('"lundi", ', "", "weekdays"),
        ('"janvier", ', "", "months"),
        ('first_day = "1er"', "first_day = 1", "first_day"),
    ],
)
def test_a_date_that_could_not_be_said_names_its_field(folder, old, new, field):
    text = f"{FRENCH_HEAD.replace(old, new, 1)}{ENGLISH[ENGLISH.index('and = ') :]}"
    with pytest.raises(CatalogError) as caught:
        said(folder, "x", text)

    assert (caught.value.file, caught.value.field) == ("fr/words.toml", field)


def test_a_unit_that_nobody_knows_is_an_error_never_a_blank(folder):
    with pytest.raises(TemplateError, match="no unit called “moons”"):
        said(folder, "{{ days_late | count: 'moons' }}", days_late=3)


def test_every_name_that_is_offered_can_be_used_and_every_own_fact_is_offered():
    templates = Templates(LETTERS)
    offered = dict(templates.facts_offered())
    names = [name for group in offered.values() for name in group]

    assert set(offered) == set(FactGroup)
    assert len(names) == len(set(names))
    assert [name for name in names if templates.check(f"{{{{ {name} }}}}")] == []
    assert {name for name in names if "." not in name} == KNOWN_FACTS
    assert set(offered[FactGroup.OWN]) == {f"fact.{fact}" for fact in RequestFact}
