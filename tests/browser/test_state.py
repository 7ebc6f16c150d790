"""What passes from front to back, on every kind of page, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

Choice = Callable[[str], Any]
OpenClient = Callable[..., Any]

STORAGE_DENIED = """Object.defineProperty(window, "sessionStorage", {
  get: function () { throw new DOMException("denied", "SecurityError"); } });"""
SOURCE_ORDER = ["a", "b", "c", "d"]
NOTHING_CHOSEN = "– No answer chosen: the right answer is A"


def chosen_then_answered(client: Any, card: Any) -> list[str]:
    """The order of the front, on which `d` was chosen, before the back is shown."""
    client.show(card.front)
    client.option("d").click()
    order: list[str] = client.options()
    client.show(card.back, is_answer=True)
    return order


def shuffled(client: Any, card: Any) -> list[str]:
    """Shows the front until its order is not the source's."""
    client.show(card.front)
    while client.options() == SOURCE_ORDER:
        client.show(card.front)
    order: list[str] = client.options()
    return order


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({}, id="long page"),
        pytest.param({"is_long": False}, id="page per side"),
        pytest.param({"init": STORAGE_DENIED}, id="long page, storage denied"),
    ],
)
def test_order_and_choice_reach_the_back(
    client: OpenClient, choice: Choice, settings: dict[str, Any]
) -> None:
    phone = client(**settings)
    order = chosen_then_answered(phone, choice("single"))

    assert phone.options() == order
    assert phone.marks() == {"a": "✓ Right answer", "d": "✕ Your choice"}


def test_order_and_choice_reach_the_back_when_window_forgets(
    client: OpenClient, choice: Choice
) -> None:
    desktop = client()
    desktop.show(choice("single").front)
    desktop.option("d").click()
    order = desktop.options()
    desktop.page.evaluate("delete window.mcqdeck")
    desktop.show(choice("single").back, is_answer=True)

    assert desktop.options() == order
    assert desktop.marks()["d"] == "✕ Your choice"


def test_with_neither_window_nor_storage_the_back_is_right_in_source_order(
    client: OpenClient, choice: Choice
) -> None:
    phone = client(is_long=False, init=STORAGE_DENIED)
    shuffled(phone, choice("single"))
    phone.show(choice("single").back, is_answer=True)

    assert phone.options() == SOURCE_ORDER
    assert phone.verdict() == NOTHING_CHOSEN


def test_the_back_alone_is_right_in_source_order(client: OpenClient, choice: Choice) -> None:
    preview = client()
    preview.show(choice("single").back, is_answer=True)

    assert preview.options() == SOURCE_ORDER
    assert preview.verdict() == NOTHING_CHOSEN
    assert preview.marks() == {"a": "✓ Right answer"}


def test_the_back_shown_again_stays_as_it_was(client: OpenClient, choice: Choice) -> None:
    desktop = client()
    order = chosen_then_answered(desktop, choice("single"))
    desktop.show(choice("single").back, is_answer=True)

    assert desktop.options() == order
    assert desktop.marks()["d"] == "✕ Your choice"


@pytest.mark.parametrize("owner", ["card-tests other", "another-bank single"])
@pytest.mark.parametrize("is_long", [True, False], ids=["long page", "page per side"])
def test_the_state_of_another_card_is_refused(
    client: OpenClient, choice: Choice, is_long: bool, owner: str
) -> None:
    phone = client(is_long=is_long)
    other = choice("single").back.replace('data-id="card-tests single"', f'data-id="{owner}"')
    assert other != choice("single").back
    shuffled(phone, choice("single"))
    phone.option("d").click()
    phone.show(other, is_answer=True)

    assert phone.options() == SOURCE_ORDER
    assert phone.verdict() == NOTHING_CHOSEN


@pytest.mark.parametrize(
    ("items", "order"),
    [
        pytest.param('<li data-option="e">', ["a", "b", "c", "e"], id="another option"),
        pytest.param('<li data-option="e"></li><li data-option="d">', [*"abced"], id="one more"),
    ],
)
def test_the_state_of_other_options_is_refused(
    client: OpenClient, choice: Choice, items: str, order: list[str]
) -> None:
    desktop = client()
    shuffled(desktop, choice("single"))
    desktop.option("b").click()
    desktop.show(choice("single").back.replace('<li data-option="d">', items), is_answer=True)

    assert desktop.options() == order
    assert desktop.verdict() == NOTHING_CHOSEN


