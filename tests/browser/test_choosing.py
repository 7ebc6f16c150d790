"""Choosing: by mouse, finger and keys, and changing one's mind, without taking Anki's own keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Choice = Callable[[str], Any]
OpenClient = Callable[..., Any]

KEYS_HEARD = """window.heard = [];
document.addEventListener("keydown", function (event) {
  if (event.key !== "Alt" && event.key !== "Shift") heard.push(event.code);
});"""


def test_a_click_chooses_and_another_changes_the_choice(client: OpenClient, choice: Choice) -> None:
    desktop = client()
    desktop.show(choice("single").front)
    assert desktop.chosen() == []

    desktop.option("b").click()
    assert desktop.chosen() == ["b"]
    desktop.option("c").click()
    desktop.option("c").click()
    assert desktop.chosen() == ["c"]

    desktop.show(choice("single").back, is_answer=True)
    assert desktop.marks() == {"a": "✓ Right answer", "c": "✕ Your choice"}


def test_a_tap_chooses_and_is_not_taken_for_a_flip(client: OpenClient, choice: Choice) -> None:
    phone = client(is_long=False, has_touch=True, is_mobile=True)
    phone.show(choice("single").front)
    phone.option("d").tap()

    assert phone.chosen() == ["d"]
    assert phone.page.eval_on_selector_all(
        ".choices > ol > *",
        "items => items.every(i => i.onclick && i.classList.contains('tappable'))",
    )
    assert phone.page.locator("main input, main button, main [contenteditable]").count() == 0


def test_several_can_be_chosen_and_left_again(client: OpenClient, choice: Choice) -> None:
    desktop = client()
    desktop.show(choice("several").front)
    assert desktop.page.inner_text(".choose") == "Choose 2"

    for id_ in "abca":
        desktop.option(id_).click()

    assert sorted(desktop.chosen()) == ["b", "c"]


def test_alt_and_a_digit_choose_what_stands_at_that_place(
    client: OpenClient, choice: Choice
) -> None:
    desktop = client()
    desktop.show(choice("ten").front)
    order = desktop.options()
    for digit in (1, 9, 4):
        desktop.page.keyboard.press(f"Alt+Digit{digit}")
        assert desktop.chosen() == [order[digit - 1]]
        assert desktop.page.evaluate("document.activeElement.dataset.option") == order[digit - 1]


def test_alt_and_a_digit_toggle_where_several_are_right(client: OpenClient, choice: Choice) -> None:
    desktop = client()
    desktop.show(choice("several").front)
    order = desktop.options()
    for digit in (1, 2, 3, 1, 8):
        desktop.page.keyboard.press(f"Alt+Digit{digit}")

    assert desktop.chosen() == order[1:3]


def test_tab_and_arrows_move_the_choice(client: OpenClient, choice: Choice) -> None:
    desktop = client()
    desktop.show(choice("single").front)
    order = desktop.options()
    press = desktop.page.keyboard.press

    press("Tab")
    assert desktop.chosen() == []
    for key, place in (("ArrowDown", 1), ("ArrowRight", 2), ("ArrowUp", 1), ("ArrowLeft", 0)):
        press(key)
        assert desktop.chosen() == [order[place]]
    press("ArrowUp")
    assert desktop.chosen() == [order[3]]
    press("Tab")
    assert desktop.page.evaluate("document.activeElement === document.body")
    press("Shift+Tab")
    assert desktop.page.evaluate("document.activeElement.dataset.option") == order[3]


def test_arrows_follow_the_direction_of_writing(client: OpenClient, choice: Choice) -> None:
    desktop = client()
    desktop.show(choice("right-to-left").front)
    order = desktop.options()
    desktop.page.keyboard.press("Tab")
    desktop.page.keyboard.press("ArrowLeft")

    assert desktop.chosen() == [order[1]]


def test_where_several_are_right_arrows_move_and_shift_space_chooses(
    client: OpenClient, choice: Choice
) -> None:
    desktop = client()
    desktop.show(choice("several").front)
    order = desktop.options()
    for key in ("Tab", "ArrowDown", "ArrowDown", "Shift+Space", "Tab", "Shift+Space"):
        desktop.page.keyboard.press(key)

    assert desktop.chosen() == order[2:4]


def test_the_keys_of_anki_stay_with_anki(client: OpenClient, choice: Choice) -> None:
    desktop = client(init=KEYS_HEARD)
    desktop.show(choice("single").front)
    desktop.page.keyboard.press("Tab")
    keys = [
        *("Space", "Enter", "Digit1", "Digit4", "KeyE", "Control+Digit1", "Control+Alt+Digit3"),
        *("Alt+KeyX", "Alt+Digit7"),
    ]
    for key in keys:
        desktop.page.keyboard.press(key)
    desktop.page.keyboard.press("Alt+Digit2")

    heard = [code for code in desktop.page.evaluate("heard") if "Control" not in code]
    assert heard == ["Tab", *(key.rpartition("+")[2] for key in keys)]
    assert desktop.chosen() == desktop.options()[1:2]


@pytest.mark.parametrize("side", ["back", "flashcard", "another note type"])
def test_no_key_works_once_the_front_is_gone(
    client: OpenClient, choice: Choice, cards: dict[tuple[str, str], Any], side: str
) -> None:
    desktop = client(init=KEYS_HEARD)
    card = choice("single")
    desktop.show(card.front)
    others = {"back": card.back, "flashcard": cards["single", "Flashcard"].front}
    desktop.show(others.get(side, "<p>A card of another note type</p>"))
    desktop.page.keyboard.press("Alt+Digit1")

    assert desktop.page.evaluate("heard") == ["Digit1"]
    desktop.show(card.back, is_answer=True)
    assert desktop.verdict().startswith("– No answer chosen")


def test_a_choice_is_ready_within_one_frame(client: OpenClient, choice: Choice) -> None:
    desktop = client()
    desktop.show(choice("single").front)
    times = desktop.page.evaluate(
        """html => Array.from({ length: 9 }, () => {
          const start = performance.now();
          show(html);
          document.body.getBoundingClientRect();
          return performance.now() - start;
        }).sort((one, two) => one - two)""",
        choice("ten").front,
    )

    assert times[4] < 1000 / 60
