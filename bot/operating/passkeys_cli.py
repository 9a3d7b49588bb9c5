"""The commands `foyer passkeys …`: what support types; `bot.operating.passkey_support` does it."""

from typing import Annotated

import typer

app = typer.Typer(help="Passkeys that people have lost.", no_args_is_help=True)

Username = Annotated[str, typer.Argument(help="The user name of whoever has them.")]
Numbers = Annotated[
    list[int] | None, typer.Option("--only", help="A number that `list` shows; else every one.")
]


@app.command("list")
def list_(username: Username) -> None:
    """Show somebody's passkeys: what they call each, since when, and when it was last used."""
    from bot.configuring import configured
    from bot.operating.parked import operate
    from bot.operating.passkey_support import list_passkeys

    raise typer.Exit(operate(configured(), lambda database: list_passkeys(database, username)))


@app.command()
def remove(
    username: Username,
    *,
    only: Numbers = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Remove the passkeys of somebody who has proved to you who they are; they are told by mail."""
    from bot.configuring import configured
    from bot.operating.parked import operate
    from bot.operating.passkey_support import remove_passkeys

    if not yes:
        which = "every passkey" if not only else f"passkey {', '.join(map(str, only))}"
        typer.confirm(f"Remove {which} of {username}, at once and for good?", abort=True)
    raise typer.Exit(
        operate(configured(), lambda database: remove_passkeys(database, username, only or ()))
    )
