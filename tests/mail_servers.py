# SPDX-License-Identifier: Apache-2.0
"""Mail servers on this machine itself, for tests: real sockets, real TLS, certificates by trustme.

`ScriptedSmtp` answers each command as a script says and remembers what it saw. `TakingSmtp` is aiosmtpd, which takes
messages. `dovecot` is a real IMAP server in a folder of its own.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from optout_desktop.domain.accounts import MailServer, Security, ServerPurpose
from tests.mail_certificates import HOST, Certificates, unwarned

USER = "robin@example.org"
PASSWORD = "Fähre-nach-Föhr 7391"


def mail_server(port, *, security=Security.TLS, purpose=ServerPurpose.SMTP, host=HOST, **more):
    """The account's server as the app keeps it."""
    facts = {"user_name": USER, **more}
    return MailServer(purpose=purpose, host=host, port=port, security=security, **facts)


# ── a server that follows a script ───────────────────────────────────────────────────────────────────

DROP, SILENCE = b"<drop>", b"<silence>"
"""Answers that are none: hang up, or say nothing more."""


USUAL = {
    "GREETING": b"220 mail.example.org ready",
    "EHLO": b"250-mail.example.org\r\n250-STARTTLS\r\n250 SIZE 1000000",
    "TLS": b"250-mail.example.org\r\n250-AUTH PLAIN LOGIN\r\n250-8BITMIME\r\n250 SIZE 1000000",
    "STARTTLS": b"220 go ahead",
    "AUTH": b"235 welcome",
    "MAIL": b"250 ok",
    "RCPT": b"250 ok",
    "DATA": b"354 go on",
    "TEXT": b"250 2.0.0 queued as 4711",
    "RSET": b"250 ok",
    "QUIT": b"221 bye",
}
"""What a server says that has no objections."""


@dataclass
class ScriptedSmtp:
    """Answers by step: `GREETING`, `EHLO`, `TLS` (the second EHLO), `STARTTLS`, `AUTH`, `MAIL`, `RCPT 1`, …, `DATA`,
    `TEXT`, `RSET`, `QUIT`; an answer without line end gets one, a list is used up one a time.

    `texts` are the messages that arrived whole, dots undone; `commands` what was said, without the login.
    """

    context: ssl.SSLContext
    security: Security = Security.TLS
    script: dict[str, object] = field(default_factory=dict)
    commands: list[str] = field(default_factory=list)
    texts: list[bytes] = field(default_factory=list)
    begun_texts: int = 0
    connections: int = 0
    plain_bytes: bytes = b""
    before_tls: bytes = b""
    port: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            await _Visit(self, reader, writer).run()
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError, _Dropped):
            return

    def answer(self, step: str) -> bytes:
        name = step if step in self.script else step.split(maxsplit=1)[0]
        scripted = self.script.get(name, USUAL.get(name, b"502 what?"))
        if isinstance(scripted, list):
            scripted = scripted.pop(0) if scripted else USUAL[step.split(maxsplit=1)[0]]
        return scripted


class _Dropped(Exception):
    pass


