"""The command `diff`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from mcqdeck.building import compare
from mcqdeck.cli.terminal import Command, PathType, echo_json
from mcqdeck.report.changes import changes_as_json, changes_as_markdown, changes_as_text


@click.command(
    cls=Command,
    epilog="""\b
Examples:
  mcqdeck diff old.apkg decks/my-exam.apkg
  mcqdeck diff --format markdown old.apkg decks/my-exam.apkg > notes.md
""",
)
@click.argument("old", metavar="OLD.apkg", type=PathType())
@click.argument("new", metavar="NEW.apkg", type=PathType())
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="Lines for people, release notes, or an object for tools.",
)
@click.option("--exit-code", is_flag=True, help="Exit status 1 if the packages differ.")
def diff(old: Path, new: Path, output_format: str, exit_code: bool) -> None:
    """Show what the package NEW brings to a learner who has OLD.

    Questions whose right answer is another one come first. Texts are shown in words, not in HTML,
    with what went as [-this-] and what came as {+this+}.
    """
    changes = compare(old, new)
    if output_format == "json":
        echo_json(changes_as_json(changes))
    elif output_format == "markdown":
        click.echo(changes_as_markdown(changes), nl=False)
    else:
        for line in changes_as_text(changes, is_brief=False):
            click.echo(line)
    sys.exit(1 if exit_code and not changes.is_empty else 0)
