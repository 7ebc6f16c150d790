"""What `mcqdeck site` writes: which files, the same for the same bank, and nothing that acts."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from mcqdeck.cli import main
from mcqdeck.site.description import description
from tests.conftest import CHAPTER, DECK_TOML, OTHER_CHAPTER, MakeBank
from tests.site.banks import write_bank

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "source" / "12-core-functions"
STAR = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>'


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["site", *map(str, arguments)])


@pytest.fixture
def output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path / "www"


def page(path: Path) -> HTMLParser:
    return HTMLParser(path.read_text(encoding="utf-8"))


def bank_data(site: Path) -> dict[str, Any]:
    """What the first page and the script of its questions hand over."""
    first = (site / "index.html").read_text(encoding="utf-8")
    questions = (site / "bank.js").read_text(encoding="utf-8")
    bank: dict[str, Any] = json.loads(re.findall(r"Site\.receiveBank\((\{.*\})\);", first)[0])
    bank |= json.loads(questions.removeprefix("Site.receiveQuestions(")[:-3])
    return bank


def is_permitted(read: HTMLParser, script: Any) -> bool:
    """Whether a page's policy knows a script in the page."""
    policy = read.css_first("meta[http-equiv]").attributes["content"] or ""
    digest = base64.b64encode(hashlib.sha256(script.text().encode()).digest()).decode()
    return f"'sha256-{digest}'" in policy.partition("script-src")[2].partition(";")[0]


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_it_writes_a_page_for_the_bank_each_chapter_and_each_question(
    make_bank: MakeBank, output: Path
) -> None:
    result = run(make_bank(), "-o", output)

    assert result.exit_code == 0, result.output
    assert "www/index.html: Demo, 1 question, 1 chapter (" in result.stdout
    assert {"index.html", "c/01-chapter.html", "q/first.html", "data/01-chapter.js", "sw.js"} <= {
        *files(output)
    }


def test_it_goes_into_the_folder_site_by_default(make_bank: MakeBank, output: Path) -> None:
    run(make_bank())

    assert (output.parent / "site/index.html").exists()


@pytest.mark.parametrize(("home", "folder"), [("", "demo"), ("source", "demo/media")])
def test_within_a_bank_it_goes_beside_the_bank_as_packages_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str, folder: str
) -> None:
    bank = write_bank(tmp_path / home / "demo")
    (tmp_path / home / folder).mkdir(exist_ok=True)
    monkeypatch.chdir(tmp_path / home / folder)
    result = run(os.path.relpath(bank))

    assert result.exit_code == 0, result.output
    assert (tmp_path / "site/index.html").exists()


def test_the_first_page_has_in_itself_what_its_first_view_needs(
    make_bank: MakeBank, output: Path
) -> None:
    """A phone on a slow network waits for each request."""
    run(make_bank(), "-o", output)

    read = page(output / "index.html")
    assert read.css("script[src], link[rel=stylesheet]") == []
    assert len(read.css("script")) == 2
    assert all(is_permitted(read, script) for script in read.css("script"))
    assert "unsafe" not in str(read.css_first("meta[http-equiv]").attributes["content"])


def test_a_chapter_may_have_the_name_of_a_file_of_the_site(
    make_bank: MakeBank, output: Path
) -> None:
    bank = make_bank(**{"bank.md": OTHER_CHAPTER.replace("## first", "## second")})

    run(bank, "-o", output)

    assert (output / "data/bank.js").read_bytes().startswith(b"Site.receiveChapter(")
    assert len(bank_data(output)["questions"]) == 2


def test_the_same_bank_gives_the_same_files_and_touches_none(
    make_bank: MakeBank, output: Path
) -> None:
    bank = make_bank()
    run(bank, "-o", output)
    first = files(output)
    times = {path: (output / path).stat().st_mtime_ns for path in first}

    result = run(bank, "-o", output)

    assert "nothing changed" in result.stdout
    assert files(output) == first
    assert {path: (output / path).stat().st_mtime_ns for path in first} == times
    run(bank, "-o", output.parent / "again")
    assert files(output.parent / "again") == first


