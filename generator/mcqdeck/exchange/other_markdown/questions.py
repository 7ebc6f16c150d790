"""From the lines of one question to the question."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from mcqdeck.exchange.bank.chapter import words_of
from mcqdeck.exchange.item import NOTHING, Item, Kind, LeftOut, Option, Text
from mcqdeck.exchange.markup import guarded
from mcqdeck.exchange.other_markdown.answer_words import BARE, BETWEEN
from mcqdeck.exchange.other_markdown.answers import Answers, by_text, is_one_of, letters, reason_in
from mcqdeck.exchange.other_markdown.beside import options_behind
from mcqdeck.exchange.other_markdown.line import Line, Sign
from mcqdeck.exchange.other_markdown.lines import lines
from mcqdeck.exchange.other_markdown.marks import marked, without_letters
from mcqdeck.exchange.other_markdown.runs import Run, plain_run, runs
from mcqdeck.model import Place
from mcqdeck.stock_options import are_true_and_false

# What ends a stem and only says that options follow.
_OFFER = re.compile(
    r"(?<!\n)\n+[*_]*(?:(?:answer )?(?:options|choices)|opciones|optionen|opções|opzioni)"
    r"[*_]*:[*_]*\s*\Z",
    re.IGNORECASE,
)
_BOLD_STEM = re.compile(r"\A\*\*([^*\n]+)\*\*\Z")
_QUOTE = re.compile(r"\s*> ?")
_ESCAPED = re.compile(r"^([ \t]*\d{1,3})\\([.)])", re.MULTILINE)  # `1\.` begins no list
_NUMBERED = re.compile(r"[ \t]*\(?(\d{1,2})(?:[ \t.]*$|\\?[.)]+[ \t]+\S)")  # `2`, `2) because`
_NUMBERS = re.compile(rf"\(?\d{{1,2}}\)?(?:{BETWEEN}\(?\d{{1,2}}\b\)?)+[ \t.]*")  # `1, 3`
_MARKER = re.compile(r"(?:[-*+]|\d+[.)])[ \t]+")


@dataclass(slots=True)
class Draft:
    """A question on its way."""

    where: Place

    stem: str
    """As Markdown."""

    run: Run
    """Its list of options."""

    after: list[Line] = field(default_factory=list)
    """The lines after that."""

    number: int | None = None
    """Its own in the source."""

    category: tuple[str, ...] = ()

    name: str = ""
    """The slug that its heading is."""

    answers: Answers = field(default_factory=lambda: Answers(0))
    """The list at the end that holds its answer."""


def question(draft: Draft, text: Callable[[str], Text]) -> Item | LeftOut:
    """The question of a draft; `text` makes a text of the bank of Markdown."""
    parts = [_with_quote(option.more) for option in draft.run.options]
    texts = [
        _option(option.line.text, more)
        for option, (more, _) in zip(draft.run.options, parts, strict=True)
    ]
    boxes = [option.line.is_right for option in draft.run.options]
    if any(boxes):
        marks = [bool(box) for box in boxes]
    else:
        texts, marks = marked(texts)
    if not draft.run.is_lettered:
        texts = without_letters(texts)
    answer, explanation, references = _after(draft.after)
    reason = ""
    if not any(marks):
        if not answer:
            answer, explanation = _quoted(explanation, texts)
        marks, reason = _answered(draft, texts, answer)
    if not any(texts) or (not draft.stem and not any(marks)):
        words = words_of(Text(draft.stem))
        return LeftOut(draft.where, Kind.DAMAGED, words, "its options are empty")
    is_pair = are_true_and_false([text.strip("*_`~ .!") for text in texts])
    explained = "\n\n".join(part for part in (block(explanation), reason) if part)
    return Item(
        where=draft.where,
        stem=text(_BOLD_STEM.sub(r"\1", _OFFER.sub("", draft.stem))),
        options=tuple(
            Option(text(content), mark, text(block(quote, is_inner=True)))
            for content, mark, (_, quote) in zip(texts, marks, parts, strict=True)
        ),
        explanation=text(explained),
        references=text(_list_of(references)),
        id=draft.name,
        category=draft.category,
        is_true_false=is_pair,
        keeps_order=is_pair,
    )


def question_in(front: str, back: str, where: Place) -> Item | LeftOut:
    """The question of two texts: one with stem and options, one that begins with the answer."""
    front = _ESCAPED.sub(r"\1\2", front)
    all_lines = lines(
        "\n".join(part for line in front.split("\n") for part in options_behind(line))
    )
    listed = runs(all_lines)
    run = next((one_run for one_run in listed if len(one_run.options) > 1), None)
    if run is None:
        items = [line for line in all_lines if line.sign is Sign.ITEM]
        answered = (
            [*all_lines, Line(len(all_lines) + 1, Sign.ANSWER, back, back)]
            if len(items) > 1
            else []
        )
        run = plain_run(answered)
    if run is None or run.start == 0:
        words = words_of(Text(front.strip().partition("\n\n")[0]))
        return LeftOut(where, Kind.FLASHCARD, words, "a flashcard without options")
    answer, _, rest = back.strip().partition("\n")
    after = all_lines[run.end :]
    after += [Line(0, Sign.ANSWER, answer, value_of(answer))]
    after += [Line(0, Sign.BLANK, "", ""), *lines(rest.strip("\n"))]
    made = question(Draft(where, block(all_lines[: run.start]), run, after), _bare)
    if isinstance(made, LeftOut):
        return made
    if not made.right:
        reason = (
            "the other side names none of its options" if listed else "a flashcard without options"
        )
        return LeftOut(where, Kind.FLASHCARD, words_of(made.stem), reason)
    return replace(made, options=tuple(map(_guarded, made.options)))


def value_of(answer: str) -> str:
    """What an answer says, without a word such as `Answer:` before it, and without marks."""
    said = lines(answer)[0]
    value = said.text if said.sign is Sign.ANSWER else answer
    return value.strip("*_ ")


def _guarded(option: Option) -> Option:
    """An option that stood in the middle of a line, where `>` began no quote."""
    text = option.text.markdown
    return option if "\n" in text else replace(option, text=Text(guarded(text)))


def _bare(markdown: str) -> Text:
    return Text(markdown) if markdown.strip() else NOTHING


def _quoted(explanation: list[Line], texts: Sequence[str]) -> tuple[str, list[Line]]:
    """The option that is all that an explanation begins with, and the rest of it."""
    first = next((index for index, line in enumerate(explanation) if line.text), None)
    if first is None or not is_one_of(explanation[first].text, texts):
        return "", explanation
    return explanation[first].text, explanation[first + 1 :]


def _answered(draft: Draft, texts: Sequence[str], answer: str) -> tuple[list[bool], str]:
    """Which options an answer names, below the question or in a list, and the list's reason."""
    named: tuple[str, ...] = ()
    reason = ""
    if answer:
        named = letters(answer)
        index = by_text(answer, texts)
        if index is not None and (not named or (not draft.run.is_lettered and len(answer) > 3)):
            return [number == index for number in range(len(texts))], ""
        if not named and _NUMBERS.fullmatch(answer):
            digits = "".join(sign if sign.isdigit() else " " for sign in answer)
            named = tuple(map(_letter_of, digits.split()))
        elif not named and (numbered := _NUMBERED.match(answer)):
            named = (_letter_of(numbered[1]),)
    elif draft.number is not None:
        listed = draft.answers
        text = listed.texts.get(draft.number, "")
        named = listed.letters.get(draft.number, ())
        said = listed.reasons.get(draft.number, "")
        index = by_text(text, texts) if text else None
        if index is None and len(text) == 1 and are_true_and_false(texts):
            first = [option[:1].casefold() for option in texts]
            index = first.index(text.casefold()) if text.casefold() in first else None
        if index is not None:
            # Behind a letter stands the rest of the text: `A heap`.
            return [number == index for number in range(len(texts))], "" if named else said
        reason = "" if is_one_of(said, texts) else said
    chosen = {ord(letter) - ord("a") for letter in named}
    if not all(0 <= number < len(texts) for number in chosen):
        chosen = set()
    return [number in chosen for number in range(len(texts))], reason


