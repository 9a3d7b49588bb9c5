"""What an agent does in the topic with the messenger's own means: albums, answers, signs, edits."""

from itertools import count
from typing import Any

import pytest

from bot.channels.telegram.desk_updates import read_desk_update
from bot.dialogue.message import Message
from bot.handoff.message import DeskMessage
from tests.fakes.chats import Chat
from tests.fakes.telegram.chats import Post
from tests.fakes.telegram.lane import GROUP, KEY, NADIA, Lane

UPDATES = count(50_000)
TOM = "8000002"


def arrives(lane: Lane, **update: Any) -> None:
    """Have an update of the group come, and be worked off."""
    lane.world.clock.advance(seconds=1)
    incoming = read_desk_update({"update_id": next(UPDATES), **update}, KEY)
    assert incoming is not None
    lane.world.app.intake.receive(incoming)
    lane.agents.work_off(incoming.chat.chat_id.rpartition("/")[2])


def writes(lane: Lane, chat: Chat, text: str = "", *, who: str = NADIA, **rest: Any) -> int:
    """Have an agent write, or send something, in the topic of a chat; its number there."""
    topic = int(lane.case_of(chat)[1])
    media = "[photo]" if "photo" in rest else ""
    group = lane.api.chats.find(GROUP)
    post = lane.api.chats.post(group, text, by_bot=False, media=media, caption=text, topic=topic)
    words = {"caption" if media else "text": text} if text else {}
    raw = {**of(lane, chat, post.id, who), **words, **rest}
    arrives(lane, message=raw)
    return post.id


def of(lane: Lane, chat: Chat, number: int, who: str = NADIA) -> dict[str, Any]:
    topic = int(lane.case_of(chat)[1])
    return {
        "message_id": number,
        "message_thread_id": topic,
        "is_topic_message": True,
        "chat": {"id": GROUP, "type": "supergroup"},
        "from": {"id": int(who), "is_bot": False, "first_name": "Nadia"},
        "reply_to_message": {"message_id": topic, "forum_topic_created": {}},
    }


def reacts(lane: Lane, number: int, *signs: str, who: str = NADIA) -> None:
    kinds = [{"type": "emoji", "emoji": sign} for sign in signs]
    chat, user = {"id": GROUP, "type": "supergroup"}, {"id": int(who), "is_bot": False}
    change = {"chat": chat, "message_id": number, "user": user, "new_reaction": kinds}
    arrives(lane, message_reaction=change)


def customer_says(lane: Lane, chat: Chat, text: str) -> Post:
    """Have a customer write something that stands in their chat; it as it is there."""
    post = lane.api.chats.post(lane.api.chats.find(int(chat.name)), text, by_bot=False)
    chat.receive(Message(text, message_id=str(post.id)))
    chat.work_off()
    return post


def shown(lane: Lane, words: str) -> int:
    """Return the number of what the agents read."""
    lane.quiet()
    return next(post.id for post in reversed(lane.posts()) if words in post.text)


def told(lane: Lane, words: str) -> bool:
    return any(words in post.text for post in lane.quiet())


def delivered(lane: Lane, chat: Chat) -> list[Post]:
    """Let what waits for a customer arrive; what is new there."""
    posts = lane.api.chats.find(int(chat.name)).posts
    before = set(posts)
    lane.world.clock.advance(seconds=3)
    lane.runner.run(lane.sender.send(chat.row.id))
    return [post for number, post in posts.items() if number not in before]


def photo(file: str) -> list[dict[str, str]]:
    return [{"file_unique_id": f"{file}-small"}, {"file_unique_id": file}]


@pytest.fixture
def chat(lane: Lane) -> Chat:
    chat = lane.claimed("41")
    delivered(lane, chat)
    return chat


def test_pictures_that_an_agent_sends_together_come_as_one_album(lane: Lane, chat: Chat) -> None:
    captions = ("three bills, ask zoe@example.com", "", "")
    for number, caption in enumerate(captions):
        writes(lane, chat, caption, photo=photo(f"p{number}"), media_group_id="a1")
    read = delivered(lane, chat)
    [given] = lane.api.called("copyMessages")
    assert len(given.json("message_ids")) == 3
    assert lane.api.called("copyMessage") == []
    assert [post.text for post in read] == ["[photo]"] * 3 + ["three bills, ask z•••@•••"]


