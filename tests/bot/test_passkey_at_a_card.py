"""At a card that waits for a passkey: everything else that can be said there, and what is kept."""

import json
from dataclasses import replace

import pytest

from bot.chats import Capabilities
from tests.fakes.chats import Chat, World
from tests.fakes.operators import Operator
from tests.fakes.passkeys import URL, give_passkey
from tests.fakes.recordings import give, member_id, use
from tests.fakes.records import Records
from tests.fakes.talks import open_question

CARD = "delete_confirmation"
WAITS = ["utter_passkey_first", "utter_ask_delete_confirmation"]


@pytest.fixture
def asked(chat: Chat, world: World) -> Chat:
    """Diane's chat after her yes to the card of Hugo's removal."""
    return to_the_page(chat, world)


def to_the_page(chat: Chat, world: World) -> Chat:
    give(world, "diane")
    chat.say("remove Hugo")
    chat.sign_in("diane")
    chat.tap("Yes")
    assert chat.templates() == WAITS
    return chat


def test_back_at_the_card_leads_to_the_question_before_it(asked: Chat) -> None:
    asked.say("go back")
    assert open_question(asked) == "deleted_user"


def test_another_person_is_meant_after_all(asked: Chat, records: Records) -> None:
    use(asked, "diane")
    asked.say("no, Léa")
    assert open_question(asked) == CARD
    asked.say("yes")
    assert asked.templates() == ["utter_user_deleted"]
    assert records.names() == ["Diane Tremblay", "Hugo Tremblay"]


def test_another_person_named_before_the_passkey_was_used_waits_as_well(
    asked: Chat, records: Records
) -> None:
    asked.say("no, Léa")
    asked.say("yes")
    assert asked.templates() == WAITS
    assert len(records.names()) == 3


def test_a_question_in_between_is_answered_and_the_card_still_waits(
    asked: Chat, records: Records
) -> None:
    asked.say("how many users can I have?")
    assert open_question(asked) == CARD
    asked.say("yes")
    assert asked.templates()[:1] == ["utter_passkey_first"]
    use(asked, "diane")
    asked.say("yes")
    assert "Hugo Tremblay" not in records.names()


def test_in_the_other_language_it_goes_on_where_it_was(asked: Chat, records: Records) -> None:
    asked.say("français")
    use(to_page_again(asked, "oui"), "diane")
    asked.say("oui")
    assert asked.templates() == ["utter_user_deleted"]
    assert "Hugo Tremblay" not in records.names()


def to_page_again(chat: Chat, yes: str) -> Chat:
    chat.say(yes)
    assert chat.templates()[:1] == ["utter_passkey_first"]
    return chat


def test_after_a_lapse_card_and_passkey_are_asked_for_again(
    asked: Chat, world: World, records: Records
) -> None:
    use(asked, "diane")
    world.clock.advance(minutes=6)
    asked.say("yes")
    asked.sign_in("diane")
    assert asked.templates()[-1] == "utter_ask_delete_confirmation"
    asked.say("yes")
    assert asked.templates() == WAITS
    assert "Hugo Tremblay" in records.names()


def test_a_yes_in_another_chat_waits_for_a_page_of_its_own(
    asked: Chat, world: World, records: Records
) -> None:
    use(asked, "diane")
    elsewhere = world.chat("chat-2")
    elsewhere.say("remove Hugo")
    elsewhere.sign_in("diane")
    elsewhere.tap("Yes")
    assert elsewhere.templates() == WAITS
    assert "Hugo Tremblay" in records.names()


@pytest.mark.parametrize(("yes", "is_lost"), [("Yes, change", False), ("Yes, and the old", True)])
def test_of_several_ways_to_say_yes_the_last_one_counts(
    chat: Chat, world: World, records: Records, yes: str, is_lost: bool
) -> None:
    give(world, "diane")
    chat.say("change the e-mail of Hugo to hugo.t@example.org")
    chat.sign_in("diane")
    chat.tap("Yes, and the old" if not is_lost else "Yes, change")
    [told, _] = chat.replies
    assert told.template == "utter_passkey_first"
    before = chat.replies
    use(chat, "diane")
    chat.replies = before
    chat.tap(yes)
    assert chat.templates() == ["utter_profile_edited"]
    [(counts_at,)] = records.rows("SELECT email_counts_at FROM member WHERE username = 'hugo'")
    assert (counts_at is not None) == is_lost


