"""The command line: options in, text and exit status out. The only place that prints or exits.

A command is loaded when it is asked for, so that each starts with what it needs itself.
"""

from __future__ import annotations

import gc
import signal
import sys
from io import TextIOWrapper
from types import FrameType

import click

from mcqdeck import __version__
from mcqdeck.cli.group import Group

_COMMANDS = {
    "init": "mcqdeck.cli.init:init",
    "check": "mcqdeck.cli.check:check",
    "build": "mcqdeck.cli.build:build_command",
    "import": "mcqdeck.cli.import_:import_command",
    "export": "mcqdeck.cli.export:export",
    "diff": "mcqdeck.cli.diff:diff",
    "fmt": "mcqdeck.cli.fmt:fmt",
    "rename": "mcqdeck.cli.rename:rename",
    "stats": "mcqdeck.cli.stats:stats",
    "preview": "mcqdeck.cli.preview:preview",
    "verify": "mcqdeck.cli.verify:verify",
    "site": "mcqdeck.cli.site:site_command",
}


@click.group(
    cls=Group,
    commands_at=_COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Examples:
  mcqdeck init my-exam          make a bank in the folder my-exam
  mcqdeck check my-exam         show every mistake in it
  mcqdeck preview my-exam       show its cards while you write them
  mcqdeck build my-exam         write decks/my-exam.apkg for Anki
  mcqdeck site my-exam          write a practice site into the folder site
""",
)
@click.version_option(__version__, prog_name="mcqdeck")
def main() -> None:
    """Turns banks of multiple-choice questions, written in Markdown, into Anki packages.

    A bank is a folder with deck.toml and a Markdown file for each chapter. BANK may be such a
    folder, a folder of banks, or a single chapter; left out, it is the bank in the current folder,
    or else every bank in source/.

    Exit status: 0, or 1 if the sources have errors, or 2 if the command line or the environment is
    at fault.
    """
    signal.signal(signal.SIGTERM, _stop)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # what the encoding cannot say
    # Nearly all that is made lives to the end, so to search it for garbage often is time lost.
    gc.freeze()
    gc.set_threshold(100_000, 50, 1_000)
    gc.enable()


def _stop(_signal: int, _frame: FrameType | None) -> None:
    """Ends in order when told to, so that no half-written file stays behind."""
    sys.exit(128 + signal.SIGTERM)