def test_the_words_of_an_album_can_be_corrected(lane: Lane, chat: Chat) -> None:
    first = writes(lane, chat, "two bils", photo=photo("p1"), media_group_id="a1")
    writes(lane, chat, photo=photo("p2"), media_group_id="a1")
    words = delivered(lane, chat)[-1]
    raw = {**of(lane, chat, first), "caption": "two bills", "photo": photo("p1")}
    arrives(lane, edited_message=raw)
    delivered(lane, chat)
    assert lane.api.chats.find(41).posts[words.id].text == "two bills"
    assert not told(lane, "•")


def test_a_picture_that_comes_alone_of_an_album_arrives_too(lane: Lane, chat: Chat) -> None:
    writes(lane, chat, "", photo=photo("p1"), media_group_id="a1")
    assert [post.text for post in delivered(lane, chat)] == ["[photo]"]


def test_an_album_that_cannot_be_copied_is_told(lane: Lane, chat: Chat) -> None:
    numbers = [writes(lane, chat, photo=photo(p), media_group_id="a1") for p in ("p1", "p2")]
    group = lane.api.chats.find(GROUP)
    for number in numbers:
        lane.api.chats.change(group, group.posts[number], deleted=True)
    assert delivered(lane, chat) == []
    assert told(lane, "it will not be")


def test_of_an_album_that_comes_in_part_the_agent_knows_how_much(lane: Lane, chat: Chat) -> None:
    numbers = [writes(lane, chat, photo=photo(p), media_group_id="a1") for p in ("p1", "p2", "p3")]
    group = lane.api.chats.find(GROUP)
    lane.api.chats.change(group, group.posts[numbers[1]], deleted=True)
    assert len(delivered(lane, chat)) == 2
    [said] = [post.text for post in lane.quiet() if "Of your 3" in post.text]
    assert "the customer got 2" in said
    writes(lane, chat, "this one", reply_to_message={"message_id": numbers[0]})
    assert [post.answers for post in delivered(lane, chat)] == [None], "nobody knows which it was"
    assert told(lane, "does not see which message you answer")


def test_the_pictures_of_an_album_are_told_apart_in_whatever_order_they_came(
    lane: Lane, chat: Chat
) -> None:
    group = lane.api.chats.find(GROUP)
    first, second = (
        lane.api.chats.post(group, "", by_bot=False, media="[photo]").id for _ in range(2)
    )
    for number in (second, first):
        raw = {**of(lane, chat, number), "photo": photo(f"p{number}"), "media_group_id": "a1"}
        arrives(lane, message=raw)
    copies = delivered(lane, chat)
    for number, copy in zip((first, second), copies, strict=True):
        writes(lane, chat, "this one", reply_to_message={"message_id": number})
        assert [post.answers for post in delivered(lane, chat)] == [copy.id]


def test_a_sign_of_the_agent_stands_under_what_the_customer_said(lane: Lane, chat: Chat) -> None:
    said = customer_says(lane, chat, "the red light is off now")
    number = shown(lane, "the red light is off now")
    reacts(lane, number, "🎉")
    delivered(lane, chat)
    posts = lane.api.chats.find(41).posts
    assert posts[said.id].reaction == "🎉"
    reacts(lane, number)
    delivered(lane, chat)
    assert posts[said.id].reaction == "", "and is taken back"


def test_a_sign_that_cannot_be_shown_is_told(lane: Lane, chat: Chat) -> None:
    customer_says(lane, chat, "the red light is off now")
    reacts(lane, shown(lane, "the red light"), "🪩")
    delivered(lane, chat)
    assert told(lane, "does not see your reaction")


def test_signs_among_colleagues_stay_among_them(lane: Lane, chat: Chat) -> None:
    said = customer_says(lane, chat, "the red light is off now")
    number = shown(lane, "the red light is off now")
    note = writes(lane, chat, "// finally")
    for of_whom, post in ((TOM, number), (NADIA, note), (NADIA, shown(lane, "Case 1"))):
        reacts(lane, post, "👍", who=of_whom)
    delivered(lane, chat)
    assert lane.api.called("setMessageReaction") == []
    assert lane.api.chats.find(41).posts[said.id].reaction == ""
    assert not told(lane, "reaction")


