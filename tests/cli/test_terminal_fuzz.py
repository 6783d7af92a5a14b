# SPDX-License-Identifier: Apache-2.0
"""Two thousand command lines that nobody would type: each ends with 0, 1 or 2, one sentence and one document.

A grammar takes every command of the tree, its own options and arguments, and values that are right, nearly right or
hostile. What a command needs is made once; the vault is real.
"""

import json
import os
import random
from pathlib import Path

import click
import pytest

from optout_desktop.cli.commands import optout as tree
from tests.cli.conftest import PASSPHRASE, a_private_file
from tests.cli.mail import set_up, with_servers

ROOT = Path(__file__).resolve().parents[2]
COUNT = 2_000
SEED = 20261125
SECRETS = ("quiet herons", PASSPHRASE, "GB33BUKB20201555555555")
"""The account's password, the vault's passphrase, and a word that only files hold."""

PASSED_OVER = {("vault", "create"), ("vault", "passwd"), ("vault", "restore"), ("vault", "salvage")}
"""They make vaults, or change the secret that all of these lines use."""

PLAIN = {
    "right": ["optout_sale", "access", "delete", "OPTOUT-SALE", "stop", "no_such"],
    "rights": ["access", "nonsense"],
    "law": ["us-ca-ccpa", "eu-gdpr", "EU-GDPR", "zz", "../../etc"],
    "company": ["Northwind Data LLC", "schufa", "262966", "nobody at all"],
    "language": ["en", "de", "xx", "EN", "e\u0301"],
    "place": ["US-CA", "DE", "EU", "ZZ", "us-ca"],
    "kind": ["request", "reminder", "appeal", "complaint", "counter_fee", "second_reminder", "what"],
    "kind_typed": ["request", "reminder", "counter_id", "complaint"],
    "tone": ["plain", "firm", "angry"],
    "wanted": ["txt", "eml", "pdf", "sms", "form", "docx"],
    "via": ["smtp", "eml", "pigeon"],
    "form_typed": ["csv", "json", "ics", "xlsx"],
    "ticked": ["name", "name,email", "all", "name;email", ","],
    "told": ["wrong_data=x", "right_data=y", "=x", "wrong_data", "password=x"],
    "channel": ["email", "post", "sms", "form", "smoke"],
    "event": ["sent", "completed", "refused", "extended", "exploded"],
    "to_address": ["dpo@acme.example", "a@b@c", "+12025550177", "a@acme.example\nBcc: eve@example.org"],
    "address": ["jane@example.org", "nobody@example.org", "x", "a@acme.example,b@acme.example"],
    "smtp_host": ["smtp.example.org", "localhost", "a b", "-x", "[::1]"],
    "request": ["OO-", "0", "nothing"],
    "requests": ["OO-", "nothing"],
    "limit": ["1", "20", "0", "-5", "99999999999999999999"],
    "source": ["csv", "jdm", "cppa", "texas", "oregon", "datenanfragen", "zip"],
}
HOSTILE = [
    *("", " ", "-", "--", "-o", "--help", "--json", "x" * 5_000, "🛑", "ü", "\u202egpj.exe", "a\nb", "a\rb"),
    *("\x1b[2J", "\0", "%s%n", "{0}", "{{ x }}", "=1+1", "../../../etc/passwd", "~", "~nobody/x", "/", "."),
    *(
        "/dev/null/x",
        "/proc/self/mem",
        "1e9",
        "NaN",
        "0x10",
        "-1",
        "999999999999999999999",
        "٣",
        "\ud800",
        "\udcff",
    ),
    *("2026-11-25", "2026-02-30", "0001-01-01", "9999-12-31", "2026-W01-1", "20261125", "today"),
]
FILES = {
    "person.json": json.dumps(
        {"name": "Jane GB33BUKB20201555555555", "emails": ["jane@example.org"], "place": "US-CA"}
    ),
    "huge_number.json": '{"name": "A", "place": "US-CA", "language": ' + "9" * 5_000 + "}",
    "infinite.json": '{"name": 1e999, "place": NaN}',
    "deep.json": "[" * 20_000,
    "surrogate.json": '{"name": "\\ud800", "place": "US-CA"}',
    "twice.json": '{"name": "GB33BUKB20201555555555", "name": "B", "place": "US-CA"}',
    "requests.csv": "id,company,right,law,created_on\n,=GB33BUKB20201555555555,access,eu-gdpr,2026-01-02\n",
    "requests.json": '{"schema": 1, "requests": [{"id": "GB33BUKB20201555555555"}]}',
    "companies.csv": "name,email\nTaplow,privacy@taplow.example\nTaplow,privacy@taplow.example\n",
    "cases.csv": "law,right,from\nus-ca-ccpa,access,2026-01-02\nx,y,z\n",
    "block.liquid": "Dear {{ company_name }}, {% if kind %}x{% endif %}\n",
    "wrong.liquid": "{% for a in b %}{{ GB33BUKB20201555555555 }}",
    "picture.png": "\x89PNG\r\n\x1a\n\0\0",
    "empty": "",
}


