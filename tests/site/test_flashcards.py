"""Flashcards: turned by key, tap or swipe, rated, and gone on with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.site.learner import Learner

Visit = Callable[..., Learner]


def begin(learner: Learner) -> None:
    learner.go("cards?chapter=01-chapter")
    learner.start()


def swipe(page: Any, far: int) -> None:
    page.evaluate(
        """far => {
          const box = document.querySelector(".turning");
          const send = (type, x) => box.dispatchEvent(new PointerEvent(type, {
            clientX: x, clientY: 300, pointerType: "touch", isPrimary: true, bubbles: true,
          }));
          send("pointerdown", 200);
          send("pointermove", 200 + far / 2);
          send("pointermove", 200 + far);
          send("pointerup", 200 + far);
        }""",
        far,
    )


def test_the_front_asks_without_options_and_the_back_answers(learner: Learner) -> None:
    begin(learner)
    assert learner.page.locator(".choices, .recall").count() == 0
    learner.act("Turn over")
    learner.page.wait_for_selector(".recall")

    assert "so the sum is called a double" in learner.page.inner_text(".card-box")
    assert learner.page.locator(".recall").is_visible()


def test_it_is_rated_and_counted(learner: Learner) -> None:
    begin(learner)
    for place, name in enumerate(("Knew it", "Didn’t know it", "Knew it", "Knew it")):
        learner.on(place + 1)
        learner.act("Turn over")
        learner.act(name)
    learner.sees("3 of 4 known")
    learner.act("Repeat the ones you didn’t know")
    learner.page.wait_for_selector(".turning .stem")

    assert len(learner.session("cards")["ids"]) == 1
    assert [answer["kind"] for answer in learner.answers()] == ["card"] * 4


def test_keys_turn_and_rate(learner: Learner) -> None:
    begin(learner)
    learner.page.keyboard.press(" ")
    learner.page.locator(".recall").wait_for()
    learner.page.keyboard.press("2")
    learner.on(2)
    learner.page.keyboard.press("Enter")
    learner.page.locator(".recall").wait_for()
    learner.page.keyboard.press("1")
    learner.wait(lambda: len(learner.answers()) == 2)

    assert [answer["right"] for answer in learner.answers()] == [True, False]


def test_a_tap_turns_and_rates_nothing(learner: Learner) -> None:
    begin(learner)
    learner.page.locator(".turning .stem").click()
    learner.page.locator(".recall").wait_for()
    learner.page.locator(".turning .stem").click()
    learner.page.wait_for_timeout(200)

    assert learner.answers() == []


def test_swipes_turn_and_then_rate(learner: Learner) -> None:
    begin(learner)
    swipe(learner.page, 120)
    learner.page.locator(".recall").wait_for()
    swipe(learner.page, 30)
    learner.page.wait_for_timeout(100)
    assert learner.answers() == []
    swipe(learner.page, -150)
    learner.on(2)
    swipe(learner.page, 150)
    learner.page.locator(".recall").wait_for()
    swipe(learner.page, 150)
    learner.wait(lambda: len(learner.answers()) == 2)

    assert [answer["right"] for answer in learner.answers()] == [False, True]


def test_a_link_on_the_card_turns_nothing(visit: Visit, cards_site: Path) -> None:
    learner = visit(cards_site)
    learner.go("cards?question=single")
    learner.start()
    learner.act("Turn over")
    learner.context.route("https://example.org/*", lambda route: route.fulfill(body="there"))
    with learner.context.expect_page() as opened:
        learner.page.get_by_role("link", name="Referral dimension").click()
    assert opened.value.url == "https://example.org/tap21"
    opened.value.close()
    assert learner.answers() == []


def test_questions_without_a_flashcard_have_none(visit: Visit, cards_site: Path) -> None:
    learner = visit(cards_site)
    learner.go("cards")

    assert "bare" not in learner.page.evaluate(
        "Site.matches(Site.choiceOf(new URLSearchParams()), 'card').map(item => item.id)"
    )


def test_it_goes_on_where_it_was_left(learner: Learner) -> None:
    begin(learner)
    learner.act("Turn over")
    learner.act("Knew it")
    learner.wait(lambda: learner.session("cards")["at"] == 1)
    stem = learner.page.evaluate("""async () => {
      const [, second] = (await Site.learner.session("cards")).ids;
      return (await Site.fields([second])).get(second).Stem;
    }""")
    learner.go()
    learner.act("Continue where you left off")
    learner.page.wait_for_selector(".turning .stem")

    assert learner.stem() in stem


def test_missed_cards_are_those_that_were_not_known(learner: Learner) -> None:
    begin(learner)
    learner.act("Turn over")
    learner.act("Didn’t know it")
    learner.wait(lambda: len(learner.answers()) == 1)
    learner.go("cards")

    assert learner.page.locator(".tally").nth(1).inner_text() == "1"
    learner.go("practice")
    assert learner.page.locator("#view .tally").nth(1).inner_text() == "0"
