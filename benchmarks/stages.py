"""What is measured: the stages of a build, the floor below it, and a build as one first writes it.

Each function is run in a process of its own, which it leaves as it likes, and returns its costs.
"""

from __future__ import annotations

import gc
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import TypeVar
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import genanki

import bank
import markdown
from mcqdeck import pack, read
from mcqdeck.disk import write
from mcqdeck.model import Passage, Question
from mcqdeck.pack import package
from mcqdeck.project import CATALOGUE, NAMES
from mcqdeck.rules import CheckedBanks, Severities, check_banks, check_chapter

T = TypeVar("T")

_WARM_UP = 40
_EXTENSIONS = ("extra", "codehilite", "sane_lists")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one step took: seconds on the clock and of the processor, bytes held at the peak.

    `peak` is the most memory of the whole process at any time during the step.
    """

    name: str
    seconds: float
    processor: float
    peak: int


@dataclass(frozen=True, slots=True)
class Built:
    """The stages of one build in order, how many findings it had, and the size of the package."""

    costs: tuple[Cost, ...]
    findings: int
    size: int

    @property
    def total(self) -> Cost:
        """All stages together."""
        return Cost(
            "total",
            sum(cost.seconds for cost in self.costs),
            sum(cost.processor for cost in self.costs),
            max(cost.peak for cost in self.costs),
        )


def build_in_stages(folder: Path, output: Path) -> Built:
    """Builds the bank in `folder` into the folder `output`, stage by stage.

    A small bank is built first, so that no stage pays for its imports.

    Raises:
        ValueError: the bank has errors.
    """
    gc.freeze()  # as the command does
    gc.set_threshold(100_000, 50, 1_000)
    with tempfile.TemporaryDirectory() as small:
        bank.write_bank(Path(small) / "bank", _WARM_UP)
        _build(Path(small) / "bank", Path(small))
    return _build(folder, output)


def _build(folder: Path, output: Path) -> Built:
    reading, reading_cost = _measured("reading", lambda: read.read_bank(folder, NAMES))
    made = reading.bank
    on = Severities(made.config, CATALOGUE).names
    diagnostics, checking_cost = _measured(
        "checking",
        lambda: [
            *chain.from_iterable(
                check_chapter(chapter, made.config, on) for chapter in made.chapters
            )
        ],
    )
    rendered, rendering_cost = _measured("rendering", lambda: bank.rendered(made))
    together, comparing_cost = _measured(
        "rules for banks",
        lambda: list(check_banks(CheckedBanks([rendered]), [Severities(made.config, CATALOGUE)])),
    )
    now = int(time.time())
    data, packing_cost = _measured("packing", lambda: pack.pack(rendered, timestamp=now))
    write(output / f"{made.config.id}.apkg", data)
    costs = (reading_cost, checking_cost, rendering_cost, comparing_cost, packing_cost)
    findings = len(reading.diagnostics) + len(diagnostics) + len(together)
    return Built(costs, findings, len(data))


def floor(path: Path) -> tuple[Cost, int]:
    """Writes a package's finished rows and media into a package again, and nothing more.

    Returns the cost and the size of what was written.
    """
    with ZipFile(path) as archive:
        members = {member.filename: archive.read(member) for member in archive.infolist()}
        stored = {
            entry.filename for entry in archive.infolist() if entry.compress_type == ZIP_STORED
        }
    with closing(sqlite3.connect(":memory:")) as source:
        source.deserialize(members.pop("collection.anki2"))
        schema = source.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        statements = schema.fetchall()
        rows = {
            name: source.execute(f'SELECT * FROM "{name}"').fetchall()
            for kind, name, _ in statements
            if kind == "table"
        }

    def write() -> bytes:
        with closing(sqlite3.connect(":memory:")) as target:
            for kind, name, statement in sorted(
                statements, key=lambda statement: statement[0] == "index"
            ):
                target.execute(statement)
                if kind == "table" and rows[name]:
                    marks = ", ".join("?" * len(rows[name][0]))
                    target.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows[name])
            target.commit()
            collection = target.serialize()
        buffer = BytesIO()
        with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=package.LEVEL) as archive:
            archive.writestr("collection.anki2", collection)
            for name, content in members.items():
                method = ZIP_STORED if name in stored else ZIP_DEFLATED
                archive.writestr(name, content, compress_type=method)
        return buffer.getvalue()

    data, cost = _measured("floor", write)
    return cost, len(data)


def naive(folder: Path, sample: int) -> tuple[Cost, int]:
    """Renders and packs a sample as one first would; reading is left out.

    Each field goes through a new `markdown.markdown()`, the notes through genanki as it comes.
    Returns the cost and how many questions were in the sample.
    """
    questions = read.read_bank(folder).bank.questions
    chosen = questions[:: max(1, len(questions) // sample)][:sample]

    def write() -> None:
        model = genanki.Model(
            1_607_392_319,
            "Naive",
            fields=[{"name": name} for name in ("ID", "Stem", "Options", "Answer", "Rest")],
            templates=[{"name": "Card", "qfmt": "{{Stem}}{{Options}}", "afmt": "{{Rest}}"}],
        )
        deck = genanki.Deck(2_059_400_110, "Naive")
        for question in chosen:
            deck.add_note(genanki.Note(model=model, fields=_naive_fields(question)))
        with tempfile.TemporaryDirectory() as output:
            genanki.Package(deck).write_to_file(str(Path(output) / "naive.apkg"))

    _, cost = _measured("naive", write)
    return cost, len(chosen)


def _naive_fields(question: Question) -> list[str]:
    options = "".join(f"<li>{_html(option.text)}</li>" for option in question.options)
    rest = [option.rationale for option in question.options]
    return [
        question.id,
        _html(question.stem),
        f"<ol>{options}</ol>",
        "".join("ab"[option.is_correct] for option in question.options),
        "".join(map(_html, (*rest, question.explanation, question.references))),
    ]


def _html(passage: Passage | None) -> str:
    return markdown.markdown(passage.text, extensions=_EXTENSIONS) if passage else ""


def _measured(name: str, step: Callable[[], T]) -> tuple[T, Cost]:
    _forget_peak()
    processor, start = _processor(), time.perf_counter()
    result = step()
    seconds, processor = time.perf_counter() - start, _processor() - processor
    return result, Cost(name, seconds, processor, _peak())


def _processor() -> float:
    """Seconds of processor time so far, those of processes that were started and ended included."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _forget_peak() -> None:
    """Lets the kernel measure the peak again, where it can (Linux: proc(5), `clear_refs`)."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return


def _peak() -> int:
    """The most memory that the process held since the peak was forgotten, in bytes.

    Where the kernel does not say, the most since the process began.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS
    return next(int(line.split()[1]) for line in status.splitlines() if "VmHWM" in line) * 1024
