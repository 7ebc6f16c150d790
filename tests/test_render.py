"""What a field shows: as GitHub shows it, with the bank's media, and its mistakes reported."""

from __future__ import annotations

import hashlib
import random
import re
import time
from pathlib import Path

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given
from hypothesis import strategies as st

from mcqdeck.diagnostic import Diagnostic, McqdeckError
from mcqdeck.model import (
    Bank,
    Chapter,
    Config,
    Media,
    Option,
    Place,
    Question,
    RenderedBank,
)
from mcqdeck.render import MISTAKES, render
from tests.passages import passage


def bank_of(
    *stems: str,
    options: tuple[str, ...] = (),
    definitions: str = "",
    retired: str | None = None,
    folder: str = "no-such-folder",
    files: tuple[str, ...] = (),
) -> Bank:
    where = Place("a.md")
    questions = tuple(
        Question(
            where, "id", where, False, passage(stem, definitions=definitions),
            tuple(
                Option(
                    Place("a.md", number, 1), False,
                    passage(text, number, 7, definitions=definitions),
                )
                for number, text in enumerate(options, 10)
            ),
            None, None, retired=retired, values=(("retired", Place("a.md", 2, 15)),),
        )
        for stem in stems
    )  # fmt: skip
    config = Config("deck.toml", "demo", "Demo")
    return Bank(folder, config, (Chapter("a.md", "A", questions),), files)


def html_of(text: str, definitions: str = "") -> str:
    result, _ = render(bank_of(text, definitions=definitions))
    return result.questions[0].stem


def located(diagnostics: tuple[Diagnostic, ...]) -> list[tuple[str, int, int]]:
    return [(item.name, item.where.line, item.where.column) for item in diagnostics]


def mistakes(text: str) -> list[tuple[str, int, int]]:
    return located(render(bank_of(text))[1])


# --- as GitHub shows it ---------------------------------------------------------------------------


def by_github(text: str) -> str:
    html = cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE)
    html = html.replace('<input type="checkbox" disabled="" />', "\u2610")
    html = html.replace('<input type="checkbox" checked="" disabled="" />', "\u2611")
    # GitHub drops comments when it shows a page; its engine does not.
    return same(re.sub("<!--.*?-->", "", html))


def same(html: str) -> str:
    """The HTML without white space between blocks, highlighting, and ways to write the same."""
    html = re.sub(r"<pre( lang=[^>]*)?><code( class=[^>]*)?>", "<pre><code>", html)
    html = re.sub(r"</?span[^>]*>", "", html)
    html = (
        html.replace(" />", ">")
        .replace("&quot;", '"')
        .replace("&#x27;", "'")
        .replace("\xa0", "&nbsp;")
    )
    # Text in <pre> keeps its line ends; around other blocks they show nowhere.
    parts = re.split(r"(<pre>.*?</pre>)", html, flags=re.DOTALL)
    block = r"</?(?:p|ul|ol|li|blockquote|table|thead|tbody|tr|th|td|h\d|hr)(?: [^>]*)?>"
    for position in range(0, len(parts), 2):
        parts[position] = re.sub(rf"\s*({block})\s*", r"\1", parts[position])
    return re.sub(rf"(\s*)({block})(<pre>)", r"\2\3", "".join(part.strip() for part in parts))


ALIKE = [
    "text\n- a list right after a paragraph\n- b",
    "- a\n  - two spaces nest\n    - thrice\n- b",
    "1. a\n   ```py\n   x = 1\n   ```\n2. b",
    "3. starts\n4. at three",
    "1) a\n2) b\n\n1. c",
    "- a\n\n- loose\n\n  second paragraph",
    "- tight\n- tight\n* another list",
    "text\n2. no list may begin so\n1. but so",
    "text\n| a | b |\n| :-: | --- |\n| `c` | d \\| e |\n| f |",
    "| a |\n|---|\n> ends the table",
    "> quote\nlazy\n\n> > nested\n> - list",
    "~~struck~~ and ~so~, not ~~~so~~~",
    "https://example.org/a_(b), www.example.org. and a.b@example.org!",
    "<https://example.org> [x](HTTP://EXAMPLE.ORG/a%20b)",
    "a  \nhard\\\nbreaks<br>raw",
    "snake_case_word, **bold**word, __a__b, *a*b, 2*3*4",
    "***both*** **a *b* c** *a **b** c* **a*",
    "`` a ` b `` and `` ` `` and ` a `",
    "[a](<https://example.org/b c> 'd') [e][f] [f] [F][]\n\n[f]: https://example.org \"t\"",
    "[a [nested](https://example.org) b](https://example.com)",
    "![alt *text*](https://example.org/x.png \"t\")",
    "setext\n===\n\nsetext\n---\n\n# atx #\n###### six",
    "a\n***\nb\n- - -\n_ _ _",
    "    indented\n\n    code",
    "~~~html\n<b>&amp;</b>\n~~~",
    "```\nunclosed",
    "&copy; &#169; &#xA9; &nope; &amp;lt; &nbsp;x",
    "\\* \\_ \\` \\# \\< \\& \\a \\\\",
    "<b>raw *html*</b> <!-- comment --> <i title=\"t\">x</i>",
    "<div>\n\n*inside*\n\n</div>",
    "- [ ] open\n- [x] done",
    "Tab\tand\n\n-\ta\n\n\tb",
    "* a\n\n\n  b\n\n\n\n      c",
    "\"quotes\" 'and' -- dashes ... stay",
    "a * b, a ** b, _ c _, f(x)*g(x), `x`*y*",
    "**Note:**text **\"quoted\"**text",
]  # fmt: skip


