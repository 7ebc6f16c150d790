"""From banks to numbers about them: how many questions of what, how long, how hard to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from mcqdeck.counting.bank import statistics_of
from mcqdeck.project import NAMES, Progress, meant_chapters
from mcqdeck.read.parse import parse_chapter
from mcqdeck.statistics import BankStatistics

__all__ = ["count"]


def count(paths: Sequence[Path], progress: Progress = lambda _: None) -> Iterator[BankStatistics]:
    """The numbers of the banks in `paths`; of a chapter, those of the chapter alone,
    to which no plan applies.

    Raises:
        McqdeckError: a file cannot be read.
    """
    for sources, chapters, unread in meant_chapters(paths, progress):
        progress(f"Counting {sources.folder}")
        is_whole = len(chapters) == len(sources.chapters)
        config = sources.config if is_whole else replace(sources.config, plan=())
        read = (
            parse_chapter(path, sources.texts[path], sources.config, NAMES)[0] for path in chapters
        )
        numbers = statistics_of(sources.folder, config, read)
        if not is_whole:
            there = tuple(objective for objective in numbers.objectives if objective.questions)
            numbers = replace(
                numbers, objectives=there if any(objective.name for objective in there) else ()
            )
        yield replace(numbers, unread=unread)
