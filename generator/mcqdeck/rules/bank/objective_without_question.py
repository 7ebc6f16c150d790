"""The rule `objective-without-question`."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.diagnostic import Finding
from mcqdeck.model import Place
from mcqdeck.rules.analysis.banks import CheckedBanks
from mcqdeck.rules.analysis.question import in_use, is_whole


def objective_without_question(checked: CheckedBanks) -> Iterator[Finding]:
    """An objective that no question names is one that a learner never practises.

    Write a question for it, or remove it from `[objectives]`. Retired questions do not count.
    """
    for bank in filter(is_whole, checked.banks):
        named = {question.objective for question in in_use(bank.entries)}
        places = dict(bank.config.places)
        for name, _ in bank.config.objectives:
            if name not in named:
                yield Finding(
                    places.get(f"objectives.{name}", Place(bank.config.path)),
                    f"no question has the objective `{name}`",
                    "write a question for it, or remove it",
                    len(name),
                )
