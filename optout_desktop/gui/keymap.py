# SPDX-License-Identifier: Apache-2.0
"""Every key of the app on one page.

One table of actions makes the menus, the shortcuts, the sheet behind Ctrl+/ and the tests. A page asks for
the actions it can do (``actions_for``) and connects them; a key means one thing in one place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from optout_desktop.gui import theme

_CONTEXT = "keymap"


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:
    """The English words, marked for translators; Qt's own of this name is typed as an object."""
    return text


class Scope(Enum):
    """Where a key works; keys of the window work everywhere in it."""

    WINDOW = auto()
    LIST = auto()
    WIZARD = auto()


class Menu(Enum):
    """The menus, in order."""

    FILE = QT_TRANSLATE_NOOP("keymap", "&File")
    EDIT = QT_TRANSLATE_NOOP("keymap", "&Edit")
    REQUEST = QT_TRANSLATE_NOOP("keymap", "&Request")
    VIEW = QT_TRANSLATE_NOOP("keymap", "&View")
    TOOLS = QT_TRANSLATE_NOOP("keymap", "&Tools")
    HELP = QT_TRANSLATE_NOOP("keymap", "&Help")


class Act(Enum):
    """What a person can do with a key or from the menu."""

    NEW_REQUEST = auto()
    NEW_COMPANY = auto()
    IMPORT = auto()
    IMPORT_COMPANIES = auto()
    IMPORT_REQUESTS = auto()
    EXPORT_DEADLINES = auto()
    EXPORT_TABLE = auto()
    EXPORT_DOCUMENT = auto()
    PRINT = auto()
    SAVE_DRAFT = auto()
    BACK_UP = auto()
    RESTORE = auto()
    LOCK = auto()
    CLOSE_WINDOW = auto()
    QUIT = auto()
    UNDO = auto()
    REDO = auto()
    SELECT_ALL = auto()
    SELECT_NONE = auto()
    SEARCH = auto()
    SEARCH_IN_LIST = auto()
    RENAME = auto()
    TO_BIN = auto()
    PRIMARY = auto()
    REMIND = auto()
    RECORD_REPLY = auto()
    ADD_EVIDENCE = auto()
    EVIDENCE_BUNDLE = auto()
    DUPLICATE = auto()
    BACK = auto()
    FORWARD = auto()
    NEXT_PANE = auto()
    PREVIOUS_PANE = auto()
    LARGER_TEXT = auto()
    SMALLER_TEXT = auto()
    NORMAL_TEXT = auto()
    TABLE_VIEW = auto()
    PALETTE = auto()
    SWITCH_CLIENT = auto()
    OUTBOX = auto()
    SEVERAL = auto()
    BATCHES = auto()
    SETTINGS = auto()
    HELP = auto()
    SHORTCUTS = auto()
    ABOUT = auto()
    TICK = auto()
    OPEN_DETAIL = auto()
    GO_1 = auto()
    GO_2 = auto()
    GO_3 = auto()
    GO_4 = auto()
    GO_5 = auto()
    GO_6 = auto()
    GO_7 = auto()
    GO_8 = auto()
    GO_9 = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One line of the table; ``words`` is English and translated where it is shown."""

    act: Act
    keys: tuple[str, ...]
    words: str
    scope: Scope = Scope.WINDOW
    menu: Menu | None = None
    icon: str = ""
    begins_group: bool = False


def _key(
    act: Act,
    words: str,
    *keys: str,
    menu: Menu | None = None,
    icon: str = "",
    scope: Scope = Scope.WINDOW,
    begins_group: bool = False,
) -> Key:
    return Key(act=act, keys=keys, words=words, scope=scope, menu=menu, icon=icon, begins_group=begins_group)


TABLE: tuple[Key, ...] = (
    _key(Act.NEW_REQUEST, QT_TRANSLATE_NOOP("keymap", "&New request"), "Ctrl+N", menu=Menu.FILE, icon="plus"),
    _key(
        Act.NEW_COMPANY,
        QT_TRANSLATE_NOOP("keymap", "New &company"),
        "Ctrl+Shift+N",
        menu=Menu.FILE,
        icon="building",
    ),
    _key(
        Act.SAVE_DRAFT,
        QT_TRANSLATE_NOOP("keymap", "&Save draft"),
        "Ctrl+S",
        menu=Menu.FILE,
        icon="save",
        begins_group=True,
    ),
    _key(Act.IMPORT, QT_TRANSLATE_NOOP("keymap", "&Import…"), "Ctrl+I", menu=Menu.FILE, icon="import"),
    _key(
        Act.IMPORT_COMPANIES,
        QT_TRANSLATE_NOOP("keymap", "Import c&ompanies…"),
        menu=Menu.FILE,
        icon="import",
    ),
    _key(
        Act.IMPORT_REQUESTS, QT_TRANSLATE_NOOP("keymap", "Import &requests…"), menu=Menu.FILE, icon="import"
    ),
    _key(
        Act.EXPORT_DEADLINES,
        QT_TRANSLATE_NOOP("keymap", "Export &deadlines as a calendar…"),
        menu=Menu.FILE,
        icon="calendar",
        begins_group=True,
    ),
    _key(
        Act.EXPORT_TABLE,
        QT_TRANSLATE_NOOP("keymap", "Export requests as CS&V…"),
        menu=Menu.FILE,
        icon="export",
    ),
    _key(Act.EXPORT_DOCUMENT, QT_TRANSLATE_NOOP("keymap", "Export requests as &JSON…"), menu=Menu.FILE),
    _key(Act.PRINT, QT_TRANSLATE_NOOP("keymap", "&Print or PDF…"), "Ctrl+P", menu=Menu.FILE, icon="print"),
    _key(
        Act.BACK_UP,
        QT_TRANSLATE_NOOP("keymap", "&Back up now"),
        menu=Menu.FILE,
        icon="backup",
        begins_group=True,
    ),
    _key(Act.RESTORE, QT_TRANSLATE_NOOP("keymap", "R&estore a backup…"), menu=Menu.FILE),
    _key(
        Act.LOCK,
        QT_TRANSLATE_NOOP("keymap", "&Lock"),
        "Ctrl+L",
        menu=Menu.FILE,
        icon="lock",
        begins_group=True,
    ),
    _key(Act.CLOSE_WINDOW, QT_TRANSLATE_NOOP("keymap", "Close &window"), "Ctrl+W", menu=Menu.FILE),
    _key(Act.QUIT, QT_TRANSLATE_NOOP("keymap", "&Quit"), "Ctrl+Q", menu=Menu.FILE),
    _key(Act.UNDO, QT_TRANSLATE_NOOP("keymap", "&Undo"), "Ctrl+Z", menu=Menu.EDIT, icon="undo"),
    _key(
        Act.REDO, QT_TRANSLATE_NOOP("keymap", "&Redo"), "Ctrl+Shift+Z", "Ctrl+Y", menu=Menu.EDIT, icon="redo"
    ),
    _key(
        Act.SEARCH,
        QT_TRANSLATE_NOOP("keymap", "&Search"),
        "Ctrl+F",
        menu=Menu.EDIT,
        icon="search",
        begins_group=True,
    ),
    _key(Act.RENAME, QT_TRANSLATE_NOOP("keymap", "R&ename or edit"), "F2", menu=Menu.EDIT, icon="pencil"),
    _key(Act.REMIND, QT_TRANSLATE_NOOP("keymap", "&Send reminder"), "Ctrl+R", menu=Menu.REQUEST, icon="bell"),
    _key(Act.SEVERAL, QT_TRANSLATE_NOOP("keymap", "Ask se&veral companies at once…"), menu=Menu.REQUEST),
    _key(Act.BATCHES, QT_TRANSLATE_NOOP("keymap", "Batc&hes"), menu=Menu.REQUEST),
    _key(
        Act.RECORD_REPLY,
        QT_TRANSLATE_NOOP("keymap", "&Record reply"),
        "Ctrl+Shift+R",
        menu=Menu.REQUEST,
        icon="envelope-open",
    ),
    _key(
        Act.ADD_EVIDENCE,
        QT_TRANSLATE_NOOP("keymap", "&Add evidence file…"),
        "Ctrl+E",
        menu=Menu.REQUEST,
        icon="file-plus",
    ),
    _key(
        Act.EVIDENCE_BUNDLE,
        QT_TRANSLATE_NOOP("keymap", "Evidence &bundle…"),
        "Ctrl+Shift+E",
        menu=Menu.REQUEST,
        icon="archive",
    ),
    _key(
        Act.DUPLICATE,
        QT_TRANSLATE_NOOP("keymap", "&Duplicate as draft"),
        "Ctrl+D",
        menu=Menu.REQUEST,
        icon="copy",
        begins_group=True,
    ),
    _key(
        Act.TO_BIN,
        QT_TRANSLATE_NOOP("keymap", "To the b&in"),
        "Del",
        menu=Menu.REQUEST,
        icon="trash",
        scope=Scope.LIST,
    ),
    _key(
        Act.PRIMARY,
        QT_TRANSLATE_NOOP("keymap", "Press the &main button of this view"),
        "Ctrl+Return",
        menu=Menu.REQUEST,
        begins_group=True,
    ),
    _key(Act.BACK, QT_TRANSLATE_NOOP("keymap", "&Back"), "Alt+Left", menu=Menu.VIEW, icon="back"),
    _key(Act.FORWARD, QT_TRANSLATE_NOOP("keymap", "&Forward"), "Alt+Right", menu=Menu.VIEW, icon="forward"),
    _key(Act.NEXT_PANE, QT_TRANSLATE_NOOP("keymap", "&Next pane"), "F6", menu=Menu.VIEW, begins_group=True),
    _key(Act.PREVIOUS_PANE, QT_TRANSLATE_NOOP("keymap", "&Previous pane"), "Shift+F6", menu=Menu.VIEW),
    _key(
        Act.LARGER_TEXT,
        QT_TRANSLATE_NOOP("keymap", "&Larger text"),
        "Ctrl++",
        "Ctrl+=",
        menu=Menu.VIEW,
        begins_group=True,
    ),
    _key(Act.SMALLER_TEXT, QT_TRANSLATE_NOOP("keymap", "&Smaller text"), "Ctrl+-", menu=Menu.VIEW),
    _key(Act.NORMAL_TEXT, QT_TRANSLATE_NOOP("keymap", "Normal &text size"), "Ctrl+0", menu=Menu.VIEW),
    _key(
        Act.TABLE_VIEW,
        QT_TRANSLATE_NOOP("keymap", "Requests &as a table, or as a list"),
        "Ctrl+T",
        menu=Menu.VIEW,
        icon="list",
        begins_group=True,
    ),
    _key(
        Act.PALETTE,
        QT_TRANSLATE_NOOP("keymap", "&Command palette"),
        "Ctrl+K",
        menu=Menu.TOOLS,
        icon="keyboard",
    ),
    _key(
        Act.SWITCH_CLIENT,
        QT_TRANSLATE_NOOP("keymap", "Switch c&lient"),
        "Ctrl+Shift+C",
        menu=Menu.TOOLS,
        icon="people",
    ),
    _key(
        Act.OUTBOX,
        QT_TRANSLATE_NOOP("keymap", "&Outbox"),
        "Ctrl+Shift+O",
        menu=Menu.VIEW,
        icon="plane",
    ),
    _key(Act.SETTINGS, QT_TRANSLATE_NOOP("keymap", "&Settings"), "Ctrl+,", menu=Menu.TOOLS, icon="settings"),
    _key(Act.HELP, QT_TRANSLATE_NOOP("keymap", "&Help on this screen"), "F1", menu=Menu.HELP, icon="help"),
    _key(
        Act.SHORTCUTS,
        QT_TRANSLATE_NOOP("keymap", "&Keyboard shortcuts"),
        "Ctrl+/",
        menu=Menu.HELP,
        icon="keyboard",
    ),
    _key(Act.ABOUT, QT_TRANSLATE_NOOP("keymap", "&About OptOut Desktop"), menu=Menu.HELP, icon="info"),
    *(
        _key(act, QT_TRANSLATE_NOOP("keymap", "Go to place {number} of the sidebar"), f"Ctrl+{number}")
        for number, act in enumerate(
            (Act.GO_1, Act.GO_2, Act.GO_3, Act.GO_4, Act.GO_5, Act.GO_6, Act.GO_7, Act.GO_8, Act.GO_9),
            start=1,
        )
    ),
    _key(Act.SEARCH_IN_LIST, QT_TRANSLATE_NOOP("keymap", "Search from inside a list"), "/", scope=Scope.LIST),
    _key(Act.TICK, QT_TRANSLATE_NOOP("keymap", "Tick the row"), "Space", scope=Scope.LIST),
    _key(Act.OPEN_DETAIL, QT_TRANSLATE_NOOP("keymap", "Open the row"), "Return", scope=Scope.LIST),
    _key(Act.SELECT_ALL, QT_TRANSLATE_NOOP("keymap", "Tick all rows"), "Ctrl+A", scope=Scope.LIST),
    _key(
        Act.SELECT_NONE, QT_TRANSLATE_NOOP("keymap", "Tick none, close the detail"), "Esc", scope=Scope.LIST
    ),
)
_BY_ACT: Mapping[Act, Key] = {key.act: key for key in TABLE}
PLACES: tuple[Act, ...] = tuple(key.act for key in TABLE if key.act.name.startswith("GO_"))


def key_of(act: Act) -> Key:
    """The line of the table for an action."""
    return _BY_ACT[act]


def words_of(act: Act) -> str:
    """What the action is called, translated, with its access key."""
    key = _BY_ACT[act]
    words = QCoreApplication.translate(_CONTEXT, key.words)
    return words.format(number=PLACES.index(act) + 1) if act in PLACES else words


def plain_words_of(act: Act) -> str:
    """What the action is called, without the mark of its access key."""
    return words_of(act).replace("&", "")


def keys_shown(act: Act) -> tuple[str, ...]:
    """The keys as this system writes them, ``Ctrl+N`` or ``⌘N``."""
    native = QKeySequence.SequenceFormat.NativeText
    return tuple(QKeySequence(each).toString(native) for each in _BY_ACT[act].keys)


def action(act: Act, parent: QObject) -> QAction:
    """A QAction for one line of the table; keys of a list work only while the list has the focus."""
    key = _BY_ACT[act]
    made = QAction(words_of(act), parent)
    made.setObjectName(act.name)
    made.setShortcuts([QKeySequence(each) for each in key.keys])
    if key.scope is not Scope.WINDOW:
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    if key.icon:
        made.setIcon(theme.icon(key.icon))
    return made


def actions_for(acts: Iterable[Act], parent: QObject) -> dict[Act, QAction]:
    """QActions for several lines of the table."""
    return {act: action(act, parent) for act in acts}


def tint_again(actions: Mapping[Act, QAction]) -> None:
    """Give actions their icons in the colours of the theme that was just put on."""
    for act, made in actions.items():
        if _BY_ACT[act].icon:
            made.setIcon(theme.icon(_BY_ACT[act].icon))


def menu_entries(menu: Menu) -> tuple[Key, ...]:
    """The lines of one menu, in order; ``begins_group`` asks for a line above."""
    return tuple(key for key in TABLE if key.menu is menu)


def menu_title(menu: Menu) -> str:
    """The menu's name, translated, with its access key."""
    return QCoreApplication.translate(_CONTEXT, str(menu.value))


