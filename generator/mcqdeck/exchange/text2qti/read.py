"""From text2qti's Markdown to questions. Code in it is never run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mcqdeck.exchange.bank.chapter import words_of
from mcqdeck.exchange.files import Files
from mcqdeck.exchange.item import (
    NOTHING,
    Contents,
    Item,
    Kind,
    LeftOut,
    Option,
    Source,
    Text,
)
from mcqdeck.exchange.tags import described
from mcqdeck.exchange.text import text_of
from mcqdeck.identity import SLUG
from mcqdeck.model import Place
from mcqdeck.stock_options import are_true_and_false

# What begins an entry, as in `start_patterns` of text2qti/quiz.py; a space and content follow.
_ENTRIES = {
    "question": r"\d+\.",
    "right": r"\*[a-zA-Z]\)",
    "wrong": r"[a-zA-Z]\)",
    "checked": r"\[\*\]",
    "unchecked": r"\[ ?\]",
    "typed": r"\*",
    "feedback": r"\.\.\.",
    "correct_feedback": r"\+",
    "incorrect_feedback": r"-",
    "solution": r"!",
    "numerical": r"=",
    "title": r"[Tt]itle:",
    "points": r"[Pp]oints:",
    "text_title": r"[Tt]ext [Tt]itle:",
    "text": r"[Tt]ext:",
    "quiz_title": r"[Qq]uiz [Tt]itle:",
    "setting": r"(?:[Qq]uiz description|[Ss]huffle answers|[Ss]how correct answers"
    r"|[Oo]ne question at a time|[Cc]an't go back|[Ff]eedback is solution|[Ss]olutions \w+ groups"
    r"|[Pp]ick|[Ss]olutions pick|[Pp]oints per question):",
}
_START = re.compile(
    "|".join(rf"(?P<{name}>{pattern})[ \t]+(?=\S)" for name, pattern in _ENTRIES.items())
)
_LONE = re.compile(r"(?P<essay>___+)\s*$|(?P<upload>\^\^\^+)\s*$|(?P<group>GROUP|END_GROUP)\s*$")
_RIGHT_OPTION = re.compile(r"^(?:\*[a-zA-Z]\)|\[\*\])[ \t]+\S", re.MULTILINE)
_NOTE = re.compile(r"%\s*(chapter|tags):\s*(.*)$")
_REFERENCES = re.compile(r"(?:\A|\n\n)\*\*References\*\*\n\n(?=\S)")
_IMAGE = re.compile(r"(!\[[^\]\n]*\]\()<?([^\s()<>]+)>?")
_KINDS = {
    "essay": Kind.ESSAY,
    "upload": Kind.ESSAY,
    "typed": Kind.SHORT_ANSWER,
    "numerical": Kind.NUMERIC,
}


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry: its kind, its text at the margin, and its first line, from 1."""

    kind: str
    text: str
    line: int


@dataclass(slots=True)
class _Draft:
    """A question so far."""

    line: int
    """The line of its stem, from 1."""

    stem: str

    title: str

    category: tuple[str, ...]

    tags: tuple[str, ...]

    feedback: list[str] = field(default_factory=list)
    """What is said of every answer, or of the right one."""

    options: list[tuple[str, bool, str]] = field(default_factory=list)
    """For each its text, whether it is right, and why."""

    other: str = ""
    """What it is instead, if it has no options to choose from."""


def recognises(text: str) -> bool:
    """Whether all of a text is made of this form's entries, a marked option among them."""
    if not _RIGHT_OPTION.search(text):
        return False
    kinds = {entry.kind for entry in _entries(text)}
    return "question" in kinds and "unknown" not in kinds


def read(source: Source) -> Contents:
    """The questions of a file; what is no multiple-choice question is left out."""
    reader = _Reader(source)
    for entry in _entries(text_of(source)):
        reader.take(entry)
    reader.finish()
    return Contents.of(reader.made, reader.files.attachments, reader.losses)


