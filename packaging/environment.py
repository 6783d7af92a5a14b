# SPDX-License-Identifier: Apache-2.0
"""The virtual environment `.venv` beside the project, made from the lock file and nothing else.

A stamp inside it says which lock file and which Python it was made from: while both are the same,
`ready()` costs a few hundredths of a second. No registry is named: pip asks the one that it is set up for,
and takes only files whose digests stand in the lock.
"""

import hashlib
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "packaging" / "requirements.lock"

_FOLDER = ROOT / ".venv"
_STAMP = _FOLDER / "made-from"
_SCRIPTS = _FOLDER / ("Scripts" if sys.platform == "win32" else "bin")
_POINTER = "optout-desktop.pth"

PYTHON = _SCRIPTS / ("python.exe" if sys.platform == "win32" else "python")


def ready() -> None:
    """Make the environment, or bring it up to date with the lock; nothing when it already is."""
    usable = _is_usable()
    if usable and _STAMP.is_file() and _STAMP.read_text(encoding="utf-8") == _stamp():
        return
    if not usable:
        _create()
    _STAMP.unlink(missing_ok=True)
    print("Installing what packaging/requirements.lock names into .venv …", flush=True)
    install_locked(PYTHON)
    _point_at_the_source_tree()
    _STAMP.write_text(_stamp(), encoding="utf-8")


def install_locked(python: Path) -> None:
    """Install the locked packages, each checked against its digest, for this interpreter."""
    pip = [str(python), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "--requirement", str(LOCK)], check=True)


def _create() -> None:
    if _FOLDER.exists():
        print(".venv is of another Python, or broken: making it anew.", flush=True)
        shutil.rmtree(_FOLDER)
    venv.create(_FOLDER, with_pip=True)


def _is_usable() -> bool:
    """Whether the environment's Python starts, is of this version, and has pip."""
    question = "import sys, importlib.util as u; print(*sys.version_info[:2], u.find_spec('pip') is not None)"
    try:
        answer = subprocess.run([PYTHON, "-I", "-c", question], capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.stdout.split() == [*map(str, sys.version_info[:2]), "True"]


def _stamp() -> str:
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    return f"python {sys.version_info.major}.{sys.version_info.minor}\nlock {digest}\nproject {ROOT}\n"


def _point_at_the_source_tree() -> None:
    """Let the environment import the project from where it lies: nothing to build, nothing to go stale."""
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    answer = subprocess.run([PYTHON, "-I", "-c", question], capture_output=True, check=True, text=True)
    Path(answer.stdout.strip(), _POINTER).write_text(f"{ROOT}\n", encoding="utf-8")
