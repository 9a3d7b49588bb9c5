"""The commands `foyer services …`: what an operator types; `bot.operating.offering` does it."""

from functools import partial
from typing import Annotated

import typer

app = typer.Typer(help="What holders can give access to.", no_args_is_help=True)

Code = Annotated[str, typer.Argument(help="As `list` shows it: home_security.")]
Names = Annotated[
    list[str] | None,
    typer.Option("--name", help="What texts call it in a language: --name en='Home security'."),
]
Words = Annotated[
    list[str] | None, typer.Option("--also", help="What else people may call it, in any language.")
]


@app.command("list")
def list_() -> None:
    """Show every service: code, names, what else it may be called, and how many people have it."""
    from bot.operating.offering import list_services, run

    raise typer.Exit(run(list_services))


@app.command("add")
def add(code: Code, *, name: Names = None, also: Words = None) -> None:
    """Offer one more service; give its name in every language. It is understood at once."""
    from bot.operating.offering import add_service, run

    names = _by_language(name)
    raise typer.Exit(run(partial(add_service, code=code, names=names, also=also or [])))


@app.command("rename")
def rename(code: Code, *, name: Names = None, also: Words = None) -> None:
    """Call a service something else, or also something else; its old names are still understood."""
    from bot.operating.offering import rename_service, run

    names = _by_language(name)
    if not names and not also:
        raise typer.BadParameter("give a --name, or what it is called --also")
    work = partial(rename_service, code=code, names=names, also=also or [])
    raise typer.Exit(run(work))


@app.command("retire")
def retire(
    code: Code, *, yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False
) -> None:
    """Stop offering a service, for good: whoever has it loses it, and is told by mail."""
    from bot.operating.offering import retire_service, run

    if not yes:
        typer.confirm(f"Retire {code} for good, and end the access of all who have it?", abort=True)
    raise typer.Exit(run(partial(retire_service, code=code)))


@app.command("presets")
def presets() -> None:
    """Show the names that stand for several services at once."""
    from bot.operating.offering import run
    from bot.operating.presets import list_presets

    raise typer.Exit(run(list_presets))


@app.command("preset")
def preset(
    code: Annotated[str, typer.Argument(help="As `presets` shows it: bill_helper.")],
    *,
    name: Names = None,
    service: Annotated[
        list[str] | None, typer.Option("--service", help="What it gives; several times.")
    ] = None,
    drop: Annotated[bool, typer.Option("--drop", help="Forget the name.")] = False,
) -> None:
    """Have a name stand for several services, as in "make Hugo a bill helper"."""
    from bot.operating.offering import run
    from bot.operating.presets import define_preset, drop_preset

    names, services = _by_language(name), service or []
    if drop:
        raise typer.Exit(run(partial(drop_preset, code=code)))
    raise typer.Exit(run(partial(define_preset, code=code, names=names, services=services)))


def _by_language(names: list[str] | None) -> dict[str, str]:
    """Return "en=Home security" by its language."""
    pairs = [text.partition("=") for text in names or ()]
    if not all(equals for _, equals, _ in pairs):
        raise typer.BadParameter("a name has its language before it: --name en='Home security'")
    return {language.strip(): name for language, _, name in pairs}
