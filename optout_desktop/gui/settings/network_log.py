# SPDX-License-Identifier: Apache-2.0
"""The network log: every connection that the app opened, whereto, why, how much crossed it, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from optout_desktop.domain.messages import Connection, Purpose
from optout_desktop.gui import theme
from optout_desktop.gui.labels import Look, label, shown
from optout_desktop.gui.surroundings import Surroundings
from optout_desktop.gui.wording import instant

_ROWS_SHOWN = 500


def tr(text: str) -> str:
    """The words in the person's language."""
    return QCoreApplication.translate("network_log", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    latest: tuple[Connection, ...]
    today: int
    ever: int


class NetworkLog(QWidget):
    """A table of connections, the newest first; it says so where there was none."""

    def __init__(self, surroundings: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._around = surroundings
        self.count = label("", Look.STRONG, wraps=True)
        self.line = label(tr("OptOut only connects when you ask it to."), Look.SECOND, wraps=True)
        self.table = QTableWidget(0, 5)
        self.table.setAccessibleName(tr("Network log"))
        self.table.setHorizontalHeaderLabels(
            [tr("When"), tr("Why"), tr("Server"), tr("Out / in"), tr("Result")]
        )
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.setWordWrap(False)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.table.setMinimumHeight(theme.px(200))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self.count, self.line, self.table):
            layout.addWidget(widget)
        self.table.hide()

    def refresh(self) -> None:
        """Ask what was connected to."""
        log = self._around.desk.mailroom.network_log

        def look() -> _Found:
            return _Found(latest=log.latest(_ROWS_SHOWN), today=len(log.today()), ever=log.count())

        self._around.tasks.run(self, look, self._show)

    def _show(self, found: _Found) -> None:
        self.count.setText(_counted(found.today, found.ever))
        self.table.setVisible(bool(found.latest))
        self.table.setRowCount(len(found.latest))
        size = self.locale().formattedDataSize
        for y, one in enumerate(found.latest):
            crossed = tr("{bytes_out} / {bytes_in}").format(
                bytes_out=size(one.bytes_out), bytes_in=size(one.bytes_in)
            )
            server = tr("{host}:{port}").format(host=shown(one.host), port=one.port)
            texts = (instant(one.at), purpose_words(one.purpose), server, crossed, result_words(one.result))
            for x, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(y, x, item)


def purpose_words(purpose: Purpose) -> str:
    """Why a connection was opened."""
    return {
        Purpose.SEND_MAIL: tr("Sending a letter"),
        Purpose.FILE_SENT_COPY: tr("Copy into the Sent folder"),
        Purpose.TEST_ACCOUNT: tr("Trying an account"),
    }[purpose]


def result_words(result: str) -> str:
    """How a connection ended."""
    known = {
        "ok": tr("Worked"),
        "started": tr("Broken off by the app's end"),
        "accepted": tr("Accepted"),
        "deferred": tr("Later"),
        "refused": tr("No connection"),
        "uncertain": tr("Broken off"),
        "no_password": tr("No password"),
        "no_encryption": tr("No encryption offered"),
        "certificate": tr("Certificate not valid"),
        "login": tr("Login refused"),
        "name": tr("No such server"),
        "silent": tr("No answer"),
        "dropped": tr("Broken off"),
    }
    if result.isdecimal():
        return tr("Answered {code}").format(code=result)
    return known.get(result, shown(result))


def _counted(today: int, ever: int) -> str:
    if not ever:
        return tr("Nothing was sent today, and nothing before.")
    if not today:
        return tr("Nothing was sent today. Connections before: {ever}.").format(ever=ever)
    return tr("Connections in the last 24 hours: {today}. Since this vault was made: {ever}.").format(
        today=today, ever=ever
    )
