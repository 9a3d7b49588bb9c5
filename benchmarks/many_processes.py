"""What several processes on one PostgreSQL cost, against one: CPU a turn, looks, a backlog.

    python -m benchmarks.many_processes [--messages 1000] [--waiting 300] [--chats 5] [--json]

One process and several have a database of their own each, and are measured in turns. CPU is
what the processes of Foyer used, user and system, from the first message to the last answer,
what they do in the background included.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import psutil
import psycopg
from prometheus_client.parser import text_string_to_metric_families
from psycopg import sql

from benchmarks.rest import TYPED
from bot.chats import ChatKey
from bot.dialogue.message import Message
from tests.conftest import SERVER
from tests.e2e.ledger import Ledger, open_database
from tests.e2e.rest import WEBHOOK, connect
from tests.e2e.server import Server, foyer

CLIENTS = 8
WARM_UP = 40
"""Messages a process."""
ROUNDS = 5
PATIENCE = 120.0
ALLOWED = 1.15
"""How many times the CPU of one process a turn may cost with several."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Of so many processes; CPU in milliseconds, the rest in seconds."""

    processes: int
    cpu_a_turn: float
    looks_a_message: float
    turns_a_message: float
    p50_ms: float
    p95_ms: float
    drained_in: float


@dataclass(slots=True)
class Group:
    """So many processes on a database of their own, and what they were measured to do."""

    servers: Sequence[Server]
    url: str
    messages: int = 0
    walls: list[float] = field(default_factory=list)
    cpu: float = 0
    looks: float = 0
    turns: float = 0

    def write(self, messages: int) -> None:
        """Measure so many messages by REST."""
        with ExitStack() as lines:
            clients = [lines.enter_context(connect(server.address)) for server in self.servers]
            cpu, (looks, turns) = _cpu(self.servers), _counted(clients)
            self.walls += send_all(clients, messages, f"sender-{self.messages}")
            self.cpu += _cpu(self.servers) - cpu
            looked, turned = _counted(clients)
        self.looks, self.turns = self.looks + looked - looks, self.turns + turned - turns
        self.messages += messages

    def figures(self, drained_in: float) -> Figures:
        parts = quantiles(self.walls, n=20)
        return Figures(
            processes=len(self.servers),
            cpu_a_turn=round(1000 * self.cpu / self.messages, 2),
            looks_a_message=self.looks / self.messages,
            turns_a_message=self.turns / self.messages,
            p50_ms=round(1000 * parts[9], 1),
            p95_ms=round(1000 * parts[18], 1),
            drained_in=round(drained_in, 2),
        )


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="foyer-bench-", dir=".") as scratch:
        figures = measure(Path(scratch).resolve(), options)
    if options.json:
        print(json.dumps([asdict(each) for each in figures], indent=2))
    else:
        print(as_table(figures))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Several processes on one PostgreSQL.")
    parser.add_argument("--messages", type=int, default=1000)
    parser.add_argument("--waiting", type=int, default=300, help="messages of the backlog")
    parser.add_argument("--chats", type=int, default=5, help="in which they wait")
    parser.add_argument("--processes", type=int, nargs="+", default=[1, 4])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    return parser.parse_args()


def measure(folder: Path, options: argparse.Namespace) -> list[Figures]:
    """They take turns, so that whatever else the machine does falls on all of them."""
    with ExitStack() as databases:
        urls = [databases.enter_context(new_database()) for _ in options.processes]
        with ExitStack() as running:
            groups = [
                Group(start(running, folder, url, number), url)
                for url, number in zip(urls, options.processes, strict=True)
            ]
            for _ in range(ROUNDS):
                for group in groups:
                    group.write(options.messages // ROUNDS)
            for group in groups:
                for server in group.servers:
                    server.stop()
        return [group.figures(drain(folder, group, options)) for group in groups]


def start(running: ExitStack, folder: Path, url: str, processes: int) -> Sequence[Server]:
    """Processes that have done something already: what is read and compiled first is no turn."""
    foyer("migrate", folder=folder, database_url=url).check_returncode()
    servers = [running.enter_context(Server(folder, url)) for _ in range(processes)]
    with ExitStack() as lines:
        clients = [lines.enter_context(connect(server.address)) for server in servers]
        send_all(clients, WARM_UP * processes, "warm-up")
    return servers


@contextmanager
def new_database() -> Iterator[str]:
    name = sql.Identifier(f"foyer_bench_{uuid4().hex[:12]}")
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(name))
        try:
            yield urlsplit(SERVER)._replace(path=f"/{name.as_string().strip(chr(34))}").geturl()
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


