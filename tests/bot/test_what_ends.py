"""Access until Sunday at six, on the day on which summer time begins: it ends then, by itself."""

from datetime import UTC, datetime

from bot.running import end_what_is_over
from tests.fakes.chats import Chat, World

SIX = datetime(2026, 3, 8, 22, 0, tzinfo=UTC)
"""Sunday, March 8, 2026, 6 p.m. in Toronto: since that morning four hours behind UTC."""


def give_until_six(world: World) -> None:
    chat = world.chat("Diane's own")
    chat.say("give Hugo the TV until Sunday 6pm")
    chat.sign_in("diane")
    chat.say("yes")
    assert "utter_rights_changed" in chat.templates()


def own_access(world: World) -> str:
    chat: Chat = world.chat(f"Hugo at {world.clock()}")
    chat.say("what can I use?")
    chat.sign_in("hugo")
    return str(chat.replies[-1].text).partition("You cannot")[0].partition("Vous n'avez pas")[0]


def move_to(world: World, moment: datetime) -> None:
    world.clock.advance(seconds=(moment - world.clock()).total_seconds())


def test_it_counts_until_that_minute_though_nothing_runs(world: World) -> None:
    give_until_six(world)
    move_to(world, SIX.replace(hour=21, minute=50))
    assert "illico" in own_access(world)
    move_to(world, SIX)
    assert "illico" not in own_access(world)


def test_whatever_comes_to_it_first_tells_both_of_them_and_nothing_tells_them_again(
    world: World,
) -> None:
    give_until_six(world)
    world.collect_mails()
    move_to(world, SIX)
    for _ in range(3):  # as after every start
        end_what_is_over(world.app.database)
    told = sorted((mail.template, str(mail.recipient)) for mail in world.collect_mails())
    assert told == [("access_ended", "diane@example.com"), ("rights_changed", "hugo@example.com")]
