"""Two requests in one message are found as two, and one as one."""

import pytest

from intents.parser import Parser


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("delete Kevin and unlock my daughter's account", ["delete_user", "unlock_user"]),
        ("who is on my account and remove Bob Smith please", ["list_users", "delete_user"]),
        ("ajoute ma fille et montre-moi qui est sur le compte", ["create_user", "list_users"]),
        (
            "How many users can I have? Also add my wife Zoé Roy",
            ["faq/max_users", "create_user"],
        ),
    ],
)
def test_two_requests_are_found_as_two(parser: Parser, text: str, intents: list[str]) -> None:
    assert [part.intent.name for part in parser.parse(text).requests] == intents


def test_each_part_has_its_own_people(parser: Parser) -> None:
    first, second = parser.parse("delete Kevin and unlock my daughter's account").requests
    assert [entity.value for entity in first.entities] == ["Kevin"]
    assert [entity.value for entity in second.entities] == ["my daughter"]


@pytest.mark.parametrize(
    "text",
    [
        "Add Priya Sharma, priya@example.org, she only needs to see the bills",
        "Ajoute Léo Tremblay-Côté, leo@exemple.ca, il a juste besoin de voir les factures",
        "take TV away from Max and let Zoé pay the bill",
        "my son is locked out, please let him back in",
        "add my wife and my daughter",
        "hello, how are you? how many users can I have",
        "delete Kevin",
        "",
    ],
)
def test_one_request_stays_one(parser: Parser, text: str) -> None:
    assert parser.parse(text).requests == ()
