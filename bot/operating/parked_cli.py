"""The commands `foyer inbox …` and `foyer outbox …`: `parked` does it."""

from typing import Annotated

import typer

inbox = typer.Typer(help="Messages that could not be worked off.", no_args_is_help=True)
outbox = typer.Typer(help="Replies and mails that could not be sent.", no_args_is_help=True)

Ids = Annotated[list[int], typer.Argument(help="Numbers that `list` shows.")]
SomeIds = Annotated[list[int] | None, typer.Argument(help="Numbers that `list` shows.")]
All = Annotated[bool, typer.Option("--all", help="Every one.")]


@inbox.command(name="list")
def inbox_list() -> None:
    """Show what is parked: where, since when and why; never what a person typed."""
    from bot.configuring import configured
    from bot.operating.parked import list_inbox, operate

    raise typer.Exit(operate(configured(), list_inbox))


@inbox.command(name="retry")
def inbox_retry(ids: SomeIds = None, *, every: All = False) -> None:
    """Have parked messages worked off again."""
    from bot.configuring import configured
    from bot.operating.parked import operate, retry_inbox

    chosen = _some_or_all(ids, every=every)
    raise typer.Exit(operate(configured(), lambda database: retry_inbox(database, chosen)))


@inbox.command(name="drop")
def inbox_drop(ids: Ids) -> None:
    """Give parked messages up: their text is erased, their error is kept."""
    from bot.configuring import configured
    from bot.operating.parked import drop_inbox, operate

    raise typer.Exit(operate(configured(), lambda database: drop_inbox(database, ids)))


@outbox.command(name="list")
def outbox_list() -> None:
    """Show what could not be sent: to which chat or member, since when and why."""
    from bot.configuring import configured
    from bot.operating.parked import list_outbox, operate

    raise typer.Exit(operate(configured(), list_outbox))


@outbox.command(name="retry")
def outbox_retry(ids: SomeIds = None, *, every: All = False) -> None:
    """Have replies and mails that failed sent again, now."""
    from bot.configuring import configured
    from bot.operating.parked import operate, retry_outbox

    chosen = _some_or_all(ids, every=every)
    raise typer.Exit(operate(configured(), lambda database: retry_outbox(database, chosen)))


@outbox.command(name="drop")
def outbox_drop(ids: Ids) -> None:
    """Give replies and mails that failed up: their text is erased, their error is kept."""
    from bot.configuring import configured
    from bot.operating.parked import drop_outbox, operate

    raise typer.Exit(operate(configured(), lambda database: drop_outbox(database, ids)))


def _some_or_all(ids: list[int] | None, *, every: bool) -> list[int] | None:
    """Return the ids, or None for all of them."""
    if bool(ids) == every:
        raise typer.BadParameter("give the numbers that `list` shows, or --all")
    return ids or None
