# SPDX-License-Identifier: Apache-2.0
"""The letters that are kept word for word.

`python -m tests.golden.letters.cases` writes them anew: read the diff.
"""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from optout_desktop.catalog.templates import Templates
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.letters import (
    COUNTER_KINDS,
    Letter,
    LetterFacts,
    LetterKind,
    RequestFact,
    Shape,
    Tone,
)
from optout_desktop.domain.people import DisclosedIdentity

HERE = Path(__file__).parent
LETTERS = HERE.parents[2] / "resources" / "letters"

JANE = DisclosedIdentity(name="Jane Example", email="jane@example.org")


def facts(**changes) -> LetterFacts:
    """A Californian opt-out by e-mail, sent on 25 November 2026, with ``changes``."""
    sale = LetterFacts(
        kind=LetterKind.REQUEST,
        right="optout_sale",
        right_title="opt-out of sale and sharing",
        right_citation="Cal. Civ. Code 1798.120",
        law="us-ca-ccpa",
        law_title="California Consumer Privacy Act",
        law_short_title="CCPA",
        rule_citation="11 CCR 7026(f)(1)",
        period_amount=15,
        period_unit="business-days",
        answer_by_on=date(2026, 12, 17),
        written_on=date(2026, 11, 25),
        reference="OO-7F3K-22",
        company_name="Northwind Data LLC",
        channel=Channel.EMAIL,
        identity=JANE,
        no_reask_months=12,
    )
    return replace(sale, **changes)


def reminder_of(request: LetterFacts) -> LetterFacts:
    """The reminder of eight days after the due day, or of 12 January 2027 where the law has no number."""
    due_on = request.answer_by_on
    return replace(
        request,
        kind=LetterKind.REMINDER,
        written_on=due_on + timedelta(days=8) if due_on else date(2027, 1, 12),
        asked_on=request.written_on,
        was_due_on=due_on,
        days_late=8 if due_on else 0,
        answer_by_on=None,
        no_reask_months=None,
    )


_GDPR = {
    "law": "eu-gdpr",
    "law_title": "General Data Protection Regulation",
    "law_short_title": "GDPR",
    "rule_citation": "GDPR art. 12(3)",
    "period_amount": 1,
    "period_unit": "months",
    "answer_by_on": date(2026, 12, 28),
    "no_reask_months": None,
}
_UK = _GDPR | {"law": "uk-gdpr", "law_short_title": "UK GDPR", "rule_citation": "UK GDPR art. 12A"}
_CCPA_ANSWER = {
    "rule_citation": "Cal. Civ. Code 1798.130(a)(2)(A)",
    "period_amount": 45,
    "period_unit": "days",
    "answer_by_on": date(2027, 1, 11),
    "no_reask_months": None,
}

_VIRGINIA = {
    "law": "us-va-vcdpa",
    "law_title": "Virginia Consumer Data Protection Act",
    "law_short_title": "VCDPA",
    "rule_citation": "Va. Code 59.1-577(B)(1)",
    "period_amount": 45,
    "period_unit": "days",
    "answer_by_on": date(2027, 1, 11),
    "no_reask_months": None,
}

