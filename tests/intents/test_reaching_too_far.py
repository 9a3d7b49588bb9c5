"""Ordinary sentences that wide rules once took for a removal, a loss or a yes."""

from dataclasses import replace

import pytest

from intents.context import Card, Topic
from intents.parser import Parser
from intents.words.lexicon import Lexicon
from tests.intents.meant import KEVIN, heard, read
from tests.intents.written import at_home

HARMS = {"delete_user", "suspend_user"}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Clear Tyler's failed attempts please"),
        ("en", "dump Tyler's password and send a new one"),
        ("en", "Dump Hélène's old email, use helene@new.ca"),
        ("en", "can you bin Jo's invitation and send a fresh one"),
        ("en", "dump the other channels"),
        ("en", "I want to be clear Hélène stays"),
        ("en", "Hélène no longer wants Tyler on the account"),
        ("en", "I want to make sure Kevin doesn't lose the TV"),
        ("en", "Need help, Kevin can't use his voicemail"),
        ("en", "send it to Kevin at k@example.com and Jo at j@example.com"),
        ("en", "Add my cousin Sam Roy, sam@example.com, he's crashing in Kevin's place this week"),
        ("en", "I'm not asking you to remove Jo. Jo stays."),
        ("fr", "je te demande pas d'enlever Kevin"),
        ("en", "nothing gets to Kevin anymore, they shut his e-mail off"),
        ("fr", "dompe l'ancienne adresse de Jo"),
        ("fr", "vire les autres appareils"),
        ("fr", "Vire Jo en français s'il te plaît"),
        ("fr", "virer ma fille au forfait 20 go"),
        ("fr", "Kevin la veut pas sur le compte"),
        ("fr", "je veux que Kevin ne perde pas la télé"),
        ("fr", "j'ai besoin d'aide, Kevin n'a pas accès à la facture"),
        ("fr", "la télé, Hélène la veut pas en anglais"),
        ("fr", "Ajoute Amira Roy, amira@example.com, elle va payer la facture à la place de Kevin"),
    ],
)
def test_nobody_is_removed_and_nothing_taken(parser: Parser, language: str, said: str) -> None:
    wishes = heard(parser, language, said)
    assert not [wish for wish in wishes if wish[0] in HARMS or wish[1] == "revoke"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "delete Tyler, no, it's Jo who lives here"),
        ("fr", "supprime Kevin. Ah non, c'est Jo qui s'en occupe"),
        ("en", "delete Tyler, Hélène and Jo can keep the TV"),
        ("fr", "supprime Tyler, Kevin et Jo peuvent garder la télé"),
        ("en", "remove Tyler, and Kevin's email becomes kev@example.com"),
        ("fr", "retirez Tyler du compte, et l'adresse mail de Kevin devient kev@example.com"),
    ],
)
def test_whoever_is_only_spoken_of_behind_a_removal_stays(
    parser: Parser, language: str, said: str
) -> None:
    removed = {who for wish in heard(parser, language, said) if wish[0] in HARMS for who in wish[2]}
    assert removed <= {"id:1" if "Kevin." in said else "id:3"}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "just so we're clear, I'm not asking you to remove Jo. Jo stays."),
        ("en", "don't remove Jo. Jo stays."),
        ("fr", "enlève pas Jo. Jo reste."),
    ],
)
def test_a_refusal_that_is_said_twice_is_one(parser: Parser, language: str, said: str) -> None:
    reading = read(parser, language, said)
    assert not reading.said()
    assert [wish.about for wish in reading.said("refusal")] == [{"id:4"}]


@pytest.mark.parametrize(
    ("language", "said", "agrees"),
    [
        ("en", "go back, ok", False),
        ("fr", "retour, d'accord", False),
        ("fr", "recule, oui", False),
        ("en", "back. yes do it", True),
        ("fr", "ah bon, super", False),
        ("fr", "ah bon c'est vrai", False),
        ("fr", "ah bon, alors oui", True),
        ("en", "fancy that, right", False),
        ("en", "yes send the password link", False),
        ("en", "yes im sure, he moved out", True),
        ("en", "yes im sure, he moved out?", False),
    ],
)
def test_a_step_back_and_surprise_are_no_yes(
    parser: Parser, language: str, said: str, agrees: bool
) -> None:
    card = Card("delete_user", frozenset({KEVIN}))
    home = replace(at_home(language), card=card, topic=Topic(people=(KEVIN,)))
    answer = parser.read(parser.look(said, language_hint=language), home).answer
    assert (answer == "yes") is agrees


@pytest.mark.parametrize("language", ["en", "fr"])
def test_whatever_one_word_is_said_it_is_read(parser: Parser, language: str) -> None:
    words = {entry[0] for entry in Lexicon.load(language).entries if len(entry) == 1}
    for word in (*words, "2", "4", "4."):
        assert parser.read(parser.look(word, language_hint=language), at_home(language)).words >= 0
