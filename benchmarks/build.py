"""Measures how fast banks are checked and built: `python benchmarks/build.py [N]`.

A bank of N realistic questions is made in a temporary folder and built stage by stage, and beside
it, in the same run, the floor (the finished rows and the zip alone) and a naive build. A benchmark
is no test: it ends with status 0 whatever the figures are, unless something cannot be built.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import ParamSpec, TypeVar

import bank
import stages

P = ParamSpec("P")
T = TypeVar("T")

_ROOT = Path(__file__).resolve().parent.parent
_SHIPPED = Path("source") / "12-core-functions"
_SIZES = (1_000, 10_000)
_SAMPLE = 300
_RUNS = 15
_MEGABYTE = 1_000_000
_COMMAND = ("-m", "mcqdeck")


def main() -> None:
    """Prints the tables that the command line asks for."""
    parser = argparse.ArgumentParser(description="Measures how fast banks are checked and built.")
    parser.add_argument(
        "number", nargs="?", type=_number, default=10_000, metavar="N", help="questions (10000)"
    )
    parser.add_argument(
        "--growth",
        nargs="*",
        type=_number,
        metavar="N",
        help="also: time per question at several sizes (1000 10000)",
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
    if arguments.processes:
        show_processes()


def show_build(number: int) -> None:
    """Prints what each stage costs, the whole commands, the floor, and a naive build."""
    with _bank(number) as (folder, output):
        built = _alone(stages.build_in_stages, folder, output)
        floor, floor_size = _alone(stages.floor, output / "benchmark.apkg")
        naive, sample = _alone(stages.naive, folder, min(_SAMPLE, number))
        check = _process(*_COMMAND, "check", folder)
        build = _process(*_COMMAND, "build", folder, "-o", output / "first")
        bank.edit_bank(folder)
        again = _process(*_COMMAND, "build", folder, "-o", output / "first")
    _header(f"{number:,} questions, {built.findings:,} findings", "seconds", "processor", "peak MB")
    for cost in (*built.costs, built.total):
        _row(cost.name, cost.seconds, cost.processor, cost.peak)
    _row("`mcqdeck check`, whole process", *check)
    _row("`mcqdeck build`, whole process", *build)
    _row("`mcqdeck build`, after one edit", *again)
    _row("floor: the same rows and zip", floor.seconds, floor.processor, floor.peak)
    scale = number / sample
    _row(f"naive, from {sample} questions", naive.seconds * scale, naive.processor * scale)
    ours = built.total.processor
    print(
        f"processor time: total / floor {ours / floor.processor:.1f}, "
        f"naive / total {naive.processor * scale / ours:.1f}; "
        f"package {built.size / _MEGABYTE:.2f} MB, floor's {floor_size / _MEGABYTE:.2f} MB"
    )


def show_growth(numbers: Sequence[int]) -> None:
    """Prints the time per question at several sizes, and how it compares with the first.

    Processor time is what is compared: it leaves out what others do on the machine meanwhile.
    """
    _header("growth, microseconds per question", "clock", "processor", "of first", "peak MB")
    first: dict[str, float] = {}
    for number in numbers:
        with _bank(number) as (folder, output):
            built = _alone(stages.build_in_stages, folder, output)
        for cost in (built.total, *built.costs):
            each = cost.processor / number * 1e6
            ratio = each / first.setdefault(cost.name, each)
            name = f"{number:,}" if cost.name == "total" else f"  {cost.name}"
            clock, peak = cost.seconds / number * 1e6, cost.peak / _MEGABYTE
            _line(name, f"{clock:.0f}", f"{each:.0f}", f"{ratio:.2f}", f"{peak:.0f}")


def show_processes() -> None:
    """Prints how long the commands take on the shipped bank, process start included.

    Each build has a folder of its own: where the package is there already, nothing is packed.
    """
    _header(f"{_SHIPPED.as_posix()}, {_RUNS} processes each", "median s", "best s", "processor")
    with tempfile.TemporaryDirectory() as folder:
        outputs = [Path(folder) / str(number) for number in range(_RUNS)]
        checks = [_process(*_COMMAND, "check", _SHIPPED) for _ in outputs]
        builds = [_process(*_COMMAND, "build", _SHIPPED, "-o", output) for output in outputs]
        again = [_process(*_COMMAND, "build", _SHIPPED, "-o", output) for output in outputs]
    for name, runs in (
        ("python -c pass", [_process("-c", "pass") for _ in outputs]),
        ("mcqdeck check", checks),
        ("mcqdeck build, the first", builds),
        ("mcqdeck build, nothing changed", again),
    ):
        seconds, processor = [run[0] for run in runs], [run[1] for run in runs]
        figures = (statistics.median(seconds), min(seconds), statistics.median(processor))
        _line(name, *(f"{figure:.3f}" for figure in figures))


def _number(text: str) -> int:
    """A number of questions from the command line."""
    number = int(text.replace("_", "").replace(",", ""))
    if number < 1:
        raise argparse.ArgumentTypeError("at least one question is needed")
    return number


@contextmanager
def _bank(number: int) -> Iterator[tuple[Path, Path]]:
    """A new bank of `number` questions and a folder for its package, both gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="mcqdeck-") as folder:
        bank.write_bank(Path(folder) / "bank", number)
        yield Path(folder) / "bank", Path(folder) / "decks"


def _alone(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What the function returns when run in a new process, whose memory is its own."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as executor:
        return executor.submit(function, *args, **kwargs).result()


def _process(*arguments: str | Path) -> tuple[float, float, int]:
    """Seconds, processor seconds and peak bytes of Python with these arguments.

    The peak is at least that of this process, which the kernel counts until the other one starts.

    Raises:
        SystemExit: it ended with another status than 0.
    """
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], cwd=_ROOT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"`{' '.join(map(str, arguments))}` ended with status {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit


def _header(title: str, *columns: str) -> None:
    print()
    _line(title, *columns)


def _row(name: str, seconds: float, processor: float, peak: int | None = None) -> None:
    shown = "" if peak is None else f"{peak / _MEGABYTE:.0f}"
    _line(name, f"{seconds:.2f}", f"{processor:.2f}", shown)


def _line(name: str, *columns: str) -> None:
    print(f"{name:<40}" + "".join(f"{column:>11}" for column in columns).rstrip())


if __name__ == "__main__":
    main()
