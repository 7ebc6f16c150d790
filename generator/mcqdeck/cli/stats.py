"""The command `stats`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from mcqdeck.cli.terminal import Command, PathType, colors, echo, echo_json, find, progress
from mcqdeck.counting import count
from mcqdeck.project import CHECK_STEPS
from mcqdeck.report.bank_statistics import Line, bank_statistics, bank_statistics_as_json
from mcqdeck.report.columns import BAR, without_blocks


@click.command(
    cls=Command,
    epilog="""\b
Examples:
  mcqdeck stats                          the bank here, or all in source/
  mcqdeck stats source/my-exam/01.md     one chapter
  mcqdeck stats --format json | jq .     for tools
""",
)
@click.argument("banks", metavar="[BANK]...", nargs=-1, type=PathType())
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Tables with bars, or a list of objects for tools.",
)
def stats(banks: tuple[Path, ...], output_format: str) -> None:
    """Show what there is in banks, in numbers.

    Questions by chapter, objective and level, against the plan; how long stems and options are;
    where the right option stands; how hard English texts are to read. Retired questions do not
    count.
    """
    paths = find(banks)
    with progress(CHECK_STEPS * len(paths)) as step:
        statistics = list(count(paths, step))
    for path in (path for bank in statistics for path in bank.unread):
        echo(f"{path}: not counted: it cannot be read; `mcqdeck check` says why", err=True)
    if output_format == "json":
        echo_json(bank_statistics_as_json(statistics))
        return
    for position, bank in enumerate(statistics):
        if position:
            click.echo()
        _show(bank_statistics(bank))


def _show(lines: Iterable[Line]) -> None:
    """Prints lines, with colours on a terminal only."""
    shown = str if _can_show_blocks() else without_blocks
    if sys.stdout is None or not sys.stdout.isatty():
        for line in lines:
            click.echo(shown("".join(text for text, _ in line)).rstrip())
        return
    # rich is for terminals only: it takes longer to load than a small bank to count.
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(highlight=False, color_system=colors())
    for line in lines:
        pieces = [(shown(text), style) for text, style in line]
        console.print(Text.assemble(*pieces), soft_wrap=True)


def _can_show_blocks() -> bool:
    """Whether the output's encoding has the characters of which bars are made."""
    try:
        BAR.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except (LookupError, UnicodeEncodeError):
        return False
    return True
