"""The card as Anki shows it: both sides, both types, every client, size, letter size, by night."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.preview.conftest import DECK, Page, Served

Look = Callable[..., Page]
CLIENTS = ("desktop", "droid", "classic", "ios", "web", "alone", "scriptless")


def test_both_sides_of_both_cards(look: Look) -> None:
    page = look().go("01-bees.md#honey")
    page.sees("What do bees make from nectar?")
    assert page.card.get_by_text("thicken").count() == 0

    page.press("Space")
    page.sees("No answer chosen")
    page.sees("Bees thicken nectar")
    page.sees("Wax comes from glands")

    page.press("c")
    page.page.wait_for_selector('#types [aria-pressed=true] >> text="Flashcard"')
    page.sees("Honey")
    assert page.card.locator(".recall").count() == 1

    page.press("Space")
    page.card.locator(".recall").wait_for(state="detached")
    page.sees("What do bees make from nectar?")


@pytest.mark.parametrize("client", CLIENTS)
def test_each_client_keeps_what_it_keeps(look: Look, client: str) -> None:
    page = look().go("01-bees.md#honey")
    page.page.select_option("#client", client)
    if client == "scriptless":
        page.card.locator("main:not(.live) li >> text=Pollen").wait_for()
        page.page.click("#sides [data-side=back]")
        page.card.locator(".plain >> text=Honey").first.wait_for()
        assert page.card.locator(".verdict p").count() == 0
        return
    page.card.locator('[role=radio][data-option="b"]').click()
    page.card.locator('[role=radio][data-option="b"][aria-checked=true]').wait_for()
    order = page.options()

    page.page.click("#sides [data-side=back]")
    page.card.locator("main.back.live").wait_for()

    if client == "alone":
        page.sees("No answer chosen")
        assert page.options() == ["a", "b", "c"]
    else:
        page.card.locator('.wrong[data-option="b"]').wait_for()
        assert page.options() == order


@pytest.mark.parametrize("client", ["desktop", "classic"])
def test_a_back_that_is_looked_at_first_has_had_a_front(look: Look, client: str) -> None:
    page = look().go("01-bees.md#honey")
    page.page.select_option("#client", client)
    page.page.click("#sides [data-side=back]")
    page.sees("No answer chosen")
    orders = {tuple(page.options())}

    for _ in range(12):
        page.press("j")
        page.waits_for_key("01-bees.md#dance")
        page.press("k")
        page.waits_for_key("01-bees.md#honey")
        page.card.locator("main.back.live").wait_for()
        orders.add(tuple(page.options()))

    assert page.side() == "back"
    assert len(orders) > 1


@pytest.mark.parametrize(("size", "width"), [("phone", 390), ("tablet", 820), ("desktop", 1100)])
@pytest.mark.parametrize("room", [1400, 700, 360])
def test_each_size_lays_out_at_its_own_width(look: Look, size: str, width: int, room: int) -> None:
    page = look(viewport={"width": room, "height": 800}).go("01-bees.md#honey")

    page.page.click(f"#sizes [data-size={size}]")

    card = page.page.frames[1]
    borders = {"phone": 14, "tablet": 18, "desktop": 2}[size]
    card.wait_for_function(f"() => innerWidth === {width - borders}")
    box = page.page.locator("#device").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= room


def test_letters_grow_and_the_night_comes(look: Look) -> None:
    page = look().go("01-bees.md#honey")
    card = page.page.frames[1]
    before = card.evaluate("parseFloat(getComputedStyle(document.querySelector('.stem')).fontSize)")

    page.page.select_option("#letters", "200")
    card.wait_for_function("() => document.documentElement.style.fontSize === '200%'")
    after = card.evaluate("parseFloat(getComputedStyle(document.querySelector('.stem')).fontSize)")
    assert after == pytest.approx(2 * before)

    page.press("n")
    card.wait_for_function("() => document.body.classList.contains('nightMode')")
    paper = card.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(28, 30, 33)"
    assert card.evaluate("document.body.className") == "card card1 desktop nightMode night_mode"


def test_formulas_are_typeset_and_others_told(look: Look, preview: Served) -> None:
    preview.replace("01-bees.md", "$x^2$", r"$x^2$ and $\ce{H2O}$")
    page = look().go("01-bees.md#honey")
    page.press("Space")

    page.card.locator("math msup").wait_for()
    page.sees(r"$\ce{H2O}$")
    page.says("#notes", r"\ce{H2O}")


def test_the_style_of_the_bank_holds(look: Look, preview: Served) -> None:
    preview.save("style.css", ".card .stem { color: rgb(1, 2, 3) }")
    page = look().go("01-bees.md#honey")

    page.page.frames[1].wait_for_function(
        "() => getComputedStyle(document.querySelector('.stem')).color === 'rgb(1, 2, 3)'"
    )


def test_keys_work_on_the_page_and_on_the_card(look: Look) -> None:
    page = look().go("01-bees.md#honey")
    page.press("j")
    page.waits_for_key("01-bees.md#dance")
    page.press("j", "j", "j")
    page.waits_for_key("02-spiders.md#webs")

    page.card.locator(".stem").click()
    page.press("k")
    page.waits_for_key("01-bees.md#dance")
    page.card.locator("main.live").wait_for()
    page.card.locator("[role=checkbox]").first.focus()
    page.press("Space")
    page.card.locator("main.back.live").wait_for()
    page.press("n")
    page.card.locator("body.nightMode").wait_for()

    page.press("?")
    page.page.wait_for_selector("#help[open]")
    page.press("k")
    page.press("Escape")
    page.page.wait_for_selector("#help", state="hidden")
    page.press("/")
    page.page.wait_for_selector("#filter:focus")
    page.page.keyboard.type("jkjk")
    assert page.page.input_value("#filter") == "jkjk"
    assert page.key() == "01-bees.md#dance"


def test_the_card_takes_its_own_keys(look: Look) -> None:
    page = look().go("01-bees.md#honey")
    page.card.locator("main.live").wait_for()
    page.card.locator("[role=radio]").first.focus()

    page.press("ArrowDown")
    page.card.locator("[role=radio][aria-checked=true]").wait_for()
    page.press("Alt+Digit1")
    page.card.locator("[role=radio]").first.and_(
        page.card.locator("[aria-checked=true]")
    ).wait_for()

    assert page.side() == "front"


def test_shuffling_makes_other_orders(look: Look) -> None:
    page = look().go("01-bees.md#honey")
    orders = set()
    for _ in range(15):
        orders.add(tuple(page.options()))
        number = page.page.get_attribute("#stage", "data-turns")
        page.press("s")
        page.page.wait_for_function(
            "before => document.getElementById('stage').dataset.turns !== before", arg=number
        )

    assert len(orders) > 2
    assert all(sorted(order) == ["a", "b", "c"] for order in orders)


def test_a_filter_leaves_what_fits(look: Look, preview: Served) -> None:
    preview.replace("02-spiders.md", "- [ ] Songs", "- [ ] Both A and C")
    page = look().go("01-bees.md#honey")
    page.settles()

    page.page.fill("#filter", "waggle")
    assert page.page.locator("#list section a").count() == 1
    page.page.fill("#filter", "")
    page.page.click(".chip.error")
    page.page.wait_for_function("() => document.querySelectorAll('#list section a').length === 1")
    page.press("j")
    page.waits_for_key("02-spiders.md#webs")
    page.says("#source", "both A and C")


def test_chapters_fold(look: Look) -> None:
    page = look().go("01-bees.md#honey")
    links = page.page.locator("#list section a")
    assert links.count() == 3

    page.page.click('.chapter >> text="1 Bees"')
    assert links.count() == 1
    page.page.reload()
    page.waits_for_key("01-bees.md#honey")


def test_a_retired_question_and_one_without_a_flashcard(look: Look, preview: Served) -> None:
    preview.replace(
        "01-bees.md", "level: recall,", "level: recall, retired: obsolete, flashcard: false,"
    )
    page = look().go("01-bees.md#honey")

    page.says("#list", "retired")
    assert page.page.is_disabled("#types >> text=Flashcard")
    page.press("Space")
    page.sees("obsolete")


def test_links_open_outside_and_nothing_else_leaves_the_frame(look: Look, browser: Any) -> None:
    context = browser.new_context()
    context.set_default_timeout(60_000)
    context.route("https://example.org/**", lambda route: route.fulfill(body="A book about bees"))
    page = look(context=context).go("01-bees.md#honey")
    page.press("Space")

    with context.expect_page() as opened:
        page.card.get_by_role("link", name="A book").click()

    assert opened.value.url == "https://example.org/bees"
    assert opened.value.evaluate("opener") is None
    page.sees("A book")
    context.close()


def test_what_was_struck_out_stays_so_after_a_save(look: Look, preview: Served) -> None:
    preview.save("deck.toml", f"{DECK}\n[cards]\nstrike-out = true\ntimer = true\nshow-id = true\n")
    page = look().go("01-bees.md#honey")
    box = page.card.locator(".choices [data-option=b]")
    box.locator(".strike").click()
    page.card.locator(".choices [data-option=c]").click()
    page.card.locator(".choices [data-option=c] [aria-checked=true]").wait_for()

    preview.replace("01-bees.md", "make from nectar?", "make out of nectar?")

    page.sees("make out of nectar?")
    page.card.locator(".choices .struck[data-option=b]").wait_for()
    page.card.locator(".choices [data-option=c] [aria-checked=true]").wait_for()
    page.press("Space")
    page.card.locator(".wrong[data-option=c]").wait_for()
    page.card.locator(".time").wait_for()


def test_an_answer_that_comes_with_the_choice_comes_here_too(look: Look, preview: Served) -> None:
    preview.save("deck.toml", f"{DECK}\n[cards]\nanswer-on-choice = true\n")
    page = look().go("01-bees.md#honey")
    page.card.locator(".choices [data-option=b]").click()

    page.card.locator(".wrong[data-option=b]").wait_for()
    assert page.side() == "back"
    preview.replace("01-bees.md", "make from nectar?", "make out of nectar?")
    page.sees("make out of nectar?")
    assert page.side() == "back"
