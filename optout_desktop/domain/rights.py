# SPDX-License-Identifier: Apache-2.0
"""Rights: what a person can ask, in one closed vocabulary for every law."""

from __future__ import annotations

from enum import StrEnum


class Right(StrEnum):
    """One thing that a person can ask a company, a register or a regulator for."""

    UNSUBSCRIBE_EMAIL = "unsubscribe_email"
    SMS_STOP = "sms_stop"
    DO_NOT_CALL_INTERNAL = "do_not_call_internal"
    OPTOUT_SALE = "optout_sale"
    OPTOUT_SHARING_TARGETED_ADS = "optout_sharing_targeted_ads"
    OPTOUT_PROFILING = "optout_profiling"
    LIMIT_SENSITIVE = "limit_sensitive"
    OBJECT_DIRECT_MARKETING = "object_direct_marketing"
    OBJECT_PROCESSING = "object_processing"
    WITHDRAW_CONSENT = "withdraw_consent"
    RESTRICT = "restrict"
    DELETE = "delete"
    ACCESS = "access"
    CORRECT = "correct"
    PORTABILITY = "portability"
    THIRD_PARTY_LIST = "third_party_list"
    AFFILIATE_MARKETING_OPTOUT = "affiliate_marketing_optout"
    NONAFFILIATE_SHARING_OPTOUT = "nonaffiliate_sharing_optout"
    PRESCREEN_OPTOUT = "prescreen_optout"
    DO_NOT_CALL_REGISTRY = "do_not_call_registry"
    BROKER_DELETION_PLATFORM = "broker_deletion_platform"
    MAIL_PREFERENCE_REGISTER = "mail_preference_register"
    ADVERTISING_CHOICE = "advertising_choice"
    BROWSER_SIGNAL = "browser_signal"
    APPEAL = "appeal"
    COMPLAINT_TO_CONTROLLER = "complaint_to_controller"
    COMPLAINT_TO_REGULATOR = "complaint_to_regulator"


REGISTER_RIGHTS = frozenset(
    {
        Right.PRESCREEN_OPTOUT,
        Right.DO_NOT_CALL_REGISTRY,
        Right.BROKER_DELETION_PLATFORM,
        Right.MAIL_PREFERENCE_REGISTER,
        Right.ADVERTISING_CHOICE,
        Right.BROWSER_SIGNAL,
    }
)
"""Rights that a register, a platform or a browser serves: nobody writes a letter for them."""

LATER_RIGHTS = frozenset({Right.APPEAL, Right.COMPLAINT_TO_CONTROLLER, Right.COMPLAINT_TO_REGULATOR})
"""Rights that a person comes to use after a request, as steps of it."""


class Goal(StrEnum):
    """What a person wants, in their words; the law that is proposed decides which right answers to it."""

    STOP_SELLING = "stop_selling"
    STOP_EMAIL = "stop_email"
    STOP_TEXTS = "stop_texts"
    STOP_CALLS = "stop_calls"
    OBJECT_MARKETING = "object_marketing"


RIGHTS_OF_GOAL: dict[Goal, tuple[Right, ...]] = {
    Goal.STOP_SELLING: (
        Right.OPTOUT_SALE,
        Right.OPTOUT_SHARING_TARGETED_ADS,
        Right.OBJECT_DIRECT_MARKETING,
        Right.OBJECT_PROCESSING,
    ),
    Goal.STOP_EMAIL: (Right.UNSUBSCRIBE_EMAIL, Right.OBJECT_DIRECT_MARKETING),
    Goal.STOP_TEXTS: (Right.SMS_STOP, Right.OBJECT_DIRECT_MARKETING),
    Goal.STOP_CALLS: (Right.DO_NOT_CALL_INTERNAL, Right.OBJECT_DIRECT_MARKETING),
    Goal.OBJECT_MARKETING: (
        Right.OBJECT_DIRECT_MARKETING,
        Right.OPTOUT_SHARING_TARGETED_ADS,
        Right.OPTOUT_SALE,
    ),
}
"""The rights that serve a goal, the most fitting first: a law has its own word for what a person wants."""
