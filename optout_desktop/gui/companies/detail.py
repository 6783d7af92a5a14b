# SPDX-License-Identifier: Apache-2.0
"""One company: every contact with its source and date, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from optout_desktop.domain.companies import Company, Contact, Origin
from optout_desktop.domain.places import Place
from optout_desktop.domain.proposals import Proposal
from optout_desktop.gui import company_words, wording
from optout_desktop.gui.chips import IconButton
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.language_words import letter_language
from optout_desktop.gui.places import place_name


class CompanyDetail(QScrollArea):
    """Shows one company; tells what the person wants done with it."""

    request_wanted = Signal()
    requests_wanted = Signal()
    correction_wanted = Signal()
    shipped_wanted = Signal()
    report_wanted = Signal()
    copy_wanted = Signal(str)
    policy_wanted = Signal()
    revival_wanted = Signal(object)
    """A ``Contact`` that works again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.company: Company | None = None
        self.start = self._button(self.tr("New re&quest"), self.request_wanted.emit, "accent")
        self.open_requests = self._button("", self.requests_wanted.emit, "link")
        self.correct = self._button(self.tr("C&orrect…"), self.correction_wanted.emit)
        self.forget = self._button(self.tr("&Use the directory's entry again"), self.shipped_wanted.emit)
        self.policy = self._button(self.tr("Add from their pri&vacy policy…"), self.policy_wanted.emit)
        self.revivers: list[QPushButton] = []
        self.report = self._button(self.tr("Re&port a correction"), self.report_wanted.emit)

    def show_company(
        self, company: Company, open_count: int, proposed: Sequence[Proposal] | None = None
    ) -> None:
        """Show another company; ``proposed`` are its contacts as they would be proposed, dead ones last."""
        self.revivers = []
        self.company = company
        inner = QFrame()
        inner.setProperty("surface", "window")
        body = QVBoxLayout(inner)
        body.setContentsMargins(8, 0, 8, 16)
        body.setSpacing(8)
        title = label(shown(company.name), Look.TITLE, wraps=True)
        body.addWidget(title)
        body.addWidget(label(self._about(company), Look.SECOND, wraps=True))
        body.addWidget(self.open_requests, alignment=Qt.AlignmentFlag.AlignLeading)
        self._say_count(open_count)
        actions = QWidget()
        flow = FlowLayout(actions)
        for button in (self.start, self.correct, self.policy, self.report, self.forget):
            flow.addWidget(button)
        self.forget.setVisible(company.origin is Origin.CORRECTED)
        self.report.setVisible(company.origin not in {Origin.ADDED, Origin.IMPORTED})
        body.addWidget(actions)
        body.addSpacing(8)
        body.addWidget(label(self.tr("How to reach them"), Look.STRONG))
        for one in proposed or [Proposal(contact=contact) for contact in company.contacts]:
            body.addWidget(self._contact(one))
        if not company.contacts:
            none = self.tr(
                "No contact is known. Add one with “Correct…”, or from their privacy policy, before you write to them."
            )
            body.addWidget(label(none, Look.SECOND, wraps=True))
        self._add_facts(body, company)
        body.addStretch()
        old = self.takeWidget()
        self.setWidget(inner)
        if old is not None:
            old.deleteLater()

    def _say_count(self, count: int) -> None:
        words_for_count = (
            self.tr("1 open request") if count == 1 else self.tr("{count} open requests").format(count=count)
        )
        self.open_requests.setText(words_for_count)
        self.open_requests.setVisible(count > 0)

    def _about(self, company: Company) -> str:
        facts = [company_words.row_end(company)]
        if company.domains:
            facts.append(", ".join(company.domains))
        if company.country:
            facts.append(place_name(Place(company.region or company.country)))
        return " · ".join(facts)

    def _contact(self, proposed: Proposal) -> QWidget:
        contact, dead_since_on = proposed.contact, proposed.dead_since_on
        row = QFrame()
        row.setProperty("kind", "card")
        layout = QHBoxLayout(row)
        layout.setContentsMargins(12, 8, 8, 8)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(label(wording.channel(contact.channel), Look.SECTION))
        value = label(shown(contact.value), wraps=True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        texts.addWidget(value)
        texts.addWidget(label(company_words.contact_source(contact), Look.SMALL, wraps=True))
        if dead_since_on is not None:
            struck = value.font()
            struck.setStrikeOut(True)
            value.setFont(struck)
            value.setAccessibleDescription(company_words.dead_since(dead_since_on))
            texts.addWidget(label(company_words.dead_since(dead_since_on), wraps=True))
            texts.addWidget(self._reviver(contact), alignment=Qt.AlignmentFlag.AlignLeading)
        layout.addLayout(texts, 1)
        copy = IconButton("copy", self.tr("Copy {address}").format(address=contact.value.splitlines()[0]))
        copy.clicked.connect(lambda: self.copy_wanted.emit(contact.value))
        layout.addWidget(copy, alignment=Qt.AlignmentFlag.AlignTop)
        return row

    def _reviver(self, contact: Contact) -> QPushButton:
        made = self._button(self.tr("It works again"), lambda: self.revival_wanted.emit(contact), "link")
        name = self.tr("{address} works again").format(address=contact.value.splitlines()[0])
        made.setAccessibleName(name)
        self.revivers.append(made)
        return made

    def _add_facts(self, body: QVBoxLayout, company: Company) -> None:
        quality = (
            ""
            if company.origin in {Origin.ADDED, Origin.IMPORTED}
            else company_words.quality(company.quality)
        )
        facts = [
            (self.tr("Website"), company.website),
            (self.tr("Language of letters"), letter_language(company.language) if company.language else ""),
            (self.tr("Also called"), ", ".join(company.aliases)),
            (self.tr("Note"), company.note),
            (self.tr("Sources"), ", ".join(company.sources)),
            (self.tr("Quality of the entry"), quality),
        ]
        for name, value in facts:
            if value:
                body.addSpacing(4)
                body.addWidget(label(name, Look.SECTION))
                body.addWidget(label(shown(value), wraps=True))

    def _button(self, text: str, tell: Callable[[], None], kind: str = "") -> QPushButton:
        button = QPushButton(text)
        button.setProperty("kind", kind)
        button.clicked.connect(lambda _checked=False: tell())
        return button
