"""Search, paper, light and dark, reading without a script, and the same card as in Anki."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mcqdeck.pack.faces import Faces
from mcqdeck.project import check
from tests.browser.conftest import BANK
from tests.conftest import MakeBank
from tests.site.banks import write_bank
from tests.site.conftest import Server, make_site
from tests.site.learner import Learner

Visit = Callable[..., Learner]


def results(learner: Learner) -> list[str]:
    texts: list[str] = learner.page.locator(".found-list li > a").all_inner_texts()
    return texts


@pytest.mark.parametrize(
    ("query", "stems"),
    [
        ('"7 + 7"', ["What is 7 + 7?"]),
        ('WHAT "is 7"', ["What is 7 + 7?"]),
        ('"twice 5" DOUBLE', ["What is 5 + 5?"]),
        ('"many for 11"', ["What is 11 + 11?"]),
        ('"book 3"', ["What is 3 + 3?"]),
    ],
)
def test_search_finds_stems_options_reasons_explanations_and_sources(
    visit: Visit, sums: Path, query: str, stems: list[str]
) -> None:
    learner = visit(sums)
    learner.go("search")
    learner.page.get_by_role("searchbox").fill(query)
    learner.sees("question found" if len(stems) == 1 else "questions found")

    assert results(learner) == stems
    assert learner.page.locator("mark").count() > 0


def test_search_says_how_many_and_leads_to_the_question(visit: Visit, sums: Path) -> None:
    learner = visit(sums)
    learner.go("search?q=double")
    learner.sees("12 questions found")
    learner.page.locator(".found-list a").first.click()

    assert learner.page.url.endswith("/q/q1.html")
    learner.page.go_back()
    learner.sees("12 questions found")


def test_search_shows_what_it_has_while_chapters_arrive(
    visit: Visit, sums: Path, serve: Callable[[Path], Server]
) -> None:
    """A learner sees results, and hears how far it is, before the last chapter is there."""
    learner = visit(serve(sums).url, service_workers="block")  # one would have kept the chapters
    learner.go("")
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    learner.page.route(re.compile(r"/data/0[23]-"), hold)
    learner.go("search")
    learner.page.get_by_role("searchbox").fill("double")
    learner.page.locator(".found-list li").nth(3).wait_for()
    assert len(results(learner)) == 4
    assert learner.page.locator("p.found").inner_text() == ""
    bar = learner.page.locator(".found ~ .searched")
    place = learner.page.locator(".found-list").bounding_box()

    learner.page.wait_for_timeout(1600)  # a quick search says only what it found
    held.pop(0).continue_()
    learner.sees("66% · 8 questions found")
    assert learner.page.get_by_role("progressbar", name="Search").is_visible()
    assert bar.evaluate("bar => bar.value / bar.max") == pytest.approx(2 / 3)
    assert learner.page.locator(".found-list").bounding_box()["y"] == place["y"]
    assert learner.page.locator("p.found").get_attribute("role") == "status"
    held.pop(0).continue_()

    learner.sees("12 questions found")
    assert len(results(learner)) == 12
    assert not bar.is_visible()


HTML = (
    "plain",
    "a &amp; b &lt;c&gt; &quot;d&quot; &#x27;e&#x27; &#39;",
    "&eacute;&notin;&amp;amp;",
    "<p>one</p><p>two</p>",
    '<img src="a.png" alt="x > y"> z',
    "<img alt='it > is'>after",
    "<ul><li>a</li><li>b<br>c</li></ul>",
    "<table><tr><th>a</th><td>b</td></tr></table>",
    "1 &lt; 2",
    "a < b",
    "a<b",
    "<!-- no --> yes",
    "x&nbsp;y &nbsp; z",
    "<math><mi>x</mi><mo>=</mo></math>",
    "<pre><code>a\n b</code></pre>",
    "<b>bo</b>ld",
    "<p>&constructor;</p>",
    "<details><summary>s</summary>t</details>",
    "<picture>p</picture>",
    "<PRE>a</PRE>b",
    "&",
    "&;",
    "&amp",
    "<",
    "a<p",
    "<h2 id='x'>h</h2>i",
    '<div\nclass="x">y</div>z',
    "<a href='?a=1&amp;b'>l</a>",
    "",
    "𝒙 – „q“",
    "<p/>a<hr/>b",
)


def test_the_words_of_a_text_are_those_that_a_browser_shows(
    learner: Learner, cards_site: Path
) -> None:
    """They are found without the browser's parser, for the sake of large banks on phones."""
    data = [path.read_text(encoding="utf-8") for path in sorted(cards_site.glob("data/*.js"))]
    texts = [*HTML, *(part for text in data for part in text.split('","'))]
    learner.go("")

    wrong = learner.page.evaluate(
        r"""texts => texts.filter(html => {
          const template = document.createElement("template");
          template.innerHTML =
            html.replace(/<(?=\/?(?:p|li|div|td|th|tr|h\d|br|dd|dt|pre)\b)/g, " <");
          const shown = template.content.textContent.replace(/\s+/g, " ").trim();
          return Site.words_of(html) !== shown;
        })""",
        texts,
    )

    assert wrong == []


