# SPDX-License-Identifier: Apache-2.0
"""Templates that nobody would write (SECURITY I-04): each one is a text or a refusal, whatever stands in it.

A grammar makes them: parts that are right, parts that are nearly right, and parts that are not. For those that use
nothing but plain placeholders and conditions, a second reading of ten lines says what must come out.
"""

import re
from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from optout_desktop.catalog.templates import KNOWN_FACTS, Templates
from optout_desktop.domain.errors import TemplateError
from optout_desktop.domain.ids import TemplateId
from optout_desktop.domain.letters import LetterKind, OwnTemplate
from tests.golden.letters.cases import JANE, LETTERS, facts

TEMPLATES = Templates(LETTERS)
FACTS = facts(
    attachments=("authorisation.pdf", "id.png", "annex.txt"),
    identity=replace(JANE, postal_address=("12 Linden Street", "Springfield")),
    days_late=3,
    done_on=date(2026, 12, 1),
)
LONGEST_BYTES = 64 * 1024
BUILTINS = re.compile(
    r"<(class|function|module|built-in|bound|generator|[\w.]+ object at )|__\w+__|mappingproxy"
)
"""What a Python object shows of itself."""

NAMES = st.sampled_from(
    [
        *sorted(KNOWN_FACTS),
        *(
            "identity.name",
            "identity.phone",
            "identity.postal_address",
            "fact.period",
            "word.my",
            "a",
            "forloop",
        ),
        *("forloop.index", "forloop.parentloop", "nobody", "identity", "word", "fact", "identity.name.size"),
        *(
            "company_name.__class__",
            "written_on.year",
            "a.__init__",
            "fact['period']",
            "attachments[0]",
            "a[b]",
        ),
        *("kind.__class__.__mro__", "self", "true", "nil", "empty", "blank", "continue", "written_on.max"),
        *(
            "''",
            "'x'",
            '"{{"',
            "0",
            "-1",
            "1.5",
            "999999",
            "1e9",
            "123456789",
            "(1..3)",
            "(1..kind)",
            "(0..999999)",
        ),
        *("ñame", "a-b", "𝕜ind", "kind\u0000", "[kind]", "kind.", ".kind", "kind..x", "identity.first"),
    ]
)
FILTERS = st.sampled_from(
    [
        *("date", "count: 'days'", "count: kind", "list", "join: ', '", "join", "first", "last", "size"),
        *(
            "upcase",
            "downcase",
            "capitalize",
            "strip",
            "line",
            "shout",
            "append: 'x'",
            "date: '%Y'",
            "join: nobody",
        ),
        *("upcase: 1, 2", "first: a: 1", "count: 'moons'", "map: '__class__'", "default: 'x'", "", ":"),
    ]
)
OPERATORS = st.sampled_from([*("==", "!=", "<", ">", "contains", "and", "or", "not", "<=", "<>", "=", "in")])


@st.composite
def placeholders(draw):
    parts = [draw(NAMES), *draw(st.lists(FILTERS, max_size=3))]
    dash = draw(st.sampled_from(["", "", "-"]))
    return "{{" + dash + " " + " | ".join(parts) + " " + dash + "}}"


@st.composite
def conditions(draw):
    words = [draw(NAMES)]
    for operator in draw(st.lists(OPERATORS, max_size=3)):
        words += [operator, draw(NAMES)]
    return " ".join(words)


TEXTS = st.text(alphabet="ab {}%|-'\"\n\t\u202e=ß\u200b", max_size=8)


