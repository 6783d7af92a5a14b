# SPDX-License-Identifier: Apache-2.0
"""Hand-made stand-ins for what lies outside the app: they keep what they are given, for a test to see."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from optout_desktop.domain.errors import HandOverError, KeyringMissing
from optout_desktop.domain.evidence import PIECE_BYTES, OpenedFile
from optout_desktop.domain.explaining import Annex
from optout_desktop.domain.letters import Letter, PageAddress
from optout_desktop.domain.messages import DeliveryStep, FiledCopy, SendResult
from optout_desktop.domain.secrets import Secret


@dataclass
class FakeKeychain:
    """A keyring in memory; an empty ``title`` is a machine without one, ``forgets`` one that keeps nothing."""

    title: str = "Test Keyring"
    forgets: bool = False
    kept: dict[str, Secret] = field(default_factory=dict)

    def name(self) -> str:
        if not self.title:
            raise KeyringMissing
        return self.title

    def keep(self, vault_id: str, secret: Secret) -> None:
        self.name()
        if not self.forgets:
            self.kept[vault_id] = secret

    def fetch(self, vault_id: str, remembered: str = "") -> Secret | None:
        self.name()
        return self.kept.get(vault_id)

    def forget(self, vault_id: str) -> None:
        self.name()
        self.kept.pop(vault_id, None)


@dataclass
class FakePages:
    """Pages whose bytes are the words that would be printed."""

    def letter(self, letter: Letter, address: PageAddress, *, annexes=(), is_registered=False) -> bytes:
        lines = (*address.sender_lines, *address.recipient_lines, address.date_text, address.reference)
        marks = ("Registered",) if is_registered else ()
        return "\n".join((*marks, *lines, letter.subject, letter.body, *annexes)).encode()

    def preview(self, letter: Letter, address: PageAddress, **more) -> tuple[bytes, ...]:
        return (self.letter(letter, address, **more),)

    def annex(self, annex: Annex) -> bytes:
        words = annex.words
        return "\n".join((words.title, annex.reference, *(line.text for line in words.lines))).encode()


@dataclass
class FakeFiles:
    """A disk in memory."""

    content: dict[Path, bytes] = field(default_factory=dict)

    def open(self, path: Path) -> OpenedFile:
        if path not in self.content:
            raise HandOverError(f"{path.name} cannot be read.")
        whole = self.content[path]
        pieces = (whole[start : start + PIECE_BYTES] for start in range(0, len(whole), PIECE_BYTES))
        return OpenedFile(name=path.name, size_bytes=len(whole), media_type="text/plain", pieces=pieces)

    def write(self, path: Path, pieces) -> None:
        self.content[path] = b"".join(pieces)


@dataclass
class FakeHandover:
    """A private folder in memory."""

    content: dict[str, bytes] = field(default_factory=dict)

    def put(self, name: str, content: bytes) -> Path:
        self.content[name] = content
        return Path("handover") / name

    def clear(self) -> None:
        self.content.clear()


@dataclass
class FakePreferenceFile:
    """A settings file in memory."""

    values: dict[str, object] = field(default_factory=dict)

    def load(self) -> dict[str, object]:
        return dict(self.values)

    def save(self, values) -> None:
        self.values = dict(values)


@dataclass
class FakeMailServers:
    """Servers that take everything; ``answers`` are results or errors for the next tries."""

    sent: list[tuple[str, tuple[str, ...], bytes]] = field(default_factory=list)
    filed: list[tuple[str, bytes]] = field(default_factory=list)
    answers: list[SendResult | Exception] = field(default_factory=list)

    def send(self, _server, _password, sender, recipients, content, before_text) -> SendResult:
        answer = self.answers.pop(0) if self.answers else SendResult(step=DeliveryStep.ACCEPTED, code=250)
        if isinstance(answer, Exception):
            raise answer
        if answer.step in {DeliveryStep.ACCEPTED, DeliveryStep.UNCERTAIN}:
            before_text()
            self.sent.append((sender, recipients, content))
        return answer

    @contextmanager
    def session(self, server, password):
        yield _Session(self, server, password)

    def file_copy(self, _server, _password, content, message_id) -> FiledCopy:
        self.filed.append((message_id, content))
        return FiledCopy(folder="Sent")

    def try_out(self, _server, _password) -> tuple[int, int]:
        return (0, 0)


@dataclass
class _Session:
    """A line to such a server."""

    servers: FakeMailServers
    server: object
    password: Secret

    def send(self, *message) -> SendResult:
        return self.servers.send(self.server, self.password, *message)

    def lines(self) -> tuple[tuple[int, int], ...]:
        return ((0, 0),)
