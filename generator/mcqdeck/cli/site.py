"""The command `site`."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from mcqdeck import files, report
from mcqdeck.cli.terminal import (
    Command,
    PathType,
    echo,
    find,
    is_chapter,
    means,
    progress,
    show,
    summary,
    with_means,
)
from mcqdeck.last_release import decks_of
from mcqdeck.model import Place
from mcqdeck.project import CHECK_STEPS
from mcqdeck.project import check as check_banks

_SITE = "site"


@click.command(
    "site",
    cls=Command,
    short_help="Write a practice site from each bank.",
    epilog="""\b
Examples:
  mcqdeck site                         the bank here, or all in source/
  mcqdeck site source/my-exam -o www   into the folder www
  mcqdeck site --decks ../decks        offers the packages of another folder
""",
)
@click.argument("banks", metavar="[BANK]...", nargs=-1, type=PathType())
@click.option(
    "-o",
    "--output",
    type=PathType(file_okay=False),
    help="The folder for the site.  [default: site here, or in the bank's project if this is "
    "within the bank]",
)
@click.option(
    "--decks",
    type=PathType(file_okay=False),
    help="The folder with the packages for Anki that the site offers.  [default: decks/ of the "
    "bank's project, where build writes]",
)
@with_means
def site_command(
    banks: tuple[Path, ...],
    output: Path | None,
    decks: Path | None,
    jobs: int | None,
    no_cache: bool,
) -> None:
    """Write a practice site from each bank: files for any web server, or to open from disk.

    OUTPUT/index.html is its first page; of several banks, each gets a folder named by its id.
    A file whose content is as it was is left alone, and one that the last site had and this one
    has not is removed. If any source has an error, all of them are shown and nothing is written.
    """
    # What makes pages takes long to load, and no other command needs it.
    from mcqdeck.publish import SITE_STEPS, publish  # noqa: PLC0415

    paths = find(banks)
    if chapter := next(filter(is_chapter, paths), None):
        raise click.UsageError(f"{chapter.as_posix()} is a chapter; site takes a bank's folder.")
    with (
        means(jobs=jobs, no_cache=no_cache) as given,
        progress((CHECK_STEPS + SITE_STEPS) * len(paths)) as step,
    ):
        checked = check_banks(paths, step, means=given)
        made = None
        if not checked.has_errors:
            gc.freeze()  # all of it is needed to the end, so do not search it for garbage
            made = publish(checked, output or _usual_output(paths), decks, step)
    show(checked, err=True)
    if made is None:
        click.echo(f"{summary(checked)}; nothing was written", err=True)
        sys.exit(1)
    for formula, where in made.unread:
        echo(f"{_place(where)}: warning: this formula shows as its source: {formula}", err=True)
    for path in made.without_deck:
        echo(f"no {path.as_posix()}: the site offers no package for Anki", err=True)
    for site in made.sites:
        click.echo(report.published(site))


def _usual_output(banks: Sequence[Path]) -> Path:
    """The folder `site` here, but never within a bank: what is in there is part of it."""
    here = files.real(Path())
    homes = [bank for bank in banks if here.is_relative_to(files.real(bank))]
    return decks_of(homes[0]).with_name(_SITE) if homes else Path(_SITE)


def _place(where: Place) -> str:
    return f"{where.path}:{where.line}:{where.column}"
