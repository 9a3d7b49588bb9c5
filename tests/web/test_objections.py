"""Every notice has a way to say that it was not agreed; it reaches support, and nobody else."""

from datetime import timedelta

import pytest

from bot.mail.catalogue import Catalogue
from bot.operating.objections import close_objection, list_objections
from storage.database import Database
from storage.households.actors import Operator
from storage.households.declared import CHANGES
from storage.households.households import Household
from storage.identity.sessions import Session
from storage.limits import OBJECTION_LIFETIME
from storage.messages.outbox_rows import OutboxRow
from tests.fakes.clock import ManualClock
from tests.fakes.households import OPERATOR, acting, start_chat, verify
from tests.web.visits import ORIGIN, Browser

MAILS = Catalogue.load()
ASKS = {"access_request", "access_reduced"}
"""The mails of a change that tell of nothing done: the holder is asked."""


def test_every_mail_of_every_change_has_a_way_to_object() -> None:
    declared = {mail.template for change in CHANGES.values() for mail in change.mails}
    assert declared - ASKS <= MAILS.notices.keys()


def test_what_a_notice_is_about_names_nobody() -> None:
    for name, about in MAILS.notices.items():
        assert "{" not in "".join(about.values()), name


def told(database: Database, kind: str, household: Household) -> str:
    """The page behind the newest mail of that kind to Léo, sent just so."""
    leo = household.members[1]
    with database.write() as uow:
        uow.outbox.mail(kind, to=leo.email, language="en", parameters={}, member_id=leo.id)
    return newest(database).objection_url.removeprefix(ORIGIN)


def newest(database: Database, kind: str | None = None) -> OutboxRow:
    with database.read() as uow:
        rows = [row for row in uow.outbox.due_mails(1000) if kind in {None, row.template}]
    return rows[-1]


def objected(database: Database) -> list[tuple[str, str | None]]:
    with database.read() as uow:
        return [(objection.template, objection.first_name) for objection in uow.objections.open()]


@pytest.mark.parametrize("kind", MAILS.notices)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_objection_to_every_kind_of_notice_reaches_support(
    browser: Browser, database: Database, household: Household, kind: str, language: str
) -> None:
    page = f"{told(database, kind, household)}?language={language}"
    looked = browser.get(page)
    assert looked.status_code == 200
    assert MAILS.notices[kind][language] in looked.text.replace("&#39;", "'")
    assert objected(database) == [], "looking is not objecting"
    said = browser.post(page)
    assert said.status_code == 200
    assert "{" not in said.text
    assert objected(database) == [(kind, "Léo")]


def test_an_objection_is_entered_once_and_changes_nothing(
    browser: Browser, database: Database, household: Household
) -> None:
    page = told(database, "rights_changed", household)
    before = snapshot(database, household)
    for _ in range(3):
        assert browser.post(page).status_code == 200
    assert objected(database) == [("rights_changed", "Léo")]
    assert snapshot(database, household) == before


def test_what_somebody_adds_is_kept_sealed_and_shown_to_support_without_secrets(
    browser: Browser, database: Database, household: Household
) -> None:
    page = told(database, "rights_changed", household)
    assert 'name="words"' in browser.get(page).text
    said = "He took my TV away. My card is 4111 1111 1111 1111\nand I was told nothing" + "!" * 600
    assert browser.post(page, data={"words": said}).status_code == 200
    [line] = list_objections(database).lines
    assert "He took my TV away." in line
    assert "and I was told nothing" in line
    assert "4111" not in line
    assert line.count("!") < 500
    with database.read() as uow:
        row = uow.objections._connection.exec_driver_sql("SELECT words FROM objection").one()
    assert "my TV away" not in row[0]


def test_words_that_come_to_mind_afterwards_are_added_to_it(
    browser: Browser, database: Database, household: Household
) -> None:
    page = told(database, "rights_changed", household)
    browser.get(page)
    for said in ("", "She took my TV", "and then my data"):
        assert browser.post(page, data={"words": said}).status_code == 200
    [line] = list_objections(database).lines
    assert "She took my TV" in line
    assert "my data" not in line, "one objection, one word: support asks for more"


