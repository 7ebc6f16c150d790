"""A rule stands where its name says: in a file of its own, in the folder of what it takes."""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from mcqdeck.diagnostic import Rule, RuleFor, Severity
from mcqdeck.model import Question
from mcqdeck.rules import (
    ADVICE_RULES,
    BANK_RULES,
    COMPARE_BANKS,
    FORM_RULES,
    CheckedBanks,
    CheckedQuestion,
)

TABLES: dict[str, tuple[Rule, ...]] = {
    "form": FORM_RULES,
    "advice": ADVICE_RULES,
    "bank": BANK_RULES,
}
RULES = [(folder, rule) for folder, rules in TABLES.items() for rule in rules]


@pytest.mark.parametrize(
    ("folder", "rule"), RULES, ids=lambda value: value.name if isinstance(value, Rule) else value
)
def test_a_rule_is_in_the_file_of_its_name(folder: str, rule: Rule) -> None:
    name = rule.name.replace("-", "_")
    module = importlib.import_module(f"mcqdeck.rules.{folder}.{name}")

    assert getattr(module, name) is rule.function
    assert module.__doc__ is not None
    assert module.__doc__.startswith(f"The rule `{rule.name}`")


@pytest.mark.parametrize("folder", TABLES)
def test_a_folder_has_no_file_that_is_no_rule_of_its_table(folder: str) -> None:
    package = importlib.import_module(f"mcqdeck.rules.{folder}")
    files = {path.stem for path in Path(package.__path__[0]).glob("*.py")} - {"__init__"}

    assert files == {rule.name.replace("-", "_") for rule in TABLES[folder]}


def test_a_file_has_no_other_public_function() -> None:
    for folder, rule in RULES:
        name = rule.name.replace("-", "_")
        module = importlib.import_module(f"mcqdeck.rules.{folder}.{name}")
        functions = {
            other
            for other, value in vars(module).items()
            if getattr(value, "__module__", None) == module.__name__
            and callable(value)
            and not isinstance(value, type)
            and not other.startswith("_")
        }

        assert functions == {name}


def test_the_rules_that_compare_banks_are_rules_for_banks() -> None:
    assert {rule.name for rule in BANK_RULES} >= COMPARE_BANKS


def test_a_rule_of_another_kind_is_refused_in_a_table() -> None:
    """What `mypy --strict` holds: it says so if one of these comments is not needed any more."""
    form, advice, bank = FORM_RULES[0], ADVICE_RULES[0], BANK_RULES[0]

    rules_for_questions: Sequence[RuleFor[Question]] = (
        form,
        advice,  # type: ignore[assignment]
    )
    rules_for_advice: Sequence[RuleFor[CheckedQuestion]] = (
        advice,
        RuleFor(Severity.INFO, bank.function),  # type: ignore[arg-type]
    )
    rules_for_banks: Sequence[RuleFor[CheckedBanks]] = (
        bank,
        RuleFor(Severity.INFO, form.function),  # type: ignore[arg-type]
    )

    assert len(rules_for_questions) == len(rules_for_advice) == len(rules_for_banks) == 2
