# SPDX-License-Identifier: Apache-2.0
"""The guards of tests/conftest.py bite: each test of a suite that breaks them fails."""

import re
import shutil
import subprocess
import sys

import pytest

from tests.architecture.source import ROOT

BREAKS = """
    import logging
    import os
    import socket
    import urllib.request

    import pytest
    from PySide6.QtWidgets import QApplication, QLabel


    def test_breaks_by_connecting():
        with socket.socket() as line:
            line.connect(("192.0.2.1", 80))


    def test_breaks_by_asking_for_a_name():
        socket.getaddrinfo("example.org", 443)


    def test_breaks_by_fetching_a_page():
        urllib.request.urlopen("http://192.0.2.1/")


    def test_breaks_by_a_datagram():
        with socket.socket(type=socket.SOCK_DGRAM) as line:
            line.sendto(b"", ("192.0.2.1", 53))


    def test_breaks_by_listening_unannounced():
        with socket.socket() as line:
            line.bind(("127.0.0.1", 0))


    def test_breaks_by_leaving_a_window_open(qapp):
        QApplication.instance().kept = QLabel("left")
        QApplication.instance().kept.show()


    def test_breaks_by_logging_a_warning():
        logging.getLogger("optout_desktop.storage").warning("hm")


    def test_breaks_by_a_warning_of_python():
        import warnings

        warnings.warn("hm")


    def test_breaks_by_a_warning_of_qt(qapp):
        from PySide6.QtCore import qWarning

        qWarning("hm")


    @pytest.mark.loopback
    def test_keeps_when_it_says_that_it_listens():
        with socket.create_server(("127.0.0.1", 0)) as server:
            socket.create_connection(server.getsockname()).close()


    def test_keeps_when_it_takes_the_expected_warning(product_warnings):
        logging.getLogger("optout_desktop").warning("hm")

        assert product_warnings.pop() == "WARNING optout_desktop: hm"


    def test_keeps_a_home_of_its_own(tmp_path):
        assert os.path.expanduser("~").startswith(str(tmp_path))
        assert "DBUS_SESSION_BUS_ADDRESS" not in os.environ


    def test_keeps_when_the_window_is_closed(qtbot):
        label = QLabel("closed")
        qtbot.addWidget(label)
        label.show()
"""


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What became of each test of a suite that is guarded as ours is: name → outcomes of its phases."""
    folder = tmp_path_factory.mktemp("guarded")
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "conftest.py", folder / "tests")
    (folder / "tests" / "test_sample.py").write_text(re.sub(r"(?m)^    ", "", BREAKS), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-rA", "-p", "no:cacheprovider", "--tb=no"]
    printed = subprocess.run(command, cwd=folder, capture_output=True, check=False, text=True).stdout
    found = {}
    for outcome, name in re.findall(
        r"^(PASSED|FAILED|ERROR) tests/test_sample\.py::(\w+)", printed, re.MULTILINE
    ):
        found.setdefault(name, set()).add(outcome)
    return found


def test_every_test_that_breaks_a_guard_fails(outcomes):
    breaking = {name: said for name, said in outcomes.items() if name.startswith("test_breaks")}

    assert len(breaking) == BREAKS.count("def test_breaks")
    assert [name for name, said in breaking.items() if said == {"PASSED"}] == []


def test_every_test_that_keeps_to_the_guards_passes(outcomes):
    keeping = {name: said for name, said in outcomes.items() if name.startswith("test_keeps")}

    assert len(keeping) == BREAKS.count("def test_keeps")
    assert [name for name, said in keeping.items() if said != {"PASSED"}] == []
