# SPDX-License-Identifier: Apache-2.0
import pytest

from optout_desktop.catalog.citations import CitationStyle
from optout_desktop.catalog.files import Resources
from optout_desktop.catalog.library import Library
from optout_desktop.domain.errors import CatalogError

STYLES = {
    "de": {
        "article": "Art. {article} {law}",
        "paragraph": "Art. {article} Abs. {paragraph} {law}",
        "letter": "Art. {article} Abs. {paragraph} lit. {letter} {law}",
        "laws": {"GDPR": "DSGVO", "UK GDPR": "UK-DSGVO", "Directive 2002/58/EC": "Richtlinie 2002/58/EG"},
    },
    "fr": {
        "article": "article {article} du {law}",
        "paragraph": "article {article}, paragraphe {paragraph}, du {law}",
        "letter": "article {article}, paragraphe {paragraph}, point {letter}), du {law}",
        "laws": {
            "GDPR": "RGPD",
            "UK GDPR": "RGPD britannique",
            "Directive 2002/58/EC": "directive 2002/58/CE",
        },
    },
    "pt": {
        "article": "artigo {article}.º do {law}",
        "paragraph": "artigo {article}.º, n.º {paragraph}, do {law}",
        "letter": "artigo {article}.º, n.º {paragraph}, alínea {letter}), do {law}",
        "laws": {"GDPR": "RGPD", "UK GDPR": "UK GDPR", "Directive 2002/58/EC": "Diretiva 2002/58/CE"},
    },
}


def style(language, **changes):
    return CitationStyle.read("words.toml", {**STYLES[language], **changes})


@pytest.mark.parametrize(
    ("language", "cited", "written"),
    [
        ("de", "GDPR art. 15", "Art. 15 DSGVO"),
        ("de", "GDPR art. 15(1)", "Art. 15 Abs. 1 DSGVO"),
        ("de", "GDPR art. 21(2)-(3)", "Art. 21 Abs. 2–3 DSGVO"),
        ("de", "GDPR art. 6(1)(f)", "Art. 6 Abs. 1 lit. f DSGVO"),
        ("de", "UK GDPR art. 12A(3)-(4)", "Art. 12A Abs. 3–4 UK-DSGVO"),
        ("de", "UK GDPR art. 12(3), 12A", "Art. 12 Abs. 3 UK-DSGVO; Art. 12A UK-DSGVO"),
        ("de", "UK GDPR art. 12(3) (old text)", "Art. 12 Abs. 3 UK-DSGVO (old text)"),
        ("de", "Directive 2002/58/EC art. 13(2)", "Art. 13 Abs. 2 Richtlinie 2002/58/EG"),
        (
            "de",
            "Directive 2002/58/EC art. 13(2), (4)",
            "Art. 13 Abs. 2 Richtlinie 2002/58/EG; Art. 13 Abs. 4 Richtlinie 2002/58/EG",
        ),
        (
            "de",
            "UK GDPR arts. 7(3), 12, 12A, 15-21; DPA 2018 s. 164A, 165",
            "Art. 7 Abs. 3 UK-DSGVO; Art. 12 UK-DSGVO; Art. 12A UK-DSGVO; Art. 15–21 UK-DSGVO; DPA 2018 s. 164A, 165",
        ),
        ("fr", "GDPR art. 15(1)", "article 15, paragraphe 1, du RGPD"),
        ("fr", "UK GDPR art. 77", "article 77 du RGPD britannique"),
        ("pt", "GDPR art. 17(1)(b)", "artigo 17.º, n.º 1, alínea b), do RGPD"),
    ],
)
def test_an_article_of_the_gdpr_family_is_written_as_the_language_writes_it(language, cited, written):
    assert style(language).rewritten(cited) == written


@pytest.mark.parametrize(
    "cited",
    [
        *("Cal. Civ. Code 1798.120", "15 U.S.C. 7704(a)(4)", "PECR reg. 22(3)(c), 23"),
        *("DPA 2018 s. 164A(3)", "LGPD art. 19, I", "PIPA art. 35; Enforcement Decree art. 41(4)"),
        *("DSG art. 25(7); DSV art. 18(1)", "Regulation (EU) 2016/679", ""),
    ],
)
def test_every_other_law_is_cited_as_its_pack_cites_it(cited):
    assert style("de").rewritten(cited) == cited


def test_no_citation_of_a_pack_keeps_half_of_its_english():
    laws = Library(Resources.found()).laws.laws
    told = {law.citation for law in laws}
    told |= {offered.citation for law in laws for offered in law.rights}
    told |= {rule.citation for law in laws for rule in law.rules}
    family = {one for one in told if one.startswith(("GDPR art", "UK GDPR art", "Directive 2002/58/EC art"))}
    written = {style("de").rewritten(one) for one in family}

    assert len(family) > 15
    assert [one for one in written if "GDPR art" in one or "EC art" in one or "GDPR" in one] == []
    assert {style("de").rewritten(one) for one in told - family} == told - family


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"article": "Art. {article}"}, "citations.article"),
        ({"paragraph": "Art. {article} {law}"}, "citations.paragraph"),
        ({"letter": "{"}, "citations.letter"),
        ({"laws": {"GDPR": "DSGVO"}}, "citations.laws.UK GDPR"),
        ({"verse": "{law}"}, "citations.verse"),
    ],
)
def test_a_style_that_would_lose_something_names_its_field(changes, field):
    with pytest.raises(CatalogError) as caught:
        style("de", **changes)

    assert (caught.value.file, caught.value.field) == ("words.toml", field)