def _entries(text: str) -> Iterator[_Entry]:
    """The entries of a text; a line that begins none and belongs to none is `unknown`."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        begin = at
        at += 1
        if not line.strip():
            continue
        if line.startswith("COMMENT"):
            while at < len(lines) and not lines[at].startswith("END_COMMENT"):
                at += 1
            at += 1
        elif line.startswith("%"):
            if note := _NOTE.match(line):
                yield _Entry(note[1], note[2].strip(), begin + 1)
        elif lone := _LONE.match(line):
            yield _Entry(lone.lastgroup or "", "", begin + 1)
        elif start := _START.match(line):
            content, at = _content(lines, at, line, start)
            yield _Entry(start.lastgroup or "", content, begin + 1)
        else:
            yield _Entry("unknown", line, begin + 1)


def _content(lines: list[str], at: int, line: str, start: re.Match[str]) -> tuple[str, int]:
    """The text of an entry with the lines indented below it, and the index after them."""
    is_titled = start[0].rstrip().endswith(":")
    margin = 0 if is_titled else len(line[: start.end()].expandtabs(4))
    texts = [line[start.end() :].strip()]
    end = at
    while at < len(lines):
        expanded = lines[at].expandtabs(4)
        if not expanded.strip():
            texts.append("")
        else:
            width = len(expanded) - len(expanded.lstrip(" "))
            margin = margin or width
            if not width or width < margin:
                break
            texts.append(expanded[margin:].rstrip())
            end = at + 1
        at += 1
    return "\n".join(texts).rstrip(), max(end, at if at == len(lines) else end)


class _Reader:
    """Takes one entry after another."""

    def __init__(self, source: Source) -> None:
        self._name = source.name
        self.files = Files(source.others)
        self.made: list[Item | LeftOut] = []
        self._losses: set[str] = set()
        self._quiz = ""
        self._chapter = ""
        self._tags: tuple[str, ...] = ()
        self._title = ""
        self._draft: _Draft | None = None

    @property
    def losses(self) -> set[str]:
        """What could not be kept."""
        return self._losses | self.files.losses

    def take(self, entry: _Entry) -> None:
        """An entry, which begins a question or belongs to the one at hand."""
        kind, draft = entry.kind, self._draft
        if kind in {
            "title",
            "chapter",
            "tags",
            "quiz_title",
            "text",
            "text_title",
            "question",
            "group",
        }:
            self._outside(entry)
        elif draft is None:
            return
        elif kind in {"right", "wrong", "checked", "unchecked"}:
            draft.options.append((entry.text, kind in {"right", "checked"}, ""))
        elif kind == "feedback" and draft.options:
            text, is_right, _ = draft.options[-1]
            draft.options[-1] = (text, is_right, entry.text)
        elif kind in {"feedback", "correct_feedback", "solution"}:
            draft.feedback.append(entry.text)
        elif kind == "incorrect_feedback":
            self._losses.add("feedback for wrong answers as a whole is left out")
        elif kind in _KINDS:
            draft.other = kind

    def _outside(self, entry: _Entry) -> None:
        """An entry that belongs to no question, or begins one."""
        self.finish()
        match entry.kind:
            case "title":
                self._title = entry.text
            case "chapter":
                self._chapter = entry.text
            case "tags":
                self._tags = tuple(entry.text.split())
            case "quiz_title":
                self._quiz = entry.text
            case "text":
                where = Place(self._name, entry.line)
                words = words_of(Text(entry.text))
                self.made.append(
                    LeftOut(where, Kind.DESCRIPTION, words, "a text without a question")
                )
            case "question":
                category = self._chapter or self._quiz
                self._draft = _Draft(
                    entry.line, entry.text, self._title, (category,) if category else (), self._tags
                )
                self._title, self._tags = "", ()

    def finish(self) -> None:
        """Ends the question at hand."""
        draft, self._draft = self._draft, None
        if draft is None:
            return
        where = Place(self._name, draft.line)
        words = words_of(Text(draft.stem))
        if draft.other:
            self.made.append(LeftOut(where, _KINDS[draft.other], words, "the answer is typed"))
            return
        if len(draft.options) < 2:
            self.made.append(LeftOut(where, Kind.DAMAGED, words, "fewer than two choices"))
            return
        is_pair = are_true_and_false([text for text, _, _ in draft.options])
        explanation = "\n\n".join(draft.feedback)
        match = _REFERENCES.search(explanation)
        is_slug = SLUG.fullmatch(draft.title) is not None and "-" in draft.title
        self.made.append(
            Item(
                where=where,
                stem=self._text(draft.stem),
                options=tuple(
                    Option(self._text(text), is_right, self._text(why))
                    for text, is_right, why in draft.options
                ),
                explanation=self._text(explanation[: match.start()] if match else explanation),
                references=self._text(explanation[match.end() :] if match else ""),
                id=draft.title if is_slug else "",
                name="" if is_slug else draft.title,
                category=draft.category,
                keeps_order=is_pair,
                is_true_false=is_pair,
                **described(draft.tags),
            )
        )

    def _text(self, markdown: str) -> Text:
        if not markdown.strip():
            return NOTHING
        if "![" in markdown:
            markdown = _IMAGE.sub(lambda match: match[1] + self.files.path(match[2]), markdown)
        return Text(markdown)