class ShortcutSheet(QDialog):
    """All keys, by place, made from the same table as the keys themselves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        sheet = QFrame()
        sheet.setProperty("surface", "window")
        grid = QGridLayout(sheet)
        grid.setContentsMargins(24, 16, 24, 24)
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        names = {
            Scope.WINDOW: self.tr("Everywhere"),
            Scope.LIST: self.tr("In lists"),
            Scope.WIZARD: self.tr("While writing a request"),
        }
        self.lines: list[tuple[str, str]] = []
        for scope, name in names.items():
            self._section(grid, name, [key for key in TABLE if key.scope is scope and key.keys])
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(sheet)
        scroll.setAccessibleName(self.windowTitle())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        self.resize(theme.px(560), 600)

    def _section(self, grid: QGridLayout, name: str, keys: list[Key]) -> None:
        if not keys:
            return
        head = QLabel(name)
        head.setProperty("look", "title")
        head.setContentsMargins(0, 12, 0, 4)
        grid.addWidget(head, grid.rowCount(), 0, 1, 2)
        for key in keys:
            words = plain_words_of(key.act).rstrip("…")
            shown = self.tr("{one} or {other}", "two shortcuts").format
            texts = keys_shown(key.act)
            text = texts[0] if len(texts) == 1 else shown(one=texts[0], other=texts[1])
            row = grid.rowCount()
            grid.addWidget(QLabel(words), row, 0)
            pressed = QLabel(text)
            pressed.setProperty("look", "second")
            grid.addWidget(pressed, row, 1)
            self.lines.append((words, text))
