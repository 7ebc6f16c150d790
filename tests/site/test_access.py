"""For everyone: axe-core finds nothing on any page, by day or night, at any width."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import LANGUAGES
from tests.site.conftest import Quiet, Server, make_site
from tests.site.learner import Learner
from tests.site.tour import tour

Visit = Callable[..., Learner]
Serve = Callable[..., Server]

WIDTHS = (320, 390, 600, 768, 1024, 1400)

# A press may open a round, for which the menu leaves. Browsers take what moves within half a second
# of a press for its answer; here it may take longer, as the machine may be busy.
MOVED = """
  window.moved = [];
  let isPressed = false, opened = -Infinity;
  addEventListener("click", () => { isPressed = true; }, true);
  new MutationObserver((records) => {
    if (isPressed && records.some(record => record.target === document.body)) {
      isPressed = false;
      opened = performance.now();
    }
  }).observe(document, { subtree: true, attributeFilter: ["class"] });
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) {
      if (entry.hadRecentInput || Math.abs(entry.startTime - opened) < 500) continue;
      const what = entry.sources.map(each => each.node && (each.node.outerHTML || "").slice(0, 80));
      moved.push([entry.value, what]);
    }
  }).observe({ type: "layout-shift", buffered: true });
"""


def faults(learner: Learner, **options: object) -> list[tuple[str, str]]:
    """The rules of axe-core, best practices included, that the page breaks, and where first."""
    violations = Axe().run(learner.page, options=options or None).response["violations"]
    return [(violation["id"], violation["nodes"][0]["html"]) for violation in violations]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_by_day_and_night_and_nothing_is_too_wide(
    visit: Visit, cards_site: Path, tmp_path: Path, serve: Serve, language: str
) -> None:
    site = cards_site if language == "en" else make_site(LANGUAGES / "ar", tmp_path / "site")
    # axe-core fetches the styles, which browsers refuse to pages that were opened from disk.
    learner = visit(
        serve(site).url,
        viewport={"width": 360, "height": 740},
        service_workers="block",
        reduced_motion="reduce",  # so that no colour is on its way to another
    )

    page = learner.page
    stops: list[str] = []
    problems: list[tuple[object, ...]] = []
    for stop in tour(learner, "single"):
        stops.append(stop)
        problems += [(stop, fault) for fault in faults(learner)]
        page.emulate_media(color_scheme="dark")
        problems += [
            (stop, "night", fault) for fault in faults(learner, runOnly=["color-contrast"])
        ]
        page.emulate_media(color_scheme="light")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            wide = page.evaluate("document.documentElement.scrollWidth")
            problems += [(stop, width, wide)] if wide > width else []
        page.set_viewport_size({"width": 360, "height": 740})

    assert problems == []
    assert len(stops) > 20


@pytest.mark.parametrize("width", [360, 1200])
def test_nothing_moves_while_it_fills(visit: Visit, cards_site: Path, width: int) -> None:
    learner = visit(cards_site, init=MOVED, viewport={"width": width, "height": 700})

    moves = {}
    for stop in tour(learner, "blocks"):
        learner.page.wait_for_timeout(50)
        moved = learner.page.evaluate("moved.splice(0)")
        if sum(value for value, _ in moved) > 0.001:
            moves[stop] = moved

    assert moves == {}


class Slow(Quiet):
    """Sends the first page in two parts, the first of which ends within the menu."""

    def do_GET(self) -> None:  # noqa: N802  # the name that the library calls
        path = Path(self.translate_path(self.path))
        if path.name != "index.html":
            return super().do_GET()
        page = path.read_bytes()
        end = page.index(b'data-view="exam"')
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page[:end])
        self.wfile.flush()
        time.sleep(0.7)
        self.wfile.write(page[end:])
        return None


@pytest.mark.parametrize("width", [360, 1200])
def test_the_menu_does_not_move_while_it_arrives(
    visit: Visit, cards_site: Path, serve: Serve, width: int
) -> None:
    viewport = {"width": width, "height": 700}
    address = serve(cards_site, Slow).url
    learner = visit(address, init=MOVED, viewport=viewport, service_workers="block")
    learner.go()
    learner.page.wait_for_timeout(100)

    assert learner.page.evaluate("moved") == []
    assert learner.page.locator(".views").is_visible()


@pytest.mark.parametrize("size", [(320, 256), (740, 360)], ids=["400 %", "a phone on its side"])
def test_bars_leave_room_on_a_low_screen(visit: Visit, sums: Path, size: tuple[int, int]) -> None:
    width, height = size
    learner = visit(sums, viewport={"width": width, "height": height})
    learner.go("exam")
    learner.start()

    taken = learner.page.locator(".session-bar, .actions").evaluate_all("""bars => bars
      .filter(bar => getComputedStyle(bar).position === "sticky")
      .reduce((sum, bar) => sum + bar.offsetHeight, 0)""")
    assert taken < height / 3


@pytest.mark.parametrize("kind", ["practice", "cards", "exam"])
def test_a_round_that_is_gone_on_with_does_not_move(
    visit: Visit, cards_site: Path, serve: Serve, kind: str
) -> None:
    viewport = {"width": 360, "height": 700}
    learner = visit(serve(cards_site).url, init=MOVED, viewport=viewport, service_workers="block")
    learner.go(kind)
    learner.page.locator("#view form button[type=submit]").click()
    learner.page.wait_for_selector(".stem", state="attached")
    learner.reload()
    learner.page.wait_for_selector(".stem", state="attached")
    learner.page.wait_for_timeout(100)

    assert learner.page.evaluate("moved") == []
