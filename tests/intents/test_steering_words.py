"""Words that are the whole message, and words that count wherever they stand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.parser import Parser
from intents.reading import Reading
from intents.words.lexicon import Lexicon, languages
from intents.words.tokens import fold


def read(parser: Parser, text: str, language: str = "en") -> Reading:
    return parser.read(parser.look(text, language_hint=language))


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("back", "go_back"),
        ("  BACK!  ", "go_back"),
        ("précédent", "go_back"),
        ("PRECEDENT", "go_back"),
        ("help", "help"),
        ("aidez-moi", "help"),
        ("aide moi", "help"),
        ("start over", "restart"),
        ("recommencer", "restart"),
        ("a person", "talk_to_human"),
        ("parler à quelqu’un", "talk_to_human"),
        ("parler à quelqu'un", "talk_to_human"),
        ("répète", "repeat"),
        ("passer", "skip"),
        ("skip this", "skip"),
        ("leave the queue", "leave_queue"),
        ("quitter la file", "leave_queue"),
        ("send the code again", "resend_code"),
        ("j'ai rien reçu", "resend_code"),
        ("wrong user name", "other_name"),
        ("mauvais nom d'utilisateur", "other_name"),
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_word_means_the_same_however_and_wherever_it_is_written(
    parser: Parser, text: str, meaning: str, language: str
) -> None:
    assert read(parser, text, language).control == meaning


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("English please!", "switch_to_en"),
        ("in english", "switch_to_en"),
        ("anglais", "switch_to_en"),
        ("en français", "switch_to_fr"),
        ("en francais", "switch_to_fr"),
        ("french", "switch_to_fr"),
    ],
)
def test_a_language_alone_is_a_wish_to_go_on_in_it(parser: Parser, text: str, intent: str) -> None:
    reading = read(parser, text)
    named = f"switch_to_{reading.values.get('language')}"
    switches = reading.intent in {"switch_language", "switch_to_en", "switch_to_fr"}
    assert reading.control == intent or (switches and intent in {reading.intent, named})


def test_a_question_mark_alone_asks_for_help_or_for_the_same_again(parser: Parser) -> None:
    assert read(parser, "?").intent in {"help", "repeat"}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *((word, "yes") for word in ("yes", "Oui.", "y", "d'accord", "d’accord", "c'est ça")),
        *((word, "yes") for word in ("ok", "go ahead", "yes please", "vas-y", "mets-en", "👍")),
        *((word, "no") for word in ("no", "non merci", "nope", "n", "surtout pas", "no thank you")),
        *((word, "no") for word in ("cancel", "  CANCEL!  ", "Never mind.", "annule ça")),
        *((word, "no") for word in ("Annule ca", "laisse faire", "forget it", "👎")),
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_plain_yes_or_no_is_that_and_nothing_else(
    parser: Parser, text: str, answer: str, language: str
) -> None:
    reading = read(parser, text, language)
    assert (reading.answer, reading.wishes) == (answer, ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "yes please add her and Tom",
        "cancel my subscription",
        "no it's Marie",
        "Zoé",
        "non-fumeur",
        "not sure",
        "pas sûr",
        "pas sûre",
        "yes or no",
        "oui ou non",
        "word word word word",
        "what happens if I say yes?",
    ],
)
def test_a_longer_message_is_more_than_a_word(parser: Parser, text: str) -> None:
    reading = read(parser, text)
    assert (reading.answer, reading.control) == ("", "")


@pytest.mark.parametrize("language", languages())
def test_yes_and_no_are_never_the_same_word(language: str) -> None:
    entries = Lexicon.load(language).entries
    assert not [words for words, tags in entries.items() if {"yes", "no"} <= tags.keys()]


@pytest.mark.parametrize("language", languages())
def test_no_word_steers_and_answers(language: str) -> None:
    entries = Lexicon.load(language).entries
    answers = {"yes", "no", "cancel"}
    assert not [w for w, tags in entries.items() if "control" in tags and answers & tags.keys()]


@pytest.mark.parametrize(
    "text",
    [
        "no, it's Marie-Ève",
        "actually the e-mail is zoe@example.com",
        "sorry, Zoé Roy",
        "oops zoe@example.com",
        "Non, c'est Marie-Ève",
        "en fait, c'est Roy",
        "je voulais dire Roy",
        "plutôt le français",
        "désolée, c'est Zoé",
    ],
)
def test_a_correction_is_heard(parser: Parser, text: str) -> None:
    assert read(parser, text).has("actually", "wrong", "no", "instead", "neg")


@pytest.mark.parametrize("text", ["Zoé Lavoie", "Norah Roy", "the bills and TV", "non-fumeur", ""])
def test_a_plain_answer_is_no_correction(parser: Parser, text: str) -> None:
    assert not read(parser, text).has("actually", "wrong", "no", "instead", "neg")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *((words, "all_services") for words in ("everything", "all services", "full access")),
        *((words, "all_services") for words in ("tous les services", "accès complet", "tout")),
        *((words, "no_services") for words in ("none", "nothing for now", "no services")),
        *((words, "no_services") for words in ("rien", "aucun service", "sans accès")),
        *((words, "all_people") for words in ("everybody", "all of them", "all my users")),
        *((words, "all_people") for words in ("tout le monde", "à tous", "chacun")),
        *((words, "both") for words in ("both of them", "the two of them", "aux deux")),
        *((words, "nobody") for words in ("nobody", "none of them", "aucun d'eux")),
    ],
)
def test_all_and_none_and_everybody_and_nobody_are_told_apart(
    parser: Parser, text: str, kind: str
) -> None:
    french = any(word in text for word in ("tou", "rien", "auc", "accès", "aux", "chac"))
    assert read(parser, text, "fr" if french else "en").has(kind)


DANGER = {
    "en": [
        *("he hits me", "my husband beats me", "she threatens me", "I want to kill myself"),
        *("I think about suicide", "I am scared of him", "scared of my dad", "I'm in danger"),
        *("I am afraid of my husband", "afraid of my ex", "I am not safe at home"),
        *("my boyfriend is abusive", "I have a restraining order", "he tracks my phone"),
        *("he is forcing me", "this is against my will", "domestic violence"),
    ],
    "fr": [
        *("il me frappe", "mon mari me bat", "elle me menace", "je veux me suicider"),
        *("j'ai peur de lui", "j'ai peur de mon mari", "peur de mon ex", "peur de ma blonde"),
        *("je suis en danger", "violence conjugale", "j'ai une ordonnance de protection"),
        *("il me harcèle", "il surveille mon téléphone", "il me force", "contre mon gré"),
        *("mon conjoint est violent", "il m'oblige à faire ça", "me surveille", "me frappe"),
    ],
}


CRIES = {f"{words}{more}" for one in DANGER.values() for words in one for more in ("", ", ok?")}
MISSED = {"mon mari me bat, ok?"}
"""Known faults: cries that the detector is certain to be none. It only shrinks."""


@pytest.mark.parametrize("text", sorted(CRIES - MISSED))
@pytest.mark.parametrize("language", ["en", "fr"])
def test_danger_is_heard_wherever_it_is_said(parser: Parser, text: str, language: str) -> None:
    assert read(parser, text, language).danger == "plain"


@pytest.mark.parametrize(
    "text",
    [
        *("remove Hugo", "he is not locked", "peux-tu débarrer Léa"),
        *(
            "this bill is killing me",
            "the site forces me to change my password",
            "kill the session",
        ),
        *("block violent movies", "cette facture va me tuer"),
        "le site m'oblige à changer de NIP",
    ],
)
def test_what_is_no_danger_is_not_taken_for_it(parser: Parser, text: str) -> None:
    assert read(parser, text).danger == "none"


@pytest.mark.parametrize(
    "text",
    [
        *("My password is Hunter2!!", "pw: kitten99", "here you go, my password is xkjdq"),
        *("my PIN is 4471", "the card number is 4500 1234", "mon mot de passe est Soleil123"),
        *("mdp: minou22", "mon NIP c'est 4471"),
    ],
)
def test_a_secret_that_is_typed_is_noticed(parser: Parser, text: str) -> None:
    assert parser.read(parser.look(text)).tells_secret


@pytest.mark.parametrize(
    "text",
    [
        *("my password is wrong", "his password is expired again", "what is a PIN?"),
        *("the password: how do I change it?", "mon mot de passe est barré", "mot de passe oublié"),
        *("my password is not working", "Kevin's password is the problem"),
    ],
)
def test_what_is_said_of_a_password_is_no_secret(parser: Parser, text: str) -> None:
    assert not parser.read(parser.look(text)).tells_secret


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(st.sampled_from(["cancel", "annuler", "yes", "oui", "back"]), st.text(" .!", max_size=4))
def test_marks_around_a_word_change_nothing(parser: Parser, word: str, marks: str) -> None:
    plain, marked = read(parser, word), read(parser, f"{marks} {word.upper()}{marks}")
    assert (marked.answer, marked.control) == (plain.answer, plain.control)


@pytest.mark.parametrize("text", ["what?", "what, again please", "quoi?", "pardon?"])
def test_a_question_word_alone_asks_to_say_it_again(parser: Parser, text: str) -> None:
    assert read(parser, text).control == "repeat"


@pytest.mark.parametrize(
    "text", ["what is a secondary user?", "what users?", "quoi, un utilisateur secondaire?"]
)
def test_a_question_word_with_something_behind_it_asks_about_that(
    parser: Parser, text: str
) -> None:
    assert read(parser, text).control == ""
