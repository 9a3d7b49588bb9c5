"""Finds code that looks at what a person typed: that is done in `intents/` alone.

A typed text is `message.text`, `reading.text`, `sighting.text`, `latest_message["text"]`, the words
of a mention or of a span. It may be stored, quoted, and handed to whoever reads it; it may not be
compared, searched, split or looked up. What a name stands for is told by its name, by its
annotation, or by what it was assigned.
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

TYPED = {
    "Message": {"text", "words", "kept"},
    "Reading": {"text", "name", "username", "value", "domain", "ending"},
    "Sighting": {"text", "end"},
    "ParseResult": {"text"},
    "Span": {"text", "value", "gap"},
    "Token": {"text", "key", "gap"},
    "Mention": {"said"},
    "Entity": {"text", "value"},
    "Typed": {"words"},
}
"""What of each thing is a person's own words."""
CALLED = {
    "message": "Message",
    "reading": "Reading",
    "sighting": "Sighting",
    "parse": "ParseResult",
    "span": "Span",
    "token": "Token",
    "mention": "Mention",
    "entity": "Entity",
    "typed": "Typed",
}
HELD = {"spans": "Span", "tokens": "Token", "people": "Mention", "not_people": "Mention"}
HELD |= {"whom": "Mention", "entities": "Entity"}
"""What the parts of a collection of that name are."""
LATEST = "latest_message"
READERS = frozenset({"look", "hear", "append"})
"""Who may be handed a typed text: the parser, and whoever stores it."""
SEARCH = "search"
"""The search among the articles: what is typed is its query."""
SEEN = "seen"
"""What was seen in each text, by the text: a look-up there reads nothing."""
STRING = frozenset(name for name in dir(str) if not name.startswith("_"))


@dataclass(frozen=True, slots=True)
class Look:
    """One place where the code looks at a typed text."""

    line: int
    code: str


def looks(source: str) -> list[Look]:
    """Return the places of a module that look at what a person typed."""
    tree = ast.parse(source)
    found = {
        (node.lineno, ast.unparse(node))
        for scope in ast.walk(tree)
        if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef | ast.Module)
        for node in _Scope.of(scope).looks()
    }
    return [Look(line, code) for line, code in sorted(found)]


