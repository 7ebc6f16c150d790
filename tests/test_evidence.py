"""The stored figures of the rules that were measured against people's labels."""

import json
from importlib import resources
from typing import Any

import pytest

from mcqdeck.diagnostic import Ground, Rule, Severity
from mcqdeck.rules import ADVICE_RULES, BANK_RULES

TEXT = resources.files("mcqdeck.report").joinpath("evidence.json").read_text(encoding="utf-8")
EVIDENCE: dict[str, Any] = json.loads(TEXT)
MEASURED = [rule for rule in ADVICE_RULES if rule.ground is Ground.MEASURED]


def test_the_figures_are_those_of_rules_there_are() -> None:
    rules: tuple[Rule, ...] = (*ADVICE_RULES, *BANK_RULES)

    assert set(EVIDENCE["rules"]) <= {rule.name for rule in rules}


@pytest.mark.parametrize("rule", MEASURED, ids=lambda rule: rule.name)
def test_a_measured_rule_has_its_figures(rule: Rule) -> None:
    figures = EVIDENCE["rules"][rule.name]

    assert figures["per_100"] >= 0
    for share in (figures.get("precision"), figures.get("recall")):
        if share is not None:
            value, low, high = share
            assert 0 <= low <= value <= high <= 1


@pytest.mark.parametrize("rule", MEASURED, ids=lambda rule: rule.name)
def test_a_rule_that_was_measured_warns_only_where_people_mostly_agree(rule: Rule) -> None:
    precision = EVIDENCE["rules"][rule.name].get("precision")

    if precision and rule.is_on and rule.severity is not Severity.INFO:
        assert precision[0] >= 0.9


def test_a_reader_found_the_sampled_warnings_right() -> None:
    sample = EVIDENCE["sample"]

    assert sample["read"] >= 30
    assert sample["right"] / sample["read"] >= 0.9
    assert sum(counts["read"] for counts in sample["rules"].values()) == sample["read"]