@pytest.mark.parametrize("text", ALIKE)
def test_a_field_shows_what_github_shows(text: str) -> None:
    assert same(html_of(text)) == by_github(text)


INLINE = "* ** _ __ ~~ q z é — ` `` [ ] ( ) ! \\ &amp; ' \" . , : x@y.zw http://a.bc/".split()  # noqa: SIM905
BLOCK = ["- ", "* ", "1. ", "2) ", "> ", "\n", "\n\n", "  ", "    ", "a", "b c", "# ", "---", "==="]
BLOCK += ["```\n", "~~~", "\t", "| a | b |\n", "|---|---|\n", "*e*", "`c`", "+ ", "\n- ", "\n> "]


@given(st.lists(st.sampled_from([*INLINE, " ", " ", "\n", "  \n"]), max_size=12))
def test_any_line_reads_as_on_github(pieces: list[str]) -> None:
    text = "".join(pieces).strip()

    assert same(html_of(text)) == by_github(text)


@given(st.lists(st.sampled_from(BLOCK), max_size=10))
def test_any_blocks_read_as_on_github(pieces: list[str]) -> None:
    text = "x\n" + "".join(pieces)
    if re.search("`[^`]*``", text):  # the engine miscounts backticks after an unclosed run
        text = text.replace("`c`", "c")

    assert even(same(html_of(text))) == even(by_github(text))


def even(html: str) -> str:
    """Runs of spaces and tabs in inline code as one space: the engine keeps those that begin a
    quote's lazy line, which the CommonMark specification takes off.
    """
    return re.sub(r"(?<!<pre>)<code>[^<]*", lambda match: re.sub(r"[ \t]+", " ", match[0]), html)


SHORT = ["*", "**", "_", "~~", "`", "``", " ", "é", "1", "<", ">", "&", "&amp;", "`<1>`", '"']
SHORT += ["`&lt;`", "{", "}}", "::", "\\", "javascript:", "$"]


@given(st.text(alphabet="ab1 .,;:?!'\"()-–é’\n%/+=|#", max_size=60))
def test_plain_text_reads_the_same_the_short_and_the_long_way(text: str) -> None:
    text = text.strip()

    # A comment shows nothing, and takes a text the long way.
    long = html_of(f"{text}<!---->")
    if text and not re.search(
        r"(^|\n)[^\S\n]*[-+=|#]|(^|\n) |\n\n| \n|(^|\n)[^\S\n]*\d+[.)]", text
    ):
        assert html_of(text) == long


@given(st.lists(st.sampled_from(SHORT), max_size=12))
def test_emphasis_and_code_read_the_same_the_short_and_the_long_way(pieces: list[str]) -> None:
    text = ("a" + "".join(pieces)).strip()

    assert html_of(text) == html_of(f"{text} q<!---->").replace(" q", "")


def test_definitions_of_the_chapter_hold_in_every_field() -> None:
    definitions = "[one]: https://example.org/1\n[Two]: <https://example.org/2> 'title'"

    html = html_of("[one] and [x][two] and [three]", definitions)

    assert '<a href="https://example.org/1">one</a>' in html
    assert '<a href="https://example.org/2" title="title">x</a>' in html
    assert "[three]" in html


def test_task_lists_show_boxes_that_are_no_form() -> None:
    html = html_of("- [ ] a\n- [x] b")

    assert html == "<ul>\n<li>\u2610 a</li>\n<li>\u2611 b</li>\n</ul>"


