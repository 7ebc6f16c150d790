"""The command `export`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mcqdeck.cli.terminal import (
    Command,
    echo,
    find,
    is_chapter,
    means,
    progress,
    show,
    summary,
    with_means,
)
from mcqdeck.project import CHECK_STEPS, load
from mcqdeck.project import check as check_banks


def _list_formats(context: click.Context, _option: click.Parameter, is_wanted: bool) -> None:
    """Prints a line for each form that can be written and ends the run."""
    if is_wanted:
        from mcqdeck import conversion  # noqa: PLC0415 (slow to load, and other commands need it not)

        for line in conversion.account.listed(conversion.writable()):
            echo(line)
        context.exit()


@click.command(
    cls=Command,
    epilog="""\b
Examples:
  mcqdeck export my-exam --to moodle             writes my-exam.xml
  mcqdeck export my-exam --to csv -o exam.csv    a spreadsheet
  mcqdeck export my-exam --to paper              a paper test and its key, to print
  mcqdeck export --list-formats                  what can be written
""",
)
@click.argument("bank", metavar="[BANK]", required=False, type=click.Path(path_type=Path))
@click.option("--to", "format_name", metavar="FORMAT", required=True, help="The form to write.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="The file to write, - for standard output.  [default: the bank's id, which must be free]",
)
@click.option(
    "--list-formats",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_formats,
    help="Show what can be written, and exit.",
)
@with_means
def export(
    bank: Path | None, format_name: str, output: Path | None, jobs: int | None, no_cache: bool
) -> None:
    """Write a bank in another form.

    All is written that the form can hold. What it cannot hold is said on standard error, once for
    each kind. A bank with errors is not written.
    """
    from mcqdeck import conversion  # noqa: PLC0415 (as above)

    paths = find((bank,) if bank else ())
    if len(paths) > 1:
        raise click.UsageError("export takes one bank; name it.")
    if is_chapter(paths[0]):
        raise click.UsageError(f"{paths[0].as_posix()} is a chapter; export takes a bank's folder.")
    form = conversion.format_named(format_name)
    with means(jobs=jobs, no_cache=no_cache) as given, progress(CHECK_STEPS) as step:
        checked = check_banks(paths, step, means=given)
    if checked.has_errors:
        show(checked, err=True)
        echo(f"{summary(checked)}; nothing was written", err=True)
        sys.exit(1)
    written = conversion.export(load(paths[0]).bank, form)
    for loss in written.losses:
        echo(f"note: {loss}", err=True)
    if output is not None and str(output) == conversion.STANDARD_STREAM:
        sys.stdout.buffer.write(written.data)
        return
    path = conversion.save(written, output, checked.banks[0].config.id, form)
    echo(conversion.account.written(path.as_posix(), checked.questions, len(written.data)))
