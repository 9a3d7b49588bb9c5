"""The bottleneck: a group takes twenty requests a minute, and what is urgent goes first.

On the Bot API of the tests, with the group's real limit, and a clock that moves for both.
"""

from datetime import timedelta

import pytest

from bot.dialogue.message import Message
from bot.handoff.message import DeskMessage
from tests.fakes.chats import Chat
from tests.fakes.telegram.chats import Post
from tests.fakes.telegram.lane import NADIA, Lane

NEW_CASES = 30


def has(posts: list[Post], words: str) -> bool:
    return any(words in post.text for post in posts)


def test_behind_thirty_new_cases_what_is_urgent_is_seen_at_the_next_intervals(lane: Lane) -> None:
    live, waiting = lane.claimed("41"), lane.chat("42")
    waiting.say("a person, please")
    lane.quiet()
    for number in range(NEW_CASES):
        lane.chat(f"{100 + number}").say("I want to talk to a person")
    lane.from_nadia(waiting, DeskMessage("", button="claim"))
    lane.chat("43").say("my husband hits me and reads this")
    live.say("it is the red light")
    seen = [lane.interval() for _ in range(3)]
    assert has(seen[0], "it is the red light")
    assert has(seen[1], "my husband hits me and reads this")
    assert has(seen[2], "Nadia has the conversation")
    assert len([post for interval in seen for post in interval]) == 3, "each in one message"


def test_a_live_word_waits_one_interval_whatever_comes(lane: Lane) -> None:
    live = lane.claimed("41")
    for number in range(NEW_CASES):
        lane.chat(f"{100 + number}").say("I want to talk to a person")
    lane.from_nadia(live, DeskMessage("", button="transcript"))
    for number in range(8):
        live.say(f"word {number}")
        assert has(lane.interval(), f"word {number}")


def test_danger_in_a_case_that_the_agents_have_before_them_is_said_there(lane: Lane) -> None:
    chat = lane.chat("41")
    chat.say("I want to talk to a person")
    lane.quiet()
    for number in range(NEW_CASES):
        lane.chat(f"{100 + number}").say("I want to talk to a person")
    chat.say("he beats me when he is drunk")
    [post] = lane.interval()
    assert "he beats me when he is drunk" in post.text
    assert post.topic == int(lane.case_of(chat)[1])


def test_who_is_called_to_danger_is_mentioned_before_the_case_has_a_topic(lane: Lane) -> None:
    lane.chat("41").say("my husband hits me and reads this")
    [post] = lane.interval()
    assert post.topic is None
    assert '<a href="tg://user?id=8000001">Nadia</a>' in post.html
    assert '<a href="tg://user?id=8000002">Tom &amp; Co</a>' in post.html
    seen = lane.quiet()
    assert has(seen, "❗ 1"), "its topic"
    assert has(seen, "my husband hits me"), "and its card"


def test_a_new_case_takes_two_requests_its_topic_and_its_card_with_the_first_words(
    lane: Lane,
) -> None:
    chat = lane.chat("41")
    chat.say("how many users can I have?")
    chat.say("I want to talk to a person")
    seen = lane.quiet()
    assert len(seen) == 2
    assert "Case 1" in seen[1].text
    assert "👤 I want to talk to a person" in seen[1].text


def test_everybody_who_waits_stands_in_one_reminder_that_leads_to_them(lane: Lane) -> None:
    chats = [lane.chat(str(number)) for number in (41, 42, 43)]
    for chat in chats:
        chat.say("I want to talk to a person")
    lane.quiet()
    lane.from_nadia(chats[1], DeskMessage("", button="claim"))
    chats[1].say("are you there?")
    lane.quiet()
    lane.world.clock.advance(hours=1)
    assert lane.world.app.watch is not None
    lane.world.app.watch.look()
    [post] = [post for post in lane.quiet() if "⏰" in post.text]
    assert post.topic is None
    for chat in chats:
        number, topic = lane.case_of(chat)
        assert f"ase {number} has waited" in post.text
        assert f"https://t.me/c/1234567/{topic}" in post.html
    assert "tg://user?id=8000001" in post.html


def test_whoever_a_case_is_transferred_to_is_called_before_new_cases(lane: Lane) -> None:
    live = lane.claimed("41")
    for number in range(NEW_CASES):
        lane.chat(str(100 + number)).say("I want to talk to a person")
    lane.from_nadia(live, DeskMessage("/transfer Tom & Co"))
    seen = [post for _ in range(2) for post in lane.interval()]
    [call] = [post for post in seen if post.topic is None]
    assert "tg://user?id=8000002" in call.html
    assert "tg://user?id=8000001" not in call.html
    assert f"https://t.me/c/1234567/{lane.case_of(live)[1]}" in call.html


def test_long_answers_about_cases_leave_in_as_many_messages_as_they_need(lane: Lane) -> None:
    chats = [lane.claimed(str(number)) for number in range(41, 44)]
    for chat in chats:
        for _ in range(8):
            lane.from_nadia(chat, DeskMessage(f"// {'a long note ' * 20}"))
    for number in range(1, 4):
        lane.agents.receive(NADIA, DeskMessage(f"/case {number}"), "")
    lane.agents.work_off("")
    answers = [post for post in lane.quiet() if post.topic is None]
    assert len(answers) > 1
    said = "".join(post.text.removesuffix("Nadia") for post in answers)
    said = "".join(said.split())
    assert said.count("alongnote") == 3 * 8 * 20
    assert all(f"Case{number}:" in said for number in range(1, 4))


