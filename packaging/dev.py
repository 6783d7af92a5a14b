# SPDX-License-Identifier: Apache-2.0
"""Everything one does with a checkout: python3 packaging/dev.py COMMAND

run [ARGUMENTS]          start the app; arguments go to it
test [PYTEST ARGUMENTS]  every test, or those that the arguments choose
check                    form, lint, types for each supported Python, walls between rooms, then every test
bench [NAMES]            how fast it is, against a named baseline in the same run
screenshots FOLDER       a picture of every screen
lock                     write packaging/requirements.lock anew from pyproject.toml
manifest [--check]       write resources/manifest.json anew, after a law, a letter or a company was changed

Any of them first makes `.venv` as the lock file says (environment.py) and sees to the system's
libraries (system_packages.py). Needs Python 3.11 or newer, and its standard library only.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

if sys.version_info < (3, 11):  # noqa: UP036  # an older Python may well be the one that is asked
    sys.exit("OptOut Desktop needs Python 3.11 or newer.")

import environment
import system_packages

SUPPORTED_PYTHONS = ("3.11", "3.12", "3.13")

_ALL_PASSED, _SOME_FAILED, _NOTHING_TO_RUN = 0, 1, 5
"""What pytest returns when it came to its end; anything else is a run that broke off."""


def run(arguments: list[str]) -> int:
    """Start the app."""
    _prepare(system_packages.FOR_QT)
    return _python("-m", "optout_desktop", *arguments)


def test(arguments: list[str]) -> int:
    """Run the tests on both cores, then those that want the machine to themselves."""
    _prepare(system_packages.FOR_QT, system_packages.FOR_TESTS)
    _without_a_screen()
    with tempfile.TemporaryDirectory() as folder:
        together, alone = Path(folder, "together.xml"), Path(folder, "alone.xml")
        codes = [
            _python("-m", "pytest", "-n", "2", "-m", "not serial", f"--junit-xml={together}", *arguments),
            _python("-m", "pytest", "-m", "serial", f"--junit-xml={alone}", *arguments),
        ]
        passed, failed = _count(together, alone)
    failed += sum(code not in (_ALL_PASSED, _SOME_FAILED, _NOTHING_TO_RUN) for code in codes)
    print(f"\n{passed} passed, {failed} failed", flush=True)
    if codes == [_NOTHING_TO_RUN, _NOTHING_TO_RUN]:
        return _NOTHING_TO_RUN
    return max(_ALL_PASSED if code == _NOTHING_TO_RUN else code for code in codes)


def check(arguments: list[str]) -> int:
    """Everything that must hold before a change is handed over."""
    _prepare(system_packages.FOR_QT, system_packages.FOR_TESTS)
    codes = [
        _python("-m", "ruff", "format", "--check", "."),
        _python("-m", "ruff", "check", "."),
        *(_python("-m", "mypy", "--python-version", version) for version in SUPPORTED_PYTHONS),
        _python("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"),
        test(arguments),
    ]
    return max(codes)


def bench(arguments: list[str]) -> int:
    """Measure; prints a table."""
    _prepare(system_packages.FOR_QT)
    _without_a_screen()
    return _python("packaging/bench.py", *arguments)


def screenshots(arguments: list[str]) -> int:
    """Take a picture of every screen into the folder that is named."""
    _prepare(system_packages.FOR_QT, system_packages.FOR_TESTS)
    _without_a_screen()
    return _python("packaging/screenshots.py", *arguments)


def lock(arguments: list[str]) -> int:
    """Resolve pyproject.toml for every system and Python at once; the file names no registry."""
    _prepare()
    return _python(
        *("-m", "uv", "pip", "compile", "pyproject.toml", "--extra", "dev"),
        *("--universal", "--python-version", SUPPORTED_PYTHONS[0]),
        *("--generate-hashes", "--no-emit-index-url", "--no-header", "--quiet"),
        *("--output-file", str(environment.LOCK.relative_to(environment.ROOT)), *arguments),
    )


def manifest(arguments: list[str]) -> int:
    """List the digest of every resource that the app goes by."""
    _prepare()
    return _python("packaging/manifest.py", *arguments)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    command.__name__: command for command in (run, test, check, bench, screenshots, lock, manifest)
}


def main(arguments: list[str]) -> int:
    """Do the command that is named first; the exit status is the command's own."""
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__)
        return 0 if arguments in (["help"], ["--help"]) else 2
    return COMMANDS[arguments[0]](arguments[1:])


def _prepare(*needs: list[system_packages.Need]) -> None:
    system_packages.provide([*system_packages.FOR_AN_ENVIRONMENT, *(need for some in needs for need in some)])
    environment.ready()


def _without_a_screen() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _python(*arguments: str) -> int:
    """Run the environment's Python here; what a signal ended gets the status that a shell would give it."""
    code = subprocess.run([environment.PYTHON, *arguments], cwd=environment.ROOT, check=False).returncode
    return code if code >= 0 else 128 - code


def _count(*reports: Path) -> tuple[int, int]:
    """How many tests passed and failed, in all of pytest's reports that were written."""
    passed = failed = 0
    for report in filter(Path.is_file, reports):
        for suite in ET.parse(report).iter("testsuite"):  # noqa: S314  # pytest wrote it a moment ago
            count = {key: int(suite.attrib[key]) for key in ("tests", "failures", "errors", "skipped")}
            failed += count["failures"] + count["errors"]
            passed += count["tests"] - count["failures"] - count["errors"] - count["skipped"]
    return passed, failed


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
    except subprocess.CalledProcessError as failure:
        sys.exit(f"{failure.cmd[0]} ended with status {failure.returncode}.")
