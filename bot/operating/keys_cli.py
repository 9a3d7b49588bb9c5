"""The commands `foyer keys …`: what an operator types; `bot.operating.keys` does it."""

from typing import Annotated

import typer

app = typer.Typer(help="The secret keys.", no_args_is_help=True)


@app.command("list")
def list_() -> None:
    """Show by name which keys the database was used with; never a key."""
    from bot.configuring import configured
    from bot.operating.keys import list_keys
    from bot.operating.parked import operate

    raise typer.Exit(operate(configured(), list_keys))


@app.command()
def rotate(
    *, new: Annotated[bool, typer.Option("--new", help="Begin with one more key.")] = False
) -> None:
    """Change to a new key: the first call gives one, the next seals everything anew with it."""
    from bot.configuring import configured
    from bot.operating.keys import rotate_keys

    raise typer.Exit(rotate_keys(configured(), new=new))


@app.command()
def drop(
    name: Annotated[str, typer.Argument(help="As `list` shows it.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Do without a key that is lost: what only it opens or proves stays closed and unproved."""
    from bot.configuring import configured
    from bot.operating.keys import drop_key

    if not yes:
        typer.confirm(f"Do without key {name} for good?", abort=True)
    raise typer.Exit(drop_key(configured(), name))