def test_an_edit_changes_only_the_files_with_that_question(output: Path) -> None:
    bank = write_bank(output.parent / "bank")
    run(bank, "-o", output)
    before = files(output)
    chapter = bank / "02-chapter.md"
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(text.replace("What is 6 + 6?", "How much is 6 + 6?"), encoding="utf-8")

    result = run(bank, "-o", output)
    after = files(output)

    assert {path for path in after if after[path] != before.get(path)} == {
        *("c/02-chapter.html", "q/q6.html", "data/02-chapter.js"),
        *("index.html", "sw.js"),  # they name what changed by its digest
    }
    assert "5 written, 0 removed" in result.stdout


def test_what_is_no_longer_part_of_the_site_is_removed_and_nothing_else(output: Path) -> None:
    bank = write_bank(output.parent / "bank")
    run(bank, "-o", output)
    (output / "CNAME").write_text("example.org", encoding="utf-8")
    (output / "q/mine.txt").write_text("mine", encoding="utf-8")
    (bank / "03-chapter.md").unlink()

    result = run(bank, "-o", output)

    assert "6 removed" in result.stdout
    assert not (output / "q/q9.html").exists()
    assert not (output / "c/03-chapter.html").exists()
    assert (output / "CNAME").exists()
    assert (output / "q/mine.txt").exists()


def test_a_folder_with_other_files_is_left_alone(make_bank: MakeBank, output: Path) -> None:
    output.mkdir()
    (output / "index.html").write_text("mine", encoding="utf-8")

    result = run(make_bank(), "-o", output)

    assert result.exit_code == 2
    assert "choose another folder" in result.output
    assert files(output) == {"index.html": b"mine"}


def test_a_list_that_somebody_edited_removes_nothing_outside(
    make_bank: MakeBank, output: Path
) -> None:
    victim = output.parent / "victim.txt"
    victim.write_text("keep", encoding="utf-8")
    bank = make_bank()
    run(bank, "-o", output)
    (output / "out").symlink_to(output.parent)
    listing = output / "mcqdeck-site.txt"
    listing.write_text(f"../victim.txt\n{victim}\nout/victim.txt\n", encoding="utf-8")

    assert run(bank, "-o", output).exit_code == 0
    assert victim.exists()


def test_errors_in_the_source_are_shown_and_nothing_is_written(
    make_bank: MakeBank, output: Path
) -> None:
    result = run(make_bank(chapter=CHAPTER.replace("[x]", "[ ]")), "-o", output)

    assert result.exit_code == 1
    assert "no-correct-option" in result.stderr
    assert "nothing was written" in result.stderr
    assert not output.exists()


def test_a_chapter_alone_has_no_site(make_bank: MakeBank, output: Path) -> None:
    result = run(make_bank() / "01-chapter.md", "-o", output)

    assert result.exit_code == 2
    assert "site takes a bank's folder" in result.output


def test_several_banks_get_a_folder_each_and_a_page_that_leads_there(
    make_bank: MakeBank, output: Path
) -> None:
    one, two = make_bank("one"), make_bank("two", OTHER_CHAPTER)

    result = run(one, two, "-o", output)

    assert result.exit_code == 0, result.output
    links = [a.attributes["href"] for a in page(output / "index.html").css(".banks a")]
    assert links == ["one/index.html", "two/index.html"]
    assert (output / "two/q/first.html").exists()
    assert "nothing changed" in run(one, two, "-o", output).stdout


def test_two_banks_of_one_id_are_refused(make_bank: MakeBank, output: Path) -> None:
    one = make_bank("one")
    two = make_bank("two", OTHER_CHAPTER, **{"deck.toml": DECK_TOML.replace("demo", "one")})

    result = run(one, two, "-o", output)

    assert result.exit_code == 1
    assert "the id `one` is taken" in result.stderr


def test_the_package_for_anki_is_offered_where_there_is_one(
    make_bank: MakeBank, output: Path
) -> None:
    bank = make_bank()
    package = bank.parent / "decks/demo.apkg"
    without = run(bank, "-o", output)
    assert f"no {package.as_posix()}: the site offers no package" in without.stderr
    assert page(output / "index.html").css("a[download]") == []
    assert "In Anki, each card comes back" in page(output / "index.html").text()

    CliRunner().invoke(main, ["build", str(bank)])
    run(bank, "-o", output)

    (link,) = page(output / "index.html").css("a[download]")
    assert link.attributes["href"] == "demo.apkg"
    assert (output / "demo.apkg").read_bytes() == package.read_bytes()


