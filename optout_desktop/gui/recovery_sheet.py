# SPDX-License-Identifier: Apache-2.0
"""The recovery code, shown once: on screen, on one printed page, or in a PDF that the person asks for.

A service makes the code; this shows it and forgets it. The printed page is black on white in every theme.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from optout_desktop.domain.secrets import Secret
from optout_desktop.gui import dialogs, theme
from optout_desktop.gui.labels import Look, isolated, label
from optout_desktop.gui.wording import long_date

_MARGIN_MM = 25.0
_POINTS_AN_INCH = 72.0
_CODE_PT = 20.0


def tr(text: str) -> str:
    """The translated text."""
    return QCoreApplication.translate("recovery_sheet", text)


def lines_of(vault_name: str, made_on: date) -> tuple[str, ...]:
    """What stands on the page below the code."""
    return (
        tr("This code opens the vault “{name}” of OptOut Desktop, whatever its passphrase is.").format(
            name=vault_name
        ),
        tr("Made on {day}. A code made later replaces it.").format(day=long_date(made_on)),
        tr("Keep this page where you keep your passport. Whoever has it and the vault's file can read all."),
        tr("To use it: start OptOut Desktop, choose “Use recovery code…”, and type the code."),
        tr("The letters I and O and the digits 0 and 1 do not occur."),
    )


def paint_page(device: QPagedPaintDevice, code: Secret, vault_name: str, made_on: date) -> None:
    """Draw the page; it fits on one of A4 and of US Letter."""
    painter = QPainter(device)
    try:
        page = QRectF(painter.viewport())
        unit = painter.device().logicalDpiY() / _POINTS_AN_INCH
        y = _write(painter, page, page.top(), tr("Recovery code"), 24.0, unit, is_bold=True)
        y = _write(painter, page, y + 8 * unit, vault_name, 14.0, unit)
        y += 24 * unit
        groups = code.reveal().split("-")
        for at in range(0, len(groups), 3):
            line = "   ".join(groups[at : at + 3])
            y = _write(painter, page, y + 6 * unit, line, _CODE_PT, unit, is_fixed=True)
        y += 24 * unit
        for sentence in lines_of(vault_name, made_on):
            y = _write(painter, page, y + 8 * unit, sentence, 11.0, unit)
    finally:
        painter.end()


def _write(  # noqa: PLR0913 - a line of text and how it looks
    painter: QPainter,
    page: QRectF,
    y: float,
    text: str,
    points: float,
    unit: float,
    *,
    is_bold: bool = False,
    is_fixed: bool = False,
) -> float:
    font = QFont("DejaVu Sans Mono" if is_fixed else painter.font().family())
    if is_fixed:
        font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPixelSize(round(points * unit))
    font.setBold(is_bold)
    painter.setFont(font)
    painter.setPen(Qt.GlobalColor.black)
    room = QRectF(page.left(), y, page.width(), page.height())
    needed = QFontMetricsF(font, painter.device()).boundingRect(room, Qt.TextFlag.TextWordWrap, text)
    painter.drawText(room, Qt.TextFlag.TextWordWrap, text)
    return y + needed.height()


def write_pdf(path: Path, code: Secret, vault_name: str, made_on: date, *, is_letter: bool) -> None:
    """The page as a PDF file."""
    writer = QPdfWriter(str(path))
    writer.setTitle(tr("Recovery code"))
    writer.setResolution(300)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter if is_letter else QPageSize.PageSizeId.A4))
    margin = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageMargins(margin, QPageLayout.Unit.Millimeter)
    paint_page(writer, code, vault_name, made_on)


class RecoveryDialog(QDialog):
    """Shows a new recovery code; ``ask`` answers whether the person has it on paper."""

    def __init__(self, code: Secret, vault_name: str, made_on: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Recovery code"))
        self._code, self._vault_name, self._made_on = code, vault_name, made_on
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(label(self.tr("Your recovery code"), Look.TITLE))
        sentence = self.tr(
            "It opens the vault “{name}” if you forget the passphrase. It is shown this once: "
            "print it or write it down, and keep it away from this computer."
        )
        layout.addWidget(label(sentence.format(name=isolated(vault_name)), wraps=True))
        groups = code.reveal().split("-")
        self.words = label(
            "\n".join("  ".join(groups[at : at + 3]) for at in range(0, len(groups), 3)), Look.TITLE
        )
        font = QFont("DejaVu Sans Mono")
        font.setStyleHint(QFont.StyleHint.Monospace)
        self.words.setFont(font)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.words.setAccessibleName(self.tr("Recovery code"))
        layout.addWidget(self.words)
        self.print = QPushButton(self.tr("&Print…"))
        self.print.clicked.connect(self._print)
        self.save = QPushButton(self.tr("Save as P&DF…"))
        self.save.clicked.connect(self._save)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.print)
        row.addWidget(self.save)
        row.addStretch()
        layout.addLayout(row)
        note = self.tr(
            "The printer system stores a copy until the page is printed. A saved PDF is not encrypted."
        )
        layout.addWidget(label(note, Look.SMALL, wraps=True))
        self.kept = QCheckBox(self.tr("I &have it on paper"))
        layout.addWidget(self.kept)
        self.done_button = QPushButton(self.tr("&Done"))
        self.done_button.setProperty("kind", "accent")
        self.done_button.setEnabled(False)
        self.done_button.clicked.connect(self.accept)
        self.kept.toggled.connect(self.done_button.setEnabled)
        later = QPushButton(self.tr("&Not now"))
        later.clicked.connect(self.reject)
        end = QHBoxLayout()
        end.addStretch()
        end.addWidget(later)
        end.addWidget(self.done_button)
        layout.addLayout(end)
        self.setMinimumWidth(min(theme.px(480), 860))

    def ask(self) -> bool:
        """Whether the person has the code on paper; the dialog forgets it afterwards."""
        has_it = self.exec() == QDialog.DialogCode.Accepted
        self.words.clear()
        self._code = Secret("")
        return has_it

    def _is_letter(self) -> bool:
        return self.locale().territory() in {
            self.locale().Country.UnitedStates,
            self.locale().Country.Canada,
            self.locale().Country.Mexico,
        }

    def _save(self) -> None:
        proposed = Path(self.tr("Recovery code.pdf"))
        path = dialogs.save_file(self, self.tr("Save the recovery code"), proposed, self.tr("PDF (*.pdf)"))
        if path is not None:
            write_pdf(path, self._code, self._vault_name, self._made_on, is_letter=self._is_letter())

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName("OptOut")
        margin = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
        printer.setPageMargins(margin, QPageLayout.Unit.Millimeter)
        if QPrintDialog(printer, self).exec() == QDialog.DialogCode.Accepted:
            paint_page(printer, self._code, self._vault_name, self._made_on)
