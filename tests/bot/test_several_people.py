"""Several people at one card: whatever is said at it, exactly those who are on it are changed."""

import re
from collections.abc import Callable, Mapping
from random import Random

import pytest

from storage.limits import PROVED_PER_DAY
from tests.fakes.chats import Chat, World
from tests.fakes.records import OMAR, Records
from tests.fakes.scale import SCALE
from tests.fakes.talks import button, open_question

NAMES = ("Nadia", "Sami", "Rima", "Karim", "Lina")
SAID = (
    "not {a}", "only {a}", "and {a} too", "all but {a}", "no, {a}", "{a} and {b}", "{a}?", "{a}",
    "yes, {a}", "yes but not {a}", "yes, only {a} and {b}", "take {a} off", "add {a} to that",
    "keep {a}", "everyone except {a}", "not {a}, {b}", "yes to {a}, no to {b}", "yes remove {a}",
    "not hers just his", "what happens to {a}?", "and zorbi", "the first two", "not both",
    "pas {a}", "juste {a}", "pis {a} aussi", "tout le monde sauf {a}", "garde {a}", "oui, {a}",
    "oui mais pas {a}", "enlève {a} de la liste", "finalement juste {a}", "rajoute {a}",
    "non, {a} pis {b}", "{a} non", "oui pour {a}, non pour {b}", "pas lui", "laisse faire {a}",
)  # fmt: skip
"""What is said at a card; nothing of it is a yes to all that is on it."""
WALKS = max(12, round(100 * SCALE))
DEEDS = 6
OPENED = (
    "suspend {a}, {b} and {c}",
    "enlève {a}, {b} pis {c} du compte",
    "reset the passwords of {a}, {b} and {c}",
)
MAILED = {
    "suspend_confirmation": "suspended",
    "delete_confirmation": "deleted",
    "reset_confirmation": "password_reset",
}
"""The mail that everybody on a card gets after a yes to it."""
YESES: Mapping[str, Callable[[Chat], object]] = {
    "typed": lambda chat: chat.say("yes"),
    "tapped": lambda chat: chat.post(button(chat, "Yes") or button(chat, "Oui")),
}


def omar(world: World) -> Chat:
    chat = world.chat()
    chat.say("sign in")
    chat.sign_in("omar")
    world.collect_mails()
    return chat


def on_card(chat: Chat) -> list[str]:
    """Whom the card names, by seat."""
    return [name for name in NAMES if f"{name} Haddad" in str(chat.replies[-1].text)]


def told(world: World, kind: str) -> list[str]:
    """Who was mailed that it was done, by seat; nothing else is mailed by a change."""
    mails = world.collect_mails()
    assert {mail.template for mail in mails} <= {kind}
    return [n for n in NAMES if f"{n.lower()}@example.com" in {m.recipient for m in mails}]


def statuses(records: Records) -> list[tuple[str, str]]:
    return [(one.first_name, one.status) for one in records.household(OMAR).members]


