# SPDX-License-Identifier: Apache-2.0
"""All drawers of the vault on one connection, as ``reading()`` and ``writing()`` hand them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from optout_desktop.storage.accounts import AccountStore
from optout_desktop.storage.answer_times import AnswerTimeStore
from optout_desktop.storage.attachments import AttachmentStore
from optout_desktop.storage.batches import BatchStore
from optout_desktop.storage.companies import CompanyStore
from optout_desktop.storage.dead_contacts import DeadContactStore
from optout_desktop.storage.evidence import EvidenceStore
from optout_desktop.storage.exchange import ExchangeStore
from optout_desktop.storage.facts import FactStore
from optout_desktop.storage.imports import ImportStore
from optout_desktop.storage.lanes import LaneStore
from optout_desktop.storage.letter_choices import LetterChoiceStore
from optout_desktop.storage.letters import LetterStore
from optout_desktop.storage.migrations import steps_between
from optout_desktop.storage.network_log import NetworkLogStore
from optout_desktop.storage.outbox import OutboxStore
from optout_desktop.storage.overview import OverviewStore, refill_search
from optout_desktop.storage.own_templates import OwnTemplateStore
from optout_desktop.storage.people import PeopleStore
from optout_desktop.storage.preferences import PreferenceStore
from optout_desktop.storage.requests import RequestStore
from optout_desktop.storage.schema import Schema
from optout_desktop.storage.search import SearchIndex, create_search
from optout_desktop.storage.tables import metadata

if TYPE_CHECKING:
    from sqlalchemy import Connection

SCHEMA = Schema(
    version=3,
    metadata=metadata,
    create_search=create_search,
    refill_search=refill_search,
    steps=steps_between,
)
"""What a vault of this version contains; a change of any table needs a new version and a migration."""


class Stores:
    """One small store a subject, alive for one transaction."""

    def __init__(self, connection: Connection) -> None:
        self.facts = FactStore(connection)
        self.people = PeopleStore(connection)
        self.accounts = AccountStore(connection)
        self.companies = CompanyStore(connection)
        self.imports = ImportStore(connection)
        self.dead_contacts = DeadContactStore(connection)
        self.requests = RequestStore(connection)
        self.overviews = OverviewStore(connection)
        self.answer_times = AnswerTimeStore(connection)
        self.search = SearchIndex(connection)
        self.letters = LetterStore(connection)
        self.letter_choices = LetterChoiceStore(connection)
        self.own_templates = OwnTemplateStore(connection)
        self.attachments = AttachmentStore(connection)
        self.outbox = OutboxStore(connection)
        self.lanes = LaneStore(connection)
        self.batches = BatchStore(connection)
        self.network_log = NetworkLogStore(connection)
        self.evidence = EvidenceStore(connection)
        self.exchange = ExchangeStore(connection)
        self.preferences = PreferenceStore(connection)
