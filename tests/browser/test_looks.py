"""Looks: any width and letter size, contrast by day and night, right to left, print."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Cards = dict[tuple[str, str], Any]
Choice = Callable[[str], Any]
OpenClient = Callable[..., Any]

DOCS = Path(__file__).parents[2] / "docs" / "card.md"

# WCAG 2.2's relative luminance and contrast, of every text and of every letter before an option;
# https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
CONTRASTS = """() => {
  const parse = colour => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
    return { rgb: [r, g, b], a };
  };
  const luminance = rgb => rgb.map(v => v / 255)
    .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    for (; element; element = element.parentElement) {
      const { rgb, a } = parse(getComputedStyle(element).backgroundColor);
      if (a === 1) return rgb;
    }
    return [255, 255, 255];
  };
  const ratio = (one, two) => {
    const [dark, light] = [luminance(one), luminance(two)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const found = [];
  const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !parent.getClientRects().length) continue;
    found.push([walker.currentNode.data.trim(), ratio(parse(getComputedStyle(parent).color).rgb,
      ground(parent))]);
  }
  for (const item of document.querySelectorAll(".choices > ol > *")) {
    const badge = getComputedStyle(item, "::before");
    const own = parse(badge.backgroundColor);
    const under = own.a === 1 ? own.rgb : ground(item);
    found.push(["letter", ratio(parse(badge.color).rgb, under)]);
    found.push(["edge of letter", ratio(parse(badge.borderTopColor).rgb, ground(item)) * 1.5]);
  }
  return found;
}"""


def sides(client: Any, cards: Cards) -> Any:
    """Shows card after card: chosen fronts, wrong and right backs, flashcards."""
    for id_, chosen in (("single", "b"), ("several", "ab"), ("blocks", "b"), ("retired", "a")):
        card = cards[id_, "Multiple choice"]
        client.show(card.front)
        for option in chosen:
            client.option(option).click()
        yield f"{id_} front"
        client.show(card.back, is_answer=True)
        yield f"{id_} back"
        client.show(cards[id_, "Flashcard"].back, is_answer=True)
        yield f"{id_} flashcard"


def low_contrasts(client: Any, cards: Cards) -> list[tuple[str, str, float]]:
    return [
        (side, text, ratio)
        for side in sides(client, cards)
        for text, ratio in client.page.evaluate(CONTRASTS)
        if ratio < 4.5
    ]


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
def test_every_text_has_the_contrast_of_wcag_aa(
    client: OpenClient, cards: Cards, night: bool
) -> None:
    assert low_contrasts(client(night=night), cards) == []


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
def test_the_theme_of_the_docs_changes_the_card_and_keeps_its_contrast(
    client: OpenClient, cards: Cards, night: bool
) -> None:
    (theme,) = re.findall(r"```css\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert len(theme.splitlines()) == 10
    themed = {
        key: card._replace(
            front=card.front.replace("</style>", theme + "</style>"),
            back=card.back.replace("</style>", theme + "</style>"),
        )
        for key, card in cards.items()
    }
    colours = "getComputedStyle(document.querySelector('[aria-checked=true]')).borderColor"
    plain, changed = client(night=night), client(night=night)
    for one, those in ((plain, cards), (changed, themed)):
        one.show(those["single", "Multiple choice"].front)
        one.option("a").click()

    assert plain.page.evaluate(colours) != changed.page.evaluate(colours)
    assert low_contrasts(changed, themed) == []


@pytest.mark.parametrize("classes", ["nightMode", "night_mode"])
def test_night_comes_by_either_class(client: OpenClient, choice: Choice, classes: str) -> None:
    desktop = client()
    desktop.show(choice("single").front)
    ground = "getComputedStyle(document.body).backgroundColor"
    day = desktop.page.evaluate(ground)
    desktop.page.evaluate("name => document.body.classList.add(name)", classes)

    assert desktop.page.evaluate(ground) != day


@pytest.mark.parametrize("width", [320, 700, 1400])
@pytest.mark.parametrize("root", [16, 32], ids=["usual letters", "double letters"])
def test_nothing_is_cut_off_at_any_width(
    client: OpenClient, cards: Cards, width: int, root: int
) -> None:
    phone = client(width=width, root=root)
    for side in sides(phone, cards):
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= width, side
        cut = phone.page.eval_on_selector_all(
            "main p, main li, main h1, main h2, main img",
            """(all, width) => all.map(each => [each.innerText, each.getBoundingClientRect()])
              .filter(([, box]) => box.left < 0 || box.right > width)
              .map(([text]) => text)""",
            width,
        )
        assert cut == [], side


def test_a_line_stays_readable_on_a_wide_screen(client: OpenClient, choice: Choice) -> None:
    desktop = client(width=1400, height=900)
    desktop.show(choice("single").front)
    box = desktop.page.locator("main").bounding_box()

    assert box["width"] <= 42 * 16
    assert abs(box["x"] + box["width"] / 2 - 700) < 2


@pytest.mark.parametrize("width", [320, 1400])
def test_an_option_is_big_enough_for_a_finger(
    client: OpenClient, choice: Choice, width: int
) -> None:
    phone = client(width=width)
    phone.show(choice("true-or-false").front)

    for id_ in "ab":
        box = phone.option(id_).bounding_box()
        assert box["height"] >= 44
        assert box["width"] >= 250


def test_letters_grow_with_the_size_that_the_client_sets(
    client: OpenClient, choice: Choice
) -> None:
    sizes = []
    for root in (16, 32):
        desktop = client(root=root)
        desktop.show(choice("single").back, is_answer=True)
        sizes.append(
            desktop.page.eval_on_selector_all(
                "main *", "all => all.map(each => parseFloat(getComputedStyle(each).fontSize))"
            )
        )

    assert sizes[1] == pytest.approx([2 * size for size in sizes[0]], rel=0.01)


def test_a_picture_fits_its_option(client: OpenClient, choice: Choice) -> None:
    phone = client(width=320)
    phone.show(choice("blocks").front)
    picture = phone.page.locator("[data-option=a] img")
    picture.evaluate("img => img.decode()")

    assert 50 < picture.bounding_box()["width"] < 260


def test_code_is_coloured_in_day_and_night(client: OpenClient, choice: Choice) -> None:
    seen = []
    for night in (False, True):
        desktop = client(night=night)
        desktop.show(choice("blocks").front)
        colours = desktop.page.eval_on_selector_all(
            ".stem .k, .stem .nf, .stem .c1, .stem .mf",
            "all => all.map(each => getComputedStyle(each).color)",
        )
        seen.append(set(colours))
        assert len(seen[-1]) >= 3

    assert not seen[0] & seen[1]


def test_right_to_left_text_turns_the_card_around(client: OpenClient, choice: Choice) -> None:
    phone = client(width=320)
    phone.show(choice("right-to-left").front)
    assert phone.page.eval_on_selector_all(
        ".stem, .choices", "all => all.map(each => getComputedStyle(each).direction)"
    ) == ["rtl", "rtl"]
    paddings = phone.option("a").evaluate(
        "item => [getComputedStyle(item).paddingRight, getComputedStyle(item).paddingLeft]"
    )
    assert float(paddings[0][:-2]) > 2 * float(paddings[1][:-2])

    phone.show(choice("right-to-left").back, is_answer=True)
    assert phone.page.evaluate(
        "['.plain', '.choices', '#mcq'].map(part =>"
        " getComputedStyle(document.querySelector(part)).direction)"
    ) == ["rtl", "rtl", "rtl"]


def test_nothing_moves(client: OpenClient, choice: Choice) -> None:
    desktop = client(reduced_motion="reduce")
    desktop.show(choice("single").front)
    desktop.option("a").click()

    assert desktop.page.evaluate("document.getAnimations().length") == 0


def test_print_is_dark_on_light_even_at_night(client: OpenClient, choice: Choice) -> None:
    desktop = client(night=True)
    desktop.show(choice("single").back, is_answer=True)
    desktop.page.emulate_media(media="print")
    ink, paper = desktop.page.evaluate(
        "(style => [style.color, style.backgroundColor])(getComputedStyle(document.body))"
    )

    assert max(map(int, re.findall(r"\d+", ink))) < 60
    assert min(map(int, re.findall(r"\d+", paper))) > 230
