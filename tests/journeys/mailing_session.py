# SPDX-License-Identifier: Apache-2.0
"""One session at the terminal that writes, imports, exports and then sends, for those who watch it from outside.

    python mailing_session.py HOME CA PORT ENDING

Prints one JSON object: the network log, and what was handed to other programs. Before the first connection that was
asked for it reads the link ``MARK``, which is not there: in a trace, that is where silence may end. ENDING is
``send``, or ``tell`` (starts a program with the passphrase in its arguments, so that a watcher can be seen to work).
"""

import contextlib
import io
import json
import ssl
import subprocess
import sys
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from optout_desktop.adapters import lines, smtp
from optout_desktop.adapters.tls import strict
from optout_desktop.app import House
from optout_desktop.cli import run
from optout_desktop.domain.secrets import Secret
from optout_desktop.services.sending import Way
from optout_desktop.services.vaults import VaultService
from optout_desktop.storage.keyslots import Argon2Cost
from tests.mail_servers import PASSWORD, USER

LITTLE_WORK = Argon2Cost(rounds=1, memory_kib=32, lanes=4)
MARK = "/now-the-person-sends"
SECRETS = {"passphrase": "plinth gorgonzola vexing thirteen", "mail password": PASSWORD}
WORDS = {
    "name": "Wilhelmina Zaphodsdottir",
    "street": "77 Quibblequartz Lane",
    "city": "Xylotrope Falls",
    "note": "they called my aunt Theodosia",
}
COMPANY, RECIPIENT = "Brumblewick Analytics", "rights@brumblewick.example"
LIST = "name,email\nTaplow Data,privacy@taplow.example\n=1+1,dpo@formula.example\n"


class Servers:
    """The app's own way to a mail server, with the authority of the test as the only one."""

    def __init__(self, authority):
        def trust():
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.load_verify_locations(authority)
            return strict(context)

        self._terms = lines.Terms(trust=trust, connect_seconds=10, answer_seconds=10, verdict_seconds=10)

    def session(self, server, password):
        return smtp.session(server, password, terms=self._terms)

    def try_out(self, server, password):
        return smtp.try_out(server, password, terms=self._terms)


class MailingHouse(House):
    """The hall as it is, but for whom it trusts and how much work a passphrase is."""

    authority = ""

    @cached_property
    def vaults(self):
        return VaultService(
            self._vaults_folder, self.machine, self.keychain, self.clock, cost=lambda: LITTLE_WORK
        )

    @cached_property
    def outside(self):
        return replace(House.outside.func(self), servers=Servers(self.authority))


class Session:
    """Types one command after the other."""

    def __init__(self, home):
        self.home = home
        self.passphrase = self.file("passphrase", SECRETS["passphrase"])

    def file(self, name, text):
        path = self.home / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        return path

    def house(self, **named):
        return MailingHouse(
            vaults=self.home / "vaults",
            settings=self.home / "settings.json",
            handover=self.home / "handover",
            **named,
        )

    def __call__(self, *argv):
        page = io.StringIO()
        with contextlib.redirect_stdout(page):
            code = run(self.house, [*map(str, argv), "--passphrase-file", str(self.passphrase), "--json"])
        if code:
            raise AssertionError(argv)
        return json.loads(page.getvalue())["data"]


def quiet_part(session):
    """Everything that needs no network; the reference of the letter that will be sent."""
    home = session.home
    session("vault", "create", "Personal")
    session("person", "add", "--name", WORDS["name"], "--email", USER, "--place", "US-CA")
    session(
        "company", "add", "--name", COMPANY, "--email", RECIPIENT, "--country", "US", "--note", WORDS["note"]
    )
    session("import", "companies", session.file("list.csv", LIST))
    made = [
        session("request", "new", "--right", right, "--company", COMPANY)["reference"]
        for right in ("optout_sale", "access")
    ]
    for form in ("txt", "eml", "pdf"):
        session("letter", made[0], "--format", form, "-o", home / f"letter.{form}")
    who = {
        "name": WORDS["name"],
        "emails": [USER],
        "place": "US-CA",
        "addresses": [
            {"lines": [WORDS["street"]], "city": WORDS["city"], "postcode": "94105", "country": "US"}
        ],
    }
    person = session.file("person.json", json.dumps(who))
    session(
        *("letter", "--right", "access", "--law", "eu-gdpr", "--company", "schufa", "--person-file", person),
        *("-o", home / "loose.txt"),
    )
    for form in ("csv", "json", "ics"):
        session("export", "requests", "--format", form, "-o", home / f"requests.{form}")
    session("import", "requests", home / "requests.json")
    session("import", "requests", home / "requests.csv", "--dry-run")
    (home / "drafts").mkdir()
    session("send", made[1], "--via", "eml", "--folder", home / "drafts", "--yes")
    return made[0]


def hand_over(session, reference):
    """What a desktop does with a draft and with a link: it starts a program with it."""
    house = session.house()
    vault = house.vaults.unlock(session.home / "vaults" / "Personal.optout", Secret(SECRETS["passphrase"]))
    desk = house.open_desk(vault)
    view = desk.letters.view(desk.requests.find(reference))
    draft = desk.sending.open_file(view, Way.EML)
    bare = desk.sending.link(view, has_accepted_notice=False)
    for target in (str(draft), bare):
        subprocess.run(["/bin/true", target], check=True)
    body, mode = view.letter.body, draft.stat().st_mode & 0o777
    house.handover.clear()
    vault.close()
    return {"draft": str(draft), "mode": mode, "is_gone": not draft.exists(), "link": bare, "body": body}


def main():
    """The session."""
    home, MailingHouse.authority, port, ending = Path(sys.argv[1]), *sys.argv[2:]
    if ending == "tell":
        subprocess.run(["/bin/true", SECRETS["passphrase"]], check=True)
        return
    session = Session(home)
    reference = quiet_part(session)
    handed = hand_over(session, reference)
    password = session.file("mail-password", PASSWORD)
    session(
        *("account", "add", USER, "--smtp-host", "localhost", "--smtp-port", port),
        *("--password-file", password),
    )
    before = session("network", "log")
    with contextlib.suppress(OSError):
        Path(MARK).readlink()
    session("account", "test", USER)
    report = session("send", reference, "--via", "smtp", "--pause", 0, "--yes")
    told = {"before": before, "log": session("network", "log"), "report": report, "handed": handed}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
