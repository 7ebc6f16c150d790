"""Writes a bank of many realistic questions: the same files for the same number and seed.

Vocabulary and lengths are those of `source/12-core-functions`: a case, four options, three
rationales, an explanation, references. About seven passages in ten are plain prose; the others hold
emphasis, code, links, formulas, images, fences, tables and nested lists. Hardly any two are alike.
"""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import words
from mcqdeck import render, rules
from mcqdeck.model import Bank, RenderedBank

PER_CHAPTER = 250
_PLAIN = 0.7
_CHOOSE_TWO = 0.05
_NAMED = 0.9  # the others have a question as their heading and their id in the comment
_TAGGED = 0.1
_NO_FLASHCARD = 0.05
_WIDTH = 100
_FIGURES = 6
_SPACE = "\x00"  # a space at which no line may end
_LABELS = ("manual", "guideline", "regulation", "glossary", "overview")
_INLINE = ("emphasis", "strong", "code", "link", "formula", "label", "picture")
_INLINE_WEIGHTS = (20, 12, 18, 16, 12, 4, 3)
_BLOCKS = ("list", "nested list", "fence", "table", "formula", "figure")
_BLOCK_WEIGHTS = (8, 6, 8, 6, 4, 3)
_CONFIG = """id = "benchmark"
title = "Benchmark"
description = "A bank that a program wrote, to measure speed with."
authors = ["a program"]
license = "CC0-1.0"
language = "en"

[objectives]
"""


def write_bank(folder: Path, count: int, *, seed: int = 1) -> None:
    """Writes a bank of `count` questions into a new folder, `PER_CHAPTER` of them to a chapter."""
    author = _Author(random.Random(seed))
    (folder / "media").mkdir(parents=True)
    pairs = enumerate(zip(words.ACTIONS, words.THINGS, strict=True), start=1)
    objectives = "".join(f'GC{n} = "{verb.capitalize()} {thing}"\n' for n, (verb, thing) in pairs)
    (folder / "deck.toml").write_text(_CONFIG + objectives, encoding="utf-8")
    for number in range(_FIGURES):
        (folder / "media" / f"figure-{number}.png").write_bytes(author.drawing())
    for number, first in enumerate(range(0, count, PER_CHAPTER), start=1):
        topic = words.TOPICS[number % len(words.TOPICS)]
        lines = author.chapter(number, topic, range(first, min(first + PER_CHAPTER, count)))
        path = folder / f"{number:04}-{topic}.md"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def rendered(bank: Bank) -> RenderedBank:
    """A bank as the rules for banks take it."""
    done, _ = render.render(bank)
    chapters = []
    for done_chapter, chapter in zip(done.chapters, bank.chapters, strict=True):
        compared = rules.compared(chapter, bank.config)
        chapters.append(replace(done_chapter, compared=compared, overview=rules.overview(compared)))
    return replace(done, chapters=tuple(chapters))


def edit_bank(folder: Path) -> None:
    """Changes the explanation of the first question of a bank."""
    path = min(folder.glob("*.md"))
    text = path.read_text(encoding="utf-8")
    edited = text.replace("### Explanation\n\n", "### Explanation\n\nThis was edited. ", 1)
    path.write_text(edited, encoding="utf-8", newline="\n")


