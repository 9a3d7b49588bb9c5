"""The command `foyer`: a thin face; each command imports what it needs when it runs."""

import asyncio
import sys
from collections.abc import Coroutine
from functools import partial
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

T = TypeVar("T")

app = typer.Typer(
    name="foyer",
    help="A bilingual help-desk bot for the users of a telecom household account.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,  # they print locals, which may hold what a person wrote
)
inbox = typer.Typer(help="Messages that could not be worked off.", no_args_is_help=True)
outbox = typer.Typer(help="Replies and mails that could not be sent.", no_args_is_help=True)
app.add_typer(inbox, name="inbox")
app.add_typer(outbox, name="outbox")
services = typer.Typer(help="What holders can give access to.", no_args_is_help=True)
app.add_typer(services, name="services")

Ids = Annotated[list[int], typer.Argument(help="Numbers that `list` shows.")]
SomeIds = Annotated[list[int] | None, typer.Argument(help="Numbers that `list` shows.")]
Code = Annotated[str, typer.Argument(help="As `list` shows it: home_security.")]
Names = Annotated[
    list[str] | None,
    typer.Option("--name", help="What texts call it in a language: --name en='Home security'."),
]
Words = Annotated[
    list[str] | None, typer.Option("--also", help="What else people may call it, in any language.")
]
All = Annotated[bool, typer.Option("--all", help="Every one.")]


@app.command()
def demo() -> None:
    """Try it here: a made-up household, a mail catcher, a chat. Needs no settings."""
    from bot.demo import run_demo

    _run(run_demo(sys.stdin, sys.stdout))


@app.command()
def chat() -> None:
    """Chat in the terminal, on the configured database."""
    from bot.running import run_chat
    from bot.settings import Settings

    _run(run_chat(Settings(), sys.stdin, sys.stdout))


@app.command()
def run() -> None:
    """Serve: HTTP, the channels that are configured, and the mails."""
    from bot.running import run_server
    from bot.settings import Settings

    raise typer.Exit(_run(run_server(Settings())))


@app.command()
def migrate() -> None:
    """Bring the database to this version's schema."""
    from bot.app import open_database
    from bot.running import SCHEMA_DOES_NOT_FIT
    from bot.settings import Settings

    database = open_database(Settings())
    fit = database.migrate()
    if not fit.fits:
        typer.echo(fit.value, err=True)
        raise typer.Exit(SCHEMA_DOES_NOT_FIT)
    typer.echo("The database is up to date.")


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="Households as YAML; see docs/operating.md.")],
    *,
    dry_run: Annotated[bool, typer.Option(help="Only print what would change.")] = False,
    overwrite: Annotated[
        list[str] | None, typer.Option(help="A field to take from the file although it differs.")
    ] = None,
) -> None:
    """Load or update households from a YAML file."""
    from bot.importing import import_file
    from bot.settings import Settings

    raise typer.Exit(import_file(Settings(), file, dry_run=dry_run, overwrite=overwrite or []))


@app.command()
def report(*, days: Annotated[int, typer.Option(min=1, help="How far back to look.")] = 30) -> None:
    """Show which questions had no answer, which answers helped, and what must be reviewed."""
    from bot.parked import operate
    from bot.report import report_answers
    from bot.settings import Settings

    settings = Settings()
    raise typer.Exit(operate(settings, lambda database: report_answers(settings, database, days)))