def test_a_package_of_another_bank_is_not_offered(make_bank: MakeBank, output: Path) -> None:
    CliRunner().invoke(main, ["build", str(make_bank("other"))])
    Path("decks/other.apkg").rename("decks/demo.apkg")

    result = run(make_bank(), "-o", output)

    assert result.exit_code == 2
    assert "not a package of the bank `demo`" in result.output


def test_images_in_a_description_are_their_words_or_links() -> None:
    _, html = description("See ![a *star* alt=](star.png) and ![b src=](//example.org/b.png?a&b).")

    assert html == (
        '<p>See a star alt= and <a href="https://example.org/b.png?a&amp;b">b src=</a>.</p>\n'
    )


def test_a_question_reads_well_without_a_script(make_bank: MakeBank, output: Path) -> None:
    run(make_bank(), "-o", output)
    read = page(output / "q/first.html")

    assert read.css_first("title").text() == "What do bees make from nectar? · Demo"
    description = read.css_first("meta[name=description]").attributes["content"]
    assert description == "What do bees make from nectar?"
    assert [li.text(strip=True) for li in read.css(".choices li")] == ["Honey", "Wax", "Pollen"]
    answer = read.css_first("details").text()
    assert "Wax comes from glands of the bee." in answer
    assert "Bees thicken nectar" in answer
    assert "Bees thicken" not in read.css_first(".stem").text()


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://example.org/ada/exam", "https://example.org/ada/exam"),
        (
            "https://example.org/blob/main/{path}",
            "https://example.org/blob/main/01-chapter.md#first",
        ),
        (
            "https://example.org/{path}?plain=1#L1",
            "https://example.org/01-chapter.md?plain=1#L1",
        ),
    ],
)
def test_a_question_leads_back_to_its_source(
    make_bank: MakeBank, output: Path, address: str, link: str
) -> None:
    toml = f'{DECK_TOML}repository = "{address}"\n'
    run(make_bank(**{"deck.toml": toml}), "-o", output)

    links = [a.attributes["href"] for a in page(output / "q/first.html").css(".meta a")]
    assert links == [link]


def test_every_link_and_file_that_a_page_names_is_there(output: Path) -> None:
    run(SHIPPED, "-o", output, "--decks", ROOT / "decks")

    missing = set()
    for path in output.rglob("*.html"):
        for node in page(path).css("[href], [src]"):
            target = node.attributes.get("href") or node.attributes.get("src") or ""
            if target.startswith(("http", "#", "mailto:", "data:")):
                continue
            name = re.split(r"[?#]", target)[0]
            if not (path.parent / name).exists():
                missing.add((path.name, target))
    assert missing == set()


def test_the_first_page_of_the_shipped_bank_is_small(output: Path) -> None:
    """With all that it loads at once, as a server would compress it."""
    run(SHIPPED, "-o", output, "--decks", ROOT / "decks")
    first = page(output / "index.html")
    loaded = [node.attributes["src"] for node in first.css("script[src]")]
    loaded += [node.attributes["href"] for node in first.css("link[rel=stylesheet]")]
    paths = ["index.html", "bank.js", *(str(address).partition("?")[0] for address in loaded)]

    size = sum(len(gzip.compress((output / path).read_bytes(), 6)) for path in paths)

    assert size < 45_000


def test_nothing_is_fetched_from_elsewhere(make_bank: MakeBank, output: Path) -> None:
    chapter = CHAPTER.replace(
        "What do", "![far](https://evil.example/a.png) [there](https://example.org) What do"
    )
    result = run(make_bank(chapter=chapter), "-o", output)

    assert result.exit_code == 0, result.output
    for path, data in files(output).items():
        if path.endswith((".html", ".js")) and not path.startswith("assets"):
            assert not re.search(rb'(src|srcset|data)=\\?"?https?:', data), path
    links = [a.attributes["href"] for a in page(output / "q/first.html").css(".stem a")]
    assert links == ["https://evil.example/a.png", "https://example.org"]


def test_the_site_has_no_name_for_what_the_card_calls_so_too() -> None:
    """Both styles hold on every page, so a class of both would get the rules of both."""
    package = ROOT / "generator/mcqdeck"
    names = [
        set(re.findall(r"\.([a-z][\w-]*)", path.read_text(encoding="utf-8")))
        for path in (package / "pack/card/card.css", package / "site/assets/site.css")
    ]

    # The card's own, which the site lays out, and words in comments.
    known = {"card", "mcq", "options", "recall", "references", "css"}
    assert names[0] & names[1] <= known


