"""The same desk in French, for a customer who writes French: each fault of the desk as a scene."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.app import App
from bot.channels.channel import Outcome
from bot.dialogue.message import Message
from bot.handoff.group_changes import CHECKED, MOVED, TOPIC_CLOSED
from bot.handoff.message import DeskMessage
from intents.parser import Parser
from storage.keys import Keys
from tests.fakes.agents import AGENTS_CHAT, KEY, Agents
from tests.fakes.chats import Chat, World
from tests.fakes.clock import ManualClock
from tests.fakes.worlds import product_on, world_of

BESIDE = {
    "forward": ({"origin": "user", "forwarded": "Votre compte est bloqué"}, "(transféré, écrit"),
    "quote": ({"quoted": "À cinq heures"}, "en réponse à « À cinq heures »"),
    "poll": ({"holds": "Quand?"}, "(a envoyé : un sondage) Quand?"),
}
GROUP = {
    "closed": (DeskMessage("", kind=TOPIC_CLOSED), "t1", "le dossier ne l'est pas"),
    "away": (DeskMessage("removed", kind=CHECKED), "", "hors d'atteinte"),
    "moved": (DeskMessage("-1009", kind=MOVED), "", "Dossier 1"),
}


@pytest.fixture(scope="module")
def french(parser: Parser, sqlite_template: Path) -> App:
    hours = "Mo-Fr 08:00-20:00; PH off"
    key = type(KEY)(*AGENTS_CHAT)
    return product_on(sqlite_template, parser, key, agents_hours=hours, agents_language="fr")


@pytest.fixture
def world(french: App, home_url: str, clock: ManualClock, keys: Keys) -> Iterator[World]:
    with world_of(french, home_url, clock, keys) as world:
        yield world


@pytest.fixture
def talking(world: World, agents: Agents) -> Chat:
    chat = world.chat("42", channel="telegram")
    chat.say("je veux parler à une personne")
    agents.tap("nadia", "claim")
    return chat


def newest(chat: Chat) -> str:
    """What waits for the customer, and leaves now."""
    said = []
    with chat.world.app.database.write() as uow:
        while (row := uow.chat_outbox.take(chat.row.id)) is not None:
            said.append(row.text or "")
            uow.chat_outbox.sent(row, sent_as=str(row.id))
    return "\n".join(said).replace("\N{NO-BREAK SPACE}", " ")


def topic(agents: Agents) -> str:
    return agents.topic().replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("kind", BESIDE)
def test_what_comes_beside_words_is_named(talking: Chat, agents: Agents, kind: str) -> None:
    beside, shown = BESIDE[kind]
    media = "poll" if kind == "poll" else None
    talking.send(Message("pas ça" if kind == "quote" else "", media=media, beside=beside))
    assert shown in topic(agents)


def test_what_cannot_be_delivered_is_told_and_sent_later(talking: Chat, agents: Agents) -> None:
    newest(talking)
    agents.say("nadia", "Votre facture est réglée")
    database = talking.world.app.database
    with database.write() as uow:
        row = uow.chat_outbox.take(talking.row.id)
        assert row is not None
        Outcome("gone", "Forbidden").record(uow, row)
        assert talking.world.app.agents is not None
        talking.world.app.agents.unreached(uow, talking.row.id, comes_back=True)
    assert "quand il écrira de nouveau : Votre facture est réglée" in topic(agents)
    talking.say("me revoici")
    assert "Votre facture est réglée" in newest(talking)
    assert "est envoyé maintenant" in topic(agents)


WAYS_OUT: dict[str, tuple[Callable[[Chat, Agents], object], str, str]] = {
    "released": (
        lambda _, agents: agents.say("nadia", "/release"),
        "a remis le dossier dans la file",
        "vous a remis dans la file",
    ),
    "transferred": (
        lambda _, agents: agents.say("nadia", "/transfer Tom"),
        "a confié le dossier à Tom",
        "vous confie à Tom",
    ),
    "left": (
        lambda chat, _: chat.say("je veux retourner au robot"),
        "est retourné au robot",
        "Vous voilà de retour avec moi",
    ),
    "returned": (
        lambda _, agents: agents.say("nadia", "/return Tout est réglé."),
        "Rendu au robot",
        "vous rend à moi : Tout est réglé.",
    ),
    "closed": (
        lambda _, agents: agents.tap("nadia", "close"),
        "On demande au client comment c'était",
        "Dans quelle mesure êtes-vous satisfait",
    ),
    "banned": (
        lambda _, agents: agents.say("nadia", "/ban insultes"),
        "ce clavardage n'appelle personne",
        "je ne peux pas appeler de personne",
    ),
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_every_way_out_is_told_to_both_sides(talking: Chat, agents: Agents, way: str) -> None:
    newest(talking)
    out, told, said = WAYS_OUT[way]
    out(talking, agents)
    talking.work_off()
    assert told in topic(agents)
    assert said in newest(talking)


def test_a_claim_that_rests_goes_back_and_both_sides_know(
    talking: Chat, agents: Agents, world: World
) -> None:
    newest(talking)
    world.clock.advance(minutes=31)
    assert world.app.rests is not None
    world.app.rests.look()
    talking.work_off()
    assert "n'a rien fait ici depuis un moment" in topic(agents)
    assert "C'est silencieux ici" in newest(talking)


@pytest.mark.parametrize("change", GROUP)
def test_what_happens_to_the_group_leaves_no_case_mute(
    talking: Chat, agents: Agents, change: str
) -> None:
    message, where, told = GROUP[change]
    agents.receive("", message, where)
    agents.work_off(where)
    assert told in topic(agents)


def test_danger_is_said_first_and_a_secret_to_both_sides(talking: Chat, agents: Agents) -> None:
    talking.say("mon mari me frappe")
    assert "Mots de danger ou de contrainte" in agents.card().text.split("\n")[1]
    talking.say("ma carte : 4111 1111 1111 1111")
    assert "y était écrit et reste masqué" in topic(agents)
    assert "je ne montre à Nadia ni code" in newest(talking)
