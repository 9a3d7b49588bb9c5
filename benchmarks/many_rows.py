"""Whether health, metrics, a turn and what is done in the background cost more with many rows.

    python -m benchmarks.many_rows [--rows 10000 1000000] [--json]

Messages, replies, mails, events and codes of the past, so many of each, on a PostgreSQL database
of its own; then each thing is done a number of times, and the median of its wall time told.
"""

import argparse
import asyncio
import json
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import count, product
from statistics import median

import psycopg
from pydantic import SecretStr

from benchmarks.many_processes import new_database
from bot.app import App, build
from bot.channels.channel import Incoming
from bot.chats import ChatKey
from bot.dialogue.message import Message
from bot.settings import Settings
from bot.web.health import Health
from bot.web.metrics import Backlog
from tests.e2e.server import SECRET

TIMES = 40
FIRST = 6
"""They compile and connect."""
ALLOWED = 1.5
"""How many times what it costs with the fewest rows anything may cost with the most."""

FILL = (
    """INSERT INTO conversation
        (channel, bot_id, chat_id, owner, awaits_code, state, created_at, updated_at)
    SELECT 'rest', 'rest', 'past ' || n, 'bot', false, '{}', now(), now()
    FROM generate_series(1, %(rows)s / 10) AS n""",
    """INSERT INTO inbox
        (channel, bot_id, chat_id, update_id, person_id, received_at, done_at, attempts)
    SELECT 'rest', 'rest', 'past ' || n / 10, n, 'past', now(), now(), 0
    FROM generate_series(1, %(rows)s) AS n""",
    """INSERT INTO outbox
        (kind, channel, conversation_id, inbox_id, template, language, parameters, buttons, text,
         created_at, sent_at, attempts, next_attempt_at)
    SELECT 'chat', 'rest', 1 + n %% (%(rows)s / 10), n, 'utter_greet', 'en', '{}', '[]', 'Hello!',
        now() - interval '1 day', now(), 1, now()
    FROM generate_series(1, %(rows)s) AS n""",
    """INSERT INTO outbox
        (kind, channel, recipient, receiver, cause, template, language, parameters, buttons,
         created_at, sent_at, attempts, next_attempt_at)
    SELECT 'mail', 'mail', n || '@example.com', md5(n::text), 'event', 'activation', 'en', '{}',
        '[]', now() - interval '1 day', now(), 1, now()
    FROM generate_series(1, %(rows)s / 10) AS n""",
    """INSERT INTO conversation_event (conversation_id, event, at)
    SELECT 1 + n %% (%(rows)s / 10), '{"event": "user"}', now()
    FROM generate_series(1, %(rows)s) AS n""",
)


def main() -> None:
    arguments = argparse.ArgumentParser(description="Does it cost more with many rows?")
    arguments.add_argument("--rows", type=int, nargs="+", default=[10_000, 1_000_000])
    arguments.add_argument("--json", action="store_true", help="print one JSON object")
    options = arguments.parse_args()
    figures = measure(options.rows)
    print(json.dumps(figures, indent=2) if options.json else as_table(figures))


def measure(sizes: Sequence[int]) -> dict[int, dict[str, float]]:
    """Milliseconds by what is done, by the number of rows; the databases take turns."""
    with ExitStack() as databases:
        work = {rows: works(prepare(databases, rows)) for rows in sizes}
        walls = {rows: {name: list[float]() for name in work[rows]} for rows in sizes}
        for _, rows in product(range(TIMES + FIRST), sizes):
            for name, do in work[rows].items():
                began = time.perf_counter()
                do()
                walls[rows][name].append(1000 * (time.perf_counter() - began))
    return {
        rows: {name: round(median(of_one[FIRST:]), 2) for name, of_one in told.items()}
        for rows, told in walls.items()
    }


def prepare(databases: ExitStack, rows: int) -> App:
    """Return the product on a database with so many rows of the past."""
    url = databases.enter_context(new_database())
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]  # taken by pydantic-settings, unknown to mypy
        database_url=url,
        secret_key=SecretStr(SECRET),
    )
    app = build(settings)
    app.database.migrate()
    databases.callback(app.database.close)
    fill(url, rows)
    return app


def fill(url: str, rows: int) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET synchronous_commit = off")
        for statement in FILL:
            connection.execute(statement.encode(), {"rows": rows})
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")


def works(app: App) -> Mapping[str, Callable[[], object]]:
    health, backlog = Health(app.database, app.clock), Backlog(app.database, app.clock)
    numbers = count()

    def turn() -> None:
        """Of a chat of the past, so that what it said is looked at."""
        chat = ChatKey("rest", "rest", f"past {next(numbers) % 10 + 1}")
        message = Message("How many users can I have?")
        app.intake.receive(Incoming(chat, f"new {time.time_ns()}", "past", message))
        asyncio.run(app.dispatcher.work_off(chat))

    def left_over() -> None:
        with app.database.read() as uow:
            uow.inbox.waiting()
            uow.chat_outbox.due("rest", "rest")
            uow.outbox.mail_shards()
            uow.outbox.due_mails(20, "0")

    def tell() -> None:
        with app.database.write() as uow:
            to = f"ana{next(numbers)}@example.com"
            uow.outbox.mail("activation", to=to, language="en", parameters={})

    return {
        "health": health.report,
        "metrics": lambda: list(backlog.collect()),
        "turn": turn,
        "left over": left_over,
        "a mail": tell,
        "dead": partial(_listed, app),
    }


def _listed(app: App) -> None:
    with app.database.read() as uow:
        uow.outbox.dead()
        uow.inbox.parked()


def as_table(figures: Mapping[int, Mapping[str, float]]) -> str:
    fewest, most = min(figures), max(figures)
    lines = ["what".ljust(12) + "".join(f"{rows:>14,}" for rows in figures) + "     times"]
    for name in figures[fewest]:
        walls = "".join(f"{figures[rows][name]:>11.2f} ms" for rows in figures)
        times = figures[most][name] / figures[fewest][name]
        lines.append(f"{name:<12}{walls}{times:>10.2f}")
    return "\n".join([*lines, f"allowed: {ALLOWED} times"])


if __name__ == "__main__":
    main()
