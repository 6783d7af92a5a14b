# SPDX-License-Identifier: Apache-2.0
"""Drafts and whole messages as bytes: ASCII, short lines, files that come back, by two independent readers.

One reader is the standard library's parser; the other is written here by RFC 2045 and 2046 alone, and refuses
whatever a strict mail server could refuse.
"""

import base64
import binascii
import quopri
import re
from datetime import datetime
from email import policy
from email.parser import BytesParser
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from optout_desktop.adapters.eml_drafts import draft, message
from optout_desktop.domain.errors import InputError
from optout_desktop.domain.letters import AttachedFile, Letter, LetterKind
from tests.adapters.test_eml_drafts import NASTY

PICTURE = bytes(range(256)) * 37 + b"\r\n--part-\r\n.\r\nFrom eve\r\n"
NAMES = {
    "plain": "redacted.png",
    "German": "Ausweis – Kopie (1) für Prüfung.pdf",
    "Polish": "zażółć gęślą jaźń.jpg",
    "Cyrillic": "удостоверение личности.png",
    "Hebrew": "תעודת זהות.png",
    "signs with a meaning": 'a"b;c\\d=e%20, (f) <g>.txt',
    "a picture sign": "🛑 stop.webp",
    "150 signs": "x" * 146 + ".pdf",
}
BODIES = {
    "English": "Dear all,\n\nplease stop.\n",
    "German": "Grüße aus Köln –\n„Schluss“.\n",
    "Greek": "Παρακαλώ σταματήστε να μου στέλνετε διαφημίσεις.\n" * 4,
    "one endless line": "please stop " * 400 + "\n",
    "lines that mail knows": ".\n..\nFrom eve@example.org\n--part-\n=20\n=\n \n\t\nend \n",
    "nothing": "\n",
}


def a_file(name="redacted.png", media_type="image/png", content=PICTURE):
    return AttachedFile(name=name, media_type=media_type, content=content)


def as_draft(body="Dear all,\n\nplease stop.\n", *files):
    letter = Letter(kind=LetterKind.REQUEST, subject="Widerspruch – OO-7F3K-22", body=body)
    return draft(letter, "jane@example.org", "to@example.org", sender_name="Zoë", attachments=files)


def as_message(body="Dear all,\n\nplease stop.\n", *files):
    return message(
        Letter(kind=LetterKind.REQUEST, subject="Widerspruch – OO-7F3K-22", body=body),
        "jane@example.org",
        "to@example.org",
        sender_name="Zoë",
        message_id="<oo.1@example.org>",
        at=datetime(2026, 11, 25, 9, 30),
        attachments=files,
    )


WRITTEN = {"draft": as_draft, "message": as_message}


# ── a strict reader of one's own ─────────────────────────────────────────────────────────────────────


def headers_and_body(entity):
    """The fields of one entity, unfolded, in order, and what follows the empty line."""
    head, found, body = entity.partition(b"\r\n\r\n")
    assert found, "no empty line after the header"
    fields = []
    for line in head.split(b"\r\n"):
        if line[:1] in {b" ", b"\t"}:
            fields[-1][1] += line
            continue
        name, colon, value = line.partition(b":")
        assert colon, line
        assert re.fullmatch(rb"[!-9;-~]+", name), line
        fields.append([name.decode().lower(), value])
    return [(name, value.decode("ascii").strip()) for name, value in fields], body


def one(fields, name):
    [value] = [value for known, value in fields if known == name]
    return value


def parameters(value):
    """The parameters of a field by RFC 2045 section 5.1 and RFC 2231, pieces joined in order."""
    token = r"[!#$%&'*+\-.0-9A-Z^_`a-z{|}~]+"
    found = re.findall(rf';\s*({token})=("(?:[^"\\]|\\.)*"|{token})', value)
    pieces = {}
    for key, raw in found:
        name, _, rest = key.partition("*")
        is_quoted = raw.startswith('"')
        said = re.sub(r"\\(.)", r"\1", raw[1:-1]) if is_quoted else raw
        pieces.setdefault(name.lower(), []).append(
            (int(rest.strip("*") or 0), rest.endswith("*") or key.endswith("*"), said)
        )
    joined = {}
    for name, parts in pieces.items():
        charset, raw = "us-ascii", b""
        for number, is_encoded, said in sorted(parts):
            text = said
            if is_encoded and number == 0:
                charset, _, text = said.split("'", 2)
            raw += unquote_to_bytes(text) if is_encoded else text.encode()
        joined[name] = raw.decode(charset)
    return joined


def decoded(fields, body):
    encoding = one(fields, "content-transfer-encoding")
    assert encoding in {"base64", "quoted-printable", "7bit"}
    assert all(len(line) <= 76 for line in body.split(b"\r\n")), "a line of more than 76 columns"
    if encoding == "base64":
        lines = body.replace(b"\r\n", b"")
        assert re.fullmatch(rb"[A-Za-z0-9+/]*={0,2}", lines)
        return base64.b64decode(lines, validate=True)
    assert not re.search(rb"[ \t]\r\n", body), "white space at the end of a line"
    assert re.fullmatch(rb"(?:[\t\r\n !-<>-~]|=[0-9A-F]{2}|=\r\n)*", body)
    return quopri.decodestring(body)


