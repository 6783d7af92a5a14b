# SPDX-License-Identifier: Apache-2.0
"""What goes along with a letter: what is taken, how much of it, and that it leaves as it was given."""

from __future__ import annotations

import email
import zlib
from email.policy import default
from pathlib import Path

import pytest

from optout_desktop.domain.errors import InputError, NotFound
from optout_desktop.domain.evidence import OpenedFile
from optout_desktop.domain.letters import MAX_ATTACHMENTS_BYTES, AttachmentWhat, LetterKind
from optout_desktop.services.sending import Way, WhyNot
from tests.services import desks

REQUEST = LetterKind.REQUEST
PDF, TEXT = "application/pdf", "text/plain"
SECRET = b"Jane Example, 48.1372N"


def chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def a_png(*told: bytes) -> bytes:
    """One grey pixel, with whatever else a camera would tell."""
    head = chunk(b"IHDR", b"\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00")
    body = chunk(b"IDAT", zlib.compress(b"\x00\x80"))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(told) + body + chunk(b"IEND", b"")


def a_pdf(length: int = 20) -> bytes:
    return b"%PDF-1.7".ljust(length, b"x")


def add(desk, draft, name="Proof.pdf", media_type=PDF, content=None, **more):
    return desk.attachments.add(draft.id, REQUEST, name, media_type, content or a_pdf(), **more)


def test_a_file_goes_along_in_the_draft_byte_for_byte_and_is_named(desk, draft):
    kept = add(desk, draft)
    view = desk.letters.view(draft.id)
    message = email.message_from_bytes(desk.sending.eml(view), policy=default)
    [part] = message.iter_attachments()

    assert view.attachments == (kept,)
    assert view.facts.attachments == ("Proof.pdf",)
    assert (part.get_filename(), part.get_content()) == ("Proof.pdf", a_pdf())
    assert "Proof.pdf" in desk.letters.pdf(view).decode()


def test_a_link_carries_no_file(desk, draft):
    add(desk, draft)
    closed = {one.way: one.why_not for one in desk.sending.ways(desk.letters.view(draft.id))}

    assert closed[Way.MAILTO] is WhyNot.HAS_ATTACHMENTS
    assert closed[Way.EML] is None


def test_once_it_was_sent_it_does_not_go_along_again_and_undoing_brings_it_back(desk, draft):
    kept = add(desk, draft)
    desk.sending.eml(desk.letters.view(draft.id))
    desk.sending.confirm(draft.id, REQUEST, desks.TODAY, Way.EML)
    sent = desk.attachments.of(draft.id, REQUEST)
    desk.undoing.undo()

    assert sent == ()
    assert desk.attachments.of(draft.id, REQUEST) == (kept,)

    desk.undoing.redo()

    assert desk.attachments.of(draft.id, REQUEST) == ()


def test_it_can_be_left_out_and_brought_back(desk, draft):
    kept = add(desk, draft)
    desk.attachments.bin(kept.id)
    gone = desk.attachments.of(draft.id, REQUEST)
    desk.attachments.restore(kept.id)
    back = desk.attachments.of(draft.id, REQUEST)
    for _ in range(3):
        desk.undoing.undo()

    assert (gone, back) == ((), (kept,))
    assert desk.attachments.of(draft.id, REQUEST) == ()
    assert desk.attachments.file(kept.id).content == a_pdf()


class TestTooMuch:
    def test_all_files_together_are_held_against_the_limit(self, desk, draft):
        add(desk, draft, content=a_pdf(MAX_ATTACHMENTS_BYTES - 30))
        before = desks.digest_of(desk.vault)

        with pytest.raises(InputError, match="more than 10 MiB"):
            add(desk, draft, content=a_pdf(31))

        assert desks.digest_of(desk.vault) == before
        assert desk.attachments.room_bytes(draft.id, REQUEST) == 30

    def test_no_more_of_a_large_file_is_read_than_there_is_room_for(self, desk, draft, outside):
        read = []

        def pieces():
            while True:
                read.append(1)
                yield b"x" * (1024 * 1024)

        endless = OpenedFile(name="endless.txt", size_bytes=5, media_type=TEXT, pieces=pieces())
        outside.files.open = lambda _path: endless

        with pytest.raises(InputError, match="more than 10 MiB"):
            desk.attachments.add_file(draft.id, REQUEST, Path("endless.txt"))

        assert len(read) == 11