GOOD = [
    "letter --right access --law eu-gdpr --company schufa --person-file {person} --lang de -o {out}",
    "letter --right access --company schufa --person-file {person} --format pdf --to dpo@acme.example -o {out}",
    "letter --right access --company schufa --person-file {person} --kind reminder --asked-on 2026-01-02",
    "letter {request} --kind request --tone firm --lang en -o {out}",
    "letter {request} --format eml -o {out}",
    "send {request} --via smtp --yes --pause 0 --cap 5",
    "send {request} {other} --via eml --folder {drafts} --yes",
    "send {request} --via smtp --dry-run --kind reminder",
    "outbox deliver",
    "network log --limit 5",
    "account add me@example.org --smtp-host smtp.example.org --password-file {secret} --imap-host imap.example.org",
    "account test jane@example.org",
    "template check {block} --language de",
    "company add --name Acme --email a@acme.example --country CH --region CH-ZH --language de --domain acme.example",
    "import companies {companies} --from csv --differing take",
    "import requests {requests} --place DE --dry-run",
    "import requests {document} --from json",
    "export requests --format csv -o {out} --status draft --no-bom",
    "export requests --format json -o {out} --texts",
    "export requests --format ics -o {out} --names",
    "deadline --law us-ca-ccpa --right access --from 2026-03-02 --fact extended=2026-04-01",
    "deadline --cases {cases}",
    "laws --place US-CA --right access",
    "request why {request} --format pdf -o {out}",
    "request record {request} sent --on 2026-11-20 --note x --proof claimed",
    "register list --place US-CA",
]
"""Lines as people type them."""


def leaves(command, path=()):
    """Every command that does something, with its path."""
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from leaves(inner, (*path, name))
    elif path not in PASSED_OVER:
        yield path, command


LEAVES = list(leaves(tree))


