"""axe finds nothing on the page, by day or night, wide or narrow, on every view."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from mcqdeck.building import build
from mcqdeck.project import check
from tests.preview.conftest import Page, Served

Look = Callable[..., Page]
VIEWS = ("#/q/01-bees.md%23honey", "#/release", "#/bank")


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1400), ("dark", 1400), ("light", 1000), ("dark", 360)]
)
def test_axe_finds_nothing(look: Look, preview: Served, scheme: str, width: int) -> None:
    build(check([preview.folder]), preview.decks)
    preview.replace("01-bees.md", "- [x] Honey", "- [X] Honey")
    preview.replace("01-bees.md", "What do bees", "What  do bees $\\ce{H2O}$")
    preview.replace("02-spiders.md", "- [ ] Songs", "- [ ] None of the above")
    preview.replace("deck.toml", 'language = "en"', 'language = "en"\ncolour = "red"')
    page = look(color_scheme=scheme, viewport={"width": width, "height": 900})
    for view in VIEWS:
        if view == "#/release":
            preview.replace("deck.toml", 'colour = "red"\n', "")
            preview.replace("02-spiders.md", "None of the above", "Songs")
        page.open(view)
        page.page.wait_for_selector(
            {"#/release": "#release .tiles", "#/bank": "#bank table"}.get(view, "#source .finding")
        )
        page.settles()
        assert violations(page.page) == [], view
    page.page.click("#open-help")
    assert violations(page.page) == []


def violations(page: Any) -> list[tuple[str, list[str]]]:
    violations = Axe().run(page).response["violations"]
    return [
        (violation["id"], [node["html"][:120] for node in violation["nodes"]])
        for violation in violations
    ]


@pytest.mark.parametrize("width", [320, 700, 1100, 1600])
@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_wider_than_the_window(look: Look, width: int, view: str) -> None:
    page = look(viewport={"width": width, "height": 800}).open(view)
    page.page.wait_for_selector(
        {"#/release": "#release h2", "#/bank": "#bank table"}.get(view, "#source .line")
    )
    page.settles()

    assert page.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_list_opens_on_a_narrow_page(look: Look) -> None:
    page = look(viewport={"width": 380, "height": 800}).go("01-bees.md#honey")
    assert not page.page.is_visible("#questions")

    page.page.click("#open-list")
    page.page.click('#list >> text="dance"')

    page.waits_for_key("01-bees.md#dance")
    assert not page.page.is_visible("#questions")


def test_everything_can_be_done_by_keyboard(look: Look) -> None:
    page = look().go("01-bees.md#honey")
    page.page.evaluate("document.activeElement.blur()")
    page.card.locator("main.live").wait_for()
    seen: set[str] = set()
    for _ in range(60):
        page.page.evaluate("window.before = document.activeElement")
        page.press("Tab")
        with suppress(PlaywrightTimeoutError):  # within the card the frame keeps the focus
            page.page.wait_for_function("() => document.activeElement !== before", timeout=500)
        here = page.page.evaluate(
            """() => {
              const { id, className, dataset } = document.activeElement;
              return [id || className, dataset.key ?? "", dataset.size ?? ""];
            }"""
        )
        seen.update(here)

    assert {"filter", "follow", "theme", "open-help", "client", "letters", "night", "frame"} <= seen
    assert {"01-bees.md#dance", "02-spiders.md#webs", "tablet"} <= seen


def test_the_look_of_the_page_can_be_chosen(look: Look) -> None:
    page = look(color_scheme="dark").go("01-bees.md#honey")
    paper = "() => getComputedStyle(document.body).backgroundColor"
    assert page.page.evaluate(paper) == "rgb(19, 21, 25)"

    page.page.click("#theme")
    assert page.page.evaluate(paper) == "rgb(244, 245, 248)"
    page.page.reload()
    assert page.page.evaluate(paper) == "rgb(244, 245, 248)"
    page.page.click("#theme")
    assert page.page.evaluate(paper) == "rgb(19, 21, 25)"
