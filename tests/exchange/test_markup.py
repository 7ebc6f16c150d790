"""HTML and plain text become Markdown that shows the same."""

from __future__ import annotations

import re
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mcqdeck
from mcqdeck import render
from mcqdeck.exchange.markup import (
    OTHERS,
    OURS,
    Converter,
    html_in,
    markdown_of_plain,
    plain_of_html,
)

_DELIMITER = re.compile(r"\\[()\[\]]|\$")
_INLINE = [
    *("word", "two words", " ", " ", "*", "_", "`", "``", "~~", "$", "$x^2$", "$`a b`$"),
    *("[", "]", "(", ")", "[a](http://x.org 't')", "<kbd>Q</kbd>", "H<sub>2</sub>O", "  \n"),
    *("\\\n", "\n", "\\", "\\*", "&amp;", "&lt;", "&", "<", "a<b", "a@b.co", "!", "#", "1.", "-"),
    *("+", ">", "=", "`code`", "*em*", "**st**", "~~del~~", "x_1", "é", "…", "“q”", "\\(x\\)"),
]
_BLOCKS = [
    *("\n- ", "\n* ", "\n1. ", "\n3. ", "\n> ", "\n```\nx = {}\n```\n", "\n\n    code\n\n", "\n\n"),
    *("\n| a | b |\n|---|:-:|\n| c | d |\n\n", "\n\n***\n\n", "\n$$\nx\n$$\n", "  "),
    *(
        "[^1]",
        "[^n]",
        "\n\n[^1]: note *x*\n\n",
        "\n\n[^n]: a\n\n    - b\n\n",
        "\n> [!NOTE]\n> x\n\n",
    ),
    "\n\n<div>\n\nx *y*\n\n</div>\n\n",
    "\n\n<table><tr><td>x</td></tr></table>\n\n",
]


def shown(markdown: str) -> tuple[str, bool]:
    """An explanation's HTML, and whether all of it is safe and whole."""
    question = f"# C\n\n## q\n\nS\n\n- [x] a\n- [ ] b\n\n### Explanation\n\n{markdown}\n"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "deck.toml").write_text('id = "b"\ntitle = "B"\n', encoding="utf-8")
        (Path(folder) / "c.md").write_text(question, encoding="utf-8")
        loaded = mcqdeck.load(Path(folder))
        rendered, diagnostics = render.render(loaded.bank)
    return rendered.questions[0].explanation, not (loaded.diagnostics or diagnostics)


@given(st.lists(st.sampled_from([*_INLINE, *_INLINE, *_BLOCKS]), min_size=1, max_size=12))
@settings(max_examples=400, derandomize=True)
def test_what_a_card_shows_comes_back_to_the_byte(pieces: list[str]) -> None:
    html, is_whole = shown("".join(pieces).rstrip(" \n"))
    # A card's field begins and ends with a block; HTML that only looks like one may be cut.
    if not html or not is_whole or not html.startswith("<") or "<h" in html.replace("<hr>", ""):
        return

    if re.search(r"\\[(\[](?:(?!\\[)\]]).)*\\[(\[]", html, re.DOTALL):
        return  # a formula that holds what would begin another: MathJax could not tell either

    markdown = Converter(OURS).markdown(html)

    assert shown(markdown)[0] == html


@given(st.text(st.sampled_from("ab1 \n*_`[]()<>&#\\~|!-+.=:'\"é{}"), max_size=40))
@settings(max_examples=400, derandomize=True)
def test_plain_text_shows_as_it_stands(text: str) -> None:
    html, _ = shown(markdown_of_plain(text))

    def words(plain: str) -> list[str]:
        """The words of each line; what looks like a formula is one."""
        lines = (" ".join(_DELIMITER.sub("", line).split()) for line in plain.split("\n"))
        return [line for line in lines if line]

    assert words(plain_of_html(html)) == words(text)


