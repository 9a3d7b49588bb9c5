"""Plays talks for a developer, from the project's root:

.venv/bin/python -m tests.talks.play [--show] [--only ID,ID] [--json OUT] FILE…
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer

from bot.settings import Settings
from intents.parser import Parser
from storage.database import Database
from storage.keys import Keys
from tests.fakes.clock import ManualClock
from tests.fakes.worlds import SECRET
from tests.talks.player import Result, Stage
from tests.talks.talk import Talk, load_talks

OUTCOMES = ("ok", "miss", "WRONG", "crash")


def main(
    files: Annotated[list[Path], typer.Argument(help="Talks, in YAML.")],
    *,
    show: Annotated[bool, typer.Option(help="What was said in each that is not ok.")] = False,
    only: Annotated[str, typer.Option(help="The ids of some, with commas.")] = "",
    out: Annotated[Path | None, typer.Option("--json", help="Keep everything there.")] = None,
) -> None:
    """Play talks and print a table by kind, and the totals."""
    talks = load_talks(files, [name for name in only.split(",") if name])
    results = []
    for result in played(talks):
        results.append(result)
        if show and result.outcome != "ok":
            typer.echo(result.told())
    for line in table(results):
        typer.echo(line)
    if out is not None:
        entries = [as_json(result) for result in results]
        out.write_text(json.dumps(entries, ensure_ascii=False, indent=1), "utf-8")
    typer.echo(totals(results))


def played(talks: Sequence[Talk]) -> Iterator[Result]:
    """Play them on a database that is thrown away."""
    parser = Parser.load(cache=Settings().cache_dir)
    with TemporaryDirectory(prefix="foyer-talks-") as folder:
        file = Path(folder) / "foyer.db"
        database = Database(f"sqlite:///{file}", clock=ManualClock(), keys=Keys(SECRET))
        database.migrate()
        database.close()
        stage = Stage.on(file, parser, talks)
        yield from map(stage.play, talks)
        stage.close()


def table(results: Sequence[Result]) -> Iterator[str]:
    """A line for each kind, for each language and for all."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for result in results:
        for name in (result.talk.kind, f"= {result.talk.copy.language}", "= all"):
            counts[name][result.outcome] += 1
    for name in sorted(counts, key=lambda name: (name.startswith("="), name)):
        ok, miss, wrong, crash = (counts[name][outcome] for outcome in OUTCOMES)
        yield (
            f"{name:28} ok {ok:4} of {counts[name].total():4}"
            f"  miss {miss:3}  WRONG {wrong:3}  crash {crash:2}"
        )


def totals(results: Sequence[Result]) -> str:
    counts = Counter(result.outcome for result in results)
    return (
        f"talks: {counts['ok']} of {len(results)} reach their goal"
        f" ({counts['ok'] / max(1, len(results)):.0%}),"
        f" {counts['WRONG']} change what nobody asked for, {counts['crash']} crash"
    )


def as_json(result: Result) -> dict[str, Any]:
    return {
        "id": result.talk.id,
        "kind": result.talk.kind,
        "lang": result.talk.copy.language,
        "outcome": result.outcome,
        "why": result.why,
        "log": result.log,
    }


if __name__ == "__main__":
    typer.run(main)
