"""YAML as plain values, with the line on which each of them stands.

PyYAML's own error texts are not shown: they quote the file, and what an unquoted password turns
into (an alias, a tag, a key) is a part of it.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

import yaml
from yaml.parser import ParserError
from yaml.reader import ReaderError
from yaml.scanner import ScannerError

from bot.importing.problems import FileRefused, Location, Problem

_TEXT = "tag:yaml.org,2002:str"
_NULL = "tag:yaml.org,2002:null"
_NOT_TEXT = False
"""Stands for a number, a date, a truth value: no field takes one, so its value does not matter."""
_LIKE_A_FIELD = re.compile("[A-Za-z_-]{1,40}")
_A_SLIP = 0.8
"""How like a field's name a key must be (1 is the same) to be taken for a slip of the keyboard."""


@dataclass(frozen=True, slots=True)
class Document:
    data: object
    lines: Mapping[Location, int]
    problems: tuple[Problem, ...]

    def line(self, location: Location) -> int:
        """The line of a field, or of the nearest thing around it that is there."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)


def read(content: bytes, fields: Collection[str]) -> Document:
    """Raises FileRefused when it is no YAML; `fields` are the names that may be a key."""
    try:
        text = content.decode("utf-8")
        node = _Loader(text).get_single_node()
        reader = _Reader(fields)
        data = None if node is None else reader.value(node, ())
    except UnicodeDecodeError as error:
        raise _refusal("not UTF-8", content.count(b"\n", 0, error.start) + 1) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _refusal("a character that YAML does not allow", line) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise _refusal(_syntax(error), mark.line + 1 if mark else 0) from None
    except (RecursionError, OverflowError, ValueError):  # nested without end, "\UFFFFFFFF"
        raise _refusal("not valid YAML", 0) from None
    return Document(data, reader.lines, tuple(reader.problems))


def shown_key(key: str) -> str:
    """A key as a problem may name it: one that looks like no field may be anything."""
    return key if _LIKE_A_FIELD.fullmatch(key) else "?"


def _refusal(message: str, line: int) -> FileRefused:
    return FileRefused([Problem(message, line)])


def _syntax(error: yaml.MarkedYAMLError) -> str:
    """Only these two kinds say what they were doing in words that are never the file's."""
    if isinstance(error, ScannerError | ParserError) and error.context and error.context_mark:
        return f"not valid YAML: {error.context} that begins on line {error.context_mark.line + 1}"
    return "not valid YAML"


class _Loader(yaml.SafeLoader):
    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]  # untyped in the stubs
            line = event.start_mark.line + 1
            raise _refusal("aliases are not read: put text that begins with * in quotes", line)
        return super().compose_node(parent, index)


@dataclass(slots=True)
class _Reader:
    """Turns nodes into values and takes down lines and problems on the way."""

    fields: Collection[str]
    lines: dict[Location, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def value(self, node: yaml.Node, location: Location) -> object:
        self.lines.setdefault(location, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, location)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*location, index)) for index, item in enumerate(node.value)]
        if node.tag == _NULL:
            self._problem("no value (put text that holds a comma or # in quotes)", location)
            return None
        return node.value if node.tag == _TEXT else _NOT_TEXT

    def _mapping(self, node: yaml.MappingNode, location: Location) -> dict[str, object]:
        values: dict[str, object] = {}
        seen: set[str] = set()
        for key, entry in node.value:
            may_be_secret = entry.tag == _NULL or (node.flow_style and "password" in seen)
            name = self._name(str(key.value), may_be_secret=may_be_secret)
            here = (*location, name)
            self.lines[here] = key.start_mark.line + 1
            if str(key.value) in seen:
                self._problem("given twice", here)
            seen.add(str(key.value))
            values[name] = self.value(entry, here)
        return values

    def _name(self, key: str, *, may_be_secret: bool) -> str:
        """What is shown of a key: `{password: maple, syrup}` has one that nobody may see."""
        if not may_be_secret:
            return shown_key(key)
        return key if get_close_matches(key, self.fields, cutoff=_A_SLIP) else "?"

    def _problem(self, message: str, location: Location) -> None:
        self.problems.append(Problem(message, self.lines[location], location))