def test_new_words_in_the_same_options_keep_the_state(client: OpenClient, choice: Choice) -> None:
    desktop = client()
    order = shuffled(desktop, choice("single"))
    desktop.show(choice("single").back.replace("Printed", "Drawn"), is_answer=True)

    assert desktop.options() == order


KEY = "card-tests single a b c d"


@pytest.mark.parametrize(
    "stored",
    [
        "not JSON",
        "null",
        "[]",
        '"text"',
        "{}",
        json.dumps({"key": KEY}),
        json.dumps({"key": KEY, "order": "3210", "chosen": []}),
        json.dumps({"key": KEY, "order": [3, 3, 0, 1], "chosen": []}),
        json.dumps({"key": KEY, "order": [3, 2, 1], "chosen": [3]}),
        json.dumps({"key": KEY, "order": [4, 2, 1, 0], "chosen": [3]}),
        json.dumps({"key": KEY, "order": ["d", "c", "b", "a"], "chosen": []}),
        json.dumps({"key": KEY, "order": [3, 2, 1, 0], "chosen": None}),
        json.dumps({"key": KEY, "order": None, "chosen": []}),
        json.dumps({"id": "single", "order": ["d", "c", "b", "a"], "chosen": []}),
    ],
)
def test_a_damaged_state_is_refused(client: OpenClient, choice: Choice, stored: str) -> None:
    desktop = client()
    desktop.page.evaluate("text => sessionStorage.setItem('mcqdeck', text)", stored)
    desktop.show(choice("single").back, is_answer=True)

    assert desktop.options() == SOURCE_ORDER
    assert desktop.verdict() == NOTHING_CHOSEN


def test_the_state_that_the_front_leaves_is_taken(client: OpenClient, choice: Choice) -> None:
    """So that the damaged ones above are refused for their damage."""
    desktop = client()
    stored = json.dumps({"key": KEY, "order": [3, 2, 1, 0], "chosen": [2]})
    desktop.page.evaluate("text => sessionStorage.setItem('mcqdeck', text)", stored)
    desktop.show(choice("single").back, is_answer=True)

    assert desktop.options() == SOURCE_ORDER[::-1]
    assert desktop.marks()["c"] == "✕ Your choice"


def places(client: Any) -> list[str]:
    """The options as they stand on screen, each by its first word."""
    words: list[str] = client.page.eval_on_selector_all(
        ".choices > ol > *", "items => items.map(item => item.innerText.split(/\\s/)[0])"
    )
    return words


@pytest.mark.parametrize("twice", ["a", "c"])
@pytest.mark.parametrize("is_long", [True, False], ids=["long page", "page per side"])
def test_an_option_that_a_learner_doubled_keeps_its_place(
    client: OpenClient, choice: Choice, is_long: bool, twice: str
) -> None:
    """Enter in Anki's editor makes a second item with the same `data-option`."""
    phone, card = client(is_long=is_long), choice("single")
    item = f'<li data-option="{twice}">'
    more = f"{item}<p>One</p></li>{item}<p>More</p></li>{item}"
    front, back = card.front.replace(item, more), card.back.replace(item, more)
    for _ in range(12):
        phone.show(front)
        order = places(phone)
        place = order.index("More")
        phone.page.locator(".choices > ol > *").nth(place).click()
        phone.show(back, is_answer=True)

        assert places(phone) == order
        marks = phone.page.locator(".choices > ol > *").nth(place).locator(".mark").inner_text()
        assert marks == ("✓ Your choice, right" if twice == "a" else "✕ Your choice")
    assert phone.verdict().startswith("✓ Correct" if twice == "a" else "✕ Not quite")


def test_letters_go_on_after_z(client: OpenClient, choice: Choice) -> None:
    """As the letters before the options do, which the style counts."""
    desktop, card = client(), choice("single")
    more = "".join(f'<li data-option="x{n}"><p>{n}</p></li>' for n in range(49))
    desktop.show(card.front.replace("</ol>", more + "</ol>", 1))
    verdicts = set()
    for _ in range(40):
        desktop.show(card.front.replace("</ol>", more + "</ol>", 1))
        place = desktop.options().index("a")
        desktop.show(card.back.replace("</ol>", more + "</ol>", 1), is_answer=True)
        first, second = divmod(place, 26)
        letter = ("" if first == 0 else "_AB"[first]) + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[second]

        assert desktop.verdict() == f"– No answer chosen: the right answer is {letter}"
        verdicts.add(len(letter))
    assert verdicts == {1, 2}


