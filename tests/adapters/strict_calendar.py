# SPDX-License-Identifier: Apache-2.0
"""A strict reader of iCalendar lines (RFC 5545, 3.1 and 3.3.11), written for the tests alone."""

import re
from dataclasses import dataclass, field

NAME = re.compile(r"[A-Z-]+")
ESCAPES = {"\\\\": "\\", "\\;": ";", "\\,": ",", "\\n": "\n", "\\N": "\n"}


@dataclass
class Component:
    """A named part with its properties, each of which may stand once, and the parts in it."""

    name: str
    values: dict = field(default_factory=dict)
    inner: list = field(default_factory=list)

    def text(self, name: str) -> str:
        return re.sub(r"\\[\\;,nN]", lambda found: ESCAPES[found.group()], self.values[name][0])


def parsed(content: bytes) -> list[Component]:
    """The components of a file; an AssertionError for whatever the RFC does not allow."""
    assert content.endswith(b"\r\n")
    lines: list[bytes] = []
    for line in content.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
        assert b"\r" not in line
        if line[:1] in (b" ", b"\t"):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    root = Component("")
    open_ones = [root]
    for line in lines:
        text = line.decode("utf-8")
        assert all(char == "\t" or ord(char) >= 32 for char in text), text
        head, colon, value = text.partition(":")
        name, *parameters = head.split(";")
        assert colon
        assert NAME.fullmatch(name), text
        if name == "BEGIN":
            open_ones.append(Component(value))
        elif name == "END":
            ended = open_ones.pop()
            assert ended.name == value
            open_ones[-1].inner.append(ended)
        else:
            assert name not in open_ones[-1].values, name
            if name not in {"DTSTART", "DTEND", "DTSTAMP", "TRIGGER", "SEQUENCE", "VERSION", "CALSCALE"}:
                assert not re.search(r"(?<!\\)(?:\\\\)*\\[^\\;,nN]", value), text
            open_ones[-1].values[name] = (value, dict(each.split("=", 1) for each in parameters))
    assert open_ones == [root]
    return root.inner


def events_of(content: bytes) -> list[Component]:
    """The events of the one calendar in a file, which says whose it is and which version it speaks."""
    [calendar] = parsed(content)
    assert calendar.name == "VCALENDAR"
    assert calendar.values["VERSION"][0] == "2.0"
    assert calendar.values["PRODID"][0]
    assert {event.name for event in calendar.inner} <= {"VEVENT"}
    return calendar.inner