REQUESTS: dict[str, LetterFacts] = {
    "can-spam-unsubscribe": facts(
        right="unsubscribe_email",
        right_title="opt-out of commercial e-mail",
        right_citation="15 U.S.C. 7704(a)(4)",
        law="us-can-spam",
        law_title="CAN-SPAM Act of 2003",
        law_short_title="CAN-SPAM Act",
        rule_citation="15 U.S.C. 7704(a)(4)(A)",
        period_amount=10,
        answer_by_on=date(2026, 12, 10),
        list_id="offers.northwind.example",
        no_reask_months=None,
    ),
    "tcpa-texts": facts(
        right="sms_stop",
        right_title="revocation of consent to texts",
        right_citation="47 CFR 64.1200(a)(10)",
        law="us-tcpa",
        law_title="Telephone Consumer Protection Act",
        law_short_title="TCPA",
        rule_citation="47 CFR 64.1200(a)(10)",
        period_amount=10,
        answer_by_on=date(2026, 12, 10),
        identity=replace(JANE, phone="+12025550123"),
        no_reask_months=None,
    ),
    "do-not-call": facts(
        right="do_not_call_internal",
        right_title="company-specific do-not-call request",
        right_citation="47 CFR 64.1200(d)(3)",
        law="us-dnc-internal",
        law_title="Internal do-not-call rules",
        law_short_title="TCPA rules",
        rule_citation="47 CFR 64.1200(d)(3)",
        period_amount=10,
        answer_by_on=date(2026, 12, 10),
        identity=replace(JANE, phone="+12025550123"),
        no_reask_months=None,
    ),
    "ccpa-sale": facts(),
    "ccpa-limit": facts(
        right="limit_sensitive",
        right_title="limit on the use of sensitive personal information",
        right_citation="Cal. Civ. Code 1798.121",
        rule_citation="11 CCR 7027(g)(1)",
    ),
    "ccpa-delete": facts(
        right="delete", right_title="deletion", right_citation="Cal. Civ. Code 1798.105", **_CCPA_ANSWER
    ),
    "ccpa-access": facts(
        right="access",
        right_title="request to know",
        right_citation="Cal. Civ. Code 1798.110",
        **_CCPA_ANSWER,
    ),
    "virginia-sale": facts(
        right_title="opt-out of sale and targeted advertising",
        right_citation="Va. Code 59.1-577(A)(5)",
        **_VIRGINIA,
    ),
    "connecticut-sale-for-a-client": facts(
        right_title="opt-out of sale and targeted advertising",
        right_citation="Conn. Gen. Stat. 42-518(a)(5)",
        law="us-ct-ctdpa",
        law_title="Connecticut Data Privacy Act",
        law_short_title="CTDPA",
        rule_citation="Conn. Gen. Stat. 42-518(c)(1)",
        period_amount=45,
        period_unit="days",
        answer_by_on=date(2027, 1, 11),
        no_reask_months=None,
        is_for_client=True,
        client_name="Jane Example",
        writer_name="Ann Advocate",
    ),
    "gdpr-marketing": facts(
        right="object_direct_marketing",
        right_title="objection to direct marketing",
        right_citation="GDPR art. 21(2)",
        **_GDPR,
    ),
    "uk-gdpr-marketing": facts(
        right="object_direct_marketing",
        right_title="objection to direct marketing",
        right_citation="UK GDPR art. 21(2)",
        **_UK,
    ),
    "gdpr-withdraw-consent": facts(
        right="withdraw_consent",
        right_title="withdrawal of consent",
        right_citation="GDPR art. 7(3)",
        **_GDPR
        | {
            "rule_citation": "GDPR art. 7(3)",
            "period_amount": None,
            "period_unit": "immediately",
            "answer_by_on": None,
        },
    ),
    "gdpr-erasure": facts(right="delete", right_title="erasure", right_citation="GDPR art. 17(1)", **_GDPR),
    "gdpr-access": facts(
        right="access", right_title="access to personal data", right_citation="GDPR art. 15(1)", **_GDPR
    ),
    "gdpr-correction": facts(
        right="correct",
        right_title="rectification",
        right_citation="GDPR art. 16",
        facts=(
            (RequestFact.WRONG_DATA, "You write my name as Jane Sample."),
            (RequestFact.RIGHT_DATA, "It is Jane Example."),
        ),
        **_GDPR,
    ),
    "gdpr-portability": facts(
        right="portability", right_title="data portability", right_citation="GDPR art. 20(1)", **_GDPR
    ),
    "gdpr-restriction": facts(
        right="restrict",
        right_title="restriction of processing",
        right_citation="GDPR art. 18(1)",
        facts=((RequestFact.SITUATION, "I contest that the data are accurate."),),
        **_GDPR,
    ),
    "gdpr-objection": facts(
        right="object_processing",
        right_title="objection to processing",
        right_citation="GDPR art. 21(1)",
        facts=((RequestFact.SITUATION, "My address must not become known."),),
        **_GDPR,
    ),
    "virginia-profiling": facts(
        right="optout_profiling",
        right_title="opt-out of profiling",
        right_citation="Va. Code 59.1-577(A)(5)",
        **_VIRGINIA,
    ),
    "virginia-advertising": facts(
        right="optout_sharing_targeted_ads",
        right_title="opt-out of sale and targeted advertising",
        right_citation="Va. Code 59.1-577(A)(5)",
        **_VIRGINIA,
    ),
    "shine-the-light": facts(
        right="third_party_list",
        right_title="list of disclosures for direct marketing",
        right_citation="Cal. Civ. Code 1798.83(a)",
        law="us-ca-shine-the-light",
        law_title="Shine the Light",
        law_short_title="Shine the Light",
        rule_citation="Cal. Civ. Code 1798.83(b)(1)(C)",
        period_amount=30,
        period_unit="days",
        answer_by_on=date(2026, 12, 28),
        no_reask_months=None,
    ),
    "affiliates": facts(
        right="affiliate_marketing_optout",
        right_title="opt-out of affiliate marketing",
        right_citation="15 U.S.C. 1681s-3",
        law="us-fcra-affiliate",
        law_title="Fair Credit Reporting Act, affiliate marketing",
        law_short_title="FCRA affiliate marketing",
        rule_citation="12 CFR 1022.22",
        period_amount=None,
        period_unit="none-stated",
        answer_by_on=None,
        no_reask_months=None,
    ),
    "nonaffiliates": facts(
        right="nonaffiliate_sharing_optout",
        right_title="opt-out of disclosure to nonaffiliated third parties",
        right_citation="15 U.S.C. 6802(b)",
        law="us-glba-reg-p",
        law_title="Gramm-Leach-Bliley Act, Regulation P",
        law_short_title="GLBA / Reg P",
        rule_citation="12 CFR 1016.7",
        period_amount=None,
        period_unit="as-soon-as-practicable",
        answer_by_on=None,
        no_reask_months=None,
    ),
}

