# SPDX-License-Identifier: Apache-2.0
"""Certificates for the tests' servers on this machine: good ones by trustme, and every kind of bad one."""

import datetime as dt
import ssl
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID

from optout_desktop.adapters.lines import Terms
from optout_desktop.adapters.tls import strict

HOST = "localhost"


class Certificates:
    """An authority that the tests trust, and what it and others sign."""

    def __init__(self) -> None:
        self.ca = trustme.CA()
        self.rsa_ca = trustme.CA(key_type=trustme.KeyType.RSA)
        self.other_ca = trustme.CA()

    def terms(self, **patience) -> Terms:
        """The app's own rules, with the tests' authority as the only one."""
        waits = {"connect_seconds": 5.0, "answer_seconds": 5.0, "verdict_seconds": 5.0, **patience}
        return Terms(trust=self.trust, **waits)

    def trust(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.ca.configure_trust(context)
        self.rsa_ca.configure_trust(context)
        return strict(context)

    def good(self) -> ssl.SSLContext:
        return _serving(self.ca.issue_cert(HOST))

    def expired(self, now: dt.datetime, last_day: dt.date) -> ssl.SSLContext:
        end = dt.datetime.combine(last_day, dt.time(12), dt.UTC)
        return _serving(self.ca.issue_cert(HOST, not_before=end - dt.timedelta(days=90), not_after=end))

    def not_yet(self, now: dt.datetime) -> ssl.SSLContext:
        start = now + dt.timedelta(days=30)
        return _serving(self.ca.issue_cert(HOST, not_before=start, not_after=start + dt.timedelta(days=90)))

    def other_host(self) -> ssl.SSLContext:
        return _serving(self.ca.issue_cert("mail.example.net"))

    def unknown_authority(self) -> ssl.SSLContext:
        return _serving(self.other_ca.issue_cert(HOST))

    def self_signed(self, now: dt.datetime) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        return _loaded(_leaf(key, now, key, _named(HOST), hashes.SHA256()), key)

    def weak_key(self, now: dt.datetime) -> ssl.SSLContext:
        key = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505 - that is the point
        return _loaded(self._signed(key, now, hashes.SHA256()), key)

    def sha1(self, now: dt.datetime) -> ssl.SSLContext:
        """Signed anew by hand: no library makes such a certificate any more."""
        key = ec.generate_private_key(ec.SECP256R1())
        modern = self._signed(key, now, hashes.SHA256())
        body = modern.tbs_certificate_bytes.replace(_SHA256_WITH_RSA, _SHA1_WITH_RSA)
        signature = _private_key(self.rsa_ca).sign(body, padding.PKCS1v15(), hashes.SHA1())  # noqa: S303
        whole = modern.public_bytes(serialization.Encoding.DER)
        forged = (
            whole.replace(modern.tbs_certificate_bytes, body)
            .replace(_SHA256_WITH_RSA, _SHA1_WITH_RSA)
            .replace(modern.signature, signature)
        )
        return _loaded(x509.load_der_x509_certificate(forged), key)

    def old_tls(self) -> ssl.SSLContext:
        context = self.good()
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.options &= ~ssl.OP_NO_TLSv1_1
        with unwarned():
            context.minimum_version = ssl.TLSVersion.TLSv1_1
            context.maximum_version = ssl.TLSVersion.TLSv1_1
        return context

    def _signed(self, key, now, digest) -> x509.Certificate:
        root = x509.load_pem_x509_certificate(self.rsa_ca.cert_pem.bytes())
        return _leaf(key, now, _private_key(self.rsa_ca), root.subject, digest)


_SHA256_WITH_RSA, _SHA1_WITH_RSA = (bytes.fromhex(f"06092a864886f70d0101{last}") for last in ("0b", "05"))
"""The names of two signatures (RFC 8017 appendix A.2.4), as long as each other."""


def _private_key(authority: trustme.CA):
    return serialization.load_pem_private_key(authority.private_key_pem.bytes(), None)


@contextmanager
def unwarned() -> Iterator[None]:
    """For what is old or odd on purpose."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _leaf(key, now, signing_key, issuer, digest) -> x509.Certificate:
    return (
        x509.CertificateBuilder()
        .subject_name(_named(HOST))
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=2))
        .not_valid_after(now + dt.timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(signing_key, digest)
    )


def _serving(leaf: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    return context


def _loaded(certificate: x509.Certificate, key) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers("ALL:@SECLEVEL=0")
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    with tempfile.NamedTemporaryFile(suffix=".pem") as file:
        file.write(pem + certificate.public_bytes(serialization.Encoding.PEM))
        file.flush()
        context.load_cert_chain(file.name)
    return context
