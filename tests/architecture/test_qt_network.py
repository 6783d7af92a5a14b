# SPDX-License-Identifier: Apache-2.0
"""Of Qt's network only the local socket that keeps a second window from opening; no GPL-only module."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import Module, broken, imported, modules, sample

LOCAL = {"PySide6.QtNetwork.QLocalServer", "PySide6.QtNetwork.QLocalSocket"}
FORBIDDEN = (
    # under the GPL alone, which our licence does not fit
    *("QtCharts", "QtGraphs", "QtDataVisualization", "QtVirtualKeyboard", "QtQuick3D"),
    *("QtNetworkAuth", "QtHttpServer", "QtMqtt", "QtCoap"),
    # a browser, and programs made from data
    *("QtWebEngine", "QtWebView", "QtQml", "QtQuick"),
    # other ways to the network, and a database that cannot be encrypted
    *("QtWebSockets", "QtWebChannel", "QtRemoteObjects", "QtSql"),
    # sends notifications with the wrong signature
    "QtDBus",
)


def unwanted_qt(module: Module) -> Iterator[tuple[ast.AST, str]]:
    for node, name in imported(module):
        reaches_network = name.startswith("PySide6.QtNetwork") and name not in LOCAL
        if reaches_network or name.startswith(tuple(f"PySide6.{each}" for each in FORBIDDEN)):
            yield node, f"imports {name}"
        elif name in {"PySide6", "PySide6.*"}:
            yield node, "imports PySide6 as a whole: name the parts"


def test_qt_brings_neither_a_network_nor_a_browser_nor_the_gpl():
    assert broken(unwanted_qt, *modules()) == []


@pytest.mark.parametrize(
    "line",
    [
        "from PySide6.QtNetwork import QNetworkAccessManager",
        "from PySide6.QtNetwork import QLocalServer, QTcpSocket",
        "from PySide6 import QtNetwork",
        "import PySide6.QtNetwork as local",
        "from PySide6.QtCharts import QChart",
        "from PySide6 import QtCharts",
        "from PySide6.QtWebEngineWidgets import QWebEngineView",
        "from PySide6.QtQuickWidgets import QQuickWidget",
        "import PySide6",
    ],
)
def test_an_unwanted_module_is_found(line):
    assert broken(unwanted_qt, sample(line, "gui/sample.py"))


def test_the_local_socket_passes():
    wanted = "from PySide6.QtNetwork import QLocalServer, QLocalSocket\nfrom PySide6.QtWidgets import QLabel"

    assert not broken(unwanted_qt, sample(wanted, "gui/sample.py"))
