# SPDX-License-Identifier: Apache-2.0
import subprocess
import sys
import warnings
from datetime import date

import pytest

from optout_desktop.adapters.holiday_calendars import HolidayCalendars
from optout_desktop.domain.errors import NotFound
from optout_desktop.domain.ids import CalendarId
from tests.lawbooks import holiday_book


def why_not(calendar, *day):
    return holiday_book().calendar(CalendarId(calendar)).why_not(date(*day))


@pytest.mark.parametrize(
    ("calendar", "day", "name"),
    [
        ("US-federal", (2026, 7, 3), "Independence Day (observed)"),
        ("US-federal", (2027, 12, 31), "New Year's Day (observed)"),
        ("US-federal", (2026, 10, 12), "Columbus Day"),
        ("US-CA-lenient", (2026, 3, 31), "Cesar Chavez Day"),
        ("US-CA-lenient", (2026, 11, 27), "Day after Thanksgiving"),
        ("US-CA-lenient", (2026, 10, 12), "Columbus Day"),
        ("DE-BY", (2027, 1, 6), "Epiphany"),
        ("GB-ENG", (2026, 4, 6), "Easter Monday"),
        ("GB-SCT", (2026, 11, 30), "Saint Andrew's Day"),
        ("CA-federal", (2026, 4, 6), "Easter Monday"),
        ("CA-federal", (2026, 9, 30), "National Day for Truth and Reconciliation"),
        ("CA-federal-ON", (2026, 12, 28), "Boxing Day (observed)"),
        ("CA-federal-QC", (2026, 6, 24), "Saint John the Baptist Day"),
        ("NZ", (2027, 1, 1), "New Year's Day"),
        ("NZ", (2025, 12, 30), "Closed days around New Year"),
        ("NZ-Privacy-Act", (2027, 1, 15), "Closed days around New Year"),
        ("EU", (2026, 11, 22), "Sunday"),
        ("US-federal", (2021, 6, 18), "Juneteenth National Independence Day (observed)"),
        ("GB-ENG", (2020, 5, 8), "May Day"),
        ("GB-SCT", (2022, 6, 3), "Platinum Jubilee of Elizabeth II"),
        ("GB-NIR", (2022, 9, 19), "State Funeral of Queen Elizabeth II"),
        ("GB-WLS", (2023, 5, 8), "Coronation of Charles III"),
        ("GB-ENG", (2026, 12, 28), "Boxing Day (observed)"),
        ("GB-NIR", (2026, 7, 13), "Battle of the Boyne (observed)"),
        ("DE-BB", (2026, 10, 31), "Reformation Day"),
        ("DE-SN", (2026, 11, 18), "Repentance and Prayer Day"),
        ("DE-NI", (2026, 10, 31), "Reformation Day"),
        ("DE-HE", (2026, 6, 4), "Corpus Christi"),
        ("AU-QLD", (2022, 9, 22), "National Day of Mourning for Queen Elizabeth II"),
        ("AU-VIC", (2026, 11, 3), "Melbourne Cup Day"),
        ("NZ", (2022, 6, 24), "Matariki"),
        ("NZ", (2027, 4, 26), "Anzac Day (observed)"),
        ("JP", (2026, 9, 22), "National Holiday"),
        ("KR", (2026, 8, 17), "Alternative holiday for Liberation Day"),
        ("SG", (2026, 6, 1), "Vesak Day (observed)"),
        ("MX", (2024, 10, 1), "Change of Federal Government"),
        ("MX", (2026, 11, 16), "Revolution Day"),
        ("BR", (2024, 11, 20), "National Day of Zumbi and Black Awareness"),
        ("ZA", (2026, 8, 10), "National Women's Day (observed)"),
        ("CH-NE", (2026, 3, 1), "Republic Day"),
        ("PL", (2025, 12, 24), "Christmas Eve"),
        ("IE", (2023, 2, 6), "Saint Brigid's Day"),
    ],
)
def test_a_day_that_does_not_count_is_told_by_name(calendar, day, name):
    assert why_not(calendar, *day) == name


