# SPDX-License-Identifier: Apache-2.0
"""The one request of the golden exports; ``PYTHONPATH=. python tests/golden/exports/cases.py`` writes them anew."""

from datetime import date, datetime
from pathlib import Path

from optout_desktop.adapters.exchange_files import ExchangeFiles
from optout_desktop.domain.exchange import CalendarEntry, OutgoingRequest, uid_of
from optout_desktop.domain.ids import EventId, PersonId, RequestId, RuleId
from optout_desktop.domain.requests import EventKind
from tests.builders import a_company, a_person, a_request, an_event, an_overview

HERE = Path(__file__).parent
AT = datetime(2026, 3, 20, 12)
SENT_ON, REFUSED_ON = date(2026, 3, 2), date(2026, 3, 18)


def exports() -> dict[str, bytes]:
    """Each golden file by its name, as it is written now."""
    files = ExchangeFiles()
    person = a_person(id=PersonId("1" * 32))
    request = a_request(
        (
            an_event(EventKind.SENT, SENT_ON, id=EventId("a" * 32), sequence=1),
            an_event(
                EventKind.REFUSED,
                REFUSED_ON,
                id=EventId("b" * 32),
                sequence=2,
                reason="no_match",
                note="=1+1",
            ),
        ),
        id=RequestId("c" * 32),
        person=person.id,
        reference="OO-2345-6789",
    )
    one = OutgoingRequest(
        request=request,
        person=person,
        overview=an_overview(id=request.id, due_on=date(2026, 3, 23), flag_after_on=date(2026, 3, 24)),
        note="=They called.\nTwice.",
    )
    entry = CalendarEntry(
        uid=uid_of(request.id, RuleId("us-ca-ccpa-sale")),
        on=date(2026, 3, 24),
        title="OptOut deadline",
        text="Reference OO-2345-6789.\nNobody is late before the end of 2026-03-24.",
        sequence=2,
    )
    document = files.document(
        [one],
        people=[person],
        companies=[a_company(id=request.company)],
        rules=lambda: [("0" * 64, "{}")],
        made_at=AT,
        made_by="OptOut Desktop",
    )
    return {
        "requests.csv": b"".join(files.table([one], has_bom=True)),
        "requests.json": b"".join(document),
        "deadlines.ics": b"".join(files.calendar([entry], AT)),
    }


if __name__ == "__main__":
    for name, content in exports().items():
        (HERE / name).write_bytes(content)
