"""The rules for questions and banks: `RULES` and `BANK_RULES` are the tables of them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mcqdeck.check.identity import duplicate_id
from mcqdeck.check.options import (
    all_options_correct,
    choose_mismatch,
    empty_option,
    no_correct_option,
    one_option,
)
from mcqdeck.check.stem import empty_stem
from mcqdeck.diagnostic import Diagnostic, Rule, Severity
from mcqdeck.model import Bank

RULES: tuple[Rule, ...] = (
    Rule(Severity.ERROR, empty_stem),
    Rule(Severity.ERROR, one_option),
    Rule(Severity.ERROR, no_correct_option),
    Rule(Severity.ERROR, all_options_correct),
    Rule(Severity.ERROR, choose_mismatch),
    Rule(Severity.ERROR, empty_option),
)
BANK_RULES: tuple[Rule, ...] = (Rule(Severity.ERROR, duplicate_id),)


def check_questions(bank: Bank) -> Iterator[Diagnostic]:
    """What the rules find in each question of a bank."""
    for question in bank.questions:
        for rule in RULES:
            for finding in rule.function(question):
                yield rule.diagnose(finding)


def check_banks(banks: Sequence[Bank]) -> Iterator[Diagnostic]:
    """What the rules find in banks as a whole, and between them."""
    for rule in BANK_RULES:
        for finding in rule.function(banks):
            yield rule.diagnose(finding)
