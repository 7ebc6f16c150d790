"""Every pattern of the rules matches what its examples say, and nothing else in them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from typing import cast

import pytest

from mcqdeck import stock_options
from mcqdeck.markdown.pattern import Pattern
from tests.patterns import advice, analysis, form, stock
from tests.patterns.examples import Examples, unmarked

EXAMPLES: dict[str, Examples] = {
    **form.EXAMPLES,
    **advice.EXAMPLES,
    **analysis.EXAMPLES,
    **stock.EXAMPLES,
}


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns of the rules and of what they share, by `folder.module.name`."""
    package = importlib.import_module("mcqdeck.rules")
    found = pkgutil.walk_packages(package.__path__, "mcqdeck.rules.")
    names = (module.name for module in found)
    for module in (stock_options, *map(importlib.import_module, names)):
        source = inspect.getsource(module)
        for name, value in vars(module).items():
            if isinstance(value, Pattern | re.Pattern) and f"\n{name} = " in source:
                place = module.__name__.removeprefix("mcqdeck.").removeprefix("rules.")
                yield f"{place}.{name}", cast("re.Pattern[str]", value)


PATTERNS = dict(patterns())
CASES = [(name, text) for name, examples in EXAMPLES.items() for text in examples.texts]


@pytest.mark.parametrize(("name", "example"), CASES)
def test_a_pattern_matches_what_is_marked(name: str, example: str) -> None:
    text, marked = unmarked(example)

    assert EXAMPLES[name].spans(PATTERNS[name], text) == marked


def test_every_pattern_has_examples() -> None:
    assert EXAMPLES.keys() == PATTERNS.keys()


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_pattern_has_an_example_with_and_one_without_a_match(name: str) -> None:
    texts = EXAMPLES[name].texts

    assert any("⟨" in text for text in texts)
    assert any("⟨" not in text for text in texts)
