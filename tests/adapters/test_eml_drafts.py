# SPDX-License-Identifier: Apache-2.0
from email import policy
from email.header import decode_header, make_header
from email.parser import BytesParser
from email.utils import parseaddr

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from optout_desktop.adapters.addresses import check_email
from optout_desktop.adapters.eml_drafts import check_header, draft
from optout_desktop.catalog.templates import Templates
from optout_desktop.domain.errors import InputError
from optout_desktop.domain.letters import Letter, LetterKind
from tests.golden.letters.cases import CASES, LETTERS

HEADERS = ["content-transfer-encoding", "content-type", "from", "mime-version", "subject", "to", "x-unsent"]
NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from("\r\n\x00\x0b\x0c\x85\u2028\u2029\t\x1b\x7f\ud800\udfff"),
        st.sampled_from('=?_:;,<>@"\\() \u202e'),
        st.characters(),
    ),
    max_size=80,
)


WORDY = st.lists(
    st.sampled_from(
        ["reference", "–", "Löschung", "a", "x" * 40, "x" * 90, "🛑", "(1)", "a;b,", "“q”", '"', "\\"]
    ),
    max_size=40,
).map(" ".join)


def a_letter(subject="Opt-out – reference OO-7F3K-22", body="Dear Sir or Madam,\n\nplease stop.\n"):
    return Letter(kind=LetterKind.REQUEST, subject=subject, body=body)


def name_of_sender(content):
    """The display name, by the older classes: Python 3.11's newer ones part encoded words with a space."""
    name, _ = parseaddr(BytesParser(policy=policy.compat32).parsebytes(content)["From"])
    return str(make_header(decode_header(name)))


def drafted(*arguments, **named):
    """The draft and no field, or no draft and the field that was refused."""
    try:
        return draft(*arguments, **named), ""
    except InputError as error:
        return b"", error.field


def parsed(content):
    return BytesParser(policy=policy.default).parsebytes(content)


def test_a_draft_opens_as_unsent_and_carries_no_date_and_no_message_id():
    message = parsed(draft(a_letter(), "jane@example.org", "privacy@northwind.example"))

    assert message["X-Unsent"] == "1"
    assert message["Date"] is None
    assert message["Message-ID"] is None
    assert sorted(name.lower() for name in message.keys()) == HEADERS  # noqa: SIM118 - repeated names count


def test_sender_and_recipient_are_the_two_that_were_given():
    message = parsed(
        draft(
            a_letter(), "jane@example.org", "privacy@northwind.example", sender_name="Zoë “ZZ” O’Neill, Jr."
        )
    )

    assert [address.addr_spec for address in message["To"].addresses] == ["privacy@northwind.example"]
    [sender] = message["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Zoë “ZZ” O’Neill, Jr.", "jane@example.org")


@pytest.mark.parametrize(
    "subject",
    ["Widerspruch gegen Direktwerbung – Zeichen OO-7F3K-22", "отказ " * 20, "إلغاء الاشتراك", "🛑 STOP"],
)
def test_a_subject_in_any_script_survives_the_trip(subject):
    message = parsed(draft(a_letter(subject=subject), "jane@example.org", "privacy@northwind.example"))

    assert message["Subject"] == subject.strip()


@pytest.mark.parametrize("case", CASES)
def test_the_draft_says_exactly_what_the_letter_says(case):
    letter = Templates(LETTERS).fill(CASES[case])
    content = draft(letter, "jane@example.org", "privacy@northwind.example")
    message = parsed(content)

    assert message.get_content().replace("\r\n", "\n") == letter.body
    assert message["Subject"] == letter.subject
    assert max(len(line) for line in content.split(b"\r\n")) <= 998
    assert b"\n" not in content.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "sign", ["\r", "\n", "\r\n", "\x00", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\t", "\ud800"]
)
@pytest.mark.parametrize("field", ["sender", "recipient", "sender_name", "subject"])
def test_a_sign_that_could_open_a_header_is_refused_in_every_field(field, sign):
    given_fields = {
        "sender": "jane@example.org",
        "recipient": "to@example.org",
        "sender_name": "J",
        "subject": "S",
    }
    given_fields[field] = f"{given_fields[field]}{sign}Bcc: eve@example.org"
    with pytest.raises(InputError) as caught:
        draft(
            a_letter(subject=given_fields["subject"]),
            given_fields["sender"],
            given_fields["recipient"],
            sender_name=given_fields["sender_name"],
        )

    assert caught.value.field == field


def test_a_text_with_a_null_is_refused_by_name():
    with pytest.raises(InputError) as caught:
        draft(a_letter(body="stop\x00"), "jane@example.org", "to@example.org")

    assert caught.value.field == "body"


def test_a_subject_of_endless_length_is_refused():
    with pytest.raises(InputError, match="500"):
        check_header("x" * 501, "subject")


@settings(max_examples=2_000)
@given(subject=st.one_of(NASTY, WORDY), name=st.one_of(NASTY, WORDY), body=NASTY)
@example(subject="a\nBcc: eve@example.org", name="", body="")
@example(subject="=?utf-8?q?a=0D=0ABcc:_eve@example.org?=", name="", body="")
@example(subject="", name='"<eve@example.org>, x', body="\n\nFrom eve\n.\n")
def test_no_subject_name_or_text_adds_a_header_or_a_recipient(subject, name, body):
    content, refused = drafted(
        a_letter(subject, body), "jane@example.org", "to@example.org", sender_name=name
    )
    if refused:
        assert refused in {"subject", "sender_name", "body"}
        return
    message = parsed(content)

    assert sorted(header.lower() for header in message.keys()) == HEADERS  # noqa: SIM118 - repeated names count
    assert [address.addr_spec for address in message["To"].addresses] == ["to@example.org"]
    assert [address.addr_spec for address in message["From"].addresses] == ["jane@example.org"]
    assert name_of_sender(content) == " ".join(name.split())
    assert message["Subject"] == " ".join(subject.split())
    assert message.get_content().replace("\r\n", "\n") == "\n".join(body.splitlines()) + "\n"


@settings(max_examples=2_000)
@given(recipient=st.one_of(NASTY, NASTY.map(lambda text: f"to@example.org{text}")))
@example(recipient="to@example.org?bcc=eve@example.org")
@example(recipient="to@example.org\r\nBcc: eve@example.org")
@example(recipient="eve@example.org,to@example.org")
def test_no_address_smuggles_in_a_second_one(recipient):
    content, refused = drafted(a_letter(), "jane@example.org", recipient)
    if refused:
        assert refused == "recipient"
        return
    message = parsed(content)
    [address] = message["To"].addresses

    assert sorted(header.lower() for header in message.keys()) == HEADERS  # noqa: SIM118 - repeated names count
    assert address.addr_spec == check_email(recipient)
    assert address.username == recipient.strip().rpartition("@")[0]