def test_code_is_coloured_by_classes_and_unchanged() -> None:
    html = html_of("```python\ndef f():\n\n    return '<b>'\n```")

    assert html.startswith(
        '<pre><code class="language-python highlight"><span class="k">def</span>'
    )
    assert re.sub("<[^>]*>", "", html) == "def f():\n\n    return '&lt;b&gt;'\n"


def test_code_in_an_unknown_language_stays_plain() -> None:
    assert html_of("```nope\na < b\n```") == (
        '<pre><code class="language-nope">a &lt; b\n</code></pre>'
    )


# --- mathematics ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("$a_b *c* d_e$", r"<p>\(a_b *c* d_e\)</p>"),
        ("x $a<b$, $c$.", r"<p>x \(a&lt;b\), \(c\).</p>"),
        ("$$\\frac{a}{b}$$", r"<p>\[\frac{a}{b}\]</p>"),
        ("$$\na\n- b\n+ c\n$$", "<p>\\[\na\n- b\n+ c\n\\]</p>"),
        ("so\n$$\na_1\n- b\n$$\nit", "<p>so</p>\n<p>\\[\na_1\n- b\n\\]</p>\n<p>it</p>"),
        ("$`a*b*c`$", r"<p>\(a*b*c\)</p>"),
        ("```math\na_b\n```", r"<p>\[a_b\]</p>"),
        (r"$$a \\[2pt] b \text{\(c\)}$$", r"<p>\[a \\[2pt] b \text{\(c\)}\]</p>"),
        ("- $x^2$ *y*", "<ul>\n<li>\\(x^2\\) <em>y</em></li>\n</ul>"),
        ("| a |\n|---|\n| $x$ |", None),
    ],
)  # fmt: skip
def test_mathematics_arrives_untouched(text: str, html: str | None) -> None:
    result, diagnostics = render(bank_of(text))

    assert diagnostics == ()
    assert result.questions[0].stem == html or (html is None and r"\(x\)" in html_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5, or $10 for two.", "$5-$10", "US$5 and 5$", "a \\$x$ b", "$ x $", "`$x$`",
        "$HOME and $PATH", "from $my_var to $other_var", "pay $5 (about 4€) or `a$b`", "$$$",
    ],
)  # fmt: skip
def test_money_and_variables_are_no_mathematics(text: str) -> None:
    result, diagnostics = render(bank_of(text))

    assert diagnostics == ()
    assert "\\(" not in result.questions[0].stem


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The $\\alpha value", (1, 5)),
        ("a\n\n- b $x^2 c", (3, 5)),
        ("so $x_1 + 2", (1, 4)),
        ("$$\na\n\nb", (1, 1)),
        ("> q\n> $\\beta $ too", (2, 3)),
    ],
)
def test_mathematics_that_never_closes_is_reported(text: str, place: tuple[int, int]) -> None:
    assert mistakes(text) == [("math-unclosed", *place)]


# --- Anki's own syntax ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "signs",
    [
        "{{c1::x}}", "{{#Field}}", "{{^Field}}", "{{/Field}}", "{{type:Back}}", "{{cloze:Text}}",
        "{{FrontSide}}", "{{hint:x}}", "{{tts en_US:Front}}", "{{text:x}}",
    ],
)  # fmt: skip
def test_template_syntax_in_prose_is_an_error(signs: str) -> None:
    assert mistakes(f"say {signs}") == [("template-braces", 1, 5)]
    assert mistakes(f"`{signs}` and\n\n    {signs}") == []


@pytest.mark.parametrize("text", ["{{ user.name }}", "{{x}}", "${{a}_{b}}$", "{% if %}{{ a | b }}"])
def test_other_braces_show_as_written(text: str) -> None:
    result, diagnostics = render(bank_of(text))

    assert diagnostics == ()
    assert "{{" not in result.questions[0].stem
    assert "&#123;&#123;" in result.questions[0].stem


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[sound:a.mp3]", "<p>&#91;sound:a.mp3]</p>"),
        ("[LaTeX]x[/latex]", "<p>&#91;LaTeX]x&#91;/latex]</p>"),
        ("[$]x[/$] [$$]y[/$$]", "<p>&#91;$]x&#91;/$] &#91;$$]y&#91;/$$]</p>"),
        ("`[anki:tts lang=en]x[/anki:tts]`", None),
        ("[[type:Back]]", "<p>&#91;[type:Back]]</p>"),
        ("\\\\(x\\\\)", "<p>\\<span></span>(x\\<span></span>)</p>"),
        ("`\\(x\\)` $y$", "<p><code>\\<span></span>(x\\<span></span>)</code> \\(y\\)</p>"),
        ("[a] and [b]", "<p>[a] and [b]</p>"),
    ],
)
def test_what_anki_would_interpret_is_escaped(text: str, html: str | None) -> None:
    result, diagnostics = render(bank_of(text))

    assert diagnostics == ()
    assert html is None or result.questions[0].stem == html
    assert html or "[anki:" not in result.questions[0].stem.lower()


