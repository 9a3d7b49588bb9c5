"""A colleague who is named in a private note is called to the case; the customer sees nothing."""

from collections.abc import Mapping, Sequence

import pytest

from bot.handoff.message import DeskMessage
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World
from tests.fakes.phrases import in_words, tells

NOTES: Mapping[str, tuple[Mapping[str, str], Sequence[str]]] = {
    "by a handle": (
        {"en": "// @tommy please look", "fr": "// @tommy, peux-tu regarder svp"},
        ["tom"],
    ),
    "by a name": ({"en": "／／ @Tom, please look", "fr": "／／ @Tom, regarde svp"}, ["tom"]),
    "without an accent": (
        {"en": "/note could @zoe look at it?", "fr": "/note est-ce que @zoe peut regarder ça?"},
        ["zoe"],
    ),
    "two": (
        {
            "en": "// @tommy and @ZOÉ: a second pair of eyes.",
            "fr": "// @tommy et @ZOÉ\u00a0: une deuxième paire d'yeux.",
        },
        ["tom", "zoe"],
    ),
    "one twice": (
        {"en": "// @tommy @tom twice is once", "fr": "// @tommy @tom, deux fois c'est une fois"},
        ["tom"],
    ),
    "oneself": ({"en": "// for myself, @nadia", "fr": "// pour moi-même, @nadia"}, []),
    "an address": ({"en": "// wrote to luc@tommy.com", "fr": "// écrit à luc@tommy.com"}, []),
    "no sign": ({"en": "// tommy without the sign", "fr": "// tommy sans le signe"}, []),
}


@pytest.fixture
def talking(attended: Chat, agents: Agents, world: World) -> Chat:
    """A customer whom Nadia has; Tom is @tommy."""
    names = {"nadia": "Nadia", "tom": "Tom", "zoe": "Zoé Roy"}
    with world.app.database.write() as uow:
        desk = uow.conversations.ensure(*agents.key)
        uow.handoffs.set_agents(desk, names, {"tom": "tommy"})
    return attended


def called(agents: Agents) -> list[str]:
    agents.look()
    rows = [row for row in agents.shown.get("", []) if row.kind == "call"]
    return [person for row in rows for person in row.mentions]


@pytest.mark.parametrize("note", NOTES)
def test_whoever_is_named_is_called_and_the_customer_reads_nothing(
    talking: Chat, agents: Agents, desk_language: str, note: str
) -> None:
    words, who = NOTES[note]
    agents.say("nadia", words[desk_language])
    assert sorted(called(agents)) == who
    assert talking.say("?") == []
    assert len(agents.case().notes) == 1


@pytest.mark.usefixtures("talking")
def test_the_call_leads_to_the_case(agents: Agents) -> None:
    agents.say("tom", "// @zoé?")
    [row] = [row for row in agents.shown[""] if row.kind == "call"]
    assert row.text == in_words(agents, "ping_named", agent="Zoé Roy", before="Tom", number=1)
    assert [(reminder.topic_id) for reminder in row.reminders] == ["t1"]


@pytest.mark.usefixtures("talking")
def test_somebody_without_a_handle_is_picked_from_the_list(agents: Agents) -> None:
    agents.say("nadia", "// Zoé R.?", mentioned="zoe")
    assert called(agents) == ["zoe"]


@pytest.mark.usefixtures("talking")
def test_a_name_that_is_nobody_s_is_said_and_the_note_is_kept(agents: Agents) -> None:
    agents.say("nadia", "// @nobody?")
    assert called(agents) == []
    assert tells(agents, "named_nobody")
    assert "Nadia, Tom, Zoé Roy" in agents.newest()
    assert agents.case().notes == ["@nobody?"]


@pytest.mark.usefixtures("talking")
def test_a_note_of_somebody_who_is_no_agent_calls_nobody(agents: Agents) -> None:
    agents.say("eve", "// @tommy!")
    assert called(agents) == []
    assert agents.case().notes == []


@pytest.mark.usefixtures("talking")
def test_a_note_that_is_changed_calls_nobody_again(agents: Agents) -> None:
    agents.say("nadia", "// @tommy?")
    agents.post("nadia", DeskMessage("// @tommy?!", kind="edited"))
    assert called(agents) == ["tom"]