def test_who_was_answered_meanwhile_is_not_reminded_of(lane: Lane) -> None:
    chat, waiting = lane.chat("41"), lane.chat("42")
    for customer in (chat, waiting):
        customer.say("I want to talk to a person")
    lane.quiet()
    lane.world.clock.advance(hours=1)
    assert lane.world.app.watch is not None
    lane.world.app.watch.look()
    lane.from_nadia(chat, DeskMessage("", button="claim"))
    [post] = [post for post in lane.quiet() if "⏰" in post.text]
    assert "ase 2 has waited" in post.text
    assert "ase 1 has waited" not in post.text


def album(lane: Lane, chat: Chat, *, captions: tuple[str, ...]) -> None:
    for number, caption in enumerate(captions):
        private = lane.api.chats.find(int(chat.name))
        post = lane.api.chats.post(private, "[photo]", by_bot=False, media="[photo]")
        chat.receive(
            Message(caption, message_id=str(post.id), media="photo", album="a1", kind="text")
            if caption
            else Message("", message_id=str(post.id), media="photo", album="a1", kind="photo")
        )
        chat.work_off()
        lane.world.clock.advance(seconds=0.1 * number)


def test_the_pictures_of_an_album_come_together_and_its_caption_is_masked(lane: Lane) -> None:
    chat = lane.claimed("41")
    lane.world.clock.advance(seconds=60)
    album(lane, chat, captions=("mail me: zoe@example.com", "", ""))
    lane.quiet()
    [given] = lane.api.called("copyMessages")
    assert len(given.json("message_ids")) == 3
    shown = [post.text for post in lane.posts()[-4:]]
    assert shown[1:] == ["[photo]"] * 3
    assert "mail me: z•••@•••" in shown[0]


def test_pictures_that_are_gone_are_named(lane: Lane) -> None:
    chat = lane.claimed("41")
    album(lane, chat, captions=("", "", ""))
    posts = lane.api.chats.find(41).posts
    gone = next(post for post in posts.values() if post.media)
    lane.api.chats.change(lane.api.chats.find(41), gone, deleted=True)
    assert [has([post], "could not be shown") for post in lane.quiet()].count(True) == 1
    for post in list(posts.values()):
        lane.api.chats.change(lane.api.chats.find(41), post, deleted=True)
    chat.receive(Message("look", message_id="9999", media="photo"))
    chat.work_off()
    seen = lane.quiet()
    assert has(seen, "a picture: it could not be shown")
    assert has(seen, "look")


@pytest.mark.parametrize("gone", [1, 3], ids=["some", "all"])
def test_of_pictures_that_agents_cannot_see_the_customer_is_told_once(
    lane: Lane, gone: int
) -> None:
    chat = lane.claimed("41")
    album(lane, chat, captions=("", "", ""))
    pictures = [post for post in lane.api.chats.find(41).posts.values() if post.media]
    for post in pictures[:gone]:
        lane.api.chats.change(lane.api.chats.find(41), post, deleted=True)
    lane.quiet()
    chat.work_off()
    lane.runner.run(lane.sender.send(chat.row.id))
    read = [post.text for post in lane.api.chats.find(41).posts.values() if post.by_bot]
    assert [text for text in read if "can be shown to the people" in text] == read[-1:]
    assert chat.row.owner == "agent"
    assert has(lane.quiet(), "can be shown to the people"), "the agent knows that they know"


def test_an_agent_answers_one_picture_of_an_album(lane: Lane) -> None:
    chat = lane.claimed("41")
    album(lane, chat, captions=("", ""))
    lane.quiet()
    pictures = [post for post in lane.posts() if post.media]
    sources = [post.id for post in lane.api.chats.find(41).posts.values() if post.media]
    for picture, source in zip(pictures, sources, strict=True):
        with lane.world.app.database.read() as uow:
            case = uow.handoffs.newest_of(chat.row.id)
            assert case is not None
            assert uow.desk_outbox.said_in(case, str(picture.id)) == str(source)


def test_a_claimed_case_whose_pictures_gather_waits_no_longer_than_a_second(lane: Lane) -> None:
    chat = lane.claimed("41")
    lane.world.clock.advance(seconds=60)
    album(lane, chat, captions=("", ""))
    wait = lane.runner.run(lane.sender.send(lane.desk))
    assert wait is not None
    assert wait <= timedelta(seconds=1)


def test_what_an_agent_asks_of_a_fresh_group_is_answered_to_them_in_general(lane: Lane) -> None:
    lane.agents.receive(NADIA, DeskMessage("/oncall"), "")
    lane.agents.work_off("")
    [post] = lane.quiet()
    assert post.topic is None
    assert "Nadia is on call from now on" in post.text
    assert f"tg://user?id={NADIA}" in post.html
