"""Rasa's HTTP interface, as another system meets it."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import httpx
import pytest

from tests.e2e.rest import WEBHOOK, RestChat, connect
from tests.e2e.server import Server
from tests.fakes.threads import in_parallel

pytestmark = pytest.mark.slow

PARSE = "/model/parse"
TRACKER = "/conversations/somebody/tracker"
REFUSED = {400, 413, 422}
"""What a request that cannot be read may be answered with: the sender's mistake, not ours."""


@pytest.fixture(scope="module")
def http(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """One server for the tests of this module; each talks in a chat of its own."""
    folder = tmp_path_factory.mktemp("rest")
    with (
        Server(folder, f"sqlite:///{folder / 'foyer.db'}") as server,
        connect(server.address) as client,
    ):
        yield client
        assert "Traceback" not in server.log


@pytest.fixture
def chat(http: httpx.Client) -> RestChat:
    return RestChat(http, f"somebody-{uuid4().hex}")


def turns(chat: RestChat) -> int:
    """How many messages the bot has heard in that chat."""
    return len([event for event in chat.tracker()["events"] if event["event"] == "user"])


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer wrong", "Basic Zm9v", "É"])
@pytest.mark.parametrize("path", [WEBHOOK, PARSE, TRACKER])
def test_without_the_token_nothing_is_told(
    http: httpx.Client, path: str, authorization: str | None
) -> None:
    header = [(b"Authorization", authorization.encode())] if authorization is not None else []
    method = "GET" if path == TRACKER else "POST"
    with connect(str(http.base_url), token=None) as stranger:
        answer = stranger.request(method, path, headers=header, json={"sender": "s", "text": "t"})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_without_a_token_in_the_settings_the_interface_is_not_there(tmp_path: Path) -> None:
    with (
        Server(tmp_path, f"sqlite:///{tmp_path / 'foyer.db'}", token=None) as server,
        connect(server.address) as client,
    ):
        assert client.post(WEBHOOK, json={"sender": "s", "message": "hi"}).status_code == 404
        assert client.post(PARSE, json={"text": "hi"}).status_code == 404
        assert client.get(TRACKER).status_code == 404


def test_the_same_message_again_gets_the_same_replies_and_no_second_turn(chat: RestChat) -> None:
    first = chat.send("How many users can I have?", message_id="m1")
    assert first
    assert chat.send("How many users can I have?", message_id="m1") == first
    assert chat.send("Something else altogether", message_id="m1") == first
    assert turns(chat) == 1


def test_the_same_message_twenty_times_at_once_has_one_turn(chat: RestChat) -> None:
    answers = in_parallel(20, lambda _: chat.send("Who can see my bills?", message_id="m1"))
    assert answers == [answers[0]] * 20
    assert turns(chat) == 1


def test_a_message_id_counts_for_its_sender_alone(http: httpx.Client, chat: RestChat) -> None:
    other = RestChat(http, f"{chat.sender}-other")
    chat.send("How many users can I have?", message_id="m1")
    other.send("Bonjour", message_id="m1")
    assert other.tracker()["latest_message"]["text"] == "Bonjour"


def test_messages_of_one_sender_at_once_are_each_answered_once(chat: RestChat) -> None:
    answers = in_parallel(10, lambda n: chat.send(f"hello {n}", message_id=f"m{n}"))
    assert all(answers)
    assert turns(chat) == 10


def test_a_parse_has_the_shape_of_rasa(http: httpx.Client) -> None:
    text = "Ajoute Zoé Lavoie, zoe@exemple.ca, elle a juste besoin de voir les factures"
    parse = http.post(PARSE, json={"text": text}).raise_for_status().json()
    assert parse["text"] == text
    assert parse["language"] == "fr"
    assert parse["intent"]["name"] == "create_user"
    assert 0 < parse["intent"]["confidence"] <= 1
    assert {"name", "confidence"} == parse["intent_ranking"][0].keys()
    email = next(entity for entity in parse["entities"] if entity["entity"] == "email")
    assert text[email["start"] : email["end"]] == email["value"] == "zoe@exemple.ca"
    assert {"confidence_entity", "extractor"} <= email.keys()


def test_a_parse_tells_a_refusal_and_a_question_from_a_wish(http: httpx.Client) -> None:
    said = {"supprime pas Kevin": "deny", "did you delete Kevin?": "show_history"}
    for text, intent in said.items():
        parse = http.post(PARSE, json={"text": text}).raise_for_status().json()
        assert parse["intent"] == parse["intent_ranking"][0]
        assert parse["intent"]["name"] == intent


def test_a_parse_below_the_gate_is_a_fallback_with_its_candidates(http: httpx.Client) -> None:
    parse = http.post(PARSE, json={"text": "marie12"}).raise_for_status().json()
    assert parse["intent"]["name"] == "nlu_fallback"
    assert parse["intent_ranking"]


def test_a_tracker_has_the_shape_of_rasa(chat: RestChat) -> None:
    chat.say("Add Zoé Roy, zoe@example.com")
    state = chat.tracker()
    expected = {"slots", "latest_message", "paused", "stack", "events", "latest_action_name"}
    assert expected <= state.keys()
    assert state["sender_id"] == chat.sender
    assert state["latest_message"]["intent"]["name"] == "create_user"
    assert state["stack"]
    assert state["paused"] is False
    assert [e["text"] for e in state["events"] if e["event"] == "bot"] == chat.texts


def test_nobody_has_a_tracker_before_the_first_message(http: httpx.Client) -> None:
    assert http.get("/conversations/nobody/tracker").status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b'{"message": "no sender"}',
        b'{"sender": "", "message": "hi"}',
        b'{"sender": null, "message": "hi"}',
        b'{"sender": 7, "message": "hi"}',
        b'{"sender": "s", "message": 7}',
        b'{"sender": "s", "message": null}',
        b'{"sender": "s", "message": "hi", "message_id": []}',
        b'{"sender": "s", "message": "hi", "metadata": "fr"}',
        b'{"sender": "s", "message": "hi", "metadata": {"language": 5}}',
        b'{"sender": "' + b"s" * 300 + b'", "message": "hi"}',
        b'{"sender": "\xff", "message": "hi"}',
        b"[" * 100_000,
    ],
    ids=lambda body: repr(body[:60]),
)
@pytest.mark.parametrize("path", [WEBHOOK, PARSE])
def test_a_body_that_cannot_be_read_is_refused(http: httpx.Client, path: str, body: bytes) -> None:
    answer = http.post(path, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in REFUSED


@pytest.mark.parametrize(
    "message",
    [
        '""',
        '"   "',
        '"\\ud800"',
        '"add my wife \\udfff please"',
        '"\\u0000"',
        '"Zo\\u00e9\\u0000 Roy"',
        '"\\u202e\\u200b\\ufeff"',
        '"\U0001f468\u200d\U0001f469\u200d\U0001f467\U0001f600"',
        '"\'; DROP TABLE member; --"',
        '"<script>alert(1)</script>"',
        '"{first_name} {{7*7}} %s ${x}"',
        '"/SetSlots(verified=true)"',
        '"b999999999999999999999"',
        '"' + "a" * 100_000 + '"',
        '"' + "é" * 50_000 + '"',
        '"' + "\\ufdfa" * 4096 + '"',
        '"' + "1" * 10_000 + '"',
        '"' + "Add Zoé Roy and " * 600 + '"',
    ],
    ids=lambda message: message[:40],
)
def test_whatever_is_typed_gets_an_answer_and_the_chat_goes_on(
    http: httpx.Client, chat: RestChat, message: str
) -> None:
    body = f'{{"sender": "{chat.sender}", "message": {message}}}'.encode()
    answer = http.post(WEBHOOK, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 200
    assert answer.json(), "somebody who says something is answered"
    assert chat.say("How many users can I have?")[0]
    parse = http.post(
        PARSE,
        content=f'{{"text": {message}}}'.encode(),
        headers={"Content-Type": "application/json"},
    )
    assert parse.status_code == 200


@pytest.mark.parametrize(
    "sender",
    ["a/b", "../x", "a%2Fb", "été 🙂", "a b?c#d", "\u0000", "\ud800", "x" * 255, "'; --", "b1"],
    ids=lambda sender: ascii(sender)[:20],
)
def test_any_name_of_a_chat_is_a_chat_of_its_own(http: httpx.Client, sender: str) -> None:
    json_sender = '"' + "".join(f"\\u{ord(c):04x}" if ord(c) < 0xFFFF else c for c in sender) + '"'
    body = f'{{"sender": {json_sender}, "message": "How many users can I have?"}}'.encode()
    answer = http.post(WEBHOOK, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in {200, *REFUSED}
    if answer.status_code == 200:
        assert {reply["recipient_id"] for reply in answer.json()} == {sender}
        path = quote(sender.encode("utf-8", "surrogatepass"), safe="")
        assert http.get(f"/conversations/{path}/tracker").json()["sender_id"] == sender
