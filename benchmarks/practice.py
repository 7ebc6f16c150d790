"""Measures the practice site as a learner meets it: `python benchmarks/practice.py [N]`.

Chromium takes the part of a phone, as Lighthouse does: a slow 4G network and a fourth of this
machine's processor. The first visit is one to the site of `source/12-core-functions`, by a browser
that was never there, from a server that compresses; the time runs until the first page can be used.
Beside it, in the same run, the floor: a page of as many files, each of as many bytes, that does
nothing. With N also the views of a bank of N questions, for a learner who never answered and for
one who did 30,000 times. Needs a Chromium that Playwright can drive.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import secrets
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from browsing import COLUMNS, browser, row, served
from running import COMMAND, header, line, new_bank, number_of, process

_SHIPPED = Path(__file__).resolve().parent.parent / "source" / "12-core-functions"
_VISITS = 9
_ROUNDS = 5
_UNDISTURBED = 2_000  # milliseconds in which nothing of Playwright runs in the page
_SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_638_400 / 8,
    "uploadThroughput": 768_000 / 8,
}
_SLOWER = 4
_PHONE = {"viewport": {"width": 360, "height": 640}, "is_mobile": True}
_TRANSFERRED = """["navigation", "resource"].flatMap(each => performance.getEntriesByType(each))
  .map(each => [new URL(each.name).pathname.slice(1) || "index.html", each.transferSize,
    each.encodedBodySize, each.startTime < performance.getEntriesByName("ready")[0].startTime])"""
_VIEW = """(path) => new Promise((drawn) => {
  const root = document.documentElement;
  const begun = performance.now();
  const look = () => {
    if (root.dataset.shown !== `#/${path}`) return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => drawn(performance.now() - begun)));
  };
  location.hash = `#/${path}`;
  look();
})"""
_PRESS = """([button, shown]) => new Promise((drawn) => {
  const begun = performance.now();
  const look = () => {
    if (!document.querySelector(shown)) return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => drawn(performance.now() - begun)));
  };
  document.querySelector(button).click();
  look();
})"""
_SEARCH = """(words) => new Promise((drawn) => {
  const field = document.querySelector("#view input[type=search]");
  const told = () => document.querySelector("#view [role=status]").textContent;
  const begun = performance.now();
  const look = () => {
    if (!told().includes("found")) return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => drawn(performance.now() - begun)));
  };
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  look();
})"""
_ANSWERS = """(async () => {
  await Site.needQuestions();
  const items = Site.bank.items;
  await Site.learner.answer([...Array(30000).keys()].map(number => ({
    t: 1.6e12 + number * 60000, id: items[number % items.length].id, kind: "practice",
    right: number % 3 > 0 })));
})()"""


def main() -> None:
    """Prints the tables that the command line asks for."""
    parser = argparse.ArgumentParser(description="Measures the practice site in a browser.")
    parser.add_argument("number", nargs="?", type=number_of, metavar="N", help="also: N questions")
    parser.add_argument("--visits", type=int, default=_VISITS, help=f"first ones ({_VISITS})")
    arguments = parser.parse_args()
    load = f"{os.getloadavg()[0]:.1f}"
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load before: {load}")
    with browser() as program, tempfile.TemporaryDirectory(prefix="mcqdeck-") as folder:
        first_visits(program, made(_SHIPPED, Path(folder)), arguments.visits)
        if arguments.number:
            with new_bank(arguments.number) as (bank, _):
                views(program, made(bank, Path(folder)))


def made(bank: Path, folder: Path) -> Path:
    """The site of a bank, made by the command."""
    site = folder / f"site of {bank.name}"
    process(*COMMAND, "site", bank, "-o", site, "--no-cache")
    return site


@contextmanager
def phone(program: Any, network: object = _SLOW_4G) -> Iterator[Any]:
    """A page of a browser that was nowhere before, on a slow processor and network."""
    context = program.new_context(**_PHONE)
    page = context.new_page()
    page.set_default_timeout(120_000)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    if network:
        session.send("Network.emulateNetworkConditions", network)
    session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    yield page
    context.close()


def first_visits(program: Any, site: Path, visits: int) -> None:
    """Prints when the first page is ready, and the floor."""
    with served(site) as address:
        _, files = first_visit(program, address)
        needed = [size for _, _, size, is_needed in files if is_needed]
        bare = write_bare(site.parent / "bare", needed)
        took: dict[str, list[float]] = {"floor": [], "site": []}
        with served(bare) as floor:
            for _ in range(visits):
                took["floor"].append(first_visit(program, floor)[0])
                took["site"].append(first_visit(program, address)[0])
    header(f"First visit, {visits} times", *COLUMNS)
    row("floor: as many files and bytes", took["floor"], took["floor"])
    row("first page of the shipped bank", took["site"], took["floor"])
    header("Transferred, headers included", "bytes")
    for name, size, *_ in sorted(files, key=lambda file: -file[1]):
        line(re.sub(r"\?.*", "", name), str(size))
    line("all", str(sum(file[1] for file in files)))
    line("of it before the page is ready", str(sum(file[1] for file in files if file[3])))


def first_visit(program: Any, address: str) -> tuple[float, list[tuple[str, int, int, bool]]]:
    """When a page is ready, in milliseconds, and its files.

    Of each file its path, the bytes that came, those without headers, and whether it was asked for
    before the page was ready.
    """
    with phone(program) as page:
        page.goto(address)
        page.wait_for_timeout(_UNDISTURBED)
        page.wait_for_selector("html.ready", state="attached")
        ready = page.evaluate("performance.getEntriesByName('ready')[0].startTime")
        return ready, list(map(tuple, page.evaluate(_TRANSFERRED)))


def write_bare(folder: Path, sizes: Sequence[int]) -> Path:
    """A page that loads files of these compressed sizes, of which the first is its own."""
    folder.mkdir()
    own, *others = sizes
    scripts = "".join(f'<script defer src="{n}.js"></script>' for n in range(len(others)))
    head = f'<!doctype html><title>Bare</title><link rel="icon" href="data:,">{scripts}'
    ready = "performance.mark('ready'); document.documentElement.className = 'ready';\n"
    (folder / "index.html").write_text(f"{head}<!--{noise(own - 300)}-->", encoding="utf-8")
    for place, size in enumerate(others):
        last = ready if place == len(others) - 1 else ""
        text = f"/*{noise(size - 60)}*/{last}"
        (folder / f"{place}.js").write_text(text, encoding="utf-8")
    return folder


def noise(size: int) -> str:
    """A text that takes so many bytes once it is compressed: hexadecimal digits halve."""
    return secrets.token_hex(max(0, int(size * 0.88)))


def views(program: Any, site: Path) -> None:
    """Prints how soon each view of a bank comes, and the floor: an empty page, drawn."""
    chapter = sorted(site.glob("c/*.html"))[-1].name
    with served(site) as address:
        for title, answers in (("who never answered", False), ("with 30,000 answers", True)):
            took: dict[str, list[float]] = {}
            with phone(program, network=None) as page:
                if answers:
                    page.goto(f"{address}index.html")
                    page.wait_for_selector("html.ready", state="attached")
                    page.evaluate(_ANSWERS)
                for _ in range(_ROUNDS):
                    for name, taken in tour(page, address, chapter):
                        took.setdefault(name, []).append(taken)
            name = re.sub(r"^site of ", "", site.name)
            header(f"Views, a learner {title}", *COLUMNS)
            for name, times in took.items():
                row(name, times, took["floor: an empty page"])


def tour(page: Any, address: str, chapter: str) -> Iterator[tuple[str, float]]:
    """The milliseconds that each view of a site takes."""
    view: Callable[[str], float] = partial(page.evaluate, _VIEW)
    loaded = "performance.getEntriesByType('navigation')[0].loadEventEnd"
    page.goto("about:blank")
    yield "floor: an empty page", page.evaluate(loaded)
    page.goto(f"{address}index.html")
    page.wait_for_selector("html.ready", state="attached")
    yield "first page", page.evaluate("performance.getEntriesByName('ready')[0].startTime")
    yield "practice", view("practice")
    form = "#view form button[type=submit]"
    yield "a round of all questions begins", page.evaluate(_PRESS, [form, ".stem"])
    page.locator(".choices [data-option]").first.click()
    yield "the verdict", page.evaluate(_PRESS, ["#view .actions .primary", ".verdict p"])
    yield "exam", view("exam")
    yield "progress", view("progress")
    yield "search", view("search")
    yield "search finds, all chapters read", page.evaluate(_SEARCH, "the")
    yield "first page, again", view("")
    page.goto(f"{address}c/{chapter}")
    page.wait_for_load_state("load")
    yield "a chapter's page", page.evaluate(loaded)


if __name__ == "__main__":
    main()
