"""Canned replies that agents write in their group: checked, in both languages, theirs to remove."""

import pytest

from bot.handoff.deciding import COMMANDS
from bot.languages import called, others
from storage.limits import CANNED_LENGTH, CANNED_MOST
from tests.fakes.agents import Agents
from tests.fakes.chats import Chat
from tests.fakes.phrases import arrives, in_words, tells, words_of

MINE = "24 $ – {agent}"
"""A text that is none of a language."""
WHO = {"who": "Nadia"}


def own(agents: Agents) -> dict[str, dict[str, str]]:
    with agents.world.app.database.read() as uow:
        return uow.canned_replies.own()


def named(agents: Agents, *codes: str) -> list[str]:
    """What languages are called where the agents read it."""
    return [called(code, words_of(agents).language) for code in codes]


def test_what_was_written_is_said_in_the_language_of_the_customer(
    talking: Chat, agents: Agents, language: str, desk_language: str
) -> None:
    agents.say("nadia", f"/canned promo = {MINE} ({desk_language})")
    missing = {"missing": named(agents, language), "code": language}
    kept = {"kept": named(agents, desk_language)}
    assert agents.newest() == in_words(
        agents, "canned_kept_alone", reply="promo", **WHO, **kept, **missing
    )
    agents.say("nadia", f"/canned PROMO {language.upper()} = {MINE}\n({language})")
    assert agents.newest() == in_words(
        agents, "canned_kept", reply="promo", **WHO, kept=named(agents, language)
    )
    agents.say("nadia", "/promo")
    assert arrives(talking) == f"24 $ – Nadia\n({language})"


@pytest.mark.parametrize("name", ["hello", "moment", "holder", "nocode", "phone", "more", "bye"])
def test_what_comes_with_the_program_is_said_in_the_language_of_the_customer(
    talking: Chat, agents: Agents, language: str, name: str
) -> None:
    words = words_of(agents)
    assert set(words.canned) == {"hello", "moment", "holder", "nocode", "phone", "more", "bye"}
    agents.say("nadia", f"/{name}")
    said = words.reply(words.canned[name][language], language, {"agent": "Nadia"})
    assert arrives(talking) == said


def test_a_text_that_is_missing_in_a_language_is_not_said_in_another(
    talking: Chat, agents: Agents, language: str, desk_language: str
) -> None:
    agents.say("nadia", f"/canned promo = {MINE}")
    assert own(agents) == {"promo": {desk_language: MINE}}
    agents.say("nadia", "/promo")
    assert agents.newest() == in_words(
        agents, "canned_not_in", reply="promo", missing=named(agents, language), code=language
    )
    assert arrives(talking) == ""


def test_a_text_of_the_program_is_replaced_and_comes_back(
    talking: Chat, agents: Agents, language: str
) -> None:
    agents.say("nadia", f"/canned bye {language} = {MINE}")
    agents.say("nadia", "/bye")
    agents.say("nadia", "/canned bye -")
    assert agents.newest() == in_words(agents, "canned_restored", reply="bye", **WHO)
    agents.say("nadia", "/bye")
    assert arrives(talking) == f"24 $ – Nadia\n{words_of(agents).canned['bye'][language]}"
    agents.say("nadia", "/canned bye -")
    assert agents.newest() == in_words(agents, "canned_brought", reply="bye", **WHO)


def test_one_s_own_is_removed_and_the_command_with_it(talking: Chat, agents: Agents) -> None:
    agents.say("nadia", f"/canned promo = {MINE}")
    agents.say("nadia", "/canned promo —")
    assert agents.newest() == in_words(agents, "canned_removed", reply="promo", **WHO)
    agents.say("nadia", "/promo")
    assert tells(agents, "unknown_command")
    agents.say("nadia", "/canned promo -")
    assert agents.newest() == in_words(agents, "canned_unknown", reply="promo", **WHO)
    assert arrives(talking) == ""


