"""The rules for questions and banks: `RULES`, `ADVICE` and `BANK_RULES` are the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mcqdeck.check.identity import duplicate_id
from mcqdeck.check.item import Item, items
from mcqdeck.check.options import (
    all_options_correct,
    choose_mismatch,
    empty_option,
    no_correct_option,
    one_option,
)
from mcqdeck.check.stem import empty_stem
from mcqdeck.check.weighing import ALL, UNUSED_ALLOW, Selection, Weights, weigh
from mcqdeck.diagnostic import Diagnostic, Ground, Rule, Severity
from mcqdeck.model import Bank

__all__ = [
    "ADVICE",
    "ALL",
    "BANK_RULES",
    "RULES",
    "UNUSED_ALLOW",
    "Item",
    "Selection",
    "Weights",
    "check_banks",
    "check_questions",
    "weigh",
]

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
MEASURED, CERTAIN, CUSTOM = Ground.MEASURED, Ground.CERTAIN, Ground.CUSTOM

RULES: tuple[Rule, ...] = (
    Rule(ERROR, empty_stem),
    Rule(ERROR, one_option),
    Rule(ERROR, no_correct_option),
    Rule(ERROR, all_options_correct),
    Rule(ERROR, choose_mismatch),
    Rule(ERROR, empty_option),
)
"""What every question must have: each function takes a `Question`."""

ADVICE: tuple[Rule, ...] = ()
"""What makes a question a good one: each function takes an `Item`."""

BANK_RULES: tuple[Rule, ...] = (Rule(ERROR, duplicate_id),)
"""What concerns banks as a whole: each function takes the banks of one run."""


def check_questions(bank: Bank, weights: Weights) -> Iterator[Diagnostic]:
    """What the rules that are on find in each question of a bank."""
    for question in bank.questions:
        for rule in RULES:
            for finding in rule.function(question):
                yield rule.diagnose(finding)
    advice = [rule for rule in ADVICE if rule.name in weights]
    for item in items(bank):
        for rule in advice:
            for finding in rule.function(item):
                yield rule.diagnose(finding)


def check_banks(banks: Sequence[Bank], weights: Sequence[Weights]) -> Iterator[Diagnostic]:
    """What the rules that are on in any of the banks find in them as a whole, and between them."""
    for rule in BANK_RULES:
        if any(rule.name in each for each in weights):
            for finding in rule.function(banks):
                yield rule.diagnose(finding)
