"""What the commands share: how they find banks, fail, and show what is under way."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from mcqdeck import report
from mcqdeck.build import Checked, Progress, find_banks
from mcqdeck.diagnostic import McqdeckError

_DEFAULT_BANKS = Path("source")


class Command(click.Command):
    """A command that shows what the world does wrong in one line, with exit status 2."""

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command; what it prints is out before its status is told."""
        try:
            try:
                return super().invoke(ctx)
            finally:
                if sys.stdout is not None:
                    sys.stdout.flush()
        except McqdeckError as error:
            click.echo(f"mcqdeck: {error}", err=True)
            ctx.exit(2)
        except BrokenPipeError:
            raise  # whoever read the output has had enough of it; click ends in silence
        except OSError as error:
            click.echo(f"mcqdeck: the output cannot be written: {error.strerror}", err=True)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # or Python would try again at its end
            ctx.exit(2)
        except KeyboardInterrupt:
            click.echo("interrupted", err=True)
            ctx.exit(128 + signal.SIGINT)


def find(banks: Sequence[Path]) -> list[Path]:
    """The banks and chapters that the command line names, each once."""
    if not banks:
        here = Path()
        banks = [here] if (here / "deck.toml").exists() else [_DEFAULT_BANKS]
        if not banks[0].is_dir():
            raise click.UsageError("no bank here: name one, or begin with `mcqdeck init my-exam`.")
    found = [each for bank in banks for each in find_banks(bank)]
    return list({each.resolve(): each for each in reversed(found)}.values())[::-1]


def show(checked: Checked, *, err: bool) -> None:
    """Prints the diagnostics, with colours and carets on a terminal only."""
    stream = sys.stderr if err else sys.stdout
    if stream is None or not stream.isatty():
        for line in report.plain(checked.diagnostics):
            click.echo(line, err=err)
        return
    # rich is for terminals only: it takes longer to load than a small bank to check.
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(stderr=err, highlight=False)
    for pieces in report.styled(checked.diagnostics, checked.lines(), console.width):
        console.print(Text.assemble(*pieces), soft_wrap=True)


def summary(checked: Checked) -> str:
    """A line on how much was checked, and what was found."""
    return report.checked(
        checked.diagnostics,
        questions=sum(len(bank.questions) for bank in checked.banks),
        chapters=sum(len(bank.chapters) for bank in checked.banks),
    )


@contextmanager
def progress(steps: int) -> Iterator[Progress]:
    """Shows a bar on a terminal, which of `steps` is under way, and leaves no trace."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Starting", total=steps)
        yield lambda step: bar.update(task, description=step, advance=1)