class _Visit:
    def __init__(self, server: ScriptedSmtp, reader, writer) -> None:
        self.server, self.reader, self.writer = server, reader, writer
        self.is_encrypted = server.security is Security.TLS
        self.recipients = 0

    async def run(self) -> None:
        await self.say("GREETING")
        while line := await self.reader.readline():
            if not self.is_encrypted:
                self.server.before_tls += line
            await self.heed(line.rstrip(b"\r\n").decode("utf-8", "replace"))

    async def heed(self, words: str) -> None:
        verb = words.split(" ", maxsplit=1)[0].upper()
        self.server.commands.append(words if verb != "AUTH" else " ".join(words.split()[:2]))
        if verb == "EHLO":
            await self.say("TLS" if self.is_encrypted else "EHLO")
        elif verb == "STARTTLS":
            if (await self.say("STARTTLS")).startswith(b"220"):
                await self.writer.start_tls(self.server.context)
                self.is_encrypted = True
        elif verb == "AUTH" and words.upper() == "AUTH LOGIN":
            for prompt in (b"334 VXNlcm5hbWU6\r\n", b"334 UGFzc3dvcmQ6\r\n"):
                self.writer.write(prompt)
                await self.reader.readline()
            await self.say("AUTH")
        elif verb == "RCPT":
            self.recipients += 1
            await self.say(f"RCPT {self.recipients}")
        elif verb == "DATA":
            if (await self.say("DATA")).startswith(b"354"):
                await self.take_text()
        else:
            self.recipients = 0 if verb in {"MAIL", "RSET"} else self.recipients
            await self.say(verb)
            if verb == "QUIT":
                raise _Dropped

    async def take_text(self) -> None:
        if self.server.script.get("TEXT BEGUN") == DROP:
            await self.reader.readexactly(1)
            self.server.begun_texts += 1
            raise _Dropped
        lines = []
        while (line := await self.reader.readline()) != b".\r\n":
            if not line:
                raise _Dropped
            lines.append(line[1:] if line.startswith(b".") else line)
        self.server.texts.append(b"".join(lines))
        self.server.begun_texts += 1
        await self.say("TEXT")

    async def say(self, step: str) -> bytes:
        answer = self.server.answer(step)
        if answer == DROP:
            raise _Dropped
        if answer == SILENCE:
            await self.reader.read()
            raise _Dropped
        if callable(answer):
            await answer(self.writer)
            return b""
        self.writer.write(answer if answer.endswith(b"\n") else answer + b"\r\n")
        await self.writer.drain()
        return answer


@contextmanager
def scripted_smtp(context, security=Security.TLS, script=None) -> Iterator[ScriptedSmtp]:
    """A server that follows a script, on a free port."""
    server = ScriptedSmtp(context, security, script or {})
    with listening(server.serve, context if security is Security.TLS else None) as port:
        server.port = port
        yield server


@contextmanager
def listening(serve, context=None) -> Iterator[int]:
    """The port at which a coroutine serves, in a thread of its own."""
    loop = asyncio.new_event_loop()
    is_up, ports = threading.Event(), []

    async def once(reader, writer) -> None:
        try:
            await serve(reader, writer)
        finally:
            writer.transport.abort()

    async def run() -> None:
        server = await asyncio.start_server(once, "127.0.0.1", 0, ssl=context)
        ports.append(server.sockets[0].getsockname()[1])
        is_up.set()
        await stopped.wait()
        server.close()

    loop.set_exception_handler(lambda *_: None)
    stopped = asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(_whole(run())), daemon=True)
    thread.start()
    is_up.wait()
    try:
        yield ports[0]
    finally:
        loop.call_soon_threadsafe(stopped.set)
        thread.join()
        loop.close()


async def _whole(run) -> None:
    await run
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await asyncio.get_running_loop().shutdown_default_executor()


# ── a server that takes messages ─────────────────────────────────────────────────────────────────────


@dataclass
class TakingSmtp:
    """aiosmtpd, which takes whatever comes after a login; `taken` are sender, recipients and bytes."""

    taken: list[tuple[str, tuple[str, ...], bytes]] = field(default_factory=list)
    port: int = 0

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 - aiosmtpd's name
        self.taken.append((envelope.mail_from, tuple(envelope.rcpt_tos), bytes(envelope.content)))
        return "250 taken"


