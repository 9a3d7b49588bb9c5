"""Two chats with the Foyer of a scratch tree; what came back is `told.json`.

python -m tests.bot.made_up_language.talk FOLDER
"""

import json
import sys
from pathlib import Path

from intents.parser import Parser
from storage.database import Database
from storage.keys import Keys
from tests.bot.made_up_language.pig_latin import NAME, pig
from tests.fakes.chats import Chat, World
from tests.fakes.clock import ManualClock
from tests.fakes.people import move_in
from tests.fakes.worlds import SECRET, product_on, world_of


def main() -> None:
    folder = Path(sys.argv[1])
    file = folder / "foyer.db"
    url = f"sqlite:///{file}"
    database = Database(url, clock=ManualClock(), keys=Keys(SECRET))
    database.migrate()
    move_in(database)
    database.close()
    product = product_on(file, Parser.load(cache=folder))
    with world_of(product, url, ManualClock(), Keys(SECRET)) as world:
        told = {"unlocking": unlocking(world), "switching": switching(world)}
    (folder / "told.json").write_text(json.dumps(told), "utf-8")


def unlocking(world: World) -> list[str]:
    """The whole way of a task, for somebody of whom nobody knows what they speak."""
    chat = world.chat("first")
    asked = chat.say(f"{pig('Please unlock')} Léa")
    card = chat.sign_in("diane")
    return [asked[-1], card[-1], *chat.titles(), chat.say(pig("Yes"))[0], language(chat)]


def switching(world: World) -> list[str]:
    """From English, without and then with the name of a language."""
    chat = world.chat("second")
    chat.say("hello there")
    chat.say("Other language please")
    offered = chat.titles()
    return [*offered, *chat.tap(NAME), language(chat), *chat.say(pig("in english")), language(chat)]


def language(chat: Chat) -> str:
    return chat.row.language or ""


if __name__ == "__main__":
    main()
