"""`/metrics`: what waits and what failed, for Prometheus, and nothing about anybody."""

from fastapi import FastAPI
from prometheus_client.parser import text_string_to_metric_families

from bot.web.metrics import metrics_router
from storage.database import Database
from storage.households.households import Household
from tests.fakes.clock import ManualClock
from tests.web.visits import PASSWORD, Browser


def numbers(browser: Browser) -> dict[str, float]:
    text = browser.get("/metrics").text
    return {
        sample.name: sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_what_waits_and_what_failed_is_counted(
    database: Database, clock: ManualClock, people: Household
) -> None:
    app = FastAPI()
    app.include_router(metrics_router(database, clock))
    browser = Browser(app)
    with database.write() as uow:
        first, _ = uow.inbox.put("rest", "rest", "s1", "1", "s1", {"text": "hello"})
        uow.inbox.put("rest", "rest", "s2", "1", "s2", {"text": "my secret words"})
        uow.inbox.park(first, "an error")
        uow.forgotten.ask(str(people.holder.username))
        uow.forgotten.answer(1)
    clock.advance(seconds=90)
    assert numbers(browser) == {
        "foyer_messages_total": 2,
        "foyer_inbox_parked": 1,
        "foyer_inbox_waiting_chats": 1,
        "foyer_inbox_oldest_seconds": 90,
        "foyer_wrong_codes": 0,
        "foyer_wrong_code_accounts": 0,
        "foyer_outbox_waiting": 1,
        "foyer_outbox_dead": 0,
        "foyer_outbox_oldest_seconds": 90,
    }
    shown = browser.get("/metrics").text
    for word in ("secret", "example.com", str(people.holder.username), PASSWORD):
        assert word not in shown
