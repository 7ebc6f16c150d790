"""Cards as the real Anki renders them, on pages laid out as its clients do, in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from mcqdeck import build, check

BANK = Path(__file__).parent / "bank"
LANGUAGES = Path(__file__).parent / "languages"
PAGE = "http://anki.test/card.html"

DOCUMENT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Anki</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
html { font-size: %(root)spx; }
* { box-sizing: content-box; }
body { margin: 20px; color: #020202; background: #f5f5f5; }
body.nightMode { color: #fcfcfc; background-color: #2c2c2c; }
li { text-align: start; }
</style></head>
<body class="%(classes)s">%(body)s</body></html>"""

LONG_PAGE = """<div id="qa" dir="auto"></div><script>
function show(html, isAnswer) {
  var qa = document.getElementById("qa");
  qa.innerHTML = html;
  Array.from(qa.getElementsByTagName("script")).forEach(function (old) {
    var fresh = document.createElement("script");
    fresh.appendChild(document.createTextNode(old.innerHTML));
    old.replaceWith(fresh);
  });
  var answer = isAnswer && document.getElementById("answer");
  if (answer) answer.scrollIntoView(); else window.scrollTo(0, 0);
}
</script>"""

SIDE = """<div id="content">%s</div><script>
window.onload = function () { window.scrollTo(0, 0); location.href = "#answer"; };
</script>"""


class Rendered(NamedTuple):
    """Both sides of a card, each with the note type's style before it."""

    front: str
    back: str


class Client:
    """A page that shows one side of a card after the other, as Anki's programs do.

    With `is_long` the page lives on, and only the card's element changes, as on the desktop and on
    AnkiWeb; without, each side is a document of its own, as in AnkiDroid's classic reviewer.
    """

    def __init__(self, page: Any, *, is_long: bool, night: bool, root: int) -> None:
        self.page = page
        self._is_long, self._root = is_long, root
        self._classes = f"card card1{' nightMode night_mode' if night else ''}"
        if is_long:
            self._open(LONG_PAGE)

    def show(self, html: str, *, is_answer: bool = False) -> None:
        if self._is_long:
            self.page.evaluate("([html, isAnswer]) => show(html, isAnswer)", [html, is_answer])
        else:
            self._open(SIDE % html)

    def _open(self, body: str) -> None:
        text = DOCUMENT % {"root": self._root, "classes": self._classes, "body": body}
        self.page.unroute(PAGE)
        self.page.route(PAGE, lambda route: route.fulfill(body=text, content_type="text/html"))
        self.page.goto(PAGE)

    def options(self) -> list[str]:
        """The ids of the options as they stand on screen."""
        ids: list[str] = self.page.eval_on_selector_all(
            ".choices > ol > *", "items => items.map(item => item.dataset.option)"
        )
        return ids

    def option(self, id_: str) -> Any:
        return self.page.locator(f".choices > ol > [data-option={id_}]")

    def chosen(self) -> list[str]:
        ids: list[str] = self.page.eval_on_selector_all(
            "[aria-checked=true]",
            "items => items.map(item => item.closest('[data-option]').dataset.option)",
        )
        return ids

    def verdict(self) -> str:
        text: str = self.page.inner_text(".verdict")
        return text

    def marks(self) -> dict[str, str]:
        """What is said of the options that have a mark, by their ids."""
        marks: dict[str, str] = self.page.eval_on_selector_all(
            ".mark",
            "all => Object.fromEntries(all.map(m => [m.parentNode.dataset.option, m.innerText]))",
        )
        return marks


Cards = dict[tuple[str, str], Rendered]


@pytest.fixture(scope="session")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A collection into which the bank's package was imported."""
    folder = tmp_path_factory.mktemp("collection")
    collection = collection_of(BANK, folder)
    yield collection
    collection.close()


@pytest.fixture(scope="session")
def cards(collection: Any) -> Cards:
    """The cards by their question's id and their template's name."""
    return cards_of(collection)


