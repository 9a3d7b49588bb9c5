"""What small words point back to: "les lui retirer", "donne y", "my son, that's Kevin"."""

import pytest

from intents.context import Card, Topic
from intents.parser import Parser
from intents.reading import Reading
from tests.intents.meant import read

KEVIN, HELENE, TYLER = "id:1", "id:2", "id:3"
Said = tuple[str, str, str, list[str], tuple[str, ...]]


def said(reading: Reading) -> list[Said]:
    return [
        (w.mood, w.intent, w.change, [who.value for who in w.whom], tuple(w.services))
        for w in reading.wishes
    ]


TAKEN: list[Said] = [("wish", "change_rights", "revoke", [TYLER], ("tv_channels",))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Tyler n'a plus besoin des chaînes, vous pouvez les lui retirer."),
        ("fr", "Tyler n'a plus besoin des chaînes. Pouvez-vous les lui enlever?"),
        ("en", "Tyler doesn't need the channels any more, you can take them from him."),
        ("en", "Tyler doesn't need the channels any more. Could you take them off him?"),
    ],
)
def test_what_is_taken_from_somebody_is_what_was_just_named(
    parser: Parser, language: str, text: str
) -> None:
    assert said(read(parser, language, text)) == TAKEN


TOPIC = Topic(people=(KEVIN,), services=("voicemail",))


@pytest.mark.parametrize(
    ("text", "mood", "change", "services", "people"),
    [
        ("ôte y les blocs de données", "wish", "revoke", ("data_addons",), [KEVIN]),
        ("donne y la télé", "wish", "grant", ("tv_channels",), [KEVIN]),
        ("donne y", "wish", "grant", ("voicemail",), [KEVIN]),
        ("oups remet y", "wish", "grant", ("voicemail",), [KEVIN]),
        ("donne y, pis à hélène aussi", "wish", "grant", ("voicemail",), [KEVIN, HELENE]),
        ("enlève y pas la facture", "refusal", "revoke", ("view_invoice",), [KEVIN]),
    ],
)
def test_a_hyphen_forgotten_before_y_changes_nothing(  # noqa: PLR0917
    parser: Parser, text: str, mood: str, change: str, services: tuple[str, ...], people: list[str]
) -> None:
    assert said(read(parser, "fr", text, topic=TOPIC)) == [
        (mood, "change_rights", change, people, services)
    ]


@pytest.mark.parametrize("text", ["vas y", "allez y"])
def test_a_y_of_a_yes_is_nobody(parser: Parser, text: str) -> None:
    reading = read(parser, "fr", text, topic=TOPIC)
    assert reading.answer == "yes"
    assert not reading.wishes


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "Mon fils, c'est Tyler."), ("en", "My son, that's Tyler.")],
)
def test_who_a_relation_is_may_be_said_behind_a_comma(
    parser: Parser, language: str, text: str
) -> None:
    asked = read(parser, language, text, expects=frozenset({"person"}))
    assert list(asked.defined.values()) == [TYLER]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "j'aimerais que mes deux gars, Kevin pis Tyler, aient accès à la télé"),
        ("fr", "je voudrais que Kevin et Tyler, aient accès à la télé"),
        ("en", "I'd like my two boys, Kevin and Tyler, to have the TV"),
    ],
)
def test_names_between_commas_are_the_subject_of_what_is_wished(
    parser: Parser, language: str, text: str
) -> None:
    assert said(read(parser, language, text)) == [
        ("wish", "change_rights", "grant", [KEVIN, TYLER], ("tv_channels",))
    ]


@pytest.mark.parametrize(
    ("language", "text", "mood"),
    [
        ("fr", "débloquez-la, voulez-vous", "wish"),
        ("en", "unlock her, would you", "wish"),
        ("fr", "ne la débloquez pas", "refusal"),
        ("en", "don't unlock her", "refusal"),
    ],
)
def test_a_request_may_close_with_what_asks_for_it(
    parser: Parser, language: str, text: str, mood: str
) -> None:
    topic = Topic(people=(TYLER,))
    (wish,) = read(parser, language, text, topic=topic).wishes
    assert (wish.mood, wish.intent) == (mood, "unlock_user")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "n'enlevez pas la boîte vocale à Kevin, il s'en sert tous les jours"),
        ("en", "don't take the voicemail from Kevin, he uses it every day"),
    ],
)
def test_why_something_is_refused_does_not_wish_for_it(
    parser: Parser, language: str, text: str
) -> None:
    assert all(wish.mood == "refusal" for wish in read(parser, language, text).wishes)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "ah non scuse, y comprend rien en français lui, mets-le en anglais"),
        ("en", "oh no sorry, he understands nothing in French, put him in English"),
    ],
)
def test_what_a_newcomer_does_is_no_name_and_no_service(
    parser: Parser, language: str, text: str
) -> None:
    card = Card("create_user", services=frozenset({"data_addons"}))
    reading = read(parser, language, text, card=card)
    assert not reading.value
    assert not reading.name
    assert "no_services" not in reading.quantified
    assert reading.last("language") == "en"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "à Kevin jveux dire"),
        ("fr", "à Kevin, je veux dire"),
        ("en", "to Kevin I mean"),
    ],
)
def test_who_is_meant_is_put_right_behind_the_name(
    parser: Parser, language: str, text: str
) -> None:
    card = Card("change_rights", frozenset({TYLER}), frozenset({"voicemail"}))
    reading = read(parser, language, text, card=card)
    assert [who.value for who in reading.people] == [KEVIN]
    assert reading.has("actually")


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "Me revoilà. Oui, allez-y."), ("en", "I'm back. Yes, go ahead.")],
)
def test_who_is_back_at_a_card_may_agree_to_it(parser: Parser, language: str, text: str) -> None:
    card = Card("unlock_user", frozenset({TYLER}))
    assert read(parser, language, text, card=card).answer == "yes"
