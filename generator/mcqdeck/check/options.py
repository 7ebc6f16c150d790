"""Rules about a question's options and which of them are right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mcqdeck.diagnostic import Edit, Finding
from mcqdeck.model import Question

_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_CHOOSE = re.compile(
    r"(?:^|[.?!:;(*_])[ \t]*(?:choose|select|pick|mark)\s+(?:the\s+|any\s+|exactly\s+|only\s+)?"
    r"(?P<number>one|two|three|four|five|six|[1-9])\b(?!\s+or\b)",
    re.IGNORECASE | re.MULTILINE,
)


def one_option(question: Question) -> Iterator[Finding]:
    """With a single option there is nothing to choose.

    Give at least two; three or four that a learner could believe are best.
    """
    if len(question.options) == 1:
        yield Finding(
            question.options[0].where,
            "the question has only one option",
            "add at least one option that is wrong",
            3,
        )


def no_correct_option(question: Question) -> Iterator[Finding]:
    """Without a right option the card would call every answer wrong.

    Mark the right option with `[x]`.
    """
    if len(question.options) > 1 and not any(option.is_correct for option in question.options):
        yield Finding(
            question.options[0].where,
            "no option is marked as right",
            "write `[x]` before the right one",
            5,
        )


def all_options_correct(question: Question) -> Iterator[Finding]:
    """Where every option is right, every answer is, and nothing is practised.

    Mark only the right ones with `[x]`, or add one that is wrong.
    """
    if len(question.options) > 1 and all(option.is_correct for option in question.options):
        yield Finding(
            question.options[0].where,
            "every option is marked as right",
            "write `[ ]` before the wrong ones",
            5,
        )


def choose_mismatch(question: Question) -> Iterator[Finding]:
    """A learner who is told to choose two and must choose three is marked wrong for reading well.

    Let the number in the stem and in `choose` be the number of options marked `[x]`.
    """
    number = sum(option.is_correct for option in question.options)
    if number == 0:
        return
    advice = f"let it say {number}, or mark with `[x]` as many options as it says"
    marked = "1 is marked" if number == 1 else f"{number} are marked"
    match = _CHOOSE.search(question.stem.text)
    word = match["number"] if match else ""
    said = (_NUMBERS.get(word.casefold()) or int(word)) if word else None
    if question.choose not in (None, number):
        where, end = dict(question.values)["choose"], question.choose_end
        is_certain = said in (None, number)
        yield Finding(
            where,
            f"`choose` says {question.choose}, and {marked} as right",
            advice,
            edits=(Edit(where, end, str(number)),) if end and is_certain else (),
        )
    if match and said != number:
        where = question.stem.at(match.start("number"))
        yield Finding(where, f"the stem says {word}, and {marked} as right", advice, len(word))


def empty_option(question: Question) -> Iterator[Finding]:
    """An option without text is a choice between something and nothing.

    Write its text after the checkbox, on the same line.
    """
    for option in question.options:
        if not option.text.shown:
            yield Finding(
                option.where,
                "the option has no text",
                "write its text after the checkbox, or remove it",
                5,
            )
