"""The numbers of one bank."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import fmean, quantiles

from mcqdeck.counting.reading_grade import grades_of
from mcqdeck.model import Chapter, Config, Question
from mcqdeck.rules.analysis.question import in_use, is_english
from mcqdeck.statistics import (
    BankStatistics,
    ChapterCount,
    Count,
    KeyPlaces,
    LongestKey,
    ObjectiveCount,
    Spread,
)

_PARTS_NO_WORDS = frozenset({"bo", "ja", "km", "lo", "my", "th", "zh"})
_Plan = Mapping[str, int | float]


def statistics_of(folder: str, config: Config, chapters: Iterable[Chapter]) -> BankStatistics:
    """A bank, of which these chapters count, in numbers."""
    counted: list[ChapterCount] = []
    questions: list[Question] = []
    for chapter in chapters:
        used = list(in_use(chapter.questions))
        retired = len(chapter.questions) - len(used)
        counted.append(ChapterCount(chapter.path, chapter.title, len(used), retired))
        questions += used
    unit = "characters" if _is_without_spaces(config.language) else "words"
    return BankStatistics(
        folder=folder,
        id=config.id,
        title=config.title,
        language=config.language,
        questions=len(questions),
        retired=sum(chapter.retired for chapter in counted),
        flashcards=sum(config.flashcards and question.has_flashcard for question in questions),
        several_right=sum(_right(question) > 1 for question in questions),
        chapters=tuple(counted),
        objectives=tuple(_objectives(config, questions)),
        levels=tuple(_levels(config, questions)),
        difficulties=tuple(_difficulties(questions)),
        unit=unit,
        lengths=tuple(_lengths(questions, unit)),
        keys=tuple(_key_places(questions)),
        longest_key=_longest_key(questions),
        grades=grades_of(questions) if is_english(config) else None,
    )


def _is_without_spaces(language: str) -> bool:
    return language.partition("-")[0].casefold() in _PARTS_NO_WORDS


def _right(question: Question) -> int:
    return sum(option.is_correct for option in question.options)


def _objectives(config: Config, questions: Sequence[Question]) -> Iterator[ObjectiveCount]:
    """The objectives of `deck.toml` and of the plan in their order, then all others, then none."""
    plan = {name: dict(row) for name, row in config.plan if name}
    known = dict(config.objectives)
    by_name: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        by_name[question.objective or ""].append(question)
    others = sorted(name for name in by_name if name)
    names = dict.fromkeys([*known, *plan, *others, *([""] if "" in by_name else [])])
    for name in names if set(names) != {""} else ():
        of_objective, row = by_name[name], plan.get(name, {})
        levels = Counter(question.level or "" for question in of_objective)
        planned = round(_sum(row, len(questions)), 1) if row else None
        share = row.get("")
        yield ObjectiveCount(
            name,
            len(of_objective),
            planned,
            share if isinstance(share, float) else None,
            text=known.get(name, ""),
            levels=tuple(
                _count(level, levels[level], row, len(questions))
                for level in _in_order(config.levels, (*levels, *filter(None, row)))
            ),
        )


def _sum(row: _Plan, questions: int) -> float:
    """How many questions a row of the plan wants together."""
    return sum(
        amount * questions if isinstance(amount, float) else amount for amount in row.values()
    )


def _levels(config: Config, questions: Sequence[Question]) -> Iterator[Count]:
    rows = [dict(row) for name, row in config.plan if not name]
    plan: dict[str, int | float] = rows[0] if rows else {}
    named = [dict(row) for name, row in config.plan if name]
    if not plan and named and all("" not in row for row in named):
        for row in named:
            for level, amount in row.items():
                plan[level] = plan.get(level, 0) + _sum({level: amount}, len(questions))
        plan = {level: round(amount) for level, amount in plan.items()}
    counts = Counter(question.level or "" for question in questions)
    names = _in_order(config.levels, (*counts, *plan))
    for level in names if set(names) != {""} else ():
        yield _count(level, counts[level], plan, len(questions))


def _in_order(known: Sequence[str], used: Iterable[str]) -> list[str]:
    """Levels in the bank's order; the empty name last."""
    there = set(used)
    ordered = [level for level in known if level in there]
    return [*ordered, *sorted(there.difference(known, {""})), *([""] if "" in there else [])]


def _difficulties(questions: Sequence[Question]) -> Iterator[Count]:
    counts = Counter(question.difficulty for question in questions)
    if set(counts) - {None}:
        for difficulty in range(1, 6):
            yield Count(str(difficulty), counts[difficulty])
        if counts[None]:
            yield Count("", counts[None])


def _count(name: str, number: int, plan: _Plan, questions: int) -> Count:
    wanted = plan.get(name) if name in plan else None
    if isinstance(wanted, float) and questions:
        return Count(name, number, round(wanted * questions, 1), wanted)
    return Count(name, number, None if wanted is None else float(wanted))


def _lengths(questions: Sequence[Question], unit: str) -> Iterator[tuple[str, Spread]]:
    texts: dict[str, list[str]] = {
        "stem": [question.stem.shown for question in questions],
        "right option": [],
        "wrong option": [],
        "rationale": [],
        "explanation": [
            question.explanation.shown for question in questions if question.explanation
        ],
    }
    for question in questions:
        for option in question.options:
            texts["right option" if option.is_correct else "wrong option"].append(option.text.shown)
            if option.rationale:
                texts["rationale"].append(option.rationale.shown)
    for kind, said in texts.items():
        if said:
            lengths = [len(text.split()) if unit == "words" else len(text) for text in said]
            yield kind, _spread(lengths)


def _spread(lengths: Sequence[int]) -> Spread:
    lower, median, upper = (
        quantiles(lengths, n=4, method="inclusive") if len(lengths) > 1 else [float(lengths[0])] * 3
    )
    mean = round(fmean(lengths), 1)
    return Spread(len(lengths), min(lengths), lower, median, upper, max(lengths), mean)


def _with_one_right(questions: Iterable[Question]) -> Iterator[Question]:
    return (
        question for question in questions if _right(question) == 1 and len(question.options) > 1
    )


def _key_places(questions: Sequence[Question]) -> Iterator[KeyPlaces]:
    places: dict[int, Counter[int]] = defaultdict(Counter)
    for question in _with_one_right(questions):
        marks = [option.is_correct for option in question.options]
        places[len(marks)][marks.index(True)] += 1
    for size, counts in sorted(places.items()):
        yield KeyPlaces(size, tuple(counts[place] for place in range(size)))


def _longest_key(questions: Sequence[Question]) -> LongestKey:
    longest = number = 0
    expected = 0.0
    for question in _with_one_right(questions):
        right = next(len(option.text.shown) for option in question.options if option.is_correct)
        wrong = max(len(option.text.shown) for option in question.options if not option.is_correct)
        number += 1
        longest += right > wrong
        expected += 1 / len(question.options)
    return LongestKey(number, longest, round(expected, 1))
