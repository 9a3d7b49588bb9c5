"""The card of a case says how things stand by now, and nothing that its customer could not see."""

import pytest

from tests.fakes.agents import EDITS, Agents
from tests.fakes.chats import Chat, World
from tests.fakes.phrases import PERSON, example, in_words, says, stands, title, words_of
from tests.fakes.talks import to_question


@pytest.fixture
def chat(world: World) -> Chat:
    return world.chat()


@pytest.fixture
def proved(chat: Chat, agents: Agents, language: str) -> Chat:
    """Diane has proved who she is, and was adding somebody."""
    to_question(chat, "new_email", language)
    chat.say(PERSON[language])
    return chat


def edits(agents: Agents) -> int:
    return len([row for row in agents.rows() if row.kind in EDITS])


def person(agents: Agents, name: str, role: str, status: str, services: str) -> str:
    role, status, services = (in_words(agents, each) for each in (role, status, services))
    return in_words(agents, "card_person", person=name, role=role, status=status, services=services)


def account(agents: Agents) -> str:
    return in_words(agents, "card_account", account="90210001")


def unknown(agents: Agents) -> str:
    return in_words(agents, "who_unknown")


def finish(chat: Chat, language: str) -> None:
    """Give the rest of what is asked, and say yes."""
    chat.say("zoe@example.com")
    chat.tap(title(chat.world, "utter_ask_new_services", language, "new_services=none"))
    wanted = title(chat.world, "utter_ask_create_confirmation", language, "confirmation=true")
    chat.tap(wanted.partition(" {")[0])


def test_a_holder_is_shown_with_their_account_and_everybody_on_it(
    proved: Chat, agents: Agents
) -> None:
    card = agents.card().text
    holder = in_words(agents, "role_holder")
    assert in_words(agents, "who_proved", first_name="Diane", role=holder) in card
    assert account(agents) in card
    assert person(agents, "Diane Tremblay", "role_holder", "status_active", "services_all") in card
    hugo = person(agents, "Hugo Tremblay", "role_secondary", "status_active", "services_none")
    assert hugo.partition(";")[0] in card
    lea = person(agents, "Léa Tremblay-Roy", "role_secondary", "status_locked", "services_none")
    assert lea.partition(";")[0] in card


def test_the_open_task_is_shown_with_what_is_filled_in(
    proved: Chat, agents: Agents, desk_language: str
) -> None:
    task = proved.world.app.turns.equipment.domain.titles()["create_user"][desk_language]
    filled = in_words(agents, "card_filled", task=task, filled=["Zoé", "Lavoie"])
    assert filled in agents.card().text
    agents.tap("nadia", "claim")
    assert filled in agents.card().text


def test_a_secondary_user_is_shown_alone(chat: Chat, agents: Agents, language: str) -> None:
    chat.say(example("my_access", language))
    chat.sign_in("hugo")
    chat.say(PERSON[language])
    card = agents.card().text
    assert f"Hugo Tremblay{_colon(agents)}{in_words(agents, 'role_secondary')}" in card
    assert "Diane" not in card


def _colon(agents: Agents) -> str:
    """What stands behind a name, as the language writes it."""
    shape = words_of(agents).phrases["card_person"][words_of(agents).language]
    return shape.partition("{person}")[2].partition("{role}")[0]


def test_somebody_who_has_proved_nothing_is_shown_as_nobody(
    chat: Chat, agents: Agents, language: str
) -> None:
    chat.say("Diane, 90210001", language=language)
    chat.say(PERSON[language])
    card = agents.card().text.partition("\n👤")[0]
    assert unknown(agents) in card
    assert "90210001" not in card
    assert "Tremblay" not in card


def test_a_proof_that_lapses_takes_the_household_off_the_card(
    proved: Chat, agents: Agents, world: World
) -> None:
    world.clock.advance(minutes=20)
    assert world.app.watch is not None
    world.app.watch.look()
    card = agents.card().text
    assert account(agents) not in card
    assert "Hugo" not in card
    words = words_of(agents)
    assert stands(words.phrases["proof_lapsed"][words.language], card)
    holder = in_words(agents, "role_holder")
    assert in_words(agents, "who_proved", first_name="Diane", role=holder) in card


def test_whoever_signs_out_is_taken_off_the_card_at_once(
    proved: Chat, agents: Agents, language: str
) -> None:
    assert account(agents) in agents.card().text
    proved.say(example("end_verification", language))
    assert account(agents) not in agents.card().text


def test_a_proof_while_waiting_is_shown(chat: Chat, agents: Agents, language: str) -> None:
    chat.say(PERSON[language])
    assert account(agents) not in agents.card().text
    chat.say(example("list_users", language))
    chat.sign_in("diane")
    assert account(agents) in agents.card().text
    assert f"👤 {PERSON[language]}" in agents.rows()[0].text, "its first words stand below"


def test_what_was_done_last_is_shown_with_its_receipt(
    proved: Chat, agents: Agents, language: str
) -> None:
    finish(proved, language)
    assert "utter_user_created" in proved.templates()
    words, card = words_of(agents), agents.card().text
    assert stands(words.phrases["card_receipt"][words.language], card)
    assert person(agents, "Zoé Lavoie", "role_secondary", "status_invited", "services_none") in card


def test_earlier_cases_are_named(chat: Chat, agents: Agents, language: str, world: World) -> None:
    chat.say(PERSON[language])
    agents.tap("nadia", "claim")
    agents.tap("nadia", "close")
    chat.work_off()
    chat.say("4")
    day = {"date": world.clock().isoformat()}
    chat.say(PERSON[language])
    closed = in_words(agents, "state_closed")
    earlier = in_words(agents, "card_earlier_rated", number=1, date=day, state=closed, rating=4)
    assert earlier in agents.card("t2").text


def test_what_changes_nothing_on_it_is_no_edit(
    chat: Chat, agents: Agents, world: World, language: str
) -> None:
    chat.say(PERSON[language])
    agents.look()
    for _ in range(5):
        chat.say(example("faq/access_rights", language))
        agents.look()
    assert world.app.watch is not None
    world.app.watch.look()
    assert edits(agents) == 0


def test_many_changes_are_one_edit(proved: Chat, agents: Agents, language: str) -> None:
    agents.look()
    before = edits(agents)
    finish(proved, language)
    agents.look()
    assert edits(agents) == before + 1


def test_a_case_that_is_over_shows_nothing_of_the_household(proved: Chat, agents: Agents) -> None:
    agents.tap("nadia", "claim")
    agents.tap("nadia", "close")
    card = agents.card().text
    assert in_words(agents, "state_closed") in card
    assert account(agents) not in card
    assert "Hugo" not in card


def test_a_card_never_outgrows_a_message(chat: Chat, agents: Agents, language: str) -> None:
    to_question(chat, "new_email", language)
    chat.say("Léa " * 180)
    chat.say(". ".join([PERSON[language]] * 20))
    for _ in range(3):
        chat.say("Léa " * 150)
    assert max(len(row.shown) for row in agents.rows()) <= 4000


def test_who_is_called_is_told_where_they_stand(chat: Chat, agents: Agents, language: str) -> None:
    said = "\n".join(chat.say(PERSON[language]))
    assert says(chat.world.app, "utter_handoff_place", language, said)
