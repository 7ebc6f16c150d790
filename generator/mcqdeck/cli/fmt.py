"""The command `fmt`."""

from __future__ import annotations

import sys
from collections.abc import Collection, Mapping
from pathlib import Path

import click

from mcqdeck import files, report
from mcqdeck.cli.terminal import Command, PathType, echo, echo_source, find, progress
from mcqdeck.diagnostic import McqdeckError
from mcqdeck.fixes import difference
from mcqdeck.formatting import Formatted, format_sources, format_text
from mcqdeck.project import CHECK_STEPS, rewrite_sources

_STDIN = Path("-")


@click.command(
    cls=Command,
    epilog="""\b
Examples:
  mcqdeck fmt                         the bank here, or all in source/
  mcqdeck fmt source/my-exam/01.md    one chapter
  mcqdeck fmt --diff                  what would change
  mcqdeck fmt --check                 exit status 1 if anything would
  mcqdeck fmt - < draft.md            standard input to standard output
""",
)
@click.argument("banks", metavar="[BANK]...", nargs=-1, type=PathType())
@click.option(
    "--check", "is_check", is_flag=True, help="Write nothing; exit status 1 if a file would change."
)
@click.option("--diff", "is_diff", is_flag=True, help="Show what would change, and write nothing.")
def fmt(banks: tuple[Path, ...], is_check: bool, is_diff: bool) -> None:
    """Write the chapters of banks in one way.

    Lines of up to 100 columns, one blank line between blocks, one kind of each mark, the keys of
    comments in one order. What learners and readers on GitHub see stays as it is, and so do all
    ids: the notes are compared before anything is written, and what cannot be written in another
    way without another meaning is left as it is.
    """
    if _STDIN in banks:
        if len(banks) > 1:
            raise click.UsageError("`-` is standard input, and stands alone.")
        data = _standard_input()
        formatted = {"-": (data, format_text(data))}
    else:
        paths = find(banks)
        with progress(CHECK_STEPS * len(paths)) as step:
            formatted = format_sources(paths, step)
    before = {path: data for path, (data, _) in formatted.items()}
    after = {path: new.data for path, (data, new) in formatted.items() if new.data != data}
    for path, (_, new) in formatted.items():
        if new.reason:
            echo(f"{path}: left as it is: {new.reason}", err=True)
    if is_diff:
        for path, data in after.items():
            echo_source(difference(report.visible(path), before[path], data))
    elif _STDIN in banks and not is_check:
        click.echo(formatted["-"][1].data, nl=False)
    elif not is_check:
        rewrite_sources(before, after)
    _sum_up(formatted, after, is_check=is_check or is_diff, err=is_diff or _STDIN in banks)
    has_trouble = any(new.reason for _, new in formatted.values())
    sys.exit(1 if has_trouble or (is_check and after) else 0)


def _standard_input() -> bytes:
    """All of standard input.

    Raises:
        McqdeckError: it has more than a chapter may have.
    """
    data = sys.stdin.buffer.read(files.MOST_TEXT + 1)
    if len(data) > files.MOST_TEXT:
        raise McqdeckError(f"-: larger than {files.in_words(files.MOST_TEXT)}")
    return data


def _sum_up(
    formatted: Mapping[str, tuple[bytes, Formatted]],
    changed: Collection[str],
    *,
    is_check: bool,
    err: bool,
) -> None:
    """Says in a line what was done, or what would be."""
    kept = sum(new.kept for _, new in formatted.values())
    click.echo(
        report.formatted(changed, chapters=len(formatted), kept=kept, is_check=is_check), err=err
    )
