# SPDX-License-Identifier: Apache-2.0
"""What is made ready while the person types, tried in a process that knows nothing yet."""

import json
import subprocess
import sys

from tests.architecture.source import ROOT

PROGRAM = """
import gc, json, sys
from optout_desktop.gui import singletons
singletons.keep_alive()
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QScrollArea
app = QApplication(["-", "-platform", "offscreen"])
from optout_desktop.gui.warming import Listener, learn_widgets

def known(kind=QObject):
    return 1 + sum(known(each) for each in kind.__subclasses__())

if sys.argv[1] == "warm":
    learn_widgets()
before = known()
app.installEventFilter(listener := Listener())
QScrollArea().show()
sys.stdout.write(json.dumps({"learnt": known() - before, "frozen": gc.get_freeze_count()}))
"""


def told(how):
    program = [sys.executable, "-c", PROGRAM, how]
    return json.loads(subprocess.run(program, cwd=ROOT, capture_output=True, check=True).stdout)


def test_who_hears_every_event_makes_qt_learn_every_kind_of_widget_unless_it_did():
    assert told("cold")["learnt"] > 50
    assert told("warm")["learnt"] == 0


def test_what_is_loaded_by_then_is_not_looked_at_by_the_collector_again():
    assert told("cold")["frozen"] == 0
    assert told("warm")["frozen"] > 10_000
