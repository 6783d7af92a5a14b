# SPDX-License-Identifier: Apache-2.0
import datetime as dt
import os
import socket
import ssl
import subprocess
import sys
import threading
from contextlib import contextmanager

import pytest

from optout_desktop.adapters import imap, smtp
from optout_desktop.adapters.tls import strict, system_trust
from optout_desktop.domain.accounts import ServerPurpose
from optout_desktop.domain.errors import CertificateRefused, EncryptionRefused, ServerUnreachable
from optout_desktop.domain.secrets import Secret
from tests.mail_certificates import Certificates
from tests.mail_servers import PASSWORD, listening, mail_server

pytestmark = pytest.mark.loopback

NOW = dt.datetime.now(dt.UTC)  # noqa: TID251 - a certificate is judged by the real day
LAST_DAY = NOW.date() - dt.timedelta(days=3)
TRY = {ServerPurpose.SMTP: smtp.try_out, ServerPurpose.IMAP: imap.try_out}
GREETING = {ServerPurpose.SMTP: b"220 ready\r\n", ServerPurpose.IMAP: b"* OK ready\r\n"}

BAD = {
    "expired": (lambda some: some.expired(NOW, LAST_DAY), "expired"),
    "not yet valid": (lambda some: some.not_yet(NOW), "other"),
    "self-signed": (lambda some: some.self_signed(NOW), "self_signed"),
    "for another host": (Certificates.other_host, "other_host"),
    "of an unknown authority": (Certificates.unknown_authority, "untrusted"),
    "with a weak key": (lambda some: some.weak_key(NOW), "weak"),
    "signed with SHA-1": (lambda some: some.sha1(NOW), "weak"),
}


@pytest.fixture(scope="module")
def certificates():
    return Certificates()


class Ears:
    """A server that greets and remembers what it heard; `context` is its TLS, None: none."""

    def __init__(self, greeting):
        self.greeting = greeting
        self.heard = b""

    async def serve(self, reader, writer):
        writer.write(self.greeting)
        try:
            await writer.drain()
            while data := await reader.read(4096):
                self.heard += data
        except (ConnectionError, ssl.SSLError):
            return


@contextmanager
def shaking_hands(context):
    """A server that does nothing else; other than asyncio's it says why it does not agree."""
    outcome = []

    def serve():
        link, _ = listener.accept()
        with link:
            try:
                context.wrap_socket(link, server_side=True).close()
            except ssl.SSLError:
                outcome.append("no agreement")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1], outcome
        thread.join()


def refusal(certificates, purpose, context, expected):
    ears = Ears(GREETING[purpose])
    with listening(ears.serve, context) as port, pytest.raises(expected) as caught:
        TRY[purpose](mail_server(port, purpose=purpose), Secret(PASSWORD), terms=certificates.terms())
    return caught.value, ears


@pytest.mark.parametrize("purpose", ServerPurpose)
@pytest.mark.parametrize("kind", BAD)
def test_a_certificate_is_refused_that_is(certificates, purpose, kind):
    make, why = BAD[kind]
    error, ears = refusal(certificates, purpose, make(certificates), CertificateRefused)

    assert error.why == why
    assert error.expired_on == (LAST_DAY if why == "expired" else None)
    assert ears.heard == b""
    assert error.bytes_out > 0
    assert error.bytes_in > 0


@pytest.mark.parametrize("purpose", ServerPurpose)
def test_a_server_that_knows_tls_1_1_only_is_refused(certificates, purpose):
    with shaking_hands(certificates.old_tls()) as (port, outcome), pytest.raises(EncryptionRefused):
        TRY[purpose](mail_server(port, purpose=purpose), Secret(PASSWORD), terms=certificates.terms())

    assert outcome == ["no agreement"]


@pytest.mark.parametrize("purpose", ServerPurpose)
def test_a_server_without_tls_hears_no_more_than_a_handshake(certificates, purpose):
    _, ears = refusal(certificates, purpose, None, EncryptionRefused)

    assert PASSWORD.encode() not in ears.heard
    assert ears.heard[:1] in {b"", b"\x16"}


@pytest.mark.parametrize("purpose", ServerPurpose)
def test_a_server_that_hangs_up_in_the_handshake_is_unreachable(certificates, purpose):
    async def leave(reader, writer):
        await reader.read(1)

    with listening(leave) as port, pytest.raises(ServerUnreachable) as caught:
        TRY[purpose](mail_server(port, purpose=purpose), Secret(PASSWORD), terms=certificates.terms())

    assert caught.value.why == "dropped"


@pytest.mark.parametrize("purpose", ServerPurpose)
def test_a_server_that_says_nothing_in_the_handshake_is_given_up(certificates, purpose):
    async def wait(reader, writer):
        await reader.read()

    terms = certificates.terms(connect_seconds=0.2)
    with listening(wait) as port, pytest.raises(ServerUnreachable) as caught:
        TRY[purpose](mail_server(port, purpose=purpose), Secret(PASSWORD), terms=terms)

    assert caught.value.why == "silent"


def test_the_systems_rules_are_strict():
    rules = system_trust()

    assert rules.verify_mode is ssl.CERT_REQUIRED
    assert rules.check_hostname
    assert rules.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert rules.security_level >= 2


def test_rules_that_a_system_has_loosened_are_made_strict():
    loose = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    loose.set_ciphers("DEFAULT:@SECLEVEL=0")
    loose.check_hostname = False
    loose.verify_mode = ssl.CERT_NONE

    rules = strict(loose)

    assert rules.security_level >= 2
    assert rules.verify_mode is ssl.CERT_REQUIRED
    assert rules.check_hostname


def test_the_keys_of_a_connection_are_written_to_no_file(tmp_path):
    script = "from optout_desktop.adapters.tls import system_trust; print(system_trust().keylog_filename)"
    environment = {
        **os.environ,
        "SSLKEYLOGFILE": str(tmp_path / "keys"),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    told = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == "None"
