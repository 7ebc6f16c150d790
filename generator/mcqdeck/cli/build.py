"""The command `build`."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mcqdeck import files, report
from mcqdeck.building import BUILD_STEPS, Approve, Plan, Planned, carry_out, plan
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
from mcqdeck.last_release import Memory, Previous
from mcqdeck.project import CHECK_STEPS, Checked, Progress
from mcqdeck.project import check as check_banks

if TYPE_CHECKING:
    from mcqdeck.verification import Verification


@click.command(
    "build",
    cls=Command,
    epilog="""\b
Examples:
  mcqdeck build                          the bank here, or all in source/
  mcqdeck build source/my-exam -o out    into the folder out
  mcqdeck build --check                  is decks/ what the source gives?
  mcqdeck build --verify                 first try it out on the real Anki
""",
)
@click.argument("banks", metavar="[BANK]...", nargs=-1, type=PathType())
@click.option(
    "-o",
    "--output",
    type=PathType(file_okay=False),
    help="The folder for the packages.  [default: decks/ beside the bank, or beside the folder "
    "source/ in which the bank is]",
)
@click.option(
    "--previous",
    metavar="FILE|none",
    help="The package that learners have now, or `none`.  [default: the one to be replaced]",
)
@click.option(
    "--check", "is_check", is_flag=True, help="Write nothing; exit status 1 if a build would."
)
@click.option(
    "--verify",
    "is_verified",
    is_flag=True,
    help="Try the packages out on the real Anki, and write none by which learners would lose "
    "something; see `mcqdeck verify`.",
)
@with_means
def build_command(  # noqa: PLR0913, PLR0917  # one an option
    banks: tuple[Path, ...],
    output: Path | None,
    previous: str | None,
    is_check: bool,
    is_verified: bool,
    jobs: int | None,
    no_cache: bool,
) -> None:
    """Write a package for Anki from each bank: decks/<bank id>.apkg.

    The package of the last release is read first: a question that is as it was keeps its place
    in learners' collections with all they did to it, one that changed arrives, and one that is
    gone stops the build. If any source has an error, all of them are shown and nothing is
    written.
    """
    start = time.perf_counter()
    paths = find(banks)
    if chapter := next(filter(is_chapter, paths), None):
        raise click.UsageError(f"{chapter.as_posix()} is a chapter; build takes a bank's folder.")
    if output and output.suffix.lower() == ".apkg" and not output.is_dir():
        raise click.UsageError(
            f"{output.as_posix()} is the name of a package; -o takes the folder for it, and the "
            "bank's id names it."
        )
    if is_check and is_verified:
        raise click.UsageError(
            "--check builds nothing that --verify could try; give only one of the two."
        )
    memory = _memory(previous, len(paths))
    verified: list[Verification] = []
    steps = CHECK_STEPS + BUILD_STEPS + (_steps_to_verify() if is_verified else 0)
    ready = Plan((), ())
    built: tuple[report.Built, ...] = ()
    with means(jobs=jobs, no_cache=no_cache) as given, progress(steps * len(paths)) as step:
        checked = check_banks(paths, step, means=given).without_compared()
        if not checked.has_errors:
            gc.freeze()  # all of it is needed to the end, so do not search it for garbage
            ready = plan(checked, output, step, previous=memory, store=given.store)
            if output is None and memory is Memory.OUTPUT:
                _demand_one_place(ready)
            checked = checked.and_also(ready.diagnostics)
        if not (checked.has_errors or is_check):
            approve = _trial(verified, step) if is_verified else _approve
            with suppress(_UnfitError):
                built = carry_out(ready, step, approve=approve, store=given.store)
    _show_problems(checked, ready.warnings, verified)
    if is_check:
        stale = [package.path for package in ready.packages if not package.is_there]
        for path in stale:
            echo(f"{path.as_posix()}: not what the source gives; run `mcqdeck build`")
        sys.exit(1 if stale else 0)
    _show_built(built, time.perf_counter() - start, previous=previous)
    for trial in verified:
        from mcqdeck.report.verification import verdict  # noqa: PLC0415

        echo(f"{trial.new.path.as_posix()}: tried with Anki {trial.anki}: {verdict(trial)}")


def _show_problems(
    checked: Checked, warnings: Sequence[str], verified: Sequence[Verification]
) -> None:
    """Prints what is wrong, and ends the run if that stopped the build."""
    for warning in warnings:
        echo(f"warning: {warning}", err=True)
    show(checked, err=True)
    if checked.has_errors:
        click.echo(f"{summary(checked)}; nothing was written", err=True)
        sys.exit(1)
    if not all(trial.is_good for trial in verified):
        from mcqdeck.report.verification import verification_as_text  # noqa: PLC0415

        for line in (line for trial in verified for line in verification_as_text(trial)):
            click.echo(line, err=True)
        click.echo("nothing was written", err=True)
        sys.exit(1)


class _UnfitError(Exception):
    """By a package that is about to be put in place learners would lose something."""


def _approve(_packages: Sequence[tuple[Planned, Path]]) -> None:
    """Lets all packages be put in place."""


def _steps_to_verify() -> int:
    # Loaded late, as all that verifies is: few builds do.
    from mcqdeck.verify import STEPS  # noqa: PLC0415

    return STEPS


def _trial(verified: list[Verification], step: Progress) -> Approve:
    """Tries packages out before they are put in place, and notes what came of it."""
    from mcqdeck.verify import verify  # noqa: PLC0415

    def approve(packages: Sequence[tuple[Planned, Path]]) -> None:
        for planned, place in packages:
            verified.append(verify(planned.path, planned.last, step, held_in=place))
        if not all(trial.is_good for trial in verified):
            raise _UnfitError

    return approve


def _memory(previous: str | None, banks: int) -> Previous:
    """Where the last release is to be found; says what it costs to have none."""
    if previous is None:
        return Memory.OUTPUT
    if previous == "none":
        click.echo(
            "warning: building without the last release: every question counts as changed, so "
            "their own edits and tags are overwritten, and a question that is gone goes unnoticed",
            err=True,
        )
        return Memory.NONE
    if not previous.strip():
        raise click.UsageError("--previous names no file.")
    if banks > 1:
        raise click.UsageError("--previous FILE is the package of one bank; name that bank.")
    return Path(previous)


def _demand_one_place(ready: Plan) -> None:
    """Refuses to start over beside the bank where the last release lies in this folder's decks/."""
    for planned in ready.packages:
        other = Path("decks") / planned.path.name
        if planned.last is None and files.kind_of(other) is not files.Kind.NOTHING:
            raise click.UsageError(
                f"{planned.path.as_posix()}, beside the bank, is not there, but "
                f"{other.as_posix()} is: say with `-o decks` that it is the last release, or with "
                f"`-o {planned.path.parent.as_posix()}` that it is not."
            )


def _show_built(built: Sequence[report.Built], seconds: float, *, previous: str | None) -> None:
    """Prints what was built, and what each release does to learners of the last one."""
    for package in built:
        if not package.is_new:
            click.echo(report.unchanged(package))
            continue
        click.echo(report.built(package, seconds=seconds / len(built)))
        if package.changes is None and previous is None:
            echo(f"  first release: {package.path.as_posix()} was not there to compare with")
        elif package.changes:
            from mcqdeck.report.changes import changes_as_text  # noqa: PLC0415  # few builds need it

            for line in changes_as_text(package.changes):
                click.echo(f"  {line}")
