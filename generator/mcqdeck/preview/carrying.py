"""What is known of those questions of a chapter that a save did not change but may have moved."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mcqdeck.diagnostic import Diagnostic
from mcqdeck.model import Chapter, Place
from mcqdeck.preview.snapshot import as_saved


@dataclass(frozen=True, slots=True)
class Carried:
    """A chapter of just the questions to ask again, and what still holds of the others."""

    asked: Chapter
    diagnostics: tuple[Diagnostic, ...]


def carried(
    before: tuple[Chapter, bytes], after: tuple[Chapter, bytes], told: Iterable[Diagnostic]
) -> Carried:
    """What of `told`, found in a chapter as it was `before`, holds of it as it is `after`.

    A question of which the file says the same is taken to have the same faults, some lines above or
    below. Faults above the first question are taken to stay.
    """
    old = {shown.key: shown for shown in as_saved(*before)}
    new = list(as_saved(*after))
    same = {shown.key for shown in new if shown.key in old and old[shown.key].lines == shown.lines}
    chapter = after[0]
    asked = tuple(shown.question for shown in new if shown.key not in same)
    moved = {old[shown.key].line: shown.line for shown in new if shown.key in same}
    starts = sorted(shown.line for shown in old.values())
    return Carried(replace(chapter, questions=asked), tuple(_moved(told, starts, moved)))


def _moved(
    told: Iterable[Diagnostic], starts: list[int], moved: dict[int, int]
) -> Iterator[Diagnostic]:
    for each in told:
        position = bisect_right(starts, each.where.line) - 1
        if position < 0:
            yield each
        elif (start := starts[position]) in moved:
            yield _by_lines(each, moved[start] - start)


def _by_lines(diagnostic: Diagnostic, number: int) -> Diagnostic:
    """The diagnostic some lines further down, with its fix."""

    def lower(place: Place) -> Place:
        return Place(place.path, place.line + number, place.column)

    edits = tuple(
        replace(edit, start=lower(edit.start), end=lower(edit.end)) for edit in diagnostic.edits
    )
    return replace(diagnostic, where=lower(diagnostic.where), edits=edits)
