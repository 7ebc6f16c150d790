"""From questions to the rows of a table, under our own header."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mcqdeck.exchange.item import Contents, Item
from mcqdeck.exchange.losses import ALL, Part
from mcqdeck.identity import option_letter

HOLDS = ALL - {Part.FILES, Part.SETTINGS}


def rows(contents: Contents) -> Iterator[list[str]]:
    """The header and a row for each question; a column that none needs is left out."""
    most = max((len(item.options) for item in contents.items), default=2)
    names = _names(max(most, 2))
    body = [_row(item, max(most, 2)) for item in contents.items]
    used = [
        number
        for number, name in enumerate(names)
        if name in _ALWAYS or any(row[number] for row in body)
    ]
    for row in (names, *body):
        yield [row[number] for number in used]


_ALWAYS = frozenset({"id", "stem", "option a", "option b", "answer", "format"})


def _names(options: int) -> list[str]:
    letters = [option_letter(number) for number in range(options)]
    return [
        *("id", "chapter", "stem"),
        *(f"option {letter}" for letter in letters),
        "answer",
        *(f"rationale {letter}" for letter in letters),
        *("explanation", "references", "objective", "level", "difficulty", "tags"),
        *("shuffle", "flashcard", "retired", "format"),
    ]


def _row(item: Item, options: int) -> list[str]:
    texts = [option.text.markdown for option in item.options]
    rationales = [option.rationale.markdown for option in item.options]
    keys = [
        option_letter(number) for number, option in enumerate(item.options) if option.is_correct
    ]
    return [
        item.id,
        "::".join(item.category),
        item.stem.markdown,
        *_filled(texts, options),
        ", ".join(keys).upper(),
        *_filled(rationales, options),
        item.explanation.markdown,
        item.references.markdown,
        item.objective,
        item.level,
        "" if item.difficulty is None else str(item.difficulty),
        " ".join(item.tags),
        "no" if item.keeps_order and not item.is_true_false else "",
        "" if item.has_flashcard else "no",
        item.retired,
        "markdown",
    ]


def _filled(texts: Sequence[str], number: int) -> list[str]:
    return [*texts, *([""] * (number - len(texts)))]
