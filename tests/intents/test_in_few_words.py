"""What is said in few words, or beside the wish: a verb at its end, a heading, who has it."""

import pytest

from intents.parser import Parser
from tests.intents.written import REFS, at_home

Wishes = list[tuple[str, str, str, set[str], set[str]]]
KEVIN, HELENE, TYLER, JO = (REFS[name] for name in ("Kevin", "Hélène", "Tyler", "Jo"))
ALL_BUT_TV = {"view_invoice", "pay_bill", "data_addons", "usage", "voicemail"}


def heard(parser: Parser, language: str, text: str) -> Wishes:
    reading = parser.read(parser.look(text, language_hint=language), at_home(language))
    return [
        (wish.mood, wish.intent, wish.change, {w.value for w in wish.whom}, set(wish.services))
        for wish in reading.wishes
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "give Tyler the data add-ons. not the bill, only the data add-ons"),
        ("en", "give Tyler the data add-ons. Only the data add-ons for Tyler"),
        ("fr", "mets les blocs de données à Tyler. pas la facture, rien que les blocs"),
        ("fr", "mets les blocs de données à Tyler. Juste les blocs de données"),
    ],
)
def test_an_only_behind_a_gift_limits_it_and_takes_nothing(
    parser: Parser, language: str, text: str
) -> None:
    wanted = [("wish", "change_rights", "grant", {TYLER}, {"data_addons"})]
    assert heard(parser, language, text) == wanted


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Tyler should have only the TV"),
        ("en", "give Tyler the TV and nothing else"),
        ("fr", "Tyler doit avoir juste la télé"),
        ("fr", "Tyler garde juste la télé"),
    ],
)
def test_an_only_of_its_own_is_all_that_there_shall_be(
    parser: Parser, language: str, text: str
) -> None:
    assert heard(parser, language, text)[-1][2:] == ("set", {TYLER}, {"tv_channels"})


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "you can take everything from Tyler, except his TV, that he can keep"),
        ("fr", "tu peux toute ôter à Tyler, excepté ses postes de tv, ça y peut les garder"),
        ("en", "take everything from Tyler, except his TV"),
        ("fr", "enlève tout à Tyler, sauf la télé, ça il peut la garder"),
    ],
)
def test_who_keeps_what_was_left_out_loses_the_rest(
    parser: Parser, language: str, text: str
) -> None:
    assert heard(parser, language, text) == [
        ("wish", "change_rights", "revoke", {TYLER}, ALL_BUT_TV)
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Jo must no longer pay the bill, only look at it"),
        ("en", "Jo shouldn't be able to pay the bill any more, just view it"),
        ("fr", "Jo ne doit plus pouvoir régler la facture, uniquement la consulter"),
    ],
)
def test_who_shall_only_see_the_bill_no_longer_pays_it(
    parser: Parser, language: str, text: str
) -> None:
    assert heard(parser, language, text) == [
        ("wish", "change_rights", "revoke", {JO}, {"pay_bill"})
    ]


@pytest.mark.parametrize(
    ("language", "text", "mood"),
    [
        ("en", "usage Kevin remove please", "wish"),
        ("en", "Kevin's usage, remove please", "wish"),
        ("en", "usage Kevin, not remove", "refusal"),
        ("fr", "utilisation Kevin enlever svp", "wish"),
        ("fr", "l'utilisation de Kevin, enlever svp", "wish"),
    ],
)
def test_a_verb_at_the_end_does_what_it_says(
    parser: Parser, language: str, text: str, mood: str
) -> None:
    assert heard(parser, language, text) == [(mood, "change_rights", "revoke", {KEVIN}, {"usage"})]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the TV for Kevin, remove Jo"),
        ("fr", "la télé à Kevin, enlève Jo"),
    ],
)
def test_a_verb_with_somebody_behind_it_is_about_them(
    parser: Parser, language: str, text: str
) -> None:
    assert heard(parser, language, text) == [
        ("wish", "change_rights", "grant", {KEVIN}, {"tv_channels"}),
        ("wish", "delete_user", "", {JO}, set()),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "give the TV to Kevin, Jo already has it"),
        ("en", "give the TV to Kevin. Jo has it already"),
        ("fr", "donne la télé à Kevin, Jo elle l'a déjà"),
        ("fr", "donne la télé à Kevin, Jo l'a déjà"),
    ],
)
def test_who_has_it_already_is_not_meant(parser: Parser, language: str, text: str) -> None:
    wanted = [("wish", "change_rights", "grant", {KEVIN}, {"tv_channels"})]
    assert heard(parser, language, text) == wanted
    said = parser.look(text, language_hint=language)
    asked = parser.read(said, at_home(language, expects=frozenset({"person"})))
    assert [mention.value for mention in asked.people] == [KEVIN]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "give the TV to Kevin, Jo wants it too"),
        ("fr", "donne la télé à Kevin, Jo la veut aussi"),
    ],
)
def test_who_wants_it_too_is_meant(parser: Parser, language: str, text: str) -> None:
    assert {who for _, _, _, whom, _ in heard(parser, language, text) for who in whom} == {
        KEVIN,
        JO,
    }


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "To add: Liam Walsh, liam@example.com, language English, usage only."),
        (
            "fr",
            "À ajouter : Liam Walsh, liam@example.com, langue anglaise, utilisation uniquement.",
        ),
    ],
)
def test_a_heading_says_what_is_done(parser: Parser, language: str, text: str) -> None:
    assert heard(parser, language, text) == [("wish", "create_user", "", {"Liam Walsh"}, {"usage"})]


