"""Those who are to be added: what is said of each, and what becomes of a name or an address."""

from typing import Any

import pytest

from intents.parser import Parser
from tests.intents.meant import HELENE, JO, KEVIN, read

AMY = ("Amy Chan", "amy@example.com", {"view_invoice"})
LEO = ("Leo Chan", "leo@example.com", {"usage"})


def added(parser: Parser, language: str, said: str) -> list[tuple[str, Any, set[str]]]:
    reading = read(parser, language, said)
    assert all(wish.intent == "create_user" for wish in reading.wishes)
    return [
        (mention.said, wish.values.get("email"), set(wish.services))
        for wish in reading.wishes
        for mention in wish.whom
        if not mention.relation
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Two new people please: Amy Chan, amy@example.com, and Leo Chan, leo@example.com. "
               "English for both. Amy can view the invoice, Leo only the usage")),
        ("en", ("Add Amy Chan amy@example.com with the invoice and Leo Chan leo@example.com "
               "with the usage")),
        ("fr", ("Ajoutez Amy Chan, amy@example.com et Leo Chan, leo@example.com. "
               "Amy voit la facture, Leo la consommation")),
        ("fr", ("Deux nouvelles personnes : Amy Chan, amy@example.com, et Leo Chan, "
               "leo@example.com. La facture pour Amy, la consommation pour Leo")),
    ],
)  # fmt: skip
def test_each_newcomer_gets_what_is_said_of_them(parser: Parser, language: str, said: str) -> None:
    assert added(parser, language, said) == [AMY, LEO]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("Two new ones: my daughter Clara Roy, clara@example.com, in French, she may only "
               "view the invoice. And my tenant Sean Walsh, sean@example.com, in English, only "
               "the tv channels.")),
        ("fr", ("2 personnes à ajouter svp. Clara Roy, clara@example.com, français, consulter la "
               "facture. Et Sean Walsh, sean@example.com, anglais, les chaînes télé.")),
    ],
)  # fmt: skip
def test_strangers_of_a_list_come_each_with_their_own_address_and_language(
    parser: Parser, language: str, said: str
) -> None:
    reading = read(parser, language, said)
    told = [
        (wish.whom[0].said, wish.values["email"], wish.values["language"], wish.services)
        for wish in reading.wishes
    ]
    assert told == [
        ("Clara Roy", "clara@example.com", "fr", ("view_invoice",)),
        ("Sean Walsh", "sean@example.com", "en", ("tv_channels",)),
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "put my wife in the account: Ana Souza, ana@example.com, she must see the invoice"),
        ("en", "adding my new daughter-in-law yay 🎉 Ana Souza, ana@example.com, invoice only pls"),
        ("fr", "ajoute ma femme, Ana Souza, ana@example.com, elle doit voir la facture"),
    ],
)
def test_whoever_is_called_by_what_they_are_and_by_name_is_one(
    parser: Parser, language: str, said: str
) -> None:
    assert added(parser, language, said) == [("Ana Souza", "ana@example.com", {"view_invoice"})]


def test_what_is_said_of_both_newcomers_is_for_both(parser: Parser) -> None:
    said = "add Amy Chan (amy@example.com) and Leo Chan (leo@example.com), both get the invoice"
    assert [(who, codes) for who, _, codes in added(parser, "en", said)] == [
        ("Amy Chan", {"view_invoice"}),
        ("Leo Chan", {"view_invoice"}),
    ]


def test_somebody_called_twice_is_added_once(parser: Parser) -> None:
    said = "add my cousin Lena. Lena Osei, lena@example.com, she can see the invoice but not the TV"
    assert added(parser, "en", said) == [("Lena Osei", "lena@example.com", {"view_invoice"})]


@pytest.mark.parametrize(
    ("language", "said", "whom", "name"),
    [
        ("en", "Kevin got married, his surname is now Bergeron, can you update that",
         KEVIN, "Bergeron"),
        ("en", "Jo's surname becomes Roy", JO, "Roy"),
        ("fr", "Hélène s'est mariée, son nom de famille devient Bouchard-Roy. Merci de corriger.",
         HELENE, "Bouchard-Roy"),
        ("fr", "le nom de famille de Jo devient Roy", JO, "Roy"),
    ],
)  # fmt: skip
def test_what_a_name_becomes_is_nobody_else(
    parser: Parser, language: str, said: str, whom: str, name: str
) -> None:
    reading = read(parser, language, said)
    (wish,) = reading.wishes
    assert (wish.intent, wish.about, wish.values["name"]) == ("edit_profile", {whom}, name)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Kevin's e-mail changed, put k@example.com instead"),
        ("fr", "le courriel de Kevin a changé, mets k@example.com à la place"),
    ],
)
def test_an_address_in_the_place_of_somebodys_adds_nobody(
    parser: Parser, language: str, said: str
) -> None:
    reading = read(parser, language, said)
    assert {(wish.intent, *wish.about) for wish in reading.wishes} == {("edit_profile", KEVIN)}
    assert reading.wishes[-1].values["email"] == "k@example.com"
