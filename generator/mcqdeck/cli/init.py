"""The command `init`."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from mcqdeck.cli.terminal import Command, echo
from mcqdeck.project import init as init_bank


@click.command(
    cls=Command, epilog="\b\nExample:\n  mcqdeck init my-exam && mcqdeck build my-exam\n"
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a small, complete bank in a new folder.

    It is ready to build, and its chapters show each feature of the format once. DIR is made if it
    does not exist; a folder that has anything in it is left alone.
    """
    bank = init_bank(folder)
    command = f"mcqdeck build {shlex.quote(bank.as_posix())}"
    echo(f"made {bank.as_posix()}: edit its chapters, then run `{command}`")