def test_images_have_their_size_so_that_nothing_moves_when_they_come(
    make_bank: MakeBank, output: Path
) -> None:
    star = STAR.replace("<svg", '<svg width="30" height="20"', 1)
    chapter = CHAPTER.replace(
        "What do", '![a](a.svg) <img src="a.svg" alt="b" width="7"> ![c](c.gif) What do'
    )
    bank = make_bank(chapter=chapter, **{"a.svg": star})
    (bank / "c.gif").write_bytes(b"GIF89a\x05\x00\x04\x00\x80\x00\x00" + bytes(30))
    run(bank, "-o", output)

    images = page(output / "q/first.html").css(".stem img")
    sizes = [(image.attributes.get("width"), image.attributes.get("height")) for image in images]
    assert sizes == [("30", "20"), ("7", None), ("5", "4")]
    (script,) = (output / "data").iterdir()
    data = script.read_text(encoding="utf-8")
    assert data.count('width=\\"30\\" height=\\"20\\"') == 1


def test_a_drawing_that_could_act_by_itself_is_no_file(make_bank: MakeBank, output: Path) -> None:
    chapter = CHAPTER.replace("What do", "![a](good.svg) ![b](bad.svg) ![c](odd.svg) What do")
    bad = STAR.replace("<path", "<script>alert(1)</script><path")
    odd = STAR.replace("<path", '<path onclick="alert(1)"')
    bank = make_bank(chapter=chapter, **{"good.svg": STAR, "bad.svg": bad, "odd.svg": odd})
    run(bank, "-o", output)

    media = [path.name for path in (output / "media").iterdir()]
    sources = [str(img.attributes["src"]) for img in page(output / "q/first.html").css(".stem img")]
    assert [name for name in media if "good" in name] == media
    assert sources[0].startswith("../media/demo-good-")
    assert all(source.startswith("data:image/svg+xml;base64,") for source in sources[1:])


@pytest.mark.parametrize(
    "svg",
    [
        '<svg xmlns="http://www.w3.org/2000/svg"><a href="javascript:alert(1)"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><use href="https://evil.example/#a"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><foreignObject/></svg>',
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><x:script '
        'xmlns:x="http://www.w3.org/1999/xhtml"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><set attributeName="href" '
        'to="javascript:1"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><style>@import "https://evil.example"</style></svg>',
        '<?xml version="1.0" encoding="UTF-16"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        "<svg>not closed",
    ],
)
def test_no_drawing_with_anything_but_shapes_is_a_file(
    make_bank: MakeBank, output: Path, svg: str
) -> None:
    bank = make_bank(chapter=CHAPTER.replace("What do", "![a](a.svg) What do"), **{"a.svg": svg})
    run(bank, "-o", output)

    assert not (output / "media").exists()


def test_file_names_are_such_that_every_system_has_them(make_bank: MakeBank, output: Path) -> None:
    long = "-".join(["very"] * 60)
    chapter = CHAPTER.replace("## first", "## con") + CHAPTER.partition("\n")[2].replace(
        "## first", f"## {long}"
    ).replace("bees make", "wasps make")
    run(make_bank(chapter=chapter), "-o", output)

    names = {path.name for path in (output / "q").iterdir()}
    assert "con-.html" in names
    assert max(map(len, names)) < 150
    pages = bank_data(output)["pages"]
    assert pages["con"] == "con-"
    assert f"{pages[long]}.html" in names


def test_titles_and_descriptions_of_a_bank_cannot_act(make_bank: MakeBank, output: Path) -> None:
    toml = (
        'id = "demo"\ntitle = "<img src=x onerror=alert(1)>"\n'
        'description = "`<script>alert(1)</script>` **Bold** \\\\<img src=x onerror=alert(1)>"\n'
        "authors = ['</script><script>alert(1)</script>']\n"
        '[objectives]\n"<b>" = "</script><img src=x onerror=alert(1)>"\n'
    )
    toml += "[words]\npractice = '</script><script>alert(1)</script><!--<script>'\n"
    bank = make_bank(**{"deck.toml": toml})
    chapter = bank / "01-chapter.md"
    text = CHAPTER.replace("level: recall", 'objective: "<b>"')
    title = "# &lt;!--&lt;script>&lt;/script>&lt;/style>&lt;script>alert(1)&lt;/script>"
    chapter.write_text(text.replace("# Chapter", title, 1), encoding="utf-8")

    result = run(bank, "-o", output)

    assert result.exit_code == 0, result.output
    for path in output.rglob("*.html"):
        read = page(path)
        assert read.css("[onerror], [onclick]") == []
        assert all(
            node.attributes.get("src") or is_permitted(read, node) for node in read.css("script")
        )
        assert read.css("img[src=x], a[href^=javascript]") == []
    assert page(output / "index.html").css_first("h1").text() == "<img src=x onerror=alert(1)>"
    assert b"</script" not in (output / "bank.js").read_bytes()


