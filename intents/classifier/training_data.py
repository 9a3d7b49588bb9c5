"""The training examples, read from Rasa NLU YAML (`data/<language>/<intent>.yml`)."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from intents.words.lexicon import languages, parse_yaml
from intents.words.tokens import stem, tokenize, with_pictures

LANGUAGES = languages()
_SELDOM_CALM = frozenset({"out_of_scope", "faq/holder_unreachable"})
_ABOUT_ACCESS = frozenset(
    {
        "change_rights",
        "request_access",
        "faq/manage_rights",
        "faq/access_until",
        "faq/more_access",
    }
)
_CHANGES = frozenset(
    {
        *("create_user", "change_rights", "reset_password", "edit_profile", "unlock_user"),
        *("suspend_user", "resume_user", "delete_user", "request_access", "undo_change"),
    }
)
_ONE_IN = 2
"""Of what asks for a change, how much is shown as "wanted": each costs time."""
_MARKUP = re.compile(r"\[(?P<text>[^\]]+)\](?:\((?P<entity>\w+)\)|(?P<json>\{[^}]*\}))")


@dataclass(frozen=True, slots=True)
class Annotation:
    """An entity marked in an example; without a `value` of its own, it is as written."""

    entity: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Example:
    text: str
    intent: str
    language: str
    annotations: tuple[Annotation, ...]
    voice: str = ""
    """Who writes like that, by the name of the file; empty where many do."""


@dataclass(frozen=True, slots=True)
class WordUse:
    """What the examples show about words, folded.

    `ordinary`: typed in lower case more often outside marked persons than inside, so no name by
    itself; `names`: the other words of marked persons.
    """

    ordinary: frozenset[str]
    names: frozenset[str]


def data_files(language: str) -> tuple[Traversable, ...]:
    """Return the files of a language by name, one an intent; `faq/tty` stands in a folder `faq`."""
    return tuple(_below(files("intents") / "data" / language))


def _below(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _below(entry)
        elif entry.name.endswith(".yml"):
            yield entry


def load_examples(*, without: frozenset[str] = frozenset()) -> tuple[Example, ...]:
    """Return every example: language by language, by intent, then by voice but those `without`.

    Raises ValueError, naming the line's text, for markup that is not Rasa's.
    """
    return tuple(
        example
        for language in LANGUAGES
        for example in (*_of_intents(language), *_of_voices("voices", language))
        if example.voice not in without
    )


def _of_intents(language: str) -> Iterator[Example]:
    for file in data_files(language):
        yield from _examples(parse_yaml(file.read_text("utf-8")), language)


def _of_voices(folder: str, language: str) -> Iterator[Example]:
    for file in _below(files("intents") / folder / language):
        voice = file.name.removesuffix(".yml")
        for example in _examples(parse_yaml(file.read_text("utf-8")), language):
            yield replace(example, voice=voice)


def load_lessons(examples: Iterable[Example]) -> dict[str, tuple[Example, ...]]:
    """Return all that is learned, by the names of `intents.classifier.model.LESSONS`.

    Each lesson has a folder of voices. What is said every day, the `examples` of the intents,
    stands beside: it shows what is nothing of the kind.
    """
    every = tuple(examples)
    return {
        "intents": every,
        "answers": (*told("cards"), *_answers(every)),
        "danger": (*told("danger"), *_calm(every)),
        "rights": (*told("rights"), *_rights(every)),
        "waiting": told("waiting"),
        "wanting": (*told("wanting"), *_wanted(every)),
    }


def told(folder: str) -> tuple[Example, ...]:
    """Return what the voices of a folder say, with the labels of its lesson as intents."""
    return tuple(example for language in LANGUAGES for example in _of_voices(folder, language))


def _answers(examples: Iterable[Example]) -> Iterator[Example]:
    """Yield those that agree, refuse or call off, as a "yes" or a "no"."""
    said = {"affirm": "yes", "deny": "no", "cancel": "no"}
    answers = (example for example in examples if example.intent in said)
    return (replace(example, intent=said[example.intent]) for example in answers)


def _calm(examples: Iterable[Example]) -> Iterator[Example]:
    """Yield those that nobody in danger would come with, as "ordinary"."""
    calm = (example for example in examples if example.intent not in _SELDOM_CALM)
    return (replace(example, intent="ordinary", voice="") for example in calm)


def _wanted(examples: Iterable[Example]) -> Iterator[Example]:
    """Yield some of those that ask for a change as "wanted": most of what is said is plain."""
    orders = [example for example in examples if example.intent in _CHANGES]
    return (replace(example, intent="wanted", voice="") for example in orders[::_ONE_IN])


def _rights(examples: Iterable[Example]) -> Iterator[Example]:
    """Yield them by what their marks do to access: "grant", "revoke", "both" or "neither".

    Where one of a task about access has no mark, it does not say.
    """
    for example in examples:
        values = {mark.value for mark in example.annotations if mark.entity == "right_change"}
        if values:
            yield replace(example, intent=values.pop() if len(values) == 1 else "both")
        elif example.intent not in _ABOUT_ACCESS:
            yield replace(example, intent="neither", voice="")


def words_of_agreement(answers: Iterable[Example]) -> frozenset[str]:
    """Return the words, without their plural marks, that somebody has said a yes with."""
    return frozenset(
        stem(token.key)
        for example in answers
        for token in with_pictures(example.text)
        if example.intent == "yes" and (token.starts_sentence or not token.capital)
    )


def read_example(line: str, intent: str, language: str) -> Example:
    """Return one annotated line of Rasa NLU YAML as text and annotations."""
    text, annotations, end = "", [], 0
    for match in _MARKUP.finditer(line):
        text += line[end : match.start()]
        start, end = len(text), match.end()
        text += match["text"]
        details = _details(match, line)
        value = details.get("value", match["text"])
        annotations.append(Annotation(details["entity"], value, start, len(text)))
    return Example(text + line[end:], intent, language, tuple(annotations))


def _details(match: re.Match[str], line: str) -> dict[str, str]:
    if match["entity"]:
        return {"entity": match["entity"]}
    try:
        details: dict[str, str] = json.loads(match["json"])
    except json.JSONDecodeError as error:
        raise ValueError(f"not an entity of Rasa's format: {line}") from error
    return details


def _examples(document: dict[str, Any], language: str) -> Iterator[Example]:
    for block in document["nlu"]:
        for line in block["examples"].splitlines():
            if line.strip():
                yield read_example(line.strip().removeprefix("- "), block["intent"], language)


def word_use(examples: Iterable[Example]) -> WordUse:
    """Return which words the examples use as words and which as names.

    A voice writes words as it likes: from those nobody learns how a word is written.
    """
    typed: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for example in examples:
        if example.voice:
            continue
        people = [mark for mark in example.annotations if mark.entity == "person"]
        contacts = [mark for mark in example.annotations if mark.entity in ("email", "phone")]
        for token in tokenize(example.text):
            if any(mark.start <= token.start < mark.end for mark in people):
                named[token.key] += 1
            elif token.text.islower() and not any(
                mark.start <= token.start < mark.end for mark in contacts
            ):
                typed[token.key] += 1
    ordinary = {word for word, times in typed.items() if times > named[word]}
    names = {word for word in named if len(word) > 1} - ordinary
    return WordUse(frozenset(ordinary), frozenset(names))
