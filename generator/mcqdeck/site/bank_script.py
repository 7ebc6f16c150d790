"""What the scripts know of a bank: its words and its chapters, which the first page has in itself,
and of each question what choosing needs, which comes after it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

from mcqdeck.model import LEVELS, Entry, RenderedBank
from mcqdeck.site.addresses import file_name
from mcqdeck.words import KEYS, Counted, Words

_RETIRED, _FLASHCARD = 1, 2


@dataclass(frozen=True, slots=True)
class ChapterEntry:
    """A chapter as the first page knows it: its key, its data's and its page's address.

    `title` tells it from all other chapters of the bank; `subdeck` is its title on cards.
    """

    key: str
    title: str
    subdeck: str
    data: str
    page: str
    questions: tuple[Entry, ...]

    @property
    def count(self) -> int:
        """How many questions it has; those that are retired do not count."""
        return sum(question.retired is None for question in self.questions)


def level_name(level: str, words: Words) -> str:
    """What a learner reads for a level: a usual one is said in the bank's language."""
    return str(getattr(words.card, f"level_{level}")) if level in LEVELS else level


def spoken(words: Words) -> dict[str, str | dict[str, str]]:
    """All words by their keys; one that counts has its forms by category."""
    messages: dict[str, str | dict[str, str]] = {}
    for group, field in KEYS.values():
        message: Counted = getattr(getattr(words, group), field)
        messages[field] = message if isinstance(message, str) else dict(message.forms())
    return messages


def bank_data(
    bank: RenderedBank, words: Words, chapters: Sequence[ChapterEntry], field_names: Sequence[str]
) -> dict[str, object]:
    """What the first page needs at once, but for the addresses of scripts."""
    config = bank.config
    exam = config.exam
    questions = [question for chapter in chapters for question in chapter.questions]
    return {
        "id": config.id,
        "title": config.title,
        "language": config.language,
        "spoken": words.language,
        "words": spoken(words),
        "fields": list(field_names),
        "chapters": [
            {
                "key": chapter.key,
                "title": chapter.title,
                "subdeck": chapter.subdeck,
                "data": chapter.data,
                "page": chapter.page,
            }
            for chapter in chapters
        ],
        "exam": {
            "questions": exam.questions if exam else None,
            "minutes": exam.minutes if exam else None,
            "pass": exam.pass_percent if exam else None,
        },
        "renamed": renamed(dict(config.renamed)),
        "hasFlashcards": config.flashcards
        and any(question.has_flashcard for question in questions),
    }


def question_data(
    bank: RenderedBank, words: Words, chapters: Sequence[ChapterEntry]
) -> dict[str, object]:
    """What choosing needs: each question, and what they are told apart by."""
    config = bank.config
    questions = [question for chapter in chapters for question in chapter.questions]
    codes = dict(config.objectives)
    for question in questions:
        if question.objective:
            codes.setdefault(question.objective, "")
    used = {question.level for question in questions}
    levels = [level for level in config.levels if level in used]
    tags = sorted({tag for question in questions for tag in question.tags}, key=str.casefold)
    places = _Places(list(codes), levels, tags)
    return {
        "objectives": list(codes.items()),
        "levels": [(level, level_name(level, words)) for level in levels],
        "tags": tags,
        "questions": [
            [places.row(question, flashcards=config.flashcards) for question in chapter.questions]
            for chapter in chapters
        ],
        "plan": [
            {
                "objective": objective,
                "level": level,
                "amount": amount,
                "isShare": isinstance(amount, float),
            }
            for objective, row in config.plan
            for level, amount in row
        ],
        "pages": {
            question.id: name
            for question in questions
            if (name := file_name(question.id)) != question.id
        },
    }


def renamed(newer_to_older: Mapping[str, str]) -> dict[str, str]:
    """Today's id for each older one, over any number of steps; circles are left out."""
    older_to_newer = {older: newer for newer, older in newer_to_older.items()}
    newest: dict[str, str] = {}
    for first, newer in older_to_newer.items():
        seen = {first}
        here = newer
        while here in older_to_newer and here not in seen:
            seen.add(here)
            here = older_to_newer[here]
        if here not in seen:
            newest[first] = here
    return newest


class _Places:
    """Objectives, levels and tags by their places, so that a question's row is short."""

    def __init__(self, objectives: list[str], levels: list[str], tags: list[str]) -> None:
        self._objectives = {name: place for place, name in enumerate(objectives)}
        self._levels = {name: place for place, name in enumerate(levels)}
        self._tags = {name: place for place, name in enumerate(tags)}

    def row(self, question: Entry, *, flashcards: bool) -> list[object]:
        """Id, objective, level, difficulty, marks, tags."""
        marks = _RETIRED * (question.retired is not None)
        marks += _FLASHCARD * (flashcards and question.has_flashcard)
        return [
            question.id,
            self._objectives.get(question.objective or "", -1),
            self._levels.get(question.level or "", -1),
            question.difficulty or 0,
            marks,
            *dict.fromkeys(self._tags[tag] for tag in question.tags),
        ]


def all_words(words: Words) -> Mapping[str, Counted]:
    """Every message by its field's name, for templates."""
    groups = (words.card, words.site, words.practice, words.progress, words.exam)
    return {field.name: getattr(group, field.name) for group in groups for field in fields(group)}
