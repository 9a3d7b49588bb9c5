"""`foyer report`: what had no answer, what helped, what must be reviewed."""

from tests.fakes.chats import World
from tests.fakes.operators import Operator

DAY = 86_400


def sections(text: str) -> dict[str, list[str]]:
    """The lines under each heading."""
    found: dict[str, list[str]] = {}
    heading = ""
    for line in text.splitlines():
        if line.startswith("  "):
            found[heading].append(line)
        else:
            heading = line
            found[heading] = []
    return found


def test_nothing_was_said_yet(world: World, operator: Operator) -> None:
    result = operator.foyer("report")
    assert result.exit_code == 0
    gaps, judged, *_ = sections(result.output).values()
    assert (gaps, judged) == (["  none"], ["  nobody said"])


def test_the_most_frequent_gap_and_the_least_helpful_answer_come_first(
    world: World, operator: Operator
) -> None:
    chat = world.chat()
    chat.say("hello")
    with world.app.database.write() as uow:
        here = uow.conversations.locked("rest", "rest", "chat-1").id
        for text in ("Do you sell \x1b[2Jboats?", "Why is it blue?", "why is it BLUE?"):
            uow.feedback.gap(intent="nlu_fallback", language="en", text=text)
        for article, helpful in (("max_users", True), ("tty", False), ("tty", True)):
            uow.feedback.record(
                article_id=article, language="fr", helpful=helpful, conversation_id=here
            )
    result = operator.foyer("report", "--days", "100000")
    gaps, judged, *_ = sections(result.output).values()
    assert gaps[0].split(maxsplit=2)[0] == "2"
    assert "\x1b" not in result.output
    assert judged == ["     1 of 2  fr  tty", "     1 of 1  fr  max_users"]


def test_articles_that_expire_are_named(world: World, operator: Operator) -> None:
    later = operator.foyer("report", later=3 * 365 * DAY)
    _, _, due, *_ = sections(later.output).values()
    assert len(due) > 40
    assert due == sorted(due)
