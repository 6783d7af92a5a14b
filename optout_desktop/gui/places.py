# SPDX-License-Identifier: Apache-2.0
"""Countries and regions to choose from where somebody says where they live.

The codes are ISO 3166-1 and 3166-2; the region is asked for only where laws differ inside a country. A
``PlaceField`` turns two boxes into one ``Place``.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from optout_desktop.domain.places import EEA_STATES, Place, country_of, region_of

ELSEWHERE = Place("ZZ")
"""A country that is not in the list: no law of it is known here."""

_BESIDE_EUROPE = ("US", "GB", "CA", "AU", "NZ", "CH", "BR", "SG", "KR", "JP", "IN", "ZA", "MX")
COUNTRIES: tuple[str, ...] = (*sorted(EEA_STATES), *_BESIDE_EUROPE)
"""Every country of the list by its two letters."""

REGIONS: dict[str, dict[str, str]] = {
    "US": {
        "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
        "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia",
        "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana",
        "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland",
        "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri",
        "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire", "NJ": "New Jersey",
        "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio",
        "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "PR": "Puerto Rico", "RI": "Rhode Island",
        "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah",
        "VT": "Vermont", "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin",
        "WY": "Wyoming",
    },
    "CA": {
        "AB": "Alberta", "BC": "British Columbia", "MB": "Manitoba", "NB": "New Brunswick",
        "NL": "Newfoundland and Labrador", "NT": "Northwest Territories", "NS": "Nova Scotia",
        "NU": "Nunavut", "ON": "Ontario", "PE": "Prince Edward Island", "QC": "Quebec",
        "SK": "Saskatchewan", "YT": "Yukon",
    },
    "AU": {
        "ACT": "Australian Capital Territory", "NSW": "New South Wales", "NT": "Northern Territory",
        "QLD": "Queensland", "SA": "South Australia", "TAS": "Tasmania", "VIC": "Victoria",
        "WA": "Western Australia",
    },
    "GB": {"ENG": "England", "NIR": "Northern Ireland", "SCT": "Scotland", "WLS": "Wales"},
    "DE": {
        "BW": "Baden-Württemberg", "BY": "Bayern", "BE": "Berlin", "BB": "Brandenburg", "HB": "Bremen",
        "HH": "Hamburg", "HE": "Hessen", "MV": "Mecklenburg-Vorpommern", "NI": "Niedersachsen",
        "NW": "Nordrhein-Westfalen", "RP": "Rheinland-Pfalz", "SL": "Saarland", "SN": "Sachsen",
        "ST": "Sachsen-Anhalt", "SH": "Schleswig-Holstein", "TH": "Thüringen",
    },
}  # fmt: skip
"""The regions of a country by their letters; names stay in the country's own language."""


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("places", text)


def country_name(country: str) -> str:
    """A country's name for people."""
    names = {
        "AT": tr("Austria"),
        "AU": tr("Australia"),
        "BE": tr("Belgium"),
        "BG": tr("Bulgaria"),
        "BR": tr("Brazil"),
        "CA": tr("Canada"),
        "CH": tr("Switzerland"),
        "CY": tr("Cyprus"),
        "CZ": tr("Czechia"),
        "DE": tr("Germany"),
        "DK": tr("Denmark"),
        "EE": tr("Estonia"),
        "ES": tr("Spain"),
        "FI": tr("Finland"),
        "FR": tr("France"),
        "GB": tr("United Kingdom"),
        "GR": tr("Greece"),
        "HR": tr("Croatia"),
        "HU": tr("Hungary"),
        "IE": tr("Ireland"),
        "IN": tr("India"),
        "IS": tr("Iceland"),
        "IT": tr("Italy"),
        "JP": tr("Japan"),
        "KR": tr("South Korea"),
        "LI": tr("Liechtenstein"),
        "LT": tr("Lithuania"),
        "LU": tr("Luxembourg"),
        "LV": tr("Latvia"),
        "MT": tr("Malta"),
        "MX": tr("Mexico"),
        "NL": tr("Netherlands"),
        "NO": tr("Norway"),
        "NZ": tr("New Zealand"),
        "PL": tr("Poland"),
        "PT": tr("Portugal"),
        "RO": tr("Romania"),
        "SE": tr("Sweden"),
        "SG": tr("Singapore"),
        "SI": tr("Slovenia"),
        "SK": tr("Slovakia"),
        "US": tr("United States"),
        "ZA": tr("South Africa"),
    }
    return names.get(country, tr("Another country"))


def place_name(place: Place) -> str:
    """A place for people, such as *California, United States*."""
    country, region = country_of(place), region_of(place)
    name = REGIONS.get(country, {}).get(region)
    if name is None:
        return country_name(country)
    return tr("{region}, {country}").format(region=name, country=country_name(country))


def place_here() -> Place:
    """The country that the system's language speaks of, where it is in the list."""
    country = QLocale.territoryToCode(QLocale().territory())
    return Place(country if country in COUNTRIES else "US")


class PlaceField(QWidget):
    """Where somebody lives: a country, and its region where laws differ inside it."""

    changed = Signal()

    def __init__(self, place: Place | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.country = QComboBox()
        self.country.setAccessibleName(self.tr("Country"))
        for code in sorted(COUNTRIES, key=country_name):
            self.country.addItem(country_name(code), code)
        self.country.addItem(country_name(ELSEWHERE), ELSEWHERE)
        self.region = QComboBox()
        self.region.setAccessibleName(self.tr("State or region"))
        for box in (self.country, self.region):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12)
            box.setMaxVisibleItems(14)
        self.country.currentIndexChanged.connect(self._offer_regions)
        self.region.currentIndexChanged.connect(self.changed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.country, 1)
        layout.addWidget(self.region, 1)
        self.setFocusProxy(self.country)
        self.show_place(place or place_here())

    def show_place(self, place: Place) -> None:
        """Set both boxes."""
        at = self.country.findData(country_of(place))
        self.country.setCurrentIndex(at if at >= 0 else self.country.findData(ELSEWHERE))
        self._offer_regions()
        region = self.region.findData(region_of(place))
        self.region.setCurrentIndex(max(region, 0))

    def place(self) -> str:
        """What is chosen, or an empty text while a country's region is not."""
        country, region = str(self.country.currentData()), str(self.region.currentData() or "")
        if not REGIONS.get(country):
            return country
        return f"{country}-{region}" if region else ""

    def _offer_regions(self) -> None:
        regions = REGIONS.get(str(self.country.currentData()), {})
        self.region.blockSignals(True)
        self.region.clear()
        if regions:
            self.region.addItem(self.tr("Choose…"), "")
        for code, name in regions.items():
            self.region.addItem(name, code)
        self.region.blockSignals(False)
        self.region.setVisible(bool(regions))
        self.changed.emit()
