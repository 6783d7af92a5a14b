# SPDX-License-Identifier: Apache-2.0
"""Names for keys, so that a company's id is never handed over where a request's is wanted.

Ids of things that the vault keeps are 32 hexadecimal digits (a UUID without dashes);
ids of things that the app ships (laws, rules, companies of the directory, regulators) are
readable slugs such as ``us-ca-ccpa``.
"""

from typing import NewType

RequestId = NewType("RequestId", str)
EventId = NewType("EventId", str)
PersonId = NewType("PersonId", str)
CompanyId = NewType("CompanyId", str)
EvidenceId = NewType("EvidenceId", str)
LetterId = NewType("LetterId", str)
NoteId = NewType("NoteId", str)
MailAccountId = NewType("MailAccountId", str)
OutgoingId = NewType("OutgoingId", str)
BatchId = NewType("BatchId", str)
TemplateId = NewType("TemplateId", str)
AttachmentId = NewType("AttachmentId", str)
ImportId = NewType("ImportId", str)
LawId = NewType("LawId", str)
RuleId = NewType("RuleId", str)
RegulatorId = NewType("RegulatorId", str)
CalendarId = NewType("CalendarId", str)
RegisterId = NewType("RegisterId", str)

REGISTER_PREFIX = "register:"
"""Begins the company and the law of a request that is a registration: ``register:us-dnc``."""


def register_in(company_or_law: str) -> RegisterId | None:
    """The register that a company's or a law's id stands for, or None for a company or a law proper."""
    if not company_or_law.startswith(REGISTER_PREFIX):
        return None
    return RegisterId(company_or_law.removeprefix(REGISTER_PREFIX))
