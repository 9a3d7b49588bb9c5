"""What people do on Telegram besides typing answers."""

import pytest

from tests.e2e.telegram.scene import Scene
from tests.fakes.telegram.user import TelegramUser, group

pytestmark = pytest.mark.slow

ONLY_WRITTEN = "I can only read written messages."
QUESTION = "How many users can I have?"
ANSWER = "up to 6 users"
SEND_OTHER_THINGS = ("voice", "sticker", "location", "contact", "poll", "photo", "document")


def test_an_edited_answer_is_a_correction(scene: Scene) -> None:
    diane, household = scene.person(), scene.household()
    scene.come_to_the_question(diane, household)
    diane.say("TV")
    diane.reads(household.newcomer)
    diane.edit("the bills")
    (corrected, card) = diane.reads(household.newcomer)
    assert corrected.text == "Thank you, I have corrected that."
    assert "View the invoice" in card.text
    diane.tap("Yes")
    diane.reads("Receipt")
    assert scene.ledger.rights(household.newcomer) == ["view_invoice"]


def test_an_edit_that_corrects_nothing_is_explained_and_changes_nothing(scene: Scene) -> None:
    diane = scene.person()
    diane.say("hello")
    diane.reads("Hello!")
    diane.edit("hello there")
    diane.reads("before you edited it")
    scene.settle()
    assert diane.unread() == []


def test_an_old_button_explains_itself_and_does_nothing(scene: Scene) -> None:
    diane, household = scene.person(), scene.household()
    scene.come_to_the_card(diane, household)
    card = diane.heard[-1]
    diane.tap("Yes")
    diane.reads("Receipt")
    diane.tap("Yes", card)
    scene.api.wait_until(
        lambda: any("no longer in use" in said for _, said in scene.api.methods.answered),
        what="an answer in passing",
    )
    scene.settle()
    added = f"SELECT count(*) FROM member WHERE email = '{household.newcomer}'"
    assert scene.ledger.number(added) == 1
    scene.api.wait_until(lambda: not scene.api.methods.open_queries, what="each tap is answered")


def test_a_second_start_greets_and_loses_nothing(scene: Scene) -> None:
    diane, household = scene.person(), scene.household()
    diane.say("/start")
    diane.reads("Hello! I am")
    scene.come_to_the_question(diane, household)
    diane.say("/start")
    diane.reads("Hello! I am")
    diane.reads("Which services may Zoé use?")
    diane.say("the bills")
    diane.reads(household.newcomer)


def test_a_deep_link_chooses_a_topic_and_never_a_person(scene: Scene) -> None:
    household, stranger = scene.household(), scene.person()
    stranger.say(f"/start {household.holder}")
    stranger.reads("Hello! I am")
    stranger.say("/start create_user")
    stranger.reads("user name")


@pytest.mark.parametrize("thing", SEND_OTHER_THINGS)
def test_what_cannot_be_read_gets_a_kind_answer_and_the_question_stays(
    scene: Scene, thing: str
) -> None:
    diane = scene.person()
    diane.say("Add somebody")
    diane.reads("What is your Customer Centre user name?")
    getattr(diane, thing)()
    diane.reads(ONLY_WRITTEN)
    diane.reads("What is your Customer Centre user name?")
    scene.settle()
    assert diane.unread() == []


def test_an_album_is_one_message(scene: Scene) -> None:
    diane = scene.person()
    diane.album(3)
    diane.reads(ONLY_WRITTEN)
    scene.settle()
    assert diane.unread() == []


def test_words_under_a_picture_are_read(scene: Scene) -> None:
    diane = scene.person()
    diane.photo(QUESTION)
    diane.reads(ANSWER)
    diane.album(3, QUESTION)
    diane.reads(ANSWER)
    scene.settle()
    assert diane.unread() == []


def test_a_forwarded_message_is_nobodys_wish(scene: Scene) -> None:
    diane, household = scene.person(), scene.household()
    scene.come_to_the_card(diane, household)
    diane.forward("yes")
    diane.reads("I do not act on forwarded messages")
    scene.settle()
    added = f"SELECT count(*) FROM member WHERE email = '{household.newcomer}'"
    assert scene.ledger.number(added) == 0


def test_in_a_group_it_asks_to_be_written_to_in_private(scene: Scene) -> None:
    diane = scene.person()
    family = diane.within(group(scene.api, -100_000 - diane.id))
    family.say("Who wants pizza?")
    scene.settle()
    assert family.unread() == [], "people may talk among themselves"
    family.say("/start@foyer_test_bot")
    family.reads("I only talk in private")
    scene.settle()
    assert "Who wants pizza?" not in scene.turns(family)
    diane.say("hello")
    diane.reads("Hello!")


def test_two_people_at_once_each_have_their_own_conversation(scene: Scene) -> None:
    people = [scene.person("en"), scene.person("fr")]
    for person, text in zip(people, ("hello", "bonjour"), strict=True):
        person.say(text)
    for person, text in zip(people, ("Hello!", "Bonjour!"), strict=True):
        person.reads(text)


def test_a_burst_is_read_in_order(scene: Scene) -> None:
    diane = scene.person()
    said = [f"hello {number}" for number in range(12)]
    for text in said:
        diane.say(text)
    scene.settle()
    assert scene.turns(diane) == said


def test_the_menu_speaks_both_languages(scene: Scene) -> None:
    menus = scene.api.methods.profile.commands
    scene.api.wait_until(lambda: len(menus) >= 4, what="the menus")
    english, french = (dict(menus["all_private_chats", code]) for code in ("", "fr"))
    assert english.keys() == french.keys()
    assert english != french
    diane: TelegramUser = scene.person()
    for command in english:
        diane.say(f"/{command}")
        assert diane.reads_next().text
        scene.settle()
        diane.unread()
