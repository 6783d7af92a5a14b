# SPDX-License-Identifier: Apache-2.0
"""The scenes of exports and imports: what goes out, and what a file would do."""

from __future__ import annotations

from collections.abc import Callable

from screenshots_stage import Stage, rest, until

from optout_desktop.domain.exchange import ExportChoice, ExportForm
from optout_desktop.gui.exchange.export_dialog import ExportDialog
from optout_desktop.gui.exchange.import_dialog import ImportDialog

_FOREIGN = """date;slug;recipient;email;reference;type;via
2026-03-02;litware;Litware Audience, Hauptstrasse 1, 10115 Berlin;privacy@litware.example;2026-ABCDEFG;access;email
2026-04-10;litware;Litware Audience, Hauptstrasse 1, 10115 Berlin;privacy@litware.example;2026-ABCDEFG;admonition;email
2026-05-04;;Old Mill Post;post@oldmill.example;2026-HIJKLMN;erasure;letter
2026-05-05;;Old Mill Post;post@oldmill.example;2026-OPQRSTU;custom;email
"""


def exports(stage: Stage) -> None:
    """The dialog of each kind of export."""
    stage.in_sample()
    people = stage.ask(stage.desk.people.all)
    for form in ExportForm:
        dialog = ExportDialog(stage.window.surroundings, form, people, None, stage.window)
        dialog.open()
        rest(0.3)
        stage.take(f"export-{form}", dialog)
        dialog.reject()


def imports(stage: Stage) -> None:
    """What a file of another tool would do, and one of our own that is there already."""
    stage.in_sample()
    desk, path = stage.desk, stage.folder / "MyRequests.csv"
    people = stage.ask(desk.people.all)
    path.write_text(_FOREIGN, encoding="utf-8")
    own = stage.folder / "requests.json"
    stage.ask(lambda: desk.exchange.save(ExportChoice(form=ExportForm.JSON), own))
    for name, file in (("import-requests", path), ("import-again", own)):
        document = desk.exchange.read(file)
        dialog = ImportDialog(stage.window.surroundings, document, people, stage.window)
        dialog.open()
        until(lambda shown=dialog: shown.preview is not None)  # type: ignore[misc]  # bound at once
        rest(0.3)
        stage.take(name, dialog)
        dialog.reject()


EXCHANGE_SCENES: dict[str, Callable[[Stage], None]] = {"exports": exports, "imports": imports}