@pytest.fixture(scope="session")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Cards]:
    """The cards of the bank in a language, as `cards` has them."""

    @cache
    def of_language(language: str) -> Cards:
        return bank_cards(LANGUAGES / language, tmp_path_factory.mktemp(f"collection-{language}"))

    return of_language


def bank_cards(bank: Path, folder: Path) -> Cards:
    """The cards of a bank, of which nothing is left in a collection."""
    collection = collection_of(bank, folder)
    try:
        return cards_of(collection)
    finally:
        collection.close()


def collection_of(bank: Path, folder: Path) -> Collection:
    """A new collection in `folder` into which the bank's package was imported."""
    checked = check([bank])
    assert not [diagnostic for diagnostic in checked.diagnostics if diagnostic.severity == "error"]
    (built,) = build(checked, folder)
    collection = Collection(str(folder / "collection.anki2"))
    collection.import_anki_package(
        ImportAnkiPackageRequest(package_path=str(built.path), options=ImportAnkiPackageOptions())
    )
    collection.models._clear_cache()
    return collection


def cards_of(collection: Collection) -> Cards:
    """What Anki makes of both sides of every card."""
    rendered = {}
    for card_id in collection.find_cards(""):
        card = collection.get_card(card_id)
        output = card.render_output()
        key = card.note()["ID"], str(card.template()["name"])
        rendered[key] = Rendered(output.question_and_style(), output.answer_and_style())
    return rendered


@pytest.fixture(scope="session")
def choice(cards: Cards) -> Callable[[str], Rendered]:
    """The multiple-choice card of a question."""
    return lambda id_: cards[id_, "Multiple choice"]


class Opened(NamedTuple):
    """A page with what it said on its console and what its scripts threw."""

    page: Any
    said: list[str]


@pytest.fixture(scope="session")
def open_page(browser: Any, collection: Any) -> Callable[..., Opened]:
    """Opens a page in a context of its own, which finds the collection's media."""
    folder = Path(collection.media.dir())

    def opened(init: str = "", **settings: Any) -> Opened:
        context = browser.new_context(**settings)
        context.set_default_timeout(5_000)
        context.route("**/*", lambda route: _serve(route, folder))
        context.add_init_script(init)
        page, said = context.new_page(), []
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda message: said.append(message.text))
        return Opened(page, said)

    return opened


@pytest.fixture(scope="session")
def usual_pages() -> list[Opened]:
    """Pages without special settings that no test has in hand."""
    return []


@pytest.fixture
def client(
    open_page: Callable[..., Opened], usual_pages: list[Opened]
) -> Iterator[Callable[..., Client]]:
    """Opens clients; when the test is over, none of them may have said anything on its console."""
    usual: list[Opened] = []
    special: list[Opened] = []
    heard: list[list[str]] = []

    def open_client(
        *,
        is_long: bool = True,
        night: bool = False,
        width: int = 400,
        height: int = 800,
        root: int = 16,
        hears_console: bool = True,
        **settings: Any,
    ) -> Client:
        if settings:
            opened = open_page(**settings)
            special.append(opened)
        else:
            opened = usual_pages.pop() if usual_pages else open_page()
            usual.append(opened)
        if hears_console:
            heard.append(opened.said)
        opened.page.set_viewport_size({"width": width, "height": height})
        return Client(opened.page, is_long=is_long, night=night, root=root)

    yield open_client
    said = [text for page in heard for text in page]
    for opened in special:
        opened.page.context.close()
    for opened in usual:
        opened.page.emulate_media(media="screen")
        opened.page.evaluate("sessionStorage.clear()")
        opened.said.clear()
    usual_pages.extend(usual)
    assert said == []


def _serve(route: Any, folder: Path) -> None:
    """Gives a file of the collection's media; nothing else is there."""
    path = folder / unquote(urlsplit(route.request.url).path).lstrip("/")
    if path.is_file():
        route.fulfill(path=path)
    else:
        route.fulfill(status=404)
