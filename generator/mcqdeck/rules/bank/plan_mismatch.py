"""The rule `plan-mismatch`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from mcqdeck.diagnostic import Finding
from mcqdeck.model import Config, Entry, Place
from mcqdeck.rules.analysis.banks import CheckedBanks
from mcqdeck.rules.analysis.question import in_use, is_whole

_SLACK_OF_SHARE = 1 + 1e-9  # questions by which a share may be missed, with room for rounding


def plan_mismatch(checked: CheckedBanks) -> Iterator[Finding]:
    """With a bank that strays from its plan, learners practise some things too much and others too
    little.

    Write what is missing, retire what is too much, or change `[plan]`. A number must be met; a
    share of the bank's questions, such as `"5%"`, may be missed by one question. Where the plan has
    objectives, or levels, those that it leaves out should have no questions. Retired questions do
    not count.
    """
    for bank in filter(is_whole, checked.banks):
        if bank.config.plan:
            yield from _mismatches(bank.config, list(in_use(bank.entries)))


def _mismatches(config: Config, questions: Sequence[Entry]) -> Iterator[Finding]:
    rows = dict(config.plan)
    planned_levels = dict(rows.pop("", ()))
    for name, row in rows.items():
        counts = Counter(
            question.level or "" for question in questions if question.objective == name
        )
        yield from _finding(config, name, _differences(counts, dict(row), len(questions)))
    by_level = Counter(question.level or "" for question in questions)
    for level, planned in planned_levels.items():
        counts = Counter({"": by_level[level]})
        yield from _finding(config, level, _differences(counts, {"": planned}, len(questions)))
    by_objective = Counter(question.objective or "" for question in questions)
    for counts, names in ((by_objective, rows), (by_level, planned_levels)):
        for name, number in counts.items():
            if names and name and name not in names:
                yield from _finding(config, name, [f"{number} not planned"])


def _differences(counts: Counter[str], row: dict[str, int | float], questions: int) -> list[str]:
    """Where the counts differ from a row of the plan, by level, or at all levels together (`""`).

    `questions` is the number of which a planned share is one.
    """
    if "" in row:
        counts = Counter({"": counts.total()})
    differences = []
    for level, planned in row.items():
        number, aim, slack = counts[level], float(planned), 0.0
        if isinstance(planned, float):
            aim, slack = planned * questions, _SLACK_OF_SHARE
        if abs(number - aim) > slack:
            off = f"{max(1, round(abs(number - aim)))} {level}".rstrip()
            word = "too few" if number < aim else "too many"
            differences.append(f"{off} {word} ({number} of {aim:.0f})")
    for level, number in sorted(counts.items()):
        if level not in row:
            differences.append(f"{number} {level or 'without a level'} not planned")
    return differences


def _finding(config: Config, name: str, differences: Sequence[str]) -> Iterator[Finding]:
    """A finding at one entry of the plan, or at the plan if it has no such entry."""
    if differences:
        places = dict(config.places)
        where = places.get(f"plan.{name}") or places.get("plan") or Place(config.path)
        yield Finding(
            where,
            f"`{name}`: {', '.join(differences)}",
            "write or retire questions, or change the plan",
            len(name) if f"plan.{name}" in places else 1,
        )
