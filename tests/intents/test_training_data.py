from collections import Counter, defaultdict
from collections.abc import Sequence
from importlib.resources import files

import pytest

from intents.classifier.training_data import (
    LANGUAGES,
    Example,
    data_files,
    load_examples,
    read_example,
    told,
    word_use,
)
from intents.values.contacts import ContactFinder
from intents.words.lexicon import languages, merged, parse_yaml, read_yaml
from intents.words.tokens import tokenize

FEWEST = 40
FEWEST_OUT_OF_SCOPE = 200
FOLDERS = ("voices", "cards", "danger", "rights", "waiting", "wanting")
WAITING = {"place", "how_long", "hurry", "still_there", "call_me_back", "leave", "complaint"}
NORMALISED = {"right_change": {"grant", "revoke"}, "language": {"en", "fr"}}


@pytest.fixture(scope="module")
def examples() -> tuple[Example, ...]:
    return load_examples()


def test_every_intent_has_enough_examples_in_both_languages(examples: tuple[Example, ...]) -> None:
    counts = Counter((example.language, example.intent) for example in examples)
    catalogue = read_yaml("catalogue.yml")
    intents = [*catalogue["tasks"], *catalogue["conversation"], *catalogue["questions"]]
    assert {intent for _, intent in counts} == set(intents)
    for language in LANGUAGES:
        for intent in intents:
            fewest = FEWEST_OUT_OF_SCOPE if intent == "out_of_scope" else FEWEST
            assert counts[language, intent] >= fewest, (language, intent)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_holds_the_one_intent_of_its_name(language: str) -> None:
    for file in data_files(language):
        document = parse_yaml(file.read_text("utf-8"))
        (block,) = document["nlu"]
        assert str(file).endswith(f"{language}/{block['intent']}.yml")
        assert document["version"] == "3.1"


def test_whatever_language_has_words_has_examples() -> None:
    folders = (files("intents") / "data").iterdir()
    assert {folder.name for folder in folders} == set(languages())


def by_voice(examples: Sequence[Example]) -> dict[tuple[str, str], list[Example]]:
    found: defaultdict[tuple[str, str], list[Example]] = defaultdict(list)
    for example in examples:
        if example.voice:
            found[example.language, example.voice].append(example)
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_voice_says_in_its_first_line_who_it_is(folder: str) -> None:
    voices = [
        file for language in LANGUAGES for file in (files("intents") / folder / language).iterdir()
    ]
    assert len(voices) >= 2 * 5
    for file in voices:
        first, second = file.read_text("utf-8").splitlines()[:2]
        assert first.startswith("# ")
        assert second == 'version: "3.1"'


def test_a_voice_speaks_of_most_things_and_tells_stories(examples: tuple[Example, ...]) -> None:
    for said in by_voice(examples).values():
        assert len({example.intent for example in said}) >= 40
        assert sum(len(example.text.split()) >= 26 for example in said) >= len(said) / 9


def test_danger_and_what_only_sounds_like_it_are_told_in_several_voices() -> None:
    for language in LANGUAGES:
        heard = Counter(one.intent for one in told("danger") if one.language == language)
        assert set(heard) == {"plain", "maybe", "ordinary"}
        assert heard["plain"] + heard["maybe"] >= 400
        assert heard["ordinary"] >= 400


@pytest.mark.parametrize(
    ("lesson", "labels"),
    [
        ("cards", {"yes", "no", "neither"}),
        ("rights", {"grant", "revoke", "both", "neither"}),
        ("waiting", {*WAITING, "more", "question"}),
        ("wanting", {"wanted", "told"}),
    ],
)
def test_every_lesson_is_told_in_several_voices(lesson: str, labels: set[str]) -> None:
    for language in LANGUAGES:
        said = [one for one in told(lesson) if one.language == language]
        assert {one.intent for one in said} == labels
        assert len({one.voice for one in said}) >= 5


def test_no_message_stands_under_two_intents_or_twice(examples: tuple[Example, ...]) -> None:
    seen: defaultdict[str, list[Example]] = defaultdict(list)
    for example in examples:
        words = " ".join(token.key for token in tokenize(example.text)) or example.text
        seen[words].append(example)
    assert not [
        [(twin.language, twin.intent, twin.text) for twin in twins]
        for twins in seen.values()
        if len({(twin.intent, twin.language) for twin in twins}) < len(twins)
        or len({twin.intent for twin in twins}) > 1
    ]


def test_marked_entities_have_normal_values(examples: tuple[Example, ...]) -> None:
    catalogue = merged("services.yml")["services"]
    allowed = {**NORMALISED, "service": set(catalogue)}
    wrong = [
        (example.text, mark)
        for example in examples
        for mark in example.annotations
        if mark.entity not in {*allowed, "person", "email", "phone"}
        or (mark.entity in allowed and mark.value not in allowed[mark.entity])
    ]
    assert not wrong


def test_marked_addresses_are_real_addresses(examples: tuple[Example, ...]) -> None:
    contacts = ContactFinder.load(frozenset())
    for example in examples:
        for mark in example.annotations:
            if mark.entity == "email":
                (found,) = contacts.find(mark.value)
                assert found.value.lower() == mark.value.lower()


def test_markup_is_read_as_rasa_writes_it() -> None:
    line = 'give [Léa](person) the [bills]{"entity": "service", "value": "view_invoice"}'
    example = read_example(line, "change_rights", "en")
    assert example.text == "give Léa the bills"
    assert [(m.entity, m.value, example.text[m.start : m.end]) for m in example.annotations] == [
        ("person", "Léa", "Léa"),
        ("service", "view_invoice", "bills"),
    ]


def test_broken_markup_is_refused_with_its_line() -> None:
    with pytest.raises(ValueError, match="bills"):
        read_example("the [bills]{entity: service}", "change_rights", "en")


def test_names_are_told_from_words_by_their_use() -> None:
    use = word_use([read_example("add [Rose](person) to the account", "create_user", "en")])
    assert "rose" in use.names
    assert "account" in use.ordinary


def test_word_lists_hold_words_alone() -> None:
    people = merged("people.yml")
    assert all(isinstance(word, str) for words in people.values() for word in words)
