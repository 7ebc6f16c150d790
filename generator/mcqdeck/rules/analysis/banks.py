"""All banks of a run as the rules for banks read them: what several ask is worked out once."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain
from typing import overload

from mcqdeck.model import Compared, Overview, RenderedBank, RenderedChapter
from mcqdeck.rules.analysis import overview
from mcqdeck.rules.analysis.repeats import Repeat, repeats_among


class CheckedBanks:
    """The banks, and which of their questions resemble others.

    `known` is what an earlier run gave as `remembered`, of these banks or of others: what has not
    changed since is not worked out again, and nothing else depends on it.
    """

    def __init__(self, banks: Sequence[RenderedBank], known: bytes | None = None) -> None:
        self.banks = banks
        self._known = known
        self.remembered: bytes | None = None
        """What a later run may be given; `None` if nothing new was worked out."""

    @cached_property
    def repeats(self) -> tuple[Repeat, ...]:
        """The questions whose stem repeats an earlier one, and which learners cannot tell from it.

        They come in the order in which the stems came first.
        """
        again = _again(columns.asked for _, columns in self.chapters)
        groups: dict[str, list[Compared]] = {}
        for chapter, columns in self.chapters if again else ():
            for position, digest in enumerate(_digests(columns.asked)):
                if digest in again:
                    question = chapter.compared[position]
                    groups.setdefault(question.asked, []).append(question)
        alike = [group for group in groups.values() if len(group) > 1]
        return tuple(repeat for group in alike for repeat in repeats_among(group))

    @cached_property
    def similar(self) -> list[tuple[Compared, list[tuple[Compared, float]]]]:
        """Each question that is similar to earlier ones, and those, the most similar first, with
        their similarity in percent.
        """
        # Loaded late: what the rules for banks say of an unchanged bank is remembered.
        from mcqdeck.rules.analysis.similar_memory import similar_in  # noqa: PLC0415

        questions = _Questions(self.chapters)
        keys = b"".join([columns.texts for _, columns in self.chapters])
        pairs, self.remembered = similar_in(questions, keys, self._known)
        return [
            (questions[later], [(questions[earlier], percent) for earlier, percent in similar])
            for later, similar in pairs
        ]

    def by_options(
        self, sets: Collection[frozenset[str]]
    ) -> Mapping[frozenset[str], Sequence[Compared]]:
        """For each of the sets of options the questions that have just these."""
        groups: dict[frozenset[str], list[Compared]] = {texts: [] for texts in sets}
        wanted = frozenset(_digests(b"".join(map(overview.options, groups))))
        for chapter, columns in self.chapters if wanted else ():
            for position, digest in enumerate(_digests(columns.options)):
                if digest in wanted:
                    question = chapter.compared[position]
                    groups.get(frozenset(question.options), []).append(question)
        return groups

    def may_share_options(self, bank: RenderedBank) -> Iterator[Compared]:
        """The questions of a bank of which others may share the options, and perhaps more."""
        columns = [(chapter, overview_of(chapter).shared) for chapter in bank.chapters]
        again = _again(column for _, column in columns)
        for chapter, column in columns if again else ():
            if not again.isdisjoint(_digests(column)):
                yield from chapter.compared

    @cached_property
    def chapters(self) -> tuple[tuple[RenderedChapter, Overview], ...]:
        """All chapters, each with what is to be known of all its questions at once."""
        return tuple(
            (chapter, overview_of(chapter)) for bank in self.banks for chapter in bank.chapters
        )


class _Questions(Sequence[Compared]):
    """The questions of all chapters, of which those are unpacked that are asked for."""

    def __init__(self, chapters: Sequence[tuple[RenderedChapter, Overview]]) -> None:
        self._chapters = [chapter for chapter, _ in chapters]
        self._ends = [
            *accumulate(len(columns.texts) // overview.TEXT_DIGEST for _, columns in chapters)
        ]
        self._seen: dict[int, Compared] = {}

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[Compared]:
        for chapter in self._chapters:
            yield from chapter.compared

    @overload
    def __getitem__(self, index: int) -> Compared: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Compared]: ...

    def __getitem__(self, index: int | slice) -> Compared | Sequence[Compared]:
        if isinstance(index, slice):
            return [self[position] for position in range(len(self))[index]]
        if index not in self._seen:
            at = bisect_right(self._ends, index)
            start = self._ends[at - 1] if at else 0
            self._seen[index] = self._chapters[at].compared[index - start]
        return self._seen[index]


def overview_of(chapter: RenderedChapter) -> Overview:
    """What is to be known of all questions of a chapter, worked out unless it came with it."""
    return chapter.overview or overview.overview(chapter.compared)


def _digests(column: bytes) -> array[int]:
    """A column of digests as numbers."""
    digests = array("Q")
    digests.frombytes(column)
    return digests


def _again(columns: Iterable[bytes]) -> frozenset[int]:
    """The digests that are in the columns more than once."""
    counts = Counter(chain.from_iterable(map(_digests, columns)))
    return frozenset(digest for digest, count in counts.items() if count > 1)
