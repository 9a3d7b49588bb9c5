"""A dialogue with a weakness: messages that cannot be worked off."""

from dataclasses import dataclass, field

from bot.dialogue.inbox import Done, Early, Turns

POISON = "poison"


@dataclass(frozen=True, slots=True)
class FragileTurns(Turns):
    """Turns that cannot stand one word, and remember what they heard."""

    heard: list[tuple[str, str]] = field(default_factory=list)

    def run_next(self, channel: str, bot_id: str, chat_id: str) -> Done | Early | None:
        with self.database.read() as uow:
            row = uow.inbox.next(channel, bot_id, chat_id)
        if row is not None and row.body is not None:
            self.heard.append((chat_id, row.body["text"]))
            if POISON in row.body["text"]:
                raise RuntimeError("this word is too much")
        return Turns.run_next(self, channel, bot_id, chat_id)
