# SPDX-License-Identifier: Apache-2.0
"""``mailto:`` links: a letter and its recipient → one percent-encoded URL (RFC 6068).

The system hands such a link to the mail program on a command line, where every user of the computer can read
it while the program opens. Hence the text goes along only where the person was told so and agreed.
"""

from __future__ import annotations

from urllib.parse import quote

from optout_desktop.domain.errors import HandOverError
from optout_desktop.domain.letters import Letter

from .addresses import check_email
from .eml_drafts import check_body, check_header

LONGEST_URL_BYTES = 1_600
"""Gmail cut links at about 1,620 characters, Outlook at 2,046; below both, nothing is lost."""


def mailto_url(letter: Letter, recipient: str, *, has_accepted_notice: bool) -> str:
    """The link; recipient and subject alone unless ``has_accepted_notice``.

    Raises ``InputError`` for a bad address or subject, and ``HandOverError`` with the reason where the
    encoded link is longer than ``LONGEST_URL_BYTES``.
    """
    fields = {"subject": check_header(letter.subject, "subject")}
    if has_accepted_notice:
        fields["body"] = check_body(letter.body).replace("\n", "\r\n")
    address = quote(check_email(recipient, "recipient"), safe="@")
    query = "&".join(f"{name}={quote(value, safe='')}" for name, value in fields.items() if value)
    url = f"mailto:{address}?{query}" if query else f"mailto:{address}"
    if len(url) > LONGEST_URL_BYTES:
        raise HandOverError(
            f"This letter is too long for a mail link: {len(url):,} bytes, and mail programs cut links "
            f"after about {LONGEST_URL_BYTES:,}. Use an e-mail draft file instead."
        )
    return url


def why_not(letter: Letter, recipient: str) -> str:
    """The reason why the letter does not fit a mail link, or an empty string where it does."""
    try:
        mailto_url(letter, recipient, has_accepted_notice=True)
    except HandOverError as error:
        return str(error)
    return ""
