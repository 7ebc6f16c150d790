"""No vector acts in a real browser: no dialog, no script, no request, no leaving the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mcqdeck.model import Bank, Chapter, Config, Place, Question
from mcqdeck.render import render
from tests.passages import passage

VECTORS = Path(__file__).parents[1] / "vectors"
PAGE = "http://anki.test/vectors.html"
TEXTS = [
    text
    for name in ("unsafe.txt", "harmless.txt")
    for text in (VECTORS / name).read_text(encoding="utf-8").removesuffix("\n").split("\n----\n")
]
SETTLE = 300  # milliseconds in which a handler would have run


def stems(texts: list[str]) -> list[str]:
    where = Place("a.md")
    questions = tuple(
        Question(
            where, "id", where, False,
            passage(text), (), None, None,
        )
        for text in texts
    )  # fmt: skip
    bank = Bank(
        "no-such-folder", Config("deck.toml", "demo", "Demo"), (Chapter("a.md", "A", questions),)
    )
    return [question.stem for question in render(bank)[0].questions]


@pytest.mark.parametrize("way", ["written", "inserted"])
def test_no_vector_acts(browser: Any, way: str) -> None:
    page = browser.new_page()
    acted: list[str] = []

    def dismiss(dialog: Any) -> None:
        acted.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.on("popup", lambda popup: acted.append(f"popup {popup.url}"))

    def answer(route: Any) -> None:
        url = route.request.url
        if url == PAGE:
            route.fulfill(body=body, content_type="text/html; charset=utf-8")
            return
        if not (route.request.resource_type == "image" and "evil" not in url):
            acted.append(f"request {url}")
        route.abort()

    fields = "\n".join(f"<section>{stem}</section>" for stem in stems(TEXTS))
    body = fields if way == "written" else "<main></main>"
    page.route("**/*", answer)
    page.goto(PAGE)
    if way == "inserted":
        page.evaluate("html => { document.querySelector('main').innerHTML = html; }", fields)
    page.evaluate(
        """() => {
            for (const element of document.querySelectorAll('section *')) {
                for (const name of ['mouseover', 'focus', 'toggle', 'error', 'load', 'click']) {
                    if (element.tagName !== 'A') element.dispatchEvent(new Event(name));
                }
            }
        }"""
    )
    page.wait_for_timeout(SETTLE)

    assert acted == []
    assert page.url == PAGE
    assert page.locator("section").count() == len(TEXTS)
    assert page.locator("script, style, iframe, object, embed, form, svg, math").count() == 0
    page.close()
