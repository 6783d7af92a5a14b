# SPDX-License-Identifier: Apache-2.0
"""The offline help: the right topic, links between topics, nothing loaded from anywhere."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument

from optout_desktop.gui.help.page import HelpPage, keyboard_table, topics_in
from optout_desktop.gui.keymap import TABLE, plain_words_of
from tests.gui.conftest import RESOURCES

FOLDER = RESOURCES / "help" / "en"


@pytest.fixture
def page(show):
    return show(HelpPage(FOLDER), 900, 600)


@pytest.mark.parametrize("topic", topics_in(FOLDER), ids=lambda topic: topic.id)
def test_every_topic_is_shown_under_its_title(page, topic):
    page.show_topic(topic.id)

    assert page.browser.toPlainText().startswith(topic.title)


@pytest.mark.parametrize(
    ("screen", "topic"),
    [("unlock", "keys"), ("dashboard", "dashboard"), ("requests", "statuses"), ("nowhere", "index")],
)
def test_a_screen_opens_its_topic(page, screen, topic):
    page.show_topic(screen)

    assert page.topic == topic


def test_a_link_leads_to_another_topic_and_back_again(page):
    page.browser.anchorClicked.emit(QUrl("keys.md"))
    there = page.topic
    page.back.click()

    assert (there, page.topic) == ("keys", "index")


def test_a_link_to_elsewhere_leads_nowhere(page):
    page.browser.anchorClicked.emit(QUrl("https://example.org/"))

    assert page.topic == "index"


def test_the_browser_gives_an_empty_pixel_for_whatever_is_asked(page):
    image = page.browser.loadResource(
        int(QTextDocument.ResourceType.ImageResource.value), QUrl("file:///etc/passwd")
    )

    assert (image.width(), image.height()) == (1, 1)


def test_the_keyboard_page_has_every_key(page):
    page.show_topic("keyboard")
    text = page.browser.toPlainText()

    assert "{{" not in text
    assert all(plain_words_of(key.act).rstrip("…") in text for key in TABLE if key.keys)
    assert keyboard_table().count("\n| ") >= sum(bool(key.keys) for key in TABLE)


def test_every_title_of_the_contents_stands_there_whole(page, show):
    show(page, 1000, 700)
    contents = page.contents
    room = contents.viewport().width() - 24
    cut = [
        item.text()
        for item in map(contents.item, range(contents.count()))
        if item.sizeHint().height()
        < contents.fontMetrics().boundingRect(0, 0, room, 0, Qt.TextFlag.TextWordWrap, item.text()).height()
    ]

    assert cut == []
