# SPDX-License-Identifier: Apache-2.0
"""Puts `resources/` into the wheel as `optout_desktop/resources`.

In the source tree resources lie beside the package, where a lawyer finds them without opening a
code folder; setuptools has no declarative way to map a tree that is not a package.
"""

from pathlib import Path
from typing import cast

from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = "resources"
PACKAGE = "optout_desktop"


class BuildWithResources(build_py):  # type: ignore[misc]  # setuptools ships no types
    """The ordinary build, and the resources."""

    def run(self) -> None:
        """Copy the modules, then the resources, unless the install points back at the source tree."""
        super().run()
        if self.editable_mode:
            return
        for source, target in zip(self._resources(), self._targets(), strict=True):
            self.mkpath(str(target.parent))
            self.copy_file(str(source), str(target))

    def get_outputs(self, include_bytecode: bool = True) -> list[str]:  # noqa: FBT001, FBT002  # setuptools' own signature
        """The files that the build writes."""
        ordinary = cast("list[str]", super().get_outputs(include_bytecode))
        return [*ordinary, *(str(target) for target in self._targets())]

    def get_source_files(self) -> list[str]:
        """The files that a source distribution must carry so that a wheel can be built from it."""
        ordinary = cast("list[str]", super().get_source_files())
        ours = (Path(__file__).resolve(), *self._resources())
        return [*ordinary, *(str(path.relative_to(ROOT)) for path in ours)]

    def _resources(self) -> list[Path]:
        return sorted(path for path in (ROOT / RESOURCES).rglob("*") if path.is_file())

    def _targets(self) -> list[Path]:
        return [Path(self.build_lib, PACKAGE, path.relative_to(ROOT)) for path in self._resources()]
