"""What is said to be fine stays as it is, who was left out stays out, and who begs wishes."""

import pytest

from intents.context import Card, Context, Person
from intents.parser import Parser
from tests.intents.meant import HELENE, JO, KEVIN, TYLER, Heard, heard, one, read

CHANGE = "change_rights"
NOTHING: Heard = []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "lock Kevin out of paying the bill, looking at the invoice is still ok"),
        ("en", "I don't want Kevin paying the bill any more, seeing it is okay"),
        ("fr", "je veux plus que Kevin paye la facture, la voir c'est correct par exemple"),
        ("fr", "je veux plus que Kevin paye la facture, mais la voir c'est correct"),
    ],
)
def test_what_is_found_fine_is_not_taken(parser: Parser, language: str, said: str) -> None:
    assert heard(parser, language, said) == one(CHANGE, "revoke", KEVIN, services="pay_bill")


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("en", "remove Kevin, Jo is fine", one("delete_user", "", KEVIN)),
        ("en", "delete Kevin, Jo is ok where she is", one("delete_user", "", KEVIN)),
        ("en", "give TV to Kevin, Jo is fine with it",
         one(CHANGE, "grant", KEVIN, services="tv_channels")),
        ("fr", "enlève Kevin, Jo est correct", one("delete_user", "", KEVIN)),
    ],
)  # fmt: skip
def test_who_is_fine_is_left_alone(parser: Parser, language: str, said: str, meant: Heard) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "Everybody has moved out but Kevin. Take them all off my account, just keep him",
        "Everybody moved out except Kevin. Remove them",
        "Everybody but Kevin is gone. He stays, delete all of them",
    ],
)
def test_who_was_left_out_is_none_of_them(parser: Parser, said: str) -> None:
    (wish,) = heard(parser, "en", said)
    assert wish == one("delete_user", "", HELENE, TYLER, JO)[0]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "give Kevin all the services, every one"),
        ("en", "give all services, every one of them, to Kevin"),
    ],
)
def test_every_one_of_the_services_is_no_person(parser: Parser, language: str, said: str) -> None:
    (wish,) = read(parser, language, said).said()
    assert [who.refs for who in wish.whom] == [(KEVIN,)]


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("en", "the account of Tyler is lock, open it", one("unlock_user", "", TYLER)),
        ("en", "Tyler's account is block, open please", one("unlock_user", "", TYLER)),
        ("en", "make sure Kevin is locked", one("suspend_user", "", KEVIN)),
        ("en", "the voicemail is coming off Kevin",
         one(CHANGE, "revoke", KEVIN, services="voicemail")),
        ("en", "Kevin is coming off a night shift", NOTHING),
        ("en", "shoot! give Kevin the TV", one(CHANGE, "grant", KEVIN, services="tv_channels")),
        ("fr", "donne la télé à Kevin et non à Jo",
         one(CHANGE, "grant", KEVIN, services="tv_channels")),
        ("fr", "je voudrais que Kevin garde la télé mais qu'il ne voie plus la facture",
         one(CHANGE, "revoke", KEVIN, services="view_invoice")),
        ("fr", "je voudrais que Jo parte et que Kevin ait la télé",
         one(CHANGE, "grant", KEVIN, services="tv_channels")),
        ("fr", "Kevin dort. lui tu peux l'enlever du compte", one("delete_user", "", KEVIN)),
        ("fr", "pas grand temps là: débloque Tyler", one("unlock_user", "", TYLER)),
        ("en", "everyone but Kevin can come off the account now, they've all moved out",
         one("delete_user", "", HELENE, TYLER, JO)),
        ("en", "put voicemail on for everybody bar Tyler, he burns through it",
         one(CHANGE, "grant", KEVIN, HELENE, JO, services="voicemail")),
        ("en", "Jo's TV is to be removed", one(CHANGE, "revoke", JO, services="tv_channels")),
        ("fr", "la télé de Jo est à enlever", one(CHANGE, "revoke", JO, services="tv_channels")),
        ("en", "make sure Kevin is locked out of the TV",
         one(CHANGE, "revoke", KEVIN, services="tv_channels")),
        ("en", "block data for Kevin", one(CHANGE, "revoke", KEVIN, services="data_addons")),
        ("en", "Kevin and Jo moved out but Hélène didn't. Remove them",
         one("delete_user", "", KEVIN, JO)),
        ("en", "everybody but Jo likes TV. Give them the TV",
         one(CHANGE, "grant", KEVIN, HELENE, TYLER, services="tv_channels")),
        ("en", "TV for Kevin until Friday, not for Jo",
         one(CHANGE, "grant", KEVIN, services="tv_channels")),
        ("en", "Kevin's last name shouldn't be Nguyen", NOTHING),
        ("en", "is the TV coming off Jo?", NOTHING),
        ("en", "the TV charge is coming off Jo's bill", NOTHING),
        ("en", "my brother was wondering if Kevin could have the TV, I told him no", NOTHING),
        ("en", "Kevin could see the bill back then", NOTHING),
        ("en", "He can still look at the bill, Kevin just shouldn't be able to pay it any more",
         one(CHANGE, "revoke", KEVIN, services="pay_bill")),
        ("en", "take the TV off Kevin, and while you're in there let Jo see the invoice?",
         [*one(CHANGE, "revoke", KEVIN, services="tv_channels"),
          *one(CHANGE, "grant", JO, services="view_invoice")]),
    ],
)  # fmt: skip
def test_small_words_change_no_meaning(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said", "mood"),
    [
        ("en", "can Kevin have voicemail pls", "wish"),
        ("en", "I was wondering if Kevin could get the voicemail", "wish"),
        ("en", "could you take Jo off and let Kevin use voicemail?", "wish"),
        ("fr", "est-ce que Kevin peut avoir la boîte vocale svp", "wish"),
        ("en", "can you please tell me if Kevin has the voicemail", "question"),
        ("en", "do you know whether Kevin has voicemail", "question"),
        ("en", "does Kevin have voicemail please", "question"),
        ("fr", "peux-tu me dire si Kevin a la boîte vocale svp", "question"),
    ],
)
def test_who_begs_wishes_and_who_wonders_asks(
    parser: Parser, language: str, said: str, mood: str
) -> None:
    last = read(parser, language, said).wishes[-1]
    assert (last.mood, last.services) == (mood, ("voicemail",))


