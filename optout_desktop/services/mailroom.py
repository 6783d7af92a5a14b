# SPDX-License-Identifier: Apache-2.0
"""The mailroom: the services that send through a person's own accounts, built over one open vault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from optout_desktop.storage.stores import Stores
from optout_desktop.storage.vault import Vault

from .accounts import AccountService
from .assessing import Assessor
from .batch_review import BatchReviewer
from .batches import BatchService
from .companies import CompanyService
from .courier import Courier
from .dispatch import Dispatch
from .laws import LawService
from .letters import LetterService
from .network_log import NetworkLogService
from .outbox import OutboxService, Recovered
from .outgoing import Acceptance, MessageMaker
from .ports import Clock, Outside
from .requests import RequestService
from .sending import SendingService


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailroom:
    """Everything about sending by mail account; ``recovered`` is what an earlier run had left under way."""

    accounts: AccountService
    outbox: OutboxService
    batches: BatchService
    courier: Courier
    network_log: NetworkLogService
    recovered: Recovered


def open_mailroom(  # noqa: PLR0913, PLR0917 - here the services are joined
    vault: Vault[Stores],
    outside: Outside,
    clock: Clock,
    assessor: Assessor,
    laws: LawService,
    companies: CompanyService,
    requests: RequestService,
    letters: LetterService,
    sending: SendingService,
    is_sample: Callable[[], bool],
) -> Mailroom:
    """The services over an open vault; what an earlier run left under way is set right first."""
    log = NetworkLogService(vault, clock)
    accounts = AccountService(vault, outside.keychain, outside.servers, outside.addresses, log, is_sample)
    maker = MessageMaker(vault, outside.mail, clock)
    acceptance = Acceptance(vault, requests, clock)
    outbox = OutboxService(vault, letters, maker, acceptance, clock, is_sample)
    dispatch = Dispatch(vault, letters, accounts, maker, acceptance, clock)
    reviewer = BatchReviewer(vault, letters, outside.addresses)
    return Mailroom(
        accounts=accounts,
        outbox=outbox,
        batches=BatchService(
            vault,
            assessor,
            laws,
            companies,
            requests,
            letters,
            sending,
            reviewer,
            maker,
            outside.addresses,
            clock,
            is_sample,
        ),
        courier=Courier(dispatch, accounts, outside.servers),
        network_log=log,
        recovered=outbox.recover(),
    )
