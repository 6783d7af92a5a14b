# SPDX-License-Identifier: Apache-2.0
"""One way through the window, timed step by step: bench_journey.py FOLDER REQUESTS

Unlock, dashboard, list, search, scrolling, with the real application on a vault that `bench_vaults` made. A
process of its own prints one line of JSON; `bench_window.py` starts several and takes medians.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench_measuring import percentile  # noqa: E402  # the project must be found first
from bench_scenes import memory_mib  # noqa: E402
from bench_storage import Statements, recorded, repeat, selects_of  # noqa: E402
from bench_vaults import PASSPHRASE, Workshop, key_slots  # noqa: E402
from PySide6.QtCore import (  # noqa: E402  # noqa: E402
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)
from PySide6.QtWidgets import QApplication, QTableView, QWidget  # noqa: E402

from optout_desktop import __version__  # noqa: E402
from optout_desktop.domain.secrets import Secret  # noqa: E402
from optout_desktop.gui import singletons  # noqa: E402
from optout_desktop.gui.application import Application  # noqa: E402
from optout_desktop.gui.paged_table import PAGE_ROWS  # noqa: E402
from optout_desktop.gui.tasks import Tasks  # noqa: E402
from optout_desktop.storage.stores import SCHEMA, Stores  # noqa: E402
from optout_desktop.storage.vault import Vault  # noqa: E402

LONGEST_WAIT_SECONDS = 60.0
SCROLL_STEPS = 150
LETTERS_TYPED = 5
_Index = QModelIndex | QPersistentModelIndex


class Paints(QObject):
    """Counts the paint events of a widget and its children."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)
        for child in widget.findChildren(QWidget):
            child.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Qt's question; the answer is always that the event goes on."""
        self.count += event.type() is QEvent.Type.Paint
        return False


