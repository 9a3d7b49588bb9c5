"""A yes that points at what the card shows, or denies a doubt first."""

from datetime import UTC, datetime, timedelta

import pytest

from intents.context import Card
from intents.parser import Parser
from tests.intents.meant import JO, TYLER, read
from tests.intents.written import at_home

CHANGE = "change_rights"
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
GIVES = Card(CHANGE, frozenset({JO}), frozenset({"tv_channels"}), change="grant")
TAKES = Card(CHANGE, frozenset({JO}), frozenset({"tv_channels"}), change="revoke")


@pytest.mark.parametrize("card", [GIVES, TAKES], ids=["gives", "takes"])
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "yes, only her"),
        ("en", "Yes, she is the one."),
        ("en", "yes, just Jo"),
        ("en", "No, no, I have no second thoughts. Do go ahead."),
        ("fr", "oui, à elle"),
        ("fr", "oui juste elle"),
        ("fr", "oui, Jo seulement"),
        ("fr", "oui aussi"),
        ("fr", "non non, je me trompe pas, alors oui, faites-le"),
    ],
)
def test_a_yes_may_point_at_all_that_is_shown(
    parser: Parser, language: str, text: str, card: Card
) -> None:
    assert read(parser, language, text, card=card).answer == "yes"


@pytest.mark.parametrize("card", [GIVES, TAKES], ids=["gives", "takes"])
@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "yes, only Kevin"),
        ("en", "yes, before you do that"),
        ("en", "Yes, she's here."),
        ("fr", "Oui, elle est ici."),
        ("en", "Yes, this is Jo."),
        ("en", "No, I have concerns. Okay."),
        ("fr", "Non, j'ai des doutes. Ok."),
        ("en", "Don't! Stop! OK!"),
        ("en", "You heard right: no. Okay, thanks."),
        ("en", "No, no issues, I'm fine."),
        ("fr", "Non, pas de correction, c'est beau."),
        ("en", "Yes, before she was nice."),
        ("fr", "Oui, avant elle habitait ici."),
        ("fr", "Oui, et aussi"),
        ("en", "yes, her sister"),
        ("en", "no, I'm not mistaken. Not her"),
        ("en", "yes, not her"),
        ("fr", "oui, à Kevin"),
        ("fr", "oui mais juste elle"),
        ("fr", "non, je me trompe pas"),
    ],
)
def test_a_yes_that_points_elsewhere_is_none(
    parser: Parser, language: str, text: str, card: Card
) -> None:
    assert read(parser, language, text, card=card).answer != "yes"


def test_of_several_on_a_card_only_her_is_no_yes_to_all(parser: Parser) -> None:
    card = Card("delete_user", frozenset({JO, TYLER}))
    assert read(parser, "en", "yes, only her", card=card).answer != "yes"


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        ("en", "yes, for two weeks", "yes"),
        ("en", "yep, two weeks is good", "yes"),
        ("fr", "oui, pour deux semaines svp", "yes"),
        ("en", "yes, for three weeks", ""),
        ("en", "Yes, in two weeks.", ""),
        ("fr", "oui, jusqu'à demain", ""),
    ],
)
def test_the_end_that_a_card_shows_may_be_said_again_with_a_yes(
    parser: Parser, language: str, text: str, answer: str
) -> None:
    until = NOON + timedelta(weeks=2) - timedelta(minutes=3)  # it was shown three minutes ago
    card = Card("suspend_user", frozenset({JO}), kinds=frozenset({"until"}), until=until)
    context = at_home(language, card=card, now=NOON)
    assert parser.read(parser.look(text, language_hint=language), context).answer == answer


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "non non t'as ben compris, fais-le"),
        ("en", "nah don't cancel it, do it"),
        ("fr", "Non, je n'ai pas de question, fais-le"),
    ],
)
def test_a_no_to_the_doubt_is_no_no_to_the_card(parser: Parser, language: str, text: str) -> None:
    assert read(parser, language, text, card=TAKES).answer == "yes"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Yes, the TV is for Jo."),
        ("fr", "Oui, la télé est à elle."),
    ],
)
def test_a_yes_that_gives_what_the_card_takes_is_none(
    parser: Parser, language: str, text: str
) -> None:
    assert read(parser, language, text, card=TAKES).answer != "yes"
