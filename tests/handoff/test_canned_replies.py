"""Canned replies that agents write in their group: checked, in both languages, theirs to remove."""

import pytest

from bot.handoff.deciding import COMMANDS
from storage.limits import CANNED_LENGTH, CANNED_MOST
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat, World

ASKS = {"en": "I want to talk to a person", "fr": "je veux parler à une personne"}


@pytest.fixture
def talking(chat: Chat, agents: Agents) -> Chat:
    chat.say(ASKS["en"])
    agents.tap("nadia", "claim")
    chat.say("hello")
    return chat


def own(agents: Agents) -> dict[str, dict[str, str]]:
    with agents.world.app.database.read() as uow:
        return uow.canned_replies.own()


def test_what_was_written_is_said_in_the_language_of_the_customer(
    talking: Chat, agents: Agents, world: World
) -> None:
    agents.say("tom", "/canned outage = There is an outage in your area. – {agent}")
    assert "There is none yet in: French. /canned outage fr = … adds it." in agents.newest()
    agents.say("tom", "/canned OUTAGE FR = Il y a une panne.\nNous y travaillons. – {agent}")
    assert "/outage is kept (French)" in agents.newest()
    agents.say("nadia", "/outage")
    assert talking.say("ok") == ["There is an outage in your area. – Nadia"]
    chat = world.chat("fr")
    chat.say(ASKS["fr"])
    agents.tap("tom", "claim", "t2")
    agents.say("tom", "/outage", "t2")
    said = chat.say("d'accord")[-1]
    assert said == "Il y a une panne.\nNous y travaillons. – Tom"


def test_a_text_that_is_missing_in_a_language_is_not_said_in_another(
    talking: Chat, agents: Agents
) -> None:
    agents.say("nadia", "/canned panne fr = Il y a une panne.")
    agents.say("nadia", "/panne")
    assert "/panne has no text in it. /canned panne en = … adds it" in agents.newest()
    assert talking.say("ok") == []


def test_a_text_of_the_program_is_replaced_and_comes_back(talking: Chat, agents: Agents) -> None:
    agents.say("nadia", "/canned bye = So long!")
    agents.say("nadia", "/bye")
    agents.say("nadia", "/canned bye -")
    assert "it says again what it said before" in agents.newest()
    agents.say("nadia", "/bye")
    assert talking.say("ok") == ["So long!", "Thank you for your patience, and have a good day!"]
    agents.say("nadia", "/canned bye -")
    assert "comes with the program and stays" in agents.newest()


def test_one_s_own_is_removed_and_the_command_with_it(talking: Chat, agents: Agents) -> None:
    agents.say("nadia", "/canned promo = Half price.")
    agents.say("tom", "/canned promo —")
    assert "/promo is gone" in agents.newest()
    agents.say("nadia", "/promo")
    assert "there is no command /promo" in agents.newest()
    agents.say("nadia", "/canned promo -")
    assert "there is no canned reply /promo" in agents.newest()
    assert talking.say("ok") == []


@pytest.mark.parametrize("topic", ["t1", ""])
def test_they_are_listed_anywhere_and_shown_by_name(
    talking: Chat, agents: Agents, topic: str
) -> None:
    agents.say("nadia", "/canned promo = Half price until Friday.", topic)
    agents.say("nadia", "/canned", topic)
    listed = "\n".join(row.text for row in agents.rows(topic))
    assert "/promo (en): Half price until Friday." in listed
    assert "/hello (en, fr): Hello, this is {agent}." in listed
    agents.say("nadia", "/canned bye", topic)
    assert "/bye (fr): Merci de votre patience" in "\n".join(r.text for r in agents.rows(topic))
    agents.say("nadia", "/help")
    assert "/promo" in agents.newest()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_no_command_can_be_taken(talking: Chat, agents: Agents, name: str) -> None:
    agents.say("nadia", f"/canned {name} = mine now")
    assert own(agents) == {}
    assert "is a command already" in agents.newest()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("pré = texte", "cannot be a command"),
        (f"{'a' * 33} = text", "cannot be a command"),
        ("a-b = text", "cannot be a command"),
        ("= text", "/canned NAME = text writes one"),
        ("a en fr = text", "/canned NAME = text writes one"),
        ("a b", "/canned NAME = text writes one"),
        ("promo de = Hallo", "is no language of ours"),
        ("promo =", "no text behind the ="),
        (f"promo = {'x' * (CANNED_LENGTH + 1)}", "characters are too many"),
        (f"promo = {'{phone_mobile} {support_hours} ' * 30}", "characters are too many"),
        ("promo = pay to 4111 1111 1111 1111", "would read as dots"),
        ("promo = write to me, nadia@example.com", "would read as dots"),
        ("promo = dear {customer}", "in braces only"),
        ("promo = {agent.__class__}", "in braces only"),
        ("promo = {agent!r}", "in braces only"),
        ("promo = {agent:>99999999}", "in braces only"),
        ("promo = {}", "in braces only"),
        ("promo = {", "in braces only"),
        ("promo = }", "in braces only"),
    ],
)
def test_what_cannot_be_said_to_a_customer_is_refused_with_why(
    talking: Chat, agents: Agents, words: str, why: str
) -> None:
    agents.say("nadia", f"/canned {words}")
    assert why in agents.newest()
    assert own(agents) == {}


def test_there_is_an_end_to_how_many_there_are(talking: Chat, agents: Agents) -> None:
    with agents.world.app.database.write() as uow:
        for number in range(CANNED_MOST):
            uow.canned_replies.put(f"n{number}", "en", "text", "nadia")
    agents.say("nadia", "/canned another = text")
    assert "canned replies already" in agents.newest()
    agents.say("nadia", "/canned n1 = changed")
    assert own(agents)["n1"] == {"en": "changed"}


def test_nobody_but_an_agent_writes_one(talking: Chat, agents: Agents) -> None:
    agents.say("eve", "/canned promo = free money")
    assert own(agents) == {}


def test_what_is_read_as_a_text_with_braces_never_is_one(talking: Chat, agents: Agents) -> None:
    agents.are({"nadia": "{phone_mobile}"})
    agents.say("nadia", "/canned who = I am {agent}, {{truly}}.")
    agents.say("nadia", "/claim")
    agents.say("nadia", "/who")
    assert talking.say("ok")[-1] == "I am Nadia, {truly}."