def tags(inner):
    """Tags around what stands inside, most of them whole."""
    opened = st.tuples(st.sampled_from(["if", "unless"]), conditions(), inner, inner).map(
        lambda t: f"{{% {t[0]} {t[1]} %}}{t[2]}{{% else %}}{t[3]}{{% end{t[0]} %}}"
    )
    looped = st.tuples(NAMES, st.sampled_from(["", "reversed", "limit: 2", "offset: kind"]), inner).map(
        lambda t: f"{{% for a in {t[0]} {t[1]} %}}{t[2]}{{% endfor %}}"
    )
    broken = st.tuples(
        st.sampled_from(
            [
                *(
                    "{% if %}",
                    "{% endif %}",
                    "{% for %}",
                    "{% assign a = 1 %}",
                    "{% include 'x' %}",
                    "{% raw %}",
                ),
                *(
                    "{% render 'x' %}",
                    "{% capture a %}",
                    "{% elsif kind %}",
                    "{% break %}",
                    "{%",
                    "{{",
                    "{% comment %}",
                ),
                *(
                    "{% liquid %}",
                    "{% doc %}",
                    "{% endfor %}",
                    "{% cycle 1 %}",
                    "{% increment a %}",
                    "}}",
                    "%}",
                ),
            ]
        ),
        inner,
    ).map("".join)
    noted = inner.map(lambda text: f"{{% comment %}}{text}{{% endcomment %}}")
    return st.one_of(opened, looped, broken, noted, st.tuples(inner, inner).map("".join))


SOURCES = st.recursive(st.one_of(placeholders(), placeholders(), TEXTS), tags, max_leaves=8)


def own(body):
    return OwnTemplate(
        id=TemplateId("t"),
        name="",
        kind=LetterKind.REQUEST,
        right=None,
        language="en",
        subject="x",
        body=body,
    )


@settings(max_examples=5_000, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(source=SOURCES)
def test_whatever_is_written_is_a_text_or_a_refusal_with_a_place(source):
    try:
        written = TEMPLATES.fill_own(own(source), FACTS).body
    except TemplateError as error:
        refused, written = error, ""
    else:
        refused = None

    assert refused is None or (refused.block == "text" and refused.problem)
    assert len(written.encode("utf-8", "surrogatepass")) <= LONGEST_BYTES
    assert not BUILTINS.search(written)


@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(source=SOURCES)
def test_a_preview_shows_something_of_whatever_is_written(source):
    shown = TEMPLATES.preview_own("x", source, FACTS)
    try:
        written = TEMPLATES.fill_own(own(source), FACTS).body
    except TemplateError:
        written = None

    assert written is None or shown.letter.body == written
    assert written is not None or shown.problems


SIMPLE = ("kind", "right", "company_name", "reference", "list_id", "fee", "law", "demanded")
"""Facts that are texts; the last ones are empty here."""


def simple_pieces(inner):
    condition = st.tuples(st.sampled_from(SIMPLE), inner, inner).map(lambda t: ("if", *t))
    return st.one_of(condition, st.tuples(inner, inner).map(lambda t: ("both", *t)))


SIMPLE_TREES = st.recursive(
    st.one_of(
        st.sampled_from(SIMPLE).map(lambda name: ("print", name)),
        st.text(alphabet="abc, .", min_size=1, max_size=5).map(lambda text: ("text", text)),
    ),
    simple_pieces,
    max_leaves=6,
)


def source_of(tree):
    match tree:
        case ("print", name):
            return f"{{{{ {name} }}}}"
        case ("text", text):
            return text
        case ("if", name, then, other):
            return f"{{% if {name} %}}{source_of(then)}{{% else %}}{source_of(other)}{{% endif %}}"
        case ("both", left, right):
            return source_of(left) + source_of(right)


def meant_by(tree):
    """What such a template says, read by itself; a KeyError where it prints what is empty."""
    told = {name: str(getattr(FACTS, name)) for name in SIMPLE if getattr(FACTS, name)}
    match tree:
        case ("print", name):
            return told[name]
        case ("text", text):
            return text
        case ("if", name, then, other):
            return meant_by(then if name in told else other)
        case ("both", left, right):
            return meant_by(left) + meant_by(right)


def depth(tree):
    return 0 if tree[0] in {"print", "text"} else (tree[0] == "if") + max(map(depth, tree[-2:]))


@settings(max_examples=500, deadline=None, derandomize=True)
@given(tree=SIMPLE_TREES.filter(lambda tree: depth(tree) <= 3))
def test_simple_templates_say_what_a_second_reading_says(tree):
    try:
        meant = meant_by(tree).strip()
    except KeyError:
        meant = ""
    try:
        written = TEMPLATES.fill_own(own(source_of(tree)), FACTS).body.strip()
    except TemplateError:
        written = ""

    assert written == meant
