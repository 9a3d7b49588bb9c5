"""`foyer services`: what an operator adds is understood at once, and what they retire is gone."""

import pytest

from bot.running import DATABASE_IS_AWAY, SCHEMA_DOES_NOT_FIT
from tests.fakes.chats import Chat, World
from tests.fakes.operators import Operator
from tests.fakes.schemas import CURRENT, FUTURE, schema_of

ADDED = (
    "services", "add", "home_security", "--name", "en=Home security",
    "--name", "fr=Protéger le domicile", "--also", "burglar alarm",
)  # fmt: skip


@pytest.fixture
def chat(world: World) -> Chat:
    chat = world.chat()
    chat.say("sign in")
    chat.sign_in("diane")
    return chat


def test_a_service_comes_is_given_in_both_languages_and_goes(
    world: World, chat: Chat, operator: Operator
) -> None:
    assert "home security" not in "".join(chat.say("give Hugo the home security")).casefold()
    chat.say("cancel")
    assert operator.foyer(*ADDED).exit_code == 0

    card = chat.say("give Hugo the home security")[-1]
    assert chat.templates() == ["utter_ask_rights_confirmation"]
    assert "after: View the invoice and Home security" in card
    assert "Home security" in chat.say("yes")[-1]

    card = chat.say("permets à Léa de protéger le domicile")[-1].replace("\xa0", " ")
    assert chat.templates() == ["utter_ask_rights_confirmation"]
    assert "ensuite : Consulter la facture et Protéger le domicile" in card
    assert "Protéger le domicile" in chat.say("oui")[-1]
    assert "Protéger le domicile" in chat.say("que peut utiliser Léa?")[-1]

    said = operator.foyer("services", "retire", "home_security", "--yes").output
    assert said == "home_security is retired; 2 people had it, and are told by mail.\n"
    assert "Protéger" not in chat.say("que peut utiliser Léa?")[-1]
    chat.say("donne le domicile à Léa")
    assert "utter_ask_rights_confirmation" not in chat.templates()
    chat.say("annule")
    history = chat.say("historique")[-1].replace("\xa0", " ")
    assert "accès terminé pour Léa Tremblay-Roy, car ce n'est plus offert : Protéger" in history
    assert "par l'exploitant" in history
    with world.app.database.read() as uow:
        assert uow.audit.verify(1)


@pytest.mark.parametrize(
    "text",
    [
        "let Hugo use the burglar alarms",
        "Hugo should have home security",
        "give hugo home secuirty",
    ],
)
def test_other_words_and_slips_are_understood_too(
    chat: Chat, operator: Operator, text: str
) -> None:
    operator.foyer(*ADDED)
    assert "Home security" in chat.say(text)[-1]


def test_it_stands_on_the_buttons_from_the_next_question_on(chat: Chat, operator: Operator) -> None:
    operator.foyer(*ADDED)
    chat.say("change Hugo's access")
    chat.say("give")
    assert "Home security" in chat.titles()
    operator.foyer("services", "retire", "home_security", typed="y\n")
    chat.tap("Home security")
    assert chat.templates() != ["utter_ask_rights_confirmation"]


def test_a_card_that_still_shows_it_gives_nothing(
    world: World, chat: Chat, operator: Operator
) -> None:
    operator.foyer(*ADDED)
    chat.say("give Hugo the home security")
    operator.foyer("services", "retire", "home_security", "--yes")
    chat.say("yes")
    assert "utter_rights_changed" not in chat.templates()
    with world.app.database.read() as uow:
        assert [one.services for one in uow.households.of(1).members[1:]] == [
            ("view_invoice",),
            ("view_invoice",),
        ]


def test_a_new_person_is_not_given_what_was_retired_at_the_card(
    chat: Chat, operator: Operator
) -> None:
    operator.foyer(*ADDED)
    chat.say("add Marie Roy, marie@example.com, with home security")
    operator.foyer("services", "retire", "home_security", "--yes")
    chat.say("yes")
    assert "utter_internal_error" not in chat.templates()
    assert "utter_created" not in chat.templates()


