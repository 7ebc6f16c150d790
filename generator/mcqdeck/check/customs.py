"""Rules that a bank may have: what every comment holds, how long texts may be, how many options."""

from __future__ import annotations

from collections.abc import Iterator

from mcqdeck.check.item import Item
from mcqdeck.check.pointing import whole
from mcqdeck.diagnostic import Finding

_FEWEST_OPTIONS = 3
_MOST_OPTIONS = 6
_LONGEST_STEM = 80
_LONGEST_OPTION = 30
_MOST_LISTED = 8


def option_count(item: Item) -> Iterator[Finding]:
    """Of two options every other guess is right, and of more than six some are only there to be
    read.

    Give three to five options that a learner could believe; True and False, or Yes and No, may
    stand alone.
    """
    options = item.question.options
    if _FEWEST_OPTIONS <= len(options) <= _MOST_OPTIONS or item.is_pair:
        return
    if len(options) < _FEWEST_OPTIONS:
        message = "with two options every other guess is right"
        advice = "add a wrong option that a learner could believe"
        where = options[0].where
    else:
        message = f"{len(options)} options are more than a learner can weigh against each other"
        advice = "take out those that hardly anybody would choose"
        where = options[_MOST_OPTIONS].where
    yield Finding(where, message, advice, 5)


def missing_objective(item: Item) -> Iterator[Finding]:
    """A question without an objective is missing where learners practise one objective.

    Write `objective: …` in the comment under the heading.
    """
    if not item.question.objective:
        yield _missing(item, "objective", tuple(name for name, _ in item.config.objectives))


def missing_level(item: Item) -> Iterator[Finding]:
    """A question without a level is missing where learners practise one level, and from the plan.

    Write `level: …` in the comment under the heading.
    """
    if not item.question.level:
        yield _missing(item, "level", item.config.levels)


def missing_tags(item: Item) -> Iterator[Finding]:
    """A question without tags is missing where learners search by subject.

    Write `tags: […]` in the comment under the heading, or in the chapter's front matter.
    """
    if not item.question.tags:
        yield Finding(
            item.question.where,
            "the question has no tags",
            "add `tags: […]` to the comment under the heading, or to the chapter's front matter",
            2,
        )


def long_stem(item: Item) -> Iterator[Finding]:
    """A long stem tests how well learners read, and on every review costs them the time again.

    Leave out what is not needed to find the answer; two short questions are better than a long one.
    """
    number = len(item.stem.split())
    if number > _LONGEST_STEM:
        where, length = whole(item.question.stem)
        yield Finding(
            where,
            f"the stem has {number} words, more than {_LONGEST_STEM}",
            "leave out what is not needed to find the answer",
            length,
        )


def long_option(item: Item) -> Iterator[Finding]:
    """Long options must be held in mind all at once to be compared.

    Move what they share into the stem, and reasons into the rationale.
    """
    for option, text in zip(item.question.options, item.options, strict=True):
        number = len(text.split())
        if number > _LONGEST_OPTION:
            where, length = whole(option.text)
            yield Finding(
                where,
                f"the option has {number} words, more than {_LONGEST_OPTION}",
                "move what the options share into the stem, and reasons into the rationale",
                length,
            )


def _missing(item: Item, key: str, values: tuple[str, ...]) -> Finding:
    listed = ", ".join(f"`{value}`" for value in values)
    choice = f", one of {listed}," if 0 < len(values) <= _MOST_LISTED else ""
    return Finding(
        item.question.where,
        f"the question has no {key}",
        f"add `{key}: …`{choice} to the comment under the heading",
        2,
    )
