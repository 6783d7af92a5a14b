# SPDX-License-Identifier: Apache-2.0
from optout_desktop.domain.registers import RIGHT_OF_KIND
from optout_desktop.domain.rights import RIGHTS_OF_GOAL, Goal, Right
from tests.lawbooks import shipped_laws


def test_every_goal_has_rights_that_serve_it():
    assert set(RIGHTS_OF_GOAL) == set(Goal)
    assert all(RIGHTS_OF_GOAL.values())


def test_every_right_is_offered_by_some_law_or_register():
    offered = {offered.right for law in shipped_laws().laws for offered in law.rights}

    assert offered | set(RIGHT_OF_KIND.values()) == set(Right)
