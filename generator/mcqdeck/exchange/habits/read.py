"""From somebody's Markdown to questions."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mcqdeck.exchange.bank.chapter import words_of
from mcqdeck.exchange.bank.definitions import DEFINITION
from mcqdeck.exchange.bank.names import SLUG
from mcqdeck.exchange.files import Files
from mcqdeck.exchange.habits.answers import Answers, by_text, letters, take_answers
from mcqdeck.exchange.habits.lines import Line, Sign, lines
from mcqdeck.exchange.habits.marks import marked, without_letters
from mcqdeck.exchange.habits.runs import Number, Run, number_of, plain_run, runs
from mcqdeck.exchange.item import (
    NOTHING,
    Attachment,
    Contents,
    Item,
    Kind,
    LeftOut,
    Option,
    Source,
    Text,
)
from mcqdeck.exchange.markup import guarded
from mcqdeck.exchange.text import text_of
from mcqdeck.model import Place

_IMAGE = re.compile(r"(!\[[^\]\n]*\]\()<?([^\s()<>]+)>?((?:[ \t]+\"[^\"]*\")?\))|(<img\b[^>]*?\bsrc=[\"'])([^\"']+)([\"'])")
_QUOTE = re.compile(r"\s*> ?")


@dataclass(slots=True)
class _Section:
    """The lines under a heading, which may be none, and the lists of options among them."""

    heading: Line | None
    lines: list[Line] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    @property
    def level(self) -> int:
        """The heading's level; 0 for what stands above all headings."""
        return self.heading.level if self.heading else 0

    @property
    def number(self) -> Number | None:
        """The number in the heading."""
        return number_of(self.heading.text) if self.heading else None


@dataclass(slots=True)
class _Draft:
    """A question on its way: its lines before, in and after the list of options."""

    where: int
    number: int | None
    stem: str
    run: Run
    after: list[Line]
    category: tuple[str, ...]
    name: str = ""


def recognises(source: Source) -> bool:
    """Whether questions with options and a marked answer are found in a text."""
    contents = read(source)
    return any(item.right for item in contents.items)


def read(source: Source) -> Contents:
    """The questions of a file; a question without a list of options is left out."""
    reader = _Reader(source)
    made = list(reader.made())
    files = tuple(Attachment(path, data) for path, data in reader.files.named.items())
    return Contents(
        tuple(each for each in made if isinstance(each, Item)),
        tuple(each for each in made if isinstance(each, LeftOut)),
        files,
        remarks=tuple(sorted(reader.files.losses)),
    )


