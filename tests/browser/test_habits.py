"""What a bank may switch on: the answer at a choice, striking out, the time, the question's id."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from tests.browser.conftest import BANK, LANGUAGES, Cards, bank_cards
from tests.browser.test_access import faults
from tests.browser.test_looks import low_contrasts

OpenClient = Callable[..., Any]
WithHabits = Callable[..., Cards]

ALL = "answer-on-choice = true\nstrike-out = true\ntimer = true\nshow-id = true"
REPORT = 'report = "https://example.org/mistakes?a=1&id={id}"'
DESKTOP = "window.asked = []; window.pycmd = command => asked.push(command);"
ANKIDROID = "window.asked = []; window.showAnswer = () => asked.push('showAnswer');"


@pytest.fixture(scope="session")
def with_habits(tmp_path_factory: pytest.TempPathFactory) -> WithHabits:
    """The cards of the bank, or of that of a language, with settings under `[cards]`."""

    @cache
    def made(settings: str, top: str = "", language: str = "") -> Cards:
        folder = tmp_path_factory.mktemp("habits")
        bank = folder / "bank"
        shutil.copytree(LANGUAGES / language if language else BANK, bank)
        text = (bank / "deck.toml").read_text(encoding="utf-8")
        (bank / "deck.toml").write_text(f"{top}\n{text}\n[cards]\n{settings}\n", encoding="utf-8")
        return bank_cards(bank, folder)

    return made


# The answer at a choice


@pytest.mark.parametrize(
    ("client_of", "asked"),
    [(DESKTOP, ["ans"]), (ANKIDROID, ["showAnswer"]), ("window.asked = [];", [])],
    ids=["desktop", "AnkiDroid", "a client that has no way"],
)
def test_the_answer_is_asked_for_as_soon_as_one_is_chosen(
    client: OpenClient, with_habits: WithHabits, client_of: str, asked: list[str]
) -> None:
    phone = client(init=client_of)
    card = with_habits("answer-on-choice = true")["single", "Multiple choice"]
    phone.show(card.front)
    phone.page.keyboard.press("Tab")
    phone.page.keyboard.press("ArrowDown")
    assert phone.page.evaluate("asked") == []  # arrows only move, so that all can be reached
    assert phone.chosen() == []

    order = phone.options()
    phone.option("d").click()
    assert phone.page.evaluate("asked") == asked
    phone.show(card.back, is_answer=True)
    assert phone.options() == order
    assert phone.marks()["d"] == "✕ Your choice"


@pytest.mark.parametrize("key", ["Alt+Digit2", "Shift+Space"])
def test_keys_ask_for_the_answer_too(client: OpenClient, with_habits: WithHabits, key: str) -> None:
    desktop = client(init=DESKTOP)
    desktop.show(with_habits("answer-on-choice = true")["single", "Multiple choice"].front)
    order = desktop.options()
    for pressed in ("Tab", "ArrowDown", key):
        desktop.page.keyboard.press(pressed)

    assert desktop.page.evaluate("asked") == ["ans"]
    assert desktop.chosen() == order[1:2]


def test_where_several_are_right_the_answer_waits(
    client: OpenClient, with_habits: WithHabits
) -> None:
    desktop = client(init=DESKTOP)
    desktop.show(with_habits("answer-on-choice = true")["several", "Multiple choice"].front)
    for id_ in "abc":
        desktop.option(id_).click()

    assert desktop.page.evaluate("asked") == []


def test_without_the_setting_no_answer_is_asked_for(client: OpenClient, cards: Cards) -> None:
    desktop = client(init=DESKTOP)
    desktop.show(cards["single", "Multiple choice"].front)
    desktop.option("a").click()

    assert desktop.page.evaluate("asked") == []


# Striking out


@pytest.fixture
def striking(client: OpenClient, with_habits: WithHabits) -> Callable[..., Any]:
    def opened(id_: str = "single", **settings: Any) -> Any:
        phone = client(**settings)
        phone.show(with_habits("strike-out = true")[id_, "Multiple choice"].front)
        return phone

    return opened


def struck(client: Any) -> list[str]:
    ids: list[str] = client.page.eval_on_selector_all(
        ".struck", "items => items.map(item => item.dataset.option)"
    )
    return sorted(ids)


def is_lined(client: Any, id_: str) -> bool:
    return bool(
        client.option(id_)
        .locator(".text")
        .evaluate("text => getComputedStyle(text).textDecorationLine === 'line-through'")
    )


def test_a_double_click_strikes_and_keeps_the_choice(striking: Callable[..., Any]) -> None:
    desktop = striking()
    desktop.option("b").click()
    desktop.option("c").locator("p").dblclick()
    assert struck(desktop) == ["c"]
    assert is_lined(desktop, "c")
    assert desktop.chosen() == ["b"]
    assert desktop.page.evaluate("String(getSelection())") == ""

    desktop.page.wait_for_timeout(700)  # or the next two are a third and a fourth click
    desktop.option("c").dblclick()
    assert struck(desktop) == []
    assert desktop.chosen() == ["b"]


def test_a_double_click_keeps_several_choices(striking: Callable[..., Any]) -> None:
    desktop = striking("several")
    for id_ in "ac":
        desktop.option(id_).click()
    desktop.option("b").dblclick()
    desktop.option("a").dblclick()

    assert struck(desktop) == ["a", "b"]
    assert desktop.chosen() == ["c"]


def test_a_right_click_strikes(striking: Callable[..., Any]) -> None:
    desktop = striking()
    desktop.page.evaluate(
        "window.menus = []; document.addEventListener('contextmenu',"
        " event => menus.push(event.defaultPrevented))"
    )
    desktop.option("b").click(button="right")
    desktop.option("d").click(button="right")
    assert struck(desktop) == ["b", "d"]
    desktop.option("d").click(button="right")

    assert struck(desktop) == ["b"]
    assert desktop.page.evaluate("menus") == [True] * 3
    assert desktop.chosen() == []
    desktop.option("a").click()  # which the click above does not swallow
    assert desktop.chosen() == ["a"]


def test_a_right_click_on_selected_text_is_for_its_menu(striking: Callable[..., Any]) -> None:
    desktop = striking()
    text = desktop.option("b").locator("p")
    text.evaluate("p => getSelection().selectAllChildren(p)")
    text.click(button="right", position={"x": 5, "y": 8})

    assert struck(desktop) == []


TOUCH = """([id, held]) => new Promise(resolve => {
  const item = document.querySelector(`.choices [data-option=${id}]`);
  const send = (type, Kind = PointerEvent) => item.dispatchEvent(
    new Kind(type, { bubbles: true, cancelable: true, pointerType: "touch", detail: 1 }));
  send("pointerdown");
  setTimeout(() => {
    if (held === "menu") send("contextmenu");
    send(held === "scroll" ? "pointercancel" : "pointerup");
    if (held !== "scroll") send("click", MouseEvent);
    setTimeout(resolve, 700);
  }, held === "tap" || held === "scroll" ? 50 : 650);
})"""


@pytest.mark.parametrize(
    ("held", "is_struck", "chosen"),
    [
        pytest.param("long", True, [], id="a long touch"),
        pytest.param("menu", True, [], id="a long touch that a client makes a right click of"),
        pytest.param("tap", False, ["b"], id="a tap"),
        pytest.param("scroll", False, [], id="a scroll"),
    ],
)
def test_a_long_touch_strikes(
    striking: Callable[..., Any], held: str, is_struck: bool, chosen: list[str]
) -> None:
    phone = striking(has_touch=True, is_mobile=True)
    phone.page.evaluate(TOUCH, ["b", held])

    assert struck(phone) == (["b"] if is_struck else [])
    assert phone.chosen() == chosen
    phone.page.evaluate(TOUCH, ["b", "tap"])
    assert struck(phone) == []
    assert phone.chosen() == ["b"]


def test_alt_shift_and_a_digit_strike_what_stands_there(striking: Callable[..., Any]) -> None:
    desktop = striking()
    order = desktop.options()
    for digit in (2, 4, 2, 1):
        desktop.page.keyboard.press(f"Alt+Shift+Digit{digit}")

    assert struck(desktop) == sorted([order[3], order[0]])
    assert desktop.chosen() == []


def test_a_button_strikes_by_keys_and_says_what_it_does(striking: Callable[..., Any]) -> None:
    desktop = striking()
    order = desktop.options()
    button = desktop.page.get_by_role("button", name="Strike out B")
    button.focus()
    desktop.page.keyboard.press("Shift+Space")
    assert struck(desktop) == [order[1]]
    assert desktop.page.get_by_role("button", name="Restore B").count() == 1
    assert desktop.page.get_by_role("radio", name="struck out").count() == 1

    desktop.page.get_by_role("button", name="Restore B").click()
    assert struck(desktop) == []
    assert desktop.page.get_by_role("radio", name="struck out").count() == 0
    assert desktop.chosen() == []


def test_to_strike_is_to_leave_and_to_choose_is_to_restore(striking: Callable[..., Any]) -> None:
    desktop = striking()
    desktop.option("b").click()
    desktop.option("b").click(button="right")
    assert (struck(desktop), desktop.chosen()) == (["b"], [])

    desktop.option("b").click()
    assert (struck(desktop), desktop.chosen()) == ([], ["b"])


def test_a_link_in_an_option_keeps_its_menu(client: OpenClient, with_habits: WithHabits) -> None:
    desktop = client()
    card = with_habits("strike-out = true")["single", "Multiple choice"]
    desktop.show(
        card.front.replace('<li data-option="b">', '<li data-option="b"><a href="#">x</a>')
    )
    desktop.option("b").locator("a").click(button="right")
    desktop.option("b").locator("a").dblclick()

    assert struck(desktop) == []


def test_without_the_setting_nothing_strikes(client: OpenClient, cards: Cards) -> None:
    desktop = client()
    desktop.show(cards["single", "Multiple choice"].front)
    desktop.option("b").click(button="right")
    desktop.option("c").dblclick()
    desktop.page.keyboard.press("Alt+Shift+Digit1")

    assert struck(desktop) == []
    assert desktop.page.locator(".strike").count() == 0


# The time


def clock(client: Any, seconds: float) -> None:
    client.page.evaluate(f"Date.now = () => {seconds * 1000}")


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0.4, "0:00"), (5, "0:05"), (65, "1:05"), (600, "10:00"), (3_725, "1:02:05")],
)
@pytest.mark.parametrize("template", ["Multiple choice", "Flashcard"])
def test_the_back_tells_how_long_the_front_was_shown(
    client: OpenClient, with_habits: WithHabits, seconds: float, shown: str, template: str
) -> None:
    desktop, card = client(), with_habits("timer = true")["single", template]
    clock(desktop, 1_000)
    desktop.show(card.front)
    clock(desktop, 1_000 + seconds)
    desktop.show(card.back, is_answer=True)
    assert desktop.page.inner_text(".time") == f"Time: {shown}"

    clock(desktop, 9_000)
    desktop.show(card.back, is_answer=True)  # shown again, it stays as it was
    assert desktop.page.inner_text(".time") == f"Time: {shown}"


def test_the_time_is_told_on_a_page_per_side(client: OpenClient, with_habits: WithHabits) -> None:
    phone, card = client(is_long=False), with_habits("timer = true")["single", "Multiple choice"]
    phone.show(card.front)
    phone.page.wait_for_timeout(1_200)
    phone.show(card.back, is_answer=True)

    assert phone.page.inner_text(".time") in {f"Time: 0:0{n}" for n in range(1, 6)}


@pytest.mark.parametrize("template", ["Multiple choice", "Flashcard"])
def test_a_back_alone_tells_no_time(
    client: OpenClient, with_habits: WithHabits, template: str
) -> None:
    desktop, cards = client(), with_habits("timer = true")
    desktop.show(cards["several", template].front)
    desktop.show(cards["single", template].back, is_answer=True)

    assert desktop.page.locator(".time").count() == 0


def test_the_time_has_the_digits_of_its_language(
    client: OpenClient, with_habits: WithHabits
) -> None:
    desktop = client()
    card = with_habits("timer = true", language="hi")["single", "Multiple choice"]
    clock(desktop, 1_000)
    desktop.show(card.front)
    clock(desktop, 1_065)
    desktop.show(card.back, is_answer=True)

    assert "1:05" in desktop.page.inner_text(".time")  # Hindi texts have these digits too


# The question's id


@pytest.mark.parametrize("template", ["Multiple choice", "Flashcard"])
@pytest.mark.parametrize("id_", ["single", "right-to-left"])
def test_the_back_ends_with_the_id_and_a_link(
    client: OpenClient, with_habits: WithHabits, template: str, id_: str
) -> None:
    desktop, card = client(), with_habits("show-id = true", REPORT)[id_, template]
    desktop.show(card.front)
    assert "Report" not in desktop.page.inner_text("main")
    desktop.show(card.back, is_answer=True)

    assert desktop.page.inner_text("footer .id") == f"{id_} · Report a mistake"
    link = desktop.page.get_by_role("link", name="Report a mistake")
    assert link.get_attribute("href") == f"https://example.org/mistakes?a=1&id={id_}"
    assert desktop.page.locator("footer").count() == 1


def test_without_an_address_the_id_stands_alone(
    client: OpenClient, with_habits: WithHabits
) -> None:
    desktop = client()
    desktop.show(with_habits("show-id = true")["single", "Flashcard"].back, is_answer=True)

    assert desktop.page.inner_text("footer .id") == "single"
    assert desktop.page.locator("footer a").count() == 0


def test_an_address_alone_shows_nothing(client: OpenClient, with_habits: WithHabits) -> None:
    desktop = client()
    desktop.show(with_habits("", REPORT)["several", "Multiple choice"].back, is_answer=True)

    assert desktop.page.locator("footer").count() == 0


# All of it


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
@pytest.mark.parametrize("language", ["", "ar", "ja"])
def test_axe_finds_nothing_and_nothing_is_cut_off(
    client: OpenClient, with_habits: WithHabits, language: str, night: bool
) -> None:
    phone = client(night=night, width=320)
    for (id_, name), card in with_habits(ALL, REPORT, language).items():
        phone.show(card.front)
        if name == "Multiple choice":
            phone.option("b").click(button="right", position={"x": 100, "y": 14})
            phone.option("a").click(position={"x": 100, "y": 14})
            assert struck(phone) == ["b"]
        assert faults(phone) == [], id_
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= 320
        phone.show(card.back, is_answer=True)
        assert faults(phone) == [], id_
        assert phone.page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("night", [False, True], ids=["day", "night"])
def test_every_text_has_the_contrast_of_wcag_aa(
    client: OpenClient, with_habits: WithHabits, night: bool
) -> None:
    cards = with_habits(ALL, REPORT)
    assert low_contrasts(client(night=night), cards) == []
    desktop = client(night=night)
    desktop.show(cards["single", "Multiple choice"].front)
    desktop.option("b").click(button="right")
    ratio = desktop.page.evaluate(
        """() => {
          const parse = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255)
            .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const ink = parse(getComputedStyle(document.querySelector(".struck .text")).color);
          const paper = parse(getComputedStyle(document.body).backgroundColor);
          return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
        }"""
    )
    assert ratio >= 4.5
