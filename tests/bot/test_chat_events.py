"""What a chat is told without having asked: in its own order, and without disturbing anything."""

from tests.fakes.chats import Chat, World


def linked(world: World, name: str) -> Chat:
    """A chat in which Diane proved who she is, and signed out again."""
    chat = world.chat(name)
    chat.say("who is on my account?")
    chat.sign_in("diane")
    chat.say("sign me out")
    return chat


def test_a_linked_chat_hears_of_a_verification_elsewhere_with_its_next_answer(
    world: World,
) -> None:
    first = linked(world, "first")
    second = world.chat("second")
    second.say("who is on my account?")
    second.sign_in("hugo")
    assert "utter_verification_notice" not in second.templates()
    first.work_off()
    said = first.say("hello")
    assert first.templates() == ["utter_verification_notice", "utter_greet"]
    assert "Hugo Tremblay" in said[0]
    first.say("hello")
    assert "utter_verification_notice" not in first.templates()


def test_an_open_question_stays_open_and_is_not_asked_again(world: World) -> None:
    first = linked(world, "first")
    first.say("add Zoé Lavoie, zoe@example.com, in English, only the bills")
    first.sign_in("diane")
    assert first.templates()[-1] == "utter_ask_create_confirmation"
    other = world.chat("second")
    other.say("who is on my account?")
    other.sign_in("diane")
    first.work_off()
    first.say("Yes, add Zoé")
    assert first.templates() == ["utter_verification_notice", "utter_user_created"]


def test_a_notice_keeps_no_session_alive(world: World) -> None:
    first, second = world.chat("first"), world.chat("second")
    first.say("who is on my account?")
    first.sign_in("diane")
    world.clock.advance(minutes=4)
    second.say("who is on my account?")
    second.sign_in("diane")
    first.work_off()
    world.clock.advance(minutes=2)
    first.say("who is on my account?")
    assert first.templates()[-1] == "utter_ask_username"
