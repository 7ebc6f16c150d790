"""The command `rename`."""

from __future__ import annotations

from pathlib import Path

import click

from mcqdeck import report
from mcqdeck.cli.terminal import Command, PathType, echo, echo_source, find, is_chapter
from mcqdeck.fixes import difference
from mcqdeck.project import rewrite_sources
from mcqdeck.renaming import rename as renamed_bank

_MOST_SHOWN = 20  # mentions


@click.command(
    cls=Command,
    epilog="""\b
Examples:
  mcqdeck rename source/water boiling-point boiling-at-sea-level
  mcqdeck rename --diff source/water boiling-point boiling-at-sea-level
""",
)
@click.argument("bank", metavar="BANK", type=PathType())
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--diff", "is_diff", is_flag=True, help="Show what would change, and write nothing.")
def rename(bank: Path, old: str, new: str, is_diff: bool) -> None:
    """Give the question OLD of a bank the id NEW.

    Its heading or comment changes, and the links to it in the bank. [history] in deck.toml says
    what it was called before, so that it is the same question to Anki, and learners keep their
    reviews. All files are written, or none.
    """
    [folder, *others] = find([bank])
    if others or is_chapter(folder):
        raise click.UsageError("BANK is the folder of one bank.")
    renamed = renamed_bank(folder, old, new)
    if is_diff:
        for path, data in renamed.after.items():
            echo_source(difference(report.visible(path), renamed.before[path], data))
        return
    rewrite_sources(renamed.before, renamed.after)
    click.echo(report.renamed(old, new, files=renamed.after, links=renamed.links))
    for place in renamed.mentions[:_MOST_SHOWN]:
        where = f"{place.path}:{place.line}:{place.column}"
        echo(f"{where}: names `{old}`; change it by hand if it means the question")
    if len(renamed.mentions) > _MOST_SHOWN:
        click.echo(f"and {len(renamed.mentions) - _MOST_SHOWN:,} more places")
