"""Measures how soon a save shows in `mcqdeck preview`: `python benchmarks/preview.py [N]`.

The command runs in a process of its own on a copy of `source/12-core-functions`, with N also on a
bank of N questions, and a real Chromium shows one question. Files are saved as editors do, and the
time runs until the browser has drawn the frame with what was saved. Beside it, in the same run, the
floor: the same card, put into the same frame by the page itself. Needs a Chromium that Playwright
can drive.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from browsing import COLUMNS, browser, row
from running import COMMAND, header, new_bank, number_of

_SHIPPED = Path(__file__).resolve().parent.parent / "source" / "12-core-functions"
_SAVES = 15
_PAUSE = 0.5  # seconds at least between two saves; the whole bank is checked meanwhile
_QUESTION = re.compile(r"^## ([a-z0-9-]+)$", re.MULTILINE)
_WATCH = """(() => {
  window.seen = {};
  const look = () => {
    requestAnimationFrame(look);
    if (!document.body) return;
    const text = document.body.innerText;
    const color = getComputedStyle(document.documentElement).getPropertyValue("--saved");
    const width = document.images.length ? document.images[0].naturalWidth : 0;
    const marks = [...text.matchAll(/mark-\\d+/g)].map(String);
    for (const mark of [...marks, color.trim(), `w${width}`]) {
      if (!mark || mark in window.seen) continue;
      window.seen[mark] = 0;
      requestAnimationFrame(() => setTimeout(() => { window.seen[mark] = Date.now(); }));
    }
  };
  look();
})()"""
_ALL_KNOWN = """number => Number(document.getElementById("status").dataset.number) > number &&
  !document.querySelector(".checking.on")"""
_FLOOR = """async () => {
  const answer = await (await fetch(`/api/question?key=${encodeURIComponent(
    document.getElementById("stage").dataset.key)}`)).json();
  const frame = document.getElementById("frame");
  const card = answer.cards[0];
  const begun = performance.now();
  await new Promise((drawn) => {
    addEventListener("message", function heard(event) {
      if (event.data.type !== "shown") return;
      removeEventListener("message", heard);
      requestAnimationFrame(() => setTimeout(drawn));
    });
    frame.contentWindow.postMessage({ type: "show", number: answer.number, html: card.front,
      isBack: false, ord: 1, style: answer.style, client: "desktop", letters: 100, night: false,
      seed: 1, keeps: true, scroll: 0, stored: {} }, "*");
  });
  return performance.now() - begun;
}"""


class Shown:
    """A page of the preview at one question of a bank, and what is saved in the bank's folder."""

    def __init__(self, page: Any, folder: Path, chapter: Path) -> None:
        self._page, self._folder, self._chapter = page, folder, chapter
        self._number = 0
        ids = _QUESTION.findall(chapter.read_text(encoding="utf-8"))
        self._id = ids[len(ids) // 2]

    def open(self, url: str) -> None:
        """Opens the page, and waits until all is quiet."""
        key = f"{self._chapter.name}#{self._id}"
        self._page.goto(f"{url}#/q/{key.replace('#', '%23')}")
        self._page.wait_for_selector(f'#stage[data-key="{key}"]')
        self._page.wait_for_selector(".checking:not(.on)", state="attached")
        self._page.keyboard.press("Space")
        self._page.frame_locator("#frame").locator("main.back").wait_for()
        time.sleep(1)

    def text(self) -> tuple[Path, bytes, str]:
        """Another stem of the question in view."""
        self._number += 1
        mark = f"mark-{self._number}"
        text = re.sub(r" mark-\d+", "", self._chapter.read_text(encoding="utf-8"))
        before, heading, rest = text.partition(f"## {self._id}\n")
        end = rest.index("\n\n- [")
        return self._chapter, f"{before}{heading}{rest[:end]} {mark}{rest[end:]}".encode(), mark

    def other(self) -> tuple[Path, bytes, str]:
        """Another stem of a question that is not in view, in another chapter."""
        chapters = sorted(self._folder.glob("[0-9]*.md"))
        chapter = chapters[(self._number + 1) % len(chapters)]
        shown = Shown(self._page, self._folder, chapter)
        shown._number = self._number
        self._number += 1
        return shown.text()

    def settings(self) -> tuple[Path, bytes, str]:
        """Another word on every card of the bank."""
        self._number += 1
        mark = f"mark-{self._number}"
        path = self._folder / "deck.toml"
        text = path.read_text(encoding="utf-8").partition("\n[words]")[0]
        words = f'\n[words]\nexplanation = "{mark}"\n'
        return path, f"{text}{words}".encode(), mark

    def style(self) -> tuple[Path, bytes, str]:
        """Another style sheet of the bank."""
        self._number += 1
        mark = f"mark-{self._number}"
        return self._folder / "style.css", f":root {{ --saved: {mark}; }}\n".encode(), mark

    def media(self) -> tuple[Path, bytes, str]:
        """Another size of the picture in view."""
        self._number += 1
        width = 300 + self._number
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="40"></svg>'
        return self._folder / "media" / "saved.svg", svg.encode(), f"w{width}"

    def with_picture(self) -> tuple[Path, bytes, str]:
        """The question in view, with a picture."""
        self.media()
        path, data, _ = self.media()
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        chapter, text, mark = self.text()
        return chapter, text.replace(mark.encode(), f"{mark} ![A](media/saved.svg)".encode()), mark

    def milliseconds(self, saved: tuple[Path, bytes, str]) -> float:
        """From a save until it is drawn."""
        path, data, mark = saved
        partial = path.with_name(f".{path.name}.tmp")
        partial.write_bytes(data)
        number = int(self._page.get_attribute("#status", "data-number"))
        begun = time.time()
        partial.replace(path)
        self._page.frames[1].wait_for_function("mark => window.seen[mark] > 0", arg=mark)
        drawn = self._page.frames[1].evaluate("mark => window.seen[mark]", mark)
        time.sleep(_PAUSE)
        self._page.wait_for_function(_ALL_KNOWN, arg=number)
        return float(drawn - begun * 1000)

    def floor(self) -> float:
        """The milliseconds in which the page draws a card that is there already."""
        return float(self._page.evaluate(_FLOOR))


def main() -> None:
    """Prints the tables that the command line asks for."""
    parser = argparse.ArgumentParser(description="Measures how soon a save shows in the preview.")
    parser.add_argument("number", nargs="?", type=number_of, metavar="N", help="also: N questions")
    parser.add_argument("--saves", type=int, default=_SAVES, help=f"of each kind ({_SAVES})")
    arguments = parser.parse_args()
    load = f"{os.getloadavg()[0]:.1f}"
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load before: {load}")
    with tempfile.TemporaryDirectory(prefix="mcqdeck-") as folder:
        shutil.copytree(_SHIPPED, Path(folder) / _SHIPPED.name)
        show(Path(folder) / _SHIPPED.name, arguments.saves)
    if arguments.number:
        with new_bank(arguments.number) as (bank, _):
            show(bank, arguments.saves)


def show(folder: Path, saves: int) -> None:
    """Prints how soon each kind of save shows in the preview of a bank."""
    with previewed(folder) as url, browser_page() as page:
        shown = Shown(page, folder, sorted(folder.glob("[0-9]*.md"))[0])
        shown.open(url)
        floor = [shown.floor() for _ in range(saves)]
        taken = {"the text in view": [shown.milliseconds(shown.text()) for _ in range(saves)]}
        kinds: tuple[tuple[str, Callable[[], tuple[Path, bytes, str]]], ...] = (
            ("a setting that shows on cards", shown.settings),
            ("style.css", shown.style),
        )
        for name, kind in kinds:
            taken[name] = [shown.milliseconds(kind()) for _ in range(saves)]
        shown.milliseconds(shown.with_picture())
        taken["a picture in view"] = [shown.milliseconds(shown.media()) for _ in range(saves)]
        taken["a text elsewhere"] = [shown.milliseconds(shown.other()) for _ in range(saves)]
    header(f"{folder.name}, {saves} saves each", *COLUMNS)
    row("floor: the card put into its frame", floor, floor)
    for name, times in taken.items():
        row(name, times, floor)


@contextmanager
def previewed(folder: Path) -> Iterator[str]:
    """The address at which `mcqdeck preview` shows a bank."""
    with tempfile.TemporaryDirectory(prefix="mcqdeck-") as cache:
        command = [sys.executable, *COMMAND, "preview", str(folder), "--no-open"]
        environment = os.environ | {"MCQDECK_CACHE_DIR": cache}
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        try:
            assert child.stdout is not None
            told = iter(child.stdout)
            address = next(filter(None, (re.search(r"http://\S+", said) for said in told)), None)
            if address is None:
                sys.exit("`mcqdeck preview` did not start")
            yield address[0]
        finally:
            child.terminate()
            child.wait()


@contextmanager
def browser_page() -> Iterator[Any]:
    """A page that notes when it has drawn what was saved."""
    with browser() as program:
        page = program.new_page(viewport={"width": 1400, "height": 900})
        page.set_default_timeout(600_000)  # the whole bank is checked after each save
        page.add_init_script(_WATCH)
        yield page


if __name__ == "__main__":
    main()
