"""When words that say danger outright are meant: who does it to whom, and in which tone."""

import pytest

from intents.parser import Parser
from intents.reading import Reading


def read(parser: Parser, text: str) -> Reading:
    return parser.read(parser.look(text))


@pytest.mark.parametrize(
    "text",
    [
        *("the site forces me to change my password", "your app keeps forcing me to update"),
        *("le portail m'oblige à changer de NIP", "votre application me menace de fermer"),
        *("this password rule is abusive", "the new policy hits us hard"),
    ],
)
def test_what_a_thing_does_is_no_plain_danger(parser: Parser, text: str) -> None:
    assert read(parser, text).danger != "plain"


@pytest.mark.parametrize(
    "text",
    [
        *("my wife says she'll kill me if I don't get the hockey channel back lol", "haha kill me"),
        *(
            "ma blonde va me tuer si je remets pas le hockey haha",
            "this bill is going to kill me lol",
        ),
    ],
)
def test_a_laugh_is_no_plain_danger(parser: Parser, text: str) -> None:
    assert read(parser, text).danger != "plain"


@pytest.mark.parametrize(
    "text",
    [
        "my boss forces me to stay",
        "he often hits me",
        "mon conjoint me force",
        "il me frappe souvent",
    ],
)
def test_what_somebody_does_is(parser: Parser, text: str) -> None:
    assert read(parser, text).danger == "plain"


def test_a_subject_is_no_danger_in_a_longer_message(parser: Parser) -> None:
    policy = "I study domestic violence policy, does your site have a page about safety features?"
    assert read(parser, policy).danger == "none"
    assert read(parser, "it is domestic violence").danger == "plain"


@pytest.mark.parametrize(
    "text", ["I am not in danger", "je suis plus en danger", "it was a joke", "c'était une blague"]
)
def test_who_takes_it_back_is_understood(parser: Parser, text: str) -> None:
    reading = read(parser, text)
    assert reading.says_well
    assert reading.danger != "plain"


@pytest.mark.parametrize(
    "text",
    [
        *("I don't think I'm safe", "I'm not sure I'm safe now", "this is no false alarm"),
        *("c'est pas une joke", "je pense pas que je suis en sécurité", "am I safe now?"),
    ],
)
def test_who_doubts_or_denies_it_takes_nothing_back(parser: Parser, text: str) -> None:
    assert not read(parser, text).says_well


def test_taking_back_does_not_hide_what_is_said_with_it(parser: Parser) -> None:
    assert read(parser, "I'm fine now but he beat me yesterday").danger == "plain"


@pytest.mark.parametrize("text", ["yes haha", "oui lol", "yes lol", "oui haha"])
def test_a_laugh_leaves_a_yes_a_yes(parser: Parser, text: str) -> None:
    assert read(parser, text).answer == "yes"
