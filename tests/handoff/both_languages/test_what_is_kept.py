"""What was filled in before an agent came, and what is said after they went."""

import pytest

from tests.fakes.agents import Agents
from tests.fakes.chats import Chat
from tests.fakes.phrases import PERSON, example, in_words, says, title, to_the_bot
from tests.fakes.talks import finish, to_question

COMMENTS = {
    "en": (
        "she was so kind to me",
        "very kind, thanks to her",
        "you should answer faster",
        "a bit slow but it works now",
        "not solved at all",
    ),
    "fr": (
        "elle a été très gentille",
        "très gentille, merci à elle",
        "vous devriez répondre plus vite",
        "un peu long mais ça marche maintenant",
        "c'est pas réglé pantoute",
    ),
}
ELSE = {
    "a question": (
        {"en": "how many users can I have?", "fr": "combien d'utilisateurs puis-je avoir?"},
        "utter_answer",
    ),
    "thanks": ({"en": "thanks", "fr": "merci"}, "utter_thank"),
    "a wish": ({"en": "add my wife", "fr": "ajoute ma femme"}, "utter_ask_username"),
    "what was changed": (
        {"en": "what was changed?", "fr": "qu'est-ce qui a été changé?"},
        "utter_ask_username",
    ),
}
ALARMS = {
    "a theft": {"en": "my account was hacked", "fr": "mon compte a été piraté"},
    "a death": {"en": "my husband died yesterday", "fr": "mon mari est mort hier"},
}


@pytest.fixture
def adding(chat: Chat, agents: Agents, language: str) -> Chat:
    """Diane was adding somebody when Nadia came."""
    to_question(chat, "new_email", language)
    chat.say(PERSON[language])
    agents.tap("nadia", "claim")
    return chat


@pytest.fixture
def rated(attended: Chat, agents: Agents) -> Chat:
    """A customer whose case is over, and who said how it was."""
    agents.tap("nadia", "close")
    attended.work_off()
    attended.say("4")
    return attended


def with_the_bot(chat: Chat, agents: Agents, task: str, language: str) -> None:
    """Nadia sends the button of a task, and it is tapped."""
    agents.tap("nadia", f"offer:{task}")
    chat.work_off()
    chat.say("ok")
    chat.tap(to_the_bot(chat.world, task, language))


def asks_for_the_address(chat: Chat, language: str) -> bool:
    """Whether the name is still known: it is the next thing that is asked."""
    return says(chat.world.app, "utter_ask_new_email", language, chat.replies[-1].text or "")


def go_on(chat: Chat, language: str) -> str:
    [wording] = chat.world.app.turns.equipment.domain.responses["text_continue"]
    return wording.texts[language]


def test_what_was_filled_in_goes_on_with_the_bot_when_the_agent_offers_it(
    adding: Chat, agents: Agents, language: str
) -> None:
    with_the_bot(adding, agents, "create_user", language)
    assert asks_for_the_address(adding, language)


def test_another_task_in_between_loses_nothing_of_the_first(
    adding: Chat, agents: Agents, language: str
) -> None:
    with_the_bot(adding, agents, "unlock_user", language)
    adding.say(example("cancel", language))
    assert adding.row.owner == "agent"
    agents.tap("nadia", "close")
    adding.work_off()
    adding.say("5")
    assert go_on(adding, language) in adding.titles()
    adding.tap(go_on(adding, language))
    assert asks_for_the_address(adding, language)


def test_a_task_that_was_done_is_not_offered_again(
    adding: Chat, agents: Agents, language: str
) -> None:
    with_the_bot(adding, agents, "create_user", language)
    finish(adding)
    yes = title(adding.world, "utter_ask_create_confirmation", language, "confirmation=true")
    adding.tap(yes.partition(" {")[0])
    assert "utter_user_created" in adding.templates()
    agents.tap("nadia", "close")
    adding.work_off()
    adding.say("5")
    assert "utter_task_aside" not in adding.templates()


@pytest.mark.parametrize("nth", range(5))
def test_words_after_the_rating_are_kept_with_it(
    rated: Chat, agents: Agents, language: str, nth: int
) -> None:
    words = COMMENTS[language][nth]
    [said] = rated.say(words)
    assert says(rated.world.app, "utter_commented", language, said)
    assert agents.case().comment == words
    assert in_words(agents, "commented", text=words) in agents.topic()


@pytest.mark.parametrize("kind", ELSE)
def test_what_means_something_else_is_no_comment(
    rated: Chat, agents: Agents, language: str, kind: str
) -> None:
    words, template = ELSE[kind]
    rated.say(words[language])
    assert template in rated.templates()
    assert agents.case().comment is None


@pytest.mark.parametrize("kind", ALARMS)
def test_an_alarm_after_the_rating_is_no_comment(
    rated: Chat, agents: Agents, language: str, kind: str
) -> None:
    rated.say(ALARMS[kind][language])
    assert "utter_commented" not in rated.templates()
    assert agents.case().comment is None


def test_an_answer_to_an_open_question_is_no_comment(
    attended: Chat, agents: Agents, language: str
) -> None:
    agents.tap("nadia", "close")
    attended.work_off()
    attended.say("?")
    rating = next(button["payload"] for reply in attended.replies for button in reply.buttons)
    attended.say(example("create_user", language))
    attended.post(rating)
    attended.say("diane")
    assert "utter_commented" not in attended.templates()