class Pulse(QObject):
    """A timer of one millisecond; the longest that it had to wait is this thread's longest block."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    @contextmanager
    def felt(self) -> Iterator[None]:
        """Feel the pulse meanwhile."""
        self._last = time.perf_counter()
        self._timer.start(1)
        yield
        self._timer.stop()


class PlainModel(QAbstractTableModel):
    """The least model that there can be: rows that are there already, as text."""

    def __init__(self, rows: list[Any]) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(self, _parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802  # Qt's own
        """Every row."""
        return len(self._rows)

    def columnCount(self, _parent: _Index = QModelIndex()) -> int:  # noqa: B008, N802  # Qt's own
        """Five columns, as many facts as a row of ours shows."""
        return 5

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401  # Qt's own
        """The text of a cell."""
        return (
            str(self._rows[index.row()][index.column() + 4]) if role == Qt.ItemDataRole.DisplayRole else None
        )


class Journey:
    """The application on one vault, and the times of its steps."""

    def __init__(self, folder: Path, requests: int) -> None:
        self._workshop = Workshop(folder=folder)
        self._path = folder / "vaults" / f"Measured {requests}.optout"
        self._data_key = key_slots(self._path).open(Secret(PASSPHRASE))
        self._app = Application(self._workshop.house(), is_watching_screen=False)
        self._pulse = Pulse()
        self.told: dict[str, Any] = {}

    def travel(self) -> dict[str, Any]:
        """Go all the way; the answer is what was measured, in seconds and MiB."""
        self._app.start()
        until(lambda: self._app.entrance is not None and self._app.entrance.isVisible())
        self._settle(1.0)  # the person types; what unlocking needs is loaded meanwhile
        cold, selects = self._unlock()
        self.told["dashboard_cold"] = cold
        self.told["selects"] = len(selects)
        self.told["dashboard_bare"] = self._on_vault_thread(lambda vault: repeat(vault, selects))
        self.told["list"] = self._list()
        self._settle(1.0)
        self.told["memory_mib"] = memory_mib()
        typed = [self._type(text) for text in self._texts()]
        self.told["typed_median"], self.told["typed_worst"] = percentile(typed, 50), max(typed)
        self._type("")
        self._settle(0.3)
        self.told["frame_worst"], self.told["frame_median"] = self._scroll()
        self.told["list_bare"] = self._plain_list()
        self._app.lock()
        self._settle(0.3)
        self.told["dashboard_again"], _ = self._unlock()
        self.told["longest_block"] = self._pulse.longest
        self._app.end()
        return self.told

    def _unlock(self) -> tuple[float, Statements]:
        """Open the vault with its key at hand; the seconds until the dashboard's counts are painted."""
        house, entrance = self._app._house, self._app.entrance  # noqa: SLF001
        assert entrance is not None  # noqa: S101  # mypy cannot see that the app is locked
        watched: list[Any] = []

        def job() -> Any:  # noqa: ANN401  # a desk
            vault = Vault.open(
                self._path, self._data_key.copy(), schema=SCHEMA, stores=Stores, made_by=__version__
            )
            recording = recorded(vault)
            watched.extend((recording, recording.__enter__()))
            return house.open_desk(vault)

        tasks = self._tasks
        began = time.perf_counter()
        with self._pulse.felt():
            tasks.run(entrance, job, lambda desk: entrance.opened.emit(desk, False, False))  # noqa: FBT003
            until(lambda: self._app.desk is not None)
            page = self._window.page
            until(lambda: page._today is not None)  # noqa: SLF001  # the counts have come
            self._painted(page)
        taken = time.perf_counter() - began
        recording, statements = watched
        recording.__exit__(None, None, None)
        self._settle(0.3)
        return taken, selects_of(statements)

    def _list(self) -> float:
        """Go to the list; the seconds until its first rows are painted."""
        arrived: list[bool] = []
        began = time.perf_counter()
        with self._pulse.felt():
            pane = self._window.go("requests").list_pane
            pane.model.page_shown.connect(lambda: arrived.append(True))
            until(lambda: bool(arrived))
            self._painted(pane.list)
            taken = time.perf_counter() - began
            self._settle(0.5)
        return taken

    def _type(self, text: str) -> float:
        """Type into the list's search; the seconds until what was found is painted."""
        pane = self._window.page.list_pane
        shown: list[bool] = []
        page = pane.model.page_shown.connect(lambda: shown.append(True))
        rest = pane.was_shown.connect(lambda: shown.append(not pane.model.ids))
        began = time.perf_counter()
        with self._pulse.felt():
            pane.bar.search.setText(text)
            until(lambda: any(shown))
            self._painted(pane)
        taken = time.perf_counter() - began
        for connection in (page, rest):
            QObject.disconnect(connection)
        self._settle(0.1)
        return taken

    def _texts(self) -> list[str]:
        """What stands in the search field after each letter of three company names and a reference."""
        model = self._window.page.list_pane.model
        rows = [model.row_value(row) for row in range(8)]
        found = [row.overview for row in rows if row is not None][:3]
        names = [*(one.company_name for one in found), found[0].reference]
        return [name[:length] for name in names for length in range(1, LETTERS_TYPED + 1)]

    def _scroll(self) -> tuple[float, float]:
        """Scroll through the whole list; the worst and the median time of a frame."""
        view = self._window.page.list_pane.list
        bar = view.verticalScrollBar()
        frames = []
        with self._pulse.felt():
            for step in range(1, SCROLL_STEPS + 1):
                began = time.perf_counter()
                # every other step is a small one, as a wheel makes it
                bar.setValue(bar.maximum() * step // SCROLL_STEPS if step % 2 else bar.value() + 120)
                view.viewport().repaint()
                QApplication.processEvents()
                frames.append(time.perf_counter() - began)
        self._settle(0.2)
        return max(frames), percentile(frames, 50)

    def _plain_list(self) -> float:
        """The baseline: fetch 256 rows bare and paint them in a plain table; the median of five."""
        times = []
        for _ in range(5):
            began = time.perf_counter()
            rows: list[Any] = []
            query = f"SELECT * FROM overviews ORDER BY row LIMIT {PAGE_ROWS}"  # noqa: S608
            self._on_vault_thread(lambda vault: rows.extend(vault._raw.execute(query).fetchall()))  # noqa: B023, SLF001
            view = QTableView()
            view.setModel(PlainModel(rows))
            view.resize(self._window.size())
            view.show()
            self._painted(view)
            times.append(time.perf_counter() - began)
            view.close()
        return percentile(times, 50)

    # ── helps ────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _window(self) -> Any:  # noqa: ANN401  # the main window, which has no type while the app is locked
        return self._app.window

    @property
    def _tasks(self) -> Tasks:
        tasks = self._app._tasks  # noqa: SLF001  # the one vault thread of the app
        assert tasks is not None  # noqa: S101
        return tasks

    def _on_vault_thread(self, work: Callable[[Vault[Stores]], object]) -> float:
        """Do something with the open vault where it may be done; the seconds of the work itself."""
        took: list[float] = []
        desk = self._app.desk
        assert desk is not None  # noqa: S101

        def job() -> float:
            began = time.perf_counter()
            work(desk.vault)
            return time.perf_counter() - began

        self._tasks.run(self._window, job, took.append)
        until(lambda: bool(took))
        return took[0]

    @staticmethod
    def _painted(widget: QWidget) -> None:
        """Wait until the widget has been painted as it is now."""
        paints = Paints(widget)
        widget.update()
        until(lambda: paints.count > 0)
        paints.deleteLater()

    @staticmethod
    def _settle(seconds: float) -> None:
        """Let everything come to rest."""
        ends = time.perf_counter() + seconds
        until(lambda: time.perf_counter() >= ends)


def until(condition: Callable[[], bool]) -> None:
    """Let Qt work until the condition holds; raises TimeoutError after a minute."""
    ends = time.perf_counter() + LONGEST_WAIT_SECONDS
    while not condition():
        if time.perf_counter() > ends:
            raise TimeoutError("the window did not come to where it should")
        QApplication.processEvents()
        time.sleep(0.0002)


def main(folder: str, requests: str) -> int:
    """Travel once and say what was measured."""
    singletons.keep_alive()
    application = QApplication(sys.argv[:1])
    told = Journey(Path(folder), int(requests)).travel()
    print(json.dumps(told))
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
