"""An option is chosen when its learner means it, and by nothing else that happens in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Choice = Callable[[str], Any]
OpenClient = Callable[..., Any]

WITHIN = {
    "a link": '<a href="#" class="within">more</a>',
    "an image in a link": '<a href="#"><img class="within" alt="x" width="40" height="40"></a>',
    "a summary": '<details><summary class="within">Hint</summary>It is small.</details>',
    "a button": '<button class="within">Press</button>',
    "a replay button": (
        '<a class="replay-button soundLink" href=# onclick="return false;">'
        '<svg class="within" width="40" height="40"><circle cx="20" cy="20" r="20"/></svg></a>'
    ),
    "a player": '<audio class="within" controls></audio>',
    "a hint of Anki": '<a class="hint within" href="#" onclick="return false;">Show</a>',
    "a word with a handler": '<span class="within" onclick="return false">word</span>',
    "a button by role": '<span class="within" role="button" tabindex="0">word</span>',
    "a label": '<label class="within">word</label>',
}


@pytest.mark.parametrize("html", WITHIN.values(), ids=WITHIN.keys())
@pytest.mark.parametrize("id_", ["single", "several"])
def test_what_lies_in_an_option_does_not_choose_it(
    client: OpenClient, choice: Choice, html: str, id_: str
) -> None:
    desktop = client()
    front = choice(id_).front.replace('<li data-option="b">', f'<li data-option="b">{html}')
    desktop.show(front)
    desktop.option("b").locator(".within").click(position={"x": 8, "y": 8})
    assert desktop.chosen() == []

    box = desktop.option("b").bounding_box()
    desktop.option("b").click(position={"x": box["width"] - 8, "y": box["height"] - 8})
    assert desktop.chosen() == ["b"]


@pytest.mark.parametrize("html", WITHIN.values(), ids=WITHIN.keys())
def test_it_is_not_lost_on_screen_readers(client: OpenClient, choice: Choice, html: str) -> None:
    """Nothing to press stands in a radio button, in which readers would not find it."""
    desktop = client()
    desktop.show(
        choice("single").front.replace('<li data-option="b">', f'<li data-option="b">{html}')
    )

    assert desktop.page.get_by_role("radio").count() == 4
    assert desktop.page.locator("[role=radio] .within").count() == 0
    radio = desktop.option("b").get_by_role("radio")
    assert radio.evaluate(
        "r => document.getElementById(r.getAttribute('aria-labelledby')).innerText"
    )


def test_the_content_of_open_details_chooses(client: OpenClient, choice: Choice) -> None:
    desktop = client()
    html = "<details open><summary>Hint</summary><p class=inner>It is small.</p></details>"
    desktop.show(
        choice("single").front.replace('<li data-option="b">', f'<li data-option="b">{html}')
    )
    desktop.option("b").locator(".inner").click()

    assert desktop.chosen() == ["b"]


def drag(client: Any, start: Any, end: Any) -> None:
    """Selects text from the left of one element to the middle of another."""
    first, last = start.bounding_box(), end.bounding_box()
    mouse = client.page.mouse
    mouse.move(first["x"] + 1, first["y"] + 8)
    mouse.down()
    mouse.move(last["x"] + last["width"] / 2, last["y"] + 8, steps=4)
    mouse.up()
    assert len(client.page.evaluate("String(getSelection())")) > 5


def test_selecting_text_chooses_nothing(client: OpenClient, choice: Choice) -> None:
    desktop = client()
    desktop.show(choice("single").front)
    text = desktop.option("b").locator("p")
    drag(desktop, text, text)
    assert desktop.chosen() == []

    drag(desktop, desktop.page.locator(".stem p"), text)
    assert desktop.chosen() == []


def test_a_click_after_a_selection_chooses(client: OpenClient, choice: Choice) -> None:
    """Both on the selected text, which it unselects, and beside it."""
    desktop = client()
    desktop.show(choice("single").front)
    text = desktop.option("b").locator("p")
    drag(desktop, text, text)
    text.click(position={"x": 5, "y": 5})
    assert desktop.chosen() == ["b"]

    drag(desktop, text, text)
    desktop.option("c").click()
    assert desktop.chosen() == ["c"]


def test_keys_choose_whatever_is_selected(client: OpenClient, choice: Choice) -> None:
    desktop = client()
    desktop.show(choice("single").front)
    text = desktop.option("b").locator("p")
    drag(desktop, text, text)
    desktop.page.keyboard.press("Alt+Digit1")

    assert desktop.chosen() == desktop.options()[:1]


def test_a_double_click_on_a_word_chooses_once(client: OpenClient, choice: Choice) -> None:
    desktop = client()
    desktop.show(choice("several").front)
    desktop.option("b").locator("p").dblclick()

    assert desktop.chosen() == ["b"]
