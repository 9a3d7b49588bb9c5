"""That nobody has to tap: said once, and told to whoever asks."""

import pytest

from tests.fakes.chats import World

TIP = {
    "hello": "Whatever can be tapped can also be typed.",
    "bonjour": "Tout ce qui se touche peut aussi s'écrire.",
}


@pytest.mark.parametrize("greeting", TIP)
def test_it_is_said_once_where_things_can_be_tapped(world: World, greeting: str) -> None:
    chat = world.chat(channel="telegram")
    assert TIP[greeting] in chat.say(greeting)[0]
    assert TIP[greeting] not in chat.say(greeting)[0]


@pytest.mark.parametrize("channel", ["pigeon", "rest"])
def test_it_is_not_said_where_nobody_sees_buttons(world: World, channel: str) -> None:
    assert TIP["hello"] not in world.chat(channel=channel).say("hello")[0]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("typing instead of the buttons, is that ok?", "everything can be typed"),
        ("can I use a screen reader here?", "everything can be typed"),
        ("a relay operator types for me, does that work?", "everything can be typed"),
        ("Je suis aveugle, est-ce que je peux tout écrire?", "tout peut s'écrire"),
        ("Est-ce que ça marche avec un lecteur d'écran?", "tout peut s'écrire"),
    ],
)
def test_whoever_asks_is_told(world: World, question: str, answer: str) -> None:
    assert answer in "\n".join(world.chat().say(question))
