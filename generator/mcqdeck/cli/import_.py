"""The command `import`."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from mcqdeck.cli.terminal import Command

_FORMATS = """\b
Examples:
  mcqdeck import quiz.xml -o my-exam             a new bank from Moodle's XML
  mcqdeck import quiz.xml -o my-exam --dry-run   what would become of each question
  mcqdeck import one.md more/ -o my-exam         several files and folders at once
  mcqdeck import --list-formats                  what can be read
"""


def _list_formats(context: click.Context, _option: click.Parameter, is_wanted: bool) -> None:
    """Prints a line for each form that can be read and ends the run."""
    if is_wanted:
        from mcqdeck import conversion  # noqa: PLC0415 (slow to load, and other commands need it not)

        for line in conversion.account.listed(conversion.readable()):
            click.echo(line)
        context.exit()


@click.command("import", cls=Command, epilog=_FORMATS)
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@click.option(
    "-o",
    "--output",
    "bank",
    metavar="BANK",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The bank's folder, new or not.",
)
@click.option(
    "--from",
    "format_name",
    metavar="FORMAT",
    help="The form of the files.  [default: told by their content]",
)
@click.option(
    "--chapter", metavar="TITLE", help="One chapter for all.  [default: one for each category]"
)
@click.option("--language", metavar="TAG", help="The language of a new bank.  [default: en]")
@click.option("--dry-run", is_flag=True, help="Show what would become of each question.")
@click.option(
    "--list-formats",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_formats,
    help="Show what can be read, and exit.",
)
def import_command(
    files: tuple[Path, ...],
    bank: Path,
    format_name: str | None,
    chapter: str | None,
    language: str | None,
    dry_run: bool,
) -> None:
    """Bring questions in another form into a bank.

    FILE is a file or a folder of files; - is standard input. New chapters are added to the bank,
    which is made if it is not there; what the bank has already stays as it is, and what comes a
    second time is told apart. What cannot be a multiple-choice question is listed with its place
    and the reason. Exit status 1 if not one question could come in.
    """
    from mcqdeck import conversion  # noqa: PLC0415 (as above)

    sources = conversion.read_files(
        files, conversion.format_named(format_name) if format_name else None
    )
    plan = conversion.plan_import(sources, bank, chapter=chapter, language=language)
    if dry_run:
        for line in conversion.account.in_full(plan):
            click.echo(line)
    else:
        conversion.carry_out(plan, bank)
    for line in conversion.account.in_short(plan, bank.as_posix(), is_dry=dry_run):
        click.echo(line)
    if plan.new and not dry_run:
        click.echo(f"look at them: mcqdeck check {shlex.quote(bank.as_posix())}")
    sys.exit(0 if plan.entries else 1)