class _Reader:
    """Reads one file."""

    def __init__(self, source: Source) -> None:
        self._name = source.name
        self.files = Files(source.others)
        kept, self._answers = take_answers(lines(text_of(source)))
        self._definitions = [line for line in kept if DEFINITION.fullmatch(line.whole)]
        self._sections = _sections([line for line in kept if line not in self._definitions])

    def made(self) -> Iterator[Item | LeftOut]:
        """The questions in the order of the file, and those that are left out."""
        level = _question_level(self._sections)
        titles: dict[int, str] = {}
        for section in self._sections:
            is_question = section.heading is not None and (
                section.level == level or (section.number is not None and _is_one(section))
            )
            if section.heading and not is_question:
                titles = {k: v for k, v in titles.items() if k < section.level}
                titles[section.level] = _plain(section.heading.text)
            category = tuple(titles[key] for key in sorted(titles))
            if is_question:
                yield self._of_heading(section, category)
            else:
                for draft in self._drafts(section, category):
                    yield self._item(draft)

    def _of_heading(self, section: _Section, category: tuple[str, ...]) -> Item | LeftOut:
        """The question whose heading begins its stem."""
        heading = section.heading
        assert heading is not None
        number = section.number
        title = number.text if number else heading.text
        run = _joined(section) or plain_run(section.lines)
        if run is None:
            where = Place(self._name, heading.number)
            words = words_of(Text(title))
            return LeftOut(where, Kind.OTHER, words, "no list of options was found under it")
        before = self._block(section.lines[: run.start])
        name = title if SLUG.fullmatch(title) and "-" in title and before else ""
        stem = before if name else f"{guarded(title)}\n\n{before}".strip()
        value = number.value if number else None
        after = section.lines[run.end :]
        return self._item(_Draft(heading.number, value, stem, run, after, category, name))

    def _drafts(self, section: _Section, category: tuple[str, ...]) -> Iterator[_Draft]:
        """The questions in a section, each with the text between it and its neighbours."""
        at = 0
        last: _Draft | None = None
        expected = 1
        for run in section.runs:
            if len(run.options) < 2:
                continue
            gap = section.lines[at : run.start]
            begin = _stem_start(gap, expected, is_first=last is None)
            if last is not None:
                last.after = gap[:begin]
                yield last
            stem = gap[begin:]
            number, text = self._stem(stem)
            where = next((line.number for line in stem if line.text), run.options[0].line.number)
            last = _Draft(where, number, text, run, [], category)
            expected = (number or expected) + 1
            at = run.end
        if last is not None:
            last.after = section.lines[at:]
            yield last

    def _stem(self, stem: Sequence[Line]) -> tuple[int | None, str]:
        """The number of a question and its stem without it."""
        first = next((index for index, line in enumerate(stem) if line.text), None)
        number = number_of(stem[first].whole) if first is not None else None
        if first is None or number is None:
            return None, self._block(stem)
        rest = self._block(stem[first + 1 :], is_inner=True)
        joint = "\n" if first + 1 < len(stem) and stem[first + 1].text else "\n\n"
        return number.value, f"{number.text}{joint}{rest}".strip()

    def _item(self, draft: _Draft) -> Item | LeftOut:
        where = Place(self._name, draft.where)
        parts = [_with_quote(each.more) for each in draft.run.options]
        texts = [
            self._option(each.line.text, more)
            for each, (more, _) in zip(draft.run.options, parts, strict=True)
        ]
        boxes = [each.line.is_right for each in draft.run.options]
        if any(boxes):
            marks = [bool(box) for box in boxes]
        else:
            texts, marks = marked(texts)
        if not draft.run.is_lettered:
            texts = without_letters(texts)
        answer, explanation, references = _after(draft.after)
        reason = ""
        if not any(marks):
            marks, reason = self._answered(draft, texts, answer)
        if not any(texts) or (not draft.stem and not any(marks)):
            return LeftOut(where, Kind.DAMAGED, words_of(Text(draft.stem)), "its options are empty")
        explained = "\n\n".join(part for part in (self._block(explanation), reason) if part)
        return Item(
            where=where,
            stem=self._text(draft.stem),
            options=tuple(
                Option(self._text(text), mark, self._text(self._block(quote, is_inner=True)))
                for text, mark, (_, quote) in zip(texts, marks, parts, strict=True)
            ),
            explanation=self._text(explained),
            references=self._text(_list_of(references)),
            id=draft.name,
            category=draft.category,
            is_true_false=_is_pair(texts),
            keeps_order=_is_pair(texts),
        )

    def _answered(
        self, draft: _Draft, texts: Sequence[str], answer: str
    ) -> tuple[list[bool], str]:
        """Which options an answer names, below the question or in a list, and the list's reason."""
        named: tuple[str, ...] = ()
        reason = ""
        if answer:
            named = letters(answer)
            index = by_text(answer, texts)
            if index is not None and (not named or not draft.run.is_lettered and len(answer) > 3):
                return [number == index for number in range(len(texts))], ""
            if not named and answer.strip().rstrip(".").isdigit():
                named = (chr(ord("a") + int(answer.strip().rstrip(".")) - 1),)
        else:
            answers = self._answers_for(draft)
            if draft.number is not None:
                named = answers.letters.get(draft.number, ())
                reason = answers.reasons.get(draft.number, "")
        chosen = {ord(letter) - ord("a") for letter in named}
        if not all(0 <= number < len(texts) for number in chosen):
            chosen = set()
        return [number in chosen for number in range(len(texts))], reason

    def _answers_for(self, draft: _Draft) -> Answers:
        """The list of answers for a question: of its chapter, or the next one in the file."""
        by_title = [
            each for each in self._answers if each.title and each.title in draft.category
        ]
        below = [each for each in self._answers if each.line > draft.where and not each.title]
        return next(iter((*by_title, *below, *self._answers)), Answers(0))

    def _option(self, first: str, more: Sequence[Line]) -> str:
        """An option's text with the lines that belong to it."""
        rest = self._block(more, is_inner=True)
        if not rest:
            return first
        is_bare = re.fullmatch(r"(?:\*\*)?[A-Ha-h]?[.):]?(?:\*\*)?", first) is not None
        if is_bare:
            return f"\n{rest}"
        begins = next(line for line in more if line.text)
        is_lazy = begins is more[0] and begins.sign is Sign.TEXT
        return f"{first}\n{rest}" if is_lazy else f"{first}\n\n{rest}"

    def _block(self, block: Sequence[Line], *, is_inner: bool = False) -> str:
        """Lines as Markdown at the margin, without what only frames them."""
        kept = [line.whole for line in block if line.sign not in {Sign.WRAPPER, Sign.RULE}]
        if is_inner and any(line.startswith((" ", "\t")) or not line.strip() for line in kept):
            margins = [len(line) - len(line.lstrip()) for line in kept if line.strip()]
            width = min((margin for margin in margins if margin), default=0)
            kept = [line[min(width, len(line) - len(line.lstrip())) :] for line in kept]
        return textwrap.dedent("\n".join(line.rstrip() for line in kept)).strip("\n").rstrip()

    def _text(self, markdown: str) -> Text:
        """A text with its images under their paths in the bank, and the definitions it needs."""
        if not markdown.strip():
            return NOTHING
        if "![" in markdown or "<img" in markdown:
            markdown = _IMAGE.sub(self._image, markdown)
        needed = [
            line.whole.strip()
            for line in self._definitions
            if f"[{_label(line)}]".casefold() in markdown.casefold()
        ]
        return Text("\n\n".join((markdown, "\n".join(needed))) if needed else markdown)

    def _image(self, found: re.Match[str]) -> str:
        if found[1]:
            return f"{found[1]}{self.files.path(found[2])}{found[3]}"
        return f"{found[4]}{self.files.path(found[5])}{found[6]}"


