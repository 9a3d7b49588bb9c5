"""People who take over, end to end: a forum group, its topics, and customers in private chats."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.telegram.scene import GROUP, Scene, opened
from tests.fakes.scale import SCALE
from tests.fakes.telegram.user import TelegramUser

pytestmark = pytest.mark.slow

NADIA, TOM, EVE = 8_000_001, 8_000_002, 8_000_003
SLOW = 60.0
"""Seconds: the group is written to every three seconds at most."""
LIVES = max(2, round(20 * SCALE))
"""How often the server is killed."""


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Scene]:
    """By webhook alone: how updates come in is shown in `test_intake.py`, for both ways."""
    folder = tmp_path_factory.mktemp("agents")
    shutil.copy(sqlite_template, folder / "foyer.db")
    people = {NADIA: "Nadia", TOM: "Tom"}
    with opened(folder, f"sqlite:///{folder / 'foyer.db'}", "webhook", people) as running:
        yield running
        assert "Traceback" not in running.server.log
        assert running.api.methods.forum.refused == 0, "the group's limit was kept"


def newest_topic(scene: Scene, part: str) -> int:
    """Wait for a topic whose name has this part."""
    topics = scene.api.methods.forum.topics[GROUP]

    def found() -> list[int]:
        return [number for number, topic in list(topics.items()) if part in topic.name]

    scene.api.wait_until(lambda: bool(found()), seconds=SLOW, what=f"a topic {part}")
    return found()[-1]


def agent(scene: Scene, person: int, name: str, topic: int) -> TelegramUser:
    forum = scene.api.chats.find(GROUP)
    return TelegramUser(scene.api, person, first_name=name).within(forum, topic)


def case_number(scene: Scene, person: TelegramUser) -> int:
    return scene.ledger.number(
        "SELECT max(h.id) FROM handoff h JOIN conversation c ON c.id = h.conversation_id "
        f"WHERE c.chat_id = '{person.id}'"
    )


def call(scene: Scene, person: TelegramUser, words: str, queue: str) -> TelegramUser:
    """Ask for a person; Nadia, in the topic of the case, with its card before her."""
    person.say(words)
    person.reads(queue)
    topic = newest_topic(scene, f"{case_number(scene, person)} ·")
    nadia = agent(scene, NADIA, "Nadia", topic)
    nadia.reads(f"Case {case_number(scene, person)}", seconds=SLOW)
    return nadia


def test_a_whole_case_in_english(scene: Scene) -> None:
    diane = scene.person("en")
    diane.say("how many users can I have?")
    diane.reads("up to 6 users")
    nadia = call(scene, diane, "I want to talk to a person", "number")
    nadia.tap("What was said before")
    nadia.reads("how many users can I have?", seconds=SLOW)
    nadia.tap("Claim")
    diane.reads("Nadia has joined")
    nadia.say("Hello Diane")
    diane.reads("Hello Diane")
    diane.say("my card is 4111 1111 1111 1111, mail me at diane@example.com")
    shown = nadia.reads("my card is ••••", seconds=SLOW)[-1].text
    assert "mail me at d•••@•••" in shown
    diane.photo("the bill")
    nadia.reads("[photo] the bill", seconds=SLOW)
    nadia.document("your contract")
    diane.reads("[document] your contract")
    nadia.say("// a difficult case")
    agent(scene, TOM, "Tom", nadia.topic or 0).say("may I?")
    agent(scene, EVE, "Eve", nadia.topic or 0).say("tell me your code")
    nadia.anonymously("from the group")
    nadia.say("See you at five")
    assert [post.text for post in diane.reads("See you")] == ["See you at five"]
    nadia.edit("See you at six")
    scene.api.wait_until(
        lambda: any(p.text == "See you at six" and p.edited for p in diane.heard), what="the edit"
    )
    nadia.tap("Close")
    diane.reads("How satisfied are you")
    diane.tap("5")
    diane.reads("noted")
    nadia.reads("rating: 5 of 5", seconds=SLOW)
    scene.settle()
    assert diane.unread() == []
    topic = scene.api.methods.forum.topics[GROUP][nadia.topic or 0]
    assert topic.closed
    scene.api.wait_until(lambda: not scene.api.methods.open_queries, what="each tap is answered")


def test_un_dossier_entier_en_francais(scene: Scene) -> None:
    omar = scene.person("fr")
    nadia = call(scene, omar, "je veux parler à une personne", "rang")
    nadia.tap("Claim")
    omar.reads("Nadia s'est joint")
    omar.say("ma télé ne marche plus")
    nadia.reads("ma télé ne marche plus", seconds=SLOW)
    nadia.say("/hello")
    omar.reads("Bonjour, ici Nadia.")
    nadia.say("/return Un technicien passera demain.")
    omar.reads("Nadia vous rend à moi : Un technicien passera demain.".replace(" :", "\u00a0:"))
    omar.say("combien d'utilisateurs puis-je avoir?")
    omar.reads("6 ")


def test_a_tap_of_somebody_who_is_no_administrator_does_nothing(scene: Scene) -> None:
    diane = scene.person("en")
    nadia = call(scene, diane, "person", "number")
    eve = agent(scene, EVE, "Eve", nadia.topic or 0)
    eve.tap("Claim", nadia.heard[0])
    nadia.reads("only administrators", seconds=SLOW)
    assert [post.text for post in diane.unread()] == []
    scene.api.methods.forum.administrators[GROUP][EVE] = "Eve"
    scene.api.put(
        "chat_member",
        {
            "chat": scene.api.chats.find(GROUP).shape,
            "from": nadia.shape,
            "date": int(time.time()),
            "old_chat_member": {"user": eve.shape, "status": "member"},
            "new_chat_member": {"user": eve.shape, "status": "administrator"},
        },
    )
    scene.settle()
    eve.tap("Claim", nadia.heard[0])
    diane.reads("Eve has joined", seconds=SLOW)


def test_a_topic_that_was_deleted_is_made_again(scene: Scene) -> None:
    diane = scene.person("en")
    nadia = call(scene, diane, "person", "number")
    nadia.tap("Claim")
    diane.reads("joined")
    scene.settle()
    scene.api.methods.forum.topics[GROUP][nadia.topic or 0].deleted = True
    diane.say("is anybody there?")
    scene.settle()
    topics = scene.api.methods.forum.topics[GROUP]
    again = agent(scene, NADIA, "Nadia", max(topics))
    again.reads("is anybody there?", seconds=SLOW)
    again.say("I am")
    diane.reads("I am")


def test_kill_nine_loses_no_case_and_no_message(scene: Scene) -> None:
    diane = scene.person("en")
    nadia = call(scene, diane, "person", "number")
    nadia.tap("Claim")
    diane.reads("joined")
    for round_ in range(LIVES):
        for number in range(4):
            diane.say(f"customer {round_}.{number}.")
            nadia.say(f"agent {round_}.{number}.")
        scene.server.kill()
        scene.server.start()
    scene.settle()
    said = [f"{round_}.{number}." for round_ in range(LIVES) for number in range(4)]
    from_agent = [post.text for post in diane.heard if post.text.startswith("agent")]
    assert list(dict.fromkeys(from_agent)) == [f"agent {one}" for one in said]
    text = "\n".join(post.text for post in nadia.heard)
    lines = [line for line in text.split("\n") if line.startswith("👤 customer")]
    assert list(dict.fromkeys(lines)) == [f"👤 customer {one}" for one in said]


def test_sixty_messages_at_once_keep_the_groups_limit_and_their_order(scene: Scene) -> None:
    diane = scene.person("en")
    nadia = call(scene, diane, "person", "number")
    nadia.tap("Claim")
    diane.reads("joined")
    for number in range(60):
        diane.say(f"line {number}.")
    nadia.reads("line 59.", seconds=SLOW)
    text = "\n".join(post.text for post in nadia.heard)
    lines = [line for line in text.split("\n") if line.startswith("👤 line")]
    assert lines == [f"👤 line {number}." for number in range(60)]
