"""The states of a case as data: no state without a way out, and each move as the table says."""

from collections.abc import Callable, Mapping
from itertools import product

import pytest

from bot.handoff.group_changes import settle, shown
from bot.handoff.states import BY, MOVES, OWNER, Actor, Event, State, state_of
from storage.messages.conversations import ConversationRow
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.phrases import PERSON, example, to_the_bot

OPEN = [state for state in MOVES if state != "none"]
LEADING_TO: dict[State, list[Event]] = {
    "none": [],
    "queued": ["asks"],
    "claimed": ["asks", "claim"],
    "asked": ["asks", "claim", "ask_word"],
    "lent": ["asks", "claim", "does_it_with_the_bot"],
}
MOVING = [(state, event) for state in MOVES for event in MOVES[state]]


def ways_out(state: State, *without: Actor) -> set[State]:
    """Where one comes from a state when some of those who can do something do nothing."""
    seen, new = {state}, [state]
    while new:
        moves = MOVES[new.pop()].items()
        reached = {after for event, after in moves if BY[event] not in without} - seen
        seen |= reached
        new += reached
    return seen


@pytest.mark.parametrize("state", OPEN)
def test_the_customer_gets_to_the_bot_from_every_state_whatever_the_others_do(
    state: State,
) -> None:
    assert "none" in ways_out(state, "agent", "colleague", "clock", "group")


@pytest.mark.parametrize("state", [state for state in OPEN if OWNER[state] == "agent"])
def test_where_an_agent_has_the_word_somebody_else_can_end_that(state: State) -> None:
    """The agent goes home: the clock, a colleague, the group, and the customer each help."""
    actors: set[Actor] = {
        BY[event] for event, after in MOVES[state].items() if OWNER[after] != "agent"
    }
    assert {"customer", "clock", "group"} <= actors
    assert "colleague" in {BY[event] for event in MOVES[state]}


@pytest.mark.parametrize("state", OPEN)
def test_nobody_is_needed_for_a_conversation_to_go_on(state: State) -> None:
    """Whoever does nothing any more, the bot has the word in the end, or can have it."""
    for missing in ("customer", "agent", "colleague", "clock", "group"):
        assert any(OWNER[after] != "agent" for after in ways_out(state, missing))


def test_every_state_is_reached_and_every_event_happens_somewhere() -> None:
    assert ways_out("none") == set(MOVES)
    assert {event for _, event in MOVING} == set(BY)


BACK = {"en": "back to the bot", "fr": "retour au robot"}
Doing = Callable[[Chat, Agents], object]


def leave(chat: Chat, language: str) -> None:
    chat.say(BACK[language])
    if chat.templates() == ["utter_ask_leaving_confirmation"]:
        chat.say(example("affirm", language))


def reopen(chat: Chat, agents: Agents, language: str) -> None:
    """Where there was no case yet there is nothing to reopen: one comes and goes first."""
    if now(chat, agents)[0] == "none":
        chat.say(PERSON[language])
        agents.tap("nadia", "claim")
        agents.tap("nadia", "close")
        chat.work_off()
    agents.say("nadia", "/reopen")


def do_it(chat: Chat, agents: Agents, language: str) -> None:
    agents.tap("nadia", "offer:create_user")
    chat.work_off()
    chat.say(to_the_bot(chat.world, "create_user", language).lower())


def take(world: World, agents: Agents) -> None:
    world.clock.advance(minutes=6)
    agents.say("tom", "/take")


def rest(world: World) -> None:
    world.clock.advance(minutes=31)
    assert world.app.rests is not None
    world.app.rests.look()


def away(_: Chat, agents: Agents) -> None:
    with agents.world.app.database.write() as uow:
        shown(uow, agents.key, None)
        shown(uow, agents.key, "removed")
    agents.work_off("")


@pytest.fixture
def doings(language: str) -> Mapping[Event, Doing]:
    """How each event comes about, as people of that language have it happen."""
    return {
        "asks": lambda chat, _: chat.say(PERSON[language]),
        "leaves": lambda chat, _: leave(chat, language),
        "does_it_with_the_bot": lambda chat, agents: do_it(chat, agents, language),
        "is_done": lambda chat, _: chat.say(example("cancel", language)),
        "claim": lambda _, agents: agents.tap("nadia", "claim"),
        "reopen": lambda chat, agents: reopen(chat, agents, language),
        "release": lambda _, agents: agents.say("nadia", "/release"),
        "transfer": lambda _, agents: agents.say("nadia", "/transfer @tom"),
        "ask_word": lambda _, agents: agents.tap("nadia", "return"),
        "stay": lambda _, agents: agents.tap("nadia", "stay"),
        "return": lambda _, agents: agents.say("nadia", "/return OK"),
        "close": lambda _, agents: agents.tap("nadia", "close"),
        "ban": lambda _, agents: agents.say("nadia", "/ban !"),
        "take": lambda chat, agents: take(chat.world, agents),
        "rests": lambda chat, _: rest(chat.world),
        "away": away,
        "ended": lambda chat, _: settle(chat.world.app.database, None),
    }


def now(chat: Chat, agents: Agents) -> tuple[State, str]:
    with chat.world.app.database.read() as uow:
        row = uow.conversations.find(chat.channel, chat.channel, chat.name)
        case = uow.handoffs.of_conversation(row.id) if row else None
    return state_of(case), owner(row)


def owner(row: ConversationRow | None) -> str:
    return row.owner if row else "bot"


@pytest.mark.parametrize(("state", "event"), MOVING)
def test_what_happens_is_what_the_table_says(
    chat: Chat, agents: Agents, doings: Mapping[Event, Doing], state: State, event: Event
) -> None:
    for before in LEADING_TO[state]:
        doings[before](chat, agents)
    assert now(chat, agents) == (state, OWNER[state])
    if state == "lent" and event == "stay":
        agents.tap("nadia", "return")
    doings[event](chat, agents)
    chat.work_off()
    after = MOVES[state][event]
    assert now(chat, agents) == (after, OWNER[after])


AGENTS_DOINGS: list[Event] = [event for event, actor in BY.items() if actor == "agent"]
ELSEWHERE = [
    (state, event) for state, event in product(OPEN, AGENTS_DOINGS) if event not in MOVES[state]
]


@pytest.mark.parametrize(("state", "event"), ELSEWHERE)
def test_what_is_no_move_changes_nothing(
    chat: Chat, agents: Agents, doings: Mapping[Event, Doing], state: State, event: Event
) -> None:
    for before in LEADING_TO[state]:
        doings[before](chat, agents)
    doings[event](chat, agents)
    chat.work_off()
    assert now(chat, agents) == (state, OWNER[state])


@pytest.mark.parametrize("state", OPEN)
def test_the_bot_is_silent_exactly_where_an_agent_has_the_word(
    chat: Chat, agents: Agents, doings: Mapping[Event, Doing], language: str, state: State
) -> None:
    for before in LEADING_TO[state]:
        doings[before](chat, agents)
    chat.work_off()
    chat.say(
        example("greet", language)
    )  # what was said outside of a turn comes with the next answer
    answered = bool(chat.say(example("faq/access_rights", language)))
    assert answered == (OWNER[state] != "agent")
