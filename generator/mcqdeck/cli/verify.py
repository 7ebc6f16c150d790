"""The command `verify`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mcqdeck.cli.terminal import Command, PathType, echo_json, progress
from mcqdeck.report.verification import (
    verification_as_json,
    verification_as_markdown,
    verification_as_text,
)
from mcqdeck.verify import STEPS
from mcqdeck.verify import verify as verify_packages


@click.command(
    cls=Command,
    short_help="Try a package out on the real Anki.",
    epilog="""\b
Examples:
  mcqdeck verify decks/my-exam.apkg old.apkg
  mcqdeck verify decks/my-exam.apkg                 for those who import it twice
  mcqdeck verify --format markdown new.apkg old.apkg > report.md
""",
)
@click.argument("new", metavar="NEW.apkg", type=PathType())
@click.argument("old", metavar="[OLD.apkg]", required=False, type=PathType())
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="Lines for people, a section for a summary, or an object for tools.",
)
def verify(new: Path, old: Path | None, output_format: str) -> None:
    """Try out on the real Anki what learners of OLD lose and get when they import NEW.

    In collections that are thrown away, learners study every card of OLD, edit and tag every note,
    and import NEW with each of the settings that Anki has for it. The packages may come from any
    program. This needs Anki's own library: `pip install 'mcqdeck[verify]'`.

    Exit status 1 if learners would lose something, or do not get what they should.
    """
    with progress(STEPS) as step:
        verification = verify_packages(new, old, step)
    if output_format == "json":
        echo_json(verification_as_json(verification))
    elif output_format == "markdown":
        click.echo(verification_as_markdown(verification), nl=False)
    else:
        for line in verification_as_text(verification):
            click.echo(line)
    sys.exit(0 if verification.is_good else 1)
