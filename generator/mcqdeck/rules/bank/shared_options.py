"""The rule `shared-options`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from mcqdeck.diagnostic import Finding, Severity
from mcqdeck.model import Compared, Place
from mcqdeck.rules.analysis.banks import CheckedBanks, overview_of
from mcqdeck.rules.analysis.overview import shareable
from mcqdeck.rules.analysis.question import is_whole

_MOST_SHARED = 0.1  # of a bank's questions; beyond it, the options are part of a pattern


def shared_options(checked: CheckedBanks) -> Iterator[Finding]:
    """Where questions share their options, whoever remembers the other questions' keys finds the
    answer without reading the stem, and distractors that fit no stem in particular teach nothing.

    Write options for the stem that they stand under. Counted are the questions of a bank whose
    options are those of another question, all or, of four or more, all but one. A few sets of
    matching questions are fine; in the rule set `strict` it is a warning where more than a tenth
    of the bank shares its options. Retired questions and pairs such as True/False do not count.
    """
    for bank in filter(is_whole, checked.banks):
        shared = _shared(checked.may_share_options(bank))
        if shared:
            pair, number = shared[0], len(shared)
            total = sum(overview_of(chapter).with_options for chapter in bank.chapters)
            is_pattern = number > _MOST_SHARED * total
            yield Finding(
                dict(bank.config.places).get("id", Place(bank.config.path)),
                f"{number} of {total} questions share their options with another, such as "
                f"{pair.where.path}:{pair.where.line}",
                "write options that are made for their stem",
                severity=Severity.WARNING
                if is_pattern and bank.config.rule_set == "strict"
                else None,
            )


def _shared(questions: Iterable[Compared]) -> list[Compared]:
    """The questions whose options another one has too, all or all but one."""
    questions = list(questions)
    groups: defaultdict[frozenset[str], list[int]] = defaultdict(list)
    for position, question in enumerate(questions):
        for options in shareable(frozenset(question.options)):
            groups[options].append(position)
    shared = {position for group in groups.values() if len(group) > 1 for position in group}
    return [questions[position] for position in sorted(shared)]
