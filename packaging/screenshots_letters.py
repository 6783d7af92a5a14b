# SPDX-License-Identifier: Apache-2.0
"""The scenes of a letter: another language, side by side, files, own templates, and the ways beside e-mail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from screenshots_stage import Stage, rest, until

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.letters import LetterKind, Way
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.requests import EventKind
from optout_desktop.domain.rights import Right
from optout_desktop.gui.new_request.preview import BESIDE
from optout_desktop.gui.templates.editor import TemplateEditor
from optout_desktop.gui.templates.listing import TemplatesDialog
from optout_desktop.services.companies import CompanyInput
from optout_desktop.services.requests import Entry, NewRequest

_LINDENHOF = CompanyInput(
    name="Lindenhof Versand GmbH",
    email="datenschutz@lindenhof.example",
    form="https://lindenhof.example/datenschutz",
    phone="+4930123456",
    chat="https://wa.me/4930123456",
    postal_address="Lindenstraße 4\n10969 Berlin",
    country="DE",
)


def _company(desk: Any) -> Any:  # noqa: ANN401
    found = [one for one in desk.companies.own() if one.name == _LINDENHOF.name]
    return found[0] if found else desk.companies.add(_LINDENHOF)


def _start(stage: Stage, channel: Channel = Channel.EMAIL, right: Right = Right.DELETE) -> Any:  # noqa: ANN401
    """The id of a draft to a company in Germany."""
    stage.at_home()

    def start() -> Any:  # noqa: ANN401
        desk = stage.desk
        company, me = _company(desk), desk.people.all()[0]
        contact = company.contact(channel)
        return desk.requests.start(
            NewRequest(
                person=me.id,
                company=company.id,
                right=right,
                law=desk.laws.propose(right, me.place).law.id,
                channel=channel,
                to_address=contact.value if contact else "",
                identity=frozenset({IdentityItem.NAME, IdentityItem.EMAIL}),
            )
        ).id

    return stage.ask(start)


def _pane(stage: Stage, channel: Channel = Channel.EMAIL) -> Any:  # noqa: ANN401
    """The letter of a draft in the wizard."""
    request = _start(stage, channel)
    stage.window._show_draft(request)  # noqa: SLF001
    until(lambda: getattr(stage.window.page, "pane", None) is not None)
    wizard = stage.window.page
    until(lambda: wizard.pane.loaded is not None and wizard.pane.loaded.view.request.id == request)
    rest(0.6)
    return wizard.pane


def language(stage: Stage) -> None:
    """A letter in German with the line above it, and both languages side by side."""
    pane = _pane(stage)
    stage.take("letter-language")
    pane.preview.tabs.button(BESIDE).click()
    rest(0.3)
    stage.take("letter-side-by-side")
    pane.facts.ticks.open_more()
    rest(0.2)
    stage.take("letter-more-than-they-need")


def attachments(stage: Stage) -> None:
    """Two files go along."""
    pane = _pane(stage)
    view = pane.loaded.view

    def add() -> None:
        add_one = stage.desk.attachments.add
        add_one(view.request.id, LetterKind.REQUEST, "bill-march.pdf", "application/pdf", b"%PDF-1.7 bill")
        add_one(view.request.id, LetterKind.REQUEST, "note.txt", "text/plain", b"See page 2.")

    stage.ask(add)
    pane.reload()
    rest(0.4)
    stage.take("letter-attachments")


def ways(stage: Stage) -> None:
    """Form, telephone, chat and registered mail."""
    pane = _pane(stage)
    for way in (Way.CALL, Way.CHAT):
        pane.send.buttons[way].click()
        rest(0.3)
        _show(pane, pane.send.problem, pane.send)
        stage.take(f"letter-{way}")
    pane.send.buttons[Way.PDF].click()
    pane.send.registered.tick.setChecked(True)
    rest(0.3)
    _show(pane, pane.send.registered, pane.send)
    stage.take("letter-registered")
    pane = _pane(stage, Channel.FORM)
    pane.send.helper.limit.setValue(600)
    next(iter(pane.send.helper.lines.values()))[1].click()
    rest(0.3)
    _show(pane, pane.send.helper, pane.send)
    stage.take("letter-form")


def _show(pane: Any, *widgets: Any) -> None:  # noqa: ANN401
    from PySide6.QtWidgets import QScrollArea

    area = pane.findChild(QScrollArea)
    for widget in reversed(widgets):
        area.ensureWidgetVisible(widget)
    rest(0.2)


def templates(stage: Stage) -> None:
    """The editor with a mistake, and the list."""
    pane = _pane(stage)
    loaded = pane.loaded
    written = stage.ask(lambda: stage.desk.own_templates.started_from(loaded.view))
    editor = TemplateEditor(
        stage.window.surroundings,
        written,
        loaded.view.languages,
        stage.window,
        request=loaded.view.request.id,
        shipped=written,
    )
    editor.name.setText("Kurz und deutlich")
    editor.show()
    rest(0.6)
    stage.take("template-editor", editor)
    editor.body.insertPlainText("{{ identity.phone }} {{ referense }}\n")
    rest(0.8)
    stage.take("template-editor-problems", editor)
    editor.back.click()
    editor.save()
    rest(0.4)
    dialog = TemplatesDialog(stage.window.surroundings, stage.window)
    dialog.show()
    rest(0.4)
    stage.take("template-list", dialog)
    dialog.close()


def after_done(stage: Stage) -> None:
    """A letter by post that arrived, and what was kept after a *done*."""
    request = _start(stage, Channel.POST)

    def go_on() -> None:
        desk = stage.desk
        today = desk.clock.today()
        sent = today - timedelta(days=30)
        desk.sending.confirm(
            request, LetterKind.REQUEST, sent, Way.PDF, details=(("tracking", "RR123456789DE"),)
        )
        desk.requests.record(request, Entry(kind=EventKind.COMPLETED, on=today - timedelta(days=10)))
        desk.sending.confirm(request, LetterKind.WHAT_WAS_KEPT, today - timedelta(days=9), Way.COPY)
        until_on = today + timedelta(days=3650)
        desk.kept.record(request, today - timedelta(days=2), "Invoices, for the tax office", until_on)

    stage.ask(go_on)
    page = stage.go("requests")
    page.show_request(request)
    until(lambda: page.detail_pane.detail is not None and page.detail_pane.detail.request.id == request)
    rest(0.3)
    stage.take("detail-kept-timeline")
    page.detail_pane.tabs.setCurrentIndex(1)
    rest(0.4)
    stage.take("detail-kept-letters")


LETTER_SCENES: dict[str, Callable[[Stage], None]] = {
    "letter-language": language,
    "letter-attachments": attachments,
    "letter-ways": ways,
    "template": templates,
    "detail-kept": after_done,
}
"""Scenes that need a vault from which something may be sent."""
