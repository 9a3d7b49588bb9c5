import pytest

from intents.entities import EntityFinder
from intents.language import LanguageDetector
from intents.training_data import load_examples, word_use


@pytest.fixture(scope="module")
def detector() -> LanguageDetector:
    return LanguageDetector.load()


def detect(detector: LanguageDetector, text: str, hint: str | None = None) -> tuple[str, bool]:
    return detector.detect(text, (), hint)


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
    ],
)
def test_a_sentence_tells_its_language_whatever_was_spoken_before(
    detector: LanguageDetector, text: str, language: str
) -> None:
    other = "fr" if language == "en" else "en"
    assert detect(detector, text, other) == (language, True)


@pytest.mark.parametrize("text", ["ok", "12345", "kevin", "👍", "email", "non", "yes", ""])
def test_a_word_that_tells_little_keeps_the_language_of_the_conversation(
    detector: LanguageDetector, text: str
) -> None:
    assert detect(detector, text, "fr") == ("fr", False)
    assert detect(detector, text, "en") == ("en", False)


def test_without_a_conversation_the_best_guess_counts(detector: LanguageDetector) -> None:
    assert detect(detector, "non") == ("fr", False)
    assert detect(detector, "yes") == ("en", False)
    assert detect(detector, "") == ("en", False)


def test_names_and_addresses_speak_no_language(detector: LanguageDetector) -> None:
    entities = EntityFinder.load(word_use(load_examples()))
    text = "Marie-Ève Lavoie-Côté marie.eve@exemple.ca"
    assert detector.detect(text, entities.find(text), "en") == ("en", False)
    assert detect(detector, "https://exemple.ca/mon/compte/factures", "en") == ("en", False)