class TestKinds:
    @pytest.mark.parametrize(
        ("name", "media_type", "content"),
        [
            ("a.exe", "application/x-msdownload", b"MZ"),
            ("a.html", "text/html", b"<p>"),
            ("a.svg", "image/svg+xml", b"<svg/>"),
            ("a.pdf", PDF, b"MZ no pdf"),
            ("a.png", "image/png", b"%PDF-1.7"),
            ("a.txt", TEXT, b"\xff\xfe\x00"),
            ("a.txt", TEXT, b"zero\x00"),
        ],
    )
    def test_what_is_no_picture_pdf_or_text_stays_out(self, desk, draft, name, media_type, content):
        with pytest.raises(InputError, match="no picture, PDF or plain text") as caught:
            add(desk, draft, name, media_type, content)

        assert caught.value.field == "file"
        assert desk.attachments.of(draft.id, REQUEST) == ()

    @pytest.mark.parametrize(
        ("name", "media_type", "content", "kept"),
        [
            ("../../etc/passwd", TEXT, b"x", "-..-etc-passwd.txt"),
            ("C:\\a\\b.pdf", PDF, a_pdf(), "C--a-b.pdf"),
            ("two\nlines\u202egpj.pdf", PDF, a_pdf(), "two linesgpj.pdf"),
            ("evil.exe", PDF, a_pdf(), "evil.exe.pdf"),
            (" . ", PDF, a_pdf(), "file.pdf"),
            ("ü" * 200 + ".pdf", PDF, a_pdf(), "ü" * 73 + ".pdf"),
        ],
    )
    def test_its_name_is_one_that_every_system_can_write(self, desk, draft, name, media_type, content, kept):
        assert add(desk, draft, name, media_type, content).name == kept


class TestIdentityDocuments:
    def test_one_is_kept_as_its_pixels_alone(self, desk, draft):
        told = a_png(chunk(b"eXIf", SECRET), chunk(b"tEXt", SECRET))
        kept = add(desk, draft, "id.png", "image/png", told, what=AttachmentWhat.REDACTED_ID)
        left = desk.sending.eml(desk.letters.view(draft.id))
        [part] = email.message_from_bytes(left, policy=default).iter_attachments()

        assert SECRET in told
        assert part.get_content() == desk.attachments.file(kept.id).content == a_png()
        assert kept.what is AttachmentWhat.REDACTED_ID

    @pytest.mark.parametrize(
        ("media_type", "content"), [(PDF, a_pdf()), (TEXT, b"x"), ("image/gif", b"GIF89a")]
    )
    def test_nothing_but_a_picture_is_taken_for_one(self, desk, draft, media_type, content):
        with pytest.raises(InputError, match="PNG or JPEG"):
            add(desk, draft, "id", media_type, content, what=AttachmentWhat.REDACTED_ID)

    def test_no_file_is_taken_for_one_as_it_lies_on_the_disk(self, desk, draft):
        with pytest.raises(InputError, match="once it is blacked out"):
            desk.attachments.add_file(draft.id, REQUEST, Path("id.png"), AttachmentWhat.REDACTED_ID)


def test_an_unknown_request_or_file_is_told(desk, draft):
    for job in (
        lambda: desk.attachments.add("nothing", REQUEST, "a.pdf", PDF, a_pdf()),
        lambda: desk.attachments.bin("nothing"),
        lambda: desk.attachments.file("nothing"),
    ):
        with pytest.raises(NotFound):
            job()

    assert desk.attachments.of(draft.id, REQUEST) == ()


def test_the_entry_of_a_sending_names_the_files_that_went_along(desk, draft):
    kept = add(desk, draft)
    desk.sending.eml(desk.letters.view(draft.id))
    desk.sending.confirm(draft.id, REQUEST, desks.TODAY, Way.EML)
    [sent] = desk.requests.detail(draft.id).request.history

    assert sent.details == (("attachment", f"Proof.pdf sha256:{kept.sha256}"),)
    assert desk.attachments.of(draft.id, REQUEST) == ()