@app.command()
def erase(
    username: Annotated[str, typer.Argument(help="The secondary user's name.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase a secondary user and their chats, at once and for good."""
    from bot.erasing import erase_person
    from bot.settings import Settings

    if not yes:
        typer.confirm(f"Erase {username} for good?", abort=True)
    raise typer.Exit(erase_person(Settings(), username))


@app.command()
def train() -> None:
    """Train the classifier from the YAML examples, and cache it."""
    from bot.settings import Settings
    from intents.parser import Parser

    Parser.load(cache=Settings().cache_dir)


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

    from bot.settings import Settings
    from intents.evaluation import evaluate_files
    from intents.parser import Parser

    if file is None and danger is None:
        raise typer.BadParameter("a FILE, --danger FILE, or both")
    parser = Parser.load(cache=Settings().cache_dir)
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


@inbox.command(name="list")
def inbox_list() -> None:
    """Show what is parked: where, since when and why; never what a person typed."""
    from bot.parked import list_inbox, operate
    from bot.settings import Settings

    raise typer.Exit(operate(Settings(), list_inbox))


@inbox.command(name="retry")
def inbox_retry(ids: SomeIds = None, *, every: All = False) -> None:
    """Have parked messages worked off again."""
    from bot.parked import operate, retry_inbox
    from bot.settings import Settings

    chosen = _some_or_all(ids, every=every)
    raise typer.Exit(operate(Settings(), lambda database: retry_inbox(database, chosen)))


@inbox.command(name="drop")
def inbox_drop(ids: Ids) -> None:
    """Give parked messages up: their text is erased, their error is kept."""
    from bot.parked import drop_inbox, operate
    from bot.settings import Settings

    raise typer.Exit(operate(Settings(), lambda database: drop_inbox(database, ids)))


@outbox.command(name="list")
def outbox_list() -> None:
    """Show what could not be sent: to which chat or member, since when and why."""
    from bot.parked import list_outbox, operate
    from bot.settings import Settings

    raise typer.Exit(operate(Settings(), list_outbox))


@outbox.command(name="retry")
def outbox_retry(ids: SomeIds = None, *, every: All = False) -> None:
    """Have replies and mails that failed sent again, now."""
    from bot.parked import operate, retry_outbox
    from bot.settings import Settings

    chosen = _some_or_all(ids, every=every)
    raise typer.Exit(operate(Settings(), lambda database: retry_outbox(database, chosen)))


@services.command(name="list")
def services_list() -> None:
    """Show every service: code, names, what else it may be called, and how many people have it."""
    from bot.offering import list_services
    from bot.parked import operate
    from bot.settings import Settings

    raise typer.Exit(operate(Settings(), list_services))


@services.command(name="add")
def services_add(code: Code, *, name: Names = None, also: Words = None) -> None:
    """Offer one more service; give its name in every language. It is understood at once."""
    from bot.offering import add_service
    from bot.parked import operate
    from bot.settings import Settings

    names = _by_language(name)
    raise typer.Exit(
        operate(Settings(), partial(add_service, code=code, names=names, also=also or []))
    )


@services.command(name="rename")
def services_rename(code: Code, *, name: Names = None, also: Words = None) -> None:
    """Call a service something else, or also something else; its old names are still understood."""
    from bot.offering import rename_service
    from bot.parked import operate
    from bot.settings import Settings

    names = _by_language(name)
    if not names and not also:
        raise typer.BadParameter("give a --name, or what it is called --also")
    work = partial(rename_service, code=code, names=names, also=also or [])
    raise typer.Exit(operate(Settings(), work))


@services.command(name="retire")
def services_retire(
    code: Code, *, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False
) -> None:
    """Stop offering a service, for good: whoever has it loses it, and is told by mail."""
    from bot.offering import retire_service
    from bot.parked import operate
    from bot.settings import Settings

    if not yes:
        typer.confirm(f"Retire {code} for good, and end the access of all who have it?", abort=True)
    raise typer.Exit(operate(Settings(), lambda database: retire_service(database, code)))


def _by_language(names: list[str] | None) -> dict[str, str]:
    """Return "en=Home security" by its language."""
    pairs = [one.partition("=") for one in names or ()]
    if not all(equals for _, equals, _ in pairs):
        raise typer.BadParameter("a name has its language before it: --name en='Home security'")
    return {language.strip(): name for language, _, name in pairs}


def _some_or_all(ids: list[int] | None, *, every: bool) -> list[int] | None:
    """Return the ids, or None for all of them."""
    if bool(ids) == every:
        raise typer.BadParameter("give the numbers that `list` shows, or --all")
    return ids or None


def _run(main: Coroutine[Any, Any, T]) -> T:
    """Run on uvloop, which halves the cost of a request, where it exists (not on Windows)."""
    try:
        from uvloop import run as run_fast
    except ImportError:
        return asyncio.run(main)
    return run_fast(main)


def main() -> None:
    """Run the command line."""
    app()
