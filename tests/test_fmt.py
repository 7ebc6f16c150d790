"""`mcqdeck fmt`: one way to write a chapter, which says the same and stays as it is after that."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import cmarkgfm
import pytest
from click.testing import CliRunner, Result
from cmarkgfm.cmark import Options
from hypothesis import example, given, settings
from hypothesis import strategies as st

import mcqdeck
from mcqdeck import pack
from mcqdeck.building import build
from mcqdeck.cli import main
from mcqdeck.formatting import format_text
from mcqdeck.markdown.spaces import folded
from tests.conftest import CHAPTER, DECK_TOML, MakeBank

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases"
FORMS = ROOT / "tests" / "forms"


def run(*arguments: str | Path, data: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["fmt", *map(str, arguments)], input=data)


def formatted(text: str) -> str:
    result = format_text(text.encode())
    assert not result.reason
    return result.data.decode()


# Each form stands in two files: as somebody wrote it, and as we write it.
@pytest.mark.parametrize("source", sorted(FORMS.glob("*.in.md")), ids=lambda path: path.name)
def test_a_form_is_written_in_one_way(source: Path) -> None:
    wanted = source.with_name(source.name.replace(".in.", ".out."))

    assert formatted(source.read_text(encoding="utf-8")) == wanted.read_text(encoding="utf-8")


@pytest.mark.parametrize("source", sorted(FORMS.glob("*.md")), ids=lambda path: path.name)
def test_github_shows_the_same(source: Path) -> None:
    text = source.read_text(encoding="utf-8")

    assert shown_by_github(formatted(text)) == shown_by_github(text)
    assert formatted(formatted(text)) == formatted(text)


def shown_by_github(text: str) -> object:
    """The HTML of GitHub's own engine, without comments and front matter, line ends as spaces."""
    if text.startswith("---\n"):
        text = text.split("---\n", 2)[2]
    html = cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_FOOTNOTES)
    return folded(re.sub(r"<!--.*?-->\s*", "", html, flags=re.DOTALL))


# Words with which a line would begin another block, or look to a reader of ours as if it did.
STARTS = [
    *("-", "+", "*", "1.", "1)", "2.", "#", "##", ">", ">x", "```", "~~~", "$$", "=", "===", "--"),
    *("---", "***", "|", "|-|", ":-:", "<div>", "<!--", "<?", "[^a]:", "[x]", "[ ]", "A.", "(b)"),
    *("\u2022", "\u2013", "(x)", "[!NOTE]", "====", "___"),
]


@pytest.mark.parametrize("word", STARTS)
@pytest.mark.parametrize("before", range(90, 100))
def test_no_line_begins_with_what_begins_a_block(word: str, before: int) -> None:
    text = f"# T\n\n{'x' * 40} {'y' * (before - 41)} {word} {'z' * 20} and {word} more\n"

    lines = formatted(text).split("\n")

    assert not any(line.split(" ")[0] == word for line in lines[2:])
    assert shown_by_github("\n".join(lines)) == shown_by_github(text)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_stay(end: str, mark: str) -> None:
    text = "# T\n\n\n* a\n* b"

    data = format_text((mark + text.replace("\n", end)).encode()).data

    assert data == (mark + "# T\n\n- a\n- b\n".replace("\n", end)).encode()


def test_of_mixed_line_ends_the_first_one_stays() -> None:
    assert format_text(b"# T\r\n\ntext\rmore\n").data == b"# T\r\n\r\ntext more\r\n"


@pytest.mark.parametrize("text", ["", "\n\n", "  \n"])
def test_an_empty_chapter_stays_empty(text: str) -> None:
    assert format_text(text.encode()).data == text.encode()


