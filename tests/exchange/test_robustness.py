"""Any file is read, or refused with one error; and no question goes in silence."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import mcqdeck
from mcqdeck import conversion, exchange
from mcqdeck.diagnostic import McqdeckError
from tests.exchange.packages import old_collection, read, zipped
from tests.growth import demand_linear

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parent / "cases"
FILES = sorted(path for path in CASES.rglob("*") if path.is_file() and path.suffix != ".expected")
READABLE = [form for form in exchange.FORMATS if form.read]


SIGNS = [
    *(b"{", b"}", b"<", b">", b"\n\n", b'"', b"\\", b"A. ", b"- [x] ", b"%", b"~", b"=", b"|"),
    *(b"\t", b"9" * 5000, b"nan", b"1e999", b"-1", "²٣½é".encode(), b"&#0;", b"&#x110000;", b"\0"),
    *(b"<table><tr><td colspan='9999999'>", b"<b>" * 500, b"[" * 500, b"<ol start='1'>", b"[^"),
    b"\x0b",
]
LIKE_OTHERS = [*"İıſK\u1c80²١½ß*_`()[].:|>#\t", "1. ", "а) ", "- ( ) ", "Answer: "]
VALUES: list[object] = [None, True, -1, 1e308, "", "é", "9" * 5000, [], {}, [[]], {"text": "&#0;"}]
LONG = ["- [ ] a\n", "A. a\n", "1. q\n", "#### Q\n", "> q\n", "**1. q**\n\n", "```\n"]
LONG += ["1. q?\n- **a**\n", "✅ a\n❌ b\n", "A: x\nB: y\n", "- a\n  - b\n", "> [!question] q\n"]
LONG += ["<ul><li>a<ol><li>b\n", "| a | b |\n|---|---|\n"]
WIDE = ["{}*", "{}_ ", "1. x{} y", "- x{} y\n- z", "Answer: {}* ", "a) x{} b"]
WIDE += ["- {}_x", "# a{} b", "[{} x", "<details{}< ", "Question 5{} x"]


@cache
def samples() -> tuple[bytes, ...]:
    """A file of each form, small."""
    bank = mcqdeck.load(ROOT / "tests" / "banks" / "everything").bank
    written = [conversion.export(bank, form).data for form in exchange.FORMATS if form.write]
    front = "Which is round?<br>A. the Moon<br>B. a brick"
    package = zipped({"collection.anki2": old_collection([(front, "A")]), "media": "{}"})
    return (*(path.read_bytes() for path in FILES), *written, package)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A file of some form with bytes changed, cut out, doubled or put in."""
    data = draw(st.sampled_from(samples()))
    for _ in range(draw(st.integers(1, 4))):
        if not data:
            break
        at = draw(st.integers(0, len(data) - 1))
        length = draw(st.integers(0, 200))
        change = draw(st.integers(0, 3))
        if change == 0:
            data = data[:at] + draw(st.binary(max_size=8)) + data[at + length :]
        elif change == 1:
            data = data[:at]
        elif change == 2:
            data = data[:at] + data[at : at + length] * 2 + data[at + length :]
        else:
            data = data[:at] + draw(st.sampled_from(SIGNS)) + data[at:]
    return data


@cache
def samples_of_json() -> tuple[object, ...]:
    """The samples that are JSON, as values."""
    return tuple(json.loads(data) for data in samples() if data.lstrip()[:1] in {b"[", b"{"})


@st.composite
def reshaped(draw: st.DrawFn) -> bytes:
    """JSON of some form in which values are others than they should be."""

    def changed(value: object) -> object:
        if draw(st.integers(0, 12)) == 0:
            return draw(st.sampled_from(VALUES))
        if isinstance(value, dict):
            return {name: changed(part) for name, part in value.items()}
        return [changed(part) for part in value] if isinstance(value, list) else value

    return json.dumps(changed(draw(st.sampled_from(samples_of_json())))).encode()