class Typist:
    """Makes lines, the same ones in every run."""

    def __init__(self, home):
        self.random = random.Random(SEED)  # noqa: S311 - lines, not keys
        self.home = home
        self.files = [str(a_private_file(home / name, text)) for name, text in FILES.items()]
        self.secret = str(a_private_file(home / "mail-password", SECRETS[0]))
        self.references = []

    def line(self):
        words = self.good() if self.random.random() < 0.5 else self.made()
        if self.random.random() < 0.1:
            words += ["--as-of", self.random.choice(["2026-03-02", "2061-01-01", "x"])]
        return words, self.random.random() < 0.5

    def good(self):
        """A line that is right, or was until a word or two were changed."""
        names = {name.partition(".")[0]: str(self.home / name) for name in FILES}
        places = {
            "out": self.home / "out.txt",
            "drafts": self.home / "drafts",
            "secret": self.secret,
            "request": self.references[0],
            "other": self.references[1],
            "requests": self.home / "requests.csv",
            "document": self.home / "requests.json",
        }
        words = [word.format(**names | places) for word in self.random.choice(GOOD).split()]
        for _ in range(self.random.choice([0, 0, 1, 1, 2])):
            words[self.random.randrange(len(words))] = self.random.choice([*HOSTILE, *self.files])
        return words

    def made(self):
        """A command with some of its options."""
        path, command = self.random.choice(LEAVES)
        words = list(path)
        shared = {"vault", "passphrase_file", "is_json", "as_json", "as_of"}
        own = [one for one in command.params if one.name not in shared]
        for one in own:
            if self.random.random() < (0.95 if one.required else 0.25):
                words += self.spelt(one)
        self.disturb(words)
        return words

    def spelt(self, one):
        value = self.value(one)
        if isinstance(one, click.Argument):
            return [value]
        name = one.opts[-1]
        if one.is_flag:
            return [name]
        return [name, value] if self.random.random() < 0.9 else [f"{name}={value}"]

    def value(self, one):
        draw = self.random.random()
        if draw < 0.15:
            return self.random.choice(HOSTILE)
        if one.name in {"request", "requests"} and self.references and draw < 0.8:
            return self.random.choice(self.references)
        if one.name in PLAIN:
            return self.random.choice(PLAIN[one.name])
        return str(self.random.choice(self.choices(one)))

    def choices(self, one):
        """What could stand there, by the option's name or else by its type."""
        if "password" in one.name or "passphrase" in one.name:
            return [self.secret, *self.files]
        if one.name in {"output", "folder"}:
            return [self.home / name for name in ("out.txt", "new.csv", "nowhere/out.txt", "drafts")]
        if "file" in one.name or one.name in {"cases", "backup"}:
            return self.files
        if isinstance(one.type, click.Choice):
            return one.type.choices
        numbers = [0, 1, 2, 25, 465, 70_000]
        days = ["2026-03-02", "2026-11-25", "1989-01-01"]
        by_type = {"integer": numbers, "integer range": numbers, "date": days}
        return by_type.get(one.type.name, ["Jane Doe", "Northwind", "x", "7F3K", *HOSTILE])

    def disturb(self, words):
        draw = self.random.random()
        if draw < 0.05:
            words.insert(self.random.randrange(len(words) + 1), self.random.choice(HOSTILE))
        elif draw < 0.08:
            words.pop()
        elif draw < 0.11:
            words += words[-2:]


def allowed(word):
    """What a shell could hand to a program."""
    return "\0" not in word


@pytest.fixture
def typist(optout, monkeypatch):
    monkeypatch.chdir(optout.home)  # whatever a line writes stays there
    with_servers(optout)
    set_up(optout)
    made = [
        optout.data("request", "new", "--right", right, "--company", "Northwind Data LLC")["reference"]
        for right in ("optout_sale", "access")
    ]
    typist = Typist(optout.home)
    (optout.home / "drafts").mkdir()
    typist.references = made
    return typist


def problems_of(answer, *, is_json):
    """What is wrong with the end of a command."""
    told = answer.err + (answer.out if is_json else "")
    checks = {
        f"status {answer.status}": answer.status not in {0, 1, 2, 3},
        "a traceback": "Traceback" in answer.err,
        "a secret was told": any(secret in answer.out + answer.err for secret in SECRETS[:2]),
        "a word of a file was told in an error": SECRETS[2] in answer.err,
        "a sign that steers the terminal": any(ord(char) < 32 and char not in "\n\t" for char in told),
        "no word on why": answer.status > 0 and not (answer.err + answer.out).strip(),
        "no document": is_json and answer.status == 0 and not answer.out.strip(),
        "not one document": is_json and not is_document(answer.out),
    }
    return [problem for problem, is_so in checks.items() if is_so]


def is_document(text):
    """One envelope, or nothing."""
    try:
        return not text or set(json.loads(text)) == {"schema", "command", "data"}
    except ValueError:
        return False


