"""A bank in numbers: as tables with bars for people, as JSON for tools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from mcqdeck.report.columns import bar, cut, padded, table, width
from mcqdeck.report.json import as_text
from mcqdeck.report.summary import counted
from mcqdeck.report.visible import visible
from mcqdeck.statistics import BankStatistics, Count, KeyPlaces, ObjectiveCount, Spread

_BAR = 24
_LONGEST_NAME = 32
_NUMBER = 2  # the column that ends at one place
_NO_NAME = "(none)"

Piece = tuple[str, str]
Line = list[Piece]


def bank_statistics_as_json(banks: Iterable[BankStatistics]) -> str:
    """A list of objects, one a bank, of the shape that `docs/statistics.md` has."""
    return as_text([_as_object(bank) for bank in banks])


def _as_object(bank: BankStatistics) -> dict[str, object]:
    numbers = asdict(bank)
    numbers["lengths"] = {kind: asdict(spread) for kind, spread in bank.lengths}
    grades = numbers.pop("grades")
    numbers["reading"] = None if grades is None else {"formula": "Coleman-Liau", "parts": grades}
    return numbers


def bank_statistics(bank: BankStatistics) -> Iterator[Line]:
    """Lines for people, as pieces of text with a style each."""
    yield [(f"{visible(bank.title)} ({visible(bank.folder)})", "bold")]
    yield [(_summary(bank), "")]
    yield from _section("By chapter", _chapters(bank))
    yield from _section("By objective", _counts(bank.objectives))
    yield from _section("By level", _counts(bank.levels))
    yield from _section("By objective and level", _grid(bank))
    yield from _section("By difficulty", _counts(bank.difficulties))
    yield from _section(f"Lengths in {bank.unit}", _lengths(bank.lengths))
    yield from _section("Place of the right option", _places(bank))
    yield from _section("Reading grade (Coleman and Liau)", _grades(bank))


def _summary(bank: BankStatistics) -> str:
    chapters = counted(len(bank.chapters), "chapter")
    parts = [f"{counted(bank.questions, 'question')} in {chapters}"]
    parts.append(counted(bank.flashcards, "flashcard"))
    if bank.retired:
        parts.append(f"{bank.retired:,} retired, which do not count below")
    if bank.several_right:
        parts.append(f"{bank.several_right:,} with several right options")
    return ", ".join(parts)


def _section(title: str, lines: Iterable[Line]) -> Iterator[Line]:
    all_lines = list(lines)
    if all_lines:
        yield []
        yield [(title, "bold")]
        for line in all_lines:
            yield [("  ", ""), *line]


def _chapters(bank: BankStatistics) -> Iterator[Line]:
    counts = [Count(chapter.title, chapter.questions) for chapter in bank.chapters]
    return _counts(counts)


def _counts(counts: Sequence[Count]) -> Iterator[Line]:
    """A line for each: name, text, number, what was planned, a bar."""
    most = max((max(count.questions, count.planned or 0) for count in counts), default=0)
    columns = [_cells(count) for count in counts]
    sizes = [max(map(width, texts), default=0) for texts in zip(*columns, strict=True)]
    for count, cells in zip(counts, columns, strict=True):
        text = "  ".join(
            padded(cell, size, is_right=position == _NUMBER)
            for position, (cell, size) in enumerate(zip(cells, sizes, strict=True))
            if size
        )
        style = "yellow" if _strays(count) else ""
        yield [(f"{text}  ", style), (bar(count.questions, most, _BAR), "cyan")]


def _cells(count: Count) -> tuple[str, str, str, str]:
    text = count.text if isinstance(count, ObjectiveCount) else ""
    name = cut(visible(count.name), _LONGEST_NAME) or _NO_NAME
    number = f"{count.questions:,}"
    return name, cut(visible(text), _LONGEST_NAME), number, _plan(count)


def _plan(count: Count) -> str:
    if count.planned is None:
        return ""
    share = f" ({100 * count.share:g} %)" if count.share is not None else ""
    return f"of {count.planned:,g}{share}"


def _strays(count: Count) -> bool:
    """Whether a number is not what was planned; a share may be missed by one question."""
    if count.planned is None:
        return False
    slack = 0.0 if count.share is None else 1.0
    return abs(count.questions - count.planned) > slack


def _grid(bank: BankStatistics) -> Iterator[Line]:
    """Objectives down, levels across; `7/8` is seven where eight are planned."""
    if not bank.levels or not any(objective.levels for objective in bank.objectives):
        return
    levels = [level.name for level in bank.levels]
    rows = [["", *(cut(visible(name), 14) or _NO_NAME for name in levels)]]
    for objective in bank.objectives:
        cells = {level.name: level for level in objective.levels}
        name = cut(visible(objective.name), _LONGEST_NAME) or _NO_NAME
        rows.append([name, *(_cell(cells.get(level)) for level in levels)])
    for line in table(rows):
        yield [(line, "")]


def _cell(count: Count | None) -> str:
    if count is None:
        return "0"
    return str(count.questions) if count.planned is None else f"{count.questions}/{count.planned:g}"


def _lengths(lengths: Sequence[tuple[str, Spread]]) -> Iterator[Line]:
    if not lengths:
        return
    rows = [["", "texts", "least", "25 %", "median", "75 %", "most", "mean"]]
    for kind, spread in lengths:
        numbers = (spread.least, spread.lower, spread.median, spread.upper, spread.most)
        shown = [f"{round(number, 1):,g}" for number in numbers]
        rows.append([kind, f"{spread.texts:,}", *shown, f"{spread.mean:,.1f}"])
    for line in table(rows):
        yield [(line, "")]


def _places(bank: BankStatistics) -> Iterator[Line]:
    for places in bank.keys:
        yield [(f"among {places.options} options, {_questions(places)}", "")]
        most = max(places.keys)
        size = len(f"{most:,}")
        for place, number in enumerate(places.keys, 1):
            text = f"  {place:2}  {padded(f'{number:,}', size, is_right=True)}  "
            yield [(text, ""), (bar(number, most, _BAR), "cyan")]
    longest = bank.longest_key
    if longest.questions:
        share = 100 * longest.longest / longest.questions
        how_many = f"{longest.longest:,} of {longest.questions:,} ({share:.0f} %)"
        yield [(f"the longest option in {how_many}; by chance in {longest.expected:,g}", "")]


def _questions(places: KeyPlaces) -> str:
    return counted(sum(places.keys), "question")


def _grades(bank: BankStatistics) -> Iterator[Line]:
    if bank.grades is None:
        yield [(f"for English only; this bank is in `{visible(bank.language)}`", "")]
        return
    for grade in bank.grades:
        shown = "too few words to tell" if grade.grade is None else f"{grade.grade:g}"
        yield [(f"{padded(grade.part, 11)}  {shown}  ({counted(grade.words, 'word')})", "")]