def test_search_without_result(visit: Visit, sums: Path) -> None:
    learner = visit(sums)
    learner.go("search?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")

    learner.sees("Nothing found for “<img src=x onerror=alert(1)>”")


def test_search_ignores_accents_and_knows_every_script(
    visit: Visit, make_bank: MakeBank, tmp_path: Path
) -> None:
    chapter = (
        "# One\n\n## a\n\nWas heißt Café?\n\n- [x] Kaffeehaus\n- [ ] Tee\n\n"
        "## b\n\n火山の名前は何ですか。\n\n- [x] 富士山\n- [ ] 東京\n"
    )
    bank = make_bank(
        chapter=chapter, **{"deck.toml": 'id = "demo"\ntitle = "D"\n[rules]\nset = "off"\n'}
    )
    learner = visit(make_site(bank, tmp_path / "site"))
    for query, stem in (("cafe", "Was heißt Café?"), ("富士", "火山の名前は何ですか。")):
        learner.go("search")
        learner.page.get_by_role("searchbox").fill(query)
        learner.sees("1 question found")
        assert results(learner) == [stem]


def test_a_paper_test_has_its_key_and_explanations_at_the_end(visit: Visit, sums: Path) -> None:
    learner = visit(sums)
    learner.go("paper?chapter=01-chapter")
    learner.start()
    page = learner.page

    assert page.locator(".paper-question").count() == 4
    assert page.locator(".paper-questions .paper-reason, .paper-questions .right").count() == 0
    key = page.locator(".paper-answers > li")
    assert key.count() == 4
    assert "so the sum is called a double" in key.first.inner_text()
    assert "One too many" in key.first.inner_text()
    for place in range(4):
        numbers = page.locator(".paper-question").nth(place).locator(".paper-options > li")
        letter = key.nth(place).inner_text().split()[1]
        stem = page.locator(".paper-question .stem").nth(place).inner_text()
        right = numbers.nth(ord(letter) - 65).inner_text()
        assert int(right) == 2 * int(stem.split()[2])


def test_a_paper_test_without_explanations(visit: Visit, sums: Path) -> None:
    learner = visit(sums)
    learner.go("paper")
    learner.page.get_by_label("With explanations").uncheck()
    learner.start()

    assert "called a double" not in learner.page.inner_text(".paper")
    assert learner.page.locator(".paper-answers > li").count() == 12


def test_no_question_is_cut_at_the_edge_of_a_page(visit: Visit, sums: Path) -> None:
    learner = visit(sums)
    learner.go("paper")
    learner.start()
    page = learner.page
    page.emulate_media(media="print")

    for selector in (".paper-question", ".paper-answers > li"):
        style = page.locator(selector).first.evaluate("node => getComputedStyle(node).breakInside")
        assert style == "avoid"
    assert page.locator(".paper-key").evaluate("n => getComputedStyle(n).breakBefore") == "page"
    assert not page.locator(".top, .paper-bar, .bottom").filter(visible=True).count()
    assert len(page.pdf()) > 1000


def test_a_wide_table_prints_whole(visit: Visit, make_bank: MakeBank, tmp_path: Path) -> None:
    row = "| " + " | ".join(f"value {number}" for number in range(20)) + " |"
    table = f"{row}\n|{'---|' * 20}\n{row}\n\nWhich?"
    chapter = f"# 1\n\n## wide\n\n{table}\n\n- [x] One\n- [ ] Two\n"
    site = make_site(make_bank(chapter=chapter), tmp_path / "site")
    learner = visit(site, viewport={"width": 700, "height": 900})
    learner.go("paper")
    learner.start()
    learner.page.emulate_media(media="print")

    cell = learner.page.locator("td").last
    assert cell.evaluate("cell => cell.getBoundingClientRect().right") <= 700
    assert "value 19" in cell.inner_text().replace("\n", "")


def test_what_is_to_be_pressed_is_not_printed(visit: Visit, sums: Path) -> None:
    page = visit(sums).go("q/q1.html")
    page.emulate_media(media="print")

    assert page.get_by_text("One too many for 1.").is_visible()
    assert not page.locator("summary, .button, .turns").filter(visible=True).count()


