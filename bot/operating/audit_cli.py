"""The commands `foyer audit …`: what an operator types; `bot.operating.audit_report` does it."""

from typing import Annotated

import typer

app = typer.Typer(help="What was done, and whether its record is whole.", no_args_is_help=True)


@app.command()
def verify(
    *,
    anchor: Annotated[
        list[str] | None,
        typer.Option(
            help="What a log said of the newest link, NUMBER:MAC; it must still be there."
        ),
    ] = None,
) -> None:
    """Check every chain of the audit, name what does not hold, and say how far the links reach."""
    from bot.configuring import configured
    from bot.operating.audit_report import anchor_of, verify_audit
    from bot.operating.parked import operate

    try:
        anchors = [anchor_of(text) for text in anchor or ()]
    except ValueError as error:
        raise typer.BadParameter("an anchor is NUMBER:MAC, as the log has it") from error
    raise typer.Exit(operate(configured(), lambda database: verify_audit(database, anchors)))


@app.command()
def export(
    *,
    account: Annotated[str | None, typer.Option(help="Only of that account number.")] = None,
    values: Annotated[bool, typer.Option("--values", help="With the personal values.")] = False,
) -> None:
    """Print every entry and link as a line of JSON, with the hashes that prove them."""
    from bot.configuring import configured
    from bot.operating.audit_report import export_audit
    from bot.operating.parked import Report, operate
    from storage.database import Database

    def work(database: Database) -> Report:
        try:
            for line in export_audit(database, account, values=values):
                typer.echo(line)
        except LookupError:
            return Report((f"No household has the account number {account}.",), 1)
        return Report(())

    raise typer.Exit(operate(configured(), work))
