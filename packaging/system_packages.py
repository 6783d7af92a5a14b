# SPDX-License-Identifier: Apache-2.0
"""What the operating system must bring: libraries for Qt, programs and fonts for the tests.

`provide(needs)` asks the system for each need, installs the missing ones where it may (root on
Debian or Ubuntu), and otherwise prints the one line that does. Only Linux has anything to ask for:
on Windows and macOS the wheels bring everything.
"""

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

_FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
_ADMIN_FOLDERS = os.pathsep.join(("/usr/sbin", "/sbin"))

Need = tuple[str, Callable[[], bool]]
"""The name of a Debian package, and the question whether this system has what it brings."""


def _library(soname: str) -> Callable[[], bool]:
    def is_there() -> bool:
        try:
            ctypes.CDLL(soname)
        except OSError:
            return False
        return True

    return is_there


def _program(name: str) -> Callable[[], bool]:
    """Also looks where administrators' programs lie, which a person's PATH may leave out."""
    return lambda: (
        shutil.which(name, path=f"{os.environ.get('PATH', '')}{os.pathsep}{_ADMIN_FOLDERS}") is not None
    )


def _font(file_name: str) -> Callable[[], bool]:
    return lambda: any(True for folder in _FONT_FOLDERS for _ in folder.rglob(file_name))


def _needs(ask: Callable[[str], Callable[[], bool]], things: Mapping[str, str]) -> list[Need]:
    return [(package, ask(thing)) for package, thing in things.items()]


_PYTHON = f"python{sys.version_info.major}.{sys.version_info.minor}"

FOR_AN_ENVIRONMENT: list[Need] = [
    (f"{_PYTHON}-venv", lambda: importlib.util.find_spec("ensurepip") is not None),
]

FOR_QT: list[Need] = _needs(
    _library,
    {
        # in any window, and without one
        "libegl1": "libEGL.so.1",
        "libgl1": "libGL.so.1",
        "libxkbcommon0": "libxkbcommon.so.0",
        "libdbus-1-3": "libdbus-1.so.3",
        "libfontconfig1": "libfontconfig.so.1",
        "libglib2.0-0": "libglib-2.0.so.0",
        # under X
        "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
        "libxcb-cursor0": "libxcb-cursor.so.0",
        "libxcb-icccm4": "libxcb-icccm.so.4",
        "libxcb-keysyms1": "libxcb-keysyms.so.1",
        "libxcb-randr0": "libxcb-randr.so.0",
        "libxcb-shape0": "libxcb-shape.so.0",
        "libxcb-sync1": "libxcb-sync.so.1",
        "libxcb-xfixes0": "libxcb-xfixes.so.0",
        "libxcb-xkb1": "libxcb-xkb.so.1",
        "libx11-xcb1": "libX11-xcb.so.1",
        # under Wayland
        "libwayland-cursor0": "libwayland-cursor.so.0",
        "libwayland-egl1": "libwayland-egl.so.1",
    },
)

FOR_TESTS: list[Need] = [
    *_needs(
        _program,
        {
            "xvfb": "Xvfb",
            "xauth": "xauth",
            "dbus": "dbus-run-session",
            "gnome-keyring": "gnome-keyring-daemon",
            "poppler-utils": "pdftotext",
            "iproute2": "ip",
            "util-linux": "unshare",
            "strace": "strace",
            "git": "git",
            "dovecot-imapd": "dovecot",
        },
    ),
    *_needs(
        _library,
        {
            "libzbar0": "libzbar.so.0",
            # weasyprint, which the benchmark compares with
            "libpango-1.0-0": "libpango-1.0.so.0",
            "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
        },
    ),
    *_needs(
        _font,
        {
            "fonts-dejavu-core": "DejaVuSans.ttf",
            "fonts-noto-core": "NotoSans-Regular.ttf",
        },
    ),
]


def missing(needs: Iterable[Need]) -> list[str]:
    """The Debian packages whose contents this system lacks."""
    return [package for package, is_there in needs if not is_there()]


def provide(needs: Iterable[Need]) -> None:
    """See to it that every need is met; ends the program with one line of advice where it cannot."""
    if sys.platform != "linux":
        return
    asked = list(needs)
    packages = missing(asked)
    if not packages:
        return
    command = f"apt-get install --yes --no-install-recommends {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        sys.exit(f"Please install what these Debian packages bring: {' '.join(packages)}")
    if os.geteuid() != 0:
        sys.exit(f"sudo {command}")

    print("Installing from the system's own repositories:", *packages, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update"], command.split()):
        subprocess.run([*step, "-qq"], check=True, env=environment, stdout=subprocess.DEVNULL)
    if packages := missing(asked):
        sys.exit(f"Installed, and still not found: {' '.join(packages)}")
