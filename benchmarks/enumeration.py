"""Can a stopwatch tell user names apart? How well, for each way to name an account unproved.

    python -m benchmarks.enumeration [--rounds 500] [--only forgot]

Against `foyer run` with SQLite on disk, one client, the kinds in turn, so that whatever slows
the machine down slows all of them. For each kind of name: the chance that one of its times is
longer than one of a name that nobody has (the area under the ROC curve; 0.5 is a guess). Over
2,000 times in all it must stay within 0.55 on the page for a forgotten password, where nothing
hides it; a sign-in takes an argon2 hash and a chat a whole turn: there the gap of the medians must
stay below 20 ms.
"""

import argparse
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from time import perf_counter

import httpx
import numpy as np
import yaml

from tests.e2e.mailbox import Mailbox
from tests.e2e.rest import RestChat, connect
from tests.e2e.server import Server, foyer

UNKNOWN, FRESH = "unknown", "within its allowance"
KINDS = {
    "holder": "diane1",
    "secondary": "hugo1",
    "locked": "lea1",
    FRESH: "fresh{}",
    UNKNOWN: "nobody1",
}
"""In all but the fresh ones, the allowance of mails is soon used up."""
FRESH_NAMES = 250
PASSWORD = "correct horse 7"
FORM_TOKEN = re.compile(r'name="form_token" value="(\w+)"')
MOST = 0.020
MOST_AREA = 0.55

Try = Callable[[str, int], None]


def main() -> None:
    parser = argparse.ArgumentParser(description="Time what known and unknown names take.")
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--only", default="", help="ways whose name begins so")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database_url = f"sqlite:///{folder / 'foyer.db'}"
        move_in(folder, database_url)
        with Mailbox() as mailbox, Server(folder, database_url, smtp_port=mailbox.port) as server:
            ways = attempts(server.address).items()
            results = [
                report(what, timed(before, attempt, arguments.rounds))
                for what, (before, attempt) in ways
                if what.startswith(arguments.only)
            ]
    raise SystemExit(0 if all(results) else 1)


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
    households = [{"account_number": "90210001", "language": "en", "members": members}]
    for number in range(FRESH_NAMES):
        somebody = person("holder", f"fresh{number}", "active")
        del somebody["password"]  # a hash takes long to make, and these only forget theirs
        account = f"9021{number + 1000:04d}"
        households.append({"account_number": account, "language": "en", "members": [somebody]})
    file = folder / "households.yml"
    file.write_text(yaml.safe_dump({"households": households}), "utf-8")
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


def timed(before: Try, attempt: Try, rounds: int) -> Mapping[str, list[float]]:
    times: dict[str, list[float]] = {kind: [] for kind in KINDS}
    for number in range(rounds):
        for kind, pattern in KINDS.items():
            username = pattern.format(number % FRESH_NAMES)
            before(username, number)
            start = perf_counter()
            attempt(username, number)
            times[kind].append(perf_counter() - start)
    return times


def area(times: list[float], others: list[float]) -> float:
    """The chance that one of `times` is longer than one of `others`, or shorter if that is more."""
    longer = np.searchsorted(np.sort(others), times, "left").mean() / len(others)
    at_least = np.searchsorted(np.sort(others), times, "right").mean() / len(others)
    chance = float(longer + at_least) / 2
    return max(chance, 1 - chance)


def report(what: str, times: Mapping[str, list[float]]) -> bool:
    medians = {kind: median(values) for kind, values in times.items()}
    areas = {kind: area(times[kind], times[UNKNOWN]) for kind in times if kind != UNKNOWN}
    gap = max(medians.values()) - min(medians.values())
    shown = "  ".join(f"{kind} {value * 1000:.1f} ms" for kind, value in medians.items())
    told = "  ".join(f"{kind} {value:.3f}" for kind, value in areas.items())
    is_good = max(areas.values()) <= MOST_AREA if what.startswith("forgot") else gap < MOST
    print(f"{what}: {shown}  gap {gap * 1000:.1f} ms", flush=True)
    print(f"  area: {told}  {'ok' if is_good else 'TOO WIDE'}", flush=True)
    return is_good


if __name__ == "__main__":
    main()
