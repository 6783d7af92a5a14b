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
LawId = NewType("LawId", str)
RuleId = NewType("RuleId", str)
RegulatorId = NewType("RegulatorId", str)
CalendarId = NewType("CalendarId", str)
