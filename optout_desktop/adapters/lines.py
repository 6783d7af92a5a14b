# SPDX-License-Identifier: Apache-2.0
"""One line to one server: every byte counted, every wait bounded, plain until ``encrypt``, and its troubles named.

``dial`` → ``Line``, which stands in for a socket in ``smtplib`` and ``imaplib``. Whatever goes wrong on the way
comes out as a ``MailServerError`` with the bytes that had crossed by then, so the two protocols above need not
know the many ways in which a socket can fail. It keeps its own buffer, because only so can it be seen whether
somebody spoke before encryption began.
"""

from __future__ import annotations

import errno
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from optout_desktop.domain.errors import EncryptionRefused, MailServerError, ServerUnreachable

from .tls import Trust, Witness, system_trust

_PIECE_BYTES = 64 * 1024
_FAREWELL_SECONDS = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On which terms the app speaks to a server: whom it trusts, and how long it waits, in seconds.

    RFC 5321 section 4.5.3.2 would wait minutes for a command and ten of them for the verdict on a text. The app
    waits less, because a person does not, and says *uncertain* instead of guessing.
    """

    trust: Trust = system_trust
    connect_seconds: float = 20.0
    """For a line, and again for the handshake."""
    answer_seconds: float = 60.0
    """For a whole answer, not for each of its pieces."""
    verdict_seconds: float = 120.0
    """For the answer to a whole message."""


USUAL_TERMS = Terms()


def dial(host: str, port: int, terms: Terms, *, most_answer_bytes: int) -> Line:
    """A plain line. Raises ServerUnreachable: ``name``, ``refused``, ``silent`` or ``dropped``."""
    if not host:
        raise ServerUnreachable(host, "name")  # an empty name would be this machine itself
    try:
        link = socket.create_connection((host, port), timeout=terms.connect_seconds)
    except (socket.gaierror, UnicodeError, OverflowError):
        raise ServerUnreachable(host, "name") from None
    except ConnectionRefusedError:
        raise ServerUnreachable(host, "refused") from None
    except OSError as error:
        why = "dropped" if error.errno in {errno.ECONNRESET, errno.ECONNABORTED, errno.EPIPE} else "silent"
        raise ServerUnreachable(host, why) from None
    link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return Line(link, host, terms, most_answer_bytes=most_answer_bytes)


class Line:
    """A connection that counts what crosses it, TLS and all, and gives up in time."""

    def __init__(self, link: socket.socket, host: str, terms: Terms, *, most_answer_bytes: int) -> None:
        self.bytes_out = 0
        self.bytes_in = 0
        self._link = link
        self._host = host
        self._terms = terms
        self._most_answer_bytes = most_answer_bytes
        self._answer_bytes = 0
        self._unread = bytearray()
        self._tls: ssl.SSLObject | None = None
        self._from_wire = ssl.MemoryBIO()
        self._to_wire = ssl.MemoryBIO()
        self.wait(terms.answer_seconds)

    @property
    def is_encrypted(self) -> bool:
        """Whether anything personal may cross."""
        return self._tls is not None

    @property
    def has_unread(self) -> bool:
        """Whether the server said more than it was asked."""
        return bool(self._unread)

    def wait(self, seconds: float) -> None:
        """The next answer, as a whole, may take so long from now."""
        self._until = time.monotonic() + seconds
        self._answer_bytes = 0

    def encrypt(self) -> None:
        """Shake hands; everything afterwards is encrypted.

        Raises CertificateRefused, EncryptionRefused or ServerUnreachable. What was said before counts as an
        attempt to speak in the server's name (RFC 3207 section 6; CVE-2011-0411 and its kind).
        """
        if self.has_unread:
            raise EncryptionRefused(self._host, **self.crossed())
        self.wait(self._terms.connect_seconds)
        context = self._terms.trust()
        witness = Witness(context)
        try:
            tls = context.wrap_bio(self._from_wire, self._to_wire, server_hostname=self._host)
            self._until_done(tls)
        except ssl.SSLError as problem:
            self._flush_farewell()
            error = witness.error(self._host, problem)
            error.bytes_out, error.bytes_in = self.bytes_out, self.bytes_in
            raise error from None
        self._tls = tls
        self.wait(self._terms.answer_seconds)

    def hurry(self) -> None:
        """What is still to be said does not matter: the answers may take five seconds at most."""
        seconds = min(_FAREWELL_SECONDS, self._terms.answer_seconds)
        self._terms = replace(self._terms, answer_seconds=seconds)

    def crossed(self) -> dict[str, int]:
        """The bytes so far, as errors take them."""
        return {"bytes_out": self.bytes_out, "bytes_in": self.bytes_in}

    def unreachable(self, why: str) -> ServerUnreachable:
        """The error for a line that is of no use any more."""
        return ServerUnreachable(self._host, why, **self.crossed())

    # ── what smtplib and imaplib ask of a socket and its file ────────────────────────────────────────

    def sendall(self, data: bytes) -> None:
        """All of it; the answer's time begins when the last byte is gone."""
        if self._tls is None:
            self._send(data)
        else:
            for start in range(0, len(data), _PIECE_BYTES):
                with self._named():
                    self._tls.write(memoryview(data)[start : start + _PIECE_BYTES])
                self._send(self._to_wire.read())
        self.wait(self._terms.answer_seconds)

    def readline(self, most: int = -1) -> bytes:
        """One line with its end, or its first ``most`` bytes; ``b""`` never: a line that ends is an error."""
        looked_at = 0
        while (end := self._unread.find(b"\n", looked_at)) < 0 and not 0 <= most <= len(self._unread):
            looked_at = len(self._unread)
            self._unread += self._received()
        size = len(self._unread) if end < 0 else end + 1
        return self._taken(size if most < 0 else min(size, most))

    def read(self, size: int) -> bytes:
        """Exactly ``size`` bytes."""
        if size > self._most_answer_bytes:
            raise self.unreachable("dropped")
        while len(self._unread) < size:
            self._unread += self._received()
        return self._taken(size)

    def makefile(self, _mode: str = "rb") -> Line:
        """Itself: the buffer is here."""
        return self

    def settimeout(self, _seconds: float | None) -> None:
        """Nothing: ``Terms`` hold."""

    def shutdown(self, _how: int) -> None:
        """Nothing: ``close`` follows."""

    def close(self) -> None:
        """Hang up; more than once does no harm."""
        self._link.close()

    # ── the wire ─────────────────────────────────────────────────────────────────────────────────────

    def _taken(self, size: int) -> bytes:
        taken = bytes(self._unread[:size])
        del self._unread[:size]
        return taken

    def _received(self) -> bytes:
        """Some bytes, decrypted; never none. Raises ServerUnreachable."""
        data = self._from_the_wire() if self._tls is None else self._decrypted(self._tls)
        self._answer_bytes += len(data)
        if self._answer_bytes > self._most_answer_bytes:
            raise self.unreachable("dropped")  # an answer without end is none
        return data

    def _decrypted(self, tls: ssl.SSLObject) -> bytes:
        while True:
            try:
                data = tls.read(_PIECE_BYTES)
            except ssl.SSLWantReadError:
                self._send(self._to_wire.read())
                self._from_wire.write(self._from_the_wire())
            except (ssl.SSLError, OSError):
                raise self.unreachable("dropped") from None
            else:
                if not data:
                    raise self.unreachable("dropped")
                return data

    def _until_done(self, tls: ssl.SSLObject) -> None:
        while True:
            try:
                tls.do_handshake()
            except ssl.SSLWantReadError:
                self._send(self._to_wire.read())
                self._from_wire.write(self._from_the_wire())
            else:
                self._send(self._to_wire.read())
                return

    def _flush_farewell(self) -> None:
        """The alert that tells the server why; whether it gets there does not matter."""
        try:
            self._send(self._to_wire.read())
        except MailServerError:
            return

    def _send(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            with self._named():
                self._link.settimeout(self._terms.answer_seconds)
                sent = self._link.send(rest[:_PIECE_BYTES])
            self.bytes_out += sent
            rest = rest[sent:]

    def _from_the_wire(self) -> bytes:
        left_seconds = self._until - time.monotonic()
        if left_seconds <= 0:
            raise self.unreachable("silent")
        with self._named():
            self._link.settimeout(left_seconds)
            data = self._link.recv(_PIECE_BYTES)
        if not data:
            raise self.unreachable("dropped")
        self.bytes_in += len(data)
        return data

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except TimeoutError:
            raise self.unreachable("silent") from None
        except OSError:
            raise self.unreachable("dropped") from None
