"""The back: what was chosen, what is right, and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Choice = Callable[[str], Any]
OpenClient = Callable[..., Any]


def answered(client: Any, card: Any, chosen: str) -> Any:
    client.show(card.front)
    for id_ in chosen:
        client.option(id_).click()
    client.show(card.back, is_answer=True)
    return client


def letters(client: Any, ids: str) -> str:
    return ", ".join(
        "ABCDEFGHIJ"[place] for place, id_ in enumerate(client.options()) if id_ in ids
    )


def test_a_right_choice_is_correct(client: OpenClient, choice: Choice) -> None:
    back = answered(client(), choice("single"), "a")

    assert back.verdict() == "✓ Correct"
    assert back.marks() == {"a": "✓ Your choice, right"}


def test_a_wrong_choice_is_not_quite_and_both_are_marked(
    client: OpenClient, choice: Choice
) -> None:
    back = answered(client(), choice("single"), "d")

    assert back.verdict() == f"✕ Not quite: the right answer is {letters(back, 'a')}"
    assert back.marks() == {"a": "✓ Right answer", "d": "✕ Your choice"}


def test_no_choice_is_said_so(client: OpenClient, choice: Choice) -> None:
    back = answered(client(), choice("single"), "")

    assert back.verdict() == f"– No answer chosen: the right answer is {letters(back, 'a')}"
    assert back.marks() == {"a": "✓ Right answer"}


@pytest.mark.parametrize(
    ("chosen", "verdict"),
    [
        ("ac", "✓ Correct: all 2 right answers"),
        ("", "– No answer chosen: the right answers are {right}"),
        ("a", "✕ Not quite: 1 of 2 right"),
        ("bd", "✕ Not quite: 0 of 2 right"),
        ("ab", "✕ Not quite: 1 of 2 right, and 1 wrong"),
        ("abcd", "✕ Not quite: 2 of 2 right, and 2 wrong"),
    ],
)
def test_where_several_are_right_the_verdict_counts(
    client: OpenClient, choice: Choice, chosen: str, verdict: str
) -> None:
    back = answered(client(), choice("several"), chosen)

    assert back.verdict() == verdict.format(right=letters(back, "ac"))
    assert back.marks() == {
        id_: "✕ Your choice" if id_ in "bd" else "✓ Your choice, right" for id_ in chosen
    } | {id_: "✓ Right answer" for id_ in "ac" if id_ not in chosen}


def test_a_rationale_stands_under_its_option(client: OpenClient, choice: Choice) -> None:
    back = answered(client(), choice("single"), "b")

    assert back.page.eval_on_selector_all(
        ".choices .rationale",
        "all => Object.fromEntries(all.map(r => [r.parentNode.dataset.option, r.innerText]))",
    ) == {
        "b": "Gives information and leaves the contact to the client.",
        "c": "Useful transfer of data, yet the client is absent.",
    }
    assert not back.page.locator(".plain").first.is_visible()


def test_the_back_ends_with_explanation_references_objective_and_level(
    client: OpenClient, choice: Choice
) -> None:
    text = answered(client(), choice("single"), "a").page.inner_text("main")

    parts = [
        *("Which next step", "✓ Correct", "Printed directions", "Explanation"),
        *("A warm handoff introduces", "References", "TAP 21, Referral dimension"),
        *("GC39 Help the client", "application"),
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_what_the_author_left_out_leaves_no_trace(client: OpenClient, choice: Choice) -> None:
    text = answered(client(), choice("bare"), "a").page.inner_text("main")

    for heading in ("Explanation", "References", "About the options", "Answer"):
        assert heading not in text


def test_a_retired_question_says_so(
    client: OpenClient, choice: Choice, cards: dict[tuple[str, str], Any]
) -> None:
    reason = "superseded by a clearer question"
    back = answered(client(), choice("retired"), "a")
    assert reason in back.page.inner_text(".notice")

    back.show(cards["retired", "Flashcard"].back, is_answer=True)
    assert reason in back.page.inner_text(".notice")


@pytest.mark.parametrize("is_long", [True, False], ids=["long page", "page per side"])
def test_a_long_back_opens_at_the_verdict(
    client: OpenClient, choice: Choice, is_long: bool
) -> None:
    phone = client(is_long=is_long, width=320, height=568)
    back = answered(phone, choice("long"), "a")
    back.page.wait_for_timeout(300)

    top = back.page.evaluate("document.querySelector('.verdict').getBoundingClientRect().top")
    assert 0 <= top < 100


def test_a_long_back_opens_at_the_verdict_where_the_client_does_not_scroll(
    client: OpenClient, choice: Choice
) -> None:
    phone = client(width=320, height=568)
    phone.show(choice("long").back, is_answer=False)
    phone.page.wait_for_timeout(300)

    top = phone.page.evaluate("document.querySelector('.verdict').getBoundingClientRect().top")
    assert 0 <= top < 100


def test_the_flashcard_shows_the_stem_then_the_answer(
    client: OpenClient, cards: dict[tuple[str, str], Any]
) -> None:
    desktop = client()
    card = cards["several", "Flashcard"]
    desktop.show(card.front)
    assert desktop.page.inner_text("main") == "Choose two even numbers."

    desktop.show(card.back, is_answer=True)
    assert desktop.page.inner_text("#answer").split() == ["Answer", "Two", "Four"]
    assert ("bare", "Flashcard") not in cards
