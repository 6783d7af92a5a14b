# SPDX-License-Identifier: Apache-2.0
"""Hands messages to a person's own mail server by SMTP (RFC 5321), encrypted or not at all.

``session`` → ``Session.send`` for each message → ``SendResult``. Nothing but a greeting crosses before encryption; no
text leaves before ``before_text`` has returned; from its first byte on the only answers are the server's verdict
and *uncertain*. Everything that failed earlier is either a result that says so or a ``MailServerError``.
"""

from __future__ import annotations

import smtplib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from optout_desktop.domain.accounts import MailServer, Security
from optout_desktop.domain.errors import (
    EncryptionRefused,
    InputError,
    LoginRefused,
    MailServerError,
    ServerRefused,
    ServerUnreachable,
)
from optout_desktop.domain.messages import DeliveryStep, RefusedRecipient, SendResult
from optout_desktop.domain.secrets import Secret

from .envelopes import Envelope, cleaned, envelope
from .lines import USUAL_TERMS, Line, Terms, dial

OUR_NAME = "[127.0.0.1]"
"""How the app introduces itself: this machine's name is nobody's business (RFC 5321 section 4.1.3 allows it)."""

MOST_ANSWER_BYTES = 64 * 1024

_CLOSING = 421
_NO_LOGIN = {530, 534, 535}
_NOT_OFFERED = 553
_TOO_LARGE = 552


def send(
    server: MailServer,
    password: Secret,
    sender: str,
    recipients: tuple[str, ...],
    content: bytes,
    before_text: Callable[[], None],
    *,
    terms: Terms = USUAL_TERMS,
) -> SendResult:
    """What became of one message; see ``MailServers.send``."""
    with session(server, password, terms=terms) as line:
        result = line.send(sender, recipients, content, before_text)
    bytes_out, bytes_in = line.crossed()
    return replace(result, bytes_out=bytes_out, bytes_in=bytes_in)


def try_out(server: MailServer, password: Secret, *, terms: Terms = USUAL_TERMS) -> tuple[int, int]:
    """Bytes out and in of a login and nothing else."""
    with session(server, password, terms=terms) as line:
        line.log_in()
    return line.crossed()


@contextmanager
def session(server: MailServer, password: Secret, *, terms: Terms = USUAL_TERMS) -> Iterator[Session]:
    """A ``Session``; the line is opened by the first message, and closed at the end."""
    opened = Session(server, password, terms)
    try:
        yield opened
    finally:
        opened.close()


class Session:
    """Messages to one server, one after another over one line, which is opened anew where that is harmless."""

    def __init__(self, server: MailServer, password: Secret, terms: Terms) -> None:
        self._server = server
        self._password = password
        self._terms = terms
        self._dialogue: _Dialogue | None = None
        self._done: list[tuple[int, int]] = []

    def send(
        self, sender: str, recipients: tuple[str, ...], content: bytes, before_text: Callable[[], None]
    ) -> SendResult:
        """What became of one message; its bytes are those that crossed for it. See ``MailServers.send``."""
        checked = envelope(sender, recipients, content)
        with self._counted() as share:
            result = self._tried(checked, before_text)
        bytes_out, bytes_in = share()
        return replace(result, bytes_out=bytes_out, bytes_in=bytes_in)

    def log_in(self) -> None:
        """Open a line and log in; a *later* is a ``ServerRefused`` here."""
        with self._counted():
            try:
                self._opened()
            except _No as no:
                self._hang_up()
                raise ServerRefused(self._server.host, no.code, no.reply) from None

    def lines(self) -> tuple[tuple[int, int], ...]:
        """Bytes out and in of each line that was opened, in their order."""
        now = [self._dialogue.crossed()] if self._dialogue else []
        return (*self._done, *now)

    def crossed(self) -> tuple[int, int]:
        """Bytes out and in of all lines together."""
        lines = self.lines()
        return sum(out for out, _ in lines), sum(into for _, into in lines)

    def close(self) -> None:
        """Take leave of the server; what it says to that does not matter."""
        if self._dialogue:
            self._dialogue.take_leave()
            self._hang_up()

    def _tried(self, checked: Envelope, before_text: Callable[[], None]) -> SendResult:
        try:
            dialogue, refusal = self._begun(checked)
            result = refusal or dialogue.deliver(checked, before_text)
        except _No as no:
            self._hang_up()
            if no.is_for_good:
                raise ServerRefused(self._server.host, no.code, no.reply) from None
            return SendResult(step=DeliveryStep.DEFERRED, code=no.code, reply=no.reply)
        except BaseException:  # also what `before_text` raises: the server must see no end of the text
            self._hang_up()
            raise
        if result.step is DeliveryStep.UNCERTAIN or result.code == _CLOSING:
            self._hang_up()
        return result

    def _begun(self, checked: Envelope) -> tuple[_Dialogue, SendResult | None]:
        """A dialogue that has announced this message, or its refusal; a used line that was closed is replaced.

        That is harmless, because nothing but the sender's address has left by then.
        """
        if used := self._dialogue:
            try:
                used.reset()
                return used, used.announce(checked)
            except (_No, ServerUnreachable):
                self._hang_up()
        opened = self._opened()
        return opened, opened.announce(checked)

    def _opened(self) -> _Dialogue:
        self._dialogue = _Dialogue(self._server, self._terms)
        self._dialogue.open(self._password)
        return self._dialogue

    def _hang_up(self) -> None:
        if self._dialogue:
            self._dialogue.hang_up()
            self._done.append(self._dialogue.crossed())
            self._dialogue = None

    @contextmanager
    def _counted(self) -> Iterator[Callable[[], tuple[int, int]]]:
        """Counts what crosses in here, also where it ends in an error."""
        out_before, in_before = self.crossed()

        def share() -> tuple[int, int]:
            bytes_out, bytes_in = self.crossed()
            return bytes_out - out_before, bytes_in - in_before

        try:
            yield share
        except MailServerError as error:
            self._hang_up()
            error.bytes_out, error.bytes_in = share()
            raise


