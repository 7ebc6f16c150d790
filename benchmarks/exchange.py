"""Measures what comes in from files that this project did not write, and how fast.

    python benchmarks/exchange.py --corpora FOLDER             counts by form and reason
    python benchmarks/exchange.py --corpora FOLDER --sample 30 questions at random, to be read
    python benchmarks/exchange.py --speed 10000                seconds in and out for each form

The folder may have any files; `*.gift` with a `*.json` of the same name beside it, as the tests of
the parser gift-pegjs have them, are compared with that. In Markdown a key is looked for by other
means too: a heading, or `Q78.` at a line's beginning, whose section has a checked box, or a letter
after `Answer:`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import bank
import mcqdeck
from mcqdeck import conversion, exchange
from mcqdeck.diagnostic import McqdeckError
from mcqdeck.exchange import Contents, Item, Source

_HEADING = re.compile(r"^(?:#{2,6} (?=Q?\d|.*\?)|Q\d+\. )", re.MULTILINE)
_BOX = re.compile(r"^ {0,3}(?:[-*+]|\d+\.) ?\[([ xX])\]", re.MULTILINE)
_LETTERED = re.compile(r"^- ([A-Z]):", re.MULTILINE)
_LETTER = re.compile(r"^#+ Answer: ([A-Z])", re.MULTILINE)
_SUFFIXES = {suffix for form in exchange.FORMATS if form.read for suffix in form.suffixes}


def sources(folder: Path) -> Iterator[tuple[Source, Contents, str]]:
    """Each file below a folder that is of a known form, what it holds, and the form."""
    for path in sorted(folder.rglob("*")):
        beside = path.suffix == ".json" and path.with_suffix(".gift").exists()
        if not path.is_file() or beside or path.suffix not in _SUFFIXES:
            continue
        source = Source(path.name, path.read_bytes(), {})
        try:
            form = exchange.recognised(source)
        except McqdeckError:
            continue
        yield source, exchange.read(source, form), form.name


def keyed(text: str) -> dict[int, list[bool]]:
    """The marks of the options of each section with a marked answer, told without our reader.

    Sections are known by the line of their heading.
    """
    keys = {}
    for heading in _HEADING.finditer(text):
        end = _HEADING.search(text, heading.end())
        section = text[heading.end() : end.start() if end else len(text)]
        marks = [box[1] != " " for box in _BOX.finditer(section)]
        if letter := _LETTER.search(section):
            marks = [lettered[1] == letter[1] for lettered in _LETTERED.finditer(section)]
        if any(marks):
            keys[text.count("\n", 0, heading.start()) + 1] = marks
    return keys


def measure(folder: Path) -> list[Item]:
    """Prints the counts, and gives back all questions that came in."""
    counts: Counter[str] = Counter()
    reasons: Counter[tuple[str, str]] = Counter()
    items: list[Item] = []
    for source, contents, form in sources(folder):
        items += contents.items
        counts[f"{form}: files"] += 1
        counts[f"{form}: questions in the files"] += contents.count
        counts[f"{form}: came in"] += len(contents.items)
        counts[f"{form}: of these with a marked answer"] += sum(i.right > 0 for i in contents.items)
        reasons.update((form, left.kind.value) for left in contents.left_out)
        if form == "markdown":
            _compare_marks(source, contents, counts)
        expected = folder.rglob(source.name.removesuffix(".gift") + ".json")
        for path in expected if form == "gift" else ():
            _compare(source, contents, path, counts)
    for name, number in counts.items():
        print(f"{name:<48}{number:>8,}")
    for (form, kind), number in reasons.most_common():
        print(f"{form + ': left out, ' + kind:<48}{number:>8,}")
    return items


def _compare_marks(source: Source, contents: Contents, counts: Counter[str]) -> None:
    """Compares the marks of a Markdown file's options with what came in."""
    expected = keyed(source.data.decode())
    made = {
        item.where.line: [option.is_correct for option in item.options] for item in contents.items
    }
    counts["markdown: sections with a marked answer"] += len(expected)
    counts["markdown: of these in with the same marks"] += sum(
        made.get(line) == marks for line, marks in expected.items()
    )
    for line, marks in expected.items():
        if made.get(line) != marks:
            print(f"differs: {source.name}:{line}: {marks} in the file, {made.get(line)} came in")


def _compare(source: Source, contents: Contents, path: Path, counts: Counter[str]) -> None:
    """Compares a GIFT file with what the parser of that form says of it."""
    expected = [
        block
        for block in json.loads(path.read_text(encoding="utf-8"))
        if block["type"] != "Category"
    ]
    counts["gift: questions by its own parser"] += len(expected)
    choices = [block for block in expected if block["type"] in {"MC", "TF"}]
    counts["gift: of these choices and True/False"] += len(choices)
    partial = sum(left.kind.value == "partial credit" for left in contents.left_out)
    if len(expected) != contents.count or len(choices) != len(contents.items) + partial:
        print(f"differs from its own parser: {source.name}")


def show(items: list[Item], number: int, seed: int) -> None:
    """Prints questions at random, to be read beside their sources."""
    for item in random.Random(seed).sample(items, min(number, len(items))):
        print(f"\n=== {item.where.path}:{item.where.line}\n{item.stem.markdown}\n")
        for option in item.options:
            print(f"[{'x' if option.is_correct else ' '}] {option.text.markdown}")
        for name, text in (("Explanation", item.explanation), ("References", item.references)):
            if text:
                print(f"{name}: {text.markdown}")


def speed(number: int) -> None:
    """Prints how long a bank takes out into each form and in from it, writing included."""
    with tempfile.TemporaryDirectory(prefix="mcqdeck-") as folder:
        bank.write_bank(Path(folder) / "bank", number)
        written = mcqdeck.load(Path(folder) / "bank").bank
        print(f"{number:,} questions: seconds of the processor, and by the clock")
        print(f"{'form':<12}{'out':>8}{'clock':>8}{'in':>8}{'clock':>8}")
        for form in exchange.FORMATS:
            if not form.write:
                continue
            begin = _now()
            data = conversion.export(written, form).data
            shown = f"{form.name:<12}{_since(begin)}"
            if form.read:
                begin = _now()
                contents = exchange.read(Source("x", data, {}), form)
                target = Path(folder) / form.name
                conversion.carry_out(conversion.plan_import([contents], target), target)
                shown += _since(begin)
            print(shown, flush=True)


def _now() -> tuple[float, float]:
    """Seconds of this process and those that it waited for, and by the clock."""
    return sum(os.times()[:4]), time.perf_counter()


def _since(begin: tuple[float, float]) -> str:
    return "".join(f"{now - before:>8.1f}" for now, before in zip(_now(), begin, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--corpora", type=Path, help="a folder of files to import")
    parser.add_argument("--sample", type=int, default=0, help="questions to show")
    parser.add_argument("--seed", type=int, default=1, help="which questions to show")
    parser.add_argument("--speed", type=int, default=0, help="questions to time")
    options = parser.parse_args()
    if options.corpora:
        items = measure(options.corpora)
        show(items, options.sample, options.seed)
    if options.speed:
        speed(options.speed)


if __name__ == "__main__":
    main()
