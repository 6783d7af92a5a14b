# SPDX-License-Identifier: Apache-2.0
"""A new passphrase, typed twice, with words about its strength while it is typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from optout_desktop.domain.errors import InputError, WeakPassphrase
from optout_desktop.domain.passphrases import SHORTEST_CHARACTERS, Weakness, judge
from optout_desktop.domain.secrets import Secret
from optout_desktop.gui.fields import FormErrors, PassphraseRow
from optout_desktop.gui.labels import Look, label


class NewPassphrase(QWidget):
    """Two fields; ``take`` gives the passphrase or says at the field what is wrong."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = PassphraseRow(self.tr("Choose a &passphrase"), "passphrase")
        self.again = PassphraseRow(self.tr("&Repeat it"), "repeated")
        self.strength = label("", Look.SMALL, wraps=True)
        self.errors = FormErrors([self.first, self.again])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for widget in (self.errors, self.first, self.strength, self.again):
            layout.addWidget(widget)
        self.first.passphrase.textChanged.connect(self._judge)
        self.again.passphrase.textChanged.connect(self.changed)
        self.own_names: tuple[str, ...] = ()
        self._judge()

    def take(self) -> Secret | None:
        """The passphrase where both fields hold the same strong one; else None, and the fields say why."""
        self.errors.clear()
        secret = Secret(self.first.passphrase.text())
        try:
            judge(secret, self.own_names).insist()
        except WeakPassphrase as weak:
            self.errors.show_errors([InputError("passphrase", str(weak))])
            return None
        if self.again.passphrase.text() != secret.reveal():
            sentence = self.tr("The two passphrases differ. Type the second one again.")
            self.errors.show_errors([InputError("repeated", sentence)])
            return None
        return secret

    def forget(self) -> None:
        """Empty both fields."""
        self.first.passphrase.forget()
        self.again.passphrase.forget()

    def _judge(self) -> None:
        self.first.clear_error()
        text = self.first.passphrase.text()
        self.strength.setText(self._words(text))
        self.changed.emit()

    def _words(self, text: str) -> str:  # noqa: PLR0911 - one line a verdict
        if not text:
            return self.tr("Four unrelated words do well, such as a made-up sentence.")
        verdict = judge(Secret(text), self.own_names)
        match verdict.weakness:
            case Weakness.TOO_SHORT:
                return self.tr("Strength: too short · {count} of at least {least} characters").format(
                    count=len(text), least=SHORTEST_CHARACTERS
                )
            case Weakness.TOO_LONG:
                return self.tr("Strength: longer than a vault can take")
            case Weakness.COMMON:
                return self.tr("Strength: weak · among the first that anybody would try")
            case Weakness.PATTERN:
                return self.tr("Strength: weak · a repetition or a run on the keyboard")
            case Weakness.OWN_NAMES:
                return self.tr("Strength: weak · made of your own names")
            case None:
                pass
        if verdict.has_uncertain_layout:
            return self.tr("Strength: good · it holds letters that another keyboard may not have")
        if verdict.is_short_of_recommended:
            return self.tr("Strength: fair · a word more makes it good")
        return self.tr("Strength: good")
