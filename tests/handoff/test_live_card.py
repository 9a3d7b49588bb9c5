"""The card of a case says how things stand by now, and nothing that its customer could not see."""

import pytest

from tests.fakes.agents import EDITS, Agents
from tests.fakes.chats import Chat, World
from tests.fakes.talks import to_question


@pytest.fixture
def proved(chat: Chat, agents: Agents) -> Chat:
    """Diane has proved who she is, and was adding somebody."""
    to_question(chat, "new_email")
    chat.say("a person, please")
    return chat


def edits(agents: Agents) -> int:
    return len([row for row in agents.rows() if row.kind in EDITS])


def test_a_holder_is_shown_with_their_account_and_everybody_on_it(
    proved: Chat, agents: Agents
) -> None:
    card = agents.card().text
    assert "Who: Diane, account holder" in card
    assert "Account: 90210001" in card
    assert "• Diane Tremblay: account holder, active; every service" in card
    assert "Hugo Tremblay: secondary user, active" in card


def test_the_open_task_is_shown_with_what_is_filled_in(proved: Chat, agents: Agents) -> None:
    assert "Open with the bot: Add a person; filled in: Zoé and Lavoie" in agents.card().text
    agents.tap("nadia", "claim")
    assert "Open with the bot: Add a person; filled in: Zoé and Lavoie" in agents.card().text


def test_a_secondary_user_is_shown_alone(chat: Chat, agents: Agents) -> None:
    chat.say("what can I use?")
    chat.sign_in("hugo")
    chat.say("a person, please")
    card = agents.card().text
    assert "Hugo Tremblay: secondary user" in card
    assert "Diane" not in card
    assert "Receipt" not in card


def test_somebody_who_has_proved_nothing_is_shown_as_nobody(chat: Chat, agents: Agents) -> None:
    chat.say("I am Diane of account 90210001")
    chat.say("I want to talk to a person")
    card = agents.card().text.partition("\n👤")[0]
    assert "Who: not known" in card
    assert "90210001" not in card
    assert "Tremblay" not in card


def test_a_proof_that_lapses_takes_the_household_off_the_card(
    proved: Chat, agents: Agents, world: World
) -> None:
    world.clock.advance(minutes=20)
    assert world.app.watch is not None
    world.app.watch.look()
    card = agents.card().text
    assert "Account:" not in card
    assert "Hugo" not in card
    assert "by now nothing is proved any more" in card
    assert "Who: Diane, account holder" in card, "who it was stays known"


def test_whoever_signs_out_is_taken_off_the_card_at_once(proved: Chat, agents: Agents) -> None:
    assert "Account:" in agents.card().text
    proved.say("sign out")
    assert "Account:" not in agents.card().text


def test_a_proof_while_waiting_is_shown(chat: Chat, agents: Agents) -> None:
    chat.say("a person, please")
    assert "Account:" not in agents.card().text
    chat.say("unlock Hugo")
    chat.sign_in("diane")
    card = agents.card().text
    assert "Account: 90210001" in card
    assert "Proved: by a sign-in or a code" in card
    assert "👤 a person, please" in agents.rows()[0].text, "its first words stand below"


def test_what_was_done_last_is_shown_with_its_receipt(
    proved: Chat, agents: Agents, world: World
) -> None:
    proved.say("zoe@example.com")
    proved.tap("None")
    proved.tap("Yes")
    assert "utter_user_created" in proved.templates()
    card = agents.card().text
    assert "Receipt F-" in card
    assert "Zoé Lavoie added" in card
    assert "Zoé Lavoie: secondary user, invited, not yet active; no service" in card


def test_earlier_cases_are_named(chat: Chat, agents: Agents) -> None:
    chat.say("person")
    agents.tap("nadia", "claim")
    agents.tap("nadia", "close")
    chat.work_off()
    chat.say("4")
    chat.say("person")
    assert "Earlier: case 1, March 2, 2026, closed, rated 4 of 5" in agents.card("t2").text


def test_what_changes_nothing_on_it_is_no_edit(chat: Chat, agents: Agents, world: World) -> None:
    chat.say("person")
    agents.look()
    for _ in range(5):
        chat.say("what are access rights?")
        agents.look()
    assert world.app.watch is not None
    world.app.watch.look()
    assert edits(agents) == 0


def test_many_changes_are_one_edit(proved: Chat, agents: Agents) -> None:
    agents.look()
    before = edits(agents)
    for answer in ("zoe@example.com", "None"):
        proved.say(answer)
    proved.tap("Yes")
    agents.look()
    assert edits(agents) == before + 1


def test_a_case_that_is_over_shows_nothing_of_the_household(proved: Chat, agents: Agents) -> None:
    agents.tap("nadia", "claim")
    agents.tap("nadia", "close")
    card = agents.card().text
    assert "closed" in card
    assert "Account:" not in card
    assert "Hugo" not in card


def test_a_card_never_outgrows_a_message(chat: Chat, agents: Agents) -> None:
    to_question(chat, "new_email")
    chat.say("long " * 180)
    chat.say("a person, please " + "and quickly " * 60)
    for _ in range(3):
        chat.say("words " * 150)
    assert max(len(row.shown) for row in agents.rows()) <= 4000
