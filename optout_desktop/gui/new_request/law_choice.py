# SPDX-License-Identifier: Apache-2.0
"""Choosing another law for a wish: those that apply with their reasons, and why the others do not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from optout_desktop.domain.laws import LawStatus, Reason
from optout_desktop.gui import theme, wording
from optout_desktop.gui.labels import Look, label
from optout_desktop.gui.new_request.wish import Prospect, Wish, law_words, wanted_words
from optout_desktop.gui.places import place_name
from optout_desktop.gui.scroll_dialog import ScrollDialog


class LawDialog(ScrollDialog):
    """Lists every law judged for a wish; ``ask`` answers with the chosen one, or None."""

    def __init__(
        self, wish: Wish, chosen: Prospect | None, parent: QWidget | None = None, *, is_choice: bool = True
    ) -> None:
        """``is_choice`` is False where no letter asks for the right, so that laws are only looked at."""
        super().__init__(parent)
        self.choices: list[tuple[QRadioButton, Prospect]] = []
        self._one = QButtonGroup(self)  # each button has its own host, so they would not exclude each other
        self.against: list[str] = []
        body = self.body
        title = self.tr("Which law? {wanted}").format(wanted=wanted_words(wish.wanted))
        body.addWidget(label(title, Look.TITLE, wraps=True))
        lives = self.tr("Judged for somebody who lives in {place}.").format(place=place_name(wish.place))
        body.addWidget(label(lives, Look.SECOND, wraps=True))
        body.addSpacing(8)
        body.addWidget(label(self.tr("These apply"), Look.STRONG))
        fitting = [one for one in wish.prospects if one.item.applies]
        for prospect in fitting:
            body.addWidget(self._choice(prospect, is_chosen=prospect == chosen))
        if not fitting:
            body.addWidget(label(self.tr("No law that is known here does."), Look.SECOND, wraps=True))
        body.addSpacing(8)
        self._add_against(body, wish)
        self.use = self.main
        self.use.setEnabled(bool(fitting) and is_choice)
        self.use.clicked.connect(self.accept)
        self.finish(self.tr("Which law?"), self.tr("&Use this law"), 560, 560)

    def ask(self) -> Prospect | None:
        """The law that was chosen, or None if the dialog was left."""
        if self.exec() != QDialog.DialogCode.Accepted:
            return None
        return next((prospect for button, prospect in self.choices if button.isChecked()), None)

    def _choice(self, prospect: Prospect, *, is_chosen: bool) -> QWidget:
        law = prospect.item.law
        button = QRadioButton(law.short_title.replace("&", "&&"))
        button.setChecked(is_chosen)
        reasons = [wording.reason(reason) for reason in prospect.item.reasons]
        title = label(law.title, wraps=True)
        says = label(law_words(prospect), Look.SECOND, wraps=True)
        why = label(
            self.tr("It {reasons}.").format(reasons=self.locale().createSeparatedList(reasons)), wraps=True
        )
        why.setProperty("look", str(Look.SMALL))
        binds = label(
            self.tr("It binds: {whom}").format(whom=law.binds) if law.binds else "", Look.SMALL, wraps=True
        )
        button.setAccessibleDescription(f"{why.text()} {binds.text()}".strip())
        host = QWidget()
        layout = QVBoxLayout(host)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(2)
        layout.addWidget(button)
        for line in (title, says, why, binds):
            line.setIndent(theme.px(28))
            layout.addWidget(line)
        binds.setVisible(bool(law.binds))
        self._one.addButton(button)
        self.choices.append((button, prospect))
        return host

    def _add_against(self, body: QVBoxLayout, wish: Wish) -> None:
        """The near ones in full; those of other places behind a button, there are many."""
        body.addWidget(label(self.tr("These do not, and why"), Look.STRONG))
        others = [one for one in wish.prospects if not one.item.applies]
        near = [one for one in others if Reason.LIVES_ELSEWHERE not in one.item.reasons]
        far = [one for one in others if Reason.LIVES_ELSEWHERE in one.item.reasons]
        for prospect in near:
            body.addWidget(label(self._why_not(prospect), wraps=True))
        rest = QWidget()
        rest_layout = QVBoxLayout(rest)
        rest_layout.setContentsMargins(0, 0, 0, 0)
        rest_layout.setSpacing(4)
        for prospect in far:
            rest_layout.addWidget(label(self._why_not(prospect), Look.SECOND, wraps=True))
        rest.hide()
        unfold = QPushButton(self.tr("Show {count} laws of other places").format(count=len(far)))
        unfold.setProperty("kind", "link")
        unfold.setCheckable(True)
        unfold.toggled.connect(rest.setVisible)
        body.addWidget(unfold, alignment=Qt.AlignmentFlag.AlignLeading)
        unfold.setVisible(bool(far))
        body.addWidget(rest)

    def _why_not(self, prospect: Prospect) -> str:
        law = prospect.item.law
        reasons = self.locale().createSeparatedList([wording.reason(one) for one in prospect.item.reasons])
        if law.status is LawStatus.ENACTED_FUTURE:
            words = self.tr("{law} {reasons}; it comes into force on {day} and gives no day before.").format(
                law=law.short_title, reasons=reasons, day=wording.long_date(law.applies_from)
            )
        else:
            words = self.tr("{law} {reasons}.").format(law=law.short_title, reasons=reasons)
        self.against.append(words)
        return words