def test_formulas_are_mathml_and_what_cannot_be_read_is_told(
    make_bank: MakeBank, output: Path
) -> None:
    stem = r"What do $\frac{1}{2}$ and $\ce{H2O}$ bees"
    result = run(make_bank(chapter=CHAPTER.replace("What do bees", stem)), "-o", output)

    stem_node = page(output / "q/first.html").css_first(".stem")
    assert len(stem_node.css("math")) == 1
    assert stem_node.css_first("code").text() == r"$\ce{H2O}$"
    assert (
        "01-chapter.md:3:1: warning: this formula shows as its source: \\ce{H2O}" in result.stderr
    )
    assert result.stderr.count("warning: this formula") == 1


def test_the_scripts_know_plan_exam_and_older_ids(make_bank: MakeBank, output: Path) -> None:
    toml = (
        DECK_TOML + "[objectives]\nA = 'a'\n[plan]\nA = { recall = 2, analysis = '30%' }\n"
        "[exam]\nquestions = 5\nminutes = 9\npass = 60\n"
        "[history]\nrenamed = { first = 'older' }\n"
    )
    run(make_bank(**{"deck.toml": toml + "[rules]\nset = 'off'\n"}), "-o", output)
    data = bank_data(output)

    assert data["exam"] == {"questions": 5, "minutes": 9, "pass": 60}
    assert data["plan"] == [
        {"objective": "A", "level": "recall", "amount": 2, "isShare": False},
        {"objective": "A", "level": "analysis", "amount": 0.3, "isShare": True},
    ]
    assert data["renamed"] == {"older": "first"}


@pytest.mark.parametrize(("language", "word"), [("de", "Üben"), ("ar", "تدرّب"), ("sw", "Practice")])
def test_pages_speak_the_language_of_the_bank(
    make_bank: MakeBank, output: Path, language: str, word: str
) -> None:
    toml = f'{DECK_TOML}language = "{language}"\n[rules]\nset = "off"\n'
    run(make_bank(**{"deck.toml": toml}), "-o", output)
    root = page(output / "index.html").css_first("html")

    assert root.attributes["dir"] == ("rtl" if language == "ar" else "ltr")
    assert root.attributes["lang"] == ("en" if language == "sw" else language)
    practice = page(output / "index.html").css_first("[data-view=practice]").text(strip=True)
    assert practice == bank_data(output)["words"]["practice"]
    if language != "ar":
        assert practice == word


def test_a_bank_says_words_of_the_site_otherwise(make_bank: MakeBank, output: Path) -> None:
    run(make_bank(**{"deck.toml": f'{DECK_TOML}[words]\npractice = "Drill"\n'}), "-o", output)

    assert "Drill" in page(output / "index.html").css_first("nav").text()


