"""The rules for questions and banks: `RULES`, `ADVICE` and `BANK_RULES` are the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mcqdeck.check.catch_all import all_of_the_above, none_of_the_above
from mcqdeck.check.combined import combined_options, repeated_parts
from mcqdeck.check.coverage import objective_without_question, plan_mismatch
from mcqdeck.check.customs import (
    long_option,
    long_stem,
    missing_level,
    missing_objective,
    missing_tags,
    option_count,
)
from mcqdeck.check.duplicates import conflicting_keys, duplicate_question
from mcqdeck.check.explanation import (
    missing_explanation,
    missing_rationale,
    thin_explanation,
    unrelated_explanation,
)
from mcqdeck.check.flashcard import needs_options
from mcqdeck.check.hints import article_cue, convergence, key_repeats_stem
from mcqdeck.check.identity import duplicate_id
from mcqdeck.check.item import Item, items
from mcqdeck.check.key_cues import key_length_cue, key_position_cue
from mcqdeck.check.lengths import key_longest, length_outlier
from mcqdeck.check.likeness import near_duplicate
from mcqdeck.check.links import link_without_definition
from mcqdeck.check.negation import negative_not_emphasised, negative_stem
from mcqdeck.check.options import (
    all_options_correct,
    choose_mismatch,
    empty_option,
    no_correct_option,
    one_option,
)
from mcqdeck.check.order import number_order
from mcqdeck.check.overlap import overlapping_options
from mcqdeck.check.owner import Owners
from mcqdeck.check.places import option_named_by_place
from mcqdeck.check.references import option_refers_to_others
from mcqdeck.check.stem import empty_stem
from mcqdeck.check.stem_form import blank_in_stem, unfocused_stem
from mcqdeck.check.style import style_import, style_remote
from mcqdeck.check.tidiness import capital_checkbox, doubled_spaces
from mcqdeck.check.weighing import ALL, UNUSED_ALLOW, Selection, Weights, weigh
from mcqdeck.check.wording import absolute_terms, uneven_options, vague_terms
from mcqdeck.diagnostic import Diagnostic, Ground, Rule, Severity, name_of
from mcqdeck.model import Bank

__all__ = [
    "ADVICE",
    "ALL",
    "BANK_RULES",
    "BETWEEN_BANKS",
    "RULES",
    "UNUSED_ALLOW",
    "Item",
    "Owners",
    "Selection",
    "Weights",
    "check_banks",
    "check_questions",
    "weigh",
]

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
MEASURED, READ = Ground.MEASURED, Ground.READ
CERTAIN, CUSTOM = Ground.CERTAIN, Ground.CUSTOM

RULES: tuple[Rule, ...] = (
    Rule(ERROR, empty_stem),
    Rule(ERROR, one_option),
    Rule(ERROR, no_correct_option),
    Rule(ERROR, all_options_correct),
    Rule(ERROR, choose_mismatch),
    Rule(ERROR, empty_option),
)
"""What every question must have: each function takes a `Question`."""

ADVICE: tuple[Rule, ...] = (
    Rule(WARNING, all_of_the_above, MEASURED, is_english=True),
    Rule(WARNING, none_of_the_above, MEASURED, is_english=True),
    Rule(WARNING, number_order, MEASURED),
    Rule(WARNING, overlapping_options, READ),
    Rule(WARNING, combined_options, MEASURED, is_english=True),
    Rule(INFO, repeated_parts, MEASURED, is_english=True),
    Rule(WARNING, key_longest, MEASURED),
    Rule(INFO, length_outlier, MEASURED),
    Rule(WARNING, article_cue, CERTAIN, is_english=True),
    Rule(INFO, key_repeats_stem, MEASURED, is_english=True),
    Rule(WARNING, negative_not_emphasised, READ, is_english=True),
    Rule(INFO, negative_stem, MEASURED, is_english=True),
    Rule(INFO, unfocused_stem, MEASURED, is_english=True),
    Rule(INFO, blank_in_stem, MEASURED),
    Rule(INFO, absolute_terms, MEASURED, is_on=False, is_english=True),
    Rule(INFO, vague_terms, MEASURED, is_on=False, is_english=True),
    Rule(INFO, convergence, MEASURED, is_on=False, is_english=True),
    Rule(INFO, uneven_options, MEASURED, is_on=False, is_english=True),
    Rule(ERROR, option_named_by_place, CERTAIN, is_english=True),
    Rule(ERROR, option_refers_to_others, CERTAIN, is_english=True),
    Rule(WARNING, missing_explanation, CERTAIN),
    Rule(INFO, thin_explanation, CERTAIN),
    Rule(INFO, unrelated_explanation, CERTAIN, is_english=True),
    Rule(INFO, option_count, CERTAIN),
    Rule(WARNING, needs_options, CERTAIN, is_english=True),
    Rule(INFO, doubled_spaces, CERTAIN),
    Rule(INFO, capital_checkbox, CERTAIN),
    Rule(WARNING, missing_rationale, CUSTOM, is_on=False, is_strict=True),
    Rule(WARNING, missing_objective, CUSTOM, is_on=False, is_strict=True),
    Rule(WARNING, missing_level, CUSTOM, is_on=False, is_strict=True),
    Rule(WARNING, missing_tags, CUSTOM, is_on=False),
    Rule(INFO, long_stem, CUSTOM, is_on=False),
    Rule(INFO, long_option, CUSTOM, is_on=False),
)
"""What makes a question a good one: each function takes an `Item`."""

BANK_RULES: tuple[Rule, ...] = (
    Rule(ERROR, duplicate_id),
    Rule(ERROR, duplicate_question, CERTAIN),
    Rule(ERROR, conflicting_keys, CERTAIN),
    Rule(WARNING, near_duplicate, CERTAIN),
    Rule(WARNING, key_length_cue, CERTAIN),
    Rule(WARNING, key_position_cue, CERTAIN),
    Rule(INFO, objective_without_question, CERTAIN, is_strict=True),
    Rule(INFO, plan_mismatch, CERTAIN, is_strict=True),
    Rule(WARNING, link_without_definition, CERTAIN),
    Rule(WARNING, style_remote),
    Rule(WARNING, style_import),
)
"""What concerns banks as a whole: each function takes the banks of one run."""

BETWEEN_BANKS = frozenset(map(name_of, (duplicate_question, conflicting_keys, near_duplicate)))
"""The names of the rules that compare the banks of one run with each other."""


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
