"""Which name and which address is new, and of whom: what is told, and what is somebody else's."""

import pytest

from intents.parser import Parser
from tests.intents.meant import HELENE, JO, KEVIN, TYLER, heard, one, read

CHANGE = "change_rights"


def renamed(parser: Parser, language: str, said: str) -> list[tuple[str, list[str], object]]:
    wishes = read(parser, language, said).said()
    return [(w.intent, [who.value for who in w.whom], w.values.get("name")) for w in wishes]


@pytest.mark.parametrize(
    ("language", "said", "who", "name"),
    [
        ("fr", "Hélène vient de se marier, son nom est maintenant Hélène Roy. Mettez ça à jour.",
         HELENE, "Hélène Roy"),
        ("fr", "Jo s'est mariée, son nom est rendu Jo Simard. Changez-le svp.", JO, "Jo Simard"),
        ("fr", "Hélène a repris son nom de fille : Hélène Gagné. Corrige ça.",
         HELENE, "Hélène Gagné"),
        ("fr", "Jo se nomme désormais Jo Simard, mettez ça à jour", JO, "Jo Simard"),
        ("en", "Hélène just got married, her name is now Hélène Pelletier. Please update that.",
         HELENE, "Hélène Pelletier"),
        ("en", "Jo got married, her name is Jo Simard now. Change it please", JO, "Jo Simard"),
    ],
)  # fmt: skip
def test_a_name_that_is_told_and_to_be_put_right_is_one_wish(
    parser: Parser, language: str, said: str, who: str, name: str
) -> None:
    assert renamed(parser, language, said) == [("edit_profile", [who], name)]


@pytest.mark.parametrize(
    "said",
    [
        "Ajoute la blonde de Tyler, son nom est Jo Simard",
        "Ajoute Hélène Pelletier, c'est la cousine d'Hélène",
        "Son nom est Hélène Pelletier. Ajoute-la.",
    ],
)
def test_who_is_to_be_added_renames_nobody(parser: Parser, said: str) -> None:
    assert {intent for intent, _, _ in renamed(parser, "fr", said)} <= {"create_user"}


def test_a_name_that_is_told_before_another_change_is_not_changed(parser: Parser) -> None:
    said = "Son nom est Jo Simard. Change son courriel pour jo@example.com"
    assert [name for _, _, name in renamed(parser, "fr", said)] == [None]


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("enlève Kevin Gagnon", "delete_user"),
        ("enlève la télé à Kevin Gagnon", CHANGE),
        ("débloque Kevin Gagnon", "unlock_user"),
    ],
)
def test_who_has_anothers_last_name_is_nobody_here(parser: Parser, said: str, intent: str) -> None:
    (wish,) = read(parser, "fr", said).said()
    assert (wish.intent, [(who.said, who.refs) for who in wish.whom]) == (
        intent,
        [("Kevin Gagnon", ())],
    )


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("enlève Tyler Gagnon", [TYLER]),
        ("enlève Kevin Tyler", [KEVIN, TYLER]),
        ("enlève Kevin, Gagnon", [KEVIN, TYLER]),
    ],
)
def test_who_is_called_by_a_whole_name_or_one_by_one_is_known(
    parser: Parser, said: str, who: list[str]
) -> None:
    assert heard(parser, "fr", said) == one("delete_user", "", *who)


def addressed(parser: Parser, language: str, said: str) -> list[tuple[list[str], object]]:
    wishes = read(parser, language, said).said("wish", "edit_profile")
    return [([who.value for who in w.whom], w.values.get("email")) for w in wishes]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "fr",
            "faut changer ladresse a kevin, il a lâché hotmail. la nouvelle cest kev@example.com",
        ),
        ("fr", "Change le courriel de Kevin. Le nouveau c'est kev@example.com"),
        ("fr", "Change le courriel de Kevin, pas celui de Jo. C'est kev@example.com"),
        ("en", "I need to change Kevin's e-mail. The new one is kev@example.com"),
    ],
)
def test_the_new_one_is_the_address_that_is_to_change(
    parser: Parser, language: str, said: str
) -> None:
    assert addressed(parser, language, said) == [([KEVIN], "kev@example.com")]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Change le courriel de Kevin. L'ancien c'est kev@example.com"),
        ("fr", "Change le courriel de Kevin. C'était kev@example.com"),
        ("en", "change Kevin's e-mail. It's not kev@example.com"),
        ("en", "change Kevin's e-mail. It was kev@example.com"),
        ("en", "change Kevin's e-mail. Mine is kev@example.com"),
    ],
)
def test_another_address_is_not_his_new_one(parser: Parser, language: str, said: str) -> None:
    assert addressed(parser, language, said) == [([KEVIN], None)]
