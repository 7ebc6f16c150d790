"""Random banks, and what two banks must have in common after a round trip."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from msgspec import structs

import mcqdeck
from mcqdeck import conversion, exchange, render
from mcqdeck.exchange.item import Attachment, Contents, Item, Option, Text
from mcqdeck.exchange.losses import Part
from mcqdeck.exchange.markup import escaped, guarded, plain_of_html
from mcqdeck.model import Bank, Config, Place, RenderedBank, RenderedQuestion

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(24)
SOUND = b"RIFF" + bytes(24)
FILES = (Attachment("media/a picture.png", PICTURE), Attachment("media/click.wav", SOUND))
CONFIG = Config("", "demo", "Demo: a bank", objectives=(("B1", "Know bees"),), authors=("Ada",))
WHERE = Place("x")

_WORDS = st.text(
    st.sampled_from("abcXYZäß€日12 ~=#{}:\\<>&\"',;|@%+-_*`$[]()!?./^"), min_size=1, max_size=24
)
_PLAIN = _WORDS.map(lambda text: " ".join(text.split())).filter(
    lambda text: any(character.isalnum() for character in text) and "@" not in text
)
_TEXTS = _PLAIN.map(lambda text: escaped(text, links=False))
_MARKS = st.sampled_from(
    [
        "*slanted*",
        "**bold**",
        "~~struck~~",
        "`a = b`",
        "``a ` b``",
        "$x^2$",
        r"$\frac{a}{b} \neq \nu$",
        "[a link](https://example.org/a_b?x=1&y=2)",
        '[titled](https://example.org "A title")',
        "H<sub>2</sub>O",
        "<kbd>Q</kbd>",
        "a<br>b",
        "**bold and *slanted***",
        r"5 \$",
    ]
)
_PICTURES = st.sampled_from(["![A picture](<media/a picture.png>)"])
_BLOCKS = st.sampled_from(
    [
        "- one\n- two *marked*",
        "1. one\n2. two\n   - inner",
        "- loose\n\n- items",
        "```python\ndef f(x):\n    return {x: '#'}\n\nf(1)\n```",
        "```\n~ = # { } :\n```",
        "| a | b |\n| --- | :-: |\n| 1 | `x` |\n| $y$ | **z** |",
        "$$\nx = \\sqrt{2}\n$$",
        "> a quote\n>\n> of two paragraphs",
    ]
)


@st.composite
def paragraphs(draw: st.DrawFn, *, pictures: bool = False) -> str:
    """A paragraph of words, marks and perhaps a picture."""
    kinds = [_TEXTS, _TEXTS, _MARKS] + ([_PICTURES] if pictures else [])
    pieces = draw(st.lists(st.one_of(kinds), min_size=1, max_size=4))
    return guarded(" ".join(pieces))


@st.composite
def passages(draw: st.DrawFn, *, pictures: bool = False) -> Text:
    """A paragraph, and perhaps a block and another paragraph."""
    parts = [draw(paragraphs(pictures=pictures))]
    if draw(st.integers(0, 3)) == 0:
        parts.append(draw(_BLOCKS))
    if draw(st.integers(0, 4)) == 0:
        parts.append(draw(paragraphs(pictures=pictures)))
    return Text("\n\n".join(parts))


@st.composite
def options(draw: st.DrawFn, number: int, right: set[int], *, pictures: bool) -> tuple[Option, ...]:
    """Options that begin with different words, as those of a question do."""
    made = []
    for place in range(number):
        text = f"No{place} {draw(paragraphs(pictures=pictures))}"
        if draw(st.integers(0, 5)) == 0:
            text += "\n\n```js\nconst x = 1;\n```"
        has_why = draw(st.booleans())
        why = draw(passages(pictures=pictures)) if has_why else Text()
        made.append(Option(Text(text), place in right, why))
    return tuple(made)


@st.composite
def items(draw: st.DrawFn, name: str, *, pictures: bool) -> Item:
    """A question with every part that a question may have."""
    common: dict[str, Any] = {
        "tags": tuple(draw(st.lists(st.sampled_from(["bees", "a::b", "c-d", "ü"]), unique=True))),
        "objective": draw(st.sampled_from(["", "B1"])),
        "level": draw(st.sampled_from(["", "recall", "analysis"])),
        "difficulty": draw(st.sampled_from([None, 1, 5])),
        "has_flashcard": draw(st.booleans()),
        "explanation": draw(passages(pictures=pictures)),
        "references": draw(
            st.sampled_from([Text(), Text("- A book\n- *Another*, [here](https://example.org)")])
        ),
    }
    stem = Text(f"{name}? {draw(passages(pictures=pictures)).markdown}")
    if draw(st.integers(0, 4)) == 0:
        first = draw(st.booleans())
        pair = (Option(Text("True"), first), Option(Text("False"), not first, Text("No.")))
        return Item(WHERE, stem, pair, keeps_order=True, is_true_false=True, id=name, **common)
    number = draw(st.integers(2, 5))
    right = draw(st.sets(st.integers(0, number - 1), min_size=1, max_size=number - 1))
    made = draw(options(number, right, pictures=pictures))
    return Item(WHERE, stem, made, id=name, keeps_order=draw(st.booleans()), **common)


@st.composite
def banks(draw: st.DrawFn, *, pictures: bool = False) -> Contents:
    """A bank of some chapters."""
    made = []
    for chapter in range(draw(st.integers(1, 3))):
        for number in range(draw(st.integers(1, 2))):
            item = draw(items(f"question-{chapter}-{number}", pictures=pictures))
            made.append(replace(item, category=(f"{chapter + 1:02} Chapter: a / b #{chapter}",)))
    return Contents(tuple(made), files=FILES if pictures else (), config=CONFIG)


@contextmanager
def written(contents: Contents) -> Iterator[Path]:
    """The contents as a bank on disk, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="mcqdeck-")) / "demo"
    try:
        conversion.carry_out(conversion.plan_import([contents], folder), folder)
        yield folder
    finally:
        shutil.rmtree(folder.parent)