def _letter_of(number: str) -> str:
    """The letter of the option with that number; people count from 1."""
    return chr(ord("a") + max(int(number), 1) - 1)


def _option(first: str, more: Sequence[Line]) -> str:
    """An option's text with the lines that belong to it."""
    rest = block(more, is_inner=True)
    if not rest:
        return first
    if BARE.fullmatch(first):
        return f"\n{rest}"
    is_lazy = more[0].sign is Sign.TEXT and bool(more[0].text)
    return f"{first}\n{rest}" if is_lazy else f"{first}\n\n{rest}"


def block(part: Sequence[Line], *, is_inner: bool = False) -> str:
    """Lines as Markdown at the margin, without what only frames them."""
    kept = [line for line in part if line.sign not in {Sign.WRAPPER, Sign.RULE}]
    texts = list(_unindented(kept)) if is_inner else [line.whole for line in kept]
    return textwrap.dedent("\n".join(text.rstrip() for text in texts)).strip("\n").rstrip()


def _unindented(part: Sequence[Line]) -> Iterator[str]:
    """Lines without the margin that they have as parts of an option; code keeps its own."""
    openings = [
        line.sign is Sign.CODE and (not number or part[number - 1].sign is not Sign.CODE)
        for number, line in enumerate(part)
    ]
    margins = [
        _margin(line.whole)
        for line, opens in zip(part, openings, strict=True)
        if line.whole.strip() and (opens or line.sign is not Sign.CODE)
    ]
    width = cut = min(filter(None, margins), default=0)
    for line, opens in zip(part, openings, strict=True):
        if opens:
            cut = min(width, _margin(line.whole))
        elif line.sign is not Sign.CODE:
            cut = width
        yield line.whole[min(cut, _margin(line.whole)) :]


def _margin(text: str) -> int:
    return len(text) - len(text.lstrip())


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
            if why := reason_in(answer):
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


def _list_of(references: Sequence[str]) -> str:
    """References as a list; one that is a list's item already keeps its text only."""
    bare = [reference[_marker_end(reference) :].strip() for reference in references]
    links = (entry.removeprefix("!") if "](http" in entry else entry for entry in bare if entry)
    return "\n".join(f"- {link}" for link in links)


def _marker_end(reference: str) -> int:
    match = _MARKER.match(reference)
    return match.end() if match else 0
