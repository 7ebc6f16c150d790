"""Measures how fast the rules are, and what near-duplicate finds: `python benchmarks/checking.py`.

    python benchmarks/checking.py [N…]           each rule at these numbers of questions
    python benchmarks/checking.py --recall [PATH…]

Each rule is run alone over a bank that a program wrote, beside a floor measured in the same run:
the files' bytes read and split into lines. `--recall` compares near-duplicate with the comparison
of all pairs, on that bank with altered copies planted in it, and on the quiz files in PATH (files
or folders of them; questions are headings of level 2 or 4).
"""

from __future__ import annotations

import argparse
import os
import platform
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import each_rule
import likeness
from running import COMMAND, alone, header, line, new_bank, number_of, process

_SIZES = (1_000, 10_000, 100_000)


def main() -> None:
    """Prints the tables that the command line asks for."""
    parser = argparse.ArgumentParser(description="Measures how fast the rules are.")
    parser.add_argument(
        "numbers", nargs="*", type=number_of, metavar="N", help="questions (1000 10000 100000)"
    )
    parser.add_argument(
        "--recall",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="instead: near-duplicate against the comparison of all pairs",
    )
    arguments = parser.parse_args()
    load = f"{os.getloadavg()[0]:.1f}"
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load before: {load}")
    if arguments.recall is not None:
        show_recall(arguments.recall)
    else:
        show_speed(arguments.numbers or _SIZES)


def show_speed(numbers: Sequence[int]) -> None:
    """Prints what a whole check takes at each size, and what each step and rule takes of it."""
    columns: defaultdict[str, dict[int, float]] = defaultdict(dict)
    wholes = {}
    for number in numbers:
        with new_bank(number) as (folder, _):
            wholes[number] = process(*COMMAND, "check", "--format", "json", folder)
            for name, seconds in alone(each_rule.cost_of_each, folder).items():
                columns[name][number] = seconds
    shown = [f"{number:,}" for number in numbers]
    header("seconds, questions:", *shown)
    line("`mcqdeck check`, whole process", *(f"{wholes[number][0]:.2f}" for number in numbers))
    line("  its processor time", *(f"{wholes[number][1]:.2f}" for number in numbers))
    line("  its peak MB", *(f"{wholes[number][2] / 1e6:.0f}" for number in numbers))
    for name in each_rule.STEPS:
        line(name, *(f"{columns[name][number]:.2f}" for number in numbers))
    floors = (wholes[number][1] / columns[each_rule.FLOOR][number] for number in numbers)
    line("whole / floor", *(f"{ratio:.0f}" for ratio in floors))
    header("microseconds per question:", *shown)
    names = [name for name in columns if name not in each_rule.STEPS]
    for name in sorted(names, key=lambda name: -columns[name][numbers[-1]]):
        line(f"  {name}", *(f"{columns[name][number] / number * 1e6:.1f}" for number in numbers))


def show_recall(paths: Sequence[Path]) -> None:
    """Prints how many of the pairs that the comparison of all finds near-duplicate finds too."""
    header("near-duplicate against all pairs", "planted", "quiz files")
    planted = alone(likeness.planted, 5_000, 500)
    read = alone(likeness.read, [str(path) for path in paths]) if paths else None
    for name in planted:
        line(name, f"{planted[name]:,.4g}", f"{read[name]:,.4g}" if read else "")


if __name__ == "__main__":
    main()
