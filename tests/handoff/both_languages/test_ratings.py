"""How it was: asked when a case is over, and asked again when it was opened again."""

import pytest

from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.phrases import PERSON, example, in_words, says, title

STARS = 5


@pytest.fixture
def asked(world: World, agents: Agents, language: str) -> Chat:
    """Nadia has closed the case of somebody, who is asked how it was."""
    chat = world.chat()
    chat.say(PERSON[language])
    agents.tap("nadia", "claim")
    close(chat, agents, language)
    return chat


def close(chat: Chat, agents: Agents, language: str) -> None:
    agents.tap("nadia", "close")
    chat.work_off()
    said = "\n".join(chat.say(example("thank", language)))
    assert says(chat.world.app, "utter_handoff_closed", language, said)


def stars(chat: Chat, number: int, language: str) -> str:
    """What is behind a number below the question of the newest turn."""
    wanted = title(chat.world, "utter_handoff_closed", language, f'rating":"{number}"')
    buttons = [button for reply in chat.replies for button in reply.buttons]
    return next(str(button["payload"]) for button in buttons if button["title"] == wanted)


def is_noted(chat: Chat, payload: str, language: str) -> bool:
    return says(chat.world.app, "utter_rated", language, chat.post(payload)[-1])


@pytest.mark.parametrize("number", range(1, STARS + 1))
def test_every_number_is_noted_and_told_to_the_agents(
    asked: Chat, agents: Agents, language: str, number: int
) -> None:
    assert is_noted(asked, stars(asked, number, language), language)
    assert agents.case().satisfaction == number
    assert in_words(agents, "rated", rating=number) in agents.topic()


def test_the_first_answer_counts(asked: Chat, agents: Agents, language: str) -> None:
    two, four = (stars(asked, number, language) for number in (2, 4))
    assert is_noted(asked, two, language)
    assert says(asked.world.app, "utter_rated_before", language, asked.post(four)[-1])
    assert agents.case().satisfaction == 2


def test_a_word_beside_it_is_passed_on(asked: Chat, agents: Agents, language: str) -> None:
    asked.post(stars(asked, STARS, language))
    words = "Nadia: 10 / 10!"
    assert says(asked.world.app, "utter_commented", language, asked.say(words)[-1])
    assert in_words(agents, "commented", text=words) in agents.topic()


def test_a_word_beside_a_late_rating_goes_to_the_case_that_was_rated(
    asked: Chat, agents: Agents, language: str
) -> None:
    five = stars(asked, STARS, language)
    asked.say(PERSON[language])
    for tapped in ("claim", "close"):
        agents.tap("nadia", tapped, "t2")
    asked.work_off()
    assert is_noted(asked, five, language)
    words = "Nadia: 10 / 10!"
    assert says(asked.world.app, "utter_commented", language, asked.say(words)[-1])
    assert in_words(agents, "commented", text=words) in agents.topic("t1")


def test_a_case_that_was_opened_again_is_rated_again(
    asked: Chat, agents: Agents, language: str
) -> None:
    asked.post(stars(asked, 2, language))
    agents.say("nadia", "/reopen")
    close(asked, agents, language)
    assert is_noted(asked, stars(asked, 5, language), language)
    assert agents.case().satisfaction == 5
    for rating in (2, 5):
        assert in_words(agents, "rated", rating=rating) in agents.topic()


def test_a_rating_of_a_case_that_is_open_again_waits_for_its_end(
    asked: Chat, agents: Agents, language: str
) -> None:
    four = stars(asked, 4, language)
    agents.say("nadia", "/reopen")
    agents.say("nadia", "/release")
    asked.work_off()
    assert says(asked.world.app, "utter_rated_later", language, asked.post(four)[-1])
    assert agents.case().satisfaction is None