def read_strictly(content):
    """The fields, the text, and each file as name, media type and bytes."""
    assert content.isascii()
    assert set(content.replace(b"\r\n", b"")).isdisjoint(b"\r\n")
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))
    fields, body = headers_and_body(content)
    kind = one(fields, "content-type")
    if not kind.lower().startswith("multipart/mixed"):
        return fields, decoded(fields, body).decode("utf-8"), []
    border = parameters(kind)["boundary"].encode()
    assert re.fullmatch(rb"[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]", border)
    assert f'boundary="{border.decode()}"' in kind, "a border in pieces"
    parts = re.split(rb"(?:\A|\r\n)--" + re.escape(border) + rb"(--)?[ \t]*(?=\r\n|\Z)", body)
    assert parts[1::2] == [None] * (len(parts) // 2 - 1) + [b"--"]
    entities = [headers_and_body(part.removeprefix(b"\r\n")) for part in parts[2:-2:2]]
    (text_fields, text), *files = entities
    return (
        fields,
        decoded(text_fields, text).decode("utf-8"),
        [
            (
                parameters(one(known, "content-disposition")).get("filename", ""),
                one(known, "content-type").split(";")[0],
                decoded(known, raw),
            )
            for known, raw in files
        ],
    )


def read_by_the_library(content):
    parsed = BytesParser(policy=policy.default).parsebytes(content)
    text = parsed.get_body(("plain",)).get_content()
    files = [
        (part.get_filename(), part.get_content_type(), part.get_content())
        for part in parsed.iter_attachments()
    ]
    return parsed, text, files


# ── what holds ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_every_text_travels_in_ascii_and_comes_back_by_both_readers(write, body):
    for content in (write(body), write(body, a_file())):
        _, strictly, _ = read_strictly(content)
        _, by_library, _ = read_by_the_library(content)

        assert strictly.replace("\r\n", "\n") == body
        assert by_library.replace("\r\n", "\n") == body


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_file_comes_back_with_its_name_and_its_bytes(write, name):
    content = write("Dear all,\n", a_file(name=name))
    _, _, strictly = read_strictly(content)
    _, _, by_library = read_by_the_library(content)

    assert strictly == by_library == [(name, "image/png", PICTURE)]


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
def test_several_files_keep_their_order(write):
    files = [a_file(name=name, content=PICTURE[:size]) for size, name in enumerate(NAMES.values())]
    _, _, strictly = read_strictly(write("Dear all,\n", *files))

    assert strictly == [(file.name, "image/png", file.content) for file in files]


@pytest.mark.parametrize("write", WRITTEN.values(), ids=WRITTEN)
def test_the_same_letter_with_the_same_files_is_the_same_bytes(write):
    first, second = (write("Dear all,\n", a_file(), a_file(name="b.pdf")) for _ in range(2))

    assert first == second


@pytest.mark.parametrize(
    ("given_type", "carried"),
    [
        ("application/pdf", "application/pdf"),
        ("IMAGE/JPEG", "image/jpeg"),
        ("message/rfc822", "application/octet-stream"),
        ("multipart/mixed", "application/octet-stream"),
        ("", "application/octet-stream"),
        ("image", "application/octet-stream"),
        ('image/png; name="x"', "application/octet-stream"),
    ],
)
def test_a_file_of_a_kind_that_mail_may_not_encode_goes_along_as_octets(given_type, carried):
    content = as_draft("Dear all,\n", a_file(media_type=given_type))
    _, _, [(_, strictly, sent)] = read_strictly(content)

    assert (strictly, sent) == (carried, PICTURE)


def test_a_draft_is_unsent_and_a_message_has_its_day_and_id():
    unsent, _, _ = read_strictly(as_draft("Hi\n", a_file()))
    whole, _, _ = read_strictly(as_message("Hi\n", a_file()))

    assert one(unsent, "x-unsent") == "1"
    assert {"date", "message-id"}.isdisjoint(name for name, _ in unsent)
    assert one(whole, "date") == "Wed, 25 Nov 2026 09:30:00 +0000"
    assert one(whole, "message-id") == "<oo.1@example.org>"
    assert "x-unsent" not in [name for name, _ in whole]


def attached(name, media_type):
    """The draft and no field, or no draft and the field that was refused."""
    try:
        return as_draft("Hi\n", a_file(name=name, media_type=media_type)), ""
    except InputError as error:
        return b"", error.field


@settings(max_examples=2_000, deadline=None)
@given(name=NASTY, media_type=st.one_of(st.just("image/png"), NASTY.map(lambda text: f"image/png{text}")))
@example(name="a.png\r\nBcc: eve@example.org", media_type="image/png")
@example(name='a.png"; filename="b.exe', media_type="image/png")
@example(name="a.png", media_type="image/png\r\nBcc: eve@example.org")
def test_no_files_name_adds_a_field_or_a_recipient(name, media_type):
    content, refused = attached(name, media_type)
    if refused:
        assert refused == "attachment"
        return
    fields, text, [(_, _, sent)] = read_strictly(content)
    parsed, _, _ = read_by_the_library(content)

    assert sorted(known for known, _ in fields) == [
        "content-type",
        "from",
        "mime-version",
        "subject",
        "to",
        "x-unsent",
    ]
    assert [address.addr_spec for address in parsed["To"].addresses] == ["to@example.org"]
    assert (text.replace("\r\n", "\n"), sent) == ("Hi\n", PICTURE)


def test_the_strict_reader_refuses_what_it_should():
    good = as_draft("Hi\n", a_file())
    with pytest.raises(AssertionError):
        read_strictly(good.replace(b"Hi", "Hö".encode()))
    with pytest.raises(AssertionError):
        read_strictly(good.replace(b"\r\n", b"\n"))

    with pytest.raises((AssertionError, binascii.Error)):
        read_strictly(good.replace(b"\r\n\r\nAAECAwQF", b"\r\n\r\n****AwQF", 1))
