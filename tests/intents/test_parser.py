import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from threadpoolctl import threadpool_info

from intents.classifier.training_data import load_examples
from intents.parser import Parser
from intents.words.tokens import fold

HELD_OUT = Path(__file__).with_name("held_out.tsv")


def held_out() -> list[tuple[str, str]]:
    with HELD_OUT.open(encoding="utf-8", newline="") as file:
        return [(row["intent"], row["text"]) for row in csv.DictReader(file, delimiter="\t")]


def test_messages_nobody_trained_on_are_understood_in_both_languages(parser: Parser) -> None:
    right: Counter[str] = Counter()
    wrong = []
    for intent, text in held_out():
        result = parser.parse(text)
        if result.intent.name == intent:
            right[result.language] += 1
        else:
            wrong.append((text, intent, result.intent))
    assert right["en"] >= 26, wrong
    assert right["fr"] >= 26, wrong


def test_the_held_out_messages_are_not_in_the_training_data() -> None:
    trained = {fold(example.text) for example in load_examples()}
    assert not [text for _, text in held_out() if fold(text) in trained]


def test_a_whole_request_in_one_message_is_understood_at_once(parser: Parser) -> None:
    result = parser.parse(
        "Add Marie-Ève Tremblay, marie.eve@example.com, she only needs to see the bills"
    )
    assert result.intent.name == "create_user"
    assert result.language == "en"
    assert [(entity.entity, entity.value) for entity in result.entities] == [
        ("person", "Marie-Ève Tremblay"),
        ("email", "marie.eve@example.com"),
        ("service", "view_invoice"),
    ]


def test_the_same_request_is_understood_in_quebec_french(parser: Parser) -> None:
    result = parser.parse(
        "Ajoute Zoé Lavoie-Côté zoe@exemple.ca pis elle a juste besoin de voir les factures"
    )
    assert result.intent.name == "create_user"
    assert result.language == "fr"
    assert [(entity.entity, entity.value) for entity in result.entities] == [
        ("person", "Zoé Lavoie-Côté"),
        ("email", "zoe@exemple.ca"),
        ("service", "view_invoice"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\x00\x01",
        "\ud800",
        "\ufdfa" * 4096,
        "x" * 100_000,
        "😀" * 500,
        "'" * 400,
        "a@" * 99,
    ],
)
def test_strange_messages_are_answered_like_any_other(parser: Parser, text: str) -> None:
    result = parser.parse(text)
    assert len(result.text) <= 400
    assert result.language in {"en", "fr"}


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(codec=None), max_size=60))
def test_no_message_breaks_the_parser(parser: Parser, text: str) -> None:
    result = parser.parse(text)
    for entity in result.entities:
        assert result.text[entity.start : entity.end] == entity.text


def test_gibberish_starts_no_task(parser: Parser) -> None:
    for text in ("asdf qwer zxcv", "lorem ipsum dolor sit amet", "🤷"):
        assert parser.parse(text).intent.name in {"nlu_fallback", "out_of_scope"}


def test_below_the_gate_the_ranking_keeps_the_candidates(parser: Parser) -> None:
    result = parser.parse("the thing with the account for my son")
    shape = result.as_rasa()
    assert shape["intent"]["name"] == result.intent.name
    assert len(shape["intent_ranking"]) >= 2
    confidences = [reading["confidence"] for reading in shape["intent_ranking"]]
    assert confidences == sorted(confidences, reverse=True)


def test_the_answer_has_the_shape_of_rasas_model_parse(parser: Parser) -> None:
    shape = parser.parse("unlock kevin@example.com").as_rasa()
    assert set(shape) == {"text", "language", "intent", "intent_ranking", "entities", "danger"}
    assert shape["danger"]["level"] == "none"
    (entity,) = shape["entities"]
    assert entity["entity"] == "email"
    assert entity["value"] == "kevin@example.com"
    assert {"start", "end", "confidence_entity", "extractor"} <= set(entity)


def test_one_thread_reads_a_message(parser: Parser) -> None:
    """Two share out a task too small for them, and wait for each other: three times as long."""
    assert parser.parse("add my son").intent.name == "create_user"
    libraries = threadpool_info()
    assert {library["num_threads"] for library in libraries if library["user_api"] == "blas"} == {1}


@pytest.mark.parametrize(("text", "intent"), [("👍", "affirm"), ("👎", "deny"), ("👋", "greet")])
def test_a_picture_says_something(parser: Parser, text: str, intent: str) -> None:
    assert parser.parse(text).intent.name == intent


def test_who_can_do_what_changes_rights_only_when_that_is_wished(parser: Parser) -> None:
    wish = parser.parse("Hugo can see the bill but not the TV")
    question = parser.parse("can I see the bill but not the TV?")
    assert [e.value for e in wish.entities if e.entity == "right_change"] == ["grant", "revoke"]
    assert not [e for e in question.entities if e.entity == "right_change"]


def test_adding_somebody_gives_no_right_change(parser: Parser) -> None:
    result = parser.parse("add my wife and give her access to the account")
    assert result.intent.name == "create_user"
    assert "right_change" not in {entity.entity for entity in result.entities}
