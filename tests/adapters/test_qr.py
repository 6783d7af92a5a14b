# SPDX-License-Identifier: Apache-2.0
import pytest
import zxingcpp
from PIL import Image

from optout_desktop.adapters.qr import QUIET_ZONE_MODULES, QrForm, qr_modules, sms_payload
from optout_desktop.domain.errors import InputError


def scanned(modules, module_pixels=8):
    """What a reader that shares no code with the writer sees, black on white with the quiet zone."""
    size = len(modules) + 2 * QUIET_ZONE_MODULES
    picture = Image.new("L", (size, size), 255)
    for y, row in enumerate(modules):
        for x, is_black in enumerate(row):
            if is_black:
                picture.putpixel((x + QUIET_ZONE_MODULES, y + QUIET_ZONE_MODULES), 0)
    picture = picture.resize((size * module_pixels, size * module_pixels), Image.Resampling.NEAREST)
    [code] = zxingcpp.read_barcodes(picture)
    return code.text


@pytest.mark.parametrize("number", ["+12025550123", "78901", "+447700900123", "262966"])
def test_a_phone_reads_number_and_keyword(number):
    assert scanned(qr_modules(sms_payload(number))) == f"SMSTO:{number}:STOP"


def test_the_other_form_says_the_same():
    assert scanned(qr_modules(sms_payload("+12025550123", QrForm.SMS))) == "sms:+12025550123?body=STOP"


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
