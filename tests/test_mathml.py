"""Formulas of a field become MathML that acts in no way; what cannot be read stays its source."""

from __future__ import annotations

import re
import time
from html import escape
from pathlib import Path

import pytest

from mcqdeck.pack.faces import Faces
from mcqdeck.project import check
from mcqdeck.render.mathml import typeset

ROOT = Path(__file__).parents[1]


def mathml(formula: str) -> str:
    """What a formula becomes, without the element `math` and its first row."""
    made = typeset(f"\\({escape(formula)}\\)")
    assert made.unread == (), formula
    html = re.fullmatch(r'<math display="inline"><mrow>(.*)</mrow></math>', made.html)
    assert html, made.html
    return html[1]


def test_a_formula_in_a_line_and_one_on_its_own() -> None:
    made = typeset(r"<p>Area \(\pi r^2\) is</p><p>\[a &lt; b\]</p>")

    assert made.unread == ()
    assert made.html == (
        '<p>Area <math display="inline"><mrow><mi>π</mi><msup><mi>r</mi><mn>2</mn></msup></mrow>'
        "</math> is</p>"
        '<p><math display="block"><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow></math></p>'
    )


def test_what_is_no_formula_stays() -> None:
    html = (
        r"<p><code>\(a\)</code> \<span></span>(b\) \(never ends</p><pre>\[c\]</pre>"
        r'<img alt="\(d\)"><script>f("\(e\)")</script><!-- \(f\) --><p>\)</p>'
    )

    assert typeset(html).html == html


def test_a_formula_ends_where_mathjax_ends_it() -> None:
    made = typeset(r"\(\text{a \) b} c\) d")

    assert made.html.endswith(" d")
    assert len(made.unread) == 1 or "<mtext>" in made.html


@pytest.mark.parametrize(
    ("formula", "made"),
    [
        (r"\mathbf{A}", "<mi>𝐀</mi>"),
        (r"\mathbf{AB}", "<mrow><mi>𝐀</mi><mi>𝐁</mi></mrow>"),
        (r"\boldsymbol{\alpha}", "<mrow><mi>𝜶</mi></mrow>"),
        (r"\mathbb{R}", "<mi>ℝ</mi>"),
        (r"\mathfrak{gC}", "<mrow><mi>𝔤</mi><mi>ℭ</mi></mrow>"),
        (
            r"\mathrm{pH}",
            '<mrow><mi mathvariant="normal">p</mi><mi mathvariant="normal">H</mi></mrow>',
        ),
        (r"\text{if } x", "<mtext>if\xa0</mtext><mi>x</mi>"),
        (r"\textbf{no}", '<mtext class="math-bold">no</mtext>'),
        (r"\text{a < b}", "<mtext>a\xa0&lt;\xa0b</mtext>"),
        (r"5 \pm 1", "<mn>5</mn><mo>±</mo><mn>1</mn>"),
        (r"50\%", "<mn>50</mn><mi>%</mi>"),
        (r"a\!b", '<mi>a</mi><mspace width="-0.167em"></mspace><mi>b</mi>'),
        (
            r"\textcolor{red}{x}",
            '<mstyle mathcolor="red"><mrow><mi>x</mi></mrow></mstyle>',
        ),
    ],
)
def test_letters_signs_and_texts(formula: str, made: str) -> None:
    assert mathml(formula) == made


def test_a_table_keeps_its_sides_and_lines() -> None:
    made = mathml(r"\begin{array}{r|l}a&b\\\hline c&d\end{array}")

    assert made == (
        "<mtable>"
        '<mtr><mtd class="math-line-below math-line-after math-right"><mi>a</mi></mtd>'
        '<mtd class="math-line-below math-left"><mi>b</mi></mtd></mtr>'
        '<mtr><mtd class="math-line-after math-right"><mi>c</mi></mtd>'
        '<mtd class="math-left"><mi>d</mi></mtd></mtr></mtable>'
    )


UNREAD = [
    *(r"\ce{H2O}", r"\nonsense{x}", r"\cancel{x}", "x^", r"\frac", r"\left(", r"\begin{x}a"),
    *(r"\text{if $x$}", r"\text{\alpha}", r"x_a_b", "a & b", "a # b", r"\begin{foo}a\end{foo}"),
    *(r"\def\a{\a\a}\a", r"\newcommand{\a}{b}\a", r"\href{javascript:alert(1)}{x}"),
    *(r"\style{color:red}{x}", r"\class{a}{x}", r"\require{html}", "{" * 5000 + "}" * 5000),
    *("x_{" * 3000 + "}" * 3000, "a" * 20_000, r"\rule", r"\genfrac{}{}{9pt}{}{}{}", r"\color"),
]


@pytest.mark.parametrize("formula", UNREAD, ids=lambda formula: formula[:20])
def test_what_cannot_be_read_stays_and_is_told(formula: str) -> None:
    shown = formula.replace("&", "&amp;")

    made = typeset(f"<p>\\({shown}\\) and \\[{shown}\\]</p>")

    assert made.unread == (formula, formula)
    assert made.html == (
        f'<p><code class="math-source">${shown}$</code> and '
        f'<code class="math-source">$${shown}$$</code></p>'
    )


HOSTILE = [
    *(r"\text{<img src=x onerror=alert(1)>}", r"\text{&lt;script&gt;}", r"\unicode{x3c}script"),
    *(r"\verb|<script>|", r"\operatorname{a&lt;b}", r'\color{red" onclick="x}{y}', r"&lt;svg&gt;"),
    *(r"\hspace{1em;x:y}", r"\mathrm{&lt;b&gt;}", r"\unicode{x1F}", r"\hbox{<b>$<i>$}"),
    *(r"\tag{<b>}x", r"\class{x}{<b>}", r"\text{</math><script>alert(1)</script>}"),
]


@pytest.mark.parametrize("formula", HOSTILE)
def test_nothing_but_mathematics_comes_out(formula: str) -> None:
    html = typeset(f"\\({escape(formula)}\\)").html

    tags = re.findall(r"<(/?\w+)([^<>]*)>", html)
    assert {name.strip("/") for name, _ in tags} <= {
        *("math", "mrow", "mi", "mo", "mn", "mtext", "mspace", "mstyle", "mpadded", "code"),
    }
    for _, attributes in tags:
        assert re.fullmatch(r'(?: [a-z]+="[\w. -]+")*', attributes)
        names = set(re.findall(r" ([a-z]+)=", attributes))
        assert names <= {
            *("class", "display", "displaystyle", "mathcolor", "mathvariant", "scriptlevel"),
            *("width",),
        }


def test_time_is_linear_in_many_and_long_formulas() -> None:
    html = "<p>" + r"\(x^2\) and \(" * 20_000 + "</p>"
    start = time.process_time()

    typeset(html)
    typeset("\\(" * 20_000)
    typeset("\\(" + "{" * 100_000)
    typeset("<" * 100_000 + r"\(x\)")
    typeset("<a " * 20_000 + r"\(x\)")
    typeset("<!-- \\(" * 20_000)

    assert time.process_time() - start < 10


@pytest.mark.parametrize("bank", ["tests/browser/bank", "tests/banks/everything"])
def test_the_formulas_of_a_bank_are_read(bank: str) -> None:
    [rendered] = check([ROOT / bank]).banks
    faces = Faces(rendered)
    sides = [
        side
        for chapter in rendered.chapters
        for question in chapter.questions
        for card in faces.of(question, chapter)
        for side in (card.front, card.back)
    ]

    made = [typeset(side) for side in sides]

    assert sum(formula.html.count("<math") for formula in made) > 5
    assert [formula.unread for formula in made if formula.unread] == []
