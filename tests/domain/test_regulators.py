# SPDX-License-Identifier: Apache-2.0
from optout_desktop.domain.ids import RegulatorId
from optout_desktop.domain.laws import Verification
from optout_desktop.domain.regulators import Regulator


def test_a_regulator_that_nobody_checked_says_so():
    regulator = Regulator(id=RegulatorId("xx"), name="An authority", places=())

    assert regulator.verification is Verification.NOT_VERIFIED
    assert not regulator.verification.is_verified
