# SPDX-License-Identifier: Apache-2.0
"""Without colour every status can still be told: by its sign, its word, and light against dark."""

from itertools import combinations

import pytest
from PySide6.QtGui import QColor, QImage

from optout_desktop.gui import theme as looks
from optout_desktop.gui.chips import StatusChip
from optout_desktop.gui.theme import Appearance
from optout_desktop.gui.tokens import STATUS_ICONS, StatusToken, contrast

THEMES = [each for each in Appearance if each is not Appearance.SYSTEM]
SIDE = 18
FEWEST_POINTS_APART = 10
"""Two rings of that size with an exclamation mark and a question mark inside are about as far apart."""


def grey(image):
    return image.convertToFormat(QImage.Format.Format_Grayscale8)


def sign_of(status):
    """Where the sign of a status has ink, as a set of points: its shape without any colour."""
    picture = looks.pixmap(STATUS_ICONS[status], "#000000", SIDE).toImage()
    return {
        (x, y)
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() > 96
    }


def test_every_status_has_a_sign_of_its_own_shape():
    signs = {status: sign_of(status) for status in StatusToken}
    alike = [
        (one, other)
        for one, other in combinations(StatusToken, 2)
        if len(signs[one] ^ signs[other]) < FEWEST_POINTS_APART
    ]

    assert alike == []
    assert all(len(sign) > 20 for sign in signs.values())


@pytest.mark.parametrize("appearance", THEMES)
@pytest.mark.parametrize("status", StatusToken)
def test_sign_and_word_of_a_chip_can_be_read_in_grey(theme, show, appearance, status):
    theme.wear(appearance)
    chip = show(StatusChip("Overdue by 4 days", status), 240, 40)
    picture = grey(chip.grab().toImage())
    shades = sorted({picture.pixelColor(x, y).lightness() for x in range(240) for y in range(chip.height())})
    darkest, lightest = (QColor(shade, shade, shade).name() for shade in (shades[0], shades[-1]))

    assert contrast(darkest, lightest) >= 4.5
    assert chip.accessibleName() == "Overdue by 4 days"
