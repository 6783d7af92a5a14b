# SPDX-License-Identifier: Apache-2.0
"""No call turns data into a program, mark-up into a page, or a person into a log line, or asks the time."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.source import Module, broken, dotted, imported, modules, resolved, sample

# ── data that becomes a program ──────────────────────────────────────────────────────────────────────

EXECUTING_MODULES = {"pickle", "_pickle", "marshal", "shelve", "dill", "yaml", "jsonpickle"}
EXECUTING_CALLS = {"eval", "exec", "compile", "__import__", "os.system", "os.popen"}
EXECUTING_CALLS |= {"subprocess.getoutput", "subprocess.getstatusoutput"}


def data_as_program(module: Module) -> Iterator[tuple[ast.AST, str]]:
    for node, name in imported(module):
        if name.split(".")[0] in EXECUTING_MODULES:
            yield node, f"imports {name}"
    for call in module.calls():
        if (name := resolved(module, call.func)) in EXECUTING_CALLS:
            yield call, f"calls {name}"
        for keyword in call.keywords:
            is_off = isinstance(keyword.value, ast.Constant) and not keyword.value.value
            if keyword.arg == "shell" and not is_off:
                yield call, "starts a shell"


def test_nothing_turns_data_into_a_program():
    assert broken(data_as_program, *modules()) == []


@pytest.mark.parametrize(
    "line",
    [
        "import pickle",
        "from yaml import load",
        "eval(text)",
        "exec(text)",
        "import os\nos.system(text)",
        "from os import popen\npopen(text)",
        "import subprocess as s\ns.getoutput(text)",
        "run(command, shell=True)",
        "run(command, shell=flag)",
    ],
)
def test_data_as_a_program_is_found(line):
    assert broken(data_as_program, sample(line))


def test_a_pattern_may_be_compiled_and_a_program_started_without_a_shell():
    assert not broken(data_as_program, sample("import re\nre.compile('a')\nrun(['ls'], shell=False)"))


# ── mark-up that becomes a page ──────────────────────────────────────────────────────────────────────

MARKUP_SETTERS = {"setHtml", "insertHtml", "setMarkdown", "insertMarkdown", "setSource"}
MAY_SHOW_MARKUP = re.compile(r"gui/help(\.py|_page\.py|/.*)")
"""The help shows pages that the app ships; everything else shows plain text."""


def markup_as_page(module: Module) -> Iterator[tuple[ast.AST, str]]:
    if MAY_SHOW_MARKUP.fullmatch(module.path):
        return
    for call in module.calls():
        if isinstance(call.func, ast.Attribute) and call.func.attr in MARKUP_SETTERS:
            yield call, f"calls {call.func.attr}"


def test_only_the_help_shows_marked_up_text():
    assert broken(markup_as_page, *modules()) == []


def test_marked_up_text_is_found_outside_the_help():
    assert broken(markup_as_page, sample("view.setHtml(text)", "gui/requests/page.py"))
    assert not broken(markup_as_page, sample("view.setHtml(text)", "gui/help.py"))


# ── the wall clock ───────────────────────────────────────────────────────────────────────────────────

CLOCK_CALLS = {
    *("datetime.date.today", "datetime.datetime.now", "datetime.datetime.today", "datetime.datetime.utcnow"),
    *("time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime"),
    *("PySide6.QtCore.QDate.currentDate", "PySide6.QtCore.QTime.currentTime"),
    *("PySide6.QtCore.QDateTime.currentDateTime", "PySide6.QtCore.QDateTime.currentDateTimeUtc"),
}


def wall_clock(module: Module) -> Iterator[tuple[ast.AST, str]]:
    """Mentions count as well as calls: `default_factory=date.today` asks the time too."""
    if module.path == "adapters/clock.py":
        return
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Attribute | ast.Name) and (name := resolved(module, node)) in CLOCK_CALLS:
            yield node, f"asks {name}"


def test_only_the_clock_asks_what_time_it_is():
    assert broken(wall_clock, *modules()) == []


@pytest.mark.parametrize(
    "line",
    [
        "from datetime import date\ndate.today()",
        "import datetime as dt\ndt.datetime.now(dt.UTC)",
        "from datetime import date\nfield(default_factory=date.today)",
        "from time import time\ntime()",
        "from PySide6.QtCore import QDate\nQDate.currentDate()",
    ],
)
def test_a_look_at_the_wall_clock_is_found(line):
    assert broken(wall_clock, sample(line))
    assert not broken(wall_clock, sample(line, "adapters/clock.py"))


def test_measuring_is_not_asking_the_time():
    assert not broken(wall_clock, sample("import time\ntime.monotonic()\nclock.today()"))


# ── people in log lines ──────────────────────────────────────────────────────────────────────────────

LOG_METHODS = {"debug", "info", "warning", "error", "critical", "exception", "log"}
LOGGER_NAME = re.compile(r"(.*\.)?_?(log|logger|logging)", re.IGNORECASE)
PLACEHOLDER = re.compile(r"%[-+ #0-9.]*([a-zA-Z%])")


def tells_no_name(kind: str, value: ast.expr) -> bool:
    """Whether what fills a placeholder can be no person's: a number, a class's name, an enum's value."""
    if kind in "dioxXeEfFgG" or isinstance(value, ast.Constant):
        return True
    return isinstance(value, ast.Attribute) and value.attr in {"__name__", "__qualname__", "value", "name"}


def people_in_logs(module: Module) -> Iterator[tuple[ast.AST, str]]:
    for call in module.calls():
        if not (isinstance(call.func, ast.Attribute) and call.func.attr in LOG_METHODS):
            continue
        if not LOGGER_NAME.fullmatch(dotted(call.func.value)):
            continue
        if call.func.attr == "exception" or any(
            keyword.arg in {"exc_info", "extra"} for keyword in call.keywords
        ):
            yield call, "logs an exception's text or attributes, which may name a person"
        arguments = call.args[1:] if call.func.attr == "log" else call.args
        if not arguments or not (
            isinstance(arguments[0], ast.Constant) and isinstance(arguments[0].value, str)
        ):
            yield call, "logs something else than a constant sentence"
            continue
        kinds = [kind for kind in PLACEHOLDER.findall(arguments[0].value) if kind != "%"]
        if len(kinds) != len(arguments) - 1:
            yield call, "has more or fewer placeholders than values"
        elif not all(map(tells_no_name, kinds, arguments[1:])):
            yield call, "logs a value that may name a person: numbers, class names and enum values do not"


def test_the_log_names_nobody():
    assert broken(people_in_logs, *modules()) == []


@pytest.mark.parametrize(
    "line",
    [
        "log.info(f'{person} asked')",
        "log.info('asked by %s', person)",
        "logger.warning('asked by %s', person.full_name)",
        "self._log.error(str(error))",
        "logging.info('asked by ' + person)",
        "log.info(person)",
        "log.exception('it failed')",
        "log.error('it failed', exc_info=True)",
        "log.log(30, person)",
    ],
)
def test_a_person_in_a_log_line_is_found(line):
    assert broken(people_in_logs, sample(line))


@pytest.mark.parametrize(
    "line",
    [
        "log.info('The vault is open.')",
        "log.info('%d requests, %.1f ms', len(requests), elapsed_ms)",
        "log.warning('A bug: %s', type(error).__name__)",
        "log.log(30, 'Now %s', request.status.value)",
        "math.log(number)",
    ],
)
def test_a_log_line_about_nobody_passes(line):
    assert not broken(people_in_logs, sample(line))
