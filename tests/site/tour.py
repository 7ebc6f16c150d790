"""A way past every kind of page and view of a site, whatever language it speaks."""

from __future__ import annotations

from collections.abc import Iterator

from tests.site.learner import Learner


def tour(learner: Learner, question: str) -> Iterator[str]:
    """Gives the name of each stop once it is on screen; `question` is an id of the bank."""
    page = learner.page
    learner.go()
    yield "home"
    learner.go("practice")
    yield "practice"
    _send(learner)
    learner.choose(_wrong(learner))
    yield "question"
    page.locator(".actions .primary").click()
    page.wait_for_selector(".verdict p")
    yield "answer"
    page.locator(".actions .primary").click()
    page.wait_for_selector(".choices div[data-option]")
    yield from _finish(learner)
    _open(learner)
    yield "round"
    yield from _cards(learner)
    yield from _exam(learner)
    learner.go("progress")
    page.locator("#view details summary").click()
    yield "progress"
    learner.go("search?q=e")
    page.wait_for_selector("#view .found-list li, #view .found:not(:empty)")
    yield "search"
    learner.go("paper")
    yield "paper form"
    _send(learner, ".paper")
    yield "paper"
    learner.go("")
    yield "home with progress"
    page.locator(".chapters a").first.click()
    page.wait_for_selector(".stems")
    yield "chapter"
    learner.go(f"q/{question}.html")
    yield "page of a question"
    page.locator("summary").click()
    yield "page of a question with its answer"
    learner.go(f"question/{question}")
    page.locator(".actions .primary").click()
    page.wait_for_selector(".card-box .verdict")
    yield "question in the app"
    page.locator(".read-head a").click()
    page.wait_for_selector("#view .stems")
    yield "chapter in the app"


def _cards(learner: Learner) -> Iterator[str]:
    page = learner.page
    learner.go("cards")
    yield "flashcards"
    _send(learner)
    page.wait_for_selector(".turning .stem", state="attached")
    yield "front"
    page.locator(".actions .primary").click()
    page.wait_for_selector(".recall")
    yield "back"
    page.locator(".actions .knew").click()
    page.locator(".actions .primary").wait_for()
    yield from _finish(learner)
    yield "cards done"


def _finish(learner: Learner) -> Iterator[str]:
    """Leaves a round, and ends it where it might be gone on with."""
    page = learner.page
    page.locator(".session-row .button").first.click()
    page.locator(".resume button").wait_for()
    yield "left"
    page.locator(".resume button").click()
    page.locator("dialog .primary").click()
    page.wait_for_selector(".score")


def _exam(learner: Learner) -> Iterator[str]:
    page = learner.page
    learner.go("exam")
    yield "exam form"
    page.locator("input[name=minutes]").first.check()
    _send(learner)
    page.locator(".choices div[data-option]").nth(1).click()
    page.locator(".strikes .button").first.click()
    page.locator("[data-flag]").click()
    page.locator(".clock summary").click()
    yield "exam"
    page.locator(".session-tools > .button").last.click()
    page.wait_for_selector(".sheet")
    yield "sheet"
    page.locator("#view main .primary").click()
    page.wait_for_selector("dialog[open]")
    yield "handing in"
    page.locator("dialog .primary").click()
    page.wait_for_selector(".outcomes")
    page.locator(".folded summary").last.click()
    _open(learner)
    yield "result"
    learner.go("exam")
    page.wait_for_selector(".past")
    yield "exam form with past exams"


def _send(learner: Learner, until: str = ".stem") -> None:
    learner.page.locator("#view form button[type=submit]").click()
    learner.page.wait_for_selector(until, state="attached")


def _wrong(learner: Learner) -> str:
    """An option of the question on screen that is wrong."""
    right = learner.page.evaluate(
        """async () => {
          const { ids, at } = await Site.learner.session("practice");
          return (await Site.fields([ids[at]])).get(ids[at]).Answer.split(" ");
        }"""
    )
    return next(option for option in learner.options() if option not in right)


def _open(learner: Learner) -> None:
    learner.page.locator(".outcomes summary").first.click()
    learner.page.wait_for_selector(".outcomes .card-box section, .outcomes .verdict")
