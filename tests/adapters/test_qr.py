# SPDX-License-Identifier: Apache-2.0
import re
import xml.etree.ElementTree as ET

import pytest
import zxingcpp
from PIL import Image
from pyzbar import pyzbar

from optout_desktop.adapters.qr import QUIET_ZONE_MODULES, QrForm, qr_drawing, qr_modules, sms_payload
from optout_desktop.domain.errors import InputError


def scanned(modules, module_pixels=8):
    """What two readers that share no code with the writer see, black on white with the quiet zone."""
    size = len(modules) + 2 * QUIET_ZONE_MODULES
    picture = Image.new("L", (size, size), 255)
    for y, row in enumerate(modules):
        for x, is_black in enumerate(row):
            if is_black:
                picture.putpixel((x + QUIET_ZONE_MODULES, y + QUIET_ZONE_MODULES), 0)
    picture = picture.resize((size * module_pixels, size * module_pixels), Image.Resampling.NEAREST)
    [by_zxing] = zxingcpp.read_barcodes(picture)
    [by_zbar] = pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])
    assert by_zbar.data.decode() == by_zxing.text
    return by_zxing.text


@pytest.mark.parametrize("number", ["+12025550123", "78901", "+447700900123", "262966"])
def test_a_phone_reads_number_and_keyword(number):
    assert scanned(qr_modules(sms_payload(number))) == f"SMSTO:{number}:STOP"


@pytest.mark.parametrize("number", ["+12025550123", "78901", "+447700900123", "262966"])
def test_the_other_form_says_the_same(number):
    assert scanned(qr_modules(sms_payload(number, QrForm.SMS))) == f"sms:{number}?body=STOP"


@pytest.mark.parametrize("mask", range(8))
def test_a_settled_pattern_reads_as_well_as_the_best_one(mask):
    assert scanned(qr_modules("OO-7F3K-22", mask=mask), module_pixels=4) == "OO-7F3K-22"


def test_the_drawing_has_every_black_module_once_inside_four_white_ones():
    modules = qr_modules("OO-7F3K-22")
    drawing = ET.fromstring(qr_drawing(modules))  # noqa: S314 - written by ourselves
    side = len(modules) + 2 * QUIET_ZONE_MODULES
    path = drawing[1].get("d")
    black = [
        (int(x) + step - QUIET_ZONE_MODULES, int(y) - QUIET_ZONE_MODULES)
        for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path)
        for step in range(int(length))
    ]

    assert drawing.get("viewBox") == f"0 0 {side} {side}"
    assert sorted(black) == sorted(
        (x, y) for y, row in enumerate(modules) for x, is_black in enumerate(row) if is_black
    )


def test_the_code_is_a_square_without_margin():
    modules = qr_modules(sms_payload("78901"))

    assert {len(row) for row in modules} == {len(modules)}
    assert modules[0][:7] == (True,) * 7


@pytest.mark.parametrize(
    "number", ["", "+", "12025550123", "+0123456789", "78901:", "7890\n", "٧٨٩٠١", "+1 202 555 0123"]
)
def test_only_numbers_that_were_checked_become_a_code(number):
    with pytest.raises(InputError) as caught:
        sms_payload(number)

    assert caught.value.field == "phone"
