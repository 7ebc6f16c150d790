"""Learners of one package who import the next one, with each of the settings of an import."""

from __future__ import annotations

import os
import shutil
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from mcqdeck.verification import Arrived, Kind, Outcome, Settings
from mcqdeck.verify.alone import Alone
from mcqdeck.verify.compare import Finding, Imported, Packages, compare, findings
from mcqdeck.verify.learner import (
    Learner,
    Log,
    RefusedError,
    Snapshot,
    learner_in,
    media_folder,
    media_in,
)
from mcqdeck.verify.study import edit, study

if TYPE_CHECKING:
    from anki.cards import CardId


@dataclass(frozen=True, slots=True)
class _Home:
    """A collection that was studied and closed, of which each import gets a copy."""

    folder: Path
    edits: bool
    have: Snapshot
    problems: frozenset[str]
    missing: frozenset[str]
    faulty: Collection[CardId]


class Updates:
    """What becomes of learners who import one of two packages, and then the other."""

    def __init__(
        self,
        packages: tuple[Path, Path],
        alone: tuple[Alone, Alone],
        folder: Path,
        settings: Sequence[Settings],
    ) -> None:
        (self._old, self._new), (before, after) = packages, alone
        self._settings = settings
        self._packages = Packages(before.snapshot, after.snapshot)
        self._guids = after.guids
        self._folder = folder
        self._settings_of: dict[Finding, set[Settings]] = defaultdict(set)
        self.arrived = Arrived()
        self.done: dict[str, int] = {}

    def outcomes(self) -> tuple[Outcome, ...]:
        """What became of them, with the settings that led to it: none where all of them did."""
        return tuple(
            Outcome(*finding, self._in_order(settings))
            for finding, settings in self._settings_of.items()
        )

    def _in_order(self, settings: set[Settings]) -> tuple[Settings, ...]:
        if len(settings) == len(self._settings):
            return ()
        return tuple(setting for setting in self._settings if setting in settings)

    def run(self, say: Callable[[], None]) -> None:
        """Lets two learners import it with all settings: one studies, one edits the notes too."""
        for edits, progress, presets in product((False, True), repeat=3):
            first = Settings(learning_progress=progress, deck_presets=presets)
            later = [
                setting
                for setting in self._settings
                if (setting.learning_progress, setting.deck_presets) == (progress, presets)
            ]
            if later:
                home = self._home(first, edits=edits)
                for settings in later:
                    say()
                    self._update(home, settings)
                shutil.rmtree(home.folder)

    def _home(self, first: Settings, *, edits: bool) -> _Home:
        folder = self._folder / "home"
        with learner_in(folder) as learner:
            learner.receive(self._old, first)
            have = learner.snapshot()
            done = study(learner, have, self._packages.groups())
            if edits:
                done |= edit(learner, have, min(have.latest + 1, int(time.time())))
            have = learner.snapshot()
            faulty = learner.faulty_cards().keys() if first == Settings() else ()
        self.done |= done
        copy = _copy(folder, self._folder / "checked")
        with learner_in(copy) as learner:
            missing, problems = learner.missing_media(), learner.problems()
        shutil.rmtree(copy)
        return _Home(folder, edits, have, frozenset(problems), frozenset(missing), faulty)

    def _update(self, home: _Home, settings: Settings) -> None:
        folder = _copy(home.folder, self._folder / "updated")
        before = replace(home.have, media=media_in(media_folder(folder)))
        with learner_in(folder) as learner:
            try:
                log = learner.receive(self._new, settings)
            except RefusedError as error:
                self._settings_of[Kind.NOT_IMPORTED, (), (str(error),)].add(settings)
            else:
                for finding in self._see(home, before, learner, log, settings):
                    self._settings_of[finding].add(settings)
        shutil.rmtree(folder)

    def _see(
        self, home: _Home, before: Snapshot, learner: Learner, log: Log, settings: Settings
    ) -> Iterator[Finding]:
        after = learner.snapshot()
        conflicting = frozenset(self._guids.get(entry.id.nid, "") for entry in log.conflicting)
        if settings == Settings():
            faulty = learner.faulty_cards()
            more = faulty.keys() - set(home.faulty)
            guids = [after.guid_of(card) for card in more]
            yield from findings(Kind.RENDERED_WITH_FAULT, guids, [faulty[card] for card in more])
            if not home.edits:
                self.arrived = Arrived(
                    new=len(log.new),
                    updated=len(log.updated),
                    unchanged=len(log.duplicate),
                    conflicting=len(log.conflicting),
                    new_cards=len(after.cards.keys() - before.cards.keys()),
                )
        missing = [file for file in learner.missing_media() if file not in home.missing]
        problems = [problem for problem in learner.problems() if problem not in home.problems]
        yield from compare(
            self._packages,
            Imported(
                settings=settings,
                edits=home.edits,
                before=before,
                after=after,
                conflicting=conflicting,
                problems=tuple(problems),
                missing=tuple(missing),
            ),
        )


def _copy(home: Path, folder: Path) -> Path:
    """Copies a collection that is closed; its media are linked where that can be had."""
    media = media_folder(home)
    shutil.copytree(home, folder, ignore=shutil.ignore_patterns(media.name))
    media_folder(folder).mkdir()
    for path in media.iterdir():
        try:
            os.link(path, media_folder(folder) / path.name)
        except OSError:
            shutil.copy2(path, media_folder(folder) / path.name)
    return folder
