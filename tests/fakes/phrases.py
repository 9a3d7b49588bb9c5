"""What was said, told by the declared texts and not by a language's own words."""

import re
from collections.abc import Iterator
from typing import Any

from babel.dates import get_day_names

from bot.app import App
from bot.channels.channel import Outcome
from bot.handoff.words import DeskWords
from bot.languages import LANGUAGES
from intents.classifier.training_data import load_examples
from storage.messages.chat_outbox import ChatRow
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World

PERSON = {"en": "I want to talk to a person", "fr": "je veux parler à une personne"}
DANGER = {"en": "my husband beats me", "fr": "mon mari me frappe"}


def example(intent: str, language: str) -> str:
    """Return how somebody says that, as the training data has it first."""
    examples = (each for each in load_examples() if each.language == language)
    return next(each.text for each in examples if each.intent == intent)


def weekday(number: int, language: str) -> str:
    """Return the name of a day of the week; Monday is 0."""
    return str(get_day_names(locale=LANGUAGES[language].locale)[number])


def words_of(agents: Agents) -> DeskWords:
    desk = agents.world.app.agents
    assert desk is not None
    return desk.showing.words


def in_words(agents: Agents, phrase: str, **values: Any) -> str:
    """Return a phrase of the desk as the agents read it."""
    return words_of(agents).say(phrase, **values)


def title(world: World, response: str, language: str, payload: str) -> str:
    """Return what the button below a response says that has this in its payload."""
    wordings = world.app.turns.equipment.domain.responses[response]
    buttons = (button for wording in wordings for button in wording.buttons)
    return next(button.titles[language] for button in buttons if payload in button.payload)


def to_the_bot(world: World, task: str, language: str) -> str:
    """Return what the button says with which an agent sends somebody to do a task."""
    [wording, *_] = world.app.turns.equipment.domain.responses["text_with_the_bot"]
    named = world.app.turns.equipment.domain.titles()[task][language]
    return wording.texts[language].format(task=named)


def tells(agents: Agents, phrase: str, topic: str = "t1") -> bool:
    """Whether a phrase of the desk stands in a topic, in the language of the agents."""
    words = words_of(agents)
    return stands(words.phrases[phrase][words.language], agents.topic(topic))


def says(app: App, response: str, language: str, text: str) -> bool:
    """Whether a response of the bot stands in a text, in that language."""
    wordings = app.turns.equipment.domain.responses[response]
    return any(stands(wording.texts[language], text) for wording in wordings)


def stands(template: str, text: str) -> bool:
    """Whether a text is there, whatever its placeholders are filled with."""
    written = ".*".join(map(re.escape, re.split(r"\{\w+\}", template)))
    return re.search(written.replace(r"de\ .*", r"d(?:e\ |').*"), text, re.DOTALL) is not None


def arrives(chat: Chat, outcome: Outcome | None = None) -> str:
    """What waits for the customer, and leaves now, or what else becomes of it."""
    said: list[str] = []
    for row in waiting(chat):
        came = outcome or Outcome("sent", sent_as=str(row.id))
        with chat.world.app.database.write() as uow:
            came.record(uow, row)
            if came.kind == "sent":
                said.append(row.text or "")
            elif chat.world.app.agents is not None:
                comes_back = came.kind != "refused"
                chat.world.app.agents.unreached(uow, chat.row.id, comes_back=comes_back)
    return "\n".join(said)


def waiting(chat: Chat) -> Iterator[ChatRow]:
    while True:
        with chat.world.app.database.write() as uow:
            row = uow.chat_outbox.take(chat.row.id)
        if row is None:
            return
        yield row
