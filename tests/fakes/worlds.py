"""The same product on another database: tests share what takes long to read and learn."""

from dataclasses import replace

from bot.app import App
from bot.channels.dispatcher import Dispatcher
from bot.channels.intake import Intake
from bot.channels.rest import RestChannel
from bot.handoff.turns import DeskTurns
from storage.clock import Clock
from storage.database import Database
from storage.keys import Keys


def on_database(product: App, url: str, clock: Clock, keys: Keys) -> App:
    database = Database(url, clock=clock, keys=keys)
    turns = replace(product.turns, database=database)
    intake = Intake(database, keys)
    desk = desk_turns(product, database)
    dispatcher = Dispatcher(database, turns, desk=desk)
    return replace(
        product,
        settings=product.settings.model_copy(update={"database_url": url}),
        clock=clock,
        database=database,
        turns=turns,
        intake=intake,
        dispatcher=dispatcher,
        rest=RestChannel(database, intake, dispatcher),
        watch=replace(product.watch, database=database) if product.watch else None,
    )


def desk_turns(product: App, database: Database) -> DeskTurns | None:
    if product.agents is None:
        return None
    responses = product.turns.equipment.responses
    return DeskTurns(database, product.agents, responses, product.domain)
