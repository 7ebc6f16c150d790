"""The order of the options: fresh and fair at each showing, and the same on both sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest

Choice = Callable[[str], Any]
OpenClient = Callable[..., Any]

# A fair shuffle exceeds this once in a million runs: chi-square with 23 degrees of freedom.
UNLIKELY = 77.0


def orders(client: Any, card: Any, times: int) -> list[str]:
    seen: list[str] = client.page.evaluate(
        """([html, times]) => Array.from({ length: times }, () => {
          show(html);
          const items = document.querySelectorAll(".choices > ol > *");
          return Array.from(items, item => item.dataset.option).join("");
        })""",
        [card.front, times],
    )
    return seen


def test_every_order_is_equally_likely(client: OpenClient, choice: Choice) -> None:
    times = 1200
    counts = Counter(orders(client(), choice("single"), times))

    expected = times / 24
    every = ["".join(order) for order in permutations("abcd")]
    assert set(counts) <= set(every)
    assert sum((counts[order] - expected) ** 2 / expected for order in every) < UNLIKELY


@pytest.mark.parametrize("id_", ["numbered", "true-or-false"])
def test_an_order_with_meaning_is_kept(client: OpenClient, choice: Choice, id_: str) -> None:
    assert len(set(orders(client(), choice(id_), 20))) == 1


@pytest.mark.parametrize("id_", ["pinned", "several"])
def test_none_and_all_of_the_above_stay_last(client: OpenClient, choice: Choice, id_: str) -> None:
    shuffled = orders(client(), choice(id_), 40)

    assert {order[-1] for order in shuffled} == {"e"}
    assert len(set(shuffled)) > 10


@pytest.mark.parametrize("is_long", [True, False], ids=["long page", "page per side"])
def test_the_back_has_the_order_of_the_front(
    client: OpenClient, choice: Choice, is_long: bool
) -> None:
    phone = client(is_long=is_long)
    for id_ in ("single", "several", "ten", "numbered", "single"):
        phone.show(choice(id_).front)
        order = phone.options()
        phone.show(choice(id_).back, is_answer=True)
        assert phone.options() == order


def test_letters_are_given_to_what_stands_on_screen(client: OpenClient, choice: Choice) -> None:
    desktop = client()
    desktop.show(choice("single").front)
    letter = desktop.options().index("a")
    desktop.show(choice("single").back, is_answer=True)

    assert desktop.verdict() == f"– No answer chosen: the right answer is {'ABCD'[letter]}"
    badges = desktop.page.eval_on_selector_all(
        ".choices > ol > *",
        "items => items.map(item => getComputedStyle(item, '::before').content)",
    )
    assert badges == ["counter(option, upper-alpha)"] * 4
