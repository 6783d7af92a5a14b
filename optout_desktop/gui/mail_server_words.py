# SPDX-License-Identifier: Apache-2.0
"""What a mail server's refusal means, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from optout_desktop.domain.errors import (
    CertificateRefused,
    EncryptionRefused,
    LoginRefused,
    MailServerError,
    ServerRefused,
    ServerUnreachable,
)
from optout_desktop.gui.wording import long_date


def tr(text: str) -> str:
    """The sentence in the person's language."""
    return QCoreApplication.translate("mail_server_words", text)


def title(error: MailServerError) -> str:
    """What happened, in a few words."""
    match error:
        case LoginRefused():
            return tr("The mail server did not let you in")
        case CertificateRefused() | EncryptionRefused():
            return tr("The mail server is not safe to use")
        case ServerUnreachable():
            return tr("The mail server cannot be reached")
        case _:
            return tr("The mail server refused")


def text(error: MailServerError) -> str:
    """What it means and what to do."""
    match error:
        case LoginRefused():
            words = tr(
                "{host} did not accept the user name or password. Nothing was sent. "
                "Check the account in Settings › Sending."
            )
        case CertificateRefused():
            return tr(
                "The certificate of {host} is not valid ({reason}). To protect your mail nothing was sent."
            ).format(host=error.host, reason=_certificate(error))
        case EncryptionRefused():
            words = tr(
                "{host} offers no safe encryption. To protect your mail nothing was sent. "
                "Check the port and the kind of encryption in Settings › Sending."
            )
        case ServerUnreachable():
            return _unreachable(error)
        case ServerRefused():
            return tr("{host} answered: {code} {reply}. Nothing was sent.").format(
                host=error.host, code=error.code, reply=error.reply
            )
        case _:
            return str(error)
    return words.format(host=error.host)


def _certificate(error: CertificateRefused) -> str:
    if error.why == "expired" and error.expired_on is not None:
        return tr("expired {day}").format(day=long_date(error.expired_on))
    reasons = {
        "expired": tr("expired"),
        "not_yet": tr("not valid yet"),
        "self_signed": tr("signed by itself"),
        "other_host": tr("made out for another server"),
        "untrusted": tr("signed by somebody unknown"),
        "weak": tr("too weak"),
    }
    return reasons.get(error.why, tr("it could not be checked"))


def _unreachable(error: ServerUnreachable) -> str:
    reasons = {
        "name": tr(
            "There is no server called {host}. Nothing was sent. Check the name in Settings › Sending."
        ),
        "refused": tr(
            "{host} takes no connection there. Nothing was sent. Check the port in Settings › Sending."
        ),
        "silent": tr("{host} does not answer. Nothing was sent. Are you online?"),
    }
    words = reasons.get(error.why, tr("{host} hung up before the message was handed over. Nothing was sent."))
    return words.format(host=error.host)