@dataclass(slots=True)
class _Scope:
    """The names of one function: which are typed texts, and which things that hold them."""

    nodes: list[ast.AST]
    kinds: dict[str, str] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    """Names of collections of typed texts."""

    @classmethod
    def of(cls, scope: ast.FunctionDef | ast.AsyncFunctionDef | ast.Module) -> "_Scope":
        own = cls(list(ast.walk(scope)) if not isinstance(scope, ast.Module) else _top(scope))
        if not isinstance(scope, ast.Module):
            for one in ast.walk(scope.args):
                if isinstance(one, ast.arg) and one.annotation is not None:
                    own.bind(one.arg, _named_kind(one.annotation))
        for _ in range(3):  # a name may be assigned from one that is assigned below
            for node in own.nodes:
                own.learn(node)
        return own

    def bind(self, name: str, kind: str | None) -> None:
        if kind is not None:
            self.kinds[name] = kind

    def learn(self, node: ast.AST) -> None:
        """Note what an assignment or a loop gives its names."""
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self.give(target, value)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self.give(target, value)
            case ast.NamedExpr(target=target, value=value):
                self.give(target, value)
            case (
                ast.For(target=ast.Name(id=name), iter=whole)
                | ast.comprehension(target=ast.Name(id=name), iter=whole)
            ):
                self.bind(name, self.parts(whole))
                if self.is_list(whole):
                    self.texts.add(name)

    def give(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for one, given in zip(target.elts, value.elts, strict=False):
                self.give(one, given)
        if not isinstance(target, ast.Name):
            return
        self.bind(target.id, self.kind(value))
        if self.is_list(value):
            self.lists.add(target.id)
        elif self.is_text(value):
            self.texts.add(target.id)

    def kind(self, node: ast.expr) -> str | None:
        """Return what an expression is, if it holds typed texts."""
        match node:
            case ast.Name(id=name):
                return self.kinds.get(name) or CALLED.get(name)
            case ast.Attribute(attr=name):
                return CALLED.get(name)
            case ast.Subscript(value=whole):
                return self.parts(whole)
            case ast.IfExp(body=body, orelse=other):
                return self.kind(body) or self.kind(other)
        return None

    def parts(self, whole: ast.expr) -> str | None:
        """Return what the parts of a collection are."""
        if isinstance(whole, ast.Attribute):
            return HELD.get(whole.attr)
        return HELD.get(whole.id) if isinstance(whole, ast.Name) else None

    def is_text(self, node: ast.expr) -> bool:
        match node:
            case ast.Name(id=name):
                return name in self.texts
            case ast.Attribute(value=base, attr=name):
                kind = self.kind(base)
                return kind is not None and name in TYPED[kind]
            case ast.Subscript(value=base, slice=ast.Constant(value="text")):
                return _ends(base) in {LATEST, "body"}
            case ast.Subscript(value=base):
                return self.is_list(base) or self.is_text(base)
            case ast.Call(func=ast.Attribute(value=base, attr="get"), args=[first, *_]):
                return _ends(base) == LATEST and _is_constant(first, "text")
            case ast.Call(func=ast.Name(id="str"), args=[one]):
                return self.is_text(one)
            case ast.Call(func=ast.Attribute(value=base, attr=name)) if name in STRING:
                return self.is_text(base)
            case ast.IfExp(body=body, orelse=other):
                return self.is_text(body) or self.is_text(other)
            case ast.BoolOp(values=values):
                return any(self.is_text(one) for one in values)
        return False

    def is_list(self, node: ast.expr) -> bool:
        """Return whether it is a collection of typed texts."""
        match node:
            case ast.Name(id=name):
                return name in self.lists
            case ast.Attribute(value=base, attr="left"):
                return self.kind(base) == "Reading"
            case ast.ListComp(elt=one) | ast.SetComp(elt=one) | ast.GeneratorExp(elt=one):
                return self.is_text(one)
        return False

    def looks(self) -> Iterator[ast.expr]:
        for node in self.nodes:
            match node:
                case ast.Compare(left=left, comparators=others) as one:
                    if self.any_text([left, *others]) and not _with_nothing(others):
                        yield one
                case ast.Call(func=ast.Attribute(value=base, attr=name)) as one if (
                    name in STRING and self.is_text(base)
                ):
                    yield one
                case ast.Call(args=args, keywords=keywords) as one:
                    given = [*args, *(word.value for word in keywords if word.arg != "text")]
                    if self.any_text(given) and not _may_be_given(one.func):
                        yield one
                case ast.Subscript(value=base, slice=key, ctx=ast.Load()) as one:
                    keyed = self.is_text(key) and _ends(base) != SEEN
                    if keyed or (self.is_text(base) and not _is_constant(key, "text")):
                        yield one
                case ast.Match(subject=subject) if self.is_text(subject):
                    yield subject
                case ast.comprehension(iter=whole) | ast.For(iter=whole) if self.is_text(whole):
                    yield whole

    def any_text(self, nodes: Iterable[ast.expr]) -> bool:
        return any(self.is_text(one) for one in nodes)


def _top(module: ast.Module) -> list[ast.AST]:
    """What a module does outside of its functions."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    inside = {
        id(node) for one in ast.walk(module) if isinstance(one, functions) for node in ast.walk(one)
    }
    return [node for node in ast.walk(module) if id(node) not in inside]


def _named_kind(annotation: ast.expr) -> str | None:
    names = [one.id for one in ast.walk(annotation) if isinstance(one, ast.Name)]
    kinds = [name for name in names if name in TYPED]
    plain = isinstance(annotation, ast.Name | ast.BinOp)
    return kinds[0] if kinds and plain else None


def _ends(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _is_constant(node: ast.expr, value: str) -> bool:
    return isinstance(node, ast.Constant) and node.value == value


def _with_nothing(others: Iterable[ast.expr]) -> bool:
    """Whether something is only asked to be there: `is None`, `!= ""`."""
    return all(isinstance(one, ast.Constant) and not one.value for one in others)


def _may_be_given(called: ast.expr) -> bool:
    """Whether a typed text is read, stored, or put into a value by what is called."""
    name = _ends(called)
    owner = _ends(called.value) if isinstance(called, ast.Attribute) else ""
    if name == "get":
        return owner == SEEN
    return owner == SEARCH or name in READERS or name[:1].isupper() or name in {"str", "replace"}
