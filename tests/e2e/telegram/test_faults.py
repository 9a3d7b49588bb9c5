"""When Telegram is slow, refuses or is away: nothing is lost, and nothing is said twice."""

import httpx
import pytest

from tests.e2e.telegram.scene import Scene
from tests.fakes.telegram.faults import Fault
from tests.fakes.telegram.server import TOKEN
from tests.fakes.telegram.user import TelegramUser

pytestmark = pytest.mark.slow

GREETING = "Hello! I am"
ONLY_POLLING = pytest.mark.parametrize("scene", ["polling"], indirect=True)


@pytest.fixture
def diane(scene: Scene) -> TelegramUser:
    return scene.person()


@pytest.fixture
def leo(scene: Scene) -> TelegramUser:
    return scene.person()


def dead(scene: Scene, person: TelegramUser) -> list[str]:
    """Why messages to that person were given up."""
    return scene.ledger.column(
        "SELECT o.error FROM outbox o JOIN conversation c ON c.id = o.conversation_id "
        f"WHERE o.dead_at IS NOT NULL AND c.chat_id = '{person.chat.id}'"
    )


def greeted_once(scene: Scene, person: TelegramUser) -> None:
    person.reads(GREETING)
    scene.settle()
    assert person.unread() == []


def test_who_blocks_the_bot_holds_up_nobody_and_may_come_back(
    scene: Scene, diane: TelegramUser, leo: TelegramUser
) -> None:
    diane.say("hello")
    greeted_once(scene, diane)
    diane.block()
    diane.say("hello")
    leo.say("hello")
    greeted_once(scene, leo)
    assert diane.unread() == []
    assert "blocked by the user" in dead(scene, diane)[0]
    diane.unblock()
    diane.say("hello")
    greeted_once(scene, diane)


def test_an_account_that_is_gone_holds_up_nobody(
    scene: Scene, diane: TelegramUser, leo: TelegramUser
) -> None:
    diane.chat.deactivate()
    diane.say("hello")
    leo.say("hello")
    greeted_once(scene, leo)
    assert "deactivated" in dead(scene, diane)[0]


def test_a_flooded_chat_waits_as_long_as_it_was_told_and_the_others_do_not(
    scene: Scene, diane: TelegramUser, leo: TelegramUser
) -> None:
    before = scene.api.faults.impatient
    scene.api.faults.plan(Fault.TOO_MANY, chat_id=diane.id, retry_after=5)
    diane.say("hello")
    scene.api.wait_until(lambda: scene.api.faults.met[-1:] == [Fault.TOO_MANY], what="429")
    leo.say("hello")
    greeted = leo.reads(GREETING)[-1]
    late = diane.reads(GREETING)[-1]
    assert greeted.at < late.at
    scene.settle()
    assert (diane.unread(), leo.unread()) == ([], [])
    assert scene.api.faults.impatient == before


def test_when_all_chats_are_flooded_one_more_message_finds_it_out_and_all_wait(
    scene: Scene,
) -> None:
    """A 429 does not say whether it is for one chat or for all: only a second one tells."""
    faults = scene.api.faults
    before = faults.impatient
    people = [scene.person() for _ in range(6)]
    faults.plan(Fault.TOO_MANY, retry_after=10)
    people[0].say("hello")
    scene.api.wait_until(lambda: faults.met[-1:] == [Fault.TOO_MANY], what="429")
    people[1].say("hello")
    scene.api.wait_until(lambda: faults.impatient > before, what="a second 429")
    for person in people[2:]:
        person.say("hello")
    for person in people:
        greeted_once(scene, person)
    assert faults.impatient - before == 1


@pytest.mark.parametrize("fault", [Fault.ERROR, Fault.BAD_GATEWAY, Fault.CUT])
@pytest.mark.parametrize("times", [1, 3])
def test_what_did_not_arrive_is_sent_again_and_arrives_once(
    scene: Scene, diane: TelegramUser, fault: Fault, times: int
) -> None:
    scene.api.faults.plan(fault, times=times, chat_id=diane.id)
    diane.say("hello")
    greeted_once(scene, diane)


def test_what_may_have_arrived_is_not_sent_again(scene: Scene, diane: TelegramUser) -> None:
    scene.api.faults.plan(Fault.DELIVERED_BUT_SILENT, chat_id=diane.id)
    diane.say("hello")
    greeted_once(scene, diane)
    diane.say("thank you")
    assert diane.reads_next().text, "the chat goes on"


def test_what_arrived_before_the_connection_broke_comes_at_most_twice(
    scene: Scene, diane: TelegramUser
) -> None:
    scene.api.faults.plan(Fault.DELIVERED_BUT_CUT, chat_id=diane.id)
    diane.say("hello")
    diane.reads(GREETING)
    scene.settle()
    assert len(diane.unread()) <= 1


@ONLY_POLLING
@pytest.mark.parametrize("fault", [Fault.ERROR, Fault.BAD_GATEWAY, Fault.CUT, Fault.TOO_MANY])
def test_polling_goes_on_after_a_failure(scene: Scene, diane: TelegramUser, fault: Fault) -> None:
    scene.api.faults.plan(fault, times=2, method="getUpdates")
    for _ in range(2):
        diane.say("hello")
        greeted_once(scene, diane)


@ONLY_POLLING
def test_polling_goes_on_after_somebody_else_has_polled(scene: Scene, diane: TelegramUser) -> None:
    somebody_else = httpx.get(f"{scene.api.url}/bot{TOKEN}/getUpdates")
    assert somebody_else.json() == {"ok": True, "result": []}
    diane.say("hello")
    greeted_once(scene, diane)


def set_webhook(scene: Scene, url: str) -> None:
    given = {"url": url}
    httpx.post(f"{scene.api.url}/bot{TOKEN}/setWebhook", json=given).raise_for_status()


@ONLY_POLLING
def test_polling_removes_a_webhook_of_its_own_that_is_in_its_way(
    scene: Scene, diane: TelegramUser
) -> None:
    set_webhook(scene, f"{scene.server.address}/telegram/webhook")
    diane.say("hello")
    greeted_once(scene, diane)


@ONLY_POLLING
def test_polling_leaves_the_webhook_of_another_installation_and_says_so(
    scene: Scene, diane: TelegramUser
) -> None:
    set_webhook(scene, "http://127.0.0.1:9/telegram/webhook")
    told = "another installation has set a webhook (127.0.0.1)"
    scene.api.wait_until(lambda: told in scene.server.log, what="told")
    assert scene.api.updates.webhook is not None
    set_webhook(scene, "")
    diane.say("hello")
    greeted_once(scene, diane)


def test_a_message_that_telegram_will_not_take_holds_up_nobody(
    scene: Scene, diane: TelegramUser, leo: TelegramUser
) -> None:
    diane.chat.migrate(-100_555)
    diane.say("hello")
    leo.say("hello")
    greeted_once(scene, leo)
    scene.api.wait_until(lambda: bool(dead(scene, diane)), what="given up")


def test_a_spinner_that_cannot_be_taken_off_does_not_hold_up_the_answer(
    scene: Scene, diane: TelegramUser
) -> None:
    diane.say("hello")
    diane.reads(GREETING)
    scene.api.faults.plan(Fault.ERROR, method="answerCallbackQuery")
    diane.tap(diane.heard[-1].titles[0])
    assert diane.reads_next().text
    scene.settle()
    scene.api.methods.open_queries.clear()
