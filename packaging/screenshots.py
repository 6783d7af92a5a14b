# SPDX-License-Identifier: Apache-2.0
"""A picture of every screen, light and dark: dev.py screenshots FOLDER [OPTIONS] [NAME …]

The real window on the sample vault, without a screen, on a fixed day: the same pictures in every run. A
screen that fails is named, the others are taken all the same, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main(arguments: list[str]) -> int:
    """Take the pictures; 1 where a screen failed."""
    chosen = _parsed(arguments)
    # before Qt and the clock are loaded: what the machine speaks and shows must not be in the pictures
    os.environ.update(QT_QPA_PLATFORM="offscreen", LANG="en_US.UTF-8", LANGUAGE="en", TZ="UTC")
    os.environ["QT_SCALE_FACTOR"] = str(chosen.scale)
    os.environ.pop("LC_ALL", None)
    os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)
    from screenshots_scenes import SCENES

    if unknown := [name for name in chosen.names if name not in SCENES]:
        print(f"unknown: {', '.join(unknown)}\nknown: {', '.join(SCENES)}")
        return 2
    with tempfile.TemporaryDirectory(prefix="optout-run-") as private:
        if sys.platform != "win32":
            os.environ["XDG_RUNTIME_DIR"] = (
                private  # an app that runs here already must not be asked to answer
            )
        return _take_all(chosen)


def _take_all(chosen: argparse.Namespace) -> int:
    from screenshots_stage import Camera, begin, end

    width, height = (int(part) for part in chosen.size.split("x"))
    failed: list[str] = []
    begin()
    for look in ("light", "dark", *(["contrast"] if chosen.contrast else [])):
        camera = Camera(folder=chosen.folder, look=look, text_percent=chosen.text, width=width, height=height)
        with tempfile.TemporaryDirectory(prefix="optout-pictures-", ignore_cleanup_errors=True) as folder:
            failed += _taken(camera, Path(folder), chosen.names)
    end()
    if failed:
        print(f"\nFailed: {', '.join(failed)}")
    return 1 if failed else 0


def _taken(camera: object, folder: Path, names: list[str]) -> list[str]:
    from screenshots_scenes import SCENES
    from screenshots_stage import Camera, Stage

    assert isinstance(camera, Camera)  # noqa: S101  # its module is loaded late
    stage = Stage(camera, folder)
    failed = []
    for name, scene in SCENES.items():
        if names and name not in names:
            continue
        try:
            scene(stage)
        except Exception:  # noqa: BLE001  # one screen that fails must not hide the others
            traceback.print_exc()
            failed.append(f"{name}-{camera.look}")
            stage.leave_dialogs()
    stage.end()
    return failed


def _parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py screenshots", description="A picture of every screen.")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only these screens")
    parser.add_argument("--contrast", action="store_true", help="high contrast as well")
    parser.add_argument("--scale", type=float, default=1, help="pixels a length (2 for a dense screen)")
    parser.add_argument("--text", type=int, default=100, help="size of text in percent, up to 200")
    parser.add_argument("--size", default="1280x800", help="size of the window, such as 960x600")
    return parser.parse_intermixed_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
