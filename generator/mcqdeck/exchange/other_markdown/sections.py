"""The stretches of a document: a heading with what stands below it, or a question by its number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from mcqdeck.exchange.other_markdown.begins import Stretch, asked, bulleted, numbered
from mcqdeck.exchange.other_markdown.line import Line, Sign
from mcqdeck.exchange.other_markdown.runs import (
    Number,
    Run,
    number_of,
    plain_lists,
    plain_run,
    runs,
)

_PART = 7  # deeper than any heading
_PART_TITLE = re.compile(
    r"\s{0,3}\*\*((?:part|section|chapter|unit|module|lesson|topic|teil|abschnitt|kapitel|lektion"
    r"|parte|secci[oó]n|cap[ií]tulo|tema|unidad|bloque|partie|chapitre|sezione|capitolo)"
    r"\b[^*]{0,80})\*\*:?[ \t]*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Section:
    """The lines under a heading, which may be none."""

    heading: Line | None

    lines: list[Line] = field(default_factory=list)

    runs: list[Run] = field(default_factory=list)
    """The lists of options among them."""

    begins: bool = False
    """Whether a question begins with the first line."""

    is_chapter: bool = False
    """Whether questions of their own follow below the heading."""

    @property
    def level(self) -> int:
        """The heading's level; 0 for what stands above all headings."""
        return self.heading.level if self.heading else 0

    @property
    def number(self) -> Number | None:
        """The number in the heading."""
        return number_of(self.heading.text) if self.heading else None


def sections_of(all_lines: Sequence[Line]) -> list[Section]:
    """The lines in their sections, in order."""
    sections = [Section(None)]
    before = ""
    for line in all_lines:
        title = _part_title(line) if not before.strip() else ""
        before = line.whole
        if line.sign is Sign.HEADING or title:
            sections.append(Section(replace(line, text=title, level=_PART) if title else line))
        else:
            sections[-1].lines.append(line)
    parts = [part for section in sections for part in _parts(section)]
    stretches = [Stretch(part.lines, _asks(part)) for part in parts]
    return [
        piece
        for part, begins in zip(parts, numbered(stretches), strict=True)
        for piece in _at_questions(part, begins)
    ]


def _part_title(line: Line) -> str:
    """The title of a part that stands alone in bold where a heading might: `**Part II**`."""
    match = _PART_TITLE.fullmatch(line.whole) if line.sign is Sign.TEXT else None
    return match[1].strip(" :") if match else ""


def _asks(section: Section) -> bool:
    """Whether the heading itself may be a question."""
    heading = section.heading
    return heading is not None and (
        section.number is not None or heading.text.rstrip("*_ ").endswith("?")
    )


def _at_questions(section: Section, begins: Sequence[int]) -> Iterator[Section]:
    """A section, parted where questions begin by their number, or by asking."""
    told = [index for index, line in enumerate(section.lines) if line.begins]
    begins = sorted({*begins, *told})
    if begins:
        pieces = list(_cut(section, begins))
    elif not _asks(section) and (items := bulleted(section.lines)):
        pieces = list(_cut(section, items))
    else:
        pieces = [section]
    for piece in pieces:
        yield from (piece,) if _asks(piece) else _cut(piece, _later(piece, asked(piece.lines)))


def _later(section: Section, begins: Sequence[int]) -> list[int]:
    """The indexes without those that belong to the question with which a section begins."""
    if not section.begins:
        return list(begins)
    lists = [run.end for run in (*section.runs, *plain_lists(section.lines))]
    answers = [index for index, line in enumerate(section.lines) if line.sign is Sign.ANSWER]
    end = min((*lists, *answers), default=len(section.lines))
    return [index for index in begins if index >= end]


def _cut(section: Section, begins: Sequence[int]) -> Iterator[Section]:
    """A section up to the first of the indexes, and a section from each of them on."""
    if not begins:
        yield section
        return
    ends = [*begins[1:], len(section.lines)]
    tails = [
        Section(None, section.lines[begin:end], begins=True)
        for begin, end in zip(begins, ends, strict=True)
    ]
    section.lines = section.lines[: begins[0]]
    has_list = any(True for _ in (*runs(section.lines), *plain_lists(section.lines)))
    section.is_chapter = section.heading is not None and not has_list
    for part in (section, *tails):
        part.runs = runs(part.lines)
    if section.lines or section.heading:
        yield section
    yield from tails


def _parts(section: Section) -> Iterator[Section]:
    """A section, parted where a question with a number of its own follows that of its heading."""
    section.runs = runs(section.lines)
    later = [run.start for run in section.runs[1:] if len(run.options) > 1]
    if section.number is not None and later:
        for index in range(section.runs[0].end, later[-1]):
            line = section.lines[index]
            number = None if line.sign is Sign.CODE or line.margin > 3 else number_of(line.whole)
            if number is not None and number.has_word:
                rest = Section(None, section.lines[index:])
                rest.runs = runs(rest.lines)
                section.lines = section.lines[:index]
                section.runs = [run for run in section.runs if run.end <= index]
                yield section
                yield rest
                return
    yield section


def question_level(sections: Sequence[Section]) -> int | None:
    """The level of the headings that are questions: most of them have one list of options."""
    ones: Counter[int] = Counter()
    others: Counter[int] = Counter()
    for section in sections:
        if section.heading is None or section.is_chapter or section.level == _PART:
            continue
        has_one = is_one(section)
        is_plain = not section.runs and plain_run(section.lines) is not None
        if has_one or (section.runs and section.number) or is_plain:
            ones[section.level] += 1
        elif section.runs or not section.number:
            others[section.level] += 1
    levels = [level for level in ones if ones[level] >= others[level]]
    return max(levels, key=lambda level: ones[level], default=None)


def is_one(section: Section) -> bool:
    """Whether a section holds the options of one question."""
    boxed = [run for run in section.runs if not run.is_lettered]
    if not section.runs or _has_number(section):
        return False
    if section.number is not None and boxed:
        return sum(len(run.options) for run in boxed) > 1
    long_runs = [run for run in boxed or section.runs if len(run.options) > 1]
    return len(long_runs) == 1


def _has_number(section: Section) -> bool:
    """Whether a numbered question stands in a section whose heading has no number."""
    before = section.lines[: section.runs[0].start]
    return section.number is None and any(
        number_of(line.whole) is not None for line in before if line.sign is not Sign.CODE
    )
