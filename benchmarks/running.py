"""How benchmarks run what they measure, each in a process of its own, and print their tables."""

from __future__ import annotations

import argparse
import compileall
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import ParamSpec, TypeVar

import bank

P = ParamSpec("P")
T = TypeVar("T")

COMMAND = ("-m", "mcqdeck")
ROOT = Path(__file__).resolve().parent.parent
MEGABYTE = 1_000_000


def number_of(text: str) -> int:
    """A number of questions from the command line."""
    number = int(text.replace("_", "").replace(",", ""))
    if number < 1:
        raise argparse.ArgumentTypeError("at least one question is needed")
    return number


@contextmanager
def new_bank(number: int) -> Iterator[tuple[Path, Path]]:
    """A new bank of `number` questions and a folder for its package, both gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="mcqdeck-") as folder:
        bank.write_bank(Path(folder) / "bank", number)
        yield Path(folder) / "bank", Path(folder) / "decks"


@contextmanager
def cache_in(folder: str | Path) -> Iterator[None]:
    """Has commands remember chapters in this folder."""
    before = os.environ.get("MCQDECK_CACHE_DIR")
    os.environ["MCQDECK_CACHE_DIR"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["MCQDECK_CACHE_DIR"]
        else:
            os.environ["MCQDECK_CACHE_DIR"] = before


def alone(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What the function returns when run in a new process, whose memory is its own."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as executor:
        return executor.submit(function, *args, **kwargs).result()


@cache
def _compiled() -> None:
    """Compiles the package, as installing it does; else each process may compile what it loads."""
    compileall.compile_dir(ROOT / "generator" / "mcqdeck", quiet=1)


def process(*arguments: str | Path) -> tuple[float, float, int]:
    """Seconds, processor seconds and peak bytes of Python with these arguments.

    Status 1, that the sources have errors, is as good as 0. The peak is at least that of this
    process, which the kernel counts until the other one starts.

    Raises:
        SystemExit: it ended with another status.
    """
    _compiled()
    start = time.perf_counter()
    quiet = subprocess.DEVNULL
    child = subprocess.Popen([sys.executable, *arguments], cwd=ROOT, stdout=quiet, stderr=quiet)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode > 1:
        sys.exit(f"`{' '.join(map(str, arguments))}` ended with status {child.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit


def header(title: str, *columns: str) -> None:
    """Prints the first line of a table."""
    print()
    line(title, *columns)


def row(name: str, seconds: float, processor: float, peak: int | None = None) -> None:
    """Prints what something cost: seconds, processor seconds, bytes at the peak."""
    shown = "" if peak is None else f"{peak / MEGABYTE:.0f}"
    line(name, f"{seconds:.2f}", f"{processor:.2f}", shown)


def line(name: str, *columns: str) -> None:
    """Prints a line of a table."""
    print(f"{name:<40}" + "".join(f"{column:>11}" for column in columns).rstrip())