_ASKED_ON = date(2026, 11, 25)
FOLLOW_UPS: dict[str, LetterFacts] = {
    "virginia-sale": replace(
        REQUESTS["virginia-sale"],
        kind=LetterKind.APPEAL,
        written_on=date(2026, 12, 14),
        asked_on=_ASKED_ON,
        refused_on=date(2026, 12, 10),
        refusal_reason="no_match",
        rule_citation="Va. Code 59.1-577(C)",
        later_citation="Va. Code 59.1-577(C)",
        period_amount=60,
        answer_by_on=date(2027, 2, 12),
        regulator_name="Office of the Attorney General of Virginia",
    ),
    "uk-gdpr-marketing": replace(
        REQUESTS["uk-gdpr-marketing"],
        kind=LetterKind.COMPLAINT,
        written_on=date(2027, 1, 12),
        asked_on=_ASKED_ON,
        was_due_on=date(2026, 12, 29),
        rule_citation="DPA 2018 s. 164A(3)",
        later_citation="DPA 2018 s. 164A",
        period_amount=30,
        period_unit="days",
        answer_by_on=date(2027, 2, 11),
    ),
    "gdpr-access": replace(
        REQUESTS["gdpr-access"],
        kind=LetterKind.EXTENSION_OBJECTION,
        written_on=date(2026, 12, 14),
        asked_on=_ASKED_ON,
        extended_on=date(2026, 12, 11),
        extended_until=date(2027, 2, 25),
        extension_doubt="no_reason",
        unextended_due_on=date(2026, 12, 28),
        later_citation="GDPR art. 12(3)",
    ),
}
"""Letters that follow a request: an appeal, a complaint to the company, an objection to an extension."""

_ANSWERED = {"asked_on": _ASKED_ON, "written_on": date(2026, 12, 4), "answered_on": date(2026, 12, 2)}
_SAID = {
    LetterKind.COUNTER_IDENTITY: {"demanded": "Please send a copy of your passport."},
    LetterKind.COUNTER_FORM: {"demanded": "Requests are taken in the account only."},
    LetterKind.COUNTER_WRONG_ENTITY: {"demanded": "Please turn to Northwind Holding."},
    LetterKind.COUNTER_EXEMPT: {"demanded": "The data are exempt."},
    LetterKind.COUNTER_FEE: {"fee": "20 euros"},
    LetterKind.COUNTER_LANGUAGE: {"reply_language": "de"},
}

ANSWERS: dict[str, LetterFacts] = {
    f"{name}.{kind}": replace(REQUESTS[name], kind=kind, **_ANSWERED, **_SAID.get(kind, {}))
    for kind in COUNTER_KINDS
    for name in ("gdpr-erasure", "virginia-sale")
} | {
    f"{name}.{kind}": replace(REQUESTS[name], kind=kind, **_ANSWERED, **_SAID.get(kind, {}))
    for name, kind in (
        ("ccpa-sale", LetterKind.COUNTER_IDENTITY),
        ("can-spam-unsubscribe", LetterKind.COUNTER_FORM),
        ("tcpa-texts", LetterKind.COUNTER_FORM),
        ("can-spam-unsubscribe", LetterKind.COUNTER_FEE),
        ("ccpa-delete", LetterKind.COUNTER_FEE),
        ("do-not-call", LetterKind.COUNTER_FEE),
        ("ccpa-delete", LetterKind.COUNTER_PARTIAL),
        ("connecticut-sale-for-a-client", LetterKind.COUNTER_IDENTITY),
    )
}
"""The answers to a deflection: each one under the GDPR and under an American law, and where a law says more."""

