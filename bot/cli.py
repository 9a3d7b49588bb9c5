"""The command `foyer`: a thin face; each command imports what it needs when it runs."""

import asyncio
import gc
import os
import sys
from collections.abc import Coroutine
from importlib import metadata
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from bot.operating import (
    audit_cli,
    keys_cli,
    objections_cli,
    parked_cli,
    passkeys_cli,
    services_cli,
)

T = TypeVar("T")

GARBAGE_AFTER = 20_000
"""New objects until garbage is looked for. A start makes a million that stay: looking through them
after every 700, as Python does, is a fifth of its time."""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # they print locals, which may hold what a person wrote
)
app.add_typer(parked_cli.inbox, name="inbox")
app.add_typer(parked_cli.outbox, name="outbox")
app.add_typer(services_cli.app, name="services")
app.add_typer(audit_cli.app, name="audit")
app.add_typer(keys_cli.app, name="keys")
app.add_typer(passkeys_cli.app, name="passkeys")
app.add_typer(objections_cli.app, name="objections")


@app.callback(invoke_without_command=True)
def foyer(*, version: Annotated[bool, typer.Option("--version", help="Show it.")] = False) -> None:
    """A bilingual help-desk bot for the users of a telecom household account."""
    if version:
        typer.echo(metadata.version("foyer"))


@app.command()
def demo() -> None:
    """Try it here: a made-up household, a mail catcher, a chat. Needs no settings."""
    from bot.demo import run_demo

    _run(run_demo(sys.stdin, sys.stdout))


@app.command()
def chat() -> None:
    """Chat in the terminal, on the configured database."""
    from bot.configuring import configured
    from bot.running import run_chat

    _run(run_chat(configured(), sys.stdin, sys.stdout))


@app.command()
def run() -> None:
    """Serve: HTTP, the channels that are configured, and the mails."""
    from bot.configuring import configured
    from bot.running import run_server

    raise typer.Exit(_run(run_server(configured())))


@app.command()
def serve() -> None:
    """Serve HTTP alone: pages, REST, webhooks. What comes in, `foyer worker` works off."""
    from bot.configuring import configured
    from bot.running import run_server

    raise typer.Exit(_run(run_server(configured(), works=False)))


@app.command()
def worker() -> None:
    """Work without serving anybody: messages, replies, mails, and what is done again and again."""
    from bot.configuring import configured
    from bot.running import run_worker

    raise typer.Exit(_run(run_worker(configured())))


@app.command()
def migrate() -> None:
    """Bring the database to this version's schema."""
    from bot.configuring import configured
    from bot.running import unready

    if status := unready(configured(), migrating=True, any_key=True):
        raise typer.Exit(status)
    typer.echo("The database is up to date.")


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="JSONL, CSV or YAML; see docs/operating.md.")],
    *,
    dry_run: Annotated[bool, typer.Option(help="Only print what would change.")] = False,
    overwrite: Annotated[
        list[str] | None, typer.Option(help="A field to take from the file although it differs.")
    ] = None,
    close_missing: Annotated[
        bool, typer.Option(help="Close the households that the file does not have.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before closing.")] = False,
) -> None:
    """Load or update households from a file; run again, it goes on where it was stopped."""
    from bot.configuring import configured
    from bot.importing import import_file

    status = import_file(
        configured(),
        file,
        dry_run=dry_run,
        overwrite=overwrite or [],
        closing=close_missing,
        yes=yes,
    )
    raise typer.Exit(status)


@app.command()
def report(*, days: Annotated[int, typer.Option(min=1, help="How far back to look.")] = 30) -> None:
    """Show which questions had no answer, which answers helped, and what must be reviewed."""
    from bot.configuring import configured
    from bot.operating.parked import operate
    from bot.operating.report import report_answers

    settings = configured()
    raise typer.Exit(operate(settings, lambda database: report_answers(settings, database, days)))


@app.command()
def erase(
    username: Annotated[str, typer.Argument(help="The secondary user's name.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase a secondary user and their chats, at once and for good."""
    from bot.configuring import configured
    from bot.operating.erasing import erase_person

    if not yes:
        typer.confirm(f"Erase {username} for good?", abort=True)
    raise typer.Exit(erase_person(configured(), username))


@app.command()
def export(
    username: Annotated[str, typer.Argument(help="Whose data: a user name.")],
    *,
    output: Annotated[Path, typer.Option(help="The folder to write to.")] = Path(),
) -> None:
    """Write what is kept about a person: a file for programs, and a page to read."""
    from bot.configuring import configured
    from bot.exporting.command import export_person
    from bot.operating.parked import operate

    settings = configured()
    raise typer.Exit(
        operate(settings, lambda database: export_person(settings, database, username, output))
    )


@app.command()
def close(
    account: Annotated[str, typer.Argument(help="The household's account number.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Close a household: all access ends, its people are told, and erased after 30 days."""
    from bot.configuring import configured
    from bot.operating.closing import close_household

    raise typer.Exit(close_household(configured(), account, yes=yes))


@app.command()
def reopen(
    account: Annotated[str, typer.Argument(help="The household's account number.")],
) -> None:
    """Open a closed household again as it was, within 30 days."""
    from bot.configuring import configured
    from bot.operating.closing import reopen_household

    raise typer.Exit(reopen_household(configured(), account))


@app.command()
def train() -> None:
    """Train the classifier from the YAML examples, and cache it."""
    from bot.configuring import configured
    from intents.parser import Parser

    Parser.load(cache=configured().cache_dir)


@app.command()
def evaluate(
    file: Annotated[
        Path | None, typer.Argument(help="TSV with the header intent<TAB>text.")
    ] = None,
    *,
    entities: Annotated[
        Path | None, typer.Option(help='JSON lines: {"text", "intent", "entities"}.')
    ] = None,
    danger: Annotated[
        Path | None, typer.Option(help="TSV with the header label<TAB>text: danger, ordinary.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Score how messages of your own are read: intents, with --entities and --danger those too."""
    from json import dumps

    from bot.configuring import configured
    from intents.evaluation import evaluate_files
    from intents.parser import Parser

    if file is None and danger is None:
        raise typer.BadParameter("a FILE, --danger FILE, or both")
    parser = Parser.load(cache=configured().cache_dir)
    try:
        report = evaluate_files(parser, file, entities=entities, danger=danger)
    except (OSError, ValueError) as error:
        typer.echo(error, err=True)
        raise typer.Exit(1) from error
    typer.echo(dumps(report.as_json(), ensure_ascii=False) if json else report.as_text())


@app.command()
def graph(
    *,
    output: Annotated[Path, typer.Option(help="The Markdown page to write.")] = Path(
        "docs/flows.md"
    ),
) -> None:
    """Draw the flows as charts (Mermaid)."""
    from bot.dialogue.flows.graph import draw
    from bot.registry import domain_of

    output.write_text(draw(domain_of()), "utf-8")
    typer.echo(f"The flows are drawn in {output}.")


def _run(main: Coroutine[Any, Any, T]) -> T:
    """Run on uvloop, which halves the cost of a request, where it exists (not on Windows)."""
    try:
        from uvloop import run as run_fast
    except ImportError:
        return asyncio.run(main)
    return run_fast(main)


def main() -> None:
    """Run the command line; files that it makes are their owner's alone."""
    os.umask(0o077)
    gc.set_threshold(GARBAGE_AFTER)
    try:
        app()
    finally:
        gc.freeze()  # the memory goes back as a whole: to sort it first takes half a second
