"""`/start` and its topic: where a link may lead, and that it proves nothing."""

import pytest

from tests.fakes.chats import World


def test_start_greets_with_what_can_be_done(world: World) -> None:
    chat = world.chat()
    chat.say("/start")
    assert chat.templates() == ["utter_greet"]
    assert chat.titles()


@pytest.mark.parametrize(
    ("topic", "first"),
    [
        ("create_user", "utter_ask_username"),
        ("list_users", "utter_ask_username"),
        ("add", "utter_ask_username"),
        ("person", "utter_human_handoff"),
        ("talk_to_human", "utter_human_handoff"),
        ("switch_to_fr", "utter_language_switched"),
        ("cancel", "utter_greet"),
        ("restart", "utter_greet"),
        ("faq-max_users", "utter_answer"),
        ("faq_max_users", "utter_answer"),
        ("promo2026", "utter_greet"),
        ("diane", "utter_greet"),
    ],
)
def test_a_link_chooses_a_topic_and_nothing_else(world: World, topic: str, first: str) -> None:
    chat = world.chat()
    chat.say(f"/start {topic}")
    assert chat.templates() == [first]
    assert not chat.slots.get("username")


def test_start_in_the_middle_of_a_task_loses_nothing(world: World) -> None:
    chat = world.chat()
    chat.say("add Zoé Lavoie")
    chat.sign_in("diane")
    chat.say("/start")
    assert chat.templates() == ["utter_greet", "utter_ask_new_email"]
    assert chat.slots["new_first_name"] == "Zoé"


@pytest.mark.parametrize(
    ("command", "first"),
    [
        ("/add", "utter_ask_username"),
        ("/users", "utter_ask_username"),
        ("/help", "utter_help"),
        ("/person", "utter_human_handoff"),
        ("/cancel", "utter_nothing_to_cancel"),
        ("/francais", "utter_language_switched"),
    ],
)
def test_every_command_of_the_menu_does_what_it_says(
    world: World, command: str, first: str
) -> None:
    chat = world.chat()
    chat.say(command)
    assert chat.templates()[0] == first


def test_every_task_that_has_a_name_can_be_linked_to(world: World) -> None:
    for topic, title in world.app.domain.titles().items():
        chat = world.chat(f"chat-{topic}")
        chat.say(f"/start {topic}")
        assert chat.templates() != ["utter_greet"], title