@pytest.mark.parametrize("number", range(WALKS))
def test_exactly_those_on_the_card_that_was_confirmed_are_changed(
    world: World, records: Records, number: int
) -> None:
    dice = Random(number)
    chat, before = omar(world), statuses(records)
    a, b, c = dice.sample(NAMES, 3)
    chat.say(OPENED[number % len(OPENED)].format(a=a, b=b, c=c))
    assert on_card(chat) == [name for name in NAMES if name in {a, b, c}]
    said = []
    for _ in range(dice.randrange(DEEDS)):
        a, b = dice.sample(NAMES, 2)
        said.append(dice.choice(SAID).format(a=a, b=b))
        chat.say(said[-1])
        assert statuses(records) == before, said
        assert not world.collect_mails(), said
    kind, shown = MAILED.get(str(open_question(chat))), on_card(chat)
    if kind is None:
        return
    chat.say("yes")
    assert told(world, kind) == shown, said
    changed = dict(before).items() - dict(statuses(records)).items()
    assert {name for name, _ in changed} == ({*shown} if kind != "password_reset" else set())


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("not Sami", ["Nadia", "Rima"]),
        ("oui mais pas sami", ["Nadia", "Rima"]),
        ("all but Sami", ["Nadia", "Rima"]),
        ("garde Sami", ["Nadia", "Rima"]),
        ("take Sami off", ["Nadia", "Rima"]),
        ("only Sami", ["Sami"]),
        ("finalement juste sami", ["Sami"]),
        ("and Lina too", ["Nadia", "Sami", "Rima", "Lina"]),
        ("rajoute Lina", ["Nadia", "Sami", "Rima", "Lina"]),
        ("suspends aussi Lina", ["Nadia", "Sami", "Rima", "Lina"]),
        ("not Sami, Lina", ["Nadia", "Rima", "Lina"]),
        ("no, Lina and Karim", ["Karim", "Lina"]),
        ("yes, Sami", ["Sami"]),
        ("yes suspend Sami", ["Sami"]),
    ],
)
def test_a_card_takes_in_who_is_left_out_and_who_joins(
    world: World, said: str, left: list[str]
) -> None:
    chat = omar(world)
    chat.say("suspend Nadia, Sami and Rima")
    chat.say(said)
    assert on_card(chat) == left
    assert open_question(chat) == "suspend_confirmation"


@pytest.mark.parametrize(
    "said", ["not hers just his", "yes to Nadia, no to Sami", "pas lui", "remove Nadia"]
)
def test_where_words_do_not_tell_who_stays_those_on_the_card_are_offered(
    world: World, said: str
) -> None:
    chat = omar(world)
    chat.say("remove Nadia and Sami")
    chat.say(said)
    assert open_question(chat) == "deleted_user"
    assert chat.titles() == ["Nadia Haddad", "Sami Haddad"]


@pytest.mark.parametrize("how", YESES)
def test_a_change_that_cannot_be_made_for_one_is_made_for_the_others_and_both_are_said(
    world: World, records: Records, how: str
) -> None:
    chat = omar(world)
    for _ in range(PROVED_PER_DAY):
        chat.say("reset Nadia")
        chat.say("yes")
    world.collect_mails()
    chat.say("reset Nadia, Sami and Rima")
    YESES[how](chat)
    assert told(world, "password_reset") == ["Sami", "Rima"]
    assert chat.templates() == ["utter_link_sent", "utter_not_done_for"]
    done, refused = (str(reply.text) for reply in chat.replies)
    receipts = re.findall(r"(\w+) Haddad \(receipt (F-\d+)\)", done)
    assert [name for name, _ in receipts] == ["Sami", "Rima"]
    assert "Nadia" in refused
    chat.say(f"undo {receipts[1][1]} of Rima")
    chat.say("yes")
    assert "Rima" in str(chat.replies[-1].text)
    assert "Sami" not in str(chat.replies[-1].text)


def test_whom_the_same_is_done_for_in_two_sentences_is_on_one_card(world: World) -> None:
    chat = omar(world)
    chat.say("suspend Nadia until Friday. And suspend Sami until Friday.")
    assert on_card(chat) == ["Nadia", "Sami"]
    chat.say("no")
    chat.say("suspend Nadia until Monday and Sami until Friday")
    assert chat.templates() == ["utter_several_requests", "utter_ask_suspend_confirmation"]
    assert on_card(chat) == ["Nadia"]


def test_a_card_of_several_is_shown_again_when_one_of_them_is_gone(
    world: World, records: Records
) -> None:
    chat, other = omar(world), world.chat("another device of Omar's")
    chat.say("suspend Nadia, Sami and Rima")
    other.say("remove Sami")
    other.sign_in("omar")
    other.say("yes")
    world.collect_mails()
    chat.say("yes")
    assert on_card(chat) == ["Nadia", "Rima"]
    assert not world.collect_mails()
    chat.say("yes")
    assert told(world, "suspended") == ["Nadia", "Rima"]
