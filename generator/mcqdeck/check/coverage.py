"""Rules about what a bank asks as a whole: its objectives, and its plan against what is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from mcqdeck.diagnostic import Finding
from mcqdeck.model import Bank, Config, Place, Question

_ROUNDING = 1 + 1e-9  # questions by which a share may be missed


def objective_without_question(banks: Sequence[Bank]) -> Iterator[Finding]:
    """An objective that no question names is one that a learner never practises.

    Write a question for it, or take it out of `[objectives]`. Retired questions do not count.
    """
    for bank in filter(_is_whole, banks):
        named = {question.objective for question in _asked(bank)}
        places = dict(bank.config.places)
        for name, _ in bank.config.objectives:
            if name not in named:
                yield Finding(
                    places.get(f"objectives.{name}", Place(bank.config.path)),
                    f"no question has the objective `{name}`",
                    "write a question for it, or take it out",
                    len(name),
                )


def plan_mismatch(banks: Sequence[Bank]) -> Iterator[Finding]:
    """A bank that strays from its plan drills some things too much and others too little.

    Write what is missing, retire what is too much, or change `[plan]`. A number must be met; a
    share of the bank's questions, such as `"5%"`, may be missed by one question. Where the plan has
    objectives, or levels, those that it leaves out should have no questions. Retired questions do
    not count.
    """
    for bank in filter(_is_whole, banks):
        if bank.config.plan:
            yield from _mismatches(bank.config, _asked(bank))


def _mismatches(config: Config, questions: Sequence[Question]) -> Iterator[Finding]:
    rows = dict(config.plan)
    levels = dict(rows.pop("", ()))
    objectives = Counter(question.objective or "" for question in questions)
    for name, row in rows.items():
        own = Counter(question.level or "" for question in questions if question.objective == name)
        yield from _compared(config, name, _faults(own, dict(row), len(questions)))
    own = Counter(question.level or "" for question in questions)
    for level, aim in levels.items():
        there = Counter({"": own[level]})
        yield from _compared(config, level, _faults(there, {"": aim}, len(questions)))
    for counts, planned in ((objectives, rows), (own, levels)):
        for name, number in counts.items():
            if planned and name and name not in planned:
                yield from _compared(config, name, [f"{number} not planned"])


def _faults(there: Counter[str], row: dict[str, int | float], questions: int) -> list[str]:
    """What is too few and too many at each level, or at all levels together (`""`)."""
    if "" in row:
        there = Counter({"": there.total()})
    faults = []
    for level, aim in row.items():
        have, due, slack = there[level], float(aim), 0.0
        if isinstance(aim, float):
            due, slack = aim * questions, _ROUNDING
        if abs(have - due) > slack:
            off = f"{max(1, round(abs(have - due)))} {level}".rstrip()
            word = "too few" if have < due else "too many"
            faults.append(f"{off} {word} ({have} of {due:.0f})")
    for level, number in sorted(there.items()):
        if level not in row:
            faults.append(f"{number} {level or 'without a level'} not planned")
    return faults


def _compared(config: Config, name: str, faults: Sequence[str]) -> Iterator[Finding]:
    """What is wrong with one entry of the plan, or with a name that it has not."""
    if faults:
        places = dict(config.places)
        where = places.get(f"plan.{name}") or places.get("plan") or Place(config.path)
        yield Finding(
            where,
            f"`{name}`: {', '.join(faults)}",
            "write or retire questions, or change the plan",
            len(name) if f"plan.{name}" in places else 1,
        )


def _is_whole(bank: Bank) -> bool:
    """Whether all chapters could be read, so that it is known what the bank lacks."""
    return all(chapter.is_whole for chapter in bank.chapters)


def _asked(bank: Bank) -> list[Question]:
    return [question for question in bank.questions if question.retired is None]
