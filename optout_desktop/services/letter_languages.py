# SPDX-License-Identifier: Apache-2.0
"""Letter languages: the language that a company is written to in, and the person's own where there are letters.

What the directory or the person says of a company comes first, then what is spoken where it sits.
"""

from __future__ import annotations

from collections.abc import Collection

from optout_desktop.domain.companies import Company

FALLBACK = "en"

_OF_REGION = {
    "BE-BRU": "fr",
    "BE-WAL": "fr",
    "CA-QC": "fr",
    "CH-FR": "fr",
    "CH-GE": "fr",
    "CH-JU": "fr",
    "CH-NE": "fr",
    "CH-TI": "it",
    "CH-VD": "fr",
    "CH-VS": "fr",
}
"""Where a part of a country speaks another language than most of it; of two official ones the larger."""

_OF_COUNTRIES = {
    "de": ("AT", "CH", "DE", "LI"),
    "es": (
        *("AR", "BO", "CL", "CO", "CR", "CU", "DO", "EC", "ES", "GQ", "GT"),
        *("HN", "MX", "NI", "PA", "PE", "PY", "SV", "UY", "VE"),
    ),
    "fr": ("FR", "LU", "MC"),
    "it": ("IT", "SM", "VA"),
    "nl": ("BE", "NL", "SR"),
    "pl": ("PL",),
    "pt": ("AO", "BR", "CV", "MZ", "PT"),
}
_OF_COUNTRY = {country: language for language, many in _OF_COUNTRIES.items() for country in many}
"""The first language of a country (ISO 3166-1) that letters are written in; English elsewhere."""


def proposed_language(company: Company | None, known: Collection[str]) -> str:
    """The language that a letter to ``company`` is proposed in, one of ``known``; English where none fits."""
    if company is None:
        return FALLBACK
    region = company.region if "-" in company.region else f"{company.country}-{company.region}"
    wanted = (company.language, _OF_REGION.get(region, ""), _OF_COUNTRY.get(company.country, ""))
    spoken = (language.partition("-")[0].lower() for language in wanted)
    return next((language for language in spoken if language in known), FALLBACK)


def reply_language(person_language: str, letter_language: str, known: Collection[str]) -> str:
    """The language in which an answer is wished for, where it is not that of the letter; else an empty text."""
    spoken = person_language.partition("-")[0].lower()
    return spoken if spoken in known and spoken != letter_language else ""
