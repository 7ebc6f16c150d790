"""Rules about questions that a bank, or another bank of the same run, has already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mcqdeck.check.content import asked, content, outline
from mcqdeck.check.item import Item, items
from mcqdeck.diagnostic import Finding
from mcqdeck.model import Bank, Passage


@dataclass(frozen=True, slots=True)
class Repeat:
    """A question whose stem another one had before it, with the same key or with another."""

    item: Item
    first: Item
    has_same_key: bool


def duplicate_question(banks: Sequence[Bank]) -> Iterator[Finding]:
    """A learner gets the same question twice, and two schedules for one fact.

    Remove one of them, or retire it if it was published. Two questions are the same if their stems
    and their keys are, whatever the case, the punctuation and the markup; another image or other
    code makes another question. Two banks that are checked together are compared too.
    """
    for repeat in repeats(banks):
        if repeat.has_same_key:
            yield at_stem(
                repeat.item,
                f"the same question as {place_of(repeat.first)}",
                "remove one of them, or retire it if it was published",
            )


def conflicting_keys(banks: Sequence[Bank]) -> Iterator[Finding]:
    """The same question with another right answer marks a learner wrong for having learned.

    Correct the key that is wrong, or say in each stem what it alone asks. A stem such as "Which
    statement is true?" may stand twice only where the two share no option and no flashcard is made
    of one of them: two flashcards would show the same front and want different answers.
    """
    for repeat in repeats(banks):
        if not repeat.has_same_key:
            yield at_stem(
                repeat.item,
                f"the same stem as {place_of(repeat.first)}, with another key",
                "correct the key that is wrong, or let each stem say what it alone asks",
            )


def repeats(banks: Sequence[Bank]) -> Iterator[Repeat]:
    """The questions whose stem repeats an earlier one and that learners cannot tell from it."""
    outlined: defaultdict[str, list[Item]] = defaultdict(list)
    for bank in banks:
        for item in items(bank):
            outlined[outline(item.question.stem.text)].append(item)
    for alike in outlined.values():
        if len(alike) > 1:
            groups: defaultdict[str, list[Item]] = defaultdict(list)
            for item in alike:
                groups[asked(item.question.stem)].append(item)
            for group in groups.values():
                yield from _repeats_of(group)


def at_stem(item: Item, message: str, advice: str) -> Finding:
    """A finding that points at the first line of a question's stem."""
    stem = item.question.stem
    return Finding(stem.where, message, advice, _first_line(stem))


def place_of(item: Item) -> str:
    """Where a question's stem stands, as text."""
    where = item.question.stem.where
    return f"{where.path}:{where.line}"


def _repeats_of(group: Sequence[Item]) -> Iterator[Repeat]:
    """What each item of one stem repeats: the first with its key, or else one it clashes with."""
    by_keys: dict[frozenset[str], Item] = {}
    by_option: dict[str, Item] = {}
    flashcard: Item | None = None
    for item in group:
        question = item.question
        has_flashcard = item.config.flashcards and question.has_flashcard
        options = {_text(option.text): option.is_correct for option in question.options}
        keys = frozenset(text for text, is_correct in options.items() if is_correct)
        if same := by_keys.get(keys):
            yield Repeat(item, same, has_same_key=True)
        else:
            other = flashcard if has_flashcard else None
            other = other or next((by_option[text] for text in options if text in by_option), None)
            if other:
                yield Repeat(item, other, has_same_key=False)
        by_keys.setdefault(keys, item)
        for text in options:
            by_option.setdefault(text, item)
        if has_flashcard and flashcard is None:
            flashcard = item


def _text(passage: Passage) -> str:
    return content(passage.text) or passage.text.strip()


def _first_line(passage: Passage) -> int:
    return max(1, len(passage.text.lstrip().partition("\n")[0].rstrip()))
