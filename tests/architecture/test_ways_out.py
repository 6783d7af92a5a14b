# SPDX-License-Identifier: Apache-2.0
"""Which modules may open a way out of this machine: a new one must be argued for here."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import Module, broken, imported, modules, sample

NOBODY: frozenset[str] = frozenset()
WAYS_OUT = {
    "socket": {"adapters/lines.py"},
    "ssl": {"adapters/lines.py", "adapters/tls.py"},
    "smtplib": {"adapters/smtp.py"},
    "imaplib": {"adapters/imap.py"},
    "imapclient": {"adapters/imap.py"},
    **dict.fromkeys(("asyncio", "ftplib", "http", "httpx", "poplib", "requests", "socketserver"), NOBODY),
    **dict.fromkeys(("telnetlib", "urllib.request", "urllib3", "webbrowser", "xmlrpc"), NOBODY),
}
"""A module of the world, and those of ours that may import it."""

LOOSE = {"CERT_NONE", "CERT_OPTIONAL", "_create_unverified_context", "_create_stdlib_context"}
"""Words by which somebody would go on in spite of a bad certificate."""


def unargued_ways(module: Module) -> Iterator[tuple[ast.AST, str]]:
    for node, name in imported(module):
        for way, allowed in WAYS_OUT.items():
            if (name == way or name.startswith(f"{way}.")) and module.path not in allowed:
                yield node, f"imports {name}"


def loosened_trust(module: Module) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute) and node.attr in LOOSE:
            yield node, f"says {node.attr}"
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Constant)
            and node.value.value is False
        ):
            names = [each.attr for each in node.targets if isinstance(each, ast.Attribute)]
            if "check_hostname" in names:
                yield node, "does not check the host's name"


def test_only_the_mail_adapters_know_a_way_out():
    assert broken(unargued_ways, *modules()) == []


def test_no_certificate_is_taken_on_trust():
    assert broken(loosened_trust, *modules()) == []


@pytest.mark.parametrize(
    "line",
    ["import socket", "from ssl import SSLContext", "import urllib.request", "from http.client import HTTPS"],
)
def test_another_way_out_is_found(line):
    assert broken(unargued_ways, sample(line, "adapters/sample.py"))


@pytest.mark.parametrize("line", ["rules.verify_mode = ssl.CERT_NONE", "rules.check_hostname = False"])
def test_loosened_trust_is_found(line):
    assert broken(loosened_trust, sample(line, "adapters/sample.py"))


def test_a_mail_adapter_may_speak():
    assert not broken(unargued_ways, sample("import smtplib", "adapters/smtp.py"))
