"""A bank as numbers for charts: what it asks, how long texts are, where keys stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from statistics import median
from typing import Any

from mcqdeck.diagnostic import Diagnostic, Severity
from mcqdeck.model import Config, Entry, RenderedBank
from mcqdeck.preview.snapshot import Snapshot, State
from mcqdeck.rules import Owners

_BARS = 12
_MOST_RULES = 12
_ROUND = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10_000, 100_000)


def charts(snapshot: Snapshot) -> dict[str, Any]:
    """All charts of a bank; retired questions do not count, nor do options of broken ones."""
    bank = snapshot.bank
    questions = [entry for entry in bank.entries if entry.retired is None]
    return {
        "questions": len(questions),
        "coverage": _coverage(bank.config, questions),
        "lengths": list(_lengths(snapshot)),
        "places": _places(bank),
        "findings": _findings(snapshot),
    }


def _coverage(config: Config, questions: Sequence[Entry]) -> dict[str, Any]:
    """How many questions there are by objective and level, and how many the plan wants.

    `cells` has a row for each objective, with a number for each level and then the sum; a number
    that the plan does not speak of has `None` beside it.
    """
    counts = Counter((question.objective or "", question.level or "") for question in questions)
    plan = {name: dict(row) for name, row in config.plan}
    named = {objective for objective, _ in counts} | set(plan)
    texts = dict(config.objectives)
    objectives = [*texts, *sorted(named - texts.keys() - {""})]
    if any(objective == "" for objective, _ in counts):
        objectives.append("")
    used = {level for _, level in counts}
    levels = [*config.levels, *sorted(used - set(config.levels) - {""})]
    if "" in used:
        levels.append("")
    total = len(questions)
    rows = [
        {
            "objective": objective,
            "text": texts.get(objective, ""),
            "cells": [
                [counts[objective, level], _planned(plan, objective, level, total)]
                for level in levels
            ],
            "sum": [
                sum(counts[objective, level] for level in levels),
                _planned_sum(plan, objective, total),
            ],
        }
        for objective in objectives
    ]
    sums = [
        [sum(counts[objective, level] for objective in objectives), _whole(plan, level, total)]
        for level in levels
    ]
    return {"levels": levels, "rows": rows, "sums": sums, "has_plan": bool(plan)}


Plan = dict[str, dict[str, int | float]]


def _planned(plan: Plan, objective: str, level: str, total: int) -> float | None:
    row = plan.get(objective, {})
    if not objective or not level or "" in row or level not in row:
        return None
    return _number(row[level], total)


def _planned_sum(plan: Plan, objective: str, total: int) -> float | None:
    """What the plan wants of an objective at all levels together."""
    row = plan.get(objective, {})
    if not objective or not row:
        return None
    wanted = [row[""]] if "" in row else list(row.values())
    return sum(_number(amount, total) for amount in wanted)


def _whole(plan: Plan, level: str, total: int) -> float | None:
    """What the plan wants of a level in all objectives together."""
    if level and level in plan.get("", {}):
        return _number(plan[""][level], total)
    rows = [row for name, row in plan.items() if name and level in row]
    if not level or not rows or any("" in row for row in plan.values()):
        return None
    return sum(_number(row[level], total) for row in rows)


def _number(wanted: int | float, total: int) -> float:
    """A number of questions; a share is one of all."""
    return wanted * total if isinstance(wanted, float) else wanted


def _lengths(snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    """How long stems, right options and wrong options are, in characters that a learner sees."""
    stems = [
        (len(shown.stem), shown.entry.id)
        for chapter in snapshot.chapters
        for shown in chapter.questions
        if shown.state is State.NOW and shown.entry.retired is None
    ]
    options: dict[bool, list[tuple[int, str]]] = {True: [], False: []}
    for chapter in snapshot.bank.chapters:
        owners = Owners(chapter.entries)
        for question in chapter.compared:
            owner = owners.of(question.where.line)
            for length, is_correct in zip(question.lengths, question.marks, strict=True):
                options[is_correct].append((length, owner.id if owner else ""))
    width = _width([*options[True], *options[False]])
    yield _histogram("stems", stems, _width(stems))
    yield _histogram("right options", options[True], width)
    yield _histogram("wrong options", options[False], width)


def _histogram(name: str, lengths: Sequence[tuple[int, str]], width: int) -> dict[str, Any]:
    counts = Counter(min(length // width, _BARS - 1) for length, _ in lengths)
    longest = max(lengths, default=(0, ""))
    return {
        "name": name,
        "width": width,
        "bars": [counts[bar] for bar in range(_BARS)],
        "median": median(length for length, _ in lengths) if lengths else 0,
        "longest": longest[0],
        "longest_id": longest[1],
    }


def _width(lengths: Sequence[tuple[int, str]]) -> int:
    """How many characters a bar stands for, so that nearly all texts have one."""
    ordered = sorted(length for length, _ in lengths)
    most = ordered[int(len(ordered) * 0.98)] if ordered else 0
    return next((width for width in _ROUND if width * _BARS > most), _ROUND[-1])


def _places(bank: RenderedBank) -> list[dict[str, Any]]:
    """Where the right option stands in each chapter, by how many options there are.

    Only questions with one right option count. `kept` are those whose options keep their order, so
    that learners see the places.
    """
    rows = []
    for chapter in bank.chapters:
        kept, shuffled = Counter[int](), Counter[int]()
        for question in chapter.compared:
            if question.marks.count(True) == 1:
                (kept if question.keeps_order else shuffled)[question.marks.index(True)] += 1
        most = max([*kept, *shuffled], default=-1) + 1
        rows.append(
            {
                "chapter": chapter.title,
                "kept": [kept[place] for place in range(most)],
                "shuffled": [shuffled[place] for place in range(most)],
            }
        )
    return rows


def _findings(snapshot: Snapshot) -> dict[str, Any]:
    chapters = {chapter.path: chapter.title for chapter in snapshot.bank.chapters}
    by_path: dict[str, list[Diagnostic]] = {path: [] for path in chapters}
    for diagnostic in snapshot.diagnostics:
        by_path.setdefault(diagnostic.where.path, []).append(diagnostic)
    rules = Counter((diagnostic.name, diagnostic.severity) for diagnostic in snapshot.diagnostics)
    return {
        "chapters": [
            {"name": chapters.get(path) or _in_bank(path, snapshot), "counts": _by_severity(told)}
            for path, told in by_path.items()
        ],
        "rules": [
            {"name": name, "severity": severity, "number": number}
            for (name, severity), number in rules.most_common(_MOST_RULES)
        ],
    }


def _in_bank(path: str, snapshot: Snapshot) -> str:
    """A file's path in the bank."""
    file, home = PurePosixPath(path), PurePosixPath(snapshot.bank.folder)
    return str(file.relative_to(home)) if file.is_relative_to(home) else path


def _by_severity(diagnostics: Iterable[Diagnostic]) -> list[int]:
    counts = Counter(diagnostic.severity for diagnostic in diagnostics)
    return [counts[severity] for severity in Severity]
