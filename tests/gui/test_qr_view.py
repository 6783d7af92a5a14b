# SPDX-License-Identifier: Apache-2.0
"""The code as it stands on the screen, photographed from the widget itself and read by two independent readers."""

import io

import pytest
import zxingcpp
from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pyzbar import pyzbar

from optout_desktop.adapters.qr import QUIET_ZONE_MODULES, QrForm, qr_modules, sms_payload
from optout_desktop.gui.qr_view import QUIET_MODULES, SMALLEST_PX, QrView
from optout_desktop.gui.theme import Appearance

THEMES = [each for each in Appearance if each is not Appearance.SYSTEM]
SAID = {
    ("+12025550123", QrForm.SMSTO): "SMSTO:+12025550123:STOP",
    ("+447700900123", QrForm.SMSTO): "SMSTO:+447700900123:STOP",
    ("78901", QrForm.SMSTO): "SMSTO:78901:STOP",
    ("+12025550123", QrForm.SMS): "sms:+12025550123?body=STOP",
    ("78901", QrForm.SMS): "sms:78901?body=STOP",
}


def photographed(widget):
    """What is on the screen, as a picture that Pillow holds."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    widget.grab().save(buffer, "PNG")
    return Image.open(io.BytesIO(buffer.data().data())).convert("L")


@pytest.fixture
def on_a_page(show):
    """A page of the window with a code in the middle, as the theme colours it."""

    def placed(payload):
        page = QWidget()
        page.setProperty("surface", "window")
        view = QrView()
        view.show_code(qr_modules(payload), payload)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(60, 60, 60, 60)
        layout.addWidget(view)
        show(page, 460, 460)
        return page, view

    return placed


@pytest.mark.parametrize("appearance", THEMES)
@pytest.mark.parametrize(("number", "form"), SAID)
def test_a_phone_reads_the_code_off_the_screen_in_every_theme(theme, on_a_page, appearance, number, form):
    theme.wear(appearance)
    page, _ = on_a_page(sms_payload(number, form))
    picture = photographed(page)
    [by_zxing] = zxingcpp.read_barcodes(picture)
    [by_zbar] = pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])

    assert by_zxing.text == SAID[number, form]
    assert by_zbar.data.decode() == SAID[number, form]


@pytest.mark.parametrize("appearance", THEMES)
def test_the_code_is_black_on_white_with_four_quiet_modules_and_at_least_200_px(theme, on_a_page, appearance):
    theme.wear(appearance)
    _, view = on_a_page(sms_payload("78901"))
    picture = photographed(view)
    quiet = QUIET_MODULES * view.module_px
    ring = picture.copy()
    ring.paste(255, (quiet, quiet, ring.width - quiet, ring.height - quiet))

    assert QUIET_MODULES == QUIET_ZONE_MODULES == 4
    assert min(picture.size) >= SMALLEST_PX >= 200
    assert ring.getextrema() == (255, 255)
    assert picture.getpixel((quiet, quiet)) == 0
    assert {value for value, count in enumerate(picture.histogram()) if count} == {0, 255}
