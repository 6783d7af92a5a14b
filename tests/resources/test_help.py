# SPDX-License-Identifier: Apache-2.0
"""The offline help is whole: every topic has its page, every link a target, nothing is from outside."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
from PySide6.QtGui import QTextDocument, QTextTable

from optout_desktop.domain.requests import Attention, RefusalReason, RequestStatus

ROOT = Path(__file__).parents[2]
HELP = ROOT / "resources" / "help" / "en"
TOPICS = tomllib.loads((HELP / "topics.toml").read_text(encoding="utf-8"))["topics"]
PAGES = {topic["id"]: (HELP / topic["file"]).read_text(encoding="utf-8") for topic in TOPICS}
EVERY_PAGE = pytest.mark.parametrize("page", PAGES)

SCREENS = {
    "unlock", "first_run", "dashboard", "requests", "new_request", "letter", "stop_texts", "companies",
    "clients", "settings", "backups", "keyboard", "laws", "registers", "calculator", "outbox",
}  # fmt: skip

_CRYPTO = re.compile(r"cryptography\.hazmat|hashlib$|secrets$")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)]*)\)")

ALGORITHM_OF_NAME = {
    "AESGCM": "AES-256-GCM",
    "Argon2id": "Argon2id",
    "HKDF": "HKDF-SHA256",
    "SHA256": "SHA-256",
    "sha256": "SHA-256",
    "urandom": "os.urandom",
    "choice": "secrets",
    "token_bytes": "secrets",
    "token_hex": "secrets",
    "randbelow": "secrets",
}
"""What the code calls an algorithm, and what the page on algorithms calls it."""


def test_every_topic_has_a_page_that_begins_with_its_title():
    wrong = [topic["id"] for topic in TOPICS if not PAGES[topic["id"]].startswith(f"# {topic['title']}\n\n")]

    assert wrong == []


def test_every_page_is_a_topic_and_every_id_is_there_once():
    ids = [topic["id"] for topic in TOPICS]

    assert sorted(topic["file"] for topic in TOPICS) == sorted(path.name for path in HELP.glob("*.md"))
    assert len(ids) == len(set(ids))


def test_every_screen_opens_exactly_one_topic():
    screens = [screen for topic in TOPICS for screen in topic["screens"]]

    assert sorted(screens) == sorted(SCREENS)


@EVERY_PAGE
def test_every_link_leads_to_a_page_of_the_help(page):
    dead = [target for target in LINK.findall(PAGES[page]) if not (HELP / target).is_file() or not target]

    assert dead == []


def test_the_contents_page_names_every_topic():
    listed = set(LINK.findall(PAGES["index"]))

    assert listed == {topic["file"] for topic in TOPICS} - {"index.md"}


@EVERY_PAGE
def test_no_page_has_an_image_a_script_a_tag_or_an_address_on_the_web(page):
    foreign = re.findall(r"!\[|<[a-zA-Z!/]|https?:|//|javascript:|data:\w", PAGES[page])

    assert foreign == []


@EVERY_PAGE
def test_no_page_scolds_or_frightens(page):
    harsh = re.findall(
        r"(?i)\b(?:illegal|fatal|invalid|oops|sorry|please note|data subject|admonition)\w*", PAGES[page]
    )

    assert harsh == []


@EVERY_PAGE
def test_no_page_states_a_period_that_a_law_file_holds(page):
    periods = re.findall(
        r"(?i)\b\d+[\s-](?:business|working|calendar)[\s-]days?\b|\b\d+ months?\b", PAGES[page]
    )

    assert periods == []


@EVERY_PAGE
def test_a_page_says_nothing_in_american_spelling(page):
    american = re.findall(r"(?i)\b\w*(?:authoriz|recogniz|organiz|honor\b|color\b|favorite)\w*", PAGES[page])

    assert american == []


@pytest.mark.parametrize("page", ["index", "kinds", "deadlines", "next-steps", "kept-afterwards", "clients"])
def test_where_a_decision_hangs_on_it_the_page_says_that_it_is_not_legal_advice(page):
    assert "not legal advice" in re.sub(r"\s+", " ", PAGES[page].replace("*", ""))


@pytest.mark.parametrize(
    "status", [*(status.value for status in RequestStatus), "due soon", "overdue", "violated"]
)
def test_every_status_has_its_row(status):
    assert f"| **{status.capitalize()}** | " in PAGES["statuses"]


@pytest.mark.parametrize("flag", list(Attention))
def test_every_sign_that_waits_for_the_person_is_explained(flag):
    label = flag.value.replace("_", " ").capitalize().replace("Needs answer", "Needs your answer")

    assert f"- **{label}**: " in PAGES["statuses"]


def test_as_many_grounds_of_refusal_are_named_as_there_are():
    sentence = re.search(r"The eight grounds are: ([^.]*)\.", PAGES["statuses"]).group(1)

    assert len(re.split(r",| and ", sentence.replace(", and", ","))) == len(RefusalReason) == 8


def test_the_keyboard_page_leaves_room_for_the_one_table():
    assert PAGES["keyboard"].count("{{keyboard}}") == 1
    assert [page for page, text in PAGES.items() if "{{keyboard" in text] == ["keyboard"]


@pytest.mark.parametrize(
    "algorithm",
    ["AES-256-CBC", "HMAC-SHA512", "PBKDF2-HMAC-SHA512", "Argon2id", "HKDF-SHA256", "AES-256-GCM", "SHA-256"],
)
def test_every_algorithm_has_its_row_and_its_place_of_use(algorithm):
    row = next(line for line in PAGES["crypto"].splitlines() if line.startswith(f"| **{algorithm}** |"))

    assert all(cell.strip() for cell in row.strip("|").split("|")[::2])


def test_every_algorithm_that_the_code_takes_is_on_the_page():
    unlisted = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / "optout_desktop").rglob("*.py")
        for name in algorithms_in(path)
        if ALGORITHM_OF_NAME.get(name, "not on the page") not in PAGES["crypto"]
    }

    assert unlisted == set()


def algorithms_in(path):
    """The names that a module takes from ``cryptography``, ``hashlib`` and ``secrets``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.ImportFrom(module=str(module), level=0) if _CRYPTO.match(module):
                yield from (name.name for name in node.names)
            case ast.Attribute(value=ast.Name(id="hashlib" | "secrets"), attr=name):
                if name not in {"file_digest", "compare_digest"}:
                    yield name


@EVERY_PAGE
def test_a_page_is_shown_by_qt_without_asking_for_anything(page, qapp):
    document = AskedFor()
    document.setMarkdown(PAGES[page])
    tables = [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]

    assert document.asked == []
    assert document.toPlainText().startswith(next(t["title"] for t in TOPICS if t["id"] == page))
    assert len(tables) == len(re.findall(r"(?m)^\|(?:-+\|)+$", PAGES[page]))
    words = document.toPlainText()
    for code in re.findall(r"`([^`]+)`", PAGES[page]):
        words = words.replace(" ".join(code.split()), "")
    assert "|" not in words


class AskedFor(QTextDocument):
    """A document that remembers what it wanted to load."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def loadResource(self, kind, name):  # noqa: N802 - Qt's name
        self.asked.append(name.toString())
        return super().loadResource(kind, name)
