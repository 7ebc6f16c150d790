"""From checked banks to packages on disk: what a build would write, and writing it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from mcqdeck import build_memory, dating, pack, report
from mcqdeck.diagnostic import Diagnostic, McqdeckError, Severity
from mcqdeck.disk import demand_place, together
from mcqdeck.last_release import Memory, Previous, decks_of, last_release, release_at
from mcqdeck.model import Changes, RenderedBank
from mcqdeck.project import CATALOGUE, Checked, Progress
from mcqdeck.rules import Severities
from mcqdeck.store import Entries

if TYPE_CHECKING:
    from mcqdeck.pack.notes import Note
    from mcqdeck.pack.stamp import Release

BUILD_STEPS = 2
"""Steps that a build tells of for each bank, after those of the check."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A package that a build would make at `path`, and how it differs from the last release.

    `release` is what is to be written, `None` if `path` holds just that already; `last` is where
    the last release lies, and `changes` what differs from it, both `None` for a first release.
    """

    path: Path
    last: Path | None
    bank: RenderedBank
    release: Release | None
    changes: Changes | None

    @property
    def is_there(self) -> bool:
        """Whether the package holds already what it should."""
        return self.release is None


Approve = Callable[[Sequence[tuple[Planned, Path]]], None]
"""Told the packages that are about to be put in place, and where each lies until then."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a build would do; with an error in `diagnostics` it cannot be carried out.

    `warnings` are lines for people about clocks that were wrong.
    """

    packages: tuple[Planned, ...]
    diagnostics: tuple[Diagnostic, ...]
    warnings: tuple[str, ...] = ()
    clock: int = 0
    """The second since 1970 in which it was made."""


def plan(  # noqa: PLR0913  # what a build may be told
    checked: Checked,
    output: Path | None,
    progress: Progress = lambda _: None,
    *,
    previous: Previous = Memory.OUTPUT,
    environment: Mapping[str, str] = os.environ,
    clock: float | None = None,
    store: Entries | None = None,
) -> Plan:
    """What a build would write into the folder `output`, and the published questions it would lose.

    Without `output` each package goes into the folder `decks` of its bank's project.

    The time of the release is `SOURCE_DATE_EPOCH` of the environment, or now. `clock` is the second
    since 1970 that it is now, by default the machine's. The plan does not depend on the `store`.

    Raises:
        McqdeckError: the last release cannot be used, or the time is bad.
        ValueError: the banks have errors.
    """
    if checked.has_errors:
        raise ValueError("banks with errors cannot be built")
    now = dating.now() if clock is None else int(clock)
    timestamp = dating.timestamp(environment, now)
    planned: list[Planned] = []
    warnings = [*dating.warnings_of(timestamp)]
    diagnostics: list[Diagnostic] = []
    for bank in checked.banks:
        progress(f"Comparing {bank.folder}")
        folder = output or decks_of(Path(bank.folder))
        path = folder / f"{bank.config.id}.apkg"
        before = previous if isinstance(previous, Path) else path
        held = build_memory.digest_of(before) if store and previous is not Memory.NONE else None
        key = build_memory.key(bank, held) if previous is Memory.OUTPUT else None
        same = build_memory.recall(store, key, bank, now) if store and key else None
        if same:
            demand_place(path)
            planned.append(Planned(path, path, bank, None, same))
            continue
        last = last_release(bank.config.id, path, previous)
        demand_place(path)
        known: Mapping[str, Sequence[Note]] = {}
        if held and held != build_memory.digest_of(before):
            held = key = None  # it was replaced while it was read
        if store and held and last:
            known = build_memory.recall_notes(store, bank, held, last)
        release = pack.release_of(bank, timestamp=timestamp, last=last, clock=now, known=known)
        made, problems, vanished = _planned(bank, path, previous, last, release, now)
        planned.append(made)
        warnings += problems
        diagnostics += vanished
        is_settled = made.is_there and not (problems or vanished)
        if store and held and key and made.changes and is_settled:
            build_memory.remember(store, key, made.changes.unchanged, now)
            build_memory.remember_notes(store, bank, held)
    return Plan(tuple(planned), tuple(diagnostics), tuple(warnings), now)


def _planned(
    bank: RenderedBank,
    path: Path,
    previous: Previous,
    last: Release | None,
    release: Release,
    clock: int,
) -> tuple[Planned, list[str], list[Diagnostic]]:
    """The package of a bank, warnings about clocks, and the published questions that are gone."""
    there = last if previous is Memory.OUTPUT else release_at(path)
    missing = None if there == release else release
    if last is None:
        return Planned(path, None, bank, missing, None), [], []
    before = previous if isinstance(previous, Path) else path
    severities = Severities(bank.config, CATALOGUE)
    vanished = pack.check_vanished(bank, last, release)
    return (
        Planned(path, before, bank, missing, pack.changes_between(last, release)),
        [*dating.warnings_of_last(last, path, clock)],
        [adjusted for one in vanished if (adjusted := severities.apply(one))],
    )


def carry_out(
    plan: Plan,
    progress: Progress = lambda _: None,
    *,
    approve: Approve = lambda _: None,
    store: Entries | None = None,
) -> tuple[report.Built, ...]:
    """Writes the packages of a plan, each whole or not at all, and none if one cannot be made.

    A package that is what the source gives already is left alone. `approve` is shown the others,
    and where they lie until they are put in place, and raises to prevent it. What they hold
    is remembered in the `store`.

    Raises:
        McqdeckError: a package cannot be written, or a media file cannot be read.
        ValueError: published questions would be lost.
    """
    errors = [
        diagnostic for diagnostic in plan.diagnostics if diagnostic.severity is Severity.ERROR
    ]
    if errors:
        raise ValueError("; ".join(error.message for error in errors))
    written: list[tuple[Planned, bytes | None]] = []
    with together() as prepare:
        prepared = []
        for planned in plan.packages:
            progress(f"Packing {planned.bank.folder}")
            if planned.release is not None:
                content = partial(
                    pack.write_package, release=planned.release, media=planned.bank.media
                )
                place = prepare(planned.path, content)
                prepared.append((planned, place))
                written.append((planned, build_memory.digest_of(place) if store else None))
        approve(prepared)
    for planned, held in written:
        if store and held:
            _remember(store, planned, held, plan.clock)
    return tuple(_built(planned, planned.path.stat().st_size) for planned in plan.packages)


def _remember(store: Entries, planned: Planned, package: bytes, clock: int) -> None:
    """Remembers what a package holds that was written, known by its digest."""
    bank, release = planned.bank, planned.release
    if release is None:
        return
    build_memory.remember_notes(store, bank, package)
    is_odd = any(dating.warnings_of_last(release, planned.path, clock))
    if not is_odd and pack.is_settled(bank, release, clock):
        build_memory.remember(store, build_memory.key(bank, package), len(release.notes), clock)


def build(
    checked: Checked,
    output: Path,
    progress: Progress = lambda _: None,
    *,
    previous: Previous = Memory.OUTPUT,
    environment: Mapping[str, str] = os.environ,
    clock: float | None = None,
) -> tuple[report.Built, ...]:
    """Plans and carries out at once: a package `<bank id>.apkg` for each bank, or none at all.

    Raises:
        McqdeckError: as `plan` and `carry_out`.
        ValueError: the banks have errors, or published questions would be lost.
    """
    ready = plan(checked, output, progress, previous=previous, environment=environment, clock=clock)
    return carry_out(ready, progress)


def compare(old: Path, new: Path) -> Changes:
    """What a learner of the package `old` gets with the package `new`.

    Raises:
        McqdeckError: one of them is not a whole package of ours, or they are of two banks.
    """
    before, after = pack.read_release(old), pack.read_release(new)
    if before.bank_id != after.bank_id:
        raise McqdeckError(
            f"{new.as_posix()}: a package of the bank `{after.bank_id}`, "
            f"but {old.as_posix()} is one of `{before.bank_id}`"
        )
    return pack.changes_between(before, after)


def _built(planned: Planned, size: int) -> report.Built:
    bank = planned.bank
    return report.Built(
        path=planned.path,
        title=bank.config.title,
        questions=sum(1 for _ in bank.entries),
        cards=pack.count_cards(bank),
        chapters=len(bank.chapters),
        media=len(bank.media),
        size=size,
        is_new=not planned.is_there,
        changes=planned.changes,
    )
