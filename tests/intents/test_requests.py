"""Two requests in one message are found as two, and one as one."""

import pytest

from intents.parser import Parser


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("delete Kevin and unlock my daughter's account", ["delete_user", "unlock_user"]),
        ("who is on my account and remove Bob Smith please", ["list_users", "delete_user"]),
        ("ajoute ma fille et montre-moi qui est sur le compte", ["create_user", "list_users"]),
        ("remove Sam and unlock Léa", ["delete_user", "unlock_user"]),
        ("take TV from Sam and reset Léa's password", ["change_rights", "reset_password"]),
        ("supprime Hugo pis débarre le compte à ma fille", ["delete_user", "unlock_user"]),
        ("enlève la télé à Sam pis supprime Léa", ["change_rights", "delete_user"]),
        ("Peux-tu supprimer mon ex? Pis débarrer ma mère aussi", ["delete_user", "unlock_user"]),
        ("j'ai deux affaires: débarrer ma mère pis enlever mon ex", ["unlock_user", "delete_user"]),
        ("sign me out and remove Kevin", ["end_verification", "delete_user"]),
        ("unlock Léa and reset her password", ["unlock_user", "reset_password"]),
        ("débarre Léa pis réinitialise son mot de passe", ["unlock_user", "reset_password"]),
        ("unlock my daughter and reset her password", ["unlock_user", "reset_password"]),
        ("remove TV from Hugo then change his email", ["change_rights", "edit_profile"]),
        (
            "How many users can I have? Also add my wife Zoé Roy",
            ["faq/max_users", "create_user"],
        ),
    ],
)
def test_two_requests_are_found_as_two(parser: Parser, text: str, intents: list[str]) -> None:
    assert [part.intent.name for part in parser.parse(text).requests] == intents


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("delete Kevin and unlock my daughter's account", ["Kevin"], ["my daughter"]),
        ("supprime Hugo pis débarre le compte à ma fille", ["Hugo"], ["ma fille"]),
        (
            "take TV from Sam and reset Léa's password",
            ["revoke", "tv_channels", "Sam"],
            ["Léa"],
        ),
        ("débarre Léa pis réinitialise son mot de passe", ["Léa"], ["Léa"]),
        ("unlock my daughter and reset her password", ["my daughter"], ["my daughter"]),
    ],
)
def test_each_part_has_its_own_people(
    parser: Parser, text: str, first: list[str], second: list[str]
) -> None:
    parts = parser.parse(text).requests
    assert [[entity.value for entity in part.entities] for part in parts] == [first, second]


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
        "remove Hugo and Léa",
        "enlève Hugo pis Léa",
        "my son Ethan and my daughter Emma are both locked",
        "donne la télé à Léa pis enlève la facture à Sam",
        "I am deaf, how do I contact you",
        "after I unlock Tess, does she keep her old password",
        "Tyler is blocked, how do I unblock him",
        "je suis le titulaire et j'ai oublié mon mot de passe",
        "I forgot my username, not my password",
        "",
    ],
)
def test_one_request_stays_one(parser: Parser, text: str) -> None:
    assert parser.parse(text).requests == ()