@cache
def pages() -> tuple[tuple[str, ...], ...]:
    """The lines of each sample that is Markdown."""
    return tuple(
        tuple(path.read_text("utf-8").split("\n"))
        for path in FILES
        if path.parent.name == "markdown"
    )


@cache
def lines() -> tuple[str, ...]:
    """Every line of them, once."""
    return tuple(sorted({line for page in pages() for line in page}))


@st.composite
def mixed(draw: st.DrawFn) -> bytes:
    """Markdown into which lines of other files came, or a sign that is like a letter or a digit."""
    page = list(draw(st.sampled_from(pages())))
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(page) - 1))
        change = draw(st.integers(0, 3))
        if change == 0:
            page.insert(at, draw(st.sampled_from(lines())))
        elif change == 1:
            page[at] = draw(st.sampled_from(lines()))
        elif change == 2:
            page = page[at:] + page[:at]
        else:
            column = draw(st.integers(0, len(page[at])))
            sign = draw(st.sampled_from(LIKE_OTHERS))
            page[at] = f"{page[at][:column]}{sign}{page[at][column + 1 :]}"
    return "\n".join(page).encode()


@given(data=mixed())
@settings(max_examples=500, suppress_health_check=list(HealthCheck))
def test_lines_of_several_files_are_read_together(data: bytes) -> None:
    source = exchange.Source("x.md", data, {})

    contents = exchange.read(source, exchange.format_named("markdown"))

    assert all(len(item.options) > 1 for item in contents.items)


@given(data=damaged() | reshaped(), form=st.sampled_from([None, *READABLE]))
@settings(max_examples=200, suppress_health_check=list(HealthCheck))
def test_a_damaged_file_is_read_or_refused(data: bytes, form: exchange.Format | None) -> None:
    source = exchange.Source("x", data, {})
    contents, refusal = None, ""
    try:
        contents = exchange.read(source, form or exchange.recognised(source))
    except McqdeckError as error:
        refusal = str(error)
    if contents is None:
        assert refusal.startswith("x")
        assert "\n" not in refusal
        return
    target = exchange.Target(mcqdeck.load(ROOT / "tests" / "banks" / "everything").bank.config)
    plan = exchange.plan([contents], target)
    assert plan.count == contents.count
    for data_of in plan.files.values():
        assert isinstance(data_of, bytes)


@pytest.mark.parametrize(
    ("data", "came_in"),
    [
        (
            '{"results": [{"question": "UT8=", "correct_answer": "é", '
            '"incorrect_answers": ["Yg=="]}]}',
            1,
        ),
        ('[{"question": "One?", "options": ["a", "b"], "answer": 0}, {"question": "\\u0000"}]', 1),
    ],
    ids=["half in base64", "a stem of a control character"],
)
def test_damaged_records_are_read_or_left_out(data: str, came_in: int) -> None:
    source = exchange.Source("x.json", data.encode(), {})

    contents = exchange.read(source, exchange.recognised(source))

    assert len(contents.items) == came_in
    assert contents.count == data.count('"question"')


@given(st.text(st.sampled_from("ABab12.) (x)[ ]*-#>:\n\n `Answer|"), max_size=200))
@settings(max_examples=300)
def test_any_markdown_is_read(text: str) -> None:
    source = exchange.Source("x.md", text.encode(), {})

    contents = exchange.read(source, exchange.format_named("markdown"))

    assert all(len(item.options) > 1 for item in contents.items)


@pytest.mark.parametrize(
    "said",
    [
        *("tags column:²", "tags column:0", "tags column:-1", "tags column:x", "deck column:"),
        f"tags column:{'9' * 5000}",
        *('separator:"', "separator:\r", "separator: ", "separator:é", "separator:"),
        *("html:", "html:²", ":", "separator:space"),
    ],
)
def test_what_a_file_of_cards_says_of_itself_may_be_nonsense(said: str) -> None:
    cards = '"Which is round?\nA. the Moon\nB. a brick"\tA\n"Which is red?\nA. milk\nB. blood"\tB\n'
    source = exchange.Source("x.txt", f"#{said}\n{cards}".encode(), {})

    contents = exchange.read(source, exchange.format_named("cards"))

    assert not any(item.tags for item in contents.items)
    assert contents.count in {1, 2}


