"""Imports packages into collections of Anki, as learners would, and tells what became of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from mcqdeck.verification import Kind, Observed, Outcome, Settings
from mcqdeck.verify.alone import Alone, alone
from mcqdeck.verify.learner import RefusedError
from mcqdeck.verify.messages import Step
from mcqdeck.verify.updates import Updates


def observe(
    new: Path,
    old: Path | None,
    folder: Path,
    settings: Sequence[Settings],
    say: Callable[[Step], None],
) -> Observed:
    """All that is seen when learners of `old` import `new`; without `old`, when they do so twice.

    Works in the folder. Raises `RefusedError` if Anki does not import `old`.
    """
    say(Step.OLD)
    before = alone(old, folder / "old") if old else None
    held = before.held if before else None
    say(Step.NEW)
    try:
        after = alone(new, folder / "new")
    except RefusedError as error:
        refused = Outcome(Kind.NOT_IMPORTED, names=(str(error),))
        return Observed(old=held, outcomes=(refused,))
    updates = Updates((old or new, new), (before or after, after), folder, settings)
    updates.run(lambda: say(Step.UPDATE))
    return Observed(
        new=after.held,
        old=held,
        arrived=updates.arrived,
        done=updates.done,
        outcomes=(*(Outcome(*finding) for finding in after.findings), *_more(after, updates)),
    )


def _more(after: Alone, updates: Updates) -> Iterator[Outcome]:
    """What was found with learners and does not lie with the new package alone."""
    known: dict[Kind, set[str]] = defaultdict(set)
    for kind, notes, names in after.findings:
        known[kind].update(notes, names)
    for outcome in updates.outcomes():
        notes = tuple(note for note in outcome.notes if note not in known[outcome.kind])
        names = tuple(name for name in outcome.names if name not in known[outcome.kind])
        if notes or names or not (outcome.notes or outcome.names):
            yield replace(outcome, notes=notes, names=names)
