"""Whatever is sent and does not arrive as it is, from either side, is told in both languages."""

from collections.abc import Sequence

import pytest

from bot.channels.channel import Outcome
from bot.dialogue.message import Message
from bot.handoff import left_out
from bot.handoff.message import DeskMessage
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat
from tests.fakes.phrases import DANGER, arrives, says, tells, waiting

WELL = {"en": "sorry, it was a joke, I'm fine", "fr": "c'était une blague, je vais bien"}
CARD = {"en": "my card: 4111 1111 1111 1111", "fr": "ma carte : 4111 1111 1111 1111"}

BESIDE: dict[str, tuple[Message, str]] = {
    "forward": (Message("", beside={"origin": "user", "forwarded": "PIN 4471"}), "said_forwarded"),
    "quote": (Message("ok", beside={"quoted": "5"}), "said_quoting"),
    "poll": (Message("", kind="poll", media="poll", beside={"holds": "?"}), "said_holding"),
    "checklist": (
        Message("", kind="checklist", media="checklist", beside={"holds": "- ☐"}),
        "said_holding",
    ),
    "edit": (Message("ok", kind="edited"), "said_edited"),
    "reaction": (Message("", kind="reaction", beside={"reaction": "👍"}), "said_reaction"),
    "no reaction": (Message("", kind="reaction", beside={"reaction": ""}), "said_no_reaction"),
    "title": (Message("", button="b", beside={"title": "?"}), "said_tapped"),
    "new": (Message("", kind="hologram", media="hologram"), "said_media"),
    "long caption": (Message("ha, " * 400, media="photo", message_id="7"), "said_customer"),
}


@pytest.mark.parametrize("claimed", [False, True], ids=["waits", "with an agent"])
@pytest.mark.parametrize("kind", BESIDE)
def test_nothing_that_a_customer_sends_vanishes(
    queued: Chat, agents: Agents, kind: str, *, claimed: bool
) -> None:
    if claimed:
        agents.tap("nadia", "claim")
    message, told = BESIDE[kind]
    queued.send(message)
    assert tells(agents, told)


def test_a_kind_that_agents_cannot_see_is_told_to_both_sides(
    talking: Chat, agents: Agents, language: str
) -> None:
    talking.send(Message("", kind="hologram", media="hologram"))
    assert tells(agents, "said_media")
    assert says(talking.world.app, "utter_not_passed_on", language, arrives(talking))


@pytest.mark.parametrize("missing", [0, 2], ids=["a picture", "some of an album"])
def test_what_agents_cannot_see_is_told_to_both_sides(
    talking: Chat, agents: Agents, language: str, missing: int
) -> None:
    agents.look()
    talking.send(Message("", kind="photo", media="photo", message_id="7"))
    with talking.world.app.database.write() as uow:
        row = uow.desk_outbox.take(agents.case().desk_id, pace=False)
        assert row is not None
        done = Outcome("sent" if missing else "refused", "protected", sent_as="9")
        done.record(uow, row)
        left_out.of_customers(uow, row, missing)
    talking.work_off()
    assert tells(agents, "said_unseen")
    assert says(talking.world.app, "utter_unseen_by_agents", language, arrives(talking))


def test_what_is_kept_for_somebody_who_is_away_is_told_and_comes(
    talking: Chat, agents: Agents
) -> None:
    agents.say("nadia", "5 $")
    arrives(talking, Outcome("gone", "Forbidden"))
    assert tells(agents, "unreached")
    talking.say("?")
    assert "5 $" in arrives(talking)
    assert tells(agents, "reached")


def edits(words: str, number: str = "901", **more: str) -> DeskMessage:
    return DeskMessage(words, kind="edited", message_id=number, **more)


SAID = DeskMessage("5 $", message_id="901")
REFUSALS: dict[str, tuple[Sequence[DeskMessage], str]] = {
    "words": ([SAID], "refused"),
    "a correction": ([SAID, edits("6 $")], "refused_edit"),
    "no correction": ([edits("6 $", "999")], "not_sent_then"),
    "another picture": (
        [DeskMessage("5 $", kind="photo", message_id="901", file="a"), edits("6 $", file="b")],
        "other_file",
    ),
    "a secret": ([DeskMessage("4111 1111 1111 1111", message_id="901")], "hidden_there"),
    "a kind": ([DeskMessage("", kind="hologram", message_id="901")], "cannot_copy"),
}


@pytest.mark.parametrize("kind", REFUSALS)
def test_what_does_not_arrive_as_an_agent_wrote_it_is_told(
    talking: Chat, agents: Agents, kind: str
) -> None:
    messages, told = REFUSALS[kind]
    for message in messages[:-1]:
        agents.post("nadia", message)
        arrives(talking)
    agents.post("nadia", messages[-1])
    arrives(talking, Outcome("refused", "BadRequest") if told.startswith("refused") else None)
    assert tells(agents, told)


def test_of_an_album_that_arrives_in_part_the_agent_is_told(talking: Chat, agents: Agents) -> None:
    for number in ("901", "902", "903"):
        picture = DeskMessage("", kind="photo", message_id=number, album="a1")
        agents.post("nadia", picture)
    talking.world.clock.advance(seconds=2)
    desk = talking.world.app.agents
    assert desk is not None
    [row] = waiting(talking)
    done = Outcome("sent", sent_as="77 78")
    with talking.world.app.database.write() as uow:
        done.record(uow, row)
        left_out.of_agents(uow, desk, row, done.left_out_of(row))
    assert tells(agents, "left_out")


def test_danger_and_secrets_are_said_to_both_sides(
    queued: Chat, agents: Agents, language: str
) -> None:
    queued.say(DANGER[language])
    assert tells(agents, "remark_urgent")
    queued.say(WELL[language])
    assert tells(agents, "said_well")
    agents.tap("nadia", "claim")
    queued.say(DANGER[language])
    assert tells(agents, "said_danger")
    arrives(queued)
    queued.say(CARD[language])
    assert tells(agents, "said_private")
    assert "4111" not in agents.topic()
    assert says(queued.world.app, "utter_hidden_from_agent", language, arrives(queued))


def test_a_number_from_before_is_told_to_whoever_claims_the_case(
    queued: Chat, agents: Agents
) -> None:
    queued.say("90210001")
    assert "90210001" not in agents.topic()
    agents.tap("nadia", "claim")
    assert tells(agents, "numbers_given")
