"""What a release does to learners, tried out on the real Anki, which `mcqdeck[verify]` brings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from mcqdeck import files, pack
from mcqdeck.diagnostic import McqdeckError
from mcqdeck.verification import Held, Kind, Outcome, Package, Settings, Verification
from mcqdeck.verify.messages import NEW, OLD, Task, steps
from mcqdeck.verify.process import observed
from mcqdeck.verify.settings import ALL

__all__ = ["STEPS", "verify"]

STEPS = steps(len(ALL))

_PIECE = 1 << 20
_COLLECTION = ".colpkg"
_KINDS = tuple(Kind)


def verify(
    new: Path,
    old: Path | None = None,
    progress: Callable[[str], None] = lambda _: None,
    *,
    held_in: Path | None = None,
    settings: Sequence[Settings] = ALL,
) -> Verification:
    """Lets learners of the package `old` import the package `new`, or twice `new` without `old`.

    That happens in collections that are thrown away, in another process, with each of the
    `settings` of the import. `held_in` is where its content lies, if not there yet. `progress`
    is told each of `STEPS` steps as it begins.

    Raises:
        McqdeckError: Anki is not installed, a package cannot be read or is a whole collection, or
            Anki does not import `old`.
    """
    if find_spec("anki") is None:
        raise McqdeckError("this needs Anki: run `pip install 'mcqdeck[verify]'`")
    with TemporaryDirectory(prefix="mcqdeck-verify-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        newer = _taken(new, folder / NEW, held_in)
        older = _taken(old, folder / OLD) if old else None
        seen = observed(Task(older is not None, tuple(settings)), folder, old, progress)
    return Verification(
        anki=version("anki"),
        new=replace(newer, held=seen.new),
        old=replace(older, held=seen.old or Held()) if older else None,
        settings=len(settings),
        arrived=seen.arrived,
        done=seen.done,
        outcomes=tuple(sorted(seen.outcomes, key=_order)),
    )


def _order(outcome: Outcome) -> tuple[object, ...]:
    """The worst first, what comes with Anki's defaults before what does not."""
    settings = [ALL.index(setting) for setting in outcome.settings]
    return _KINDS.index(outcome.kind), settings, outcome.notes, outcome.names


def _taken(path: Path, copy: Path, held_in: Path | None = None) -> Package:
    """A package of which Anki gets a copy: nobody changes that, and it has a plain name.

    Raises:
        McqdeckError: it cannot be read, or is no package of decks but a whole collection.
    """
    if path.suffix.casefold() == _COLLECTION:
        raise McqdeckError(
            f"{path.as_posix()}: a whole collection, which would replace everything that a "
            "learner has; export its decks as a package (.apkg)"
        )
    digest, size = hashlib.sha256(), 0
    with copy.open("xb") as file:
        for piece in _pieces(held_in or path):
            digest.update(piece)
            size += len(piece)
            file.write(piece)
    package = Package(path, digest.hexdigest(), size)
    try:
        release = pack.read_release(copy)
    except McqdeckError:
        return package  # another program made it
    questions = {stamped.note.guid: stamped.note.fields[0] for stamped in release.notes}
    return replace(package, bank=release.bank_id, questions=questions)


def _pieces(path: Path) -> Iterator[bytes]:
    with files.opened(path) as file:
        while piece := file.read(_PIECE):
            yield piece
