"""`mcqdeck fmt`: one way to write a chapter, which says the same and stays as it is after that."""

from __future__ import annotations

import re
from pathlib import Path

import cmarkgfm
import pytest
from click.testing import CliRunner, Result
from cmarkgfm.cmark import Options
from hypothesis import given, settings
from hypothesis import strategies as st

from mcqdeck.cli import main
from mcqdeck.formatting import format_text
from mcqdeck.markdown.spaces import folded

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases"
FORMS = ROOT / "tests" / "forms"


def run(*arguments: str | Path, data: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["fmt", *map(str, arguments)], input=data)


def formatted(text: str) -> str:
    found = format_text(text.encode())
    assert not found.reason
    return found.data.decode()


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
        *("<", "[", "  ", "- ", "2) ", "\\", "_em_ ", "__st__", "*", "`c\nd` ", "![i\nj](k 'l\nm')"),
        *("word " * 25, "1. ", "+ x\n", "   ", "\n\n", "> [!NOTE]\n> x\n", "&nbsp;", "\u200b"),
        *("https://example.org/a_b ", "www.x.org", "a@b.org", ":+1: ", "==\n", "--\n", "a|b\n-|-\n"),
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@given(TEXTS)
@settings(max_examples=400)
def test_any_text_says_the_same_and_is_formatted_once(text: str) -> None:
    found = format_text(text.encode())

    assert format_text(found.data).data == found.data
    if not found.reason:
        assert shown_by_github(found.data.decode()) == shown_by_github(text)