def test_who_is_erased_leaves_none_of_their_words(
    browser: Browser, database: Database, household: Household
) -> None:
    page = told(database, "rights_changed", household)
    browser.get(page)
    browser.post(page, data={"words": "I never agreed to this"})
    with database.write() as uow:
        uow.erasing.erase(Operator("foyer erase"), household.members[1].username or "")
    with database.read() as uow:
        [objection] = uow.objections.open()
    assert (objection.words, objection.first_name) == ("", None)


def snapshot(database: Database, household: Household) -> object:
    """The household, what its holder can read of it, and what waits to be mailed."""
    with database.read() as uow:
        home = uow.households.of(household.id)
        mails = [row.id for row in uow.outbox.due_mails(1000)]
        return home, uow.history.entries(household.id), mails


@pytest.fixture
def holder(database: Database, household: Household) -> Session:
    return verify(database, str(household.holder.username), start_chat(database))


def test_who_was_suspended_or_removed_may_object(
    browser: Browser, database: Database, household: Household, holder: Session
) -> None:
    leo = household.members[1]
    with database.write() as uow:
        uow.changes.suspend(acting(holder), leo.id)
    suspended = newest(database, "suspended").objection_url.removeprefix(ORIGIN)
    assert browser.post(suspended).status_code == 200
    with database.write() as uow:
        uow.changes.delete(acting(holder), leo.id)
    deleted = newest(database, "deleted").objection_url.removeprefix(ORIGIN)
    assert browser.post(deleted).status_code == 200
    assert objected(database) == [("suspended", "Léo"), ("deleted", "Léo")]


def test_who_is_erased_by_now_may_object_and_only_that_is_kept(
    browser: Browser,
    database: Database,
    household: Household,
    holder: Session,
    clock: ManualClock,
) -> None:
    leo = household.members[1]
    with database.write() as uow:
        uow.changes.delete(acting(holder), leo.id)
    page = newest(database, "deleted").objection_url.removeprefix(ORIGIN)
    clock.advance(days=2)
    with database.write() as uow:
        uow.erasing.erase(OPERATOR, str(leo.username))
    assert browser.post(page).status_code == 200
    assert objected(database) == [("deleted", None)]
    assert "somebody erased" in list_objections(database).lines[0]


@pytest.mark.parametrize("path", ["/not-agreed/x", "/not-agreed/" + "A" * 300, "/not-agreed/é"])
def test_a_link_that_is_not_ours_gets_the_page_of_all_such_links(
    browser: Browser, path: str
) -> None:
    assert browser.get(path).status_code == 404
    assert browser.post(path).status_code == 404


def test_what_else_we_sealed_opens_nothing(browser: Browser, database: Database) -> None:
    with database.read() as uow:
        sealed = uow.keys.seal("reset 1 rights_changed 1 1")
    assert browser.get(f"/not-agreed/{sealed.rstrip('=')}").status_code == 404


def test_a_way_to_object_ends(
    browser: Browser, database: Database, household: Household, clock: ManualClock
) -> None:
    page = told(database, "rights_changed", household)
    clock.advance(seconds=(OBJECTION_LIFETIME - timedelta(minutes=1)).total_seconds())
    assert browser.get(page).status_code == 200
    clock.advance(minutes=1)
    assert browser.get(page).status_code == 404
    assert browser.post(page).status_code == 404


def test_a_form_of_another_site_objects_to_nothing(
    browser: Browser, database: Database, household: Household
) -> None:
    page = told(database, "rights_changed", household)
    answer = browser.post(page, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 403
    assert objected(database) == []


def test_an_operator_sees_each_and_closes_it(
    browser: Browser, database: Database, household: Household
) -> None:
    browser.post(told(database, "suspended", household))
    [line] = list_objections(database).lines
    assert "Léo Gagnon (secondary, second1-90210001)  suspended of" in line
    assert close_objection(database, 1).status == 0
    assert close_objection(database, 1).status == 1
    assert list_objections(database).lines == ("Nobody objects to anything.",)