def _with_quote(more: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines of an option, and apart from them a quote at their end: its rationale."""
    begin = len(more)
    while begin and (not more[begin - 1].text or _QUOTE.match(more[begin - 1].whole)):
        begin -= 1
    quoted = [line for line in more[begin:] if line.text]
    if not quoted:
        return list(more), []
    texts = [_QUOTE.sub("", line.whole, count=1) for line in quoted]
    return list(more[:begin]), [
        Line(line.number, Sign.TEXT, text, text) for line, text in zip(quoted, texts, strict=True)
    ]


def _label(definition: Line) -> str:
    found = DEFINITION.fullmatch(definition.whole)
    assert found is not None
    return found[1]


def _sections(all_lines: Sequence[Line]) -> list[_Section]:
    sections = [_Section(None)]
    for line in all_lines:
        if line.sign is Sign.HEADING:
            sections.append(_Section(line))
        else:
            sections[-1].lines.append(line)
    for section in sections:
        section.runs = runs(section.lines)
    return sections


def _question_level(sections: Sequence[_Section]) -> int | None:
    """The level of the headings that are questions: most of them have one list of options."""
    ones: Counter[int] = Counter()
    others: Counter[int] = Counter()
    for section in sections:
        if section.heading is None:
            continue
        is_one = _is_one(section)
        is_plain = not section.runs and plain_run(section.lines) is not None
        if is_one or (section.runs and section.number) or is_plain:
            ones[section.level] += 1
        elif section.runs or not section.number:
            others[section.level] += 1
    levels = [level for level in ones if ones[level] >= others[level]]
    return max(levels, key=lambda level: ones[level], default=None)


def _is_one(section: _Section) -> bool:
    """Whether a section holds the options of one question."""
    boxed = [run for run in section.runs if not run.is_lettered]
    if not section.runs or _has_number(section):
        return False
    if section.number is not None and boxed:
        return sum(len(run.options) for run in boxed) > 1
    found = [run for run in boxed or section.runs if len(run.options) > 1]
    return len(found) == 1


def _has_number(section: _Section) -> bool:
    """Whether a numbered question stands in a section whose heading has no number."""
    before = section.lines[: section.runs[0].start]
    return section.number is None and any(
        number_of(line.whole) is not None for line in before if line.sign is not Sign.CODE
    )


def _joined(section: _Section) -> Run | None:
    """The lists of one question as one, where a text at the margin has cut it.

    Where there are boxes, a list with letters belongs to the stem.
    """
    boxed = [run for run in section.runs if not run.is_lettered]
    same = boxed or section.runs[:1]
    if not same:
        return None
    if sum(len(run.options) for run in same) < 2:
        return None
    for first, second in pairwise(same):
        first.options[-1].more += section.lines[first.end : second.start]
    return Run(same[0].start, same[-1].end, [option for run in same for option in run.options])


def _stem_start(gap: Sequence[Line], expected: int, *, is_first: bool) -> int:
    """The index in the lines between two lists of options at which the second's stem begins."""
    numbers = [
        (index, number)
        for index, line in enumerate(gap)
        if line.sign is not Sign.CODE and line.margin < 4 and (number := number_of(line.whole))
    ]
    if numbers:
        for index, number in numbers:
            if number.value == expected or (number.has_word and not is_first):
                return index
        return numbers[0][0] if is_first else numbers[-1][0]
    if is_first:
        return _last_paragraphs(gap)
    rules = [index for index, line in enumerate(gap) if line.sign is Sign.RULE]
    if rules:
        return rules[-1] + 1
    end = 0
    for index, line in enumerate(gap):
        if line.sign in {Sign.ANSWER, Sign.EXPLANATION, Sign.REFERENCE, Sign.WRAPPER}:
            end = index + 1
            while end < len(gap) and gap[end].text:
                end += 1
    return end


def _last_paragraphs(gap: Sequence[Line]) -> int:
    """Where the stem begins in what stands above a first list: after the last rule, if any."""
    rules = [index for index, line in enumerate(gap) if line.sign is Sign.RULE]
    return rules[-1] + 1 if rules else 0


def _after(after: Sequence[Line]) -> tuple[str, list[Line], list[str]]:
    """What follows the options: the answer, the explanation and the references."""
    answer = ""
    explanation: list[Line] = []
    references: list[str] = []
    are_references = False
    for line in after:
        if line.sign is Sign.BLANK and (are_references or not explanation):
            continue
        if are_references and line.sign in {Sign.ITEM, Sign.TEXT, Sign.REFERENCE}:
            references.append(line.whole)
            continue
        are_references = line.sign is Sign.REFERENCE and not line.text
        if line.sign is Sign.ANSWER and not answer:
            answer = line.text
            if why := _reason_in(answer):
                explanation.append(Line(line.number, Sign.TEXT, why, why))
        elif line.sign is Sign.REFERENCE and not _is_inside(explanation):
            if line.text:
                references.append(line.text)
        elif line.sign is Sign.EXPLANATION:
            explanation.append(Line(line.number, Sign.TEXT, line.text, line.text))
        elif line.sign is Sign.WRAPPER and _has_words(line):
            continue
        else:
            explanation.append(line)
    return answer, explanation, references


def _is_inside(block: Sequence[Line]) -> bool:
    """Whether a link stands in a list of the explanation rather than below it."""
    return bool(block) and block[-1].sign is Sign.ITEM


def _has_words(line: Line) -> bool:
    return line.whole.lstrip().startswith("#")


def _reason_in(answer: str) -> str:
    """What an answer says after its letter, if that is a sentence: `B, because …`."""
    found = re.match(r"\(?[A-Za-z]\)?[*_]*[ \t]*(?:[.,;–-]|:)[*_]*[ \t]+(?=because|since|weil)(.+)", answer)
    return found[1].strip("*_ ") if found else ""


def _list_of(references: Sequence[str]) -> str:
    """References as a list; one that is a list's item already keeps its text only."""
    bare = [re.sub(r"^(?:[-*+]|\d+[.)])[ \t]+", "", each).strip() for each in references]
    return "\n".join(f"- {each.removeprefix('!') if each.startswith('![') and '](http' in each else each}"
                     for each in bare if each)  # fmt: skip


def _plain(title: str) -> str:
    """A heading's words without marks."""
    return re.sub(r"[*_`#]+|<[^<>]*>|!?\[([^\]]*)\]\([^)]*\)", r"\1", title).strip()


def _is_pair(texts: Sequence[str]) -> bool:
    words = {re.sub(r"\W", "", text).casefold() for text in texts}
    return len(texts) == 2 and words == {"true", "false"}
