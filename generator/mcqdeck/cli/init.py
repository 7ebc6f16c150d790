"""The command `init`."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from mcqdeck import files
from mcqdeck.cli.terminal import Command, PathType, echo
from mcqdeck.identity import bank_id_of
from mcqdeck.last_release import decks_of
from mcqdeck.new_bank import init as init_bank


@click.command(
    cls=Command, epilog="\b\nExample:\n  mcqdeck init my-exam && mcqdeck build my-exam\n"
)
@click.argument("folder", metavar="DIR", type=PathType())
def init(folder: Path) -> None:
    """Make a small, complete bank in a new folder.

    It is ready to build, and its chapters show each feature of the format once. DIR is made if it
    does not exist; a folder that has anything in it is left alone.
    """
    bank = init_bank(folder)
    package = decks_of(bank) / f"{bank_id_of(files.real(bank).name)}.apkg"
    command = f"mcqdeck build {shlex.quote(bank.as_posix())}"
    echo(
        f"made {bank.as_posix()}: edit its chapters, then run `{command}`, which writes "
        f"{package.as_posix()}"
    )
