"""What there is in a bank, in numbers: values that `counting` makes and `report` shows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    """How many questions there are of one thing: an objective, a level, a difficulty.

    The name is empty for questions that have none.
    """

    name: str
    questions: int
    planned: float | None = None
    """How many the plan wants, if it says."""

    share: float | None = None
    """The share of the bank's questions that the plan wants, where it says it so."""


@dataclass(frozen=True, slots=True)
class ObjectiveCount(Count):
    """An objective with its text, and its questions by level."""

    text: str = ""
    levels: tuple[Count, ...] = ()


@dataclass(frozen=True, slots=True)
class ChapterCount:
    """A chapter. `questions` are those in use."""

    path: str
    title: str
    questions: int
    retired: int


@dataclass(frozen=True, slots=True)
class Spread:
    """How long texts of one kind are, in the unit of the bank's language.

    All are numbers of words, or of characters; none of them is there without texts.
    """

    texts: int
    least: int
    lower: float
    """The lower quartile."""

    median: float
    upper: float
    """The upper quartile."""

    most: int
    mean: float


@dataclass(frozen=True, slots=True)
class KeyPlaces:
    """Where the right option stands, of the questions with one right option and `options` of all.

    `keys[0]` counts the questions in which it is the first one in the source.
    """

    options: int
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LongestKey:
    """In how many of `questions` the right option is longer than every other, and how often chance
    would have it.
    """

    questions: int
    longest: int
    expected: float


@dataclass(frozen=True, slots=True)
class Grade:
    """How hard texts are to read, as a grade of school in the United States."""

    part: str
    words: int
    grade: float | None
    """None where the texts are too short to tell."""


@dataclass(frozen=True, slots=True)
class BankStatistics:
    """A bank in numbers. Retired questions count in `retired` only."""

    folder: str
    id: str
    title: str
    language: str
    questions: int
    retired: int
    flashcards: int
    several_right: int
    """Questions with more than one right option."""

    chapters: tuple[ChapterCount, ...]
    objectives: tuple[ObjectiveCount, ...]
    levels: tuple[Count, ...]
    difficulties: tuple[Count, ...]
    unit: str
    """`words`, or `characters` in languages that do not part words."""

    lengths: tuple[tuple[str, Spread], ...]
    """By kind of text: stem, right option, wrong option, rationale, explanation."""

    keys: tuple[KeyPlaces, ...]
    longest_key: LongestKey
    grades: tuple[Grade, ...] | None
    """None in a bank that is not in English."""

    unread: tuple[str, ...] = ()
    """The paths of chapters that are there and may not be read, and so count nowhere."""