class _Author:
    """Writes with one random generator, so that each text depends on all before it."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.pick = rng.choice

    def chapter(self, number: int, topic: str, questions: range) -> Iterator[str]:
        """The lines of a chapter that holds the questions with these numbers."""
        yield from ("---", f"tags: [{topic}, part-{number}]", "---", "")
        yield from (f"# {number:04} {topic.replace('-', ' ').capitalize()}", "")
        yield from _wrapped(f"{self.sentence()} {self.sentence()}")
        yield ""
        for label in _LABELS:
            yield f"[{label}]: https://example.org/{topic}/{label}-{number}"
        for question in questions:
            yield from self.question(question)

    def question(self, number: int) -> Iterator[str]:
        rng = self.rng
        name = f"{self.pick(words.ADJECTIVES)}-{self.noun()}-{number}"
        is_named = rng.random() < _NAMED
        yield from ("", f"## {name if is_named else self.pick(words.QUESTIONS)}")
        yield f"<!-- {', '.join(self.metadata('' if is_named else name))} -->"
        yield ""
        right = set(rng.sample(range(4), 2 if rng.random() < _CHOOSE_TWO else 1))
        yield from self.passage(self.case() + (" Choose two." if len(right) == 2 else ""))
        yield ""
        yield from self.options(right)
        yield from ("", "### Explanation", "")
        yield from self.passage(" ".join(self.sentence() for _ in range(rng.randint(3, 4))))
        yield from ("", "### References", "")
        for _ in range(rng.randint(1, 2)):
            yield f"- {self.pick(words.SOURCES).format(self.noun())}"

    def metadata(self, name: str) -> Iterator[str]:
        """The entries of the comment, with the id where the heading is none."""
        rng = self.rng
        if name:
            yield f"id: {name}"
        yield f"objective: GC{rng.randint(1, len(words.THINGS))}"
        yield f"level: {self.pick(('recall', 'application', 'analysis'))}"
        yield f"difficulty: {rng.randint(1, 5)}"
        if rng.random() < _TAGGED:
            yield f"tags: [volatile, review-by-{rng.randint(2027, 2031)}, {self.noun()}]"
        if rng.random() < _NO_FLASHCARD:
            yield "flashcard: no"

    def options(self, right: set[int]) -> Iterator[str]:
        seen: set[str] = set()
        while len(seen) < 4:
            text = self.action()
            if text in seen:
                continue
            is_right = len(seen) in right
            seen.add(text)
            lines = list(self.passage(text, room=6, block_share=0.04))
            yield f"- [{'x' if is_right else ' '}] {lines[0]}"
            yield from (line and f"  {line}" for line in lines[1:])
            if is_right:
                continue
            if "" in lines:
                yield ""
            yield from (f"  > {line}" for line in self.passage(self.reason(), room=4))

    def passage(self, text: str, *, room: int = 0, block_share: float | None = None) -> list[str]:
        """The lines of a passage that is plain or, by chance, rich; `room` is its indentation.

        `block_share` is how often a rich passage gets a block rather than something in its line.
        """
        rng = self.rng
        if block_share is None:
            block_share = 0 if room else 0.4
        if rng.random() < _PLAIN:
            return _wrapped(text, room)
        if rng.random() < block_share:
            kind = rng.choices(_BLOCKS, _BLOCK_WEIGHTS)[0]
            return [*_wrapped(text, room), "", *self.block(kind)]
        kind = rng.choices(_INLINE, _INLINE_WEIGHTS)[0]
        place = rng.randrange(1, text.count(" "))
        pieces = text.split(" ")
        pieces[place : place + 1] = [self.inline(kind, pieces[place])]
        return _wrapped(" ".join(pieces), room)

    def inline(self, kind: str, word: str) -> str:
        """A word with markup, or with something beside it."""
        bare = word.rstrip(".,:?")
        end = word[len(bare) :]
        match kind:
            case "emphasis":
                text = f"*{bare}*{end}"
            case "strong":
                text = f"**{bare}**{end}"
            case "code":
                text = f"`{self.name()} = {self.rng.randrange(100)}` {word}"
            case "link":
                text = f"[{bare}](https://example.org/{self.name()}?page={self.digit()}){end}"
            case "formula":
                text = f"${self.formula()}$ {word}"
            case "label":
                text = f"[{bare}][{self.pick(_LABELS)}]{end}"
            case _:
                text = f"{self.image()} {word}"
        return text.replace(" ", _SPACE)

    def block(self, kind: str) -> Iterator[str]:
        """The lines of a block."""
        match kind:
            case "list" | "nested list":
                for _ in range(3):
                    # Hyphens would make the list one with the options below it.
                    yield f"* {self.action()}"
                    if kind == "nested list":
                        yield from (f"  * {self.noun()}", f"  * **{self.noun()}**")
            case "fence":
                language = self.pick(tuple(words.CODE))
                yield f"```{language}"
                yield from (
                    words.CODE[language]
                    .format(
                        name=self.name(),
                        word=self.noun(),
                        first=self.name(),
                        second=self.name(),
                        number=self.rng.randrange(100),
                    )
                    .splitlines()
                )
                yield "```"
            case "table":
                yield from (f"| {self.noun()} | {self.noun()} | points |", "| --- | --- | ---: |")
                for _ in range(self.rng.randint(2, 4)):
                    yield f"| {self.action()} | `{self.name()}` | {self.digit()} |"
            case "formula":
                yield from ("$$", self.formula(), "$$")
            case _:
                yield self.image()

    def image(self) -> str:
        return f"![{self.noun()}](media/figure-{self.rng.randrange(_FIGURES)}.png)"

    def drawing(self) -> bytes:
        """A PNG picture of 96 by 96 pixels in three colours."""
        bands = [self.rng.randbytes(3) for _ in range(3)]
        pixels = b"".join(b"\0" + bands[row // 32] * 96 for row in range(96))
        chunks = (
            (b"IHDR", struct.pack(">IIBBBBB", 96, 96, 8, 2, 0, 0, 0)),
            (b"IDAT", zlib.compress(pixels)),
            (b"IEND", b""),
        )
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
            for kind, data in chunks
        )

    def case(self) -> str:
        age, person, situation = (
            self.rng.randint(18, 79),
            *map(self.pick, (words.PEOPLE, words.SITUATIONS)),
        )
        second = f"{self.pick(words.STAFF)} wants to {self.action(is_first=False)}."
        return f"A {age}-year-old {person} {situation}. {second} {self.pick(words.QUESTIONS)}"

    def action(self, *, is_first: bool = True) -> str:
        verb = self.pick(words.ACTIONS)
        verb = verb.capitalize() if is_first else verb
        return f"{verb} {self.thing()} {self.pick(words.CIRCUMSTANCES)}"

    def reason(self) -> str:
        return f"{self.pick(words.JUDGEMENTS)}, {self.pick(words.TURNS)} {self.thing()}."

    def sentence(self) -> str:
        who, turn = self.pick(words.STAFF), self.pick(words.TURNS)
        return f"{who} may {self.action(is_first=False)}, {turn} {self.thing()}."

    def thing(self) -> str:
        """A thing with an adjective: `the recent consent form`."""
        article, _, noun = self.pick(words.THINGS).partition(" ")
        return f"{article} {self.pick(words.ADJECTIVES)} {noun}"

    def noun(self) -> str:
        return self.pick(words.THINGS).rpartition(" ")[2]

    def name(self) -> str:
        return f"{self.noun()}_{self.rng.randrange(1000)}"

    def digit(self) -> str:
        return str(self.rng.randint(1, 9))

    def formula(self) -> str:
        return self.pick(words.FORMULAS).format(self.digit(), self.digit(), self.digit())


def _wrapped(text: str, room: int = 0) -> list[str]:
    """The text in lines that leave `room` for an indentation."""
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > _WIDTH - room:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [wrapped.replace(_SPACE, " ") for wrapped in (*lines, line)]
