"""What became of ids that were published once: what `[history]` says, and what it must say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from mcqdeck.diagnostic import Collector, Diagnostic
from mcqdeck.identity import first_ids, guid
from mcqdeck.model import Config, Place, RenderedBank
from mcqdeck.pack import package_mistakes
from mcqdeck.pack.words import words

if TYPE_CHECKING:
    # It loads genanki, which a check does not need.
    from mcqdeck.pack.stamp import Release

_ID, _STEM, _FLASHCARD = 0, 1, 8


def check_history(bank: RenderedBank) -> tuple[Diagnostic, ...]:
    """What `[history]` says that cannot be so."""
    collector = Collector(package_mistakes.MISTAKES)
    config, places = bank.config, _Places(bank.config)
    ids = {question.id for question in bank.entries}
    for dropped, _ in config.dropped:
        if dropped in ids:
            where = places.of(f"history.dropped.{dropped}", "history.dropped", "history")
            collector.report(
                package_mistakes.bad_history,
                where,
                f"`{dropped}` is dropped, yet the bank has a question with this id",
                "remove the entry if the question is back; else give the new question another id",
            )
    for new, problem, cure in _bad_renames(config, ids):
        where = places.of(f"history.renamed.{new}", "history.renamed", "history")
        collector.report(package_mistakes.bad_history, where, problem, cure)
    return tuple(collector.diagnostics)


def _bad_renames(config: Config, ids: set[str]) -> Iterator[tuple[str, str, str]]:
    """The new id of each bad entry of `renamed`, what is wrong with it, and its cure."""
    renamed = dict(config.renamed)
    published_as = first_ids(renamed)
    known = ids | {dropped for dropped, _ in config.dropped} | set(renamed.values())
    first: dict[str, str] = {}
    for new, old in config.renamed:
        if old in ids:
            yield (
                new,
                f"`{old}` is renamed to `{new}`, yet the bank still has a question `{old}`",
                f"rename or remove that question; if it is a new one, it needs an id other "
                f"than `{old}`",
            )
        elif published_as[new] is None:
            yield (
                new,
                f"`{new}` and `{old}` are each said to be the other's older id",
                'write `new-id = "old-id"`, the id that was published first on the right',
            )
        elif new not in known:
            yield (
                new,
                f"`{old}` is renamed to `{new}`, yet the bank has no question `{new}`",
                "write the id that the question has now on the left of the `=`",
            )
        elif old in first:
            yield (
                new,
                f"`{old}` is renamed to `{first[old]}` already: two questions cannot be one note",
                "keep the entry of the question that learners should see in its place",
            )
        first.setdefault(old, new)


def with_published_ids(rendered: RenderedBank, last: Release | None) -> RenderedBank:
    """The bank with the ids under which questions without one of their own were published.

    Versions before 1.0 derived other ids from stems that are not all ASCII.
    """
    published = {stamped.note.fields[_ID] for stamped in last.notes} if last else set()
    former = {
        entry.id: entry.former_id
        for entry in rendered.entries
        if entry.id_is_derived and entry.id not in published and entry.former_id in published
    }
    if not former:
        return rendered
    chapters = []
    for chapter in rendered.chapters:
        questions = [
            replace(question, question=replace(question.question, id=former[question.question.id]))
            if question.question.id in former
            else question
            for question in chapter.questions
        ]
        entries = tuple(question.question for question in questions)
        chapters.append(replace(chapter, entries=entries, questions=questions))
    return replace(rendered, chapters=tuple(chapters))


def first_published(last: Release) -> Iterator[tuple[str, bool]]:
    """Each id in a release, and whether the question was first published under it."""
    for stamped in last.notes:
        name = stamped.note.fields[_ID]
        yield name, stamped.note.guid == guid(last.bank_id, name)


def check_vanished(bank: RenderedBank, last: Release, release: Release) -> tuple[Diagnostic, ...]:
    """The questions of the last release that are gone, unless `[history]` says why, and the
    flashcards of those that are still there.
    """
    collector = Collector(package_mistakes.MISTAKES)
    _check_questions(bank.config, last, release, collector)
    _check_flashcards(bank, last, release, collector)
    return tuple(collector.diagnostics)


def _check_flashcards(
    bank: RenderedBank, last: Release, release: Release, collector: Collector
) -> None:
    had = {stamped.note.guid for stamped in last.notes if stamped.note.fields[_FLASHCARD]}
    gone = [
        stamped.note.fields[_ID]
        for stamped in release.notes
        if stamped.note.guid in had and not stamped.note.fields[_FLASHCARD]
    ]
    if gone and not bank.config.flashcards:
        message = f"{len(gone)} flashcards were published and are taken away from learners"
        where = _Places(bank.config).of("cards.flashcards", "cards")
        collector.report(package_mistakes.vanished_flashcard, where, message)
        return
    places = {
        name: question.where
        for question in bank.entries
        for name in (question.id, question.former_id)
    }
    for name in gone:
        message = f"`{name}` was published with a flashcard, which is taken away from learners"
        collector.report(package_mistakes.vanished_flashcard, places[name], message)


def _check_questions(config: Config, last: Release, release: Release, collector: Collector) -> None:
    guids = {stamped.note.guid for stamped in release.notes}
    dropped = _with_older_ids((name for name, _ in config.dropped), dict(config.renamed))
    gone = [
        stamped.note
        for stamped in last.notes
        if stamped.note.guid not in guids and stamped.note.fields[_ID] not in dropped
    ]
    if not gone:
        return
    ids = {stamped.note.fields[_ID] for stamped in release.notes}
    published = {stamped.note.guid for stamped in last.notes}
    new = {
        words(stamped.note.fields[_STEM]).casefold(): stamped.note.fields[_ID]
        for stamped in reversed(release.notes)
        if stamped.note.guid not in published
    }
    where = _Places(config).of("history")
    for note in gone:
        vanished = note.fields[_ID]
        twin = new.get(words(note.fields[_STEM]).casefold())
        if vanished in ids:
            collector.report(package_mistakes.vanished_id, where, *_lost_entry(vanished))
        elif twin:
            collector.report(package_mistakes.vanished_id, where, *_renamed(vanished, twin))
        else:
            collector.report(package_mistakes.vanished_id, where, *_removed(vanished))


def _with_older_ids(ids: Iterable[str], renamed: Mapping[str, str]) -> set[str]:
    """The ids and all those that the questions had before."""
    known: set[str] = set()
    for newest in ids:
        here: str | None = newest
        while here is not None and here not in known:
            known.add(here)
            here = renamed.get(here)
    return known


def _removed(vanished: str) -> tuple[str, str]:
    return (
        f"`{vanished}` was published and is gone from the source; learners would keep it forever",
        f"bring it back with `retired: reason` in its comment, or write under [history]: "
        f'`dropped = {{ {vanished} = "reason" }}`, or `renamed = {{ new-id = "{vanished}" }}`',
    )


def _renamed(vanished: str, twin: str) -> tuple[str, str]:
    return (
        f"`{vanished}` was published and is gone, and `{twin}` has its stem: it looks renamed, "
        "which would give learners a second copy and leave their reviews with the first",
        f'write under [history]: `renamed = {{ {twin} = "{vanished}" }}`; or take back the old id',
    )


def _lost_entry(vanished: str) -> tuple[str, str]:
    return (
        f"`{vanished}` was published under another identity: its entry in `renamed` is gone or "
        "changed, which would give learners a second copy without their reviews",
        f"put back the entry of `{vanished}` under [history] `renamed`; it must stay",
    )


class _Places:
    """The places of the keys of a `deck.toml`."""

    def __init__(self, config: Config) -> None:
        self._places = dict(config.places)
        self._default = self._places.get("id") or Place(config.path)

    def of(self, *names: str) -> Place:
        """The place of the first of these keys that is there, or of the bank's id."""
        return next((self._places[name] for name in names if name in self._places), self._default)
