"""A style that fetches something from the web is told, however it is written."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mcqdeck
from mcqdeck.diagnostic import Diagnostic
from mcqdeck.render import Shelf, render_style
from tests.conftest import MakeBank


def told(style: str, *names: str) -> list[Diagnostic]:
    shelf = Shelf("demo", "demo", ())
    return [
        diagnostic
        for diagnostic in render_style("demo", style, {}, shelf)[1]
        if diagnostic.name in names
    ]


def places(style: str) -> list[tuple[int, int]]:
    return [
        (diagnostic.where.line, diagnostic.where.column)
        for diagnostic in told(style, "style-remote")
    ]


@pytest.mark.parametrize(
    "style",
    [
        "",
        ".card { color: red }",
        "a { background: url(data:image/png;base64,AAAA) }",
        "a { background: url(_paper.png) }",
        "a { background: url(/**/https://example.org/x) }",  # a path that begins so
        "a { background: url('#gradient') }",
        "/* url(https://example.org/x) */",
        "a { content: 'see https://example.org' }",
        "a::after { content: 'url(https://example.org)' }",
        "@namespace svg 'http://www.w3.org/2000/svg';",
        "@namespace url(http://www.w3.org/1999/xhtml);",
        "a[href^='https'] { color: red }",
        "@charset 'utf-8';",
        f"a {{ order: {'9' * 5000} }}",
    ],
)
def test_what_stays_in_the_package_is_not_told(style: str) -> None:
    assert places(style) == []


def test_each_has_its_place() -> None:
    style = "a { b: url(//x) }\r\n\tc { d: '//y' }\f\ne { f: url(\n'//z') }"

    assert places(style) == [(1, 8), (2, 9), (4, 1)]


def test_an_import_is_told_wherever_it_leads() -> None:
    diagnostics = told("@import 'x.css';\n@IMPORT url(//y);", "media-missing", "style-remote")

    assert [(diagnostic.where.line, diagnostic.where.column) for diagnostic in diagnostics] == [
        (1, 1),
        (2, 1),
    ]


def test_the_style_of_a_bank_is_read_as_text(make_bank: MakeBank) -> None:
    """It is in the texts of a reading, so diagnostics in it have their lines."""
    checked = mcqdeck.check([make_bank(**{"style.css": b"a { b: url(//x) }\n/* \xff */"})])

    assert [diagnostic.name for diagnostic in checked.diagnostics] == ["style-remote", "not-utf-8"]
    assert checked.diagnostics[1].where.line == 2


@given(st.text(st.sampled_from("@import url(){}[];:'\"\\/*-<!> \n\fhtps.x0%#"), max_size=40))
def test_any_style_is_read(style: str) -> None:
    lines = style.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for line, column in places(style):
        assert 1 <= line <= len(lines)
        assert 1 <= column <= len(lines[line - 1]) + 1


@pytest.mark.parametrize(
    "piece",
    ["(", "{", "[", '"', "'", "\\", "/*", "url(", "url('", "@import ", "a(", ")", "9", "u+", "9e9",
     "<!--", ";", "@", "url(//x)"],
)  # fmt: skip
def test_no_style_takes_long(piece: str) -> None:
    style = piece * (300_000 // len(piece))

    start = time.process_time()
    places(style)

    assert time.process_time() - start < 5
