"""Nearly the same questions, found with what is remembered: what is found is what a search finds
that remembers nothing.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mcqdeck import store
from mcqdeck.model import Compared, Config, Place, RenderedBank, RenderedChapter
from mcqdeck.project import check
from mcqdeck.rules.analysis import similar_memory
from mcqdeck.rules.analysis.banks import CheckedBanks
from mcqdeck.rules.analysis.overview import overview
from mcqdeck.rules.analysis.similar_memory import similar_in
from mcqdeck.rules.analysis.similar_texts import beginnings, most_similar, similar_pairs
from mcqdeck.rules.bank.near_duplicate import near_duplicate
from tests.growth import demand_linear
from tests.test_cache import assert_nothing_stale, checked_with, settings_of

# --- texts ------------------------------------------------------------------------------------


class Texts:
    """Some texts of few words, so that many share rare ones, and what became of them.

    The words are one of several lists: as few as three, so that groups of texts are large, or as
    many as 300; all equally frequent, or not.
    """

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        words = [f"w{number}" for number in range(self.rng.choice([3, 8, 20, 60, 300]))]
        if self.rng.random() < 0.5:
            size = len(words)
            words = [word for at, word in enumerate(words) for _ in range(1 + size // (at + 1))]
        self.vocabulary = words
        self.most = self.rng.choice([3, 8, 15, 30])
        self.all = [self.new() for _ in range(self.rng.choice([5, 30, 120]))]
        for _ in range(len(self.all) // 4):
            self.insert(self.reworded(self.any()))
        if self.rng.random() < 0.4:  # more that are alike than are compared, or given, for one
            one = self.sorted(self.rng.choices(self.vocabulary, k=25))
            for _ in range(40):
                self.insert(self.reworded(one))

    def new(self) -> str:
        return self.sorted(self.rng.choices(self.vocabulary, k=self.rng.randint(0, self.most)))

    def any(self) -> str:
        return self.rng.choice(self.all) if self.all else ""

    def insert(self, text: str) -> None:
        self.all.insert(self.rng.randrange(len(self.all) + 1), text)

    def reworded(self, text: str) -> str:
        words = text.split()
        for _ in range(self.rng.randint(1, 2)):
            other = self.rng.choice([*self.vocabulary, f"new{self.rng.randrange(3)}"])
            if words and self.rng.random() < 0.7:
                words[self.rng.randrange(len(words))] = other
            else:
                words.append(other)
        return self.sorted(words)

    def take(self) -> str:
        return self.all.pop(self.rng.randrange(len(self.all))) if self.all else ""

    def edit(self) -> None:
        """Rewords a text, or lets one come, go, move or stand twice, or several go."""
        at = self.rng.randrange(len(self.all) + 1)
        match self.rng.randrange(7):
            case 0 | 1 if self.all:
                self.all[at - 1] = self.reworded(self.all[at - 1])
            case 2:
                self.insert(self.new())
            case 3:
                self.insert(self.any())
            case 4:
                self.insert(self.reworded(self.any()))
            case 5:
                self.insert(self.take())
            case _:
                del self.all[at : at + self.rng.randint(1, 10)]

    @staticmethod
    def sorted(words: Sequence[str]) -> str:
        return " ".join(sorted(words))


def compared(text: str, options: tuple[str, str] = ("a", "b")) -> Compared:
    """A question whose words are those of the text."""
    return Compared(
        *(Place("01.md", 1), 1, text, text, (), options, options, (True, False), (1, 1)),
        words=text,
        beginnings=beginnings(text.split()),
        has_opposite_options=False,
        keeps_order=False,
        has_flashcard=True,
    )


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Grows with each search through all texts."""
    made: list[object] = []
    whole = similar_memory._whole  # nothing but the time tells them apart

    def watched(*arguments: object) -> object:
        made.append(arguments)
        return whole(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(similar_memory, "_whole", watched)
    return made


def followed(seed: int) -> Iterator[None]:
    """Edits some texts a few times, and compares what is found with and without memory."""
    texts = Texts(seed)
    known: bytes | None = None
    for _ in range(6):
        questions = [compared(text) for text in texts.all]
        similar, remembered = similar_in(questions, overview(questions).texts, known)
        own_beginnings = [question.beginnings for question in questions]
        assert similar == similar_pairs(texts.all, own_beginnings)
        known = remembered or known
        for _ in range(texts.rng.choice([0, 1, 1, 1, 2, 6])):
            texts.edit()
        yield


@settings(max_examples=150, deadline=None)
@given(st.integers(min_value=0))
def test_what_is_remembered_finds_what_a_whole_search_finds(seed: int) -> None:
    for _ in followed(seed):
        pass


def test_most_edits_need_no_whole_search(searches: list[object]) -> None:
    """Else the test above would hold for a memory that is never used."""
    steps = sum(1 for seed in range(40) for _ in followed(seed))

    assert len(searches) < steps / 2


def test_the_cost_of_many_pairs_grows_with_their_number() -> None:
    """Each pair has options of its own, of which all questions that have them are counted."""

    def work(pairs: int) -> None:
        texts = [" ".join(f"w{pair}x{word}" for word in range(12)) for pair in range(pairs)]
        questions = [
            compared(f"{text}{ending}", (text, ending))
            for text in texts
            for ending in ("", " more")
        ]
        chapter = RenderedChapter("01.md", "Bees", None, True, (), questions, ())
        bank = RenderedBank("demo", Config("deck.toml", "demo", "Demo"), (chapter,))
        banks = CheckedBanks([bank])
        assert len(banks.similar) == pairs
        list(near_duplicate(banks))

    demand_linear(work, 5_000)


# --- banks ------------------------------------------------------------------------------------

STARTS = ("Why does", "When does", "How far does", "In which case does", "For whom does")
THINGS = ("the nurse", "a counselor", "the client", "a surgeon", "the court", "a carrier pigeon")
ACTS = ("sign the form", "close the file", "refuse the plan", "call the family", "count the beds")


class Author:
    """Writes a bank of chapters with few words, and changes it."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder, self.rng = folder, random.Random(seed)
        folder.mkdir()
        settings_of(folder, "")
        self.count = 0
        for number in range(1, 5):
            questions = [self.question() for _ in range(5)]
            copied = self.rng.choice(questions).replace("before", "after", 1)
            self.count += 1
            self.write(f"{number:02}.md", [*questions, f"## q{self.count}{copied[5:]}"])

    def question(self) -> str:
        self.count += 1
        pick = self.rng.choice
        stem = f"{pick(STARTS)} {pick(THINGS)} {pick(ACTS)} before {pick(THINGS)} does so?"
        options = "\n".join(
            f"- [{'x' if at == 0 else ' '}] Once {pick(THINGS)} may {pick(ACTS)}" for at in range(3)
        )
        return f"## q{self.count}\n\n{stem}\n\n{options}\n"

    def write(self, name: str, questions: Sequence[str]) -> None:
        text = f"# Chapter {name}\n\n" + "\n".join(questions)
        (self.folder / name).write_text(text, encoding="utf-8")

    def any_chapter(self) -> Path:
        return self.rng.choice(sorted(self.folder.glob("*.md")))

    def replace(self, old: str, new: str) -> None:
        path = self.any_chapter()
        path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8")

    def change(self, name: str) -> None:
        EDITS[name](self)


EDITS: dict[str, Callable[[Author], object]] = {
    "reword": lambda a: a.replace(a.rng.choice(THINGS), a.rng.choice(THINGS)),
    "rare word": lambda a: a.replace(a.rng.choice(ACTS), "polish a harpsichord"),
    "explain": lambda a: a.replace("\n## ", "\nIt is so.\n\n## "),
    "new question": lambda a: a.replace("\n## ", f"\n{a.question()}\n## "),
    "new chapter": lambda a: a.write(f"{a.rng.randrange(99):02}.md", [a.question()] * 1),
    "chapter gone": lambda a: a.any_chapter().unlink(),
    "chapter renamed": lambda a: a.any_chapter().rename(
        a.folder / f"{a.rng.randrange(99):02}-x.md"
    ),
    "chapter copied": lambda a: shutil.copy(a.any_chapter(), a.folder / "50.md"),
    "rule off": lambda a: settings_of(a.folder, '[rules]\nnear-duplicate = "off"'),
    "rule an error": lambda a: settings_of(a.folder, '[rules]\nnear-duplicate = "error"'),
    "language": lambda a: settings_of(a.folder, 'language = "de"'),
}


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=0), st.lists(st.sampled_from(sorted(EDITS)), min_size=3, max_size=8))
def test_no_sequence_of_edits_leaves_a_stale_finding(
    tmp_path_factory: pytest.TempPathFactory, seed: int, names: list[str]
) -> None:
    base = tmp_path_factory.mktemp("edits")
    author = Author(base / "demo", seed)
    assert_nothing_stale(author.folder, base / "cache")
    for name in names:
        with suppress(IndexError, shutil.SameFileError):  # nothing to change
            author.change(name)
        assert_nothing_stale(author.folder, base / "cache")


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return Author(tmp_path / "demo", 1)


def test_there_is_something_to_find(author: Author) -> None:
    names = [diagnostic.name for diagnostic in check([author.folder]).diagnostics]

    assert names.count("near-duplicate") >= 2


def test_one_edit_compares_that_question_alone(
    author: Author, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked_with(author.folder, tmp_path / "cache")
    pairs: list[set[str]] = []

    def watched(text: str, others: Sequence[str]) -> list[tuple[int, float]]:
        pairs.extend({text, other} for other in others)
        return most_similar(text, others)

    monkeypatch.setattr(similar_memory, "most_similar", watched)
    path = author.folder / "02.md"
    edited = path.read_text("utf-8").replace("before", "before zebras", 1)
    path.write_text(edited, encoding="utf-8")

    checked_with(author.folder, tmp_path / "cache")

    assert pairs
    assert all(any("zebras" in text for text in pair) for pair in pairs)


def test_an_edit_elsewhere_compares_nothing(
    author: Author, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked_with(author.folder, tmp_path / "cache")
    monkeypatch.setattr(similar_memory, "most_similar", None)
    author.change("explain")

    assert_nothing_stale(author.folder, tmp_path / "cache")


def test_another_version_searches_all(
    author: Author, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, searches: list[object]
) -> None:
    checked_with(author.folder, tmp_path / "cache")
    monkeypatch.setattr(store, "_version", lambda: b"another")

    checked_with(author.folder, tmp_path / "cache")

    assert len(searches) == 2


def test_what_is_remembered_of_other_banks_is_not_mistaken(author: Author, tmp_path: Path) -> None:
    checked_with(author.folder, tmp_path / "cache")
    shutil.rmtree(author.folder)

    Author(author.folder, 2)

    assert_nothing_stale(author.folder, tmp_path / "cache")