# --- media ----------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    bank = tmp_path / "bank"
    for name in ("star.png", "media/Moon.PNG", "media/a b.jpg", "_x.svg", "ring.mp3", "film.bmp"):
        (bank / name).parent.mkdir(parents=True, exist_ok=True)
        (bank / name).write_bytes(name.encode())
    (tmp_path / "outside.png").write_bytes(b"o")
    (bank / "link.png").symlink_to(tmp_path / "outside.png")
    return bank


def rendered_in(folder: Path, *stems: str) -> tuple[RenderedBank, tuple[Diagnostic, ...]]:
    files = tuple(
        sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    )
    return render(bank_of(*stems, folder=str(folder), files=files))


def without_unused(diagnostics: tuple[Diagnostic, ...]) -> list[tuple[str, int, int]]:
    return [item for item in located(diagnostics) if item[0] != "media-unused"]


def digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:10]


def test_images_are_renamed_after_their_bank_and_content(folder: Path) -> None:
    result, diagnostics = rendered_in(
        folder,
        "![s](star.png) ![s](./star.png?raw=true)",
        '<img src="media/a%20b.jpg" width="40"> ![m](<media/a b.jpg>) ![](media/Moon.PNG)',
        "![x](_x.svg)",
    )

    star = f"demo-star-{digest('star.png')}.png"
    both = f"demo-a-b-{digest('media/a b.jpg')}.jpg"
    moon = f"demo-Moon-{digest('media/Moon.PNG')}.png"
    svg = f"demo-_x-{digest('_x.svg')}.svg"
    stems = [question.stem for question in result.questions]
    assert stems[0] == f'<p><img src="{star}" alt="s"> <img src="{star}" alt="s"></p>'
    assert stems[1].count(f'src="{both}"') == 2
    assert f'src="{moon}"' in stems[1]
    assert f'src="{svg}"' in stems[2]
    paths = {both: "media/a b.jpg", moon: "media/Moon.PNG", svg: "_x.svg", star: "star.png"}
    assert result.media == tuple(Media(name, str(folder / paths[name])) for name in sorted(paths))
    assert without_unused(diagnostics) == []


def test_a_description_that_looks_like_an_attribute_hides_no_file(folder: Path) -> None:
    result, diagnostics = rendered_in(folder, 'See <img alt="now src=" src="star.png">')

    image = f'See <img alt="now src=" src="demo-star-{digest("star.png")}.png">'
    assert result.questions[0].stem == f"<p>{image}</p>"
    assert without_unused(diagnostics) == []


def test_sounds_and_videos_get_players(folder: Path) -> None:
    (folder / "fall.MP4").write_bytes(b"ring.mp3")
    result, diagnostics = rendered_in(folder, "Hear ![it](ring.mp3) now ![fall](fall.MP4)")
    name = f"demo-ring-{digest('ring.mp3')}.mp3"

    assert result.questions[0].stem == (
        f'<p>Hear <audio controls preload="none" src="{name}"></audio> now '
        '<video controls playsinline preload="metadata" '
        f'src="demo-fall-{digest("ring.mp3")}.mp4"></video></p>'
    )
    assert [media.name for media in result.media] == [
        f"demo-fall-{digest('ring.mp3')}.mp4",
        name,
    ]
    assert without_unused(diagnostics) == []


def test_a_changed_file_has_another_name(folder: Path) -> None:
    before, _ = rendered_in(folder, "![s](star.png)")
    (folder / "star.png").write_bytes(b"another")
    after, _ = rendered_in(folder, "![s](star.png)")

    assert before.media[0].name != after.media[0].name


@pytest.mark.parametrize(
    ("source", "name", "words"),
    [
        ("moon.png", "media-missing", "did you mean `media/Moon.PNG`"),
        ("Star.png", "media-missing", "did you mean `star.png`"),
        ("stars.png", "media-missing", "did you mean `star.png`"),
        ("zzz.wav", "media-missing", "add the file"),
        ("../outside.png", "media-outside-bank", "copy the file"),
        ("media/../../outside.png", "media-outside-bank", "copy the file"),
        ("/etc/outside.png", "media-outside-bank", "copy the file"),
        ("link.png", "media-outside-bank", "copy the file"),
        ("film.bmp", "media-type", "convert it"),
        ("https://example.org/x.png", "media-remote", "save it"),
        ("//example.org/x.png", "media-remote", "save it"),
    ],
)
@pytest.mark.parametrize("form", ["\n> see ![x](<{}>)", '\n> see <img src="{}">'])
def test_media_that_cannot_be_packed_are_reported(
    folder: Path, form: str, source: str, name: str, words: str
) -> None:
    result, diagnostics = rendered_in(folder, "a\n" + form.format(source))

    column = 7 if "!" in form else 12
    assert without_unused(diagnostics) == [(name, 3, column)]
    assert words in diagnostics[0].help
    assert result.media == ()


