# SPDX-License-Identifier: Apache-2.0
"""Encryption as every connection demands it: whom to trust, and what is wrong where trust is refused.

``system_trust`` makes the rules for one connection; ``Witness`` looks on while the two sides shake hands, and says
afterwards in the app's own errors why they did not agree. There is no way to go on in spite of it.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import date

from optout_desktop.domain.errors import CertificateRefused, EncryptionRefused, MailServerError

Trust = Callable[[], ssl.SSLContext]
"""Makes the rules for one connection anew."""

LEAST_SECURITY_LEVEL = 2
"""OpenSSL's level of 112 bits: RSA from 2,048 bits, no SHA-1 in a certificate."""

_CERTIFICATE_MESSAGE = 11
"""The handshake message that carries the server's certificates (RFC 8446 section 4, RFC 5246 section 7.4)."""

_WHY = {
    10: "expired",
    18: "self_signed",
    19: "untrusted",
    20: "untrusted",
    21: "untrusted",
    62: "other_host",
    64: "other_host",
    66: "weak",
    67: "weak",
    68: "weak",
}
"""OpenSSL's reasons (``x509_vfy.h``): a root that is not trusted (19) is no certificate that signed itself (18)."""


def system_trust() -> ssl.SSLContext:
    """The rules for one connection: TLS 1.2 or newer, verified against the system's own roots, for this host."""
    context = ssl.create_default_context()
    # the environment may ask for the keys of every connection to be written to a file
    context.keylog_filename = None  # type: ignore[assignment]
    return strict(context)


def strict(context: ssl.SSLContext) -> ssl.SSLContext:
    """``context`` with nothing weaker left in it, whatever the system's own settings allow."""
    context.minimum_version = max(context.minimum_version, ssl.TLSVersion.TLSv1_2)
    context.check_hostname = True
    context.verify_mode = ssl.CERT_REQUIRED
    if context.security_level < LEAST_SECURITY_LEVEL:
        context.set_ciphers(f"DEFAULT:!aNULL:!eNULL:@SECLEVEL={LEAST_SECURITY_LEVEL}")
    return context


class Witness:
    """Sees the server's certificate during one handshake: a refused one cannot be asked for afterwards."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._certificates = b""
        # the only place where OpenSSL shows a certificate that it refuses; TLS 1.3 sends it encrypted
        context._msg_callback = self._look  # type: ignore[attr-defined]  # noqa: SLF001

    def error(self, host: str, problem: ssl.SSLError) -> MailServerError:
        """Why the two sides did not agree: ``CertificateRefused`` or ``EncryptionRefused``."""
        if not isinstance(problem, ssl.SSLCertVerificationError):
            return EncryptionRefused(host)
        why = _WHY.get(problem.verify_code, "other")
        return CertificateRefused(host, why, self._expired_on() if why == "expired" else None)

    def _look(
        self, _conn: object, direction: str, _version: object, _content: object, kind: object, data: bytes
    ) -> None:
        if direction == "read" and kind == _CERTIFICATE_MESSAGE and data[:1] == bytes([_CERTIFICATE_MESSAGE]):
            self._certificates = data

    def _expired_on(self) -> date | None:
        """The earliest last day among the certificates that were shown: that of the one that expired."""
        days = [
            day for start in _starts(self._certificates) if (day := _last_day(self._certificates[start:]))
        ]
        return min(days, default=None)


def _starts(message: bytes) -> list[int]:
    """Where certificates begin in a handshake message: each is a DER sequence with its length in front."""
    found, start = [], 0
    while (start := message.find(b"\x30\x82", start)) > 2:
        length = int.from_bytes(message[start + 2 : start + 4])
        if int.from_bytes(message[start - 3 : start]) == length + 4:
            found.append(start)
        start += 1
    return found


def _last_day(data: bytes) -> date | None:
    from cryptography import x509

    length = int.from_bytes(data[2:4]) + 4
    try:
        return x509.load_der_x509_certificate(data[:length]).not_valid_after_utc.date()
    except ValueError:
        return None
