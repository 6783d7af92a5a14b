# SPDX-License-Identifier: Apache-2.0
from optout_desktop.domain.ids import register_in


def test_a_register_is_known_by_the_beginning_of_its_id():
    assert register_in("register:us-dnc") == "us-dnc"


def test_a_company_or_a_law_is_no_register():
    assert register_in("us-dnc-registry") is None
    assert register_in("own-register:1") is None