@contextmanager
def taking_smtp(context, security=Security.TLS) -> Iterator[TakingSmtp]:
    """aiosmtpd with TLS or STARTTLS, on a free port."""
    handler = TakingSmtp(port=free_port())
    is_tls = security is Security.TLS

    def check(_server, _session, _envelope, _mechanism, login) -> AuthResult:
        return AuthResult(success=(login.login, login.password) == (USER.encode(), PASSWORD.encode()))

    class _Controller(Controller):
        def factory(self) -> SMTP:
            starts = None if is_tls else context
            with unwarned():  # it does not see that a login over TLS from the first byte is encrypted
                return SMTP(
                    handler,
                    hostname=HOST,
                    tls_context=starts,
                    require_starttls=not is_tls,
                    auth_required=True,
                    auth_require_tls=not is_tls,
                    authenticator=check,
                    enable_SMTPUTF8=True,
                )

    controller = _Controller(
        handler, hostname="127.0.0.1", port=handler.port, ssl_context=context if is_tls else None
    )
    controller.start()
    try:
        yield handler
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# ── a real mailbox ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class Dovecot:
    """A running dovecot; `folder` is where it keeps the mail."""

    tls_port: int
    starttls_port: int
    folder: Path

    def server(self, security=Security.TLS, **more) -> MailServer:
        port = self.tls_port if security is Security.TLS else self.starttls_port
        return mail_server(port, security=security, purpose=ServerPurpose.IMAP, **more)

    def messages(self, folder: str = "Sent") -> list[bytes]:
        """What lies in a folder, read from the disk; an unseen one is not among them."""
        place = self.folder / "mail" / (f".{folder}" if folder else "")
        return [path.read_bytes() for path in sorted(place.glob("cur/*"))]


_DOVECOT = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{folder}/mail
mail_save_crlf = yes
ssl = required
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
ssl_min_protocol = TLSv1.2
auth_mechanisms = {mechanisms}
auth_failure_delay = 0
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {starttls_port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  prefix = {prefix}
  separator = {separator}
{folders}
}}
"""

MARKED_SENT = '  mailbox "Gesendete Dinge" {\n    special_use = \\Sent\n    auto = create\n  }'
PLAIN_SENT = "  mailbox Sent {\n    auto = create\n  }"


@contextmanager
def dovecot(
    certificates: Certificates,
    *,
    folders=MARKED_SENT,
    prefix="",
    separator=".",
    mechanisms="plain login",
) -> Iterator[Dovecot]:
    """A real IMAP server, run as the current user; as nobody where that is root, whose mail dovecot refuses."""
    program = shutil.which("dovecot") or "/usr/sbin/dovecot"
    import grp
    import pwd

    who = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    # a socket's path must be short, and nobody may not walk through pytest's own folders
    folder = Path(tempfile.mkdtemp(prefix="optout-imap-", dir="/tmp"))
    leaf = certificates.ca.issue_cert(HOST)
    leaf.private_key_pem.write_to_path(folder / "key.pem")
    (folder / "certificate.pem").write_bytes(b"".join(each.bytes() for each in leaf.cert_chain_pems))
    running = Dovecot(tls_port=free_port(), starttls_port=free_port(), folder=folder)
    facts = {
        "folder": folder,
        "user": who.pw_name,
        "group": grp.getgrgid(who.pw_gid).gr_name,
        "tls_port": running.tls_port,
        "starttls_port": running.starttls_port,
        "password": PASSWORD.replace(" ", "_"),
        "folders": folders,
        "prefix": prefix,
        "separator": separator,
        "mechanisms": mechanisms,
    }
    (folder / "dovecot.conf").write_text(_DOVECOT.format(**facts), encoding="utf-8")
    if os.getuid() == 0:
        for path in (folder, *folder.iterdir()):
            os.chown(path, who.pw_uid, who.pw_gid)
    command = [program, "-F", "-c", str(folder / "dovecot.conf")]
    own = {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **own)
    try:
        _until_it_answers(process, running)
        yield running
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


DOVECOT_PASSWORD = PASSWORD.replace(" ", "_")


def _until_it_answers(process, running) -> None:
    while process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", running.starttls_port), timeout=5) as link:
                if link.recv(1):
                    return
        except ConnectionRefusedError:
            threading.Event().wait(0.01)
    raise RuntimeError((running.folder / "log").read_text(encoding="utf-8"))
