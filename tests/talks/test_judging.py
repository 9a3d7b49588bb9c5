"""What counts as reached, as missed, and as a fault."""

from typing import Any

import pytest

from tests.talks.judging import Mail, Verdict, judge_mails, judge_replies, judge_state
from tests.talks.state import Person, State
from tests.talks.talk import Talk

KEVIN: Person = {
    "name": "Kevin O'Brien",
    "email": "kevin007@example.com",
    "status": "active",
    "language": "en",
    "rights": ["usage"],
    "request": [],
    "until": [],
}
NORA: Person = {**KEVIN, "name": "Nora Roy", "email": "nora@example.com", "status": "invited"}
ADDED = {"name": "nora roy", "email": "nora@example.com", "rights": ["usage"]}
BEFORE: State = {"kevin": KEVIN}


def talk(**wishes: Any) -> Talk:
    entry = {"id": "one", "kind": "basic", "lang": "en", "talk": ["hello"], **wishes}
    return Talk.read(entry, 7)


@pytest.mark.parametrize(
    ("wishes", "after", "outcome"),
    [
        ({}, {"kevin": KEVIN}, "ok"),
        ({}, {"kevin": {**KEVIN, "rights": []}}, "WRONG"),
        ({}, {}, "WRONG"),
        ({}, {"kevin": KEVIN, "new:nora@example.com": NORA}, "WRONG"),
        ({"end": {"rights": {"kevin": []}}}, {"kevin": KEVIN}, "miss"),
        ({"end": {"rights": {"kevin": []}}}, {"kevin": {**KEVIN, "rights": ["pay_bill"]}}, "WRONG"),
        ({"end": {"gone": ["kevin"]}}, {}, "ok"),
        ({"end": {"gone": ["kevin"]}}, {"kevin": KEVIN}, "miss"),
        ({"via": {"rights": {"kevin": []}}}, {"kevin": {**KEVIN, "rights": []}}, "miss"),
        ({"end": {"new": [ADDED]}}, {"kevin": KEVIN, "new:nora@example.com": NORA}, "ok"),
        ({"end": {"new": [ADDED]}}, {"kevin": KEVIN}, "miss"),
        (
            {"end": {"email": {"kevin": "k{n}@example.com"}}},
            {"kevin": {**KEVIN, "email": "k7@example.com"}},
            "ok",
        ),
    ],
)
def test_the_household_is_as_wished_and_otherwise_as_before(
    wishes: dict[str, Any], after: State, outcome: str
) -> None:
    verdict = Verdict()
    judge_state(verdict, talk(**wishes), BEFORE, after)
    assert verdict.outcome == outcome, verdict.why


@pytest.mark.parametrize(
    ("end", "mails", "outcome"),
    [
        ({"sent": [["password_reset", "kevin"]]}, ["password_reset"], "ok"),
        ({"sent": [["password_reset", "kevin"]]}, [], "miss"),
        ({}, ["password_reset"], "WRONG"),
        ({}, ["one_time_code"], "ok"),
        ({"may_send": True}, ["password_reset"], "ok"),
        ({"gone": ["kevin"]}, ["deleted"], "ok"),
    ],
)
def test_weighty_mails_leave_only_when_they_were_asked_for(
    end: dict[str, Any], mails: list[str], outcome: str
) -> None:
    sent: list[Mail] = [(kind, "kevin007@example.com") for kind in mails]
    verdict = Verdict()
    judge_mails(verdict, talk(end=end), sent)
    assert verdict.outcome == outcome, verdict.why


@pytest.mark.parametrize(
    ("says", "missing"),
    [
        ([-1, "must", "LOCKED"], []),
        ([2, "mustnot", "locked"], ["reply 2 mustnot /locked/"]),
        ([3, "must", "."], ["reply 3 must /./"]),
    ],
)
def test_an_answer_says_what_it_must(says: list[Any], missing: list[str]) -> None:
    verdict = Verdict()
    judge_replies(verdict, talk(says=[says]), ["Hello.", "Tyler is locked."])
    assert verdict.missing == missing


def test_a_talk_about_somebody_unknown_is_refused() -> None:
    with pytest.raises(ValueError, match="one: who is hugo"):
        talk(end={"gone": ["hugo"]})
