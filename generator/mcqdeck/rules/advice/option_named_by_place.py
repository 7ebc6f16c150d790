"""The rule `option-named-by-place`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mcqdeck.diagnostic import Finding
from mcqdeck.markdown.pattern import pattern
from mcqdeck.model import Passage
from mcqdeck.rules.analysis.option_names import (
    NOUN,
    Naming,
    Way,
    is_after_acronym,
    letters_alone,
    may_have_letters_alone,
    may_name_options,
    names_beside_nouns,
    names_by_place,
)
from mcqdeck.rules.analysis.passages import has_own_material
from mcqdeck.rules.analysis.question import CheckedQuestion
from mcqdeck.rules.analysis.spans import on_one_line, span

_ARTICLE = pattern(r"\ba(?=\s+\w)|(?:\A|(?<=[.?!]\s))A(?=\s+\w)")
"""The article, which is no letter: `a` in `by a dog`, `A` at the start of `A dog barks.`."""


def option_named_by_place(checked: CheckedQuestion) -> Iterator[Finding]:
    """Options are shuffled, so the words point each learner to another option, usually a wrong one.

    Say it in the option's own words, or write it as that option's rationale, as a quote under it.
    """
    if not checked.is_shuffled:
        return
    question = checked.question
    answers = [option.rationale for option in question.options if option.rationale]
    if question.explanation:
        answers.append(question.explanation)
    together = "\n".join([question.stem.prose, *(passage.prose for passage in answers)])
    if may_name_options(together):
        for passage in (question.stem, *answers):
            if may_name_options(passage.prose):
                yield from _named_beside_nouns(checked, passage)
    if may_have_letters_alone(together):
        for passage in answers:
            for naming in letters_alone(passage.prose):
                if _names_option(checked, naming) and not _is_in_stem(checked, naming.name):
                    yield _finding(passage, naming)


def _named_beside_nouns(checked: CheckedQuestion, passage: Passage) -> Iterator[Finding]:
    text = passage.prose
    own_names = _own_names(checked)
    ends: set[int] = set()
    for naming in names_beside_nouns(text):
        is_product = naming.way is Way.NUMBER and is_after_acronym(text, naming.start)
        is_repeated = naming.end in ends  # `answer is B`, with and without `the correct`
        if naming.name in own_names or is_product or is_repeated:
            continue
        if _names_option(checked, naming):
            ends.add(naming.end)
            yield _finding(passage, naming)
    if passage is not checked.question.stem:
        for naming in names_by_place(text):
            yield _finding(passage, naming)


def _own_names(checked: CheckedQuestion) -> frozenset[str]:
    """The letters and numbers that the stem gives to options of its own: `Option A costs 5 …`.

    One alone counts if the stem shows a list, a table, an image or code.
    """
    names = frozenset(
        naming.name for naming in names_beside_nouns(checked.stem) if naming.way is not Way.ANSWER
    )
    is_own = len(names) > 1 or has_own_material(checked.question.stem)
    return names if is_own else frozenset()


def _names_option(checked: CheckedQuestion, naming: Naming) -> bool:
    """Whether there is an option of that letter or number, and no option has the letter in it."""
    if not 0 <= naming.position < len(checked.question.options):
        return False
    return naming.way is Way.NUMBER or not _is_in_options(checked, naming)


def _is_in_options(checked: CheckedQuestion, naming: Naming) -> bool:
    """Whether an option is the letter, or has it as a word.

    `option B` is found in an option only after such a noun, other letters wherever they stand.
    """
    letter = (_letter_beside_noun if naming.way is Way.LETTER else _letter)(naming.name)
    return any(
        letter.search(_without_articles(option.text.shown)) for option in checked.question.options
    )


def _is_in_stem(checked: CheckedQuestion, letter: str) -> bool:
    """Whether the stem uses the letter for something: `Let set A be open.`"""
    return _letter(letter).search(_without_articles(checked.stem)) is not None


@cache
def _letter(name: str) -> re.Pattern[str]:
    """The letter where it stands for itself."""
    return re.compile(rf"(?<![^\W_]){name}(?![^\W_])", re.IGNORECASE)


@cache
def _letter_beside_noun(name: str) -> re.Pattern[str]:
    """The letter where it is all of a text, or stands after `option` or its kin."""
    return re.compile(rf"\A\W*{name}\W*\Z|{NOUN}\s+{name}(?![^\W_])", re.IGNORECASE)


def _without_articles(text: str) -> str:
    return _ARTICLE.sub("", text)


def _finding(passage: Passage, naming: Naming) -> Finding:
    where, length = span(passage, naming.start, naming.end)
    words = on_one_line(passage.text[naming.start : naming.end])
    return Finding(
        where,
        f"`{words}` names an option by its {naming.shown_as}, and the options are shuffled",
        "say it in the option's own words, or put it under that option as its rationale; "
        "a numbered list (`1. [ ]`) keeps its order",
        length,
    )
