# SPDX-License-Identifier: Apache-2.0
"""All scenes that need a vault from which something may be sent, in the order in which they are taken."""

from __future__ import annotations

from collections.abc import Callable

from screenshots_batch import BATCH_SCENES
from screenshots_letters import LETTER_SCENES
from screenshots_redaction import REDACTION_SCENES
from screenshots_sending import SENDING_SCENES
from screenshots_stage import Stage
from screenshots_wizard import OWN_VAULT_SCENES

SENDABLE_SCENES: dict[str, Callable[[Stage], None]] = {
    **OWN_VAULT_SCENES,
    **SENDING_SCENES,
    **LETTER_SCENES,
    **BATCH_SCENES,
    **REDACTION_SCENES,
}
