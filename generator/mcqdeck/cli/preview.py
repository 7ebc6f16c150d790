"""The command `preview`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mcqdeck.cli.terminal import (
    Command,
    PathType,
    echo,
    find,
    is_chapter,
    means,
    need,
    with_means,
)
from mcqdeck.last_release import decks_of
from mcqdeck.preview import SERVER
from mcqdeck.project import has_config


@click.command(
    cls=Command,
    short_help="Show the cards of a bank in a browser.",
    epilog="""\b
Examples:
  mcqdeck preview                        the bank here, or the one in source/
  mcqdeck preview source/my-exam --no-open --port 9000
  mcqdeck preview --editor zed
  mcqdeck preview --editor 'myeditor://open?file={path}&line={line}'
""",
)
@click.argument("bank", required=False, type=PathType())
@click.option(
    "--port",
    type=click.IntRange(1, 65_535),
    default=8765,
    show_default=True,
    help="Listen here, or on the next port that is free.",
)
@click.option("--no-open", is_flag=True, help="Open no browser, only say where the page is.")
@click.option(
    "--editor",
    metavar="NAME|URL",
    default="vscode",
    show_default=True,
    help="What opens a place in a file: vscode, vscodium, cursor, zed, idea, pycharm, textmate, "
    "macvim, none, or an address with {path}, {line} and {column} in it.",
)
@click.option(
    "--decks",
    type=PathType(file_okay=False),
    help="The folder with the packages that learners have now.  [default: decks/ of the bank's "
    "project, as for `build`]",
)
@with_means
def preview(bank: Path | None, jobs: int | None, no_cache: bool, **options: Any) -> None:
    """Show the cards of a bank in a browser, as Anki shows them, and follow every save.

    The page lists all questions with what is wrong with them, fixes what is certain, tells what the
    next release would do to learners, and shows the bank in charts. Only this machine can reach
    it. Ctrl-C ends it.
    """
    need("preview", SERVER)
    paths = find([bank] if bank else [])
    if len(paths) > 1:
        names = ", ".join(path.as_posix() for path in paths)
        raise click.UsageError(f"preview shows one bank; name one of these: {names}.")
    folder = paths[0]
    if is_chapter(folder):
        if not has_config(folder.parent):
            raise click.UsageError(f"{folder.as_posix()} is in no bank; preview shows banks.")
        folder = folder.parent
    from mcqdeck.preview.serving import Settings, serve  # noqa: PLC0415  # needs the extra

    with means(jobs=jobs, no_cache=no_cache) as given:
        settings = Settings(
            port=options["port"],
            editor=options["editor"],
            decks=options["decks"] or decks_of(folder),
            opens_browser=not options["no_open"],
            means=given,
        )
        serve(folder, settings, echo)
