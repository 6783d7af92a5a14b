# SPDX-License-Identifier: Apache-2.0
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optout_desktop.adapters.addresses import check_email, check_phone
from optout_desktop.domain.errors import InputError


def refusal(check, *arguments, **named):
    with pytest.raises(InputError) as caught:
        check(*arguments, **named)
    return caught.value


def outcome(check, *arguments):
    """What is kept and no field, or nothing and the field that was refused."""
    try:
        return check(*arguments), ""
    except InputError as error:
        return "", error.field


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  jane@example.org ", "jane@example.org"),
        ("Jane.Doe+news@EXAMPLE.org", "Jane.Doe+news@example.org"),
        ("info@müller.de", "info@xn--mller-kva.de"),
        ("privacy@northwind.example", "privacy@northwind.example"),
    ],
)
def test_an_e_mail_address_is_kept_as_mail_carries_it(typed, kept):
    assert check_email(typed, "email") == kept


def test_a_missing_domain_ending_is_told_with_a_suggestion():
    error = refusal(
        check_email, "privacy@northwind", "recipient", known_domains=("contoso.example", "northwind.example")
    )

    assert error.field == "recipient"
    assert error.suggestion == "privacy@northwind.example"
    assert str(error) == (
        "privacy@northwind is missing a domain ending such as .com. Did you mean privacy@northwind.example?"
    )


def test_without_a_known_domain_the_usual_ending_is_suggested():
    assert refusal(check_email, "privacy@northwind", "email").suggestion == "privacy@northwind.com"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "jane",
        "@example.org",
        "jane@",
        "jane@@example.org",
        "jane@exa mple.org",
        "jane@example..org",
        "jane@-example.org",
        "jane@example.org\r\nBcc: eve@example.org",
        "jane@example.org, eve@example.org",
        "jane@example.org?bcc=eve@example.org",
        "Jane <jane@example.org>",
        "jane@[127.0.0.1]",
        "jäne@example.org",
        "jane\u2028@example.org",
        "jane\x00@example.org",
        "j" * 250 + "@example.org",
        "jane@" + "x" * 64 + ".org",
        "jane@example.invalid",
    ],
)
def test_what_is_no_address_is_refused_with_the_field(typed):
    error = refusal(check_email, typed, "my-field")

    assert error.field == "my-field"
    assert str(error).endswith((".", "?"))


@given(st.text(max_size=60))
def test_whatever_is_typed_as_an_address_ends_as_one_or_as_a_sentence(typed):
    kept, refused = outcome(check_email, typed, "email")

    assert refused == ("" if kept else "email")
    assert kept.isascii()
    assert kept.count("@") == bool(kept)
    assert not set(kept) & set(' \r\n\t,;<>"')


@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("(202) 555-0123", "US", "+12025550123"),
        ("+1 202 555 0123", "DE", "+12025550123"),
        ("1-202-555-0123", "US", "+12025550123"),
        ("030 901820", "DE", "+4930901820"),
        ("0049 30 901820", "DE", "+4930901820"),
        ("07700 900123", "GB", "+447700900123"),
        ("+44\u00a020 7946 0018", "", "+442079460018"),
        ("２０２ ５５５ ０１２３", "US", "+12025550123"),
        ("78901", "US", "78901"),
        ("789 01", "US", "78901"),
        ("262966", "US", "262966"),
        ("60055", "GB", "60055"),
    ],
)
def test_a_number_is_kept_with_its_country_code_and_a_short_code_as_digits(typed, country, kept):
    assert check_phone(typed, country) == kept


@pytest.mark.parametrize(
    ("typed", "country", "hint"),
    [
        ("", "US", "Type a telephone number"),
        ("call me", "US", "other signs"),
        ("1-800-FLOWERS", "US", "other signs"),
        ("12", "US", "too few digits"),
        ("202 555 01234567890", "US", "too many digits"),
        ("+999 123 456 789", "US", "country code"),
        ("202 555 0123", "", "with its country code"),
        ("+1 202 555 0123\r\nX: y", "US", "other signs"),
        ("++12025550123", "US", "other signs"),
    ],
)
def test_what_is_no_number_is_refused_with_the_reason(typed, country, hint):
    error = refusal(check_phone, typed, country, "my-phone")

    assert error.field == "my-phone"
    assert hint in str(error)


@given(
    st.text(alphabet="+0123456789 ()-.\u2013x\n\u0663", max_size=25), st.sampled_from(["US", "DE", "GB", ""])
)
def test_whatever_is_typed_as_a_number_ends_as_digits_or_as_a_sentence(typed, country):
    kept, refused = outcome(check_phone, typed, country)

    assert refused == ("" if kept else "phone")
    assert re.fullmatch(r"\+[0-9]{7,15}|[0-9]{3,6}|", kept)
