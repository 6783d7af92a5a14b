# SPDX-License-Identifier: Apache-2.0
import pytest

from optout_desktop.adapters.directories.countries import country_code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("United States of America", "US"),
        ("England", "GB"),
        ("Deutschland", "DE"),
        ("de", "DE"),
        ("N/A", ""),
        ("Atlantis", ""),
        ("", ""),
    ],
)
def test_a_country_is_known_by_the_names_that_lists_give_it(name, code):
    assert country_code(name) == code
