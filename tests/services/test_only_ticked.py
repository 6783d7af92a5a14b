# SPDX-License-Identifier: Apache-2.0
"""Whatever leaves the app tells of a person what was ticked, and nothing else, whoever they are."""

from __future__ import annotations

import shutil
from contextlib import suppress
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from optout_desktop.adapters.pages import Pages
from optout_desktop.catalog.files import Resources
from optout_desktop.catalog.library import Library
from optout_desktop.catalog.templates import Templates
from optout_desktop.domain.companies import Channel
from optout_desktop.domain.errors import InputError, TemplateError
from optout_desktop.domain.letters import LetterChoice, LetterKind, Shape
from optout_desktop.domain.people import IdentityItem, PersonKind
from optout_desktop.domain.rights import Right
from optout_desktop.services.own_templates import TemplateInput
from optout_desktop.services.people import PersonInput
from tests.services import desks

REQUEST, REMINDER = LetterKind.REQUEST, LetterKind.REMINDER
OWN_BODY = (
    "{{ company_name }}\n"
    "{% if identity.name %}{{ identity.name }}{% endif %}\n"
    "{% if identity.email %}{{ identity.email }}{% endif %}\n"
    "{% if identity.phone %}{{ identity.phone }}{% endif %}\n"
    "{% if identity.postal_address %}{{ identity.postal_address | join: ', ' }}{% endif %}\n"
    "{% if identity.customer_number %}{{ identity.customer_number }}{% endif %}\n"
)


def words(begins: str) -> st.SearchStrategy[str]:
    """Words that occur in no letter, nor within a word that begins otherwise."""
    return st.text("bcdfghjklmnpqrstvwxz", min_size=8, max_size=12).map(begins.__add__)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A desk with real pages, letters in two languages, a company that is reached in every way, an own template."""
    resources = Resources.found()
    folder = tmp_path_factory.mktemp("letters")
    shutil.copy(resources.path("letters", "plans.toml"), folder)
    for language in ("en", "de"):
        shutil.copytree(resources.path("letters", "en"), folder / language)
    library = Library(resources)
    library.templates = Templates(folder)
    vault = desks.create(tmp_path_factory.mktemp("told") / "Told.optout")
    outside = desks.an_outside(desks.a_clock(), pages=Pages(resources.path("pages")))
    desk = desks.open_desk(vault, library, outside)
    company = desk.companies.add(
        desks.CompanyInput(
            name="Lindenhof AG",
            email="privacy@lindenhof.example",
            phone="+1 202 555 0100",
            postal_address="1 Main Street\nSpringfield",
            chat="https://wa.me/12025550100",
            country="DE",
        )
    )
    own = desk.own_templates.save(
        TemplateInput(
            name="Mine", kind=REQUEST, right=None, language="en", subject="{{ reference }}", body=OWN_BODY
        )
    )
    nobody = PersonInput(name="Nobody", emails=("nobody@example.org",), place="DE-BY")
    people = {kind: desk.people.add(nobody, kind).id for kind in PersonKind}
    yield desk, company, own, people
    desk.close()


def pdf_text(content: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def everything_that_leaves(desk, view, ticked) -> list[str]:
    """Every text that can leave the app with this letter, unpacked."""
    found = [desk.sending.text(view), desk.sending.text(view, Shape.SHORT), pdf_text(desk.sending.pdf(view))]
    found += [view.companion.subject, view.companion.body] if view.companion else []
    with suppress(TemplateError):  # no call is foreseen for every letter
        found.append(desk.sending.text(view, Shape.SCRIPT))
    with suppress(InputError):  # the text is too long for a link
        found.append(unquote(desk.sending.chat(view)))
    if IdentityItem.EMAIL in ticked:
        mail = message_from_bytes(desk.sending.eml(view), policy=default)
        found += [str(mail["From"]), str(mail["To"]), mail["Subject"], mail.get_body().get_content()]
    return found


@settings(max_examples=25)
@given(
    ticked=st.frozensets(st.sampled_from(list(IdentityItem))),
    name=words("a"),
    mail=words("e"),
    street=words("i"),
    number=words("o"),
    digits=st.integers(min_value=100, max_value=999),
    right=st.sampled_from([Right.OBJECT_DIRECT_MARKETING, Right.DELETE, Right.ACCESS, Right.CORRECT]),
    kind=st.sampled_from([REQUEST, REMINDER]),
    person_kind=st.sampled_from(list(PersonKind)),
    is_own=st.booleans(),
)
def test_only_ticked_items_occur_in_any_output(  # noqa: PLR0917 - what hypothesis hands over
    told, ticked, name, mail, street, number, digits, right, kind, person_kind, is_own
):
    desk, company, own, people = told
    typed = PersonInput(
        name=f"Jane {name}",
        emails=(f"{mail}@example.org",),
        phones=(f"+1202555{digits + 8000}",),
        place="DE-BY",
        language="en",
        addresses=(desks.an_address(lines=(f"7 {street}",)),),
    )
    person = desk.people.change(people[person_kind], typed)
    new = desks.new_request(
        person,
        company,
        law="eu-gdpr",
        place="DE-BY",
        right=right,
        channel=Channel.EMAIL,
        identity=ticked,
        customer_number=number,
        facts=(("wrong_data", "the old street"), ("right_data", "the new street"))
        if right is Right.CORRECT
        else (),
    )
    draft = desk.requests.start(new)
    if kind is REMINDER:
        desk.requests.record(draft.id, desks.entry("sent", desks.TODAY))
    elif is_own:
        desk.letters.choose(draft.id, REQUEST, LetterChoice(template=own.id))
    secrets = {
        IdentityItem.NAME: name,
        IdentityItem.EMAIL: mail,
        IdentityItem.PHONE: f"202555{digits + 8000}",
        IdentityItem.POSTAL_ADDRESS: street,
        IdentityItem.CUSTOMER_NUMBER: number,
    }
    left = everything_that_leaves(desk, desk.letters.view(draft.id, kind), ticked)
    spread = "".join("".join(left).split()).replace("-", "")

    assert {item for item, word in secrets.items() if word in spread} <= ticked
