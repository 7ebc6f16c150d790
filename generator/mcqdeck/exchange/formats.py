"""The table of all forms of questions, and how the form of a file is recognised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from mcqdeck.diagnostic import McqdeckError
from mcqdeck.exchange import (
    aiken,
    anki,
    cards,
    gift,
    other_json,
    other_markdown,
    own_json,
    paper,
    qti,
    tables,
    text2qti,
)
from mcqdeck.exchange import moodle as moodle_xml
from mcqdeck.exchange.item import Contents, Source, Written
from mcqdeck.exchange.text import decoded, text_of

_READ_AS = "the text was read as {}, as it is not UTF-8"


@dataclass(frozen=True, slots=True)
class Format:
    """A form of questions; one that cannot be read, or not written, has no function for that."""

    name: str
    """What `--from` and `--to` call it."""

    title: str
    """What it is, as the list of all forms says."""

    suffixes: tuple[str, ...]
    """The endings of its files' names."""

    recognises: Callable[[Source], bool]
    """Whether a file is of this form, by its content."""

    read: Callable[[Source], Contents] | None = None

    write: Callable[[Contents], Written] | None = None

    is_text: bool = True
    """Whether it is text in some encoding."""


FORMATS: tuple[Format, ...] = (
    Format(
        "json",
        "mcqdeck's own JSON, which holds all of a bank",
        (".json",),
        lambda source: _begins(source, b"{") and b'"mcqdeck"' in source.data[:200],
        own_json.read,
        own_json.write,
    ),
    Format(
        "moodle",
        "Moodle XML, images and sounds included",
        (".xml",),
        moodle_xml.recognises,
        moodle_xml.read,
        moodle_xml.write,
    ),
    Format(
        "anki",
        "an Anki package: ours, lettered options, AllInOne, anki-eco; `mcqdeck build` writes ours",
        (".apkg", ".colpkg"),
        anki.recognises,
        anki.read,
        is_text=False,
    ),
    Format(
        "canvas",
        "a package of QTI 1.2 for Canvas, images and sounds included",
        (".zip", ".imscc"),
        qti.recognises,
        qti.read,
        qti.write_canvas,
        is_text=False,
    ),
    Format(
        "qti",
        "a package of QTI 2.1, images and sounds included; also 1.2, 2.2 and 3.0 to read",
        (".zip",),
        lambda _: False,  # one reader for all packages
        qti.read,
        qti.write_qti2,
        is_text=False,
    ),
    Format(
        "qti-xml",
        "QTI in a single file, of any version",
        (".xml", ".qti"),
        qti.recognises_xml,
        qti.read,
    ),
    Format(
        "other-json",
        "JSON of other programs: Open Trivia's, lists of questions with options and an answer",
        (".json",),
        other_json.recognises,
        other_json.read,
    ),
    Format(
        "csv",
        "CSV: a table as text; a header names the columns",
        (".csv",),
        tables.recognises_csv,
        tables.read_csv,
        tables.write_csv,
    ),
    Format(
        "tsv",
        "the same with tabs",
        (".tsv", ".tab"),
        lambda _: False,  # read_csv finds the separator
        tables.read_csv,
        tables.write_tsv,
    ),
    Format(
        "xlsx",
        "a spreadsheet of Excel, LibreOffice or Google; also .xls, .xlsb and .ods to read",
        (".xlsx", ".xls", ".xlsb", ".ods"),
        tables.recognises_workbook,
        tables.read_workbook,
        tables.write_xlsx,
        is_text=False,
    ),
    Format(
        "text2qti",
        "the Markdown of text2qti",
        (".txt", ".md"),
        lambda source: text2qti.recognises(text_of(source)),
        text2qti.read,
        text2qti.write,
    ),
    Format(
        "gift",
        "GIFT, the text form of Moodle",
        (".gift", ".txt"),
        lambda source: gift.recognises(text_of(source)),
        gift.read,
        gift.write,
    ),
    Format(
        "aiken",
        "Aiken: plain text, lettered options, ANSWER: X",
        (".txt", ".aiken"),
        lambda source: aiken.recognises(text_of(source)),
        aiken.read,
        aiken.write,
    ),
    Format(
        "paper",
        "a paper test and its key in one HTML file, for print",
        (".html",),
        lambda _: False,
        write=paper.write,
    ),
    Format(
        "markdown",
        "other people's Markdown: headings or numbers, task lists or letters",
        (".md", ".markdown", ".txt"),
        other_markdown.recognises,
        other_markdown.read,
    ),
    Format(
        "cards",
        "cards of two sides as text, of Quizlet and Anki, whose fronts list options",
        (".txt", ".tsv"),
        cards.recognises,
        cards.read,
    ),
)


def format_named(name: str) -> Format:
    """The form of that name.

    Raises:
        McqdeckError: there is none.
    """
    names = [known.name for known in FORMATS]
    if name in names:
        return FORMATS[names.index(name)]
    meant = get_close_matches(name, names, 1)
    hint = f"did you mean `{meant[0]}`?" if meant else f"the formats are {', '.join(names)}"
    raise McqdeckError(f"no format is called `{name}`; {hint}")


def recognised(source: Source) -> Format:
    """The form that a file is of, by its content.

    Raises:
        McqdeckError: it is of none that can be read.
    """
    if not source.data.strip():
        raise McqdeckError(f"{source.name}: the file is empty")
    recognised_form = next((form for form in _readable(source) if form.recognises(source)), None)
    if recognised_form is None:
        raise McqdeckError(f"{source.name}: {_why_none(source)}")
    return recognised_form


def _why_none(source: Source) -> str:
    """Why a file is of no form: most often its questions do not say which option is right."""
    try:
        seen = None if tables.is_workbook(source.data) else other_markdown.read(source)
    except McqdeckError:
        seen = None
    if seen and seen.items:
        unmarked = len(seen.items)
        questions = "1 question has" if unmarked == 1 else f"{unmarked:,} questions have"
        return (
            f"{questions} options, but no mark and no line such as `Answer: B` says which is "
            "right; --from markdown brings them in as they are"
        )
    if seen and seen.left_out:
        first = seen.left_out[0]
        return (
            f"nothing in it could come in; of what begins in line {first.where.line}: "
            f"{first.reason}; --from markdown with --dry-run lists all"
        )
    return (
        "no questions in a form that mcqdeck knows were found in it; "
        "name the form with --from if you know it"
    )


def _readable(source: Source) -> Sequence[Format]:
    """The forms that can be read and that the bytes could be, text or not."""
    is_text = not tables.is_workbook(source.data)
    return [form for form in FORMATS if form.read and form.is_text == is_text]


def read(source: Source, form: Format) -> Contents:
    """What a file of that form holds; a text in an old encoding is remarked on.

    Raises:
        McqdeckError: it cannot be read at all.
    """
    if form.read is None:
        raise McqdeckError(f"{source.name}: {form.name} can be written, but not read")
    contents = form.read(source)
    if not form.is_text:
        return contents
    encoding = decoded(source.name, source.data)[1]
    if encoding in {"UTF-8", "UTF-16"}:
        return contents
    return replace(contents, remarks=(*contents.remarks, _READ_AS.format(encoding)))


def write(contents: Contents, form: Format) -> Written:
    """The contents in that form.

    Raises:
        McqdeckError: it can only be read.
    """
    if form.write is None:
        raise McqdeckError(f"{form.name} can be read, but not written")
    return form.write(contents)


def _begins(source: Source, sign: bytes) -> bool:
    return source.data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(sign)