def test_math_that_was_typeset_stays_where_it_is(client: OpenClient, choice: Choice) -> None:
    """A client typesets in the nodes after the script ran; choosing must not redraw them."""
    desktop = client()
    desktop.show(choice("blocks").front)
    desktop.page.evaluate(
        "document.querySelector('[data-option=a]').append(document.createElement('mjx-container'))"
    )
    desktop.option("a").click()
    desktop.option("b").click()

    assert desktop.page.locator("[data-option=a] > mjx-container").count() == 1


def test_five_hundred_cards_leave_one_listener_and_one_name(
    client: OpenClient, choice: Choice
) -> None:
    init = """window.listeners = 0;
      ["addEventListener"].forEach(function (name) {
        [window, document, Node.prototype].forEach(function (target) {
          var original = target[name];
          target[name] = function () { listeners++; return original.apply(this, arguments); };
        });
      });"""
    desktop = client(init=init)
    names = desktop.page.evaluate("Object.getOwnPropertyNames(window)")
    ids = ["single", "several", "ten", "numbered"]
    wrong = desktop.page.evaluate(
        """sides => {
          let wrong = 0;
          const order = () => Array.from(document.querySelectorAll(".choices > ol > *"),
            item => item.dataset.option).join();
          for (let number = 0; number < 500; number++) {
            const [front, back] = sides[number % sides.length];
            show(front);
            document.querySelector(".choices > ol > *").click();
            const before = order();
            show(back, true);
            if (order() !== before || !document.querySelector(".choices .mark")) wrong++;
          }
          return wrong;
        }""",
        [[choice(id_).front, choice(id_).back] for id_ in ids],
    )

    assert wrong == 0
    assert desktop.page.evaluate("listeners") == 1
    assert set(desktop.page.evaluate("Object.getOwnPropertyNames(window)")) - set(names) == {
        "mcqdeck"
    }


FAULTS = {
    "no random": "Math.random = function () { throw new Error('broken'); };",
    "no attributes": "Element.prototype.setAttribute = function () { throw new Error('broken'); };",
    "no moving": "Element.prototype.appendChild = null; Node.prototype.appendChild = null;",
    "hostile name": "Object.defineProperty(window, 'mcqdeck', { get() { throw Error(); } });",
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_in_the_script_hides_nothing(
    client: OpenClient, choice: Choice, fault: str
) -> None:
    desktop = client(is_long=False, init=fault, hears_console=False)
    desktop.show(choice("single").front)
    assert desktop.page.locator(".stem").is_visible()
    assert all(desktop.option(id_).is_visible() for id_ in SOURCE_ORDER)

    desktop.show(choice("single").back, is_answer=True)
    text = desktop.page.inner_text("main")
    for part in (
        *("Which next step", "Video call joining", "Printed directions", "Gives information"),
        *("A warm handoff introduces", "TAP 21"),
    ):
        assert part in text


def test_without_script_both_sides_read_well(
    client: OpenClient, choice: Choice, cards: dict[tuple[str, str], Any]
) -> None:
    phone = client(is_long=False, java_script_enabled=False)
    phone.show(choice("several").front)
    assert phone.page.locator(".stem").is_visible()
    assert phone.page.locator(".choices > ol > *").count() == 5
    hint = phone.page.locator(".choices > ol")
    assert hint.evaluate("list => getComputedStyle(list, '::before').content") == '"Choose 2"'

    phone.show(choice("single").back)
    text = phone.page.inner_text("main")
    parts = [
        *("Which next step", "Video call joining", "Answer", "Video call joining"),
        *("About the options", "Gives information", "Explanation", "A warm handoff", "References"),
    ]
    place = 0
    for part in parts:
        place = text.index(part, place) + len(part)
    assert not phone.page.locator(".verdict").is_visible()

    phone.show(cards["single", "Flashcard"].back)
    assert "Video call joining" in phone.page.inner_text("#answer")


def test_an_answer_that_the_options_lack_falls_back_to_the_plain_answer(
    client: OpenClient, choice: Choice
) -> None:
    desktop = client(hears_console=False)
    broken = choice("single").back.replace('data-answer="a"', 'data-answer="z"')
    desktop.show(broken, is_answer=True)

    plain = desktop.page.locator(".plain").first
    assert plain.is_visible()
    assert "Video call joining" in plain.inner_text()
