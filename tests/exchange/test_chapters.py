"""Whatever Markdown stands in a part of a question, a chapter keeps that part and all others."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import mcqdeck
from mcqdeck import conversion, exchange
from mcqdeck.model import Bank
from tests.exchange.banks import shown, written

PIECES = [
    *(
        "word",
        "two words ",
        "Is it?",
        "\n",
        "\n\n",
        "\n    ",
        "# ",
        "## ",
        "### ",
        "##glued",
        "#one",
    ),
    *(
        "\n## read-the-file\n",
        "\n## Which?\n",
        "\n## **Which？**\n",
        "\n# Title\n",
        "\n### Explanation\n",
        "\n#### four\n",
    ),
    *("\n```\n", "\n```python\n", "\n~~~\n", "\n````\n", "```", "\n===\n", "\n---\n", "\n***\n"),
    *(
        "\n- [x] box\n",
        "\n- [ ] box\n",
        "\n* item\n",
        "\n1. one\n",
        "\n2) two\n",
        "- ",
        "[x] ",
        "[ ]",
    ),
    *("\n> quote\n", "\n>\n", "\n| a | b |\n|---|---|\n| c | d |\n", "\n<!-- level: recall -->\n"),
    *("<!-- ", "-->", "\n<!-- note\n", "\n<div>\n", "</div>\n", "\n<pre>\n", "</pre>", "<script>"),
    *("\n$$\nx\n$$\n", "$x$", "[a]: https://example.org\n", "[^1]", "\n[^1]: note\n", "[a]", "\\"),
    *("\nRationale: x\n", "\nA. first\nB. second\n", "{{c1::x}}", "\t", "   ", "&nbsp;", "<br>"),
]
NASTY = [
    "```python\n## read-the-file\nx = 1\n```",
    "```\n## Which?\n- [ ] a\n- [x] b\n```",
    "```\n- [x] a\n## ما هو؟\n```",
    "```\n- [x] a\n## **Which?**\n```",
    "~~~\n## foo\n```python\ncode\n```\n~~~",
    "```yaml\na: 1\n## set-it-up\n- [x] b\n```",
    "##glued to its marks",
    "\t```",
    "###2 is glued, too",
    "- [x] a box",
    "> a quote\n\n- a list",
    "<!-- level: recall -->",
    "```\nno end",
    "<!-- no end",
    "# Title\n\ntext\n\n## Question\n\n### Explanation\n\nmore",
    "text\n---\nmore\n===",
]


def bank_with(text: str) -> Bank:
    """A bank of two questions, all parts of the first of which are `text`."""
    first = {
        "id": "first",
        "stem": text,
        "options": [
            {"text": text, "correct": True, "rationale": text},
            {"text": "other", "correct": False},
        ],
        "explanation": text,
        "references": text,
    }
    plain = {"stem": "S?", "options": [{"text": "a", "correct": True}, {"text": "b"}]}
    questions = {"format": "mcqdeck", "version": 1, "questions": [first, {"id": "second", **plain}]}
    source = exchange.Source("q.json", json.dumps(questions).encode(), {})
    contents = exchange.read(source, exchange.format_named("json"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "bank"
        conversion.carry_out(conversion.plan_import([contents], folder), folder)
        loaded = mcqdeck.load(folder)
        kinds = {
            diagnostic.name for diagnostic in loaded.diagnostics if diagnostic.severity == "error"
        }
        assert kinds <= {"empty-stem", "empty-option", "option-count"}, loaded.diagnostics
        return loaded.bank


def kept(bank: Bank) -> bool:
    """Whether both questions are there with all of their parts."""
    first, second = bank.questions
    assert [first.id, second.id] == ["first", "second"]
    assert [option.is_correct for option in first.options] == [True, False]
    assert [option.is_correct for option in second.options] == [True, False]
    assert not second.explanation
    return all(
        part and part.text.strip()
        for part in (first.stem, first.options[0].text, first.explanation, first.references)
    )


@pytest.mark.parametrize("text", NASTY)
def test_a_part_that_looks_like_another_is_kept(text: str) -> None:
    assert kept(bank_with(f"word\n\n{text}"))
    kept(bank_with(text))


def test_a_tab_keeps_a_line_in_its_fence_in_an_option_too() -> None:
    kept(bank_with("```python\n\t```\n```\n\n~~~\nx"))
    kept(bank_with("word\n\t```"))


@pytest.mark.parametrize("text", [">```\nx", ">~~~~", "> <pre>\n> x", "a\n>```\n\nb", "> > ```"])
def test_what_ends_with_a_quote_ends_in_an_option(text: str) -> None:
    kept(bank_with(text))
    kept(bank_with(f"word {text}"))


def test_a_label_with_a_backslash_is_renamed_where_another_text_has_it() -> None:
    stems = [f"See [c\\d].\n\n[c\\d]: https://example.org/{number}" for number in (1, 2)]

    assert [question.stem.text for question in bank_of(stems).questions] == [
        "See [c\\d].",
        "See [c\\d][c\\d-2].",
    ]


def bank_of(stems: list[str]) -> Bank:
    options = [{"text": "a", "correct": True}, {"text": "b"}]
    questions = [{"stem": stem, "options": options} for stem in stems]
    data = json.dumps({"format": "mcqdeck", "version": 1, "questions": questions})
    contents = exchange.read(
        exchange.Source("q.json", data.encode(), {}), exchange.format_named("json")
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "bank"
        conversion.carry_out(conversion.plan_import([contents], folder), folder)
        return mcqdeck.load(folder).bank


def test_the_words_of_what_is_left_out_keep_signs_that_mark_nothing() -> None:
    stem = "Is **2 \\*** ` ` and 2 ** 3 `more` than **4*3**?"
    data = json.dumps({"format": "mcqdeck", "questions": [{"stem": stem, "options": []}]})

    contents = exchange.read(
        exchange.Source("q.json", data.encode(), {}), exchange.format_named("json")
    )

    assert contents.left_out[0].words == "Is 2 * ` ` and 2 ** 3 more than 43?"


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=10).map("".join))
@settings(max_examples=300, suppress_health_check=list(HealthCheck), deadline=None)
def test_no_part_spoils_another(text: str) -> None:
    kept(bank_with(f"word {text}"))
    kept(bank_with(text)) if text.strip() else None


def test_a_break_of_two_spaces_stays_one() -> None:
    """In the first line of an option, and in a rationale, which stands in a quote."""
    broken = "one  \ntwo"
    options = [{"text": broken, "correct": True}, {"text": "x", "rationale": broken}]
    data = json.dumps({"questions": [{"id": "q", "stem": "Which?", "options": options}]})
    source = exchange.Source("x.json", data.encode(), {})

    with written(exchange.read(source, exchange.recognised(source))) as folder:
        (question,) = shown(mcqdeck.load(folder).bank).questions

    assert question.options[0].html.replace("\n", "") == "<p>one<br>two</p>"
    assert question.options[1].rationale.replace("\n", "") == "<p>one<br>two</p>"
