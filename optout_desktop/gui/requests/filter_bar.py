# SPDX-License-Identifier: Apache-2.0
"""The controls above the list: search, smart list, filters, grouping and order, and the chips of what is on.

It holds the ``RequestFilter`` and tells of every change; it asks the vault for nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction, QActionGroup, QIcon
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from optout_desktop.domain.agenda import RequestFilter, SortOrder
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError
from optout_desktop.domain.requests import RequestStatus
from optout_desktop.gui import theme, wording
from optout_desktop.gui.chips import FilterChips
from optout_desktop.gui.fields import FieldRow, FormErrors, SearchField
from optout_desktop.gui.flow_layout import FlowLayout
from optout_desktop.gui.labels import shown
from optout_desktop.gui.requests.filters import (
    Choices,
    SmartList,
    chips,
    is_plain,
    smart_of,
    smart_words,
    sort_words,
    with_smart,
    without,
)

MAX_NAME_LENGTH = 60


class FilterBar(QWidget):
    """Everything that says which requests are shown and how."""

    changed = Signal()
    """The filter, the order or the grouping is another now."""
    saved_changed = Signal()
    table_wanted = Signal(bool)
    """The rows shall stand in a table, or in a list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wanted = RequestFilter()
        self.sort = SortOrder.URGENCY
        self.is_reversed = False
        self.is_grouped = True
        self.saved: dict[str, RequestFilter] = {}
        self._choices = Choices()
        self.search = SearchField(self.tr("Search requests"))
        self.smart = QPushButton()
        self.filter = QPushButton(self.tr("Filter"))
        self.order = QPushButton()
        self.table = QPushButton(self.tr("Table"))
        self.table.setCheckable(True)
        self.table.setAccessibleName(self.tr("Show requests as a table"))
        self.table.toggled.connect(self.table_wanted)
        self.columns = QPushButton(self.tr("Columns…"))
        self.columns.setMenu(QMenu(self.columns))
        self.columns.hide()
        self.chips = FilterChips()
        self.dialog: NameDialog | None = None
        buttons = QWidget()
        row = FlowLayout(buttons)
        for button in (self.smart, self.filter, self.order):
            button.setMenu(QMenu(button))
            row.addWidget(button)
        row.addWidget(self.table)
        row.addWidget(self.columns)
        self.table.toggled.connect(self._say_table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for each in (self.search, buttons, self.chips):
            layout.addWidget(each)
        self.search.wanted.connect(self._type)
        self.chips.removed.connect(lambda key: self.want(without(self.wanted, key)))
        for button, fill in (
            (self.smart, self._fill_smart),
            (self.filter, self._fill_filter),
            (self.order, self._fill_order),
        ):
            button.menu().aboutToShow.connect(fill)
        self._say()

    # ── what is wanted ───────────────────────────────────────────────────────────────────────────────

    def want(self, wanted: RequestFilter) -> None:
        """Show the requests of another filter."""
        if wanted == self.wanted:
            return
        self.wanted = wanted
        if self.search.text() != wanted.typed:
            was = self.search.blockSignals(True)
            self.search.setText(wanted.typed)
            self.search.blockSignals(was)
        self._say()
        self.changed.emit()

    def arrange(self, sort: SortOrder, *, is_grouped: bool, is_reversed: bool = False) -> None:
        """Show them in another order, turned round or not, with or without headings."""
        if (sort, is_grouped, is_reversed) != (self.sort, self.is_grouped, self.is_reversed):
            self.sort, self.is_grouped, self.is_reversed = sort, is_grouped, is_reversed
            self._say()
            self.changed.emit()

    def sort_by(self, sort: SortOrder) -> None:
        """Sort by a column; a second time turns it round."""
        is_reversed = sort is self.sort and not self.is_reversed
        self.arrange(sort, is_grouped=self.is_grouped, is_reversed=is_reversed)

    def know(self, choices: Choices) -> None:
        """From now on offer these."""
        self._choices = choices
        self.chips.set_filters(chips(self.wanted, choices))

    def clear_filters(self) -> None:
        """Take every filter off; the smart list stays."""
        self.want(with_smart(RequestFilter(), smart_of(self.wanted) or SmartList.ALL))

    @property
    def is_plain(self) -> bool:
        """Whether only the smart list says what is shown."""
        return is_plain(self.wanted)

    def _type(self, text: str) -> None:
        self.want(replace(self.wanted, typed=text))

    def changeEvent(self, event: QEvent) -> None:
        """Tint the tick again when the theme changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "columns"):
            self._tint()

    def _say_table(self, is_table: bool) -> None:  # noqa: FBT001  # a slot
        self._tint()
        self.columns.setVisible(is_table)

    def _tint(self) -> None:
        self.table.setIcon(theme.icon("check") if self.table.isChecked() else QIcon())

    def _say(self) -> None:
        smart = smart_of(self.wanted)
        words = smart_words(smart) if smart else self.tr("Several groups")
        self.smart.setText(words)
        self.smart.setAccessibleName(self.tr("List: {name}").format(name=words))
        grouping = self.tr("By urgency") if self.is_grouped else self.tr("No groups")
        if self.sort is not SortOrder.URGENCY or self.is_reversed:
            both = self.tr("{grouping} · {order}")
            if self.is_reversed:
                both = self.tr("{grouping} · {order}, turned round")
            grouping = both.format(grouping=grouping, order=sort_words(self.sort))
        self.order.setText(grouping)
        self.order.setAccessibleName(self.tr("Order: {name}").format(name=grouping))
        self.chips.set_filters(chips(self.wanted, self._choices))

    # ── menus ────────────────────────────────────────────────────────────────────────────────────────

    def _fill_smart(self) -> None:
        menu = self.smart.menu()
        menu.clear()
        for smart in SmartList:
            if smart is SmartList.BIN:
                menu.addSeparator()
            self._tick(
                menu,
                smart_words(smart),
                self._wanting(with_smart(self.wanted, smart)),
                is_on=smart is smart_of(self.wanted),
            )

    def _fill_filter(self) -> None:
        menu, wanted = self.filter.menu(), self.wanted
        menu.clear()
        by_status = menu.addMenu(self.tr("&Status"))
        for status in RequestStatus:
            after = replace(wanted, statuses=wanted.statuses ^ {status})
            self._tick(
                by_status, wording.status(status), self._wanting(after), is_on=status in wanted.statuses
            )
        by_law = menu.addMenu(self.tr("&Law"))
        for law, title in self._choices.laws.items():
            after = replace(wanted, laws=wanted.laws ^ {law})
            self._tick(by_law, title, self._wanting(after), is_on=law in wanted.laws)
        by_right = menu.addMenu(self.tr("&Right"))
        for right in self._choices.rights:
            after = replace(wanted, rights=wanted.rights ^ {right})
            self._tick(by_right, wording.right(right), self._wanting(after), is_on=right in wanted.rights)
        by_channel = menu.addMenu(self.tr("&Channel"))
        for channel in Channel:
            after = replace(wanted, channels=wanted.channels ^ {channel})
            self._tick(
                by_channel, wording.channel(channel), self._wanting(after), is_on=channel in wanted.channels
            )
        if len(self._choices.people) > 1:
            by_person = menu.addMenu(self.tr("&Person"))
            for person, name in self._choices.people.items():
                after = replace(wanted, person=None if wanted.person == person else person)
                self._tick(by_person, shown(name), self._wanting(after), is_on=wanted.person == person)
        for one in (by_law, by_right):
            one.setEnabled(not one.isEmpty())
        self._fill_saved(menu)

    def _fill_saved(self, menu: QMenu) -> None:
        menu.addSeparator()
        names = [name for name in self.saved if name]
        for name in names:
            menu.addAction(shown(name)).triggered.connect(self._wanting(self.saved[name]))
        keep = menu.addAction(self.tr("Sa&ve this filter…"))
        keep.setEnabled(not self.is_plain)
        keep.triggered.connect(self.ask_name)
        if names:
            forget = menu.addMenu(self.tr("&Forget a saved filter"))
            for name in names:
                forget.addAction(shown(name)).triggered.connect(
                    lambda _on=False, name=name: self.forget(name)
                )
        clear = menu.addAction(self.tr("&Clear all filters"))
        clear.setEnabled(not self.is_plain)
        clear.triggered.connect(self.clear_filters)

    def _fill_order(self) -> None:
        menu = self.order.menu()
        menu.clear()
        menu.addSection(self.tr("Group"))
        groups = QActionGroup(menu)
        for is_grouped, words in ((True, self.tr("By urgency")), (False, self.tr("No groups"))):
            act = self._tick(
                menu,
                words,
                partial(self.arrange, self.sort, is_grouped=is_grouped, is_reversed=self.is_reversed),
                is_on=is_grouped is self.is_grouped,
            )
            groups.addAction(act)
        menu.addSection(self.tr("Order"))
        orders = QActionGroup(menu)
        for sort in SortOrder:
            if sort is SortOrder.PERSON and len(self._choices.people) < 2:  # one name sorts nothing
                continue
            act = self._tick(
                menu,
                sort_words(sort),
                partial(self.arrange, sort, is_grouped=self.is_grouped),
                is_on=sort is self.sort,
            )
            orders.addAction(act)
        menu.addSeparator()
        turned = partial(
            self.arrange, self.sort, is_grouped=self.is_grouped, is_reversed=not self.is_reversed
        )
        self._tick(menu, self.tr("The other way round"), turned, is_on=self.is_reversed)

    def _wanting(self, wanted: RequestFilter) -> Callable[[], None]:
        return lambda: self.want(wanted)

    @staticmethod
    def _tick(menu: QMenu, words: str, act: Callable[[], object], *, is_on: bool) -> QAction:
        made = menu.addAction(words.replace("&", "&&"))
        made.setCheckable(True)
        made.setChecked(is_on)
        made.triggered.connect(lambda _checked=False: act())
        return made

    # ── saved ────────────────────────────────────────────────────────────────────────────────────────

    def ask_name(self) -> None:
        """Ask under which name this filter shall be kept."""
        self.dialog = NameDialog(self.saved, self)
        self.dialog.named.connect(self.keep)
        self.dialog.open()

    def keep(self, name: str) -> None:
        """Keep the filter under a name; what was typed in the search is not part of it."""
        self.saved = {**self.saved, name: replace(self.wanted, typed="")}
        self.saved_changed.emit()

    def forget(self, name: str) -> None:
        """Keep a filter no longer."""
        self.saved = {one: wanted for one, wanted in self.saved.items() if one != name}
        self.saved_changed.emit()


class NameDialog(QDialog):
    """Asks for the name of a filter."""

    named = Signal(str)

    def __init__(self, taken: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._taken = {name.casefold() for name in taken}
        self.setWindowTitle(self.tr("Save this filter"))
        self.name = QLineEdit()
        self.name.setMaxLength(MAX_NAME_LENGTH)
        row = FieldRow(self.tr("&Name"), self.name, "name", is_required=True)
        self.errors = FormErrors((row,))
        self.save = QPushButton(self.tr("&Save"))
        self.save.setProperty("kind", "accent")
        self.save.setDefault(True)
        self.save.clicked.connect(self._try)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(14)
        layout.addWidget(self.errors)
        layout.addWidget(row)
        layout.addLayout(buttons)
        self.setMinimumWidth(theme.px(360))

    def _try(self) -> None:
        name = " ".join(self.name.text().split())
        if not name:
            self.errors.show_errors((InputError("name", self.tr("Enter a name for this filter.")),))
        elif name.casefold() in self._taken:
            taken = self.tr("There is already a filter of that name. Choose another one.")
            self.errors.show_errors((InputError("name", taken),))
        else:
            self.named.emit(name)
            self.accept()
