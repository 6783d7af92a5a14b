# SPDX-License-Identifier: Apache-2.0
"""E-mail addresses and telephone numbers as people type them → the one form in which they are kept and used.

Nothing is asked of the network: an address is judged by its form alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from optout_desktop.domain.errors import InputError

LONGEST_ADDRESS_CHARS = 254
"""RFC 5321 section 4.5.3.1.3: a path of 256 octets less its angle brackets."""

_USUAL_ENDING = "com"
_SHORT_CODE = re.compile(r"[0-9]{3,6}")
_SEPARATORS = re.compile(r"[\s().\-/\u2010-\u2015]")
_DIALLED = re.compile(r"\+?[0-9\s().\-/\u2010-\u2015]+")


def check_email(text: str, field: str = "email", *, known_domains: Iterable[str] = ()) -> str:
    """The address with its domain in ASCII, as mail carries it.

    ``known_domains`` are those of the company being written to; one of them is suggested where it completes
    what was typed. Raises ``InputError`` naming ``field``.
    """
    from email_validator import EmailNotValidError, validate_email

    typed = text.strip()
    local, at, domain = typed.rpartition("@")
    if not typed:
        raise InputError(field, "Type an e-mail address, such as name@example.org.")
    if any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in typed):
        raise InputError(field, "An e-mail address is one line without control characters. Type it again.")
    if len(typed) > LONGEST_ADDRESS_CHARS:
        raise InputError(field, f"An e-mail address has at most {LONGEST_ADDRESS_CHARS} characters.")
    if not at:
        raise InputError(field, f"“{typed}” is missing an @ sign, as in name@example.org.")
    if not local or not domain:
        side = "after" if local else "before"
        raise InputError(field, f"“{typed}” is missing the part {side} the @ sign, as in name@example.org.")
    if "." not in domain.strip("."):
        raise _missing_ending(typed, local, domain.strip("."), field, known_domains)
    try:
        checked = validate_email(typed, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise InputError(
            field, f"“{typed}” is not an e-mail address that mail can be sent to. Check its spelling."
        ) from error
    return checked.ascii_email or checked.normalized


def check_phone(text: str, country: str, field: str = "phone") -> str:
    """The number in E.164 form with its plus, or the bare digits of a short code.

    ``country`` (two letters) reads numbers written without a country code; digits that are too few for any
    number of that country are a short code. Raises ``InputError`` naming ``field``.
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    if not typed:
        raise InputError(
            field, "Type a telephone number such as +1 202 555 0123, or a short code such as 78901."
        )
    if not _DIALLED.fullmatch(typed):
        raise InputError(
            field, f"“{text.strip()}” is not a telephone number: there are other signs in it than digits."
        )
    short = _SEPARATORS.sub("", typed)
    if _SHORT_CODE.fullmatch(short):
        return short
    return _long_number(typed, country, field)


def _long_number(typed: str, country: str, field: str) -> str:
    import phonenumbers
    from phonenumbers import ValidationResult

    region = country[:2].upper() or None
    unfit = {
        ValidationResult.TOO_SHORT: "has too few digits for a telephone number",
        ValidationResult.TOO_LONG: "has too many digits for a telephone number",
        ValidationResult.INVALID_COUNTRY_CODE: "starts with a country code that no country has",
    }
    try:
        number = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException as error:
        raise InputError(
            field,
            f"“{typed}” is not a telephone number. Type it with its country code, as in +1 202 555 0123.",
        ) from error
    verdict = phonenumbers.is_possible_number_with_reason(number)
    if verdict != ValidationResult.IS_POSSIBLE:
        reason = unfit.get(verdict, "is not complete without an area code")
        raise InputError(field, f"“{typed}” {reason}. Check it, or type it with its country code.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _missing_ending(
    typed: str, local: str, domain: str, field: str, known_domains: Iterable[str]
) -> InputError:
    completed = next(
        (known for known in known_domains if known.lower().startswith(f"{domain.lower()}.")),
        f"{domain}.{_USUAL_ENDING}",
    )
    suggestion = f"{local}@{completed}"
    return InputError(
        field,
        f"{typed} is missing a domain ending such as .com. Did you mean {suggestion}?",
        suggestion,
    )
