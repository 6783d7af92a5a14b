# SPDX-License-Identifier: Apache-2.0
"""Makes the vault of this schema that is kept for ever, and says row by row what it holds.

Run it once for each version of the schema, before the version is released, and never again:

    python -m tests.museum.make tests/museum/v2
"""

from __future__ import annotations

import json
import shutil
import sys
from datetime import date, timedelta
from pathlib import Path

from optout_desktop.domain.accounts import ServerPurpose
from optout_desktop.domain.companies import Channel, Company, Contact
from optout_desktop.domain.company_lists import CompanyList, ListedCompany, ListSource
from optout_desktop.domain.ids import CompanyId, LawId
from optout_desktop.domain.letters import LetterChoice, LetterKind, RequestFact, Tone
from optout_desktop.domain.messages import BatchWay
from optout_desktop.domain.people import IdentityItem, PersonKind
from optout_desktop.domain.places import Place
from optout_desktop.domain.rights import Right
from optout_desktop.domain.secrets import Secret
from optout_desktop.services.own_templates import TemplateInput
from optout_desktop.services.people import PersonInput
from optout_desktop.services.sending import Way
from optout_desktop.storage.keyslots import KeySlots
from optout_desktop.storage.stores import SCHEMA, Stores
from optout_desktop.storage.vault import Vault
from tests.services import desks, mailrooms

PASSPHRASE = "seven quiet lanterns over water"
MADE_BY = "1.0"
ORACLE = "rows.json"
TODAY = desks.TODAY


def make(folder: Path) -> None:
    """Write a vault with rows in every table, and its oracle beside it."""
    folder.mkdir(parents=True)
    slots, key = KeySlots.create(Secret(PASSPHRASE))
    path = folder / "Museum.optout"
    with Vault.create(path, slots, key, schema=SCHEMA, stores=Stores, made_by=MADE_BY) as vault:
        clock = desks.a_clock()
        furnish(desks.open_desk(vault, desks.library(), desks.an_outside(clock)), clock)
        rows = rows_of(vault)
    shutil.rmtree(path / "backups")
    (path / "lock").unlink()
    text = json.dumps(rows, indent=1, ensure_ascii=False, sort_keys=True)
    (folder / ORACLE).write_text(text + "\n", encoding="utf-8")


def furnish(desk, clock) -> None:
    """Something of everything that the app keeps, by the services that people use."""
    jane, northwind = desks.add_jane(desk), desks.add_northwind(desk)
    lena = desk.people.add(
        PersonInput(name="Lena Mu\u0308ller \u200fשלום", emails=("lena@example.org",), place="DE-BY"),
        PersonKind.CLIENT,
    )
    account = mailrooms.add_account(desk, jane, label="Main", imap=mailrooms.imap(sent_folder="Envoyés"))
    desk.mailroom.accounts.try_out(account.id, ServerPurpose.IMAP, mailrooms.at_once)
    desk.preferences.put("due_soon_days", 10)
    desk.preferences.put("compact_rows", True)
    sale = desk.requests.start(desks.new_request(jane, northwind, identity=frozenset(IdentityItem)))
    desk.letters.save(sale.id, LetterKind.REQUEST, "Stop selling", "Please stop.\nThank you – Jane")
    desk.sending.confirm(sale.id, LetterKind.REQUEST, TODAY, Way.COPY)
    clock.move_to(TODAY + timedelta(days=9))
    desk.requests.record(sale.id, desks.entry("acknowledged", TODAY + timedelta(days=2), note="By mail"))
    asked = desks.entry("identity_asked", TODAY + timedelta(days=3), details=(("what", "passport = copy"),))
    desk.requests.record(sale.id, asked)
    desk.undoing.undo()
    desk.requests.record(sale.id, desks.entry("extended", TODAY + timedelta(days=4)))
    sending = desk.requests.detail(sale.id).request.history[0]
    corrected = desks.entry("sent", date(2026, 2, 27), to_address=sending.to_address, channel=Channel.EMAIL)
    desk.requests.correct(sale.id, sending.id, corrected)
    for text in ("Called them.", "Called them twice."):
        desk.requests.save_note(sale.id, text)
    desk.evidence.add_bytes(sale.id, "réponse.txt", "text/plain", b"Dear Jane,\r\n\x00\xff")
    again = desk.evidence.add_bytes(sale.id, "again.txt", "text/plain", b"Dear Jane,\r\n\x00\xff")
    desk.evidence.bin(again.id)
    access = desks.new_request(
        lena,
        northwind,
        right=Right.ACCESS,
        law=LawId("eu-gdpr"),
        channel=Channel.POST,
        place=Place("AT-9"),
        facts=((RequestFact.PERIOD, "2024\nbis 2025"), (RequestFact.WHICH_DATA, "Mein „Konto“ שלום")),
    )
    draft = desk.requests.start(access)
    own = TemplateInput(
        name="Meine",
        kind=LetterKind.REQUEST,
        right=None,
        language="en",
        subject="{{ reference }}",
        body="Grüße ü",
    )
    template = desk.own_templates.save(own)
    desk.letters.choose(
        draft.id, LetterKind.REQUEST, LetterChoice(language="en", tone=Tone.FIRM, template=template.id)
    )
    desk.attachments.add(
        draft.id, LetterKind.REQUEST, "Beleg ü.txt", "text/plain", b"Gr\xc3\xbc\xc3\x9fe\r\n"
    )
    desk.letters.save(draft.id, LetterKind.REQUEST, "Auskunft", "Ihre Worte")
    desk.sending.text(desk.letters.view(draft.id))
    binned = desk.requests.start(desks.new_request(jane, northwind, right=Right.DELETE))
    taken_back = desk.mailroom.outbox.queue(binned.id, LetterKind.REQUEST, account.id)
    desk.mailroom.outbox.undo(taken_back.id)
    desk.mailroom.batches.gather([binned.id], BatchWay.SMTP, account.id)
    desk.requests.bin([binned.id])
    bounced = desk.requests.start(desks.new_request(jane, northwind, right=Right.ACCESS))
    desk.sending.confirm(bounced.id, LetterKind.REQUEST, TODAY, Way.COPY)
    desk.requests.record(bounced.id, desks.entry("bounced", TODAY + timedelta(days=1)))
    listed = Company(
        id=CompanyId("listed"),
        name="Listed „Daten“ GmbH",
        contacts=(Contact(channel=Channel.EMAIL, value="datenschutz@listed.example"),),
    )
    desk.importing.apply(
        desk.importing.preview(
            CompanyList(
                source=ListSource.CSV,
                title="Liste",
                file_name="Liste ü.csv",
                dated_on=TODAY,
                companies=(ListedCompany(place="2", company=listed),),
                left_out=(),
            )
        )
    )
    shipped = desk.companies.search("google").companies[0]
    desk.companies.correct(
        shipped.id, desks.CompanyInput(name=shipped.name, email="privacy@corrected.example")
    )


def rows_of(vault) -> dict[str, list[list[object]]]:
    """Every row of every table as the database has it, in words that JSON has."""
    return {
        name: sorted(([_plain(value) for value in row] for row in rows), key=repr)
        for name, rows in desks.rows_of(vault).items()
    }


def _plain(value: object) -> object:
    return {"hex": value.hex()} if isinstance(value, bytes) else value


if __name__ == "__main__":
    make(Path(sys.argv[1]))
