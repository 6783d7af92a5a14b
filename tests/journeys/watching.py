# SPDX-License-Identifier: Apache-2.0
"""Watching a session from outside: what it leaves on the disk, says in its arguments, asks of the network."""

import base64
import json
import os
import quopri
import re
import subprocess
import sys
import time
import urllib.parse
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.scripted_session import CANARIES

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("scripted_session.py")
TIMEOUT_SECONDS = 120
LOOK_EVERY_SECONDS = 0.25


def spellings(word):
    """A word in every form that it could lie in on a disk."""
    plain = word.encode()
    forms = {plain, word.encode("utf-16-le"), word.encode("utf-16-be")}
    forms.add(quopri.encodestring(plain))
    forms.add(urllib.parse.quote(word).encode())
    forms.add(urllib.parse.quote_plus(word).encode())
    forms.add("".join(f"\\u{ord(char):04x}" for char in word).encode())
    for shift in range(3):
        encoded = base64.b64encode(b"\0" * shift + plain)
        forms.add(encoded[4 if shift else 0 : -4])  # the ends depend on the neighbours
    return forms


_SPELLINGS = {name: spellings(word) for name, word in CANARIES.items()}


def canaries_in(content):
    """The names of the canaries that bytes hold, in whatever spelling."""
    return {name for name, forms in _SPELLINGS.items() if any(form in content for form in forms)}


def everything_below(folder):
    """Files and folders below a folder, while others make and remove them: what goes meanwhile is passed over."""
    for parent, folders, files in os.walk(
        folder
    ):  # unlike rglob it survives a folder that is renamed under it
        yield from (Path(parent, name) for name in folders + files)


def canaries_below(folder, leaving_out=()):
    """Which file holds which canary; also a file's own name is looked at."""
    found = {}
    for path in everything_below(folder):
        if any(path.is_relative_to(left) for left in leaving_out):
            continue
        try:
            content = path.read_bytes() if path.is_file() else b""
        except FileNotFoundError:
            continue
        if told := canaries_in(content) | canaries_in(path.name.encode()):
            found[str(path.relative_to(folder))] = told
    return found


@dataclass(frozen=True, kw_only=True)
class Watched:
    """What was seen of one session."""

    home: Path
    code: int
    answer: dict[str, object]
    errors: str
    seen_on_disk: dict[str, set[str]]
    """Files outside the private run-time folder that held a canary at any moment."""
    seen_in_arguments: set[str]


def environment(home):
    """A home of its own, with every folder that programs write to inside it."""
    folders = {
        "HOME": home,
        "XDG_RUNTIME_DIR": home / "run",
        "XDG_DATA_HOME": home / "data",
        "XDG_CONFIG_HOME": home / "config",
        "XDG_CACHE_HOME": home / "cache",
        "TMPDIR": home / "tmp",
    }
    for folder in folders.values():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "VIRTUAL_ENV") if name in os.environ}
    return (
        kept
        | {name: str(folder) for name, folder in folders.items()}
        | {
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        }
    )


def watch(home, ending, before=()):
    """Run the session below ``before`` (such as strace) and look at it from outside until it ends."""
    home.mkdir(parents=True, exist_ok=True)
    on_disk, in_arguments = {}, set()
    ends = time.monotonic() + TIMEOUT_SECONDS
    out = errors = ""
    with subprocess.Popen(
        [*before, sys.executable, str(SCRIPT), ending],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        while time.monotonic() < ends:
            try:
                out, errors = process.communicate(timeout=LOOK_EVERY_SECONDS)
                break
            except subprocess.TimeoutExpired:
                on_disk |= canaries_below(home, leaving_out=(home / "run",))
                in_arguments |= canaries_in(arguments_of(process.pid))
        else:
            process.kill()
            raise AssertionError("the session did not end")
    line = next((line for line in out.splitlines() if line.startswith("{")), "{}")
    return Watched(
        home=home,
        code=process.returncode,
        answer=json.loads(line),
        errors=errors,
        seen_on_disk=on_disk,
        seen_in_arguments=in_arguments,
    )


def arguments_of(process):
    """Arguments and environment of a process and all below it, joined."""
    told = b""
    for number in [process, *children_of(process)]:
        for name in ("cmdline", "environ"):
            try:
                told += Path(f"/proc/{number}/{name}").read_bytes()
            except (FileNotFoundError, PermissionError, ProcessLookupError):
                continue
    return told


def children_of(process):
    """Every process below one."""
    found = []
    for task in Path("/proc").glob(f"{process}/task/*/children"):
        try:
            numbers = [int(number) for number in task.read_text().split()]
        except (FileNotFoundError, ProcessLookupError):
            continue
        for number in numbers:
            found += [number, *children_of(number)]
    return found


def network_calls(trace):
    """The calls of a trace that reach for the network: internet families, and name look-ups over local sockets."""
    reaching = re.compile(r"AF_INET6?\b|sin_port|/nscd/|systemd/resolve|/run/resolvconf")
    return [line for line in trace.splitlines() if reaching.search(line)]


def written_outside(trace, allowed):
    """Paths that a trace shows being opened for writing or renamed to, outside the allowed folders."""
    opened, renamed = [], []
    for line in trace.splitlines():
        opened += re.findall(r'openat\([^,]+, "([^"]+)", [^)]*O_(?:WRONLY|RDWR|CREAT)', line)
        renamed += re.findall(r'rename(?:at2?)?\(.*"[^"]+", (?:[^,"]+, )?"([^"]+)"', line)
    return sorted(
        {
            path
            for path in opened + renamed
            if path.startswith("/")
            and not path.startswith(("/dev/", "/proc/"))
            and not path.startswith(allowed)
        }
    )