@pytest.mark.parametrize("topic", ["t1", ""])
@pytest.mark.usefixtures("talking")
def test_they_are_listed_anywhere_and_shown_by_name(
    agents: Agents, desk_language: str, topic: str
) -> None:
    agents.say("nadia", f"/canned promo = {MINE}", topic)
    agents.say("nadia", "/canned", topic)
    listed = agents.topic(topic)
    values = {"reply": "promo", "languages": desk_language, "text": MINE}
    assert in_words(agents, "canned_line", **values) in listed
    both = ", ".join(sorted({desk_language, *others(desk_language)}))
    values = {"reply": "more", "languages": both}
    text = words_of(agents).canned["more"][desk_language]
    assert in_words(agents, "canned_line", **values, text=text) in listed
    agents.say("nadia", "/help")
    assert "/promo" in agents.newest()


@pytest.mark.usefixtures("talking")
def test_one_is_shown_in_every_language_that_it_has(
    agents: Agents, language: str, desk_language: str
) -> None:
    for code in (language, desk_language):
        agents.say("nadia", f"/canned promo {code} = {MINE} {code}")
    agents.say("nadia", "/canned promo")
    for code in (language, desk_language):
        values = {"reply": "promo", "languages": code, "text": f"{MINE} {code}"}
        assert in_words(agents, "canned_line", **values) in agents.newest()


@pytest.mark.parametrize("name", sorted(COMMANDS))
@pytest.mark.usefixtures("talking")
def test_no_command_can_be_taken(agents: Agents, name: str) -> None:
    agents.say("nadia", f"/canned {name} = {MINE}")
    assert own(agents) == {}
    assert agents.newest() == in_words(agents, "canned_taken", reply=name, **WHO)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("pré = x", "canned_name"),
        (f"{'a' * 33} = x", "canned_name"),
        ("a-b = x", "canned_name"),
        ("= x", "canned_how"),
        ("a en fr = x", "canned_how"),
        ("a b", "canned_how"),
        ("promo de = x", "canned_language"),
        ("promo =", "canned_empty"),
        (f"promo = {'x' * (CANNED_LENGTH + 1)}", "canned_long"),
        (f"promo = {'{phone_mobile} {support_hours} ' * 30}", "canned_long"),
        ("promo = 4111 1111 1111 1111", "canned_private"),
        ("promo = nadia@example.com", "canned_private"),
        ("promo = {customer}", "canned_braces"),
        ("promo = {agent.__class__}", "canned_braces"),
        ("promo = {agent!r}", "canned_braces"),
        ("promo = {agent:>99999999}", "canned_braces"),
        ("promo = {}", "canned_braces"),
        ("promo = {", "canned_braces"),
        ("promo = }", "canned_braces"),
    ],
)
@pytest.mark.usefixtures("talking")
def test_what_cannot_be_said_to_a_customer_is_refused_with_why(
    agents: Agents, words: str, why: str
) -> None:
    agents.say("nadia", f"/canned {words}")
    assert tells(agents, why)
    assert own(agents) == {}


@pytest.mark.usefixtures("talking")
def test_there_is_an_end_to_how_many_there_are(agents: Agents, desk_language: str) -> None:
    with agents.world.app.database.write() as uow:
        for number in range(CANNED_MOST):
            uow.canned_replies.put(f"n{number}", desk_language, "x", "nadia")
    agents.say("nadia", f"/canned another = {MINE}")
    assert agents.newest() == in_words(agents, "canned_full", most=CANNED_MOST, **WHO)
    agents.say("nadia", f"/canned n1 = {MINE}")
    assert own(agents)["n1"] == {desk_language: MINE}


@pytest.mark.usefixtures("talking")
def test_nobody_but_an_agent_writes_one(agents: Agents) -> None:
    agents.say("eve", f"/canned promo = {MINE}")
    assert own(agents) == {}


def test_what_is_read_as_a_text_with_braces_never_is_one(
    talking: Chat, agents: Agents, language: str
) -> None:
    agents.say("nadia", f"/canned who {language} = {{agent}}, {{{{truly}}}}.")
    agents.are({"nadia": "{phone_mobile}"})
    agents.say("nadia", "/who")
    assert arrives(talking).endswith(", {truly}.")
