"""At a card that removes somebody: who is kept is not removed; what is wished instead counts."""

import pytest

from intents.context import Card, Topic
from intents.parser import Parser
from intents.reading import Reading
from tests.intents.written import REFS, at_home

KEPT = [
    ("en", "she can stay"),
    ("en", "let him stay"),
    ("en", "Kevin stays where he is"),
    ("en", "hmm no, he gets to stay. He helped a lot"),
    ("fr", "finalement il peut rester"),
    ("fr", "qu'il reste"),
    ("fr", "laisse-le"),
    ("fr", "Kevin reste avec nous autres"),
]
INSTEAD = [
    ("en", "that's too harsh. he can stay, only stop him paying the bill", "pay_bill"),
    ("en", "nah he can stay, just take the TV off him", "tv_channels"),
    ("en", "mmm let him stay, I only want the tv gone", "tv_channels"),
    ("fr", "il peut rester, enlève-lui juste la télé", "tv_channels"),
    ("fr", "c'est trop, garde-le, mais qu'il arrête de payer la facture", "pay_bill"),
]
ANOTHER = [
    ("en", "keep Kevin, remove Jo"),
    ("en", "no wait, he stays! it's Jo who is moving. Take Jo off the account"),
    ("fr", "non attends, garde Kevin! c'est Jo qui s'en va. Elle, enlève-la du compte"),
    ("fr", "garde-le, enlève plutôt Jo"),
]
NOBODY = [
    ("en", "does he stay?"),
    ("en", "he stays no longer"),
    ("en", "let him keep the tv"),
    ("en", "ok give him a kiss from me"),
    ("fr", "il reste-tu?"),
    ("fr", "laisse-le voir la facture"),
    ("fr", "il reste pas"),
    ("fr", "non, donne-lui plutôt la tv"),
    ("en", "no, give him instead the tv"),
]


def at_card(parser: Parser, language: str, text: str) -> Reading:
    kevin = REFS["Kevin"]
    card, topic = Card("delete_user", frozenset({kevin})), Topic((kevin,), intent="delete_user")
    context = at_home(language, card=card, topic=topic)
    return parser.read(parser.look(text, language_hint=language), context)


def kept(reading: Reading) -> set[str]:
    return {who for wish in reading.said("refusal", "delete_user") for who in wish.about}


@pytest.mark.parametrize(("language", "text"), KEPT)
def test_to_keep_somebody_is_a_no(parser: Parser, language: str, text: str) -> None:
    reading = at_card(parser, language, text)
    assert (reading.answer, reading.said()) == ("no", [])


@pytest.mark.parametrize(("language", "text", "service"), INSTEAD)
def test_who_is_kept_can_lose_a_service(
    parser: Parser, language: str, text: str, service: str
) -> None:
    reading = at_card(parser, language, text)
    [wish] = reading.said()
    assert kept(reading) == {REFS["Kevin"]}
    assert (wish.change, wish.services, wish.about) == ("revoke", (service,), {REFS["Kevin"]})


@pytest.mark.parametrize(("language", "text"), ANOTHER)
def test_who_is_kept_is_not_on_the_card_of_another(
    parser: Parser, language: str, text: str
) -> None:
    reading = at_card(parser, language, text)
    assert kept(reading) == {REFS["Kevin"]}
    assert [wish.about for wish in reading.said()] == [{REFS["Jo"]}]


@pytest.mark.parametrize(("language", "text"), NOBODY)
def test_what_keeps_nobody_is_no_refusal(parser: Parser, language: str, text: str) -> None:
    assert kept(at_card(parser, language, text)) == set()


STOPPED = [
    ("en", "stop Kevin paying the bill"),
    ("en", "please stop Kevin from paying"),
    ("en", "can you make Kevin stop paying the bill"),
    ("en", "I'd like Kevin to stop paying the bill"),
    ("fr", "je veux que Kevin arrête de payer la facture"),
    ("fr", "fais arrêter Kevin de payer"),
    ("fr", "Kevin doit cesser de payer la facture"),
]
NOT_STOPPED = [
    ("en", "Stop! Kevin pays the bill"),
    ("en", "stop it, Kevin pays the bill"),
    ("fr", "arrête, Kevin paie la facture"),
]


@pytest.mark.parametrize(("language", "text"), STOPPED)
def test_to_stop_somebody_takes_what_they_do(parser: Parser, language: str, text: str) -> None:
    reading = parser.read(parser.look(text, language_hint=language), at_home(language))
    [wish] = reading.said()
    assert (wish.change, wish.services, wish.about) == ("revoke", ("pay_bill",), {REFS["Kevin"]})


@pytest.mark.parametrize(("language", "text"), NOT_STOPPED)
def test_a_stop_by_itself_takes_nothing(parser: Parser, language: str, text: str) -> None:
    reading = parser.read(parser.look(text, language_hint=language), at_home(language))
    assert not [wish for wish in reading.said() if wish.change == "revoke"]
