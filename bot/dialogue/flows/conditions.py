"""The conditions of flows: `if: slots.confirmation and slots.role is not "secondary"`.

The syntax is the part of pypred's that Rasa's flows use. pypred itself is from 2016 and
rebuilds its parser tables, with a warning, at every start (docs/decisions/0003).
Compiled once when the flows are loaded; running one walks a handful of closures.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import LarkError

Names = Mapping[str, Mapping[str, Any]]
Condition = Callable[[Names], bool]
_Value = Callable[[Names], Any]

_GRAMMAR = r"""
?start: or_
?or_: and_ ("or"i and_)*
?and_: not_ ("and"i not_)*
?not_: "not"i not_ -> negate
     | comparison
     | "(" or_ ")"
?comparison: value -> truthy
     | value ("=" | "is"i) value -> equal
     | value ("!=" | "is"i "not"i) value -> unequal
     | value ">" value -> greater
     | value "<" value -> less
     | value "contains"i value -> contains
value: "true"i -> true
     | "false"i -> false
     | "null"i -> null
     | NUMBER -> number
     | STRING -> string
     | NAME "." NAME -> variable
NAME: /[a-z_][a-z0-9_]*/
STRING: /"[^"]*"|'[^']*'/
%import common.SIGNED_NUMBER -> NUMBER
%import common.WS
%ignore WS
"""


class InvalidConditionError(ValueError):
    """A condition in a flow file cannot be read."""


class _Compiler(Transformer[Token, Any]):
    """Turns the parse tree into closures over the names."""

    def or_(self, parts: list[Condition]) -> Condition:
        return lambda names: any(part(names) for part in parts)

    def and_(self, parts: list[Condition]) -> Condition:
        return lambda names: all(part(names) for part in parts)

    def negate(self, parts: list[Condition]) -> Condition:
        return lambda names: not parts[0](names)

    def truthy(self, parts: list[_Value]) -> Condition:
        return lambda names: bool(parts[0](names))

    def equal(self, parts: list[_Value]) -> Condition:
        return lambda names: bool(parts[0](names) == parts[1](names))

    def unequal(self, parts: list[_Value]) -> Condition:
        return lambda names: bool(parts[0](names) != parts[1](names))

    def greater(self, parts: list[_Value]) -> Condition:
        return lambda names: bool(_number(parts[0](names)) > _number(parts[1](names)))

    def less(self, parts: list[_Value]) -> Condition:
        return lambda names: bool(_number(parts[0](names)) < _number(parts[1](names)))

    def contains(self, parts: list[_Value]) -> Condition:
        return lambda names: parts[1](names) in (parts[0](names) or ())

    def true(self, _: list[Token]) -> _Value:
        return lambda _: True

    def false(self, _: list[Token]) -> _Value:
        return lambda _: False

    def null(self, _: list[Token]) -> _Value:
        return lambda _: None

    def number(self, parts: list[Token]) -> _Value:
        value = float(parts[0])
        return lambda _: value

    def string(self, parts: list[Token]) -> _Value:
        value = str(parts[0])[1:-1]
        return lambda _: value

    def variable(self, parts: list[Token]) -> _Value:
        room, name = str(parts[0]), str(parts[1])
        return lambda names: names.get(room, {}).get(name)


def _number(value: Any) -> float:
    """Return 0 for what is not a number: an empty slot compares like nothing."""
    return value if isinstance(value, int | float) else 0.0


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr")


@cache
def compile_condition(text: str) -> Condition:
    """Compile a condition over `slots.…` and `context.…`; unknown names are null.

    Raises:
        InvalidConditionError: the text is not a condition.
    """
    try:
        compiled: Condition = _Compiler().transform(_parser().parse(text))
    except LarkError as error:
        raise InvalidConditionError(f"{text!r}: {error}") from error
    return compiled