def test_giving_it_up_leaves_everybody(asked: Chat, records: Records) -> None:
    asked.say("cancel")
    assert len(records.names()) == 3
    assert open_question(asked) is None


def test_an_agent_can_be_asked_for_at_the_card(asked: Chat) -> None:
    assert "Talk to a person" in asked.titles()


def test_what_leads_to_the_page_is_kept_nowhere(
    asked: Chat, world: World, records: Records
) -> None:
    [told, _] = asked.replies
    token = (told.text or "").rpartition(URL)[2].split()[0]
    assert len(token) == 32
    assert token.encode() not in records.bytes()
    assert [button.keys() for button in told.buttons] == [{"title", "payload"}]


def test_where_buttons_can_lead_to_pages_one_does(world: World, records: Records) -> None:
    turns = world.app.turns
    can = Capabilities(taps=True, links=True)
    equipment = replace(turns.equipment, can=lambda _: can)
    world.app = replace(world.app, turns=replace(turns, equipment=equipment))
    asked = to_the_page(world.chat(), world)
    [told, _] = asked.replies
    assert URL not in (told.text or "")
    assert told.buttons[0]["title"] == "Use my passkey"
    assert told.buttons[0]["url"].startswith(URL)
    [(kept,)] = records.rows("SELECT buttons FROM outbox WHERE template = 'utter_passkey_first'")
    assert [URL in str(button) for button in json.loads(kept)] == [False, False]
    asked.say("use my passkey")
    assert "Hugo Tremblay" in records.names()


def test_the_history_tells_of_the_passkey_and_of_the_removal(asked: Chat) -> None:
    use(asked, "diane")
    asked.say("yes")
    asked.say("show me the history")
    assert "a chat confirmed with a passkey" in "\n".join(asked.say("show me the history"))


def test_support_ends_a_passkey_that_is_lost_and_its_owner_hears_of_it(
    asked: Chat, operator: Operator, records: Records
) -> None:
    listed = operator.foyer("passkeys", "list", "diane")
    assert "my phone  added 2026-03-02  used never" in listed.output
    assert operator.foyer("passkeys", "remove", "diane", typed="n\n").exit_code == 1
    done = operator.foyer("passkeys", "remove", "diane", "--yes")
    assert done.output == "1 passkey is removed, and diane is told by mail.\n"
    assert "They have no passkey." in operator.foyer("passkeys", "list", "diane").output
    mailed = records.rows("SELECT recipient FROM outbox WHERE template = 'passkey_ended'")
    assert mailed == [("diane@example.com",)]
    assert records.audit_is_whole()


def test_support_ends_one_of_several_and_nobody_elses(
    asked: Chat, world: World, operator: Operator
) -> None:
    database = world.app.database
    lost = give_passkey(database, member_id(world, "diane"), "my old phone")
    of_hugo = give_passkey(database, member_id(world, "hugo"))
    wrong = operator.foyer("passkeys", "remove", "diane", "--only", str(of_hugo.id), "--yes")
    assert wrong.exit_code == 1
    operator.foyer("passkeys", "remove", "diane", "--only", str(lost.id), "--yes")
    assert "my old phone" not in operator.foyer("passkeys", "list", "diane").output
    assert "my phone" in operator.foyer("passkeys", "list", "diane").output
    assert "my phone" in operator.foyer("passkeys", "list", "hugo").output


@pytest.mark.parametrize("words", [("list",), ("remove", "--yes")])
def test_support_is_told_when_there_is_nobody(operator: Operator, words: tuple[str, ...]) -> None:
    done = operator.foyer("passkeys", words[0], "nobody", *words[1:])
    assert done.exit_code == 1
    assert "Nobody has that user name." in done.output