def test_two_thousand_lines_each_end_as_the_manual_says(optout, typist):
    found, ends = [], {0: 0, 1: 0, 2: 0, 3: 0}
    for _ in range(COUNT):
        words, is_json = typist.line()
        line = ["--json"] * is_json + [word for word in words if allowed(word)]
        answer = optout(*line)
        wants_help = "--help" in line or "--version" in line
        found += [
            (line, problem, answer) for problem in problems_of(answer, is_json=is_json and not wants_help)
        ]
        ends[answer.status] = ends.get(answer.status, 0) + 1

    assert found == []
    assert min(ends[0], ends[1], ends[2]) > COUNT // 20


LOOSE = "letter --right access --law eu-gdpr --company schufa --person-file {person}"
WRITERS = {
    "a letter": "letter {request} -o {out}",
    "a draft": "letter {request} --format eml -o {out}",
    "a page": "letter {request} --format pdf -o {out}",
    "a loose letter": "letter --right access --company schufa --person-file {person} -o {out}",
    "a table": "export requests --format csv -o {out}",
    "a document": "export requests --format json --texts -o {out}",
    "a calendar": "export requests --format ics -o {out}",
    "an explanation": "request why {request} --format pdf -o {out}",
    "a backup": "vault backup -o {out}",
}


@pytest.fixture
def open_umask():
    before = os.umask(0)
    yield
    os.umask(before)


def filled(typist, line):
    places = {"out": typist.home / "out.file", "request": typist.references[0], "person": typist.files[0]}
    return [word.format(**places) for word in line.split()]


@pytest.mark.parametrize("kind", WRITERS)
def test_what_a_command_writes_is_for_the_person_alone_whatever_the_umask(optout, typist, open_umask, kind):
    optout.data("request", "record", typist.references[0], "sent", "--on", "2026-11-20")
    answer = optout(*filled(typist, WRITERS[kind]))

    assert answer.status == 0, answer.err
    assert (optout.home / "out.file").stat().st_mode & 0o777 == 0o600


def test_drafts_of_a_batch_are_for_the_person_alone_whatever_the_umask(optout, typist, open_umask):
    optout.data("send", typist.references[0], "--via", "eml", "--folder", optout.home / "drafts", "--yes")

    assert [path.stat().st_mode & 0o777 for path in (optout.home / "drafts").iterdir()] == [0o600]


def test_a_folder_that_is_not_there_is_told_before_anything_is_changed(optout, typist):
    answer = optout(
        "send", typist.references[0], "--via", "eml", "--folder", optout.home / "nowhere", "--yes"
    )

    assert answer.status == 1
    assert "Make it first. Nothing was changed." in answer.err


@pytest.mark.parametrize(
    "name", ["huge_number.json", "infinite.json", "deep.json", "surrogate.json", "twice.json"]
)
def test_a_person_file_that_is_wrong_costs_one_sentence_that_quotes_nothing_of_it(optout, typist, name):
    answer = optout.type(
        "letter", "--right", "access", "--company", "schufa", "--person-file", optout.home / name
    )

    assert answer.status == 1
    assert answer.err.startswith("The person file, ")
    assert len(answer.err.splitlines()) == 1
    assert "GB33" not in answer.err


def test_the_day_that_is_taken_as_today_stands_in_what_is_written(optout, typist):
    answer = optout.type(*filled(typist, LOOSE), "--lang", "en", "--as-of", "2027-03-02")

    assert "2 April 2027" in answer.out


def test_mail_does_not_leave_on_another_day(optout, typist):
    answer = optout("send", typist.references[0], "--via", "smtp", "--yes", "--as-of", "2026-03-02")

    assert answer.status == 2
    assert "Mail leaves today" in answer.err


def test_the_manual_has_a_row_for_every_command():
    manual = (ROOT / "resources" / "help" / "en" / "terminal.md").read_text(encoding="utf-8")
    paths = [" ".join(("optout", *path)) for path, _ in [*LEAVES, *((path, None) for path in PASSED_OVER)]]

    assert [path for path in paths if f"`{path}" not in manual] == []
