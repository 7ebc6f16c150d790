"""What each rule costs: run alone over all questions of a bank, in processor time."""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import bank
from mcqdeck import pack, read, render
from mcqdeck.build import CATALOGUE, NAMES
from mcqdeck.check import ADVICE, BANK_RULES, RULES, Weights
from mcqdeck.check.item import items

FLOOR = "floor: bytes read and split into lines"
_READING, _PROSE = "reading", "prose of all texts"
_QUESTIONS, _BANKS, _LOOK = "rules for questions", "rules for banks", "a look at the Markdown"
STEPS = (FLOOR, _READING, _PROSE, _QUESTIONS, _BANKS, _LOOK)
_WARM_UP = 40


def cost_of_each(folder: Path) -> dict[str, float]:
    """Seconds of each step in `STEPS`, and of each rule that is on, for the bank in `folder`.

    A small bank comes first, so that no rule pays for its imports.
    """
    gc.freeze()  # as the command does
    gc.set_threshold(100_000, 50, 1_000)
    with tempfile.TemporaryDirectory() as small:
        bank.write_bank(Path(small) / "bank", _WARM_UP)
        _costs(Path(small) / "bank")
    return _costs(folder)


def _costs(folder: Path) -> dict[str, float]:
    costs = dict.fromkeys(STEPS, 0.0)
    files = sorted(folder.glob("*.md"))
    costs[FLOOR] = _time(lambda: [path.read_bytes().splitlines() for path in files])
    costs[_READING] = _time(lambda: read.read_bank(folder, NAMES))
    made = read.read_bank(folder, NAMES).bank
    weights = Weights(made.config, CATALOGUE)
    for rule in RULES:
        costs[rule.name] = _time(_run, rule.function, made.questions)
        costs[_QUESTIONS] += costs[rule.name]
    found = list(items(made))
    costs[_PROSE] = _time(_run, _read, found)
    for rule in ADVICE:
        if rule.name in weights:
            costs[rule.name] = _time(_run, rule.function, found)
            costs[_QUESTIONS] += costs[rule.name]
    del found
    for rule in BANK_RULES:
        costs[rule.name] = _time(_run, rule.function, [[made]])
        costs[_BANKS] += costs[rule.name]
    costs[_LOOK] = _time(lambda: (*render.inspect(made), *pack.check_history(made)))
    return costs


def _run(rule: Callable[[Any], Iterable[object]], values: Iterable[object]) -> None:
    for value in values:
        for _ in rule(value):
            pass


def _read(item: Any) -> tuple[object, ...]:
    """The prose of an item, which it makes once for all rules."""
    return item.stem, item.keys, item.distractors, item.explanation


def _time(step: Callable[..., object], *arguments: object) -> float:
    start = time.process_time()
    step(*arguments)
    return time.process_time() - start
