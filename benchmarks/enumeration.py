"""Can a stopwatch tell user names apart? Medians per kind of name, and the gap between them.

    python -m benchmarks.enumeration [--rounds 500]

Against `foyer run` with SQLite on disk, one client, the kinds in turn, so that whatever slows
the machine down slows all of them. The gap of the medians must stay below 20 ms.
"""

import argparse
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from time import perf_counter

import httpx
import yaml

from tests.e2e.mailbox import Mailbox
from tests.e2e.rest import RestChat, connect
from tests.e2e.server import Server, foyer

KINDS = {"holder": "diane1", "secondary": "hugo1", "locked": "lea1", "unknown": "nobody1"}
PASSWORD = "correct horse 7"
FORM_TOKEN = re.compile(r'name="form_token" value="(\w+)"')
MOST = 0.020

Try = Callable[[str, int], None]


def main() -> None:
    parser = argparse.ArgumentParser(description="Time what known and unknown names take.")
    parser.add_argument("--rounds", type=int, default=500)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database_url = f"sqlite:///{folder / 'foyer.db'}"
        move_in(folder, database_url)
        with Mailbox() as mailbox, Server(folder, database_url, smtp_port=mailbox.port) as server:
            for what, (before, attempt) in attempts(server.address).items():
                report(what, timed(before, attempt, rounds))


def move_in(folder: Path, database_url: str) -> None:
    def person(role: str, username: str, status: str) -> dict[str, str]:
        return {
            "role": role,
            "username": username,
            "first_name": "Diane",
            "last_name": "Tremblay",
            "email": f"{username}@example.com",
            "password": PASSWORD,
            "status": status,
        }

    members = [
        person("holder", "diane1", "active"),
        person("secondary", "hugo1", "active"),
        person("secondary", "lea1", "locked"),
    ]
    household = {"account_number": "90210001", "language": "en", "members": members}
    file = folder / "households.yml"
    file.write_text(yaml.safe_dump({"households": [household]}), "utf-8")
    done = foyer("import", str(file), folder=folder, database_url=database_url)
    assert done.returncode == 0, done.stderr


def attempts(address: str) -> Mapping[str, tuple[Try, Try]]:
    """Each way to name an account without proof: what comes first, and what is timed."""
    pages = httpx.Client(base_url=address, trust_env=False, timeout=60)
    http = connect(address)

    def form(path: str) -> str:
        found = FORM_TOKEN.search(pages.get(path).text)
        assert found is not None
        return found[1]

    sign_in_form, forgot_form = form("/sign-in"), form("/forgot")

    def sign_in(username: str, _: int) -> None:
        typed = {"form_token": sign_in_form, "username": username, "password": "wrong password"}
        assert pages.post("/sign-in", data=typed).status_code == httpx.codes.UNPROCESSABLE_ENTITY

    def forgot(username: str, _: int) -> None:
        typed = {"form_token": forgot_form, "username": username}
        assert pages.post("/forgot", data=typed).status_code == httpx.codes.OK

    def code(username: str, number: int) -> None:
        RestChat(http, f"chat-{number}-{username}").say(username)

    def ask(username: str, number: int) -> None:
        RestChat(http, f"chat-{number}-{username}").say("sign me in")

    return {
        "sign-in page": (nothing, sign_in),
        "forgot page": (nothing, forgot),
        "code in a chat": (ask, code),
    }


def nothing(_username: str, _number: int) -> None:
    """Before a page is sent nothing has to be said."""


def timed(before: Try, attempt: Try, rounds: int) -> dict[str, float]:
    times: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for number in range(rounds):
        for kind, username in KINDS.items():
            before(username, number)
            start = perf_counter()
            attempt(username, number)
            times[kind].append(perf_counter() - start)
    return {kind: median(values) for kind, values in times.items()}


def report(what: str, medians: Mapping[str, float]) -> None:
    gap = max(medians.values()) - min(medians.values())
    shown = "  ".join(f"{kind} {value * 1000:.1f} ms" for kind, value in medians.items())
    verdict = "ok" if gap < MOST else "TOO WIDE"
    print(f"{what}: {shown}  gap {gap * 1000:.1f} ms  {verdict}", flush=True)


if __name__ == "__main__":
    main()
