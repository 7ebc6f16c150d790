"""Any bytes give questions and diagnostics, at places that lie in the file, in linear time."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import mcqdeck
from mcqdeck.model import Chapter, Config
from mcqdeck.read.lines import decode, split
from mcqdeck.read.parse import parse_chapter
from tests.conftest import MakeBank
from tests.growth import demand_linear

CONFIG = Config("deck.toml", "demo", "Demo", objectives=(("GC1", "One"),))
PIECES = st.sampled_from(
    [
        "# T\n", "## a-question\n", "## Which?\n", "### Explanation\n", "### References\n",
        "####\n",
        "- [x] Right\n", "- [ ] Wrong\n", "- [] x\n", "* [ ] y\n", "1. [x] z\n", "  > why\n",
        "> q\n",
        "<!-- level: recall -->\n", "<!-- id: x, tags: [a\n", "<!--\n", "-->\n", "```\n",
        "```py\n",
        "~~~~\n", "    code\n", "\tcode\n", "|a|b|\n|-|-|\n", "---\n", "===\n", "\n", "\n\n",
        "\r\n",
        "\r", "text\n", "\u3000wide 🙂\n", "\ufeff", "\0", "\x1f", "\u2028", "<div>\n", "<pre>\n",
        "[a]: b\n", "A. one\nB. two\n", "Choose two.\n", "$", "<", "[", "  ", "- ", "2) ", "\\",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map("".join)
BYTES = st.one_of(
    TEXTS.map(str.encode), st.binary(max_size=300), TEXTS.map(lambda t: t.encode("utf-16"))
)


@given(BYTES)
@example(b"")
@example(b"\xef\xbb\xbf")
@example(b"---\n")
@example(b"## \n- [ ]")
@example(b"# T\n\xef\xbb\xbf# T\n\xef\xbb\xbf<!-- level: recall -->\n---\n")
@example(b"## a-question\n\x1f")
@example("\ud800".encode("utf-8", "surrogatepass"))
@settings(max_examples=600)
def test_any_bytes_give_questions_and_diagnostics_that_lie_in_the_file(data: bytes) -> None:
    chapter, diagnostics = parse_chapter("a.md", data, CONFIG)

    lines = split(decode(data).text)
    for diagnostic in diagnostics:
        where = diagnostic.where
        assert 1 <= where.line <= len(lines)
        assert 1 <= where.column <= len(lines[where.line - 1]) + 1
        assert diagnostic.help
    assert_passages_stand_where_they_say(chapter, lines)


def assert_passages_stand_where_they_say(chapter: Chapter, lines: list[str]) -> None:
    for question in chapter.questions:
        passages = [question.stem, question.explanation, question.references]
        for option in question.options:
            passages += [option.text, option.rationale]
        for passage in filter(None, passages):
            for offset, character in enumerate(passage.text):
                if not character.isspace():
                    where = passage.at(offset)
                    written = lines[where.line - 1][where.column - 1]
                    assert character == ("\ufffd" if is_control(written) else written)


def is_control(character: str) -> bool:
    return unicodedata.category(character) == "Cc"


@given(TEXTS, st.sampled_from(["\n", "\r\n", "\r"]))
def test_line_ends_change_nothing_but_themselves(text: str, end: str) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")

    ours = parse_chapter("a.md", text.encode(), CONFIG)

    assert parse_chapter("a.md", text.replace("\n", end).encode(), CONFIG) == ours


@given(TEXTS)
def test_one_broken_question_does_not_hide_the_next(text: str) -> None:
    after = "\n\n## the-next-one\n\nWhich?\n\n- [x] Right\n- [ ] Wrong\n"

    chapter, _ = parse_chapter("a.md", (text + after).encode(), CONFIG)

    assert "the-next-one" in [question.id for question in chapter.questions]


HOSTILE: dict[str, Callable[[int], str]] = {
    "unclosed fences": lambda n: "## q\n```\n" * (n // 9),
    "shrinking fences": lambda n: "".join("~" * k + "\n## q\n" for k in range(int(n**0.5), 3, -1)),
    "unclosed comments": lambda n: "<!-- a: b\n## q\n" * (n // 15),
    "comment starts in a line": lambda n: "<!--" * n,
    "angle brackets": lambda n: "## q\n" + "<" * n,
    "square brackets": lambda n: "## q\n" + "[" * n,
    "dollars": lambda n: "## q\n" + "$" * n,
    "hashes": lambda n: "#" * n,
    "closing hashes": lambda n: "## " + "# " * (n // 2),
    "rules": lambda n: "- " * (n // 2) + "x",
    "nested quotes": lambda n: "## q\n" + "> " * (n // 2) + "x",
    "nested lists": lambda n: "".join(" " * 2 * k + "- x\n" for k in range(int(n**0.5))),
    "list markers": lambda n: "## q\n" + "- [ ] " * (n // 6),
    "options": lambda n: "## q\nx\n" + "- [ ] y\n" * (n // 8),
    "split lists": lambda n: "## q\nx\n" + "- [ ] y\n\n```\n```\n" * (n // 17),
    "headings": lambda n: "## \n" * (n // 4),
    "setext": lambda n: "a\n-\n" * (n // 4),
    "long paragraph": lambda n: "a\n" * (n // 2),
    "delimiter row": lambda n: "a|b\n" + "|-" * (n // 2),
    "lone tags": lambda n: "<a " * (n // 3),
    "raw tags": lambda n: "<pre>\n## q\n" * (n // 11),
    "processing": lambda n: "<?\n## q\n" * (n // 8),
    "flow metadata": lambda n: "## q\n<!-- a: " + "[" * n + " -->",
    "block metadata": lambda n: "## q\n<!--\n" + "- " * (n // 2) + "\n-->",
    "front matter": lambda n: "---\n" + "a: {b: " * (n // 7) + "\n---\n",
    "carriage returns": lambda n: "\r" * n,
    "tabs": lambda n: "## q\n- [ ] x\n" + "\t" * n + "y",
    "definitions": lambda n: "[a]: b\n" * (n // 7),
    "definition labels": lambda n: "[" + "\\]" * (n // 2),
    "one line": lambda n: "x" * n,
    "NUL": lambda n: "\0" * n,
}  # fmt: skip


@pytest.mark.parametrize("piece", ["`a` ", "== `a` ", "{a `a` ", "%% *a* "])
def test_no_text_makes_checking_slow(make_bank: MakeBank, piece: str) -> None:
    """Many short texts in one line: what looks for other dialects reads the line once."""

    bank = make_bank()

    def check(size: int) -> None:
        heading = f"## {piece * (size // len(piece))}\n<!-- id: a -->\n\n"
        text = f"# T\n\n{heading}- [x] Yes\n- [ ] No\n"
        (bank / "01-chapter.md").write_text(text, encoding="utf-8")
        mcqdeck.check([bank])

    demand_linear(check, 250_000)


@pytest.mark.parametrize("grow", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_input_makes_reading_slow(grow: Callable[[int], str]) -> None:
    demand_linear(lambda size: parse_chapter("a.md", grow(size).encode(), CONFIG), 300_000)
