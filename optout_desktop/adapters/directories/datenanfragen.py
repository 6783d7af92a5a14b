# SPDX-License-Identifier: Apache-2.0
"""Records of Datenanfragen.de (``companies/<slug>.json`` of a checkout or a ZIP of it) → companies.

Packs, obsolete records and authorities beside them are not looked at. A record that cannot be read costs itself.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from optout_desktop.adapters.archives import MOST_ENTRIES, Archive
from optout_desktop.adapters.json_in import read_json
from optout_desktop.adapters.tables_in import Told
from optout_desktop.domain.companies import Channel, Quality
from optout_desktop.domain.company_lists import LeftOut, LeftOutReason, ListedCompany
from optout_desktop.domain.errors import ImportRefused

from .countries import country_code
from .drafts import Draft

TITLE = "Datenanfragen.de company list"
LARGEST_RECORD_BYTES = 1024 * 1024

_IN_ARCHIVE = re.compile(r"(?:[^/]+/)?companies/[^/]+\.json")
_SLUG = re.compile(r"[a-z0-9-]{1,200}")
_MEDIUM = {"email": Channel.EMAIL, "webform": Channel.FORM, "letter": Channel.POST}
_ASKED_FOR = {
    "name": "name",
    "email": "e-mail address",
    "address": "postal address",
    "birthdate": "date of birth",
}

Records = Iterator[tuple[str, Callable[[], bytes]]]


def is_archive_of_it(archive: Archive) -> bool:
    """Whether an archive holds records of companies."""
    return any(map(_IN_ARCHIVE.fullmatch, archive.names))


def records_in_archive(archive: Archive) -> tuple[int, Records]:
    """How many records an archive holds, and each by name with what reads it."""
    names = sorted(name for name in archive.names if _IN_ARCHIVE.fullmatch(name))
    return len(names), ((name, lambda name=name: archive.read(name, LARGEST_RECORD_BYTES)) for name in names)


def records_in_folder(folder: Path) -> tuple[int, Records]:
    """How many records lie in a checkout, and each by name with what reads it. Raises ImportRefused."""
    inner = folder / "companies" if (folder / "companies").is_dir() else folder
    files: list[Path] = []
    try:
        for path in inner.iterdir():
            if path.suffix == ".json" and stat.S_ISREG(path.lstat().st_mode):
                files.append(path)
            if len(files) > MOST_ENTRIES:
                raise ImportRefused(
                    f"{folder.name} holds more than {MOST_ENTRIES:,} records (the limit). Nothing was changed.",
                    "too_large",
                )
    except OSError as error:
        raise ImportRefused(
            f"The folder {folder.name} cannot be read. Check that you may open it.", "unreadable"
        ) from error
    files.sort()
    return len(files), ((f"companies/{path.name}", lambda path=path: _content(path)) for path in files)


def read(
    records: tuple[int, Records], dated_on: date | None, told: Told
) -> tuple[list[ListedCompany], list[LeftOut]]:
    """The companies of so many records, and what was left out."""
    total, each = records
    companies: list[ListedCompany] = []
    problems: list[LeftOut] = []
    for done, (place, content) in enumerate(each):
        told(done, total)
        draft = Draft(place=place, title=TITLE, checked_on=dated_on, problems=problems)
        try:
            record = read_json(content(), place)
        except ImportRefused as error:
            if error.why == "archive":
                raise
            draft.leave_out(LeftOutReason.BAD_RECORD, str(error))
            continue
        if (listed := _company(draft, record)) is not None:
            companies.append(listed)
    return companies, problems


def _company(draft: Draft, record: Any) -> ListedCompany | None:  # noqa: ANN401 - what JSON may hold
    if not isinstance(record, dict) or not isinstance(record.get("slug"), str) or "name" not in record:
        draft.leave_out(LeftOutReason.BAD_RECORD)
        return None
    if record.get("quality") == "obsolete":
        draft.leave_out(LeftOutReason.BAD_RECORD, "obsolete")
        return None
    draft.slug = record["slug"] if _SLUG.fullmatch(record["slug"]) else ""
    draft.name = _text(record, "name")
    draft.aliases = _texts(record, "runs")[:50]
    lines = _text(record, "address").splitlines()
    draft.country = country_code(lines[-1]) if lines else ""
    draft.categories = tuple(_texts(record, "categories"))
    language = _text(record, "request-language")
    draft.language = language if re.fullmatch(r"[a-z]{2}", language) else ""
    draft.quality = {each.value: each for each in Quality}.get(_text(record, "quality"), Quality.IMPORTED)
    if web := _text(record, "web"):
        draft.site(web)
    _add_contacts(draft, record, lines)
    draft.note = "\n".join(filter(None, (_asks_for(record), *_texts(record, "comments"))))
    return draft.listed()


def _add_contacts(draft: Draft, record: dict[str, Any], lines: list[str]) -> None:
    if email := _text(record, "email"):
        draft.email(email)
    if form := _text(record, "webform"):
        draft.link(form)
    if len(lines) > 1:
        draft.post(lines)
    if phone := _text(record, "phone"):
        draft.phone(phone)
    wanted = _MEDIUM.get(_text(record, "suggested-transport-medium"))
    ordered = sorted(draft.contacts.items(), key=lambda item: item[0][0] is not wanted)
    draft.contacts = dict(ordered)


def _asks_for(record: dict[str, Any]) -> str:
    elements = record.get("required-elements")
    asked = [
        _ASKED_FOR.get(str(one.get("type")), str(one.get("desc", ""))[:80])
        for one in (elements if isinstance(elements, list) else ())
        if isinstance(one, dict) and not one.get("optional")
    ]
    if record.get("needs-id-document") is True:
        asked.append("a copy of an identity document")
    things = ", ".join(dict.fromkeys(filter(None, asked)))
    return f"It asks for: {things}." if things else ""


def _text(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    return value.strip() if isinstance(value, str) else ""


def _texts(record: dict[str, Any], key: str) -> list[str]:
    value = record.get(key)
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_RECORD_BYTES + 1)
    except OSError as error:
        raise ImportRefused(f"{path.name} cannot be read.", "unreadable", path.name) from error
    if len(content) > LARGEST_RECORD_BYTES:
        raise ImportRefused(f"{path.name} is larger than a record may be.", "too_large", path.name)
    return content
