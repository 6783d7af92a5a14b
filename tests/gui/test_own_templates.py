# SPDX-License-Identifier: Apache-2.0
"""Own templates: written from a letter, checked as they are typed, used, changed and put aside."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMenu

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.ids import LawId
from optout_desktop.domain.letters import LetterKind
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.rights import Right
from optout_desktop.gui.new_request.letter import LetterPane
from optout_desktop.gui.new_request.loading import why_not_words
from optout_desktop.gui.templates.editor import TemplateEditor
from optout_desktop.gui.templates.fact_words import as_liquid, fact_words
from optout_desktop.gui.templates.listing import TemplateList
from optout_desktop.services.own_templates import TemplateInput
from optout_desktop.services.requests import NewRequest
from optout_desktop.services.sending import WhyNot
from tests.gui.desks import open_office


@pytest.fixture
def office(tmp_path, tasks):
    open_one = open_office(tmp_path, tasks)
    yield open_one
    open_one.close()


@pytest.fixture
def desk(office):
    return office.desk


@pytest.fixture
def draft(desk):
    return desk.requests.start(
        NewRequest(
            person=desk.people.me().id,
            company=desk.companies.named("Northwind Data LLC").id,
            right=Right.DELETE,
            law=LawId("us-ca-ccpa"),
            channel=Channel.EMAIL,
            identity=frozenset({IdentityItem.NAME, IdentityItem.EMAIL}),
        )
    ).id


@pytest.fixture
def editor(office, desk, draft, qtbot):
    written = desk.own_templates.started_from(desk.letters.view(draft))
    made = TemplateEditor(office.surroundings, written, ("de", "en"), request=draft, shipped=written)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.saved = made.saved or object()  # nothing is asked on the way out
    made.close()
    made.deleteLater()


def a_text(body):
    return TemplateInput(
        name="One", kind=LetterKind.REQUEST, right=None, language="en", subject="One", body=body
    )


def a_template(desk, body="Delete it, {{ company_name }}.\n{{ reference }}", **more):
    written = TemplateInput(
        name=more.get("name", "Short"),
        kind=LetterKind.REQUEST,
        right=Right.DELETE,
        language="en",
        subject="Delete, {{ reference }}",
        body=body,
    )
    return desk.own_templates.save(written)


@pytest.fixture
def pane(office, show, draft):
    shown = LetterPane(office.surroundings)
    shown.layout().addWidget(shown.footer)
    return show(shown, 1000, 760)


def pick(box, data):
    at = box.findData(data)
    box.setCurrentIndex(at)
    box.activated.emit(at)


def test_a_template_begun_from_a_letter_names_facts_and_reads_like_the_letter(editor, desk, draft):
    letter = desk.letters.view(draft).letter

    assert "{{ reference }}" in editor.subject.text()
    assert "{{ company_name }}" in editor.body.toPlainText()
    assert editor.seen.toPlainText().strip() == letter.body.strip()
    assert editor.fine.isVisible()


def test_a_mistake_is_said_with_its_line_while_one_types(editor, qtbot):
    editor.body.setPlainText("Hello\n{{ referense }} and {{ identity.phone }}")
    qtbot.waitUntil(editor.problems.isVisible)

    assert "Text, line 2: there is no fact called “referense”" in editor.problems.text()
    assert "⟦referense⟧" in editor.seen.toPlainText()
    assert "⟦identity.phone⟧" in editor.seen.toPlainText()


def test_a_fact_from_the_menu_lands_where_the_cursor_is(editor):
    editor.body.setPlainText("")
    acts = {
        act.objectName(): act for menu in editor.facts.menu().findChildren(QMenu) for act in menu.actions()
    }
    acts["answer_by_on"].trigger()
    editor.subject.setText("About ")
    editor.subject.setCursorPosition(len("About "))
    acts["reference"].trigger()

    assert editor.body.toPlainText() == "{{ answer_by_on | date }}"
    assert editor.subject.text() == "About {{ reference }}"


def test_every_fact_that_is_offered_has_words_and_passes_the_check(desk):
    names = [name for _group, names in desk.own_templates.facts_offered("en") for name in names]
    found = {name: desk.own_templates.check(a_text(as_liquid(name))) for name in names}

    assert all(fact_words(name).strip() and "_" not in fact_words(name) for name in names)
    assert found == dict.fromkeys(names, ())


def test_what_is_wrong_is_not_kept_and_said_at_its_field(editor, desk):
    editor.name.setText("Mine")
    editor.body.setPlainText("{% if reference %}")
    editor.save()
    at_body = editor.rows[4].error
    editor.body.setPlainText("Fine now.")
    editor.name.clear()
    editor.save()

    assert at_body
    assert editor.rows[0].error
    assert desk.own_templates.all() == ()


def test_back_to_the_shipped_words_is_one_press(editor):
    before = editor.body.toPlainText()
    editor.body.setPlainText("Mine")
    editor.back.click()

    assert editor.body.toPlainText() == before


def test_leaving_with_typed_words_asks_once(editor, asked):
    editor.body.setPlainText("Mine")
    asked.answers.extend(["stay", "drop"])
    editor.reject()
    stayed = editor.isVisible()
    editor.reject()

    assert stayed
    assert not editor.isVisible()


def test_a_letter_is_written_from_an_own_template_and_back_from_the_shipped_one(pane, desk, draft):
    kept = a_template(desk)
    pane.open(draft, LetterKind.REQUEST, is_editable=True)
    shipped = pane.preview.text.toPlainText()
    pick(pane.language.template, kept.id)
    own = pane.preview.text.toPlainText()
    is_fixed = not pane.language.language.isEnabled()
    pick(pane.language.template, None)

    assert own.startswith("Delete it, Northwind Data LLC.")
    assert is_fixed
    assert pane.preview.text.toPlainText() == shipped


def test_a_template_that_prints_what_is_not_known_sends_nothing_and_says_why(pane, desk, draft):
    kept = a_template(desk, "Call {{ identity.phone }}")
    pane.open(draft, LetterKind.REQUEST, is_editable=True)
    pick(pane.language.template, kept.id)

    assert "⟦identity.phone⟧" in pane.preview.text.toPlainText()
    assert not pane.footer.main.isEnabled()
    assert pane.footer.summary.text() == why_not_words(WhyNot.TEMPLATE_INCOMPLETE)


@pytest.fixture
def listing(office, show):
    made = TemplateList(office.surroundings)
    show(made, 560, 420)
    made.refresh()
    return made


def test_the_list_says_that_it_is_empty_and_how_to_begin(listing):
    assert listing.empty.isVisible()
    assert "New from this letter" in listing.empty.text()
    assert listing.list.isHidden()


def test_a_template_is_duplicated_put_aside_and_brought_back(listing, desk):
    a_template(desk)
    listing.refresh()
    listing.copy.click()
    both = [one.name for one in desk.own_templates.all()]
    listing.list.setCurrentRow(0)
    listing.bin.click()
    left = len(desk.own_templates.all())
    desk.undoing.undo()

    assert both == ["Short", "Short (copy)"]
    assert left == 1
    assert len(desk.own_templates.all()) == 2