EXAMPLES = {
    '<table><caption style="caption-side: bottom"></caption><tr><th>a</th></tr><tr><td>b</td></tr>'
    "</table>": "| a |\n| --- |\n| b |",
    '<table class="x"><caption style="caption-side: bottom">legend</caption><tr><th>a</th></tr>'
    "</table>": "<table><caption>legend</caption><tr><th>a</th></tr></table>",
    '<dl class="x"><dt style="color: red">b</dt><dd>c</dd></dl>': "<dl><dt>b</dt><dd>c</dd></dl>",
    "<p>plain words</p>": "plain words",
    "no tag at all": "no tag at all",
    "<p>a <!b> remark</p>": "a remark",
    "<p>one<br>two</p><p>&nbsp;</p><p>three</p>": "one\\\ntwo\n\nthree",
    "<p><br>one <br>\n - two<br>1. three<br> </p>": "one\\\n\\- two\\\n1\\. three",
    "<b>a<br>b</b><br>c\\<br>d": "**a\\\nb**\\\nc\\\\\\\nd",
    "see https://example.org<br>and": "see https://example.org<br>and",
    "<ul><li>a<br>b</li></ul><h3>c<br>\nd</h3>": "- a\\\n  b\n\nc<br>d",
    "one<br><br>two": "one\n\ntwo",
    '<p dir="ltr" style="text-align: left;"><span style="font-size: 14px;">x</span></p>': "x",
    "<b>bold</b>, <i>slanted</i>, <strike>gone</strike>": "**bold**, *slanted*, ~~gone~~",
    r"<p>the \(n\)th, 5\(x\)°, \(a\)*</p>": (
        r"the $n$<!-- -->th, 5<!-- -->$x$<!-- -->°, $a$<!-- -->\*"
    ),
    "<b> spaced </b>out": "**spaced** out",
    "wo<b>r</b>d": "wo**r**d",
    "a<b>(b)</b>c": "a<b>(b)</b>c",
    '<span style="font-weight: bold">b</span><span style="vertical-align: sub">2</span>': (
        "**b**<sub>2</sub>"
    ),
    "<p>2 * 3 &lt; 7 &amp; a[0] = x_1</p>": "2 * 3 < 7 & a[0] = x_1",
    "<p># no heading</p>": "\\# no heading",
    "<p>1. no list</p>": "1\\. no list",
    "<p>costs $5</p>": "costs \\$5",
    r"<p>\(a &lt; b\) and \[c\]</p>": "$a < b$ and $$c$$",
    "<p>$$x$$</p>": "$$x$$",
    "<p>{{c1::x}}</p>": "{{c1::x}}",
    '<a href="https://example.org/a b">there</a>': "[there](<https://example.org/a b>)",
    '<a href="https://example.org">https://example.org</a>': "<https://example.org>",
    "see https://example.org/a_b.": "see <https://example.org/a_b>.",
    '<img src="x y.png" alt="A [b]" title="t">': '![A \\[b\\]](<x y.png> "t")',
    "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>": "- a\n- b\n  - c",
    "<ol start='3'><li>a</li></ol>": "3. a",
    "<ul><li><p>a</p></li><li><p>b</p></li></ul>": "- a\n\n- b",
    "<pre>x = 1\n\ny</pre>": "```\nx = 1\n\ny\n```",
    '<pre><code class="language-js">`x`</code></pre>': "```js\n`x`\n```",
    "<code>a<br>b</code>": "```\na\nb\n```",
    "<p><code>a ` b</code></p>": "``a ` b``",
    "<blockquote><p>q</p></blockquote>": "> q",
    "<h2>Title</h2><p>x</p>": "**Title**\n\nx",
    "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2 | 3</td></tr></table>": (
        "| a | b |\n| --- | --- |\n| 1 | 2 \\| 3 |"
    ),
    "<table><tr><td>a</td></tr><tr><td>b</td></tr></table>": "|  |\n| --- |\n| a |\n| b |",
    "<table><tr><td><b>a</b></td></tr><tr><td>b</td></tr></table>": "| **a** |\n| --- |\n| b |",
    "<table><tr><th>a<br>\nb</th></tr><tr><td>c\\<br>\nd</td></tr></table>": (
        "| a<br>b |\n| --- |\n| c\\\\<br>d |"
    ),
    "<p>a<o:p></o:p></p><!--StartFragment--><style>p {}</style>": "a",
    "<p>x</p><script>alert(1)</script>": "x\n\n<script>alert(1)</script>",
    "<math><mfrac><mi>a</mi><mn>2</mn></mfrac></math>": r"$\frac{a}{2}$",
    "<math><semantics><mi>a</mi><annotation encoding='application/x-tex'>\\alpha"
    "</annotation></semantics></math>": r"$\alpha$",
    "<math display='block'><msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt></math>": r"$$\sqrt{x+1}$$",
    "<p>unclosed <b>bold": "unclosed **bold**",
    "<div>a</div><div>b</div>": "a\n\nb",
    '<audio src="a.mp3"></audio>': "![a](a.mp3)",
    '<p>wow!<a href="https://example.org">x</a></p>': "wow!<!-- -->[x](https://example.org)",
}