def shown(bank: Bank) -> RenderedBank:
    """The bank as its cards show it."""
    return render.render(bank)[0]


def there_and_back(bank: Bank, form: exchange.Format) -> RenderedBank:
    """The bank after it was written in that form, and read again."""
    data = conversion.export(bank, form).data
    source = exchange.Source(f"x{form.suffixes[0]}", data, {})
    contents = exchange.read(source, form)
    assert contents.left_out == ()
    with_config = Contents(contents.items, (), contents.files, config=bank.config)
    with written(with_config) as folder:
        return shown(mcqdeck.load(folder).bank)


def kept(bank: RenderedBank, holds: frozenset[Part]) -> list[Mapping[str, object]]:
    """What of each question a form must give back that holds these parts."""
    return [
        _kept(chapter.title, _with_plain_breaks(question), holds)
        for chapter in bank.chapters
        for question in chapter.questions
    ]


def _with_plain_breaks(question: RenderedQuestion) -> RenderedQuestion:
    """The question without line ends behind a break: the source has them where it is `\\`."""

    def of(html: str) -> str:
        return html.replace("<br>\n", "<br>")

    return replace(
        question,
        stem=of(question.stem),
        options=tuple(
            structs.replace(option, html=of(option.html), rationale=of(option.rationale))
            for option in question.options
        ),
        explanation=of(question.explanation),
    )


def _kept(title: str, question: RenderedQuestion, holds: frozenset[Part]) -> Mapping[str, object]:
    source = question.question
    kept: dict[str, object] = {
        "stem": question.stem,
        "options": [(option.html, option.is_correct) for option in question.options],
    }
    if Part.RATIONALE in holds:
        kept["rationales"] = [option.rationale for option in question.options]
    if Part.EXPLANATION in holds:
        kept["explanation"] = question.explanation
        kept["references"] = question.references
    for part, value in (
        (Part.ID, source.id),
        (Part.CHAPTER, title),
        (Part.TAGS, (source.tags, source.objective, source.level, source.difficulty)),
        (Part.ORDER, source.keeps_order),
        (Part.FLASHCARD, source.has_flashcard),
        (Part.RETIRED, source.retired),
    ):
        if part in holds:
            kept[part.value] = value
    return kept


def words(html: str) -> str:
    """The words of HTML without white space, and without what may be a formula in plain text."""
    return re.sub(r"\s+|\\[()\[\]]|\$", "", plain_of_html(html))
