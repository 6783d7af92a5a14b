# SPDX-License-Identifier: Apache-2.0
"""Step 3, About you: what of a person the letter tells. Only ticked items ever stand in it.

The same boxes stand beside the preview, so that a first run needs no step for them.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.people import IdentityItem, Person
from optout_desktop.gui import theme, wording
from optout_desktop.gui.labels import Look, label, shown

_ADDABLE = (IdentityItem.PHONE, IdentityItem.POSTAL_ADDRESS)


def value_of(person: Person, item: IdentityItem) -> str:
    """What would stand in the letter, in one line; empty where it is not known."""
    match item:
        case IdentityItem.NAME:
            return person.name
        case IdentityItem.EMAIL:
            return person.email
        case IdentityItem.PHONE:
            return person.phone
        case IdentityItem.POSTAL_ADDRESS:
            return ", ".join(person.addresses[0].as_lines()) if person.addresses else ""
        case IdentityItem.CUSTOMER_NUMBER:
            return ""


class IdentityTicks(QWidget):
    """A box for each item that the person has, the customer number, and what is missing."""

    changed = Signal()
    detail_wanted = Signal()
    """The person wants to add a phone number or a postal address."""

    def __init__(self, *, is_compact: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_compact = is_compact
        self._is_showing = False
        self._is_open = False
        self._least = frozenset(IdentityItem)
        self._missing: tuple[IdentityItem, ...] = ()
        self.boxes: dict[IdentityItem, QCheckBox] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2 if is_compact else 6)
        self.number = QLineEdit()
        self.number.setPlaceholderText(self.tr("Number on a bill or in your account"))
        self.number.setAccessibleName(wording.identity_item(IdentityItem.CUSTOMER_NUMBER))
        self.number.setMaximumWidth(theme.px(320))
        self.number.editingFinished.connect(self._tell)
        self.add = QPushButton()
        self.add.setProperty("kind", "link")
        self.add.clicked.connect(self.detail_wanted)
        self.always = label("", wraps=True)
        self.more = QPushButton(self.tr("More than they need…"))
        self.more.setProperty("kind", "link")
        self.more.clicked.connect(self.open_more)
        self.why = label(
            self.tr(
                "They can find and answer you by what stands above. Tick more only where you know that they need it."
            ),
            Look.SMALL,
            wraps=True,
        )
        for item in IdentityItem:
            box = QCheckBox()
            box.toggled.connect(self._tell)
            self.boxes[item] = box
        self._arrange()

    def show_person(
        self,
        person: Person,
        channel: Channel,
        ticked: frozenset[IdentityItem],
        customer_number: str,
        *,
        least: frozenset[IdentityItem],
    ) -> None:
        """Offer what the person has: first the least that such a company needs, the rest behind one more click.

        An e-mail always shows the address that it comes from.
        """
        self._is_showing = True
        if least != self._least:
            self._least = least
            self._arrange()
        for item, box in self.boxes.items():
            value = value_of(person, item)
            name = wording.identity_item(item)
            words = (
                name
                if self._is_compact or not value
                else self.tr("{item}: {value}").format(item=name, value=shown(value))
            )
            box.setText(words.replace("&", "&&"))
            box.setAccessibleName(name)
            box.setToolTip(value)
            must = item is IdentityItem.EMAIL and channel is Channel.EMAIL and bool(value)
            if item is IdentityItem.EMAIL:
                self.always.setText(self.tr("✓ E-mail address: an e-mail always shows it"))
                self.always.setVisible(must)
            box.setProperty("offered", (bool(value) and not must) or item is IdentityItem.CUSTOMER_NUMBER)
            box.setAccessibleDescription(value)
            is_waiting = item is IdentityItem.CUSTOMER_NUMBER and box.isChecked()  # ticked, not yet typed
            box.setChecked(must or item in ticked or is_waiting)
        self.number.setText(customer_number)
        self._unfold()
        self._missing = tuple(item for item in _ADDABLE if not value_of(person, item))
        self._offer_adding()
        self._is_showing = False

    def open_more(self) -> None:
        """Show what goes beyond the least, and go there."""
        self._is_open = True
        self._unfold()
        self._offer_adding()
        first = next((box for item, box in self.boxes.items() if self._is_beyond(item)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Start anew: no number, no ticks."""
        self._is_showing = True
        self._is_open = False
        self.number.clear()
        for box in self.boxes.values():
            box.setChecked(False)
        self._is_showing = False

    def ticked(self) -> frozenset[IdentityItem]:
        """The ticked items; a customer number counts once it is typed."""
        return frozenset(
            item
            for item, box in self.boxes.items()
            if box.isChecked()
            if item is not IdentityItem.CUSTOMER_NUMBER or self.customer_number()
        )

    def customer_number(self) -> str:
        """The number, where its box is ticked."""
        return self.number.text().strip() if self.boxes[IdentityItem.CUSTOMER_NUMBER].isChecked() else ""

    @property
    def _is_unfolded(self) -> bool:
        """Whether what goes beyond the least is shown: it was asked for, or something of it is in the letter."""
        return self._is_open or any(
            box.isChecked() for item, box in self.boxes.items() if self._is_beyond(item)
        )

    def _is_beyond(self, item: IdentityItem) -> bool:
        return item not in self._least and bool(self.boxes[item].property("offered"))

    def _unfold(self) -> None:
        is_open = self._is_open = self._is_unfolded  # what was unticked again stays in sight
        beyond = [item for item in IdentityItem if self._is_beyond(item)]
        for item, box in self.boxes.items():
            box.setVisible(bool(box.property("offered")) and (is_open or item not in beyond))
        self.more.setVisible(bool(beyond) and not is_open)
        self.why.setVisible(bool(beyond) and is_open)
        self.number.setVisible(is_open and self.boxes[IdentityItem.CUSTOMER_NUMBER].isChecked())

    def _offer_adding(self) -> None:
        """What such a company needs and the person has not told yet is offered at once, the rest with the rest."""
        missing = [item for item in self._missing if item in self._least or self._is_unfolded]
        names = self.locale().createSeparatedList([wording.identity_item(item) for item in missing])
        self.add.setText(self.tr("A&dd to your details: {items}…").format(items=names))
        self.add.setVisible(bool(missing))

    def _arrange(self) -> None:
        """The least above, the rest below its reason."""
        while self._layout.takeAt(0) is not None:
            pass
        leading = Qt.AlignmentFlag.AlignLeading
        self._layout.addWidget(self.always)
        for item in IdentityItem:
            if item in self._least:
                self._layout.addWidget(self.boxes[item])
        self._layout.addWidget(self.more, alignment=leading)
        self._layout.addWidget(self.why)
        for item in IdentityItem:
            if item not in self._least:
                self._layout.addWidget(self.boxes[item])
        self._layout.addWidget(self.number)
        self._layout.addWidget(self.add, alignment=leading)

    def _tell(self) -> None:
        if self._is_showing:
            return
        self._unfold()
        self.changed.emit()


class AboutYouStep(QWidget):
    """The ticks as a step of their own, with what they mean."""

    changed = Signal()
    detail_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ticks = IdentityTicks(is_compact=False)
        self.ticks.changed.connect(self.changed)
        self.ticks.detail_wanted.connect(self.detail_wanted)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 8, 8)
        layout.setSpacing(12)
        layout.addWidget(
            label(self.tr("About you: only ticked items go into the letter"), Look.TITLE, wraps=True)
        )
        layout.addWidget(
            label(
                self.tr("Send the least that lets them find you. They may ask for more."),
                Look.SECOND,
                wraps=True,
            )
        )
        layout.addWidget(self.ticks)
        layout.addStretch()
