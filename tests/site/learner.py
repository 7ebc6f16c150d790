"""A learner at a site: what one does with mouse and keyboard, and what one sees."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

_BEGIN = """async ([kind, ids]) => {
  await Site.learner.change(kind, () => {
    const session = Site.newSession(kind, ids);
    if (kind === "exam") session.exam = {
      endsAt: null, pass: null, struck: {}, flagged: {}, told: [], isClockHidden: false,
      isOvertime: false, handedIn: null, tab: Site.tab,
    };
    return session;
  });
  Site.go(kind + "/run");
}"""


# Reading waits for all writing that was begun before.
WRITTEN = """async () => {
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve, reject) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    await new Promise((resolve) => {
      database.transaction([...database.objectStoreNames]).oncomplete = resolve;
    });
    database.close();
  }
}"""


class Learner:
    """One browser with one page open; `said` holds what scripts said on the console or threw."""

    def __init__(self, context: Any, site: Path | str) -> None:
        self.context = context
        self.base = site if isinstance(site, str) else f"{site.as_uri()}/"
        self.said: list[str] = []
        self.requests: list[str] = []
        self.page = self.new_page()

    def new_page(self) -> Any:
        """Another tab."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("console", lambda message: self._hear(message.text))
        page.on("request", lambda request: self.requests.append(request.url))
        return page

    def begin(self, kind: str, *ids: str) -> None:
        """Begins a round of these questions."""
        self.go()
        self.page.evaluate(_BEGIN, [kind, ids])
        self.page.wait_for_selector(".stem")

    def _hear(self, text: str) -> None:
        if "Service Worker registration blocked by Playwright" not in text:
            self.said.append(text)

    def go(self, path: str = "", page: Any = None) -> Any:
        """Opens a view of the first page, or another page of the site, and waits for it."""
        page = page or self.page
        page.goto(self.base + (path if ".html" in path else f"index.html#/{path}"))
        if ".html" not in path:
            page.wait_for_selector(f"html.ready[data-shown='#/{path}']")
        return page

    def start(self, **fields: str) -> None:
        """Sends off the form of a view; fields by their labels."""
        for label, value in fields.items():
            name = label.replace("_", " ")
            self.page.get_by_label(name, exact=True).select_option(label=value)
        self.page.locator("#view form button[type=submit]").click()
        self.page.wait_for_selector(".stem")

    def stem(self, page: Any = None) -> str:
        text: str = (page or self.page).locator(".stem").first.inner_text()
        return text

    def options(self, page: Any = None) -> list[str]:
        """The options' ids, from the top of the screen."""
        ids: list[str] = (page or self.page).eval_on_selector_all(
            ".choices [data-option]", "all => all.map(each => each.dataset.option)"
        )
        return ids

    def on(self, number: int) -> None:
        """Waits until this question of a round is on screen, counted from 1."""
        self.page.locator(".place").get_by_text(f"Question {number} of ").wait_for(state="attached")

    def choose(self, letter: str, page: Any = None) -> None:
        (page or self.page).locator(f".choices div[data-option={letter}]").click()

    def act(self, name: str, page: Any = None) -> None:
        """Presses a button or follows a link with this name."""
        page = page or self.page
        page.get_by_role("button", name=name, exact=True).or_(
            page.get_by_role("link", name=name, exact=True)
        ).first.click()

    def answer(self, letter: str) -> None:
        """Chooses and checks in practice, and waits until it was recorded."""
        before = self.answers()
        self.choose(letter)
        self.act("Check answer")
        self.page.wait_for_selector(".verdict p")  # which comes when the answer is kept
        self.wait(lambda: len(self.answers()) == len(before) + 1)

    def finish(self) -> None:
        """Leaves a round of which something is answered, and ends it."""
        self.act("Continue later")
        self.page.locator(".resume").get_by_role("button", name="Finish").click()
        self.page.locator("dialog").get_by_role("button", name="Finish").click()
        self.page.wait_for_selector(".score")

    def answers(self, page: Any = None) -> list[dict[str, Any]]:
        """What the page knows; what was answered last may not be kept yet."""
        answers: list[dict[str, Any]] = (page or self.page).evaluate("Site.learner.answers()")
        return answers

    def session(self, kind: str) -> Any:
        return self.page.evaluate("kind => Site.learner.session(kind)", kind)

    def reload(self) -> None:
        """Loads the page again once the browser has written what it was told to keep."""
        self.page.evaluate(WRITTEN)
        self.page.reload()

    def wait(self, holds: Any) -> None:
        """Waits until something holds, at most a minute, and for one look at least."""
        end = time.monotonic() + 60
        while not holds():
            assert time.monotonic() < end, "it never came to hold"
            self.page.wait_for_timeout(50)

    def sees(self, text: str, page: Any = None) -> None:
        """Waits until a text is on screen."""
        (page or self.page).get_by_text(text).filter(visible=True).first.wait_for()
