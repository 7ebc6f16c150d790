"""The rules for questions and banks. The tables below name them all.

Each rule is a function in a file of its name, in a folder that says what it takes:

    form/      what every question must have: takes a `Question`
    advice/    what makes a question a good one: takes a `CheckedQuestion`
    bank/      what concerns banks as a whole: takes all banks of a run
    analysis/  what several rules need to know; no rules
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from mcqdeck.diagnostic import Diagnostic, Ground, RuleFor, Severity
from mcqdeck.model import Allowance, Chapter, Compared, Config, Question, RenderedBank
from mcqdeck.rules.advice.absolute_terms import absolute_terms
from mcqdeck.rules.advice.all_of_the_above import all_of_the_above
from mcqdeck.rules.advice.article_cue import article_cue
from mcqdeck.rules.advice.blank_in_stem import blank_in_stem
from mcqdeck.rules.advice.capital_checkbox import capital_checkbox
from mcqdeck.rules.advice.combined_options import combined_options
from mcqdeck.rules.advice.convergence import convergence
from mcqdeck.rules.advice.doubled_spaces import doubled_spaces
from mcqdeck.rules.advice.image_without_text import image_without_text
from mcqdeck.rules.advice.key_longest import key_longest
from mcqdeck.rules.advice.key_repeats_stem import key_repeats_stem
from mcqdeck.rules.advice.length_outlier import length_outlier
from mcqdeck.rules.advice.link_without_definition import link_without_definition
from mcqdeck.rules.advice.long_option import long_option
from mcqdeck.rules.advice.long_stem import long_stem
from mcqdeck.rules.advice.missing_explanation import missing_explanation
from mcqdeck.rules.advice.missing_level import missing_level
from mcqdeck.rules.advice.missing_objective import missing_objective
from mcqdeck.rules.advice.missing_rationale import missing_rationale
from mcqdeck.rules.advice.missing_tags import missing_tags
from mcqdeck.rules.advice.needs_options import needs_options
from mcqdeck.rules.advice.negative_not_emphasised import negative_not_emphasised
from mcqdeck.rules.advice.negative_stem import negative_stem
from mcqdeck.rules.advice.none_of_the_above import none_of_the_above
from mcqdeck.rules.advice.number_order import number_order
from mcqdeck.rules.advice.option_count import option_count
from mcqdeck.rules.advice.option_named_by_place import option_named_by_place
from mcqdeck.rules.advice.option_refers_to_others import option_refers_to_others
from mcqdeck.rules.advice.overlapping_options import overlapping_options
from mcqdeck.rules.advice.repeated_parts import repeated_parts
from mcqdeck.rules.advice.thin_explanation import thin_explanation
from mcqdeck.rules.advice.unannounced_keys import unannounced_keys
from mcqdeck.rules.advice.uneven_options import uneven_options
from mcqdeck.rules.advice.unfinished_text import unfinished_text
from mcqdeck.rules.advice.unfocused_stem import unfocused_stem
from mcqdeck.rules.advice.unrelated_explanation import unrelated_explanation
from mcqdeck.rules.advice.vague_terms import vague_terms
from mcqdeck.rules.analysis.banks import CheckedBanks
from mcqdeck.rules.analysis.compared import compared as compared_of
from mcqdeck.rules.analysis.overview import overview
from mcqdeck.rules.analysis.owners import Owners
from mcqdeck.rules.analysis.question import CheckedQuestion, checked_questions
from mcqdeck.rules.bank.conflicting_keys import conflicting_keys
from mcqdeck.rules.bank.duplicate_id import duplicate_id
from mcqdeck.rules.bank.duplicate_question import duplicate_question
from mcqdeck.rules.bank.key_length_cue import key_length_cue
from mcqdeck.rules.bank.key_position_cue import key_position_cue
from mcqdeck.rules.bank.near_duplicate import near_duplicate
from mcqdeck.rules.bank.objective_without_question import objective_without_question
from mcqdeck.rules.bank.plan_mismatch import plan_mismatch
from mcqdeck.rules.bank.shared_options import shared_options
from mcqdeck.rules.form.all_options_correct import all_options_correct
from mcqdeck.rules.form.choose_mismatch import choose_mismatch
from mcqdeck.rules.form.empty_option import empty_option
from mcqdeck.rules.form.empty_stem import empty_stem
from mcqdeck.rules.form.no_correct_option import no_correct_option
from mcqdeck.rules.form.one_option import one_option
from mcqdeck.rules.severities import ALL_RULES, Selection, Severities, Suppressions
from mcqdeck.rules.unused_allow import unused_allow

__all__ = [
    "ADVICE_RULES",
    "ALL_RULES",
    "BANK_RULES",
    "COMPARE_BANKS",
    "FORM_RULES",
    "UNUSED_ALLOW",
    "CheckedBanks",
    "CheckedQuestion",
    "Owners",
    "Selection",
    "Severities",
    "apply_settings",
    "check_banks",
    "check_chapter",
    "compared",
    "overview",
]

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
MEASURED, READ = Ground.MEASURED, Ground.READ
CERTAIN, CUSTOM = Ground.CERTAIN, Ground.CUSTOM

FORM_RULES: tuple[RuleFor[Question], ...] = (
    RuleFor(ERROR, empty_stem),
    RuleFor(ERROR, one_option),
    RuleFor(ERROR, no_correct_option),
    RuleFor(ERROR, all_options_correct),
    RuleFor(ERROR, choose_mismatch),
    RuleFor(ERROR, empty_option),
)

ADVICE_RULES: tuple[RuleFor[CheckedQuestion], ...] = (
    RuleFor(WARNING, all_of_the_above, MEASURED),
    RuleFor(WARNING, none_of_the_above, MEASURED),
    RuleFor(WARNING, number_order, MEASURED),
    RuleFor(WARNING, overlapping_options, READ),
    RuleFor(WARNING, combined_options, MEASURED, is_english=True),
    RuleFor(INFO, repeated_parts, MEASURED, is_english=True),
    RuleFor(WARNING, key_longest, MEASURED),
    RuleFor(INFO, length_outlier, MEASURED),
    RuleFor(WARNING, article_cue, CERTAIN, is_english=True),
    RuleFor(INFO, key_repeats_stem, MEASURED, is_on=False, is_english=True),
    RuleFor(WARNING, negative_not_emphasised, READ, is_english=True),
    RuleFor(INFO, negative_stem, MEASURED, is_english=True),
    RuleFor(INFO, unfocused_stem, MEASURED, is_english=True),
    RuleFor(INFO, blank_in_stem, MEASURED),
    RuleFor(INFO, absolute_terms, MEASURED, is_on=False, is_english=True),
    RuleFor(INFO, vague_terms, MEASURED, is_on=False, is_english=True),
    RuleFor(INFO, convergence, MEASURED, is_on=False, is_english=True),
    RuleFor(INFO, uneven_options, MEASURED, is_on=False, is_english=True),
    RuleFor(ERROR, option_named_by_place, CERTAIN, is_english=True),
    RuleFor(ERROR, option_refers_to_others, CERTAIN, is_english=True),
    RuleFor(WARNING, missing_explanation, CERTAIN),
    RuleFor(INFO, thin_explanation, CERTAIN),
    RuleFor(INFO, unrelated_explanation, CERTAIN, is_english=True),
    RuleFor(INFO, option_count, CERTAIN),
    RuleFor(WARNING, needs_options, CERTAIN, is_english=True),
    RuleFor(WARNING, link_without_definition, CERTAIN),
    RuleFor(WARNING, unfinished_text, CERTAIN),
    RuleFor(INFO, image_without_text, CERTAIN, in_strict=WARNING),
    RuleFor(INFO, doubled_spaces, CERTAIN),
    RuleFor(INFO, capital_checkbox, CERTAIN),
    RuleFor(WARNING, unannounced_keys, CUSTOM, is_on=False, is_strict=True, is_english=True),
    RuleFor(WARNING, missing_rationale, CUSTOM, is_on=False, is_strict=True),
    RuleFor(WARNING, missing_objective, CUSTOM, is_on=False, is_strict=True),
    RuleFor(WARNING, missing_level, CUSTOM, is_on=False, is_strict=True),
    RuleFor(WARNING, missing_tags, CUSTOM, is_on=False),
    RuleFor(INFO, long_stem, CUSTOM, is_on=False),
    RuleFor(INFO, long_option, CUSTOM, is_on=False),
)

BANK_RULES: tuple[RuleFor[CheckedBanks], ...] = (
    RuleFor(ERROR, duplicate_id),
    RuleFor(ERROR, duplicate_question, CERTAIN),
    RuleFor(ERROR, conflicting_keys, CERTAIN),
    RuleFor(WARNING, near_duplicate, CERTAIN),
    RuleFor(WARNING, key_length_cue, CERTAIN),
    RuleFor(WARNING, key_position_cue, CERTAIN),
    RuleFor(INFO, objective_without_question, CERTAIN, is_strict=True),
    RuleFor(INFO, plan_mismatch, CERTAIN, is_strict=True),
    RuleFor(INFO, shared_options, CERTAIN, in_strict=WARNING),
)

UNUSED_ALLOW: RuleFor[Allowance] = RuleFor(WARNING, unused_allow)

_COMPARING = (duplicate_question, conflicting_keys, near_duplicate)

COMPARE_BANKS = frozenset(rule.name for rule in BANK_RULES if rule.function in _COMPARING)
"""The rules that compare the banks of a run, and so may find less in a run of one bank."""


def check_chapter(chapter: Chapter, config: Config, on: Collection[str]) -> Iterator[Diagnostic]:
    """What the rules whose names are `on` find in each question of a chapter."""
    for question in chapter.questions:
        for rule in FORM_RULES:
            for finding in rule.function(question):
                yield rule.diagnose(finding)
    advice = [(rule, rule.function) for rule in ADVICE_RULES if rule.name in on]
    for checked in checked_questions(chapter.questions, config):
        for advice_rule, function in advice:
            for finding in function(checked):
                yield advice_rule.diagnose(finding)


def compared(chapter: Chapter, config: Config) -> tuple[Compared, ...]:
    """What the rules for banks must know of a chapter's questions."""
    return tuple(compared_of(checked_questions(chapter.questions, config)))


def check_banks(
    checked: CheckedBanks, all_severities: Sequence[Severities]
) -> Iterator[Diagnostic]:
    """What the rules that are on in any of the banks find in them as a whole, and between them."""
    for rule in BANK_RULES:
        if any(rule.name in severities for severities in all_severities):
            yield from rule.check(checked)


def apply_settings(
    bank: RenderedBank,
    severities: Severities,
    diagnostics: Iterable[Diagnostic],
    incomplete: Collection[str] = (),
) -> Iterator[Diagnostic]:
    """Applies the bank's severities, and drops what its questions suppress.

    A question that suppresses a rule which finds nothing there gets a diagnostic for that, unless
    the rule is off, or is one of those in `incomplete`, which may find more in another run.
    """
    suppressions = Suppressions(bank)
    for diagnostic in diagnostics:
        if not suppressions.cover(diagnostic) and (applied := severities.apply(diagnostic)):
            yield applied
    for allowance in suppressions.unused():
        if allowance.name in severities and allowance.name not in incomplete:
            for diagnostic in UNUSED_ALLOW.check(allowance):
                if applied := severities.apply(diagnostic):
                    yield applied