@pytest.mark.parametrize(
    "cell",
    [
        *("[" * 20_000 + "]" * 20_000, f"[{'(' * 20_000}]", f"[{'9' * 5000}]"),
        *(f"[0x{'f' * 6000}]", ",".join("x" * 10_000)),
    ],
    ids=["nested", "opened", "digits", "hexadecimal", "many"],
)
def test_no_cell_of_options_is_too_much(cell: str) -> None:
    rows = "".join(f'"What {number}?","a, b, c",a\n' for number in range(300))
    table = f'question,options,answer\n"Which?","{cell}",A\n{rows}'
    source = exchange.Source("x.csv", table.encode(), {})

    contents = exchange.read(source, exchange.format_named("csv"))

    assert len(contents.items) == 300
    assert [left.where.line for left in contents.left_out] == [2]


def test_python_says_nothing_of_the_options_in_a_cell(recwarn: pytest.WarningsRecorder) -> None:
    table = "question,options,answer\n\"Which?\",\"['a\\d', 'b'(1)]\",A\n"
    source = exchange.Source("x.csv", table.encode(), {})

    exchange.read(source, exchange.format_named("csv"))

    assert not recwarn.list


def long(shape: str, size: int) -> str:
    """A shape so many times, or, if it has braces, with what is in their place so long."""
    before, is_wide, after = shape.partition("{}")
    middle = after[:1] if len(after) < 3 else "  "
    return f"{before}{middle * size}{after}" if is_wide else shape * size


def test_definitions_of_links_cost_what_they_are_long() -> None:
    form = exchange.format_named("markdown")

    def work(size: int) -> None:
        text = "".join(
            f"#### Q{n}. See [a{n}]?\n\n- [x] b\n- [ ] c\n\n[a{n}]: https://e.org/{n}\n\n"
            for n in range(size)
        )
        items = exchange.read(exchange.Source("x.md", text.encode(), {}), form).items
        assert [f"[a{n}]: " in item.stem.markdown for n, item in enumerate(items)] == [True] * size

    demand_linear(work, 2_400)


@pytest.mark.parametrize("shape", [*LONG, *WIDE])
def test_the_cost_of_markdown_grows_with_its_length(shape: str) -> None:
    form = exchange.format_named("markdown")

    demand_linear(
        lambda size: exchange.read(exchange.Source("x.md", long(shape, size).encode(), {}), form),
        20_000,
    )


