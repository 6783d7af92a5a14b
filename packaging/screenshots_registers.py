# SPDX-License-Identifier: Apache-2.0
"""The scenes of registers: the list with one beside it, the form, and a registration among the requests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from screenshots_stage import TODAY, Stage, rest, until

from optout_desktop.domain.ids import RegisterId
from optout_desktop.services.registers import Registration


def registers(stage: Stage) -> None:
    """The registers of a place."""
    tab = _tab(stage)
    tab.show_register(RegisterId("us-dnc"))
    rest(0.3)
    stage.take("registers")


def register_detail(stage: Stage) -> None:
    """One register, down at its facts, and one that is over."""
    tab = _tab(stage)
    tab.show_register(RegisterId("us-ca-drop"))
    rest(0.3)
    tab.detail.verticalScrollBar().setValue(tab.detail.steps[0].y())
    rest(0.2)
    stage.take("register-detail")
    tab.everywhere.setChecked(True)
    tab.show_register(RegisterId("fr-bloctel"))
    rest(0.3)
    stage.take("register-ended")
    tab.everywhere.setChecked(False)


def register_form(stage: Stage) -> None:
    """“I registered”."""
    tab = _tab(stage)
    tab.show_register(RegisterId("us-daa-webchoices"))
    tab.detail.done.click()
    rest(0.3)
    stage.take("register-form", tab.dialog)
    tab.dialog.reject()


def registration(stage: Stage) -> None:
    """A registration that ends soon, among the requests."""
    stage.in_sample()
    desk = stage.desk
    done = Registration(
        person=stage.ask(desk.people.me).id,
        register=RegisterId("us-dnc-tx"),
        on=TODAY - timedelta(days=1080),
        identifier="+1 202 555 0143",
        is_confirmed=True,
    )
    made = stage.ask(lambda: desk.registers.record(done))
    stage.go("requests").show_request(made.id)
    rest(0.6)
    stage.take("registration")


def _tab(stage: Stage) -> Any:  # noqa: ANN401  # a tab of the page of laws
    stage.in_sample()
    shown = stage.go("laws").show_tab("registers")
    until(lambda: bool(shown.rows.registers()))
    rest(0.3)
    return shown


REGISTER_SCENES: dict[str, Callable[[Stage], None]] = {
    "registers": registers,
    "register-detail": register_detail,
    "register-form": register_form,
    "registration": registration,
}