def test_light_and_dark_follow_the_system_until_one_is_chosen(visit: Visit, sums: Path) -> None:
    learner = visit(sums, color_scheme="dark")
    learner.go()
    page = learner.page
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(paper)
    page.get_by_label("Appearance").select_option("light")
    light = page.evaluate(paper)
    assert light != dark

    def is_light_again() -> bool:
        page.reload()
        return bool(page.evaluate(paper) == light)

    learner.wait(is_light_again)  # a new process of the browser may be told late
    learner.go("q/q1.html")
    learner.wait(lambda: page.evaluate(paper) == light)
    page.get_by_label("Appearance").select_option("system")
    assert page.evaluate(paper) == dark


def test_dark_can_be_chosen_where_the_browser_has_no_room_to_keep_that(
    visit: Visit, sums: Path
) -> None:
    full = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') };"
    learner = visit(sums, init=full)
    learner.go()
    page = learner.page
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_label("Appearance").select_option("dark")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_the_style_of_the_bank_holds_on_every_page(
    visit: Visit, make_bank: MakeBank, tmp_path: Path
) -> None:
    style = ".card { --accent: rgb(1, 2, 3); } .nightMode .card { --accent: rgb(7, 8, 9); }"
    learner = visit(make_site(make_bank(**{"style.css": style}), tmp_path / "site"))
    for path in ("", "practice", "q/first.html"):
        page = learner.go(path)
        color = "getComputedStyle(document.body).getPropertyValue('--accent')"
        assert page.evaluate(color) == "rgb(1, 2, 3)"
    learner.page.emulate_media(color_scheme="dark")
    learner.wait(lambda: learner.page.evaluate(color) == "rgb(7, 8, 9)")


def test_without_script_everything_can_be_read(visit: Visit, sums: Path) -> None:
    learner = visit(sums, java_script_enabled=False)
    page = learner.page
    page.goto(learner.base + "index.html")
    assert "You can read all questions without it." in page.inner_text("main")
    assert page.locator(".needs-script").filter(visible=True).count() == 0
    page.get_by_role("link", name="02 Chapter 2").click()
    page.get_by_role("link", name="What is 6 + 6?").click()
    page.wait_for_selector(".choices li")
    assert page.locator(".choices li").all_inner_texts() == ["12", "13", "14"]
    assert not page.get_by_text("One too many for 6.").is_visible()
    page.locator("summary").click()
    assert page.get_by_text("One too many for 6.").is_visible()
    assert page.get_by_text("Book 6").is_visible()
    page.get_by_role("link", name="Next").click()
    assert page.url.endswith("q/q7.html")


def test_the_answer_is_behind_one_press_of_a_key(visit: Visit, sums: Path) -> None:
    learner = visit(sums)
    page = learner.go("q/q1.html")
    page.locator("summary").focus()
    page.keyboard.press("Enter")

    assert page.get_by_text("Right answer").is_visible()


SIDES = """async ([id, order]) => {
  await Promise.all(["draw", "card", "faces"].map(Site.need));
  const fields = (await Site.fields([id])).get(id);
  const filled = pieces => pieces.map(piece => typeof piece === "string" ? piece
    : "field" in piece ? fields[piece.field] || ""
    : fields[piece.section] ? filled(piece.pieces) : "").join("");
  const { front, back, flashcardFront, flashcardBack } = Site.faces;
  return [front, back, flashcardFront, flashcardBack].map(filled);
}"""


@pytest.mark.parametrize("id_", ["single", "several", "pinned", "retired", "right-to-left", "bare"])
def test_the_card_is_the_one_in_anki(visit: Visit, cards_site: Path, id_: str) -> None:
    """The same HTML as the cards that are held against the real Anki, less their scripts.

    Every back of the site has the question's id, as in Anki with `show-id`.
    """
    import re  # noqa: PLC0415

    learner = visit(cards_site)
    learner.go()
    made = learner.page.evaluate(SIDES, [id_, []])
    [rendered] = check([BANK]).banks
    [(question, chapter)] = [
        (question, chapter)
        for chapter in rendered.chapters
        for question in chapter.questions
        if question.question.id == id_
    ]
    identified = replace(rendered, config=replace(rendered.config, show_id=True))
    cards = Faces(identified).of(question, chapter)
    faces = [side for card in cards for side in (card.front, card.back)]
    bare = [re.sub(r"<script>.*?</script>", "", side, flags=re.DOTALL).strip() for side in faces]

    assert [side.strip() for side in made][: len(bare)] == bare


