# SPDX-License-Identifier: Apache-2.0
"""References: made by chance, of symbols that nobody takes for one another."""

import re

from optout_desktop.services.references import new_reference


def test_a_reference_has_two_groups_of_symbols_that_nobody_takes_for_one_another():
    made = {new_reference() for _ in range(50)}

    assert all(re.fullmatch(r"OO(-[2-9A-HJKMNP-Z]{4}){2}", one) for one in made)
    assert len(made) == 50
