"""The commands `foyer objections …`: what people say was not agreed, for whoever answers them."""

from functools import partial
from typing import Annotated

import typer

app = typer.Typer(help="What people say was not agreed with them.", no_args_is_help=True)


@app.command("list")
def list_() -> None:
    """Show what nobody has dealt with yet: who, what they were told by mail, and when."""
    from bot.configuring import configured
    from bot.operating.objections import list_objections
    from bot.operating.parked import operate

    raise typer.Exit(operate(configured(), list_objections))


@app.command("close")
def close(number: Annotated[int, typer.Argument(help="As `list` shows it.")]) -> None:
    """Say that it was dealt with."""
    from bot.configuring import configured
    from bot.operating.objections import close_objection
    from bot.operating.parked import operate

    raise typer.Exit(operate(configured(), partial(close_objection, number=number)))
