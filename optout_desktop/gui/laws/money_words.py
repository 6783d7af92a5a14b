# SPDX-License-Identifier: Apache-2.0
"""What a statute sets in money for a breach, in sentences; nothing is added up here."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from optout_desktop.domain.damages import Currency, Damages, Fault, Per


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("laws", text)


def amount(value: Damages) -> str:
    """From how much to how much, and for what, such as *USD 500 to USD 1,500 for each message*."""
    return tr("{sum} {per}").format(sum=_sum(value), per=_per(value.per))


def sentence(value: Damages) -> str:
    """The amount with who must be to blame, what else must be true, and where it is written."""
    said = [tr("{amount}.").format(amount=amount(value))]
    if value.fault is Fault.WILFUL:
        said.append(tr("Only where the company acted knowingly or on purpose."))
    if value.note:
        said.append(value.note)
    said.append(tr("Written in {citation}.").format(citation=value.citation.rstrip(".")))
    if not value.is_verified:
        said.append(tr("Not verified."))
    return " ".join(said)


def _sum(value: Damages) -> str:
    least, most = value.min, value.max
    if least is not None and most is not None:
        if least == most:
            return _money(least, value.currency)
        return tr("{least} to {most}").format(
            least=_money(least, value.currency), most=_money(most, value.currency)
        )
    if least is not None:
        return tr("at least {least}").format(least=_money(least, value.currency))
    if most is not None:
        return tr("up to {most}").format(most=_money(most, value.currency))
    return tr("an amount that the law leaves open")


def _money(count: int, currency: Currency) -> str:
    return tr("{currency} {count}").format(currency=currency.value, count=QLocale().toString(count))


def _per(value: Per) -> str:
    return {
        Per.VIOLATION: tr("for each breach"),
        Per.MESSAGE: tr("for each message"),
        Per.CALL: tr("for each call"),
        Per.INCIDENT: tr("for each incident"),
        Per.REQUEST_AND_DAY: tr("for each request and day"),
        Per.CASE: tr("once, however many breaches there were"),
    }[value]
