# SPDX-License-Identifier: Apache-2.0
"""Own templates: checked before they are kept, and never a reason for a gap in a letter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError, NotFound, TemplateError
from optout_desktop.domain.letters import LetterChoice, LetterKind
from optout_desktop.domain.people import IdentityItem
from optout_desktop.domain.rights import Right
from optout_desktop.services.own_templates import TemplateInput
from optout_desktop.services.sending import Way, WhyNot
from tests.services import desks

REQUEST, REMINDER = LetterKind.REQUEST, LetterKind.REMINDER


def written(**changes) -> TemplateInput:
    plain = {
        "name": "My opt-out",
        "kind": REQUEST,
        "right": Right.OPTOUT_SALE,
        "language": "en",
        "subject": "Stop: {{ reference }}",
        "body": "Dear {{ company_name }},\n\nplease stop selling my data.\n\n{{ identity.name }}\n",
    }
    return TemplateInput(**plain | changes)


def choose(desk, draft, template):
    return desk.letters.choose(draft.id, REQUEST, LetterChoice(template=template))


class TestSaving:
    def test_a_template_is_kept_and_each_change_is_another_version(self, desk):
        first = desk.own_templates.save(written())
        second = desk.own_templates.save(written(body="Please stop.\n"), first.id)
        same = desk.own_templates.save(written(body="Please stop.\n"), first.id)

        assert (first.version, second.version, same) == (1, 2, second)
        assert desk.own_templates.all() == (second,)

    def test_undoing_a_change_brings_the_words_back_under_a_version_of_their_own(self, desk):
        first = desk.own_templates.save(written())
        desk.own_templates.save(written(body="Please stop.\n"), first.id)
        desk.undoing.undo()
        undone = desk.own_templates.all()
        desk.undoing.redo()
        [redone] = desk.own_templates.all()
        desk.undoing.undo()
        desk.undoing.undo()

        assert undone == (replace(first, version=3),)
        assert (redone.body, redone.version) == ("Please stop.\n", 4)
        assert desk.own_templates.all() == ()

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"name": " \n"}, "name"),
            ({"name": "x" * 101}, "name"),
            ({"language": "xx"}, "language"),
            ({"subject": ""}, "subject"),
            ({"subject": "two\nlines"}, "subject"),
            ({"body": " \n"}, "body"),
            ({"body": "ü" * 32768}, "body"),
            ({"body": "{{ reference }}" * 201}, "body"),
        ],
    )
    def test_what_is_missing_or_endless_is_told_and_nothing_is_kept(self, desk, changes, field):
        with pytest.raises(InputError) as caught:
            desk.own_templates.save(written(**changes))

        assert caught.value.field == field
        assert desk.own_templates.all() == ()

    @pytest.mark.parametrize(
        "body",
        [
            "Dear all,\n\n{{ pasword }}",
            "Dear all,\n\n{{ identity.pasword }}",
            "Dear all,\n\n{% include 'x' %}",
            "Dear all,\n\n{{ reference | upcase | eval }}",
            "Dear all,\n\n{% for x in (1..100000000) %}x",
        ],
    )
    def test_a_mistake_is_told_with_its_line(self, desk, body):
        [error] = desk.own_templates.check(written(body=body))

        with pytest.raises(TemplateError) as caught:
            desk.own_templates.save(written(body=body))

        assert (error.block, error.line) == (caught.value.block, caught.value.line) == ("text", 3)
        assert desk.own_templates.all() == ()

    def test_one_that_is_gone_cannot_be_changed(self, desk):
        kept = desk.own_templates.save(written())
        desk.own_templates.bin(kept.id)

        for job in (
            lambda: desk.own_templates.save(written(), kept.id),
            lambda: desk.own_templates.bin(kept.id),
            lambda: desk.own_templates.restore("nothing"),
        ):
            with pytest.raises(NotFound):
                job()

        assert desk.own_templates.all() == ()


def test_those_that_fit_a_letter_are_listed(desk):
    sale = desk.own_templates.save(written(name="a"))
    every = desk.own_templates.save(written(name="b", right=None))
    desk.own_templates.save(written(name="c", kind=REMINDER))
    desk.own_templates.save(written(name="d", right=Right.ACCESS))

    assert desk.own_templates.all(REQUEST, Right.OPTOUT_SALE, "en") == (sale, every)
    assert desk.own_templates.all(REQUEST, Right.OPTOUT_SALE, "de") == ()
    assert len(desk.own_templates.all()) == 4


class TestLetters:
    def test_a_letter_made_from_one_says_which_and_which_version(self, desk, draft):
        kept = desk.own_templates.save(written())
        view = choose(desk, draft, kept.id)
        desk.sending.confirm(draft.id, REQUEST, desks.TODAY, Way.COPY)
        [sent] = desk.requests.detail(draft.id).letters

        assert view.letter.subject == f"Stop: {draft.reference}"
        assert "Dear Northwind Data LLC," in view.letter.body
        assert view.companion is None
        assert sent.letter == view.letter
        assert (sent.letter.template, sent.letter.template_version) == (f"own:{kept.id}", 1)

    def test_the_shipped_one_comes_back_by_choice_and_by_undo(self, desk, draft):
        shipped = desk.letters.view(draft.id).letter
        kept = desk.own_templates.save(written())
        own = choose(desk, draft, kept.id).letter
        back = choose(desk, draft, None).letter
        desk.undoing.undo()
        undone = desk.letters.view(draft.id).letter
        desk.undoing.undo()

        assert (back, undone) == (shipped, own)
        assert desk.letters.view(draft.id).letter == shipped

    def test_a_binned_one_makes_no_letter_until_it_is_brought_back(self, desk, draft):
        shipped = desk.letters.view(draft.id).letter
        kept = desk.own_templates.save(written())
        own = choose(desk, draft, kept.id).letter
        desk.own_templates.bin(kept.id)
        binned = desk.letters.view(draft.id).letter
        desk.own_templates.restore(kept.id)

        assert binned == shipped
        assert desk.letters.view(draft.id).letter == own

    def test_what_is_not_known_for_a_request_is_marked_and_leaves_by_no_way(self, desk, draft):
        kept = desk.own_templates.save(written(body="On {{ refused_on | date }} you refused.\n"))
        view = choose(desk, draft, kept.id)

        assert "refused_on" in view.problem
        assert "⟦refused_on⟧" in view.letter.body
        assert {one.why_not for one in desk.sending.ways(view)} == {WhyNot.TEMPLATE_INCOMPLETE}
        for job in (desk.sending.text, desk.sending.eml, desk.sending.pdf):
            with pytest.raises(InputError, match="does not fit this request"):
                job(view)

        assert desk.sending.made(draft.id) == ()

    @pytest.mark.parametrize("changes", [{"kind": REMINDER}, {"right": Right.ACCESS}])
    def test_one_for_another_letter_cannot_be_chosen(self, desk, draft, changes):
        kept = desk.own_templates.save(written(**changes))

        with pytest.raises(InputError) as caught:
            choose(desk, draft, kept.id)

        assert caught.value.field == "template"
        assert desk.letters.view(draft.id).choice == LetterChoice()

    def test_a_text_message_is_the_keyword_whatever_was_chosen(self, desk, jane, northwind):
        draft = desk.requests.start(
            desks.new_request(jane, northwind, right=Right.SMS_STOP, law="us-tcpa", channel=Channel.SMS)
        )
        kept = desk.own_templates.save(written(right=Right.SMS_STOP))

        assert choose(desk, draft, kept.id).letter.body == "STOP"


class TestPreview:
    def test_it_shows_what_a_request_makes_of_it_and_all_that_is_wrong(self, desk, draft):
        good = desk.own_templates.preview(written(), draft.id)
        bad = desk.own_templates.preview(written(body="{{ fee }} {{ pasword }}"), draft.id)

        assert good.problems == ()
        assert "Dear Northwind Data LLC," in good.letter.body
        assert len(bad.problems) == 2

    def test_the_facts_that_may_be_used_are_named(self, desk):
        names = [name for _group, names in desk.own_templates.facts_offered("en") for name in names]

        assert {"reference", "company_name", "identity.name"} <= set(names)


class TestStarting:
    def test_the_shipped_letter_becomes_a_template_that_makes_the_same_letter(self, desk, jane, northwind):
        ticked = frozenset({IdentityItem.NAME, IdentityItem.EMAIL, IdentityItem.PHONE})
        draft = desk.requests.start(desks.new_request(jane, northwind, identity=ticked))
        view = desk.letters.view(draft.id)
        start = desk.own_templates.started_from(view)
        kept = desk.own_templates.save(replace(start, name="Mine"))
        own = choose(desk, draft, kept.id)

        assert (own.problem, own.letter.subject, own.letter.body) == (
            "",
            view.letter.subject,
            view.letter.body,
        )

    def test_nothing_of_the_request_or_the_person_stays_in_it(self, desk, draft):
        start = desk.own_templates.started_from(desk.letters.view(draft.id))

        for told in ("Jane Example", "jane@example.org", "Northwind", draft.reference, "2026"):
            assert told not in start.subject + start.body
