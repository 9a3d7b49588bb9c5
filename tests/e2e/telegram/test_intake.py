"""What comes in: strange updates, copies, and strangers at the door of the webhook."""

from typing import Any

import httpx
import pytest

from tests.e2e.telegram.scene import Scene
from tests.fakes.telegram.strange import strange_updates
from tests.fakes.telegram.updates import SECRET_HEADER
from tests.fakes.telegram.user import TelegramUser
from tests.fakes.threads import in_parallel

pytestmark = pytest.mark.slow

GREETING = "Hello! I am"
COPIES = 20
ONLY_WEBHOOK = pytest.mark.parametrize("scene", ["webhook"], indirect=True)


def test_strange_updates_hold_up_nobody(scene: Scene) -> None:
    diane, leo = scene.person(), scene.person()
    strange = strange_updates(diane)
    assert len(strange) >= 20
    ids = []
    for update in strange.values():
        ids.append(scene.api.raw_update(update))
        leo.say("hello")
    scene.settle()
    assert len(scene.turns(leo)) == len(strange)
    diane.say("hello")
    diane.reads(GREETING)
    answers = dict(scene.api.updates.answers)
    if scene.mode == "webhook":
        assert {answers[update_id] for update_id in ids} == {200}
    assert scene.ledger.number("SELECT count(*) FROM inbox WHERE parked_at IS NOT NULL") == 0


@ONLY_WEBHOOK
def test_an_update_that_is_posted_again_later_has_one_turn(scene: Scene) -> None:
    diane = scene.person()
    update = message(scene, diane, "hello")
    for _ in range(3):
        scene.api.raw_update(update)
        scene.settle()
    assert scene.turns(diane) == ["hello"]


@ONLY_WEBHOOK
def test_of_twenty_copies_at_once_one_has_a_turn(scene: Scene) -> None:
    diane = scene.person()
    update = message(scene, diane, "hello")
    with httpx.Client(trust_env=False, timeout=30) as http:
        answers = in_parallel(
            COPIES, lambda _: http.post(hook(scene), json=update, headers=secret(scene))
        )
    assert {answer.status_code for answer in answers} == {200}
    diane.reads(GREETING)
    scene.settle()
    assert (scene.turns(diane), diane.unread()) == (["hello"], [])


@ONLY_WEBHOOK
@pytest.mark.parametrize(
    "headers",
    [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: "wrong"}, {SECRET_HEADER: "é"}, {"X-Secret": "x"}],
    ids=str,
)
def test_without_the_secret_nothing_is_taken_in(scene: Scene, headers: dict[str, str]) -> None:
    diane = scene.person()
    raw = {name.encode(): value.encode("latin-1") for name, value in headers.items()}
    answer = httpx.post(hook(scene), json=message(scene, diane, "hello"), headers=raw)
    assert answer.status_code in {401, 403}
    part = scene.api.updates.webhook.secret[:-1] if scene.api.updates.webhook else ""
    answer = httpx.post(hook(scene), json={}, headers={SECRET_HEADER: part})
    assert answer.status_code in {401, 403}
    scene.settle()
    assert scene.turns(diane) == []


@ONLY_WEBHOOK
@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json; charset=utf-8", "APPLICATION/JSON"]
)
def test_any_way_to_write_the_content_type_is_accepted(scene: Scene, content_type: str) -> None:
    diane = scene.person()
    body = httpx.Request("POST", "http://x", json=message(scene, diane, "hello")).content
    headers = {**secret(scene), "Content-Type": content_type}
    assert httpx.post(hook(scene), content=body, headers=headers).status_code == 200
    diane.reads(GREETING)


@ONLY_WEBHOOK
def test_a_body_that_is_no_update_is_not_taken_in_and_breaks_nothing(scene: Scene) -> None:
    for body in (b"", b"{", b"[]", b"7", b'"x"', b"\xff\xfe", b"[" * 100_000, b"null"):
        headers = {**secret(scene), "Content-Type": "application/json"}
        answer = httpx.post(hook(scene), content=body, headers=headers)
        assert answer.status_code in {200, 400, 413, 422}, body[:10]
    diane = scene.person()
    diane.say("hello")
    diane.reads(GREETING)


def hook(scene: Scene) -> str:
    return f"{scene.server.address}/telegram/webhook"


def secret(scene: Scene) -> dict[str, str]:
    webhook = scene.api.updates.webhook
    assert webhook is not None
    return {SECRET_HEADER: webhook.secret}


def message(scene: Scene, person: TelegramUser, text: str) -> dict[str, Any]:
    """An update that the test posts itself."""
    number = scene.api.next_update_id()
    content = {"message_id": 1, "from": person.shape, "chat": person.chat.shape, "text": text}
    return {"update_id": number, "message": {**content, "date": 1_780_000_000}}