# How many questions each case has, told from the file by other means than the reader's.
COUNTS: dict[str, Callable[[str], int]] = {
    "moodle/kinds.xml": lambda text: len(re.findall(r'<question type="(?!category)', text)),
    "moodle/leftovers.xml": lambda text: len(re.findall(r'<question type="(?!category)', text)),
    "qti/canvas.xml": lambda text: text.count("<item "),
    "qti/blackboard.xml": lambda text: text.count("<item "),
    "markdown/hidden-answers.md": lambda text: text.count("<details>"),
    "markdown/word-list.txt": lambda text: len(re.findall(r"^\d[.)] ", text, re.MULTILINE)),
    "cards/quizlet.txt": lambda text: text.count("\t"),
    "aiken/traps.txt": lambda text: len(re.findall(r"^A[.)]", text, re.MULTILINE)) - 1,
    "json/list.json": lambda text: len(json.loads(text)),
    "json/own.json": lambda text: len(json.loads(text)["questions"]),
    "json/opentrivia.json": lambda text: len(json.loads(text)["results"]),
    "markdown/linkedin.md": lambda text: len(re.findall(r"^#{3,4} Q", text, re.MULTILINE)),
    "markdown/details.md": lambda text: text.count("###### "),
    "markdown/swallowed.md": lambda text: len(re.findall(r"^(?:Q?\d)[.):]", text, re.MULTILINE)),
    "markdown/plain-bullets.md": lambda text: len(re.findall(r"^\d\.", text, re.MULTILINE)),
    "markdown/asked.md": lambda text: text.count("?"),
    "markdown/outer-list.md": lambda text: len(re.findall(r"^- ", text, re.MULTILINE)),
    "markdown/pictures.md": lambda text: text.count("## "),
    "markdown/true-or-false.md": lambda text: text.count("### "),
    "markdown/choice-behind.md": lambda text: len(re.findall(r"^\d", text, re.MULTILINE)),
    "markdown/callouts.md": lambda text: text.count("?"),
    "markdown/lists-of-html.md": lambda text: text.count("<li>") - 4 + text.count("\n3."),
    "text2qti/kinds.txt": lambda text: len(re.findall(r"^\d+\.|^Text:", text, re.MULTILINE)),
}


@pytest.mark.parametrize("name", COUNTS)
def test_every_question_comes_in_or_is_listed(name: str) -> None:
    data = (CASES / name).read_bytes()

    contents = read(data, name)

    assert contents.count == COUNTS[name](data.decode())


NUMBERS = ["{}. {}", "{}) {}", "{}\\. {}", "Q{}: {}", "**{}.** {}", "**{}. {}**", "Question {}: {}"]
# What stands below a stem, and whether it says that `good` is right.
BELOW = {
    "a) bad\nb) good ✓\nc) poor": True,
    "A. bad\nB. good\n\nAnswer: B": True,
    "(a) bad (b) good (c) poor\nAnswer - b": True,
    "- bad\n- **good**\n- poor": True,
    "* bad\n* good (correct)": True,
    "   - bad\n   - good\n\n   *Answer: B*": True,
    "- [ ] bad\n- [x] good": True,
    "- ✅ good\n- ❌ bad": True,
    "   1. bad\n   2. good\n   3. poor\n\nAnswer: 2": True,
    "a) bad\nb) good\nAnswer: b\nExplanation: two reasons.\n\n1. It is so.\n2. It was so.": True,
    "": False,
    "Answer: because of the wind": False,
}


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_no_numbered_question_goes_into_its_neighbor(data: st.DataObject) -> None:
    number = data.draw(st.sampled_from(NUMBERS))
    below = data.draw(st.lists(st.sampled_from(sorted(BELOW)), min_size=2, max_size=8))
    begin = data.draw(st.sampled_from([1, 1, 7]))
    ends = data.draw(st.sampled_from(["?", ":", ""]))
    if not any(BELOW[tail] for tail in below):
        below.append("- [ ] bad\n- [x] good")
    stems = [f"What is thing {'abcdefghij'[index]} made of{ends}" for index in range(len(below))]
    text = "\n\n".join(
        f"{number.format(begin + index, stem)}\n{tail}".rstrip()
        for index, (stem, tail) in enumerate(zip(stems, below, strict=True))
    )

    source = exchange.Source("x.md", text.encode(), {})
    contents = exchange.read(source, exchange.format_named("markdown"))

    wanted = [stem for stem, tail in zip(stems, below, strict=True) if BELOW[tail]]
    assert [item.stem.markdown for item in contents.items] == wanted, text
    right = [[o.text.markdown for o in item.options if o.is_correct] for item in contents.items]
    assert right == [["good"]] * len(wanted), text
    assert contents.count == len(below), text


def test_a_file_of_cards_may_say_something_of_itself_and_hold_none() -> None:
    source = exchange.Source("x", b"#separator:", {})

    with pytest.raises(McqdeckError, match="no questions"):
        exchange.recognised(source)