def test_the_style_of_the_bank_holds(make_bank: MakeBank, output: Path) -> None:
    run(make_bank(**{"style.css": ".card { --accent: #123456; }\n"}), "-o", output)

    for path in ("index.html", "q/first.html"):
        sheets = [
            str(node.attributes["href"]) for node in page(output / path).css("link[rel=stylesheet]")
        ]
        assert sheets[-1].rpartition("/")[2].startswith("style.css?v=")
    assert "123456" in (output / "style.css").read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_is_one_line(
    make_bank: MakeBank, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output.write_text("a file", encoding="utf-8")

    result = run(make_bank(), "-o", output)

    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_a_site_that_was_interrupted_can_be_written_again(
    make_bank: MakeBank, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bank = make_bank()
    real: Callable[..., None] = os.replace
    calls = []

    def full(self: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 20:
            raise OSError(28, "No space left on device")
        real(self, target)
        return target

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", full)
        result = run(bank, "-o", output)
    assert result.exit_code == 2
    assert "No space left" in result.output

    assert run(bank, "-o", output).exit_code == 0
    assert (output / "sw.js").exists()


def test_no_word_of_python_or_templates_is_left_in_a_page(output: Path) -> None:
    run(SHIPPED, "-o", output, "--decks", ROOT / "decks")

    for name in ("index.html", "c/01-screening.html"):
        read = page(output / name)
        read.strip_tags(["script", "style"])
        text = read.text()
        assert not re.search(r"\{\{|\{%|\{\w+\}|None\b|&lt;", text), name


def test_chapters_of_one_title_are_told_apart_by_their_folders(output: Path) -> None:
    """On the first page, in what practice offers and in a result, and not on cards."""
    bank = write_bank(output.parent / "bank", chapters=4)
    for path, place in zip(
        sorted(bank.glob("*.md")), ("part-one", "part-two", "part-two/more", "."), strict=True
    ):
        text = re.sub(r"^# .*", "# General", path.read_text(encoding="utf-8"))
        path.unlink()
        (bank / place).mkdir(parents=True, exist_ok=True)
        (bank / place / path.name).write_text(text, encoding="utf-8")

    result = run(bank, "-o", output)

    assert result.exit_code == 0, result.output
    chapters = bank_data(output)["chapters"]
    titles = {
        "General",
        "General (part one)",
        "General (part two)",
        "General (part two / more)",
    }
    assert {chapter["title"] for chapter in chapters} == titles
    assert {chapter["subdeck"] for chapter in chapters} == {"General"}
    links = page(output / "index.html").css(".chapters a:not(.go)")
    assert {link.text() for link in links} == titles
    heading = page(output / "c/part-one-01-chapter.html").css_first("h1")
    assert heading.text() == "General (part one)"


def test_chapters_of_one_title_in_one_folder_are_told_apart_by_their_files(output: Path) -> None:
    bank = write_bank(output.parent / "bank", chapters=2)
    second = bank / "02-chapter.md"
    text = second.read_text(encoding="utf-8").replace("# 02 Chapter 2", "# 01 Chapter 1")
    second.write_text(text, encoding="utf-8")

    run(bank, "-o", output)

    assert [chapter["title"] for chapter in bank_data(output)["chapters"]] == [
        "01 Chapter 1 (01-chapter)",
        "01 Chapter 1 (02-chapter)",
    ]


def test_retired_questions_do_not_count(make_bank: MakeBank, output: Path) -> None:
    retired = OTHER_CHAPTER.partition("\n")[2].replace("## first", "## second")
    retired = retired.replace("level: recall", "level: recall, retired: law changed")
    run(make_bank(chapter=CHAPTER + retired), "-o", output)

    first = page(output / "index.html")
    assert first.css_first(".figures dd").text() == "1"
    assert first.css_first(".chapters .count").text() == "1 question"
    chapter = page(output / "c/01-chapter.html")
    assert chapter.css_first("p.small").text() == "1 question"
    assert len(chapter.css(".stems li")) == 2, "it has its page all the same"


def test_a_question_leads_to_where_its_mistakes_are_reported(
    make_bank: MakeBank, output: Path
) -> None:
    toml = f'{DECK_TOML}report = "https://example.org/new?title={{id}}&x=1"\n'
    run(make_bank(**{"deck.toml": toml}), "-o", output)

    links = page(output / "q/first.html").css("footer.meta a")
    assert [(link.text(), link.attributes["href"]) for link in links] == [
        ("Report a mistake", "https://example.org/new?title=first&x=1")
    ]


def test_no_file_of_a_site_is_hidden_by_github(make_bank: MakeBank, output: Path) -> None:
    """GitHub Pages leaves out files whose names begin with `_`, unless this one is there."""
    run(make_bank(), "-o", output)

    assert (output / ".nojekyll").read_bytes() == b""


def test_a_sound_in_a_stem_is_no_word_of_a_title(make_bank: MakeBank, output: Path) -> None:
    bank = make_bank(chapter=CHAPTER.replace("What do", "![](buzz.wav) What do"))
    (bank / "buzz.wav").write_bytes(b"RIFF\x24\x00\x00\x00WAVEfmt " + bytes(28))

    result = run(bank, "-o", output)

    assert result.exit_code == 0, result.output
    title = page(output / "q/first.html").css_first("title").text()
    assert title == "What do bees make from nectar? · Demo"
    assert page(output / "c/01-chapter.html").css_first(".stems a").text() == (
        "What do bees make from nectar?"
    )
