# SPDX-License-Identifier: Apache-2.0
"""Step 1, What: wishes as cards, each with its law where the person lives. Pressing a card goes on.

In a first run there are three large cards and *Something else*; later all usual ones at once. *All rights* unfolds
every right that a law gives where the person lives.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from optout_desktop.domain.people import PersonKind
from optout_desktop.domain.rights import Goal, Right
from optout_desktop.gui import theme
from optout_desktop.gui.labels import IconLabel, Look, label
from optout_desktop.gui.new_request.rights_list import RightsList
from optout_desktop.gui.new_request.wish import (
    BIG_GOALS,
    USUAL,
    Opening,
    Wanted,
    Wish,
    law_words,
    wanted_line,
    wanted_words,
)

_ICONS: dict[Wanted, str] = {
    Goal.STOP_SELLING: "shield",
    Goal.STOP_EMAIL: "unsubscribe",
    Goal.STOP_TEXTS: "qr",
    Goal.STOP_CALLS: "phone",
    Goal.OBJECT_MARKETING: "cross-circle",
    Right.DELETE: "trash",
    Right.ACCESS: "inbox",
    Right.CORRECT: "pencil",
    Right.OBJECT_PROCESSING: "exclamation",
}
_CARD_PX = 236
_BIG_CARD_PX = 260


class WishCard(QPushButton):
    """One wish: its words, one line, and the law that gives the right."""

    def __init__(self, wish: Wish, *, is_big: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wish = wish
        self.setProperty("kind", "tile")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        proposed = wish.proposed
        icon = IconLabel(
            _ICONS.get(wish.wanted, "letter"), 28 if is_big else 20, "accent" if proposed else "text_2"
        )
        title = label(wanted_words(wish.wanted), Look.TITLE if is_big else Look.STRONG, wraps=True)
        line = label(
            wanted_line(wish.wanted, wish.proposed), Look.SECOND if is_big else Look.SMALL, wraps=True
        )
        law = label(law_words(proposed), Look.SMALL, wraps=True)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(icon, alignment=Qt.AlignmentFlag.AlignTop)
        head.addWidget(title, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(4)
        if is_big:
            layout.addWidget(icon)
            layout.addWidget(title)
        else:
            layout.addLayout(head)
        layout.addWidget(line)
        layout.addStretch()
        layout.addWidget(law)
        for child in (icon, title, line, law):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(wanted_words(wish.wanted))
        self.setAccessibleDescription(
            self.tr("{line} {law}.").format(line=line.text(), law=law.text().rstrip("."))
        )

    def sizeHint(self) -> QSize:
        """What the content needs."""
        layout = self.layout()
        width = max(self.width(), theme.px(_CARD_PX))
        return QSize(theme.px(_CARD_PX), layout.heightForWidth(width)) if layout else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """The same height, and less width."""
        return QSize(theme.px(160), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        """Its words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of its words at a width."""
        layout = self.layout()
        return layout.heightForWidth(width) if layout else super().heightForWidth(width)


class CardGrid(QWidget):
    """Cards in as many columns as fit."""

    def __init__(self, card_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card_px = card_px
        self._cards: list[WishCard] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self._grid.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)

    def show_cards(self, cards: list[WishCard]) -> None:
        """Show these instead of those before."""
        for old in self._cards:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._cards = cards
        self._columns = 0
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other columns for another width."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = max(1, min(3, (self.width() + 12) // (theme.px(self._card_px) + 12)))
        if columns == self._columns:
            return
        for at in range(self._columns):
            self._grid.setColumnStretch(at, 0)
        self._columns = columns
        for at, card in enumerate(self._cards):
            self._grid.addWidget(card, at // columns, at % columns)
            card.show()
        for at in range(columns):
            self._grid.setColumnStretch(at, 1)


class WhatStep(QScrollArea):
    """What do you want, and for whom."""

    chosen = Signal(object)
    """The ``Wish`` of the card that was pressed."""
    law_chosen = Signal(object, object)
    """A ``Wish`` and the ``Prospect`` of its law, from the list of all rights."""
    registers_wanted = Signal()
    person_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cards: dict[Wanted, WishCard] = {}
        self._opening: Opening | None = None
        self._shows_all = False
        self._shows_more = False
        self.person = QComboBox()
        self.person.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.person.activated.connect(lambda at: self.person_chosen.emit(self.person.itemData(at)))
        self._for_whom = QWidget()
        row = QHBoxLayout(self._for_whom)
        row.setContentsMargins(0, 0, 0, 0)
        whom = label(self.tr("For whom?"), Look.STRONG)
        whom.setBuddy(self.person)
        self.person.setAccessibleName(whom.text())
        row.addWidget(whom)
        row.addWidget(self.person)
        row.addStretch()
        self.title = label(self.tr("What do you want?"), Look.TITLE)
        self.big = CardGrid(_BIG_CARD_PX)
        self.usual = CardGrid(_CARD_PX)
        self.more = self._link(self.tr("Something &else…"))
        self.more.clicked.connect(self._show_more)
        self.rights = RightsList()
        self.rights.chosen.connect(self.law_chosen)
        self.rights.registers_wanted.connect(self.registers_wanted)
        self.rights.hide()
        self.none = label("", Look.SECOND, wraps=True)
        inner = QWidget()
        inner.setProperty("surface", "window")
        body = QVBoxLayout(inner)
        body.setContentsMargins(0, 0, 8, 8)
        body.setSpacing(12)
        for widget in (self._for_whom, self.title, self.none, self.big, self.usual):
            body.addWidget(widget)
        body.addWidget(self.more, alignment=Qt.AlignmentFlag.AlignLeading)
        body.addWidget(self.rights)
        body.addStretch()
        self.setWidget(inner)

    def show_opening(self, opening: Opening, chosen: Wanted | None) -> None:
        """Show the cards for somebody."""
        self._opening = opening
        self._shows_all = self._shows_all or not opening.is_first_run
        self.person.clear()
        for one in opening.people:
            is_me = one.kind is PersonKind.ONESELF
            words = self.tr("Myself ({name})") if is_me else self.tr("{name}, client")
            self.person.addItem(words.format(name=one.name), one)
            if opening.person is not None and one.id == opening.person.id:
                self.person.setCurrentIndex(self.person.count() - 1)
        self._for_whom.setVisible(len(opening.people) > 1)
        if isinstance(chosen, Right) and chosen not in USUAL:
            self._shows_all = self._shows_more = True
        self._show_cards(chosen)

    def show_opening_again(self, chosen: Wanted | None) -> None:
        """Show the same cards with another one chosen."""
        self._show_cards(chosen)

    def focus_first(self) -> None:
        """Put the focus on the chosen card, else on the first."""
        cards = list(self.cards.values())
        chosen = next((card for card in cards if card.isChecked()), None)
        first = chosen or next(iter(cards), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_more(self) -> None:
        if not self._shows_all:
            self._shows_all = True
        else:
            self._shows_more = True
        self._show_cards(None)
        if self._shows_more:
            self.rights.search.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_first()

    def _show_cards(self, chosen: Wanted | None) -> None:
        opening = self._opening
        if opening is None:
            return
        is_known = opening.person is not None
        self.none.setText("" if is_known else self.tr("Say who you are first, in Settings."))
        self.none.setVisible(not is_known)
        wanted = BIG_GOALS if not self._shows_all else USUAL
        wishes = [opening.wishes[each] for each in wanted if each in opening.wishes]
        if self._shows_all:  # what no law gives here stands last
            wishes.sort(key=lambda wish: wish.proposed is None)
        cards = [self._card(wish, chosen) for wish in wishes]
        self.cards = {card.wish.wanted: card for card in cards}
        self.big.setVisible(not self._shows_all)
        self.usual.setVisible(self._shows_all)
        self.big.show_cards([] if self._shows_all else cards)
        self.usual.show_cards(cards if self._shows_all else [])
        self.more.setText(self.tr("All ri&ghts…") if self._shows_all else self.tr("Something &else…"))
        self.more.setVisible(is_known and not self._shows_more)
        self.rights.setVisible(is_known and self._shows_more)
        if self._shows_more:
            self.rights.show_opening(opening)

    def _card(self, wish: Wish, chosen: Wanted | None) -> WishCard:
        card = WishCard(wish, is_big=not self._shows_all)
        card.setCheckable(True)
        card.setChecked(wish.wanted == chosen)
        card.clicked.connect(lambda: self._choose(card))
        return card

    def _choose(self, card: WishCard) -> None:
        for other in self.cards.values():
            other.setChecked(other is card)
        self.chosen.emit(card.wish)

    def _link(self, words: str) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("kind", "link")
        return button
