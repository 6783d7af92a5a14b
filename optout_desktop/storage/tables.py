# SPDX-License-Identifier: Apache-2.0
"""Every table of the vault on one page.

Facts that were entered are never updated in place: events, notes and letters are only appended. ``overviews``
is a cache of what the events say; it is written in the same transaction as the event and can be dropped and
rebuilt. Days are text (``2026-11-25``), instants UTC text with microseconds; both sort as they should.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.util import OrderedSet

from optout_desktop.domain.accounts import PasswordHome, Security, ServerPurpose
from optout_desktop.domain.agenda import Bucket
from optout_desktop.domain.companies import Channel, Origin
from optout_desktop.domain.letters import AttachmentWhat, LetterKind, RequestFact, Tone, Way
from optout_desktop.domain.messages import BatchState, BatchWay, Delivery, DeliveryStep, Purpose
from optout_desktop.domain.people import PersonKind
from optout_desktop.domain.requests import Attention, EventKind, ProofGrade, RequestStatus
from optout_desktop.domain.rights import Right

from .columns import Word, Words

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)

facts = Table(
    "facts",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
    comment="what the vault says of itself: id, made_by, created_on, sample_day",
)

people = Table(
    "people",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", Word(PersonKind), nullable=False),
    Column("name", Text, nullable=False),
    Column("place", String, nullable=False),
    Column("language", String, nullable=False),
    Column("created_on", Date, nullable=False),
    Column("is_binned", Boolean, nullable=False, default=False),
)

person_contacts = Table(
    "person_contacts",
    metadata,
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("channel", Word(Channel), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("value", Text, nullable=False),
    comment="e-mail addresses (email) and phone numbers (call), the preferred one first",
)

person_addresses = Table(
    "person_addresses",
    metadata,
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("lines", Words, nullable=False),
    Column("postcode", Text, nullable=False),
    Column("city", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("country", String, nullable=False),
)

mail_accounts = Table(
    "mail_accounts",
    metadata,
    Column("id", String, primary_key=True),
    Column("person", ForeignKey("people.id"), nullable=False, index=True),
    Column("address", Text, nullable=False),
    Column("label", Text, nullable=False),
)

mail_servers = Table(
    "mail_servers",
    metadata,
    Column("account", ForeignKey("mail_accounts.id"), primary_key=True),
    Column("purpose", Word(ServerPurpose), primary_key=True),
    Column("host", Text, nullable=False),
    Column("port", Integer, nullable=False),
    Column("security", Word(Security), nullable=False),
    Column("user_name", Text, nullable=False),
    Column("password_home", Word(PasswordHome), nullable=False),
    Column("password", Text, nullable=False),
    Column("sent_folder", Text, nullable=False),
    comment="how an account is reached; the password is empty where the keyring keeps it",
)

companies = Table(
    "companies",
    metadata,
    Column("id", String, primary_key=True),
    Column("origin", Word(Origin), nullable=False),
    Column("name", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("changed_at", DateTime, nullable=False),
    comment="companies that the person added, and corrections that overlay a shipped one of the same id",
)

company_imports = Table(
    "company_imports",
    metadata,
    Column("id", String, primary_key=True),
    Column("source", String, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("imported_at", DateTime, nullable=False),
    Column("undone_at", DateTime),
)

imported_companies = Table(
    "imported_companies",
    metadata,
    Column("import", ForeignKey("company_imports.id"), primary_key=True),
    Column("company", String, primary_key=True),
    Column("record_before", Text),
    comment="what an import put into the vault, and what stood there before it, for its undo",
)

dead_contacts = Table(
    "dead_contacts",
    metadata,
    Column("company", String, primary_key=True),
    Column("channel", Word(Channel), primary_key=True),
    Column("value", Text, primary_key=True),
    Column("since_on", Date, nullable=False),
    Column("request", String, nullable=False),
    comment="addresses from which a message came back",
)

rule_snapshots = Table(
    "rule_snapshots",
    metadata,
    Column("digest", String, primary_key=True),
    Column("text", Text, nullable=False),
    comment="rules and non-working days that requests were sent under, shared by their SHA-256",
)

requests = Table(
    "requests",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("person", ForeignKey("people.id"), nullable=False),
    Column("company", String, nullable=False),
    Column("company_name", Text, nullable=False),
    Column("right", Word(Right), nullable=False),
    Column("law", String, nullable=False),
    Column("residence", String, nullable=False),
    Column("addressee_place", String, nullable=False),
    Column("channel", Word(Channel), nullable=False),
    Column("to_address", Text, nullable=False),
    Column("list_id", Text, nullable=False),
    Column("reference", String, nullable=False, unique=True),
    Column("identity", Words, nullable=False),
    Column("customer_number", Text, nullable=False),
    Column("created_on", Date, nullable=False),
    Column("binned_on", Date),
    Column("rules", String, nullable=False),
    Index("ix_requests_company_right", "company", "right"),
    sqlite_autoincrement=True,
)

request_facts = Table(
    "request_facts",
    metadata,
    Column("request", ForeignKey("requests.id"), primary_key=True),
    Column("fact", Word(RequestFact), primary_key=True),
    Column("text", Text, nullable=False),
    comment="what a person says of their own in a request, such as what is wrong and what is right",
)

events = Table(
    "events",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("request", ForeignKey("requests.id"), nullable=False, index=True),
    Column("kind", Word(EventKind), nullable=False),
    Column("on", Date, nullable=False),
    Column("recorded_at", DateTime, nullable=False),
    Column("until", Date),
    Column("reason", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("grade", Word(ProofGrade), nullable=False),
    Column("channel", Word(Channel)),
    Column("to_address", Text, nullable=False),
    Column("details", Words, nullable=False),
    Column("corrects", String),
    sqlite_autoincrement=True,
)

overviews = Table(
    "overviews",
    metadata,
    Column("row", ForeignKey("requests.row"), primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("person", String, nullable=False),
    Column("person_name", Text, nullable=False),
    Column("company", String, nullable=False),
    Column("company_name", Text, nullable=False),
    Column("right", Word(Right), nullable=False),
    Column("law", String, nullable=False),
    Column("channel", Word(Channel), nullable=False),
    Column("reference", String, nullable=False),
    Column("status", Word(RequestStatus), nullable=False),
    Column("attention", Word(Attention)),
    Column("bucket", Word(Bucket), nullable=False),
    Column("created_on", Date, nullable=False),
    Column("sent_on", Date),
    Column("due_on", Date),
    Column("flag_after_on", Date),
    Column("rule", String, nullable=False),
    Column("has_doubt", Boolean, nullable=False),
    Column("last_kind", Word(EventKind)),
    Column("last_on", Date),
    Column("met_on", Date),
    Column("is_binned", Boolean, nullable=False),
    # ``row`` lets each list come out in its order; the columns behind it let rows be picked in the index alone
    Index("ix_overviews_agenda", "is_binned", "bucket", "flag_after_on", "row", "due_on"),
    Index(
        "ix_overviews_filter",
        *("is_binned", "bucket", "flag_after_on", "row", "due_on", "status", "right", "law", "channel"),
    ),
    Index("ix_overviews_person", "person", "is_binned", "bucket", "flag_after_on", "row", "due_on"),
    Index(
        "ix_overviews_sent",
        *("is_binned", "sent_on", "row", "met_on", "flag_after_on", "bucket", "person"),
    ),
    Index("ix_overviews_last", "is_binned", "last_on", "row"),
    Index("ix_overviews_company_name", "is_binned", text("lower(company_name)"), "row"),
    Index("ix_overviews_company", "company", "is_binned"),
    comment="a cache: what the events of each request say, rebuilt by `optout vault check`",
)
# Between two indexes that serve a question alike SQLite takes the younger one, and a set has no order: the narrow
# one is made last.
overviews.indexes = OrderedSet(sorted(overviews.indexes, key=lambda index: str(index.name), reverse=True))

letter_drafts = Table(
    "letter_drafts",
    metadata,
    Column("request", ForeignKey("requests.id"), primary_key=True),
    Column("kind", Word(LetterKind), primary_key=True),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("changed_at", DateTime, nullable=False),
    comment="a letter's text as the person edited it, before it is sent",
)

letters = Table(
    "letters",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("request", ForeignKey("requests.id"), nullable=False, index=True),
    Column("event", String),
    Column("kind", Word(LetterKind), nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("language", String, nullable=False),
    Column("template", String, nullable=False),
    Column("template_version", Integer, nullable=False),
    Column("is_edited", Boolean, nullable=False),
    Column("channel", Word(Channel), nullable=False),
    Column("to_address", Text, nullable=False),
    Column("made_on", Date, nullable=False),
    Column("sha256", String, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    Column("way", Word(Way)),
    Column("is_binned", Boolean, nullable=False),
    comment="letters as they were handed over, byte for byte; without an entry until one says that it was sent",
    sqlite_autoincrement=True,
)

letter_choices = Table(
    "letter_choices",
    metadata,
    Column("request", ForeignKey("requests.id"), primary_key=True),
    Column("kind", Word(LetterKind), primary_key=True),
    Column("language", String, nullable=False),
    Column("tone", Word(Tone), nullable=False),
    Column("template", String),
    comment="how a person wants a letter written, before it is sent",
)

own_templates = Table(
    "own_templates",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Word(LetterKind), nullable=False),
    Column("right", Word(Right)),
    Column("language", String, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("changed_at", DateTime, nullable=False),
    Column("is_binned", Boolean, nullable=False),
)

attachments = Table(
    "attachments",
    metadata,
    Column("id", String, primary_key=True),
    Column("request", ForeignKey("requests.id"), nullable=False, index=True),
    Column("kind", Word(LetterKind), nullable=False),
    Column("what", Word(AttachmentWhat), nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", String, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("sha256", String, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    Column("added_at", DateTime, nullable=False),
    Column("is_binned", Boolean, nullable=False),
    comment="files that go along with a letter",
)

batches = Table(
    "batches",
    metadata,
    Column("id", String, primary_key=True),
    Column("way", Word(BatchWay), nullable=False),
    Column("state", Word(BatchState), nullable=False),
    Column("created_at", DateTime, nullable=False),
    Column("account", ForeignKey("mail_accounts.id")),
    Column("consented_at", DateTime),
    Column("delay_seconds", Integer, nullable=False),
    Column("daily_cap", Integer, nullable=False),
)

batch_items = Table(
    "batch_items",
    metadata,
    Column("batch", ForeignKey("batches.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("request", ForeignKey("requests.id"), nullable=False),
    Column("kind", Word(LetterKind), nullable=False),
)

outgoing = Table(
    "outgoing",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("request", ForeignKey("requests.id"), nullable=False, index=True),
    Column("kind", Word(LetterKind), nullable=False),
    Column("letter", String, nullable=False),
    Column("account", ForeignKey("mail_accounts.id"), nullable=False),
    Column("batch", ForeignKey("batches.id"), index=True),
    Column("sender", Text, nullable=False),
    Column("recipients", Words, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("not_before_at", DateTime, nullable=False),
    Column("delivery", Word(Delivery), nullable=False),
    Index("ix_outgoing_delivery", "delivery", "not_before_at"),
    comment="the outbox; `delivery` is a cache of the last event, written in the same transaction",
    sqlite_autoincrement=True,
)

outgoing_events = Table(
    "outgoing_events",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("message", ForeignKey("outgoing.id"), nullable=False, index=True),
    Column("step", Word(DeliveryStep), nullable=False),
    Column("at", DateTime, nullable=False),
    Column("code", Integer, nullable=False),
    Column("reply", Text, nullable=False),
    sqlite_autoincrement=True,
)

network_log = Table(
    "network_log",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("purpose", Word(Purpose), nullable=False),
    Column("host", Text, nullable=False),
    Column("port", Integer, nullable=False),
    Column("bytes_out", Integer, nullable=False),
    Column("bytes_in", Integer, nullable=False),
    Column("result", Text, nullable=False),
    comment="every connection that the app opened",
    sqlite_autoincrement=True,
)

evidence = Table(
    "evidence",
    metadata,
    Column("id", String, primary_key=True),
    Column("request", ForeignKey("requests.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("sha256", String, nullable=False, index=True),
    Column("media_type", String, nullable=False),
    Column("added_at", DateTime, nullable=False),
    Column("about_on", Date),
    Column("description", Text, nullable=False),
    Column("is_binned", Boolean, nullable=False),
)

pieces = Table(
    "pieces",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
    comment="the bytes of kept files in pieces of 1 MiB, once each",
)

notes = Table(
    "notes",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("request", ForeignKey("requests.id"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("saved_at", DateTime, nullable=False),
    comment="versions of a request's note; the last one stands",
    sqlite_autoincrement=True,
)

preferences = Table(
    "preferences",
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)