def test_an_answer_of_the_agent_points_at_what_it_answers(lane: Lane, chat: Chat) -> None:
    first = customer_says(lane, chat, "is the bill paid?")
    number = shown(lane, "is the bill paid?")
    customer_says(lane, chat, "and what about the internet?")
    writes(lane, chat, "yes, on Monday", reply_to_message={"message_id": number})
    [read] = delivered(lane, chat)
    assert (read.text, read.answers) == ("yes, on Monday", first.id)
    own = writes(lane, chat, "the internet is back")
    [back] = delivered(lane, chat)
    writes(lane, chat, "as of noon", reply_to_message={"message_id": own})
    assert [post.answers for post in delivered(lane, chat)] == [back.id]


def test_where_the_answered_message_is_gone_the_answer_comes_without(
    lane: Lane, chat: Chat
) -> None:
    first = customer_says(lane, chat, "is the bill paid?")
    number = shown(lane, "is the bill paid?")
    lane.api.chats.change(lane.api.chats.find(41), first, deleted=True)
    writes(lane, chat, "yes", reply_to_message={"message_id": number})
    assert [(post.text, post.answers) for post in delivered(lane, chat)] == [("yes", None)]


def test_where_an_answer_cannot_point_at_what_it_answers_the_agent_knows(
    lane: Lane, chat: Chat
) -> None:
    chat.say("is the bill paid?")  # on the way to us it had no number
    writes(lane, chat, "yes", reply_to_message={"message_id": shown(lane, "is the bill paid?")})
    assert [post.text for post in delivered(lane, chat)] == ["yes"]
    assert told(lane, "does not see which message you answer")
    note = writes(lane, chat, "// he is nice")
    writes(lane, chat, "anything else?", reply_to_message={"message_id": note})
    assert [post.text for post in delivered(lane, chat)] == ["anything else?"]
    assert not told(lane, "does not see")


def test_a_correction_that_the_messenger_refuses_is_told(lane: Lane, chat: Chat) -> None:
    number = writes(lane, chat, "on Tusday")
    [read] = delivered(lane, chat)
    lane.api.chats.change(lane.api.chats.find(41), read, deleted=True)
    arrives(lane, edited_message={**of(lane, chat, number), "text": "on Tuesday"})
    delivered(lane, chat)
    assert told(lane, "still reads what you wrote first")


def test_a_correction_that_changes_nothing_is_none(lane: Lane, chat: Chat) -> None:
    number = writes(lane, chat, "ask zoe@example.com")
    delivered(lane, chat)
    lane.quiet()
    arrives(lane, edited_message={**of(lane, chat, number), "text": "ask zed@example.com"})
    delivered(lane, chat)
    assert not told(lane, "• ")


def test_another_picture_in_the_place_of_one_is_told(lane: Lane, chat: Chat) -> None:
    number = writes(lane, chat, "the bill", photo=photo("p1"))
    delivered(lane, chat)
    edited = {**of(lane, chat, number), "caption": "the right bill"}
    arrives(lane, edited_message={**edited, "photo": photo("p1")})
    assert not told(lane, "only the words")
    arrives(lane, edited_message={**edited, "photo": photo("p2")})
    assert told(lane, "only the words are corrected")


def test_of_what_the_customer_reads_otherwise_the_agent_knows(lane: Lane, chat: Chat) -> None:
    number = writes(lane, chat, "your code is 5500 0000 0000 0004")
    assert told(lane, "They read: your code is ••••")
    arrives(lane, edited_message={**of(lane, chat, number), "text": "write to zoe@example.com"})
    assert told(lane, "They read: write to z•••@•••")
    writes(lane, chat, "have a good day")
    assert not told(lane, "They read")


@pytest.mark.parametrize(
    ("language", "called"), [("en", "(a video message)"), ("fr", "(un message vidéo)")]
)
def test_where_it_cannot_be_shown_it_is_called_what_people_call_it(
    lane: Lane, language: str, called: str
) -> None:
    chat = lane.world.chat("web")
    chat.say("I want to talk to a person" if language == "en" else "je veux parler à une personne")
    lane.quiet()
    lane.from_nadia(chat, DeskMessage("", button="claim"))
    writes(lane, chat, video_note={"file_unique_id": "v1"})
    assert called in chat.say("and?")[-1]
    lane.from_nadia(chat, DeskMessage("/transcript"))
    assert told(lane, "🎧 (sent: a video message)")