@pytest.mark.parametrize("html", EXAMPLES)
def test_html_of_other_programs_becomes_readable_markdown(html: str) -> None:
    assert Converter(OTHERS).markdown(html) == EXAMPLES[html]


@pytest.mark.parametrize("html", [example for example in EXAMPLES if "<script" not in example])
def test_the_markdown_shows_the_words_of_the_html(html: str) -> None:
    if "<math" in html or "<audio" in html or "$" in html or "\\(" in html or "<style" in html:
        return
    before, after = plain_of_html(html), plain_of_html(shown(EXAMPLES[html])[0])

    assert "".join(after.split()).replace("[a]", "[a.mp3]") == "".join(before.split()).replace(
        "\xa0", ""
    )


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ('<img class="equation_image" data-equation-content="x" src="/equation_images/y">', "$x$"),
        ('<img class="equation_image" title="x^2" alt="LaTeX: x^2" src="y">', "$x^2$"),
        ('<img class="a equation_image" title="x^2" src="/equation_images/y">', "$x^2$"),
        (
            '<img class="equation_image" src="/equation_images/%255Cfrac%257B1%257D%257B2%257D">',
            r"$\frac{1}{2}$",
        ),
        ("<p>a</p><p>&#8203;</p><p>&#8203;b&nbsp;</p>", "a\n\nb"),
    ],
)
def test_what_is_shown_counts_and_not_how(html: str, markdown: str) -> None:
    assert Converter().markdown(html) == markdown


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("no tags, a < b", None),
        ("<b>", None),
        ("<p>", None),
        ("<img>", None),
        ("</html>", None),
        ("<!-- note -->", None),
        ("<!DOCTYPE html>", None),
        ("What does <em> do?", None),
        ("Does <p> end, and does <li>?", None),
        ("<p>One<p>Two", "<p>One<p>Two"),
        ("<b>bold</b> and <body>", "<b>bold</b> and &lt;body>"),
        ("one<br>two, with <i>", "one<br>two, with &lt;i>"),
        ("one<br/>two", "one<br/>two"),
        ('<img src="a.png">', '<img src="a.png">'),
        ("a &lt; b", "a &lt; b"),
        ("x <mi> <math><mi>x</mi></math>", "x <mi> <math><mi>x</mi></math>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a<li>b</ul>"),
    ],
)
def test_a_tag_that_a_text_is_about_is_no_markup(text: str, html: str | None) -> None:
    assert html_in(text) == html


def test_what_is_lost_is_told_once() -> None:
    converter = Converter(OTHERS)

    for _ in range(2):
        converter.markdown('<p style="color: red">a</p><p><span style="color: #f00">b</span></p>')

    assert converter.losses == {"colors of text are left out"}