KEPT: dict[str, LetterFacts] = {
    f"{name}.{LetterKind.WHAT_WAS_KEPT}": replace(
        REQUESTS[name],
        kind=LetterKind.WHAT_WAS_KEPT,
        asked_on=_ASKED_ON,
        written_on=date(2026, 12, 4),
        done_on=date(2026, 12, 1),
    )
    for name in ("gdpr-erasure", "ccpa-delete", "virginia-sale")
}

LAST_WORDS: dict[str, LetterFacts] = {
    f"{name}.{LetterKind.SECOND_REMINDER}": replace(
        reminder_of(REQUESTS[name]), kind=LetterKind.SECOND_REMINDER, regulator_name=regulator
    )
    for name, regulator in (
        ("gdpr-erasure", "Data Protection Commission"),
        ("can-spam-unsubscribe", ""),
        ("connecticut-sale-for-a-client", "Office of the Attorney General of Connecticut"),
    )
}

_WHICH = ((RequestFact.WHICH_LISTS, "The newsletter and the weekly offers."),)
OTHERWISE: dict[str, LetterFacts] = {
    "ccpa-sale.request.firm": replace(REQUESTS["ccpa-sale"], tone=Tone.FIRM),
    "gdpr-erasure.reminder.firm": replace(reminder_of(REQUESTS["gdpr-erasure"]), tone=Tone.FIRM),
    "gdpr-erasure.request.client": replace(
        REQUESTS["gdpr-erasure"],
        tone=Tone.FIRM,
        is_for_client=True,
        client_name="Jane Example",
        writer_name="Ann Advocate",
        attachments=("authorisation.pdf", "identity card.pdf"),
        reply_language="de",
        regulator_name="Data Protection Commission",
    ),
    "can-spam-unsubscribe.request.lists": replace(REQUESTS["can-spam-unsubscribe"], facts=_WHICH),
    "gdpr-access.request.short": replace(REQUESTS["gdpr-access"], shape=Shape.SHORT),
    "connecticut-sale-for-a-client.request.short": replace(
        REQUESTS["connecticut-sale-for-a-client"], shape=Shape.SHORT
    ),
}
"""The same letters in another tone, for a client, for some lists only, and for a form."""

SCRIPTS: dict[str, LetterFacts] = {
    "gdpr-erasure.second_reminder.script": replace(
        LAST_WORDS["gdpr-erasure.second_reminder"], shape=Shape.SCRIPT
    ),
    "do-not-call.reminder.script": replace(reminder_of(REQUESTS["do-not-call"]), shape=Shape.SCRIPT),
} | {f"{name}.request.script": replace(request, shape=Shape.SCRIPT) for name, request in REQUESTS.items()}
"""What to say on the telephone, for every right."""

SHORT_LIMIT_CHARACTERS = 500

CASES: dict[str, LetterFacts] = (
    {
        f"{name}.{written.kind}": written
        for name, request in REQUESTS.items()
        for written in (request, reminder_of(request))
    }
    | {f"{name}.{written.kind}": written for name, written in FOLLOW_UPS.items()}
    | ANSWERS
    | KEPT
    | LAST_WORDS
    | OTHERWISE
)


EVERYTHING = CASES | SCRIPTS
"""Letters and call scripts."""


def as_text(letter: Letter) -> str:
    """How a golden file shows a letter."""
    return f"Subject: {letter.subject}\n\n{letter.body}"


def expected(case: str) -> str:
    """What the golden file of ``case`` says."""
    return (HERE / f"{case}.txt").read_text("utf-8")


if __name__ == "__main__":
    templates = Templates(LETTERS)
    for case, written in EVERYTHING.items():
        letter = templates.fill(written, limit=SHORT_LIMIT_CHARACTERS)
        (HERE / f"{case}.txt").write_text(as_text(letter), "utf-8")
