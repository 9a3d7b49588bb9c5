"""Whatever is done to the audit afterwards is found: over any history, and any tampering."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.audit.chain import Signature
from storage.audit.judging import Chain, judge, judge_links
from storage.audit.linking import Linking
from storage.audit.macs import COVERED
from storage.database import Database
from storage.keys import Keys
from tests.fakes.clock import ManualClock
from tests.fakes.households import make_household
from tests.fakes.scale import examples

ACCOUNTS = count(10_000_000)
OPERATOR = Signature("operator")
PERSON = {"first_name": "Zoé", "last_name": "Roy"}
ACTS = ["verified", "rights", "profile", "link"]
HISTORIES = st.lists(st.sampled_from(ACTS), min_size=1, max_size=12)
ANY_EXAMPLE = settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
Entry = dict[str, Any]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


def lived(database: Database, acts: Sequence[str]) -> Chain:
    """A household with that history, linked to its newest entry."""
    home = make_household(database, str(next(ACCOUNTS))).id
    for act in (*acts, "link"):
        with database.write() as uow:
            if act == "link":
                uow.audit_links.link_new()
            elif act == "profile":
                uow.audit.done(home, OPERATOR, act, before=PERSON, after={**PERSON, "seat": 2})
            else:
                uow.audit.done(home, OPERATOR, act)
    return read(database, home)


def read(database: Database, home: int) -> Chain:
    with database.read() as uow:
        [chain] = uow.audit_verifying._chains(home, home)
    return chain


def with_entries(chain: Chain, entries: list[Entry]) -> Chain:
    return replace(chain, entries=entries)


def edited(chain: Chain, data: st.DataObject) -> Chain:
    entries = [dict(entry) for entry in chain.entries]
    entry = data.draw(st.sampled_from(entries))
    column = data.draw(st.sampled_from([*COVERED, "mac", "key_id"]))
    old = entry[column]
    new = {int: 7_777_777, str: "x" * 64}.get(type(old), "x")
    entry[column] = data.draw(st.sampled_from([new, None])) if old is not None else new
    return with_entries(chain, entries)


def revalued(chain: Chain, data: st.DataObject) -> Chain:
    entries = [dict(entry) for entry in chain.entries]
    entry = data.draw(st.sampled_from(entries))
    entry["salt"] = entry["salt"] or "salt"
    entry["after"] = {"first_name": "Eve"}
    return with_entries(chain, entries)


def shortened(chain: Chain, data: st.DataObject) -> Chain:
    """Some entries are missing, anywhere."""
    kept = data.draw(st.integers(0, 2 ** len(chain.entries) - 2))
    return with_entries(chain, [dict(it) for at, it in enumerate(chain.entries) if kept >> at & 1])


def doubled(chain: Chain, data: st.DataObject) -> Chain:
    entries = [dict(entry) for entry in chain.entries]
    copy = dict(data.draw(st.sampled_from(entries)))
    copy["seq"] = data.draw(st.integers(0, len(entries) + 1))
    entries.insert(data.draw(st.integers(0, len(entries))), copy)
    return with_entries(chain, entries)


def moved(chain: Chain, data: st.DataObject) -> Chain:
    """In another order; numbered as they were, or anew."""
    order = data.draw(st.permutations(range(len(chain.entries))))
    entries = [dict(chain.entries[at]) for at in order]
    if data.draw(st.booleans()):
        entries = [{**entry, "seq": number} for number, entry in enumerate(entries, start=1)]
    return with_entries(chain, entries)


def emptied(chain: Chain, data: st.DataObject) -> Chain:
    """All is gone; perhaps the head with it, and the links."""
    head = data.draw(st.sampled_from([None, chain.head]))
    links = data.draw(st.sampled_from([(), chain.links]))
    return replace(chain, entries=(), head=head, links=links)


def headless(chain: Chain, data: st.DataObject) -> Chain:
    return replace(chain, head=data.draw(st.sampled_from([None, "", "x", "0" * 64, "x:9"])))


TAMPERINGS = [edited, revalued, shortened, doubled, moved, emptied, headless]


@pytest.mark.parametrize("tamper", TAMPERINGS)
@given(acts=HISTORIES, data=st.data())
@pytest.mark.soak
@ANY_EXAMPLE
def test_any_tampering_with_any_history_is_found(
    database: Database,
    keys: Keys,
    tamper: Callable[[Chain, st.DataObject], Chain],
    acts: list[str],
    data: st.DataObject,
) -> None:
    chain = lived(database, acts)
    assert judge(keys, chain) is None
    assert not chain.unlinked
    tampered = tamper(chain, data)
    assert (judge(keys, tampered) is None) == (tampered == chain)


@given(before=HISTORIES, after=HISTORIES)
@pytest.mark.soak
@ANY_EXAMPLE
def test_an_older_state_with_its_old_head_is_found_where_the_newer_one_was_linked(
    database: Database, keys: Keys, before: list[str], after: list[str]
) -> None:
    old = lived(database, before)
    for act in (*after, "verified", "link"):
        with database.write() as uow:
            if act == "link":
                uow.audit_links.link_new()
            else:
                uow.audit.done(old.household_id, OPERATOR, act)
    new = read(database, old.household_id)
    flaw = judge(keys, replace(old, links=new.links))
    assert flaw is not None
    assert flaw.kind == "lost"
    assert flaw.number > len(old.entries)


@pytest.fixture
def links(database: Database) -> list[Entry]:
    for acts in (["rights"], ["profile", "link", "rights"], ["verified"]):
        lived(database, acts)
    with database.read() as uow:
        return list(uow.audit_verifying.links())


@given(order=st.permutations(range(4)), at=st.integers(0, 3), kind=st.sampled_from("xcrm"))
@pytest.mark.soak
@ANY_EXAMPLE
def test_any_tampering_with_the_links_is_found(
    links: list[Entry], keys: Keys, order: list[int], at: int, kind: str
) -> None:
    """Exchanged, copied, removed or moved; the newest alone can be cut off: anchors find that."""
    assert len(links) == 4
    assert judge_links(keys, links) is None
    tampered = list(links)
    if kind == "c":
        tampered.insert(at, links[at])
    elif kind == "r":
        del tampered[at]
    elif kind == "x":
        tampered[at] = {**links[at], "entry_mac": "x" * 64}
    else:
        tampered = [links[number] for number in order]
    assert (judge_links(keys, tampered) is None) == (tampered == links[: len(tampered)])


@pytest.mark.parametrize("at", range(4))
def test_every_column_of_a_link_is_covered(links: list[Entry], keys: Keys, at: int) -> None:
    for column in links[at]:
        tampered = [dict(link) for link in links]
        tampered[at][column] = "x"
        assert judge_links(keys, tampered) is not None, column


def test_links_that_were_cut_off_miss_the_anchor_that_was_written_down(
    database: Database, keys: Keys
) -> None:
    lived(database, ["rights"])
    with database.read() as uow:
        old = uow.audit_verifying.reach()
    lived(database, ["rights"])
    with database.read() as uow:
        new = uow.audit_verifying.reach()
        assert old is not None
        assert new is not None
        assert not uow.audit_verifying.verify([old.link, new.link]).flaws
    with database._engine.connect() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_link_no_DELETE")
        connection.exec_driver_sql("DELETE FROM audit_link WHERE number = 2")
        connection.commit()
    with database.read() as uow:
        assert not uow.audit_verifying.verify([old.link]).flaws
        [flaw] = uow.audit_verifying.verify([old.link, new.link]).flaws
        assert (flaw.kind, flaw.number) == ("anchor", new.link.number)
        [flaw] = uow.audit_verifying.verify(fewest_links=new.link.number).flaws
        assert (flaw.kind, flaw.number) == ("anchor", new.link.number)


@given(acts=st.lists(st.tuples(st.integers(0, 2), st.sampled_from(ACTS)), max_size=20))
@pytest.mark.soak
@ANY_EXAMPLE
def test_what_is_not_linked_yet_is_named_and_then_linked_in_its_order(
    database: Database, acts: list[tuple[int, str]]
) -> None:
    homes = [make_household(database, str(next(ACCOUNTS))).id for _ in range(3)]
    with database.write() as uow:
        uow.audit_links.link_new()
    left = dict.fromkeys(homes, 0)
    for which, act in acts:
        with database.write() as uow:
            if act == "link":
                uow.audit_links.link_new()
                left = dict.fromkeys(homes, 0)
            else:
                uow.audit.done(homes[which], OPERATOR, act)
                left[homes[which]] += 1
    assert {home: len(read(database, home).unlinked) for home in homes} == left
    with database.write() as uow:
        uow.audit_links.link_new()
    assert not any(read(database, home).unlinked for home in homes)
    with database.read() as uow:
        reached = [link["entry_id"] for link in uow.audit_verifying.links()]
    assert reached == sorted(reached)


def test_a_history_as_long_as_several_rounds_is_linked_to_its_end(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.audit.linking._AT_A_TIME", 7)
    monkeypatch.setattr("storage.audit.linking._OVERLAP", 2)
    homes = [make_household(database, str(next(ACCOUNTS))).id for _ in range(20)]
    for number in range(100):
        with database.write() as uow:
            uow.audit.done(homes[number * 7 % 20], OPERATOR, "rights")
    for _ in range(100):
        with database.write() as uow:
            if not uow.audit_links.link_new()[2]:
                break
    assert not any(read(database, home).unlinked for home in homes)


def test_what_does_not_go_on_from_what_was_linked_is_not_linked(
    database: Database, clock: ManualClock
) -> None:
    chain = lived(database, ["rights"])
    with database.write() as uow:
        uow.audit.done(chain.household_id, OPERATOR, "rights")
    with database._engine.connect() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_UPDATE")
        connection.exec_driver_sql("UPDATE audit SET action = 'x' WHERE seq = 4")
        connection.commit()
    with database.write() as uow:
        reach, [flaw], more = uow.audit_links.link_new()
    assert (reach, flaw.kind, flaw.number, more) == (None, "entry", 4, False)


def test_links_are_made_by_one_process_at_a_time_and_never_inside_of_a_change(
    database: Database,
) -> None:
    home = make_household(database).id
    with database.write() as uow:
        uow.audit.done(home, OPERATOR, "rights")
        assert uow.audit_verifying.reach() is None
        assert isinstance(uow.audit_links, Linking)
