"""Rasa's button payloads, read from our own files only."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.payloads import intent_of, set_slots


@pytest.mark.parametrize(
    ("payload", "slots"),
    [
        ("/SetSlots(create_confirmation=true)", {"create_confirmation": True}),
        ("/SetSlots(a=false, b=null)", {"a": False, "b": None}),
        ("/SetSlots(new_language=en)", {"new_language": "en"}),
        ("/SetSlots( a = b ,c=d )", {"a": "b", "c": "d"}),
        ("/SetSlots(a=b=c)", {"a": "b=c"}),
    ],
)
def test_a_payload_sets_slots(payload: str, slots: dict[str, object]) -> None:
    assert set_slots(payload) == slots


@pytest.mark.parametrize(
    "payload",
    [
        "/create_user",
        "SetSlots(a=b)",
        "/SetSlots(a=b",
        "/SetSlots(a=b) and more",
        " /SetSlots(a=b)",
        "/setslots(a=b)",
        "/SetSlots(a=\nb)",
        "",
    ],
)
def test_another_payload_sets_none(payload: str) -> None:
    assert set_slots(payload) is None


def test_a_payload_starts_an_intent_with_its_entities() -> None:
    assert intent_of("/create_user") == ("create_user", {})
    assert intent_of("/faq/access_rights") == ("faq/access_rights", {})
    payload = '/faq_feedback{"feedback_article":"max_users","feedback_helpful":"yes"}'
    entities = {"feedback_article": "max_users", "feedback_helpful": "yes"}
    assert intent_of(payload) == ("faq_feedback", entities)


@pytest.mark.parametrize("payload", ["", "create_user", "/", "/Create", "/a b", "/a{", "/a{}{"])
def test_what_is_no_payload_is_a_mistake_that_is_noticed(payload: str) -> None:
    with pytest.raises(ValueError, match=r"not a payload|Expecting|Extra data"):
        intent_of(payload)


@given(st.dictionaries(st.text(), st.text()))
def test_entities_come_back_as_they_went(entities: dict[str, str]) -> None:
    assert intent_of(f"/greet{json.dumps(entities)}") == ("greet", entities)
