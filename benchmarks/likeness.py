"""What near-duplicate finds, compared with the comparison of all pairs, which finds everything."""

from __future__ import annotations

import random
import re
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from msgspec import structs
from rapidfuzz import fuzz, process

import bank
import words
from mcqdeck import read as reader
from mcqdeck.markdown import excerpt
from mcqdeck.model import Bank, Chapter, Config, Passage, RenderedBank
from mcqdeck.read.parse import parse_chapter
from mcqdeck.rules.analysis.banks import CheckedBanks
from mcqdeck.rules.analysis.question import CheckedQuestion, checked_questions
from mcqdeck.rules.analysis.similar_texts import (
    LEAST_SIMILARITY,
    similar_pairs,
)
from mcqdeck.rules.bank.near_duplicate import near_duplicate

_HEADING = re.compile(r"^####(?=\s)", re.MULTILINE)
_NUMBERED = re.compile(r"^## *Q?\d+\. *", re.MULTILINE)


def planted(number: int, copies: int) -> dict[str, float]:
    """Figures for a bank of `number` questions and so many altered copies of some of them."""
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        bank.write_bank(Path(folder) / "bank", number)
        made = reader.read_bank(Path(folder) / "bank").bank
    chosen = rng.sample(list(checked_questions(made.questions, made.config)), copies)
    copied = tuple(_altered(checked, rng).question for checked in chosen)
    chapter = Chapter("planted.md", "Planted", copied)
    return _figures([bank.rendered(replace(made, chapters=(*made.chapters, chapter)))])


def read(paths: Sequence[str]) -> dict[str, float]:
    """Figures for quiz files whose questions are headings of level 2 or 4."""
    files = [
        file
        for path in map(Path, paths)
        for file in (sorted(path.glob("*.md")) if path.is_dir() else [path])
    ]
    banks = []
    for file in files:
        text = file.read_text(encoding="utf-8-sig")
        if _HEADING.search(text):
            text = _HEADING.sub("##", re.sub(r"^##(?=\s)", "#", text, flags=re.MULTILINE))
        config = Config("deck.toml", "quiz", "Quiz")
        data = _NUMBERED.sub("## ", text).encode()
        chapter, _ = parse_chapter(file.as_posix(), data, config)
        banks.append(bank.rendered(Bank(file.stem, config, (chapter,))))
    return _figures(banks)


def _figures(banks: Sequence[RenderedBank]) -> dict[str, float]:
    start = time.process_time()
    checked = CheckedBanks(banks)
    reported = len(list(near_duplicate(checked)))
    seconds = time.process_time() - start
    repeated = {repeat.question.where for repeat in checked.repeats}
    compared = (question for chapter, _ in checked.chapters for question in chapter.compared)
    others = [question for question in compared if question.where not in repeated]
    texts = [question.words for question in others]
    start = time.process_time()
    every = {
        (position, number)
        for number, text in enumerate(texts)
        for _, _, position in process.extract(
            text, texts[:number], scorer=fuzz.ratio, score_cutoff=LEAST_SIMILARITY, limit=None
        )
    }
    all_seconds = time.process_time() - start
    similar = similar_pairs(texts, [question.beginnings for question in others])
    ours = {(other, number) for number, close in similar for other, _ in close}
    later, our_later = {number for _, number in every}, {number for _, number in ours}
    return {
        "questions": len(texts) + len(repeated),
        "of them repeated word for word": len(repeated),
        f"pairs that are {LEAST_SIMILARITY} % alike": len(every),
        "  found by rare words, %": 100 * len(every & ours) / max(1, len(every)),
        "questions like an earlier one": len(later),
        "  found by rare words, % of them": 100 * len(later & our_later) / max(1, len(later)),
        "  reported": reported,
        "seconds, near-duplicate": seconds,
        "seconds, all pairs": all_seconds,
    }


def _altered(checked: CheckedQuestion, rng: random.Random) -> CheckedQuestion:
    """A question with one to five words changed and its options in another order."""
    question = checked.question
    options = list(question.options)
    rng.shuffle(options)
    stem = question.stem
    for _ in range(rng.randint(1, 5)):
        where = rng.randrange(-2, len(options))
        if where < 0:
            stem = _changed(stem, rng)
        elif not options[where].is_correct:
            options[where] = structs.replace(
                options[where], text=_changed(options[where].text, rng)
            )
    return CheckedQuestion(replace(question, stem=stem, options=tuple(options)), checked.config)


def _changed(passage: Passage, rng: random.Random) -> Passage:
    """A passage with a word taken out, put in, exchanged, misspelt or given another ending."""
    pieces = passage.text.split(" ")
    place = rng.randrange(len(pieces))
    word = pieces[place]
    pieces[place : place + 1] = rng.choice(
        (
            [],
            [word, "also"],
            [rng.choice(words.ADJECTIVES)],
            [word[1:2] + word[:1] + word[2:]],
            [word + "s"],
        )
    )
    return Passage(passage.path, excerpt(" ".join(pieces) or word))
