"""The command `import`."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from mcqdeck.cli.terminal import Command, echo
from mcqdeck.words import is_language, meant_language

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
            echo(line)
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

    FILE is a file or a folder of files; - is standard input. Moodle XML, GIFT, Aiken, QTI and
    Canvas packages, text2qti, spreadsheets, CSV, JSON, Markdown of other habits and Anki packages
    are told apart by their content.

    New chapters are added to the bank, which is made if it is not there. What the bank has stays as
    it is, and a question that comes a second time is not added again. What cannot be a
    multiple-choice question is listed with its place and the reason. Exit status 1 if there is not
    one question that could come in.
    """
    from mcqdeck import conversion  # noqa: PLC0415 (as above)

    if language and not is_language(language):
        meant = meant_language(language)
        hint = f"; did you mean `{meant}`?" if meant else ", such as `en` or `pt-BR`"
        raise click.BadParameter(f"`{language}` is no language tag{hint}", param_hint="--language")
    sources = conversion.read_files(
        files, conversion.format_named(format_name) if format_name else None
    )
    plan = conversion.plan_import(sources, bank, chapter=chapter, language=language)
    if dry_run:
        for line in conversion.account.in_full(plan):
            echo(line)
    else:
        conversion.carry_out(plan, bank)
    for line in conversion.account.in_short(plan, bank.as_posix(), is_dry=dry_run):
        echo(line)
    if plan.new and not dry_run:
        echo(f"look at them: mcqdeck check {shlex.quote(bank.as_posix())}")
    sys.exit(0 if plan.entries else 1)
