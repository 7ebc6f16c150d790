"""A baseline: the faults that an old bank is known to have, so that a run shows the new ones."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mcqdeck import files
from mcqdeck.diagnostic import Diagnostic, McqdeckError
from mcqdeck.model import RenderedBank
from mcqdeck.rules import Owners

_MARK, _VERSION = "mcqdeck-baseline", 1
_MOST = 1_000_000_000  # faults of a kind in a question; no bank has so many

Key = tuple[str, str, str]
"""The bank's id, the question's id (or the file's name, outside a question), and the rule."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The diagnostics that are not in the baseline, and how the others fare.

    `known` counts those that are in it; `gone` the faults in it that are there no more.
    """

    new: tuple[Diagnostic, ...]
    known: int
    gone: int


class Baseline:
    """Known faults: how many of each rule in each question. Lines may move."""

    def __init__(self, counts: Counter[Key]) -> None:
        self._counts = counts

    @classmethod
    def of(cls, banks: Sequence[RenderedBank], diagnostics: Iterable[Diagnostic]) -> Baseline:
        """The baseline that makes these diagnostics known."""
        known_by = _Keys(banks)
        return cls(Counter(known_by.key(diagnostic) for diagnostic in diagnostics))

    @classmethod
    def parse(cls, path: Path) -> Baseline:
        """Reads what `data` wrote.

        Raises:
            McqdeckError: the file cannot be read, or is no baseline.
        """
        try:
            content = json.loads(files.read(path))
            banks = {_VERSION: content["banks"]}[content[_MARK]]
            counts = Counter(
                {
                    (str(bank), str(owner), str(name)): min(int(count), _MOST)
                    for bank, owners in banks.items()
                    for owner, names in owners.items()
                    for name, count in names.items()
                }
            )
            counts = +counts  # without those below one
        except (
            ValueError,
            ArithmeticError,
            TypeError,
            LookupError,
            AttributeError,
            RecursionError,
        ) as error:
            raise McqdeckError(
                f"{path.as_posix()}: no baseline; make one with --write-baseline"
            ) from error
        return cls(counts)

    def data(self) -> bytes:
        """The baseline as a file: sorted, so that a version control shows what changed."""
        banks: dict[str, dict[str, dict[str, int]]] = {}
        for bank, owner, name in sorted(self._counts):
            names = banks.setdefault(bank, {}).setdefault(owner, {})
            names[name] = self._counts[bank, owner, name]
        content = {_MARK: _VERSION, "banks": banks}
        text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
        return text.encode(errors="backslashreplace")  # halves, of names that are not UTF-8

    def compare(
        self,
        banks: Sequence[RenderedBank],
        diagnostics: Iterable[Diagnostic],
        adjustable: Sequence[str],
    ) -> Comparison:
        """Parts the known from the new; what is not `adjustable` is new every time."""
        known_by = _Keys(banks)
        left = Counter(self._counts)
        new = []
        known = 0
        for diagnostic in diagnostics:
            key = known_by.key(diagnostic)
            if left[key] and diagnostic.name in adjustable:
                left[key] -= 1
                known += 1
            else:
                new.append(diagnostic)
        ids = {bank.config.id for bank in banks}
        gone = sum(count for (bank, _, _), count in left.items() if bank in ids)
        return Comparison(tuple(new), known, gone)


def keys(banks: Sequence[RenderedBank], diagnostics: Iterable[Diagnostic]) -> tuple[Key, ...]:
    """What each of the diagnostics is known by, however its lines move."""
    known_by = _Keys(banks)
    return tuple(known_by.key(diagnostic) for diagnostic in diagnostics)


class _Keys:
    """What a diagnostic is known by, however its lines move."""

    def __init__(self, banks: Sequence[RenderedBank]) -> None:
        self._folders = [
            ("" if bank.folder == "." else f"{bank.folder}/", bank.config.id) for bank in banks
        ]
        self._chapters = {
            chapter.path: (bank.config.id, Owners(chapter.entries))
            for bank in banks
            for chapter in bank.chapters
        }

    def key(self, diagnostic: Diagnostic) -> Key:
        path = diagnostic.where.path
        file = path.rpartition("/")[2]
        if path not in self._chapters:
            bank_id = next((id_ for folder, id_ in self._folders if path.startswith(folder)), "")
            return bank_id, file, diagnostic.name
        bank_id, owners = self._chapters[path]
        owner = owners.of(diagnostic.where.line)
        return bank_id, owner.id if owner else file, diagnostic.name
