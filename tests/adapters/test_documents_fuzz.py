# SPDX-License-Identifier: Apache-2.0
"""Documents in which one value is another (SECURITY 12): requests, companies, policies are read, left out or refused.

Each is sound to begin with; then some place in it gets a value that nobody meant for it.
"""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optout_desktop.adapters.directory_files import read_companies
from optout_desktop.adapters.exchange_files import ExchangeFiles
from optout_desktop.adapters.policy_text import find_contacts
from optout_desktop.domain.errors import ImportRefused
from optout_desktop.domain.evidence import OpenedFile
from tests.adapters.directories.test_datenanfragen import RECORD
from tests.adapters.directories.test_justdeleteme import SITE
from tests.adapters.test_datenanfragen_requests import a_message, proceedings
from tests.adapters.test_request_documents import a_full_request, written
from tests.adapters.test_tables_fuzz import require_sentence

SOUND = {
    "an export": json.loads(written(a_full_request())),
    "proceedings": proceedings(a_message(0, "access", "2026-03-02"), a_message(1, "response", "2026-03-20")),
}
LISTS = {"a record": RECORD, "sites": [SITE, SITE | {"name": "B"}]}
WORDS = [
    *(
        "",
        " ",
        "a\r\nBcc: eve@example.org",
        "\0",
        "\ud800",
        "\u202e",
        "x" * 70_000,
        "🛑",
        "=1+1",
        "../../etc",
    ),
    *(
        "2026-02-30",
        "0001-01-01",
        "9999-12-31",
        "2026-03-02T25:00:00Z",
        "2026-03-02T10:00:00+99:00",
        "access",
    ),
    *(
        "javascript:alert(1)",
        "file:///etc/passwd",
        "//host/share",
        "http://[::1",
        "mailto:a@b?bcc=c@d.example",
    ),
    *("http://user:pass@host.example", "https://h.example:99999/", "xn--a", "0" * 32, "[", "{", "%", "\\"),
]
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, -1, 2**53, 1.5, -0.0, 1e308]),
    st.sampled_from(WORDS),
    st.text(max_size=20),
    st.sampled_from(
        [[], {}, [[]], [None], [{}], {"": None}, [1, "a"], ["a"] * 1_000, {"a": {"a": {"a": {}}}}]
    ),
)


def places(value, path=()):
    """Every place in a document."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield from places(one, (*path, key))


@st.composite
def spoilt(draw, sound):
    """A document in which up to three values are others, or are gone."""
    document = copy.deepcopy(sound)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(list(places(document))))
        if not path:
            continue
        parent = document
        for key in path[:-1]:
            parent = parent[key]
        if draw(st.integers(0, 4)):
            parent[path[-1]] = copy.deepcopy(draw(VALUES))
        else:
            del parent[path[-1]]
    return document


@pytest.mark.parametrize("kind", SOUND)
@settings(max_examples=700, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_requests_in_which_a_value_is_another_are_read_left_out_or_refused(kind, data):
    content = json.dumps(data.draw(spoilt(SOUND[kind]))).encode()
    file = OpenedFile(
        name="r.json", size_bytes=len(content), media_type="application/json", pieces=iter([content])
    )
    try:
        document = ExchangeFiles().read(file)
    except ImportRefused as error:
        require_sentence(error)
        return
    told = "".join(one.request.company_name + one.request.reference for one in document.requests)

    assert not set(told) & set("\0\r\n\ud800\u202e")
    assert all(one.problem for one in document.unusable)


@pytest.mark.parametrize("kind", LISTS)
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_list_in_which_a_value_is_another_is_read_left_out_or_refused(tmp_path_factory, kind, data):
    path = tmp_path_factory.getbasetemp() / "list.json"
    path.write_text(json.dumps(data.draw(spoilt(LISTS[kind]))), encoding="utf-8")
    try:
        found = read_companies(path)
    except ImportRefused as error:
        require_sentence(error)
        return
    contacts = [one for listed in found.companies for one in listed.company.contacts]

    assert all(one.value.startswith(("https://", "http://")) for one in contacts if one.channel == "form")
    assert all("\n" not in one.value for one in contacts if one.channel != "post")


POLICY_WORDS = st.one_of(
    st.sampled_from([word for word in WORDS if len(word) < 1_000]),
    st.sampled_from(
        [
            "privacy@acme.example",
            "https://acme.example/optout",
            "+1 202 555 0143",
            "write to",
            "\n",
            "@",
            "a@b@c.de",
        ]
    ),
    st.text(max_size=12),
)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.lists(POLICY_WORDS, max_size=12).map(" ".join))
def test_whatever_a_policy_says_a_contact_in_it_is_one_line(text):
    found = find_contacts(text, "US")

    assert all(one.value.isprintable() and one.value.strip() for one in found)
