"""What a rule is for, what it rests on, and a bad and a good example of it."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from mcqdeck.diagnostic import Rule

Interval = tuple[float, float, float]
"""A share and the ends of its 95 % confidence interval, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """How a rule fared on items that people had labelled, and how often it speaks."""

    date: str
    items: int = 0
    """How many were judged; 0 where there are no labels for it."""

    faulty: int = 0
    """How many of them are labelled as faulty."""

    precision: Interval | None = None
    recall: Interval | None = None
    per_100: float | None = None
    """Its findings per 100 questions of the corpus, if counted."""


def evidence_of(name: str) -> Evidence | None:
    """What was measured of a rule, `None` where nothing was."""
    measured = _packaged("evidence.json")
    figures = measured["rules"].get(name)
    if figures is None:
        return None
    return Evidence(
        date=measured["date"],
        items=figures.get("items", 0),
        faulty=figures.get("positives", 0),
        precision=_interval(figures.get("precision")),
        recall=_interval(figures.get("recall")),
        per_100=figures.get("per_100"),
    )


def default_of(rule: Rule) -> str:
    """A rule's severity unless a bank overrides it: `warning`, `off`, `error in strict`."""
    words = rule.severity.value if rule.is_on else "off"
    return f"{words}, error in `strict`" if rule.is_strict else words


def why_and_what(rule: Rule) -> tuple[str, str]:
    """The two parts of a rule's explanation: why the fault hurts, and what to write instead."""
    why, _, what = inspect.cleandoc(rule.function.__doc__ or "").partition("\n\n")
    return " ".join(why.split()), " ".join(what.split())


def grounds(rule: Rule) -> str:
    """What a rule rests on, in one or two sentences; empty for a fault in form."""
    if rule.ground is None:
        return ""
    evidence = evidence_of(rule.name)
    said = [f"{rule.ground.value.capitalize()}."]
    if evidence and evidence.precision:
        said.append(
            f"Right in {_percent(evidence.precision)} of its findings, and finds "
            f"{_percent(evidence.recall)} of the faults, on {evidence.items} labelled items "
            f"of which {evidence.faulty} are faulty ({evidence.date})."
        )
    elif evidence and evidence.recall is not None:
        said.append(
            f"It found nothing on {evidence.items} labelled items, of which {evidence.faulty} are "
            f"faulty ({evidence.date})."
        )
    if read := _packaged("evidence.json").get("sample", {}).get("rules", {}).get(rule.name):
        said.append(f"{read['right']} of {read['read']} findings that were read were right.")
    if evidence and evidence.per_100 is not None:
        said.append(f"{evidence.per_100:g} findings per 100 questions of a public corpus.")
    if rule.is_english:
        said.append("It reads English, and is off in a bank with another language.")
    return " ".join(said)


def explained(rule: Rule) -> Iterator[str]:
    """A rule's page, as lines for a terminal."""
    why, what = why_and_what(rule)
    yield f"{rule.name} ({default_of(rule).replace('`', '')})"
    yield ""
    yield why
    yield ""
    yield what
    if words := grounds(rule):
        yield ""
        yield f"Evidence: {words}"
    example = _packaged("examples.json").get(rule.name)
    for kind in ("bad", "good"):
        if example:
            yield ""
            yield f"{kind.capitalize()}:"
            yield ""
            yield from (f"    {line}".rstrip() for line in example[kind].splitlines())


def listed(rules: Sequence[Rule]) -> Iterator[str]:
    """A line for each rule: its default, its name, and why."""
    width = max(len(rule.name) for rule in rules)
    for rule in sorted(rules, key=lambda listed_rule: listed_rule.name):
        why = why_and_what(rule)[0]
        severity = rule.severity.value if rule.is_on else "off"
        yield f"{rule.name:{width}}  {severity:7}  {why}"


def readings() -> Iterator[str]:
    """What a person found who read findings drawn at random, as lines of Markdown."""
    measured = _packaged("evidence.json")
    sample = measured.get("sample")
    if not sample:
        return
    data = measured["data"]
    by_rule = ", ".join(
        f"`{name}` {reading['right']} of {reading['read']}"
        for name, reading in sample["rules"].items()
    )
    yield (
        f"Measured on {measured['date']}. The labels are the {data['labels']['name']}; the last "
        f"column is from the {data['corpus']['name']}, {sample['questions']:,} questions. Of "
        f"{sample['read']} warnings and errors that were drawn there at random and read one by "
        f"one, {sample['right']} were right: {by_rule}."
    )


@cache
def _packaged(name: str) -> Any:
    """The content of a JSON file of the package."""
    return json.loads((files("mcqdeck.report") / name).read_text(encoding="utf-8"))


def _interval(values: list[float] | None) -> Interval | None:
    return (values[0], values[1], values[2]) if values else None


def _percent(interval: Interval | None) -> str:
    if interval is None:
        return "an unknown part"
    share, low, high = (f"{100 * value:.0f}" for value in interval)
    return f"{share} % (95 % interval {low} to {high})"