def test_images_and_formulas_show(visit: Visit, cards_site: Path) -> None:
    learner = visit(cards_site)
    learner.go("practice?question=blocks")
    learner.start()
    page = learner.page

    assert page.locator(".stem math").count() == 1
    assert page.locator(".stem img").evaluate("image => image.complete && image.naturalWidth > 0")
    learner.go("q/blocks.html")
    assert page.locator(".stem img").evaluate("image => image.complete && image.naturalWidth > 0")
    assert page.locator(".stem math").count() == 1


def test_how_many_to_choose_is_said_once_on_its_page(visit: Visit, cards_site: Path) -> None:
    page = visit(cards_site).go("q/several.html")
    said = page.locator("main").inner_text() + page.locator(".options").first.evaluate(
        "list => getComputedStyle(list, '::before').content"
    )

    assert said.count("Choose 2") == 1


def test_the_trail_runs_as_the_page_does(visit: Visit, tmp_path: Path) -> None:
    """Its signs stand between its links, also before a title that runs the other way."""
    bank = write_bank(tmp_path / "bank", settings='language = "he"\n')
    page = visit(make_site(bank, tmp_path / "site")).go("q/q1.html")

    title, link = page.locator(".trail a").last.evaluate("""link => {
      const text = document.createRange();
      text.selectNodeContents(link);
      return [text.getBoundingClientRect().right, link.getBoundingClientRect().right];
    }""")
    assert link - title > 10


def test_a_chart_can_be_read_in_colours_of_the_system(visit: Visit, sums: Path) -> None:
    learner = visit(sums, forced_colors="active")
    learner.go("practice")
    learner.start()
    learner.answer("a")
    page = learner.go("progress")

    drawn = page.locator(".bar-right").first.evaluate("bar => getComputedStyle(bar).fill")
    told = page.locator(".legend .key-right").evaluate(
        "key => getComputedStyle(key).backgroundColor"
    )
    assert told == drawn


def test_what_a_sign_means_stands_beside_it(visit: Visit, sums: Path) -> None:
    learner = visit(sums, viewport={"width": 320, "height": 640})
    learner.go("exam")
    learner.start()
    page = learner.go("exam/review")

    signs = page.locator(".legend .cell").all()
    assert len(signs) == 3
    for sign in signs:
        assert sign.evaluate("""sign => {
          const word = document.createRange();
          word.selectNode(sign.nextSibling);
          const { top, bottom } = sign.getBoundingClientRect();
          const { y, height } = word.getBoundingClientRect();
          return top < y + height / 2 && y + height / 2 < bottom;
        }""")


def test_a_retired_question_says_so_on_its_page(visit: Visit, cards_site: Path) -> None:
    learner = visit(cards_site)
    learner.go("q/retired.html")

    assert "superseded by a clearer question" in learner.page.inner_text(".notice")


def test_a_part_that_cannot_be_loaded_is_told_and_can_be_tried_again(
    visit: Visit, copied: Callable[[Path], Path], sums: Path
) -> None:
    site = copied(sums)
    data = site / "data/01-chapter.js"
    kept = data.read_bytes()
    data.unlink()
    learner = visit(site)
    learner.go("practice?chapter=01-chapter")
    learner.page.locator("#view form button[type=submit]").click()
    learner.sees("This part could not be loaded.")
    data.write_bytes(kept)
    learner.act("Reload")

    learner.page.wait_for_selector(".choices [role=radio]")
    learner.said.clear()


def test_no_request_leaves_the_site(
    visit: Visit, cards_site: Path, serve: Callable[[Path], Server]
) -> None:
    server = serve(cards_site)
    learner = visit(server.url)
    for view in (
        "",
        "practice",
        "cards",
        "exam",
        "progress",
        "search?q=a",
        "paper",
        "q/blocks.html",
    ):
        learner.go(view)
        learner.page.wait_for_timeout(100)

    assert {url for url in learner.requests if not url.startswith(server.url)} == set()


def test_the_policy_lets_nothing_else_run(visit: Visit, sums: Path) -> None:
    learner = visit(sums)
    for path in ("", "q/q1.html", "c/01-chapter.html"):
        page = learner.go(path)
        ran: Any = page.evaluate(
            """() => {
              const script = document.createElement("script");
              script.textContent = "window.ran = true";
              document.body.append(script);
              const holder = document.createElement("div");
              holder.innerHTML = '<img src=x onerror="window.ran = true">';
              document.body.append(holder);
              return new Promise(resolve => setTimeout(() => resolve(window.ran === true), 200));
            }"""
        )
        assert ran is False
    learner.said.clear()
