"""Pig Latin out of the English files: docs/how-to/a-language.md, step by step, in a scratch tree.

Of what is learned, a few examples of each intent and the beginnings of articles are left, in every
language: it is quicker.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from faq.articles import split_front_matter

CODE = "qp"
NAME = "Igpay Atinlay"
ROOT = Path(__file__).parent.parent.parent.parent
EXAMPLES = {
    "data": 8,
    "voices": 0,
    "cards": 4,
    "danger": 3,
    "rights": 3,
    "waiting": 3,
    "wanting": 3,
}
"""How many of a block are left, by folder."""
_WORDS = re.compile(
    r"\[[^\]]*(?-i:[A-Z])[^\]]*\]\(person\)"  # a name, as training data marks it
    r"|\]\(\w+\)|\{[^}]*\}|\S*@\S*|https?:\S*"  # other marks, placeholders, addresses
    r"|(?P<first>[^\W\d_aeiou]*)(?P<rest>[^\W\d_]*)",
    re.IGNORECASE,
)
_QUESTIONS, _LONGEST = 3, 120
"""How many questions of an article, and how many letters of its body, are left."""


def pig(text: str) -> str:
    """Return a text in Pig Latin: "unlock Tom" is "unlockway Omtay"."""
    return _WORDS.sub(_word, text)


def _word(found: re.Match[str]) -> str:
    first, rest = found["first"], found["rest"]
    if not (first or rest):
        return found[0]
    said = f"{rest}{first.lower()}ay" if first and rest else f"{first or rest}way"
    return said[0].upper() + said[1:] if found[0][0].isupper() else said


def settle(tree: Path) -> None:
    """Make a tree with the rooms as they are, and one more language in them."""
    for room in ("bot", "faq", "intents"):
        shutil.copytree(ROOT / room, tree / room, ignore=shutil.ignore_patterns("__pycache__"))
    for room in ("storage", "tests"):
        (tree / room).symlink_to(ROOT / room)
    line = f'    "{CODE}": Language("en_CA", "{NAME}"),\n'
    _replace(tree / "bot/languages.py", "}\n", f"{line}}}\n")
    _lexicon(tree / "intents/lexicon")
    for folder, most in EXAMPLES.items():
        _examples(tree / "intents" / folder, most)
    _articles(tree / "faq/articles")
    _replace(tree / "bot/patterns/task.yml", "switch_to_fr:", f"{_switch()}\nswitch_to_fr:")
    for room in ("bot", "faq"):
        for file in (tree / room).rglob("*.yml"):
            _write(file, _translated(_read(file)))


def _replace(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")


def _switch() -> str:
    """The command that switches to the language."""
    names = f'{{en: "{NAME}", fr: "{NAME}"}}'
    return f"switch_to_{CODE}: {{rank: 125, command: igpay, title: {names}, menu: {names}}}"


def _lexicon(folder: Path) -> None:
    shutil.copytree(folder / "en", folder / CODE)
    for file in (folder / CODE).iterdir():
        if file.name not in {"given_names.yml", "endings.yml"}:
            _write(file, _pigs(_read(file, yaml.CBaseLoader)))
    (folder / CODE / "endings.yml").write_text('forms: {"": [s]}\nkinds: {}\n', "utf-8")
    for language in ("en", CODE):
        with (folder / language / "words.yml").open("a", encoding="utf-8") as words:
            words.write(f"\ncontrol.switch_to_{CODE}: {{words: [{NAME}]}}\n")


def _examples(folder: Path, most: int) -> None:
    for file in folder.rglob("*.yml"):
        lines = list(_first(file.read_text("utf-8").splitlines(), most))
        file.write_text("\n".join(lines), "utf-8")
        if "en" in file.parts:
            other = folder / CODE / file.relative_to(folder / "en")
            other.parent.mkdir(parents=True, exist_ok=True)
            said = (pig(line) if line.startswith("    - ") else line for line in lines)
            other.write_text("\n".join(said), "utf-8")


def _first(lines: list[str], most: int) -> Iterator[str]:
    left = most
    for line in lines:
        left = left - 1 if line.startswith("    - ") else most
        if left >= 0:
            yield line


def _articles(folder: Path) -> None:
    (folder / CODE).mkdir()
    for file in folder.glob("*/*.md"):
        fields, body = split_front_matter(file.read_text("utf-8"))
        few = {**fields, "questions": fields["questions"][:_QUESTIONS]}
        short = body[:_LONGEST].rpartition(" ")[0]
        _article(file, few, short)
        if "en" in file.parts:
            said = {name: _pigs(few[name]) for name in ("title", "questions")}
            _article(folder / CODE / file.name, few | said, pig(short))


def _article(file: Path, fields: dict[str, Any], body: str) -> None:
    front = yaml.dump(fields, Dumper=yaml.CSafeDumper, allow_unicode=True)
    file.write_text(f"---\n{front}---\n\n{body}\n", "utf-8")


def _translated(node: Any) -> Any:
    """Return a part of a file with Pig Latin wherever French stands."""
    if isinstance(node, list):
        return [_translated(part) for part in node] + ([CODE] if node == ["en", "fr"] else [])
    if not isinstance(node, dict):
        return node
    whole = {key: _translated(value) for key, value in node.items()}
    match node:
        case {"translation": {"fr": dict(parts)}}:
            whole["translation"][CODE] = {part: pig(node[part]) for part in parts}
        case {"translation": {"fr": _}}:
            whole["translation"][CODE] = pig(node["text"])
        case {"en": english, "fr": _}:
            whole[CODE] = _pigs(english)
    return whole


def _pigs(node: Any) -> Any:
    match node:
        case dict():
            return {key: _pigs(value) for key, value in node.items()}
        case list():
            return [_pigs(value) for value in node]
    return pig(node)


def _read(file: Path, loader: Any = yaml.CSafeLoader) -> Any:
    return yaml.load(file.read_text("utf-8"), loader)


def _write(file: Path, document: Any) -> None:
    text = yaml.dump(document, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    file.write_text(text, "utf-8")
