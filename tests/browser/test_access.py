"""For everyone: axe-core finds nothing, and names, roles and states are what a reader announces."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

Choice = Callable[[str], Any]
OpenClient = Callable[..., Any]


def faults(client: Any) -> list[tuple[str, str]]:
    """The rules of axe-core, best practices included, that the page breaks, and where first."""
    violations = Axe().run(client.page).response["violations"]
    return [(violation["id"], violation["nodes"][0]["html"]) for violation in violations]


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("id_", ["single", "several", "blocks", "retired", "right-to-left"])
def test_axe_finds_nothing_on_any_side(
    client: OpenClient, cards: dict[tuple[str, str], Any], id_: str, night: bool
) -> None:
    phone = client(night=night, width=320)
    card, flashcard = cards[id_, "Multiple choice"], cards[id_, "Flashcard"]
    phone.show(card.front)
    phone.option("b").click()
    assert faults(phone) == []
    phone.show(card.back, is_answer=True)
    assert faults(phone) == []
    phone.show(flashcard.front)
    assert faults(phone) == []
    phone.show(flashcard.back, is_answer=True)
    assert faults(phone) == []


def test_one_right_option_makes_a_radio_group_named_by_the_stem(
    client: OpenClient, choice: Choice
) -> None:
    desktop = client()
    desktop.show(choice("single").front)
    order = desktop.options()
    desktop.option(order[1]).click()

    tree = desktop.page.locator("main").aria_snapshot()
    assert 'radiogroup "Which next step would make this transfer a warm handoff?"' in tree
    group = desktop.page.get_by_role("radiogroup")
    assert group.get_by_role("radio").count() == 4
    assert group.get_by_role("radio", checked=True).count() == 1
    assert desktop.page.eval_on_selector_all(
        "[role=radio]", "all => all.map(each => each.tabIndex)"
    ) == [-1, 0, -1, -1]


def test_several_right_options_make_checkboxes_and_say_how_many(
    client: OpenClient, choice: Choice
) -> None:
    desktop = client()
    desktop.show(choice("several").front)
    desktop.option("a").click()

    group = desktop.page.get_by_role("group", name="Choose two even numbers. Choose 2")
    assert group.get_by_role("checkbox").count() == 5
    assert group.get_by_role("checkbox", checked=True).count() == 1


def test_a_table_that_is_wider_than_the_screen_can_be_scrolled_by_keys(
    client: OpenClient, choice: Choice
) -> None:
    phone = client(width=320)
    wide = f"<table><tr>{'<td>immeasurable</td>' * 9}</tr></table>"
    card = choice("single").front
    phone.show(card.replace("<p>Which", f"{wide}<p>Which", 1))

    table = phone.page.locator(".stem table")
    assert table.evaluate("table => table.scrollWidth > table.clientWidth")
    assert table.evaluate("table => table.tabIndex") == 0
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 320
    assert faults(phone) == []


def test_math_inside_an_option_is_no_stop_for_the_tab_key(
    client: OpenClient, choice: Choice
) -> None:
    desktop = client()
    desktop.show(choice("blocks").front)
    stops = desktop.page.evaluate(
        """() => {
          for (const place of [".stem", "[data-option=a]"]) {
            const formula = document.createElement("mjx-container");
            formula.tabIndex = 0;
            document.querySelector(place).append(formula);
          }
          return new Promise(resolve => setTimeout(() => resolve(
            [...document.querySelectorAll("mjx-container")].map(each => each.tabIndex))));
        }"""
    )

    assert stops == [0, -1]


def test_focus_is_visible(client: OpenClient, choice: Choice) -> None:
    desktop = client()
    desktop.show(choice("single").front)
    desktop.page.keyboard.press("Tab")

    style, width = desktop.page.evaluate(
        "(style => [style.outlineStyle, parseFloat(style.outlineWidth)])"
        "(getComputedStyle(document.activeElement))"
    )
    assert style == "solid"
    assert width >= 2


def test_the_verdict_is_announced(client: OpenClient, choice: Choice) -> None:
    """A live region tells what changes in it after it was laid out."""
    desktop = client()
    changes = desktop.page.evaluate(
        """html => new Promise(resolve => {
          show(html, true);
          new MutationObserver(changes => resolve(changes.length))
            .observe(document.querySelector("[role=status]"), { childList: true, subtree: true });
          setTimeout(() => resolve(0), 3000);
        })""",
        choice("single").back,
    )
    assert changes > 0
    status = desktop.page.get_by_role("status")
    assert status.inner_text() == "– No answer chosen: the right answer is A"


def test_chosen_and_right_are_told_by_words_and_not_by_colour_alone(
    client: OpenClient, choice: Choice
) -> None:
    desktop = client()
    desktop.show(choice("single").front)
    desktop.option("b").click()
    desktop.show(choice("single").back, is_answer=True)

    assert "Right answer" in desktop.option("a").inner_text()
    assert "Your choice" in desktop.option("b").inner_text()
    assert desktop.page.get_by_role("radio").count() == 0
    assert desktop.page.get_by_role("heading", level=1).inner_text().startswith("Which next step")


def test_windows_high_contrast_tells_the_choice_by_shape(
    client: OpenClient, choice: Choice
) -> None:
    desktop = client(forced_colors="active")
    desktop.show(choice("single").front)
    desktop.option("a").click()

    widths = [
        desktop.option(id_).evaluate("item => getComputedStyle(item).borderTopWidth")
        for id_ in "ab"
    ]
    assert widths[0] != widths[1]