HOSTILE = {
    "brackets": "[" * 4000,
    "stars": "<p>" + "**a " * 3000 + "</p>",
    "tags": "<b>" * 3000,
    "lists": "<ul><li>" * 1000 + "x",
    "quotes": "<blockquote>" * 1000 + "x",
    "divisions": "<div>" * 3000 + "x",
    "details": "<details><summary>" * 1000 + "x",
    "tables": "<table><tr><td>" * 500 + "x",
    "spaces": "<p>" + " \t" * 20_000 + "x</p>",
    "breaks": "<br>" * 5000,
    "dollars": "<p>" + "$" * 5000 + "</p>",
    "formulas": "<p>" + "\\(" * 5000 + "</p>",
    "comments": "<!--" * 5000,
    "entities": "&" * 10_000,
    "addresses": "http://" * 3000,
    "backticks": "<code>" + "`" * 5000 + "</code>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_html_takes_no_long_time(name: str) -> None:
    begin = time.process_time()

    Converter(OTHERS).markdown(HOSTILE[name])
    markdown_of_plain(HOSTILE[name])

    assert time.process_time() - begin < 3


_SHORT = st.lists(
    st.sampled_from(
        [
            *("word", "Two", "x-y", "5", "it's", "a.b", "“q”", "é", "|", "!", "(see", "1.", "+"),
            *("<em>word</em>", "<em>two words</em>.", "<strong>x</strong>,", "<code>a.b</code>"),
            *(
                "<code>x y</code>:",
                "<em>é</em>",
                "<em>a</em>b",
                "<strong>5</strong>!",
                "<em>.</em>",
            ),
            *("<code>a|b</code>?", "<em>a</em>.b", "\nline", "\n<em>x</em>", "<em></em>", "<em>a"),
            *("<code>a_b = 3</code>.", "<code>`</code>", "<code>x </code>", "<code>a\u2028</code>"),
            *(r"\(x\)", r"\(\frac{1}{2} \cdot y_1\)?", r"\(\%\)", r"\( a\)", r"\(a  b\)", r"\(a)"),
            *(r"\(a\u2003b\)", r"\(*\)a", r"a\(b\)", r"\($\)", r"\(<\)", r"\(a" "\n" r"b\)"),
            '<a href="https://example.org/a">word</a>.',
            '<a href="https://www.example.org/a_b?c=1#d">two words</a>',
            '<a href="https://example.org/a&amp;b">word</a>',
            '<a href="media/a.pdf">word</a>',
            '<a href="https://example.org/a">!</a>',
            '"http://example.org',
            *("www.example.org", "WWW.example.org", "a!", '\n<a href="http://example.org">x</a>:'),
        ]
    ),
    min_size=1,
    max_size=7,
).map(" ".join)


@given(_SHORT, st.sampled_from(["{}", "<p>{}</p>", "<p>a</p>\n<ul>\n<li>{}</li>\n</ul>"]))
def test_simple_texts_come_out_as_those_that_are_parsed(text: str, around: str) -> None:
    html = around.format(text)
    for dialect in (OURS, OTHERS):
        parsed = Converter(dialect).markdown(f"<!-- goes the long way -->{html}")
        assert Converter(dialect).markdown(html) == parsed


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ('<p><img src="a.png" width="50%"></p>', 'width="50%"'),
        (
            '<table><colgroup><col span="2"></colgroup><tr><td rowspan="2">1</td></tr></table>',
            '<col span="2">',
        ),
    ],
)
def test_what_tells_more_than_an_editor_writes_by_itself_is_kept(html: str, kept: str) -> None:
    assert kept in Converter(OTHERS).markdown(html)


def test_a_formula_in_plain_text_begins_with_the_last_sign_before_it() -> None:
    assert markdown_of_plain(r"1\( 5 \(x^2\)") == r"1\\( 5 $x^2$"
