# SPDX-License-Identifier: Apache-2.0
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from optout_desktop.adapters.addresses import check_email
from optout_desktop.adapters.mailto import LONGEST_URL_BYTES, mailto_url, why_not
from optout_desktop.domain.errors import HandOverError, InputError
from optout_desktop.domain.letters import Letter, LetterKind
from tests.adapters.test_eml_drafts import NASTY

TO = "privacy@northwind.example"


def a_letter(subject="Opt-out – ref. 1&2", body="Dear all,\nstop & confirm?\n"):
    return Letter(kind=LetterKind.REQUEST, subject=subject, body=body)


def linked(letter, to):
    """The link and no field, or no link and the field that was refused."""
    try:
        return mailto_url(letter, to, has_accepted_notice=True), ""
    except InputError as error:
        return "", error.field
    except HandOverError:
        return "", "length"


def read(url):
    parts = urlsplit(url)
    return unquote(parts.path), dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=True))


def test_a_link_carries_recipient_subject_and_text():
    url = mailto_url(a_letter(), TO, has_accepted_notice=True)

    assert url.startswith(f"mailto:{TO}?subject=Opt-out%20%E2%80%93")
    assert "+" not in url
    assert read(url) == (TO, {"subject": "Opt-out – ref. 1&2", "body": "Dear all,\r\nstop & confirm?\r\n"})


def test_without_the_notice_the_text_stays_at_home():
    assert read(mailto_url(a_letter(), TO, has_accepted_notice=False)) == (
        TO,
        {"subject": "Opt-out – ref. 1&2"},
    )


def test_a_link_that_mail_programs_would_cut_is_not_made_and_the_reason_is_told():
    long = a_letter(body="x" * LONGEST_URL_BYTES)
    with pytest.raises(HandOverError, match="too long for a mail link"):
        mailto_url(long, TO, has_accepted_notice=True)

    assert "e-mail draft file" in why_not(long, TO)
    assert why_not(a_letter(), TO) == ""


def test_the_limit_counts_encoded_bytes():
    fitting = mailto_url(a_letter(body="ä" * 10), TO, has_accepted_notice=True)
    room = (LONGEST_URL_BYTES - len(fitting)) // len("%C3%A4")

    assert why_not(a_letter(body="ä" * (10 + room)), TO) == ""
    assert why_not(a_letter(body="ä" * (11 + room)), TO) != ""


def test_signs_with_a_meaning_in_links_are_encoded_in_the_address():
    url = mailto_url(a_letter(subject=""), "a&b=c%d+e?f@example.org", has_accepted_notice=False)

    assert url == "mailto:a%26b%3Dc%25d%2Be%3Ff@example.org"


@settings(max_examples=2_000)
@given(
    subject=st.one_of(NASTY, st.text(max_size=60)),
    body=st.one_of(NASTY, st.text(max_size=60)),
    to=st.one_of(st.just(TO), NASTY.map(lambda text: f"{TO}{text}")),
)
@example(subject="a\r\nBcc: eve@example.org", body="", to=TO)
@example(subject="a&bcc=eve@example.org", body="x&cc=eve@example.org", to=TO)
@example(subject="=?utf-8?q?a=0D=0ABcc:_eve@example.org?=", body="", to=TO)
@example(subject="", body="", to=f"{TO}?bcc=eve@example.org")
@example(subject="", body="", to=f"{TO},eve@example.org")
def test_no_text_adds_a_field_or_a_recipient(subject, body, to):
    url, refused = linked(a_letter(subject, body), to)
    if refused:
        assert refused in {"subject", "body", "recipient", "length"}
        return
    address, fields = read(url)

    assert url.isascii()
    assert len(url) <= LONGEST_URL_BYTES
    assert address == check_email(to)
    assert fields.get("subject", "") == " ".join(subject.split())
    assert fields["body"] == ("".join(f"{line}\r\n" for line in body.splitlines()) or "\r\n")
    assert set(fields) <= {"subject", "body"}
