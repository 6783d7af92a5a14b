# SPDX-License-Identifier: Apache-2.0
"""The clipboard, for texts that may be personal: marked for managers, cleared after a while and on lock.

What somebody else copied since is never touched. The primary selection of X11 follows the same rule.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

HINTS: dict[str, bytes] = {
    "x-kde-passwordManagerHint": b"secret",
    "application/x-nspasteboard-concealed-type": b"1",
    "org.nspasteboard.ConcealedType": b"1",
    "ExcludeClipboardContentFromMonitorProcessing": b"1",
    "CanIncludeInClipboardHistory": b"\x00\x00\x00\x00",
    "CanUploadToCloudClipboard": b"\x00\x00\x00\x00",
}
"""Formats by which clipboard managers know that a text is not to be kept (KDE, macOS, Windows)."""
_OURS = "application/x-optout-clip"


class SystemClipboard(QObject):
    """Copies a text, and clears it again after so many seconds; 0 means: only on lock and on quit."""

    def __init__(self, seconds: int = 30, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._seconds = seconds
        self._count = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear_if_ours)

    def set_seconds(self, seconds: int) -> None:
        """Clear after so many seconds from the next copy on."""
        self._seconds = seconds

    def put(self, text: str) -> None:
        """Copy a text that may be personal."""
        self._count += 1
        data = QMimeData()
        data.setText(text)
        for form, value in HINTS.items():
            data.setData(form, QByteArray(value))
        data.setData(_OURS, QByteArray(self._mark()))
        QGuiApplication.clipboard().setMimeData(data)
        self._timer.stop()
        if self._seconds:
            self._timer.start(self._seconds * 1000)

    def clear_if_ours(self) -> None:
        """Clear what was copied, unless somebody else copied something since."""
        self._timer.stop()
        clipboard = QGuiApplication.clipboard()
        for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
            if mode is QClipboard.Mode.Selection and not clipboard.supportsSelection():
                continue
            held = clipboard.mimeData(mode)
            is_selection_of_ours = mode is QClipboard.Mode.Selection and clipboard.ownsSelection()
            if is_selection_of_ours or (held and held.data(_OURS).data() == self._mark()):
                clipboard.clear(mode)

    def _mark(self) -> bytes:
        return f"{id(self)}-{self._count}".encode()
