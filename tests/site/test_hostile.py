"""What a hostile bank holds does nothing on its site: on no page, in no view, with all rights."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mcqdeck.model import Bank, Chapter, Config, Option, Place, Question, RenderedBank
from mcqdeck.render import render
from mcqdeck.site import Site
from tests.passages import passage
from tests.site.conftest import Server
from tests.site.learner import Learner
from tests.site.tour import tour

Visit = Callable[..., Learner]

VECTORS = Path(__file__).parents[1] / "vectors"
TEXTS = [
    text
    for name in ("unsafe.txt", "harmless.txt")
    for text in (VECTORS / name).read_text(encoding="utf-8").removesuffix("\n").split("\n----\n")
]
NAMES = ('<img src=x onerror="acted(1)">', "</script><script>acted(2)</script>", '"><b onclick=x>')

# Whatever a vector calls is heard, and so is what the policy of the page would have stopped.
LISTENS = """
  window.done = [];
  window.acted = what => { done.push(String(what)); };
  window.alert = window.confirm = window.prompt = acted;
  document.addEventListener("securitypolicyviolation", event => {
    done.push(event.violatedDirective + " " + event.blockedURI);
  });
  window.handle = () => {
    for (const element of document.querySelectorAll("main *")) {
      for (const name of ["mouseover", "focus", "toggle", "error", "load"]) {
        element.dispatchEvent(new Event(name));
      }
    }
    return done.splice(0);
  };
"""


def hostile_bank() -> RenderedBank:
    """Every vector in every field of a question, and names that would be markup."""
    where = Place("a.md", 1)
    config = Config(
        path="deck.toml",
        id="hostile",
        title=NAMES[0],
        description=f"{NAMES[1]}\n\n{NAMES[0]}\n\n[x](javascript:acted(3))",
        authors=NAMES,
        license=NAMES[1],
        objectives=tuple((name, name) for name in NAMES),
        levels=(*NAMES, "recall"),
    )
    questions = []
    for number, text in enumerate(TEXTS):
        name = NAMES[number % 3]
        options = tuple(
            Option(where, is_right, passage(text), passage(text)) for is_right in (True, False)
        )
        questions.append(
            Question(
                where, f"q{number}", where, False, passage(text), options, passage(text),
                passage(text), objective=name, level=name, tags=(name,),
                retired=text if number % 7 == 6 else None,
            )
        )  # fmt: skip
    chapters = tuple(
        Chapter(f"{NAMES[0]}{place}.md", NAMES[place % 3], tuple(questions[place::3]))
        for place in range(3)
    )
    rendered = render(Bank("no-such-folder", config, chapters))[0]
    return replace(rendered, style="/* </style><script>acted(4)</script> */")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    for file in Site(hostile_bank(), b"").files():
        (folder / file.path).parent.mkdir(exist_ok=True)
        (folder / file.path).write_bytes(file.data)
    return folder


def test_no_vector_does_anything_on_any_page_or_view(
    visit: Visit, hostile: Path, serve: Callable[[Path], Server]
) -> None:
    server = serve(hostile)
    learner = visit(server.url, init=LISTENS, service_workers="block")
    page = learner.page
    popups: list[str] = []
    page.on("popup", lambda popup: popups.append(popup.url))
    done: list[tuple[str, str]] = []

    for stop in tour(learner, "q0"):
        done += [(stop, what) for what in page.evaluate("handle()")]
    for number in range(len(TEXTS)):
        learner.go(f"q/q{number}.html")
        page.evaluate("document.querySelector('details.reveal').open = true")
        done += [(f"q{number}", what) for what in page.evaluate("handle()")]
    page.wait_for_timeout(200)
    done += [("end", what) for what in page.evaluate("handle()")]

    assert done == []
    assert popups == []
    assert {url for url in learner.requests if not url.startswith(server.url)} == set()
    learner.said.clear()


def test_every_side_of_every_vector_does_nothing(visit: Visit, hostile: Path) -> None:
    """As the card shows them: both sides of all cards, put on the page one after the other."""
    learner = visit(hostile, init=LISTENS)
    learner.go("practice")
    page = learner.page

    shown = page.evaluate(
        """async touch => {
          await Promise.all(["card", "faces", "session"].map(Site.need));
          const ids = Site.bank.items.map(item => item.id);
          const all = await Site.fields(ids);
          const box = Site.h("div.card-box");
          document.querySelector("#view main").append(box);
          let count = 0;
          for (const id of ids) {
            const fields = all.get(id);
            const order = Site.orderOf(fields);
            Site.showFront(box, fields, order, []);
            Site.showBack(box, fields, order, ["b"]);
            window.found = (window.found || []).concat(handle());
            Site.showCard(box, fields, false);
            Site.showCard(box, fields, true);
            window.found = window.found.concat(handle());
            count++;
          }
          return count;
        }"""
    )
    page.wait_for_timeout(300)

    assert shown == len(TEXTS)
    assert page.evaluate("found.concat(handle())") == []
    assert page.locator("#view script, #view iframe, #view object, #view form form").count() == 0
    assert page.url.endswith("#/practice")
    learner.said.clear()


def test_a_file_of_progress_that_is_hostile_does_nothing(
    visit: Visit, sums: Path, tmp_path: Path
) -> None:
    learner = visit(sums, init=LISTENS)
    rows = [[1000 + place, name, 0, 1] for place, name in enumerate((*NAMES, "__proto__", "q1"))]
    flags = [["constructor", 5, 1], ["__proto__", 6, 1]]
    path = tmp_path / "file.json"
    path.write_text(
        json.dumps({"format": "mcqdeck-progress", "bank": "sums", "answers": rows, "flags": flags}),
        encoding="utf-8",
    )
    learner.go("progress")
    with learner.page.expect_file_chooser() as chooser:
        learner.act("Import progress")
    chooser.value.set_files(path)
    learner.page.locator("[data-notice=news]").wait_for()

    learner.sees("1 / 12")
    assert learner.page.evaluate("handle()") == []
    assert learner.page.evaluate("({}).flagged === undefined") is True