@pytest.mark.parametrize(
    ("calendar", "day"),
    [
        ("US-federal", (2026, 11, 27)),
        ("US-federal", (2029, 1, 19)),  # the day before an inauguration on a Saturday
        ("US-federal", (2026, 3, 31)),
        ("CA-federal", (2028, 12, 26)),  # Boxing Day is no federal holiday
        ("CA-federal", (2026, 6, 24)),
        ("DE", (2027, 1, 6)),
        ("DE", (2026, 12, 28)),  # no substitute for a holiday at the weekend
        ("GB-SCT", (2026, 4, 6)),
        ("NZ", (2027, 1, 15)),
        ("NZ", (2027, 1, 25)),  # Auckland's anniversary is regional
        ("EU", (2026, 12, 25)),
        ("US-federal", (2024, 12, 24)),  # closed by executive order, not by law
        ("US-federal", (2020, 6, 19)),
        ("GB-ENG", (2020, 5, 4)),  # the early May day moved to the 8th
        ("GB-ENG", (2022, 5, 30)),  # the spring day moved to June
        ("DE-BE", (2024, 5, 8)),
        ("DE-TH", (2026, 6, 4)),
        ("DK", (2024, 4, 26)),  # the Great Prayer Day was abolished
        ("BR", (2026, 2, 17)),  # Carnival is optional
        ("BR", (2023, 11, 20)),
        ("MX", (2026, 11, 20)),
        ("JP", (2020, 10, 12)),
        ("KR", (2026, 9, 28)),
    ],
)
def test_a_day_that_only_looks_like_a_holiday_counts(calendar, day):
    assert why_not(calendar, *day) is None


def test_italys_fourth_of_october_is_a_holiday_again():
    italy = holiday_book().calendar(CalendarId("IT"))

    assert date(2026, 10, 4) in {day.on for day in italy.holidays}


def test_only_regions_that_differ_from_their_country_are_tried():
    book = holiday_book()

    assert len(book.regions("DE")) == 16
    assert book.regions("AT") == book.regions("SE") == book.regions("NO") == ()
    assert book.regions("GB") == ("GB-ENG", "GB-NIR", "GB-SCT", "GB-WLS")
    assert len(book.regions("EU")) == 30
    assert book.regions("PT") == ("PT-20", "PT-30")
    assert book.regions("IT") == ()
    assert all(name.startswith("CA-federal-") for name in book.regions("CA"))


def test_every_region_that_is_tried_has_a_calendar():
    book = holiday_book()
    names = [name for country in ("DE", "ES", "FR", "AU", "CA", "CH", "EU") for name in book.regions(country)]

    assert [book.calendar(name).id for name in names] == names


@pytest.mark.parametrize(
    ("country", "place", "name"),
    [
        ("CH", "CH-GE", "Genève"),
        ("FR", "FR-6AE", "Alsace"),
        ("AT", "AT-9", "Wien"),
        ("DE", "DE-BY", "Bayern"),
        ("CA", "CA-QC", "Quebec"),
    ],
)
def test_a_region_is_called_as_it_calls_itself(country, place, name):
    assert (place, name) in holiday_book().named_regions(country)


@pytest.mark.parametrize(("country", "known"), [("IT", []), ("JP", []), ("PT", ["PT-20", "PT-30"])])
def test_towns_and_provinces_without_days_of_their_own_are_no_regions(country, known):
    assert sorted(place for place, _ in holiday_book().named_regions(country)) == known


def test_every_region_with_a_name_has_a_calendar():
    book = HolidayCalendars()
    names = [CalendarId(place) for country in ("AT", "PT", "GB") for place, _ in book.named_regions(country)]

    assert [book.calendar(name).id for name in names] == names


@pytest.mark.parametrize(("typed", "nearest"), [("US-fedral", "US-federal"), ("DE-XX", "DE-"), ("GB", "")])
def test_an_unknown_calendar_names_the_nearest_known(typed, nearest):
    with pytest.raises(NotFound) as raised:
        holiday_book().calendar(CalendarId(typed))

    assert any(name.startswith(nearest) for name in raised.value.nearest) or not nearest


@pytest.mark.parametrize("calendar", ["IN", "KR", "SG", "JP", "MX", "ZA", "BR"])
def test_a_calendar_reaches_from_1990_to_2070_without_a_warning(calendar):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = HolidayCalendars().calendar(CalendarId(calendar))

    assert (found.first, found.last) == (date(1990, 1, 1), date(2070, 12, 31))


def test_this_year_and_next_have_their_holidays_everywhere():
    book = holiday_book()
    for name in ("US-federal", "CA-federal", "CA-QC", "NZ", "BR", "SG", "KR", "MX", "JP", "IN", "ZA"):
        years = {day.on.year for day in book.calendar(CalendarId(name)).holidays}

        assert {2026, 2027} <= years, name


def test_a_calendar_is_built_once():
    book = HolidayCalendars()

    assert book.calendar(CalendarId("EU")) is book.calendar(CalendarId("EU"))


def test_the_package_is_not_loaded_before_somebody_asks():
    program = (
        "import sys; from optout_desktop.adapters.holiday_calendars import HolidayCalendars; "
        "HolidayCalendars(); sys.exit('holidays' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
