"""The command `build`."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click

from mcqdeck import report
from mcqdeck.cli.terminal import (
    Command,
    echo,
    find,
    is_chapter,
    means,
    progress,
    show,
    summary,
    with_means,
)
from mcqdeck.memory import Memory, Previous
from mcqdeck.project import BUILD_STEPS, CHECK_STEPS, carry_out, plan
from mcqdeck.project import check as check_banks


@click.command(
    "build",
    cls=Command,
    epilog="""\b
Examples:
  mcqdeck build                          the bank here, or all in source/
  mcqdeck build source/my-exam -o out    into the folder out
  mcqdeck build --check                  is decks/ what the source gives?
""",
)
@click.argument("banks", metavar="[BANK]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("decks"),
    show_default=True,
    help="The folder for the packages.",
)
@click.option(
    "--previous",
    metavar="FILE|none",
    help="The package that learners have now, or `none`.  [default: the one to be replaced]",
)
@click.option(
    "--check", "is_check", is_flag=True, help="Write nothing; exit status 1 if a build would."
)
@with_means
def build_command(
    banks: tuple[Path, ...],
    output: Path,
    previous: str | None,
    is_check: bool,
    jobs: int | None,
    no_cache: bool,
) -> None:
    """Write a package for Anki from each bank: OUTPUT/<bank id>.apkg.

    The package of the last release is read first: a question that is as it was keeps its place
    in learners' collections with all they did to it, one that changed arrives, and one that is
    gone stops the build. If any source has an error, all of them are shown and nothing is
    written.
    """
    start = time.perf_counter()
    paths = find(banks)
    if chapter := next(filter(is_chapter, paths), None):
        raise click.UsageError(f"{chapter.as_posix()} is a chapter; build takes a bank's folder.")
    memory = _memory(previous, len(paths))
    built: tuple[report.Built, ...] = ()
    stale: tuple[Path, ...] = ()
    warnings: tuple[str, ...] = ()
    with (
        means(jobs=jobs, no_cache=no_cache) as given,
        progress((CHECK_STEPS + BUILD_STEPS) * len(paths)) as step,
    ):
        checked = check_banks(paths, step, means=given)
        if not checked.has_errors:
            gc.freeze()  # all of it is needed to the end, so do not search it for garbage
            ready = plan(checked, output, step, previous=memory)
            checked = checked.and_also(ready.diagnostics)
            warnings = ready.warnings
            stale = tuple(each.path for each in ready.packages if not each.is_there)
            if not (checked.has_errors or is_check):
                built = carry_out(ready, step)
    for warning in warnings:
        echo(f"warning: {warning}", err=True)
    show(checked, err=True)
    if checked.has_errors:
        click.echo(f"{summary(checked)}; nothing was written", err=True)
        sys.exit(1)
    if is_check:
        for path in stale:
            echo(f"{path.as_posix()}: not what the source gives; run `mcqdeck build`")
        sys.exit(1 if stale else 0)
    _show_built(built, time.perf_counter() - start, previous=previous)


def _memory(previous: str | None, banks: int) -> Previous:
    """Where the last release is to be found; says what it costs to have none."""
    if previous is None:
        return Memory.OUTPUT
    if previous == "none":
        click.echo(
            "warning: building without memory: to learners every question counts as changed, so "
            "their own edits and tags are overwritten, and a question that is gone goes unnoticed",
            err=True,
        )
        return Memory.NONE
    if banks > 1:
        raise click.UsageError("--previous FILE is the package of one bank; name that bank.")
    return Path(previous)


def _show_built(built: Sequence[report.Built], seconds: float, *, previous: str | None) -> None:
    """Prints what was built, and what each release does to learners of the last one."""
    for package in built:
        if not package.is_new:
            click.echo(report.unchanged(package))
            continue
        click.echo(report.built(package, seconds=seconds / len(built)))
        if package.changes is None and previous is None:
            click.echo("  first release: no earlier package is there to compare with")
        elif package.changes:
            for line in report.changes_as_text(package.changes):
                click.echo(f"  {line}")
