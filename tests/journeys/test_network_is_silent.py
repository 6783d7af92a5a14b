# SPDX-License-Identifier: Apache-2.0
"""What the terminal says to the network and to other programs, seen from outside (SECURITY N-01, N-08, S-14).

The session (``mailing_session.py``) runs under strace in a process of its own; its mail server runs here.
"""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.mailing_session import MARK, RECIPIENT, SECRETS, WORDS
from tests.journeys.test_nothing_leaks import tool
from tests.journeys.watching import environment, spellings
from tests.mail_certificates import Certificates
from tests.mail_servers import taking_smtp

pytestmark = [pytest.mark.serial, pytest.mark.loopback]

SCRIPT = str(Path(__file__).with_name("mailing_session.py"))
LONGEST_SECONDS = 120


@dataclass(frozen=True, kw_only=True)
class Traced:
    """One session as the kernel saw it."""

    answer: dict
    trace: list[str]
    taken: list
    port: int

    @property
    def quiet(self):
        """The part before the person sends."""
        return self.trace[: next(at for at, line in enumerate(self.trace) if MARK in line)]

    @property
    def programs(self):
        """What was started, with arguments and environment."""
        return [line for line in self.trace if "execve(" in line]


def traced(folder, ending):
    """The session under strace, and what its server took."""
    folder.mkdir()
    certificates = Certificates()
    authority, trace = folder / "authority.pem", folder / "trace"
    certificates.ca.cert_pem.write_to_path(authority)
    calls = "trace=network,execve,readlink,readlinkat"
    with taking_smtp(certificates.good()) as server:
        done = subprocess.run(
            [
                *(tool("strace"), "-f", "-v", "-qq", "-s", "100000", "-e", calls, "-o", str(trace)),
                *(sys.executable, SCRIPT, str(folder), str(authority), str(server.port), ending),
            ],
            env=environment(folder / "home"),
            capture_output=True,
            check=False,
            text=True,
            timeout=LONGEST_SECONDS,
        )
    assert done.returncode == 0, done.stderr
    return Traced(
        answer=json.loads(done.stdout or "{}"),
        trace=trace.read_text("utf-8", "replace").splitlines(),
        taken=server.taken,
        port=server.port,
    )


def inet_calls(lines):
    """The calls that touch an internet address, or look one up."""
    return [line for line in lines if re.search(r"AF_INET6?\b|sin6?_port|/nscd/|systemd/resolve", line)]


def streams(lines):
    """The port of every TCP connection, in order; two addresses of the same host one after the other are one."""
    kinds, ports = {}, []
    for line in lines:
        if made := re.search(r"socket\(AF_INET6?, (SOCK_\w+).*\) = (\d+)", line):
            kinds[made[2]] = made[1]
        called = re.search(r"connect\((\d+), \{sa_family=AF_INET6?, sin6?_port=htons\((\d+)\)", line)
        if called and kinds[called[1]] == "SOCK_STREAM":
            ports.append((int(called[2]), "ECONNREFUSED" in line))
    return [port for port, was_refused in ports if not was_refused]


def knows(lines, word):
    """Whether lines hold a word, as it is or as strace or a link writes it."""
    forms = [form.decode("latin-1") for form in spellings(word)]
    forms.append("".join(chr(byte) if 32 <= byte < 127 else f"\\{byte:o}" for byte in word.encode()))
    return any(form in line for line in lines for form in forms)


@pytest.fixture(scope="module")
def sent(tmp_path_factory):
    """A session that sent one letter."""
    return traced(tmp_path_factory.mktemp("mailing") / "sent", "send")


def test_writing_importing_and_exporting_speak_to_nobody(sent):
    assert inet_calls(sent.quiet) == []
    assert sent.answer["before"] == []


def test_the_network_log_lists_exactly_the_connections_that_were_made(sent):
    log = sent.answer["log"]

    assert streams(sent.trace) == [sent.port] * 2
    assert [(row["host"], row["port"], row["purpose"]) for row in reversed(log)] == [
        ("localhost", sent.port, "test_account"),
        ("localhost", sent.port, "send_mail"),
    ]
    assert all(row["bytes_out"] > 0 and row["bytes_in"] > 0 for row in log)


def test_no_other_address_and_no_name_server_is_ever_asked(sent):
    whereto = [
        line for line in sent.trace if "AF_INET" in line and re.search(r"\b(connect|bind|send\w*)\(", line)
    ]
    elsewhere = [line for line in whereto if not re.search(r'"127\.0\.0\.1"|"::1"', line)]

    assert elsewhere == []
    assert not any("htons(53)" in line for line in whereto)


def test_the_one_letter_arrived_once_for_its_one_recipient(sent):
    [(_, recipients, content)] = sent.taken

    assert recipients == (RECIPIENT,)
    assert WORDS["name"].encode() in content
    assert sent.answer["report"]["accepted"] == 1


def test_no_secret_and_no_personal_word_stands_in_arguments_or_environment_of_any_program(sent):
    told = [name for name, word in {**SECRETS, **WORDS}.items() if knows(sent.programs, word)]

    assert told == []
    assert len(sent.programs) >= 3


def test_no_line_of_the_letter_stands_in_arguments_unless_the_person_agreed(sent):
    told = [line for line in sent.answer["handed"]["body"].splitlines() if len(line) > 30]

    assert told
    assert not any(knows(sent.programs, line) for line in told)


def test_a_draft_that_is_opened_is_private_tells_nothing_by_its_name_and_is_gone_afterwards(sent):
    handed = sent.answer["handed"]

    assert knows(sent.programs, handed["draft"])
    assert knows(sent.programs, handed["link"])
    assert handed["mode"] == 0o600
    assert handed["is_gone"]


def test_the_watcher_sees_a_secret_that_is_told(tmp_path):
    told = traced(tmp_path / "told", "tell")

    assert knows(told.programs, SECRETS["passphrase"])
