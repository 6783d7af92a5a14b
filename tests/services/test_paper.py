# SPDX-License-Identifier: Apache-2.0
"""Paper: US Letter in North America, A4 elsewhere."""

import pytest

from optout_desktop.domain.letters import PageFormat
from optout_desktop.domain.places import Place
from optout_desktop.services.paper import usual_format


@pytest.mark.parametrize(
    ("home", "usual"),
    [
        ("US-CA", PageFormat.US_LETTER_10),
        ("CA-QC", PageFormat.US_LETTER_10),
        ("MX", PageFormat.US_LETTER_10),
        ("DE", PageFormat.A4_DIN_5008),
        ("BR", PageFormat.A4_DIN_5008),
    ],
)
def test_the_usual_paper_is_that_of_the_country_that_somebody_lives_in(home, usual):
    assert usual_format(Place(home)) is usual
