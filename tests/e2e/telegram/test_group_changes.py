"""The agents' group changes under a running Foyer, and between two runs of it."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from tests.e2e.telegram.scene import GROUP, Scene, opened
from tests.e2e.telegram.test_agents import NADIA, SLOW, call
from tests.fakes.telegram.user import TelegramUser

pytestmark = pytest.mark.slow

OTHER = -1_009_876_543


@pytest.fixture
def scene(tmp_path: Path, sqlite_template: Path) -> Iterator[Scene]:
    shutil.copy(sqlite_template, tmp_path / "foyer.db")
    people = {NADIA: "Nadia"}
    with opened(tmp_path, f"sqlite:///{tmp_path / 'foyer.db'}", "webhook", people) as running:
        yield running
        assert "Traceback" not in running.server.log


@pytest.fixture
def talking(scene: Scene) -> tuple[TelegramUser, TelegramUser]:
    """Diane and Nadia, who has her case."""
    diane = scene.person("en")
    nadia = call(scene, diane, "I want to talk to a person", "number")
    nadia.tap("Claim")
    diane.reads("Nadia has joined")
    scene.settle()
    return diane, nadia


def agents_of(scene: Scene) -> dict[str, object]:
    told = httpx.get(f"{scene.server.address}/health").json()
    agents: dict[str, object] = told["messenger"]["agents"]
    return agents


def until(scene: Scene, is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SLOW
    while not is_so():
        assert time.monotonic() < deadline, scene.server.log[-2000:]
        time.sleep(0.2)


def changed(scene: Scene, status: str) -> None:
    """Telegram says what the bot is in the group now."""
    forum = scene.api.methods.forum
    forum.standing[GROUP] = status
    bot = {"id": 5550001, "is_bot": True, "first_name": "Foyer"}
    scene.api.put(
        "my_chat_member",
        {
            "chat": scene.api.chats.find(GROUP).shape,
            "from": {"id": NADIA, "is_bot": False, "first_name": "Nadia"},
            "date": int(time.time()),
            "old_chat_member": {"user": bot, "status": "administrator"},
            "new_chat_member": {"user": bot, "status": status},
        },
    )


def test_rights_are_lost_and_given_back(
    scene: Scene, talking: tuple[TelegramUser, TelegramUser]
) -> None:
    diane, nadia = talking
    assert agents_of(scene) == {"reachable": True}
    changed(scene, "member")
    diane.reads("I cannot reach the people who answer here right now", seconds=SLOW)
    assert agents_of(scene)["trouble"] == "no_rights"
    assert "may manage topics" in scene.server.log
    omar = scene.person("fr")
    omar.say("je veux parler à une personne")
    omar.reads("personne n'a donc encore été appelé")
    changed(scene, "administrator")
    diane.reads("number 1 in the queue", seconds=SLOW)
    until(scene, lambda: agents_of(scene) == {"reachable": True})
    until(scene, lambda: any(post.button("Claim") for post in nadia.heard))
    nadia.tap("Claim")
    diane.reads("Nadia has joined", seconds=SLOW)


def test_topics_are_switched_off(scene: Scene, talking: tuple[TelegramUser, TelegramUser]) -> None:
    diane, _ = talking
    scene.api.chats.find(GROUP).shape["is_forum"] = False
    diane.say("is anybody there?")
    diane.reads("I cannot reach the people who answer here right now", seconds=SLOW)
    assert agents_of(scene)["trouble"] == "no_topics"
    diane.say("how many users can I have?")
    diane.reads("up to 6 users")


def test_a_topic_closed_by_hand_is_opened_again(
    scene: Scene, talking: tuple[TelegramUser, TelegramUser]
) -> None:
    _, nadia = talking
    topic = scene.api.methods.forum.topics[GROUP][nadia.topic or 0]
    topic.closed = True
    scene.api.put(
        "message",
        {
            "message_id": 900_001,
            "date": int(time.time()),
            "chat": scene.api.chats.find(GROUP).shape,
            "from": {"id": NADIA, "is_bot": False, "first_name": "Nadia"},
            "message_thread_id": nadia.topic,
            "is_topic_message": True,
            "forum_topic_closed": {},
        },
    )
    until(scene, lambda: not topic.closed)
    nadia.reads("/close ends it", seconds=SLOW)


def test_the_group_becomes_another_chat(
    scene: Scene, talking: tuple[TelegramUser, TelegramUser]
) -> None:
    """Nobody says so but the refusal of the next request."""
    diane, _ = talking
    scene.api.methods.forum.open(OTHER, {NADIA: "Nadia"})
    scene.api.chats.find(GROUP).migrate(OTHER)
    diane.say("where are you?")
    again = in_other(scene, "1 ·")
    again.reads("where are you?", seconds=SLOW)
    again.say("here")
    diane.reads("here", seconds=SLOW)
    scene.server.kill()
    scene.server.start()
    diane.say("and after the night?")
    again.reads("and after the night?", seconds=SLOW)


def in_other(scene: Scene, part: str) -> TelegramUser:
    topics = scene.api.methods.forum.topics[OTHER]

    def found() -> list[int]:
        return [number for number, topic in list(topics.items()) if part in topic.name]

    scene.api.wait_until(lambda: bool(found()), seconds=SLOW, what=f"a topic {part}")
    forum = scene.api.chats.find(OTHER)
    return TelegramUser(scene.api, NADIA, first_name="Nadia").within(forum, found()[-1])


def test_another_group_is_set_and_the_customer_is_not_left_alone(
    scene: Scene, talking: tuple[TelegramUser, TelegramUser]
) -> None:
    diane, _ = talking
    scene.api.methods.forum.open(OTHER, {NADIA: "Nadia"})
    scene.server.kill()
    scene.server.settings = {**scene.server.settings, "telegram_support_group": str(OTHER)}
    scene.server.start()
    diane.reads("work from somewhere else now", seconds=SLOW)
    again = in_other(scene, "1 ·")
    again.reads("This case comes from another group", seconds=SLOW)
    again.tap("Claim")
    diane.reads("Nadia has joined", seconds=SLOW)
    again.say("hello from the new group")
    diane.reads("hello from the new group", seconds=SLOW)


def test_a_group_that_cannot_be_a_desk_is_said_at_the_start(scene: Scene) -> None:
    scene.api.chats.find(GROUP).kick()
    scene.server.kill()
    scene.server.start()
    until(scene, lambda: agents_of(scene).get("trouble") == "removed")
    assert "the bot is not in the group any more" in scene.server.log
    diane = scene.person("en")
    diane.say("I want to talk to a person")
    diane.reads("nobody has been called yet")