DELETES_JO = Card("delete_user", frozenset({JO}))
TAKES_TV = Card(CHANGE, frozenset({JO}), frozenset({"tv_channels"}), change="revoke")


@pytest.mark.parametrize(
    ("language", "card", "said", "answer"),
    [
        ("en", DELETES_JO, "yes yes of course my friend, it is good like that", "yes"),
        ("en", DELETES_JO, "Oh yes love, you go right ahead", "yes"),
        ("en", DELETES_JO, "yep, she moved to Halifax last week", "yes"),
        ("en", DELETES_JO, "of course my friend, lock him", ""),
        ("fr", TAKES_TV, "la télé c'est correct", ""),
        ("fr", TAKES_TV, "lui, tu peux l'enlever du compte", ""),
        ("en", TAKES_TV, "yup, take them", "yes"),
    ],
)
def test_a_yes_has_whom_it_is_said_to_beside_it_and_nothing_else(
    parser: Parser, language: str, card: Card, said: str, answer: str
) -> None:
    assert read(parser, language, said, card=card, expects=frozenset({"confirmation"})).answer == (
        answer
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "say yes to Kevin, no to Jo"),
        ("en", "Kevin can have his. Jo no, she is only 13"),
        ("en", "Kevin can have it. Not Jo, she is 13"),
        ("fr", "dis oui à Kevin, non à Jo"),
    ],
)
def test_who_is_told_yes_and_who_no(parser: Parser, language: str, said: str) -> None:
    told = [(v.decision, v.whom and v.whom.refs) for v in read(parser, language, said).verdicts]
    assert told == [("approve", (KEVIN,)), ("decline", (JO,))]


@pytest.mark.parametrize(
    ("language", "said", "whom"),
    [
        ("en", "remove the one who has nothing", TYLER),
        ("fr", "celui des deux qui n'a rien, enlève-le", TYLER),
        ("en", "remove the one who has the voicemail", KEVIN),
    ],
)
def test_somebody_is_told_by_what_they_have(
    parser: Parser, language: str, said: str, whom: str
) -> None:
    people = (
        Person(KEVIN, "Kevin", "O'Brien", services=frozenset({"voicemail"})),
        Person(TYLER, "Tyler", "Gagnon"),
    )
    at_home = Context(language, people, services=("voicemail",))
    (wish,) = parser.read(parser.look(said), at_home).said()
    assert [who.refs for who in wish.whom] == [(whom,)]
