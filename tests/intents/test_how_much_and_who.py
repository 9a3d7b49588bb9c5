"""How much some words cover, who is told by how they stand, and what was only so once."""

import pytest

from intents.context import Card
from intents.parser import Parser
from tests.intents.meant import HELENE, JO, KEVIN, TYLER, Heard, heard, one, read
from tests.intents.written import at_home

CHANGE = "change_rights"
ALL = "view_invoice pay_bill tv_channels data_addons usage voicemail"
NOT_THE_BILL = "tv_channels data_addons usage voicemail"
NOTHING: Heard = []


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("en", "strip Kevin of whatever he's got", one(CHANGE, "revoke", KEVIN, services=ALL)),
        ("en", "take away whatever Kevin has", one(CHANGE, "revoke", KEVIN, services=ALL)),
        ("en", "Tyler should have everything minus anything to do with the bill",
         one(CHANGE, "grant", TYLER, services=NOT_THE_BILL)),
        ("en", "take anything about the bill off Kevin",
         one(CHANGE, "revoke", KEVIN, services="view_invoice pay_bill")),
        ("en", "all Jo needs is the TV", one(CHANGE, "set", JO, services="tv_channels")),
        ("en", "strip Kevin of everything, just leave him looking at the bill",
         one(CHANGE, "revoke", KEVIN,
             services="pay_bill tv_channels data_addons usage voicemail")),
        ("en", "take it all off Kevin but let him see the bill",
         one(CHANGE, "revoke", KEVIN,
             services="pay_bill tv_channels data_addons usage voicemail")),
        ("en", "let Kevin have the usage page and the voicemail box",
         one(CHANGE, "grant", KEVIN, services="usage voicemail")),
        ("fr", "enlève à Kevin tout ce qui touche à la facture",
         one(CHANGE, "revoke", KEVIN, services="view_invoice pay_bill")),
        ("fr", "Kevin a droit à tout sauf ce qui concerne la facture",
         one(CHANGE, "grant", KEVIN, services=NOT_THE_BILL)),
        ("fr", "Hélène ne paie plus la facture, ôte-lui ce droit",
         one(CHANGE, "revoke", HELENE, services="pay_bill")),
        ("en", "give Kevin the TV. sorry I said TV, I meant voicemail",
         one(CHANGE, "grant", KEVIN, services="voicemail")),
        ("fr", "tout ce que Jo a besoin c'est la télé",
         one(CHANGE, "set", JO, services="tv_channels")),
        ("en", "Right now Hélène can only look at the bill. Let her pay it",
         one(CHANGE, "grant", HELENE, services="pay_bill")),
    ],
)  # fmt: skip
def test_as_much_is_meant_as_the_words_cover(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("en", "also TV off for Jo please", one(CHANGE, "revoke", JO, services="tv_channels")),
        ("en", "TV on for Kevin please, bill off for Hélène",
         one(CHANGE, "grant", KEVIN, services="tv_channels")
         + one(CHANGE, "revoke", HELENE, services="view_invoice")),
        ("en", "Jo is fine but she's not to use voicemail",
         one(CHANGE, "revoke", JO, services="voicemail")),
        ("en", "Stop Kevin paying. No wait, he can still pay, but he's not to see the usage",
         one(CHANGE, "revoke", KEVIN, services="usage")),
        ("en", "take the TV from Jo. Leave the rest of hers as is",
         one(CHANGE, "revoke", JO, services="tv_channels")),
        ("fr", "crisse Tyler dehors de mon compte", one("delete_user", "", TYLER)),
    ],
)  # fmt: skip
def test_what_is_done_is_read_whatever_says_it(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    "said",
    [
        "TV on Saturday for Jo",
        "the bill on Kevin's phone",
        "why is the TV off for Jo",
        "Kevin can take Jo's place",
        "I told her not to pay the bill",
        "Last spring Tyler was locked out every other day, and then Jo was taken off",
        "Tyler was locked out last week",
        "My friend Jo got the invitation but he erase it by mistake",
        "Kevin keeps telling me to take Tyler off the account. I will not do that, Tyler stays",
        "My husband told me to remove Jo. I'm not doing that.",
        "he always pays me back",
    ],
)
def test_what_is_only_told_is_no_wish(parser: Parser, said: str) -> None:
    assert heard(parser, "en", said) == NOTHING


@pytest.mark.parametrize("said", ["Tyler était barré", "il enlève la télé à Jo"])
def test_what_is_only_told_in_french_is_no_wish(parser: Parser, said: str) -> None:
    assert heard(parser, "fr", said) == NOTHING


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "the one who's locked, unlock him"),
        ("en", "the one thats locked out, can you open his account back up"),
        ("fr", "celui qui est barré, débarre-le"),
    ],
)
def test_how_somebody_stands_tells_who_and_is_no_order_to_lock(
    parser: Parser, language: str, said: str
) -> None:
    assert heard(parser, language, said) == one("unlock_user", "", TYLER)


