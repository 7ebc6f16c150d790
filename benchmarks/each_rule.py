"""What each rule costs: run alone over all questions of a bank, in processor time."""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import bank
from mcqdeck import read, render
from mcqdeck.project import CATALOGUE, NAMES
from mcqdeck.rules import (
    ADVICE_RULES,
    BANK_RULES,
    FORM_RULES,
    CheckedBanks,
    Severities,
    compared,
)
from mcqdeck.rules.analysis.question import CheckedQuestion, checked_questions

T = TypeVar("T")

FLOOR = "floor: bytes read and split into lines"
_READING, _PROSE = "reading", "prose of all texts"
_QUESTIONS, _BANKS = "rules for questions", "rules for banks"
_COMPARED, _RENDERING = "what rules for banks compare", "rendering"
STEPS = (FLOOR, _READING, _PROSE, _QUESTIONS, _COMPARED, _BANKS, _RENDERING)
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
    severities = Severities(made.config, CATALOGUE)
    for form in FORM_RULES:
        costs[form.name] = _time(_run, form.function, made.questions)
        costs[_QUESTIONS] += costs[form.name]
    questions = list(checked_questions(made.questions, made.config))
    costs[_PROSE] = _time(_run, _prose, questions)
    for advice in ADVICE_RULES:
        if advice.name in severities:
            costs[advice.name] = _time(_run, advice.function, questions)
            costs[_QUESTIONS] += costs[advice.name]
    del questions
    costs[_COMPARED] = _time(lambda: [compared(chapter, made.config) for chapter in made.chapters])
    costs[_RENDERING] = _time(render.render, made)
    done = CheckedBanks([bank.rendered(made)])
    for bankwide in BANK_RULES:
        costs[bankwide.name] = _time(_run, bankwide.function, [done])
        costs[_BANKS] += costs[bankwide.name]
    return costs


def _run(function: Callable[[T], Iterable[object]], subjects: Iterable[T]) -> None:
    for subject in subjects:
        for _ in function(subject):
            pass


def _prose(checked: CheckedQuestion) -> tuple[object, ...]:
    """The texts of a question, which are made once for all rules."""
    return checked.stem, checked.keys, checked.markdown, checked.explaining


def _time(step: Callable[..., object], *arguments: object) -> float:
    start = time.process_time()
    step(*arguments)
    return time.process_time() - start