def test_unused_media_are_reported_at_the_file(folder: Path) -> None:
    (folder / "style.css").write_bytes(b"")
    _, diagnostics = rendered_in(
        folder, "![](star.png) ![](media/Moon.PNG) ![](<media/a b.jpg>) ![](_x.svg) ![](link.png)"
    )

    unused = [item for item in diagnostics if item.name == "media-unused"]
    assert [item.where for item in unused] == [Place(f"{folder}/ring.mp3")]


def test_an_unreadable_file_is_no_mistake_of_the_author(folder: Path) -> None:
    bank = bank_of("![x](gone.png)", folder=str(folder), files=("gone.png",))

    with pytest.raises(McqdeckError, match=r"gone\.png"):
        render(bank)


# --- options and notices --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Right now", "right\nNOW"),
        ("**a** b", "a *b*"),
        ("a &amp; b", "A & b"),
        ("a<br>b", "a b"),
        ("`x  y`", "`x y`"),
        ("![one](https://example.org/a.png)", "![two](https://example.org/a.png)"),
    ],
)
def test_options_that_read_the_same_are_reported(first: str, second: str) -> None:
    _, diagnostics = render(bank_of("s", options=("other", first, second)))

    doubles = [item for item in diagnostics if item.name == "duplicate-option"]
    assert [item.where for item in doubles] == [Place("a.md", 12, 1)]
    assert "line 11" in doubles[0].message


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a b", "ab"),
        ("a<br>b", "ab"),
        ("10<sup>3</sup>", "103"),
        ("`A`", "`a`"),
        ("$X$", "$x$"),
        ("```\nif a:\n  b\n```", "```\nif a:\nb\n```"),
        ("![](https://example.org/a.png)", "![](https://example.org/b.png)"),
        ("", ""),
    ],
)
def test_options_that_read_otherwise_are_no_duplicates(first: str, second: str) -> None:
    _, diagnostics = render(bank_of("s", options=(first, second)))

    assert [item for item in diagnostics if item.name == "duplicate-option"] == []


def test_options_have_letters_in_source_order() -> None:
    result, _ = render(bank_of("s", options=tuple(f"o{number}" for number in range(28))))

    assert [option.letter for option in result.questions[0].options][-3:] == ["z", "aa", "ab"]


def test_a_retired_question_has_a_notice() -> None:
    result, diagnostics = render(bank_of("s", retired="see *TAP 21*, <form>ed\n# again"))

    assert result.questions[0].notice == "<p>Retired: see <em>TAP 21</em>, ed # again</p>"
    assert located(diagnostics) == [("unsafe-html", 2, 15)]
    assert render(bank_of("s"))[0].questions[0].notice == ""


def test_every_mistake_is_explained() -> None:
    names = [rule.name for rule in MISTAKES]

    assert len(set(names)) == len(names)
    assert all(len((rule.function.__doc__ or "").split("\n\n")) >= 2 for rule in MISTAKES)


# --- time -----------------------------------------------------------------------------------------


HOSTILE = [
    "<", "[", "$", "*", "`", "_", "~", ">", "![", "](", "[a](", "<a ", '<a b="', "<!--", "<?",
    "<b>", "<div>\n", "<ul><li>", "a@", "http://a.b)", "&", "\\", "{{", "$$a\n", "`a``", "*a_",
    "**a", "[]", "- ", "> - ", "|", "a|b\n-|-\n", "```\n", "    a\n", "\t", "- - ", "<table>",
    "* a\n\n", "\n> a\n", "<blockquote>\n\n",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_no_text_takes_long(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    begin = time.process_time()

    html_of(text)

    assert time.process_time() - begin < 3


@given(st.text(), st.randoms(use_true_random=False))
def test_any_text_renders(text: str, chance: random.Random) -> None:
    pieces = [chance.choice(HOSTILE) for _ in range(5)] + [text]
    chance.shuffle(pieces)

    render(bank_of("".join(pieces), options=(text,), definitions=text, retired=text))