class _No(Exception):
    """A server's no before a message was begun: 4xx or 5xx."""

    def __init__(self, code: int, reply: str) -> None:
        super().__init__(code)
        self.code = code
        self.reply = reply

    @property
    def is_for_good(self) -> bool:
        return self.code >= 500


class _Dialogue(smtplib.SMTP):
    """One line's worth of SMTP: ``smtplib`` keeps the grammar, ``Line`` the wire."""

    def __init__(self, server: MailServer, terms: Terms) -> None:
        super().__init__(local_hostname=OUR_NAME)
        self._server = server
        self._terms = terms
        self._line: Line | None = None

    # ── opening and closing ──────────────────────────────────────────────────────────────────────────

    def open(self, password: Secret) -> None:
        """Greet, encrypt, log in. Raises ``_No`` and the ``MailServerError`` types."""
        ways = _ways(self._server.user_name, password)
        with self._in_step():
            self._wanted(220, *self.connect(self._server.host, self._server.port))
            if self._server.security is Security.STARTTLS:
                self._encrypted()
            self._wanted(250, *self.ehlo())
            self._logged_in(ways)

    def reset(self) -> None:
        """Forget the last message; tells at the same time whether the server is still there."""
        with self._in_step():
            self._wanted(250, *self._asked("RSET"))

    def take_leave(self) -> None:
        """Say QUIT."""
        if self._line:
            self._line.hurry()
            with suppress(MailServerError, smtplib.SMTPException):
                self.docmd("QUIT")

    def hang_up(self) -> None:
        """Close the line, whatever the server was waiting for."""
        if self._line:
            self._line.close()

    def crossed(self) -> tuple[int, int]:
        """Bytes out and in."""
        return (self._line.bytes_out, self._line.bytes_in) if self._line else (0, 0)

    def _get_socket(self, host: str, port: int, _timeout: object) -> Line:
        """The line under the dialogue; ``smtplib`` asks for it as for a socket."""
        self._line = dial(host, port, self._terms, most_answer_bytes=MOST_ANSWER_BYTES)
        if self._server.security is Security.TLS:
            self._line.encrypt()
        return self._line

    def _encrypted(self) -> None:
        code, reply = self.ehlo()
        if 400 <= code < 500:
            raise _No(code, cleaned(reply))
        is_offered = code == 250 and self.has_extn("starttls")
        if not is_offered or self._line is None or self.docmd("STARTTLS")[0] != 220:
            raise EncryptionRefused(self._server.host)
        self._line.encrypt()

    def _logged_in(self, ways: dict[str, tuple[str, ...]]) -> None:
        offered = self.esmtp_features.get("auth", "").upper().split()
        words = next((ways[each] for each in ways if each in offered), ())
        code, reply = 534, b""
        for each in words:
            code, reply = self._asked(each)
            if code != 334:
                break
        if 500 <= code < 600:
            raise LoginRefused(self._server.host)
        self._wanted(235, code, b"" if _gives_away(words, reply) else reply)

    # ── one message ──────────────────────────────────────────────────────────────────────────────────

    def announce(self, checked: Envelope) -> SendResult | None:
        """MAIL, or why not."""
        if unfit := self._unfit(checked):
            return unfit
        self.command_encoding = "utf-8" if checked.needs_utf8 else "ascii"
        with self._in_step():
            code, reply = self._asked(f"MAIL FROM:<{checked.sender}>{self._extras(checked)}")
        return None if code == 250 else self._refusal(code, reply)

    def deliver(self, checked: Envelope, before_text: Callable[[], None]) -> SendResult:
        """Everything from the recipients to the verdict."""
        with self._in_step():
            if refused := tuple(filter(None, map(self._refused, checked.recipients))):
                return self._all_or_none(refused)
            code, reply = self._asked("DATA")
            if code != 354:
                return self._refusal(code, reply)
        if self._line is None or self._line.has_unread:
            raise ServerUnreachable(self._server.host, "dropped")  # a verdict on what it has not seen
        before_text()
        return self._verdict(checked)

    def _verdict(self, checked: Envelope) -> SendResult:
        """Hand the text over. From here on, whatever is not the server's clear answer is *uncertain*."""
        uncertain = SendResult(step=DeliveryStep.UNCERTAIN)
        if self._line is None:
            return uncertain
        try:
            self._line.sendall(checked.as_data)
            self._line.wait(self._terms.verdict_seconds)
            code, reply = self.getreply()
        except ServerUnreachable as error:
            return replace(uncertain, reply=error.why)
        except smtplib.SMTPException:
            return uncertain
        steps = {2: DeliveryStep.ACCEPTED, 4: DeliveryStep.DEFERRED, 5: DeliveryStep.REFUSED}
        step = steps.get(code // 100, DeliveryStep.UNCERTAIN)
        return SendResult(step=step, code=max(code, 0), reply=cleaned(reply))

    def _unfit(self, checked: Envelope) -> SendResult | None:
        """A refusal that need not be asked for: the server's own list says that it cannot take this message."""
        features = self.esmtp_features
        most = features.get("size", "").strip()
        if most.isdecimal() and 0 < int(most) < len(checked.content):
            return _refused_by(_TOO_LARGE, f"SIZE {most}")
        if checked.needs_utf8 and "smtputf8" not in features:
            return _refused_by(_NOT_OFFERED, "no SMTPUTF8")
        if checked.is_8bit and "8bitmime" not in features:
            return _refused_by(_NOT_OFFERED, "no 8BITMIME")
        return None

    def _extras(self, checked: Envelope) -> str:
        size = f" SIZE={len(checked.content)}" if "size" in self.esmtp_features else ""
        body = " BODY=8BITMIME" if checked.is_8bit else ""
        return size + body + (" SMTPUTF8" if checked.needs_utf8 else "")

    def _refused(self, address: str) -> RefusedRecipient | None:
        code, reply = self._asked(f"RCPT TO:<{address}>")
        if code in {250, 251}:
            return None
        refusal = self._refusal(code, reply)
        return RefusedRecipient(address=address, code=code, reply=refusal.reply)

    def _all_or_none(self, refused: tuple[RefusedRecipient, ...]) -> SendResult:
        with suppress(_No, ServerUnreachable):
            self.reset()
        first = next((each for each in refused if each.code >= 500), refused[0])
        return replace(self._refusal(first.code, first.reply.encode()), refused=refused)

    def _refusal(self, code: int, reply: bytes) -> SendResult:
        """A no before the text left; raises where it is none."""
        if code == _CLOSING:
            raise _No(code, cleaned(reply))
        if code in _NO_LOGIN:
            raise LoginRefused(self._server.host)
        steps = {4: DeliveryStep.DEFERRED, 5: DeliveryStep.REFUSED}
        if step := steps.get(code // 100):
            return SendResult(step=step, code=code, reply=cleaned(reply))
        raise ServerUnreachable(self._server.host, "dropped")

    # ── questions and answers ────────────────────────────────────────────────────────────────────────

    def _asked(self, words: str) -> tuple[int, bytes]:
        """The answer to one command; a server that has already answered it is out of step."""
        if self._line is None or self._line.has_unread:
            raise ServerUnreachable(self._server.host, "dropped")
        return self.docmd(words)

    def _wanted(self, wanted: int, code: int, reply: bytes) -> None:
        if code == wanted:
            return
        if 400 <= code < 600:
            raise _No(code, cleaned(reply))
        raise ServerUnreachable(self._server.host, "dropped")

    @contextmanager
    def _in_step(self) -> Iterator[None]:
        """A server whose answers are no SMTP is as good as gone: before the text that costs nothing."""
        try:
            yield
        except smtplib.SMTPException:
            raise ServerUnreachable(self._server.host, "dropped") from None


def _refused_by(code: int, reply: str) -> SendResult:
    return SendResult(step=DeliveryStep.REFUSED, code=code, reply=reply)


def _gives_away(words: tuple[str, ...], reply: bytes) -> bool:
    """Whether a server's answer to a login repeats the password, as it is or as it was sent."""
    if not words:
        return False
    sent = words[-1].split()[-1].encode()
    return any(form and form in reply for form in (sent, *b64decode(sent).split(b"\0")))


def _ways(user_name: str, password: Secret) -> dict[str, tuple[str, ...]]:
    """What to say for each way of logging in, the best first.

    PLAIN (RFC 4616) and LOGIN alone: inside TLS the older riddles add nothing, and they ask the server to keep
    the password as it is.
    """
    user, secret = user_name.encode(), password.encoded()
    if b"\0" in user + secret:
        raise InputError("password", "User name and password cannot hold a NUL character.")
    plain = b64encode(b"\0" + user + b"\0" + secret).decode()
    return {
        "PLAIN": (f"AUTH PLAIN {plain}",),
        "LOGIN": ("AUTH LOGIN", b64encode(user).decode(), b64encode(secret).decode()),
    }