def send_all(clients: Sequence[httpx.Client], messages: int, name: str) -> list[float]:
    """Several people at once; one person's messages arrive at any process, as behind a balancer."""

    def person(number: int) -> list[float]:
        walls = []
        for turn in range(number, messages, CLIENTS):
            text = TYPED[turn // CLIENTS % len(TYPED)]
            began = time.perf_counter()
            body = {"sender": f"{name}-{number}-{turn // 100}", "message": text}
            clients[(turn // CLIENTS + number) % len(clients)].post(
                WEBHOOK, json=body
            ).raise_for_status()
            walls.append(time.perf_counter() - began)
        return walls

    with ThreadPoolExecutor(CLIENTS) as people:
        return [wall for walls in people.map(person, range(CLIENTS)) for wall in walls]


def wait_in(url: str, messages: int, chats: int) -> None:
    """Put messages into the inbox while nobody works."""
    database = open_database(url)
    with database.write() as uow:
        for number in range(messages):
            chat = ChatKey("rest", "rest", f"waiting-{number % chats}")
            text = TYPED[number // chats % len(TYPED)]
            uow.inbox.put(*chat, str(number), chat.chat_id, Message(text).to_json())
    database.close()


def drain(folder: Path, group: Group, options: argparse.Namespace) -> float:
    """Seconds from the first turn of a backlog to the last, by the rows: no start counts."""
    wait_in(group.url, options.waiting, options.chats)
    ledger = Ledger(group.url)
    with ExitStack() as running:
        for server in [Server(folder, group.url) for _ in group.servers]:
            running.callback(server.kill)
            server.launch()
        deadline = time.monotonic() + PATIENCE
        while ledger.number("SELECT count(*) FROM inbox WHERE done_at IS NULL"):
            if time.monotonic() > deadline:
                raise TimeoutError(f"not drained in {PATIENCE} s")
            time.sleep(0.2)
    took = "SELECT extract(epoch FROM max(done_at) - min(done_at)) FROM inbox"
    return float(ledger.column(f"{took} WHERE chat_id LIKE 'waiting-%'")[0])


def _cpu(servers: Sequence[Server]) -> float:
    return sum(sum(psutil.Process(server.pid).cpu_times()[:2]) for server in servers)


def _counted(clients: Sequence[httpx.Client]) -> tuple[float, float]:
    counted = {"foyer_looks_total": 0.0, "foyer_turns_total": 0.0}
    for client in clients:
        for family in text_string_to_metric_families(client.get("/metrics").text):
            for sample in family.samples:
                if sample.name in counted:
                    counted[sample.name] += sample.value
    return counted["foyer_looks_total"], counted["foyer_turns_total"]


def as_table(figures: Sequence[Figures]) -> str:
    head = "processes  CPU a turn  looks  turns  p50     p95     drained in"
    rows = [
        f"{each.processes:<11}{each.cpu_a_turn:6.2f} ms  {each.looks_a_message:6.3f} "
        f"{each.turns_a_message:6.3f}  {each.p50_ms:6.1f}  {each.p95_ms:6.1f}  "
        f"{each.drained_in:6.2f} s"
        for each in figures
    ]
    ratio = figures[-1].cpu_a_turn / figures[0].cpu_a_turn
    return "\n".join([head, *rows, f"CPU: {ratio:.2f} times (allowed: {ALLOWED})"])


if __name__ == "__main__":
    main()
