"""What a message wishes about access, from its entities in their order."""

import pytest

from bot.actions.rights_wishes import wishes

WISHES = [
    ("give Léa bill", "Léa grant bill"),
    ("take tv Sam", "Sam revoke tv"),
    ("give Léa bill take tv Sam", "Léa grant bill; Sam revoke tv"),
    ("take tv Sam give Léa pay", "Sam revoke tv; Léa grant pay"),
    ("Hugo give bill take tv", "Hugo grant bill; Hugo revoke tv"),
    ("Léa give bill Sam give pay", "Léa grant bill; Sam grant pay"),
    ("give bill Léa take tv", "Léa grant bill; Léa revoke tv"),
    ("give Léa Sam bill tv", "Léa grant bill+tv; Sam grant bill+tv"),
    ("give Léa Sam tv take bill", "Léa grant tv; Sam grant tv; Léa revoke bill; Sam revoke bill"),
    ("give Léa bill Sam tv take pay", "Léa grant bill; Sam grant tv; Sam revoke pay"),
    ("give bill Léa tv Sam", "Léa grant bill; Sam grant tv"),
    ("give Léa bill Sam tv", "Léa grant bill; Sam grant tv"),
    ("give bill", "? grant bill"),
    ("Léa", "Léa ?"),
    ("bill Léa", "Léa ? bill"),
    ("bill Léa give", "Léa grant bill"),
    ("Hugo pay tv take bill", "Hugo ? pay+tv; Hugo revoke bill"),
    ("give Léa", "Léa grant"),
    ("give", ""),
    ("", ""),
]
KINDS = {"give": ("right_change", "grant"), "take": ("right_change", "revoke")}
SERVICES = {"bill", "tv", "pay"}


def entities(words: str) -> list[dict[str, str]]:
    def entity(word: str) -> dict[str, str]:
        kind, value = KINDS.get(word, ("service" if word in SERVICES else "person", word))
        return {"entity": kind, "value": value}

    return [entity(word) for word in words.split()]


def told(words: str) -> str:
    found = wishes(entities(words))
    parts = [(one.person or "?", one.change or "?", "+".join(one.services)) for one in found]
    return "; ".join(" ".join(filter(None, part)) for part in parts)


@pytest.mark.parametrize(("said", "expected"), WISHES)
def test_each_verb_goes_with_what_belongs_to_it(said: str, expected: str) -> None:
    assert told(said) == expected
