# SPDX-License-Identifier: Apache-2.0
"""Names of countries as lists write them → their two letters."""

from __future__ import annotations

_NAMES = {
    "AT": "austria österreich",
    "AU": "australia",
    "BE": "belgium belgien belgique belgië",
    "BG": "bulgaria bulgarien",
    "BR": "brazil brasil brasilien",
    "CA": "canada kanada",
    "CH": "switzerland schweiz suisse svizzera",
    "CN": "china volksrepublik_china",
    "CY": "cyprus zypern",
    "CZ": "czechia czech_republic tschechien česko česká_republika",
    "DE": "germany deutschland allemagne",
    "DK": "denmark dänemark danmark",
    "EE": "estonia estland eesti",
    "ES": "spain spanien españa",
    "FI": "finland finnland suomi",
    "FR": "france frankreich",
    "GB": "united_kingdom uk great_britain england scotland wales northern_ireland vereinigtes_königreich",
    "GR": "greece griechenland",
    "HK": "hong_kong",
    "HR": "croatia kroatien hrvatska",
    "HU": "hungary ungarn magyarország",
    "IE": "ireland irland republic_of_ireland",
    "IL": "israel",
    "IN": "india indien",
    "IS": "iceland island",
    "IT": "italy italien italia",
    "JP": "japan",
    "KR": "south_korea korea republic_of_korea südkorea",
    "LI": "liechtenstein",
    "LT": "lithuania litauen lietuva",
    "LU": "luxembourg luxemburg",
    "LV": "latvia lettland latvija",
    "MT": "malta",
    "MX": "mexico mexiko méxico",
    "NL": "netherlands the_netherlands niederlande nederland",
    "NO": "norway norwegen norge",
    "NZ": "new_zealand neuseeland",
    "PL": "poland polen polska",
    "PT": "portugal",
    "RO": "romania rumänien românia",
    "SE": "sweden schweden sverige",
    "SG": "singapore singapur",
    "SI": "slovenia slowenien slovenija",
    "SK": "slovakia slowakei slovensko",
    "US": "united_states usa us united_states_of_america vereinigte_staaten_von_amerika vereinigte_staaten",
    "ZA": "south_africa südafrika",
}
_BY_NAME = {name.replace("_", " "): code for code, names in _NAMES.items() for name in names.split()}


def country_code(text: str) -> str:
    """The two letters of a country that a list names in its own way; empty where nobody knows it."""
    plain = " ".join(text.casefold().replace(".", "").split())
    if len(plain) == 2 and plain.upper() in _NAMES:
        return plain.upper()
    return _BY_NAME.get(plain, "")