PIECES = st.sampled_from(
    [
        *("# T\n", "## a-question\n", "## Which _one_?\n", "### Explanation\n", "####\n"),
        *("- [x] Right\n", "- [ ] Wrong\n", "* [ ] y\n", "1. [x] z\n", "  > why\n", "> q\n", ">\n"),
        *("<!-- level: recall, id: x -->\n", "<!-- x -->\n", "<!--\n", "-->\n", "```\n", "~~~~\n"),
        *("    code\n", "\tcode\n", "|a|b|\n|-|-|\n", "| c\n", "---\n", "***\n", "===\n", "\n"),
        *("text  more\n", "text\\\n", "text  \n", "漢字\n", "<div>\n", "<pre>\n", "<b>x</b> "),
        *("[a]: b\n", "[a] ", "[^n]: note\n", "[^n] ", "A. one\nB. two\n", "$x$ ", "$$\n", "$"),
        *(
            "<",
            "[",
            "  ",
            "- ",
            "2) ",
            "\\",
            "_em_ ",
            "__st__",
            "*",
            "`c\nd` ",
            "![i\nj](k 'l\nm')",
        ),
        *("word " * 25, "1. ", "+ x\n", "   ", "\n\n", "> [!NOTE]\n> x\n", "&nbsp;", "\u200b"),
        *(
            "https://example.org/a_b ",
            "www.x.org",
            "a@b.org",
            ":+1: ",
            "==\n",
            "--\n",
            "a|b\n-|-\n",
        ),
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@given(TEXTS)
@example("[a]: b\n|a|b|\n|-|-|\n")
@example("$$\n$$\n    code\n<b>x</b> ")
@example("$$\n```\n$$\n   ")
@example("- [ ] Wrong\n&nbsp;- [x] Right\n")
@settings(max_examples=400)
def test_any_text_says_the_same_and_is_formatted_once(text: str) -> None:
    result = format_text(text.encode())

    assert format_text(result.data).data == result.data
    if not result.reason:
        assert shown_by_github(result.data.decode()) == shown_by_github(text)


BANKS = [
    ROOT / "source" / "12-core-functions",
    ROOT / "tests" / "banks" / "everything",
    ROOT / "tests" / "browser" / "bank",
    *(ROOT / "tests" / "browser" / "languages").iterdir(),
    ROOT / "generator" / "mcqdeck" / "starter",
    *(path for path in (CASES / "good").iterdir() if (path / "deck.toml").is_file()),
]


@pytest.mark.parametrize("source", BANKS, ids=lambda path: path.name)
def test_a_bank_gives_the_same_notes(source: Path, tmp_path: Path) -> None:
    bank = tmp_path / "bank"
    shutil.copytree(source, bank)
    before = notes(bank)

    result = run(bank)

    assert result.exit_code == 0, result.output
    assert notes(bank) == before
    assert "nothing to format" in run("--check", bank).output


def test_chapters_outside_banks_give_the_same_notes(tmp_path: Path) -> None:
    sources = [*CASES.glob("*.md"), *(CASES / "good").glob("*.md")]
    for number, source in enumerate(sources):
        shutil.copy(source, tmp_path / f"{number:03}-{source.name}")
    before = [notes(path) for path in sorted(tmp_path.iterdir())]

    run(tmp_path)

    assert [notes(path) for path in sorted(tmp_path.iterdir())] == before


def notes(path: Path) -> list[tuple[object, ...]]:
    """What learners get: GUIDs, fields with line ends as spaces, tags and cards."""
    [bank] = mcqdeck.check([path]).banks
    return [
        (note.guid, [folded(field) for field in note.fields], note.tags, note.cards)
        for note in pack.notes_of(bank)
    ]


LONG = CHAPTER.replace(
    "What do bees make from nectar?",
    "What do bees\nmake from nectar, which they find in flowers that grow in fields and\nmeadows?",
).replace("Bees thicken", "*  A list\n\nBees\nthicken")


def test_a_published_question_stays_as_learners_have_it(
    make_bank: MakeBank, tmp_path: Path
) -> None:
    bank, decks = make_bank(chapter=LONG), tmp_path / "decks"
    build(mcqdeck.check([bank]), decks, environment={}, clock=1_700_000_000)
    before = (decks / "demo.apkg").read_bytes()

    run(bank)

    assert (bank / "01-chapter.md").read_text(encoding="utf-8") != LONG
    build(mcqdeck.check([bank]), decks, environment={}, clock=1_800_000_000)
    assert (decks / "demo.apkg").read_bytes() == before


def test_a_style_that_shows_line_ends_keeps_them(make_bank: MakeBank, tmp_path: Path) -> None:
    style = ".card { white-space: pre-line }\n"
    bank, decks = make_bank(chapter=LONG, **{"style.css": style}), tmp_path / "decks"
    build(mcqdeck.check([bank]), decks, environment={}, clock=1_700_000_000)
    before = (decks / "demo.apkg").read_bytes()

    result = run(bank)

    assert "style.css sets `white-space`" in result.stderr
    assert result.exit_code == 1
    assert (bank / "01-chapter.md").read_text(encoding="utf-8") == LONG
    joined = LONG.replace("bees\nmake", "bees make")
    (bank / "01-chapter.md").write_text(joined, encoding="utf-8")
    build(mcqdeck.check([bank]), decks, environment={}, clock=1_800_000_000)
    assert (decks / "demo.apkg").read_bytes() != before


def test_check_writes_nothing_and_has_exit_status_1(make_bank: MakeBank) -> None:
    bank = make_bank(chapter=LONG)

    result = run("--check", bank)

    assert result.exit_code == 1
    assert "would format 1 of 1 chapter: " in result.stdout
    assert (bank / "01-chapter.md").read_text(encoding="utf-8") == LONG
    assert run(bank).exit_code == 0
    assert run("--check", bank).exit_code == 0


def test_diff_shows_the_lines_and_writes_nothing(make_bank: MakeBank) -> None:
    bank = make_bank(chapter=LONG)

    result = run("--diff", bank)

    assert result.exit_code == 0
    assert "-*  A list" in result.stdout.splitlines()
    assert "+- A list" in result.stdout.splitlines()
    assert "would format" in result.stderr
    assert (bank / "01-chapter.md").read_text(encoding="utf-8") == LONG
    assert run("--diff", "--check", bank).exit_code == 1


def test_only_the_chapters_that_are_named_are_written(make_bank: MakeBank) -> None:
    bank = make_bank(chapter=LONG, **{"02-other.md": LONG.replace("first", "second")})
    before = (bank / "01-chapter.md").read_bytes()

    run(bank / "02-other.md")

    assert (bank / "01-chapter.md").read_bytes() == before
    assert "- A list" in (bank / "02-other.md").read_text(encoding="utf-8")


def test_standard_input_goes_to_standard_output() -> None:
    result = run("-", data=b"# T\r\n\r\n* a\r\n")

    assert result.stdout_bytes == b"# T\r\n\r\n- a\r\n"
    assert run("--check", "-", data=b"# T\n\n* a\n").exit_code == 1
    assert run("--check", "-", data=b"# T\n\n- a\n").exit_code == 0
    assert "+- a" in run("--diff", "-", data=b"# T\n\n* a\n").stdout
    assert run("-", "other.md").exit_code == 2


@pytest.mark.parametrize(
    ("chapter", "reason"),
    [
        (b"# T\n\n* \xff\n", "it is not UTF-8"),
        (b"---\ntags: a\n\n# T\n\n* a\n", "its front matter has no end"),
        (b"# T\n\n* a\n\n```\n", "a code fence in it has no end"),
        (b"# T\n\n* a\n\n<!-- x\n", "a comment in it has no end"),
        (b"# T\n\n<<<<<<< a\n* a\n=======\n* b\n>>>>>>> b\n", "it has a merge conflict"),
        (b"# T\n\n* a\x07\n", "it holds control characters"),
        (b"# T\n\n* a\0\n", "it holds control characters"),
    ],
)
def test_what_nobody_can_read_is_left_alone(
    make_bank: MakeBank, chapter: bytes, reason: str
) -> None:
    bank = make_bank(**{"02-damaged.md": chapter})

    result = run(bank)

    assert result.exit_code == 1
    assert f"02-damaged.md: left as it is: {reason}" in result.stderr
    assert (bank / "02-damaged.md").read_bytes() == chapter


@pytest.mark.parametrize("names", [[""], ["02-far.md"], ["02-far.md", "01-chapter.md"]])
def test_a_chapter_that_may_not_be_read_is_told(
    make_bank: MakeBank, tmp_path: Path, names: list[str]
) -> None:
    bank = make_bank()
    (tmp_path / "far.md").write_text("# T\n\n* a\n", encoding="utf-8")
    (bank / "02-far.md").symlink_to(tmp_path / "far.md")

    result = run(*(bank / name for name in names))

    assert result.exit_code == 1
    assert "02-far.md: left as it is: it cannot be read" in result.stderr
    assert (tmp_path / "far.md").read_text(encoding="utf-8") == "# T\n\n* a\n"


def test_a_damaged_part_stays_while_the_rest_is_written(make_bank: MakeBank) -> None:
    damaged = "## second\n\nWhich?\n\n- [x] A\n-[ ] B\n\n"
    bank = make_bank(chapter=LONG + f"\n{damaged}## third\n\n*   note\n\n- [x] A\n- [ ] B\n")
    before = notes(bank)

    result = run(bank)

    text = (bank / "01-chapter.md").read_text(encoding="utf-8")
    assert "- [x] A\n-[ ] B\n" in text
    assert "\n- note\n" in text
    assert "left as written, since another form could change the meaning" in result.stdout
    assert notes(bank) == before


def test_media_are_found_from_the_bank(make_bank: MakeBank) -> None:
    chapter = LONG.replace("bees\nmake", "![a\nbee](media/bee.svg)\nmake")
    bank = make_bank(
        chapter=chapter, **{"media/bee.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"}
    )
    before = notes(bank)

    run(bank)

    assert notes(bank) == before
    assert "demo-bee-" in str(before)


def test_the_bank_that_init_makes_is_in_form(tmp_path: Path) -> None:
    CliRunner().invoke(main, ["init", str(tmp_path / "new")])

    assert run("--check", tmp_path / "new").exit_code == 0


WORDS = st.sampled_from(
    [
        *("bees", "make", "honey", "nectar", "12", "1.", "a", "C.", "-", "*so*", "_it_", "__is__"),
        *(
            "`x  y`",
            "$a + b$",
            "\\$5",
            "[link](https://example.org 'T')",
            "<kbd>Ctrl</kbd>",
            "蜂蜜",
        ),
        *("100\u00a0km", "www.example.org", "**bold words**", "[^note]", "&amp;", "x_1", "#", ">"),
        *("internationalization", "~~not~~", "\\*", "e\u0301", "[ref]", "한국어", ":bee:"),
    ]
)
SPACES = st.sampled_from([" ", " ", " ", "  ", "\n", "\n", "  \n", "\\\n"])


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """Words with any white space between them, the first and last of which are plain."""
    words = draw(st.lists(st.tuples(WORDS, SPACES), max_size=30))
    text = "So " + "".join(word + space for word, space in words) + "it is."
    return re.sub(r"\n(?=[-#>]|1\.|[A-Z]\.)", " ", text)


def indented(text: str, by: str) -> str:
    return text.replace("\n", f"\n{by}")


@st.composite
def blocks(draw: st.DrawFn) -> str:
    """A block of some kind, in some form."""
    text = draw(sentences())
    inner = draw(sentences())
    bullet = draw(st.sampled_from(["-", "*", "+"]))
    gap = draw(st.sampled_from(["\n", "\n\n"]))
    forms = [
        text,
        text,
        f"{bullet} {indented(text, '  ')}{gap}{bullet}   {indented(inner, '    ')}",
        f"3) {indented(text, '   ')}{gap}5) x\n   {bullet} {indented(inner, '     ')}",
        f"> {indented(text, '> ')}\n>\n> {indented(inner, '> ')}",
        "~~~py\nx   = 1\n\n\ny\n~~~",
        "    x   = 1\n\n    y",
        "a | b\n:-|-\n`c\\|d` | e",
        "$$\na  % b\n  c + d\n$$",
        "<div>\n  <b>x</b>\n</div>",
        "<!-- a  remark -->",
    ]
    return draw(st.sampled_from(forms))


@st.composite
def questions(draw: st.DrawFn, number: int) -> str:
    heading = draw(st.sampled_from([f"q-{number}", f"What is  _no_ {number}?  ##"]))
    comments = [
        *("", f"<!-- level: recall,id: q-{number}-->\n", "<!-- tags: [b,'a'], level: recall -->\n"),
        '<!--\n  difficulty: 3\n  objective: "x: y"\n-->\n',
    ]
    is_id = heading.startswith("q-")
    comment = draw(st.sampled_from([comments[0], *comments[2:]] if is_id else comments))
    stem = "\n\n".join(draw(st.lists(blocks(), min_size=1, max_size=3)))
    options = []
    for mark in "x ":
        text = indented(draw(sentences()), "  ")
        rationale = draw(st.sampled_from(["", "\n  > " + indented(draw(sentences()), "  > ")]))
        options.append(f"- [{mark}] {mark}{text}{rationale}")
    ending = "\n\n".join(draw(st.lists(blocks(), min_size=1, max_size=2)))
    options_text = draw(st.sampled_from(["\n", "\n\n"])).join(options)
    return f"## {heading}\n{comment}\n{stem}\n\n{options_text}\n\n### Explanation\n{ending}\n\n"


@st.composite
def chapters(draw: st.DrawFn) -> str:
    count = draw(st.integers(1, 3))
    body = "".join(draw(questions(number)) for number in range(count))
    return f"# Title\n\n{body}[ref]: https://example.org\n\n[^note]: Said.\n"


@given(chapters())
@settings(max_examples=30)
def test_any_bank_gives_the_same_notes(chapter: str) -> None:
    with TemporaryDirectory() as folder:
        bank = Path(folder)
        (bank / "deck.toml").write_text(DECK_TOML, encoding="utf-8")
        path = bank / "01-chapter.md"
        path.write_text(chapter, encoding="utf-8")
        before = notes(bank)

        result = run(bank)

        assert result.exit_code == 0, result.output
        assert notes(bank) == before
        assert "nothing to format" in run("--check", bank).output
        assert shown_by_github(path.read_text(encoding="utf-8")) == shown_by_github(chapter)
        assert all(
            len(line) <= 100 or " " not in line.strip(" ->")
            for line in path.read_text(encoding="utf-8").split("\n")
            if "left, whose" not in result.output
        )
