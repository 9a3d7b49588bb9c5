"""What a chat is told without having asked: in its own order, and without disturbing anything."""

from tests.fakes.chats import Chat, World


def linked(world: World, name: str) -> Chat:
    """A chat in which Diane proved who she is, a quarter of an hour ago."""
    chat = world.chat(name)
    chat.say("who is on my account?")
    chat.sign_in("diane")
    world.clock.advance(minutes=16)
    return chat


def elsewhere(world: World, name: str, username: str) -> Chat:
    chat = world.chat(name)
    chat.say("who is on my account?")
    chat.sign_in(username)
    return chat


def test_a_verified_chat_hears_of_a_verification_elsewhere_with_its_next_answer(
    world: World,
) -> None:
    first = elsewhere(world, "first", "diane")
    second = elsewhere(world, "second", "hugo")
    assert "utter_verification_notice" not in second.templates()
    first.work_off()
    said = first.say("hello")
    assert first.templates() == ["utter_verification_notice", "utter_greet"]
    assert "Hugo Tremblay" in said[0]
    first.say("hello")
    assert "utter_verification_notice" not in first.templates()


def notices_of(world: World) -> Chat:
    """Have every kind of notice told to the chats of Diane, which Hugo's chat has a part in."""
    hugo = elsewhere(world, "Hugo's", "hugo")
    hugo.say("request more access")
    hugo.say("TV")
    hugo.say("yes")
    with world.app.database.write() as uow:
        member_id = uow.sign_in.candidate("hugo").member_id
        assert member_id is not None
        uow.undelivered.tell(member_id, "hugo@example.com")
    return hugo


def test_a_chat_without_a_proof_is_told_that_something_waits_once_and_no_name(
    world: World,
) -> None:
    first = linked(world, "first")
    notices_of(world)
    first.work_off()
    said = first.say("hello")[0]
    assert first.templates() == ["utter_something_waits", "utter_greet"]
    for word in ("Hugo", "Tremblay", "hugo@example.com", "illico", "access", "verif"):
        assert word not in said


def test_after_signing_in_the_chat_says_what_waits(world: World) -> None:
    first = linked(world, "first")
    notices_of(world)
    first.work_off()
    first.say("hello")
    first.tap("Sign in")
    first.sign_in("diane")
    assert first.templates() == ["utter_verified", "utter_access_request"]
    first.work_off()
    first.say("hello")
    assert first.templates() == ["utter_verification_notice", "utter_undeliverable", "utter_greet"]


def test_who_was_told_that_something_waits_reads_at_sign_in_that_it_was_taken_back(
    world: World,
) -> None:
    first = linked(world, "first")
    hugo = notices_of(world)
    for said in ("withdraw my request", "yes"):
        hugo.say(said)
    assert hugo.templates() == ["utter_request_withdrawn"]
    first.work_off()
    first.say("hello")
    assert first.templates() == ["utter_something_waits", "utter_greet"]
    first.tap("Sign in")
    first.sign_in("diane")
    first.work_off()
    first.say("hello")
    assert "utter_access_request" not in first.templates()
    assert first.templates().count("utter_access_taken_back") == 1


def test_what_is_taken_back_calls_nobody_to_the_chat(world: World) -> None:
    hugo = elsewhere(world, "Hugo's", "hugo")
    for said in ("request more access", "TV", "yes"):
        hugo.say(said)
    first = elsewhere(world, "first", "diane")
    first.work_off()
    for said in ("withdraw my request", "yes"):
        world.clock.advance(minutes=4)
        hugo.say(said)
    assert hugo.templates() == ["utter_request_withdrawn"]
    world.clock.advance(minutes=2)
    first.work_off()
    first.say("hello")
    assert first.templates() == ["utter_greet"]


def test_what_waits_for_one_account_is_not_said_to_another(world: World) -> None:
    first = linked(world, "first")
    notices_of(world)
    first.work_off()
    first.say("sign me in")
    first.sign_in("hugo")
    first.work_off()
    first.say("hello")
    assert first.templates() == ["utter_greet"]


def test_a_chat_that_signed_out_gets_no_notice(world: World) -> None:
    first = elsewhere(world, "first", "diane")
    first.say("sign me out")
    notices_of(world)
    assert not first.work_off_one()


def test_a_chat_whose_session_has_lapsed_can_sign_out_for_good(world: World) -> None:
    first = linked(world, "first")
    first.say("sign me out")
    assert first.templates() == ["utter_signed_out"]
    first.say("sign me out")
    assert first.templates() == ["utter_not_signed_in"]
    notices_of(world)
    assert not first.work_off_one()


def test_a_link_lapses_a_month_after_the_last_proof(world: World) -> None:
    first = linked(world, "first")
    world.clock.advance(days=29)
    elsewhere(world, "second", "hugo")
    assert first.work_off_one()
    world.clock.advance(days=1)
    elsewhere(world, "third", "hugo")
    assert not first.work_off_one()


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