@pytest.mark.parametrize(("language", "text"), [("en", "nothing to add"), ("fr", "rien à ajouter")])
def test_nothing_to_add_adds_nobody(parser: Parser, language: str, text: str) -> None:
    assert heard(parser, language, text) == []


@pytest.mark.parametrize(
    ("language", "text", "intent"),
    [
        ("en", "add the TV for my roommate", "change_rights"),
        ("en", "add my roommate with the TV", "create_user"),
        ("en", "add the TV for my roommate, rose@example.com", "create_user"),
        ("fr", "rajoute les chaines tv a ma coloc stp", "change_rights"),
        ("fr", "ajoute ma coloc avec la télé", "create_user"),
    ],
)
def test_a_service_is_added_to_somebody_and_somebody_to_the_account(
    parser: Parser, language: str, text: str, intent: str
) -> None:
    assert [wish[1] for wish in heard(parser, language, text)] == [intent]


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "To correct: Jo's last name is Roy", {"name": "Roy"}),
        ("en", "Jo remarried, change her last name to Roy please", {"name": "Roy"}),
        ("en", "Jo reads French better than English, can you change the language of her mails?",
         {"language": "fr"}),
        ("fr", "Prénom de Jo à modifier : Roseline", {"name": "Roseline"}),
        ("fr", "Adresse de Jo à changer : jo@example.com", {"email": "jo@example.com"}),
        ("fr", "Jo s'est remariée, changez son nom de famille pour Roy", {"name": "Roy"}),
        ("fr", "Jo lit mieux le français que l'anglais, peux-tu changer la langue de ses mails?",
         {"language": "fr"}),
    ],
)  # fmt: skip
def test_a_profile_is_changed_to_what_is_told(
    parser: Parser, language: str, text: str, values: dict[str, str]
) -> None:
    reading = parser.read(parser.look(text, language_hint=language), at_home(language))
    (wish,) = reading.wishes
    assert (wish.mood, wish.intent, {w.value for w in wish.whom}) == ("wish", "edit_profile", {JO})
    assert {kind: wish.values[kind] for kind in values} == values


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Kevin has changed: the bill"), ("fr", "Kevin a modifié la facture")],
)
def test_what_somebody_did_changes_nothing(parser: Parser, language: str, text: str) -> None:
    assert [wish for wish in heard(parser, language, text) if wish[0] == "wish"] == []


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Erratum: Susan Clarke", "Susan Clarke"),
        ("en", "Skip the name. It's her email", ""),
        ("en", "Let's keep the name", ""),
        ("en", "Smith: Anna", "Anna Smith"),
        ("en", "Will Power", "Will Power"),
        ("fr", "Erratum : Roselyne, avec un y", "Roselyne"),
        ("fr", "Gardons le nom", ""),
        ("fr", "Laissons le nom. C'est son adresse, la nouvelle est jo@example.com", ""),
        ("fr", "Lacroix : Marie", "Marie Lacroix"),
        ("fr", "Rose Martin", "Rose Martin"),
    ],
)
def test_a_heading_and_a_verb_are_no_names(
    parser: Parser, language: str, text: str, name: str
) -> None:
    asked = at_home(language, expects=frozenset({"name"}))
    assert parser.read(parser.look(text, language_hint=language), asked).name == name