def test_a_renamed_service_answers_to_both_names(chat: Chat, operator: Operator) -> None:
    operator.foyer(*ADDED)
    renamed = operator.foyer(
        "services", "rename", "home_security", "--name", "en=Guard the house", "--also", "watchdog"
    )
    assert renamed.output == "home_security is called Guard the house. It is understood at once.\n"
    for words in ("home security", "house", "watchdog"):
        assert "Guard the house" in chat.say(f"give Hugo the {words}")[-1]
        chat.say("no")
        chat.say("never mind")


def test_the_list_shows_names_words_and_how_many_have_it(world: World, operator: Operator) -> None:
    operator.foyer(*ADDED)
    operator.foyer("services", "retire", "voicemail", "--yes")
    lines = operator.foyer("services", "list").output.splitlines()
    assert lines[0].startswith("view_invoice  en: View the invoice  fr: Consulter la facture  ")
    assert lines[5].endswith("  retired")
    assert lines[6] == (
        "home_security  en: Home security  fr: Protéger le domicile  "
        "also: burglar alarm, home security, le domicile, protéger le domicile  0 people"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "usage", "--name", "en=A", "--name", "fr=B"), "There is a service usage already"),
        (("add", "x", "--name", "en=Door bell"), "A name is needed in every language: fr"),
        (("add", "x", "--name", "en=A", "--name", "fr=B", "--name", "de=C"), "not speak de."),
        (("add", "x", "--name", "en= ", "--name", "fr=B"), "A name has at least one letter."),
        (("add", "x", "--name", "en=The TV", "--name", "fr=B"), "The TV is what tv_channels is"),
        (("add", "x", "--name", "en=Pay the bill", "--name", "fr=B"), "is what pay_bill is called"),
        (("add", "x", "--name", "en=Password", "--name", "fr=B"), "means something else"),
        (("add", "x", "--name", "en=!", "--name", "fr=B"), "no word to recognise it by"),
        (("add", "X 1", "--name", "en=A", "--name", "fr=B"), "A code is up to 40 small letters"),
        (("rename", "no_such", "--name", "en=Door bell"), "There is no service no_such"),
        (("retire", "no_such", "--yes"), "There is no service no_such"),
    ],
)
def test_a_refusal_says_what_to_mend_and_changes_nothing(
    world: World, operator: Operator, words: tuple[str, ...], said: str
) -> None:
    before = operator.foyer("services", "list").output
    result = operator.foyer("services", *words)
    assert said in result.output
    assert result.exit_code == 1
    assert operator.foyer("services", "list").output == before


@pytest.mark.parametrize("words", [("add", "x", "--name", "Door bell"), ("rename", "usage")])
def test_a_name_without_its_language_is_wrong_use(
    world: World, operator: Operator, words: tuple[str, ...]
) -> None:
    assert operator.foyer("services", *words).exit_code == 2


def test_who_thinks_better_of_it_retires_nothing(world: World, operator: Operator) -> None:
    assert operator.foyer("services", "retire", "usage", typed="n\n").exit_code == 1
    assert "retired" not in operator.foyer("services", "list").output


@pytest.mark.parametrize("words", [("services", "list"), ("migrate",)])
@pytest.mark.parametrize("url", ["postgresql://nobody@127.0.0.1:1/none", "sqlite:////no/such/f.db"])
def test_where_no_database_is_it_says_so(
    url: str, words: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> None:
    assert Operator(url).foyer(*words).exit_code == DATABASE_IS_AWAY == 1
    assert "the database cannot be reached" in caplog.text


@pytest.mark.parametrize(
    ("floor", "status", "said"),
    [(CURRENT, 0, "may go on working"), (FUTURE, SCHEMA_DOES_NOT_FIT, "start a newer version")],
)
def test_a_newer_schema_is_worked_with_where_it_says_so(
    world: World,
    operator: Operator,
    caplog: pytest.LogCaptureFixture,
    *,
    floor: str,
    status: int,
    said: str,
) -> None:
    with schema_of(world.app.database, FUTURE, floor):
        assert operator.foyer("services", "list").exit_code == status
        assert operator.foyer("migrate").exit_code == status
    assert said in caplog.text
