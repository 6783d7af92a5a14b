# SPDX-License-Identifier: Apache-2.0
"""Findings: the closed list of what a company can be found to have done wrong with a request.

A rule of a law names those that can be found under it; what the law says in its own words stays beside them as
prose. The same words stand in law files, in the vault and in what the terminal prints.
"""

from __future__ import annotations

from enum import StrEnum


class FindingKind(StrEnum):
    """One kind of possible breach."""

    LATE_ACKNOWLEDGEMENT = "late_acknowledgement"
    LATE_ANSWER = "late_answer"
    NO_ANSWER = "no_answer"
    INVALID_EXTENSION = "invalid_extension"
    MESSAGE_AFTER_OPTOUT = "message_after_optout"
    TEXT_AFTER_OPTOUT = "text_after_optout"
    CALL_AFTER_OPTOUT = "call_after_optout"
    CONFIRMATION_TEXT_ADVERTISING = "confirmation_text_advertising"
    CONFIRMATION_TEXT_LATE = "confirmation_text_late"
    ASKED_AGAIN_TOO_EARLY = "asked_again_too_early"
    FEE_ASKED = "fee_asked"
    EXCESSIVE_IDENTIFICATION = "excessive_identification"
    FORCED_FORM = "forced_form"
    UNSUBSCRIBE_BROKEN = "unsubscribe_broken"
    REFUSAL_WITHOUT_GROUND = "refusal_without_ground"
    REFUSAL_WITHOUT_APPEAL = "refusal_without_appeal"
    PARTIAL_ANSWER = "partial_answer"
    ANSWER_OTHER_LANGUAGE = "answer_other_language"
    WRONG_CONTACT = "wrong_contact"