@pytest.mark.parametrize(
    ("said", "whom", "name"),
    [
        ("Jo got married! surname's Tremblay-Fox now", JO, "Tremblay-Fox"),
        ("Kevin took his wife's name, he's Kevin Walsh now", KEVIN, "Kevin Walsh"),
        ("Hélène remarried. She goes by Hélène Lavoie. Could you put that right", HELENE,
         "Hélène Lavoie"),
        ("change Kevin's last name to Will please", KEVIN, "Will"),
    ],
)  # fmt: skip
def test_whose_name_it_is_now_is_one_change_of_a_profile(
    parser: Parser, said: str, whom: str, name: str
) -> None:
    (wish,) = read(parser, "en", said).wishes
    assert (wish.intent, wish.about, wish.values["name"]) == ("edit_profile", {whom}, name)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("my sister can have his spot: Maya Haddad, maya@example.com, usage only", "Maya Haddad"),
        ("there is room for my sister: Amal O'Brien, amal@example.com, French, the bill",
         "Amal O'Brien"),
        ("my roommate: Grace Kim, grace.kim@example.com. add her in English", "Grace Kim"),
    ],
)  # fmt: skip
def test_whoever_is_introduced_with_an_address_is_added(
    parser: Parser, said: str, name: str
) -> None:
    (wish,) = read(parser, "en", said).wishes
    assert (wish.intent, [who.said for who in wish.whom]) == ("create_user", [name])


@pytest.mark.parametrize("said", ["did my wife delete Kevin?", "has my brother removed Kevin?"])
def test_who_may_have_done_it_is_nobody_it_was_done_to(parser: Parser, said: str) -> None:
    reading = read(parser, "en", said)
    assert reading.said("wish") == []
    assert [who.value for who in reading.people] == [KEVIN]


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("en", "figures. yes give him both", "yes"),
        ("en", "yes he'll misuse it", ""),
        ("en", "yes, that too", "yes"),
        ("fr", "oui les deux", "yes"),
        ("fr", "oui, ça aussi", "yes"),
        ("en", "yea, who asked for that", ""),
        ("en", "yes psych", ""),
        ("fr", "oui mettons", ""),
        ("fr", "oké pis là", ""),
        ("fr", "oui pourquoi pas", "yes"),
        ("fr", "ouin c'est ça", "yes"),
        ("fr", "ouin", ""),
        ("fr", "ouin, je sais pas", ""),
        ("fr", "oui je confirme, j'niaise", ""),
    ],
)
def test_a_remark_beside_a_yes_is_weighed(
    parser: Parser, language: str, said: str, meant: str
) -> None:
    card = Card(CHANGE, frozenset({KEVIN}), frozenset({"tv_channels", "usage"}), (), "grant")
    context = at_home(language, card=card)
    assert parser.read(parser.look(said, language_hint=language), context).answer == meant


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("en", "take the bill from Jo, she keeps the rest",
         one(CHANGE, "revoke", JO, services="view_invoice")),
        ("fr", "Enlevez à Hélène le paiement de la facture, elle garde le reste.",
         one(CHANGE, "revoke", HELENE, services="pay_bill")),
        ("en", "remove everyone but Jo stays", one("delete_user", "", KEVIN, HELENE, TYLER)),
    ],
)  # fmt: skip
def test_who_keeps_the_rest_is_not_spared_what_is_taken(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant


@pytest.mark.parametrize(
    ("language", "said", "alarms"),
    [
        ("en", "a man rang, he wanted my password", True),
        ("fr", "un monsieur a appelé, il voulait mon mot de passe", True),
        ("en", "Kevin wants his password", False),
        ("en", "she wants my password changed", False),
        ("fr", "Kevin veut un nouveau mot de passe", False),
    ],
)
def test_whoever_wants_a_secret_of_the_writer_is_an_alarm(
    parser: Parser, language: str, said: str, *, alarms: bool
) -> None:
    assert read(parser, language, said).has("alarm") == alarms


def test_how_harsh_something_is_adds_nothing(parser: Parser) -> None:
    assert not read(parser, "en", "deleting is too harsh").has("also")
    assert read(parser, "en", "give Kevin the TV too").has("also")


def test_that_is_forgotten_is_what_the_card_shows(parser: Parser) -> None:
    context = at_home("en", card=Card("reset_password", frozenset({KEVIN})))
    said = "forget about that, it's Tyler who must be unlocked"
    reading = parser.read(parser.look(said, language_hint="en"), context)
    assert reading.has("cancel")
    assert [wish.intent for wish in reading.wishes] == ["unlock_user"]


def test_a_last_name_that_changes_leaves_the_first(parser: Parser) -> None:
    (wish,) = read(parser, "fr", "Kevin change de nom de famille pour Khoury").wishes
    assert (wish.values["fields"], wish.values["name"]) == (["last_name"], "Khoury")


@pytest.mark.parametrize(
    ("language", "said", "meant"),
    [
        ("en", "give Kevin voicemail and Jo nothing",
         one(CHANGE, "grant", KEVIN, services="voicemail")),
        ("en", "give Jo the TV but nothing to Kevin",
         one(CHANGE, "grant", JO, services="tv_channels")),
        ("en", "give Kevin the TV and nothing else",
         one(CHANGE, "set", KEVIN, services="tv_channels")),
        ("fr", "donne la télé à Kevin, et rien à Jo",
         one(CHANGE, "grant", KEVIN, services="tv_channels")),
        ("fr", "j'veux que kevin pis hélène aient la boîte vocale, pis tyler rien pantoute",
         one(CHANGE, "grant", KEVIN, HELENE, services="voicemail")),
        ("en", "everyone gets voicemail except the locked one",
         one(CHANGE, "grant", KEVIN, HELENE, JO, services="voicemail")),
    ],
)  # fmt: skip
def test_who_gets_nothing_is_given_nothing(
    parser: Parser, language: str, said: str, meant: Heard
) -> None:
    assert heard(parser, language, said) == meant
