import pytest

from intents.parser import Parser


def detect(parser: Parser, text: str, hint: str | None = None) -> tuple[str, bool]:
    parse = parser.parse(text, language_hint=hint)
    return parse.language, parse.language_confident


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("add my wife to the account", "en"),
        ("can u unlock my kid pls", "en"),
        ("ajoute ma blonde au compte", "fr"),
        ("chu barré pis j'peux pu rentrer", "fr"),
        ("peux-tu débarrer mon gars svp", "fr"),
        ("How many users can I have?", "en"),
        ("bonjour", "fr"),
        ("the sparrows were nesting beneath those wooden shutters", "en"),
        ("les moineaux nichaient derrière ces volets de bois", "fr"),
    ],
)
def test_a_sentence_tells_its_language_whatever_was_spoken_before(
    parser: Parser, text: str, language: str
) -> None:
    other = "fr" if language == "en" else "en"
    assert detect(parser, text, other) == (language, True)


@pytest.mark.parametrize("text", ["ok", "12345", "kevin", "👍", "email", "non", "yes", ""])
def test_a_word_that_tells_little_keeps_the_language_of_the_conversation(
    parser: Parser, text: str
) -> None:
    assert detect(parser, text, "fr") == ("fr", False)
    assert detect(parser, text, "en") == ("en", False)


def test_without_a_conversation_the_best_guess_counts(parser: Parser) -> None:
    assert detect(parser, "non") == ("fr", False)
    assert detect(parser, "yes") == ("en", False)
    assert detect(parser, "") == ("en", False)


def test_names_and_addresses_speak_no_language(parser: Parser) -> None:
    assert detect(parser, "Marie-Ève Lavoie-Côté marie.eve@exemple.ca", "en") == ("en", False)
    assert detect(parser, "https://exemple.ca/mon/compte/factures", "en") == ("en", False)
