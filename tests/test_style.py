"""A bank's style: the files it names go along, and what is wrong with it is told."""

from __future__ import annotations

import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mcqdeck
from mcqdeck.diagnostic import Diagnostic
from mcqdeck.model import Bank, Config, RenderedBank
from mcqdeck.pack import pack
from mcqdeck.render import render
from tests.conftest import MakeBank

DIGEST = "2d711642b7"  # of the byte `x`: its SHA-256 begins so


def bank(style: str, folder: str = "demo", *files: str, **sheets: str) -> Bank:
    named = tuple(sorted((*files, *sheets)))
    config = Config(f"{folder}/deck.toml", "demo", "Demo")
    return Bank(folder, config, (), named, style, tuple(sheets.items()))


def told(style: str, **sheets: str) -> list[tuple[str, int, int]]:
    """What is said of a style: the name, the line and the column of each."""
    return [
        (diagnostic.name, diagnostic.where.line, diagnostic.where.column)
        for diagnostic in render(bank(style, "demo", **sheets))[1]
        if diagnostic.name != "media-unused"
    ]


def remote(style: str) -> list[tuple[int, int]]:
    return [(line, column) for name, line, column in told(style) if name == "style-remote"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bank's folder with fonts and images, each of which holds the byte `x`."""
    for name in ("media/paper.png", "media/hand.woff2", "fonts/b c.ttf", "icon.svg"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x")
    return tmp_path


def styled(folder: Path, style: str, **sheets: str) -> tuple[RenderedBank, list[Diagnostic]]:
    """The bank of a folder rendered, and what is said but of unused files."""
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    rendered, diagnostics = render(bank(style, str(folder), *names, **sheets))
    return rendered, [diagnostic for diagnostic in diagnostics if diagnostic.name != "media-unused"]


# Files


@pytest.mark.parametrize(
    ("style", "packed"),
    [
        ('a { background: url("media/paper.png") }', '"_demo-paper-{0}.png"'),
        ("a { background: url(media/paper.png) }", '"_demo-paper-{0}.png"'),
        ("a { background: URL( 'media/paper.png' ) }", '"_demo-paper-{0}.png"'),
        (r"a { background: u\72l(media/paper.png) }", '"_demo-paper-{0}.png"'),
        ("a { background: url(./media/../media/paper.png) }", '"_demo-paper-{0}.png"'),
        ("a { background: url(media/paper.png?v=2) }", '"_demo-paper-{0}.png"'),
        ("a { filter: url(icon.svg#glow) }", '"_demo-icon-{0}.svg#glow"'),
        ('a { background: image-set("media/paper.png" 1x) }', '"_demo-paper-{0}.png"'),
        ("a { background: -webkit-image-set(url(media/paper.png) 1x) }", '"_demo-paper-{0}.png"'),
        ("a { --paper: url(media/paper.png) }", '"_demo-paper-{0}.png"'),
        (
            "@font-face { src: local(H), url(media/hand.woff2) format('woff2') }",
            '"_demo-hand-{0}.woff2"',
        ),
        ("@font-face { src: url('fonts/b%20c.ttf') }", '"_demo-b-c-{0}.ttf"'),
        ("@media print { @supports (a: b) { a { b: url(icon.svg) } } }", '"_demo-icon-{0}.svg"'),
    ],
)
def test_a_file_goes_along_under_a_name_that_anki_keeps(
    folder: Path, style: str, packed: str
) -> None:
    rendered, diagnostics = styled(folder, style)
    [media] = rendered.media

    assert diagnostics == []
    assert packed.format(DIGEST) in rendered.style
    assert media.name == packed.format(DIGEST).strip('"').partition("#")[0]
    assert Path(media.path).read_bytes() == b"x"


def test_the_package_holds_the_files_and_the_cards_name_them(folder: Path) -> None:
    rendered, _ = styled(folder, "a { b: url(icon.svg) } c { d: url(icon.svg) }")
    archive = zipfile.ZipFile(BytesIO(pack(rendered, timestamp=1_750_000_000)))

    assert archive.read("media") == f'{{"0": "_demo-icon-{DIGEST}.svg"}}'.encode()
    assert archive.read("0") == b"x"


def test_a_style_that_names_no_file_stays_letter_by_letter(folder: Path) -> None:
    style = ".card{color:#ABCDEF}/* é */\n\n\ta  >  b{ content : 'x' }\n@charset 'x';"

    assert styled(folder, style)[0].style == style


def test_what_needs_no_file_stays_as_it_is(folder: Path) -> None:
    style = (
        "a { b: url(icon.svg); c: url(#glow); d: url(data:image/png;base64,AA==); e: url() }"
        "@namespace svg url(http://www.w3.org/2000/svg); f { content: 'media/paper.png' }"
    )
    rendered, diagnostics = styled(folder, style)

    assert diagnostics == []
    for same in ('url("#glow")', "data:image/png;base64,AA==", "2000/svg", '"media/paper.png"'):
        assert same in rendered.style.replace("url(#glow)", 'url("#glow")')
    assert len(rendered.media) == 1


def test_a_file_of_a_question_and_of_the_style_goes_along_for_each(
    make_bank: MakeBank,
) -> None:
    chapter = "# T\n\n## a\n\nWhich? ![x](x.png)\n\n- [x] R\n- [ ] W\n\nSo.\n"
    folder = make_bank(
        chapter=chapter,
        **{
            "x.png": b"x",
            "style.css": "a { b: url(x.png) }",
            "deck.toml": 'id = "demo"\ntitle = "Demo"\n[rules]\nset = "off"\n',
        },
    )
    checked = mcqdeck.check([folder])

    assert checked.diagnostics == ()
    assert [media.name for media in checked.banks[0].media] == [
        f"_demo-x-{DIGEST}.png",
        f"demo-x-{DIGEST}.png",
    ]


@pytest.mark.parametrize(
    ("style", "names"),
    [
        ("a { b: url(gone.png) }", ["media-missing"]),
        ("a { b: url(media/Paper.png) }", ["media-missing"]),
        ("@font-face { src: url(gone.woff2) }", ["media-missing"]),
        ("a { b: url(../paper.png) }", ["media-outside-bank"]),
        ("a { b: url(/paper.png) }", ["media-outside-bank"]),
        ("a { b: url(sound.mp3) }", ["media-type"]),
        ("a { b: url(https://example.org/a.png) }", ["style-remote"]),
        ("@import url(gone.css);", ["media-missing"]),
        ("@import '../up.css';", ["media-outside-bank"]),
        ("@import 'icon.svg';", ["media-type"]),
        ("@import 'https://example.org/a.css';", ["style-remote"]),
        ("a { b: url(gone.png); c: url(//x) } d { e: url(gone.png) }", [
            "media-missing", "style-remote", "media-missing",
        ]),
    ],
)  # fmt: skip
def test_what_cannot_go_along_is_told(folder: Path, style: str, names: list[str]) -> None:
    (folder / "sound.mp3").write_bytes(b"x")
    rendered, diagnostics = styled(folder, style)

    assert [diagnostic.name for diagnostic in diagnostics] == names
    assert rendered.media == ()


def test_a_near_name_is_offered(folder: Path) -> None:
    _, [diagnostic] = styled(folder, "a { b: url(media/Paper.png) }")

    assert diagnostic.help == "did you mean `media/paper.png`?"


def test_what_the_style_names_is_not_unused(folder: Path) -> None:
    names = ["icon.svg", "media/hand.woff2", "media/paper.png", "spare.ttf", "spare.css"]
    diagnostics = render(bank("a { b: url(icon.svg) }", str(folder), *names))[1]

    assert [(diagnostic.where.path, diagnostic.name) for diagnostic in diagnostics] == [
        (f"{folder}/{name}", "media-unused")
        for name in ("media/hand.woff2", "media/paper.png", "spare.css", "spare.ttf")
    ]


# Sheets


def test_an_imported_sheet_is_part_of_the_style(folder: Path) -> None:
    rendered, diagnostics = styled(
        folder,
        "@charset 'utf-8'; /* first */ @import 'looks/a.css';"
        "@import url(b.css) screen and (a: b);\n"
        "own { c: url(icon.svg) }",
        **{
            "looks/a.css": "@import '../c.css'; first { d: url(../icon.svg) }",
            "b.css": "second { e: f }",
            "c.css": "zeroth { g: h }",
        },
    )

    assert diagnostics == []
    places = [rendered.style.index(part) for part in ("zeroth", "first {", "second", "own")]
    assert places == sorted(places)
    assert "@import" not in rendered.style
    assert "@media screen and (a: b) {\nsecond { e: f }\n}" in rendered.style
    assert rendered.style.count(f"_demo-icon-{DIGEST}.svg") == 2
    assert [media.name for media in rendered.media] == [f"_demo-icon-{DIGEST}.svg"]


@pytest.mark.parametrize(
    ("style", "line", "column"),
    [
        ("a { b: c }\n@import 'a.css';", 2, 1),
        ("@namespace x 'y';\n  @IMPORT 'a.css';", 2, 3),
        ("@import 'a.css' layer(x);", 1, 1),
        ("@import 'a.css' supports(a: b);", 1, 1),
        ("@import;", 1, 1),
        ("@import a.css;", 1, 1),
    ],
)
def test_an_import_without_effect_is_told(style: str, line: int, column: int) -> None:
    assert told(style, **{"a.css": "a { b: c }"}) == [("style-import", line, column)]


def test_sheets_that_import_each_other_are_told() -> None:
    sheets = {"a.css": "@import 'b.css';", "b.css": "@import 'a.css'; @import 'style.css';"}
    diagnostics = [
        diagnostic
        for diagnostic in render(bank("@import 'a.css';", **sheets))[1]
        if diagnostic.name != "media-unused"
    ]

    assert [(diagnostic.where.path, diagnostic.name) for diagnostic in diagnostics] == [
        ("demo/b.css", "style-import"),
        ("demo/b.css", "media-missing"),
    ]


def test_mistakes_in_an_imported_sheet_are_told_at_their_place(make_bank: MakeBank) -> None:
    folder = make_bank(**{"style.css": "@import 'a.css';\n", "a.css": "a {\n  b: url(//x)\n"})
    mistakes = [
        (
            Path(diagnostic.where.path).name,
            diagnostic.name,
            diagnostic.where.line,
            diagnostic.where.column,
        )
        for diagnostic in mcqdeck.check([folder]).diagnostics
    ]

    assert mistakes == [("a.css", "bad-css", 1, 3), ("a.css", "style-remote", 2, 6)]


# Form


@pytest.mark.parametrize(
    ("style", "places"),
    [
        ("a { b: c", [(1, 3)]),
        ("a { b: c }\n@media x {\n  a { b: c }\n", [(2, 10)]),
        ("@media x {\n  a { b: c\n", [(1, 10), (2, 5)]),
        ("a { b: c } }", [(1, 12)]),
        ("a { b: c(d }\n", [(1, 3), (1, 8), (1, 12)]),
        ("a[b { c: d }", [(1, 2)]),
        ("a { b: 'c\n }", [(1, 8)]),
        ("a { b: c }\n /* d", [(2, 2)]),
        ("a { b: url(#c", [(1, 8)]),
        ("a { b: url(c d) }", [(1, 8)]),
        ("a { b: c ) }", [(1, 10)]),
        ("{" * 65, [(1, 65)]),
        ("a { b: " + "9" * 1001 + " }", [(1, 8)]),
    ],
)
def test_what_is_not_closed_is_told(style: str, places: list[tuple[int, int]]) -> None:
    diagnostics = told(style)

    assert {name for name, _, _ in diagnostics} == {"bad-css"}
    assert sorted((line, column) for _, line, column in diagnostics)[: len(places)] == places


def test_what_else_is_wrong_is_told_in_the_same_run() -> None:
    assert sorted(told("a { b: url(//x); c: url(gone.png)")) == [
        ("bad-css", 1, 3),
        ("media-missing", 1, 21),
        ("style-remote", 1, 8),
    ]


@pytest.mark.parametrize(
    "style",
    [
        "",
        "a { b: '}' }",
        'a { b: "{" } /* { */',
        "a::after { content: '\\\n}' }",
        "a { b: c(d[e{f}]) }",
        "<!-- a { b: c } -->",
        ".a { color: red; .b & { color: blue } }",
        "@media (width >= 1px) { :root { --x: { a: b } } }",
        "/* the-end */ .the-end { b: the-end- }",
    ],
)
def test_a_style_that_is_whole_is_not_told(style: str) -> None:
    assert told(style) == []


def test_a_style_that_is_no_utf_8_is_told(make_bank: MakeBank) -> None:
    checked = mcqdeck.check([make_bank(**{"style.css": b"a { b: c }\n/* \xff */"})])

    assert [(diagnostic.name, diagnostic.where.line) for diagnostic in checked.diagnostics] == [
        ("not-utf-8", 2)
    ]


# The web


@pytest.mark.parametrize(
    "style",
    [
        "a { background: url(https://evil.example/x) }",
        "a { background: url( 'https://evil.example/x' ) }",
        'a { background: url("http://evil.example/x") }',
        "a { background: URL(HTTPS://EVIL.EXAMPLE/x) }",
        "a { background: url(//evil.example/x) }",
        r"a { background: url(\\\\evil.example/x) }",
        r"a { background: url('\\\\evil.example/x') }",
        r"a { background: url('/\\evil.example/x') }",
        "a { background: url(https:evil.example/x) }",
        r"a { background: u\72l(https://evil.example/x) }",
        r"a { background: \75 rl('https://evil.example/x') }",
        r"a { background: url(\68ttps://evil.example/x) }",
        "a { background: url('ht\\\ntps://evil.example/x') }",
        r"a { background: url('\9https://evil.example/x') }",
        r"a { background: url('ht\atps://evil.example/x') }",
        "a { background: image-set('https://evil.example/x' 1x) }",
        "a { background: -webkit-image-set(url(https://evil.example/x) 1x) }",
        "a { --x: 'https://evil.example/x'; background: image-set(var(--x) 1x) }",
        "a { background: src('https://evil.example/x') }",
        "@font-face { font-family: x; src: local(y), url(https://evil.example/x) format('woff') }",
        "@media print { @supports (a: b) { a { b: c(d(url(https://evil.example/x))) } } }",
        "@import 'https://evil.example/x';",
        "@import url(https://evil.example/x) print;",
        "@import '//evil.example/x';",
        r"@\69mport 'https://evil.example/x';",
        "a { cursor: url(ftp://evil.example/x), auto }",
        "a { mask: url(file:///etc/passwd) }",
        "a { filter: url(https://evil.example/x.svg#y) }",
        "<!-- a { background: url(https://evil.example/x) } -->",
        "a { background: url(https://evil.example/x",
        "}} a { background: url(https://evil.example/x) }",
    ],
)
def test_what_is_fetched_from_elsewhere_is_told(style: str) -> None:
    assert len(remote(style)) == 1


@pytest.mark.parametrize(
    "style",
    [
        "a { background: url(data:image/png;base64,AAAA) }",
        "a { background: url('#gradient') }",
        "/* url(https://example.org/x) */",
        "a { content: 'see https://example.org' }",
        "a::after { content: 'url(https://example.org)' }",
        "@namespace svg 'http://www.w3.org/2000/svg';",
        "@namespace url(http://www.w3.org/1999/xhtml);",
        "a[href^='https'] { color: red }",
        "a[href^='https://'] { color: red }",
        "@charset 'utf-8';",
    ],
)
def test_what_stays_in_the_package_is_not_told(style: str) -> None:
    assert told(style) == []


def test_each_has_its_place() -> None:
    style = "a { b: url(//x) }\r\n\tc { d: '//y' }\ne { f: url(\n'//z') }"

    assert remote(style) == [(1, 8), (2, 9), (4, 1)]


@given(st.text(st.sampled_from("@import url(){}[];:'\"\\/*-<!> \n\fhtps.x0%#"), max_size=40))
def test_any_style_is_read_and_whole_ones_stay_whole(style: str) -> None:
    rendered, diagnostics = render(bank(style, "demo"))
    lines = style.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for diagnostic in diagnostics:
        assert 1 <= diagnostic.where.line <= len(lines)
        assert 1 <= diagnostic.where.column <= len(lines[diagnostic.where.line - 1]) + 1
    if not any(diagnostic.name == "bad-css" for diagnostic in diagnostics):
        assert not any(
            diagnostic.name == "bad-css" for diagnostic in render(bank(rendered.style))[1]
        )


@pytest.mark.parametrize(
    "piece",
    ["(", "{", "[", '"', "'", "\\", "/*", "url(", "url('", "@import ", "a(", ")", "9", "u+", "9e9",
     "<!--", ";", "@", "url(//x)", "url(x)", "@import 'x';", "a{b:url(x)}"],
)  # fmt: skip
def test_no_style_takes_long(piece: str) -> None:
    style = piece * (100_000 // len(piece))

    start = time.process_time()
    render(bank(style))[1]

    assert time.process_time() - start < 5
