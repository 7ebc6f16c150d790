"""A preview that serves a bank in this process, and pages of a real Chromium that show it."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from mcqdeck.preview.editors import address_of
from mcqdeck.preview.project import Project
from mcqdeck.preview.serving import bound, make_server
from mcqdeck.preview.session import Session
from mcqdeck.project import Means

DECK = """id = "demo"
title = "Demo bank"
language = "en"

[objectives]
A1 = "Know bees"
A2 = "Know spiders"

[plan]
A1 = { recall = 1, application = 2 }
A2 = { recall = 1 }
"""
BEES = """# 1 Bees

## honey
<!-- objective: A1, level: recall, tags: [insects] -->

What do bees make from nectar?

- [x] Honey
- [ ] Wax
  > Wax comes from glands of the bee.
- [ ] Pollen
  > Flowers make it; bees carry it.

### Explanation

Bees thicken nectar until it keeps as honey, with $x^2$ of work.

### References

- [A book](https://example.org/bees)

## dance
<!-- objective: A1, level: application -->

Which two does the waggle dance tell?

- [x] Direction
- [x] Distance
- [ ] Colour
  > Bees see it, and do not dance it.
- [ ] Taste
  > The dancer brings a sample.

### Explanation

The angle tells the direction, the length the distance.
"""
SPIDERS = """# 2 Spiders

## webs
<!-- objective: A2, level: recall -->

With what do spiders catch flies?

- [x] Webs
- [ ] Songs
  > Crickets sing, and not to catch anything.
- [ ] Light
  > Some fireflies catch others so.

### Explanation

Flies stick to the webs that spiders weave.

![A web](media/web.svg)
"""
WEB = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><circle r="9"/></svg>'


SMALL: dict[str, str | bytes] = {
    "deck.toml": DECK,
    "01-bees.md": BEES,
    "02-spiders.md": SPIDERS,
    "media/web.svg": WEB,
}


@dataclass
class Served:
    """A preview that runs.

    `asked` counts the requests by path, `saves` the saves by file, and `followed` how many of those
    the session had been told of when it last followed one.
    """

    url: str
    folder: Path
    decks: Path
    session: Session
    port: int
    asked: Counter[str] = field(default_factory=Counter)
    saves: Counter[Path] = field(default_factory=Counter)
    followed: dict[Path, int] = field(default_factory=dict)
    _saving: threading.Lock = field(default_factory=threading.Lock)

    def read(self, name: str) -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def save(self, name: str, text: str | bytes) -> None:
        """Writes a file as most editors do: beside its place, then over it."""
        data = text if isinstance(text, bytes) else text.encode()
        partial = self.folder / f".{Path(name).name}.tmp"
        partial.write_bytes(data)
        path = self.folder / name
        with self._saving:  # or a save that is not there yet would count as followed
            self.saves[path] += 1
            partial.replace(path)

    def follow(self) -> None:
        """Notes which saves the session followed, from now on."""
        real = self.session.update
        for name in self.session.snapshot.texts:
            self.saves[Path(name)] = 0  # the session follows all files once as it begins to watch

        async def update(saved: Iterable[Path]) -> None:
            paths = tuple(saved)
            with self._saving:
                begun = {path: self.saves[path] for path in paths}
            await real(paths)
            self.followed.update(begun)

        self.session.update = update  # type: ignore[method-assign]

    def waits_until(self, holds: Callable[[], object]) -> None:
        """Waits until something holds."""
        deadline = time.monotonic() + 60
        while not holds():
            assert time.monotonic() < deadline
            time.sleep(0.02)

    def is_done(self) -> bool:
        """Whether all saves were followed, and all rules asked since then."""
        if any(self.followed.get(path) != count for path, count in self.saves.items()):
            return False
        snapshot = self.session.snapshot
        return snapshot.is_complete or bool(snapshot.trouble)

    def replace(self, name: str, old: str, new: str) -> None:
        """Saves a file with one text in it replaced."""
        text = self.read(name)
        assert old in text
        self.save(name, text.replace(old, new, 1))


@contextmanager
def served(folder: Path, decks: Path, port: int = 8765) -> Iterator[Served]:
    """Serves the bank in `folder`."""
    project = Project(folder, Means())
    snapshot = project.complete()
    assert snapshot is not None
    session = Session(project, snapshot)
    listener = bound(port)
    server, url = make_server(session, listener, address_of("vscode"), decks)
    preview = Served(url, folder, decks, session, listener.getsockname()[1])
    preview.follow()
    inner: Any = server.config.app

    async def counting(scope: Any, receive: Any, send: Any) -> None:
        path = scope.get("path", "")
        preview.asked[path] += 1
        await inner(scope, receive, send)

    server.config.app = counting
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield preview
    finally:
        server.stop()
        thread.join(10)
        listener.close()
        assert not thread.is_alive()


def write_bank(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Writes a bank; its name is that of the folder."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A small bank without a mistake."""
    return write_bank(tmp_path / "demo", SMALL)


@pytest.fixture(scope="module")
def resting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A preview of a small bank, for tests that change nothing."""
    folder = tmp_path_factory.mktemp("resting")
    with served(write_bank(folder / "demo", SMALL), folder / "decks") as preview:
        yield preview


@pytest.fixture
def preview(bank: Path, tmp_path: Path) -> Iterator[Served]:
    """A preview of that bank."""
    with served(bank, tmp_path / "decks") as preview:
        yield preview


class Page:
    """A page of the preview as a person sees it."""

    def __init__(self, page: Any, preview: Served) -> None:
        self.page = page
        self.url = preview.url
        self._preview = preview

    def open(self, path: str = "") -> Page:
        self.page.goto(f"{self.url}{path}")
        return self

    def go(self, key: str) -> Page:
        """Opens the page at a question."""
        self.open(f"#/q/{key.replace('#', '%23')}")
        self.page.wait_for_selector(f'#stage[data-key="{key}"]')
        return self

    @property
    def card(self) -> Any:
        """The frame in which the card stands."""
        return self.page.frame_locator("#frame")

    def sees(self, text: str) -> None:
        """Waits until the card shows a text."""
        self.card.get_by_text(text, exact=False).first.wait_for()

    def says(self, selector: str, text: str) -> None:
        """Waits until an element of the page shows a text."""
        self.page.locator(selector).get_by_text(text, exact=False).first.wait_for()

    def key(self) -> str:
        """The question in view."""
        key: str = self.page.get_attribute("#stage", "data-key")
        return key

    def waits_for_key(self, key: str) -> None:
        self.page.wait_for_selector(f'#stage[data-key="{key}"]')

    def side(self) -> str:
        side: str = self.page.get_attribute("#sides [aria-pressed=true]", "data-side")
        return side

    def scrolls_to(self, top: int) -> None:
        """Scrolls a back; waits until the card has looked for its verdict, and the page knows."""
        card = self.page.frames[1]
        card.wait_for_function(
            """top => {
              window.begun = window.begun ?? performance.now();
              scrollTo(0, top);
              return performance.now() - window.begun > 300;
            }""",
            arg=top,
        )
        self.page.wait_for_function(
            "top => JSON.parse(sessionStorage['mcqdeck-preview-stage']).scroll === top", arg=top
        )

    def settles(self) -> None:
        """Waits until all rules were asked and the page shows it."""
        self._preview.waits_until(self._preview.is_done)
        number = self._preview.session.snapshot.number
        self.page.wait_for_function(
            "number => Number(document.getElementById('status').dataset.number) >= number",
            arg=number,
        )
        self.page.wait_for_selector(".checking:not(.on)", state="attached")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def options(self) -> list[str]:
        """The letters of the options in the order of the screen."""
        self.card.locator("main.live").wait_for()
        ids: list[str] = self.card.locator(".choices > ol > *").evaluate_all(
            "items => items.map(item => item.dataset.option)"
        )
        return ids


@pytest.fixture
def look(browser: Any, preview: Served) -> Iterator[Callable[..., Page]]:
    """Opens pages of the preview; no page may have said anything on its console."""
    contexts: list[Any] = []
    said: list[str] = []

    def opened(*, context: Any = None, hears: bool = True, **settings: Any) -> Page:
        if context is None:
            context = browser.new_context(**{"viewport": {"width": 1400, "height": 900}} | settings)
            context.set_default_timeout(60_000)
            contexts.append(context)
        page = context.new_page()
        if hears:
            page.on("pageerror", lambda error: said.append(str(error)))
            page.on("console", lambda message: said.append(message.text))
        return Page(page, preview)

    yield opened
    for context in contexts:
        context.close()
    assert said == []
