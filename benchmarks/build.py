"""Measures how fast banks are checked and built: `python benchmarks/build.py [N]`.

A bank of N realistic questions is made in a temporary folder and built stage by stage, and beside
it, in the same run, the floor (the finished rows and the zip alone) and a naive build. A benchmark
is no test: it ends with status 0 whatever the figures are, unless something cannot be built.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import bank
import stages
from running import (
    COMMAND,
    MEGABYTE,
    ROOT,
    alone,
    cache_in,
    header,
    line,
    new_bank,
    number_of,
    process,
    row,
)

_SHIPPED = Path("source") / "12-core-functions"
_SIZES = (1_000, 10_000)
_SIZES_AGAIN = (1_000, 10_000, 100_000)
_SAMPLE = 300
_RUNS = 15


def main() -> None:
    """Prints the tables that the command line asks for."""
    parser = argparse.ArgumentParser(description="Measures how fast banks are checked and built.")
    parser.add_argument(
        "number", nargs="?", type=number_of, default=10_000, metavar="N", help="questions (10000)"
    )
    parser.add_argument(
        "--growth",
        nargs="*",
        type=number_of,
        metavar="N",
        help="also: time per question at several sizes (1000 10000)",
    )
    parser.add_argument(
        "--again",
        nargs="*",
        type=number_of,
        metavar="N",
        help="also: the first build, after one edit, nothing changed (1000 10000 100000)",
    )
    parser.add_argument(
        "--processes", action="store_true", help="also: the commands on the shipped bank"
    )
    arguments = parser.parse_args()
    load = f"{os.getloadavg()[0]:.1f}"
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load before: {load}")
    show_build(arguments.number)
    if arguments.growth is not None:
        show_growth(arguments.growth or _SIZES)
    if arguments.again is not None:
        show_again(arguments.again or _SIZES_AGAIN)
    if arguments.processes:
        show_processes()


def show_build(number: int) -> None:
    """Prints what each stage costs, the whole commands, the floor, and a naive build."""
    with new_bank(number) as (folder, output):
        built = alone(stages.build_in_stages, folder, output)
        floor, floor_size = alone(stages.floor, output / "benchmark.apkg")
        naive, sample = alone(stages.naive, folder, min(_SAMPLE, number))
        check = process(*COMMAND, "check", folder)
        build = process(*COMMAND, "build", folder, "-o", output / "first")
        bank.edit_bank(folder)
        again = process(*COMMAND, "build", folder, "-o", output / "first")
    header(f"{number:,} questions, {built.findings:,} findings", "seconds", "processor", "peak MB")
    for cost in (*built.costs, built.total):
        row(cost.name, cost.seconds, cost.processor, cost.peak)
    row("`mcqdeck check`, whole process", *check)
    row("`mcqdeck build`, whole process", *build)
    row("`mcqdeck build`, after one edit", *again)
    row("floor: the same rows and zip", floor.seconds, floor.processor, floor.peak)
    scale = number / sample
    row(f"naive, from {sample} questions", naive.seconds * scale, naive.processor * scale)
    ours = built.total.processor
    print(
        f"processor time: total / floor {ours / floor.processor:.1f}, "
        f"naive / total {naive.processor * scale / ours:.1f}; "
        f"package {built.size / MEGABYTE:.2f} MB, floor's {floor_size / MEGABYTE:.2f} MB"
    )


def show_growth(numbers: Sequence[int]) -> None:
    """Prints the time per question at several sizes, and how it compares with the first.

    Processor time is what is compared: it leaves out what others do on the machine meanwhile.
    """
    header("growth, microseconds per question", "clock", "processor", "of first", "peak MB")
    first: dict[str, float] = {}
    for number in numbers:
        with new_bank(number) as (folder, output):
            built = alone(stages.build_in_stages, folder, output)
        for cost in (built.total, *built.costs):
            per_question = cost.processor / number * 1e6
            ratio = per_question / first.setdefault(cost.name, per_question)
            name = f"{number:,}" if cost.name == "total" else f"  {cost.name}"
            clock, peak = cost.seconds / number * 1e6, cost.peak / MEGABYTE
            line(name, f"{clock:.0f}", f"{per_question:.0f}", f"{ratio:.2f}", f"{peak:.0f}")


def show_again(numbers: Sequence[int]) -> None:
    """Prints what `mcqdeck build` costs as a whole process: the first time, later, and the floor.

    The floor is for the same package: finished rows and the zip alone.
    """
    header("`mcqdeck build`, whole process", "seconds", "processor", "peak MB", "µs each")
    for number in numbers:
        with new_bank(number) as (folder, output), TemporaryDirectory() as cache:
            command = (*COMMAND, "build", folder, "-o", output)
            with cache_in(cache):
                runs = [("first", process(*command))]
                floor, _ = alone(stages.floor, output / "benchmark.apkg")
                bank.edit_bank(folder)
                runs.append(("after one edit", process(*command)))
                runs.append(("nothing changed", process(*command)))
            runs.append(("floor", (floor.seconds, floor.processor, floor.peak)))
        for name, (seconds, processor, peak) in runs:
            figures = (f"{seconds:.2f}", f"{processor:.2f}", f"{peak / MEGABYTE:.0f}")
            line(f"{number:,}, {name}", *figures, f"{processor / number * 1e6:.0f}")


def show_processes() -> None:
    """Prints how long the commands take on the shipped bank, process start included."""
    runs: dict[str, list[tuple[float, float, int]]] = {}
    for _ in range(_RUNS):
        with TemporaryDirectory() as name:
            for what, run in _runs_on_shipped_bank(Path(name)):
                runs.setdefault(what, []).append(run)
    header(f"{_SHIPPED.as_posix()}, {_RUNS} processes each", "median s", "best s", "processor")
    for what, costs in runs.items():
        seconds, processor = [cost[0] for cost in costs], [cost[1] for cost in costs]
        figures = (statistics.median(seconds), min(seconds), statistics.median(processor))
        line(what, *(f"{figure:.3f}" for figure in figures))


def _runs_on_shipped_bank(place: Path) -> Iterator[tuple[str, tuple[float, float, int]]]:
    """What each command took on a copy of the shipped bank in an empty folder."""
    folder = place / "bank"
    copytree(ROOT / _SHIPPED, folder)
    output, other = place / "decks", place / "others"
    with cache_in(place / "cache"):
        yield "python -c pass", process("-c", "pass")
        yield "mcqdeck build, the first", process(*COMMAND, "build", folder, "-o", output)
        yield "mcqdeck build, chapters remembered", process(*COMMAND, "build", folder, "-o", other)
        bank.edit_bank(folder)
        yield "mcqdeck build, after one edit", process(*COMMAND, "build", folder, "-o", output)
        yield "mcqdeck build, nothing changed", process(*COMMAND, "build", folder, "-o", output)
        yield "mcqdeck check, chapters remembered", process(*COMMAND, "check", folder)


if __name__ == "__main__":
    main()
