"""No pattern that reads files of other people takes long on any text: its steps grow with the text.

The engine that counts them finds what that of Python finds.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest

from tests.patterns.examples import unmarked
from tests.steps import Engine
from tests.test_patterns import EXAMPLES, pattern_of

OTHER_MARKDOWN = [name for name in EXAMPLES if name.startswith("exchange.other_markdown.")]
OTHERS = [
    name for name, table in EXAMPLES.items() if not table.is_of_bytes and name not in OTHER_MARKDOWN
]
TIMES = 24
LONGEST = 40  # characters of an example; a longer one tells nothing that a shorter does not
ALLOWED = 4 * TIMES  # a part that may come sixty times is in line only with longer texts
MOST = 120  # texts for a pattern


def growth(pattern: re.Pattern[str], use: str, shape: tuple[str, str, str]) -> int:
    """How much the growth of the steps grows; nothing where they are in line with the text.

    The text has the middle part of a shape once, twice and three times as often.
    """
    before, part, after = shape
    steps = []
    for times in (1, 2, 3):
        engine = Engine(pattern)
        getattr(engine, use)(f"{before}{part * (TIMES * times)}{after}")
        steps.append(engine.steps)
    return (steps[2] - steps[1]) - (steps[1] - steps[0])


def shapes(example: str) -> Iterator[tuple[str, str, str]]:
    """Parts of an example that a text may repeat: what stands before one, the part, what follows.

    What follows is something that hardly any pattern matches, so that all ways are tried.
    """
    text = unmarked(example)[0]
    for start in range(len(text)):
        for part in {text[start : start + 1], text[start : start + 2]}:
            yield text[:start], part, "\0"
            yield text[:start], part, f"\0{text[start + len(part) :]}"


@pytest.fixture(autouse=True)
def _deep() -> Iterator[None]:
    """Room for an engine that calls itself for each repetition of a group."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    yield
    sys.setrecursionlimit(before)


@pytest.mark.parametrize("name", OTHER_MARKDOWN)
def test_the_steps_of_a_pattern_grow_with_the_text_only(name: str) -> None:
    table, pattern = EXAMPLES[name], pattern_of(name)
    matching = [text for text in table.texts if "⟨" in text and len(text) <= LONGEST]
    all_shapes = sorted({shape for example in matching for shape in shapes(example)})

    for shape in all_shapes[:: len(all_shapes) // MOST + 1]:
        assert growth(pattern, table.use, shape) < ALLOWED, shape


@pytest.mark.parametrize("source", ["[ab]*a?[ab]*$", "a.*b.*c"])
def test_steps_that_grow_faster_than_the_text_are_told(source: str) -> None:
    assert growth(re.compile(source), "match", ("", "ab", "\0")) > ALLOWED


@pytest.mark.parametrize("name", [*OTHER_MARKDOWN, *OTHERS[::7]])
def test_the_engine_that_counts_finds_what_that_of_python_finds(name: str) -> None:
    table, pattern = EXAMPLES[name], pattern_of(name)

    for example in table.texts:
        text, marked = unmarked(example)
        assert getattr(Engine(pattern), table.use)(text) == marked
