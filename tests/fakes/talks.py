"""How people get somewhere in a conversation, by buttons and plain words alone."""

from bot.languages import DEFAULT, LANGUAGES
from tests.fakes.chats import Chat
from tests.fakes.phrases import example

QUESTIONS = (
    "username",
    "one_time_code",
    "new_first_name",
    "new_last_name",
    "new_email",
    "new_services",
    "create_confirmation",
)
"""What is asked on the way to a new person, in this order."""


def begin(chat: Chat, language: str = DEFAULT) -> None:
    """Ask to add a person; unless verified, the user name is asked for next."""
    chat.say("/restart", language=language)
    chat.say(LANGUAGES[language].name)
    chat.say(example("help", language))
    chat.tap(chat.world.app.turns.equipment.domain.titles()["create_user"][language])


def answer(chat: Chat, question: str) -> None:
    """Give a good answer to one of the questions before the card."""
    match question:
        case "username":
            chat.say("diane")
        case "one_time_code":
            chat.say(chat.world.code())
        case "new_first_name":
            chat.say("Zoé")
        case "new_last_name":
            chat.say("Lavoie")
        case "new_email":
            chat.say("zoe@example.com")
        case "new_services":
            chat.post(next(b["payload"] for reply in chat.replies for b in reply.buttons))
        case _:
            raise ValueError(question)


def to_question(chat: Chat, wanted: str, language: str = DEFAULT) -> None:
    """Diane adds Zoé Lavoie, up to that question; she is verified when she has to be."""
    begin(chat, language)
    while (question := open_question(chat)) != wanted:
        assert question in QUESTIONS[: QUESTIONS.index(wanted)], f"{wanted} was never asked"
        answer(chat, question)


def to_the_card(chat: Chat) -> None:
    to_question(chat, "create_confirmation")


def finish(chat: Chat, *, turns: int = 12) -> None:
    """Answer whatever is asked until the card is there."""
    for _ in range(turns):
        question = open_question(chat)
        if question is None or question == "create_confirmation":
            return
        answer(chat, question)


def open_question(chat: Chat) -> str | None:
    """The slot that the conversation waits for."""
    question = chat.row.state["question"]
    return question[2] if question else None


def button(chat: Chat, title: str) -> str:
    """The id of a button of the last turn."""
    buttons = [one for reply in chat.replies for one in reply.buttons]
    return next(str(one["payload"]) for one in buttons if one["title"].startswith(title))
